"""The rules that concern activities: who held the post that day, and what one act says of another.

Only acts that an import writes are looked at: an office must be free to correct appointments
without re-opening every old record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from data.cell_values import items, shown
from data.flags import newest_sql, not_void_sql
from data.import_columns import TABLES
from data.intake.checks import Register, still_needed
from data.intake.versions import Merged
from data.manners import NO_MANNERS, MannersOfImport, MannersSeen, who_is_who
from data.store.standing import Key, StoredVersion
from data.store.tables import sql_table
from data.words import Words
from problems import Place, Problem, all_of, bare, said

_ALWAYS = ""
_AT = TABLES["activities"].at


class KnownAppointment(NamedTuple):
    """An appointment as somebody knew it: from which moment until which (None: still)."""

    first: str
    last: str
    person: str
    acting: bool
    known_from: str
    known_until: str | None


def check_acts(
    world: Register,
    connection: Connection,
    stored: Mapping[str, Mapping[Key, Sequence[StoredVersion]]],
    words: Words,
    problems: list[Problem],
) -> MannersOfImport:
    """Problems of the acts that the import writes, and of acts that it leaves without a ground;
    gives how those were done.
    """
    checks = ActChecks(world, stored, words, problems)
    if "activities" in world.merged:
        parsed = world.merged["activities"].parsed
        checks.part(world)
        checks.finish(connection, {key[0] for key in parsed.keys if key is not None}.__contains__)
    else:
        checks.finish(connection, lambda _activity: False)
    return checks.manners()


class ActChecks:
    """The checks of an import's acts, in one part or in many; what one act says of another is held
    against all of them at the end.
    """

    def __init__(
        self,
        world: Register,
        stored: Mapping[str, Mapping[Key, Sequence[StoredVersion]]],
        words: Words,
        problems: list[Problem],
    ) -> None:
        self._world, self._words, self._problems = world, words, problems
        self._held = _held(stored["appointments"], world.merged.get("appointments"))
        self._people = world.standing["people"]
        self._events = world.ids(("events",))
        self._attached = _attached(world)
        self._voided: dict[str, str | None] = {}
        # Only where something is declared void are the acts asked for that are written anew.
        self._voids = any(world.gone[name] for name in _NAMED_BY)
        self._replaced: set[str] = set()
        self._links: dict[str, tuple[str, Place, Register]] = {}
        self._seen = MannersSeen(words.tells_apart)

    def part(self, world: Register) -> None:
        """Problems of the acts of a part by themselves."""
        merged, standing = world.merged["activities"], world.standing["activities"]
        _check_labels(world, self._words, self._events, self._problems)
        if not world.lacking & {"people", "appointments"}:
            _check_people(world, merged, self._held, self._people, self._problems)
        if self._attached:
            self._voided.update((one, None) for one in self._attached if (one,) in standing)
            voids = {one.key: one.version.void for one in merged.fresh if one.version.void}
            voids.update((one.key, one.void) for one in merged.voidings)
            gone = world.gone["activities"]
            self._voided.update((key[0], void[0]) for key, void in voids.items() if key in gone)
        if self._voids:
            self._replaced.update(one.key[0] for one in merged.fresh)
            self._replaced.update(one.key[0] for one in merged.voidings)
        own, at = _AT["activity"], _AT["supersedes"]
        for values, index in world.touched("activities"):
            self._seen.see(values, partial(world.place, "activities", index))
            target = values[at]
            if target is not None:
                place = world.place("activities", index, "supersedes")
                self._links[values[own] or ""] = (target, place, world)

    def manners(self) -> MannersOfImport:
        """How the acts of all parts were done, where a rule may ask for another word; nothing
        while there are problems, for who is who is not known then.
        """
        standing = self._world.standing
        if self._problems:
            return NO_MANNERS
        return self._seen.among(
            lambda: who_is_who(
                {name: [row.values for row in rows.values()] for name, rows in standing.items()}
            )
        )

    def finish(self, connection: Connection, is_ours: Callable[[str], bool]) -> None:
        """Problems of what acts say of each other, and of what other tables say of acts; `is_ours`
        tells which ids the import has.
        """
        _check_still_needed(self._world, connection, self._replaced, self._problems)
        _check_supersedes(self._links, connection, is_ours, self._problems)
        known = _newest_acts(connection, self._attached.keys() - self._voided.keys())
        known.update(self._voided)
        for activity, (index, recorded) in self._attached.items():
            # A file may have come before its act was declared void, never after that day.
            void = known.get(activity, "")
            if void is None or recorded[:10] <= void[:10]:
                continue
            place = self._world.place("attachments", index, "activity")
            told = said("unknown_activity", activity=shown(activity))
            self._problems.append(Problem(place, told, said("enter_activity_first")))


def _attached(world: Register) -> dict[str, tuple[int, str]]:
    """The acts that files of the import are for: the row of the last one recorded, and when."""
    at = TABLES["attachments"].at["activity"]
    found: dict[str, tuple[int, str]] = {}
    for fresh in world.merged["attachments"].fresh if "attachments" in world.merged else ():
        activity, recorded = fresh.version.values[at], fresh.version.recorded_at
        if activity is None or not fresh.newest or fresh.version.void is not None:
            continue
        if activity not in found or recorded > found[activity][1]:
            found[activity] = (fresh.index, recorded)
    return found


def _check_people(
    world: Register,
    acts: Merged,
    held: Mapping[str, Sequence[KnownAppointment]],
    people: Mapping[Key, object],
    problems: list[Problem],
) -> None:
    """Acts whose person did not hold the post that day, as it was known when they were recorded."""
    at_holder, at_day, at_person = (_AT[name] for name in ("holder", "day", "person"))
    for fresh in acts.fresh:
        if not fresh.newest or fresh.version.void is not None:
            continue
        values = fresh.version.values
        holder, day, person = values[at_holder], values[at_day], values[at_person]
        if holder is None or day is None or holder not in held:
            continue
        if person is not None and (person,) not in people:
            continue
        rows = [row for row in held[holder] if row.first <= day <= row.last]
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


def _check_labels(
    world: Register, words: Words, events: Mapping[str, str], problems: list[Problem]
) -> None:
    """Names of periods that are neither a period's label, nor an event's id, alone or with days."""
    if words.label_forms is None:
        return
    for values, index in world.touched("activities"):
        for column in ("for_period", "makes_up"):
            label = values[_AT[column]]
            if label is None or label in events or words.is_made_event(label):
                continue
            forms = words.label_forms(label)
            event, _, days = label.partition("/")
            if event in events and words.label_forms(days) is None:
                continue
            if forms is not None:
                place = world.place("activities", index, column)
                unread = said("names_no_period", label=shown(label))
                problems.append(Problem(place, unread, forms))


def _is_sound(person: str | None, rows: Sequence[KnownAppointment]) -> bool:
    """Whether an act by `person` (None: unnamed) agrees with these, who held the post that day.

    Of a post that nobody held an act is stored; it will not count.
    """
    if person is not None:
        return not rows or any(row.person == person for row in rows)
    return len(rows) < 2 or any(row.acting for row in rows) or len({row.person for row in rows}) < 2


def _contradiction(
    place: Place, post: str, day: str, person: str | None, rows: Sequence[KnownAppointment]
) -> Problem:
    named = all_of(sorted({row.person for row in rows}))
    if person is not None:
        return Problem(
            place,
            said("another_held_the_post", person=person, post=post, day=bare(day), named=named),
            said("mend_person_day_or_holder"),
        )
    return Problem(
        place,
        said("post_passed_that_day", day=bare(day), post=post, named=named),
        said("write_who_did_it"),
    )


def _held(
    stored: Mapping[Key, Sequence[StoredVersion]], merged: Merged | None
) -> dict[str, list[KnownAppointment]]:
    """Every appointment to each post, also earlier versions, with when it was known.

    What the store already has, and rows without a recorded_at of their own, are taken as known
    all along: only where a file tells the whole history is an act held against what was known
    when it was recorded.
    """
    at = TABLES["appointments"].at
    histories: dict[Key, list[tuple[StoredVersion, str]]] = defaultdict(list)
    for key, versions in stored.items():
        histories[key].append((versions[-1], _ALWAYS))
    for fresh in merged.fresh if merged else ():
        begun = _ALWAYS if fresh.implicit else fresh.version.recorded_at
        histories[fresh.key].append((fresh.version, begun))
    held: dict[str, list[KnownAppointment]] = defaultdict(list)
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
                held[post].append(KnownAppointment(first, last, person, acting, begun, until))
    return held


def _check_supersedes(
    links: Mapping[str, tuple[str, Place, Register]],
    connection: Connection,
    is_ours: Callable[[str], bool],
    problems: list[Problem],
) -> None:
    """An act names a known act in `supersedes`, and no chain comes back to itself."""
    if not links:
        return
    stored = _stored_links(connection, {target for target, _, _ in links.values()})
    for activity, (target, place, world) in links.items():
        if target not in stored and not is_ours(target):
            known = [row[0] for row in world.standing["activities"] if row[0]]
            hint = world.hint(target, ("activities",), known)
            unknown = said("unknown_supersedes", activity=shown(target))
            problems.append(Problem(place, unknown, hint))
            continue
        path = [activity]
        here: str | None = target
        while here is not None and here not in path:
            path.append(here)
            here = links[here][0] if here in links else stored.get(here)
        if here == activity:
            problems.append(
                Problem(
                    place,
                    said("superseding_circle", circle=bare(" → ".join(map(str, [*path, here])))),
                    said("supersedes_an_earlier_one"),
                )
            )


def _stored_links(connection: Connection, targets: Iterable[str]) -> dict[str, str | None]:
    """What these stored acts supersede, and those in turn."""
    table = sql_table("activities")
    found: dict[str, str | None] = {}
    asked = set(targets)
    while asked:
        wanted = sorted(asked)
        asked = set()
        for at in range(0, len(wanted), 1000):
            query = select(table.c.activity, table.c.supersedes).where(
                table.c.activity.in_(wanted[at : at + 1000]), text(newest_sql())
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


def _check_still_needed(
    world: Register, connection: Connection, replaced: Collection[str], problems: list[Problem]
) -> None:
    """Nothing is declared void that a standing act of the store names."""
    table, columns = sql_table("activities"), TABLES["activities"].names
    query = select(*(table.c[name] for name in columns)).where(text(not_void_sql()))
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


def _newest_acts(connection: Connection, activities: Iterable[str]) -> dict[str, str | None]:
    """Which of these activities the store has, each with the moment of its void."""
    table = sql_table("activities")
    wanted = sorted(activities)
    found: dict[str, str | None] = {}
    for at in range(0, len(wanted), 1000):
        query = select(table.c.activity, table.c.voided_at).where(
            table.c.activity.in_(wanted[at : at + 1000]), text(newest_sql())
        )
        found.update(connection.execute(query).all())
    return found
