"""SEMANTICS, section 7: every worked case, as one table named by its case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.judging.verdict import Verdict
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office
from tests.helpers.worked_cases import CASES, Case, a, b, case

# events


def _race(office: Office) -> None:
    office.duty({"at_least": 1, "before": "赛事"}, "check_before_race")
    office.event("赛1", "2024-05-18")


@case(
    "event: check before each race 2024-05-18, on 05-17",
    "2024-05-19",
    {"赛1": {"state": "met", "no_flags": ["time_missing"]}},
)
def _(office: Office) -> None:
    _race(office)
    office.act("2024-05-17")


@case(
    "event: check before each race 2024-05-18, on 05-18 without times",
    "2024-05-19",
    {"赛1": {"state": "met", "flags": ["time_missing"]}},
)
def _(office: Office) -> None:
    _race(office)
    office.act("2024-05-18")


@case(
    "event: check before each race 2024-05-18, on 05-19: overdue for ever",
    ("2024-05-19", "2024-05-20", "2026-01-01"),
    {"赛1": {"state": "overdue", "done": 0}},
)
def _(office: Office) -> None:
    _race(office)
    office.act("2024-05-19")


@case(
    "event: check before each race 2024-05-18, on 05-19: unless waived",
    ("2024-05-19", "2026-01-01"),
    {"赛1": {"state": "exempt", "reason": "waived"}},
)
def _(office: Office) -> None:
    _race(office)
    office.act("2024-05-19")
    office.waive("2024-04-18", "2024-05-18")


def _purchase(office: Office) -> None:
    office.duty({"at_least": 1, "after": "购买", "within": "5 days"}, "register")
    office.event("购1", "2024-06-03", type="购买")


@case(
    "event: register within 5 days of a purchase on 2024-06-03, act on 06-08",
    "2024-06-12",
    {"购1": "met"},
)
def _(office: Office) -> None:
    _purchase(office)
    office.act("2024-06-08")


@case(
    "event: register within 5 days of a purchase on 2024-06-03, act on 06-10",
    "2024-06-12",
    {"购1": {"state": "made_up", "days_late": 2}},
)
def _(office: Office) -> None:
    _purchase(office)
    office.act("2024-06-10")


@case(
    "event: register within 5 days of a purchase on 2024-06-03, none",
    "2024-06-12",
    {"购1": {"state": "overdue", "days_overdue": 4}},
)
def _(office: Office) -> None:
    _purchase(office)


# coverage and share


def _projects(office: Office, *visited: str) -> None:
    office.duty({"each": {"type": "项目"}, "at_least": 1, "per": "quarter"}, "visit")
    for n in range(10):
        office.subject(f"项目{n}")
    for project in visited:
        office.act("2024-05-10", subjects=(project,))


@case(
    "coverage: 10 projects, each once a quarter, 9 reached",
    "2024-07-01",
    {
        "2024-Q2": {
            "state": "overdue",
            "required": 10,
            "done": 9,
            "missing": ("项目9",),
            "shortfall": 1,
        }
    },
)
def _(office: Office) -> None:
    _projects(office, *[f"项目{n}" for n in range(9)])


@case(
    "coverage: a project that closed on the quarter's 5th day: listed, not required",
    "2024-07-01",
    {"2024-Q2": {"state": "met", "required": 10, "missing": ()}},
)
def _(office: Office) -> None:
    _projects(office, *[f"项目{n}" for n in range(10)])
    office.subject("早退", last="2024-04-05")


@case(
    "coverage: a project that joined in the quarter's last third: listed, not required",
    "2024-07-01",
    {"2024-Q2": {"state": "met", "required": 10, "missing": ()}},
)
def _(office: Office) -> None:
    _projects(office, *[f"项目{n}" for n in range(10)])
    office.subject("晚到", first="2024-06-01")


@sentence(
    "listed, not required",
)
def test_worked_case_coverage_lists_members_that_it_does_not_require() -> None:
    office = Office()
    _projects(office)
    office.subject("早退", last="2024-04-05")
    office.subject("晚到", first="2024-06-01")
    office.subject("无关", first="2024-07-01")
    found = next(x for x in office.judged("2024-07-01") if x.verdict.label == "2024-Q2")
    assert found.slot is not None
    assert set(found.slot.obligation.listed) - set(found.slot.obligation.members) == {
        "早退",
        "晚到",
    }


@case(
    "share: 20% of 31 → 7; seven different units visited, one twice",
    ("2024-12-31", "2025-01-01"),
    {"2024": {"state": "met", "required": 7, "done": 7}},
)
def _(office: Office) -> None:
    _share(office)
    for n in range(7):
        office.act(f"2024-0{1 + n}-10", subjects=(f"资质{n}",))
    office.act("2024-09-10", subjects=("资质3",))


@case(
    "share: 20% of 31 → 7; six different units visited, one twice",
    "2025-01-01",
    {"2024": {"state": "overdue", "required": 7, "done": 6, "missing": ()}},
)
def _(office: Office) -> None:
    _share(office)
    for n in range(6):
        office.act(f"2024-0{1 + n}-10", subjects=(f"资质{n}",))
    office.act("2024-09-10", subjects=("资质3",))


def _share(office: Office) -> None:
    office.duty({"share": "20%", "of": {"unit_type": "测绘资质单位"}, "per": "year"}, "sample")
    for n in range(31):
        office.unit(f"资质{n}", "测绘资质单位", parent="园区")


# windows and rolling gaps


@case(
    "window 国庆 10-01..10-07, one inspection, none; appointed 10-05 (3 of 7: 0.43 → 0)",
    "2024-10-08",
    {"2024/国庆": {"state": "exempt", "reason": "tenure"}},
)
def _(office: Office) -> None:
    office.duty({"at_least": 1, "windows": {"each": "国庆"}}, "holiday_check")
    office.appoint("王", "2024-10-05")


@case(
    "rolling 45 days, in force from 01-10: acts 01-10, 03-01",
    "2024-04-20",
    {
        "2024-01-10..2024-02-24": {"state": "made_up", "days_late": 6},
        "2024-03-01..2024-04-15": {"state": "overdue", "days_overdue": 5},
    },
)
def _(office: Office) -> None:
    office.duty({"every": "45 days", "reading": "rolling"}, "gap")
    office.appoint("王", "2024-01-10")
    office.acts("2024-01-10", "2024-03-01")


# the table


@sentence(
    "No predecessor or successor unless said",
    "listed, not required",
)
@pytest.mark.parametrize("one", CASES, ids=str)
def test_worked_case(one: Case) -> None:
    office = Office()
    one.build(office)
    for label, wanted in one.expect.items():
        name, _, holder = label.partition(" ")
        duty, _, name = name.rpartition(":")
        found = [
            verdict
            for verdict in office.verdicts(one.as_of, name or None, duty=duty or None)
            if holder in verdict.id.split("@")[1]
        ]
        assert len(found) == 1, [verdict.id for verdict in found]
        compare(found[0], wanted)


def compare(verdict: Verdict, wanted: Mapping[str, Any]) -> None:
    """Everything that a case says about a verdict; `flags` are those it must carry."""
    for name, value in wanted.items():
        if name == "flags":
            assert set(value) <= set(verdict.flags), verdict.flags
        elif name == "no_flags":
            assert not set(value) & set(verdict.flags), verdict.flags
        else:
            assert getattr(verdict, name) == value, (name, verdict)


@sentence(
    "nothing before June is judged",
)
def test_worked_case_a_with_records_from_june_judges_nothing_before_june() -> None:
    office = Office(records_from="2024-06-01")
    office.document(signed="2022-01-01")
    a(office)
    assert office.labels("2024-07-01")[:2] == ["2024-06", "2024-07"]
    assert office.verdict("2024-06", "2024-07-01").state == "overdue"


@sentence(
    "count as 1, two `duplicate`; with different times they are three",
)
def test_worked_case_b_three_records_alike_in_all_fields_count_as_one() -> None:
    office = Office()
    b(office)
    first, *others = office.acts("2024-03-05", "2024-03-05", "2024-03-05", at="09:00")
    assert office.counted("2024", "2024-06-01") == [first]
    assert office.why("2024", "2024-06-01") == dict.fromkeys(others, "duplicate")


@sentence(
    "count as 1, two `duplicate`; with different times they are three",
)
def test_worked_case_b_three_records_of_one_day_with_different_times_are_three() -> None:
    office = Office()
    b(office)
    for time in ("09:00", "11:00", "15:30"):
        office.act("2024-03-05", at=time)
    assert office.verdict("2024", "2024-06-01").done == 3
