"""Verdicts and records made by hand, for tests of what comes after judging."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from data.records import Appointment, Person, Post, Records, Unit
from engine.calendar.periods import Period
from engine.judging.verdict import ExemptReason, State, Verdict, VerdictFlag
from rules.duty import ActRule, Duty, HolderRule, Source
from rules.frequency import Frequency

UNDONE = frozenset({State.OVERDUE, State.OPEN, State.DUE_SOON, State.BEHIND, State.UPCOMING})


def duty(key: str = "lead_check", **said: Any) -> Duty:
    """A duty of document `park`; `frequency` as a rule file writes it, default once a month."""
    frequency = said.pop("frequency", {"at_least": 1, "per": "month"})
    holder = said.pop("holder", {"posts": ["主要负责人"]})
    return Duty(
        id=f"park.principal.{key}",
        document="park",
        title="带队检查",
        sources=(Source(clause="第三条", quote="每月至少带队检查1次"),),
        holder=HolderRule.model_validate(holder),
        activity=ActRule(kind=("安全检查",)),
        frequency=Frequency.model_validate(frequency),
        **said,
    )


def month(label: str) -> Period:
    """The days of `2024-06`."""
    first = date.fromisoformat(f"{label}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(first, after - timedelta(days=1))


def verdict(
    label: str = "2024-06",
    state: State | str = State.OVERDUE,
    *,
    as_of: date = date(2024, 7, 10),
    period: Period | None = None,
    of: Duty | None = None,
    unit: str = "园区",
    post: str | None = "主任",
    person: str | None = "王",
    flags: Sequence[str] = (),
    **said: Any,
) -> Verdict:
    """The verdict of a month, or of `period`; due on its last day unless told otherwise."""
    state = State(state)
    chosen = of or duty()
    days = period or month(label)
    due = said.pop("due", days.last)
    required = Fraction(said.pop("required", 0 if state is State.EXEMPT else 1))
    done = Fraction(said.pop("done", 0 if state in UNDONE else required))
    holder = f"{post}/{person}" if post and person else post or unit
    part = said.pop("part", 0)
    number = f"#{part}" if part else ""
    plain: dict[str, Any] = {
        "id": f"{chosen.id}{number}@{holder}@{label}",
        "duty": chosen,
        "measure": chosen.frequency,
        "part": part,
        "unit": unit,
        "post": post,
        "person": person,
        "members": (),
        "event": None,
        "label": label,
        "period": days,
        "window": days,
        "due_unmoved": due,
        "due": due,
        "deadline": due,
        "required": required,
        "done": done,
        "state": state,
        "reason": ExemptReason.WAIVED if state is State.EXEMPT else None,
        "shortfall": max(Fraction(0), required - done),
        "days_overdue": (as_of - due).days if state is State.OVERDUE else None,
        "days_late": 3 if state is State.MADE_UP else None,
        "flags": tuple(VerdictFlag(flag) for flag in flags),
        "missing": (),
        "counted": (),
        "as_of": as_of,
        "working": None,
    }
    return Verdict(**(plain | said))


def records(**said: Any) -> Records:
    """A park with a director 王 and a deputy 李, and an enterprise of nobody."""
    plain: dict[str, Any] = {
        "units": {
            "园区": Unit("园区", "正阳工业园区", "园区"),
            "甲厂": Unit("甲厂", "甲化工厂", "企业", parent="园区"),
        },
        "posts": {
            "主任": Post("主任", "园区", "主要负责人"),
            "副主任": Post("副主任", "园区", "分管负责人"),
        },
        "people": {"王": Person("王", "王某"), "李": Person("李", "李某")},
        "appointments": (
            Appointment("王", "主任", date(2024, 1, 1)),
            Appointment("李", "副主任", date(2024, 1, 1)),
        ),
        "activities": (),
        "records_from": date(2024, 1, 1),
    }
    return Records(**(plain | said))
