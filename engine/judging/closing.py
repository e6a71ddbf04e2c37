"""Until when an overdue obligation is usually made up. Source: SEMANTICS, section 5, `closed`."""

from __future__ import annotations

from datetime import date

from engine.calendar.cutting import period_around
from engine.calendar.periods import ONE_DAY, add_months, months_from
from engine.judging.obligations import Obligation
from engine.judging.stretches import Timing
from engine.judging.world import World
from rules.period_kinds import Given

SHORTEST_MONTH = 28
"""The days of February."""


def closes_for_good(world: World, one: Obligation) -> date:
    """The end of the next period of its kind (after one shorter than a month: of the next calendar
    month), of next year's window, or a year for the rest.
    """
    deadline = one.deadline or one.stretch.window.last
    year_later = add_months(deadline, 12)
    if one.timing is Timing.WINDOW:
        return _next_window(world, one) or year_later
    if one.timing in (Timing.PERIOD, Timing.RECURRING, Timing.AFTER_PERIOD):
        return _next_period(world, one) or year_later
    return year_later


def _next_period(world: World, one: Obligation) -> date | None:
    kind = one.measure.period
    if kind is None or one.measure.while_ or kind.cut in (Given.CAMPAIGN, Given.TENURE):
        return None
    period = one.stretch.period
    if len(period) < SHORTEST_MONTH:
        return months_from(period.last.year, period.last.month + 1).last
    if kind.cut is Given.SCHOOL:
        return _next_school(world, one, kind.word)
    if one.timing is Timing.RECURRING and one.stretch.next_due and len(one.measure.due) > 1:
        return one.stretch.next_due
    named = period_around(kind.word, period.last + ONE_DAY, since=one.measure.since)
    return named[1].last if named else None


def _next_school(world: World, one: Obligation, word: str) -> date | None:
    units = world.chain(one.holder.unit)
    after = one.stretch.period.last
    for year in range(after.year, after.year + 2):
        starting = (period for _, period in world.windows.school_periods(word, year, units))
        later = [period for period in starting if period.first > after]
        if later:
            return min(term.last for term in later)
    return None


def _next_window(world: World, one: Obligation) -> date | None:
    year_text, _, names = one.stretch.label.partition("/")
    units = world.chain(one.holder.unit)
    found = [
        days.last
        for name in names.split("+")
        for part in world.windows.members_of(name)
        if (days := world.windows.days_of(part, int(year_text) + 1, units))
    ]
    return max(found, default=None)
