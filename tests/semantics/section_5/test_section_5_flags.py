"""SEMANTICS, section 5: every flag, which changes no state, and what alerts wait for."""

from __future__ import annotations

from typing import Any

import pytest

from engine.judging.verdict import VerdictFlag
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}
JULY = "2024-07-01"


def office_with(frequency: Any = None, **said: Any) -> Office:
    office = Office()
    office.duty(frequency or MONTHLY, **said)
    return office


def flags(office: Office, label: str = "2024-06", as_of: str = JULY) -> tuple[str, ...]:
    return office.verdict(label, as_of).flags


@sentence(
    "**Flags** never change a state",
)
def test_the_flags_are_those_of_the_text() -> None:
    text = (
        "recorded_late recorded_early bunched no_evidence evidence_reused records_incomplete "
        "no_data closed by_successor over_range hedged no_roster quantity_missing time_missing "
        "holiday_table_missing"
    )
    assert tuple(text.split()) == tuple(VerdictFlag)


# about the record


@sentence(
    "**Flags** never change a state",
    "`recorded_late` (more than 7 days after the act",
)
@pytest.mark.parametrize(("recorded", "late"), [("2024-06-19", False), ("2024-06-20", True)])
def test_recorded_late_is_more_than_7_days_after_the_act(recorded: str, late: bool) -> None:
    office = office_with()
    office.act("2024-06-12", recorded=recorded)
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "recorded_late" in verdict.flags) == ("met", late)


@sentence(
    "`recorded_early`",
)
@pytest.mark.parametrize(("recorded", "early"), [("2024-06-12", False), ("2024-06-11", True)])
def test_recorded_early_is_before_the_act(recorded: str, early: bool) -> None:
    office = office_with()
    office.act("2024-06-12", recorded=recorded)
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "recorded_early" in verdict.flags) == ("met", early)


@sentence(
    "`no_evidence`",
)
def test_no_evidence_is_an_act_that_counts_without_any() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.act("2024-06-12", evidence=("照片1",))
    assert "no_evidence" not in flags(office)
    office.act("2024-06-13")
    assert "no_evidence" in flags(office)
    assert office.verdict("2024-06", JULY).state == "met"


@sentence(
    "`evidence_reused` (one item under acts of different days)",
)
def test_evidence_reused_is_one_item_under_acts_of_different_days() -> None:
    office = office_with()
    office.act("2024-06-12", evidence=("照片1",))
    office.act("2024-06-12", at="10:00", evidence=("照片1",))
    assert "evidence_reused" not in flags(office)
    office.act("2024-05-13", evidence=("照片1", "照片2"))
    assert "evidence_reused" in flags(office)
    assert office.verdict("2024-06", JULY).state == "met"


@sentence(
    "`evidence_reused` (one item under acts of different days)",
)
def test_an_act_after_the_audit_day_reuses_no_evidence_yet() -> None:
    office = office_with()
    office.act("2024-06-12", evidence=("照片1",))
    office.act("2024-07-12", evidence=("照片1",))
    assert "evidence_reused" not in flags(office, as_of="2024-07-11")
    assert "evidence_reused" in flags(office, as_of="2024-07-12")


@sentence(
    "`evidence_reused` (one item under acts of different days)",
)
def test_a_record_that_does_not_stand_reuses_no_evidence() -> None:
    office = office_with()
    office.act("2024-06-12", evidence=("照片1",))
    office.change(office.act("2024-05-13", evidence=("照片1",)), standing="voided")
    assert "evidence_reused" not in flags(office)


# bunched


@sentence(
    (
        "`bunched` (three acts or more, c ≥ r, not a coverage, and all on one day or in "
        "the last ⌈tenth⌉ of the period)"
    ),
)
@pytest.mark.parametrize(
    ("days", "bunched"),
    [
        (["2024-06-12"] * 3, True),
        (["2024-06-12"] * 2, False),
        (["2024-06-12", "2024-06-12", "2024-06-13"], False),
        (["2024-06-28", "2024-06-29", "2024-06-30"], True),
        (["2024-06-27", "2024-06-29", "2024-06-30"], False),
        (["2024-06-29", "2024-06-30"], False),
    ],
)
def test_bunched_is_three_or_more_all_on_one_day_or_in_the_last_tenth(
    days: list[str], bunched: bool
) -> None:
    office = office_with({"at_least": 2, "per": "month"})
    for n, day in enumerate(days):
        office.act(day, at=f"{9 + n:02}:00")
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "bunched" in verdict.flags) == ("met", bunched)


