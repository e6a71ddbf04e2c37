"""SEMANTICS, section 3, "Results": deadlines, coverage, shares and events belong to the post."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on, run

BY_20TH = {"due": 20, "per": "month"}


def handed_over(last: str, first: str, frequency: dict[str, Any], **said: Any) -> Office:
    """王 leaves 主任 on `last`; 李 comes on `first`."""
    office = Office()
    office.appoint("王", last=last)
    office.appoint("李", first)
    office.duty(frequency, **said)
    return office


# whose acts


@sentence(
    "acts of any holder of the post in the window count",
)
@pytest.mark.parametrize("state", ["met"])
def test_acts_of_any_holder_of_the_post_in_the_window_count(state: str) -> None:
    office = handed_over("2024-06-19", "2024-06-20", BY_20TH)
    office.act("2024-06-18")
    assert office.verdict("2024-06", "2024-06-21").state == state


@sentence(
    "acts of any holder of the post in the window count",
)
@pytest.mark.parametrize(("post", "state"), [("主任", "met"), ("书记", "overdue")])
def test_asked_separately_a_result_takes_acts_under_its_own_post(post: str, state: str) -> None:
    office = Office()
    office.post("书记", "党委书记")
    office.appoint("王")
    office.appoint("王", post="书记")
    office.duty(BY_20TH, activity={"separately": True})
    office.act("2024-06-18", holder=post)
    assert office.verdict("2024-06", "2024-06-21").state == state


@sentence(
    "(`acts_of: person` where the text insists)",
)
def test_acts_of_the_person_alone_count_where_the_text_insists() -> None:
    frequency = {**BY_20TH, "acts_of": "person"}
    office = handed_over("2024-06-08", "2024-06-09", frequency)
    office.act("2024-06-08")
    verdict = office.verdict("2024-06", "2024-06-21")
    assert (verdict.person, verdict.state) == ("李", "overdue")
    office.act("2024-06-19")
    assert office.verdict("2024-06", "2024-06-21").state == "met"


# who owes it


@sentence(
    (
        "deadline, recurring deadline, after the period, coverage, share (but of working "
        "days, which is conduct), event — belong to the post"
    ),
    "owed whole by the person in the post on the due day",
)
def test_a_result_is_owed_whole_and_never_pro_rated() -> None:
    office = handed_over("2024-06-08", "2024-06-09", {"at_least": 3, **BY_20TH})
    verdict = office.verdict("2024-06", "2024-06-21")
    assert (verdict.person, verdict.required) == ("李", 3)


@sentence(
    "owed whole by the person in the post on the due day",
    (
        "if in force for at least half of the window's days; otherwise the verdict stands "
        "on the post with nobody named"
    ),
)
@pytest.mark.parametrize(
    ("last", "first", "person"),
    [
        ("2024-06-20", "2024-06-21", "王"),
        ("2024-06-10", "2024-06-11", "李"),  # 10 of 20 days: half
        ("2024-06-11", "2024-06-12", None),  # 9 of 20 days
        ("2024-06-19", "2024-06-20", None),
    ],
)
def test_it_is_owed_by_the_person_on_the_due_day_if_in_force_for_half_of_the_window(
    last: str, first: str, person: str | None
) -> None:
    office = handed_over(last, first, BY_20TH)
    verdict = office.verdict("2024-06", "2024-06-21")
    assert (verdict.person, verdict.post, verdict.state) == (person, "主任", "overdue")


@sentence(
    "owed whole by the person in the post on the due day",
)
@pytest.mark.parametrize(("first", "person"), [("2024-06-11", "李"), ("2024-06-12", None)])
def test_an_acting_person_owes_what_falls_due_while_standing_in(
    first: str, person: str | None
) -> None:
    office = Office()
    office.appoint("王")
    office.appoint("李", first, "2024-06-25", acting=True)
    office.duty(BY_20TH)
    verdict = office.verdict("2024-06", "2024-06-21")
    assert (verdict.person, verdict.state) == (person, "overdue")


@sentence(
    (
        "if in force for at least half of the window's days; otherwise the verdict stands "
        "on the post with nobody named"
    ),
)
def test_without_anybody_on_the_due_day_the_verdict_stands_on_the_post_alone() -> None:
    office = Office()
    office.appoint("王", last="2024-06-19")
    office.duty(BY_20TH)
    verdict = office.verdict("2024-06", "2024-06-21")
    assert (verdict.person, verdict.post, verdict.state) == (None, "主任", "overdue")


@sentence(
    (
        "(of two: more days in force in the window, then the smaller id; for a limit after "
        "an event: on its last day)"
    ),
)
def test_of_two_on_the_due_day_the_one_with_more_days_in_force_owes_it() -> None:
    office = handed_over("2024-06-20", "2024-06-11", BY_20TH)
    assert office.verdict("2024-06", "2024-06-21").person == "王"
    office = Office()
    office.appoint("王", "2024-06-08", "2024-06-20")
    office.appoint("李", "2024-06-05")
    office.duty(BY_20TH)
    assert office.verdict("2024-06", "2024-06-21").person == "李"


@sentence(
    (
        "(of two: more days in force in the window, then the smaller id; for a limit after "
        "an event: on its last day)"
    ),
)
@pytest.mark.parametrize("ids", [("b", "a"), ("a", "b")])
def test_of_two_with_as_many_days_the_smaller_id_owes_it(ids: tuple[str, str]) -> None:
    office = Office()
    for person in ids:
        office.appoint(person)
    office.duty(BY_20TH)
    assert office.verdict("2024-06", "2024-06-21").person == "a"


@sentence(
    (
        "(of two: more days in force in the window, then the smaller id; for a limit after "
        "an event: on its last day)"
    ),
)
@pytest.mark.parametrize(
    ("last", "first", "person"),
    [("2024-06-10", "2024-06-11", "王"), ("2024-06-04", "2024-06-05", "李")],
)
def test_a_limit_after_an_event_is_owed_by_the_person_on_the_events_last_day(
    last: str, first: str, person: str
) -> None:
    office = handed_over(last, first, {"after": "赛事", "within": "10 days"})
    office.event("夏季赛", "2024-06-03", last="2024-06-05")
    verdict = office.verdict("夏季赛", "2024-06-20")  # window 06-03..06-15, 13 days
    assert verdict.person == person


@sentence(
    "owed whole by the person in the post on the due day",
)
def test_a_limit_before_an_event_is_owed_by_the_person_on_its_due_day() -> None:
    office = handed_over("2024-06-10", "2024-06-11", {"before": "赛事", "ahead": "10 days"})
    office.event("夏季赛", "2024-06-20")
    assert office.verdict("夏季赛", "2024-06-20").person == "王"


@sentence(
    (
        "if in force for at least half of the window's days; otherwise the verdict stands "
        "on the post with nobody named"
    ),
)
def test_waived_days_are_not_in_force_for_the_person_either() -> None:
    office = Office()
    office.appoint("王")
    office.duty(BY_20TH)
    office.waive("2024-06-01", "2024-06-11", person="王")
    verdict = office.verdict("2024-06", "2024-06-21")
    assert verdict.person is None


@sentence(
    "At least half of the window waived: `exempt` (waived)",
)
@pytest.mark.parametrize(("last", "state"), [("2024-06-10", "exempt"), ("2024-06-09", "overdue")])
def test_at_least_half_of_the_window_waived_is_exempt(last: str, state: str) -> None:
    office = Office()
    office.duty(BY_20TH)
    office.waive("2024-06-01", last)
    verdict = office.verdict("2024-06", "2024-06-21")
    assert verdict.state == state
    assert verdict.reason == ("waived" if state == "exempt" else None)


@sentence(
    "A unit or a group in force for less than half is `exempt` (tenure)",
)
@pytest.mark.parametrize(("first", "state"), [("2024-06-12", "exempt"), ("2024-06-11", "overdue")])
def test_a_unit_in_force_for_less_than_half_is_exempt(first: str, state: str) -> None:
    office = Office()
    office.unit("甲厂", "企业", first=first)
    office.duty(BY_20TH, units={"type": "企业"})
    verdict = office.verdict("2024-06", "2024-06-21")
    assert verdict.state == state
    assert verdict.reason == ("tenure" if state == "exempt" else None)


@sentence(
    "A unit or a group in force for less than half is `exempt` (tenure)",
)
@pytest.mark.parametrize(("first", "state"), [("2024-06-12", "exempt"), ("2024-06-11", "overdue")])
def test_a_group_in_force_for_less_than_half_is_exempt(first: str, state: str) -> None:
    office = Office(holder=None)
    office.post("书记", "党委书记")
    office.appoint("周", first, post="书记")
    office.duty(BY_20TH, holder={"posts": ["主要负责人", "党委书记"], "joint": "any_of"})
    verdict = office.verdict("2024-06", "2024-06-21")
    assert verdict.state == state
    assert verdict.reason == ("tenure" if state == "exempt" else None)


@sentence(
    "A post that nobody holds on any day of the window has no verdict, only a vacancy",
)
@pytest.mark.parametrize(("first", "count"), [("2024-06-20", 1), ("2024-06-21", 0)])
def test_a_post_that_nobody_holds_in_the_window_has_no_verdict_only_a_vacancy(
    first: str, count: int
) -> None:
    office = Office(holder=None)
    office.appoint("李", first)
    office.duty(BY_20TH)
    audit = office.audit("2024-06-30", "2024-06")
    assert len(audit.verdicts) == count
    [vacancy] = audit.vacancies
    assert (vacancy.post, vacancy.first) == ("主任", on("2024-06-01"))


# windows


def in_time(office: Office, day: str, label: str, as_of: str) -> bool:
    """Whether an act of that day is what the obligation counts."""
    act = office.act(day)
    return act in office.counted(label, as_of)


@sentence(
    ("a deadline's opens on the first day on which duty, document and adoption are all in force"),
)
@pytest.mark.parametrize(("day", "found"), [("2024-03-09", False), ("2024-03-10", True)])
def test_a_deadlines_window_opens_when_duty_document_and_adoption_are_in_force(
    day: str, found: bool
) -> None:
    office = Office()
    office.document("doc", signed="2024-01-05")
    office.adopt("doc", "园区", "2024-03-10")
    office.duty({"by": "2024-06-30"}, valid={"first": "2024-02-01"})
    [verdict] = office.verdicts("2024-07-01")
    assert verdict.period.first == on("2024-03-10")
    assert in_time(office, day, verdict.label, "2024-07-01") == found


@sentence(
    (
        "a recurring deadline's on the day after the previous due day of the same period, "
        "else on the period's first day"
    ),
)
@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2024-01-01..2024-06-10", "2024-01-01", "2024-06-10"),
        ("2024-06-11..2024-12-10", "2024-06-11", "2024-12-10"),
    ],
)
def test_a_recurring_deadlines_window_follows_the_due_day_before_it(
    label: str, first: str, last: str
) -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"due": ["06-10", "12-10"], "per": "year"})
    verdict = office.verdict(label, "2024-12-31")
    assert verdict.window is not None
    assert (verdict.window.first, verdict.window.last) == (on(first), on(last))


@sentence(
    (
        "a recurring deadline's on the day after the previous due day of the same period, "
        "else on the period's first day"
    ),
)
def test_a_recurring_deadlines_first_window_opens_with_the_period() -> None:
    office = Office(records_from="2024-01-01")
    office.duty(BY_20TH)
    window = office.verdict("2024-06", "2024-06-30").window
    assert window is not None
    assert (window.first, window.last) == (on("2024-06-01"), on("2024-06-20"))


@sentence(
    "after the period: from the day after the period's last day",
)
@pytest.mark.parametrize(("day", "found"), [("2024-06-30", False), ("2024-07-01", True)])
def test_after_the_period_the_window_opens_the_day_after_it(day: str, found: bool) -> None:
    office = Office(records_from="2024-05-01")
    office.duty({"about": "quarter", "within": "15 days"})
    assert in_time(office, day, "2024-Q2", "2024-07-20") == found


@sentence(
    (
        "(periods of which less than half lies in the validity are `exempt`; acts and due "
        "day may lie after it)"
    ),
)
@pytest.mark.parametrize(
    ("first", "state"),
    [("2024-05-16", "overdue"), ("2024-05-17", "exempt")],
)
def test_periods_of_which_less_than_half_is_valid_are_exempt(first: str, state: str) -> None:
    office = Office()
    office.duty({"about": "quarter", "within": "15 days"}, valid={"first": first})
    verdict = office.verdict("2024-Q2", "2024-08-01")  # 46 or 45 of 91 days
    assert verdict.state == state


@sentence(
    (
        "(periods of which less than half lies in the validity are `exempt`; acts and due "
        "day may lie after it)"
    ),
)
def test_after_the_period_acts_and_due_day_may_lie_after_the_validity() -> None:
    office = Office()
    office.duty({"about": "quarter", "within": "15 days"}, valid={"last": "2024-06-30"})
    verdict = office.verdict("2024-Q2", "2024-08-01")
    assert (verdict.state, verdict.person) == ("overdue", "王")
    assert verdict.window == run("2024-07-01..2024-07-15")
    office.act("2024-07-10")
    assert office.verdict("2024-Q2", "2024-08-01").state == "met"


@sentence(
    (
        "(periods of which less than half lies in the validity are `exempt`; acts and due "
        "day may lie after it)"
    ),
)
def test_after_the_period_a_unit_may_owe_it_after_the_validity_too() -> None:
    office = Office()
    office.duty(
        {"about": "quarter", "within": "15 days"},
        units={"type": "园区"},
        valid={"last": "2024-06-30"},
    )
    assert office.verdict("2024-Q2", "2024-08-01").state == "overdue"


@sentence(
    "from `no_earlier_than` (default 30 days) before its due day",
)
@pytest.mark.parametrize(("day", "found"), [("2024-04-17", False), ("2024-04-18", True)])
def test_before_an_event_the_window_opens_30_days_before_the_due_day(day: str, found: bool) -> None:
    office = Office()
    office.duty({"before": "赛事"})
    office.event("春季赛", "2024-05-18")
    assert in_time(office, day, "春季赛", "2024-05-19") == found


@sentence(
    "from `no_earlier_than` (default 30 days) before its due day",
)
@pytest.mark.parametrize(("day", "found"), [("2024-05-02", False), ("2024-05-03", True)])
def test_no_earlier_than_is_counted_from_the_due_day(day: str, found: bool) -> None:
    office = Office()
    office.duty({"before": "赛事", "ahead": "10 days", "no_earlier_than": "5 days"})
    office.event("春季赛", "2024-05-18")  # due 05-08
    assert in_time(office, day, "春季赛", "2024-05-19") == found


@sentence(
    "or from the event's first day for limits after it",
)
@pytest.mark.parametrize(("day", "found"), [("2024-06-02", False), ("2024-06-03", True)])
def test_after_an_event_the_window_opens_on_its_first_day(day: str, found: bool) -> None:
    office = Office()
    office.duty({"after": "赛事", "within": "10 days"})
    office.event("夏季赛", "2024-06-03", last="2024-06-05")
    assert in_time(office, day, "夏季赛", "2024-06-20") == found


@sentence(
    "Coverage and share: the period, or as a deadline when they say by a day",
)
def test_a_coverage_has_the_period_as_its_window() -> None:
    office = Office()
    office.subject("一号")
    office.duty({"each": {"type": "项目"}, "per": "quarter"})
    office.act("2024-03-31", subjects=("一号",))
    assert office.verdict("2024-Q2", "2024-07-01").state == "overdue"
    office.act("2024-04-01", subjects=("一号",))
    assert office.verdict("2024-Q2", "2024-07-01").state == "met"


@sentence(
    "Coverage and share: the period, or as a deadline when they say by a day",
)
@pytest.mark.parametrize(("day", "found"), [("2024-01-31", False), ("2024-02-01", True)])
def test_a_coverage_or_share_by_a_day_has_the_window_of_a_deadline(day: str, found: bool) -> None:
    office = Office()
    office.subject("一号")
    office.duty({"each": {"type": "项目"}, "by": "2024-12-31"}, valid={"first": "2024-02-01"})
    office.act(day, subjects=("一号",))
    [verdict] = office.verdicts("2025-01-01")
    assert (verdict.state == "met") == found


# not in force


@sentence(
    (
        "a due day before `records_from`, or outside the days of duty, document and "
        "adoption (but for after the period)"
    ),
)
@pytest.mark.parametrize(
    ("records_from", "state"),
    [("2024-06-20", "exempt"), ("2024-06-21", None), ("2024-06-11", "overdue")],
)
def test_a_due_day_before_records_from_is_not_in_force(
    records_from: str, state: str | None
) -> None:
    office = Office(records_from=records_from)
    office.duty(BY_20TH)
    found = office.verdicts("2024-06-30", "2024-06")
    reasons = {(one.state, one.reason) for one in found}
    if state is None:  # nothing is judged of what was due before
        assert reasons <= {("exempt", "not_in_force")}
    else:
        assert reasons == {(state, "not_in_force" if state == "exempt" else None)}


@sentence(
    (
        "a window of which these together cover less than half (after the period: "
        "`records_from` alone): `exempt` (not in force)"
    ),
)
@pytest.mark.parametrize(
    ("records_from", "state"), [("2024-06-12", "exempt"), ("2024-06-11", "overdue")]
)
def test_a_window_mostly_before_records_from_is_not_in_force(records_from: str, state: str) -> None:
    office = Office(records_from=records_from)
    office.duty(BY_20TH)
    verdict = office.verdict("2024-06", "2024-06-30")
    assert verdict.state == state
    assert verdict.reason == ("not_in_force" if state == "exempt" else None)


@sentence(
    (
        "a due day before `records_from`, or outside the days of duty, document and "
        "adoption (but for after the period)"
    ),
    (
        "a window of which these together cover less than half (after the period: "
        "`records_from` alone): `exempt` (not in force)"
    ),
)
@pytest.mark.parametrize(
    ("valid", "state"),
    [
        ({"last": "2024-06-19"}, "exempt"),
        ({"last": "2024-06-20"}, "overdue"),
        ({"first": "2024-06-12"}, "exempt"),  # 9 of 20 days
        ({"first": "2024-06-11"}, "overdue"),
    ],
)
def test_a_due_day_or_half_of_the_window_outside_the_validity_is_not_in_force(
    valid: dict[str, str], state: str
) -> None:
    office = Office()
    office.duty(BY_20TH, valid=valid)
    verdict = office.verdict("2024-06", "2024-06-30")
    assert verdict.state == state
    assert verdict.reason == ("not_in_force" if state == "exempt" else None)


@sentence(
    (
        "a due day before `records_from`, or outside the days of duty, document and "
        "adoption (but for after the period)"
    ),
)
def test_a_deadline_before_the_documents_first_day_is_exempt() -> None:
    office = Office()
    office.document("doc", signed="2024-05-24")
    office.duty({"by": "2024-05-15"})
    [verdict] = office.verdicts("2024-06-01")
    assert (verdict.state, verdict.reason) == ("exempt", "not_in_force")


@sentence(
    (
        "a window of which these together cover less than half (after the period: "
        "`records_from` alone): `exempt` (not in force)"
    ),
)
@pytest.mark.parametrize(
    ("records_from", "state"), [("2024-07-09", "exempt"), ("2024-07-08", "overdue")]
)
def test_after_the_period_records_from_alone_must_cover_half_of_the_window(
    records_from: str, state: str
) -> None:
    office = Office(records_from=records_from)
    office.duty({"about": "quarter", "within": "15 days"}, valid={"last": "2024-07-10"})
    verdicts = office.verdicts("2024-08-01", "2024-Q2")  # window 07-01..07-15
    assert [one.state for one in verdicts] == [state]
