"""SEMANTICS, section 2: a stretch of each period that is one day, by date or by weekday."""

from __future__ import annotations

from typing import Any

import pytest

from rules.combine import frequency_mistakes
from rules.frequency import Frequency
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on, run

# 2024-06-15 is a Saturday, 06-16 and 06-30 Sundays; 10-01..07 is 国庆, with Friday 10-04 in it.


def reception(frequency: dict[str, Any], adjust: str = "next_workday", **said: Any) -> Office:
    """A reception on one day of each period, under a document that moves days or not."""
    office = Office(records_from="2024-01-01")
    office.document("doc", signed="2024-01-01", adjust=adjust)
    office.duty(frequency, **said)
    return office


PARK = {"units": {"type": "园区"}}
DAY_15 = {"per": "month", "between": 15}
FIRST_FRIDAY = {"per": "month", "between": "first friday"}
THURSDAYS = {"per": "week", "between": "thursday"}


@sentence(
    (
        "A stretch that is one day by date or weekday (每月15日接访; 每月第一个星期五) "
        "moves with the document's `adjust`"
    ),
)
@pytest.mark.parametrize("between", [15, [15, 15]])
def test_a_stretch_of_one_day_moves_with_the_documents_adjust(between: Any) -> None:
    office = reception({"per": "month", "between": between})
    office.acts("2024-05-15", "2024-06-17", "2024-07-03")
    states = {one.label: one.state for one in office.verdicts("2024-08-01")}
    assert [states[f"2024-0{month}"] for month in (5, 6, 7)] == ["met", "met", "overdue"]


@sentence(
    ("then its window runs from the earlier to the later of the two, the later is its due day"),
)
@pytest.mark.parametrize(
    ("adjust", "window", "due"),
    [
        ("none", "2024-06-15..2024-06-15", "2024-06-15"),
        ("next_workday", "2024-06-15..2024-06-17", "2024-06-17"),
        ("previous_workday", "2024-06-14..2024-06-15", "2024-06-15"),
    ],
)
def test_its_window_runs_from_the_earlier_to_the_later_day_which_is_its_due_day(
    adjust: str, window: str, due: str
) -> None:
    verdict = reception(DAY_15, adjust, **PARK).verdict("2024-06", "2024-08-01")
    assert (verdict.window, verdict.due, verdict.due_unmoved) == (
        run(window),
        on(due),
        on("2024-06-15"),
    )


@sentence(
    ("then its window runs from the earlier to the later of the two, the later is its due day"),
)
def test_a_span_selects_it_by_the_day_before_moving() -> None:
    office = reception({"per": "month", "between": "last"})
    audit = office.audit("2024-08-01", span="2024-06")
    assert [(one.label, str(one.due)) for one in audit.verdicts] == [("2024-06", "2024-07-01")]


@sentence(
    ("then its window runs from the earlier to the later of the two, the later is its due day"),
)
@pytest.mark.parametrize(("day", "state"), [("2024-07-01", "met"), ("2024-07-02", "overdue")])
def test_in_its_window_an_act_belongs_to_it_though_the_next_period_has_begun(
    day: str, state: str
) -> None:
    office = reception({"per": "month", "between": "last"})
    office.act(day)
    assert office.verdict("2024-06", "2024-07-20").state == state


@sentence(
    (
        "A stretch that is one day by date or weekday (每月15日接访; 每月第一个星期五) "
        "moves with the document's `adjust`"
    ),
)
def test_a_measure_may_move_its_day_though_the_document_does_not() -> None:
    office = reception(DAY_15 | {"adjust": "next_workday"}, "none")
    assert office.verdict("2024-06", "2024-08-01").due == on("2024-06-17")


