"""One person's verdicts out of a store of any size, where they hang on his posts or units alone.

What is judged here is judged as in an audit of everything; where that cannot be, nothing is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from data.store.person_subset import PersonSubset
from engine.judging.audit import Judged, Progress, world_of
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
    units = subset.units if subset.whole else frozenset[str]()
    return _judged(world, Circle(subset.posts, units, frozenset()), duties)


@dataclass(frozen=True)
class Circle:
    """Posts and units whose acts count for none but themselves and the units `above` them."""

    posts: frozenset[str]
    units: frozenset[str]
    above: frozenset[str]

    def owes(self, duty: Duty, holder: Holder) -> bool:
        """Whether a verdict on the holder may hang on what is done in the circle."""
        if holder.post is not None:
            return holder.post in self.posts
        below = duty.activity is not None and duty.activity.below
        return holder.unit in self.units or (below and holder.unit in self.above)


def circle_of(world: World, people: Iterable[str]) -> Circle:
    """The circle of these people: their posts, the posts of the same units, all who ever held one
    of them, and whoever is tied to these by an act under another's post or on another's behalf.
    """
    known: set[str] = set()
    waiting = {*people}
    while waiting:
        known |= waiting
        waiting = {tied for one in waiting for tied in _tied_to(world, one)} - known
    posts, units = known & world.records.posts.keys(), known & world.records.units.keys()
    above = {unit for one in units for unit in world.chain(one)} - units
    return Circle(frozenset(posts), frozenset(units), frozenset(above))


def _tied_to(world: World, one: str) -> Iterator[str]:
    """The people, posts and units that a person, a post or a unit shares a post or an act with."""
    if one in world.records.posts:
        yield world.records.posts[one].unit
        yield from (tenure.person for tenure in world.tenures_of(one))
    yield from world.posts_by_unit.get(one, ())
    yield from (tenure.post for tenure in world.tenures_by_person.get(one, ()))
    acts = (world.acts_by_person, world.acts_by_unit, world.acts_on_behalf_of)
    for act in (act for grouped in acts for act in grouped.get(one, ())):
        yield act.holder
        yield from world.doers(act)
        if act.on_behalf_of is not None:
            yield act.on_behalf_of


def judge_circle(
    world: World,
    circle: Circle,
    duties: Collection[str] | None = None,
    progress: Progress | None = None,
) -> list[Judged]:
    """As among all, the verdicts on which what is done in the circle has a bearing; by id."""
    return _judged(world, circle, duties, progress)


def _judged(
    world: World,
    circle: Circle,
    duties: Collection[str] | None,
    progress: Progress | None = None,
) -> list[Judged]:
    asked = [duty for duty in world.rulebook.duties if duties is None or duty.id in duties]
    found: list[Judged] = []
    for at, duty in enumerate(asked):
        for series in series_of(world, duty, partial(circle.owes, duty)):
            found.extend(
                Judged(verdict, series, slot) for verdict, slot in judge_series(world, series)
            )
        if progress:
            progress(at + 1, len(asked))
    return sorted(found, key=lambda one: one.verdict.id)
