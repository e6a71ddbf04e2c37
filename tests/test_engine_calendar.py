"""Days, periods, working days, named windows and limits: tables of dates, laws as properties."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.days import Days
from engine.limits import (
    Adjust,
    Limit,
    add_days,
    add_months,
    backward_limit,
    end_of_limit,
    move,
    start_of_limit,
)
from engine.periods import (
    PERIODS,
    Period,
    day_in_period,
    day_in_year,
    period_around,
    periods_of,
)
from engine.windows import WindowCalendar
from engine.workdays import Workdays
from rules.calendar import CalendarFile
from rules.frequency import DayOfPeriod, Until
from rules.model import Length


def on(text: str) -> date:
    return date.fromisoformat(text)


def run(text: str) -> Period:
    first, _, last = text.partition("..")
    return Period(on(first), on(last or first))


def calendar(**parts: Any) -> CalendarFile:
    return CalendarFile.model_validate(parts)


def spec(value: Any) -> DayOfPeriod:
    return DayOfPeriod.model_validate(value)


PUBLISHED = Workdays(calendar())

# --- days ---------------------------------------------------------------------------------------

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
    assert days.count_in(first, last) == len([at for at in plain if low <= at <= high])
    assert (first in days) == (low in plain)
    assert numbers(days.within(first, last)) == {at for at in plain if low <= at <= high}
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


# --- periods ------------------------------------------------------------------------------------


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
    for kind in PERIODS.keys() - {"workday"}:
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


@given(
    st.sampled_from([*sorted(PERIODS.keys() - {"workday"}), "2 months", "6 months", "3 years"]),
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


# --- working days -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2024-02-04", True),  # a Sunday made up for 春节
        ("2024-02-18", True),
        ("2024-02-09", True),  # 除夕 of 2024 was left to each office
        ("2024-02-12", False),
        ("2024-04-07", True),
        ("2024-06-10", False),
        ("2024-10-01", False),
        ("2024-10-08", True),
        ("2024-10-12", True),
        ("2026-02-28", True),
        ("2026-10-10", True),
        ("2099-01-01", True),  # no table, and a Thursday
        ("2099-01-03", False),
        ("2003-10-01", True),  # before the first table only weekends are known
    ],
)
def test_working_days_come_from_the_published_tables(day: str, worked: bool) -> None:
    assert PUBLISHED.is_workday(on(day)) is worked


def test_days_without_a_table_say_so() -> None:
    assert PUBLISHED.is_published(on("2024-12-31"))
    assert not PUBLISHED.is_published(on("2099-01-01"))
    assert not PUBLISHED.is_published(on("2003-12-31"))


def test_2026_has_248_working_days() -> None:
    assert PUBLISHED.count(on("2026-01-01"), on("2026-12-31")) == 248


def test_the_office_adds_a_year_and_overrides_one() -> None:
    own = Workdays(
        calendar(
            workdays={
                2024: {"off": ["2024-06-11"], "on": ["2024-06-15"]},
                2099: {"off": ["2099-01-01"], "on": ["2099-01-04"]},
            }
        )
    )
    assert not own.is_workday(on("2024-06-11"))
    assert own.is_workday(on("2024-06-15"))
    # its line is the whole of the year's days, so what it leaves out is an ordinary weekday
    assert own.is_workday(on("2024-06-10"))
    assert own.is_published(on("2099-05-05"))
    assert not own.is_workday(on("2099-01-01"))
    assert own.is_workday(on("2099-01-04"))
    assert not own.is_workday(on("2023-10-02"))


@pytest.mark.parametrize(
    ("day", "following", "before"),
    [
        ("2024-06-07", "2024-06-07", "2024-06-07"),
        ("2024-06-08", "2024-06-11", "2024-06-07"),
        ("2024-10-01", "2024-10-08", "2024-09-30"),
        ("2024-02-10", "2024-02-18", "2024-02-09"),
        ("2023-12-30", "2024-01-02", "2023-12-29"),
        ("2024-07-20", "2024-07-22", "2024-07-19"),
        ("2099-01-03", "2099-01-05", "2099-01-02"),
    ],
)
def test_the_nearest_working_days(day: str, following: str, before: str) -> None:
    assert PUBLISHED.next_workday(on(day)) == on(following)
    assert PUBLISHED.previous_workday(on(day)) == on(before)


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        ("2024-06-03", 0, "2024-06-03"),
        ("2024-06-08", 0, "2024-06-08"),
        ("2024-06-03", 1, "2024-06-04"),
        ("2024-06-07", 1, "2024-06-11"),  # over the weekend and 端午
        ("2024-06-08", 1, "2024-06-11"),  # counting begins with the first working day after
        ("2024-06-08", 5, "2024-06-17"),
        ("2024-02-02", 1, "2024-02-04"),  # a make-up Sunday counts
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-12-31", 1, "2025-01-02"),
        ("2024-06-11", -1, "2024-06-07"),
        ("2024-06-10", -1, "2024-06-07"),
        ("2024-10-08", -2, "2024-09-29"),
        ("2025-01-02", -3, "2024-12-27"),
        ("2098-12-31", 1, "2099-01-01"),
        ("9999-12-31", 1, "9999-12-31"),
        ("0001-01-01", -1, "0001-01-01"),
    ],
)
def test_working_days_are_counted_from_the_first_one_after(day: str, n: int, found: str) -> None:
    assert PUBLISHED.add(on(day), n) == on(found)


@given(st.dates(date(2022, 1, 1), date(2028, 12, 31)), st.integers(0, 120))
def test_working_days_and_days_off_make_up_every_stretch(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    worked = [d for d in Days.of(first, last) if PUBLISHED.is_workday(d)]
    assert list(PUBLISHED.workdays(first, last)) == worked
    assert PUBLISHED.count(first, last) == len(worked)
    assert PUBLISHED.any_between(first, last) == bool(worked)
    assert PUBLISHED.any_in(Days.of(first, last)) == bool(worked)
    assert PUBLISHED.days_off(first, last) == Days.of(first, last) - Days.from_dates(worked)
    for n, day in enumerate(worked, start=1):
        assert PUBLISHED.add(first - timedelta(days=1), n) == day
    for n, day in enumerate(reversed(worked), start=1):
        assert PUBLISHED.add(last + timedelta(days=1), -n) == day


def test_a_holiday_week_has_no_working_day_between() -> None:
    assert not PUBLISHED.any_between(on("2024-10-01"), on("2024-10-07"))
    assert PUBLISHED.any_between(on("2024-10-01"), on("2024-10-08"))
    assert not PUBLISHED.any_between(on("2024-10-08"), on("2024-10-01"))
    assert not PUBLISHED.any_in(Days.none())


# --- named windows ------------------------------------------------------------------------------

WINDOWS: dict[str, Any] = {
    "安全生产月": [{"from": "06-01", "to": "06-30"}],
    "岁末年初": [{"from": "12-01", "to": "01-31"}],
    "二月": [{"from": "02-01", "to": "02-last"}],
    "森林防火期": [{"from": "11-15", "to": "04-15"}],
    "汛期": [
        {"from": "05-01", "to": "09-30"},
        {"from": "04-01", "to": "10-31", "unit": "south"},
        {"from": "06-01", "to": "08-31", "unit": "town", "lead_days": 10},
        {"years": {2024: {"first": "2024-03-20", "last": "2024-11-05"}}, "unit": "coast"},
    ],
    "汛前": [{"from": "03-01", "to": "04-30"}],
    "两会": [
        {
            "from": "03-03",
            "to": "03-17",
            "years": {2020: {"first": "2020-05-21", "last": "2020-05-28"}},
        }
    ],
    "展会": [{"years": {2024: {"first": "2024-09-10", "last": "2024-09-12"}}}],
    "元宵": [{"lunar": "01-15"}],
    "除夕": [{"lunar": "12-30"}],
    "腊八": [{"lunar": "12-08"}],
    "清明当日": [{"solar_term": "清明", "days": 2}],
    "冬至": [{"solar_term": "冬至"}],
    "元旦": [{"holiday": "元旦"}],
    "春节": [{"holiday": "春节"}],
    "清明": [{"holiday": "清明节"}],
    "五一": [{"holiday": "五一"}],
    "端午": [{"holiday": "端午"}],
    "中秋": [{"holiday": "中秋"}],
    "国庆": [{"holiday": "国庆"}],
    "小长假": [{"each_of": ["清明", "端午"]}],
    "重要节点": [{"each_of": ["小长假", "国庆", "重要节点"]}],
    "小长假后": [{"from": "05-08", "to": "05-09"}],
}
CALENDAR = calendar(windows=WINDOWS)
KNOWN = WindowCalendar(CALENDAR, Workdays(CALENDAR))


@pytest.mark.parametrize(
    ("name", "year", "days"),
    [
        ("安全生产月", 2024, "2024-06-01..2024-06-30"),
        ("安全生产月", 2099, "2099-06-01..2099-06-30"),
        ("二月", 2024, "2024-02-01..2024-02-29"),
        ("二月", 2023, "2023-02-01..2023-02-28"),
        # crossing New Year: the year it starts in
        ("岁末年初", 2024, "2024-12-01..2025-01-31"),
        ("森林防火期", 2023, "2023-11-15..2024-04-15"),
        ("两会", 2024, "2024-03-03..2024-03-17"),
        ("两会", 2020, "2020-05-21..2020-05-28"),
        ("展会", 2024, "2024-09-10..2024-09-12"),
        ("展会", 2025, None),
        ("元宵", 2024, "2024-02-24"),
        ("除夕", 2024, "2024-02-09"),
        ("除夕", 2025, "2025-01-28"),  # the 29th of a short month
        ("腊八", 2022, "2022-01-10"),
        ("清明当日", 2024, "2024-04-04..2024-04-05"),
        ("冬至", 2024, "2024-12-21"),
        ("国庆", 2024, "2024-10-01..2024-10-07"),
        ("春节", 2024, "2024-02-10..2024-02-17"),
        ("春节", 2026, "2026-02-15..2026-02-23"),
        ("五一", 2024, "2024-05-01..2024-05-05"),
        ("清明", 2023, "2023-04-05"),
        ("端午", 2024, "2024-06-08..2024-06-10"),  # with the weekend beside it
        # two holidays in one break
        ("中秋", 2023, "2023-09-29"),
        ("国庆", 2023, "2023-09-30..2023-10-06"),
        ("中秋", 2025, "2025-10-06"),
        ("国庆", 2025, "2025-10-01..2025-10-08"),
        ("中秋", 2020, "2020-10-01..2020-10-08"),  # the tables call all of it 国庆
        # around New Year: the year of the holiday itself
        ("元旦", 2024, "2023-12-30..2024-01-01"),
        ("元旦", 2023, "2022-12-31..2023-01-02"),
        ("元旦", 2022, "2022-01-01..2022-01-03"),
        ("国庆", 2099, None),
        ("元旦", 2003, None),
        ("小长假", 2024, None),
        ("没有的", 2024, None),
    ],
)
def test_a_window_has_its_days_in_each_year(name: str, year: int, days: str | None) -> None:
    assert KNOWN.days_of(name, year) == (run(days) if days else None)


@pytest.mark.parametrize(
    ("name", "units", "days"),
    [
        ("汛期", (), "2024-05-01..2024-09-30"),
        ("汛期", ("elsewhere",), "2024-05-01..2024-09-30"),
        ("汛期", ("village", "south"), "2024-04-01..2024-10-31"),
        ("汛期", ("village", "town", "south"), "2024-06-01..2024-08-31"),
        ("汛期", ("coast", "south"), "2024-03-20..2024-11-05"),
        ("汛期前", ("town", "south"), "2024-05-22..2024-05-31"),
        ("汛期前", (), "2024-04-16..2024-04-30"),
    ],
)
def test_the_line_of_the_nearest_unit_wins(name: str, units: tuple[str, ...], days: str) -> None:
    assert KNOWN.days_of(name, 2024, units) == run(days)


def test_a_unit_without_days_for_a_year_takes_those_of_the_unit_above() -> None:
    assert KNOWN.days_of("汛期", 2025, ("coast", "south")) == run("2025-04-01..2025-10-31")


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("国庆前", "2024-09-16..2024-09-30"),
        ("国庆后", "2024-10-08..2024-10-22"),
        ("国庆前后", "2024-09-16..2024-10-22"),
        ("春节前", "2024-01-26..2024-02-09"),
        ("元旦前", "2023-12-15..2023-12-29"),
        ("汛前", "2024-03-01..2024-04-30"),  # a line of that very name
        ("小长假后", "2024-05-08..2024-05-09"),
        ("没有的前", None),
    ],
)
def test_the_days_before_and_after_a_window(name: str, days: str | None) -> None:
    assert KNOWN.days_of(name, 2024) == (run(days) if days else None)


def test_before_a_window_without_days_there_are_none() -> None:
    assert KNOWN.days_of("国庆前", 2099) is None


def test_the_lead_days_are_those_of_the_line() -> None:
    file = calendar(windows={"国庆": [{"holiday": "国庆", "lead_days": 3}]})
    found = WindowCalendar(file, Workdays(file)).days_of("国庆前后", 2024)
    assert found == run("2024-09-28..2024-10-10")


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("国庆", ("国庆",)),
        ("小长假", ("清明", "端午")),
        ("小长假前", ("清明前", "端午前")),
        ("小长假后", ("小长假后",)),
        ("重要节点", ("清明", "端午", "国庆")),
        ("没有的", ("没有的",)),
    ],
)
def test_a_name_stands_for_its_parts(name: str, members: tuple[str, ...]) -> None:
    assert KNOWN.members_of(name) == members


def test_the_calendar_knows_its_names_and_those_beside_them() -> None:
    assert all(KNOWN.has(name) for name in ("国庆", "国庆前", "国庆后", "国庆前后", "小长假前"))
    assert not any(KNOWN.has(name) for name in ("前", "没有的", "没有的前"))


def test_the_office_gives_a_holiday_its_own_days() -> None:
    file = calendar(
        windows={
            "国庆": [
                {"holiday": "国庆"},
                {"holiday": "国庆", "years": {2099: {"first": "2099-10-01", "last": "2099-10-05"}}},
            ],
            "五一": [{"holiday": "劳动节"}],
        },
        workdays={2099: {"off": ["2099-05-01", "2099-05-04"]}},
    )
    own = WindowCalendar(file, Workdays(file))
    assert own.days_of("国庆", 2099) == run("2099-10-01..2099-10-05")
    assert own.days_of("国庆", 2024) == run("2024-10-01..2024-10-07")
    assert own.days_of("五一", 2099) == run("2099-05-01..2099-05-04")


def test_an_office_that_moved_a_holiday_has_the_days_it_moved_to() -> None:
    off = ["2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04"]
    file = calendar(windows={"国庆": [{"holiday": "国庆"}]}, workdays={2024: {"off": off}})
    # 10-05 and 10-06 are a weekend; 10-07 is worked
    assert WindowCalendar(file, Workdays(file)).days_of("国庆", 2024) == run(
        "2024-10-01..2024-10-06"
    )


def test_school_terms_and_years_belong_to_the_year_they_start_in() -> None:
    file = calendar(
        school_terms={
            "秋季学期": [{"from": "09-01", "to": "01-20"}],
            "春季学期": [
                {"from": "02-20", "to": "07-05"},
                {"from": "02-26", "to": "07-10", "unit": "north"},
            ],
        },
        school_year=[{"from": "09-01", "to": "08-31"}],
    )
    school = WindowCalendar(file, Workdays(file))
    assert school.terms(2024) == [
        ("春季学期", run("2024-02-20..2024-07-05")),
        ("秋季学期", run("2024-09-01..2025-01-20")),
    ]
    assert school.terms(2024, ("north",))[0] == ("春季学期", run("2024-02-26..2024-07-10"))
    assert school.school_year(2024) == run("2024-09-01..2025-08-31")
    assert KNOWN.school_year(2024) is None
    assert KNOWN.terms(2024) == []


# --- limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 1, "2024-03-29"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-05-31", 0, "2024-05-31"),
        ("9999-12-01", 1, "9999-12-31"),
        ("0001-01-31", -1, "0001-01-01"),
    ],
)
def test_months_clamp_to_the_months_end(day: str, n: int, found: str) -> None:
    assert add_months(on(day), n) == on(found)


def test_days_stop_at_the_ends_of_time() -> None:
    assert add_days(on("2024-02-28"), 2) == on("2024-03-01")
    assert add_days(date.max, 5) == date.max
    assert add_days(date.min, -5) == date.min


@pytest.mark.parametrize(
    ("day0", "at", "until", "day", "moment"),
    [
        ("2024-06-03", None, "5 days", "2024-06-08", None),
        ("2024-06-03", "09:00", "5 days", "2024-06-08", None),
        ("2024-06-03", None, "0 days", "2024-06-03", None),
        ("2024-06-07", None, "3 workdays", "2024-06-13", None),
        ("2024-06-08", None, "1 workday", "2024-06-11", None),
        ("2024-06-08", None, "0 workdays", "2024-06-08", None),
        ("2024-01-31", None, "1 month", "2024-02-29", None),
        ("2024-02-29", None, "1 year", "2025-02-28", None),
        ("2024-06-03", "14:00", "2 hours", "2024-06-03", "2024-06-03T16:00"),
        ("2024-06-03", "23:30", "1 hour", "2024-06-04", "2024-06-04T00:30"),
        ("2024-06-03", "08:15", "24 hours", "2024-06-04", "2024-06-04T08:15"),
        ("2024-06-03", None, "2 hours", "2024-06-03", None),
        ("2024-06-03", None, "24 hours", "2024-06-04", None),
        ("2024-06-03", None, "47 hours", "2024-06-04", None),
        ("2024-06-03", None, {"years": 1, "month": 3, "day": 31}, "2025-03-31", None),
        ("2024-06-03", None, {"years": 0, "month": 12, "day": "last"}, "2024-12-31", None),
        ("2023-06-03", None, {"years": 1, "month": 2, "day": "last"}, "2024-02-29", None),
        ("2024-06-03", None, {"month": 3, "day": 31}, "2025-03-31", None),
        ("9999-12-31", "10:00", "24 hours", "9999-12-31", None),
    ],
)
def test_a_limit_after_an_event(
    day0: str, at: str | None, until: Any, day: str, moment: str | None
) -> None:
    found = end_of_limit(
        on(day0), time.fromisoformat(at) if at else None, Until.model_validate(until), PUBLISHED
    )
    assert found == Limit(on(day), datetime.fromisoformat(moment) if moment else None)


@pytest.mark.parametrize(
    ("day0", "at", "ahead", "day", "moment"),
    [
        ("2024-05-18", None, "0 days", "2024-05-18", None),
        ("2024-05-18", "09:00", "0 days", "2024-05-18", "2024-05-18T09:00"),
        ("2024-05-18", None, "10 days", "2024-05-08", None),
        ("2024-03-01", "09:00", "1 day", "2024-02-29", None),
        ("2024-06-11", None, "1 workday", "2024-06-07", None),
        ("2024-06-09", None, "2 workdays", "2024-06-06", None),
        ("2024-10-08", None, "2 workdays", "2024-09-29", None),
        ("2024-03-31", None, "1 month", "2024-02-29", None),
        ("2024-02-29", None, "1 year", "2023-02-28", None),
        ("2024-05-18", "01:00", "2 hours", "2024-05-17", "2024-05-17T23:00"),
        ("2024-05-18", None, "2 hours", "2024-05-18", None),
        ("2024-05-18", None, "48 hours", "2024-05-16", None),
        ("0001-01-01", "00:00", "1 hour", "0001-01-01", None),
    ],
)
def test_a_limit_before_an_event(
    day0: str, at: str | None, ahead: str, day: str, moment: str | None
) -> None:
    clock = time.fromisoformat(at) if at else None
    length = Length.model_validate(ahead)
    expected = Limit(on(day), datetime.fromisoformat(moment) if moment else None)
    assert backward_limit(on(day0), clock, length, PUBLISHED) == expected
    assert start_of_limit(on(day0), length, PUBLISHED, clock) == on(day)


@pytest.mark.parametrize(
    ("day", "adjust", "backward", "found"),
    [
        ("2024-07-20", "none", False, "2024-07-20"),
        ("2024-07-20", "none", True, "2024-07-20"),
        ("2024-07-20", "next_workday", False, "2024-07-22"),
        ("2024-07-20", "previous_workday", False, "2024-07-19"),
        ("2024-07-20", "next_workday", True, "2024-07-19"),
        ("2024-07-20", "previous_workday", True, "2024-07-19"),
        ("2024-07-19", "next_workday", False, "2024-07-19"),
        ("2024-02-04", "next_workday", False, "2024-02-04"),  # a Sunday that is worked
        ("2024-10-01", "next_workday", False, "2024-10-08"),
        ("2024-10-01", "previous_workday", False, "2024-09-30"),
        ("2024-06-30", "next_workday", False, "2024-07-01"),
    ],
)
def test_a_due_day_moves_as_the_document_says(
    day: str, adjust: Adjust, backward: bool, found: str
) -> None:
    assert move(on(day), adjust, PUBLISHED, backward) == on(found)
