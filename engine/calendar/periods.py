"""Runs of whole days, and days in them: months added, a day of a month, of a period, of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from rules.frequency import ORDINALS, WEEKDAYS, DayOfPeriod


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole days; `first` and `last` both belong to it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Period) -> bool:
        """Whether every day of `other` lies in this one."""
        return self.first <= other.first and other.last <= self.last


ONE_DAY = timedelta(days=1)

Named = tuple[str, Period]
"""A period with its label."""


def add_months(day: date, n: int) -> date:
    """`n` months after `day`, clamped to the month's end: 01-31 + 1 month = 02-28 or 02-29.

    Stops at the first and last day that a date can say.
    """
    try:
        return day + relativedelta(months=n)
    except ValueError:
        return date.max if n > 0 else date.min


def day_of_month(year: int, month: int, day: int | Literal["last"]) -> date:
    """That day of the month; a day that the month lacks is its last one."""
    return date(year, month, 1) + relativedelta(day=31 if day == "last" else day)


def months_from(year: int, month: int, n: int = 1) -> Period:
    """The `n` whole months that begin with `month` of `year`; `month` may run past 12."""
    first = add_months(date(year, 1, 1), month - 1)
    return Period(first, add_months(first, n - 1) + relativedelta(day=31))


def day_in_period(spec: DayOfPeriod, period: Period) -> date | None:
    """The day of `period` that `spec` says; None where it has no such day.

    Months count from the period's first month; a day that a month lacks is its last one. Without
    a month, `last` is the period's last day, a number the day of a month (for periods of at most
    a month), and a weekday that of a week. An n-th weekday is that of the month, or of the period.
    """
    if spec.nth is not None:
        found = _nth_weekday(spec, period)
        return found if found in period else None
    if spec.weekday is not None:
        ahead = (WEEKDAYS.index(spec.weekday) - period.first.weekday()) % 7
        found = period.first + ahead * ONE_DAY
        return found if len(period) <= 7 and found in period else None
    if spec.month is None:
        if spec.day == "last":
            return period.last
        if len(period) > 31:
            return None
        # a week may lie in two months
        for edge in (period.first, period.last):
            found = day_of_month(edge.year, edge.month, spec.day or "last")
            if found in period:
                return found
        return None
    month = add_months(period.first.replace(day=1), spec.month - 1)
    found = day_of_month(month.year, month.month, spec.day or "last")
    return found if found in period else None


def _nth_weekday(spec: DayOfPeriod, period: Period) -> date:
    assert spec.nth is not None and spec.weekday is not None  # by the caller, by DayOfPeriod
    within = period
    if spec.month is not None:
        month = add_months(period.first.replace(day=1), spec.month - 1)
        within = months_from(month.year, month.month)
    wanted = WEEKDAYS.index(spec.weekday)
    if spec.nth == "last":
        return within.last - (within.last.weekday() - wanted) % 7 * ONE_DAY
    ahead = (wanted - within.first.weekday()) % 7 + 7 * ORDINALS.index(spec.nth)
    return within.first + ahead * ONE_DAY


def day_in_year(spec: DayOfPeriod, year: int) -> date:
    """The day of `year` that `spec` says: `06-30`, `02-last`; months past 12 lie in the next year.

    Raises ValueError where it names no month.
    """
    if spec.month is None or spec.day is None:
        raise ValueError("a day of a year has a month and a day, such as 06-30")
    month = months_from(year, spec.month).first
    return day_of_month(month.year, month.month, spec.day)
