"""Every worked example of the rules that show what the shipped law has no clause for."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.examples import run_example
from rules.duty import Duty, Example
from rules.example_places import example_places
from rules.loader import load_rulebook

WORKED = Path(__file__).parents[1] / "worked_rules"
RULEBOOK = load_rulebook([WORKED])
PLACES = example_places([WORKED])
CASES = [
    pytest.param(duty, example, id=f"{duty.id}:{PLACES[duty.id, number].line}")
    for duty in RULEBOOK.duties
    for number, example in enumerate(duty.examples)
]


@pytest.mark.parametrize(("duty", "example"), CASES)
def test_the_example_comes_out_as_its_file_says(duty: Duty, example: Example) -> None:
    assert list(run_example(RULEBOOK, duty, example)) == []


@pytest.mark.parametrize("duty", RULEBOOK.duties, ids=lambda duty: duty.id)
def test_each_duty_has_an_example_that_is_met_and_one_that_is_not(duty: Duty) -> None:
    states = {state for example in duty.examples for state in example.expect.values()}
    assert "met" in states and len(states) > 1
