"""Period labels: every form is read, what is printed reads back, and wrong ones are explained."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar.cutting import period_around
from engine.calendar.days import Days
from engine.calendar.labels import LabelDays, days_of_label, parse_label, parse_span, read_label
from engine.calendar.periods import Period
from engine.calendar.windows import WindowCalendar
from engine.calendar.workdays import Workdays
from problems import Objection
from rules.calendar import CalendarFile
from rules.period_kinds import PERIOD_KINDS
from tests.helpers.printed import printed
from tests.helpers.sentences import sentence

PARTS: dict[str, Any] = {
    "windows": {
        "汛期": [
            {"from": "05-01", "to": "09-30"},
            {"from": "04-01", "to": "10-31", "unit": "south"},
        ],
        "国庆": [{"holiday": "国庆"}],
        "清明": [{"holiday": "清明"}],
        "小长假": [{"each_of": ["清明", "国庆"]}],
    },
    "school_terms": {"秋季学期": [{"from": "09-01", "to": "01-20"}]},
    "school_year": [{"from": "09-01", "to": "08-31"}],
}
FILE = CalendarFile.model_validate(PARTS)
WINDOWS = WindowCalendar(FILE, Workdays(FILE))
CALENDAR = [kind.word for kind in PERIOD_KINDS if kind.by_calendar]


def run(text: str) -> Period:
    first, _, last = text.partition("..")
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


@sentence(
    ("the stretch one requirement covers: `2024`, `2024-H1`, `2024-Q2`, `2024-06`, `2024-W23`"),
)
@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("2024", "2024-01-01..2024-12-31"),
        ("2024-H1", "2024-01-01..2024-06-30"),
        ("2024-H2", "2024-07-01..2024-12-31"),
        ("2024-Q1", "2024-01-01..2024-03-31"),
        ("2024-Q4", "2024-10-01..2024-12-31"),
        ("2024-02", "2024-02-01..2024-02-29"),
        ("2024-12", "2024-12-01..2024-12-31"),
        ("2024-W23", "2024-06-03..2024-06-09"),
        ("2020-W53", "2020-12-28..2021-01-03"),
        ("2025-W01", "2024-12-30..2025-01-05"),
        ("2024-06-21", "2024-06-21"),
        ("2024-02-29", "2024-02-29"),
        ("2024-06-X1", "2024-06-01..2024-06-10"),
        ("2024-02-X3", "2024-02-21..2024-02-29"),
        ("2024-06-A", "2024-06-01..2024-06-15"),
        ("2024-06-B", "2024-06-16..2024-06-30"),
        ("2024-01..2024-02", "2024-01-01..2024-02-29"),
        ("2023-12..2024-02", "2023-12-01..2024-02-29"),
        ("2024..2026", "2024-01-01..2026-12-31"),
        ("2024-06-03..2024-06-20", "2024-06-03..2024-06-20"),
        ("2024-06-03..2024-06-03", "2024-06-03"),
        (" 2024-06 ", "2024-06-01..2024-06-30"),
    ],
)
def test_a_label_is_read_as_its_days(label: str, days: str) -> None:
    assert parse_label(label) == LabelDays(period=run(days))
    assert parse_span(label, WINDOWS) == run(days)


@sentence(
    "`2024/汛期+国庆` (any of them)",
)
@pytest.mark.parametrize(
    ("label", "units", "days"),
    [
        ("2024/汛期", (), "2024-05-01..2024-09-30"),
        ("2024/汛期", ("town", "south"), "2024-04-01..2024-10-31"),
        ("2024/国庆前", (), "2024-09-16..2024-09-30"),
        ("2024/汛期+国庆", (), "2024-05-01..2024-10-07"),
        ("2024/小长假", (), "2024-04-04..2024-10-07"),
        ("2024/秋季学期", (), "2024-09-01..2025-01-20"),
        ("2024/学年", (), "2024-09-01..2025-08-31"),
    ],
)
def test_a_label_with_windows_takes_its_days_from_the_calendar(
    label: str, units: tuple[str, ...], days: str
) -> None:
    assert parse_span(label, WINDOWS, units) == run(days)


@sentence(
    "`2024/汛期+国庆` (any of them)",
)
def test_a_label_of_several_windows_means_the_days_of_any_of_them() -> None:
    label = parse_label("2024/清明+国庆")
    assert label == LabelDays(year=2024, windows=("清明", "国庆"))
    assert days_of_label(label, WINDOWS) == Days.from_periods(
        [run("2024-04-04..2024-04-06"), run("2024-10-01..2024-10-07")]
    )
    assert days_of_label(LabelDays(year=2099, windows=("汛期", "国庆")), WINDOWS) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-13", "'2024-13' is not a period: months run from 1 to 12"),
        ("2024-00", "months run from 1 to 12"),
        ("2024-Q5", "quarters run from 1 to 4"),
        ("2024-H3", "half-years run from 1 to 2"),
        ("2024-W53", "weeks of 2024 run from 1 to 52"),
        ("2024-W00", "weeks of 2024 run from 1 to 52"),
        ("2020-W54", "weeks of 2020 run from 1 to 53"),
        ("2023-02-29", "days of 2023-02 run from 1 to 28"),
        ("2024-06-X4", "ten days run from 1 to 3"),
        ("2024-06-C", "periods look like 2024, 2024-H1"),
        ("2024-13-A", "months run from 1 to 12"),
        ("0000", "years run from 0001"),
        ("0000/汛期", "years run from 0001"),
        ("24-06", "periods look like"),
        ("2024-6", "periods look like"),
        ("last month", "periods look like"),
        ("", "periods look like"),
        ("２０２４", "periods look like"),
        ("2024-02..2024-01", "ends before it begins"),
        ("2024..2024-06", "write two days, two months or two years"),
        ("2024-Q1..2024-Q2", "write two days, two months or two years"),
        ("2024..", "write two days, two months or two years"),
        ("2024-06-01..2024-06-31", "days of 2024-06 run from 1 to 30"),
        ("2024/", "lacks a window's name"),
        ("2024/汛期+", "lacks a window's name"),
    ],
)
def test_a_wrong_label_is_explained(text: str, message: str) -> None:
    with pytest.raises(Objection) as wrong:
        read_label(text)
    assert message in printed(wrong.value.said)
    assert parse_label(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024/没有的", "'没有的' is not a window of the calendar"),
        ("2024/汛期+没有的", "'没有的' is not a window of the calendar"),
        ("2099/国庆", "the calendar has no days for '2099/国庆'"),
    ],
)
def test_a_span_without_days_in_the_calendar_is_explained(text: str, message: str) -> None:
    with pytest.raises(Objection) as wrong:
        parse_span(text, WINDOWS)
    assert printed(wrong.value.said) == message


@sentence(
    ("the stretch one requirement covers: `2024`, `2024-H1`, `2024-Q2`, `2024-06`, `2024-W23`"),
)
@given(
    st.sampled_from([*CALENDAR, "2 months", "3 months", "12 months", "5 years"]),
    st.dates(date(1950, 1, 1), date(2100, 12, 31)),
)
def test_a_printed_label_reads_back_as_the_same_days(kind: str, day: date) -> None:
    named = period_around(kind, day, since=1950)
    assert named is not None
    assert parse_label(named[0]) == LabelDays(period=named[1])
