"""Whether the store still says what was written into it: the walk along the journal's chain.

Everything that is wrong is told: the chain in its order, of which the first is where to look, then
what is only worked out from the records.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from data.store.backdating import count_back_dated
from data.store.journal import (
    FIRST,
    JournalAct,
    JournalEntry,
    Rows,
    content_by_entry,
    journal_entries,
)
from data.store.opening import Store
from data.store.tables import Meta, sql_table


class Fault(StrEnum):
    """What is wrong with an entry of the journal."""

    NUMBER = "number"
    PREVIOUS = "previous"
    HASH = "hash"
    CONTENT = "content"
    MADE = "made"
    STRAY = "stray"
    COLUMNS = "columns"


@dataclass(frozen=True, order=True)
class Broken:
    """What is wrong at an entry (0: at none): `fault` says what, `told` more about it."""

    entry: int
    fault: Fault
    told: str = ""


@dataclass(frozen=True)
class Verified:
    """How many entries and rows were walked, the hash of the newest entry, and what is broken.

    `back_dated`: how many rows and voids are dated before the changes before them, which is allowed
    and changes what earlier knowledge days show.
    """

    entries: int
    rows: int
    head: str
    broken: tuple[Broken, ...]
    back_dated: int = 0


def verify_store(store: Store) -> Verified:
    """Walks the whole chain over one state of the store."""
    with store.reading() as connection:
        return verify_journal(connection)


def verify_journal(connection: Connection) -> Verified:
    """Walks the whole chain: numbers, hashes, the rows of each entry, and the narrow columns."""
    contents = content_by_entry(connection)
    rows = sum(one.count for one in contents.values())
    broken: list[Broken] = []
    previous, number = FIRST, 0
    for entry in journal_entries(connection):
        number += 1
        broken += _faults(entry, number, previous, contents.pop(entry.entry, None))
        if entry.act == JournalAct.MADE:
            broken += _made(connection, entry)
        number, previous = entry.entry, entry.hash
    for stray in sorted(contents):
        broken.append(Broken(stray, Fault.STRAY, contents[stray].names()))
    broken += _columns(connection)
    newest, back_dated = previous if number else "", count_back_dated(connection)
    return Verified(number, rows, newest, tuple(broken), back_dated)


def _faults(entry: JournalEntry, number: int, previous: str, rows: Rows | None) -> Iterator[Broken]:
    if entry.entry != number:
        yield Broken(entry.entry, Fault.NUMBER, str(number))
    if entry.previous != previous:
        yield Broken(entry.entry, Fault.PREVIOUS)
    if entry.hash != entry.right_hash():
        yield Broken(entry.entry, Fault.HASH)
    if entry.content != (rows or Rows()).content():
        yield Broken(entry.entry, Fault.CONTENT, rows.names() if rows else "")


def _made(connection: Connection, entry: JournalEntry) -> Iterator[Broken]:
    """Whether the store's own first facts are those of its first entry."""
    meta = dict(connection.execute(select(Meta.key, Meta.value)).all())
    for key, value in json.loads(entry.counts).items():
        if meta.get(key) != value:
            yield Broken(entry.entry, Fault.MADE, key)


def _columns(connection: Connection) -> Iterator[Broken]:
    """Acts whose narrow columns are not those of their texts: the mass of an audit reads these."""
    from data.store.act_numbers import differing_rows

    acts = sql_table("activities")
    wrong = differing_rows(connection)
    for at in range(0, len(wrong), 1000):
        query = select(acts.c.entry, acts.c.activity).where(
            acts.c.row_id.in_(wrong[at : at + 1000])
        )
        for entry, activity in connection.execute(query.order_by(acts.c.row_id)):
            yield Broken(entry, Fault.COLUMNS, activity)
