"""Rolling gaps: from act to act, and what makes them up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from fractions import Fraction

from data.records import Activity
from engine.calendar.periods import add_months
from tests.reference.counting import Counting
from tests.reference.office import DAY, Office, days
from tests.reference.once import is_too_soon
from tests.reference.spans import Slot
from tests.reference.successors import is_by_successor
from tests.reference.testing import Given, order

OUTSIDE = ("outside_tenure", "not_in_force")
"""The reasons that an act which goes late to its period is not asked about."""


def could_reach(
    office: Office, generous: Counting, chain: Slot, gap: Slot, elsewhere: Collection[str]
) -> Fraction:
    """1 where an act after the gap's first day would reach it if its blank fields were filled."""
    empty = replace(chain, acts=[], refused={})
    for act in generous.read(chain):
        own = generous.made.get(act.activity)
        if act.activity in elsewhere or act.day <= gap.at.first or own not in (None, gap.at.label):
            continue
        if why_not(office, generous, empty, act) not in (
            (None, *OUTSIDE) if act.day > gap.at.deadline else (None,)
        ):
            continue
        early = is_too_soon(office, chain.measure, generous.clocks.get(None, []), act)
        if generous.proved(empty, act) is None and not (early and own is None):
            return Fraction(1)
    return Fraction(0)


def why_not(office: Office, counting: Counting, chain: Slot, act: Activity) -> str | None:
    """The first test that it fails; what a later holder did counts where it makes up a gap."""
    reason = counting.refused(chain, act)
    if reason is not None and not is_his(office, counting, chain, act):
        return reason
    return counting.misses_days(chain, act)


def is_his(office: Office, counting: Counting, chain: Slot, act: Activity) -> bool:
    """Whether a later holder did it, to make up a gap of this chain."""
    if act.activity not in counting.made or not is_by_successor(office, chain, act):
        return False
    others = counting.refused(chain, act) in ("holder", "delegation_not_allowed")
    return others and counting.rest_passes(chain, act)


def makes_up(counting: Counting, gap: Slot, act: Activity) -> bool:
    """Whether it is a make-up of this very gap."""
    if act.makes_up is None or act.day <= gap.at.deadline or not gap.required:
        return False
    said = counting.label_days([gap], act.makes_up)
    return act.makes_up == gap.at.label or said == set(days(gap.at.first, gap.at.last))


def gaps(
    office: Office, counting: Counting, chain: Slot, elsewhere: Collection[str] = ()
) -> list[Slot]:
    """The rolling obligations of a chain; `elsewhere` are acts that make up another holder's.

    A gap that an act makes up is known only when it is there: the chain is cut anew with each.
    """
    while True:
        counting.clocks, counting.busy = {}, set()
        found = _cut(office, counting, replace(chain, acts=[], refused={}), elsewhere)
        for gap in found:
            fresh = {
                act.activity: gap.at.label
                for act in counting.read(chain)
                if act.activity not in {*counting.made, *elsewhere} and makes_up(counting, gap, act)
            }
            if fresh:
                break
        else:
            return found
        counting.made |= fresh


def taken_by_earlier(office: Office, holders: list[list[Slot]]) -> list[set[str]]:
    """For each holder's chain the acts that make up another holder's gap, the earliest's first."""
    taken: list[set[str]] = [set() for _ in holders]
    begins = {
        at: min(
            row.first
            for row in office.records.appointments
            if (row.post, row.person) == (chain.post, chain.person)
        )
        for at, [chain] in enumerate(holders)
    }
    for at in sorted(begins, key=lambda at: (begins[at], str(holders[at][0].person))):
        [chain] = holders[at]
        counting = Counting(office)
        gaps(office, counting, chain, taken[at])
        by_id = {act.activity: act for act in counting.read(chain)}
        for name in counting.made:
            if counting.refused(chain, by_id[name]) and not is_his(
                office, counting, chain, by_id[name]
            ):
                continue
            for other in range(len(holders)):
                if other != at:
                    taken[other].add(name)
    return taken


def _cut(office: Office, counting: Counting, chain: Slot, elsewhere: Collection[str]) -> list[Slot]:
    if not chain.force:
        return []
    length = chain.measure.every
    assert length is not None
    first, last = min(chain.force), max(chain.force)
    known_end = last < chain.at.last
    late: list[Given] = []
    for act in sorted(counting.read(chain), key=order):
        if act.activity in elsewhere:
            chain.refused[act.activity] = "make_up_elsewhere"
            continue
        reason = why_not(office, counting, chain, act)
        made = act.activity in counting.made
        successor = is_his(office, counting, chain, act)
        given = Given(act, successor=successor, spaced=not made)
        if reason is None:
            counting.settle(chain, given)
            continue
        chain.refused.setdefault(act.activity, reason)
        if reason in OUTSIDE and counting.proved(chain, act) is None:
            late.append(replace(given, late=True))
    acts = sorted(chain.acts, key=lambda g: order(g.act))
    found: list[Slot] = []
    opened = first
    while True:
        due = _clock(office, chain, opened, length)
        slot = replace(chain, acts=[], refused=dict(chain.refused))
        at = replace(
            chain.at,
            label=f"{opened}..{due}",
            first=opened,
            last=due,
            due=due,
            whole=days(opened, due),
            moved=due,
            deadline=due + chain.measure.grace * DAY,
            open=opened,
        )
        slot.at, slot.required = at, Fraction(1)
        slot.force = {d for d in chain.force if opened <= d <= due}
        slot.fixed = (min(slot.force, default=opened), due)
        may = [g for g in acts if g.act.day > opened]
        may += [g for g in late if g.act.day > at.deadline]
        # a make-up closes the gap of its own label, and no other
        may = [g for g in may if counting.made.get(g.act.activity, at.label) == at.label]
        reached = min(may, key=lambda g: order(g.act), default=None)
        after = known_end and due > last
        if reached is not None and after and reached.act.day > last and office.reads("gap_end"):
            reached = None  # reached when nobody owed it any more
        if reached is not None:
            reached = replace(reached, late=reached.act.day > at.deadline)
            slot.acts = [reached]
        elif known_end and due > last:
            slot.required = Fraction(0)
            slot.reason = "not_in_force" if _law_ends(office, chain, opened, length) else "tenure"
        found.append(slot)
        if reached is None or reached.act.day > last:
            return found
        opened = reached.act.day


def _law_ends(office: Office, chain: Slot, opened: date, length) -> bool:
    """Whether the law alone, with a holder throughout, would end before the gap is due."""
    law = {d for d in chain.at.whole if office.in_law(chain.duty, chain.unit, d)}
    if max(law) >= chain.at.last:
        return False
    return _clock(office, replace(chain, force=law), opened, length) > max(law)


def _clock(office: Office, chain: Slot, opened: date, length) -> date:
    """D later; days out of force stop the clock."""
    if length.unit == "days":
        goal = opened + length.count * DAY
    else:
        goal = add_months(opened, length.count * (12 if length.unit == "years" else 1))
    left, day = (goal - opened).days, opened
    last = max(chain.force)
    while left:
        day += DAY
        if day in chain.force or day > last or not office.reads("clock_stops"):
            left -= 1
    return day
