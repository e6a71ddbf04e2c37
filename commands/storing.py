"""Commands that make the store, record one activity in it, and write it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from commands.edge import Day, Edge, now, today, with_edge
from commands.words import Command
from reports.column_words import FIELDS


@click.command("init", cls=Command)
@click.option("--records-from", type=Day(), help="The first day on which anybody is judged.")
@with_edge
def init(edge: Edge, records_from: date | None) -> None:
    """Make the store, or bring an older one up to date."""
    store = edge.made_store(records_from)
    told = store.describe()
    text = edge.say("store {store}: records count from {day}")
    click.echo(text.format(store=told["store"], day=told["records_from"]))


def _fields(command: Callable[..., None]) -> Callable[..., None]:
    for name in reversed(FIELDS):
        command = click.option(
            f"--{name.replace('_', '-')}",
            name,
            required=name in ("kind", "day", "holder"),
            metavar="TEXT",
            help=FIELDS[name],
        )(command)
    return command


@click.command("record", cls=Command)
@_fields
@with_edge
def record(edge: Edge, **fields: str | None) -> None:
    """Record one activity, and say which obligations it now counts for."""
    from data.imports import record_activity
    from engine.audit import judge_all, world_of
    from reports.names import Names
    from reports.words import state_word

    values = {name: text for name, text in fields.items() if text is not None}
    rulebook = edge.rulebook()
    store = edge.store()
    known = values.get("activity") and any(
        one.activity == values["activity"] for one in store.read_records().activities
    )
    activity = record_activity(store, values, words=edge.words(), now=now(store))
    told = edge.say("recorded {activity}")
    if known:
        told = edge.say("corrected {activity}: what it said before stays in the history")
    click.echo(told.format(activity=activity))
    records = store.read_records()
    act = next(one for one in records.activities if one.activity == activity)
    earlier = values.get("supersedes", "").strip()
    replaced = [one for one in records.activities if one.activity == earlier]
    as_of = max(act.day, today(store))
    world = world_of(rulebook, records, as_of, None)
    names = Names.of_world(world)
    for old in replaced:
        what = f"{old.day} {old.kind} {names.doer(old)}"
        click.echo(
            edge.say("it replaces {activity}: {what}").format(activity=old.activity, what=what)
        )
    unit = world.unit_of(act.holder)
    judged = [
        one
        for one in judge_all(world)
        if one.slot is not None
        and any(counted.activity == activity for counted in one.verdict.counted)
    ]
    if not judged:
        click.echo(edge.say("it counts for nothing yet; ask 'dutyclock why' about an obligation"))
    for one in judged:
        state = state_word(one.verdict.state, edge.lang)
        click.echo(f"  {one.verdict.id}  {one.verdict.duty.title}  {state}")
    if unit is None:
        click.echo(edge.say("its holder belongs to no unit"))


@click.command("export", cls=Command)
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@click.option(
    "--current",
    is_flag=True,
    help="Only what holds now, each row with its version: to be corrected and imported again.",
)
@with_edge
def export(edge: Edge, folder: str, current: bool) -> None:
    """Write everything as import tables, with its history."""
    from data.export import export_current, export_tables

    write = export_current if current else export_tables
    for path in write(edge.store(), Path(folder)):
        click.echo(str(path))
