"""What ids stand for, and in which order units and posts are listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from data.likeness import tidy
from data.records import Activity, Records
from engine.judging.verdict import Verdict
from engine.judging.world import World
from reports.i18n import Lang
from rules.vocabulary import Vocabulary


class Names:
    """Names of units, posts, people and subjects; an id that nobody lists stands for itself."""

    def __init__(
        self,
        records: Records,
        vocabulary: Vocabulary | None = None,
        doers: Callable[[Activity], tuple[str, ...]] | None = None,
    ) -> None:
        self.records = records
        self.vocabulary = vocabulary or Vocabulary()
        self._doers = doers

    @classmethod
    def of_world(cls, world: World) -> Names:
        """Names that know who did an act whose record names only the post."""
        return cls(world.records, world.rulebook.vocabulary, world.doers)

    def unit(self, unit: str) -> str:
        """The unit's name."""
        row = self.records.units.get(unit)
        return tidy(row.name) if row else unit

    def post(self, post: str | None) -> str:
        """The post's title, else its class."""
        row = self.records.posts.get(post) if post else None
        return tidy(row.title or row.post_class) if row else (post or "")

    def post_class(self, post: str | None) -> str:
        """The post's class."""
        row = self.records.posts.get(post) if post else None
        return row.post_class if row else ""

    def person(self, person: str | None) -> str:
        """The person's name, with the id where another one is called the same."""
        row = self.records.people.get(person) if person else None
        if row is None:
            return person or ""
        name = tidy(row.name)
        return f"{name}（{row.person}）" if name in self.shared else name

    @cached_property
    def shared(self) -> frozenset[str]:
        """The names that more than one person has."""
        seen: dict[str, int] = defaultdict(int)
        for row in self.records.people.values():
            seen[tidy(row.name)] += 1
        return frozenset(name for name, count in seen.items() if count > 1)

    def subject(self, subject: str) -> str:
        """The name of whatever an act was done to."""
        records = self.records
        if subject in records.subjects:
            return tidy(records.subjects[subject].name)
        if subject in records.units:
            return self.unit(subject)
        if subject in records.people:
            return self.person(subject)
        if subject in records.posts:
            return f"{self.unit(records.posts[subject].unit)}{self.post(subject)}"
        return subject

    def member(self, member: str) -> str:
        """A member of a population."""
        return self.subject(member)

    def post_classes(self, verdict: Verdict) -> str:
        """The classes of the post, or of a group's posts, joined."""
        posts = (verdict.post,) if verdict.post else self.group(verdict)
        classes = dict.fromkeys(self.post_class(post) for post in posts)
        return "、".join(one for one in classes if one)

    def group(self, verdict: Verdict) -> tuple[str, ...]:
        """The posts that share it; empty where it is one post's or a unit's."""
        return tuple(post for post in verdict.members if post in self.records.posts)

    def holder_post(self, verdict: Verdict) -> str:
        """The title of the post, or of the posts of a group; empty for a unit's duty."""
        if verdict.post:
            return self.post(verdict.post)
        return "、".join(self.post(post) for post in self.group(verdict))

    def holder_person(self, verdict: Verdict) -> str:
        """Who is named; empty for a unit, a group, and a post with nobody to name."""
        return self.person(verdict.person)

    def holder(self, verdict: Verdict, lang: Lang = "zh") -> str:
        """Unit, post and person, as a sentence names them."""
        parts = [self.unit(verdict.unit), self.holder_post(verdict), self.holder_person(verdict)]
        return ("" if lang == "zh" else " ").join(part for part in parts if part)

    def doer(self, act: Activity) -> str:
        """Who did it: post and person, as far as the record and the appointments say."""
        if act.holder not in self.records.posts:
            return self.unit(act.holder)
        people = self._doers(act) if self._doers else (act.person,) if act.person else ()
        post, who = self.post(act.holder), "、".join(self.person(person) for person in people)
        # Chinese runs on; words of other scripts are parted.
        is_parted = bool(post and who) and post[-1].isascii() and who[0].isascii()
        return f"{post} {who}" if is_parted else post + who

    def subjects(self, act: Activity) -> str:
        """What the act was done to, joined."""
        return "、".join(self.subject(subject) for subject in act.subjects)

    @cached_property
    def unit_order(self) -> dict[str, int]:
        """The place of each unit in the tree's own order: a unit, then those below it."""
        below: dict[str | None, list[str]] = defaultdict(list)
        for unit, row in self.records.units.items():
            below[row.parent if row.parent in self.records.units else None].append(unit)
        order: dict[str, int] = {}
        waiting = list(reversed(below[None]))
        while waiting:
            unit = waiting.pop()
            if unit not in order:
                order[unit] = len(order)
                waiting.extend(reversed(below[unit]))
        for unit in self.records.units:
            order.setdefault(unit, len(order))
        return order

    @cached_property
    def class_order(self) -> dict[str, int]:
        """The place of each post class: that of the vocabulary, heads first."""
        return {name: at for at, name in enumerate(self.vocabulary.post_classes)}

    @cached_property
    def post_order(self) -> dict[str, tuple[int, int, int]]:
        """The place of each post in its unit: by class, then by how many stand over it."""
        order: dict[str, tuple[int, int, int]] = {}
        last = len(self.class_order)
        for at, (post, row) in enumerate(self.records.posts.items()):
            order[post] = (self.class_order.get(row.post_class, last), self._over(post), at)
        return order

    def _over(self, post: str) -> int:
        seen: set[str] = set()
        at: str | None = post
        while at is not None and at not in seen:
            seen.add(at)
            row = self.records.posts.get(at)
            at = row.reports_to if row else None
        return len(seen)

    def order_of(self, verdict: Verdict) -> tuple[int, tuple[int, int, int], str, str]:
        """Where a verdict is listed: by the unit's place, the post's, the person, then its id."""
        return (*self.place_of(verdict.unit, verdict.post, verdict.person), verdict.id)

    def place_of(
        self, unit: str, post: str | None, person: str | None
    ) -> tuple[int, tuple[int, int, int], str]:
        """Where a holder is listed: by the unit's place, the post's, then the person."""
        last = (len(self.class_order) + 1, 0, 0)
        return (
            self.unit_order.get(unit, len(self.unit_order)),
            self.post_order.get(post, last) if post else last,
            person or "",
        )
