"""SEMANTICS, section 5: every state, the order of the table, warn days, behind, and the rates."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from engine.judging.verdict import LIGHTS, State
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}
YEARLY = {"at_least": 12, "per": "year"}


def office_with(frequency: Any = None, **said: Any) -> Office:
    office = Office()
    office.duty(frequency or MONTHLY, **said)
    return office


def state(office: Office, label: str, as_of: str) -> str:
    return str(office.verdict(label, as_of).state)


# the states and their lights


@sentence(
    "The first row that fits, from the top",
)
def test_each_state_has_its_light_and_the_table_its_order() -> None:
    table = {
        "to_be_ruled": "white",
        "exempt": "grey",
        "exceeded": "yellow",
        "met": "green",
        "made_up": "yellow",
        "upcoming": "grey",
        "due_soon": "yellow",
        "behind": "yellow",
        "open": "blue",
        "overdue": "red",
    }
    assert {str(one): light for one, light in LIGHTS.items()} == table
    assert [str(one) for one in State] == list(table)


@sentence(
    "no measure, and no ruling yet",
    ("`shortfall` = max(0, r − c) in every judged state, 0 for `exempt` and `to_be_ruled`"),
)
def test_without_a_measure_and_a_ruling_it_is_to_be_ruled() -> None:
    office = office_with("to_be_ruled")
    office.acts("2024-02-01", "2024-03-01")
    verdict = office.verdict("2024", "2025-06-01")
    assert (verdict.state, verdict.shortfall, verdict.light) == ("to_be_ruled", 0, "white")


@sentence(
    "no measure, and no ruling yet",
)
def test_with_a_ruling_it_is_judged() -> None:
    office = office_with("to_be_ruled")
    office.ruling("check", MONTHLY, "2024-01-10", first="2024-01-01")
    assert state(office, "2024-06", "2024-07-01") == "overdue"


@sentence(
    "no measure, and no ruling yet",
)
def test_a_ruling_made_later_than_the_audits_day_is_none_yet() -> None:
    office = office_with("to_be_ruled")
    office.ruling("check", MONTHLY, "2024-07-02", first="2024-01-01")
    assert state(office, "2024", "2024-07-01") == "to_be_ruled"


@sentence(
    "no measure, and no ruling yet",
    "The first row that fits, from the top",
)
def test_to_be_ruled_comes_before_exempt() -> None:
    office = office_with("to_be_ruled")
    office.waive("2024-01-01", "2024-12-31")
    assert state(office, "2024", "2024-07-01") == "to_be_ruled"


@sentence(
    "r = 0",
    ("`shortfall` = max(0, r − c) in every judged state, 0 for `exempt` and `to_be_ruled`"),
)
def test_what_asks_for_nothing_is_exempt_whatever_was_done() -> None:
    office = office_with({"at_least": 1, "at_most": 2, "cap": True, "per": "month"})
    office.appoint("王", "2024-06-20")
    office.acts("2024-06-21", "2024-06-22", "2024-06-23")
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.state, verdict.reason, verdict.shortfall) == ("exempt", "tenure", 0)


@sentence(
    "r = 0",
)
def test_what_asks_for_nothing_is_exempt_before_it_begins_too() -> None:
    office = office_with()
    office.appoint("王", "2024-06-20")
    assert state(office, "2024-06", "2024-06-10") == "exempt"


@sentence(
    "c > M, where M is a cap (of a coverage: of any required member, and none missing)",
)
def test_more_than_the_most_is_exceeded_where_it_is_a_cap() -> None:
    office = office_with({"at_least": 1, "at_most": 2, "cap": True, "per": "month"})
    office.acts("2024-06-03", "2024-06-04")
    assert state(office, "2024-06", "2024-06-10") == "met"
    office.act("2024-06-05")
    assert state(office, "2024-06", "2024-06-10") == "exceeded"


@sentence(
    "c ≥ r, reached by d (also before s)",
)
def test_done_by_the_due_day_is_met() -> None:
    office = office_with()
    office.act("2024-06-30")
    assert state(office, "2024-06", "2024-06-30") == "met"


@sentence(
    "c ≥ r, reached by d (also before s)",
    "The first row that fits, from the top",
)
def test_what_was_met_before_the_window_is_met_and_not_upcoming() -> None:
    office = office_with()
    office.act("2024-05-30", for_period="2024-06")
    assert state(office, "2024-06", "2024-05-31") == "met"


@sentence(
    "c ≥ r, reached by d (also before s)",
)
def test_what_was_reached_by_the_graced_due_day_is_met() -> None:
    office = office_with({**MONTHLY, "grace": 5})
    office.act("2024-07-05", for_period="2024-06")
    assert state(office, "2024-06", "2024-07-06") == "met"


@sentence(
    "c ≥ r only with acts after d or make-ups",
)
def test_what_was_reached_only_after_the_due_day_is_made_up() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.act("2024-06-05")
    office.act("2024-07-02", makes_up="2024-06")
    verdict = office.verdict("2024-06", "2024-07-10")
    assert (verdict.state, verdict.days_late, verdict.shortfall) == ("made_up", 2, 0)


@sentence(
    "`days_late` = day r was reached − d, at least 0",
)
def test_days_late_run_to_the_day_on_which_enough_was_reached() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    for day in ("2024-07-09", "2024-07-02", "2024-07-05"):
        office.act(day, makes_up="2024-06")
    assert office.verdict("2024-06", "2024-07-10").days_late == 5


@sentence(
    "`days_late` = day r was reached − d, at least 0",
)
def test_days_late_count_from_the_moved_and_graced_due_day() -> None:
    office = Office()
    office.document(signed="2020-01-01", adjust="next_workday")
    office.duty({"due": 20, "per": "month", "grace": 2})
    office.acts("2024-06-18", "2024-07-25")
    assert office.verdict("2024-07", "2024-07-26").days_late == 1


@sentence(
    "`days_late` = day r was reached − d, at least 0",
)
def test_days_late_are_at_least_0() -> None:
    office = office_with({"at_least": 1, "after": "事故", "within": "1 hours"})
    office.event("事1", "2024-05-20", type="事故", at="14:00")
    office.act("2024-05-20", at="18:00")
    verdict = office.verdict("事1", "2024-05-21")
    assert (verdict.state, verdict.days_late) == ("made_up", 0)


@sentence(
    "`days_late` = day r was reached − d, at least 0",
)
def test_days_late_and_overdue_are_absent_outside_their_states() -> None:
    office = office_with()
    office.act("2024-06-05")
    met = office.verdict("2024-06", "2024-07-10")
    overdue = office.verdict("2024-05", "2024-07-10")
    assert (met.days_late, met.days_overdue, overdue.days_late) == (None, None, None)


@sentence(
    "D < s, c < r",
)
def test_before_its_first_day_in_force_it_is_upcoming() -> None:
    office = office_with({"at_least": 3, "per": "month"})
    office.appoint("王", "2024-06-10")
    assert state(office, "2024-06", "2024-06-09") == "upcoming"
    assert state(office, "2024-06", "2024-06-10") == "open"


@sentence(
    "D < s, c < r",
    ("`shortfall` = max(0, r − c) in every judged state, 0 for `exempt` and `to_be_ruled`"),
)
def test_upcoming_owes_its_shortfall_already() -> None:
    verdict = office_with({"at_least": 3, "per": "month"}).verdict("2024-07", "2024-06-25")
    assert (verdict.state, verdict.shortfall) == ("upcoming", 3)


# due soon


@sentence(
    (
        "d − D ≤ warn days: 7, but at most a third of the window's days rounded down, at "
        "least 1 (0 for a single day)"
    ),
)
@pytest.mark.parametrize(
    ("frequency", "label", "last_open", "first_soon"),
    [
        (MONTHLY, "2024-06", "2024-06-22", "2024-06-23"),
        ({"at_least": 1, "per": "quarter"}, "2024-Q2", "2024-06-22", "2024-06-23"),
        ({**MONTHLY, "warn": 3}, "2024-06", "2024-06-26", "2024-06-27"),
        ({**MONTHLY, "warn": 20}, "2024-06", "2024-06-19", "2024-06-20"),
        ({"at_least": 1, "per": "week"}, "2024-W23", "2024-06-06", "2024-06-07"),
        ({"at_least": 1, "per": "ten_days"}, "2024-06-X1", "2024-06-06", "2024-06-07"),
        ({**MONTHLY, "grace": 5}, "2024-06", "2024-06-27", "2024-06-28"),
        ({"due": 20, "per": "month"}, "2024-06", "2024-06-13", "2024-06-14"),
    ],
)
def test_it_is_due_soon_within_the_warn_days_but_at_most_a_third_of_the_window(
    frequency: dict[str, Any], label: str, last_open: str, first_soon: str
) -> None:
    office = office_with(frequency)
    assert state(office, label, last_open) == "open"
    assert state(office, label, first_soon) == "due_soon"


@sentence(
    (
        "d − D ≤ warn days: 7, but at most a third of the window's days rounded down, at "
        "least 1 (0 for a single day)"
    ),
)
def test_a_window_of_two_days_warns_one_day_before() -> None:
    office = office_with({"at_least": 1, "after": "事故", "within": "1 days"})
    office.event("事1", "2024-06-04", type="事故")
    assert state(office, "事1", "2024-06-04") == "due_soon"


@sentence(
    (
        "d − D ≤ warn days: 7, but at most a third of the window's days rounded down, at "
        "least 1 (0 for a single day)"
    ),
)
def test_a_window_of_five_days_warns_one_day_before() -> None:
    office = office_with({"at_least": 1, "after": "事故", "within": "4 days"})
    office.event("事1", "2024-06-04", type="事故")
    assert state(office, "事1", "2024-06-06") == "open"
    assert state(office, "事1", "2024-06-07") == "due_soon"


@sentence(
    (
        "d − D ≤ warn days: 7, but at most a third of the window's days rounded down, at "
        "least 1 (0 for a single day)"
    ),
)
def test_a_single_day_is_due_soon_on_the_day_itself_only() -> None:
    office = office_with({"at_least": 1, "per": "day", "grace": 1})
    assert state(office, "2024-06-05", "2024-06-05") == "open"
    assert state(office, "2024-06-05", "2024-06-06") == "due_soon"
    plain = office_with({"at_least": 1, "per": "day"})
    assert state(plain, "2024-06-05", "2024-06-05") == "due_soon"


@sentence(
    (
        "d − D ≤ warn days: 7, but at most a third of the window's days rounded down, at "
        "least 1 (0 for a single day)"
    ),
)
def test_the_third_is_of_the_days_in_force() -> None:
    office = office_with({"at_least": 3, "per": "month"})
    office.appoint("王", "2024-06-19")
    assert state(office, "2024-06", "2024-06-25") == "open"
    assert state(office, "2024-06", "2024-06-26") == "due_soon"


@sentence(
    (
        "d − D ≤ warn days: 7, but at most a third of the window's days rounded down, at "
        "least 1 (0 for a single day)"
    ),
)
def test_between_the_last_day_and_the_moved_due_day_it_is_still_due_soon() -> None:
    office = Office()
    office.document(signed="2020-01-01", adjust="next_workday")
    office.duty({"due": "last", "per": "month"})
    assert state(office, "2024-06", "2024-07-01") == "due_soon"
    assert office.verdict("2024-06", "2024-07-02").days_overdue == 1


# behind


@sentence(
    "c < floor(r × days in force to D ÷ days in force)",
)
def test_behind_is_less_than_the_floor_of_what_the_days_in_force_so_far_ask_for() -> None:
    office = office_with({"at_least": 4, "per": "year"})
    # 4 × 91 ÷ 366 = 0.99, 4 × 92 ÷ 366 = 1.005
    assert state(office, "2024", "2024-03-31") == "open"
    assert state(office, "2024", "2024-04-01") == "behind"
    office.act("2024-03-03")
    assert state(office, "2024", "2024-04-01") == "open"


@sentence(
    "as `open`; the whole period (of results: the window) has at least 90 days",
)
def test_a_period_of_90_days_may_be_behind_and_a_shorter_one_never() -> None:
    quarter = office_with({"at_least": 90, "per": "quarter"})
    assert state(quarter, "2023-Q1", "2023-01-02") == "behind"
    months = office_with({"at_least": 60, "per": "2 months"})
    assert state(months, "2024-01..2024-02", "2024-02-01") == "open"


@sentence(
    "as `open`; the whole period (of results: the window) has at least 90 days",
)
def test_the_90_days_are_of_the_whole_period_not_of_the_days_in_force() -> None:
    office = office_with(YEARLY)
    office.appoint("王", "2024-11-01")
    verdict = office.verdict("2024", "2024-12-10")
    assert (verdict.state, verdict.required) == ("behind", 2)


@sentence(
    "not for rolling and events",
)
def test_a_rolling_gap_is_never_behind() -> None:
    office = office_with({"every": "200 days", "reading": "rolling"})
    office.appoint("王", "2024-01-01")
    assert {
        str(one.state) for day in ("2024-02-01", "2024-07-05") for one in office.verdicts(day)
    } == {"open"}


@sentence(
    "not for rolling and events",
)
@pytest.mark.parametrize("said", [{"after": "事故", "within": "200 days"}, {"before": "事故"}])
def test_an_event_is_never_behind(said: dict[str, str]) -> None:
    extra = {} if "after" in said else {"no_earlier_than": "200 days"}
    office = office_with({"at_least": 100, **said, **extra})
    office.event("事1", "2024-06-01" if "after" in said else "2024-12-01", type="事故")
    assert state(office, "事1", "2024-08-01") == "open"


@sentence(
    "The first row that fits, from the top",
)
def test_due_soon_comes_before_behind() -> None:
    assert state(office_with(YEARLY), "2024", "2024-12-25") == "due_soon"


@sentence(
    "c < floor(r × days in force to D ÷ days in force)",
)
def test_a_quarters_coverage_may_be_behind() -> None:
    office = office_with({"each": {"type": "项目"}, "at_least": 1, "per": "quarter"})
    for n in range(10):
        office.subject(f"项目{n}")
    assert state(office, "2024-Q2", "2024-05-16") == "behind"


# open, overdue, shortfall


@sentence(
    "s ≤ D ≤ d, c < r",
)
def test_inside_its_window_and_short_it_is_open() -> None:
    verdict = office_with({"at_least": 3, "per": "month"}).verdict("2024-06", "2024-06-01")
    assert (verdict.state, verdict.shortfall) == ("open", 3)


@sentence(
    "D > d, c < r; `days_overdue` = D − d",
)
def test_after_the_due_day_and_short_it_is_overdue_by_the_days_since() -> None:
    office = office_with({**MONTHLY, "grace": 5})
    assert state(office, "2024-06", "2024-07-05") == "due_soon"
    assert office.verdict("2024-06", "2024-07-06").days_overdue == 1
    assert office.verdict("2024-06", "2024-07-16").days_overdue == 11


@sentence(
    ("`shortfall` = max(0, r − c) in every judged state, 0 for `exempt` and `to_be_ruled`"),
)
def test_the_shortfall_is_what_is_still_lacking() -> None:
    office = office_with({"at_least": 3, "per": "month"})
    office.act("2024-06-03")
    assert office.verdict("2024-06", "2024-07-01").shortfall == 2


@sentence(
    ("`shortfall` = max(0, r − c) in every judged state, 0 for `exempt` and `to_be_ruled`"),
)
def test_the_shortfall_is_never_below_0() -> None:
    office = office_with()
    office.acts("2024-06-03", "2024-06-04")
    assert office.verdict("2024-06", "2024-07-01").shortfall == 0


@sentence(
    "c ≥ r, reached by d (also before s)",
)
def test_only_what_was_done_by_the_audits_day_counts() -> None:
    office = office_with()
    office.act("2024-06-12")
    assert state(office, "2024-06", "2024-06-11") == "open"
    assert state(office, "2024-06", "2024-06-12") == "met"


@sentence(
    "c ≥ r, reached by d (also before s)",
)
def test_an_act_after_a_met_obligation_does_not_undo_it() -> None:
    office = office_with()
    office.act("2024-06-12")
    office.act("2024-07-12", makes_up="2024-06")
    assert state(office, "2024-06", "2024-07-20") == "met"


# rates


def mixed() -> Office:
    """In June: two met, one made up, one overdue, one exceeded, one exempt, one to be ruled."""
    office = Office()
    capped = {"at_least": 1, "at_most": 1, "cap": True, "per": "month"}
    for key, frequency in {
        "met1": MONTHLY,
        "met2": MONTHLY,
        "made_up": MONTHLY,
        "overdue": MONTHLY,
        "exceeded": capped,
        "exempt": MONTHLY,
        "unruled": "to_be_ruled",
    }.items():
        office.duty(frequency, key, kind="检查", activity={"attributes": {"项": key}})
    office.waive("2024-06-01", "2024-06-30", duty="exempt")
    for key, day in (
        ("met1", "2024-06-03"),
        ("met2", "2024-06-04"),
        ("exceeded", "2024-06-05"),
        ("exceeded", "2024-06-06"),
    ):
        office.act(day, attributes=(("项", key),))
    office.act("2024-07-01", attributes=(("项", "made_up"),), makes_up="2024-06")
    return office


@sentence(
    (
        "on-time rate (按期率) = met ÷ (met + made_up + overdue + exceeded); done rate "
        "(完成率) = (met + made_up) ÷ the same"
    ),
)
def test_the_rates_are_exact_fractions_over_what_was_due() -> None:
    summary = mixed().audit("2024-07-02", "2024-06").summary
    assert summary.due == 5
    assert summary.rate == Fraction(2, 5)
    assert summary.rate_done == Fraction(3, 5)


@sentence(
    (
        "In a summary the state counts are over the span, `due` is the number that stands "
        "in the rates, and the rest still run"
    ),
)
def test_the_state_counts_are_over_the_span_and_hold_what_is_in_no_rate() -> None:
    summary = mixed().audit("2024-07-02", "2024-06").summary
    counts = {str(one): count for one, count in summary.states.items() if count}
    assert counts == {
        "met": 2,
        "made_up": 1,
        "overdue": 1,
        "exceeded": 1,
        "exempt": 1,
        "to_be_ruled": 1,
    }


@sentence(
    "over obligations with D > d",
    "So a month is judged on the first of the next",
)
def test_nothing_is_due_before_the_day_after_the_due_day() -> None:
    summary = mixed().audit("2024-06-30", "2024-06").summary
    assert (summary.due, summary.rate, summary.rate_done) == (0, None, None)
    assert summary.states[State.MET] == 2
    assert mixed().audit("2024-07-01", "2024-06").summary.due == 5


@sentence(
    "over obligations with D > d",
)
def test_until_the_graced_due_day_is_over_nothing_is_due() -> None:
    office = office_with({**MONTHLY, "grace": 5})
    office.act("2024-06-12")
    assert office.audit("2024-07-05", "2024-06").summary.due == 0
    assert office.audit("2024-07-06", "2024-06").summary.due == 1


@sentence(
    "Nothing due: absent, printed —",
)
def test_where_nothing_was_due_the_rates_are_absent() -> None:
    office = office_with()
    office.waive("2024-06-01", "2024-06-30")
    summary = office.audit("2024-07-01", "2024-06").summary
    assert (summary.due, summary.rate, summary.rate_done) == (0, None, None)


@sentence(
    "Nothing due: absent, printed —",
)
def test_where_all_was_missed_the_rates_are_0_and_not_absent() -> None:
    summary = office_with().audit("2024-07-01", "2024-06").summary
    assert (summary.due, summary.rate, summary.rate_done) == (1, 0, 0)


@sentence(
    "as `open`; the whole period (of results: the window) has at least 90 days",
)
@pytest.mark.parametrize(
    ("frequency", "label", "as_of", "is_behind"),
    [
        # a quarter's report has a window of 15 days, a year's one of 91
        ({"about": "quarter", "within": "15 days"}, "2024-Q1", "2024-04-09", False),
        ({"about": "year", "due": {"month": 3, "day": "last"}}, "2023", "2024-03-10", True),
        ({"due": "03-30", "per": "year"}, "2024", "2024-03-10", True),
        ({"due": "03-29", "per": "year"}, "2024", "2024-03-10", False),  # 89 days
    ],
)
def test_a_result_may_be_behind_where_its_window_has_90_days(
    frequency: dict[str, Any], label: str, as_of: str, is_behind: bool
) -> None:
    office = office_with({**frequency, "at_least": 10})
    assert state(office, label, as_of) == ("behind" if is_behind else "open")
