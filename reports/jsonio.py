"""What `--json` prints: verdicts, explanations, alerts and a leader's record as plain values.

Keys that INTERFACE names keep their names and meaning; lists stand in a fixed order, so the same
inputs give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from data.records import Delegation, Waiver
from engine.alerting.alerts import Alert
from engine.judging.explain import Explanation
from engine.judging.verdict import Audit, State, Summary, Verdict
from reports.figures import exact_rate, iso, json_number

if TYPE_CHECKING:
    from reports.leader.facts import LeaderRecord

Json = dict[str, Any]

STATE_ORDER = (
    State.MET,
    State.MADE_UP,
    State.OVERDUE,
    State.EXCEEDED,
    State.OPEN,
    State.BEHIND,
    State.DUE_SOON,
    State.EXEMPT,
    State.UPCOMING,
    State.TO_BE_RULED,
)


def dump_json(value: object) -> str:
    """The value as text that ends with a line break; Chinese stands as it is."""
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


def summary_json(summary: Summary) -> Json:
    """The counts of states over a span, and the rates over what was due."""
    counts = {str(state): summary.states[state] for state in STATE_ORDER}
    return {
        "due": summary.due,
        **counts,
        "rate": exact_rate(summary.rate),
        "rate_done": exact_rate(summary.rate_done),
    }


def audit_json(audit: Audit) -> Json:
    """The whole audit."""
    return {
        "as_of": iso(audit.as_of),
        "known_on": iso(audit.known_on),
        "records_from": iso(audit.records_from),
        "span": {"first": iso(audit.span.first), "last": iso(audit.span.last)},
        "hashes": {
            "rules": audit.hashes.rules,
            "rulings": audit.hashes.rulings,
            "calendar": audit.hashes.calendar,
        },
        "summary": summary_json(audit.summary),
        "verdicts": [verdict_json(verdict) for verdict in audit.verdicts],
        "arrears": [verdict_json(verdict) for verdict in audit.arrears],
        "vacancies": [
            {"post": row.post, "unit": row.unit, "first": iso(row.first), "last": iso(row.last)}
            for row in audit.vacancies
        ],
    }


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
            {"activity": item.activity, "reason": item.reason} for item in explanation.not_counted
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


def alert_json(alert: Alert) -> Json:
    """One alert."""
    return {
        "key": alert.key,
        "level": alert.level,
        "rules": list(alert.rules),
        "scope": alert.scope,
        "addressee": alert.addressee,
        "duty": alert.duty,
        "holder": alert.holder,
        "label": alert.label,
        "unit": alert.unit,
        "post": alert.post,
        "person": alert.person,
        "verdicts": sorted(alert.verdicts),
        "facts": dict(alert.reason_facts),
        "due": iso(alert.due),
        "deadline": iso(alert.deadline),
        "as_of": iso(alert.as_of),
    }


def alerts_json(alerts: Sequence[Alert]) -> list[Json]:
    """The alerts, obligations before units, by key."""
    return [alert_json(alert) for alert in alerts]


def waiver_json(row: Waiver) -> Json:
    """One waiver."""
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
    """One delegation."""
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


def leader_json(records: Sequence[LeaderRecord]) -> list[Json]:
    """One entry for each person of the name that was asked for, by id."""
    return [_leader(record) for record in sorted(records, key=lambda one: one.person.person)]


def _leader(record: LeaderRecord) -> Json:
    return {
        "person": record.person.person,
        "name": record.person.name,
        "appointments": [
            {
                "post": row.post,
                "unit": row.unit,
                "first": iso(row.first),
                "last": iso(row.last),
                "acting": row.acting,
                "document": row.document,
                "reason": row.reason,
            }
            for row in record.appointments
        ],
        "verdicts": [verdict_json(verdict) for verdict in record.verdicts],
        "shared": [verdict_json(verdict) for verdict in record.shared],
        "activities": [
            {
                "activity": act.act.activity,
                "kind": act.act.kind,
                "day": iso(act.act.day),
                "holder": act.act.holder,
                "role": act.act.role,
                "subjects": sorted(act.act.subjects),
                "evidence": sorted(act.act.proofs),
                "files": [{"name": one.name, "sha256": one.sha256} for one in act.act.files],
                "recorded_on": iso(act.act.recorded_on),
                "standing": act.act.standing,
                "counts_for": [item.verdict for item in act.counts_for],
                "not_counted": [
                    {"verdict": item.verdict, "reason": item.reason} for item in act.refused
                ],
            }
            for act in record.activities
        ],
        "waivers": [waiver_json(row) for row in record.waivers],
        "delegations": [delegation_json(row) for row in record.delegations],
        "alerts": alerts_json(record.alerts),
        "rate": exact_rate(record.rate),
        "rate_done": exact_rate(record.rate_done),
    }
