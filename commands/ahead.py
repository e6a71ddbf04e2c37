"""Commands about what lies ahead: calendar, handover."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.numbered import numbered
from commands.options import ALL, AS_OF, JSON, KNOWN_ON, SPAN, UNIT, Day
from commands.screen import console, tell


@click.command("calendar", cls=Command)
@AS_OF
@SPAN
@UNIT
@ALL
@JSON
@with_edge
def calendar(
    edge: Edge, as_of: date | None, span: str | None, unit: str | None, every: bool, as_json: bool
) -> None:
    """Show what is due when, and the working days behind it."""
    from reports.calendar.text import due_in, print_calendar
    from reports.jsonio import dump_json, verdict_json
    from services.ahead import calendar as asked

    it = asked(edge.office(), edge.when(as_of), span, unit)
    if as_json:
        due = due_in(it.world, it.judged, it.span)
        tell(dump_json([verdict_json(one) for one in due]), nl=False)
        return
    with numbered(edge, it.world.as_of, None) as numbers:
        print_calendar(console(), it.world, it.judged, it.span, numbers, edge.lang, every=every)


@click.command("handover", cls=Command)
@click.argument("post", metavar="POST")
@click.option("--on", type=Day(), required=True, help="The day of the handover, which is judged.")
@KNOWN_ON
@click.option("--html", metavar="FILE", help="Write the sheet as a page to print and sign.")
@JSON
@with_edge
def handover(
    edge: Edge, post: str, on: date, known_on: date | None, html: str | None, as_json: bool
) -> None:
    """Show what passes on with a post: what runs, what is left undone, what comes next."""
    from reports.handover.as_json import handover_json
    from reports.handover.words import handover_sheet, print_handover
    from reports.jsonio import dump_json
    from services.ahead import handover as asked
    from services.ahead import handover_page
    from services.papers import write_paper

    office = edge.office()
    it = asked(office, edge.when(on, known_on), post)
    sheet = handover_sheet(it, edge.lang)
    if html:
        write_paper(Path(html), handover_page(office, sheet, edge.lang), "handover")
    if as_json:
        tell(dump_json(handover_json(it)), nl=False)
    else:
        with numbered(edge, on, known_on) as numbers:
            print_handover(console(), sheet, numbers, edge.lang)