@sentence(
    (
        "one named by weekday may, where its day is a rest day, be done until the same "
        "weekday of the next week (of a weekly duty that week asks nothing of a post)"
    ),
)
@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2024-09-30", "overdue"),
        ("2024-10-04", "met"),
        ("2024-10-11", "met"),  # a Friday again
        ("2024-10-12", "overdue"),
    ],
)
@pytest.mark.parametrize("adjust", ["none", "next_workday"])
@pytest.mark.parametrize("who", [PARK, {}])
def test_one_named_by_weekday_may_be_done_until_the_same_weekday_of_the_next_week(
    day: str, state: str, adjust: str, who: dict[str, Any]
) -> None:
    office = reception(FIRST_FRIDAY, adjust, **who)
    office.act(day)
    verdict = office.verdict("2024-10", "2024-11-01")
    assert (verdict.state, verdict.due) == (state, on("2024-10-11"))


@sentence(
    (
        "one named by weekday may, where its day is a rest day, be done until the same "
        "weekday of the next week (of a weekly duty that week asks nothing of a post)"
    ),
)
def test_one_named_by_weekday_stays_on_a_day_that_is_worked() -> None:
    verdict = reception(FIRST_FRIDAY).verdict("2024-09", "2024-11-01")
    assert verdict.window == run("2024-09-06..2024-09-06")


@sentence(
    (
        "one named by weekday may, where its day is a rest day, be done until the same "
        "weekday of the next week (of a weekly duty that week asks nothing of a post)"
    ),
)
def test_a_week_whose_day_is_a_rest_day_asks_nothing_of_a_post() -> None:
    office = reception(THURSDAYS)
    office.acts("2024-09-19", "2024-09-25", "2024-10-10")
    found = {one.label: (one.state, one.reason) for one in office.verdicts("2024-10-31")}
    assert [found[f"2024-W{week}"] for week in range(38, 42)] == [
        ("met", None),
        ("overdue", None),
        ("exempt", "holiday"),
        ("met", None),
    ]


@sentence(
    (
        "one named by weekday may, where its day is a rest day, be done until the same "
        "weekday of the next week (of a weekly duty that week asks nothing of a post)"
    ),
)
def test_of_a_unit_that_week_asks_until_the_same_weekday_of_the_next_week() -> None:
    verdict = reception(THURSDAYS, **PARK).verdict("2024-W40", "2024-10-31")
    assert (verdict.state, verdict.due) == ("overdue", on("2024-10-10"))


@sentence(
    (
        "A day, week or ten days, or a stretch of one day, without a working day in force "
        "asks nothing of a post (`exempt`, reason holiday)"
    ),
)
@pytest.mark.parametrize(
    ("said", "who", "state"),
    [
        ({}, {}, "exempt"),
        ({"holidays": "count"}, {}, "overdue"),
        ({}, PARK, "overdue"),
    ],
)
def test_a_stretch_of_one_day_without_a_working_day_asks_nothing_of_a_post(
    said: dict[str, Any], who: dict[str, Any], state: str
) -> None:
    office = reception(DAY_15 | said, "none", **who)
    verdict = office.verdict("2024-06", "2024-08-01")
    assert (verdict.state, verdict.reason) == (state, "holiday" if state == "exempt" else None)


@sentence(
    (
        "A day, week or ten days, or a stretch of one day, without a working day in force "
        "asks nothing of a post (`exempt`, reason holiday)"
    ),
)
def test_a_stretch_of_one_day_moved_to_a_working_day_on_which_nobody_is_in_force_is_exempt() -> (
    None
):
    office = reception(DAY_15)
    office.appoint("王", last="2024-06-16")  # Saturday and Sunday of the three days
    verdict = office.verdict("2024-06", "2024-08-01")
    assert (verdict.state, verdict.reason) == ("exempt", "tenure")


@sentence(
    "Nothing else about a count moves",
)
def test_nothing_else_about_a_count_moves() -> None:
    office = reception({"per": "month", "between": [1, 15]})
    assert office.verdict("2024-06", "2024-08-01").due == on("2024-06-15")


@sentence(
    (
        "A stretch that is one day by date or weekday (每月15日接访; 每月第一个星期五) "
        "moves with the document's `adjust`"
    ),
)
def test_a_coverage_on_one_day_moves_too() -> None:
    office = reception({"each": {"type": "项目"}, "per": "month", "between": 15})
    office.subject("一号")
    office.act("2024-06-17", subjects=("一号",))
    verdict = office.verdict("2024-06", "2024-08-01")
    assert (verdict.state, verdict.due) == ("met", on("2024-06-17"))


