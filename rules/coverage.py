"""What became of each sentence of a document that may hide a duty: the reader's proof.

A mark (`rules/marks.py`) is settled where a quote stands over it: a duty's own, or that of a passage
which was ruled out with its reason. Every other one is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.marks import Mark, Plain, marks_of
from rules.rulebook import Rulebook

_SENTENCE = re.compile(r"[^\n。;；!！?？]*[。;；!！?？]?")


@dataclass(frozen=True)
class Passage:
    """One place of a document that was read: what it became, a duty's ids or the reason for none.

    `document` and `clause` say where; exactly one of `duties` and `reason` is given.
    """

    clause: str
    quote: str
    duties: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Settled:
    """A stretch of the text, from `first` up to and without `last`, and the passage over it."""

    first: int
    last: int
    passage: Passage


@dataclass(frozen=True)
class Sentence:
    """A sentence with marks: its line from 1, where it begins in the text, its words and marks."""

    line: int
    first: int
    text: str
    marks: tuple[Mark, ...]
    settled: tuple[Settled, ...]

    @property
    def open(self) -> tuple[Mark, ...]:
        """The marks that no passage stands over."""
        return tuple(
            mark
            for mark in self.marks
            if not any(one.first <= mark.first and mark.last <= one.last for one in self.settled)
        )


@dataclass(frozen=True)
class Coverage:
    """A whole text: its sentences with marks, and the passages whose quote is not in it."""

    sentences: tuple[Sentence, ...]
    missing: tuple[Passage, ...]

    @property
    def open(self) -> tuple[Sentence, ...]:
        """The sentences with a mark that nothing settles."""
        return tuple(sentence for sentence in self.sentences if sentence.open)


def passages(rulebook: Rulebook, document: str) -> tuple[Passage, ...]:
    """The places of a document that duties quote or that were ruled out; each place once."""
    duties: dict[tuple[str, str], list[str]] = {}
    for duty in rulebook.duties:
        for source in duty.sources:
            if (source.document or duty.document) == document:
                duties.setdefault((source.clause, source.quote), []).append(duty.id)
    found = [Passage(clause, quote, tuple(ids)) for (clause, quote), ids in duties.items()]
    ruled_out = rulebook.ruled_out.get(document, ())
    return (*found, *(Passage(one.clause, one.quote, (), one.reason) for one in ruled_out))


def cover(text: str, passages: Sequence[Passage]) -> Coverage:
    """What became of each sentence of `text` that has a mark, in the text's order.

    A quote that stands there more than once takes the first place that no other passage with the
    same quote has taken, so that a repeated sentence needs a passage for each of its places.
    """
    plain = Plain.of(text)
    taken: dict[str, int] = {}
    settled: list[Settled] = []
    missing: list[Passage] = []
    for passage in passages:
        spot = plain.find(passage.quote, taken.get(passage.quote, 0))
        if spot is None:
            missing.append(passage)
            continue
        first, last = spot
        taken[passage.quote] = last
        settled.append(Settled(plain.at[first], plain.at[last - 1] + 1, passage))
    settled.sort(key=lambda one: (one.first, one.last))
    return Coverage(tuple(_sentences(text, settled)), tuple(missing))


def _sentences(text: str, settled: Sequence[Settled]) -> Iterator[Sentence]:
    marks = sorted(marks_of(text), key=lambda mark: mark.first)
    line, counted, at = 1, 0, 0
    for found in _SENTENCE.finditer(text):
        first, last = found.span()
        own = []
        while at < len(marks) and marks[at].first < last:
            own.append(marks[at])
            at += 1
        if not own:
            continue
        line += text.count("\n", counted, first)
        counted = first
        over = tuple(one for one in settled if one.first < last and first < one.last)
        yield Sentence(line, first, found[0], tuple(own), over)
