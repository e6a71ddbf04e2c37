"""SEMANTICS, section 7: every worked case, as one table named by its case.

Each line of that table is a `@case`: its words, the day or days it is asked on, and what it must
come to. A label may carry a person (`2024-06 李`) where several owe the same period.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from engine.verdict import Verdict
from tests.semantics.world import Office


@dataclass(frozen=True)
class Case:
    """One line of the table on one day."""

    name: str
    as_of: str
    build: Callable[[Office], object]
    expect: Mapping[str, Mapping[str, Any]]

    def __str__(self) -> str:
        return f"{self.name} [{self.as_of}]"


CASES: list[Case] = []


def case(
    name: str, as_of: str | tuple[str, ...], expect: Mapping[str, str | Mapping[str, Any]]
) -> Callable[[Callable[[Office], object]], Callable[[Office], object]]:
    """Puts a case into the table; the function under it builds the case's office."""
    days = (as_of,) if isinstance(as_of, str) else as_of
    said = {label: {"state": one} if isinstance(one, str) else one for label, one in expect.items()}

    def keep(build: Callable[[Office], object]) -> Callable[[Office], object]:
        CASES.extend(Case(name, day, build, said) for day in days)
        return build

    return keep


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


# the four duties of the table


def a(office: Office, key: str = "A", **said: Any) -> None:
    activity = {"role": "带队", **said.pop("activity", {})}
    office.duty({"at_least": 1, "per": "month"}, key, activity=activity, **said)


def b(office: Office) -> None:
    office.duty({"at_least": 12, "per": "year"}, "B")


def c(office: Office) -> None:
    office.document(signed="2020-01-01", adjust="next_workday")
    office.duty({"due": 20, "per": "month"}, "C", kind="报送")


def r(office: Office, **said: Any) -> None:
    office.duty({"at_least": 1, "at_most": 2, "per": "year", **said}, "R")


def led(office: Office, day: str, **said: Any) -> str:
    return office.act(day, role="带队", **said)


# A


@case("A, June 2024, one act on 06-12", "2024-06-30", {"2024-06": "met"})
def _(office: Office) -> None:
    a(office)
    led(office, "2024-06-12")


@case("A, June, none: open", "2024-06-10", {"2024-06": "open"})
@case("A, June, none: due_soon", ("2024-06-23", "2024-06-30"), {"2024-06": "due_soon"})
@case(
    "A, June, none: overdue",
    "2024-07-01",
    {"2024-06": {"state": "overdue", "shortfall": 1, "days_overdue": 1}},
)
def _(office: Office) -> None:
    a(office)


@case(
    "A, none in June; on 07-03 a make-up for June",
    "2024-07-05",
    {"2024-06": {"state": "made_up", "days_late": 3}, "2024-07": {"state": "open", "done": 0}},
)
def _(office: Office) -> None:
    a(office)
    led(office, "2024-07-03", makes_up="2024-06")


@case(
    "A, none in June; on 07-03 an ordinary act",
    "2024-07-05",
    {"2024-06": "overdue", "2024-07": "met"},
)
def _(office: Office) -> None:
    a(office)
    led(office, "2024-07-03")


@case(
    "A, appointed 2024-06-17 (14 of 30: 0.47 → 0)",
    "2024-07-01",
    {"2024-06": {"state": "exempt", "reason": "tenure"}},
)
def _(office: Office) -> None:
    a(office)
    office.appoint("王", "2024-06-17")


@case(
    "A, appointed 2024-06-16 (15 of 30: 0.5 → 1), none",
    "2024-07-01",
    {"2024-06": {"state": "overdue", "required": 1}},
)
def _(office: Office) -> None:
    a(office)
    office.appoint("王", "2024-06-16")


@case(
    "the same, a predecessor until 06-15 (0.5 → 1)",
    "2024-07-01",
    {
        "2024-06 李": {"state": "overdue", "required": 1},
        "2024-06 王": {"state": "exempt", "required": 0},
    },
)
def _(office: Office) -> None:
    a(office)
    office.appoint("李", "2023-01-01", "2024-06-15")
    office.appoint("王", "2024-06-16")


@case(
    "A, acting 06-01..06-14 with an act on 06-05, confirmed from 06-15: one tenure",
    "2024-07-01",
    {"2024-06": {"state": "met", "required": 1}},
)
def _(office: Office) -> None:
    a(office)
    office.appoint("王", "2024-06-01", "2024-06-14", acting=True)
    office.appoint("王", "2024-06-15")
    led(office, "2024-06-05")


@case(
    "A, waived 06-01..06-20 (10 of 30: 0.33 → 0)",
    "2024-07-01",
    {"2024-06": {"state": "exempt", "reason": "waived"}},
)
def _(office: Office) -> None:
    a(office)
    office.waive("2024-06-01", "2024-06-20")


@case(
    "A, waived 06-01..06-15 (15 of 30 → 1), an act on 06-10: acts on waived days count",
    "2024-07-01",
    {"2024-06": {"state": "met", "required": 1, "done": 1}},
)
def _(office: Office) -> None:
    a(office)
    office.waive("2024-06-01", "2024-06-15")
    led(office, "2024-06-10")


@case(
    "A, 2024-06-30 is a Sunday, act on Monday 07-01, document next_workday: no move",
    "2024-07-02",
    {"2024-06": {"state": "overdue", "days_overdue": 2}, "2024-07": "met"},
)
def _(office: Office) -> None:
    office.document(signed="2020-01-01", adjust="next_workday")
    a(office)
    led(office, "2024-07-01")


