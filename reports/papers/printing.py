"""Notices onto sheets: each set as loosely as it goes onto the sheets that it should stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from reports.i18n import LANGS, Lang
from reports.notice.context import Notice
from reports.own_templates import PaperToFill, filled
from reports.papers.context import PaperLayout, Tightness
from reports.papers.layout import MOST_IN_LETTER, layout_of
from reports.papers.pdf import Press, Printed

HALF_SHEET = 420.0
"""So far down, in points, a slip may reach that is half of a sheet."""


@dataclass(frozen=True)
class PrintedNotice:
    """A notice on sheets, and how tightly it was set."""

    layout: PaperLayout
    printed: Printed


def printed_notices(
    notices: Sequence[Notice], templates: Path | None, press: Press
) -> list[PrintedNotice]:
    """Each notice on sheets, in the order given. The office's own templates go before ours.

    Raises BadInput where one of these does not work.
    """
    found: dict[int, PrintedNotice] = {}
    steps = {at: _first_step(one) for at, one in enumerate(notices)}
    while steps:
        layouts = {at: layout_of(notices[at], step) for at, step in steps.items()}
        pages = _filled(layouts, templates)
        for at, layout in layouts.items():
            printed = press.set(pages[at])
            after = _next_step(layout)
            if after is None or _stands(layout, printed):
                found[at] = PrintedNotice(layout, printed)
                del steps[at]
            else:
                steps[at] = after
    return [found[at] for at in range(len(notices))]


def _first_step(notice: Notice) -> Tightness:
    many = len(notice.rows) > MOST_IN_LETTER and notice.form != "slip"
    return Tightness.ANNEX if many else Tightness.LOOSE


def _next_step(layout: PaperLayout) -> Tightness | None:
    """How it is set where it does not stand well yet; None where nothing more can be done."""
    if layout.tightness == Tightness.ANNEX or layout.notice.form == "red_head":
        return None
    return Tightness.ANNEX if layout.notice.form == "slip" else Tightness(layout.tightness + 1)


def _stands(layout: PaperLayout, printed: Printed) -> bool:
    """Whether a letter has all that is signed on its first sheet, and a slip is half of one. An
    office's own page that marks no place stands as it is.
    """
    sheet, down = printed.places.get("contact", (0, 0.0))
    return sheet == 0 and (layout.notice.form != "slip" or down <= HALF_SHEET)


def _filled(layouts: dict[int, PaperLayout], templates: Path | None) -> dict[int, str]:
    pages: dict[int, str] = {}
    for lang in LANGS:
        its_own = [at for at, one in layouts.items() if cast("Lang", one.notice.lang) == lang]
        papers = [
            PaperToFill(
                (f"paper-{layouts[at].notice.level}.html.j2", "paper.html.j2"),
                {"paper": layouts[at]},
            )
            for at in its_own
        ]
        pages |= zip(its_own, filled(papers, lang, templates) if papers else [], strict=True)
    return pages
