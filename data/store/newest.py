"""Rows out of a store of any size by what stands in one of their columns, as they are known now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from data.import_columns import TABLES
from data.record_makers import Cells
from data.store.reading import LATEST, known_rows
from data.store.tables import sql_table

_AT_ONCE = 500


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in order, as many at once as a query takes."""
    ordered = sorted(values)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))


def newest(connection: Connection, name: str, column: str, values: Collection[str]) -> list[Cells]:
    """The newest rows, not void, with one of these values in the column; keys in their order."""
    table, spec = sql_table(name), TABLES[name]
    keys, asked = values, table.c[column]
    if column not in spec.key:
        key = table.c[spec.key[0]]
        named = [select(key).where(asked.in_(part)) for part in parts(values)]
        keys, asked = {one for query in named for one in connection.scalars(query)}, key
    at, wanted = spec.at[column], set(values)
    rows = (known_rows(connection, name, LATEST, [asked.in_(part)]) for part in parts(keys))
    return [row for part in rows for row in part if row[at] in wanted]
