"""The rules that concern activities: who held the post that day, and what one act says of another.

Only acts that an import writes are looked at: an office must be free to correct appointments
without re-opening every old record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from data.cells import items, shown
from data.checks import World, still_needed
from data.columns import TABLES
from data.tables import NEWEST, sql_table
from data.versions import Key, Merged, Version
from data.words import Words
from problems import Place, Problem

_ALWAYS = ""
_AT = TABLES["activities"].at


class Held(NamedTuple):
    """An appointment as somebody knew it: from which moment until which (None: still)."""

    first: str
    last: str
    person: str
    acting: bool
    known_from: str
    known_until: str | None


def check_acts(
    world: World,
    connection: Connection,
    stored: Mapping[str, Mapping[Key, Sequence[Version]]],
    words: Words,
    problems: list[Problem],
) -> None:
    """Problems of the acts that the import writes, and of acts that it leaves without a ground."""
    _check_still_needed(world, connection, problems)
    _check_attachments(world, connection, problems)
    acts = world.merged.get("activities")
    if acts is None:
        return
    _check_labels(world, words, problems)
    _check_supersedes(world, connection, problems)
    now = _held(stored["appointments"], world.merged.get("appointments"))
    known_ids = world.standing["people"]
    for fresh in acts.fresh:
        if not fresh.newest or fresh.version.void is not None:
            continue
        values = fresh.version.values
        holder, day, person = values[_AT["holder"]], values[_AT["day"]], values[_AT["person"]]
        if holder is None or day is None or holder not in now:
            continue
        if person is not None and (person,) not in known_ids:
            continue
        rows = [row for row in now[holder] if row.first <= day <= row.last]
        newest = [row for row in rows if row.known_until is None]
        if _is_sound(person, newest):
            continue
        moment = fresh.version.recorded_at
        then = [
            row
            for row in rows
            if row.known_from <= moment and (row.known_until is None or row.known_until > moment)
        ]
        if not _is_sound(person, then):
            place = world.place("activities", fresh.index, "person")
            problems.append(_contradiction(place, holder, day, person, newest))


def _check_attachments(world: World, connection: Connection, problems: list[Problem]) -> None:
    """Files of acts that there are not. Of the activities only those of an import are at hand."""
    named: dict[str, int] = {}
    at = TABLES["attachments"].at["activity"]
    for values, index in world.touched("attachments"):
        activity = values[at]
        if activity is not None and (activity,) not in world.standing["activities"]:
            named.setdefault(activity, index)
    known = _newest_acts(connection, named)
    for activity, index in named.items():
        if activity not in known:
            place = world.place("attachments", index, "activity")
            hint = "enter the activity first"
            problems.append(Problem(place, f"unknown activity {shown(activity)}", hint))


def _check_labels(world: World, words: Words, problems: list[Problem]) -> None:
    """Names of periods that are neither a period's label nor an event's id."""
    if words.label_forms is None:
        return
    events = world.ids(("events",))
    for values, index in world.touched("activities"):
        for column in ("for_period", "makes_up"):
            label = values[_AT[column]]
            if label is None or label in events:
                continue
            forms = words.label_forms(label)
            if forms is not None:
                place = world.place("activities", index, column)
                problems.append(Problem(place, f"{shown(label)} names no period", forms))


def _is_sound(person: str | None, rows: Sequence[Held]) -> bool:
    """Whether an act by `person` (None: unnamed) agrees with these, who held the post that day.

    Of a post that nobody held an act is stored; it will not count.
    """
    if person is not None:
        return not rows or any(row.person == person for row in rows)
    return len(rows) < 2 or any(row.acting for row in rows) or len({row.person for row in rows}) < 2


def _contradiction(
    place: Place, post: str, day: str, person: str | None, rows: Sequence[Held]
) -> Problem:
    named = " and ".join(f"'{one}'" for one in sorted({row.person for row in rows}))
    if person is not None:
        return Problem(
            place,
            f"'{person}' did not hold the post '{post}' on {day}; {named} did",
            "mend the person, the day or the holder, or enter the missing appointment first",
        )
    return Problem(
        place,
        f"on {day} the post '{post}' passed between {named}, and the act names nobody",
        "write under person who of them did it",
    )


def _held(stored: Mapping[Key, Sequence[Version]], merged: Merged | None) -> dict[str, list[Held]]:
    """Every appointment to each post, also earlier versions, with when it was known.

    What the store already has, and rows without a recorded_at of their own, are taken as known
    all along: only where a file tells the whole history is an act held against what was known
    when it was recorded.
    """
    at = TABLES["appointments"].at
    histories: dict[Key, list[tuple[Version, str]]] = defaultdict(list)
    for key, versions in stored.items():
        histories[key].append((versions[-1], _ALWAYS))
    for fresh in merged.fresh if merged else ():
        begun = _ALWAYS if fresh.implicit else fresh.version.recorded_at
        histories[fresh.key].append((fresh.version, begun))
    held: dict[str, list[Held]] = defaultdict(list)
    for history in histories.values():
        for number, (version, begun) in enumerate(history):
            void = version.void[0] if version.void else None
            later = history[number + 1][0].recorded_at if number + 1 < len(history) else None
            until = min((one for one in (void, later) if one is not None), default=None)
            values = version.values
            post, person, first = (values[at[name]] for name in ("post", "person", "first"))
            if post and person and first:
                last = values[at["last"]] or "9999-12-31"
                acting = values[at["acting"]] == "yes"
                held[post].append(Held(first, last, person, acting, begun, until))
    return held


def _check_supersedes(world: World, connection: Connection, problems: list[Problem]) -> None:
    """An act names a known act in `supersedes`, and no chain comes back to itself."""
    at = _AT["supersedes"]
    links = {
        values[_AT["activity"]]: (values[at], index)
        for values, index in world.touched("activities")
        if values[at] is not None
    }
    if not links:
        return
    stored = _stored_links(connection, links)
    ours = {key[0] for key in world.standing["activities"]} - {None}
    ours.update(key[0] for key in world.gone["activities"])
    parsed = world.merged["activities"].parsed
    ours.update(key[0] for key in parsed.keys if key is not None)
    for activity, (target, index) in links.items():
        if target not in ours and target not in stored:
            problems.append(
                Problem(
                    world.place("activities", index, "supersedes"),
                    f"unknown supersedes {shown(target or '')}",
                    world.hint(target or "", ("activities",), (one for one in ours if one)),
                )
            )
            continue
        path = [activity]
        here = target
        while here is not None and here not in path:
            path.append(here)
            here = links[here][0] if here in links else stored.get(here)
        if here == activity:
            problems.append(
                Problem(
                    world.place("activities", index, "supersedes"),
                    f"the activities supersede each other: {' → '.join(map(str, [*path, here]))}",
                    "an activity supersedes an earlier one, never itself",
                )
            )


def _stored_links(
    connection: Connection, links: Mapping[str | None, tuple[str | None, int]]
) -> dict[str | None, str | None]:
    """What the stored acts at the ends of these links supersede, and those in turn."""
    table = sql_table("activities")
    found: dict[str | None, str | None] = {}
    asked = {target for target, _ in links.values()}
    while asked:
        wanted = sorted(one for one in asked if one is not None)
        asked = set()
        for at in range(0, len(wanted), 1000):
            query = select(table.c.activity, table.c.supersedes).where(
                table.c.activity.in_(wanted[at : at + 1000]), table.c.flags < NEWEST
            )
            for activity, target in connection.execute(query):
                found[activity] = target
                if target is not None and target not in found:
                    asked.add(target)
    return found


_NAMED_BY = {
    "posts": ("holder", "on_behalf_of"),
    "units": ("holder",),
    "people": ("person",),
    "events": ("event",),
    "subjects": (),
}


def _check_still_needed(world: World, connection: Connection, problems: list[Problem]) -> None:
    """Nothing is declared void that a standing act of the store names."""
    table, columns = sql_table("activities"), TABLES["activities"].names
    query = select(*(table.c[name] for name in columns)).where(
        table.c.flags < NEWEST, table.c.voided_at.is_(None)
    )
    replaced: set[str] = set()
    if "activities" in world.merged:
        merged = world.merged["activities"]
        replaced = {one.key[0] for one in merged.fresh} | {one.key[0] for one in merged.voidings}
    for name, named_by in _NAMED_BY.items():
        for (identifier,), row in world.gone[name].items():
            if identifier in world.ids((name,)):
                continue
            conditions = [table.c[column] == identifier for column in named_by]
            if name != "events":
                conditions.append(table.c.subjects.contains(identifier, autoescape=True))
            for condition in conditions:
                for found in connection.execute(query.where(condition)):
                    values = tuple(found)
                    if values[0] in replaced or not _names(values, named_by, identifier):
                        continue
                    problems.append(
                        still_needed(world, name, row, identifier, "activities", values)
                    )
                    break


def _names(values: Sequence[str | None], columns: Iterable[str], identifier: str) -> bool:
    return any(values[_AT[one]] == identifier for one in columns) or identifier in items(
        values[_AT["subjects"]] or ""
    )


def _newest_acts(connection: Connection, activities: Iterable[str]) -> set[str]:
    """Which of these activities the store has, not void."""
    table = sql_table("activities")
    wanted, found = sorted(activities), set[str]()
    for at in range(0, len(wanted), 1000):
        query = select(table.c.activity).where(
            table.c.activity.in_(wanted[at : at + 1000]),
            table.c.flags < NEWEST,
            table.c.voided_at.is_(None),
        )
        found.update(connection.scalars(query))
    return found
