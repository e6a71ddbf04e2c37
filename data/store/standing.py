"""What a table holds: the versions of each key, and which of them holds now (of acts more is asked:
`data/flags.py`).

A key's number counts how often it was written: each version, and each void, is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.import_columns import TABLES, Table
from data.store.tables import sql_table

Key = tuple[str, ...]
Values = tuple[str | None, ...]
Void = tuple[str, str | None, str | None]
"""voided_at, voided_by, void_reason."""

_KEYS_AT_ONCE = 5_000


@dataclass(slots=True)
class StoredVersion:
    """One version of a key; `row_id` 0: about to be written."""

    values: Values
    recorded_at: str
    void: Void | None = None
    row_id: int = 0


def holding(versions: Sequence[StoredVersion]) -> StoredVersion | None:
    """The newest version of a key; None where that is void, or where there is none."""
    return versions[-1] if versions and versions[-1].void is None else None


def number_of(versions: Sequence[StoredVersion]) -> int:
    """How often a key was written."""
    return sum(2 if one.void else 1 for one in versions)


def holding_rows(connection: Connection, name: str) -> Iterator[tuple[Values, int]]:
    """The newest version of each key that is not void, with its number, in the order of keys."""
    for versions in stored_versions(connection, TABLES[name]).values():
        newest = holding(versions)
        if newest is not None:
            yield newest.values, number_of(versions)


def stored_versions(
    connection: Connection, table: Table, keys: Iterable[str] | None = None
) -> dict[Key, list[StoredVersion]]:
    """All versions of all keys (or of these one-column `keys`), the earliest first."""
    sql = sql_table(table.name)
    columns = [sql.c[name] for name in table.names]
    query = select(
        sql.c.row_id,
        sql.c.recorded_at,
        sql.c.voided_at,
        sql.c.voided_by,
        sql.c.void_reason,
        *columns,
    ).order_by(sql.c.row_id)
    queries = [query]
    if keys is not None:
        wanted = sorted(set(keys))
        column = sql.c[table.key[0]]
        # Where nothing is stored yet, as at the first import, asking for each key is in vain.
        if connection.execute(select(sql.c.row_id).limit(1)).first() is None:
            wanted = []
        queries = [
            query.where(column.in_(wanted[at : at + _KEYS_AT_ONCE]))
            for at in range(0, len(wanted), _KEYS_AT_ONCE)
        ]
    found: dict[Key, list[StoredVersion]] = {}
    at_key = [table.at[name] for name in table.key]
    for one in queries:
        for row in connection.execute(one):
            values = tuple(row[5:])
            void = (row[2], row[3], row[4]) if row[2] else None
            key = tuple([values[at] for at in at_key])
            found.setdefault(key, []).append(StoredVersion(values, row[1], void, row[0]))
    return found
