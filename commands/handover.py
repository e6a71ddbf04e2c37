"""The command for a change of post: handover."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from commands.edge import Day, Edge, with_edge
from commands.papers import own_templates, write_text
from commands.words import Command
from problems import BadInput, Place, Problem, did_you_mean


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
    from engine.calendar.periods import Period
    from engine.judging.audit import judge_all, world_of
    from reports.handover.facts import AHEAD, NobodyThere, handover_json, handover_of
    from reports.handover.words import handover_html, handover_sheet, print_handover
    from reports.jsonio import dump_json

    rulebook = edge.rulebook()
    records = edge.store().read_records(known_on)
    if post not in records.posts:
        titles = {row.title: row.post for row in records.posts.values() if row.title}
        hint = f"'{post}' is a title; its id is '{titles[post]}'" if post in titles else ""
        hint = hint or did_you_mean(post, records.posts) or "POST is the id of a post"
        raise BadInput([Problem(Place("POST"), f"there is no post '{post}'", hint)])
    world = world_of(rulebook, records, on, Period(on, on + AHEAD))
    judged = judge_all(world, unit=records.posts[post].unit)
    try:
        it = handover_of(world, judged, post)
    except NobodyThere as error:
        held = [f"{one.person} {one.first}..{one.last or ''}" for one in error.held[-5:]]
        message = f"nobody holds or takes the post '{post}' around {on}"
        hint = f"its appointments: {', '.join(held)}" if held else "'dutyclock appoint' enters one"
        raise BadInput([Problem(Place("--on"), message, hint)]) from None
    sheet = handover_sheet(it, edge.lang)
    if html:
        templates = edge.templates()
        with own_templates(templates):
            page = handover_html(sheet, edge.lang, templates)
        write_text(Path(html), page)
    if as_json:
        click.echo(dump_json(handover_json(it)), nl=False)
    else:
        print_handover(edge.console(), sheet, edge.lang)
