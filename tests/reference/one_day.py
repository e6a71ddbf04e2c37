"""Stretches of one day by date or weekday: where they fall, how they move, and when they rest."""

from __future__ import annotations

from datetime import date, timedelta

from engine.calendar.periods import Period, day_in_period
from rules.frequency import DayOfPeriod, Measure
from rules.model import Adjust
from tests.reference.office import DAY, Office, days

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PLACES = ("first", "second", "third", "fourth")


def day_of(spec: DayOfPeriod, first: date, last: date) -> date | None:
    """The day of a period that the words mean; an n-th weekday by walking through the days."""
    if spec.nth is None:
        return day_in_period(spec, Period(first, last))
    inside = days(first, last)
    if spec.month is not None:
        months = sorted({(day.year, day.month) for day in inside})
        year, month = months[spec.month - 1]
        inside = [day for day in inside if (day.year, day.month) == (year, month)]
    fits = [day for day in inside if NAMES[day.weekday()] == spec.weekday]
    if spec.nth == "last":
        return fits[-1] if fits else None
    place = PLACES.index(spec.nth)
    return fits[place] if place < len(fits) else None


def is_one_day(measure: Measure) -> bool:
    """Whether the stretch inside each period is one day."""
    return measure.between is not None and measure.between[0] == measure.between[1]


def window_of(office: Office, measure: Measure, named: date, adjust: Adjust) -> tuple[date, date]:
    """From the earlier to the later of the day named and the day moved; a weekday that falls on a
    rest day may wait for the same weekday of the next week.
    """
    at = named
    if not office.workdays.is_workday(named) and adjust and not office.reads("one_day_moves"):
        adjust = Adjust.NONE
    if adjust == Adjust.NEXT_WORKDAY:
        while not office.workdays.is_workday(at):
            at += DAY
    elif adjust == Adjust.PREVIOUS_WORKDAY:
        while not office.workdays.is_workday(at):
            at -= DAY
    first, last = min(named, at), max(named, at)
    if at != named and not office.reads("one_day_runs"):
        first = last = at
    assert measure.between is not None
    waits = measure.between[0].weekday and not office.workdays.is_workday(named)
    if waits and office.reads("weekday_waits"):
        last = max(last, named + timedelta(days=7))
    return first, last


def rests(office: Office, measure: Measure, named: date, force: set[date]) -> bool:
    """Whether the one day asks nothing of a post: no working day of its window is in force, or it
    is the weekday of a weekly duty and falls on a rest day.
    """
    assert measure.between is not None
    weekly = measure.per == "week" and measure.between[0].weekday
    if weekly and not office.workdays.is_workday(named) and office.reads("weekly_asks_nothing"):
        return True
    worked = any(office.workdays.is_workday(day) for day in force)
    return not worked and office.reads("one_day_rests")
