"""Working days: which days are worked, counted and stepped over. Source: SEMANTICS, section 2.

The calendar file's own year lines decide first, the published tables (chinesecalendar) next; past
the last published year only weekends are days off, and `is_published` says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache

from engine.calendar.days import Days
from rules.calendar import CalendarFile

SATURDAY = 5


class Workdays:
    """The working days of one office, worked out year by year when they are asked for."""

    def __init__(self, calendar: CalendarFile) -> None:
        self._lines = calendar.workdays
        self._years: dict[int, tuple[int, ...]] = {}
        self._sets: dict[int, frozenset[int]] = {}

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked."""
        worked = self._sets.get(day.year)
        if worked is None:
            worked = self._sets[day.year] = frozenset(self._of_year(day.year))
        return day.toordinal() in worked

    def is_published(self, day: date) -> bool:
        """Whether the days off of its year are known; where not, `holiday_table_missing`."""
        return self.has_year(day.year)

    def has_year(self, year: int) -> bool:
        """Whether the calendar file or the published tables have that year."""
        return year in self._lines or published_workdays(year) is not None

    def next_workday(self, day: date) -> date:
        """`day` itself if worked, otherwise the first working day after it."""
        return self._at_or_after(day)

    def previous_workday(self, day: date) -> date:
        """`day` itself if worked, otherwise the last working day before it."""
        return self._at_or_before(day)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it, where n < 0); `day` itself for 0.

        Counting begins with the first working day after (before) `day`, whether `day` is worked
        or not. Stops at the last (first) day that a date can say.
        """
        at = day.toordinal()
        year = day.year
        left = abs(n)
        if n > 0:
            while year <= date.max.year:
                worked = self._of_year(year)
                begin = bisect_right(worked, at)
                if len(worked) - begin >= left:
                    return date.fromordinal(worked[begin + left - 1])
                left -= len(worked) - begin
                year += 1
            return date.max
        if n < 0:
            while year >= date.min.year:
                worked = self._of_year(year)
                end = bisect_left(worked, at)
                if end >= left:
                    return date.fromordinal(worked[end - left])
                left -= end
                year -= 1
            return date.min
        return day

    def count(self, first: date, last: date) -> int:
        """How many working days lie between `first` and `last`, both ends in."""
        total = 0
        for year in range(first.year, last.year + 1):
            worked = self._of_year(year)
            begin = bisect_left(worked, first.toordinal()) if year == first.year else 0
            end = bisect_right(worked, last.toordinal()) if year == last.year else len(worked)
            total += max(0, end - begin)
        return total

    def any_between(self, first: date, last: date) -> bool:
        """Whether a working day lies between `first` and `last`, both ends in."""
        if last < first:
            return False
        found = self._at_or_after(first)
        return first <= found <= last and self.is_workday(found)

    def any_in(self, days: Days) -> bool:
        """Whether `days` has a working day."""
        return any(self.any_between(run.first, run.last) for run in days.intervals())

    def workdays(self, first: date, last: date) -> Days:
        """The working days between `first` and `last`, both ends in."""
        found: list[date] = []
        for year in range(first.year, last.year + 1):
            worked = self._of_year(year)
            begin = bisect_left(worked, first.toordinal())
            end = bisect_right(worked, last.toordinal())
            found.extend(date.fromordinal(at) for at in worked[begin:end])
        return Days.from_dates(found)

    def days_off(self, first: date, last: date) -> Days:
        """The days that are not worked between `first` and `last`, both ends in."""
        return Days.of(first, last) - self.workdays(first, last)

    def _at_or_after(self, day: date) -> date:
        return day if self.is_workday(day) else self.add(day, 1)

    def _at_or_before(self, day: date) -> date:
        return day if self.is_workday(day) else self.add(day, -1)

    def _of_year(self, year: int) -> tuple[int, ...]:
        """The working days of `year`, sorted, as ordinals."""
        found = self._years.get(year)
        if found is None:
            line = self._lines.get(year)
            if line is not None:
                found = tuple(
                    sorted((set(weekdays(year)) - _ordinals(line.off)) | _ordinals(line.on))
                )
            else:
                published = published_workdays(year)
                found = weekdays(year) if published is None else published
            self._years[year] = found
        return found


@cache
def weekdays(year: int) -> tuple[int, ...]:
    """Mondays to Fridays of `year`, as ordinals."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    # ordinal 1 is a Monday
    return tuple(at for at in range(first, last + 1) if (at - 1) % 7 < SATURDAY)


@cache
def published_workdays(year: int) -> tuple[int, ...] | None:
    """The working days of `year` by the published tables, as ordinals; None: not published."""
    import chinese_calendar  # slow to import, and many commands never ask

    try:
        found = chinese_calendar.get_workdays(date(year, 1, 1), date(year, 12, 31))
    except NotImplementedError:
        return None
    return tuple(day.toordinal() for day in found)


@cache
def published_holidays(year: int) -> dict[date, str]:
    """The named days off of `year` by the published tables, with the tables' own English names.

    Weekends next to a holiday are mostly not named. Empty where the year is not published.
    """
    import chinese_calendar

    if published_workdays(year) is None:
        return {}
    found: dict[date, str] = {}
    day = date(year, 1, 1)
    while day.year == year:
        is_off, name = chinese_calendar.get_holiday_detail(day)
        if is_off and name:
            found[day] = name
        day += timedelta(days=1)
    return found


def _ordinals(days: tuple[date, ...]) -> set[int]:
    return {day.toordinal() for day in days}
