"""Every worked example of every shipped rule file comes out, each a test named by its place."""

from __future__ import annotations

import pytest

from engine.examples import run_example
from rules.duty import Duty, Example
from rules.example_places import example_places
from rules.loader import BUILTIN
from rules.rulebook import Rulebook
from tests.helpers.factory_rules import shipped_rules
from tests.helpers.printed import printed

RULEBOOK = shipped_rules()
PLACES = example_places([BUILTIN])
CASES = [
    pytest.param(duty, example, id=f"{duty.id}:{PLACES[duty.id, number].line}")
    for duty in RULEBOOK.duties
    for number, example in enumerate(duty.examples)
]


@pytest.mark.parametrize(("duty", "example"), CASES)
def test_the_example_comes_out_as_its_file_says(duty: Duty, example: Example) -> None:
    assert list(run_example(RULEBOOK, duty, example)) == []


def example(**keys: object) -> Example:
    """An example with these keys."""
    return Example.model_validate({"as_of": "2022-10-01", "expect": {}, **keys})


@pytest.fixture
def hearing() -> Duty:
    """A duty of once a quarter."""
    return next(x for x in RULEBOOK.duties if x.id == "park_2022.principal.hear_reports")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"expect": {"2022-Q3": "met"}}, "expects 2022-Q3 to be 'met', but it is 'overdue'"),
        ({"expect": {"2022-Q3": "done"}}, "'done' is not a state"),
        ({"expect": {"2022-07": "met"}}, "there is no such obligation"),
        ({"world": {"form": "x"}}, "unknown key 'form' in 'world'"),
        ({"done": [{"day": "2022-09-30", "kin": "x"}]}, "unknown key 'kin' in 'done'"),
        ({"world": {"members": [{"id": "x", "kind": "x"}]}}, "unknown key 'kind' in 'members'"),
        ({"world": {"events": [{"id": "x", "date": "x"}]}}, "unknown key 'date' in 'events'"),
    ],
)
def test_an_example_that_fails_says_how(
    hearing: Duty, keys: dict[str, object], message: str
) -> None:
    rulebook: Rulebook = RULEBOOK
    told = [text for text, _ in run_example(rulebook, hearing, example(**keys))]
    assert len(told) == 1
    assert message in printed(told[0])
