"""What an audit is asked, and its answer from one state of the records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.edge import Edge, parsed_span, progress
from problems import BadInput, Place, Problem, did_you_mean

if TYPE_CHECKING:
    from data.records import Records
    from engine.calendar.periods import Period
    from engine.judging.audit import Judged
    from engine.judging.verdict import Audit
    from engine.judging.world import World
    from rules.rulebook import Rulebook


@dataclass(frozen=True)
class Question:
    """Which day is judged with which day's knowledge, and what of it."""

    as_of: date
    known_on: date | None = None
    span: str | None = None
    unit: str | None = None
    document: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """As a kept audit has it."""
        return {
            "as_of": self.as_of.isoformat(),
            "known_on": self.known_on.isoformat() if self.known_on else None,
            "span": self.span,
            "unit": self.unit,
            "document": self.document,
        }

    @classmethod
    def of_json(cls, asked: Any) -> Question:
        """The question of a kept audit."""
        known_on = asked["known_on"]
        return cls(
            date.fromisoformat(asked["as_of"]),
            date.fromisoformat(known_on) if known_on else None,
            asked["span"],
            asked["unit"],
            asked["document"],
        )


class Answer(NamedTuple):
    """Everything that was judged, and the audit of it."""

    world: World
    judged: list[Judged]
    found: Audit


def answer(
    edge: Edge, asked: Question, records: Records, rulebook: Rulebook | None = None
) -> Answer:
    """The audit of these records, by these rules or those of the edge.

    Raises BadInput for a span, unit or document nobody knows.
    """
    from engine.judging.audit import audit_of, judge_all, world_of

    rulebook = rulebook or edge.rulebook()
    world = world_of(rulebook, records, asked.as_of, None)
    chosen = chosen_span(world, asked)
    if chosen is not None:
        world = world_of(rulebook, records, asked.as_of, chosen)
    unit, document = asked.unit, asked.document
    judged = judge_all(world, unit=unit, document=document, progress=progress(edge.say("judging")))
    found = audit_of(
        world, judged, known_on=asked.known_on, span=chosen, unit=unit, document=document
    )
    return Answer(world, judged, found)


def chosen_span(world: World, asked: Question) -> Period | None:
    """The span that was typed. Raises BadInput for it, and for a unit or document nobody knows."""
    units, documents = world.records.units, world.rulebook.documents
    unit, document = asked.unit, asked.document
    problems = []
    if unit is not None and unit not in units:
        hint = did_you_mean(unit, units)
        problems.append(Problem(Place("--unit"), f"there is no unit '{unit}'", hint))
    if document is not None and document not in documents:
        hint = did_you_mean(document, documents)
        problems.append(Problem(Place("--document"), f"there is no document '{document}'", hint))
    if problems:
        raise BadInput(problems)
    return parsed_span(world, asked.span, unit) if asked.span else None


def checksum(found: Audit) -> str:
    """SHA-256 over every verdict of an audit, as it is printed."""
    from reports.jsonio import audit_json, dump_json

    whole = audit_json(found)
    text = dump_json([whole["verdicts"], whole["arrears"]])
    return hashlib.sha256(text.encode()).hexdigest()
