"""What became of each sentence of a document that may hide a duty: the reader's proof.

A mark (`rules/duty_marks.py`) is settled where a quote stands over it: a duty's own, or that of a
passage which was ruled out with its reason. Every other one is open.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from statistics import median_low
from typing import Literal

from rules.duty_marks import Mark, Plain, marks_of
from rules.rulebook import Rulebook

_SENTENCE = re.compile(r"[^\n。;；!！?？]*[。;；!！?？]?")


class Outcome(StrEnum):
    """What became of a sentence; the first of them that holds of one of its passages."""

    OPEN = "open"
    DUTY = "duty"
    TO_BE_RULED = "to_be_ruled"
    RULED_OUT = "ruled_out"


@dataclass(frozen=True)
class Passage:
    """One place of a document that was read: what it became, a duty's ids or the reason for none.

    Exactly one of `duties` and `reason` is given. `part` is the list that has it, if one has;
    `to_be_ruled` says that all of its duties are.
    """

    clause: str
    quote: str
    duties: tuple[str, ...] = ()
    reason: str = ""
    part: str = ""
    to_be_ruled: bool = False

    @property
    def outcome(self) -> Outcome:
        """What it makes of a sentence."""
        if self.to_be_ruled:
            return Outcome.TO_BE_RULED
        return Outcome.DUTY if self.duties else Outcome.RULED_OUT


@dataclass(frozen=True)
class Settled:
    """A stretch of the text, from `first` up to and without `last`, and the passage over it."""

    first: int
    last: int
    passage: Passage


@dataclass(frozen=True)
class Sentence:
    """A sentence: its line from 1, where it begins in the text, its words, marks and passages."""

    line: int
    first: int
    text: str
    marks: tuple[Mark, ...]
    settled: tuple[Settled, ...]

    @cached_property
    def open(self) -> tuple[Mark, ...]:
        """The marks that no passage stands over."""
        return tuple(
            mark
            for mark in self.marks
            if not any(one.first <= mark.first and mark.last <= one.last for one in self.settled)
        )

    @property
    def outcome(self) -> Outcome:
        """What became of it: open while any mark is, else a duty where one of its passages is."""
        if self.open:
            return Outcome.OPEN
        found = {one.passage.outcome for one in self.settled}
        return next(outcome for outcome in Outcome if outcome in found)


@dataclass(frozen=True)
class Coverage:
    """A whole text: its sentences, and the passages that it has no place for.

    `read` has the sentences with a mark or a passage. The quote of a `missing` passage is not in
    the text; that of one in `surplus` is, but others with the same quote have all its places.
    """

    read: tuple[Sentence, ...]
    settled: tuple[Settled, ...] = ()
    missing: tuple[Passage, ...] = ()
    surplus: tuple[Passage, ...] = ()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences with a mark."""
        return tuple(sentence for sentence in self.read if sentence.marks)

    @property
    def open(self) -> tuple[Sentence, ...]:
        """The sentences with a mark that nothing settles."""
        return tuple(sentence for sentence in self.sentences if sentence.open)

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        """How many sentences each outcome has, in the order of the outcomes."""
        found = Counter(sentence.outcome for sentence in self.sentences)
        return {outcome: found[outcome] for outcome in Outcome}


@dataclass(frozen=True)
class Told:
    """Which document of the rules a text is, and by what that was told.

    `document` is None for one that the rules do not have. `found` of its `quotes` are in the text.
    """

    document: str | None
    by: Literal["asked", "number", "title", "quotes", "nothing"]
    found: int = 0
    quotes: int = 0


def passages(rulebook: Rulebook, document: str) -> tuple[Passage, ...]:
    """The places of a document that duties quote or that were ruled out; each place once."""
    duties: dict[tuple[str, str], list[str]] = {}
    # An office's ruling changes what is owed, not what the text says.
    unclear = {duty.id for duty in rulebook.duties if duty.is_to_be_ruled}
    for duty in rulebook.duties:
        for source in duty.sources:
            if (source.document or duty.document) == document:
                duties.setdefault((source.clause, source.quote), []).append(duty.id)
    found = [
        Passage(
            clause,
            quote,
            tuple(ids),
            part=ids[0].rpartition(".")[0] if ids[0].startswith(f"{document}.") else "",
            to_be_ruled=unclear.issuperset(ids),
        )
        for (clause, quote), ids in duties.items()
    ]
    ruled_out = rulebook.ruled_out.get(document, ())
    return (
        *found,
        *(Passage(one.clause, one.quote, (), one.reason, part) for part, one in ruled_out),
    )


