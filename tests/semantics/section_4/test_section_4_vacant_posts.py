"""SEMANTICS, section 4: acts under a post that nobody holds, for such a post, and of the unit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

REPORT = {"due": 20, "per": "month"}
COUNT = {"at_least": 1, "per": "month"}
BY_DAY = {"at_least": 1, "by": "2024-06-30"}


def vacant(frequency: dict[str, Any], **said: Any) -> Office:
    """主任 is empty from 6 to 25 June 2024; 李 comes after it."""
    office = Office()
    office.appoint("王", last="2024-06-05")
    office.appoint("李", "2024-06-26")
    office.duty(frequency, **said)
    return office


@sentence(
    (
        "An act under a post that nobody held that day counts for the post's results, its "
        "group and its unit, in time or late, and for no person's conduct"
    ),
)
@pytest.mark.parametrize(
    ("frequency", "day", "state"),
    [
        (REPORT, "2024-06-18", "met"),
        (REPORT, "2024-06-23", "made_up"),
        ({"at_least": 1, "by": "2024-06-22"}, "2024-06-18", "met"),
        ({"at_least": 1, "by": "2024-06-22"}, "2024-06-24", "made_up"),
    ],
)
def test_an_act_under_a_vacant_post_counts_for_its_result_in_time_or_late(
    frequency: dict[str, Any], day: str, state: str
) -> None:
    office = vacant(frequency, valid={"first": "2024-06-01"})
    office.act(day)
    (verdict,) = (one for one in office.verdicts("2024-07-25") if one.period.first.month == 6)
    assert (verdict.state, verdict.counted[0].activity) == (state, "a01")


@sentence(
    (
        "An act under a post that nobody held that day counts for the post's results, its "
        "group and its unit, in time or late, and for no person's conduct"
    ),
)
def test_an_act_under_a_vacant_post_counts_for_its_group_and_its_unit() -> None:
    twice = {"at_least": 2, "per": "month"}  # 10 of 30 days: once
    office = vacant(twice, holder={"posts": ["主要负责人", "分管负责人"], "joint": "any_of"})
    office.duty(COUNT, "units", units={"type": "园区"})
    office.post("副主任", "分管负责人")
    office.act("2024-06-12")
    found = office.verdicts("2024-07-01", "2024-06")
    assert [(one.duty.id, one.state) for one in found] == [("check", "met"), ("units", "met")]


@sentence(
    (
        "An act under a post that nobody held that day counts for the post's results, its "
        "group and its unit, in time or late, and for no person's conduct"
    ),
)
def test_an_act_under_a_vacant_post_counts_for_no_persons_conduct() -> None:
    office = vacant({"at_least": 2, "per": "month"})
    office.act("2024-06-12")
    found = office.verdicts("2024-07-01", "2024-06")
    assert {one.person: one.done for one in found} == {"王": 0, "李": 0}
    found = office.verdicts("2024-07-01", "2024-06")
    assert office.why("2024-06", "2024-07-01", person="李") == {"a01": "holder"}


@sentence(
    (
        "An act under a post that nobody held that day counts for the post's results, its "
        "group and its unit, in time or late, and for no person's conduct"
    ),
)
def test_an_act_under_a_vacant_post_does_not_count_where_the_text_insists_on_the_person() -> None:
    office = vacant({**BY_DAY, "acts_of": "person"}, valid={"first": "2024-06-23"})
    office.act("2024-06-24")
    verdict = office.verdict("2024-06-23..2024-06-30", "2024-07-05")
    assert (verdict.person, verdict.state) == ("李", "overdue")


# on behalf of a post that nobody holds

DELEGATED = {"delegate": "分管负责人"}


@sentence(
    (
        "done by the holder (below), or on the holder's behalf where the clause allows "
        "delegation, to a post class it allows; both in post on that day"
    ),
)
@pytest.mark.parametrize(("day", "state"), [("2024-06-05", "met"), ("2024-06-18", "overdue")])
def test_nobody_acts_for_a_post_that_is_vacant_that_day(day: str, state: str) -> None:
    office = vacant(REPORT, activity=DELEGATED)
    office.staff("副主任", "周", "分管负责人")
    office.act("2024-05-18")
    office.act(day, holder="副主任", on_behalf_of="主任", id="it")
    assert office.verdict("2024-06", "2024-06-25").state == state
    if state == "overdue":
        assert office.why("2024-06", "2024-06-25") == {"it": "delegation_not_allowed"}


@sentence(
    "one on behalf of a post that nobody holds counts for whoever did it alone",
)
def test_an_act_for_a_vacant_post_counts_for_whoever_did_it_alone() -> None:
    office = vacant(COUNT, posts="分管负责人", activity=DELEGATED)
    office.duty(
        COUNT, "group", holder={"posts": "主要负责人", "joint": "any_of"}, activity=DELEGATED
    )
    office.staff("副主任", "周", "分管负责人")
    office.act("2024-06-18", holder="副主任", on_behalf_of="主任")
    found = office.verdicts("2024-06-25", "2024-06")
    assert [(one.duty.id, one.done) for one in found] == [("check", 1), ("group", 0)]


@sentence(
    "one on behalf of a post that nobody holds counts for whoever did it alone",
)
def test_an_act_for_a_vacant_post_of_another_unit_is_not_that_units() -> None:
    office = vacant(COUNT, units={"type": "园区"}, activity=DELEGATED)
    office.unit("邻镇", "镇街")
    office.staff("镇长", "钱", "分管负责人", unit="邻镇")
    office.act("2024-06-18", holder="镇长", on_behalf_of="主任")
    office.act("2024-06-28", holder="镇长", on_behalf_of="主任")
    assert office.counted("2024-06", "2024-07-01") == ["a02"]


# acts of the unit

PAPER = {"of_unit": True}


@sentence(
    (
        "never the other way round, unless the rule says `of_unit: true` (a paper that a "
        "clause has the head draw up is issued by his unit)"
    ),
)
@pytest.mark.parametrize(("activity", "state"), [(PAPER, "met"), ({}, "overdue")])
@pytest.mark.parametrize("frequency", [COUNT, REPORT])
def test_an_act_of_the_unit_counts_for_its_post_where_the_rule_says_so(
    frequency: dict[str, Any], activity: dict[str, Any], state: str
) -> None:
    office = Office()
    office.duty(frequency, activity=activity)
    office.act("2024-06-12", holder="园区")
    assert office.verdict("2024-06", "2024-07-01").state == state


@sentence(
    (
        "never the other way round, unless the rule says `of_unit: true` (a paper that a "
        "clause has the head draw up is issued by his unit)"
    ),
)
def test_the_units_act_is_whoevers_was_in_the_post_that_day() -> None:
    office = vacant({"at_least": 2, "per": "month"}, activity=PAPER)
    for day in ("2024-06-03", "2024-06-12", "2024-06-28"):
        office.act(day, holder="园区")
    found = office.verdicts("2024-07-01", "2024-06")
    counted = {one.person: [item.activity for item in one.counted] for one in found}
    assert counted == {"王": ["a01"], "李": ["a03"]}


@sentence(
    (
        "never the other way round, unless the rule says `of_unit: true` (a paper that a "
        "clause has the head draw up is issued by his unit)"
    ),
)
def test_an_act_of_the_unit_under_a_vacant_post_counts_for_its_result() -> None:
    office = vacant(REPORT, activity=PAPER)
    office.act("2024-06-12", holder="园区")
    assert office.verdict("2024-06", "2024-06-25").state == "met"


@sentence(
    (
        "never the other way round, unless the rule says `of_unit: true` (a paper that a "
        "clause has the head draw up is issued by his unit)"
    ),
)
def test_only_the_posts_own_unit_counts_and_none_of_its_other_posts() -> None:
    office = Office()
    office.unit("片区", parent="园区")
    office.staff("副主任", "周", "分管负责人")
    office.duty(COUNT, activity=PAPER)
    office.act("2024-06-12", holder="片区")
    office.act("2024-06-13", holder="副主任")
    assert office.verdict("2024-06", "2024-07-01").done == 0


@sentence(
    (
        "never the other way round, unless the rule says `of_unit: true` (a paper that a "
        "clause has the head draw up is issued by his unit)"
    ),
)
def test_a_make_up_of_the_unit_is_that_of_whoever_is_in_the_post() -> None:
    office = Office()
    office.appoint("王", last="2024-06-30")
    office.appoint("李", "2024-07-01")
    office.duty(COUNT, activity=PAPER)
    office.act("2024-07-03", holder="园区", makes_up="2024-06")
    verdict = office.verdict("2024-06", "2024-07-05")
    assert (verdict.person, verdict.state, verdict.flags) == (
        "王",
        "made_up",
        ("no_evidence", "by_successor"),
    )


@sentence(
    (
        "never the other way round, unless the rule says `of_unit: true` (a paper that a "
        "clause has the head draw up is issued by his unit)"
    ),
)
def test_a_group_takes_the_units_act_and_a_text_that_insists_that_of_its_time() -> None:
    twice = {"at_least": 2, "per": "month"}  # 10 of 30 days: once
    office = vacant(twice, activity=PAPER, holder={"posts": "主要负责人", "joint": "any_of"})
    office.duty(
        {**BY_DAY, "acts_of": "person"}, "own", activity=PAPER, valid={"first": "2024-06-23"}
    )
    office.act("2024-06-28", holder="园区")
    assert {
        one.duty.id: one.state
        for one in office.verdicts("2024-07-05", span="2024-06")
        if one.due and one.due.isoformat() == "2024-06-30"
    } == {"check": "met", "own": "met"}
