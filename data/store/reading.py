"""From versions to `Records`: what the store held at the end of a day. Source: SEMANTICS, 6."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, case, select

from data.flags import Flag, standing_of
from data.import_columns import TABLES
from data.record_makers import MAKERS, Cells, activity_maker, pairs
from data.records import Activity, Adoption, File, Records, Standing
from data.store.tables import ActClass, HolderNumber, Meta, sql_table
from data.unreadable import all_read, as_written

END_OF_TIME = "9999-12-31 24"
DEFAULT_TIMEZONE = "Asia/Shanghai"


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

    def made(name: str) -> list[Any]:
        return [] if name in without else made_of(name, known_rows(connection, name, known))

    settings = settings_known_on(connection, known_on, entry)
    with as_written("settings", "records_from"):
        first_day = date.fromisoformat(settings["records_from"])
    adoptions = sorted(made("adoptions"), key=_adoption_order)
    return Records(
        units={one.unit: one for one in made("units")},
        posts={one.post: one for one in made("posts")},
        people={one.person: one for one in made("people")},
        appointments=tuple(
            sorted(made("appointments"), key=lambda one: (one.first, one.post, one.person))
        ),
        activities=_activities(connection, known) if with_activities else (),
        records_from=first_day,
        subjects={one.subject: one for one in made("subjects")},
        events=tuple(sorted(made("events"), key=lambda one: (one.day, one.event))),
        waivers=tuple(sorted(made("waivers"), key=lambda one: (one.first, one.waiver))),
        delegations=tuple(sorted(made("delegations"), key=lambda one: (one.first, one.delegation))),
        assignments=tuple(
            sorted(made("assignments"), key=lambda one: (one.first, one.holder, one.member))
        ),
        adoptions=tuple(adoptions) if _any_known(connection, "adoptions", known) else None,
        timezone=settings["timezone"],
    )


def made_of(name: str, rows: Iterable[Cells]) -> list[Any]:
    """The values of a table's rows. Raises BadInput for a row that somebody else wrote."""
    spec = TABLES[name]
    return all_read(name, MAKERS[name], rows, [spec.at[one] for one in spec.key])


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
        # A setting that was struck out says nothing, not what it had said before it was corrected.
        settings[key] = (made_with if known_now.is_void(known[-1][2]) else known[-1])[1]
    return settings


def act_classes(
    connection: Connection,
) -> tuple[tuple[int, str, str | None, tuple[tuple[str, str], ...]], ...]:
    """(class_no, kind, role, attributes) of every act class, by number."""
    query = select(ActClass.class_no, ActClass.kind, ActClass.role, ActClass.attributes)
    return tuple(
        (number, kind, role, pairs(attributes))
        for number, kind, role, attributes in connection.execute(query.order_by(ActClass.class_no))
    )


def holder_numbers(connection: Connection) -> dict[str, int]:
    """The number of each unit or post that ever held an activity."""
    query = select(HolderNumber.holder, HolderNumber.holder_no).order_by(HolderNumber.holder_no)
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
        standing = Standing.NOT_KNOWN_YET
        if first[activity] < end:
            flags = Flag.VOIDED if known.is_void(version[1]) else Flag(0)
            standing = standing_of(flags | (Flag.SUPERSEDED if activity in replaced else Flag(0)))
        recorded = chain_start(activity, first, replaces) if replaces else first[activity]
        with as_written("activities", activity):
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


def _adoption_order(adoption: Adoption) -> tuple[date, str, str]:
    return (adoption.first or date.min, adoption.document, adoption.unit)
