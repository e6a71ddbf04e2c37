"""The engine agrees with the slow second reading of SEMANTICS, on random small worlds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.audited import audited
from tests.worlds.compare import differences
from tests.worlds.world_kinds import KINDS, drawn
from tests.worlds.world_shapes import SHAPES

EACH = 5
"""Worlds of each kind that every run looks at; `python -m tests.reference` looks at more."""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_engine_agrees_with_the_reference_on_every_kind(kind: str) -> None:
    for seed in range(EACH):
        assert differences(KINDS[kind](seed)) == [], f"{kind} seed {seed}"


@given(st.integers(min_value=0, max_value=10**6))
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_the_engine_agrees_with_the_reference_on_any_seed(seed: int) -> None:
    kind, world = drawn(seed)
    assert differences(world) == [], f"{kind} seed {seed}"


def test_the_worlds_have_verdicts_of_every_state() -> None:
    states = set()
    worlds = [KINDS[shape](seed) for shape in SHAPES for seed in range(6)]
    worlds += [KINDS["range"](seed) for seed in range(100)]
    worlds += [KINDS["unclear"](seed) for seed in range(5)]
    for world in worlds:
        audit = audited(world.rulebook, world.records, world.as_of, span=world.span)
        states |= {str(one.state) for one in audit.verdicts}
    assert states >= {
        "met",
        "made_up",
        "overdue",
        "exempt",
        "open",
        "due_soon",
        "upcoming",
        "exceeded",
        "behind",
        "to_be_ruled",
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_seed_gives_the_same_world(kind: str) -> None:
    one, other = KINDS[kind](7), KINDS[kind](7)
    assert (one.rulebook.duties, one.records) == (other.rulebook.duties, other.records)
