"""From versions to `Records`: what the store held at the end of a day. Source: SEMANTICS, 6."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, case, select

from data.cells import dated, items
from data.columns import TABLES
from data.flags import Flag, standing_of
from data.records import (
    Activity,
    Adoption,
    Appointment,
    Delegation,
    Event,
    Fact,
    File,
    Person,
    Post,
    Records,
    Standing,
    Subject,
    Tag,
    Unit,
    Waiver,
)
from data.tables import ActClass, Holder, Meta, sql_table

END_OF_TIME = "9999-12-31 24"
DEFAULT_TIMEZONE = "Asia/Shanghai"

Cells = tuple[Any, ...]
"""The values of one version, in the order of its table's columns."""


def knowledge_end(known_on: date | None) -> str:
    """The first moment, as text, that is no longer known."""
    if known_on is None or known_on == date.max:
        return END_OF_TIME
    return f"{known_on + timedelta(days=1)} 00:00:00.000000"


@dataclass(frozen=True)
class Knowledge:
    """What of the history is told: what was recorded before the moment `end`, and, where `entry`
    is given, of that what the store held when this was the newest entry of its journal.
    """

    end: str
    entry: int | None = None

    def rows(self, table: Any) -> tuple[Any, ...]:
        """Conditions on the rows that the store held."""
        return () if self.entry is None else (table.c.entry <= self.entry,)

    def voided_at(self, table: Any) -> Any:
        """The column of voids, without those of later entries."""
        if self.entry is None:
            return table.c.voided_at
        return case((table.c.voided_in <= self.entry, table.c.voided_at), else_=None)

    def is_void(self, voided_at: str | None) -> bool:
        """Whether a version with this void was known to be void."""
        return voided_at is not None and voided_at < self.end


LATEST = Knowledge(END_OF_TIME)
"""Everything that is in the store."""


def records_known_on(
    connection: Connection,
    known_on: date | None,
    *,
    entry: int | None = None,
    with_activities: bool = True,
    without: Collection[str] = (),
) -> Records:
    """`Records` as known at the end of `known_on` (None: everything); with `entry` only what the
    store held when that was the newest entry of its journal.
    """
    known = Knowledge(knowledge_end(known_on), entry)

    def values(name: str) -> list[Cells]:
        return [] if name in without else known_rows(connection, name, known)

    settings = settings_known_on(connection, known_on, entry)
    adoptions = sorted(map(_adoption, values("adoptions")), key=_adoption_order)
    return Records(
        units={row[0]: _unit(row) for row in values("units")},
        posts={row[0]: _post(row) for row in values("posts")},
        people={row[0]: _person(row) for row in values("people")},
        appointments=tuple(
            sorted(
                map(_appointment, values("appointments")),
                key=lambda one: (one.first, one.post, one.person),
            )
        ),
        activities=_activities(connection, known) if with_activities else (),
        records_from=date.fromisoformat(settings["records_from"]),
        subjects={row[0]: _subject(row) for row in values("subjects")},
        events=tuple(sorted(map(_event, values("events")), key=lambda one: (one.day, one.event))),
        waivers=tuple(
            sorted(map(_waiver, values("waivers")), key=lambda one: (one.first, one.waiver))
        ),
        delegations=tuple(
            sorted(
                map(_delegation, values("delegations")), key=lambda one: (one.first, one.delegation)
            )
        ),
        adoptions=tuple(adoptions) if _any_known(connection, "adoptions", known) else None,
        timezone=settings["timezone"],
    )


def settings_known_on(
    connection: Connection, known_on: date | None, entry: int | None = None
) -> dict[str, str]:
    """`records_from` and `timezone` as known; before its first version a setting had that one.

    A store that was never told its first day has that of the month in which it was made.
    """
    known_now = Knowledge(knowledge_end(known_on), entry)
    end = known_now.end
    made = dict(connection.execute(select(Meta.key, Meta.value)).all())
    table = sql_table("settings")
    found: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
    voided = known_now.voided_at(table)
    query = select(table.c.key, table.c.recorded_at, table.c.value, voided)
    query = query.where(*known_now.rows(table))
    for key, recorded_at, value, voided_at in connection.execute(query.order_by(table.c.row_id)):
        found[key].append((recorded_at, value, voided_at))
    default = {
        "records_from": (made["made_at"], made["first_day"], None),
        "timezone": (made["made_at"], DEFAULT_TIMEZONE, None),
    }
    settings = {}
    for key, made_with in default.items():
        versions = found[key]
        if not versions or versions[0][0] > made["made_at"]:
            versions = [made_with, *versions]
        known = [version for version in versions if version[0] < end] or versions[:1]
        standing = [one for one in known if not known_now.is_void(one[2])] or [made_with]
        settings[key] = standing[-1][1]
    return settings


