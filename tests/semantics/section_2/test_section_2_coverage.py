"""SEMANTICS, section 2: a coverage with a range, with a cap, and with days that do not count."""

from __future__ import annotations

from typing import Any

import pytest

from engine.judging.verdict import Verdict
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

RANGE = {"each": {"type": "企业"}, "at_least": 1, "at_most": 2, "per": "year"}
CAP = {**RANGE, "cap": True}
SCHOOLS = {"each": {"type": "学校"}, "per": "month", "except": ["暑假", "休息日"]}


def visited(frequency: dict[str, Any], *visits: tuple[str, str], **said: Any) -> Office:
    """Two firms and an office that went to them: the day, and where to."""
    office = Office(**said)
    for name in ("甲", "乙"):
        office.subject(name, "企业")
    office.duty(frequency)
    for day, where in visits:
        office.act(day, subjects=tuple(where))
    return office


def told(verdict: Verdict) -> tuple[str, bool]:
    return verdict.state, "over_range" in verdict.flags


TWICE = (("2024-03-01", "甲乙"), ("2024-04-01", "甲"))
THRICE = (*TWICE, ("2024-05-01", "甲"))


@sentence(
    "N to M per period; more than M is still `met` (flag `over_range`)",
)
@pytest.mark.parametrize(("visits", "over"), [(TWICE, False), (THRICE, True)])
def test_more_than_a_range_for_one_member_is_met_and_flagged(
    visits: tuple[tuple[str, str], ...], over: bool
) -> None:
    verdict = visited(RANGE, *visits).verdict("2024", "2025-01-01")
    assert told(verdict) == ("met", over)
    assert (verdict.required, verdict.done) == (2, 2)


@sentence(
    "c > M, where M is a cap (of a coverage: of any required member, and none missing)",
)
@pytest.mark.parametrize(("visits", "state"), [(TWICE, "met"), (THRICE, "exceeded")])
def test_a_coverage_is_exceeded_by_more_than_a_cap_for_any_member(
    visits: tuple[tuple[str, str], ...], state: str
) -> None:
    assert told(visited(CAP, *visits).verdict("2024", "2025-01-01")) == (state, False)


@sentence(
    "c > M, where M is a cap (of a coverage: of any required member, and none missing)",
)
def test_a_coverage_is_not_exceeded_while_a_member_is_missing() -> None:
    alone = [(f"2024-0{month}-01", "甲") for month in (3, 4, 5)]
    verdict = visited(CAP, *alone).verdict("2024", "2025-01-01")
    assert (verdict.state, verdict.missing) == ("overdue", ("乙",))
    assert told(visited(RANGE, *alone).verdict("2024", "2025-01-01")) == ("overdue", False)


@sentence(
    "c > M, where M is a cap (of a coverage: of any required member, and none missing)",
)
def test_visits_to_members_that_are_only_listed_exceed_nothing() -> None:
    office = visited(CAP, *THRICE, ("2024-06-01", "丙"), ("2024-06-02", "丙"), ("2024-06-03", "丙"))
    office.subject("丙", "企业", first="2024-10-01")
    office.change("a02", standing="voided")
    assert office.verdict("2024", "2025-01-01").state == "met"


@sentence(
    "Make-ups and late acts do not count against M",
)
def test_make_ups_and_late_visits_do_not_exceed() -> None:
    by_day = {"each": {"type": "企业"}, "at_least": 1, "at_most": 2, "cap": True}
    office = visited({**by_day, "by": "2024-06-30"}, *TWICE, ("2024-07-05", "甲"))
    assert office.verdict("2020-01-01..2024-06-30", "2025-01-01").state == "met"
    office = visited({**CAP, "per": "month"}, ("2024-06-03", "甲乙"), ("2024-06-04", "甲"))
    office.act("2024-07-02", subjects=("甲",), makes_up="2024-06")
    assert office.verdict("2024-06", "2024-08-01").state == "met"


# except


def schools(frequency: dict[str, Any] = SCHOOLS, **said: str) -> Office:
    """A school with its canteen, and summer holidays from 6 July to the end of August."""
    office = Office()
    office.window("暑假", **{"from": "07-06", "to": "08-31"})
    office.subject("一小", "学校", **said)
    office.duty(frequency)
    return office


@sentence(
    "a period of which every day is left out asks nothing (`exempt`, holiday)",
)
def test_a_period_of_which_every_day_is_left_out_asks_nothing_of_a_coverage() -> None:
    verdict = schools().verdict("2024-08", "2024-09-01")
    assert (verdict.state, verdict.reason, verdict.required) == ("exempt", "holiday", 0)


@sentence(
    "windows and rest days that do not count (除寒暑假和休息日外每日)",
)
def test_a_period_with_days_that_count_asks_for_every_member() -> None:
    office = schools()
    verdict = office.verdict("2024-07", "2024-08-01")
    assert (verdict.state, verdict.required, verdict.missing) == ("overdue", 1, ("一小",))
    office.act("2024-07-05", subjects=("一小",))
    assert office.verdict("2024-07", "2024-08-01").state == "met"


@sentence(
    "windows and rest days that do not count (除寒暑假和休息日外每日)",
)
@pytest.mark.parametrize(("first", "required"), [("2024-07-03", 1), ("2024-07-04", 0)])
def test_a_member_is_required_on_half_of_the_days_that_count(first: str, required: int) -> None:
    office = schools({**SCHOOLS, "except": ["暑假"]}, first=first)  # 1 to 5 July count
    assert office.required("2024-07", "2024-08-01") == required


@sentence(
    "windows and rest days that do not count (除寒暑假和休息日外每日)",
)
def test_who_came_in_the_days_left_out_owes_no_coverage() -> None:
    office = schools()
    office.appoint("王", last="2024-07-05")
    office.appoint("李", "2024-07-06")
    verdict = office.verdict("2024-07", "2024-08-01")
    assert (verdict.state, verdict.post, verdict.person) == ("overdue", "主任", None)


@sentence(
    "a period of which every day is left out asks nothing (`exempt`, holiday)",
)
def test_a_day_left_out_asks_no_coverage_of_a_unit_either() -> None:
    office = Office()
    office.subject("一小", "学校")
    daily = {"each": {"type": "学校"}, "per": "day", "except": ["休息日"]}
    office.duty(daily, units={"type": "园区"})
    assert office.verdict("2024-06-15", "2024-06-20").reason == "holiday"  # a Saturday
    assert office.verdict("2024-06-14", "2024-06-20").state == "overdue"
