"""SEMANTICS, section 4, the table: each test that an act must pass."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}
JULY = "2024-07-01"


def june(office: Office, **said: Any) -> dict[str, str]:
    """Why acts do not count for June on the first of July."""
    return office.why("2024-06", JULY, **said)


def office_with(frequency: Any = None, **said: Any) -> Office:
    office = Office()
    office.duty(frequency or MONTHLY, **said)
    return office


# not voided, not superseded; known; not in the future


@sentence(
    "not voided, not superseded (from the day that became known)",
    (
        "day (of several: the one that counts) not after the audit day; recorded by the "
        "knowledge day"
    ),
)
@pytest.mark.parametrize("standing", ["voided", "superseded", "not_known_yet"])
def test_a_record_that_does_not_stand_does_not_count_and_says_why(standing: str) -> None:
    office = office_with()
    office.change(office.act("2024-06-12", id="it"), standing=standing)
    assert office.verdict("2024-06", JULY).state == "overdue"
    assert june(office) == {"it": standing}


@sentence(
    (
        "day (of several: the one that counts) not after the audit day; recorded by the "
        "knowledge day"
    ),
)
def test_an_act_after_the_audit_day_is_future_and_on_the_day_counts() -> None:
    office = office_with()
    office.act("2024-06-20", id="it")
    assert office.why("2024-06", "2024-06-19") == {"it": "future"}
    assert office.counted("2024-06", "2024-06-20") == ["it"]


# done by the holder, or on his behalf


def deputies(**activity: Any) -> Office:
    """A duty of the head; 副主任 (分管负责人) and 干事 (工作人员) work beside him."""
    office = office_with(activity=activity)
    office.staff("副主任", "李", "分管负责人")
    office.staff("干事", "周", "工作人员")
    return office


@sentence(
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows"
    ),
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows; both in post on that day"
    ),
)
def test_somebody_elses_act_is_not_the_holders() -> None:
    office = deputies()
    office.act("2024-06-12", id="it", holder="副主任")
    assert june(office) == {"it": "holder"}


@sentence(
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows"
    ),
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows; both in post on that day"
    ),
)
def test_an_act_on_the_holders_behalf_counts_where_the_clause_allows_its_class() -> None:
    office = deputies(delegate="分管负责人")
    office.act("2024-06-12", id="it", holder="副主任", on_behalf_of="主任")
    assert office.counted("2024-06", JULY) == ["it"]


@sentence(
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows"
    ),
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows; both in post on that day"
    ),
)
def test_an_act_on_behalf_is_not_allowed_where_the_clause_says_nothing() -> None:
    office = deputies()
    office.act("2024-06-12", id="it", holder="副主任", on_behalf_of="主任")
    assert june(office) == {"it": "delegation_not_allowed"}


@sentence(
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows"
    ),
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows; both in post on that day"
    ),
)
def test_an_act_on_behalf_by_another_class_than_the_clause_allows_is_not_allowed() -> None:
    office = deputies(delegate="分管负责人")
    office.act("2024-06-12", id="it", holder="干事", on_behalf_of="主任")
    assert june(office) == {"it": "delegation_not_allowed"}


@sentence(
    "both in post on that day",
)
def test_who_acts_on_behalf_is_in_his_post_that_day() -> None:
    office = office_with(activity={"delegate": "分管负责人"})
    office.post("副主任", "分管负责人")
    office.appoint("李", "2024-06-13", post="副主任")
    office.act("2024-06-12", id="it", holder="副主任", person="李", on_behalf_of="主任")
    office.act("2024-06-13", id="next", holder="副主任", person="李", on_behalf_of="主任")
    assert june(office) == {"it": "delegation_not_allowed"}
    assert office.counted("2024-06", JULY) == ["next"]


@sentence(
    "both in post on that day",
)
def test_on_whose_behalf_it_is_done_is_in_his_post_that_day() -> None:
    office = deputies(delegate="分管负责人")
    office.appoint("王", "2024-06-13")
    office.act("2024-06-12", id="it", holder="副主任", on_behalf_of="主任")
    assert june(office) == {"it": "holder"}
    assert office.verdict("2024-06", JULY).state == "overdue"


@sentence(
    "both in post on that day",
)
def test_an_act_on_behalf_of_the_post_is_for_him_who_holds_it_that_day() -> None:
    office = Office()
    office.duty({"at_least": 2, "per": "month"}, activity={"delegate": "分管负责人"})
    office.staff("副主任", "李", "分管负责人")
    office.appoint("王", "2024-01-01", "2024-06-15")
    office.appoint("张", "2024-06-16")
    office.act("2024-06-12", holder="副主任", on_behalf_of="主任")
    assert office.verdict("2024-06", JULY, person="王").state == "met"
    assert office.verdict("2024-06", JULY, person="张").state == "overdue"


# kind and role


@sentence(
    "kind is the duty's kind or below it in the kind tree",
)
def test_a_kind_below_the_dutys_counts_and_one_above_or_beside_does_not() -> None:
    office = office_with(kind="检查")
    office.act("2024-06-12", id="below", kind="专项检查")
    office.act("2024-06-13", id="beside", kind="会议")
    assert office.counted("2024-06", JULY) == ["below"]
    assert june(office) == {"beside": "kind"}
    narrow = office_with(kind="专项检查")
    narrow.act("2024-06-12", id="above", kind="检查")
    assert june(narrow) == {"above": "kind"}


@sentence(
    "kind is the duty's kind or below it in the kind tree",
)
def test_any_of_several_kinds_that_a_clause_names_counts() -> None:
    office = office_with({"at_least": 2, "per": "month"}, kind=("检查", "会议"))
    office.act("2024-06-12", kind="会议")
    office.act("2024-06-13", kind="检查")
    assert office.verdict("2024-06", JULY).state == "met"


@sentence(
    "role is one the clause accepts",
)
def test_a_role_that_the_clause_does_not_accept_does_not_count() -> None:
    office = office_with(activity={"role": ["带队", "主持"]})
    office.act("2024-06-12", id="it", role="参加")
    office.act("2024-06-13", id="other", role="主持")
    assert june(office) == {"it": "role"}
    assert office.counted("2024-06", JULY) == ["other"]


@sentence(
    "a kind may imply its role; blank fails",
)
def test_a_blank_role_fails_where_the_clause_asks_for_one() -> None:
    office = office_with(activity={"role": "带队"})
    office.act("2024-06-12", id="it")
    assert june(office) == {"it": "role"}


@sentence(
    "role is one the clause accepts",
)
def test_a_blank_role_is_nothing_where_the_clause_accepts_any() -> None:
    office = office_with()
    office.act("2024-06-12", id="it")
    assert office.counted("2024-06", JULY) == ["it"]


@sentence(
    "a kind may imply its role; blank fails",
)
@pytest.mark.parametrize("kind", ["听取汇报", "听取专题汇报"])
def test_a_kind_may_imply_its_role_also_from_the_wider_kind(kind: str) -> None:
    office = office_with(kind="听取汇报", activity={"role": "听取"})
    office.act("2024-06-12", id="it", kind=kind)
    assert office.counted("2024-06", JULY) == ["it"]


@sentence(
    "a kind may imply its role; blank fails",
)
def test_a_role_that_is_said_stands_before_the_one_that_the_kind_implies() -> None:
    office = office_with(kind="听取汇报", activity={"role": "听取"})
    office.act("2024-06-12", id="it", kind="听取汇报", role="参加")
    assert june(office) == {"it": "role"}


# attributes and subjects


@sentence(
    "attributes, and the tags of any of its subjects, match",
)
def test_attributes_must_match_and_any_of_the_accepted_values_does() -> None:
    office = office_with(activity={"attributes": {"方式": ["四不两直", "明查"]}})
    office.act("2024-06-11", id="blank")
    office.act("2024-06-12", id="other", attributes=(("方式", "暗访"),))
    office.act("2024-06-13", id="it", attributes=(("方式", "明查"), ("天气", "晴")))
    assert june(office) == {"blank": "attribute", "other": "attribute"}
    assert office.counted("2024-06", JULY) == ["it"]


@sentence(
    "attributes, and the tags of any of its subjects, match",
)
def test_one_of_its_subjects_with_the_tag_is_enough() -> None:
    office = office_with(activity={"subjects": {"tags": "高危"}})
    office.subject("甲", tags="高危")
    office.subject("乙")
    office.act("2024-06-11", id="none")
    office.act("2024-06-12", id="other", subjects=("乙",))
    office.act("2024-06-13", id="it", subjects=("乙", "甲"))
    assert june(office) == {"none": "subject", "other": "subject"}
    assert office.counted("2024-06", JULY) == ["it"]


@sentence(
    "attributes, and the tags of any of its subjects, match",
)
def test_a_subjects_tag_counts_from_its_first_day() -> None:
    office = office_with(activity={"subjects": {"tags": "高危"}})
    office.subject("甲", tags="高危@2024-06-13")
    office.act("2024-06-12", id="before", subjects=("甲",))
    office.act("2024-06-13", id="on", subjects=("甲",))
    assert june(office) == {"before": "subject"}


# the unit of its quantity


@sentence(
    "the unit of its quantity is the quota's",
)
def test_a_quantity_in_another_unit_than_the_quotas_does_not_count() -> None:
    office = office_with({"at_least": 40, "unit": "台", "per": "month"})
    office.act("2024-06-12", id="other", quantity=40, unit_of_quantity="家")
    office.act("2024-06-13", id="blank", quantity=40)
    office.act("2024-06-14", id="it", quantity=39, unit_of_quantity="台")
    assert june(office) == {"other": "unit", "blank": "unit"}
    assert office.verdict("2024-06", JULY).done == 39


@sentence(
    "the unit of its quantity is the quota's",
)
def test_a_count_asks_for_no_unit() -> None:
    office = office_with()
    office.act("2024-06-12", id="it", quantity=3, unit_of_quantity="家")
    assert office.counted("2024-06", JULY) == ["it"]


# tenure and validity


@sentence(
    "day in the person's tenure of any post",
)
def test_a_day_before_the_persons_tenure_is_outside_tenure() -> None:
    office = office_with()
    office.appoint("王", "2024-06-10")
    office.act("2024-06-09", id="before", person="王")
    assert june(office) == {"before": "outside_tenure"}


@sentence(
    "day in the person's tenure of any post",
)
def test_a_day_after_the_persons_tenure_is_outside_tenure() -> None:
    office = office_with()
    office.appoint("王", "2024-01-01", "2024-06-20")
    office.act("2024-06-21", id="after", person="王")
    assert june(office) == {"after": "outside_tenure"}


def moved(**activity: Any) -> Office:
    """王 was deputy until 06-15 and is head from then on; he led one check as a deputy."""
    office = office_with(activity=activity)
    office.appoint("王", "2024-06-16")
    office.post("副主任", "分管负责人")
    office.appoint("王", "2023-01-01", "2024-06-15", post="副主任")
    office.act("2024-06-10", id="it", holder="副主任")
    return office


@sentence(
    "day in the person's tenure of any post",
)
def test_a_day_in_the_persons_tenure_of_any_other_post_is_in_tenure() -> None:
    assert moved().counted("2024-06", JULY) == ["it"]


@sentence(
    "(with `separately`: of this one)",
)
def test_with_separately_another_posts_act_is_not_the_holders() -> None:
    assert june(moved(separately=True)) == {"it": "holder"}


@sentence(
    "(with `separately`: of this one)",
)
def test_with_separately_the_day_lies_in_the_tenure_of_this_post() -> None:
    office = moved(separately=True)
    office.act("2024-06-14", id="early", person="王")
    assert june(office) == {"it": "holder", "early": "outside_tenure"}
    plain = moved()
    plain.act("2024-06-14", id="early", person="王")
    assert plain.counted("2024-06", JULY) == ["it", "early"]


@sentence(
    "and in validity",
)
def test_a_day_outside_the_validity_is_not_in_force() -> None:
    office = office_with(valid={"first": "2024-06-10"})
    office.act("2024-06-09", id="before")
    assert june(office) == {"before": "not_in_force"}


@sentence(
    "and in validity",
)
def test_a_day_before_the_document_is_not_in_force() -> None:
    office = Office()
    office.document("new", signed="2024-06-10")
    office.duty(MONTHLY, document="new")
    office.act("2024-06-09", id="before")
    office.act("2024-06-10", id="on")
    assert june(office) == {"before": "not_in_force"}


@sentence(
    "and in validity",
)
def test_acts_before_the_records_began_count() -> None:
    office = Office(records_from="2024-06-10")
    office.duty(MONTHLY)
    office.act("2024-06-03", id="it")
    assert office.counted("2024-06", JULY) == ["it"]


@sentence(
    "for late, early and make-up acts the period that they go to is tested instead",
)
def test_a_make_up_after_the_tenure_is_asked_for_the_period_it_goes_to() -> None:
    office = office_with()
    office.appoint("王", "2024-01-01", "2024-06-30")
    office.act("2024-07-02", id="it", person="王", makes_up="2024-06")
    assert office.verdict("2024-06", "2024-07-03").state == "made_up"


@sentence(
    "for late, early and make-up acts the period that they go to is tested instead",
)
def test_a_named_act_before_the_tenure_is_asked_for_the_period_it_goes_to() -> None:
    office = office_with()
    office.appoint("王", "2024-06-01")
    office.act("2024-05-31", id="it", person="王", for_period="2024-06")
    assert office.verdict("2024-06", JULY).state == "met"


@sentence(
    "for late, early and make-up acts the period that they go to is tested instead",
)
def test_a_named_act_before_the_validity_is_asked_for_the_period_it_goes_to() -> None:
    office = office_with(valid={"first": "2024-06-01"})
    office.act("2024-05-31", id="it", for_period="2024-06")
    assert office.verdict("2024-06", JULY).state == "met"


@sentence(
    "for late, early and make-up acts the period that they go to is tested instead",
)
def test_a_late_act_after_the_validity_is_asked_for_the_period_it_goes_to() -> None:
    office = Office()
    office.duty({"due": 20, "per": "month"}, kind="报送", valid={"last": "2024-06-25"})
    office.act("2024-06-27", kind="报送")
    assert office.verdict("2024-06", JULY).state == "made_up"


# belongs to this period, window or event


@sentence(
    "belongs to this period, window or event (below)",
)
def test_an_act_named_for_another_period_is_outside_this_one() -> None:
    office = office_with()
    office.act("2024-06-28", id="early", for_period="2024-07")
    assert june(office) == {"early": "outside_period"}
    assert office.counted("2024-07", "2024-07-02") == ["early"]


@sentence(
    "belongs to this period, window or event (below)",
)
def test_a_make_up_is_elsewhere_for_the_period_in_which_it_was_done() -> None:
    office = office_with()
    office.act("2024-06-03", id="it", makes_up="2024-05")
    assert june(office) == {"it": "make_up_elsewhere"}


def races(**subjects: str) -> Office:
    office = office_with({"at_least": 1, "before": "赛事"})
    office.event("赛1", "2024-06-18", subject=subjects.get("first"))
    office.event("赛2", "2024-06-20", subject=subjects.get("second"))
    return office


@sentence(
    "belongs to this period, window or event (below)",
)
def test_an_act_that_names_another_event_is_the_other_events() -> None:
    office = races()
    office.act("2024-06-17", id="it", event="赛2")
    assert office.why("赛1", JULY) == {"it": "other_event"}
    assert office.counted("赛2", JULY) == ["it"]


@sentence(
    "belongs to this period, window or event (below)",
)
def test_an_act_at_another_events_subject_is_the_other_events() -> None:
    office = races(first="甲场", second="乙场")
    office.subject("甲场")
    office.subject("乙场")
    office.act("2024-06-17", id="it", subjects=("乙场",))
    assert office.why("赛1", JULY) == {"it": "other_event"}
    assert office.counted("赛2", JULY) == ["it"]


# evidence


@sentence(
    "carries the evidence that the rule asks for",
)
def test_an_act_without_the_evidence_that_the_rule_asks_for_does_not_count() -> None:
    office = office_with(activity={"evidence": True})
    office.act("2024-06-12", id="bare")
    office.act("2024-06-13", id="shown", evidence=("照片1",))
    assert june(office) == {"bare": "evidence"}
    assert office.counted("2024-06", JULY) == ["shown"]


@sentence(
    "carries the evidence that the rule asks for",
)
def test_a_rule_that_asks_for_no_evidence_takes_an_act_without() -> None:
    office = office_with()
    office.act("2024-06-12", id="bare")
    assert office.counted("2024-06", JULY) == ["bare"]
