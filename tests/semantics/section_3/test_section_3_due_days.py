"""SEMANTICS, section 3: due days that move, grace, and rolling gaps."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on, run

# Saturdays: 2024-06-15, 2024-07-20, 2024-08-31; 2024-06-30 is a Sunday.


def adjusted(adjust: str | None, frequency: dict[str, Any], **said: Any) -> Office:
    office = Office(records_from="2024-01-01")
    office.document("doc", signed="2024-01-01", **({"adjust": adjust} if adjust else {}))
    office.duty(frequency, **said)
    return office


# adjust


@sentence(
    "(`adjust`: `none`, `next_workday`, `previous_workday`, per document)",
)
@pytest.mark.parametrize(
    ("adjust", "due"),
    [
        (None, "2024-07-20"),
        ("none", "2024-07-20"),
        ("next_workday", "2024-07-22"),
        ("previous_workday", "2024-07-19"),
    ],
)
def test_due_days_move_as_the_document_says(adjust: str | None, due: str) -> None:
    office = adjusted(adjust, {"due": 20, "per": "month"})
    assert office.verdict("2024-07", "2024-08-01").due == on(due)


@sentence(
    "(`adjust`: `none`, `next_workday`, `previous_workday`, per document)",
)
def test_a_due_day_that_is_worked_does_not_move() -> None:
    office = adjusted("next_workday", {"due": 19, "per": "month"})
    assert office.verdict("2024-07", "2024-08-01").due == on("2024-07-19")


@sentence(
    (
        "only days that a clause names (deadlines, also of coverage; after the period; "
        "event limits in days or months) move"
    ),
)
@pytest.mark.parametrize(
    ("frequency", "label", "due"),
    [
        ({"by": "2024-08-31"}, "2024-01-01..2024-08-31", "2024-09-02"),
        ({"due": 20, "per": "month"}, "2024-07", "2024-07-22"),
        ({"about": "month", "due": 20}, "2024-06", "2024-07-22"),
        ({"about": "month", "within": "20 days"}, "2024-06", "2024-07-22"),
        ({"after": "事项", "within": "5 days"}, "此事", "2024-06-17"),
        ({"after": "事项", "within": {"month": 6, "day": 30}}, "此事", "2024-07-01"),
        ({"after": "周年", "within": "1 month"}, "那事", "2024-07-22"),
    ],
)
def test_days_that_a_clause_names_move(frequency: dict[str, Any], label: str, due: str) -> None:
    office = adjusted("next_workday", frequency)
    office.event("此事", "2024-06-10", "事项")
    office.event("那事", "2024-06-20", "周年")
    assert office.verdict(label, "2024-10-01").due == on(due)


@sentence(
    (
        "never the end of a count's period or of a window (but for a stretch of one day), "
        "nor limits of 0 days, in hours or in working days"
    ),
)
@pytest.mark.parametrize(
    ("frequency", "label", "due"),
    [
        ({"per": "month"}, "2024-06", "2024-06-30"),
        ({"at_least": 1, "at_most": 2, "per": "month"}, "2024-06", "2024-06-30"),
        ({"at_least": 4, "unit": "台", "per": "month"}, "2024-06", "2024-06-30"),
        ({"per": "month", "between": [1, 15]}, "2024-06", "2024-06-15"),
        ({"windows": {"each": "安全生产月"}}, "2024/安全生产月", "2024-06-30"),
        ({"each": {"type": "项目"}, "per": "month"}, "2024-06", "2024-06-30"),
        (
            {"each": {"type": "项目"}, "windows": {"each": "安全生产月"}},
            "2024/安全生产月",
            "2024-06-30",
        ),
        ({"after": "周六", "within": "0 days"}, "六", "2024-06-15"),
        ({"after": "周六", "within": "2 hours"}, "六", "2024-06-16"),
        ({"after": "周六", "within": "24 hours"}, "六", "2024-06-16"),
        ({"before": "周六"}, "六", "2024-06-15"),
        ({"before": "周六", "ahead": "24 hours"}, "六", "2024-06-14"),
        ({"about": "month", "within": "2 workdays"}, "2024-06", "2024-07-02"),
    ],
)
def test_ends_of_periods_and_windows_and_limits_by_the_clock_do_not_move(
    frequency: dict[str, Any], label: str, due: str
) -> None:
    office = adjusted("next_workday", frequency)
    office.subject("一号")
    office.event("六", "2024-06-15", "周六")
    assert office.verdict(label, "2024-10-01").due == on(due)


@sentence(
    (
        "only days that a clause names (deadlines, also of coverage; after the period; "
        "event limits in days or months) move"
    ),
)
def test_a_coverage_by_a_day_moves() -> None:
    office = adjusted("next_workday", {"each": {"type": "项目"}, "by": "2024-08-31"})
    office.subject("一号")
    [verdict] = office.verdicts("2024-10-01")
    assert verdict.due == on("2024-09-02")


@sentence(
    ("backward limits move to the previous working day whenever the document moves at all"),
)
@pytest.mark.parametrize("adjust", ["next_workday", "previous_workday"])
def test_backward_limits_move_to_the_previous_working_day(adjust: str) -> None:
    office = adjusted(adjust, {"before": "赛事", "ahead": "5 days"})
    office.event("夏季赛", "2024-06-20")
    assert office.verdict("夏季赛", "2024-07-01").due == on("2024-06-14")


@sentence(
    ("backward limits move to the previous working day whenever the document moves at all"),
)
def test_backward_limits_do_not_move_where_the_document_does_not() -> None:
    office = adjusted("none", {"before": "赛事", "ahead": "5 days"})
    office.event("夏季赛", "2024-06-20")
    assert office.verdict("夏季赛", "2024-07-01").due == on("2024-06-15")


@sentence(
    "Who holds the post is asked on the day before moving",
)
@pytest.mark.parametrize(
    ("last", "first", "person"),
    [("2024-07-20", "2024-07-21", "王"), ("2024-07-09", "2024-07-10", "李")],
)
def test_who_holds_the_post_is_asked_on_the_day_before_moving(
    last: str, first: str, person: str
) -> None:
    office = adjusted("next_workday", {"due": 20, "per": "month"})
    office.appoint("王", last=last)
    office.appoint("李", first)
    verdict = office.verdict("2024-07", "2024-08-01")
    assert (verdict.due, verdict.person) == (on("2024-07-22"), person)


# grace


@sentence(
    "`grace` days come after moving",
)
@pytest.mark.parametrize(
    ("day", "state"),
    [("2024-07-22", "met"), ("2024-07-25", "met"), ("2024-07-26", "made_up")],
)
def test_grace_days_come_after_moving(day: str, state: str) -> None:
    office = adjusted("next_workday", {"due": 20, "per": "month", "grace": 3})
    assert office.verdict("2024-07", "2024-07-25").state == "due_soon"
    assert office.verdict("2024-07", "2024-07-26").state == "overdue"
    office.act(day)
    verdict = office.verdict("2024-07", "2024-07-31")
    assert (verdict.state, verdict.due) == (state, on("2024-07-22"))


# rolling


def rolling(first: str = "2024-01-10", last: str | None = None, every: str = "45 days") -> Office:
    """Never more than 45 days between two, in the post from 01-10 on."""
    office = Office()
    office.appoint("王", first, last)
    office.duty({"every": every, "reading": "rolling"})
    return office


def gaps(office: Office, as_of: str) -> list[tuple[str, str]]:
    """Each gap with its state."""
    found = sorted(office.verdicts(as_of), key=lambda one: one.period)
    return [(one.label, str(one.state)) for one in found]


@sentence(
    (
        "it opens with the last act (the first one on the first day in force, day 0, by an "
        "act on that day if there is one)"
    ),
)
def test_the_first_gap_opens_on_the_first_day_in_force() -> None:
    assert gaps(rolling(), "2024-02-24") == [("2024-01-10..2024-02-24", "due_soon")]
    assert gaps(rolling(), "2024-02-25") == [("2024-01-10..2024-02-24", "overdue")]


@sentence(
    (
        "it opens with the last act (the first one on the first day in force, day 0, by an "
        "act on that day if there is one)"
    ),
)
def test_an_act_on_the_first_day_in_force_opens_the_first_gap_and_reaches_none() -> None:
    office = rolling()
    act = office.act("2024-01-10")
    assert gaps(office, "2024-01-20") == [("2024-01-10..2024-02-24", "open")]
    assert office.counted("2024-01-10..2024-02-24", "2024-01-20") == []
    assert act in [one.activity for one in office.activities]


@sentence(
    (
        "it opens with the last act (the first one on the first day in force, day 0, by an "
        "act on that day if there is one)"
    ),
    "is reached by the next act",
)
def test_each_gap_opens_with_the_last_act_and_is_reached_by_the_next() -> None:
    office = rolling()
    office.acts("2024-01-10", "2024-02-20", "2024-04-05")
    assert gaps(office, "2024-04-20") == [
        ("2024-01-10..2024-02-24", "met"),
        ("2024-02-20..2024-04-05", "met"),
        ("2024-04-05..2024-05-20", "open"),
    ]


@sentence(
    "is reached by the next act",
)
def test_a_gap_reached_late_is_made_up_and_the_next_opens_with_that_act() -> None:
    office = rolling()
    office.acts("2024-01-10", "2024-03-01")
    first, second = sorted(office.verdicts("2024-04-20"), key=lambda one: one.period)
    assert (first.state, first.days_late, first.due) == ("made_up", 6, on("2024-02-24"))
    assert (second.state, second.days_overdue, second.due) == ("overdue", 5, on("2024-04-15"))


@sentence(
    "is due D later (days out of force stop the clock)",
)
def test_days_out_of_force_stop_the_clock() -> None:
    office = rolling()
    office.waive("2024-02-01", "2024-02-10")
    assert gaps(office, "2024-02-25") == [("2024-01-10..2024-03-05", "open")]


@sentence(
    "is due D later (days out of force stop the clock)",
)
def test_days_out_of_force_within_the_days_put_off_stop_it_too() -> None:
    office = rolling()
    office.waive("2024-02-20", "2024-02-29")
    assert gaps(office, "2024-02-25") == [("2024-01-10..2024-03-05", "open")]


@sentence(
    "a gap due after the last day in force is exempt unless it was reached by then",
)
@pytest.mark.parametrize(("last", "state"), [("2024-02-23", "exempt"), ("2024-02-24", "overdue")])
def test_a_gap_due_after_the_last_day_in_force_is_exempt(last: str, state: str) -> None:
    office = rolling(last=last)
    assert [found for _, found in gaps(office, "2024-04-01")] == [state]


@sentence(
    "a gap due after the last day in force is exempt unless it was reached by then",
)
def test_a_gap_due_after_the_last_day_in_force_is_met_where_it_was_reached() -> None:
    office = rolling(last="2024-02-23")
    office.act("2024-02-20")
    assert [found for _, found in gaps(office, "2024-06-01")] == ["met", "exempt"]


@sentence(
    "a gap due after the last day in force is exempt unless it was reached by then",
)
def test_a_gap_reached_only_after_the_last_day_in_force_is_exempt() -> None:
    office = rolling(last="2024-02-23")
    office.appoint("王", "2024-02-24", post="书记")
    office.post("书记", "党委书记")
    act = office.act("2024-02-24", holder="书记")  # on the very due day, in another post by then
    office.appoint("李", "2024-02-24")
    verdict = office.verdict("2024-01-10..2024-02-24", "2024-06-01")
    assert (verdict.state, verdict.reason, verdict.counted) == ("exempt", "tenure", ())
    assert office.why(verdict.label, "2024-06-01") == {act: "outside_period"}


@sentence(
    "s is the first day in force of the gap",
)
@pytest.mark.parametrize(("as_of", "state"), [("2024-02-18", "upcoming"), ("2024-02-21", "open")])
def test_a_gap_begins_with_its_first_day_in_force(as_of: str, state: str) -> None:
    office = rolling()
    office.waive("2024-02-10", "2024-02-20")
    office.act("2024-02-15")
    last = max(office.verdicts(as_of), key=lambda one: one.period)
    assert last.window is not None and last.window.first == on("2024-02-21")
    assert (last.period.first, last.state) == (on("2024-02-15"), state)


@sentence(
    "is due D later (days out of force stop the clock)",
)
def test_a_gap_in_months_is_due_on_that_day_of_the_month() -> None:
    office = rolling("2024-01-31", every="1 month")
    [verdict] = office.verdicts("2024-02-10")
    assert verdict.period == run("2024-01-31..2024-02-29")
