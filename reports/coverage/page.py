"""A whole document with what became of its sentences, as a page that a person checks it on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.coverage.text import counts_text, passage_text, passages_of, told_text
from reports.i18n import Lang
from reports.render import environment, rendered
from reports.rules.rule_words import OUTCOMES, DutyWords, RuleWords
from rules.coverage import Coverage, Outcome, Sentence, Told
from rules.rulebook import Rulebook


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one style: of a quote with this outcome, of a mark, of an open mark."""

    text: str
    quoted: str = ""
    is_mark: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class NoteRow:
    """What stands beside a sentence for one passage over it."""

    outcome: str
    word: str
    clause: str
    duties: tuple[DutyWords, ...]
    reason: str


@dataclass(frozen=True)
class Row:
    """A sentence with what became of it, or the text up to the next such sentence.

    `line` is 0 where it goes on in the same line; `said_before` names the row that has its notes.
    """

    id: str
    line: int
    outcome: str
    word: str
    pieces: tuple[Piece, ...]
    notes: tuple[NoteRow, ...] = ()
    said_before: str = ""

    @property
    def text(self) -> str:
        """Its words, in one line."""
        return " ".join("".join(piece.text for piece in self.pieces).split())


@dataclass(frozen=True)
class OutcomeGroup:
    """The rows with one outcome, for the summary."""

    outcome: str
    word: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """All that the page shows."""

    title: str
    told: tuple[str, ...]
    counts: str
    groups: tuple[OutcomeGroup, ...]
    rows: tuple[Row, ...]
    duties: tuple[tuple[DutyWords, tuple[Row, ...]], ...]
    missing: tuple[tuple[str, str], ...]
    surplus: tuple[tuple[str, str], ...]


def coverage_html(
    rulebook: Rulebook, told: Told, name: str, text: str, covered: Coverage, lang: Lang = "zh"
) -> str:
    """The page. `name` is the file's, for a document that the rules don't have."""
    page = page_of(rulebook, told, name, text, covered, lang)
    return rendered(environment(lang), ["coverage.html.j2"], page=page)


def page_of(
    rulebook: Rulebook, told: Told, name: str, text: str, covered: Coverage, lang: Lang = "zh"
) -> Page:
    """What the page shows: the text row by row, and what leads to it."""
    words = RuleWords(rulebook, lang)
    duties = {duty.id: words.duty(duty) for duty in rulebook.duties}
    rows = tuple(_rows(text, covered.read, duties, lang))
    groups = tuple(
        OutcomeGroup(outcome.value, OUTCOMES[outcome].in_(lang), tuple(found))
        for outcome in Outcome
        if (found := [row for row in rows if row.outcome == outcome.value])
    )
    places: dict[str, list[Row]] = {}
    for row in rows:
        for note in row.notes:
            for duty in note.duties:
                places.setdefault(duty.id, []).append(row)
    return Page(
        title=rulebook.documents[told.document].title if told.document else name,
        told=tuple(told_text(rulebook, told, lang)),
        counts=counts_text(covered, lang),
        groups=groups,
        rows=rows,
        duties=tuple(
            (duties[duty.id], tuple(places[duty.id]))
            for duty in rulebook.duties
            if duty.id in places
        ),
        missing=tuple((one.quote, passage_text(one, lang)) for one in covered.missing),
        surplus=tuple((one.quote, passage_text(one, lang)) for one in covered.surplus),
    )


def _rows(
    text: str, read: Sequence[Sentence], duties: dict[str, DutyWords], lang: Lang
) -> Iterator[Row]:
    """The whole text in order: the sentences that were read, and what stands between them."""
    at, line = 0, 1
    seen: dict[tuple[object, ...], str] = {}
    for number, sentence in enumerate(read, 1):
        yield from _between(text, at, sentence.first, line)
        begins = at == 0 or "\n" in text[max(at - 1, 0) : sentence.first]
        passages = passages_of(sentence)
        notes = tuple(
            NoteRow(
                passage.outcome.value,
                OUTCOMES[passage.outcome].in_(lang),
                passage.clause,
                tuple(duties[duty] for duty in passage.duties),
                passage.reason,
            )
            for passage in passages
        )
        name = f"s{number}"
        # A quote may run over several sentences: its note stands beside the first of them.
        before = seen.get((*passages,), "") if sentence.outcome is not Outcome.OPEN else ""
        seen = {(*passages,): before or name}
        yield Row(
            name,
            sentence.line if begins and _is_new_line(text, sentence.first) else 0,
            sentence.outcome.value,
            OUTCOMES[sentence.outcome].in_(lang),
            tuple(_pieces(sentence)),
            () if before else notes,
            before,
        )
        at, line = sentence.first + len(sentence.text), sentence.line
    yield from _between(text, at, len(text), line)


def _is_new_line(text: str, first: int) -> bool:
    return first == 0 or text[first - 1] == "\n"


def _between(text: str, first: int, last: int, line: int) -> Iterator[Row]:
    """The lines of text between two sentences; blank ones are left out."""
    at = first
    for part in text[first:last].split("\n"):
        if part.strip():
            number = line if _is_new_line(text, at) else 0
            yield Row("", number, "", "", (Piece(part),))
        at += len(part) + 1
        line += 1


def _pieces(sentence: Sentence) -> Iterator[Piece]:
    """The sentence cut into pieces of one style."""
    looks: list[tuple[str, bool, bool]] = [("", False, False)] * len(sentence.text)
    for one in sorted(sentence.settled, key=lambda one: -_rank(one.passage.outcome)):
        first = max(one.first - sentence.first, 0)
        last = min(one.last - sentence.first, len(sentence.text))
        looks[first:last] = [(one.passage.outcome.value, False, False)] * (last - first)
    for mark in sentence.marks:
        for at in range(mark.first - sentence.first, mark.last - sentence.first):
            looks[at] = (looks[at][0], True, mark in sentence.open)
    for look, group in groupby(zip(sentence.text, looks, strict=True), key=lambda pair: pair[1]):
        yield Piece("".join(char for char, _ in group), *look)


def _rank(outcome: Outcome) -> int:
    return list(Outcome).index(outcome)
