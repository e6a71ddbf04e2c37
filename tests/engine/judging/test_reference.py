"""The engine agrees with the slow second reading of SEMANTICS, on random small worlds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.audited import audited
from tests.helpers.compare import differences
from tests.helpers.world_shapes import SHAPES
from tests.helpers.worlds import world_of_seed

EACH = 14
"""Worlds of each feature that every run looks at."""


@pytest.mark.parametrize("feature", sorted(SHAPES))
def test_the_engine_agrees_with_the_reference_on_every_feature(feature: str) -> None:
    for seed in range(EACH):
        assert differences(world_of_seed(seed, feature)) == [], f"{feature} seed {seed}"


@given(st.integers(min_value=0, max_value=10**6))
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_the_engine_agrees_with_the_reference_on_any_seed(seed: int) -> None:
    assert differences(world_of_seed(seed)) == []


def test_the_worlds_have_verdicts_of_every_state() -> None:
    states = set()
    worlds = [world_of_seed(seed) for seed in range(6 * len(SHAPES))]
    worlds += [world_of_seed(seed, "range") for seed in range(100)]
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
    }


def test_the_same_seed_gives_the_same_world() -> None:
    assert world_of_seed(7).records == world_of_seed(7).records
