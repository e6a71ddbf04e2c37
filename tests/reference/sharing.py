"""Which of a post's holders takes a make-up that several of them could: it counts for one alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from data.records import Activity
from rules.frequency import Shape
from tests.reference.chains import taken_by_earlier
from tests.reference.counting import Counting
from tests.reference.office import Office
from tests.reference.spans import Slot
from tests.reference.testing import order


def by_post(series: Iterable[list[Slot]]) -> Iterator[list[list[Slot]]]:
    """The lists of slots that one post's holders have of one measure, together; others alone."""

    def shared(slots: list[Slot]) -> object:
        one = slots[0] if slots else None
        if one is None or one.person is None:
            return id(slots)
        return id(one.duty), id(one.measure), one.part, one.post

    for _, together in groupby(series, key=shared):
        yield list(together)


def empty(slots: Iterable[Slot]) -> list[Slot]:
    """The same slots with nothing given to them."""
    return [replace(slot, acts=[], refused={}) for slot in slots]


def taken_by_others(office: Office, holders: list[list[Slot]]) -> list[set[str]]:
    """For each holder's slots the make-ups that count for another holder of the post."""
    taken: list[set[str]] = [set() for _ in holders]
    if len(holders) < 2:
        return taken
    if holders[0][0].measure.shape is Shape.ROLLING:
        return taken_by_earlier(office, holders)
    ways = sorted(
        (_Way(office, at, slots) for at, slots in enumerate(holders)), key=lambda way: way.begins
    )
    acts = {act.activity: act for way in ways for act in way.makeups}
    could = {name: [way for way in ways if way.could_take(act)] for name, act in acts.items()}
    disputed = [act for name, act in acts.items() if len(could[name]) > 1]
    if not disputed or not office.reads("two_holders"):
        return taken
    for way in ways:
        way.counting.give(way.slots, {act.activity for act in disputed})
    takers: list[tuple[Activity, _Way]] = []
    for act in sorted(disputed, key=order):
        those = could[act.activity]
        taker = next((way for other, way in takers if way.is_twin(other, act)), None)
        if taker is None:
            himself = [way for way in those if way.person in office.doers(act)]
            lacking = [way for way in (*himself, *those) if way.lacks(act)]
            taker = [*lacking, *himself, *those][0]
            taker.counting.give_make_up(taker.slots, act)
        takers.append((act, taker))
        for way in those:
            if way is not taker:
                taken[way.at].add(act.activity)
    return taken


class _Way:
    """One holder's slots, apart from the verdicts, and the make-ups among the acts of the world."""

    def __init__(self, office: Office, at: int, slots: list[Slot]) -> None:
        self.at = at
        self.counting = Counting(office)
        self.slots = sorted(empty(slots), key=lambda s: (s.at.deadline, s.at.due, s.at.label))
        self.person = str(slots[0].person)
        rows = [row for row in office.records.appointments if row.post == slots[0].post]
        self.begins = min((row.first, row.person) for row in rows if row.person == self.person)
        self.makeups = [
            act
            for act in self.counting.read(slots[0])
            if act.makes_up and self.counting.is_make_up(self.slots, act)
        ]

    def could_take(self, act: Activity) -> bool:
        return bool(self.counting.takers(empty(self.slots), act))

    def lacks(self, act: Activity) -> bool:
        takers = self.counting.takers(self.slots, act)
        return any(self.counting.lacks(slot, act) for slot, _ in takers)

    def is_twin(self, one: Activity, other: Activity) -> bool:
        """Whether the two records say one act, which counts for nobody a second time."""
        rule = self.slots[0].duty.activity
        assert rule is not None
        return not rule.several_per_day and self.counting.twice(self.slots[0], one, other)
