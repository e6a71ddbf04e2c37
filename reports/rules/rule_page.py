"""A document's duties as a page, or as one page a list: who owes which, on whose words.

What was read and is no duty stands there with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jinja2 import Environment

from reports.i18n import Lang, translator
from reports.render import environment, rendered
from reports.rules.rule_words import DutyWords, RuleWords
from rules.duty import Duty
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
    """One document, or a list of one, as its page shows it; a text is empty where there is nothing
    to say. `part_of` is the title of the document whose list it is.
    """

    id: str
    title: str
    number: str
    issuer: str
    days: str
    note: str
    counts: str
    groups: tuple[HolderGroup, ...]
    ruled_out: tuple[RuledOutRow, ...]
    part_of: str = ""


@dataclass(frozen=True)
class ListRow:
    """A list of a document in the index of its pages."""

    file: str
    name: str
    place: str
    duties: int
    to_be_ruled: int
    ruled_out: int


INDEX = "README.md"
"""The index of a document's lists; what hosts of code show of a folder."""


def document_page(words: RuleWords, document: str, part: str | None = None) -> DocumentPage:
    """What the page of a document shows, or of a part of it: a list by the first two parts of its
    duties' ids, or "" for what stands in no list. Groups are in the order of their first duties.
    """
    rulebook, _ = words.rulebook, translator(words.lang)
    text = rulebook.documents[document]
    duties = [
        duty
        for duty in rulebook.duties
        if duty.document == document and part in (None, _list_of(duty))
    ]
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
        for stands_in, one in rulebook.ruled_out.get(document, ())
        if part in (None, stands_in)
    )
    whole = rulebook.lists.get(part or "")
    counts = _("{duties} duties, {unclear} of them to be ruled; {ruled_out} passages ruled out")
    return DocumentPage(
        id=document,
        title=whole.name if whole else text.title,
        number=(whole.place if whole else text.number) or "",
        issuer="" if whole else text.issuer or "",
        days=days,
        note="" if whole else text.note or "",
        counts=counts.format(
            duties=len(duties),
            unclear=sum(duty.is_to_be_ruled for duty in duties),
            ruled_out=len(ruled_out),
        ),
        groups=tuple(HolderGroup(holder, tuple(found)) for holder, found in groups.items()),
        ruled_out=ruled_out,
        part_of=text.title if whole else "",
    )


def _list_of(duty: Duty) -> str:
    return duty.id.rpartition(".")[0]


def list_pages(rulebook: Rulebook, document: str, lang: Lang = "zh") -> dict[str, str]:
    """Markdown pages of a document by file name: the index first, then one page a list."""
    words = RuleWords(rulebook, lang)
    made = _environment(lang)
    rows, pages = [], {}
    for part, one in rulebook.lists.items():
        if part.partition(".")[0] != document:
            continue
        file, page = f"{part.partition('.')[2]}.md", document_page(words, document, part)
        duties = [duty for duty in rulebook.duties if _list_of(duty) == part]
        unclear = sum(duty.is_to_be_ruled for duty in duties)
        row = ListRow(file, one.name, one.place or "", len(duties), unclear, len(page.ruled_out))
        rows.append(row)
        pages[file] = rendered(made, ["rules.md.j2"], pages=[page])
    whole = replace(document_page(words, document), groups=())
    own = document_page(words, document, "").ruled_out
    index = rendered(made, ["rule_lists.md.j2"], page=replace(whole, ruled_out=own), rows=rows)
    return {INDEX: index, **pages}


def rule_page(
    rulebook: Rulebook, documents: Sequence[str], form: Form = "html", lang: Lang = "zh"
) -> str:
    """The page of these documents, one after the other, as HTML or Markdown."""
    words = RuleWords(rulebook, lang)
    pages = [document_page(words, document) for document in documents]
    made = _environment(lang)
    return rendered(made, [f"rules.{form}.j2"], pages=pages)


def _environment(lang: Lang) -> Environment:
    made = environment(lang)
    made.filters["cell"] = cell
    return made


def cell(text: str) -> str:
    """The text as it may stand in a cell of a Markdown table."""
    plain = " ".join(text.split())
    for char in "\\|<`*_":
        plain = plain.replace(char, f"\\{char}" if char != "<" else "&lt;")
    return plain
