"""Verdicts judged act by act in an audit of a large store: of the holders who cannot be counted,
and again, with all that flags depend on, of those whom a page lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from data.records import Activity, Elsewhere, Records
from engine.calendar.periods import Period
from engine.judging.audit import is_arrear, is_in_span
from engine.judging.in_force import Holder
from engine.judging.judge import judge_series
from engine.judging.owing import series_of
from engine.judging.verdict import Verdict
from engine.judging.world import NOWHERE, World
from rules.duty import Duty

if TYPE_CHECKING:
    from engine.counting.pattern import ActClass
    from engine.counting.tally import Columns

AT_ONCE = 2_000
"""How many posts are judged act by act in one world."""


class Feed(Protocol):
    """Where the acts come from; `data.store.feed.StoreFeed` is one. All is as known today."""

    @property
    def holders(self) -> Mapping[str, int]:
        """The number of each holder of an act."""

    def classes(self) -> Sequence[ActClass]:
        """Number, kind, role and attributes of every act class."""

    def stream(self, first: date, last: date) -> Iterable[Columns]:
        """The columns of all acts of these days, in batches."""

    def unusual(self) -> Collection[int]:
        """The holders of any act, on any day, that has a flag of `data.flags.UNUSUAL`."""

    def named(self) -> Iterable[tuple[int, str]]:
        """Each pair of a holder and a person that acts of the one name."""

    def load(self, holders: Collection[str]) -> Sequence[Activity]:
        """Every act under these posts and units."""

    def proof_days(self, acts: Iterable[Activity]) -> Mapping[str, frozenset[date]]:
        """The days of all live acts that carry the evidence of these."""


@dataclass(frozen=True)
class Apart:
    """What is judged of `world` (the register, without acts) one by one: the verdicts that are due
    in the span, and those still overdue from before.
    """

    world: World
    feed: Feed
    named: Sequence[tuple[str, str]]
    span: Period

    def judged(
        self,
        left: Sequence[tuple[Duty, set[str] | None]],
        within: frozenset[str] | None,
    ) -> Iterator[Verdict]:
        """The verdicts of these duties on these posts and units; None: on all `within`."""
        records = self.world.records
        hard = [duty for duty, holders in left if holders is None]
        if hard:
            acts = tuple(self.feed.load(self.feed.holders))
            whole = _world_like(self.world, replace(records, activities=acts))
            for duty in hard:
                everybody = {*records.posts, *records.units}
                yield from self._verdicts(whole, duty, of_duty(whole, duty, everybody, within))
        plain = [(duty, holders) for duty, holders in left if holders]
        waiting = iter(sorted({holder for _, holders in plain for holder in holders}))
        while some := set(islice(waiting, AT_ONCE)):
            small = self._small_world(some)
            for duty, holders in plain:
                yield from self._verdicts(small, duty, some & holders)

    def again(self, wanted: Collection[tuple[str, str]]) -> list[Verdict]:
        """The verdicts of these plain duties, by id, on these posts or units, with all flags."""
        if not wanted:
            return []
        holders = {holder for _, holder in wanted}
        units = {self.world.unit_of(holder) for holder in holders}
        small = self._small_world(holders | {unit for unit in units if unit is not None})
        by_duty: dict[str, set[str]] = defaultdict(set)
        for duty, holder in wanted:
            by_duty[duty].add(holder)
        duties = [duty for duty in self.world.rulebook.duties if duty.id in by_duty]

        def judged(world: World) -> list[Verdict]:
            return [one for duty in duties for one in self._verdicts(world, duty, by_duty[duty.id])]

        found = judged(small)
        counted = {item.activity for one in found for item in one.counted}
        acts = [act for act in small.records.activities if act.activity in counted]
        proofs = self.feed.proof_days(acts)
        if not proofs:
            return found
        return judged(_world_like(self.world, small.records, Elsewhere(days_of_proofs=proofs)))

    def _verdicts(self, world: World, duty: Duty, holders: set[str]) -> Iterator[Verdict]:
        if not holders:
            return

        def owes(holder: Holder) -> bool:
            return not holders.isdisjoint(holder.posts or (holder.unit,))

        for series in series_of(world, duty, owes):
            for verdict, _ in judge_series(world, series):
                if is_in_span(verdict, self.span) or is_arrear(verdict, self.span):
                    yield verdict

    def _small_world(self, holders: set[str]) -> World:
        """A world with these holders and all whose acts may be theirs: posts of the same people, of
        the same units where a unit is asked, and those under which their people are named.
        """
        world, records = self.world, self.world.records
        units = {one for one in holders if one in records.units}
        posts = {one for one in holders if one in records.posts}
        posts |= {post for unit in units for post in world.posts_by_unit.get(unit, ())}
        people = {row.person for row in records.appointments if row.post in posts}
        posts |= {row.post for row in records.appointments if row.person in people}
        under = {holder for holder, person in self.named if person in people}
        posts |= under & records.posts.keys()
        return _world_like(
            world,
            replace(
                records,
                posts={post: records.posts[post] for post in records.posts if post in posts},
                appointments=tuple(row for row in records.appointments if row.post in posts),
                activities=tuple(self.feed.load(posts | units | under)),
            ),
        )


def of_duty(
    world: World, duty: Duty, holders: Iterable[str], within: frozenset[str] | None
) -> set[str]:
    """Those of the posts (or units) that a duty may bind."""
    posts, units = world.records.posts, world.records.units
    if not duty.holder.posts:
        return {one for one in holders if one in units and (within is None or one in within)}
    return {
        one
        for one in holders
        if one in posts
        and posts[one].post_class in duty.holder.posts
        and (within is None or posts[one].unit in within)
    }


def _world_like(world: World, records: Records, elsewhere: Elsewhere = NOWHERE) -> World:
    """The same rules, day and horizon over other records."""
    return World(world.rulebook, records, world.as_of, world.horizon, elsewhere)
