"""What `why --json` prints: a verdict and how it came about, as plain values."""

from __future__ import annotations

from engine.judging.explain import Explanation
from reports.figures import exact_rate, iso, json_number
from reports.jsonio import Json, verdict_json


def why_json(explanation: Explanation) -> Json:
    """The verdict with its clause, its window, its working, and what counted and what did not."""
    verdict = explanation.verdict
    window = verdict.window
    return {
        **verdict_json(verdict),
        "quote": verdict.duty.quote,
        "window": {
            "first": iso(window.first if window else None),
            "last": iso(window.last if window else None),
            "due": iso(verdict.due),
        },
        "not_counted": [
            {
                "activity": item.activity,
                "reason": item.reason,
                "wants": [
                    {
                        "column": one.column,
                        "key": one.key,
                        "asked": list(one.asked),
                        "written": one.written,
                    }
                    for one in item.wants
                ],
            }
            for item in explanation.not_counted
        ],
        "working": _working(explanation),
    }


def _working(explanation: Explanation) -> Json | None:
    """How the required number came about; None where there is none yet."""
    verdict, working = explanation.verdict, explanation.verdict.working
    if working is None:
        return None
    return {
        "asked": json_number(working.asked),
        "share": exact_rate(working.share),
        "members": working.members,
        "listed": working.listed,
        "whole_days": working.whole_days,
        "days_in_force": working.days_in_force,
        "days_not_in_force": working.days_not_in_force,
        "days_outside_tenure": working.days_outside_tenure,
        "days_waived": working.days_waived,
        "pro_rated": exact_rate(working.pro_rated),
        "left_by_others": working.left is not None,
        "required": json_number(working.required),
        "due_unmoved": iso(verdict.due_unmoved),
        "due": iso(verdict.due),
        "deadline": iso(verdict.deadline),
        "waivers": list(explanation.waivers),
        "other_holders": list(explanation.other_holders),
    }
