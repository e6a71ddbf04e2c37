"""Checksums of what `--json` prints of a whole world: one state of the house beside the last."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from engine.judging.audit import Judged, audit_of
from engine.judging.explain import explain_judged
from engine.judging.world import World
from reports.audit.as_json import audit_json
from reports.jsonio import dump_json
from reports.leader.as_json import leader_json
from reports.leader.pages import leader_record
from reports.why.as_json import why_json

T = TypeVar("T")
VERDICTS, PEOPLE = 400, 40
"""How many of a large world are looked at; they lie evenly among all of them."""


def checksums(world: World, judged: Sequence[Judged]) -> str:
    """A line each for `audit --json` of the world's month, `why --json` and `leader --json`."""
    told = {
        "audit --json": [dump_json(audit_json(audit_of(world, list(judged))))],
        "why --json": [
            dump_json(why_json(explain_judged(world, one)))
            for one in _some(sorted(judged, key=lambda one: one.verdict.id), VERDICTS)
        ],
        "leader --json": [
            dump_json(leader_json([leader_record(world, judged, (), person, None)]))
            for person in _some(sorted(world.records.people), PEOPLE)
        ],
    }
    return "".join(
        f"{sha256(''.join(texts).encode()).hexdigest()}  {name} ({len(texts)})\n"
        for name, texts in told.items()
    )


def _some(things: Sequence[T], most: int) -> Sequence[T]:
    return things[:: max(1, -(-len(things) // most))]
