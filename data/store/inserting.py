"""Writing many rows of an import table at once: by plain tuples in SQLite, by COPY on a server.

Handing SQLAlchemy a dictionary for each row takes as long again as writing it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from data.import_columns import TABLES
from data.store.tables import sql_table

ROWS_AT_ONCE = 10_000
MANY_ROWS = 1_000
PROVENANCE = ("recorded_at", "entry", "voided_in", "voided_at", "voided_by", "void_reason")
"""What stands behind the values of a version."""

Inserter = Callable[[list[tuple[object, ...]]], None]


def inserter(connection: Connection, name: str, more: tuple[str, ...] = ()) -> Inserter:
    """Writes rows of values, provenance and `more` columns into an import table, in order."""
    names = [*TABLES[name].names, *PROVENANCE, *more]
    if connection.dialect.name == "postgresql":
        return _by_copy(connection, name, names)
    compiled = sql_table(name).insert().compile(connection.engine, column_keys=names)
    order = list(compiled.positiontup or ())
    if not order:
        return _by_dictionaries(connection, name, names)
    places = [names.index(one) for one in order]
    statement = str(compiled)

    def insert(rows: list[tuple[object, ...]]) -> None:
        for at in range(0, len(rows), ROWS_AT_ONCE):
            part = rows[at : at + ROWS_AT_ONCE]
            if order != names:
                part = [tuple([row[place] for place in places]) for row in part]
            connection.exec_driver_sql(statement, part)

    return insert


def tell_planner(connection: Connection, name: str, rows: int) -> None:
    """Lets a server count a table that has grown by so many rows: until it has, it reads tables of
    a million rows as it would read empty ones.
    """
    if connection.dialect.name == "postgresql" and rows >= MANY_ROWS:
        connection.exec_driver_sql(f"ANALYZE {name}")


def _by_copy(connection: Connection, name: str, names: Sequence[str]) -> Inserter:
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(one) for one in names)
    statement = f"COPY {quote(name)} ({columns}) FROM STDIN"
    driver: Any = connection.connection.driver_connection

    def insert(rows: list[tuple[object, ...]]) -> None:
        if not rows:
            return
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    return insert


def _by_dictionaries(connection: Connection, name: str, names: Sequence[str]) -> Inserter:
    def insert(rows: list[tuple[object, ...]]) -> None:
        for at in range(0, len(rows), ROWS_AT_ONCE):
            part = [dict(zip(names, row, strict=True)) for row in rows[at : at + ROWS_AT_ONCE]]
            connection.execute(sql_table(name).insert(), part)

    return insert
