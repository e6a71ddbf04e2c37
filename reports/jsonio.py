"""What `--json` prints: the values that several papers share.

Keys that INTERFACE names keep their names and meaning; lists stand in a fixed order, so the same
inputs give the same bytes.
"""

from __future__ import annotations

import json
from typing import Any

from data.records import Delegation, Waiver
from engine.judging.verdict import Verdict
from reports.figures import iso, json_number
from reports.harmless import harmless_json

Json = dict[str, Any]


def dump_json(value: object) -> str:
    """The value as text that ends with a line break; Chinese stands as it is, and as a number what
    would steer a terminal.
    """
    return harmless_json(json_text(value))


def json_text(value: object) -> str:
    """The same with every character as it is: what hashes are made of, and not shown."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def duty_id(verdict: Verdict) -> str:
    """The duty's id, with `#1`, `#2` for a part of a nested one."""
    return f"{verdict.duty.id}#{verdict.part}" if verdict.part else verdict.duty.id


def verdict_json(verdict: Verdict) -> Json:
    """One verdict; `due` is after moving and before grace."""
    return {
        "id": verdict.id,
        "duty": duty_id(verdict),
        "document": verdict.duty.document,
        "clause": verdict.duty.clause,
        "title": verdict.duty.title,
        "unit": verdict.unit,
        "post": verdict.post,
        "person": verdict.person,
        "members": sorted(verdict.members),
        "event": verdict.event,
        "period": {
            "label": verdict.label,
            "first": iso(verdict.period.first),
            "last": iso(verdict.period.last),
        },
        "due": iso(verdict.due),
        "required": json_number(verdict.required),
        "done": json_number(verdict.done),
        "state": str(verdict.state),
        "reason": verdict.reason,
        "light": verdict.light,
        "shortfall": json_number(verdict.shortfall),
        "days_overdue": verdict.days_overdue,
        "days_late": verdict.days_late,
        "flags": sorted(verdict.flags),
        "missing": sorted(verdict.missing),
        "counted": _counted(verdict),
    }


def _counted(verdict: Verdict) -> list[Json]:
    return [
        {"activity": item.activity, "quantity": json_number(item.quantity)}
        for item in verdict.counted
    ]


def waiver_json(row: Waiver) -> Json:
    """One waiver as plain values."""
    return {
        "waiver": row.waiver,
        "holder": row.holder,
        "first": iso(row.first),
        "last": iso(row.last),
        "reason": row.reason,
        "duty": row.duty,
        "document": row.document,
    }


def delegation_json(row: Delegation) -> Json:
    """One delegation as plain values."""
    return {
        "delegation": row.delegation,
        "holder": row.holder,
        "delegate": row.delegate,
        "first": iso(row.first),
        "last": iso(row.last),
        "duty": row.duty,
        "document": row.document,
        "reason": row.reason,
    }
