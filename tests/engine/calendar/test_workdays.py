"""Working days, and the limits and due days that they move: tables of dates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar.days import Days
from engine.calendar.limits import (
    Adjust,
    Limit,
    add_days,
    backward_limit,
    end_of_limit,
    move,
    start_of_limit,
)
from engine.calendar.periods import add_months
from engine.calendar.workdays import Workdays
from rules.calendar import CalendarFile
from rules.frequency import Until
from rules.model import Length
from tests.helpers.sentences import sentence


def on(text: str) -> date:
    return date.fromisoformat(text)


def calendar(**parts: Any) -> CalendarFile:
    return CalendarFile.model_validate(parts)


PUBLISHED = Workdays(calendar())


@sentence(
    "Working days come from the published tables",
)
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


@sentence(
    "working days count from the first working day after it",
)
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


@sentence(
    "months clamp to the month's end (01-31 + 1 month = 02-29)",
)
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
        ("0001-12-31", -1, "0001-11-30"),
        ("9999-10-31", 1, "9999-11-30"),
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
        ("2024-06-03", None, "2 hours", "2024-06-04", None),
        ("2024-06-03", None, "0 hours", "2024-06-03", None),
        ("2024-06-03", None, "24 hours", "2024-06-04", None),
        ("2024-06-03", None, "25 hours", "2024-06-05", None),
        ("2024-06-03", "09:30", "30 minutes", "2024-06-03", "2024-06-03T10:00"),
        ("2024-06-03", None, "1 minute", "2024-06-04", None),
        ("2024-06-03", None, {"years": 1, "month": 3, "day": 31}, "2025-03-31", None),
        ("2024-06-03", None, {"years": 0, "month": 12, "day": "last"}, "2024-12-31", None),
        ("2023-06-03", None, {"years": 1, "month": 2, "day": "last"}, "2024-02-29", None),
        ("2024-06-03", None, {"month": 3, "day": 31}, "2025-03-31", None),
        ("2024-03-31", None, {"month": 3, "day": 31}, "2024-03-31", None),
        ("9999-12-31", None, {"month": 3, "day": 31}, "9999-03-31", None),
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
        ("2024-05-18", None, "47 hours", "2024-05-17", None),
        ("2024-05-18", None, "48 hours", "2024-05-16", None),
        ("2024-05-18", "00:20", "30 minutes", "2024-05-17", "2024-05-17T23:50"),
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


@sentence(
    "(`adjust`: `none`, `next_workday`, `previous_workday`, per document)",
)
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
