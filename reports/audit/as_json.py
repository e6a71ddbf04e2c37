"""What `audit --json` prints, and what a kept audit holds: the whole audit as plain values."""

from __future__ import annotations

from engine.judging.verdict import Audit, State, Summary
from reports.figures import exact_rate, iso
from reports.jsonio import Json, verdict_json

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
    """The whole audit as plain values: its days, counts, rates and every verdict."""
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
