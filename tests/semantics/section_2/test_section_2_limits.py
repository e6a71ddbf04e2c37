"""SEMANTICS, section 2: limits before and after a day, and the days that a clause names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on


def due_of(frequency: dict[str, Any], day: str, **event: Any) -> str:
    """The due day of the one obligation about an event of that day."""
    office = Office(records_from="2023-01-01")
    office.duty(frequency)
    office.event("此事", day, "事项", **event)
    [verdict] = office.verdicts("2025-06-01")
    return str(verdict.due)


@sentence(
    (
        "Limits run in minutes, hours, days, working days or months, forwards or "
        "backwards; the event's day is day 0"
    ),
    "months clamp to the month's end (01-31 + 1 month = 02-29)",
)
@pytest.mark.parametrize(
    ("within", "day", "due"),
    [
        ("5 days", "2024-06-03", "2024-06-08"),
        ("0 days", "2024-06-03", "2024-06-03"),
        ("48 hours", "2024-06-03", "2024-06-05"),
        ("2 hours", "2024-06-03", "2024-06-04"),  # at 23:30 it would end after midnight
        ("30 minutes", "2024-06-03", "2024-06-04"),
        ("1440 minutes", "2024-06-03", "2024-06-04"),
        ("1441 minutes", "2024-06-03", "2024-06-05"),
        ("3 workdays", "2024-06-03", "2024-06-06"),
        ("1 month", "2024-01-31", "2024-02-29"),
        ("1 month", "2024-06-03", "2024-07-03"),
        ("13 months", "2024-01-31", "2025-02-28"),
        ("1 year", "2024-02-29", "2025-02-28"),
    ],
)
def test_limits_run_forwards_from_the_events_day_as_day_0(within: str, day: str, due: str) -> None:
    assert due_of({"after": "事项", "within": within}, day) == due


@sentence(
    (
        "Limits run in minutes, hours, days, working days or months, forwards or "
        "backwards; the event's day is day 0"
    ),
)
@pytest.mark.parametrize(
    ("ahead", "day", "due"),
    [
        ("10 days", "2024-06-20", "2024-06-10"),
        ("0 days", "2024-06-20", "2024-06-20"),
        ("24 hours", "2024-06-20", "2024-06-19"),
        ("2 hours", "2024-06-20", "2024-06-20"),
        ("30 minutes", "2024-06-20", "2024-06-20"),
        ("2 workdays", "2024-06-20", "2024-06-18"),
        ("1 month", "2024-03-31", "2024-02-29"),
    ],
)
def test_limits_run_backwards_from_the_events_day(ahead: str, day: str, due: str) -> None:
    assert due_of({"before": "事项", "ahead": ahead}, day) == due


@sentence(
    "10日前 is day −10 or earlier",
)
@pytest.mark.parametrize(("day", "state"), [("2024-06-10", "met"), ("2024-06-11", "made_up")])
def test_10_days_before_is_day_minus_10_or_earlier(day: str, state: str) -> None:
    office = Office()
    office.duty({"before": "赛事", "ahead": "10 days"})
    office.event("夏季赛", "2024-06-20")
    office.act(day)
    assert office.verdict("夏季赛", "2024-07-01").state == state


@sentence(
    "working days count from the first working day after it",
)
@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2024-06-07", "2024-06-12"),  # Friday before a long weekend: 06-11, then 06-12
        ("2024-06-08", "2024-06-12"),  # on a day off counting begins with 06-11 all the same
        ("2024-06-11", "2024-06-13"),
    ],
)
def test_working_days_count_from_the_first_one_after_the_event(day: str, due: str) -> None:
    assert due_of({"after": "事项", "within": "2 workdays"}, day) == due


@sentence(
    "底 is the last day of the month or year, 初 days 1–10, 上半年 06-30",
)
@pytest.mark.parametrize(
    ("frequency", "label", "due"),
    [
        ({"due": "last", "per": "month"}, "2024-02", "2024-02-29"),
        ({"due": "12-last", "per": "year"}, "2024", "2024-12-31"),
        ({"due": "06-30", "per": "year"}, "2024", "2024-06-30"),
        ({"due": 31, "per": "month"}, "2024-04", "2024-04-30"),
        ({"per": "month", "between": [1, 10]}, "2024-04", "2024-04-10"),
        ({"due": "friday", "per": "week"}, "2024-W23", "2024-06-07"),
    ],
)
def test_the_end_and_the_beginning_of_a_month_or_year_are_days(
    frequency: dict[str, Any], label: str, due: str
) -> None:
    office = Office(records_from="2024-01-01")
    office.duty(frequency)
    assert office.verdict(label, "2025-01-01").due == on(due)


@sentence(
    "A limit may end on a calendar day (次年3月31日)",
)
@pytest.mark.parametrize(
    ("until", "day", "due"),
    [
        ({"years": 1, "month": 3, "day": 31}, "2024-02-10", "2025-03-31"),
        ({"years": 1, "month": 3, "day": "last"}, "2024-12-31", "2025-03-31"),
        ({"month": 12, "day": 31}, "2024-02-10", "2024-12-31"),
        ({"month": 3, "day": 31}, "2024-06-10", "2025-03-31"),  # the next such day
        ({"years": 1, "month": 2, "day": "last"}, "2023-12-31", "2024-02-29"),
    ],
)
def test_a_limit_may_end_on_a_calendar_day(until: dict[str, Any], day: str, due: str) -> None:
    assert due_of({"after": "事项", "within": until}, day) == due


@sentence(
    "may last several days, may be planned, moved or cancelled",
    (
        "Limits before an event of several days run from its first day, limits after it "
        "from its last"
    ),
)
def test_limits_before_an_event_of_several_days_run_from_its_first() -> None:
    frequency = {"before": "事项", "ahead": "3 days"}
    assert due_of(frequency, "2024-06-20", last="2024-06-25") == "2024-06-17"


@sentence(
    "may last several days, may be planned, moved or cancelled",
    (
        "Limits before an event of several days run from its first day, limits after it "
        "from its last"
    ),
)
def test_limits_after_an_event_of_several_days_run_from_its_last() -> None:
    frequency = {"after": "事项", "within": "3 days"}
    assert due_of(frequency, "2024-06-20", last="2024-06-25") == "2024-06-28"


@sentence(
    (
        "Limits run in minutes, hours, days, working days or months, forwards or "
        "backwards; the event's day is day 0"
    ),
)
@pytest.mark.parametrize(
    ("at", "state"), [("12:00", "met"), ("12:01", "made_up"), ("14:30", "overdue")]
)
def test_hours_before_an_event_are_counted_back_from_its_time(at: str, state: str) -> None:
    office = Office()
    office.duty({"before": "赛事", "ahead": "2 hours"})
    office.event("夏季赛", "2024-06-20", at="14:00")
    office.act("2024-06-20", at=at)
    assert office.verdict("夏季赛", "2024-07-01").state == state


@sentence(
    (
        "Limits run in minutes, hours, days, working days or months, forwards or "
        "backwards; the event's day is day 0"
    ),
)
def test_hours_run_past_midnight() -> None:
    office = Office()
    office.duty({"after": "事故", "within": "12 hours"})
    office.event("一号事故", "2024-06-03", "事故", at="20:00")
    office.act("2024-06-04", at="08:00")
    verdict = office.verdict("一号事故", "2024-06-12")
    assert (verdict.state, verdict.due) == ("met", on("2024-06-04"))


@sentence(
    (
        "Limits run in minutes, hours, days, working days or months, forwards or "
        "backwards; the event's day is day 0"
    ),
)
@pytest.mark.parametrize(
    ("at", "state"), [("09:30", "met"), ("10:00", "met"), ("10:01", "made_up")]
)
def test_a_limit_may_run_in_minutes(at: str, state: str) -> None:
    office = Office()
    office.duty({"after": "事故", "within": "30 minutes"})
    office.event("一号事故", "2024-06-03", "事故", at="09:30")
    office.act("2024-06-03", at=at)
    assert office.verdict("一号事故", "2024-06-12").state == state


@sentence(
    ("where the event's own time is missing, the limit's day is the last on which it could end"),
)
@pytest.mark.parametrize(
    ("day", "state", "flags"),
    [
        ("2024-06-03", "met", False),
        ("2024-06-04", "met", True),
        ("2024-06-05", "made_up", False),
    ],
)
def test_without_the_events_time_a_limit_by_the_clock_ends_on_the_last_day_it_could(
    day: str, state: str, flags: bool
) -> None:
    office = Office()
    office.duty({"after": "事故", "within": "2 hours"})
    office.event("一号事故", "2024-06-03", "事故")
    office.act(day, at="08:00")
    verdict = office.verdict("一号事故", "2024-06-12")
    assert (verdict.state, "time_missing" in verdict.flags) == (state, flags)


@sentence(
    "An act at the event's very minute is not after it",
)
@pytest.mark.parametrize(("at", "counts"), [("09:29", True), ("09:30", True), ("09:31", False)])
def test_an_act_at_the_events_very_minute_is_not_after_it(at: str, counts: bool) -> None:
    office = Office()
    office.duty({"before": "赛事"})
    office.event("夏季赛", "2024-06-20", at="09:30")
    office.act("2024-06-20", at=at)
    assert (office.verdict("夏季赛", "2024-07-01").state == "met") == counts
