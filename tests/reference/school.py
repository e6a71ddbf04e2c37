"""School terms and school years, as the calendar file gives them year by year."""

from __future__ import annotations

from tests.reference.windows import NamedWindows, Run

YEARS = range(2020, 2031)
"""The years of the random worlds, with some on either side."""


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
