"""Who a notice goes to, and who gets a copy: up the reporting line of the records, as of a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from data.records import Post, Records
from engine.alerting.presence import Presence
from engine.alerting.recipient_words import Recipient


class ReportingLine:
    """Who stands over whom on a day. `heads` are the post classes that stand for their unit."""

    def __init__(self, records: Records, day: date, heads: Collection[str]) -> None:
        self._records = records
        self._there = Presence(records, day)
        self._heads: dict[str, str] = {}
        for post in records.posts.values():
            if post.post_class in heads and self._is_held(post):
                self._heads.setdefault(post.unit, post.post)

    def head(self, unit: str) -> str | None:
        """The post that stands for the unit; None where nobody holds one."""
        return self._heads.get(unit)

    def superior(self, unit: str, post: str | None) -> str | None:
        """The post over a post (None: over the unit): the first held one of those that it reports
        to, else the unit's head, else the head of a unit above. None where there is nobody.
        """
        seen = {post}
        row = self._records.posts.get(post) if post else None
        while row is not None and row.reports_to and row.reports_to not in seen:
            seen.add(row.reports_to)
            row = self._records.posts.get(row.reports_to)
            if row is not None and self._is_held(row):
                return row.post
        head = self.head(unit)
        if post is not None and head is not None and head not in seen:
            return head
        return self._head_above(unit)

    def addressee(self, to: Recipient, holder: str, unit: str, post: str | None) -> str:
        """The id that a level's recipient comes to, for what `holder` owes under a post of the unit
        (None: the unit itself owes it). What would go to a vacant post goes to the unit; what is
        about a head goes to whoever stands over him.
        """
        if to is Recipient.HOLDER:
            row = self._records.posts.get(post) if post else None
            person = holder.partition("/")[2]
            held = self._there.held(post or "")
            left = person not in held if person else not held
            return unit if row is not None and left else holder
        if to is Recipient.UNIT:
            return unit
        if to is Recipient.UNIT_HEAD:
            head = self.head(unit)
            return (self.superior(unit, post) if head and head == post else head) or unit
        if to is Recipient.SUPERIOR:
            return self.superior(unit, post) or unit
        return to

    def copies(self, words: Sequence[str], to: str, unit: str, post: str | None) -> tuple[str, ...]:
        """Who gets a copy, each once: ids of posts and units for words that name a recipient, other
        words as they stand. Nobody who gets the notice itself, or whom it is about.
        """
        found: dict[str, None] = {}
        for word in words:
            if word not in set(Recipient):
                found[word] = None
                continue
            one = self.addressee(Recipient(word), post or unit, unit, post)
            if one not in (to, post, unit if post is None else None):
                found[one] = None
        return tuple(found)

    def _head_above(self, unit: str) -> str | None:
        seen = {unit}
        row = self._records.units.get(unit)
        while row is not None and row.parent and row.parent not in seen:
            seen.add(row.parent)
            if row.parent in self._heads:
                return self._heads[row.parent]
            row = self._records.units.get(row.parent)
        return None

    def _is_held(self, post: Post) -> bool:
        return self._there.covers(post.first, post.last) and bool(self._there.held(post.post))
