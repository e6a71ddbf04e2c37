"""Which sentences of SEMANTICS decide a verdict of a world: asked by leaving each of them out."""

from __future__ import annotations

from tests.reference import reference
from tests.reference.branches import Reading
from tests.reference.judging import Expected
from tests.worlds.compare import FIELDS
from tests.worlds.worlds import World

Said = dict[str, Expected]
"""What the second reading says of a world, by id."""


def read(world: World, reads: Reading | None = None) -> Said:
    """What the second reading says of a world; `reads`: without some sentences."""
    return reference(world.rulebook, world.records, world.as_of, world.span, reads)


def changed(world: World, key: str, whole: Said) -> list[str]:
    """The ids of the verdicts that change, come or go when the sentence is left out, sorted."""
    without = read(world, Reading([key]))
    return sorted(
        name for name in {*whole, *without} if _fields(whole, name) != _fields(without, name)
    )


def _fields(said: Said, name: str) -> list[object] | None:
    one = said.get(name)
    return None if one is None else [getattr(one, field) for field in FIELDS]
