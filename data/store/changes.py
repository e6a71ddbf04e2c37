"""What an entry of the journal changed, row by row: as it stood before, and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from data.import_columns import TABLES
from data.store.tables import sql_table

Cells = Mapping[str, str]


@dataclass(frozen=True)
class RowChange:
    """A version that was written, or declared void. Cells are by column, blank ones left out.

    `before` is empty for a new key. `void` is (day or moment, by whom, why) where the entry voids
    the version; `after` is then what was voided.
    """

    table: str
    key: tuple[str, ...]
    before: Cells
    after: Cells
    void: tuple[str, str | None, str | None] | None = None


def changes_of(connection: Connection, entry: int) -> Iterator[RowChange]:
    """Every change of the entry, by table, in the order in which it was written."""
    for name in TABLES:
        yield from _written(connection, name, entry)
        yield from _voided(connection, name, entry)


def _written(connection: Connection, name: str, entry: int) -> Iterator[RowChange]:
    table, spec = sql_table(name), TABLES[name]
    earlier = table.alias("earlier")
    same = [earlier.c[column] == table.c[column] for column in spec.key]
    newest = (
        select(func.max(earlier.c.row_id))
        .where(*same, earlier.c.row_id < table.c.row_id)
        .scalar_subquery()
    )
    before = table.alias("before")
    query = (
        select(
            *(table.c[column] for column in spec.names),
            *(before.c[column] for column in spec.names),
        )
        .select_from(table.outerjoin(before, before.c.row_id == newest))
        .where(table.c.entry == entry)
        .order_by(table.c.row_id)
    )
    at = [spec.at[column] for column in spec.key]
    width = len(spec.names)
    for row in connection.execute(query):
        key = tuple([row[place] for place in at])
        yield RowChange(name, key, _cells(name, row[width:]), _cells(name, row[:width]))


def _voided(connection: Connection, name: str, entry: int) -> Iterator[RowChange]:
    table, spec = sql_table(name), TABLES[name]
    query = (
        select(
            table.c.voided_at,
            table.c.voided_by,
            table.c.void_reason,
            *(table.c[column] for column in spec.names),
        )
        .where(table.c.voided_in == entry)
        .order_by(table.c.row_id)
    )
    at = [spec.at[column] + 3 for column in spec.key]
    for row in connection.execute(query):
        key = tuple([row[place] for place in at])
        cells = _cells(name, row[3:])
        yield RowChange(name, key, cells, cells, (row[0], row[1], row[2]))


def _cells(name: str, row: tuple[str | None, ...]) -> dict[str, str]:
    return {
        column: cell
        for column, cell in zip(TABLES[name].names, row, strict=True)
        if cell is not None
    }
