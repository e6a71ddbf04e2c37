"""Striking a record out: it stays, to be explained, and counts for nothing from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from data.cell_values import shown
from data.import_columns import SINGULAR, TABLES, column_term, table_term
from data.intake.imports import import_row
from data.settings import setting_key
from data.store.journal import Doing
from data.store.opening import Store
from data.store.tables import sql_table
from data.words import ANY_WORDS
from problems import BadInput, Place, Problem, Several, any_of, did_you_mean, said


def void_record(
    store: Store, table: str, key: Sequence[str], reason: str, doing: Doing
) -> Mapping[str, str]:
    """Declares the record of that key void; gives its cells. Raises BadInput as an import would."""
    if table not in TABLES:
        hint = did_you_mean(table, TABLES) or said("tables_are", tables=any_of(TABLES))
        raise BadInput([Problem(Place("TABLE"), said("not_a_table", table=table), hint)])
    spec = TABLES[table]
    key_terms = Several("list", tuple(column_term(table, one) for one in spec.key))
    if len(key) != len(spec.key):
        message = said("key_parts", table=table_term(table), parts=len(spec.key), given=len(key))
        raise BadInput([Problem(Place("KEY"), message, said("give_keys", keys=key_terms))])
    if table == "settings":
        key = [setting_key(key[0])]
    sql = sql_table(table)
    parts = [sql.c[column] == text for column, text in zip(spec.key, key, strict=True)]
    newest = select(*(sql.c[column] for column in spec.names)).where(*parts)
    with store.reading() as connection:
        row = connection.execute(newest.order_by(sql.c.row_id.desc()).limit(1)).first()
        if row is None:
            first = sql.c[spec.key[0]]
            alike = first.startswith(key[0][:1], autoescape=True)
            near = connection.scalars(select(first).where(alike).distinct().limit(3000)).all()
            message = said("no_such_record", table=SINGULAR[table], key=shown(", ".join(key)))
            parts_of_key = said("its_key", key=key_terms)
            near_key = parts_of_key if key[0] in near else did_you_mean(key[0], near)
            first_of_all = said("enter_it_first", things=SINGULAR[table])
            raise BadInput([Problem(Place("KEY"), message, near_key or first_of_all)])
    cells = {column: text for column, text in zip(spec.names, row, strict=True) if text is not None}
    now = doing.now.isoformat(sep=" ", timespec="seconds")
    void = {"voided_at": now, "void_reason": reason}
    if doing.who:
        void["voided_by"] = doing.who
    doing = replace(doing, why=doing.why or reason)
    import_row(store, table, cells | void, name="void", words=ANY_WORDS, doing=doing)
    return cells
