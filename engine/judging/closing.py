"""Until when an overdue obligation is usually made up. Source: SEMANTICS, section 5, `closed`."""

from __future__ import annotations

from datetime import date, timedelta

from engine.calendar.cutting import period_around
from engine.calendar.periods import add_months
from engine.judging.obligations import Obligation
from engine.judging.stretches import Timing
from engine.judging.world import World
from rules.period_kinds import Given


def closes_for_good(world: World, one: Obligation) -> date:
    """The end of the next period of its kind, of next year's window, or a year for the rest."""
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
    following = one.stretch.period.last + timedelta(days=1)
    if kind.worked:
        return world.workdays.next_workday(following)
    if kind.cut is Given.SCHOOL:
        return _next_school(world, one, kind.word)
    if one.timing is Timing.RECURRING and one.stretch.next_due and len(one.measure.due) > 1:
        return one.stretch.next_due
    named = period_around(kind.word, following, since=one.measure.since)
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
