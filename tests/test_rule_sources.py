"""Whether the rules of the shipped documents say what their sources say, and leave nothing open.

`tests/source_pieces/` holds the sentences of the sources that the rules quote, as they stand there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from rules.duty import Duty
from rules.frequency import Shape
from rules.loader import BUILTIN, load_rulebook

HERE = Path(__file__).parent
PIECES = HERE / "source_pieces"
CLAUSES = HERE.parent / "docs" / "clauses"

DOCUMENTS = ("park_2022", "binhai_2020", "responsibility_2023", "town_2021")
"""The short documents, by folder."""

NEVER_OWED = {
    "park_2022.key_tasks.finish_pilots": "its day lies before the document's signing",
    "park_2022.key_tasks.hold_safety_month": "three of its thirty days are in force",
}
"""Duties that are always exempt, so that no example can be met; each says so in its note."""

NAMES = frozenset(
    (
        "c67d5b2c0c35c3ca",
        "92a054e84d6e2e13",
        "243d0a7eae47fd73",
        "02c361bc3329432b",
        "f8ca549542db2a96",
        "6134582d6b094c14",
        "4c6d0c4fa92c2069",
        "d612cf4a67109840",
        "0a7baa50ad2b4f24",
        "cec115f408f65fd0",
        "4356d4d2a886ff4e",
        "d4ed8dd584b07e83",
        "644254ee2ef4825f",
    )
)
"""SHA-256, cut short, of the people's names in the sources, so that no name stands here either."""


@dataclass(frozen=True)
class Row:
    """A line of a clause table: what became of one piece of the source."""

    clause: str
    text: str
    outcome: str
    duty: str
    reason: str


@cache
def shipped() -> tuple[Duty, ...]:
    """The duties of the short documents."""
    duties = load_rulebook([BUILTIN]).duties
    return tuple(duty for duty in duties if duty.document in DOCUMENTS)


def rows_of(document: str) -> list[Row]:
    """The clause table of a document, in the source's order."""
    lines = (CLAUSES / f"{document}.md").read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ]
    assert cells[0] == ["条款", "原文", "结论", "规则", "不收的理由"]
    return [Row(row[0], row[1], row[2], row[3].strip("`"), row[4]) for row in cells[2:]]


@pytest.mark.parametrize("duty", shipped(), ids=lambda duty: duty.id)
def test_each_quote_stands_in_its_source(duty: Duty) -> None:
    pieces = (PIECES / f"{duty.document}.txt").read_text(encoding="utf-8").splitlines()
    for source in duty.sources:
        assert any(source.quote in piece for piece in pieces), source.quote


@pytest.mark.parametrize("duty", shipped(), ids=lambda duty: duty.id)
def test_each_duty_has_an_example_that_is_met_and_one_that_is_not(duty: Duty) -> None:
    states = {state for example in duty.examples for state in example.expect.values()}
    if duty.frequency.shape is Shape.TO_BE_RULED:
        assert states == {"to_be_ruled"}
        assert duty.note
    elif duty.id in NEVER_OWED:
        assert states == {"exempt"}
        assert duty.note and "总是免除" in duty.note
    else:
        assert {"met", "overdue"} <= states


@pytest.mark.parametrize("duty", shipped(), ids=lambda duty: duty.id)
def test_titles_and_clauses_are_printed_with_full_width_marks(duty: Duty) -> None:
    for text in (duty.title, *(source.clause for source in duty.sources)):
        assert not re.search(r"[\u4e00-\u9fff][,;:()]|[,;:()][\u4e00-\u9fff]", text), text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_sentence_of_a_clause_table_is_open(document: str) -> None:
    rows = rows_of(document)
    assert rows
    for row in rows:
        assert row.clause and row.text
        assert row.outcome in ("职责", "待裁定", "不收"), row
        assert (row.outcome == "不收") == (row.duty == "—") == bool(row.reason), row


@pytest.mark.parametrize("document", DOCUMENTS)
def test_clause_tables_and_rules_name_the_same_places(document: str) -> None:
    listed = {
        (row.duty, row.clause, row.text, row.outcome == "待裁定")
        for row in rows_of(document)
        if row.outcome != "不收"
    }
    ruled = {
        (duty.id, source.clause, source.quote, duty.frequency.shape is Shape.TO_BE_RULED)
        for duty in shipped()
        if duty.document == document
        for source in duty.sources
    }
    assert listed == ruled


def test_every_kind_of_the_vocabulary_is_asked_for_by_a_rule_or_stands_over_one() -> None:
    rulebook = load_rulebook([BUILTIN])
    asked = {kind for duty in rulebook.duties if duty.activity for kind in duty.activity.kind}
    reached = {wider for kind in asked for wider in rulebook.vocabulary.wider_kinds[kind]}
    assert reached == set(rulebook.vocabulary.kinds)


def test_no_name_of_a_person_in_the_sources_stands_in_rules_tables_or_pieces() -> None:
    files = [
        *(path for document in DOCUMENTS for path in sorted((BUILTIN / document).glob("*.yaml"))),
        *(CLAUSES / f"{document}.md" for document in DOCUMENTS),
        *(PIECES / f"{document}.txt" for document in DOCUMENTS),
    ]
    for path in files:
        # Some characters of the sources carry their reading in brackets.
        text = re.sub(r"\([^\u4e00-\u9fff]*?\)", "", path.read_text(encoding="utf-8"))
        for run in re.findall(r"[\u4e00-\u9fff]+", text):
            for length in (2, 3):
                for at in range(len(run) - length + 1):
                    digest = sha256(run[at : at + length].encode()).hexdigest()[:16]
                    assert digest not in NAMES, f"{path.name}: {run[:at]}…"
