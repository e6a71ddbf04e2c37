"""Limits before and after a day, and due days that move off days off. Source: SEMANTICS, 2 and 3.

The event's day is day 0. Everything stops at the first and last day that a date can say, so that
a far-off day in a record never ends in an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.calendar.periods import add_months, day_of_month
from engine.calendar.workdays import Workdays
from rules.frequency import Until
from rules.model import Adjust, Length

_DAY = 24 * 60
_LAST_MINUTE = _DAY - 1
"""Minutes of a day, and the last one of them."""


@dataclass(frozen=True, order=True)
class Limit:
    """The day on which a limit falls, and the moment where the clock decides (None: the day)."""

    day: date
    moment: datetime | None = None


def add_days(day: date, n: int) -> date:
    """`n` days after `day` (before it, where n < 0)."""
    at = day.toordinal() + n
    return date.fromordinal(min(max(at, date.min.toordinal()), date.max.toordinal()))


def add_length(day: date, length: Length, times: int = 1) -> date:
    """The day so many lengths of days, months or years after `day` (before it, where < 0)."""
    n = times * length.count
    if length.unit == "days":
        return add_days(day, n)
    return add_months(day, n * 12 if length.unit == "years" else n)


def end_of_limit(day0: date, at: time | None, until: Until, workdays: Workdays) -> Limit:
    """When a limit ends that runs forwards from `day0` (from the moment `at` on it, by the clock).

    With an unknown time it is the last day on which hours or minutes could end: day 1 for 2 hours
    as for 24. A calendar day is that of `until.years` years later; where it would lie before
    day 0, the next.
    """
    if until.length is not None:
        return _shifted(day0, at, until.length, 1, workdays)
    assert until.month is not None and until.day is not None  # by Until's own check
    year = min(day0.year + until.years, date.max.year)
    day = day_of_month(year, until.month, until.day)
    if day < day0 and year < date.max.year:
        day = day_of_month(year + 1, until.month, until.day)
    return Limit(day)


def backward_limit(day0: date, at: time | None, ahead: Length, workdays: Workdays) -> Limit:
    """The last day, or moment, that is still `ahead` of `day0`: 10 days ahead is day -10.

    Working days are counted back from the first one before day 0. Nothing ahead is day 0 itself,
    before the event's moment where that is known.
    """
    if ahead.count == 0:
        return Limit(day0, datetime.combine(day0, at) if at is not None else None)
    return _shifted(day0, at, ahead, -1, workdays)


def start_of_limit(day0: date, ahead: Length, workdays: Workdays, at: time | None = None) -> date:
    """The last day that is still `ahead` of `day0`, as `backward_limit` counts it."""
    return backward_limit(day0, at, ahead, workdays).day


def move(day: date, adjust: Adjust, workdays: Workdays, backward: bool = False) -> date:
    """The due day after moving, as the document says.

    `backward`: a limit before an event; it moves to the previous working day whenever the document
    moves at all.
    """
    if adjust == Adjust.NONE:
        return day
    if backward or adjust == Adjust.PREVIOUS_WORKDAY:
        return workdays.previous_workday(day)
    return workdays.next_workday(day)


def _shifted(day0: date, at: time | None, length: Length, sign: int, workdays: Workdays) -> Limit:
    match length.unit:
        case "minutes" | "hours":
            if at is None:
                days = (_LAST_MINUTE + sign * length.minutes) // _DAY
                return Limit(add_days(day0, days))
            try:
                moment = datetime.combine(day0, at) + timedelta(minutes=sign * length.minutes)
            except OverflowError:
                return Limit(date.max if sign > 0 else date.min)
            return Limit(moment.date(), moment)
        case "workdays":
            return Limit(workdays.add(day0, sign * length.count))
        case "days" | "months" | "years":
            return Limit(add_length(day0, length, sign))