@sentence(
    (
        "`bunched` (three acts or more, c ≥ r, not a coverage, and all on one day or in "
        "the last ⌈tenth⌉ of the period)"
    ),
)
@pytest.mark.parametrize(("first", "bunched"), [("2024-07-28", True), ("2024-07-27", False)])
def test_the_last_tenth_is_rounded_up(first: str, bunched: bool) -> None:
    office = office_with({"at_least": 3, "per": "month"})
    office.acts(first, "2024-07-29", "2024-07-31")
    assert ("bunched" in flags(office, "2024-07", "2024-08-01")) is bunched


@sentence(
    (
        "`bunched` (three acts or more, c ≥ r, not a coverage, and all on one day or in "
        "the last ⌈tenth⌉ of the period)"
    ),
)
def test_one_record_of_a_large_quantity_is_not_bunched() -> None:
    office = office_with({"at_least": 12, "unit": "小时", "per": "year"})
    office.act("2024-12-31", quantity=12, unit_of_quantity="小时")
    verdict = office.verdict("2024", "2025-01-05")
    assert (verdict.state, "bunched" in verdict.flags) == ("met", False)
    office = office_with({"at_least": 12, "unit": "小时", "per": "year"})
    for at in ("08:00", "12:00", "16:00"):
        office.act("2024-06-12", quantity=4, unit_of_quantity="小时", at=at)
    assert "bunched" in flags(office, "2024", "2025-01-05")


@sentence(
    (
        "`bunched` (three acts or more, c ≥ r, not a coverage, and all on one day or in "
        "the last ⌈tenth⌉ of the period)"
    ),
)
def test_a_coverage_is_not_bunched() -> None:
    office = office_with({"each": {"type": "项目"}, "per": "month"})
    for name in ("甲", "乙", "丙"):
        office.subject(name)
        office.act("2024-06-30", subjects=(name,))
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "bunched" in verdict.flags) == ("met", False)


@sentence(
    (
        "`bunched` (three acts or more, c ≥ r, not a coverage, and all on one day or in "
        "the last ⌈tenth⌉ of the period)"
    ),
)
def test_what_is_not_enough_is_not_bunched() -> None:
    office = office_with({"at_least": 4, "per": "month"})
    office.acts("2024-06-28", "2024-06-29", "2024-06-30")
    assert "bunched" not in flags(office)


# records incomplete

BLANKS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "role": ({"role": "带队"}, {}, {"role": "参加"}),
    "attribute": ({"attributes": {"方式": "明查"}}, {}, {"attributes": (("方式", "暗访"),)}),
    "subject": ({"subjects": {"tags": "高危"}}, {}, {"subjects": ("甲",)}),
    "evidence": ({"evidence": True}, {}, {"kind": "会议"}),
}


@sentence(
    "`records_incomplete` (unmet, and filling blank fields would reach r",
)
@pytest.mark.parametrize("field", BLANKS)
def test_records_are_incomplete_where_filling_a_blank_field_would_be_enough(field: str) -> None:
    rule, blank, wrong = BLANKS[field]
    for said, incomplete in ((blank, True), (wrong, False)):
        office = office_with(activity=rule)
        office.subject("甲")
        office.act("2024-06-12", **said)
        verdict = office.verdict("2024-06", JULY)
        assert (verdict.state, "records_incomplete" in verdict.flags) == ("overdue", incomplete)


@sentence(
    (
        "a value that neither a loaded rule, adopted or not, nor the vocabulary's values "
        "of that key name (四不两直 lists 是 and 否) is as if blank: it can be filled, so "
        "it asks for the record and accuses nobody"
    ),
)
@pytest.mark.parametrize(("value", "incomplete"), [("现场", True), ("暗访", False)])
def test_a_value_that_nobody_names_is_as_if_blank(value: str, incomplete: bool) -> None:
    office = office_with(activity={"attributes": {"方式": "明查"}})
    office.act("2024-06-12", attributes=(("方式", value),))
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "records_incomplete" in verdict.flags) == ("overdue", incomplete)
    assert office.why("2024-06", JULY) == {"a01": "attribute"}


@sentence(
    (
        "a value that neither a loaded rule, adopted or not, nor the vocabulary's values "
        "of that key name (四不两直 lists 是 and 否) is as if blank: it can be filled, so "
        "it asks for the record and accuses nobody"
    ),
)
def test_a_value_that_another_loaded_rule_names_is_no_blank() -> None:
    office = office_with(activity={"attributes": {"方式": "明查"}})
    office.document("other", signed="2020-01-01")
    office.duty(
        {"at_least": 1, "per": "year"},
        "other",
        document="other",
        activity={"attributes": {"方式": "现场"}},
    )
    # Nobody adopted it, and its words are known all the same.
    office.adopt_in_file("doc", "园区")
    office.act("2024-06-12", attributes=(("方式", "现场"),))
    assert "records_incomplete" not in office.verdict("2024-06", JULY).flags


