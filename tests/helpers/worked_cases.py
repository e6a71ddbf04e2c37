"""SEMANTICS, section 7: the cases of counts, ranges and deadlines, and what a case is.

Each line of the table is a `@case`: its words, the day or days it is asked on, and what it must
come to. A label may carry a holder (`2024-06 李`) where several owe the same period, and a duty
(`C:2024-06`) where there are two. `test_section_7_cases.py` has the other shapes, and runs all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.helpers.small_world import Office


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
