"""SEMANTICS, section 4: which period an act belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}
BY_THE_20TH = {"due": 20, "per": "month"}
BY_THE_15TH_AFTER = {"about": "month", "due": 15}
AFTER_AN_ACCIDENT = {"at_least": 1, "after": "事故", "within": "5 days"}


def office_with(frequency: Any, **said: Any) -> Office:
    office = Office(records_from="2024-01-01")
    office.duty(frequency, **said)
    return office


def accidents(*days: str, **said: Any) -> Office:
    """A duty within 5 days after each accident; accidents 事1, 事2 … on these days."""
    office = office_with(AFTER_AN_ACCIDENT)
    for n, day in enumerate(days, start=1):
        office.event(f"事{n}", day, type="事故", **said)
    return office


def states(office: Office, as_of: str, *labels: str) -> list[str]:
    return [str(office.verdict(label, as_of).state) for label in labels]


# the order in which acts are given out


@sentence(
    "Named acts (`for_period`, `event`) go first",
)
def test_named_acts_go_before_unnamed_ones() -> None:
    office = accidents("2024-06-01", "2024-06-02")
    office.act("2024-06-03", id="unnamed")
    office.act("2024-06-04", id="named", event="事1")
    assert office.counted("事1", "2024-06-20") == ["named"]
    assert office.counted("事2", "2024-06-20") == ["unnamed"]


@sentence(
    "then unnamed ones by day, time and id",
)
def test_unnamed_acts_go_by_day() -> None:
    office = accidents("2024-06-01", "2024-06-02")
    office.act("2024-06-04", id="a")
    office.act("2024-06-03", id="b")
    assert office.counted("事1", "2024-06-20") == ["b"]
    assert office.counted("事2", "2024-06-20") == ["a"]


@sentence(
    "then unnamed ones by day, time and id",
)
def test_unnamed_acts_of_one_day_go_by_time() -> None:
    office = accidents("2024-06-01", "2024-06-02")
    office.act("2024-06-03", id="a", at="15:00")
    office.act("2024-06-03", id="b", at="09:00")
    assert office.counted("事1", "2024-06-20") == ["b"]


@sentence(
    "then unnamed ones by day, time and id",
)
def test_unnamed_acts_of_one_day_and_time_go_by_id() -> None:
    office = accidents("2024-06-01", "2024-06-02")
    office.act("2024-06-03", id="b", quantity=1)
    office.act("2024-06-03", id="a", quantity=2)
    assert office.counted("事1", "2024-06-20") == ["a"]


@sentence(
    "each to what it is in time for before what it is late for",
)
def test_an_act_goes_to_what_it_is_in_time_for_before_what_it_is_late_for() -> None:
    office = accidents("2024-06-01", "2024-06-05")
    office.act("2024-06-08", id="it")
    assert states(office, "2024-06-20", "事1", "事2") == ["overdue", "met"]
    assert office.counted("事2", "2024-06-20") == ["it"]


@sentence(
    "and of several to the one that closes first and still lacks it",
)
def test_of_several_in_time_an_act_goes_to_the_one_that_closes_first() -> None:
    office = accidents("2024-06-02", "2024-06-01")
    office.act("2024-06-04", id="it")
    assert office.counted("事2", "2024-06-20") == ["it"]


@sentence(
    "and of several to the one that closes first and still lacks it",
)
def test_of_several_in_time_an_act_goes_to_one_that_still_lacks_it() -> None:
    office = accidents("2024-06-01", "2024-06-02")
    office.act("2024-06-03", id="first")
    office.act("2024-06-04", id="second")
    assert states(office, "2024-06-20", "事1", "事2") == ["met", "met"]


@sentence(
    "and of several to the one that closes first and still lacks it",
)
def test_of_several_that_it_is_late_for_an_act_goes_to_the_one_that_closed_first() -> None:
    office = accidents("2024-06-02", "2024-06-01")
    office.act("2024-06-18", id="it")
    assert states(office, "2024-06-20", "事2", "事1") == ["made_up", "overdue"]


@sentence(
    (
        "Only in the first third of a recurring-deadline or after-the-period window does "
        "an unnamed act go to the earlier due day while that lacks it"
    ),
)
@pytest.mark.parametrize(
    ("day", "june", "july"),
    [("2024-07-06", "made_up", "open"), ("2024-07-07", "overdue", "met")],
)
def test_in_the_first_third_of_a_recurring_window_an_act_goes_to_the_earlier_due_day(
    day: str, june: str, july: str
) -> None:
    office = Office(records_from="2024-06-01")
    office.duty(BY_THE_20TH)
    office.act(day)
    assert states(office, "2024-07-07", "2024-06", "2024-07") == [june, july]


@sentence(
    (
        "Only in the first third of a recurring-deadline or after-the-period window does "
        "an unnamed act go to the earlier due day while that lacks it"
    ),
)
def test_in_the_first_third_an_act_stays_where_the_earlier_due_day_lacks_nothing() -> None:
    office = Office(records_from="2024-06-01")
    office.duty(BY_THE_20TH)
    office.acts("2024-06-18", "2024-07-02")
    assert states(office, "2024-07-07", "2024-06", "2024-07") == ["met", "met"]


@sentence(
    (
        "Only in the first third of a recurring-deadline or after-the-period window does "
        "an unnamed act go to the earlier due day while that lacks it"
    ),
)
@pytest.mark.parametrize(
    ("day", "may", "june"),
    [("2024-07-05", "made_up", "open"), ("2024-07-06", "overdue", "met")],
)
def test_in_the_first_third_after_a_period_an_act_goes_to_the_earlier_one(
    day: str, may: str, june: str
) -> None:
    office = Office(records_from="2024-06-01")
    office.duty(BY_THE_15TH_AFTER)
    office.act(day)
    assert states(office, "2024-07-06", "2024-05", "2024-06") == [may, june]


# named acts


@sentence(
    "it belongs, early or late, to the period of that label",
)
def test_a_named_act_belongs_late_to_the_period_of_its_label() -> None:
    office = office_with(MONTHLY)
    office.act("2024-07-03", for_period="2024-06")
    june = office.verdict("2024-06", "2024-07-05")
    assert (june.state, june.days_late) == ("made_up", 3)
    assert office.verdict("2024-07", "2024-07-05").done == 0


@sentence(
    "it belongs, early or late, to the period of that label",
)
def test_a_named_act_belongs_early_to_the_period_of_its_label() -> None:
    office = office_with(MONTHLY)
    office.act("2024-05-30", for_period="2024-06")
    assert states(office, "2024-06-01", "2024-05", "2024-06") == ["overdue", "met"]


@sentence(
    "it belongs, early or late, to the period of that label",
)
@pytest.mark.parametrize("label", ["2024-Q2", "2024-04..2024-06", "2024-04-01..2024-06-30"])
def test_labels_of_the_same_days_name_the_same_period(label: str) -> None:
    office = office_with({"at_least": 1, "per": "quarter"})
    office.act("2024-07-03", for_period=label)
    assert office.verdict("2024-Q2", "2024-07-05").state == "made_up"


@sentence(
    "it belongs, early or late, to the period of that label",
)
def test_an_act_named_by_the_days_of_one_window_goes_to_no_wider_one() -> None:
    office = office_with({"at_least": 1, "windows": {"each": ["汛期", "主汛期"]}})
    office.act("2024-07-20", for_period="2024-07-16..2024-08-15")
    office.act("2024-07-21", for_period="2024-07-16..2024-08-15")
    assert office.verdict("2024/主汛期", "2024-11-01").done == 2
    assert office.verdict("2024/汛期", "2024-11-01").state == "overdue"


@sentence(
    "or to the one that contains it",
)
@pytest.mark.parametrize("label", ["2024-06", "2024-06-12", "2024-W24", "2024-06-X2"])
def test_a_named_act_belongs_to_the_period_that_contains_its_label(label: str) -> None:
    office = office_with({"at_least": 1, "per": "quarter"})
    office.act("2024-07-03", for_period=label)
    assert office.verdict("2024-Q2", "2024-07-05").state == "made_up"
    assert office.verdict("2024-Q3", "2024-07-05").done == 0


@sentence(
    "a name that lies in none of the duty's periods but overlaps them",
)
@pytest.mark.parametrize("label", ["2024", "2024-Q2", "2024-05..2024-06"])
def test_a_name_that_only_overlaps_the_dutys_periods_is_as_if_blank(label: str) -> None:
    office = office_with(MONTHLY)
    office.act("2024-06-12", for_period=label)
    assert office.verdict("2024-06", "2024-07-01").state == "met"


@sentence(
    "a name that lies in none of the duty's periods but overlaps them",
)
def test_a_name_that_holds_several_due_days_of_one_period_is_as_if_blank() -> None:
    office = office_with({"due": ["06-last", "12-last"], "per": "year"})
    office.act("2024-06-12", for_period="2024")
    assert office.verdict("2024-01-01..2024-06-30", "2024-07-01").state == "met"


@sentence(
    "a name that lies in none of the duty's periods but overlaps them",
)
def test_a_name_of_an_earlier_period_of_the_duty_is_not_as_if_blank() -> None:
    office = Office(records_from="2024-06-01")
    office.duty(MONTHLY)
    office.act("2024-06-03", id="it", for_period="2024-05")
    assert office.verdict("2024-06", "2024-07-01").state == "overdue"
    assert office.why("2024-06", "2024-07-01") == {"it": "outside_period"}


@sentence(
    "a name that lies in none of the duty's periods but overlaps them",
)
@pytest.mark.parametrize(
    ("named", "day", "risky_from", "counted"),
    [
        ("2023-Q4", "2024-01-06", "2024-02-10", "2024-01"),  # months were asked for then
        ("2024-Q1", "2024-01-06", "2024-02-10", "2024-01"),
        ("2023-Q4", "2024-01-06", "2023-01-01", None),  # the quarter was asked for then
        ("2023-12", "2024-01-06", "2023-11-10", None),  # and here its months
        ("2023-12", "2024-01-06", "2023-01-01", None),  # it lies in the quarter
    ],
)
def test_what_a_name_means_is_said_by_the_variant_that_held_then(
    named: str, day: str, risky_from: str, counted: str | None
) -> None:
    office = Office(records_from="2024-01-01")
    variant = {"at_least": 1, "per": "quarter", "when": {"tags": ["高危"]}}
    office.duty({**MONTHLY, "variants": [variant]})
    office.unit("园区", tags=f"高危@{risky_from}")
    office.act(day, for_period=named)
    found = {one.label: one.counted for one in office.verdicts("2024-04-01")}
    assert [label for label, acts in found.items() if acts] == ([counted] if counted else [])


@sentence(
    "or an event under a duty that is not about events, is as if blank for that duty",
)
def test_an_event_under_a_duty_that_is_not_about_events_is_as_if_blank() -> None:
    office = office_with(MONTHLY)
    office.event("赛1", "2024-08-18")
    office.act("2024-06-12", event="赛1")
    assert office.verdict("2024-06", "2024-07-01").state == "met"


@sentence(
    "or an event under a duty that is not about events, is as if blank for that duty",
)
def test_one_named_act_is_for_its_event_and_by_its_day_for_other_duties() -> None:
    office = office_with(MONTHLY)
    office.duty({"at_least": 1, "before": "赛事"}, "before_race")
    office.event("赛1", "2024-07-05")
    office.act("2024-06-30", event="赛1")
    assert states(office, "2024-07-06", "赛1", "2024-06") == ["met", "met"]


# unnamed acts


@sentence(
    "Unnamed: to the period or window its day lies in",
)
def test_an_unnamed_act_belongs_to_the_period_of_its_day() -> None:
    office = office_with(MONTHLY)
    office.acts("2024-05-31", "2024-07-01")
    assert states(office, "2024-07-02", "2024-05", "2024-06", "2024-07") == [
        "met",
        "overdue",
        "met",
    ]


@sentence(
    "Unnamed: to the period or window its day lies in",
)
def test_an_act_of_several_days_belongs_to_its_last() -> None:
    office = office_with(MONTHLY)
    office.act("2024-07-02", first_day="2024-06-28")
    assert states(office, "2024-07-03", "2024-06", "2024-07") == ["overdue", "met"]


def moved_office() -> Office:
    """A report by each month's last day; 2024-06-30 is a Sunday, so June is due on 07-01."""
    office = Office(records_from="2024-06-01")
    office.document(signed="2020-01-01", adjust="next_workday")
    office.duty({"due": "last", "per": "month"})
    return office