def act_classes(
    connection: Connection,
) -> tuple[tuple[int, str, str | None, tuple[tuple[str, str], ...]], ...]:
    """(class_no, kind, role, attributes) of every act class, by number."""
    query = select(ActClass.class_no, ActClass.kind, ActClass.role, ActClass.attributes)
    return tuple(
        (number, kind, role, _pairs(attributes))
        for number, kind, role, attributes in connection.execute(query.order_by(ActClass.class_no))
    )


def holder_numbers(connection: Connection) -> dict[str, int]:
    """The number of each unit or post that ever held an activity."""
    query = select(Holder.holder, Holder.holder_no).order_by(Holder.holder_no)
    return dict(connection.execute(query).all())


def known_rows(
    connection: Connection, name: str, known: Knowledge, conditions: Sequence[Any] = ()
) -> list[Cells]:
    """The newest known version of each key that was not known to be void; with `conditions` on
    rows, which must hold of all versions of a key or of none, only of those keys.

    In the order in which the keys first came in: the office's own order of units and posts.
    """
    table, spec = sql_table(name), TABLES[name]
    columns = [table.c[column] for column in spec.names]
    query = select(known.voided_at(table), *columns)
    query = query.where(table.c.recorded_at < known.end, *known.rows(table), *conditions)
    newest: dict[Cells, Cells] = {}
    at = [spec.at[column] + 1 for column in spec.key]
    for row in connection.execute(query.order_by(table.c.row_id)):
        newest[tuple([row[number] for number in at])] = row
    return [tuple(row[1:]) for row in newest.values() if not known.is_void(row[0])]


def _any_known(connection: Connection, name: str, known: Knowledge) -> bool:
    table = sql_table(name)
    query = select(table.c.row_id).where(table.c.recorded_at < known.end, *known.rows(table))
    return connection.execute(query.limit(1)).first() is not None


def _activities(connection: Connection, known: Knowledge) -> tuple[Activity, ...]:
    """Every act by id, each with its standing at `end`; `recorded_at` is its chain's first."""
    table, spec = sql_table("activities"), TABLES["activities"]
    end = known.end
    columns = [table.c[column] for column in spec.names]
    query = select(table.c.recorded_at, known.voided_at(table), *columns)
    query = query.where(*known.rows(table)).order_by(table.c.row_id)
    first: dict[str, str] = {}
    newest: dict[str, Cells] = {}
    for row in connection.execute(query):
        activity = row[2]
        if activity not in first:
            first[activity] = row[0]
        elif row[0] >= end and first[activity] < end:
            continue
        newest[activity] = tuple(row)
    where = spec.at["supersedes"] + 2
    replaced: set[str] = set()
    replaces: dict[str, str] = {}
    for activity, version in newest.items():
        if version[where] is not None:
            replaces[activity] = version[where]
            if first[activity] < end and not known.is_void(version[1]):
                replaced.add(version[where])
    make = activity_maker(files_known(connection, known))
    made = []
    for activity in sorted(newest):
        version = newest[activity]
        standing: Standing = "not_known_yet"
        if first[activity] < end:
            flags = Flag.VOIDED if known.is_void(version[1]) else Flag(0)
            standing = standing_of(flags | (Flag.SUPERSEDED if activity in replaced else Flag(0)))
        recorded = chain_start(activity, first, replaces) if replaces else first[activity]
        made.append(make(version[2:], recorded, standing))
    return tuple(made)


def files_known(
    connection: Connection, known: Knowledge, activities: Collection[str] | None = None
) -> dict[str, tuple[File, ...]]:
    """The files of each act that has any (or of these `activities`), by name."""
    table = sql_table("attachments")
    found: dict[str, dict[str, File]] = defaultdict(dict)
    parts: list[tuple[Any, ...]] = [()]
    if activities is not None:
        wanted = sorted(activities)
        named = select(table.c.attachment)
        # A file may have been moved from one act to another: the newest version says whose it is.
        parts = [
            (table.c.attachment.in_(named.where(table.c.activity.in_(wanted[at : at + 500]))),)
            for at in range(0, len(wanted), 500)
        ]
    for conditions in parts:
        for row in known_rows(connection, "attachments", known, conditions):
            if activities is None or row[1] in activities:
                found[row[1]][row[0]] = File(row[3], row[2])
    return {activity: tuple(sorted(files.values())) for activity, files in found.items()}


def chain_start(activity: str, first: Mapping[str, str], replaces: Mapping[str, str]) -> str:
    """The earliest recording among an act and all that it supersedes, one through another."""
    earliest, seen = first[activity], {activity}
    at = replaces.get(activity)
    while at is not None and at not in seen and at in first:
        earliest = min(earliest, first[at])
        seen.add(at)
        at = replaces.get(at)
    return earliest


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _fraction(text: str | None) -> Fraction | None:
    return Fraction(text) if text else None


