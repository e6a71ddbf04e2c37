"""Whether the store still says what was written into it: the walk along the journal's chain.

Everything that is wrong is told, by entry: the chain in its order, of which the first is where to
look, then what is only worked out from the records. Whatever the store holds is told and never
raised: somebody may have written anything into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from data.store.backdating import count_back_dated
from data.store.journal import FIRST, JournalAct, JournalEntry, journal_entries, seal_of
from data.store.opening import Store
from data.store.row_hashes import Rows, RowsFound, rows_found, sealed_hash
from data.store.shape import OddShape, any_bytes_read, odd_shapes
from data.store.tables import SCHEMA_VERSION, Meta, Revision, sql_table


class Fault(StrEnum):
    """What of an entry, or of the store, does not fit."""

    SHAPE = "shape"
    CELL = "cell"
    NUMBER = "number"
    PREVIOUS = "previous"
    HASH = "hash"
    CONTENT = "content"
    MADE = "made"
    SEAL = "seal"
    STRAY = "stray"
    MOVED = "moved"
    COLUMNS = "columns"
    DICTIONARY = "dictionary"


@dataclass(frozen=True, order=True)
class Broken:
    """What is wrong at an entry (0: at none): `fault` says what, `told` more about it.

    `table`, `row` and `column` say where, as far as it is one place. A `told` of a SHAPE is one of
    `data.store.shape.TableFault`.
    """

    entry: int
    fault: Fault
    told: str = ""
    table: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Verified:
    """How many entries and rows were walked, the hash of the newest entry, and what is broken.

    `back_dated`: how many rows and voids are dated before the changes before them, which is allowed
    and changes what earlier knowledge days show. `set_back`: how many entries are dated before the
    one before them, by a clock that was set back. `sealed`: the entry that seals a chain of before
    version 6; 0 where there is none.
    """

    entries: int
    rows: int
    head: str
    broken: tuple[Broken, ...]
    back_dated: int = 0
    sealed: int = 0
    set_back: int = 0

    @property
    def may_be_rebuilt(self) -> bool:
        """Whether all that is broken is worked out from records that hold."""
        return all(one.fault in (Fault.COLUMNS, Fault.DICTIONARY) for one in self.broken)


def verify_store(store: Store) -> Verified:
    """Walks the whole chain over one state of the store."""
    with store.reading() as connection:
        return verify_journal(connection)


def verify_journal(connection: Connection) -> Verified:
    """Walks the whole chain: the shape of the store, numbers, hashes, the rows of each entry, and
    the narrow columns. Where tables or columns are missing nothing more is walked.
    """
    with any_bytes_read(connection):
        shapes = odd_shapes(connection)
        broken = [_shape(one) for one in shapes]
        if any(one.hinders for one in shapes):
            return Verified(0, 0, "", tuple(broken))
        return _walked(connection, broken)


def _shape(odd: OddShape) -> Broken:
    return Broken(0, Fault.SHAPE, odd.shape.value, odd.table, column=odd.name)


def _walked(connection: Connection, broken: list[Broken]) -> Verified:
    seal = seal_of(connection)
    found = rows_found(connection, seal)
    contents = dict(found.contents)
    rows = sum(one.count for one in contents.values())
    facts: Mapping[str, object] = {}
    previous: str = FIRST
    number = set_back = 0
    moment = ""
    for entry in journal_entries(connection):
        number += 1
        broken += _faults(entry, number, previous, contents.pop(entry.entry, None))
        if entry.act == JournalAct.MADE or entry.entry == seal:
            facts = {**entry.facts(), **facts}
        if entry.entry == seal and entry.facts()["sealed"] != sealed_hash(found.sealed):
            broken.append(Broken(seal, Fault.SEAL))
        set_back += str(entry.moment) < moment
        number, previous, moment = entry.entry, entry.hash, str(entry.moment)
    for stray in sorted(contents):
        broken.append(Broken(stray, Fault.STRAY, contents[stray].names()))
    broken += _odd_rows(found)
    broken += _made(connection, facts)
    broken += _columns(connection)
    newest, back_dated = str(previous) if number else "", count_back_dated(connection)
    return Verified(number, rows, newest, tuple(broken), back_dated, seal, set_back)


def _faults(entry: JournalEntry, number: int, previous: str, rows: Rows | None) -> Iterator[Broken]:
    odd = entry.odd_cells()
    for name in odd:
        yield Broken(entry.entry, Fault.CELL, table="journal", row=str(entry.entry), column=name)
    if entry.entry != number:
        yield Broken(entry.entry, Fault.NUMBER, str(number))
    if entry.previous != previous:
        yield Broken(entry.entry, Fault.PREVIOUS)
    if not odd and entry.hash != entry.right_hash():
        yield Broken(entry.entry, Fault.HASH)
    if entry.content != (rows or Rows()).content():
        yield Broken(entry.entry, Fault.CONTENT, rows.names() if rows else "")


def _odd_rows(found: RowsFound) -> Iterator[Broken]:
    for cell in sorted(set(found.odd)):
        yield Broken(0, Fault.CELL, "", cell.table, cell.row, cell.column)
    for table, row, entry in found.moved:
        yield Broken(entry, Fault.MOVED, "", table, row)


_OWN = {"application": "dutyclock", "schema_version": str(SCHEMA_VERSION)}


def _made(connection: Connection, facts: Mapping[str, object]) -> Iterator[Broken]:
    """Whether the store's own first facts are those that its journal tells."""
    told = {**{name: facts.get(name) for name in ("first_day", "made_at")}, **_OWN}
    meta = dict(connection.execute(select(Meta.key, Meta.value)).all())
    for key in sorted({*told, *map(str, meta)}):
        if key not in told or meta.get(key) != told[key]:
            yield Broken(1, Fault.MADE, key)
    if list(connection.scalars(select(Revision.version_num))) != [str(SCHEMA_VERSION)]:
        yield Broken(0, Fault.MADE, "alembic_version")


def _columns(connection: Connection) -> Iterator[Broken]:
    """Acts whose narrow columns are not those of their texts, and lists of numbers that are not
    those of the acts: the mass of an audit reads these.
    """
    from data.store.act_numbers import differing_rows
    from data.store.number_lists import differing_lists

    acts = sql_table("activities")
    wrong = differing_rows(connection)
    for at in range(0, len(wrong), 1000):
        query = select(acts.c.entry, acts.c.activity, acts.c.row_id).where(
            acts.c.row_id.in_(wrong[at : at + 1000])
        )
        for entry, activity, row in connection.execute(query.order_by(acts.c.row_id)):
            number = entry if isinstance(entry, int) else 0
            yield Broken(number, Fault.COLUMNS, str(activity), "activities", str(row))
    for name in differing_lists(connection):
        yield Broken(0, Fault.DICTIONARY, "", name)
