"""One reading of the records beside the rules: who held what, and what stands where in the tree.

A `World` is made once for an audit and only looked up afterwards. It knows nothing of periods.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from data.records import (
    Activity,
    Adoption,
    Appointment,
    Assignment,
    Elsewhere,
    Event,
    Fact,
    Records,
    Standing,
    Tag,
    Waiver,
)
from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.calendar.windows import WindowCalendar
from engine.calendar.workdays import Workdays
from rules.duty import Duty, HolderRule
from rules.rulebook import Rulebook
from rules.vocabulary import LEAVING_OFFICE, TAKING_OFFICE

NOWHERE = Elsewhere()
LONG_AGO = date(1900, 1, 1)
"""Nothing is judged before this day, whatever the records say: no document is as old."""


@dataclass(frozen=True)
class Tenure:
    """All appointments of one person to one post, as one: the union of their days.

    `acting` are the days on which he stands in; `sole` the days on which the post's duties are
    his, because nobody else is acting in it.
    """

    post: str
    person: str
    days: Days
    acting: Days
    sole: Days


class World:
    """Records and rules together, with the look-ups that judging needs.

    `horizon` is the last day on which a stretch may begin that anybody asks about: a month past
    the audit's day, the end of its span, or the last period that an act names. `elsewhere` tells
    of acts that are not among the records.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        records: Records,
        as_of: date,
        horizon: date,
        elsewhere: Elsewhere = NOWHERE,
    ) -> None:
        self.rulebook = rulebook
        self.elsewhere = elsewhere
        self.records = records
        self.as_of = as_of
        self.horizon = horizon
        own = [row.records_from for row in records.units.values() if row.records_from]
        # "From the beginning of time" must leave room for looking back from it.
        self.first_day = max(min([records.records_from, *own]), LONG_AGO)
        self.workdays = Workdays(rulebook.calendar)
        self.windows = WindowCalendar(rulebook.calendar, self.workdays)
        self._chains: dict[str, tuple[str, ...]] = {}
        self._live_days: dict[str, Days] = {}
        self.acts_near: dict[
            object, tuple[Activity, ...]
        ] = {}  # what `engine.judging.acts` found before
        self.acts_by_kind: dict[int, Mapping[str, Sequence[Activity]]] = {}  # of those
        self.known: dict[object, Any] = {}  # what `engine.judging.sharing` found before
        self.valid: dict[object, tuple[Duty, Days]] = {}  # and `in_force`
        self.selected: dict[int, tuple[HolderRule, frozenset[int]]] = {}  # and `selection`
        self.plans: dict[object, Any] = {}  # and `plans`
        self._doers: dict[str, tuple[Activity, tuple[str, ...]]] = {}

    def chain(self, unit: str) -> tuple[str, ...]:
        """The unit and those above it, nearest first."""
        known = self._chains.get(unit)
        if known is None:
            found: list[str] = []
            at: str | None = unit
            while at is not None and at not in found:
                found.append(at)
                row = self.records.units.get(at)
                at = row.parent if row else None
            known = self._chains[unit] = tuple(found)
        return known

    def is_within(self, unit: str | None, top: str) -> bool:
        """Whether `unit` is `top` or stands below it."""
        return unit is not None and top in self.chain(unit)

    def unit_days(self, unit: str) -> Days:
        """The days on which the unit exists."""
        row = self.records.units.get(unit)
        return Days.of(row.first, row.last) if row else Days.none()

    def post_days(self, post: str) -> Days:
        """The days on which the post exists: its own, while its unit does."""
        row = self.records.posts[post]
        return Days.of(row.first, row.last) & self.unit_days(row.unit)

    def records_from(self, unit: str) -> date:
        """The first day on which it is judged: its own, else the nearest above's, else all's."""
        for at in self.chain(unit):
            row = self.records.units.get(at)
            if row and row.records_from:
                return row.records_from
        return self.records.records_from

    def likeness(self, unit: str) -> tuple[object, ...]:
        """All that a unit brings to what its plain holders owe: alike, they owe the same."""
        row = self.records.units[unit]
        return row.type, row.industry, row.tags, *self._place(unit)

    def _place(self, unit: str) -> tuple[object, ...]:
        """What it brings to the days on which duties are valid, whatever it is."""
        chain, lines = self.chain(unit), self.adoptions
        adopted: tuple[object, ...] = ()
        if lines:
            adopted = tuple(
                (line.document, line.first, line.last) for line in lines if line.unit in chain
            )
        # windows and terms may have days of their own below a unit
        named = tuple(at for at in chain if at in self.windows.units)
        return self.records_from(unit), adopted, named

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The number of each unit's place: in those of one number a duty is valid on the same days,
        and windows and terms are the same.
        """
        return _numbered((unit, self._place(unit)) for unit in self.records.units)

    @cached_property
    def profiles(self) -> Mapping[str, int]:
        """The number of each unit's likeness: those of one number are alike."""
        return _numbered((unit, self.likeness(unit)) for unit in self.records.units)

    @cached_property
    def units_by_profile(self) -> Mapping[int, tuple[str, ...]]:
        """The units of each likeness, sorted by id."""
        found: dict[int, list[str]] = defaultdict(list)
        for unit, profile in sorted(self.profiles.items()):
            found[profile].append(unit)
        return {profile: tuple(units) for profile, units in found.items()}

    @cached_property
    def profiles_by_type(self) -> Mapping[str, tuple[int, ...]]:
        """The profiles that units of each type have."""
        found: dict[str, list[int]] = defaultdict(list)
        for profile, units in self.units_by_profile.items():
            found[self.records.units[units[0]].type].append(profile)
        return {name: tuple(profiles) for name, profiles in found.items()}

    @cached_property
    def tenures(self) -> Mapping[str, tuple[Tenure, ...]]:
        """Tenures by post, sorted by first day, then person."""
        by_post: dict[str, dict[str, list[Appointment]]] = defaultdict(lambda: defaultdict(list))
        for row in self.records.appointments:
            by_post[row.post][row.person].append(row)
        found: dict[str, tuple[Tenure, ...]] = {}
        for post, by_person in by_post.items():
            if post not in self.records.posts:
                continue
            exists = self.post_days(post)
            held: dict[str, tuple[Days, Days]] = {}
            for person, rows in by_person.items():
                days = acting = Days.none()
                for row in rows:
                    stretch = Days.of(row.first, row.last)
                    days |= stretch
                    if row.acting:
                        acting |= stretch
                if days & exists:
                    held[person] = (days & exists, acting & exists)
            tenures = []
            for person, (days, acting) in held.items():
                others = Days.none()
                for other, (_, standing_in) in held.items():
                    if other != person:
                        others |= standing_in
                # An acting person's own days stay his, also where two act side by side.
                sole = (days - others) | acting
                tenures.append(Tenure(post, person, days, acting, sole))
            tenures.sort(key=lambda tenure: (tenure.days.first or date.min, tenure.person))
            found[post] = tuple(tenures)
        return found

    def tenures_of(self, post: str) -> tuple[Tenure, ...]:
        """Who held the post, in order; empty when nobody ever did."""
        return self.tenures.get(post, ())

    @cached_property
    def takings(self) -> Mapping[str, tuple[Event, ...]]:
        """Taking office, an event of each tenure on its first day, by post.

        Of several in one post on one day the later ids' labels end in the person's.
        """
        found: dict[str, tuple[Event, ...]] = {}
        for post, tenures in self.tenures.items():
            units = (self.records.posts[post].unit,)
            made: dict[str, Event] = {}
            for tenure in sorted(tenures, key=lambda one: one.person):
                day = tenure.days.first
                assert day is not None  # a tenure has days
                label = f"{TAKING_OFFICE}-{day}"
                name = f"{label}-{tenure.person}" if label in made else label
                made[name] = Event(
                    name, TAKING_OFFICE, day, units=units, post=post, person=tenure.person
                )
            found[post] = tuple(made.values())
        return found

    @cached_property
    def leavings(self) -> Mapping[str, tuple[Event, ...]]:
        """Leaving office, an event of each day on which tenures in a unit end, by unit."""
        days: dict[str, set[date]] = defaultdict(set)
        for post, tenures in self.tenures.items():
            ends = {tenure.days.last for tenure in tenures} - {None, date.max}
            days[self.records.posts[post].unit].update(day for day in ends if day)
        return {
            unit: tuple(
                Event(f"{LEAVING_OFFICE}-{day}", LEAVING_OFFICE, day, units=(unit,))
                for day in sorted(ends)
            )
            for unit, ends in days.items()
        }

    def event_of(self, name: str, unit: str, post: str | None) -> Event | None:
        """The event of that id; one that the appointments make is the post's or the unit's."""
        made = (*self.takings.get(post or "", ()), *self.leavings.get(unit, ()))
        return next((one for one in (*self.records.events, *made) if one.event == name), None)

    @cached_property
    def tenures_by_person(self) -> Mapping[str, tuple[Tenure, ...]]:
        """Each person's tenures of all posts."""
        found: dict[str, list[Tenure]] = defaultdict(list)
        for tenures in self.tenures.values():
            for tenure in tenures:
                found[tenure.person].append(tenure)
        return {person: tuple(tenures) for person, tenures in found.items()}

    @cached_property
    def service(self) -> Mapping[str, Days]:
        """Each person's days in any post."""
        found: dict[str, Days] = {}
        for person, tenures in self.tenures_by_person.items():
            days = Days.none()
            for tenure in tenures:
                days |= tenure.days
            found[person] = days
        return found

    def in_post(self, post: str, day: date) -> tuple[str, ...]:
        """Whose the post's unnamed acts of that day are: the acting person's, else its holders'."""
        held = [tenure for tenure in self.tenures_of(post) if day in tenure.days]
        acting = [tenure.person for tenure in held if day in tenure.acting]
        return tuple(acting or [tenure.person for tenure in held])

    def holds(self, person: str, post: str, day: date) -> bool:
        """Whether the person is in the post that day, acting or not."""
        return any(
            tenure.person == person and day in tenure.days for tenure in self.tenures_of(post)
        )

    def ever_held(self, post: str, person: str) -> bool:
        """Whether the person was ever in the post."""
        return any(tenure.person == person for tenure in self.tenures_of(post))

    def doers(self, act: Activity) -> tuple[str, ...]:
        """The people who did the act: the one it names, else whoever was in the post that day."""
        known = self._doers.get(act.activity)
        # An act may be asked about as it would be with its blank fields filled in.
        if known is not None and known[0] is act:
            return known[1]
        found: tuple[str, ...] = ()
        if act.holder in self.records.posts:
            found = (act.person,) if act.person else self.in_post(act.holder, act.day)
        self._doers[act.activity] = (act, found)
        return found

    @cached_property
    def posts_by_unit(self) -> Mapping[str, tuple[str, ...]]:
        """The posts of each unit, sorted by id."""
        found: dict[str, list[str]] = defaultdict(list)
        for post, row in sorted(self.records.posts.items()):
            found[row.unit].append(post)
        return {unit: tuple(posts) for unit, posts in found.items()}

    @cached_property
    def posts_by_class(self) -> Mapping[str, tuple[str, ...]]:
        """The posts of each class, sorted by id."""
        found: dict[str, list[str]] = defaultdict(list)
        for post, row in sorted(self.records.posts.items()):
            found[row.post_class].append(post)
        return {post_class: tuple(posts) for post_class, posts in found.items()}

    def unit_of(self, holder: str) -> str | None:
        """The unit of a post, or the unit itself."""
        post = self.records.posts.get(holder)
        if post:
            return post.unit
        return holder if holder in self.records.units else None

    @cached_property
    def acts_by_id(self) -> Mapping[str, Activity]:
        """Every activity by its id."""
        return {act.activity: act for act in self.records.activities}

    @cached_property
    def acts_by_holder(self) -> Mapping[str, tuple[Activity, ...]]:
        """Activities by the post or unit that they are recorded under."""
        return _grouped((act.holder, act) for act in self.records.activities)

    @cached_property
    def acts_by_person(self) -> Mapping[str, tuple[Activity, ...]]:
        """Activities by each person who did them, named or not."""
        return _grouped(
            (person, act) for act in self.records.activities for person in self.doers(act)
        )

    @cached_property
    def acts_on_behalf_of(self) -> Mapping[str, tuple[Activity, ...]]:
        """Activities by the post on whose behalf they were done."""
        return _grouped(
            (act.on_behalf_of, act) for act in self.records.activities if act.on_behalf_of
        )

    @cached_property
    def acts_by_unit(self) -> Mapping[str, tuple[Activity, ...]]:
        """Activities of each unit and of the posts in it (not of units below)."""
        return _grouped(
            (unit, act)
            for act in self.records.activities
            if (unit := self.unit_of(act.holder)) is not None
        )

    def has_acts(self, unit: str, days: Days) -> bool:
        """Whether any live act of the unit and its posts touches these days, up to the audit's."""
        known = self._live_days.get(unit)
        if known is None:
            there = [Period(*run) for run in self.elsewhere.days_of_units.get(unit, ())]
            for act in self.acts_by_unit.get(unit, ()):
                if act.standing is Standing.LIVE:
                    there.append(Period(act.first_day or act.day, act.day))
            known = self._live_days[unit] = Days.from_periods(there) & Days.of(None, self.as_of)
        return known.meets(days)

    @cached_property
    def days_of_evidence(self) -> Mapping[str, frozenset[date]]:
        """The days, up to the audit's, of the live acts that carry each item of evidence."""
        found: dict[str, set[date]] = defaultdict(set)
        for act in self.records.activities:
            if act.standing is Standing.LIVE and act.day <= self.as_of:
                for item in act.proofs:
                    found[item].add(act.day)
        for item, there in self.elsewhere.days_of_proofs.items():
            found[item].update(day for day in there if day <= self.as_of)
        return {item: frozenset(days) for item, days in found.items()}

    @cached_property
    def adoptions(self) -> tuple[Adoption, ...] | None:
        """Which units each document binds, from the records and the office's file together."""
        lines = self.rulebook.adoptions
        rows = self.records.adoptions
        if lines is None:
            return rows
        own = tuple(Adoption(x.document, x.unit, x.first, x.last) for x in lines)
        return own + (rows or ())

    @cached_property
    def waivers_by_holder(self) -> Mapping[str, tuple[Waiver, ...]]:
        """Waivers by the post or unit that they are on."""
        found: dict[str, list[Waiver]] = defaultdict(list)
        for waiver in self.records.waivers:
            found[waiver.holder].append(waiver)
        return {holder: tuple(rows) for holder, rows in found.items()}

    @cached_property
    def assignments_by_holder(self) -> Mapping[str, tuple[Assignment, ...]]:
        """Assignments by the post or person that they are entrusted to."""
        found: dict[str, list[Assignment]] = defaultdict(list)
        for row in self.records.assignments:
            found[row.holder].append(row)
        return {holder: tuple(rows) for holder, rows in found.items()}


def _numbered(pairs: Iterable[tuple[str, object]]) -> Mapping[str, int]:
    numbers: dict[object, int] = {}
    return {name: numbers.setdefault(alike, len(numbers)) for name, alike in pairs}


def _grouped(pairs: Iterable[tuple[str, Activity]]) -> Mapping[str, tuple[Activity, ...]]:
    found: dict[str, list[Activity]] = defaultdict(list)
    for key, act in pairs:
        found[key].append(act)
    return {key: tuple(acts) for key, acts in found.items()}


def tag_days(tags: Iterable[Tag], name: str) -> Days:
    """The days on which something bears the tag."""
    days = Days.none()
    for tag in tags:
        if tag.name == name:
            days |= Days.of(tag.first, None)
    return days


def fact_on(facts: Iterable[Fact], key: str, day: date) -> str | None:
    """The value of a person's fact that day: the latest one that had begun."""
    begun = [fact for fact in facts if fact.key == key and (fact.first or date.min) <= day]
    if not begun:
        return None
    return max(begun, key=lambda fact: fact.first or date.min).value
