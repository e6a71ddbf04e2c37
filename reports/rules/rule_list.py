"""The duties by document and list: what `dutyclock rules list` prints."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from reports.i18n import Lang, translator
from reports.rules.rule_words import RuleWords
from reports.tables import Column, print_line, print_table
from rules.duty import Duty
from rules.rulebook import Rulebook

if TYPE_CHECKING:
    from rich.console import Console


def print_duties(
    console: Console, rulebook: Rulebook, duties: Sequence[Duty], lang: Lang = "zh"
) -> None:
    """Prints the duties in their order, a table for each list, and how many there are."""
    _ = translator(lang)
    words = RuleWords(rulebook, lang)
    columns = [Column(_("id")), Column(_("duty")), Column(_("owed by")), Column(_("measure"))]
    for document, found in groupby(duties, key=lambda duty: duty.document):
        text = rulebook.documents[document]
        print_line(console, f"{document}  《{text.title}》 {text.number or ''}".rstrip(), "bold")
        for part, inner in groupby(found, key=lambda duty: duty.id.rpartition(".")[0]):
            rows = [
                (one.id, one.title, one.holder, one.mark or one.measure)
                for one in words.duties(list(inner))
            ]
            print_table(console, _list_title(rulebook, part, len(rows), lang), columns, rows)
    total = _("{duties} duties of {documents} documents").format(
        duties=len(duties), documents=len({duty.document for duty in duties})
    )
    print_line(console, total)


def _list_title(rulebook: Rulebook, part: str, count: int, lang: Lang) -> str:
    _ = translator(lang)
    one = rulebook.lists[part]
    place = _(" ({number})").format(number=one.place) if one.place else ""
    return f"{part}  {one.name}{place}{_('; ')}{_('duties: {count}').format(count=count)}"
