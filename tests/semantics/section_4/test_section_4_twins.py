"""SEMANTICS, section 4, the table: one act is counted once, however often it was recorded."""

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


def races() -> Office:
    office = office_with({"at_least": 1, "before": "赛事"})
    office.event("赛1", "2024-06-18")
    office.event("赛2", "2024-06-20")
    return office


# not the same act twice

ALIKE: dict[str, Any] = {
    "at": "09:00",
    "person": "王",
    "subjects": ("甲", "乙"),
    "quantity": 2,
}


def twins(second: dict[str, Any], day: str = "2024-06-12", **activity: Any) -> Office:
    office = office_with({"at_least": 2, "per": "month"}, activity=activity)
    office.staff("书记", "王")
    office.staff("副书记", "李")
    for name in ("甲", "乙"):
        office.subject(name)
    office.act("2024-06-12", id="one", **ALIKE)
    office.act(day, id="two", **{**ALIKE, **second})
    return office


@sentence(
    (
        "not the same act twice: holder, person, kind, day, time, set of subjects, "
        "quantity, and the period or event named or made up agree"
    ),
)
def test_two_records_that_agree_in_all_that_matters_are_one_act() -> None:
    office = twins({"subjects": ("乙", "甲"), "note": "另记", "evidence": ("照片",)})
    verdict = next(x for x in office.verdicts(JULY, "2024-06") if x.post == "主任")
    assert [one.activity for one in verdict.counted] == ["one"]


