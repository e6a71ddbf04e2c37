"""Section 5: the last flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from engine.alerting.alerts import conclude
from engine.alerting.conditions import Branch, Value
from engine.alerting.oracle import RELATIONS
from engine.alerting.policy import load_policy
from engine.calendar.workdays import Workdays
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on
from tests.semantics.section_5.test_section_5_flags import JULY, MONTHLY, flags, office_with


@sentence(
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
@pytest.mark.parametrize(("year", "missing"), [(2026, False), (2031, True)])
def test_past_the_last_published_year_the_holiday_table_is_missing(
    year: int, missing: bool
) -> None:
    office = office_with({"at_least": 1, "per": "week"}, valid={"first": f"{year}-01-01"})
    label, as_of = f"{year}-W20", f"{year}-06-20"
    verdict = office.verdict(label, as_of)
    assert (verdict.state, "holiday_table_missing" in verdict.flags) == ("overdue", missing)


@sentence(
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
def test_where_no_working_day_decides_no_table_is_missing() -> None:
    office = office_with(valid={"first": "2031-01-01"})
    assert "holiday_table_missing" not in flags(office, "2031-06", "2031-07-10")


@sentence(
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
def test_a_moved_due_day_past_the_tables_is_flagged() -> None:
    office = Office()
    office.document(signed="2031-01-01", adjust="next_workday")
    office.duty({"due": 20, "per": "month"})
    assert "holiday_table_missing" in flags(office, "2031-06", "2031-07-10")


@sentence(
    "零报告 (nothing to report) is an act",
)
def test_a_report_that_says_nothing_was_found_is_an_act() -> None:
    office = office_with(kind="报送")
    office.act("2024-06-12", kind="报送", quantity=0, note="零报告")
    assert office.verdict("2024-06", JULY).state == "met"


# what alerts wait for


def plainly(
    rules: Mapping[str, Sequence[Branch]], facts: Sequence[Mapping[str, Value]]
) -> set[tuple[int, str]]:
    """What the rules engine answers, without the price of a child process."""
    return {
        (at, name)
        for at, fact in enumerate(facts)
        for name, branches in rules.items()
        if any(all(RELATIONS[c.operator](fact[c.fact], c.value) for c in row) for row in branches)
    }


def levels(office: Office, as_of: str, label: str) -> list[str]:
    """The levels that the shipped policy concludes for one label."""
    found = conclude(
        office.verdicts(as_of),
        office.records(),
        load_policy(),
        on(as_of),
        Workdays(office.rulebook().calendar),
        engine=plainly,
    )
    return [one.level for one in found if one.label == label and one.scope == "obligation"]


@sentence(
    "`hold_working_days` after d (default 5) in the policy",
)
def test_an_alert_about_overdue_waits_for_the_working_days_after_the_due_day() -> None:
    office = Office(records_from="2024-06-01")
    office.duty(MONTHLY)
    # 06-30 is a Sunday: its fifth working day after is Friday 07-05.
    assert levels(office, "2024-07-04", "2024-06") == []
    assert levels(office, "2024-07-05", "2024-06") == ["remind"]


@sentence(
    "it stays in `arrears`, leaves alerts and notices, and a make-up still counts",
)
def test_what_is_closed_leaves_the_alerts() -> None:
    office = Office(records_from="2024-06-01")
    office.duty(MONTHLY)
    assert levels(office, "2024-07-31", "2024-06") == ["remind"]
    assert levels(office, "2024-08-01", "2024-06") == []


@sentence(
    "the alert asks for the record instead of accusing",
)
def test_incomplete_records_are_asked_for_instead_of_accusing() -> None:
    office = Office(records_from="2024-06-01")
    office.duty(MONTHLY, activity={"role": "带队"})
    office.act("2024-06-12")
    assert levels(office, "2024-07-10", "2024-06") == ["ask_record"]


@sentence(
    (
        "The tip for a named window or an event limit shorter than 7 days goes out 7 days "
        "before it opens"
    ),
)
def test_the_tip_for_a_named_window_goes_out_7_days_before_it_opens() -> None:
    office = office_with({"at_least": 1, "windows": {"each": "国庆"}})
    assert levels(office, "2024-09-23", "2024/国庆") == []
    assert levels(office, "2024-09-24", "2024/国庆") == ["tip"]


@sentence(
    (
        "The tip for a named window or an event limit shorter than 7 days goes out 7 days "
        "before it opens"
    ),
)
@pytest.mark.parametrize(
    ("days", "as_of", "expected"),
    [
        (4, "2024-05-24", []),
        (4, "2024-05-25", ["tip"]),
        (7, "2024-05-25", []),
        (7, "2024-05-31", []),
    ],
)
def test_the_tip_for_an_event_limit_shorter_than_7_days_goes_out_7_days_before_it_opens(
    days: int, as_of: str, expected: list[str]
) -> None:
    office = office_with({"at_least": 1, "after": "赛事", "within": f"{days} days"})
    office.event("赛1", "2024-06-01")
    assert levels(office, as_of, "赛1") == expected


@sentence(
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
@pytest.mark.parametrize(
    ("frequency", "missing"),
    [
        ({"at_least": 1, "per": "month"}, False),
        ({"at_least": 1, "per": "week"}, False),  # on days of rest a unit is asked as ever
        ({"at_least": 1, "per": "month", "except": "休息日"}, True),
        ({"share": "80%", "of": "workdays", "per": "month"}, True),
        ({"at_least": 1, "per": "workday"}, True),
    ],
)
def test_the_holiday_table_is_missing_where_days_of_rest_are_left_out_or_working_days_counted(
    frequency: dict[str, object], missing: bool
) -> None:
    office = Office(records_from="2031-01-01")
    office.duty(frequency, units={"type": "园区"})
    found = {"holiday_table_missing" in one.flags for one in office.verdicts("2031-03-01")}
    assert found == {missing}