@sentence(
    (
        "A stretch that is one day by date or weekday (每月15日接访; 每月第一个星期五) "
        "moves with the document's `adjust`"
    ),
)
@pytest.mark.parametrize(
    ("day", "per", "label", "due"),
    [
        ("first friday", "month", "2024-03", "2024-03-01"),
        ("second friday", "month", "2024-03", "2024-03-08"),
        ("fourth friday", "month", "2024-03", "2024-03-22"),
        ("last friday", "month", "2024-03", "2024-03-29"),
        ("last friday", "quarter", "2024-Q1", "2024-03-29"),
        ("first monday", "year", "2024", "2024-01-08"),  # 01-01 is a holiday
        ({"month": 2, "weekday": "monday", "nth": "last"}, "quarter", "2024-Q1", "2024-02-26"),
        ("last wednesday", "ten_days", "2024-03-X2", "2024-03-20"),
    ],
)
def test_an_nth_weekday_is_that_of_the_period_or_of_its_month(
    day: Any, per: str, label: str, due: str
) -> None:
    office = reception({"per": per, "between": day})
    assert office.verdict(label, "2025-01-10").due == on(due)


@sentence(
    (
        "A stretch that is one day by date or weekday (每月15日接访; 每月第一个星期五) "
        "moves with the document's `adjust`"
    ),
)
def test_an_nth_weekday_may_be_a_due_day() -> None:
    office = reception({"per": "month", "due": ["first monday", "third monday"]}, "none")
    assert [str(one.due) for one in office.verdicts("2024-03-31")][:4] == [
        "2024-01-01",
        "2024-01-15",
        "2024-02-05",
        "2024-02-19",
    ]
    after = reception({"about": "month", "due": "first friday"}, "none")
    assert after.verdict("2024-02", "2024-04-01").due == on("2024-03-01")


@sentence(
    (
        "A stretch that is one day by date or weekday (每月15日接访; 每月第一个星期五) "
        "moves with the document's `adjust`"
    ),
    "Nothing else about a count moves",
)
@pytest.mark.parametrize(
    "frequency",
    [
        {"per": "week", "between": "first friday"},
        {"per": "month", "between": "friday"},
        {"per": "month", "between": ["first monday", "first friday"]},
        {"per": "ten_days", "between": "second friday"},
        {"per": "half_month", "between": "third friday"},
        {"per": "day", "between": "first friday"},
        {"per": "quarter", "between": {"month": 4, "weekday": "friday", "nth": "first"}},
        {"about": "week", "due": "first friday"},
        {"per": "month", "between": [1, 15], "adjust": "next_workday"},
        {"per": "month", "adjust": "next_workday"},
    ],
)
def test_days_that_not_every_period_has_and_ends_that_do_not_move_are_refused(
    frequency: dict[str, Any],
) -> None:
    assert list(frequency_mistakes(Frequency.model_validate(frequency), campaign=False))


@sentence(
    (
        "A stretch that is one day by date or weekday (每月15日接访; 每月第一个星期五) "
        "moves with the document's `adjust`"
    ),
)
def test_past_the_published_tables_a_day_that_moves_is_flagged() -> None:
    verdict = reception(DAY_15).verdict("2031-01", "2031-02-01")
    assert "holiday_table_missing" in verdict.flags
    plain = reception(DAY_15, "none", **PARK).verdict("2031-01", "2031-02-01")
    assert "holiday_table_missing" not in plain.flags


@sentence(
    "nobody is judged on days before it",
    "be done until the same weekday of the next week",
)
def test_a_weekday_before_the_records_asks_nothing_on_the_days_until_the_next() -> None:
    office = Office(records_from="2024-04-10")
    office.duty({"at_least": 1, "per": "week", "between": "friday", "holidays": "count"})
    assert office.labels("2024-05-01", span="2024-04")[0] == "2024-W15"
