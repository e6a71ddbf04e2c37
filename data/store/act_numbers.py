"""The narrow columns of the activities: integers beside the texts, worked out from them.

`holder_no`, `class_no`, `day_no` and `flags` are what the mass of an audit is counted from. They
are no part of a record and may be rebuilt at any time. Source: ENGINE, section 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select, text, update

from data.flags import DEAD, Flag, newest_sql, not_void_sql, standing_sql
from data.import_columns import TABLES
from data.store.tables import ActClass, HolderNumber, NamedPerson, sql_table

if TYPE_CHECKING:
    import numpy as np

    from data.store.bulk import Bulk


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


def own_flags(values: Sequence[str | None], voided: bool) -> int:
    """The flags that an act has by itself."""
    return (
        (Flag.VOIDED.value if voided else 0)
        | (Flag.NAMED.value if values[_AT["for_period"]] or values[_AT["event"]] else 0)
        | (Flag.MAKES_UP.value if values[_AT["makes_up"]] else 0)
    )


class Numbers:
    """The dictionaries of holders and act classes, growing as acts come in."""

    def __init__(self, connection: Connection) -> None:
        self._holders: dict[str | None, int] = dict(
            connection.execute(select(HolderNumber.holder, HolderNumber.holder_no)).all()
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
        .where(newer.c.supersedes == _ACTS.c.activity, text(not_void_sql("newer.flags")))
        .exists()
    )
    on: list[int] = []
    off: list[int] = []
    for at in range(0, len(wanted), 1000):
        query = select(_ACTS.c.row_id, replaced).where(
            _ACTS.c.activity.in_(wanted[at : at + 1000]), text(newest_sql("activities.flags"))
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


_NEW = _ACTS.alias("new")


def _twins(after: int) -> Select[Any]:
    """Row, holder and day of live acts written after row `after` that may be doubles."""
    other = _ACTS.alias("other")
    # EXISTS ends at the first one found: pairs would be a million among a thousand of a kind.
    has_twin = (
        select(other.c.row_id)
        .where(
            other.c.holder_no == _NEW.c.holder_no,
            other.c.day_no == _NEW.c.day_no,
            other.c.row_id != _NEW.c.row_id,
            _may_be_one(_NEW, other),
            text(standing_sql("other.flags")),
        )
        .exists()
    )
    query = select(_NEW.c.row_id, _NEW.c.holder_no, _NEW.c.day_no)
    return query.where(_NEW.c.row_id > after, text(standing_sql("new.flags")), has_twin)


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
        text(newest_sql()),
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
    wrong = []
    for page in _worked_out(connection, Numbers(connection)):
        for row, right, stored in page:
            flags = right[3] | (Flag.TWIN.value if row in twins else 0)
            if (*right[:3], flags) != stored:
                wrong.append(row)
    return wrong


Narrow = tuple[int, int, int, int]
"""day_no, holder_no, class_no, flags."""


def _worked_out(
    connection: Connection, numbers: Numbers
) -> Iterator[list[tuple[int, Narrow, Narrow]]]:
    """Pages of (row, its narrow columns as its texts say, as they stand), without twins."""
    several = select(_ACTS.c.activity, func.max(_ACTS.c.row_id)).group_by(_ACTS.c.activity)
    corrected: dict[str, int] = dict(connection.execute(several.having(func.count() > 1)).all())
    replaced = _replaced(connection, corrected)
    columns = [_ACTS.c[name] for name in TABLES["activities"].names]
    as_stored = [_ACTS.c[name] for name in _DERIVED]
    query = select(_ACTS.c.row_id, _ACTS.c.voided_at, *as_stored, *columns)
    last_row = 0
    while True:
        page = connection.execute(
            query.where(_ACTS.c.row_id > last_row).order_by(_ACTS.c.row_id).limit(50_000)
        ).all()
        if not page:
            return
        found: list[tuple[int, Narrow, Narrow]] = []
        for row in page:
            values, activity = row[6:], row[6]
            flags = own_flags(values, row[1] is not None)
            if row[0] != corrected.get(activity, row[0]):
                flags |= Flag.OLDER_VERSION.value
            elif activity in replaced:
                flags |= Flag.SUPERSEDED.value
            day = _day_no(values[_AT["day"]])
            right = (day, numbers.holder_no(values), numbers.class_no(values), flags)
            found.append((row[0], right, (row[2], row[3], row[4], row[5])))
        yield found
        last_row = page[-1][0]


def _day_no(day: object) -> int:
    """The number of a day; 0 for what is none, which is no number of any day."""
    try:
        return ordinal(str(day))
    except ValueError:
        return 0


_DERIVED = ("day_no", "holder_no", "class_no", "flags")


def _replaced(connection: Connection, corrected: Mapping[str, int]) -> set[str]:
    """The acts that are superseded by one that holds. `corrected`: the newest row of each act that
    has several.
    """
    query = select(_ACTS.c.row_id, _ACTS.c.activity, _ACTS.c.supersedes).where(
        _ACTS.c.supersedes.is_not(None), _ACTS.c.voided_at.is_(None)
    )
    return {
        target
        for row, activity, target in connection.execute(query)
        if corrected.get(activity, row) == row
    }


_STREAM = (
    "SELECT holder_no, class_no, day_no, flags FROM activities"
    f" WHERE {newest_sql()} AND day_no BETWEEN {{first}} AND {{last}}"
)


def stream_columns(
    connection: Connection, bulk: Bulk | None, first: date, last: date, batch: int
) -> Iterator[ColumnBatch]:
    """Arrays of the newest versions whose day is in `first`..`last`, unsorted, in batches. Read by
    ADBC where that can be had: `data/store/bulk.py`.
    """
    import numpy as np

    statement = _STREAM.format(first=first.toordinal(), last=last.toordinal())
    if bulk is None:
        yield from _by_driver(connection, statement, batch)
        return
    for columns in bulk.batches(statement, batch):
        yield ColumnBatch(*(column.astype(np.int64, copy=False) for column in columns))


def _by_driver(connection: Connection, statement: str, batch: int) -> Iterator[ColumnBatch]:
    import numpy as np

    result = connection.execute(text(statement), execution_options={"yield_per": batch})
    for rows in result.partitions(batch):
        table = np.array([tuple(row) for row in rows], dtype=np.int64)
        yield ColumnBatch(*(np.ascontiguousarray(table[:, at]) for at in range(4)))
