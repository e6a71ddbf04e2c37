"""What an audit of a large store reads: the columns of all acts, and the whole acts of a few.

Everything as it is known now; an audit with an earlier knowledge day reads the records instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from sqlalchemy import Connection, func, select, text

from data.flags import BITS, newest_sql, standing_of, unusual_sql
from data.import_columns import TABLES
from data.record_makers import activity_maker
from data.records import Activity
from data.store.act_numbers import ColumnBatch
from data.store.bulk import Bulk
from data.store.opening import Store
from data.store.proofs import days_of_proofs
from data.store.reading import LATEST, chain_start, files_known
from data.store.tables import NamedPerson, sql_table
from data.unreadable import as_written

_ACTS = sql_table("activities")
_AT_ONCE = 500
_BATCH = 65_536


@dataclass(frozen=True)
class StoreFeed:
    """The acts of a store, for `engine.counting.fast.audit_summary`; of one state of it where
    that is what stands still: `Store.snapshot`.
    """

    store: Store

    @cached_property
    def holders(self) -> dict[str, int]:
        """The number of each holder of an act."""
        return dict(self.store.holder_numbers())

    def classes(self) -> tuple[tuple[int, str, str | None, tuple[tuple[str, str], ...]], ...]:
        """(class_no, kind, role, attributes) of every act class, by number."""
        return self.store.act_classes()

    def stream(self, first: date, last: date) -> Iterator[ColumnBatch]:
        """Batches of the columns of the acts of these days, packed on the way where they fit."""
        holders, classes = len(self.holders), len(self.classes())
        fits = holders < 1 << _HOLDER_BITS and classes < 1 << _CLASS_BITS
        fits = fits and (last - first).days < 1 << _DAY_BITS
        with self.store.snapshot(bulk=True) as state:
            if fits and state.bulk is not None:
                yield from _packed(state.bulk, first.toordinal(), last.toordinal())
            else:
                yield from state.stream_columns(first, last)

    def unusual(self) -> set[int]:
        """The holders, by number, of any act that names a period, makes one up or may be double."""
        query = f"SELECT DISTINCT holder_no FROM activities WHERE {unusual_sql()}"
        with self.store.reading() as connection:
            return set(connection.scalars(text(query)))

    def named(self) -> set[tuple[int, str]]:
        """The pairs of a holder's number and a person whom its acts name."""
        with self.store.reading() as connection:
            query = select(NamedPerson.holder_no, NamedPerson.person)
            return {(number, person) for number, person in connection.execute(query)}

    def load(self, holders: Collection[str]) -> tuple[Activity, ...]:
        """Every act under these posts and units, by id."""
        numbers = sorted({self.holders[one] for one in holders if one in self.holders})
        found: list[Activity] = []
        with self.store.reading() as connection:
            left = iter(numbers)
            while some := list(islice(left, _AT_ONCE)):
                found += acts_of(connection, some)
        return tuple(sorted(found, key=lambda act: act.activity))

    def proof_days(self, acts: Iterable[Activity]) -> dict[str, frozenset[date]]:
        """The days of all live acts that carry the evidence of these."""
        with self.store.reading() as connection:
            return days_of_proofs(connection, acts) or {}


_DAY_BITS, _CLASS_BITS, _HOLDER_BITS = 16, 14, 22
_PACKED = (
    f"SELECT (({{holder_no}} * {1 << _CLASS_BITS} + class_no) * {1 << _DAY_BITS}"
    f" + day_no - {{first}}) * {1 << BITS} + flags FROM activities"
    f" WHERE {newest_sql()} AND day_no BETWEEN {{first}} AND {{last}}"
)


def _packed(bulk: Bulk, first: int, last: int) -> Iterator[ColumnBatch]:
    """The columns in one number each row: what the driver costs, it costs by the value."""
    import numpy as np

    # SQLite counts in 64 bits by itself, and a server only when it is told.
    holder_no = "holder_no::bigint" if bulk.is_server else "holder_no"
    statement = _PACKED.format(holder_no=holder_no, first=first, last=last)
    for (column,) in bulk.batches(statement, _BATCH):
        packed = column.astype(np.int64, copy=False)
        flags = packed & ((1 << BITS) - 1)
        packed = packed >> BITS
        day = (packed & ((1 << _DAY_BITS) - 1)) + first
        packed >>= _DAY_BITS
        class_no = packed & ((1 << _CLASS_BITS) - 1)
        packed >>= _CLASS_BITS
        yield ColumnBatch(packed, class_no, day, flags)


def acts_in(store: Store) -> int:
    """How many versions of activities the store holds, by its own count of rows."""
    with store.reading() as connection:
        return connection.scalar(select(func.max(_ACTS.c.row_id))) or 0


def acts_of(connection: Connection, holders: list[int]) -> list[Activity]:
    """Every act under the holders with these numbers, as it is known now."""
    columns = [_ACTS.c[name] for name in TABLES["activities"].names]
    query = select(_ACTS.c.flags, _ACTS.c.recorded_at, *columns).where(
        _ACTS.c.holder_no.in_(holders), text(newest_sql())
    )
    rows = connection.execute(query).all()
    at = TABLES["activities"].at["supersedes"] + 2
    links = {row[2]: row[at] for row in rows if row[at] is not None}
    first = _first_recorded(connection, [row[2] for row in rows])
    unknown = set(links.values()) - first.keys()
    while unknown:
        earlier = select(_ACTS.c.activity, _ACTS.c.supersedes).where(
            _ACTS.c.activity.in_(sorted(unknown)), text(newest_sql())
        )
        first |= _first_recorded(connection, sorted(unknown))
        links |= {one: two for one, two in connection.execute(earlier) if two is not None}
        unknown = set(links.values()) - first.keys()
    files = files_known(connection, LATEST, {row[2] for row in rows})
    make = activity_maker(files)
    made = []
    for row in rows:
        recorded = chain_start(row[2], first, links) if links else first[row[2]]
        with as_written("activities", row[2]):
            made.append(make(tuple(row[2:]), recorded, standing_of(row[0])))
    return made


def _first_recorded(connection: Connection, activities: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for low in range(0, len(activities), _AT_ONCE):
        query = select(_ACTS.c.activity, func.min(_ACTS.c.recorded_at)).where(
            _ACTS.c.activity.in_(activities[low : low + _AT_ONCE])
        )
        found.update((one, when) for one, when in connection.execute(query.group_by("activity")))
    return found
