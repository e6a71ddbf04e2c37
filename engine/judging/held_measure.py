"""Which measure of a duty with variants held for one of its periods.

Source: SEMANTICS, section 2, "variants".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.calendar.cutting import period_around
from engine.calendar.days import Days
from engine.judging.in_force import (
    DaysInForce,
    Holder,
    HolderSort,
    force_of_person,
    force_of_posts,
    force_of_unit,
)
from engine.judging.selection import chosen_measure
from engine.judging.stretches import Timing, nominal_days, parts_of, timing_of
from engine.judging.world import World
from rules.duty import Duty
from rules.frequency import Measure
from rules.period_kinds import Given


def leaves_of(duty: Duty, part: int) -> list[Measure]:
    """The measures of that part in the base and in every variant."""
    every = duty.frequency.for_shape()
    return [leaf for each in every for number, leaf in parts_of(each) if number == part]


def held_measure(world: World, duty: Duty, holder: Holder, period: Days) -> Measure:
    """The base or the variant that held for a period: the holder's, where it was his or would have
    been before the records' first day; else that of whoever held the post then.
    """
    around = _around(world, duty, holder, period)
    asked = (
        (whose, day)
        for whose, force, held in _holding(world, duty, holder)
        if (day := (force.days & around).first or (held & around).first) is not None
    )
    whose, day = next(asked, (None, period.first))
    assert day is not None
    if whose is None and holder.post is not None:
        whose = min(world.in_post(holder.post, day), default=None)
    return chosen_measure(world, duty.frequency, holder.unit, whose, day)


def _holding(
    world: World, duty: Duty, holder: Holder
) -> Iterator[tuple[str | None, DaysInForce, Days]]:
    """The days of the holder, then those of anybody in his post (None)."""
    unit, posts = holder.unit, holder.posts
    if holder.sort is HolderSort.UNIT:
        yield None, force_of_unit(world, duty, unit), world.unit_days(unit)
        return
    everybody = Days.none()
    for post in posts:
        for tenure in world.tenures_of(post):
            everybody |= tenure.days
            if tenure.person == holder.person:
                yield tenure.person, force_of_person(world, duty, tenure), tenure.days
    yield None, force_of_posts(world, duty, unit, posts), everybody


def _around(world: World, duty: Duty, holder: Holder, period: Days) -> Days:
    """The longest of the duty's periods in which that one begins; itself where it does in none."""
    begins = period.first
    assert begins is not None
    leaves = [leaf for each in duty.frequency.for_shape() for _, leaf in parts_of(each)]
    longest = max(leaves, key=nominal_days)
    timing, kind = timing_of(longest), longest.period
    if timing in (Timing.BY_DAY, Timing.ROLLING):
        return Days.all()
    if timing in (Timing.WINDOW, Timing.TO_BE_RULED):
        return Days.of(date(begins.year, 1, 1), date(begins.year, 12, 31))
    found = None
    if kind is not None and kind.cut is Given.SCHOOL:
        for year in (begins.year - 1, begins.year):
            for _, one in world.windows.school_periods(kind.word, year, world.chain(holder.unit)):
                found = one if begins in one else found
    elif kind is not None and kind.by_calendar and len(longest.due) < 2:
        around = period_around(kind.word, begins, since=longest.since)
        found = around[1] if around else None
    return Days.of(found.first, found.last) if found else period
