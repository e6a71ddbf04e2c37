"""Whether a database has a store's tables, and nothing in it that changes them by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, inspect, text

from data.store.tables import Base


class TableFault(StrEnum):
    """What is there and should not be, or should be and is not."""

    NO_TABLE = "no_table"
    NO_COLUMN = "no_column"
    NO_INDEX = "no_index"
    MORE_TABLE = "more_table"
    MORE_COLUMN = "more_column"
    TRIGGER = "trigger"


@dataclass(frozen=True, order=True)
class OddShape:
    """What is odd about a table (or view); `name` is the column, index or trigger."""

    shape: TableFault
    table: str
    name: str = ""

    @property
    def hinders(self) -> bool:
        """Whether the store cannot be walked with it."""
        return self.shape in (TableFault.NO_TABLE, TableFault.NO_COLUMN, TableFault.NO_INDEX)


_TRIGGERS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        " UNION ALL SELECT tablename, rulename FROM pg_rules WHERE schemaname = current_schema()"
    ),
}
_TABLES_OF_SQLITE = (
    "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')"
    " AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
)


def odd_shapes(connection: Connection) -> list[OddShape]:
    """All of them, sorted. A schema of a server may hold other tables beside ours, a file may not:
    it is the store.
    """
    return sorted(_odd(connection))


def _odd(connection: Connection) -> Iterator[OddShape]:
    ours = Base.metadata.tables
    if connection.dialect.name == "sqlite":
        there = {(kind, name) for kind, name in connection.execute(text(_TABLES_OF_SQLITE))}
        tables = {name for kind, name in there if kind == "table"}
        for _, name in there:
            if name not in ours or name not in tables:
                yield OddShape(TableFault.MORE_TABLE, str(name))
    else:
        tables = set(inspect(connection).get_table_names())
    for name, table in ours.items():
        if name not in tables:
            yield OddShape(TableFault.NO_TABLE, name)
            continue
        known = inspect(connection)
        columns = {one["name"] for one in known.get_columns(name)}
        indexes = {one["name"] for one in known.get_indexes(name)}
        for column in table.c:
            if column.name not in columns:
                yield OddShape(TableFault.NO_COLUMN, name, column.name)
        for column_name in columns - {column.name for column in table.c}:
            yield OddShape(TableFault.MORE_COLUMN, name, str(column_name))
        for index in table.indexes:
            if index.name not in indexes:
                yield OddShape(TableFault.NO_INDEX, name, str(index.name))
    for table_name, trigger in connection.execute(text(_TRIGGERS[connection.dialect.name])):
        if table_name in ours or connection.dialect.name == "sqlite":
            yield OddShape(TableFault.TRIGGER, str(table_name), str(trigger))


@contextmanager
def any_bytes_read(connection: Connection) -> Iterator[None]:
    """SQLite hands over texts that are none in UTF-8 too, with lone surrogates in them, for as long
    as it lasts; a server lets no such text in.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    before, driver.text_factory = driver.text_factory, _decoded
    try:
        yield
    finally:
        driver.text_factory = before


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
