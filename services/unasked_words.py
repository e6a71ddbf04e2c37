"""Words of an import that no duty of their holder asks for: taken all the same, and said."""

from __future__ import annotations

from datetime import date
from functools import cache

from data.manners import MannersOfImport, Pairs, TellsApart
from engine.judging.verdict import Want
from engine.judging.wanting import duties_taking, owed_by, unasked
from engine.judging.world import World
from problems import Place, Problem, any_of, bare, said
from rules.duty import ActRule, Duty
from rules.rulebook import Rulebook


def tells_apart(rulebook: Rulebook) -> TellsApart:
    """Whether some duty may refuse an act of that kind for its role or its attributes."""
    is_kind = rulebook.vocabulary.is_kind
    rules = [duty.activity for duty in rulebook.duties if duty.activity]

    @cache
    def taking(kind: str) -> list[ActRule]:
        return [rule for rule in rules if any(is_kind(kind, asked) for asked in rule.kind)]

    def apart(kind: str, role: str | None, attributes: Pairs) -> bool:
        return any(
            (role is not None and rule.role and role not in rule.role)
            or any(value not in rule.attributes.get(key, (value,)) for key, value in attributes)
            for rule in taking(kind)
        )

    return apart


def unasked_words(rulebook: Rulebook, found: MannersOfImport, today: date) -> list[Problem]:
    """A line for each role and attribute that no duty of the acts' holders asks for, with what
    they ask for, at the first of its cells; by place. Nobody is accused of it, and nothing is
    refused.
    """
    if found.office is None:
        return []
    world = World(rulebook, found.office, today, today)
    lines: dict[tuple[str, Want], tuple[Place, int]] = {}
    known: dict[object, list[Duty]] = {}
    for one in found.manners:
        owed = owed_by(world, one.holder, one.on_behalf_of)
        alike = (one.kind, owed.likeness(world))
        if alike not in known:
            known[alike] = duties_taking(world, one.kind, owed)
        for want in unasked(rulebook.vocabulary, known[alike], one.role, one.attributes):
            place = one.role_at if want.column == "role" else one.attributes_at
            first, count = lines.get((one.kind, want), (place, 0))
            lines[one.kind, want] = (min(first, place), count + one.count)
    return sorted(_line(place, kind, want, count) for (kind, want), (place, count) in lines.items())


def _line(place: Place, kind: str, want: Want, count: int) -> Problem:
    asked = any_of(want.asked)
    what = said("the_role") if want.key is None else bare(want.key)
    told = said(
        "word_nobody_asks_for", count=count, kind=kind, what=what, written=want.written or ""
    )
    return Problem(place, told, said("their_duties_ask_for", asked=asked))
