"""Who is there on a day to be told of what is owed. Source: SEMANTICS, section 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from datetime import date

from data.records import Records
from engine.judging.in_force import HolderSort
from engine.judging.verdict import Verdict
from rules.duty import Sharing


def holder_kind(verdict: Verdict) -> HolderSort:
    """Whether a person, a post, a group or a unit owes it."""
    if verdict.post is None:
        rule = verdict.duty.holder
        shares = rule.posts and rule.joint != Sharing.EACH_OF
        return HolderSort.GROUP if shares else HolderSort.UNIT
    return HolderSort.PERSON if "/" in owner_of(verdict) else HolderSort.POST


def owner_of(verdict: Verdict) -> str:
    """HOLDER of its id, DUTY@HOLDER@LABEL: `post/person` for conduct, a post, or a unit."""
    return verdict.id.split("@", 2)[1]


class Presence:
    """Who is there on a day: people in posts, posts with somebody in them, units."""

    def __init__(self, records: Records, day: date) -> None:
        self._records = records
        self._day = day
        self._held: dict[str, set[str]] = defaultdict(set)
        for row in records.appointments:
            if self.covers(row.first, row.last):
                self._held[row.post].add(row.person)

    def of(self, verdict: Verdict) -> bool:
        """Whether the holder is there: who has left gets no tips. SEMANTICS, section 3."""
        unit = self._records.units.get(verdict.unit)
        if unit and not self.covers(unit.first, unit.last):
            return False
        if verdict.post is not None:
            held = self.held(verdict.post) if self._stands(verdict.post) else frozenset()
            return verdict.person in held if verdict.person else bool(held)
        if holder_kind(verdict) is HolderSort.GROUP:
            # members of a group's coverage are not its posts; its posts are those of its classes
            return any(
                self.held(post.post) and self._stands(post.post)
                for post in self._records.posts.values()
                if post.unit == verdict.unit and post.post_class in verdict.duty.holder.posts
            )
        return True

    def _stands(self, post: str) -> bool:
        row = self._records.posts.get(post)
        return row is None or self.covers(row.first, row.last)

    def held(self, post: str) -> Set[str]:
        """Who holds a post on the day."""
        return self._held.get(post, frozenset())

    def covers(self, first: date | None, last: date | None) -> bool:
        """Whether the day is one of these; None: without a bound."""
        return (first is None or first <= self._day) and (last is None or self._day <= last)
