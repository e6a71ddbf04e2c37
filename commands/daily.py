"""The lists of every day: today, silent, changes."""

from __future__ import annotations

from datetime import date

import click

from commands.bilingual import Command
from commands.cautions import caution
from commands.context import Edge, with_edge
from commands.numbered import numbered
from commands.options import ALL, AS_OF, JSON, KNOWN_ON, UNIT, Day
from commands.screen import console, progress, tell


@click.command("today", cls=Command)
@AS_OF
@KNOWN_ON
@UNIT
@ALL
@JSON
@with_edge
def today(
    edge: Edge,
    as_of: date | None,
    known_on: date | None,
    unit: str | None,
    every: bool,
    as_json: bool,
) -> None:
    """Show whom to call and why, what turned red, and what falls due in seven days."""
    from reports.jsonio import dump_json
    from reports.today.as_json import today_json
    from reports.today.text import print_today
    from services.daily import today as asked

    shown = progress(edge.say("judging"))
    it = asked(edge.office(), edge.when(as_of, known_on), unit, shown)
    caution(edge, as_of)
    if as_json:
        tell(dump_json(today_json(it.today, it.names)), nl=False)
        return
    with numbered(edge, it.today.as_of, known_on) as numbers:
        print_today(console(), it.today, it.names, numbers, edge.lang, every=every)


@click.command("silent", cls=Command)
@click.option("--since", type=Day(), help="The first day; a month before where it is left out.")
@AS_OF
@KNOWN_ON
@UNIT
@ALL
@JSON
@with_edge
def silent(
    edge: Edge,
    since: date | None,
    as_of: date | None,
    known_on: date | None,
    unit: str | None,
    every: bool,
    as_json: bool,
) -> None:
    """Show which units and posts owe something and have no record since a day."""
    from reports.jsonio import dump_json
    from reports.silent.text import print_silence, silence_json
    from services.daily import silent as asked

    shown = progress(edge.say("judging"))
    it = asked(edge.office(), edge.when(as_of, known_on), since, unit, shown)
    caution(edge, as_of)
    if as_json:
        tell(dump_json(silence_json(it.silence)), nl=False)
    else:
        print_silence(console(), it.silence, it.names, edge.lang, every=every)


@click.command("changes", cls=Command)
@click.option("--since", type=Day(), required=True, help="The day that is compared with.")
@AS_OF
@UNIT
@ALL
@JSON
@with_edge
def changes(
    edge: Edge, since: date, as_of: date | None, unit: str | None, every: bool, as_json: bool
) -> None:
    """Show which obligations stand differently than on a day, as known then, and why."""
    from reports.changes.text import changes_json, print_changes
    from reports.jsonio import dump_json
    from services.changes import changes as asked

    it = asked(edge.office(), edge.when(as_of), since, unit, progress(edge.say("judging")))
    caution(edge, as_of)
    if as_json:
        tell(dump_json(changes_json(it.changes)), nl=False)
        return
    with numbered(edge, it.changes.as_of, None) as numbers:
        print_changes(console(), it.changes, it.names, numbers, edge.lang, every=every)
