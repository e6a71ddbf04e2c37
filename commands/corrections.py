"""Commands that correct the records: make-up, void."""

from __future__ import annotations

from datetime import date

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.options import told_in_journal
from commands.screen import tell
from commands.staffing import AS_OF, tell_changes
from commands.storing import fields, written
from commands.worth import tell_counted


@click.command("make-up", cls=Command)
@fields("kind", "day", "holder", "makes_up")
@told_in_journal
@with_edge
def make_up(edge: Edge, **given: str | None) -> None:
    """Record an act that makes an earlier period good; there must be an unmet obligation for it."""
    from services.records import make_up as asked

    row = {name: text for name, text in given.items() if text is not None}
    tell_counted(edge, asked(edge.office(), edge.doing(), row, written(edge)))


@click.command("void", cls=Command)
@click.argument("table", metavar="TABLE")
@click.argument("key", metavar="KEY…", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", required=True, help="Why it does not hold.")
@AS_OF
@told_in_journal
@with_edge
def void(edge: Edge, table: str, key: tuple[str, ...], reason: str, as_of: date | None) -> None:
    """Strike a record out: it stays, to be explained, and counts for nothing from then on."""
    from services.staffing import void as asked

    def told(_cells: object) -> None:
        text = edge.say("struck out {table} {key}: {reason}")
        tell(text.format(table=table, key=" ".join(key), reason=reason))

    tell_changes(edge, asked(edge.office(), edge.doing(), table, key, reason, as_of, told))
