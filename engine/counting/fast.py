"""An audit of a large store: counted where `eligible.py` allows it, act by act elsewhere.

Gives in columns what `engine.judging.audit.audit_of` gives one by one. Only as known today.
Source: ENGINE, section 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.flags import DEAD, UNUSUAL
from data.records import Records
from engine.calendar.periods import Period
from engine.counting.apart import Apart, Feed, of_duty
from engine.counting.eligible import counts_plainly
from engine.counting.pattern import ActClass, Pattern, accepts, pattern_of, stand_in_world
from engine.counting.roster import Roster, roster_of
from engine.counting.tally import TallyAxes, grouped_classes, summed, tally
from engine.counting.verdict_columns import Block, FastAudit, VerdictColumn
from engine.judging.audit import default_span, world_of
from engine.judging.world import World
from rules.duty import Duty
from rules.period_kinds import PERIOD_KINDS
from rules.rulebook import Rulebook

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Share:
    """The holders of one duty who are counted by one pattern."""

    duty: Duty
    pattern: Pattern
    rows: Ints
    accepted: tuple[bool, ...]

    @property
    def fineness(self) -> str:
        """The kind of period shorter than a month that its cells must be cut by, if any."""
        kinds = [asked.one.measure.period for asked in self.pattern.asked]
        return next((one.word for one in PERIOD_KINDS if one.is_fine and one in kinds), "")


def audit_summary(
    rulebook: Rulebook,
    register: Records,
    feed: Feed,
    as_of: date,
    *,
    span: Period | None = None,
    unit: str | None = None,
    document: str | None = None,
) -> FastAudit:
    """The audit of `span` (default: the month of the day before) on `as_of`, in columns.

    `register` are the records without their activities, as known today.
    """
    chosen = span or default_span(as_of)
    world = world_of(rulebook, replace(register, activities=()), as_of, chosen)
    duties = [duty for duty in world.rulebook.duties if document in (None, duty.document)]
    plain = [duty for duty in duties if counts_plainly(duty)]
    unusual, pairs = feed.unusual(), list(feed.named())
    # A large store has many holders: ids by number are made only where one is asked for.
    names = {number: one for one, number in feed.holders.items()} if unusual or pairs else {}
    named = [(names[number], person) for number, person in pairs]
    roster = roster_of(
        world,
        {names[number] for number in unusual},
        named,
        with_units=any(not duty.holder.posts for duty in plain),
    )
    within = _within(world, unit)
    stand_ins: dict[object, World] = {}
    classes = feed.classes()
    shares: list[Share] = []
    left: list[tuple[Duty, set[str] | None]] = []
    for duty in duties:
        if counts_plainly(duty):
            found, others = _parted(world, roster, duty, classes, within, chosen, stand_ins)
            shares += found
            left.append((duty, others))
        else:
            left.append((duty, None))
    apart = Apart(world, feed, named, chosen)
    return FastAudit(
        world=world,
        span=chosen,
        lone=roster.lone,
        blocks=tuple(_counted(world, roster, feed, shares)),
        exact=tuple(apart.judged(left, within)),
        apart=apart,
        unit=unit,
        document=document,
    )


def _within(world: World, unit: str | None) -> frozenset[str] | None:
    """The unit and those below it; None: all."""
    if unit is None:
        return None
    return frozenset(one for one in world.records.units if world.is_within(one, unit))


def _parted(
    world: World,
    roster: Roster,
    duty: Duty,
    classes: Sequence[ActClass],
    within: frozenset[str] | None,
    span: Period,
    stand_ins: dict[object, World],
) -> tuple[list[Share], set[str]]:
    """The holders of a plain duty who are counted, and the posts or units that are judged.

    `stand_ins` keeps the worlds of the patterns from one duty to the next.
    """
    import numpy as np

    able = roster.of_classes(duty.holder.posts)
    if within is not None:
        able &= np.array([lone.unit in within for lone in roster.lone], dtype=bool)
    done = np.zeros_like(able)
    shares = []
    for number in np.unique(roster.likeness[able]).tolist():
        unit, facts = roster.likes[number]
        like = (number, duty.holder.posts[:1])
        alone = stand_ins.get(like) or stand_in_world(world, duty, unit, facts)
        stand_ins[like] = alone
        pattern = pattern_of(alone, duty, unit, min(world.first_day, span.first), span.last)
        here = able & (roster.likeness == number)
        if pattern is not None:
            here &= roster.first <= pattern.first.toordinal()
            here &= roster.last >= pattern.last.toordinal()
            accepted = tuple(accepts(alone, duty, unit, one) for one in classes)
            if here.any():
                shares.append(Share(duty, pattern, np.flatnonzero(here), accepted))
        done |= here
    others = {roster.lone[row].holder for row in np.flatnonzero(able & ~done).tolist()}
    return shares, others | of_duty(world, duty, roster.others, within)


def _counted(world: World, roster: Roster, feed: Feed, shares: Sequence[Share]) -> Iterator[Block]:
    """The blocks of all shares, from one reading of the columns."""
    runs = [run for share in shares for asked in share.pattern.asked for run in asked.runs]
    if not runs:
        return
    first = min(run[0] for run in runs)
    last = max(first, min(max(run[1] for run in runs), world.as_of.toordinal()))
    sorts: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        sorts[share.fineness].append(share)
    grids, groups = [], []
    rows = roster.rows_of(feed.holders)
    for some in sorts.values():
        grid, own = _grid(some, rows, len(roster.lone), first, last)
        grids.append(grid)
        groups.append(own)
    counted = tally(
        lambda: feed.stream(date.fromordinal(first), date.fromordinal(last)),
        grids,
        first=first,
        last=last,
        dead=DEAD.value,
        unusual=UNUSUAL.value,
    )
    if (rows[counted.unusual] >= 0).any():
        raise RuntimeError("an act that is not plain was not told of by the feed")
    for some, grid, by_duty, cells in zip(
        sorts.values(), grids, groups, counted.cells, strict=True
    ):
        at = {cut: number for number, cut in enumerate(grid.cuts)}
        for share, accepted in zip(some, by_duty, strict=True):
            columns = []
            for asked in share.pattern.asked:
                stretches = [
                    (at[low], at[min(high, last) + 1]) for low, high in asked.runs if low <= last
                ]
                done = summed(cells, accepted, stretches)
                if not share.duty.holder.posts:
                    done = _with_posts(done, roster.unit_row)
                # Choosing rows copies them: where all are meant, the cells are used as they are.
                held = done if len(share.rows) == len(done) else done[share.rows]
                columns.append(VerdictColumn(asked.one, asked.states, held))
            yield Block(share.duty.id, share.rows, tuple(columns))


def _with_posts(done: Ints, unit_row: Ints) -> Ints:
    """What units did, with what the posts in them did."""
    import numpy as np

    total = done.astype(np.uint32)
    inside = unit_row >= 0
    np.add.at(total, unit_row[inside], done[inside].astype(np.uint32))
    return total


def _grid(
    shares: Sequence[Share], rows: Ints, count: int, first: int, last: int
) -> tuple[TallyAxes, tuple[tuple[int, ...], ...]]:
    """Cells for these shares: cut where any of their periods begins or ends, up to `last`."""
    import numpy as np

    cuts = {first, last + 1}
    for share in shares:
        for asked in share.pattern.asked:
            for low, high in asked.runs:
                if low <= last:
                    cuts |= {low, min(high, last) + 1}
    accepted = np.array([share.accepted for share in shares], dtype=bool)
    group_of_class, groups = grouped_classes(accepted)
    number = max((max(own, default=-1) for own in groups), default=-1) + 1
    return TallyAxes(rows, group_of_class, tuple(sorted(cuts)), count, number), groups
