"""The narrow columns of the activities: integers beside the texts, worked out from them.

`holder_no`, `class_no`, `day_no` and `flags` are what the mass of an audit is counted from. They
are no part of a record and may be rebuilt at any time. Source: ENGINE, section 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import IntFlag
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, literal_column, select, text, update

from data.columns import TABLES
from data.reading import chain_start
from data.tables import NEWEST, ActClass, Holder, NamedPerson, sql_table

if TYPE_CHECKING:
    import numpy as np

    from data.store import Store


class Flag(IntFlag):
    """What sets an act apart from a plain live one, as bits of `flags`."""

    VOIDED = 1
    SUPERSEDED = 2
    NAMED = 4  # for_period or event
    MAKES_UP = 8
    ON_BEHALF_OF = 16
    HAS_SUBJECTS = 32
    HAS_QUANTITY = 64
    RECORDED_LATE = 128
    NO_EVIDENCE = 256
    TWIN = 512  # another standing act that may be the same one: see `_may_be_one`
    OLDER_VERSION = NEWEST


UNUSUAL = Flag.NAMED | Flag.MAKES_UP | Flag.TWIN
"""Flags of acts that are not simply counted on their day."""

DEAD = Flag.VOIDED | Flag.SUPERSEDED | Flag.OLDER_VERSION
LATE_DAYS = 7
_AT = TABLES["activities"].at
_ACTS = sql_table("activities")


class ColumnBatch(NamedTuple):
    """Equally long arrays of integers, one row an act."""

    holder_no: np.ndarray[Any, Any]
    class_no: np.ndarray[Any, Any]
    day: np.ndarray[Any, Any]
    flags: np.ndarray[Any, Any]


@lru_cache(maxsize=20_000)
def ordinal(day: str) -> int:
    """The number of an ISO day, as `date.toordinal()` gives it."""
    return date.fromisoformat(day).toordinal()


def own_flags(values: Sequence[str | None], voided: bool, first_recorded: str) -> int:
    """The flags that an act has by itself. `first_recorded`: the first moment of its chain."""
    late = ordinal(first_recorded[:10]) - ordinal(values[_AT["day"]] or "")
    return (
        (Flag.VOIDED.value if voided else 0)
        | (Flag.NAMED.value if values[_AT["for_period"]] or values[_AT["event"]] else 0)
        | (Flag.MAKES_UP.value if values[_AT["makes_up"]] else 0)
        | (Flag.ON_BEHALF_OF.value if values[_AT["on_behalf_of"]] else 0)
        | (Flag.HAS_SUBJECTS.value if values[_AT["subjects"]] else 0)
        | (Flag.HAS_QUANTITY.value if values[_AT["quantity"]] else 0)
        | (Flag.RECORDED_LATE.value if late > LATE_DAYS else 0)
        | (0 if values[_AT["evidence"]] else Flag.NO_EVIDENCE.value)
    )


class Numbers:
    """The dictionaries of holders and act classes, growing as acts come in."""

    def __init__(self, connection: Connection) -> None:
        self._holders: dict[str | None, int] = dict(
            connection.execute(select(Holder.holder, Holder.holder_no)).all()
        )
        self._classes: dict[tuple[str | None, str | None, str | None], int] = {
            (kind, role, attributes): number
            for number, kind, role, attributes in connection.execute(
                select(ActClass.class_no, ActClass.kind, ActClass.role, ActClass.attributes)
            )
        }
        self._named = {
            (number, person)
            for number, person in connection.execute(
                select(NamedPerson.holder_no, NamedPerson.person)
            )
        }
        self._new_named: set[tuple[int, str]] = set()
        self._new_holders = len(self._holders)
        self._new_classes = len(self._classes)

    def holder_no(self, values: Sequence[str | None]) -> int:
        """The number of the act's holder; whom the act names is remembered beside it."""
        number = self._holders.setdefault(values[_AT["holder"]], len(self._holders))
        person = values[_AT["person"]]
        if person is not None and (number, person) not in self._named:
            self._named.add((number, person))
            self._new_named.add((number, person))
        return number

    def class_no(self, values: Sequence[str | None]) -> int:
        """The number of the act's kind, role and attributes."""
        which = (values[_AT["kind"]], values[_AT["role"]], values[_AT["attributes"]])
        return self._classes.setdefault(which, len(self._classes))

    def write(self, connection: Connection) -> None:
        """Writes the numbers that were given since they were read."""
        holders = [
            {"holder_no": number, "holder": holder}
            for holder, number in self._holders.items()
            if number >= self._new_holders
        ]
        classes = [
            {"class_no": number, "kind": kind, "role": role, "attributes": attributes}
            for (kind, role, attributes), number in self._classes.items()
            if number >= self._new_classes
        ]
        if holders:
            connection.execute(sql_table("holders").insert(), holders)
        if classes:
            connection.execute(sql_table("act_classes").insert(), classes)
        if self._new_named:
            named = [{"holder_no": one, "person": who} for one, who in sorted(self._new_named)]
            connection.execute(sql_table("named_people").insert(), named)