def _pairs(text: str | None) -> tuple[tuple[str, str], ...]:
    found = []
    for item in items(text or ""):
        key, _, value = item.partition("=")
        found.append((key, value))
    return tuple(found)


def _tags(text: str | None) -> tuple[Tag, ...]:
    found = (dated(item) for item in items(text or ""))
    return tuple(sorted((Tag(name, _day(day)) for name, day in found), key=lambda tag: tag.name))


def _facts(text: str | None) -> tuple[Fact, ...]:
    facts = []
    for item in items(text or ""):
        pair, day = dated(item)
        key, _, value = pair.partition("=")
        facts.append(Fact(key, value, _day(day)))
    return tuple(sorted(facts, key=lambda fact: (fact.key, fact.first or date.min)))


def _unit(row: Cells) -> Unit:
    unit, name, type_, parent, tags, industry, first, last, start, term_first, term_last = row[:11]
    return Unit(
        unit, name, type_, parent, _tags(tags), industry, _day(first), _day(last), _day(start),
        _day(term_first), _day(term_last),
    )  # fmt: skip


def _adoption(row: Cells) -> Adoption:
    return Adoption(row[0], row[1], _day(row[2]), _day(row[3]))


def _adoption_order(adoption: Adoption) -> tuple[date, str, str]:
    return (adoption.first or date.min, adoption.document, adoption.unit)


def _person(row: Cells) -> Person:
    return Person(row[0], row[1], row[2], row[3], _facts(row[4]))


def _post(row: Cells) -> Post:
    return Post(row[0], row[1], row[2], row[3], row[4], _day(row[5]), _day(row[6]))


def _appointment(row: Cells) -> Appointment:
    person, post, first, last, acting, document, reason = row[:7]
    return Appointment(
        person, post, date.fromisoformat(first), _day(last), acting == "yes", document, reason
    )


def _delegation(row: Cells) -> Delegation:
    delegation, holder, delegate, first, last, duty, document, reason = row[:8]
    return Delegation(
        delegation, holder, delegate, date.fromisoformat(first), _day(last), duty, document, reason
    )


def _subject(row: Cells) -> Subject:
    subject, name, type_, unit, tags, first, last = row[:7]
    return Subject(subject, name, type_, unit, _tags(tags), _day(first), _day(last))


def _event(row: Cells) -> Event:
    event, type_, day, last, clock, status, unit, subject = row[:8]
    return Event(
        event, type_, date.fromisoformat(day), _day(last),
        time.fromisoformat(clock) if clock else None, status, unit, subject,
    )  # fmt: skip


def _waiver(row: Cells) -> Waiver:
    waiver, holder, first, last, reason, person, duty, subject, document = row[:9]
    return Waiver(
        waiver, holder, date.fromisoformat(first), date.fromisoformat(last), reason, person, duty,
        subject, document,
    )  # fmt: skip


MAKERS: Mapping[str, Callable[[Cells], Any]] = {
    "units": _unit,
    "posts": _post,
    "people": _person,
    "appointments": _appointment,
}
"""What makes a value of a row of these tables."""


def activity_maker(
    files: Mapping[str, tuple[File, ...]],
) -> Callable[[Cells, str, Standing], Activity]:
    """Makes activities of rows, each with its `files`; texts that recur are parsed once."""
    days: dict[str, date] = {}
    moments: dict[str, datetime] = {}
    lists: dict[str, tuple[str, ...]] = {}

    def day_of(text: str) -> date:
        if text not in days:
            days[text] = date.fromisoformat(text)
        return days[text]

    def list_of(text: str | None) -> tuple[str, ...]:
        if not text:
            return ()
        if text not in lists:
            lists[text] = tuple(items(text))
        return lists[text]

    def make(row: Cells, recorded: str, standing: Standing) -> Activity:
        (
            activity, kind, day, holder, first_day, clock, person, role, subjects, quantity, out_of,
            unit_of_quantity, on_behalf_of, for_period, event, makes_up, attributes, evidence, note,
            recorded_by, _supersedes,
        ) = row  # fmt: skip
        if recorded not in moments:
            moments[recorded] = datetime.fromisoformat(recorded)
        return Activity(
            activity=activity,
            kind=kind,
            day=day_of(day),
            holder=holder,
            recorded_at=moments[recorded],
            first_day=day_of(first_day) if first_day else None,
            time=time.fromisoformat(clock) if clock else None,
            person=person,
            role=role,
            subjects=list_of(subjects),
            quantity=_fraction(quantity),
            out_of=_fraction(out_of),
            unit_of_quantity=unit_of_quantity,
            on_behalf_of=on_behalf_of,
            for_period=for_period,
            event=event,
            makes_up=makes_up,
            attributes=_pairs(attributes),
            evidence=list_of(evidence),
            note=note,
            recorded_by=recorded_by,
            standing=standing,
            files=files.get(activity, ()),
        )

    return make
