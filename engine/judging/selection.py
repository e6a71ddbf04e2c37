"""Whom a duty selects, and whom a coverage must reach. Source: SEMANTICS, sections 2 and 3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.records import Fact, Subject, Tag, Unit
from engine.calendar.days import Days
from engine.judging.in_force import Holder
from engine.judging.world import World, fact_on, tag_days
from rules.duty import Duty
from rules.frequency import Condition, Frequency, Measure, Population, PopulationScope


@dataclass(frozen=True)
class Member:
    """One that a coverage or share may have to reach, and the days on which it must be."""

    id: str
    days: Days


def _days_that(
    condition: Condition,
    kind: str | None,
    industry: str | None,
    tags: Iterable[Tag],
    facts: tuple[Fact, ...] = (),
) -> Days:
    """The days on which the condition holds; what is not a tag or fact holds always or never."""
    if condition.type and kind not in condition.type:
        return Days.none()
    if condition.industry and industry not in condition.industry:
        return Days.none()
    held = Days.all()
    tags = tuple(tags)
    for name in condition.tags:
        held &= tag_days(tags, name)
    for key, value in condition.facts.items():
        held &= _fact_days(facts, key, value)
    for part in condition.all:
        held &= _days_that(part, kind, industry, tags, facts)
    if condition.any:
        either = Days.none()
        for part in condition.any:
            either |= _days_that(part, kind, industry, tags, facts)
        held &= either
    if condition.not_:
        held -= _days_that(condition.not_, kind, industry, tags, facts)
    return held


def _fact_days(facts: tuple[Fact, ...], key: str, value: str) -> Days:
    """The days on which the fact has the value: from each such entry to the key's next one."""
    starts = sorted({fact.first or date.min for fact in facts if fact.key == key})
    held = Days.none()
    for at, first in enumerate(starts):
        if fact_on(facts, key, first) == value:
            until = Days.of(starts[at + 1], None) if at + 1 < len(starts) else Days.none()
            held |= Days.of(first, None) - until
    return held


def unit_days_that(condition: Condition, unit: Unit, facts: tuple[Fact, ...] = ()) -> Days:
    """The days on which a unit (with a person's facts beside it) fulfils the condition."""
    return _days_that(condition, unit.type, unit.industry, unit.tags, facts)


def subject_days_that(condition: Condition, subject: Subject) -> Days:
    """The days on which a subject fulfils the condition."""
    return _days_that(condition, subject.type, None, subject.tags)


def is_such_a_subject(world: World, condition: Condition, subject: str, day: date) -> bool:
    """Whether what an act was done to (a subject, a unit, or a post by its unit) is such a one."""
    row = world.records.subjects.get(subject)
    if row:
        return day in subject_days_that(condition, row)
    unit = world.records.units.get(world.unit_of(subject) or "")
    return unit is not None and day in unit_days_that(condition, unit)


def is_selected(world: World, duty: Duty, unit: str, person: str | None, day: date) -> bool:
    """Whether the duty selects the holder, asked on that day."""
    row = world.records.units[unit]
    facts = _facts_of(world, person)
    rule = duty.holder
    if rule.units is not None and day not in unit_days_that(rule.units, row, facts):
        return False
    return rule.when is None or day in unit_days_that(rule.when, row, facts)


def selected_days(world: World, duty: Duty, unit: str) -> Days:
    """The days on which the duty selects a post of the unit that nobody is in."""
    row = world.records.units[unit]
    days = Days.all()
    for one in (duty.holder.units, duty.holder.when):
        days &= Days.all() if one is None else unit_days_that(one, row)
    return days


def may_select(world: World, duty: Duty, unit: str) -> bool:
    """Whether there is a day on which the duty could select holders in the unit.

    Asked of the unit alone, before anybody's periods are laid out: a condition that asks facts of
    a person says nothing yet.
    """
    row = world.records.units[unit]
    asked = [one for one in (duty.holder.units, duty.holder.when) if one is not None]
    return all(_asks_facts(one) or bool(unit_days_that(one, row)) for one in asked)


def profiles_selected(world: World, duty: Duty) -> frozenset[int]:
    """The profiles of the units in which there is a day on which the duty could select holders."""
    rule = duty.holder
    known = world.selected.get(id(rule))
    if known is None:
        asked = [one for one in (rule.units, rule.when) if one is not None]
        types = set(world.profiles_by_type)
        for one in asked:
            types &= set(one.type or types)
        found = frozenset(
            profile
            for name in types
            for profile in world.profiles_by_type[name]
            if not asked or may_select(world, duty, world.units_by_profile[profile][0])
        )
        # beside its rule, whose number is then nobody else's
        known = world.selected[id(rule)] = (rule, found)
    return known[1]


