"""Which sentences of SEMANTICS decide a verdict of a world: asked by leaving each of them out."""

from __future__ import annotations

from typing import Any

from tests.helpers.compare import FIELDS
from tests.helpers.worlds import World
from tests.reference import reference
from tests.reference.branches import Reading


def read(world: World, reads: Reading | None = None) -> dict[str, Any]:
    """What the second reading says of a world, by id: the fields of each verdict."""
    found = reference(world.rulebook, world.records, world.as_of, world.span, reads)
    return {name: [getattr(one, field) for field in FIELDS] for name, one in found.items()}


def changed(world: World, key: str) -> list[str]:
    """The ids of the verdicts that change, come or go when the sentence is left out, sorted."""
    whole, without = read(world), read(world, Reading([key]))
    return sorted(name for name in {*whole, *without} if whole.get(name) != without.get(name))


def deciding(world: World) -> set[str]:
    """The keys of the sentences that were asked in a world; not each of them changes a verdict."""
    reads = Reading()
    read(world, reads)
    return reads.asked