@case(
    "A, one person in two posts that owe A, one act under one of them: met for both",
    ("2024-06-30", "2024-07-01"),
    {"2024-06 主任/王": "met", "2024-06 书记/王": "met"},
)
def _(office: Office) -> None:
    a(office)
    office.appoint("王")
    office.staff("书记", "王")
    led(office, "2024-06-12", holder="书记")


@case(
    "A, document signed 2024-05-24 (8 of 31), and a deadline of 2024-05-15 in it",
    "2024-06-01",
    {
        "A:2024-05": {"state": "exempt", "reason": "not_in_force"},
        "deadline:": {"state": "exempt", "reason": "not_in_force"},
    },
)
def _(office: Office) -> None:
    office.document(signed="2024-05-24")
    a(office)
    office.duty({"at_least": 1, "by": "2024-05-15"}, "deadline")


def test_worked_case_a_with_records_from_june_judges_nothing_before_june() -> None:
    office = Office(records_from="2024-06-01")
    office.document(signed="2022-01-01")
    a(office)
    assert office.labels("2024-07-01")[:2] == ["2024-06", "2024-07"]
    assert office.verdict("2024-06", "2024-07-01").state == "overdue"


# B


def _b_with(office: Office, acts: int) -> None:
    b(office)
    office.acts(*[f"2024-0{1 + n}-10" for n in range(acts)])


@case(
    "B, 2024, 5 acts by 06-30 (182 of 366: floor 5.97 = 5)",
    "2024-06-30",
    {"2024": {"state": "open", "done": 5}},
)
def _(office: Office) -> None:
    _b_with(office, 5)


@case("B, 4 acts by 06-30", "2024-06-30", {"2024": {"state": "behind", "done": 4}})
def _(office: Office) -> None:
    _b_with(office, 4)


@case(
    "B, in the post from 2024-07-01 (184 of 366: 6.03 → 6), 2 acts by 08-31 (floor 2.02 = 2)",
    "2024-08-31",
    {"2024": {"state": "open", "required": 6, "done": 2}},
)
def _(office: Office) -> None:
    b(office)
    office.appoint("王", "2024-07-01")
    office.acts("2024-07-10", "2024-08-10")


@case(
    "B, in the post from 2024-07-01, 6 acts by the end",
    "2024-12-31",
    {"2024": {"state": "met", "required": 6}},
)
def _(office: Office) -> None:
    b(office)
    office.appoint("王", "2024-07-01")
    office.acts(*[f"2024-{month}-10" for month in ("07", "08", "09", "10", "11", "12")])


def test_worked_case_b_three_records_alike_in_all_fields_count_as_one() -> None:
    office = Office()
    b(office)
    first, *others = office.acts("2024-03-05", "2024-03-05", "2024-03-05", at="09:00")
    assert office.counted("2024", "2024-06-01") == [first]
    assert office.why("2024", "2024-06-01") == dict.fromkeys(others, "duplicate")


def test_worked_case_b_three_records_of_one_day_with_different_times_are_three() -> None:
    office = Office()
    b(office)
    for time in ("09:00", "11:00", "15:30"):
        office.act("2024-03-05", at=time)
    assert office.verdict("2024", "2024-06-01").done == 3


# C


@case(
    "C, July 2024 (the 20th is a Saturday, due moves to 07-22), report on 07-22",
    "2024-07-31",
    {"2024-07": "met"},
)
def _(office: Office) -> None:
    c(office)
    office.act("2024-07-22", kind="报送")


@case(
    "C, August, unnamed report on 08-23",
    "2024-08-31",
    {"2024-08": {"state": "made_up", "days_late": 3}},
)
def _(office: Office) -> None:
    c(office)
    office.act("2024-07-19", kind="报送")
    office.act("2024-08-23", kind="报送")


@case(
    "C, June: filed on 06-18 by a predecessor who left on 06-19",
    "2024-06-21",
    {"C:2024-06": {"state": "met"}},
)
def _(office: Office) -> None:
    c(office)
    office.appoint("李", "2023-01-01", "2024-06-19")
    office.appoint("王", "2024-06-20")
    office.act("2024-06-18", kind="报送")


@case(
    "C, June, predecessor to 06-19, successor appointed on the due day, nothing filed",
    "2024-06-21",
    {"C:2024-06": {"state": "overdue", "post": "主任", "person": None}},
)
def _(office: Office) -> None:
    c(office)
    office.appoint("李", "2023-01-01", "2024-06-19")
    office.appoint("王", "2024-06-20")


# R


@case(
    "R, three acts",
    "2025-01-01",
    {"2024": {"state": "met", "flags": ["over_range"]}},
)
def _(office: Office) -> None:
    r(office)
    office.acts("2024-02-01", "2024-05-01", "2024-08-01")


@case(
    "R, three acts, with cap: true",
    "2025-01-01",
    {"2024": {"state": "exceeded", "no_flags": ["over_range"]}},
)
def _(office: Office) -> None:
    r(office, cap=True)
    office.acts("2024-02-01", "2024-05-01", "2024-08-01")


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


def test_worked_case_coverage_lists_members_that_it_does_not_require() -> None:
    office = Office()
    _projects(office)
    office.subject("早退", last="2024-04-05")
    office.subject("晚到", first="2024-06-01")
    office.subject("无关", first="2024-07-01")
    found = next(x for x in office.judged("2024-07-01") if x.verdict.label == "2024-Q2")
    assert found.slot is not None
    assert set(found.slot.one.listed) - set(found.slot.one.members) == {"早退", "晚到"}


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