def document_of(rulebook: Rulebook, text: str, asked: str | None = None) -> Told:
    """Which document the text is: the one `asked` for, else the one whose quotes it has.

    A fifth of the quotes is enough, or a single one where the text has the number or title too: a
    number alone may only be cited. Of several the one with the largest share is taken.
    """
    plain = Plain.of(text)
    best = Told(None, "nothing")
    for name, document in rulebook.documents.items():
        if asked is not None and name != asked:
            continue
        quotes = {passage.quote for passage in passages(rulebook, name)}
        found = sum(bool(plain.places(quote)) for quote in quotes)
        by: Literal["asked", "number", "title", "quotes", "nothing"] = "nothing"
        if asked is not None:
            return Told(name, "asked", found, len(quotes))
        if found and document.number and plain.places(document.number):
            by = "number"
        elif found and plain.places(document.title):
            by = "title"
        elif found * 5 >= len(quotes) > 0:
            by = "quotes"
        if by != "nothing" and found * max(best.quotes, 1) > best.found * len(quotes):
            best = Told(name, by, found, len(quotes))
    return best


def cover(text: str, passages: Sequence[Passage]) -> Coverage:
    """What became of each sentence of `text` that has a mark, in the text's order.

    A place is taken by one passage of the same quote only, so that a repeated sentence needs a
    passage for each of its places: see `_placed`.
    """
    settled, missing, surplus = _placed(Plain.of(text), passages)
    return Coverage(
        tuple(_sentences(text, settled)), tuple(settled), tuple(missing), tuple(surplus)
    )


def _placed(
    plain: Plain, passages: Sequence[Passage]
) -> tuple[list[Settled], list[Passage], list[Passage]]:
    """Where each passage stands, in the text's order; those whose quote is not there, or used up.

    A quote that stands there once says where its list and clause are. One that stands there more
    often takes the nearest free place among them that is not settled yet, else the nearest free
    one. Longer quotes go first, as shorter ones may be parts of them.
    """
    settled: list[Settled] = []
    missing: list[Passage] = []
    surplus: list[Passage] = []
    near: dict[tuple[str, str], list[int]] = defaultdict(list)
    free = {quote: list(plain.places(quote)) for quote in {one.quote for one in passages}}
    uses = Counter(one.quote for one in passages)
    repeated = []
    for passage in passages:
        if not free[passage.quote]:
            missing.append(passage)
        elif len(free[passage.quote]) == uses[passage.quote] == 1:
            first, last = free[passage.quote][0]
            settled.append(Settled(first, last, passage))
            for key in _neighbourhoods(passage):
                near[key].append(first)
        else:
            repeated.append(passage)
    sure = sorted(settled, key=lambda one: one.first)
    for passage in sorted(repeated, key=lambda one: -len(one.quote)):
        places = free[passage.quote]
        if not places:
            surplus.append(passage)
            continue
        known = next((near[key] for key in _neighbourhoods(passage) if near[key]), None)
        unsettled = [
            place
            for place in places
            if not any(one.first <= place[0] and place[1] <= one.last for one in settled)
            and (known is None or _is_among(place[0], passage, sure))
        ]
        there = median_low(known) if known else 0
        place = min(unsettled or places, key=lambda spot: abs(spot[0] - there))
        places.remove(place)
        settled.append(Settled(*place, passage))
    settled.sort(key=lambda one: (one.first, one.last))
    return settled, missing, surplus


def _is_among(place: int, passage: Passage, sure: Sequence[Settled]) -> bool:
    """Whether the passage that surely stands nearest is of the same list, or of the same clause."""
    at = bisect(sure, place, key=lambda one: one.first)
    nearest = min(sure[max(at - 1, 0) : at + 1], key=lambda one: abs(one.first - place))
    return not set(_neighbourhoods(nearest.passage)).isdisjoint(_neighbourhoods(passage))


def _neighbourhoods(passage: Passage) -> tuple[tuple[str, str], ...]:
    """The names of where it stands, the narrowest first: its clause in its list, and its list."""
    inner = (passage.part, passage.clause)
    return (inner, (passage.part, "")) if passage.part else (inner,)


def _sentences(text: str, settled: Sequence[Settled]) -> Iterator[Sentence]:
    marks = list(marks_of(text))
    line, counted, at, ahead = 1, 0, 0, 0
    near: list[Settled] = []
    for found in _SENTENCE.finditer(text):
        first, last = found.span()
        own = []
        while at < len(marks) and marks[at].first < last:
            own.append(marks[at])
            at += 1
        while ahead < len(settled) and settled[ahead].first < last:
            near.append(settled[ahead])
            ahead += 1
        near = [one for one in near if one.last > first]
        if own or near:
            line += text.count("\n", counted, first)
            counted = first
            yield Sentence(line, first, found[0], tuple(own), tuple(near))
