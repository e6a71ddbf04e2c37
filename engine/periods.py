"""Which stretches of days requirements cover, and what those stretches are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole days; `first` and `last` both belong to it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Period) -> bool:
        """Whether every day of `other` lies in this one."""
        return self.first <= other.first and other.last <= self.last


ONE_DAY = timedelta(days=1)
