"""Every kind of random world by its name, so that a seed of one stays what it is.

A new kind is a line here; the worlds of the others, and the seeds kept of them, do not change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.worlds.world_edges import EDGES
from tests.worlds.world_handovers import HANDOVERS
from tests.worlds.world_lasting import LASTING
from tests.worlds.world_people import PEOPLE, unpublished
from tests.worlds.world_several import several
from tests.worlds.world_shapes import SHAPES
from tests.worlds.world_times import TIMES
from tests.worlds.world_words import WORDS, world_of_word
from tests.worlds.worlds import World, world_of_seed

KINDS: dict[str, Callable[[int], World]] = {
    shape: partial(world_of_seed, feature=shape) for shape in sorted(SHAPES)
}
KINDS |= {word: partial(world_of_word, word=word) for word in sorted(WORDS)}
KINDS |= {"several": several, **TIMES, **LASTING, **PEOPLE, **HANDOVERS, **EDGES}
KINDS["unpublished"] = partial(unpublished, worlds=KINDS)
"""What makes the world of a seed, by the kind of world."""


def drawn(seed: int) -> tuple[str, World]:
    """The kind that falls to a seed among all kinds, in turn, and its world."""
    kind = sorted(KINDS)[seed % len(KINDS)]
    return kind, KINDS[kind](seed)
