"""One person's records out of a store of any size: the cell of posts, people and acts that nothing
else reaches into, read by indexes; and what of all others matters to it.

Everything as it is known now. Where the cell is not closed there is none: whoever asked reads all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select, text

from data.cells import items
from data.columns import TABLES
from data.feed import acts_of
from data.flags import is_newest, is_unusual, stands
from data.reading import LATEST, known_rows, records_known_on
from data.record_makers import MAKERS, Cells
from data.records import Activity, Elsewhere, Records
from data.store import Store
from data.tables import LISTED, ON_BEHALF, PROVED, Holder, NamedPerson, sql_table

MOST_ACTS = 50_000
MOST_LISTS = 20_000
"""Where there are more acts in the cell, or more acts with several items of evidence in the store,
it is better to read everything.
"""

_ACTS = sql_table("activities")
_AT_ONCE = 500
_STANDS = text(stands())
_LISTS = {
    # Left to itself SQLite walks along all acts.
    name: f"SELECT evidence, day FROM activities{way} WHERE {stands()} AND {LISTED[name]}"
    f" LIMIT {MOST_LISTS + 1}"
    for name, way in (("sqlite", " INDEXED BY activities_listed"), ("postgresql", ""))
}
"""All live acts with several items of evidence, as far as they are not too many."""


@dataclass(frozen=True)
class Cell:
    """Records that are closed in themselves for the holders of `posts`, and, where they are
    `whole`, for their `units` too.
    """

    records: Records
    posts: frozenset[str]
    units: frozenset[str]
    whole: bool
    elsewhere: Elsewhere


def people_called(store: Store, name: str) -> list[str]:
    """The ids of the people with this name or id, sorted."""
    with store.reading() as connection:
        found = {row[0] for row in _holding(connection, "people", "name", [name])}
        found.update(row[0] for row in _holding(connection, "people", "person", [name]))
    return sorted(found)


@dataclass(frozen=True)
class StoreCells:
    """The cells of people in a store, for `engine.near.near_world`."""

    store: Store

    def classes_of(self, people: Collection[str]) -> frozenset[str]:
        """The classes of all posts that these people ever held."""
        with self.store.reading() as connection:
            held = {row[1] for row in _holding(connection, "appointments", "person", people)}
            return frozenset(row[2] for row in _holding(connection, "posts", "post", held))

    def cell_of(self, people: Sequence[str], whole_units: bool) -> Cell | None:
        """The cell of these people: their posts (with `whole_units` all posts of their units) and
        whoever held them; None where it is not closed.
        """
        with self.store.reading() as connection:
            return _Reading(connection).cell(people, whole_units)


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))


def _holding(
    connection: Connection, name: str, column: str, values: Collection[str]
) -> list[Cells]:
    """What holds and has one of these values."""
    table, spec = sql_table(name), TABLES[name]
    keys, asked = values, table.c[column]
    if column not in spec.key:
        key = table.c[spec.key[0]]
        named = [select(key).where(asked.in_(part)) for part in _parts(values)]
        keys, asked = {one for query in named for one in connection.scalars(query)}, key
    at, wanted = spec.at[column], set(values)
    rows = (known_rows(connection, name, LATEST, [asked.in_(part)]) for part in _parts(keys))
    return [row for part in rows for row in part if row[at] in wanted]


class _Reading:
    """The cell as it is being read over one state of the store."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.units: dict[str, Cells] = {}
        self.posts: dict[str, Cells] = {}
        self.people: dict[str, Cells] = {}

    def cell(self, people: Sequence[str], whole_units: bool) -> Cell | None:
        """All of it; None where something of it leads outside."""
        held = {row[1] for row in self._rows("appointments", "person", people)}
        self.posts.update((row[0], row) for row in self._rows("posts", "post", held))
        units = frozenset(row[1] for row in self.posts.values())
        if whole_units:
            self.posts.update((row[0], row) for row in self._rows("posts", "unit", units))
        posts = frozenset(self.posts)
        appointments = self._rows("appointments", "post", posts)
        members = {row[0] for row in appointments} | set(people)
        if any(row[1] not in posts for row in self._rows("appointments", "person", members)):
            return None
        holders = posts | units if whole_units else posts
        acts = self._acts(holders, posts, members)
        proofs = None if acts is None else self._proof_days(acts)
        if acts is None or proofs is None:
            return None
        if self._is_delegated(posts):
            return None
        self._add_superiors()
        self._add_units(row[1] for row in self.posts.values())
        self._add_first_unit()
        self._add_subjects(acts)
        self._add_people(members)
        days = {} if whole_units else {unit: self._unit_days(unit) for unit in units}
        elsewhere = Elsewhere(days, proofs, self._labels())
        return Cell(self._records(appointments, acts), posts, units, whole_units, elsewhere)

    def _is_delegated(self, posts: Collection[str]) -> bool:
        """Whether a delegation leads from the cell to others, or from them to it."""
        rows = known_rows(self.connection, "delegations", LATEST)
        at = TABLES["delegations"].at
        return any((row[at["holder"]] in posts) != (row[at["delegate"]] in posts) for row in rows)

    def _add_superiors(self) -> None:
        """All posts that those of the cell report to: they say in which order posts are listed."""
        at = TABLES["posts"].at["reports_to"]
        while True:
            above = {row[at] for row in self.posts.values()} - self.posts.keys() - {None}
            rows = self._rows("posts", "post", above)
            self.posts.update((row[0], row) for row in rows)
            if not rows:
                return

    def _rows(self, name: str, column: str, values: Collection[str]) -> list[Cells]:
        return _holding(self.connection, name, column, values)

    def _acts(
        self, holders: Collection[str], posts: Collection[str], members: Collection[str]
    ) -> tuple[Activity, ...] | None:
        """The acts under these holders; None where one of them, or one elsewhere, ties the cell to
        somebody outside.
        """
        numbers = self._numbers(holders)
        counted = select(func.count()).select_from(_ACTS)
        counted = counted.where(_ACTS.c.holder_no.in_(numbers), text(is_newest()))
        if (self.connection.scalar(counted) or 0) > MOST_ACTS:
            return None
        for part in _parts(members):
            query = select(NamedPerson.holder_no).where(NamedPerson.person.in_(part))
            if set(self.connection.scalars(query)) - set(numbers):
                return None
        for part in _parts(posts):
            query = select(_ACTS.c.holder).where(text(ON_BEHALF), _ACTS.c.on_behalf_of.in_(part))
            if set(self.connection.scalars(query)) - set(holders):
                return None
        acts = acts_of(self.connection, numbers)
        for act in acts:
            if act.person is not None and act.person not in members:
                return None
            if act.on_behalf_of is not None and act.on_behalf_of not in posts:
                return None
        return tuple(sorted(acts, key=lambda act: act.activity))

    def _numbers(self, holders: Iterable[str]) -> list[int]:
        found: list[int] = []
        for part in _parts(holders):
            found += self.connection.scalars(
                select(Holder.holder_no).where(Holder.holder.in_(part))
            )
        return sorted(found)

    def _proof_days(self, acts: Iterable[Activity]) -> dict[str, frozenset[date]] | None:
        """The days of all live acts that carry the evidence of these; None where too many carry
        several items.
        """
        wanted = {item for act in acts for item in act.proofs}
        found: dict[str, set[date]] = defaultdict(set)
        query = select(_ACTS.c.evidence, _ACTS.c.day).where(_STANDS)
        for part in _parts({item for act in acts for item in act.evidence}):
            same = query.where(text(PROVED), _ACTS.c.evidence.in_(part))
            for item, day in self.connection.execute(same):
                found[item].add(date.fromisoformat(day))
        if self.connection.dialect.name not in LISTED:
            return None
        lists = self.connection.execute(text(_LISTS[self.connection.dialect.name])).all()
        if len(lists) > MOST_LISTS:
            return None
        for evidence, day in lists:
            for item in wanted.intersection(items(evidence)):
                found[item].add(date.fromisoformat(day))
        self._add_file_days(wanted, found)
        return {item: frozenset(days) for item, days in found.items()}

    def _add_file_days(self, wanted: Collection[str], found: dict[str, set[date]]) -> None:
        files = {one.removeprefix("sha256:") for one in wanted if one.startswith("sha256:")}
        bearing: dict[str, list[str]] = defaultdict(list)
        for row in self._rows("attachments", "sha256", files):
            bearing[row[1]].append(row[2])
        for part in _parts(bearing):
            query = select(_ACTS.c.activity, _ACTS.c.day).where(_ACTS.c.activity.in_(part), _STANDS)
            for activity, day in self.connection.execute(query):
                for sha256 in bearing[activity]:
                    found[f"sha256:{sha256}"].add(date.fromisoformat(day))

    def _unit_days(self, unit: str) -> tuple[date, ...]:
        """The days of the live acts of a unit and its posts, from the narrow columns."""
        posts = [row[0] for row in self._rows("posts", "unit", [unit])]
        found: set[int] = set()
        for part in _parts(self._numbers([unit, *posts])):
            query = select(_ACTS.c.day_no).where(_ACTS.c.holder_no.in_(part), _STANDS)
            found.update(self.connection.scalars(query))
        return tuple(date.fromordinal(day) for day in sorted(found))

    def _labels(self) -> frozenset[str]:
        """The periods that any newest act says it is for."""
        query = select(_ACTS.c.for_period).where(
            text(is_unusual()), _ACTS.c.for_period.is_not(None)
        )
        return frozenset(self.connection.scalars(query.distinct()))

    def _add_units(self, units: Iterable[str]) -> None:
        """These units and all above them."""
        missing = {unit for unit in units if unit not in self.units}
        while missing:
            rows = self._rows("units", "unit", missing)
            self.units.update((row[0], row) for row in rows)
            missing = {row[3] for row in rows if row[3] is not None} - self.units.keys()

    def _add_first_unit(self) -> None:
        """The unit whose own records begin first: nothing is judged before that day."""
        table, at = sql_table("units"), TABLES["units"].at["records_from"]
        told = select(table.c.unit).where(table.c.records_from.is_not(None))
        named = set(self.connection.scalars(told.distinct()))
        own = [row for row in self._rows("units", "unit", named) if row[at] is not None]
        if own:
            self._add_units([min(own, key=lambda row: row[at])[0]])

    def _add_subjects(self, acts: Iterable[Activity]) -> None:
        """Posts, units and people that the acts were done to."""
        named = {subject for act in acts for subject in act.subjects}
        rows = self._rows("posts", "post", named - self.posts.keys())
        self.posts.update((row[0], row) for row in rows)
        self.people.update((row[0], row) for row in self._rows("people", "person", named))
        self._add_units([*named, *(row[1] for row in rows)])

    def _add_people(self, people: Collection[str]) -> None:
        """These people, and whoever is called as one of them."""
        self.people.update((row[0], row) for row in self._rows("people", "person", people))
        names = {row[1] for row in self.people.values()}
        self.people.update((row[0], row) for row in self._rows("people", "name", names))

    def _records(self, appointments: Iterable[Cells], acts: tuple[Activity, ...]) -> Records:
        whole = ("units", "posts", "people", "appointments")
        small = records_known_on(self.connection, None, with_activities=False, without=whole)
        unit, post, person, appointment = (MAKERS[name] for name in whole)
        held = map(appointment, appointments)
        return replace(
            small,
            units={row[0]: unit(row) for row in self._in_order("units", self.units)},
            posts={row[0]: post(row) for row in self._in_order("posts", self.posts)},
            people={row[0]: person(row) for row in self._in_order("people", self.people)},
            appointments=tuple(sorted(held, key=lambda one: (one.first, one.post, one.person))),
            activities=acts,
        )

    def _in_order(self, name: str, rows: dict[str, Cells]) -> list[Cells]:
        """Rows in the order in which their keys first came in."""
        table = sql_table(name)
        key = table.c[TABLES[name].key[0]]
        first: dict[str, int] = {}
        for part in _parts(rows):
            query = select(key, func.min(table.c.row_id)).where(key.in_(part)).group_by(key)
            first.update(self.connection.execute(query).all())
        return [rows[one] for one in sorted(rows, key=lambda one: first[one])]


__all__ = ["Cell", "StoreCells", "people_called"]
