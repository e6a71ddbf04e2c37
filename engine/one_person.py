"""One person's verdicts out of a store of any size, where they hang on his posts or units alone.

What is judged here is judged as in an audit of everything; where that cannot be, nothing is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Protocol

from data.store.person_subset import PersonSubset
from engine.judging.audit import Judged, world_of
from engine.judging.in_force import Holder
from engine.judging.judge import judge_series
from engine.judging.owing import series_of
from engine.judging.rulings import with_rulings
from engine.judging.selection import may_select
from engine.judging.stretches import parts_of
from engine.judging.world import World
from rules.duty import Duty, Sharing
from rules.frequency import Measure
from rules.rulebook import Rulebook


class Subsets(Protocol):
    """Where the subsets of people come from: `data.store.person_subset.StoredSubsets`."""

    def classes_of(self, people: Collection[str]) -> frozenset[str]:
        """The classes of all posts that these people ever held."""

    def subset_of(self, people: Sequence[str], whole_units: bool) -> PersonSubset | None:
        """Their posts, with `whole_units` all posts of their units; None where not closed."""


def world_of_people(
    rulebook: Rulebook,
    subsets: Subsets,
    people: Collection[str],
    as_of: date,
    *,
    duties: Collection[str] | None = None,
    beside: bool = False,
) -> tuple[World, PersonSubset] | None:
    """The world of these people and of nobody else; None where their verdicts, or what their acts
    count for, hang on more than their posts and units.

    With `duties` only the verdicts of these are asked for; `beside`: what others of their units
    did is wanted, too.
    """
    classes = subsets.classes_of(people)
    ruled = with_rulings(rulebook, as_of)
    asked = [duty for duty in ruled.duties if duties is None or duty.id in duties]
    whole = beside or any(_is_shared(duty, classes) for duty in asked)
    subset = subsets.subset_of(sorted(people), whole)
    if subset is not None and not subset.whole:
        # Whoever held their posts may have held others, which share a duty.
        held = {subset.records.posts[post].post_class for post in subset.posts}
        if any(_is_shared(duty, held) for duty in asked):
            subset = subsets.subset_of(sorted(people), True)
    if subset is None:
        return None
    world = world_of(rulebook, subset.records, as_of, None, subset.elsewhere)
    if any(_reaches_out(world, duty, subset) for duty in asked):
        return None
    return world, subset


def _is_shared(duty: Duty, classes: Collection[str]) -> bool:
    """Whether a duty is owed by units, or by several posts together, or counts the unit's acts."""
    rule = duty.holder
    of_unit = duty.activity is not None and duty.activity.of_unit
    return not rule.posts or (
        (of_unit or rule.joint != Sharing.EACH_OF) and bool(set(rule.posts) & set(classes))
    )


def _reaches_out(world: World, duty: Duty, subset: PersonSubset) -> bool:
    """Whether a duty of the subset counts acts of units below, or asks who all its members are."""
    rule, posts = duty.holder, world.records.posts
    if rule.posts:
        units = {posts[post].unit for post in subset.posts if posts[post].post_class in rule.posts}
    else:
        units = set(subset.units)
        above = {unit for one in subset.units for unit in world.chain(one)}
        below = duty.activity is not None and duty.activity.below
        if below and any(may_select(world, duty, unit) for unit in above):
            return True
    asked = any(may_select(world, duty, unit) for unit in units)
    return asked and any(one.population is not None for one in _leaves(duty))


def _leaves(duty: Duty) -> Iterator[Measure]:
    for measure in duty.frequency.for_shape():
        yield from (leaf for _, leaf in parts_of(measure))


def judge_people(
    world: World, subset: PersonSubset, duties: Collection[str] | None = None
) -> list[Judged]:
    """Every verdict of the holders of the subset (under these duties, else under all), sorted by
    id.
    """

    def wanted(holder: Holder) -> bool:
        if holder.post is not None:
            return holder.post in subset.posts
        return subset.whole and holder.unit in subset.units

    found = [
        Judged(verdict, series, slot)
        for duty in world.rulebook.duties
        if duties is None or duty.id in duties
        for series in series_of(world, duty, wanted)
        for verdict, slot in judge_series(world, series)
    ]
    return sorted(found, key=lambda one: one.verdict.id)
