"""SEMANTICS, section 1: whom a coverage must reach, and what is assigned to whom."""

from __future__ import annotations

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

OWN = {"each": {"type": "河湖", "scope": "assigned"}, "per": "month"}
TALK = {"each": {"people": "支委"}, "per": "year"}


def rivers(*names: str) -> Office:
    """Rivers of the office, and the duty to patrol those that are one's own."""
    office = Office()
    for name in names:
        office.subject(name, "河湖")
    office.duty(OWN)
    return office


def missing(office: Office, label: str = "2024-06", as_of: str = "2024-07-01") -> dict[str, str]:
    """Each post (or unit) that owes it, with the members that it did not reach."""
    return {one.post or one.unit: "".join(one.missing) for one in office.verdicts(as_of, label)}


@sentence(
    (
        "or (`scope: assigned`) only those assigned to the holder, in force on the days of "
        "the assignment"
    ),
)
def test_of_two_posts_each_reaches_the_rivers_that_are_assigned_to_it() -> None:
    office = rivers("一河", "二河", "三河")
    office.staff("副主任", "李")
    office.assign("一河")
    office.assign("二河")
    office.assign("三河", "副主任")
    office.act("2024-06-03", subjects=("一河", "二河"))
    office.act("2024-06-05", holder="副主任", subjects=("一河",))
    assert missing(office) == {"主任": "", "副主任": "三河"}
    assert office.verdict("2024-06", "2024-07-01", person="王").required == 2


@sentence(
    (
        "or (`scope: assigned`) only those assigned to the holder, in force on the days of "
        "the assignment"
    ),
)
def test_what_is_assigned_need_not_stand_under_the_holders_unit() -> None:
    office = rivers()
    office.unit("邻镇", "镇街")
    office.subject("远河", "河湖", "邻镇")
    office.assign("远河")
    assert missing(office) == {"主任": "远河"}


@sentence(
    "a subject or unit entrusted to a post or a person from first to last day",
)
def test_a_unit_is_assigned_as_a_subject_is() -> None:
    office = Office()
    office.unit("甲厂", "企业", parent="园区")
    office.unit("乙厂", "企业", parent="园区")
    office.assign("甲厂")
    office.duty({"each": {"unit_type": "企业", "scope": "assigned"}, "per": "month"})
    assert missing(office) == {"主任": "甲厂"}


@sentence(
    (
        "or (`scope: assigned`) only those assigned to the holder, in force on the days of "
        "the assignment"
    ),
)
@pytest.mark.parametrize(
    ("first", "last", "required"),
    [
        ("2024-06-16", None, 1),  # 15 of 30 days
        ("2024-06-17", None, 0),
        ("2020-01-01", "2024-06-30", 1),
        ("2020-01-01", "2024-06-29", 0),  # not on the last day
    ],
)
def test_a_member_is_in_force_on_the_days_of_the_assignment(
    first: str, last: str | None, required: int
) -> None:
    office = rivers("一河", "二河")
    office.assign("一河")
    office.assign("二河", first=first, last=last)
    assert office.required("2024-06", "2024-07-01") == 1 + required


@sentence(
    (
        "or (`scope: assigned`) only those assigned to the holder, in force on the days of "
        "the assignment"
    ),
)
def test_what_is_assigned_again_is_one_member() -> None:
    office = rivers("一河")
    office.assign("一河", last="2024-06-10")
    office.assign("一河", first="2024-06-11")
    assert office.required("2024-06", "2024-07-01") == 1


@sentence(
    (
        "what is assigned to a person is the post's while he stands in it, and a unit's "
        "duty has what is assigned to its posts"
    ),
)
def test_what_is_assigned_to_a_person_is_the_posts_while_he_stands_in_it() -> None:
    office = rivers("一河", "二河")
    office.appoint("王", last="2024-05-31")
    office.appoint("李", "2024-06-01")
    office.assign("一河", "王")
    office.assign("二河", "李")
    assert missing(office, "2024-05", "2024-07-01") == {"主任": "一河"}
    assert missing(office) == {"主任": "二河"}


@sentence(
    (
        "what is assigned to a person is the post's while he stands in it, and a unit's "
        "duty has what is assigned to its posts"
    ),
)
def test_what_is_assigned_to_a_person_in_two_posts_is_that_of_both() -> None:
    office = rivers("一河")
    office.staff("副主任", "王")
    office.appoint("王")
    office.assign("一河", "王")
    assert missing(office) == {"主任": "一河", "副主任": "一河"}


@sentence(
    (
        "what is assigned to a person is the post's while he stands in it, and a unit's "
        "duty has what is assigned to its posts"
    ),
)
def test_a_units_duty_has_what_is_assigned_to_its_posts() -> None:
    office = Office()
    for name in ("一河", "二河", "三河"):
        office.subject(name, "河湖")
    office.unit("邻镇", "镇街")
    office.staff("镇长", "钱", unit="邻镇")
    office.duty(OWN, units={"type": "园区"})
    office.assign("一河")
    office.assign("二河", "王")
    office.assign("三河", "镇长")
    assert missing(office) == {"园区": "一河二河"}


