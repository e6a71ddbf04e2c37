"""The days of named windows and school terms, read from the calendar file year by year; what is not
fixed there by days (lunar days, solar terms, published holidays) is asked of the calendar.
"""

from __future__ import annotations

from datetime import date, timedelta

from engine.calendar.windows import WindowCalendar
from rules.calendar import CalendarFile, WindowLine
from rules.frequency import DayOfPeriod
from tests.reference.branches import Reading

Run = tuple[date, date]

YEARS = range(2020, 2031)
"""The years of the random worlds, with some on either side."""

SIDES = ("前后", "前")


class NamedWindows:
    """The windows of one calendar file."""

    def __init__(self, calendar: CalendarFile, known: WindowCalendar, reads: Reading) -> None:
        self.calendar, self.known, self.reads = calendar, known, reads

    def parts(self, name: str) -> list[str]:
        """The windows for which a name stands, each once: 小长假 for several, most for itself."""
        lines, side = self._named(name)
        several = [part for line in lines for part in line.each_of]
        if not several or not self.reads("each_of_them"):
            return [name]
        return list(dict.fromkeys(one for part in several for one in self.parts(part + side)))

    def days_of(self, name: str, year: int, units: list[str]) -> Run | None:
        """First and last day of one window in a year, for a unit and those above it."""
        lines, side = self._named(name)
        found = self._line(lines, year, units)
        if found is None:
            return None
        line, (first, last) = found
        if side == "前" and self.reads("lead"):
            return first - timedelta(days=line.lead_days), first - timedelta(days=1)
        if side == "前后" and self.reads("lead_and_trail"):
            wide = timedelta(days=line.lead_days)
            return first - wide, last + wide
        return first, last

    def run_of(self, lines: tuple[WindowLine, ...], year: int, units: list[str]) -> Run | None:
        """First and last day that some lines of the calendar give in a year."""
        found = self._line(lines, year, units)
        return found[1] if found else None

    def _named(self, name: str) -> tuple[tuple[WindowLine, ...], str]:
        """The lines that say the name, and what of it they leave over: 前 or 前后."""
        own = self.calendar.windows.get(name)
        side = next((side for side in SIDES if name.endswith(side)), "")
        base = self.calendar.windows.get(name.removesuffix(side)) if side else None
        if own is not None and (base is None or self.reads("own_line")):
            return own, ""
        return base or (), side

    def _line(
        self, lines: tuple[WindowLine, ...], year: int, units: list[str]
    ) -> tuple[WindowLine, Run] | None:
        """The nearest unit's line that has days in the year, the last of them, else everybody's."""
        for unit in (*units, None):
            for line in reversed(lines):
                if line.unit != unit or (unit and not self.reads("regional")):
                    continue
                run = self._run(line, year)
                if run is not None:
                    return line, run
        return None

    def _run(self, line: WindowLine, year: int) -> Run | None:
        if year in line.years:
            given = line.years[year]
            return given.first, given.last
        if line.from_ is not None and line.to is not None:
            first, last = _day(line.from_, year), _day(line.to, year)
            # it belongs to the year in which it starts
            return first, last if last >= first else _day(line.to, year + 1)
        if not (line.holiday or line.lunar or line.solar_term):
            return None
        name = next(n for n, lines in self.calendar.windows.items() if line in lines)
        found = self.known.days_of(name, year)
        return (found.first, found.last) if found else None


def _day(spec: DayOfPeriod, year: int) -> date:
    assert spec.month is not None
    if spec.day == "last":
        following = date(year + spec.month // 12, spec.month % 12 + 1, 1)
        return following - timedelta(days=1)
    assert spec.day is not None
    return date(year, spec.month, spec.day)


def school_runs(
    named: NamedWindows, word: str, year: int, units: list[str]
) -> list[tuple[str, Run]]:
    """The school terms (or the `school_year`) that start in a year, with their labels."""
    calendar = named.calendar
    lines = {"学年": calendar.school_year} if word == "school_year" else calendar.school_terms
    if word not in ("school_year", "school_term"):
        return []
    found = [(f"{year}/{name}", named.run_of(one, year, units)) for name, one in lines.items()]
    return [(label, run) for label, run in found if run is not None]