def set_flag(connection: Connection, rows: Iterable[int], flag: Flag, on: bool) -> None:
    """Sets or clears one flag of these rows."""
    wanted = list(rows)
    flags = _ACTS.c.flags
    set_now = flags.bitwise_and(flag.value)
    change = update(_ACTS).values(flags=flags - set_now + (flag.value if on else 0))
    # Most have it as it should be already, and a row that is written anew costs a server dearly.
    change = change.where(set_now != (flag.value if on else 0))
    for at in range(0, len(wanted), 1000):
        connection.execute(change.where(_ACTS.c.row_id.in_(wanted[at : at + 1000])))


def refresh_superseded(connection: Connection, activities: Iterable[str]) -> set[int]:
    """Sets `superseded` on the newest versions of these acts as it now is; gives the rows whose
    flag was asked about.
    """
    wanted = sorted(set(activities))
    touched: set[int] = set()
    newer = _ACTS.alias("newer")
    replaced = (
        select(newer.c.row_id)
        .where(
            newer.c.supersedes == _ACTS.c.activity,
            newer.c.flags < NEWEST,
            newer.c.flags.bitwise_and(Flag.VOIDED.value) == 0,
        )
        .exists()
    )
    on: list[int] = []
    off: list[int] = []
    for at in range(0, len(wanted), 1000):
        query = select(_ACTS.c.row_id, replaced).where(
            _ACTS.c.activity.in_(wanted[at : at + 1000]), _ACTS.c.flags < NEWEST
        )
        for row, is_replaced in connection.execute(query):
            (on if is_replaced else off).append(row)
            touched.add(row)
    set_flag(connection, on, Flag.SUPERSEDED, True)
    set_flag(connection, off, Flag.SUPERSEDED, False)
    return touched


def _may_be_one(one: Any, other: Any) -> Any:
    """Whether two acts of one holder and day may be the same: kind, person and time agree, and
    subjects and quantity, which may be written in several ways, are there or absent in both.
    """
    return (
        (one.c.kind == other.c.kind)
        & one.c.person.is_not_distinct_from(other.c.person)
        & one.c.time.is_not_distinct_from(other.c.time)
        & (one.c.subjects.is_(None) == other.c.subjects.is_(None))
        & (one.c.quantity.is_(None) == other.c.quantity.is_(None))
    )


def _standing(act: Any) -> Any:
    """Newest versions that are neither void nor superseded. The bound stands in the statement: only
    then is it sure that an index of newest versions is used.
    """
    live = Flag.VOIDED.value | Flag.SUPERSEDED.value
    return (act.c.flags < literal_column(str(NEWEST))) & (act.c.flags.bitwise_and(live) == 0)


_NEW = _ACTS.alias("new")


def _twins(after: int) -> Select[Any]:
    """Row, holder and day of live acts written after row `after` that have a like."""
    other = _ACTS.alias("other")
    # EXISTS ends at the first one found: pairs would be a million among a thousand of a kind.
    has_twin = (
        select(other.c.row_id)
        .where(
            other.c.holder_no == _NEW.c.holder_no,
            other.c.day_no == _NEW.c.day_no,
            other.c.row_id != _NEW.c.row_id,
            _may_be_one(_NEW, other),
            _standing(other),
        )
        .exists()
    )
    query = select(_NEW.c.row_id, _NEW.c.holder_no, _NEW.c.day_no)
    return query.where(_NEW.c.row_id > after, _standing(_NEW), has_twin)


