"""Commands that keep the store trustworthy: verify, journal."""

from __future__ import annotations

import json

import click

from commands.edge import Edge, with_edge
from commands.words import Command
from problems import BadInput, Place, Problem
from reports.i18n import mark

_MOST_CHANGES = 200
BACK_DATED = mark(
    "{count} rows or voids are back-dated: they changed what earlier --known-on days show"
)
"""What is said of rows that are dated before the changes before them."""


@click.command("verify", cls=Command)
@click.option("--rebuild", is_flag=True, help="First work out the counting columns anew.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_edge
def verify(edge: Edge, rebuild: bool, as_json: bool) -> None:
    """Walk the journal's chain and name the first entry that was changed behind its back."""
    from data.verify import verify_store
    from reports.journal_text import broken_problem

    store = edge.store()
    if rebuild:
        store.rebuild_columns()
    found = verify_store(store)
    if as_json:
        broken = [vars(one) for one in found.broken]
        click.echo(json.dumps({**vars(found), "broken": broken}, ensure_ascii=False, indent=2))
    if found.broken:
        raise BadInput([broken_problem(one) for one in found.broken[:1]])
    if not as_json:
        text = edge.say("{entries} entries, {rows} rows and voids: the chain holds")
        click.echo(text.format(entries=found.entries, rows=found.rows))
        click.echo(edge.say("newest hash {hash}").format(hash=found.head))
        if found.back_dated:
            click.echo(edge.say(BACK_DATED).format(count=found.back_dated))


@click.command("journal", cls=Command)
@click.option("--entry", type=int, help="One entry, with what stood before and after.")
@click.option("--last", type=click.IntRange(1), default=20, show_default=True,
              help="So many of the newest entries.")  # fmt: skip
@click.option("--all", "whole", is_flag=True, help="Every entry, or every change of the entry.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_edge
def journal(edge: Edge, entry: int | None, last: int, whole: bool, as_json: bool) -> None:
    """Show who changed what in the store, when and why."""
    from itertools import islice

    from data.changes import changes_of
    from data.journal import entries, head
    from reports.journal_text import change_lines, entry_lines

    with edge.store().reading() as connection:
        newest = head(connection)
        if entry is not None:
            found = [one for one in entries(connection, entry) if one.entry == entry]
            if not found:
                hint = f"the newest one is {newest}"
                raise BadInput([Problem(Place("--entry"), f"there is no entry {entry}", hint)])
            most = None if whole or as_json else _MOST_CHANGES
            changes = list(islice(changes_of(connection, entry), most))
            if as_json:
                told = {**vars(found[0]), "changes": [vars(one) for one in changes]}
                click.echo(json.dumps(told, ensure_ascii=False, indent=2))
                return
            for line in (*entry_lines(found[0], edge.lang), *change_lines(changes, edge.lang)):
                click.echo(line)
            if most is not None and len(changes) == most:
                click.echo(edge.say("… and more; --all shows them"))
            return
        first = 1 if whole else max(1, newest - last + 1)
        listed = list(entries(connection, first))
    if as_json:
        click.echo(json.dumps([vars(one) for one in listed], ensure_ascii=False, indent=2))
        return
    for one in listed:
        click.echo(entry_lines(one, edge.lang)[0])
