"""The audit of some records by the whole way, as `dutyclock audit --json` makes it."""

from __future__ import annotations

from datetime import date

from data.records import Records
from engine.calendar.periods import Period
from engine.judging.asked import AskedVerdicts
from engine.judging.audit import audit_of, default_span, judge_all, world_of
from engine.judging.verdict import Audit
from rules.rulebook import Rulebook


def audited(
    rulebook: Rulebook,
    records: Records,
    as_of: date,
    *,
    known_on: date | None = None,
    span: Period | None = None,
    unit: str | None = None,
    document: str | None = None,
) -> Audit:
    """The verdicts of `span` (default: the month of the day before) as they stand on `as_of`."""
    world = world_of(rulebook, records, as_of, span)
    asked = AskedVerdicts(span or default_span(as_of), as_of)
    judged = judge_all(world, unit=unit, document=document, asked=asked)
    return audit_of(world, judged, known_on=known_on, span=span, unit=unit, document=document)