@sentence(
    (
        "Between a window's last day and its (moved, graced) due day it goes to the ended "
        "one if that still lacks it, and then not to the next"
    ),
)
def test_between_the_last_day_and_the_moved_due_day_an_act_goes_to_the_ended_period() -> None:
    office = moved_office()
    office.act("2024-07-01", id="it")
    assert states(office, "2024-07-02", "2024-06", "2024-07") == ["met", "open"]
    assert office.why("2024-07", "2024-07-02") == {"it": "used_elsewhere"}


@sentence(
    (
        "Between a window's last day and its (moved, graced) due day it goes to the ended "
        "one if that still lacks it, and then not to the next"
    ),
)
def test_between_them_an_act_goes_on_where_the_ended_period_lacks_nothing() -> None:
    office = moved_office()
    office.acts("2024-06-12", "2024-07-01")
    assert states(office, "2024-07-02", "2024-06", "2024-07") == ["met", "met"]


@sentence(
    (
        "Between a window's last day and its (moved, graced) due day it goes to the ended "
        "one if that still lacks it, and then not to the next"
    ),
)
@pytest.mark.parametrize(
    ("day", "june", "july"),
    [("2024-07-05", "met", "open"), ("2024-07-06", "overdue", "met")],
)
def test_until_the_graced_due_day_an_act_goes_to_the_ended_period(
    day: str, june: str, july: str
) -> None:
    office = Office(records_from="2024-06-01")
    office.duty({**MONTHLY, "grace": 5})
    office.act(day)
    assert states(office, "2024-07-07", "2024-06", "2024-07") == [june, july]