@sentence(
    "(a quantity without a unit fails, and asks for the record)",
    "`records_incomplete` (unmet, and filling blank fields would reach r",
)
def test_records_are_incomplete_where_only_the_unit_of_a_quantity_is_blank() -> None:
    office = office_with({"at_least": 40, "unit": "台", "per": "month"})
    office.act("2024-06-12", quantity=39)
    assert "records_incomplete" not in flags(office)
    office.act("2024-06-13", quantity=1)
    assert "records_incomplete" in flags(office)


@sentence(
    "`records_incomplete` (unmet, and filling blank fields would reach r",
)
def test_records_are_not_incomplete_where_filling_all_blanks_would_not_be_enough() -> None:
    office = office_with({"at_least": 3, "per": "month"}, activity={"role": "带队"})
    office.act("2024-06-12", role="带队")
    office.act("2024-06-13")
    assert "records_incomplete" not in flags(office)
    office.act("2024-06-14")
    assert "records_incomplete" in flags(office)


@sentence(
    "`records_incomplete` (unmet, and filling blank fields would reach r",
)
def test_records_are_not_incomplete_where_enough_was_done_anyway() -> None:
    office = office_with(activity={"role": "带队"})
    office.act("2024-06-12", role="带队")
    office.act("2024-06-13")
    assert "records_incomplete" not in flags(office)


@sentence(
    "`records_incomplete` (unmet, and filling blank fields would reach r",
)
def test_a_blank_record_of_another_month_does_not_make_this_one_incomplete() -> None:
    office = office_with(activity={"role": "带队"})
    office.act("2024-05-13")
    assert "records_incomplete" not in flags(office)


# no data


@sentence(
    "`no_data` (overdue, and no act at all of the unit or its posts touches the period)",
)
def test_no_data_is_overdue_without_any_act_of_the_unit_or_its_posts_in_the_period() -> None:
    office = office_with()
    office.unit("别处", parent="园区")
    office.staff("干事", "周", "工作人员")
    office.staff("外人", "吴", "工作人员", unit="别处")
    office.act("2024-05-31", kind="会议")
    office.act("2024-06-12", kind="会议", holder="外人")
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "no_data" in verdict.flags) == ("overdue", True)
    assert "no_data" not in flags(office, as_of="2024-06-30")


@sentence(
    "`no_data` (overdue, and no act at all of the unit or its posts touches the period)",
)
@pytest.mark.parametrize("holder", ["干事", "园区", "主任"])
def test_any_act_of_the_unit_or_its_posts_is_data(holder: str) -> None:
    office = office_with()
    office.staff("干事", "周", "工作人员")
    office.act("2024-06-12", kind="会议", holder=holder)
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "no_data" in verdict.flags) == ("overdue", False)


@sentence(
    "`no_data` (overdue, and no act at all of the unit or its posts touches the period)",
)
@pytest.mark.parametrize(
    ("first_day", "day", "data"),
    [
        ("2024-05-20", "2024-06-01", True),
        ("2024-05-20", "2024-05-31", False),
        ("2024-05-20", "2024-07-10", True),
        ("2024-06-30", "2024-07-10", True),
        ("2024-07-01", "2024-07-10", False),
    ],
)
def test_an_act_of_several_days_is_data_of_every_period_that_it_touches(
    first_day: str, day: str, data: bool
) -> None:
    office = office_with()
    office.act(day, kind="会议", first_day=first_day)
    verdict = office.verdict("2024-06", "2024-07-31")
    assert (verdict.state, "no_data" in verdict.flags) == ("overdue", not data)


@sentence(
    "`no_data` (overdue, and no act at all of the unit or its posts touches the period)",
    "where no first day is given, n 天 stand for the n days that end with its day",
)
def test_a_period_in_which_days_were_counted_has_data() -> None:
    office = office_with({"at_least": 9, "unit": "天", "per": "month"})
    office.act("2024-07-02", quantity=4, unit_of_quantity="天")
    verdict = office.verdict("2024-06", "2024-07-31")
    assert (verdict.state, verdict.done, "no_data" in verdict.flags) == ("overdue", 2, False)


# closed


