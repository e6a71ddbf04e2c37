"""Random worlds of several duties, which the same acts may discharge."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.worlds.worlds import World, duty_of, world_of_seed

ABOUT_EVENTS = ("after", "before", "while")
OTHERS = (
    *("after_period", "between", "count", "coverage", "daily", "deadline", "except", "nested"),
    *("quota", "range", "recurring", "rolling", "share", "variants", "window"),
)


def several(seed: int) -> World:
    """A world of two or three duties of one document; waivers may be of the second alone."""
    r = Random(f"several {seed}")
    shapes = r.choices([*ABOUT_EVENTS, *OTHERS], k=r.choice([2, 2, 3]))
    # the first one brings the events of its world
    shapes.sort(key=lambda shape: shape not in ABOUT_EVENTS)
    world = world_of_seed(r.randint(0, 10**6), shapes[0])
    duties = [*world.rulebook.duties]
    duties += [duty_of(r, shape, n) for n, shape in enumerate(shapes[1:], 1)]
    waivers = tuple(
        replace(row, duty="d.l.k1") if row.duty == "d.l.other" else row
        for row in world.records.waivers
    )
    return replace(
        world,
        feature="several",
        rulebook=replace(world.rulebook, duties=tuple(duties)),
        records=replace(world.records, waivers=waivers),
    )