@sentence(
    (
        "not the same act twice: holder, person, kind, day, time, set of subjects, "
        "quantity, and the period or event named or made up agree"
    ),
)
@pytest.mark.parametrize(
    "other",
    [
        {"holder": "书记"},
        {"kind": "专项检查"},
        {"at": "09:30"},
        {"subjects": ("甲",)},
        {"quantity": 3},
        {"for_period": "2024-06"},
        {"event": "赛1"},
        {"makes_up": "2024-06"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_records_that_differ_in_one_of_these_are_two_acts(other: dict[str, Any]) -> None:
    office = twins(other)
    verdict = next(x for x in office.verdicts(JULY, "2024-06") if x.post == "主任")
    assert verdict.done == 2


@sentence(
    (
        "not the same act twice: holder, person, kind, day, time, set of subjects, "
        "quantity, and the period or event named or made up agree"
    ),
)
def test_records_of_two_days_are_two_acts() -> None:
    office = twins({}, day="2024-06-13")
    verdict = next(x for x in office.verdicts(JULY, "2024-06") if x.post == "主任")
    assert verdict.done == 2


@sentence(
    (
        "not the same act twice: holder, person, kind, day, time, set of subjects, "
        "quantity, and the period or event named or made up agree"
    ),
)
def test_records_of_two_people_under_one_post_are_two_acts() -> None:
    office = Office()
    office.unit("企业甲", "企业", parent="园区")
    office.duty({"at_least": 2, "per": "month"}, units={"type": "企业"})
    office.staff("厂长", "赵", unit="企业甲")
    office.appoint("钱", "2024-06-12", "2024-06-12", post="厂长")
    for person in ("赵", "钱"):
        office.act("2024-06-12", holder="厂长", person=person)
    assert office.verdict("2024-06", JULY).done == 2


@sentence(
    "absent equal to absent",
)
def test_what_is_absent_in_both_agrees() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.act("2024-06-12", id="one")
    office.act("2024-06-12", id="two")
    assert june(office) == {"two": "duplicate"}


@sentence(
    "absent equal to absent",
)
def test_what_is_absent_in_one_only_differs() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.act("2024-06-12", at="09:00")
    office.act("2024-06-12")
    assert office.verdict("2024-06", JULY).done == 2


@sentence(
    "the earliest recorded stays",
)
def test_of_two_records_of_one_act_the_earliest_recorded_stays() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.act("2024-06-12", id="one", recorded="2024-06-20")
    office.act("2024-06-12", id="two", recorded="2024-06-13")
    assert june(office) == {"one": "duplicate"}
    assert office.counted("2024-06", JULY) == ["two"]


@sentence(
    "the earliest recorded stays",
)
def test_of_two_named_records_of_one_act_the_earliest_recorded_stays() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.act("2024-06-12", id="one", recorded="2024-06-20", for_period="2024-06")
    office.act("2024-06-12", id="two", recorded="2024-06-13", for_period="2024-06")
    assert june(office) == {"one": "duplicate"}
    assert office.counted("2024-06", JULY) == ["two"]


@sentence(
    (
        "not the same act twice: holder, person, kind, day, time, set of subjects, "
        "quantity, and the period or event named or made up agree"
    ),
)
def test_a_record_that_is_no_more_is_nobodys_twin() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.change(office.act("2024-06-12", id="one"), standing="voided")
    office.act("2024-06-12", id="two")
    assert june(office) == {"one": "voided"}


@sentence(
    "A rule may say `several_per_day`",
)
def test_a_rule_may_say_several_per_day() -> None:
    office = office_with({"at_least": 2, "per": "month"}, activity={"several_per_day": True})
    office.acts("2024-06-12", "2024-06-12")
    assert office.verdict("2024-06", JULY).done == 2


@sentence(
    (
        "not the same act twice: holder, person, kind, day, time, set of subjects, "
        "quantity, and the period or event named or made up agree"
    ),
)
def test_a_twin_does_not_serve_another_event_of_the_duty() -> None:
    office = races()
    office.act("2024-06-17", id="one")
    office.act("2024-06-17", id="two")
    assert office.counted("赛1", JULY) == ["one"]
    assert office.verdict("赛2", JULY).state == "overdue"
    assert office.why("赛2", JULY)["two"] == "duplicate"


@sentence(
    (
        "not the same act twice: holder, person, kind, day, time, set of subjects, "
        "quantity, and the period or event named or made up agree"
    ),
)
def test_a_twin_does_not_reach_another_gap() -> None:
    office = office_with({"every": "10 days", "reading": "rolling"})
    office.appoint("王", "2024-06-01")
    office.act("2024-06-08", id="one")
    office.act("2024-06-08", id="two")
    assert office.labels("2024-06-09") == ["2024-06-01..2024-06-11", "2024-06-08..2024-06-18"]
    assert office.why("2024-06-01..2024-06-11", "2024-06-09") == {"two": "duplicate"}


# not used for another window or event


@sentence(
    "(one act serves one: the one that closes first and still lacks it)",
)
def test_an_act_in_two_windows_serves_the_one_that_closes_first() -> None:
    office = office_with({"at_least": 1, "windows": {"each": ["汛期", "国庆"]}})
    office.act("2024-10-03", id="it")
    assert office.counted("2024/国庆", "2024-12-01") == ["it"]
    assert office.why("2024/汛期", "2024-12-01") == {"it": "used_elsewhere"}


@sentence(
    "(one act serves one: the one that closes first and still lacks it)",
)
def test_an_act_in_two_windows_serves_the_one_that_still_lacks_it() -> None:
    office = office_with({"at_least": 1, "windows": {"each": ["汛期", "国庆"]}})
    office.act("2024-10-02", id="first")
    office.act("2024-10-03", id="second")
    assert office.counted("2024/国庆", "2024-12-01") == ["first"]
    assert office.counted("2024/汛期", "2024-12-01") == ["second"]


@sentence(
    (
        "not the same act twice: holder, person, kind, day, time, set of subjects, "
        "quantity, and the period or event named or made up agree"
    ),
    "unless the rule counts days or says `counts_on: first`, as for a night shift)",
)
def test_shifts_that_begin_on_two_days_and_end_on_one_are_no_twins() -> None:
    office = office_with({"at_least": 2, "per": "month"}, activity={"counts_on": "first"})
    office.act("2024-06-12", first_day="2024-06-11")
    office.act("2024-06-12", first_day="2024-06-12")
    assert office.verdict("2024-06", JULY).state == "met"
