"""Whether the rules of the shipped documents say what their sources say, and leave nothing open.

`tests/source_pieces/` holds, for each document, the clauses of its source that have a mark or a
quote, as they stand there (`factory_rules.source_pieces`).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from rules.coverage import cover, document_of, passages
from rules.duty import Duty
from rules.frequency import Shape
from rules.loader import BUILTIN
from rules.rulebook import Rulebook
from tests.helpers.factory_rules import names_in, shipped_rules, source_pieces

HERE = Path(__file__).parents[1]
PIECES = HERE / "source_pieces"
CLAUSES = HERE.parent / "docs" / "clauses"


@cache
def rulebook() -> Rulebook:
    return shipped_rules()


DUTIES = pytest.mark.parametrize("duty", rulebook().duties, ids=lambda duty: duty.id)
EVERY_DOCUMENT = pytest.mark.parametrize("document", rulebook().documents)


def pieces(document: str) -> str:
    """What the tests keep of a document's text."""
    return (PIECES / f"{document}.txt").read_text(encoding="utf-8")


@EVERY_DOCUMENT
def test_each_quote_stands_in_its_source_as_it_is_written(document: str) -> None:
    text = re.sub(r"[\s|]", "", pieces(document))
    for passage in passages(rulebook(), document):
        assert re.sub(r"[\s|]", "", passage.quote) in text, passage.quote


@EVERY_DOCUMENT
def test_no_sentence_of_a_source_that_says_how_often_or_by_when_is_open(document: str) -> None:
    covered = cover(pieces(document), passages(rulebook(), document))
    assert covered.sentences
    assert [(one.line, one.text) for one in covered.open] == []
    assert covered.missing == covered.surplus == ()


@EVERY_DOCUMENT
def test_the_pieces_of_a_source_are_what_its_rules_speak_of(document: str) -> None:
    text = pieces(document)
    assert source_pieces(text, passages(rulebook(), document)) == text


@EVERY_DOCUMENT
def test_a_source_is_told_from_the_others(document: str) -> None:
    found = document_of(rulebook(), pieces(document))
    assert (found.document, found.found) == (document, found.quotes)


@EVERY_DOCUMENT
def test_a_passage_is_ruled_out_once_and_with_a_reason(document: str) -> None:
    found = [one for _, one in rulebook().ruled_out[document]]
    assert all(one.clause.strip() and one.reason.strip() for one in found)
    assert len({(one.clause, one.quote) for one in found}) == len(found)


def test_there_are_pieces_of_every_document_and_of_no_other() -> None:
    assert {path.stem for path in PIECES.glob("*.txt")} == set(rulebook().documents)


@DUTIES
def test_each_duty_has_an_example_that_is_met_and_one_that_is_not(duty: Duty) -> None:
    states = {state for example in duty.examples for state in example.expect.values()}
    if duty.is_to_be_ruled:
        assert states == {"to_be_ruled"}
        assert duty.note
    elif duty.is_never_owed:
        assert states == {"exempt"}
    else:
        assert {"met", "overdue"} <= states


@DUTIES
def test_titles_and_clauses_are_printed_with_full_width_marks(duty: Duty) -> None:
    for text in (duty.title, *(source.clause for source in duty.sources)):
        assert not re.search(r"[\u4e00-\u9fff][,;:()]|[,;:()][\u4e00-\u9fff]", text), text


def test_every_kind_of_the_vocabulary_is_asked_for_by_a_rule_or_stands_over_one() -> None:
    book = rulebook()
    asked = {kind for duty in book.duties if duty.activity for kind in duty.activity.kind}
    reached = {wider for kind in asked for wider in book.vocabulary.wider_kinds[kind]}
    assert set(book.vocabulary.kinds) - reached == set()


def test_no_name_of_a_person_in_the_sources_stands_in_rules_tables_or_pieces() -> None:
    for path in (
        *sorted(BUILTIN.rglob("*.yaml")),
        *sorted(CLAUSES.rglob("*.md")),
        *sorted(PIECES.glob("*.txt")),
    ):
        found = names_in(path.read_text(encoding="utf-8"))
        assert found == [], f"{path.name}: {found}"


EDGES = ("到期当天", "到期次日", "周期中换人", "豁免")
"""Names of the examples that show where a shape's edges lie."""

LARGE = "banan_2024"
"""The document that has every shape but a few."""


def shapes_of(duty: Duty) -> set[Shape]:
    """The shapes of a duty's measures, the parts of nested ones each for itself."""
    every = {part.shape for one in duty.frequency.for_shape() for part in (one, *one.all)}
    return every - {Shape.NESTED, Shape.TO_BE_RULED}


def of_large() -> list[Duty]:
    return [duty for duty in rulebook().duties if duty.document == LARGE]


@pytest.mark.parametrize("shape", sorted({one for duty in of_large() for one in shapes_of(duty)}))
def test_each_shape_shows_its_due_day_the_day_after_a_change_and_a_waiver(shape: Shape) -> None:
    shown = [
        " ".join(example.name or "" for example in duty.examples)
        for duty in of_large()
        if shape in shapes_of(duty)
    ]
    assert any(all(edge in names for edge in EDGES) for names in shown)
