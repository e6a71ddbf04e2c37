"""Which stretches of days requirements cover, and what those stretches are called.

Labels are those of SEMANTICS, section 1; `engine/labels.py` reads them back.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rules.frequency import WEEKDAYS, DayOfPeriod

if TYPE_CHECKING:
    from engine.workdays import Workdays


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


def months_from(year: int, month: int, n: int = 1) -> Period:
    """The `n` whole months that begin with `month` of `year`; `month` may run past 12."""
    first, end = year * 12 + month - 1, year * 12 + month - 2 + n
    year, month = end // 12, end % 12 + 1
    return Period(
        date(first // 12, first % 12 + 1, 1), date(year, month, monthrange(year, month)[1])
    )


def week_of(year: int, week: int) -> Period:
    """An ISO week, Monday to Sunday. Raises ValueError where the year has no such week."""
    monday = date.fromisocalendar(year, week, 1)
    return Period(monday, min(monday, date.max - 6 * ONE_DAY) + 6 * ONE_DAY)


def ten_days_of(year: int, month: int, number: int) -> Period:
    """The first (1-10), second (11-20) or third (21-end) ten days of a month."""
    last = monthrange(year, month)[1] if number == 3 else number * 10
    return Period(date(year, month, number * 10 - 9), date(year, month, last))


def half_month_of(year: int, month: int, half: str) -> Period:
    """The first half (`A`, 1-15) or the second (`B`, 16-end) of a month."""
    if half == "A":
        return Period(date(year, month, 1), date(year, month, 15))
    return Period(date(year, month, 16), date(year, month, monthrange(year, month)[1]))


def _month_name(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _day(day: date) -> Named:
    return f"{day}", Period(day, day)


def _week(day: date) -> Named:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}", week_of(year, week)


def _ten_days(day: date) -> Named:
    number = min((day.day - 1) // 10, 2) + 1
    return f"{_month_name(day)}-X{number}", ten_days_of(day.year, day.month, number)


def _half_month(day: date) -> Named:
    half = "A" if day.day <= 15 else "B"
    return f"{_month_name(day)}-{half}", half_month_of(day.year, day.month, half)


def _month(day: date) -> Named:
    return _month_name(day), months_from(day.year, day.month)


def _quarter(day: date) -> Named:
    number = (day.month - 1) // 3 + 1
    return f"{day.year:04}-Q{number}", months_from(day.year, number * 3 - 2, 3)


def _half_year(day: date) -> Named:
    number = (day.month - 1) // 6 + 1
    return f"{day.year:04}-H{number}", months_from(day.year, number * 6 - 5, 6)


def _year(day: date) -> Named:
    return f"{day.year:04}", months_from(day.year, 1, 12)


PERIODS: dict[str, Callable[[date], Named]] = {
    "day": _day,
    "workday": _day,
    "week": _week,
    "ten_days": _ten_days,
    "half_month": _half_month,
    "month": _month,
    "quarter": _quarter,
    "half_year": _half_year,
    "year": _year,
}
"""The periods that the calendar alone decides: the one around a day, with its label.

School terms, school years, terms of office and campaigns need more than a calendar."""

_SEVERAL = re.compile(r"(\d+) (months|years)")


def period_around(kind: str, day: date, *, since: int | None = None) -> Named | None:
    """The period of that kind in which `day` lies. None before the year `since` of `N years`.

    A `workday` is the day itself, worked or not. Raises ValueError for a kind that the calendar
    alone does not decide, and for `N years` without `since`.
    """
    around = PERIODS.get(kind)
    if around is not None:
        return around(day)
    several = _SEVERAL.fullmatch(kind)
    if several is None:
        raise ValueError(f"'{kind}' is not a period that the calendar alone decides")
    n = int(several[1])
    if several[2] == "months":
        period = months_from(day.year, (day.month - 1) // n * n + 1, n)
        return f"{_month_name(period.first)}..{_month_name(period.last)}", period
    if since is None:
        raise ValueError(f"'{kind}' needs the year from which it is counted")
    if day.year < since:
        return None
    first = day.year - (day.year - since) % n
    last = min(first + n - 1, date.max.year)
    return f"{first:04}..{last:04}", Period(date(first, 1, 1), date(last, 12, 31))


def periods_of(
    kind: str,
    first: date,
    last: date,
    *,
    since: int | None = None,
    workdays: Workdays | None = None,
) -> Iterator[Named]:
    """The periods of that kind that share a day with `first`..`last`, in order, with labels.

    They leave no gap, but for `workday`, which gives the working days alone and needs `workdays`.
    `N years` begin with the year `since`. Raises ValueError as `period_around` does.
    """
    if kind == "workday":
        if workdays is None:
            raise ValueError("'workday' needs the working days")
        for day in workdays.workdays(first, last) if first <= last else ():
            yield _day(day)
        return
    day = first
    if since is not None and kind.endswith(" years") and first.year < since:
        day = date(since, 1, 1)
    while day <= last:
        named = period_around(kind, day, since=since)
        assert named is not None  # `day` is never before `since`
        yield named
        if named[1].last == date.max:
            return
        day = named[1].last + ONE_DAY


def day_in_period(spec: DayOfPeriod, period: Period) -> date | None:
    """The day of `period` that `spec` says; None where it has no such day.

    Months count from the period's first month; a day that a month lacks is its last one. Without
    a month, `last` is the period's last day, a number the day of a month (for periods of at most
    a month), and a weekday that of a week.
    """
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
            found = _in_month(edge.year, edge.month, spec.day)
            if found in period:
                return found
        return None
    at = period.first.year * 12 + period.first.month - 2 + spec.month
    if at // 12 > date.max.year:
        return None
    found = _in_month(at // 12, at % 12 + 1, spec.day)
    return found if found in period else None


def day_in_year(spec: DayOfPeriod, year: int) -> date:
    """The day of `year` that `spec` says: `06-30`, `02-last`; months past 12 lie in the next year.

    Raises ValueError where it names no month.
    """
    if spec.month is None or spec.day is None:
        raise ValueError("a day of a year has a month and a day, such as 06-30")
    return _in_month(year + (spec.month - 1) // 12, (spec.month - 1) % 12 + 1, spec.day)


def _in_month(year: int, month: int, day: int | str | None) -> date:
    length = monthrange(year, month)[1]
    return date(year, month, min(day, length) if isinstance(day, int) else length)