def mark_new_twins(connection: Connection, after: int) -> None:
    """Sets `twin` on live acts written after row `after`, and on their like."""
    found = connection.execute(_twins(after)).all()
    if after:
        _refresh_spots(connection, {(holder, day) for _, holder, day in found})
    else:
        set_flag(connection, (row for row, _, _ in found), Flag.TWIN, True)


def refresh_twins(connection: Connection, rows: Iterable[int]) -> None:
    """Works `twin` out anew wherever these rows stand or stood: same holder and day."""
    spots: set[tuple[int, int]] = set()
    asked = sorted(set(rows))
    for at in range(0, len(asked), 1000):
        query = select(_ACTS.c.holder_no, _ACTS.c.day_no).where(
            _ACTS.c.row_id.in_(asked[at : at + 1000])
        )
        spots.update((holder, day) for holder, day in connection.execute(query))
    _refresh_spots(connection, spots)


def _refresh_spots(connection: Connection, spots: Iterable[tuple[int, int]]) -> None:
    """Works `twin` out anew among all acts of these holders and days."""
    on: list[int] = []
    off: list[int] = []
    alike = (
        _ACTS.c.kind,
        _ACTS.c.person,
        _ACTS.c.time,
        _ACTS.c.subjects.is_(None),
        _ACTS.c.quantity.is_(None),
    )
    spot_query = select(_ACTS.c.row_id, _ACTS.c.flags, *alike).where(
        _ACTS.c.holder_no == bindparam("holder"),
        _ACTS.c.day_no == bindparam("day"),
        _ACTS.c.flags < NEWEST,
    )
    for holder, day in spots:
        living: dict[tuple[object, ...], list[int]] = {}
        for row, flags, *key in connection.execute(spot_query, {"holder": holder, "day": day}):
            if flags & DEAD:
                off.append(row)
            else:
                living.setdefault(tuple(key), []).append(row)
        for same in living.values():
            (on if len(same) > 1 else off).extend(same)
    set_flag(connection, on, Flag.TWIN, True)
    set_flag(connection, off, Flag.TWIN, False)


def rebuild_columns(connection: Connection) -> int:
    """Works out holders, classes, days and flags of all activities anew; gives their number."""
    connection.execute(sql_table("holders").delete())
    connection.execute(sql_table("act_classes").delete())
    connection.execute(sql_table("named_people").delete())
    numbers = Numbers(connection)
    change = (
        update(_ACTS)
        .where(_ACTS.c.row_id == bindparam("at"))
        .values({name: bindparam(f"new_{name}") for name in _DERIVED})
    )
    done = 0
    for page in _worked_out(connection, numbers):
        changes = [
            {"at": row, **{f"new_{name}": one for name, one in zip(_DERIVED, right, strict=True)}}
            for row, right, _ in page
        ]
        connection.execute(change, changes)
        done += len(page)
    numbers.write(connection)
    mark_new_twins(connection, 0)
    return done


def differing_rows(connection: Connection) -> list[int]:
    """The rows of activities whose narrow columns are not what their texts say, in order."""
    twins = set(connection.scalars(_twins(0).with_only_columns(_NEW.c.row_id)))
    ignored = ~(Flag.TWIN | Flag.RECORDED_LATE).value
    wrong = []
    for page in _worked_out(connection, Numbers(connection)):
        for row, right, stored in page:
            is_twin = bool(stored[3] & Flag.TWIN)
            same = right[:3] == stored[:3] and right[3] & ignored == stored[3] & ignored
            if not same or is_twin != (row in twins):
                wrong.append(row)
    return wrong


Narrow = tuple[int, int, int, int]
"""day_no, holder_no, class_no, flags."""