@sentence(
    (
        "Unnamed and late it still counts for a deadline, coverage or share by a day, and "
        "an event that something follows (without end)"
    ),
)
@pytest.mark.parametrize("frequency", [AFTER_AN_ACCIDENT, {"at_least": 1, "by": "2024-06-06"}])
def test_late_and_unnamed_it_counts_without_end_for_a_deadline_and_after_an_event(
    frequency: dict[str, Any],
) -> None:
    office = office_with(frequency, valid={"first": "2024-01-01"})
    office.event("事1", "2024-06-01", type="事故")
    office.act("2026-06-08")
    verdict = office.verdicts("2026-06-10")[0]
    assert (verdict.state, verdict.days_late) == ("made_up", 732)


@sentence(
    (
        "Unnamed and late it still counts for a deadline, coverage or share by a day, and "
        "an event that something follows (without end)"
    ),
)
@pytest.mark.parametrize("frequency", [{"at_least": 1}, {"share": "100%"}])
def test_late_and_unnamed_it_counts_for_a_coverage_or_share_by_a_day(
    frequency: dict[str, Any],
) -> None:
    members = "of" if "share" in frequency else "each"
    by_a_day = {**frequency, members: {"type": "项目"}, "by": "2024-06-30"}
    office = office_with(by_a_day, valid={"first": "2024-01-01"})
    office.subject("甲")
    office.act("2025-03-01", subjects=("甲",))
    assert office.verdicts("2025-03-02")[0].state == "made_up"


