"""One person's records out of a store of any size: the subset of posts, people and acts that
nothing else reaches into, read by indexes; and what of all others matters to it.

Everything as it is known now. Where the subset is not closed there is none: whoever asked reads
all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, func, select, text

from data.flags import newest_sql, standing_sql, unusual_sql
from data.import_columns import TABLES
from data.record_makers import Cells
from data.records import Activity, Elsewhere, Records
from data.store.feed import acts_of
from data.store.newest import newest, parts
from data.store.opening import Store
from data.store.proofs import days_of_proofs
from data.store.reading import LATEST, known_rows, made_of, records_known_on
from data.store.tables import ON_BEHALF, HolderNumber, NamedPerson, sql_table
from data.unreadable import as_written

MOST_ACTS = 50_000
MOST_LISTS = 20_000
MOST_PEOPLE = 200
"""Where there are more acts or people in the subset, or more acts with several items of evidence in
the store, it is better to read everything.
"""

_ACTS = sql_table("activities")
_STANDS = text(standing_sql())


@dataclass(frozen=True)
class PersonSubset:
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
        found = {row[0] for row in newest(connection, "people", "name", [name])}
        found.update(row[0] for row in newest(connection, "people", "person", [name]))
    return sorted(found)


def people_at(store: Store, holder: str) -> list[str]:
    """The ids of all who ever held a post, or a post of a unit, sorted."""
    with store.reading() as connection:
        posts = {row[0] for row in newest(connection, "posts", "unit", [holder])}
        held = newest(connection, "appointments", "post", posts or [holder])
        return sorted({row[0] for row in held})


def has_activity(store: Store, activity: str) -> bool:
    """Whether the store holds any version of an act of that id."""
    query = select(_ACTS.c.row_id).where(_ACTS.c.activity == activity).limit(1)
    with store.reading() as connection:
        return connection.execute(query).first() is not None


@dataclass(frozen=True)
class StoredSubsets:
    """The subset of people in a store, for `engine.one_person.world_of_people`."""

    store: Store

    def classes_of(self, people: Collection[str]) -> frozenset[str]:
        """The classes of all posts that these people ever held."""
        with self.store.reading() as connection:
            held = {row[1] for row in newest(connection, "appointments", "person", people)}
            return frozenset(row[2] for row in newest(connection, "posts", "post", held))

    def subset_of(self, people: Sequence[str], whole_units: bool) -> PersonSubset | None:
        """The subset of these people: their posts (with `whole_units` all posts of their units),
        whoever held them, and all that these held; None where it is not closed or grows too large.
        """
        with self.store.reading() as connection:
            return _SubsetReading(connection).subset(people, whole_units)


class _SubsetReading:
    """The subset as it is being read over one state of the store."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.units: dict[str, Cells] = {}
        self.posts: dict[str, Cells] = {}
        self.people: dict[str, Cells] = {}

    def subset(self, people: Sequence[str], whole_units: bool) -> PersonSubset | None:
        """All of it; None where something of it leads outside."""
        members = self._closed(people, whole_units)
        if members is None:
            return None
        posts = frozenset(self.posts)
        units = frozenset(row[1] for row in self.posts.values())
        appointments = self._rows("appointments", "post", posts)
        holders = posts | units if whole_units else posts
        acts = self._acts(holders, posts, members)
        proofs = None if acts is None else days_of_proofs(self.connection, acts, MOST_LISTS)
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
        return PersonSubset(self._records(appointments, acts), posts, units, whole_units, elsewhere)

    def _closed(self, people: Collection[str], whole_units: bool) -> set[str] | None:
        """All who ever held a post that one of them held, and reads these posts (with `whole_units`
        all posts of their units); None where that leads too far, or to a post that is no more.
        """
        members = set(people)
        while len(members) <= MOST_PEOPLE:
            held = {row[1] for row in self._rows("appointments", "person", members)}
            if held <= self.posts.keys():
                return members
            self.posts.update((row[0], row) for row in self._rows("posts", "post", held))
            if not held <= self.posts.keys():
                return None
            if whole_units:
                units = {row[1] for row in self.posts.values()}
                self.posts.update((row[0], row) for row in self._rows("posts", "unit", units))
            members |= {row[0] for row in self._rows("appointments", "post", self.posts)}
        return None

    def _is_delegated(self, posts: Collection[str]) -> bool:
        """Whether a delegation leads from the subset to others, or from them to it."""
        rows = known_rows(self.connection, "delegations", LATEST)
        at = TABLES["delegations"].at
        return any((row[at["holder"]] in posts) != (row[at["delegate"]] in posts) for row in rows)

    def _add_superiors(self) -> None:
        """All posts that those of the subset report to: by them posts are put in order."""
        at = TABLES["posts"].at["reports_to"]
        while True:
            above = {row[at] for row in self.posts.values()} - self.posts.keys() - {None}
            rows = self._rows("posts", "post", above)
            self.posts.update((row[0], row) for row in rows)
            if not rows:
                return

    def _rows(self, name: str, column: str, values: Collection[str]) -> list[Cells]:
        return newest(self.connection, name, column, values)

    def _acts(
        self, holders: Collection[str], posts: Collection[str], members: Collection[str]
    ) -> tuple[Activity, ...] | None:
        """The acts under these holders; None where one of them, or one elsewhere, ties the subset
        to somebody outside.
        """
        numbers = self._numbers(holders)
        counted = select(func.count()).select_from(_ACTS)
        counted = counted.where(_ACTS.c.holder_no.in_(numbers), text(newest_sql()))
        if (self.connection.scalar(counted) or 0) > MOST_ACTS:
            return None
        for part in parts(members):
            query = select(NamedPerson.holder_no).where(NamedPerson.person.in_(part))
            if set(self.connection.scalars(query)) - set(numbers):
                return None
        for part in parts(posts):
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
        for part in parts(holders):
            found += self.connection.scalars(
                select(HolderNumber.holder_no).where(HolderNumber.holder.in_(part))
            )
        return sorted(found)

    def _unit_days(self, unit: str) -> tuple[tuple[date, date], ...]:
        """First and last day of the live acts of a unit and its posts, each once, in order."""
        posts = [row[0] for row in self._rows("posts", "unit", [unit])]
        found: set[tuple[date, date]] = set()
        for part in parts(self._numbers([unit, *posts])):
            query = select(_ACTS.c.first_day, _ACTS.c.day).where(
                _ACTS.c.holder_no.in_(part), _STANDS
            )
            for first, last in self.connection.execute(query.distinct()):
                with as_written("activities", last):
                    found.add((date.fromisoformat(first or last), date.fromisoformat(last)))
        return tuple(sorted(found))

    def _labels(self) -> frozenset[str]:
        """The periods that any newest act says it is for."""
        query = select(_ACTS.c.for_period).where(
            text(unusual_sql()), _ACTS.c.for_period.is_not(None)
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
        held = made_of("appointments", appointments)
        return replace(
            small,
            units={one.unit: one for one in made_of("units", self._in_order("units", self.units))},
            posts={one.post: one for one in made_of("posts", self._in_order("posts", self.posts))},
            people={
                one.person: one for one in made_of("people", self._in_order("people", self.people))
            },
            appointments=tuple(sorted(held, key=lambda one: (one.first, one.post, one.person))),
            activities=acts,
        )

    def _in_order(self, name: str, rows: dict[str, Cells]) -> list[Cells]:
        """Rows in the order in which their keys first came in."""
        table = sql_table(name)
        key = table.c[TABLES[name].key[0]]
        first: dict[str, int] = {}
        for part in parts(rows):
            query = select(key, func.min(table.c.row_id)).where(key.in_(part)).group_by(key)
            first.update(self.connection.execute(query).all())
        return [rows[one] for one in sorted(rows, key=lambda one: first[one])]


__all__ = ["PersonSubset", "StoredSubsets", "has_activity", "people_at", "people_called"]
