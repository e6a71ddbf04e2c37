"""What a single act must be to count, and what counts but once: least amount, least interval,
different subjects, different days.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from data.records import Activity
from engine.calendar.limits import end_of_limit
from rules.frequency import Measure, Until
from tests.reference.office import Office
from tests.reference.stays import first_day_of, is_by_day


def is_too_small(office: Office, measure: Measure, written: Activity, fill: bool) -> bool:
    """Whether the act, as it was written, is below the least amount; `fill`: a blank would do."""
    least = measure.least_amount
    if least is None:
        return False
    if is_by_day(measure):
        length = (written.day - first_day_of(written)).days + 1
        return length < Fraction(least.amount) and office.reads("stay_is_amount")
    if written.quantity is None or written.unit_of_quantity != least.unit:
        return not fill or not office.reads("blank_amount")
    return written.quantity < Fraction(least.amount) and office.reads("too_small")


def is_before(one: Activity, act: Activity) -> bool:
    """Whether `one` was done before `act`, or on the same day and nobody can say."""
    if one.day != act.day or one.time is None or act.time is None:
        return one.day <= act.day
    return one.time <= act.time


def is_too_soon(office: Office, measure: Measure, earlier: list[Activity], act: Activity) -> bool:
    """Whether the act lies sooner after the last of the earlier ones than the least interval."""
    interval, last = measure.least_interval, last_before(earlier, act)
    if interval is None or last is None:
        return False
    if interval.unit in ("hours", "minutes"):
        n = interval.count * (60 if interval.unit == "hours" else 1)
        if last.time is not None and act.time is not None:
            until = datetime.combine(last.day, last.time) + timedelta(minutes=n)
            return datetime.combine(act.day, act.time) < until
        return act.day < _day_of_clock(last, n)
    return act.day < end_of_limit(last.day, None, Until(length=interval), office.workdays).day


def is_untold(measure: Measure, earlier: list[Activity], act: Activity) -> bool:
    """Whether a clock should decide how far it lies from the last, and a time is missing."""
    interval, last = measure.least_interval, last_before(earlier, act)
    if interval is None or last is None or interval.unit not in ("hours", "minutes"):
        return False
    if last.time is not None and act.time is not None:
        return False
    return act.day == _day_of_clock(last, interval.count * (60 if interval.unit == "hours" else 1))


def last_before(earlier: list[Activity], act: Activity) -> Activity | None:
    """The last of these acts that was done before `act`."""
    rows = [one for one in earlier if is_before(one, act)]
    return max(
        rows, key=lambda one: (one.day, one.time is not None, one.time or time()), default=None
    )


def _day_of_clock(last: Activity, minutes: int) -> date:
    """The day on which so many minutes after an act end: the first on which they could, where
    its time is missing; nobody is refused on a guess.
    """
    begun = last.time or time()
    return (datetime.combine(last.day, begun) + timedelta(minutes=minutes)).date()