def _worked_out(
    connection: Connection, numbers: Numbers
) -> Iterator[list[tuple[int, Narrow, Narrow]]]:
    """Pages of (row, its narrow columns as its texts say, as they stand), without twins."""
    several = select(
        _ACTS.c.activity, func.min(_ACTS.c.recorded_at), func.max(_ACTS.c.row_id)
    ).group_by(_ACTS.c.activity)
    corrected = {
        activity: (first, last)
        for activity, first, last in connection.execute(several.having(func.count() > 1))
    }
    links, replaced, first = _supersessions(connection, corrected)
    columns = [_ACTS.c[name] for name in TABLES["activities"].names]
    stands = [_ACTS.c[name] for name in _DERIVED]
    query = select(_ACTS.c.row_id, _ACTS.c.recorded_at, _ACTS.c.voided_at, *stands, *columns)
    last_row = 0
    while True:
        page = connection.execute(
            query.where(_ACTS.c.row_id > last_row).order_by(_ACTS.c.row_id).limit(50_000)
        ).all()
        if not page:
            return
        found: list[tuple[int, Narrow, Narrow]] = []
        for row in page:
            values, activity = row[7:], row[7]
            begun, newest = corrected.get(activity, (row[1], row[0]))
            if activity in links:
                begun = chain_start(activity, first, links)
            flags = own_flags(values, row[2] is not None, begun)
            if row[0] != newest:
                flags |= Flag.OLDER_VERSION.value
            elif activity in replaced:
                flags |= Flag.SUPERSEDED.value
            day = ordinal(values[_AT["day"]])
            right = (day, numbers.holder_no(values), numbers.class_no(values), flags)
            found.append((row[0], right, (row[3], row[4], row[5], row[6])))
        yield found
        last_row = page[-1][0]


_DERIVED = ("day_no", "holder_no", "class_no", "flags")


def _supersessions(
    connection: Connection, corrected: Mapping[str, tuple[str, int]]
) -> tuple[dict[str, str], set[str], dict[str, str]]:
    """Which act replaces which, which are replaced by one that holds, and when each began."""
    links: dict[str, str] = {}
    replaced: set[str] = set()
    first: dict[str, str] = {}
    query = select(_ACTS.c.row_id, _ACTS.c.activity, _ACTS.c.supersedes, _ACTS.c.voided_at).where(
        _ACTS.c.supersedes.is_not(None)
    )
    for row, activity, target, voided_at in connection.execute(query):
        if activity in corrected and corrected[activity][1] != row:
            continue
        links[activity] = target
        if voided_at is None:
            replaced.add(target)
    wanted = sorted({*links, *links.values()})
    for at in range(0, len(wanted), 1000):
        begun = (
            select(_ACTS.c.activity, func.min(_ACTS.c.recorded_at))
            .where(_ACTS.c.activity.in_(wanted[at : at + 1000]))
            .group_by(_ACTS.c.activity)
        )
        first.update(connection.execute(begun).all())
    return links, replaced, first


_STREAM = (
    "SELECT holder_no, class_no, day_no, flags FROM activities"
    f" WHERE flags < {NEWEST} AND day_no BETWEEN {{first}} AND {{last}}"
)


def stream_columns(store: Store, first: date, last: date, batch: int) -> Iterator[ColumnBatch]:
    """Arrays of the newest versions whose day is in `first`..`last`, unsorted, in batches: all of
    one state. Read by ADBC where that can be had: `data/bulk.py`.
    """
    import numpy as np

    statement = _STREAM.format(first=first.toordinal(), last=last.toordinal())
    with store.snapshot(bulk=True) as state:
        if state.bulk is None:
            yield from _by_driver(state, statement, batch)
            return
        for columns in state.bulk.batches(statement, batch):
            yield ColumnBatch(*(column.astype(np.int64, copy=False) for column in columns))


def _by_driver(store: Store, statement: str, batch: int) -> Iterator[ColumnBatch]:
    import numpy as np

    with store.reading() as connection:
        result = connection.execute(text(statement), execution_options={"yield_per": batch})
        for rows in result.partitions(batch):
            table = np.array([tuple(row) for row in rows], dtype=np.int64)
            yield ColumnBatch(*(np.ascontiguousarray(table[:, at]) for at in range(4)))


__all__ = ["ColumnBatch", "Flag", "rebuild_columns", "stream_columns"]
