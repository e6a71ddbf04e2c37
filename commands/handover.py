"""The command for a change of post: handover."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from commands.edge import Day, Edge, with_edge
from commands.words import Command


@click.command("handover", cls=Command)
@click.argument("post", metavar="POST")
@click.option("--on", type=Day(), required=True, help="The day of the handover, which is judged.")
@click.option("--known-on", type=Day(), help="With what was recorded by the end of this day.")
@click.option("--html", metavar="FILE", help="Write the sheet as a page to print and sign.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
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
        click.echo(dump_json(handover_json(it)), nl=False)
    else:
        print_handover(edge.console(), sheet, edge.lang)