@sentence(
    "For all other shapes only make-ups and named acts count late",
)
@pytest.mark.parametrize("frequency", [{"at_least": 1}, {"share": "100%"}])
def test_late_and_unnamed_it_does_not_count_for_a_coverage_or_share_of_a_period(
    frequency: dict[str, Any],
) -> None:
    members = "of" if "share" in frequency else "each"
    office = office_with({**frequency, members: {"type": "项目"}, "per": "quarter"})
    office.subject("甲")
    office.act("2024-07-01", subjects=("甲",))
    assert states(office, "2024-07-02", "2024-Q2", "2024-Q3") == ["overdue", "met"]


@sentence(
    "for a recurring deadline and after the period (to the next due day)",
)
@pytest.mark.parametrize(("day", "june"), [("2024-07-20", "made_up"), ("2024-07-21", "overdue")])
def test_late_and_unnamed_it_counts_for_a_recurring_deadline_to_the_next_due_day(
    day: str, june: str
) -> None:
    office = office_with({"due": ["01-20", "07-20"], "per": "year", "grace": 0})
    office.act("2024-06-10", id="in time")
    office.act(day, id="late")
    first, second = sorted(
        (x for x in office.verdicts("2024-07-25") if x.period.first.year == 2024),
        key=lambda x: x.period,
    )[:2]
    # The first act lies in the second window, so what comes after it can only be late.
    assert second.state == "met"
    assert str(first.state) == june


@sentence(
    "for a recurring deadline and after the period (to the next due day)",
)
@pytest.mark.parametrize(("day", "may"), [("2024-07-15", "made_up"), ("2024-07-16", "overdue")])
def test_late_and_unnamed_it_counts_after_the_period_to_the_next_due_day(
    day: str, may: str
) -> None:
    office = Office(records_from="2024-06-01")
    office.duty(BY_THE_15TH_AFTER)
    office.act("2024-07-08", id="in time for june")
    office.act(day, id="late")
    assert states(office, "2024-07-25", "2024-05", "2024-06") == [may, "met"]


@sentence(
    "for a rolling gap",
)
def test_late_and_unnamed_it_reaches_a_rolling_gap() -> None:
    office = office_with({"every": "45 days", "reading": "rolling"})
    office.appoint("王", "2024-01-10")
    office.act("2024-06-01")
    assert office.verdict("2024-01-10..2024-02-24", "2024-06-02").state == "made_up"


@sentence(
    (
        "a name that lies in none of the duty's periods but overlaps them, or an event under "
        "a duty that is not about events, is as if blank for that duty"
    ),
)
@pytest.mark.parametrize(
    ("label", "counts"),
    [
        ("2024/春季学期", True),
        ("2024-04", True),
        ("2024-07", True),  # the term ends in it
        ("2023-07", True),  # so did one of before the records
        ("2023/春季学期", False),
        ("2023-05", False),
        ("2023-08", False),  # between two terms
    ],
)
def test_a_name_under_a_duty_of_school_terms_is_read_beside_all_terms(
    label: str, counts: bool
) -> None:
    office = office_with({"at_least": 1, "per": "school_term"})
    act = office.act("2024-06-12", for_period=label)
    assert office.counted("2024/春季学期", "2024-07-10") == ([act] if counts else [])
