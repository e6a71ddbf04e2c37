"""What became of a document's sentences: what `dutyclock rules coverage` prints, and its JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.i18n import Lang, translator
from reports.rules.rule_words import OUTCOMES
from reports.tables import print_line
from rules.coverage import Coverage, Outcome, Passage, Sentence, Told
from rules.rulebook import Rulebook

if TYPE_CHECKING:
    from rich.console import Console

STYLES = {Outcome.OPEN: "bold red", Outcome.TO_BE_RULED: "yellow", Outcome.RULED_OUT: "dim"}


def told_text(rulebook: Rulebook, told: Told, lang: Lang = "zh") -> list[str]:
    """Which document the text is, by what that was recognised, and whether its version differs."""
    _ = translator(lang)
    if told.document is None:
        return [_("a new document: no rules quote it, so every mark is open")]
    document = rulebook.documents[told.document]
    number = _(" ({number})").format(number=document.number) if document.number else ""
    by = {
        "asked": _("as asked"),
        "number": _("told by its number"),
        "title": _("told by its title"),
        "quotes": _("told by the quotes found in it"),
    }[told.by]
    lines = [
        _("{document} 《{title}》{number}: {by}").format(
            document=told.document, title=document.title, number=number, by=by
        )
    ]
    found = _("{found} of the {quotes} quotes of its rules stand in the text")
    lines.append(found.format(found=told.found, quotes=told.quotes))
    if told.found < told.quotes:
        lines.append(_("so the text is another version than the one the rules were written from"))
    return lines


def counts_text(covered: Coverage, lang: Lang = "zh") -> str:
    """How many sentences have a mark and what became of them; how many are quoted without one."""
    _ = translator(lang)
    parts = (f"{OUTCOMES[outcome].in_(lang)} {count}" for outcome, count in covered.counts.items())
    total = _("{count} sentences with a mark").format(count=len(covered.sentences))
    words = total + _(": ") + _(", ").join(parts)
    others = len(covered.read) - len(covered.sentences)
    if others:
        words += _("; {count} more are quoted and have none").format(count=others)
    return words


def print_coverage(
    console: Console,
    rulebook: Rulebook,
    told: Told,
    covered: Coverage,
    lang: Lang = "zh",
    *,
    whole: bool = False,
) -> None:
    """Prints the open sentences, or all of them; the quotes without a place; the counts."""
    _ = translator(lang)
    for line in told_text(rulebook, told, lang):
        print_line(console, line)
    shown = covered.sentences if whole else covered.open
    if shown:
        print_line(console)
    for sentence in shown:
        outcome = sentence.outcome
        word = OUTCOMES[outcome].in_(lang)
        print_line(console, f"{sentence.line}: [{word}] {marked(sentence)}", STYLES.get(outcome))
        if whole:
            for passage in passages_of(sentence):
                print_line(console, f"    {passage_text(passage, lang)}", "dim")
    for title, passages in (
        (_("Quotes of the rules that are not in the text:"), covered.missing),
        (_("Quotes that the rules have more often than the text:"), covered.surplus),
    ):
        if passages:
            print_line(console)
            print_line(console, title)
            for passage in passages:
                print_line(console, f"  “{passage.quote}”")
                print_line(console, f"    {passage_text(passage, lang)}", "dim")
    print_line(console)
    print_line(console, counts_text(covered, lang))
    if not whole and len(covered.open) < len(covered.sentences):
        print_line(console, _("--all shows every sentence, --html FILE the whole text"))


def marked(sentence: Sentence) -> str:
    """The sentence in one line, with its open marks in 【】."""
    text, at, out = sentence.text, 0, ""
    for mark in sentence.open:
        first, last = mark.first - sentence.first, mark.last - sentence.first
        out += f"{text[at:first]}【{text[first:last]}】"
        at = last
    return " ".join((out + text[at:]).split())


def passages_of(sentence: Sentence) -> list[Passage]:
    """The passages over a sentence, each once."""
    return list(dict.fromkeys(one.passage for one in sentence.settled))


def passage_text(passage: Passage, lang: Lang = "zh") -> str:
    """What became of a passage: clause, and its duties or the reason."""
    _ = translator(lang)
    said = _(", ").join(passage.duties) or passage.reason
    return f"{OUTCOMES[passage.outcome].in_(lang)}{_(', ')}{passage.clause}{_(': ')}{said}"


def coverage_json(told: Told, text: str, covered: Coverage) -> dict[str, Any]:
    """All of it as plain values: what `--json` prints."""
    return {
        "document": told.document,
        "told_by": told.by,
        "quotes": told.quotes,
        "quotes_found": told.found,
        "counts": {
            "sentences": len(covered.sentences),
            **{outcome.value: count for outcome, count in covered.counts.items()},
        },
        "sentences": [
            {
                "line": one.line,
                "first": one.first,
                "text": one.text.strip(),
                "outcome": one.outcome.value,
                "marks": [
                    {
                        "text": text[mark.first : mark.last],
                        "sort": mark.sort.value,
                        "open": mark in one.open,
                    }
                    for mark in one.marks
                ],
                "passages": [_passage_json(passage) for passage in passages_of(one)],
            }
            for one in covered.sentences
        ],
        "missing": [_passage_json(passage) for passage in covered.missing],
        "surplus": [_passage_json(passage) for passage in covered.surplus],
    }


def _passage_json(passage: Passage) -> dict[str, Any]:
    return {
        "clause": passage.clause,
        "quote": passage.quote,
        "outcome": passage.outcome.value,
        "duties": list(passage.duties),
        "reason": passage.reason or None,
    }
