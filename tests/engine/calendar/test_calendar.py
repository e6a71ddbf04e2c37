"""Sets of days and periods: tables of dates, and laws as properties."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar.cutting import period_around, periods_of
from engine.calendar.days import Days
from engine.calendar.periods import Period, day_in_period, day_in_year
from engine.calendar.workdays import Workdays
from rules.calendar import CalendarFile
from rules.frequency import DayOfPeriod
from rules.period_kinds import PERIOD_KINDS
from tests.helpers.sentences import sentence

UNBROKEN = [kind.word for kind in PERIOD_KINDS if kind.by_calendar and not kind.worked]
"""The kinds whose periods leave no gap."""


def on(text: str) -> date:
    return date.fromisoformat(text)


def run(text: str) -> Period:
    first, _, last = text.partition("..")
    return Period(on(first), on(last or first))


def spec(value: Any) -> DayOfPeriod:
    return DayOfPeriod.model_validate(value)


PUBLISHED = Workdays(CalendarFile())


ZERO = date(2024, 2, 20).toordinal()
small_runs = st.lists(
    st.tuples(st.integers(0, 40), st.integers(-2, 12)).map(lambda run: (run[0], run[0] + run[1])),
    max_size=5,
)


def as_days(runs: list[tuple[int, int]]) -> tuple[Days, set[int]]:
    """The runs as Days, and as a plain set of numbers."""
    periods = [
        Period(date.fromordinal(ZERO + low), date.fromordinal(ZERO + high)) for low, high in runs
    ]
    return Days.from_periods(periods), {at for low, high in runs for at in range(low, high + 1)}


def numbers(days: Days) -> set[int]:
    return {day.toordinal() - ZERO for day in days}


@given(small_runs, small_runs)
def test_days_join_meet_and_subtract_as_sets_do(
    one: list[tuple[int, int]], two: list[tuple[int, int]]
) -> None:
    a, plain_a = as_days(one)
    b, plain_b = as_days(two)
    assert numbers(a & b) == plain_a & plain_b
    assert numbers(a | b) == plain_a | plain_b
    assert numbers(a - b) == plain_a - plain_b
    assert (a <= b) == (plain_a <= plain_b)
    # equal sets are equal values, however they came about
    assert (a - b) | (a & b) == a
    assert len(a) == len(plain_a)
    assert bool(a) == bool(plain_a)


@given(small_runs, st.integers(-3, 60), st.integers(-3, 60))
def test_days_are_counted_and_found_as_in_a_set(
    runs: list[tuple[int, int]], low: int, high: int
) -> None:
    days, plain = as_days(runs)
    first, last = date.fromordinal(ZERO + low), date.fromordinal(ZERO + high)
    assert (first in days) == (low in plain)
    assert numbers(days.within(first, last)) == {at for at in plain if low <= at <= high}
    assert len(days.within(first, last)) == len([at for at in plain if low <= at <= high])
    assert days.first == (date.fromordinal(ZERO + min(plain)) if plain else None)
    assert days.last == (date.fromordinal(ZERO + max(plain)) if plain else None)
    assert all(
        (later.first - earlier.last).days > 1 for earlier, later in pairwise(days.intervals())
    )


def test_days_with_open_ends_reach_as_far_as_dates_do() -> None:
    since = Days.of(on("2024-06-01"), None)
    assert date.max in since
    assert on("2024-05-31") not in since
    assert Days.of(None, None) == Days.all()
    assert Days.all() - since == Days.of(None, on("2024-05-31"))
    assert since & Days.all() == since
    assert Days.all() & since == since


def test_days_that_end_before_they_begin_are_none() -> None:
    assert Days.of(on("2024-06-02"), on("2024-06-01")) == Days.none()
    assert not Days.none()
    assert Days.none().first is None
    assert Days.none().intervals() == []


def test_days_say_themselves() -> None:
    days = Days.from_dates([on("2024-06-03"), on("2024-06-01"), on("2024-06-02")])
    assert str(days) == "2024-06-01..2024-06-03"
    assert str(Days.none()) == "-"


@sentence(
    ("the stretch one requirement covers: `2024`, `2024-H1`, `2024-Q2`, `2024-06`, `2024-W23`"),
)
@pytest.mark.parametrize(
    ("kind", "day", "label", "days"),
    [
        ("day", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("workday", "2024-02-04", "2024-02-04", "2024-02-04"),
        ("week", "2024-06-09", "2024-W23", "2024-06-03..2024-06-09"),
        ("week", "2020-12-31", "2020-W53", "2020-12-28..2021-01-03"),
        ("week", "2021-01-03", "2020-W53", "2020-12-28..2021-01-03"),
        ("week", "2024-12-30", "2025-W01", "2024-12-30..2025-01-05"),
        ("ten_days", "2024-06-10", "2024-06-X1", "2024-06-01..2024-06-10"),
        ("ten_days", "2024-06-11", "2024-06-X2", "2024-06-11..2024-06-20"),
        ("ten_days", "2024-02-29", "2024-02-X3", "2024-02-21..2024-02-29"),
        ("ten_days", "2024-07-31", "2024-07-X3", "2024-07-21..2024-07-31"),
        ("half_month", "2024-06-15", "2024-06-A", "2024-06-01..2024-06-15"),
        ("half_month", "2024-06-16", "2024-06-B", "2024-06-16..2024-06-30"),
        ("half_month", "2023-02-28", "2023-02-B", "2023-02-16..2023-02-28"),
        ("month", "2024-02-29", "2024-02", "2024-02-01..2024-02-29"),
        ("month", "2024-12-31", "2024-12", "2024-12-01..2024-12-31"),
        ("quarter", "2024-06-30", "2024-Q2", "2024-04-01..2024-06-30"),
        ("quarter", "2024-10-01", "2024-Q4", "2024-10-01..2024-12-31"),
        ("half_year", "2024-06-30", "2024-H1", "2024-01-01..2024-06-30"),
        ("half_year", "2024-07-01", "2024-H2", "2024-07-01..2024-12-31"),
        ("year", "2024-12-31", "2024", "2024-01-01..2024-12-31"),
        ("2 months", "2024-02-29", "2024-01..2024-02", "2024-01-01..2024-02-29"),
        ("2 months", "2024-12-01", "2024-11..2024-12", "2024-11-01..2024-12-31"),
        ("4 months", "2024-05-01", "2024-05..2024-08", "2024-05-01..2024-08-31"),
        ("3 years", "2026-12-31", "2024..2026", "2024-01-01..2026-12-31"),
        ("3 years", "2027-01-01", "2027..2029", "2027-01-01..2029-12-31"),
    ],
)
def test_a_day_lies_in_the_period_that_its_label_names(
    kind: str, day: str, label: str, days: str
) -> None:
    assert period_around(kind, on(day), since=2024) == (label, run(days))


@sentence(
    "n years (whole calendar years from a stated year)",
)
def test_years_before_the_stated_one_have_no_period_of_years() -> None:
    assert period_around("3 years", on("2023-12-31"), since=2024) is None
    found = [
        label for label, _ in periods_of("3 years", on("2022-05-01"), on("2027-01-01"), since=2024)
    ]
    assert found == ["2024..2026", "2027..2029"]
    assert list(periods_of("3 years", on("2020-01-01"), on("2023-12-31"), since=2024)) == []


def test_periods_that_the_calendar_does_not_decide_are_refused() -> None:
    with pytest.raises(ValueError, match="'school_term' is not a period"):
        list(periods_of("school_term", on("2024-01-01"), on("2024-12-31")))
    with pytest.raises(ValueError, match="needs the year"):
        list(periods_of("3 years", on("2024-01-01"), on("2024-12-31")))
    with pytest.raises(ValueError, match="needs the working days"):
        list(periods_of("workday", on("2024-01-01"), on("2024-12-31")))


def test_periods_that_only_touch_the_stretch_are_among_them() -> None:
    found = [label for label, _ in periods_of("month", on("2023-12-31"), on("2024-02-01"))]
    assert found == ["2023-12", "2024-01", "2024-02"]
    assert list(periods_of("month", on("2024-02-01"), on("2024-01-31"))) == []


def test_periods_end_with_the_last_day_that_a_date_can_say() -> None:
    for kind in UNBROKEN:
        found = list(periods_of(kind, date(9999, 12, 30), date.max))
        assert date.max in found[-1][1], kind


def test_periods_of_working_days_include_make_up_days_and_leave_out_holidays() -> None:
    found = [
        label
        for label, _ in periods_of(
            "workday", on("2024-02-03"), on("2024-02-19"), workdays=PUBLISHED
        )
    ]
    assert found == [
        "2024-02-04",
        "2024-02-05",
        "2024-02-06",
        "2024-02-07",
        "2024-02-08",
        "2024-02-09",
        "2024-02-18",
        "2024-02-19",
    ]


@sentence(
    (
        "day, workday, week (ISO), ten days (1–10, 11–20, 21–end), half month (1–15, "
        "16–end), month, n months (n divides 12; from January), quarter, half-year, year"
    ),
)
@given(
    st.sampled_from([*UNBROKEN, "2 months", "6 months", "3 years"]),
    st.dates(date(2019, 1, 1), date(2030, 12, 31)),
    st.integers(0, 800),
)
def test_periods_leave_no_gap_and_never_overlap(kind: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    named = list(periods_of(kind, first, last, since=2018))
    periods = [period for _, period in named]
    assert first in periods[0]
    assert last in periods[-1]
    assert all(
        later.first - earlier.last == timedelta(days=1) for earlier, later in pairwise(periods)
    )
    assert len({label for label, _ in named}) == len(named)


@sentence(
    "底 is the last day of the month or year, 初 days 1–10, 上半年 06-30",
)
@pytest.mark.parametrize(
    ("day", "period", "found"),
    [
        (20, "2024-06-01..2024-06-30", "2024-06-20"),
        (31, "2024-06-01..2024-06-30", "2024-06-30"),
        (31, "2024-02-01..2024-02-29", "2024-02-29"),
        ("last", "2024-02-01..2024-02-29", "2024-02-29"),
        ("last", "2024-01-01..2024-12-31", "2024-12-31"),
        ("06-30", "2024-01-01..2024-12-31", "2024-06-30"),
        ("02-30", "2023-01-01..2023-12-31", "2023-02-28"),
        ("12-last", "2024-01-01..2024-12-31", "2024-12-31"),
        ({"month": 1, "day": 10}, "2024-04-01..2024-06-30", "2024-04-10"),
        ({"month": 3, "day": "last"}, "2024-04-01..2024-06-30", "2024-06-30"),
        ({"month": 4, "day": 1}, "2024-04-01..2024-06-30", None),
        ({"month": 13, "day": 1}, "2024-01-01..2025-12-31", "2025-01-01"),
        ({"month": 2, "day": 5}, "2023-09-01..2024-01-20", "2023-10-05"),
        ("friday", "2024-06-03..2024-06-09", "2024-06-07"),
        ("monday", "2020-12-28..2021-01-03", "2020-12-28"),
        ("sunday", "2020-12-28..2021-01-03", "2021-01-03"),
        ("friday", "2024-06-01..2024-06-30", None),
        (2, "2024-12-30..2025-01-05", "2025-01-02"),
        (31, "2024-12-30..2025-01-05", "2024-12-31"),
        (5, "2024-06-11..2024-06-20", None),
        (15, "2024-06-11..2024-06-20", "2024-06-15"),
        (10, "2024-04-01..2024-06-30", None),
    ],
)
def test_day_in_period(day: Any, period: str, found: str | None) -> None:
    assert day_in_period(spec(day), run(period)) == (on(found) if found else None)


@pytest.mark.parametrize(
    ("day", "year", "found"),
    [
        ("06-30", 2024, "2024-06-30"),
        ("02-last", 2024, "2024-02-29"),
        ("02-last", 2023, "2023-02-28"),
        ({"month": 13, "day": 31}, 2024, "2025-01-31"),
    ],
)
def test_day_in_year(day: Any, year: int, found: str) -> None:
    assert day_in_year(spec(day), year) == on(found)


def test_a_day_of_a_year_without_a_month_is_refused() -> None:
    with pytest.raises(ValueError, match="has a month and a day"):
        day_in_year(spec(20), 2024)