@sentence(
    (
        "or (`scope: assigned`) only those assigned to the holder, in force on the days of "
        "the assignment"
    ),
)
def test_a_group_has_what_is_assigned_to_any_of_its_posts() -> None:
    office = Office()
    office.staff("副主任", "李", "分管负责人")
    for name in ("一河", "二河"):
        office.subject(name, "河湖")
    office.assign("一河")
    office.assign("二河", "副主任")
    office.duty(OWN, holder={"posts": ["主要负责人", "分管负责人"], "joint": "any_of"})
    assert missing(office) == {"园区": "一河二河"}


@sentence(
    (
        "or (`scope: assigned`) only those assigned to the holder, in force on the days of "
        "the assignment"
    ),
)
def test_where_nothing_is_assigned_nobody_is_to_be_reached() -> None:
    office = rivers("一河")
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.state, verdict.reason) == ("exempt", "no_members")


@sentence(
    (
        "or (`scope: assigned`) only those assigned to the holder, in force on the days of "
        "the assignment"
    ),
)
def test_a_share_may_be_of_what_is_assigned() -> None:
    office = Office()
    for name in ("一河", "二河", "三河"):
        office.subject(name, "河湖")
        office.assign(name)
    office.subject("四河", "河湖")
    office.duty({"share": "50%", "of": {"type": "河湖", "scope": "assigned"}, "per": "month"})
    assert office.required("2024-06", "2024-07-01") == 2


# himself


def committee(*, members: str) -> Office:
    """Three members of a committee, each of whom is to talk with the others."""
    office = Office(holder=None)
    for post, person in (("甲职", "甲"), ("乙职", "乙"), ("丙职", "丙")):
        office.staff(post, person, "支委")
    office.duty({"each": {members: "支委"}, "per": "year"}, posts="支委")
    return office


@sentence(
    (
        "never anybody who holds the owing post on some day of the window, nor that post, "
        "nor the owing unit"
    ),
)
def test_nobody_owes_a_talk_with_himself() -> None:
    office = committee(members="people")
    assert missing(office, "2024", "2025-01-05") == {"甲职": "丙乙", "乙职": "丙甲", "丙职": "乙甲"}


@sentence(
    (
        "never anybody who holds the owing post on some day of the window, nor that post, "
        "nor the owing unit"
    ),
)
def test_no_post_is_to_be_reached_by_itself() -> None:
    office = committee(members="posts")
    told = {"甲职": "丙职乙职", "乙职": "丙职甲职", "丙职": "乙职甲职"}
    assert missing(office, "2024", "2025-01-05") == told


@sentence(
    (
        "never anybody who holds the owing post on some day of the window, nor that post, "
        "nor the owing unit"
    ),
)
@pytest.mark.parametrize(("left", "reached"), [("2024-01-01", False), ("2023-12-31", True)])
def test_whoever_holds_the_post_on_some_day_of_the_window_is_no_member(
    left: str, reached: bool
) -> None:
    office = committee(members="people")
    office.appoint("丁", last=left, post="甲职")
    office.post("丁职", "支委")
    office.appoint("丁", post="丁职")
    found = missing(office, "2024", "2025-01-05")
    assert ("丁" in found["甲职"]) is reached
    assert "丁" in found["乙职"]


@sentence(
    (
        "never anybody who holds the owing post on some day of the window, nor that post, "
        "nor the owing unit"
    ),
)
def test_a_unit_is_not_to_reach_itself() -> None:
    office = Office()
    for name in ("东片", "西片"):
        office.unit(name, "园区", parent="园区")
    office.duty({"each": {"unit_type": "园区"}, "per": "month"}, units={"type": "园区"})
    assert missing(office)["园区"] == "东片西片"


@sentence(
    (
        "never anybody who holds the owing post on some day of the window, nor that post, "
        "nor the owing unit"
    ),
)
def test_no_holder_is_to_reach_his_own_unit() -> None:
    office = Office()
    office.unit("东片", "园区", parent="园区")
    office.duty({"each": {"unit_type": "园区"}, "per": "month"})
    assert missing(office) == {"主任": "东片"}


@sentence(
    "belonging to the holder's unit or below it",
)
@pytest.mark.parametrize("members", ["posts", "people"])
def test_members_may_be_picked_by_facts_of_who_holds_the_post(members: str) -> None:
    office = Office()
    office.person("李", 党员="是")
    office.person("赵", 党员=("是", "2024-12-01"))  # on less than half of the year's days
    office.person("钱", 党员="否")
    for name in ("李", "赵", "钱"):
        office.staff(f"{name}的职务", name, "支委")
    office.duty({"each": {members: "支委", "facts": {"党员": "是"}}, "per": "year"})
    one = office.verdict("2024", "2025-01-01")
    assert (one.required, one.missing) == (1, ("李" if members == "people" else "李的职务",))
