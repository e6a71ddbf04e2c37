"""What is still to be made up: unmet obligations, and whether a make-up would reach them.

Source: SEMANTICS, section 4, "Make-ups".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from engine.calendar.labels import days_of_label, parse_label
from engine.judging.audit import Judged
from engine.judging.obligations import is_conduct
from engine.judging.stretches import Timing, timing_of
from engine.judging.verdict import State, Verdict, VerdictFlag
from engine.judging.world import World


class Remedy(StrEnum):
    """How an unmet obligation of a post is made good by whoever holds it now: by an act that names
    the period, by doing it late; or it is past making up, or can never be.
    """

    MAKE_UP = "make_up"
    DO_LATE = "do_late"
    CLOSED = "closed"
    NEVER = "never"


def unmet(judged: Iterable[Judged], holder: str) -> list[Verdict]:
    """The overdue obligations of a post (or its groups) or of a unit, in order of their days."""
    found = [
        one.verdict
        for one in judged
        if one.verdict.state is State.OVERDUE and is_owed_by(one.verdict, holder)
    ]
    return sorted(found, key=lambda one: (one.period.first, one.id))


def is_owed_by(verdict: Verdict, holder: str) -> bool:
    """Whether the post owes it, alone or in a group; or the unit itself."""
    if verdict.post is not None:
        return verdict.post == holder
    if verdict.duty.holder.posts:
        return holder in verdict.members
    return verdict.unit == holder


def unmet_named(world: World, verdicts: Sequence[Verdict], label: str, kind: str) -> bool:
    """Whether the label names one of them, or a period inside one, that asks for such a kind."""
    return any(_names(world, one, label) and _asks_for(world, one, kind) for one in verdicts)


def named_by(
    world: World, judged: Iterable[Judged], label: str, kind: str, holder: str
) -> list[Judged]:
    """The obligations of a post or unit that the label of a make-up names, or names a part of, and
    that ask for such a kind; in the order in which they come.
    """
    return [
        one
        for one in judged
        if is_owed_by(one.verdict, holder)
        and _names(world, one.verdict, label)
        and _asks_for(world, one.verdict, kind)
    ]


def _names(world: World, verdict: Verdict, label: str) -> bool:
    if label in (verdict.label, verdict.event):
        return True
    said = parse_label(label)
    days = days_of_label(said, world.windows, world.chain(verdict.unit)) if said else None
    if days is None or days.first is None or days.last is None:
        return False
    return verdict.period.first <= days.first and days.last <= verdict.period.last


def _asks_for(world: World, verdict: Verdict, kind: str) -> bool:
    rule, is_kind = verdict.duty.activity, world.rulebook.vocabulary.is_kind
    return rule is not None and any(is_kind(kind, one) for one in rule.kind)


def remedy_of(verdict: Verdict) -> Remedy:
    """How whoever holds the post now makes an overdue obligation good."""
    if timing_of(verdict.measure) is Timing.BEFORE_EVENT:
        return Remedy.NEVER
    if VerdictFlag.CLOSED in verdict.flags:
        return Remedy.CLOSED
    return Remedy.MAKE_UP if is_conduct(verdict.measure) else Remedy.DO_LATE
