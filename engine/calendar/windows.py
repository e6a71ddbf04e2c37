"""Named windows of a year: 汛期, 国庆, 春节前, 小长假. Source: SEMANTICS, section 2.

A window without days for a year has None: what hangs on it is to be ruled. A window that a line
gives by days and that crosses New Year belongs to the year it starts in. The days off around a
statutory holiday belong to the year of the holiday itself (元旦 2024 is 2023-12-30..2024-01-01):
otherwise 2022 would have two of them and 2024 none. `X前` and `X后` go with the year of X.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from engine.calendar.limits import add_days
from engine.calendar.periods import ONE_DAY, Named, Period, day_in_year
from engine.calendar.workdays import Workdays, published_holidays
from rules.calendar import CalendarFile, WindowLine
from rules.frequency import DayOfPeriod

SCHOOL_YEAR = "学年"
"""The name of the school year in a label: `2024/学年`."""

SIDES = ("前后", "前", "后")
"""What may follow a window's name; the longest is tried first."""

HOLIDAYS: dict[str, tuple[str, str]] = {
    "元旦": ("New Year's Day", "01-01"),
    "春节": ("Spring Festival", "lunar 01-01"),
    "清明": ("Tomb-sweeping Day", "清明"),
    "劳动": ("Labour Day", "05-01"),
    "端午": ("Dragon Boat Festival", "lunar 05-05"),
    "中秋": ("Mid-autumn Festival", "lunar 08-15"),
    "国庆": ("National Day", "10-01"),
}
"""Statutory holidays: the name that the published tables use, and the day itself."""

_OTHER_NAMES = {"五一": "劳动", "十一": "国庆"}

_NEAR_DAYS = 20
"""No break lies further than this from its holiday; the next break of that name is a year away."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years in which lunar days are asked for."""


class WindowCalendar:
    """The days of every named window, year by year, for any unit."""

    def __init__(self, calendar: CalendarFile, workdays: Workdays) -> None:
        self._calendar = calendar
        self._workdays = workdays
        self._known: dict[tuple[str, int, tuple[str, ...]], Period | None] = {}

    def has(self, name: str) -> bool:
        """Whether the calendar says anything about `name` (or about X, for X前, X后, X前后)."""
        return name in self._calendar.windows or self._base_of(name) is not None

    @cached_property
    def units(self) -> frozenset[str]:
        """The units that any line of the calendar is for: below them days may be other ones."""
        calendar = self._calendar
        tables = (*calendar.windows.values(), *calendar.school_terms.values(), calendar.school_year)
        return frozenset(line.unit for lines in tables for line in lines if line.unit is not None)

    def members_of(self, name: str) -> tuple[str, ...]:
        """The windows that `name` stands for: the parts of 小长假, otherwise itself.

        小长假前 stands for 元旦前, 清明前 …, unless the calendar has a line of that name.
        """
        return tuple(dict.fromkeys(self._members(name, ())))

    def days_of(self, name: str, year: int, units: Sequence[str] = ()) -> Period | None:
        """The days of that window in `year`; None: it has none, or stands for several windows.

        `units` are the holder's unit and those above it, nearest first: a line for the nearest
        unit wins, then the lines without a unit; of several, the one written last.
        """
        key = (name, year, tuple(units))
        if key not in self._known:
            self._known[key] = self._find(name, year, key[2])
        return self._known[key]

    def terms(self, year: int, units: Sequence[str] = ()) -> list[tuple[str, Period]]:
        """The school terms that start in `year`, with their names, by first day."""
        found: list[tuple[str, Period]] = []
        for name, lines in self._calendar.school_terms.items():
            chosen = self._chosen(lines, year, tuple(units))
            if chosen is not None:
                found.append((name, chosen[1]))
        return sorted(found, key=lambda term: (term[1], term[0]))

    def school_year(self, year: int, units: Sequence[str] = ()) -> Period | None:
        """The school year that starts in `year`; None where the calendar has none."""
        chosen = self._chosen(self._calendar.school_year, year, tuple(units))
        return None if chosen is None else chosen[1]

    def school_periods(self, word: str, year: int, units: Sequence[str] = ()) -> list[Named]:
        """The terms (or the `school_year`) that start in `year`, with labels, by first day."""
        named = self.terms(year, units)
        if word == "school_year":
            whole = self.school_year(year, units)
            named = [(SCHOOL_YEAR, whole)] if whole else []
        return [(f"{year}/{name}", period) for name, period in named]

    def _find(self, name: str, year: int, units: tuple[str, ...]) -> Period | None:
        if not date.min.year < year < date.max.year - 1:
            return None
        lines = self._calendar.windows.get(name)
        if lines is not None:
            chosen = self._chosen(lines, year, units)
            return None if chosen is None else chosen[1]
        base = self._base_of(name)
        if base is None:
            return None
        chosen = self._chosen(self._calendar.windows[base], year, units)
        if chosen is None:
            return None
        line, period = chosen
        return _beside(period, name.removeprefix(base), line.lead_days)

    def _base_of(self, name: str) -> str | None:
        """The window beside which `name` lies: 国庆 for 国庆前."""
        for side in SIDES:
            base = name.removesuffix(side)
            if base != name and base in self._calendar.windows:
                return base
        return None

    def _members(self, name: str, above: tuple[str, ...]) -> Iterable[str]:
        if name in above:
            return
        base = name if name in self._calendar.windows else self._base_of(name)
        parts = [
            part for line in self._calendar.windows.get(base or "", ()) for part in line.each_of
        ]
        if not parts or base is None:
            yield name
            return
        side = name.removeprefix(base)
        for part in parts:
            yield from self._members(f"{part}{side}", (*above, name))

    def _chosen(
        self, lines: Sequence[WindowLine], year: int, units: tuple[str, ...]
    ) -> tuple[WindowLine, Period] | None:
        """The line that holds for the nearest unit and has days in `year`, and those days."""
        for unit in (*units, None):
            for line in reversed(lines):
                if line.unit == unit:
                    period = self._days_of_line(line, year)
                    if period is not None:
                        return line, period
        return None

    def _days_of_line(self, line: WindowLine, year: int) -> Period | None:
        given = line.years.get(year)
        if given is not None:
            return Period(given.first, given.last) if given.first <= given.last else None
        if line.from_ is not None and line.to is not None:
            return _yearly(line.from_, line.to, year)
        if line.holiday is not None:
            return self._break_around(line.holiday, year)
        first = None
        if line.lunar is not None:
            first = lunar_day(line.lunar, year)
        elif line.solar_term is not None:
            first = solar_term_day(line.solar_term, year)
        return None if first is None else Period(first, add_days(first, line.days - 1))

    def _break_around(self, holiday: str, year: int) -> Period | None:
        """The published days off around a statutory holiday; None where they are not published.

        With two holidays in one break each has the days that the tables give its name, joined to
        the weekend beside them where no other holiday claims it. Where the calendar file's own
        working days differ from the tables, the whole run of days off around the holiday.
        """
        names = HOLIDAYS.get(plain_holiday(holiday))
        if names is None or not self._workdays.has_year(year):
            return None
        english, when = names
        day = statutory_day(when, year)
        if day is None:
            return None
        # the tables name the last days of a year after the next year's 元旦
        tables = {
            on: name
            for on, name in published_holidays(year).items()
            if abs((on - day).days) <= _NEAR_DAYS
        }
        own = [on for on, name in tables.items() if name == english]
        if not own or any(self._workdays.is_workday(on) for on in own):
            # another holiday's name covers it (2020-10-01), or the office knows better
            return self._run_around(day, day, claimed=frozenset())
        others = frozenset(on for on, name in tables.items() if name != english)
        return self._run_around(min(own), max(own), claimed=others)

    def _run_around(self, first: date, last: date, claimed: frozenset[date]) -> Period:
        """`first`..`last` and the unclaimed days off that touch them."""

        def is_free(day: date) -> bool:
            return day not in claimed and not self._workdays.is_workday(day)

        while is_free(first - ONE_DAY):
            first -= ONE_DAY
        while is_free(last + ONE_DAY):
            last += ONE_DAY
        return Period(first, last)


