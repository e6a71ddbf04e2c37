"""Striking a record out: it stays, to be explained, and counts for nothing from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from data.cell_values import shown
from data.import_columns import SINGULAR, TABLES
from data.intake.imports import import_row
from data.store.journal import Doing
from data.store.opening import Store
from data.store.tables import sql_table
from data.words import ANY_WORDS
from problems import BadInput, Place, Problem, did_you_mean, one_of


def void_record(
    store: Store, table: str, key: Sequence[str], reason: str, doing: Doing
) -> Mapping[str, str]:
    """Declares the record of that key void; gives its cells. Raises BadInput as an import would."""
    if table not in TABLES:
        hint = did_you_mean(table, TABLES) or f"the tables are {one_of(list(TABLES))}"
        raise BadInput([Problem(Place("TABLE"), f"'{table}' is not a table", hint)])
    spec = TABLES[table]
    if len(key) != len(spec.key):
        message = f"the key of table '{table}' has {len(spec.key)} parts, not {len(key)}"
        raise BadInput([Problem(Place("KEY"), message, f"give {', '.join(spec.key)}")])
    sql = sql_table(table)
    parts = [sql.c[column] == text for column, text in zip(spec.key, key, strict=True)]
    newest = select(*(sql.c[column] for column in spec.names)).where(*parts)
    with store.reading() as connection:
        row = connection.execute(newest.order_by(sql.c.row_id.desc()).limit(1)).first()
        if row is None:
            first = sql.c[spec.key[0]]
            alike = first.startswith(key[0][:1], autoescape=True)
            near = connection.scalars(select(first).where(alike).distinct().limit(3000)).all()
            message = f"there is no {SINGULAR[table]} {shown(', '.join(key))}"
            hint = did_you_mean(key[0], near)
            if key[0] in near:
                hint = f"its key is {', '.join(spec.key)}"
            raise BadInput([Problem(Place("KEY"), message, hint)])
    cells = {column: text for column, text in zip(spec.names, row, strict=True) if text is not None}
    now = doing.now.isoformat(sep=" ", timespec="seconds")
    void = {"voided_at": now, "void_reason": reason}
    if doing.who:
        void["voided_by"] = doing.who
    import_row(
        store, table, cells | void, name="void", words=ANY_WORDS, now=doing.now, who=doing.who,
        why=doing.why or reason,
    )  # fmt: skip
    return cells
