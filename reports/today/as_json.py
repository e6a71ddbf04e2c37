"""What `today --json` prints: a day's work as plain values."""

from __future__ import annotations

from reports.figures import iso
from reports.jsonio import Json, verdict_json
from reports.names import Names
from reports.today.facts import Call, Today


def today_json(it: Today, names: Names) -> Json:
    """The calls, what turned red and what falls due, in the order in which they are printed."""
    return {
        "as_of": iso(it.as_of),
        "since": iso(it.since),
        "workday": it.is_workday,
        "next_workday": iso(it.next_workday),
        "calls": [_call_json(one, names) for one in it.calls],
        "turned_red": [verdict_json(one) for group in it.turned for one in group],
        "due": [verdict_json(one) for group in it.due for one in group.verdicts],
        "to_send": [one.id for one in it.to_send],
    }


def _call_json(one: Call, names: Names) -> Json:
    return {
        "person": one.person,
        "name": names.person(one.person) if one.person else None,
        "phone": one.phone,
        "unit": one.unit,
        "post": one.post,
        "left": one.has_left,
        "for_unit": one.for_unit,
        "latest": iso(one.latest),
        "verdicts": [matter.id for matter in one.matters],
    }
