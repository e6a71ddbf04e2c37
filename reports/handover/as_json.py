"""What `handover --json` prints: the handover as plain values."""

from __future__ import annotations

from data.records import Appointment
from engine.judging.making_up import remedy_of
from reports.figures import iso
from reports.handover.facts import Handover
from reports.jsonio import Json, delegation_json, verdict_json, waiver_json


def handover_json(it: Handover) -> Json:
    """The handover as plain values."""
    row = it.world.records.posts[it.post]
    return {
        "post": it.post,
        "unit": row.unit,
        "on": iso(it.on),
        "leaves": [_appointment(it, one) for one in it.leaves],
        "comes": [_appointment(it, one) for one in it.comes],
        "running": [verdict_json(one) for one in it.running],
        "undone": [verdict_json(one) | {"remedy": remedy_of(one)} for one in it.undone],
        "next": [verdict_json(one) for one in it.next],
        "waivers": [waiver_json(one) for one in it.waivers],
        "delegations": [delegation_json(one) for one in it.delegations],
        "to_be_ruled": [
            {"duty": one.duty.id, "clause": one.duty.clause, "quote": one.duty.quote}
            for one in it.open_clauses
        ],
    }


def _appointment(it: Handover, row: Appointment) -> Json:
    person = it.world.records.people.get(row.person)
    return {
        "person": row.person,
        "name": person.name if person else None,
        "first": iso(row.first),
        "last": iso(row.last),
        "acting": row.acting,
        "document": row.document,
        "reason": row.reason,
    }
