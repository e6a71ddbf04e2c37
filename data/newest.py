"""Rows out of a store of any size by what stands in one of their columns, as they are known now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any

from sqlalchemy import Connection, select

from data.columns import TABLES
from data.record_makers import Cells
from data.tables import sql_table

_AT_ONCE = 500


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in order, as many at once as a query takes."""
    ordered = sorted(values)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))


def newest(connection: Connection, name: str, column: str, values: Collection[str]) -> list[Cells]:
    """The newest versions, none void, that have one of these values; keys in their order."""
    table, spec = sql_table(name), TABLES[name]
    keys = values
    if column not in spec.key:
        key = table.c[spec.key[0]]
        named = [select(key).where(table.c[column].in_(part)) for part in parts(values)]
        keys = {one for query in named for one in connection.scalars(query)}
    asked = table.c[column if column in spec.key else spec.key[0]]
    query = select(table.c.row_id, table.c.voided_at, *(table.c[one] for one in spec.names))
    found = (connection.execute(query.where(asked.in_(part))) for part in parts(keys))
    latest: dict[Cells, Cells] = {}
    at = [spec.at[one] + 2 for one in spec.key]
    for row in sorted(chain.from_iterable(found), key=lambda row: row[0]):
        latest[tuple([row[number] for number in at])] = tuple(row)
    place, wanted = spec.at[column] + 2, set(values)
    return [row[2:] for row in latest.values() if row[1] is None and row[place] in wanted]
