"""The holders who may be counted, as columns: a row for each, told apart by what they owe."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.gc_pause import collector_at_rest
from data.records import Fact
from engine.counting.eligible import SoleHolder, lone_posts, lone_units, set_apart
from engine.judging.world import World

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[Any]]

OWN = -1
"""The class number of units, which hold no post."""


@dataclass(frozen=True)
class Roster:
    """Sole holders by row, whom nothing sets apart.

    `first` and `last` are their days as ordinals; `post_class` the number of their post's class;
    `likeness` tells apart those who may owe different things: `likes[number]` is a unit and a
    person's facts that stand for all of that number. `unit_row` is the row of a post's own unit
    (-1: not here, and for units). `others` are the posts and units that have no row.
    """

    lone: tuple[SoleHolder, ...]
    first: Ints
    last: Ints
    post_class: Ints
    class_numbers: Mapping[str, int]
    likeness: Ints
    likes: tuple[tuple[str, tuple[Fact, ...]], ...]
    unit_row: Ints
    others: tuple[str, ...]

    def of_classes(self, names: Collection[str]) -> Ints:
        """Which rows are posts of these classes; no class: which are units."""
        import numpy as np

        numbers = [self.class_numbers.get(name, -2) for name in names] or [OWN]
        return np.isin(self.post_class, numbers)

    def rows_of(self, holders: Mapping[str, int]) -> Ints:
        """The row of each holder by its number, -1 for those that have none."""
        import numpy as np

        rows = np.full(max(holders.values(), default=-1) + 1, -1, dtype=np.int64)
        numbers = np.array([holders.get(lone[0], -1) for lone in self.lone], dtype=np.int64)
        known = numbers >= 0
        rows[numbers[known]] = np.flatnonzero(known)
        return rows


@collector_at_rest()
def roster_of(
    world: World,
    unusual: Collection[str],
    named: Iterable[tuple[str, str]],
    with_units: bool,
) -> Roster:
    """The rows of all who may be counted; units only where a duty asks them."""
    import numpy as np

    records = world.records
    posts = lone_posts(records)
    apart = set_apart(records, posts, unusual, named)
    found = [lone for post, lone in posts.items() if post not in apart]
    if with_units:
        units = lone_units(records, posts)
        found += [lone for unit, lone in units.items() if unit not in apart]
    rows = {lone.unit: row for row, lone in enumerate(found) if lone.person is None}
    likes: dict[tuple[object, ...], int] = {}
    standing: list[tuple[str, tuple[Fact, ...]]] = []
    classes: dict[str, int] = {}
    places = {unit: world.likeness(unit) for unit in records.units}
    people, held = records.people, records.posts
    likeness, post_class, unit_row = [], [], []
    for holder, who, unit, _, _ in found:
        known = people.get(who) if who is not None else None
        facts = known.facts if known else ()
        number = likes.setdefault((places[unit], facts), len(standing))
        if number == len(standing):
            standing.append((unit, facts))
        likeness.append(number)
        if who is None:
            post_class.append(OWN)
        else:
            post_class.append(classes.setdefault(held[holder].post_class, len(classes)))
        if rows:
            unit_row.append(-1 if who is None else rows.get(unit, -1))
    here = {lone.holder for lone in found}
    return Roster(
        lone=tuple(found),
        first=np.array([lone.first.toordinal() for lone in found], dtype=np.int64),
        last=np.array([lone.last.toordinal() for lone in found], dtype=np.int64),
        post_class=np.array(post_class, dtype=np.int64),
        class_numbers=classes,
        likeness=np.array(likeness, dtype=np.int64),
        likes=tuple(standing),
        unit_row=np.array(unit_row or [-1] * len(found), dtype=np.int64),
        others=tuple(
            one for names in (records.posts, records.units) for one in names if one not in here
        ),
    )
