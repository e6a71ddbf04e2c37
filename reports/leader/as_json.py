"""What `leader --json` prints: the record of each person of a name, as plain values."""

from __future__ import annotations

from collections.abc import Sequence

from reports.alerts.as_json import alerts_json
from reports.figures import exact_rate, iso
from reports.jsonio import Json, delegation_json, verdict_json, waiver_json
from reports.leader.facts import LeaderRecord


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
