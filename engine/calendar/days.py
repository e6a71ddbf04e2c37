"""Sets of days, as few runs as possible: what tenures, waivers and documents leave of a period."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from engine.calendar.periods import Period

Run = tuple[int, int]
"""First and last day of a run, as `date.toordinal` gives them; both belong to it."""


@dataclass(frozen=True, slots=True)
class Days:
    """An immutable set of days. `runs` are sorted and never touch each other."""

    runs: tuple[Run, ...] = ()

    @staticmethod
    def none() -> Days:
        """The empty set of days."""
        return _NONE

    @staticmethod
    def all() -> Days:
        """Every day that a `date` can say."""
        return _ALL

    @staticmethod
    def of(first: date | None, last: date | None) -> Days:
        """The days from `first` to `last`, both ends in; None is an open end.

        Empty where `last` lies before `first`.
        """
        low = (first or date.min).toordinal()
        high = (last or date.max).toordinal()
        return Days(((low, high),)) if low <= high else _NONE

    @staticmethod
    def from_periods(periods: Iterable[Period]) -> Days:
        """The days that lie in any of `periods`, which may overlap and come in any order."""
        return Days(_joined([(p.first.toordinal(), p.last.toordinal()) for p in periods]))

    @staticmethod
    def from_dates(days: Iterable[date]) -> Days:
        """The days of a plain collection."""
        ordinals = [day.toordinal() for day in days]
        return Days(_joined([(day, day) for day in ordinals]))

    def __and__(self, other: Days) -> Days:
        mine, theirs = self.runs, other.runs
        if mine == _ALL.runs:
            return other
        if theirs == _ALL.runs:
            return self
        found: list[Run] = []
        i = j = 0
        while i < len(mine) and j < len(theirs):
            low = max(mine[i][0], theirs[j][0])
            high = min(mine[i][1], theirs[j][1])
            if low <= high:
                found.append((low, high))
            if mine[i][1] < theirs[j][1]:
                i += 1
            else:
                j += 1
        return Days(tuple(found))

    def meets(self, other: Days) -> bool:
        """Whether the two share a day; quick where `other` has few runs."""
        for first, last in other.runs:
            at = bisect_left(self.runs, first, key=itemgetter(1))
            if at < len(self.runs) and self.runs[at][0] <= last:
                return True
        return False

    def __or__(self, other: Days) -> Days:
        if not other.runs:
            return self
        if not self.runs:
            return other
        return Days(_joined([*self.runs, *other.runs]))

    def __sub__(self, other: Days) -> Days:
        if not self.runs or not other.runs:
            return self
        found: list[Run] = []
        taken = other.runs
        j = 0
        for low, high in self.runs:
            at = low
            while j < len(taken) and taken[j][1] < at:
                j += 1
            k = j
            while k < len(taken) and taken[k][0] <= high:
                if taken[k][0] > at:
                    found.append((at, taken[k][0] - 1))
                at = max(at, taken[k][1] + 1)
                k += 1
            if at <= high:
                found.append((at, high))
        return Days(tuple(found))

    def __len__(self) -> int:
        return sum(high - low + 1 for low, high in self.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __contains__(self, day: date) -> bool:
        at = day.toordinal()
        return any(low <= at <= high for low, high in self.runs)

    def __iter__(self) -> Iterator[date]:
        for low, high in self.runs:
            for at in range(low, high + 1):
                yield date.fromordinal(at)

    def __le__(self, other: Days) -> bool:
        """Whether every day of this set lies in `other`."""
        return not self - other

    def __str__(self) -> str:
        return ", ".join(str(period) for period in self.intervals()) or "-"

    def within(self, first: date, last: date) -> Days:
        """The part between `first` and `last`, both ends in."""
        return self & Days.of(first, last)

    @property
    def first(self) -> date | None:
        """The earliest day; None when there is none."""
        return date.fromordinal(self.runs[0][0]) if self.runs else None

    @property
    def last(self) -> date | None:
        """The latest day; None when there is none."""
        return date.fromordinal(self.runs[-1][1]) if self.runs else None

    def intervals(self) -> list[Period]:
        """The runs as periods, in order; no two of them touch."""
        return [Period(date.fromordinal(low), date.fromordinal(high)) for low, high in self.runs]


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """The same days in as few runs as possible; runs that end before they begin have none."""
    found: list[Run] = []
    for low, high in sorted(runs):
        if high < low:
            continue
        if found and low <= found[-1][1] + 1:
            if high > found[-1][1]:
                found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return tuple(found)


_NONE = Days()
_ALL = Days(((date.min.toordinal(), date.max.toordinal()),))
