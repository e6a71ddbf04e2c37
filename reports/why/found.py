"""The verdicts that fit the words of a search, as a numbered table: what `why NAME` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.judging.verdict import Verdict
from engine.judging.world import World
from reports.codes import state_word
from reports.figures import NOTHING
from reports.i18n import Lang, translator
from reports.names import Names
from reports.numbered import RowNumbers, number_column
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console


def print_found(
    console: Console,
    world: World,
    verdicts: Sequence[Verdict],
    more: int,
    numbers: RowNumbers,
    lang: Lang = "zh",
) -> None:
    """Prints what fits, and how many `more` do that are not listed."""
    _, names = translator(lang), Names.of_world(world)
    rows = [
        [
            numbers.of(one.id),
            names.unit(one.unit),
            names.holder_post(one) or NOTHING,
            names.holder_person(one) or NOTHING,
            one.duty.title,
            one.called,
            one.due.isoformat() if one.due else NOTHING,
            state_word(one.state, lang),
        ]
        for one in verdicts
    ]
    headings = (_("unit"), _("post"), _("person"), _("duty"), _("period"), _("due"), _("state"))
    title = _("{count} obligations fit, as of {day}").format(
        count=len(verdicts) + more, day=world.as_of
    )
    print_table(console, title, [number_column(lang), *map(Column, headings)], rows)
    if more:
        print_line(console, _("and {count} more: say more words").format(count=more))
    print_line(console, _("Ask for one of them by its number: dutyclock why 1"))
