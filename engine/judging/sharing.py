"""Which acts of a holder are judged under a series, where other holders of his post may take them.

A make-up never counts for two holders of one post. Source: SEMANTICS, section 4, "Make-ups".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.records import Activity
from engine.judging.acts import Tested, order_of, same_act_key, tested_acts
from engine.judging.allotment import Allotment
from engine.judging.in_force import Holder, HolderSort
from engine.judging.obligations import Obligation, Series
from engine.judging.owing import series_of
from engine.judging.rolling import gap_named, gaps
from engine.judging.slots import Slot
from engine.judging.world import World


def by_counting(series: Series) -> Iterator[Series]:
    """The series in parts that count the same: acts, or (a variant may differ) calendar days."""
    days: dict[bool, list[Obligation]] = {}
    for one in series.obligations:
        days.setdefault(one.measure.counts_days, []).append(one)
    if len(days) < 2:
        yield series
        return
    for part in days.values():
        yield replace(series, obligations=tuple(part))


def own_acts(world: World, series: Series) -> tuple[list[Tested], list[Activity]]:
    """The acts that may count for the series, tested; apart from them the make-ups that another
    holder of the post takes.
    """
    acts = _tested(world, series)
    holder = series.holder
    if holder.sort is not HolderSort.PERSON or len(world.tenures_of(holder.post or "")) < 2:
        return acts, []
    if not any(_is_claimable(one) for one in acts):
        return acts, []
    takers = _takers(world, series)
    taken = {name for name, person in takers.items() if person != holder.person}
    return (
        [one for one in acts if one.act.activity not in taken],
        [one.act for one in acts if one.act.activity in taken and one.reason is None],
    )


def _tested(world: World, series: Series) -> list[Tested]:
    by_day = any(one.measure.counts_days for one in series.obligations)
    return tested_acts(world, series.duty, series.holder, by_day)


def _is_claimable(one: Tested) -> bool:
    return one.reason is None and one.act.makes_up is not None


def _takers(world: World, series: Series) -> Mapping[str, str | None]:
    """Who of the post's holders takes each make-up that one of them could take."""
    post = series.holder.post
    by_day = any(one.measure.counts_days for one in series.obligations)
    key = (id(series.duty), series.part, post, by_day)
    if key not in world.known:
        world.known[key] = _given_out(world, series, by_day)
    found: dict[str, str | None] = world.known[key]
    return found


@dataclass
class _Claimant:
    """A holder of the post, with what is his beyond dispute."""

    world: World
    series: Series
    acts: dict[str, list[Tested]]
    allotment: Allotment | None = None
    gaps: list[Slot] = field(default_factory=list)

    def could_take(self, act: str) -> bool:
        """Whether the make-up is for one of his obligations."""
        return any(self._slots(one) for one in self.acts.get(act, ()))

    def lacks(self, act: str) -> bool:
        """Whether one of those still lacks it."""
        return any(slot.lacks(one) for one in self.acts[act] for slot in self._slots(one))

    def said_of(self, act: str) -> object:
        """What other records of the same act say, too."""
        return tuple(same_act_key(one) for one in self.acts[act])

    def did(self, act: str) -> bool:
        """Whether he did it himself."""
        return not any(one.by_successor for one in self.acts[act])

    def settle(self, contested: set[str]) -> None:
        """Count what nobody else could take."""
        acts = [one for name, own in self.acts.items() if name not in contested for one in own]
        if self.series.rolling:
            self.gaps = gaps(self.world, self.series, acts)
        elif self.allotment is not None:
            self.allotment.run(acts)

    def take(self, act: str) -> None:
        """Count a make-up that he is given."""
        if self.allotment is not None:
            for one in self.acts[act]:
                self.allotment.give(one)

    def _slots(self, one: Tested) -> Sequence[Slot]:
        if not _is_claimable(one):
            return ()
        if self.series.rolling:
            gap = gap_named(self.world, self.series, self.gaps, one.act)
            return () if gap is None else (gap,)
        return self.allotment.made_up_by(one) if self.allotment is not None else ()


def _given_out(world: World, series: Series, by_day: bool) -> dict[str, str | None]:
    everybody = [_claimant(world, one, by_day) for one in _of_post(world, series, by_day)]
    found = _makers_of_gaps([one for one in everybody if one.series.rolling])
    claimants = [one for one in everybody if not one.series.rolling]
    named = {
        one.act.activity: one.act
        for claimant in claimants
        for own in claimant.acts.values()
        for one in own
        if _is_claimable(one) and one.act.activity not in found
    }
    wanting = {
        name: [one for one in claimants if one.could_take(name)]
        for name in sorted(named, key=lambda name: order_of(named[name]))
    }
    disputed = {name for name, those in wanting.items() if len(those) > 1}
    for claimant in claimants:
        claimant.settle(disputed)
    rule = series.duty.activity
    several = rule is not None and rule.several_per_day
    twins: dict[object, str | None] = {}
    for name, those in wanting.items():
        if not those:
            continue
        same = those[0].said_of(name)
        if same in twins and not several:
            # the same act once more: it counts for nobody a second time
            found[name] = twins[same]
            continue
        taker = _taker(name, those)
        if name in disputed:
            taker.take(name)
        found[name] = twins[same] = taker.series.holder.person
    return found


def _makers_of_gaps(claimants: Sequence[_Claimant]) -> dict[str, str | None]:
    """Who takes the make-ups of rolling gaps: whoever's gap has that label, the earliest first.

    Which gaps a later holder has is told by the acts that are not an earlier one's.
    """
    found: dict[str, str | None] = {}
    for claimant in claimants:
        claimant.settle(set(found))
        own = [name for name in claimant.acts if name not in found and claimant.could_take(name)]
        found.update(dict.fromkeys(own, claimant.series.holder.person))
    return found


def _taker(name: str, those: Sequence[_Claimant]) -> _Claimant:
    """Who did it while he lacks it, else the earliest who does; where nobody does, who did it."""
    himself = [one for one in those if one.did(name)]
    lacking = [one for one in (*himself, *those) if one.lacks(name)]
    return (lacking or himself or list(those))[0]


def _of_post(world: World, series: Series, by_day: bool) -> list[Series]:
    """The same part of the duty for every person who held the post, the earliest first."""
    post = series.holder.post

    def shared(holder: Holder) -> bool:
        return holder.post == post

    by_person = {
        part.holder.person: part
        for one in series_of(world, series.duty, shared)
        if one.part == series.part and one.holder.sort is HolderSort.PERSON
        for part in by_counting(one)
        if any(each.measure.counts_days for each in part.obligations) == by_day
    }
    return [
        by_person[tenure.person]
        for tenure in world.tenures_of(post or "")
        if tenure.person in by_person
    ]


def _claimant(world: World, series: Series, by_day: bool) -> _Claimant:
    acts: dict[str, list[Tested]] = {}
    for one in tested_acts(world, series.duty, series.holder, by_day):
        acts.setdefault(one.act.activity, []).append(one)
    slots = [Slot(one) for one in series.obligations if one.stretch.ruled]
    return _Claimant(world, series, acts, Allotment(world, series, slots) if slots else None)
