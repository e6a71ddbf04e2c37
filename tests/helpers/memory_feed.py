"""The acts of some records as a store would tell of them to an audit in columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from data.flags import UNUSUAL, Flag
from data.records import Activity, Records
from engine.counting.pattern import ActClass

if TYPE_CHECKING:
    from engine.counting.tally import Columns


class MemoryFeed:
    """The acts of some records, as a store would tell of them."""

    def __init__(self, records: Records, batch: int = 7) -> None:
        self.acts = records.activities
        self.batch = batch
        self.holders = {
            holder: number for number, holder in enumerate(sorted({a.holder for a in self.acts}))
        }
        self._classes: dict[tuple[str, str | None, tuple[tuple[str, str], ...]], int] = {}
        for act in self.acts:
            self._classes.setdefault((act.kind, act.role, act.attributes), len(self._classes))

    def classes(self) -> Sequence[ActClass]:
        return [(number, *one) for one, number in self._classes.items()]

    def _alike(self, act: Activity) -> tuple[object, ...]:
        return (act.holder, act.day, act.kind, act.person, act.time, bool(act.subjects),
                act.quantity is None)  # fmt: skip

    def flags(self, act: Activity) -> int:
        if act.standing != "live":
            return Flag.VOIDED.value
        same = [a for a in self.acts if a.standing == "live" and self._alike(a) == self._alike(act)]
        return (
            (Flag.NAMED.value if act.for_period or act.event else 0)
            | (Flag.MAKES_UP.value if act.makes_up else 0)
            | (Flag.TWIN.value if len(same) > 1 else 0)
        )

    def stream(self, first: date, last: date) -> Iterator[Columns]:
        rows = [
            (
                self.holders[act.holder],
                self._classes[act.kind, act.role, act.attributes],
                act.day.toordinal(),
                self.flags(act),
            )
            for act in self.acts
            if first <= act.day <= last
        ]
        for low in range(0, len(rows), self.batch):
            holders, classes, days, flags = np.array(rows[low : low + self.batch], dtype=np.int64).T
            yield holders, classes, days, flags

    def unusual(self) -> Collection[int]:
        return {self.holders[act.holder] for act in self.acts if self.flags(act) & UNUSUAL}

    def named(self) -> Collection[tuple[int, str]]:
        return {(self.holders[act.holder], act.person) for act in self.acts if act.person}

    def load(self, holders: Collection[str]) -> Sequence[Activity]:
        return [act for act in self.acts if act.holder in holders]

    def proof_days(self, acts: Iterable[Activity]) -> dict[str, frozenset[date]]:
        live = [act for act in self.acts if act.standing == "live"]
        return {
            item: frozenset(act.day for act in live if item in act.proofs)
            for one in acts
            for item in one.proofs
        }