@sentence(
    (
        "`closed` (overdue whose usual time for a make-up has passed: the end of the next "
        "period of its kind, but for periods shorter than a month the end of the calendar "
        "month after the one in which the period ends; the next year's window; a year for "
        "the rest"
    ),
)
@pytest.mark.parametrize(
    ("frequency", "label", "last_open", "first_closed"),
    [
        (MONTHLY, "2024-06", "2024-07-31", "2024-08-01"),
        ({"at_least": 1, "per": "quarter"}, "2024-Q2", "2024-09-30", "2024-10-01"),
        ({"at_least": 1, "per": "year"}, "2022", "2023-12-31", "2024-01-01"),
        ({"at_least": 1, "per": "week"}, "2024-W23", "2024-07-31", "2024-08-01"),
        ({"at_least": 1, "per": "week"}, "2024-W22", "2024-07-31", "2024-08-01"),  # to 06-02
        ({"at_least": 1, "per": "day"}, "2024-06-21", "2024-07-31", "2024-08-01"),
        ({"at_least": 1, "per": "workday"}, "2023-12-29", "2024-01-31", "2024-02-01"),
        ({"at_least": 1, "per": "ten_days"}, "2024-06-X1", "2024-07-31", "2024-08-01"),
        ({"at_least": 1, "per": "half_month"}, "2024-06-B", "2024-07-31", "2024-08-01"),
        ({"at_least": 1, "per": "month"}, "2023-02", "2023-03-31", "2023-04-01"),
        ({"due": [10, 20], "per": "month"}, "2024-06-11..2024-06-20", "2024-07-31", "2024-08-01"),
        ({"about": "week", "within": "3 days"}, "2024-W23", "2024-07-31", "2024-08-01"),
        ({"at_least": 1, "per": "2 months"}, "2024-05..2024-06", "2024-08-31", "2024-09-01"),
        ({"due": 20, "per": "month"}, "2024-06", "2024-07-31", "2024-08-01"),
        ({"at_least": 1, "windows": {"each": "安全生产月"}}, "2023/安全生产月", "2024-06-30", JULY),
        (
            {"at_least": 1, "by": "2023-06-30"},
            "2023-01-01..2023-06-30",
            "2024-06-30",
            "2024-07-01",
        ),
        ({"at_least": 1, "after": "事故", "within": "5 days"}, "事1", "2024-06-08", "2024-06-09"),
        ({"at_least": 1, "before": "事故"}, "事1", "2024-06-03", "2024-06-04"),
        (
            {"every": "45 days", "reading": "rolling"},
            "2023-01-01..2023-02-15",
            "2024-02-15",
            "2024-02-16",
        ),
    ],
)
def test_overdue_is_closed_when_the_usual_time_for_a_make_up_has_passed(
    frequency: dict[str, Any], label: str, last_open: str, first_closed: str
) -> None:
    office = office_with(frequency, valid={"first": "2022-01-01"})
    if "by" in frequency or "every" in frequency:
        office = office_with(frequency, valid={"first": "2023-01-01"})
    office.event("事1", "2023-06-03", type="事故")
    for as_of, closed in ((last_open, False), (first_closed, True)):
        verdict = office.verdict(label, as_of)
        assert (verdict.state, "closed" in verdict.flags) == ("overdue", closed), as_of


@sentence(
    "it stays in `arrears`, leaves alerts and notices, and a make-up still counts",
)
def test_what_is_closed_stays_in_arrears_and_a_make_up_still_counts() -> None:
    office = office_with()
    audit = office.audit("2024-12-10")
    assert "closed" in next(one for one in audit.arrears if one.label == "2024-06").flags
    office.act("2024-12-09", makes_up="2024-06")
    verdict = office.verdict("2024-06", "2024-12-10")
    assert (verdict.state, "closed" in verdict.flags) == ("made_up", False)


# the rest


@sentence(
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
def test_over_range_is_more_than_a_most_that_is_no_cap() -> None:
    office = office_with({"at_least": 1, "at_most": 2, "per": "month"})
    office.acts("2024-06-03", "2024-06-04")
    assert "over_range" not in flags(office)
    office.act("2024-06-05")
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.state, "over_range" in verdict.flags) == ("met", True)


@sentence(
    "**Flags** never change a state",
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
@pytest.mark.parametrize("as_of", ["2024-06-10", JULY])
def test_hedged_is_judged_and_flagged(as_of: str) -> None:
    plain, hedged = office_with(), office_with(hedged=True)
    assert "hedged" in flags(hedged, as_of=as_of)
    assert "hedged" not in flags(plain, as_of=as_of)
    states = {office.verdict("2024-06", as_of).state for office in (plain, hedged)}
    assert len(states) == 1


@sentence(
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
def test_no_roster_is_a_coverage_judged_by_a_tally() -> None:
    office = office_with({"each": {"type": "项目"}, "at_least": 1, "per": "quarter"})
    office.act("2024-06-12", quantity=87, out_of=90)
    verdict = office.verdict("2024-Q2", JULY)
    assert (verdict.required, verdict.done, verdict.state) == (90, 87, "overdue")
    assert "no_roster" in verdict.flags
    office.subject("甲")
    office.act("2024-06-13", subjects=("甲",))
    assert "no_roster" not in flags(office, "2024-Q2")
