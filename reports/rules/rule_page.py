"""A document's duties as a page: who owes which, on whose words, and what was ruled out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reports.i18n import Lang, translator
from reports.render import environment, rendered
from reports.rules.rule_words import DutyWords, RuleWords
from rules.rulebook import Rulebook

Form = Literal["html", "md"]


@dataclass(frozen=True)
class HolderGroup:
    """Who owes them, and the duties, in the document's order."""

    holder: str
    duties: tuple[DutyWords, ...]


@dataclass(frozen=True)
class RuledOutRow:
    """A passage that was read and is no duty."""

    clause: str
    quote: str
    reason: str


@dataclass(frozen=True)
class DocumentPage:
    """One document as its page shows it; a text is empty where there is nothing to say."""

    id: str
    title: str
    number: str
    issuer: str
    days: str
    note: str
    counts: str
    groups: tuple[HolderGroup, ...]
    ruled_out: tuple[RuledOutRow, ...]


def document_page(words: RuleWords, document: str) -> DocumentPage:
    """What the page of a document shows. Groups stand in the order of their first duties."""
    rulebook, _ = words.rulebook, translator(words.lang)
    text = rulebook.documents[document]
    duties = [duty for duty in rulebook.duties if duty.document == document]
    days = (_("from {first} on") if text.last is None else _("{first} to {last}")).format(
        first=text.first, last=text.last
    )
    groups: dict[str, list[DutyWords]] = {}
    for duty in duties:
        one = words.duty(duty)
        if one.days == days:
            one = replace(one, days="")  # what holds of the whole document is said once
        groups.setdefault(one.holder, []).append(one)
    ruled_out = tuple(
        RuledOutRow(one.clause, one.quote, one.reason)
        for _part, one in rulebook.ruled_out.get(document, ())
    )
    counts = _("{duties} duties, {unclear} of them to be ruled; {ruled_out} passages ruled out")
    return DocumentPage(
        id=document,
        title=text.title,
        number=text.number or "",
        issuer=text.issuer or "",
        days=days,
        note=text.note or "",
        counts=counts.format(
            duties=len(duties),
            unclear=sum(duty.is_to_be_ruled for duty in duties),
            ruled_out=len(ruled_out),
        ),
        groups=tuple(HolderGroup(holder, tuple(found)) for holder, found in groups.items()),
        ruled_out=ruled_out,
    )


def rule_page(
    rulebook: Rulebook, documents: Sequence[str], form: Form = "html", lang: Lang = "zh"
) -> str:
    """The page of these documents, one after the other, as HTML or Markdown."""
    words = RuleWords(rulebook, lang)
    pages = [document_page(words, document) for document in documents]
    made = environment(lang)
    made.filters["cell"] = cell
    return rendered(made, [f"rules.{form}.j2"], pages=pages)


def cell(text: str) -> str:
    """The text as it may stand in a cell of a Markdown table."""
    plain = " ".join(text.split())
    for char in "\\|<`*_":
        plain = plain.replace(char, f"\\{char}" if char != "<" else "&lt;")
    return plain