def plain_holiday(name: str) -> str:
    """The key of HOLIDAYS that a holiday's name means: 劳动 for 劳动节 or 五一."""
    short = name.removesuffix("节") if name != "春节" else name
    return _OTHER_NAMES.get(short, short)


def statutory_day(when: str, year: int) -> date | None:
    """The holiday's own day in `year`, from the second half of a line of HOLIDAYS."""
    if when.startswith("lunar "):
        return lunar_day(when.removeprefix("lunar "), year)
    if when[0].isdigit():
        return date(year, int(when[:2]), int(when[3:]))
    return solar_term_day(when, year)


@lru_cache(maxsize=2048)
def lunar_day(text: str, year: int) -> date | None:
    """The day of the lunar calendar `MM-DD` that falls in `year`; None: none does.

    The 30th of a month of 29 days is its last day, so 12-30 is 除夕 in every year.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    month, day = int(text[:2]), int(text[3:])
    for lunar_year in (year - 1, year):
        within = _lunar_year(lunar_year).getMonth(month)
        if within is None or day < 1:
            return None
        first = _day_of(within.getFirstJulianDay())
        found = add_days(first, min(day, within.getDayCount()) - 1)
        if found.year == year:
            return found
    return None


@lru_cache(maxsize=2048)
def solar_term_day(term: str, year: int) -> date | None:
    """The day of a solar term (清明) in `year`; None for a word that is none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    from lunar_python import Lunar

    if term not in Lunar.JIE_QI_IN_USE:
        return None
    at = Lunar.JIE_QI_IN_USE.index(term)
    for lunar_year in (year, year + 1):
        # the table of a year begins with the 冬至 of the year before
        found = _day_of(_lunar_year(lunar_year).getJieQiJulianDays()[at])
        if found.year == year:
            return found
    return None


@cache
def _lunar_year(year: int) -> Any:
    """A year of the lunar calendar: slow to work out, and many windows ask for it."""
    from lunar_python import LunarYear  # slow to import, and many commands never ask

    return LunarYear.fromYear(year)


def _day_of(julian_day: float) -> date:
    from lunar_python import Solar

    solar = Solar.fromJulianDay(julian_day)
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _yearly(first: DayOfPeriod, last: DayOfPeriod, year: int) -> Period | None:
    """`from` and `to` in the year that the stretch starts in; `to` may lie in the next."""
    if first.month is None or last.month is None:
        return None
    begin, end = day_in_year(first, year), day_in_year(last, year)
    return Period(begin, end if begin <= end else day_in_year(last, year + 1))


def _beside(period: Period, side: str, lead_days: int) -> Period:
    """The `lead_days` before (前), after (后) or around (前后) a window."""
    before = add_days(period.first, -lead_days)
    after = add_days(period.last, lead_days)
    if side == "前":
        return Period(before, period.first - ONE_DAY)
    if side == "后":
        return Period(period.last + ONE_DAY, after)
    return Period(before, after)
