"""One person's verdicts out of a store of any size, where they hang on his posts or units alone.

What is judged here is judged as in an audit of everything; where that cannot be, nothing is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Protocol

from data.store.person_subset import Cell
from engine.judging.audit import Judged, world_of
from engine.judging.in_force import Holder
from engine.judging.judge import judge_series
from engine.judging.owing import series_of
from engine.judging.rulings import with_rulings
from engine.judging.selection import may_select
from engine.judging.stretches import parts_of
from engine.judging.world import World
from rules.duty import Duty
from rules.frequency import Measure
from rules.rulebook import Rulebook


class Cells(Protocol):
    """Where the cells of people come from: `data.store.person_subset.StoreCells`."""

    def classes_of(self, people: Collection[str]) -> frozenset[str]:
        """The classes of all posts that these people ever held."""

    def cell_of(self, people: Sequence[str], whole_units: bool) -> Cell | None:
        """Their posts, with `whole_units` all posts of their units; None where not closed."""


def near_world(
    rulebook: Rulebook,
    cells: Cells,
    people: Collection[str],
    as_of: date,
    *,
    duties: Collection[str] | None = None,
    beside: bool = False,
) -> tuple[World, Cell] | None:
    """The world of these people and of nobody else; None where their verdicts, or what their acts
    count for, hang on more than their posts and units.

    With `duties` only the verdicts of these are asked for; `beside`: what others of their units
    did is wanted, too.
    """
    classes = cells.classes_of(people)
    ruled = with_rulings(rulebook, as_of)
    asked = [duty for duty in ruled.duties if duties is None or duty.id in duties]
    whole = beside or any(_is_shared(duty, classes) for duty in asked)
    cell = cells.cell_of(sorted(people), whole)
    if cell is not None and not cell.whole:
        # Whoever held their posts may have held others, which share a duty.
        held = {cell.records.posts[post].post_class for post in cell.posts}
        if any(_is_shared(duty, held) for duty in asked):
            cell = cells.cell_of(sorted(people), True)
    if cell is None:
        return None
    world = world_of(rulebook, cell.records, as_of, None, cell.elsewhere)
    if any(_reaches_out(world, duty, cell) for duty in asked):
        return None
    return world, cell


def _is_shared(duty: Duty, classes: Collection[str]) -> bool:
    """Whether a duty is owed by units, or by several posts together, or counts the unit's acts."""
    rule = duty.holder
    of_unit = duty.activity is not None and duty.activity.of_unit
    return not rule.posts or (
        (of_unit or rule.joint != "each_of") and bool(set(rule.posts) & set(classes))
    )


def _reaches_out(world: World, duty: Duty, cell: Cell) -> bool:
    """Whether a duty of the cell counts acts of units below, or asks who all its members are."""
    rule, posts = duty.holder, world.records.posts
    if rule.posts:
        units = {posts[post].unit for post in cell.posts if posts[post].post_class in rule.posts}
    else:
        units = set(cell.units)
        above = {unit for one in cell.units for unit in world.chain(one)}
        below = duty.activity is not None and duty.activity.below
        if below and any(may_select(world, duty, unit) for unit in above):
            return True
    asked = any(may_select(world, duty, unit) for unit in units)
    return asked and any(one.population is not None for one in _leaves(duty))


def _leaves(duty: Duty) -> Iterator[Measure]:
    for measure in duty.frequency.for_shape():
        yield from (leaf for _, leaf in parts_of(measure))


def judge_near(world: World, cell: Cell, duties: Collection[str] | None = None) -> list[Judged]:
    """Every verdict of the holders of the cell (under these duties, else under all), sorted by
    id.
    """

    def wanted(holder: Holder) -> bool:
        if holder.post is not None:
            return holder.post in cell.posts
        return cell.whole and holder.unit in cell.units

    found = [
        Judged(verdict, series, slot)
        for duty in world.rulebook.duties
        if duties is None or duty.id in duties
        for series in series_of(world, duty, wanted)
        for verdict, slot in judge_series(world, series)
    ]
    return sorted(found, key=lambda one: one.verdict.id)