def asks_people(duty: Duty) -> bool:
    """Whether facts of a person decide whom the duty selects, or what it asks of them."""
    rule = duty.holder
    asked = [one for one in (rule.units, rule.when) if one is not None]
    asked += [variant.when for variant in duty.frequency.variants]
    return any(_asks_facts(one) for one in asked)


def _asks_facts(condition: Condition) -> bool:
    parts = (*condition.all, *condition.any, *([condition.not_] if condition.not_ else ()))
    return bool(condition.facts) or any(_asks_facts(part) for part in parts)


def chosen_measure(
    world: World, frequency: Frequency, unit: str, person: str | None, day: date
) -> Measure:
    """The first variant that the holder matches on that day, else the base."""
    row = world.records.units[unit]
    facts = _facts_of(world, person)
    for variant in frequency.variants:
        if day in unit_days_that(variant.when, row, facts):
            return variant
    return frequency


def _facts_of(world: World, person: str | None) -> tuple[Fact, ...]:
    row = world.records.people.get(person) if person else None
    return row.facts if row else ()


def members_of(
    world: World, population: Population, holder: Holder, window: Days
) -> tuple[Member, ...]:
    """The population that the holder must reach in the window, by id, with its days.

    Never himself: neither a post that owes it, nor who holds that within the window, nor the unit.
    """
    own = {holder.unit, *holder.posts}
    for post in holder.posts:
        own |= {tenure.person for tenure in world.tenures_of(post) if tenure.days & window}
    found = _picked(world, population, holder)
    return tuple(
        Member(key, days) for key, days in sorted(found.items()) if days and key not in own
    )


def _picked(world: World, population: Population, holder: Holder) -> dict[str, Days]:
    """Whom the population names, himself too, and the days on which they are such."""
    records = world.records
    top = _top(world, population, holder.unit)
    if population.members == "subjects":
        found = {
            row.subject: Days.of(row.first, row.last) & subject_days_that(population, row)
            for row in records.subjects.values()
            if top is None or world.is_within(row.unit, top)
        }
    elif population.members == "units":
        found = {
            row.unit: world.unit_days(row.unit) & _units_in(population, row)
            for row in records.units.values()
            if top is None or world.is_within(row.unit, top)
        }
    else:
        found = {}
        for post, place in records.posts.items():
            classes = population.posts or population.people
            inside = top is None or world.is_within(place.unit, top)
            if place.post_class not in classes or not inside:
                continue
            for tenure in world.tenures_of(post):
                facts = records.people[tenure.person].facts
                in_such = _units_in(population, records.units[place.unit], facts)
                member = post if population.members == "posts" else tenure.person
                found[member] = found.get(member, Days.none()) | (tenure.days & in_such)
    if population.scope != PopulationScope.ASSIGNED:
        return found
    assigned = _assigned(world, holder)
    return {member: days & assigned[member] for member, days in found.items() if member in assigned}


def _assigned(world: World, holder: Holder) -> dict[str, Days]:
    """What is assigned to the posts that owe, or to the owing unit's: to a post itself, and to
    people while they stand in it.
    """
    found: dict[str, Days] = {}
    for post in holder.posts or world.posts_by_unit.get(holder.unit, ()):
        entrusted = [(post, Days.all())]
        entrusted += [(tenure.person, tenure.days) for tenure in world.tenures_of(post)]
        for whose, while_his in entrusted:
            for row in world.assignments_by_holder.get(whose, ()):
                days = Days.of(row.first, row.last) & while_his
                found[row.member] = found.get(row.member, Days.none()) | days
    return found


def _units_in(population: Population, unit: Unit, facts: tuple[Fact, ...] = ()) -> Days:
    """The days on which a unit (with the facts of who holds a post in it) is such a one."""
    if population.unit_type and unit.type not in population.unit_type:
        return Days.none()
    return _days_that(population, unit.type, unit.industry, unit.tags, facts)


def _top(world: World, population: Population, unit: str) -> str | None:
    """The unit under which the members stand; None: anywhere in the office."""
    if population.scope in (PopulationScope.ALL, PopulationScope.ASSIGNED):
        return None
    if population.scope == PopulationScope.PARENT:
        chain = world.chain(unit)
        return chain[1] if len(chain) > 1 else unit
    return unit
