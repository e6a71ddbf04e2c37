"""Every deciding sentence of SEMANTICS is reached by a random world whose verdicts hang on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.sentence_page import plain
from tests.engine.judging.reaching_seeds import SEEDS
from tests.reference.branches import SENTENCES, Reading
from tests.worlds.compare import differences
from tests.worlds.reaching import changed, read
from tests.worlds.world_kinds import KINDS

PAGE = Path(__file__).parents[3] / "docs" / "semantics.md"


@pytest.mark.parametrize("key", sorted(SEEDS))
def test_a_world_is_judged_otherwise_when_the_sentence_is_left_out(key: str) -> None:
    kind, seed = SEEDS[key]
    world = KINDS[kind](seed)
    whole = read(world)
    assert differences(world, whole) == []
    assert changed(world, key, whole), f"{kind} {seed} does not hang on: {SENTENCES[key]}"


def test_every_sentence_that_can_be_left_out_has_a_seed() -> None:
    assert sorted(SENTENCES) == sorted(SEEDS)


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_the_sentence_stands_in_the_reference(key: str) -> None:
    page = plain(PAGE.read_text(encoding="utf-8"))
    parts = plain(SENTENCES[key]).split(" … ")
    assert [part for part in parts if part.strip(" .;:,") not in page] == []


def test_a_key_that_stands_for_no_sentence_cannot_be_left_out() -> None:
    with pytest.raises(KeyError):
        Reading(["no such key"])
