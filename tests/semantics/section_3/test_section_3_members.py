"""SEMANTICS, section 3: which members a coverage or share requires, and what it counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

COVER = {"each": {"type": "项目"}, "per": "quarter"}
SHARE = {"share": "20%", "of": {"type": "项目"}, "per": "quarter"}


def with_members(frequency: dict[str, Any], **members: dict[str, str]) -> Office:
    """A duty over projects; each member with its own first and last day."""
    office = Office()
    for name, days in members.items():
        office.subject(name, **days)
    office.duty(frequency)
    return office


@sentence(
    (
        "a member of a population is required when it is in force on at least half of the "
        "window's days and on its last day; others are listed, not required (a post is in "
        "force as a member while somebody holds it)"
    ),
)
@pytest.mark.parametrize(
    ("days", "required"),
    [
        ({}, 1),
        ({"first": "2024-05-16"}, 1),  # 46 of 91 days
        ({"first": "2024-05-17"}, 0),  # 45
        ({"last": "2024-06-30"}, 1),
        ({"last": "2024-06-29"}, 0),  # not on the last day
        ({"last": "2024-04-05"}, 0),
    ],
)
def test_a_member_is_required_on_half_of_the_windows_days_and_on_its_last(
    days: dict[str, str], required: int
) -> None:
    office = with_members(COVER, 甲={}, 乙=days)
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert verdict.required == 1 + required
    assert verdict.missing == (("乙", "甲") if required else ("甲",))


@sentence(
    (
        "a member of a population is required when it is in force on at least half of the "
        "window's days and on its last day; others are listed, not required (a post is in "
        "force as a member while somebody holds it)"
    ),
)
def test_a_listed_member_brings_nothing_to_a_coverage() -> None:
    office = with_members(COVER, 甲={}, 乙={"last": "2024-05-31"})
    office.act("2024-05-08", subjects=("乙",))
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.state, verdict.done, verdict.missing) == ("overdue", 0, ("甲",))


@sentence(
    "a waiver may name a member",
)
@pytest.mark.parametrize(
    ("last", "required"), [("2024-05-14", 2), ("2024-05-17", 1), ("2024-06-30", 1)]
)
def test_a_waiver_may_name_a_member(last: str, required: int) -> None:
    office = with_members(COVER, 甲={}, 乙={})
    office.waive("2024-04-01", last, subject="乙")
    assert office.required("2024-Q2", "2024-07-01") == required


@sentence(
    "a waiver may name a member",
)
def test_a_waiver_of_a_member_on_the_windows_last_day_makes_it_listed() -> None:
    office = with_members(COVER, 甲={}, 乙={})
    office.waive("2024-06-30", "2024-06-30", subject="乙")
    assert office.required("2024-Q2", "2024-07-01") == 1


@sentence(
    (
        "a member of a population is required when it is in force on at least half of the "
        "window's days and on its last day; others are listed, not required (a post is in "
        "force as a member while somebody holds it)"
    ),
)
@pytest.mark.parametrize(
    ("first", "last", "missing"),
    [
        ("2020-01-01", None, ("厂长",)),
        ("2020-01-01", "2024-05-31", ()),
        ("2024-06-20", None, ()),
    ],
)
def test_a_post_is_a_member_on_the_days_on_which_somebody_holds_it(
    first: str, last: str | None, missing: tuple[str, ...]
) -> None:
    office = Office()
    office.unit("甲厂", "企业", parent="园区")
    office.post("厂长", "企业负责人", "甲厂")
    office.appoint("钱", first, last, post="厂长")
    office.duty({"each": {"posts": "企业负责人", "unit_type": "企业"}, "per": "quarter"})
    assert office.verdict("2024-Q2", "2024-07-01").missing == missing


# coverage


@sentence(
    (
        "Coverage: required = N × required members, done = Σ min(visits, N), `missing` "
        "the members short"
    ),
)
def test_coverage_requires_n_for_each_member_and_counts_no_more_than_n_of_each() -> None:
    office = with_members({**COVER, "at_least": 2}, 甲={}, 乙={})
    for day in ("2024-04-08", "2024-04-15", "2024-04-22"):
        office.act(day, subjects=("甲",))
    office.act("2024-05-08", subjects=("乙",))
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.done, verdict.shortfall) == (4, 3, 1)
    assert (verdict.state, verdict.missing) == ("overdue", ("乙",))


@sentence(
    (
        "Coverage: required = N × required members, done = Σ min(visits, N), `missing` "
        "the members short"
    ),
)
def test_an_act_with_several_subjects_reaches_each_of_them() -> None:
    office = with_members(COVER, 甲={}, 乙={})
    office.act("2024-05-08", subjects=("甲", "乙"))
    assert office.verdict("2024-Q2", "2024-07-01").state == "met"


@sentence(
    (
        "Coverage: required = N × required members, done = Σ min(visits, N), `missing` "
        "the members short"
    ),
)
def test_ten_projects_nine_reached_the_missing_one_is_named() -> None:
    office = with_members(COVER, **{f"项目{number}": {} for number in range(10)})
    office.act("2024-05-08", subjects=tuple(f"项目{number}" for number in range(9)))
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.done, verdict.missing) == (10, 9, ("项目9",))


# share


@sentence(
    (
        "Share: required = share × required members, rounded up; done = members visited, "
        "listed ones too; `missing` empty"
    ),
)
def test_a_share_counts_different_members_visited_once_each() -> None:
    office = with_members(SHARE, **{f"项目{number}": {} for number in range(10)})
    office.act("2024-05-08", subjects=("项目1",))
    office.act("2024-05-09", subjects=("项目1",))
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.done, verdict.state) == (2, 1, "overdue")
    office.act("2024-05-10", subjects=("项目2",))
    assert office.verdict("2024-Q2", "2024-07-01").state == "met"


@sentence(
    (
        "Share: required = share × required members, rounded up; done = members visited, "
        "listed ones too; `missing` empty"
    ),
)
def test_a_share_is_of_the_required_members_and_counts_listed_ones_too() -> None:
    gone = {"last": "2024-04-30"}
    office = with_members(SHARE, 甲={}, 乙={}, 丙={}, 丁={}, 戊={}, 己=gone)
    office.act("2024-04-08", subjects=("己",))
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.done, verdict.state) == (1, 1, "met")


@sentence(
    (
        "Share: required = share × required members, rounded up; done = members visited, "
        "listed ones too; `missing` empty"
    ),
)
def test_a_share_names_nobody_as_missing() -> None:
    office = with_members(SHARE, 甲={}, 乙={})
    assert office.verdict("2024-Q2", "2024-07-01").missing == ()


# without a roster


@sentence(
    (
        "Without a roster an act may carry a tally (`quantity` of `out_of`, 87 of 90): the "
        "one with the largest share is judged (one that is enough and in time before "
        "others; then the larger `out_of`, then the earlier; only it is `counted`), "
        "required = its `out_of` (or the share of it, rounded up), flag `no_roster`"
    ),
)
@pytest.mark.parametrize(("quantity", "state"), [(90, "met"), (87, "overdue")])
def test_without_a_roster_a_tally_is_judged_against_its_out_of(quantity: int, state: str) -> None:
    office = with_members(COVER)
    office.act("2024-05-08", quantity=quantity, out_of=90)
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.done, verdict.state) == (90, quantity, state)
    assert "no_roster" in verdict.flags


@sentence(
    (
        "Without a roster an act may carry a tally (`quantity` of `out_of`, 87 of 90): the "
        "one with the largest share is judged (one that is enough and in time before "
        "others; then the larger `out_of`, then the earlier; only it is `counted`), "
        "required = its `out_of` (or the share of it, rounded up), flag `no_roster`"
    ),
)
def test_of_several_tallies_the_one_with_the_largest_share_is_judged() -> None:
    office = with_members(COVER)
    office.act("2024-05-08", quantity=40, out_of=50)
    best = office.act("2024-05-15", quantity=18, out_of=20)
    office.act("2024-05-22", quantity=60, out_of=90)
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert [one.activity for one in verdict.counted] == [best]
    assert (verdict.required, verdict.done) == (20, 18)


@sentence(
    (
        "Without a roster an act may carry a tally (`quantity` of `out_of`, 87 of 90): the "
        "one with the largest share is judged (one that is enough and in time before "
        "others; then the larger `out_of`, then the earlier; only it is `counted`), "
        "required = its `out_of` (or the share of it, rounded up), flag `no_roster`"
    ),
)
@pytest.mark.parametrize(
    ("tallies", "judged"),
    [
        # one that is enough and in time goes before a larger one that is late
        ([("2024-05-08", 8, 10), ("2024-07-03", 10, 10)], 0),
        ([("2024-05-08", 7, 10), ("2024-07-03", 10, 10)], 1),  # 75% are not reached in time
        ([("2024-05-08", 18, 20), ("2024-05-15", 45, 50)], 1),  # of equal shares the larger
        ([("2024-05-08", 18, 20), ("2024-05-15", 18, 20)], 0),  # then the earlier
        ([("2024-05-08", 18, 20), ("2024-05-08", 18, 20)], 0),
    ],
)
def test_of_tallies_that_are_alike_one_is_judged_and_counted_alone(
    tallies: list[tuple[str, int, int]], judged: int
) -> None:
    office = with_members({"share": "75%", "of": {"type": "项目"}, "by": "2024-06-30"})
    for number, (day, quantity, out_of) in enumerate(tallies):
        office.act(day, quantity=quantity, out_of=out_of, at=f"{9 + number:02}:00")
    verdict = office.verdict("2020-01-01..2024-06-30", "2024-07-05")
    assert [one.activity for one in verdict.counted] == [f"a0{judged + 1}"]
    assert verdict.done == tallies[judged][1]


@sentence(
    (
        "Without a roster an act may carry a tally (`quantity` of `out_of`, 87 of 90): the "
        "one with the largest share is judged (one that is enough and in time before "
        "others; then the larger `out_of`, then the earlier; only it is `counted`), "
        "required = its `out_of` (or the share of it, rounded up), flag `no_roster`"
    ),
)
def test_a_tally_under_a_share_needs_the_share_of_it_rounded_up() -> None:
    office = with_members(SHARE)
    office.act("2024-05-08", quantity=7, out_of=31)
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.done, verdict.state) == (7, 7, "met")


@sentence(
    (
        "Without a roster an act may carry a tally (`quantity` of `out_of`, 87 of 90): the "
        "one with the largest share is judged (one that is enough and in time before "
        "others; then the larger `out_of`, then the earlier; only it is `counted`), "
        "required = its `out_of` (or the share of it, rounded up), flag `no_roster`"
    ),
)
def test_with_a_roster_a_tally_reaches_nobody() -> None:
    office = with_members(COVER, 甲={})
    act = office.act("2024-05-08", quantity=90, out_of=90)
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.done, verdict.state) == (1, 0, "overdue")
    assert "no_roster" not in verdict.flags
    assert act in office.why("2024-Q2", "2024-07-01")


@sentence(
    "No member and no tally: `exempt` (no members)",
)
def test_without_a_member_and_without_a_tally_it_is_exempt() -> None:
    office = with_members(COVER)
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.state, verdict.reason) == ("exempt", "no_members")


@sentence(
    "No member and no tally: `exempt` (no members)",
)
def test_where_every_member_is_only_listed_it_is_exempt() -> None:
    office = with_members(COVER, 甲={"last": "2024-05-31"})
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.state, verdict.reason) == ("exempt", "no_members")
