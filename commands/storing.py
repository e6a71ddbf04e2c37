"""Commands that make the store, record one activity in it, and write it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.edge import Day, Edge, data_folder, today, told_in_journal, with_edge
from commands.words import Command
from data.columns import TABLES

if TYPE_CHECKING:
    from data.store import Store
    from rules.rulebook import Rulebook


@click.command("init", cls=Command)
@click.option("--records-from", type=Day(), help="The first day on which anybody is judged.")
@click.option(
    "--files",
    metavar="PLACE",
    help="Where files of evidence are kept: a folder or an fsspec URL; else beside the store.",
)
@told_in_journal
@with_edge
def init(edge: Edge, records_from: date | None, files: str | None) -> None:
    """Make the store, or bring an older one up to date; a backup of that one is taken first."""
    from data.imports import import_row
    from data.upgrade import upgrade_store
    from data.words import ANY_WORDS

    upgraded = upgrade_store(edge.address(), edge.doing(), data_folder())
    if upgraded is not None:
        text = edge.say("brought up from version {version}; the backup is {backup}")
        click.echo(text.format(version=upgraded.version, backup=upgraded.backup))
    store = edge.made_store(records_from)
    if files is not None:
        doing = edge.doing(store)
        # With its moment it may say again what was struck out before.
        moment = doing.now.isoformat(sep=" ", timespec="seconds")
        row = {"key": "files", "value": files, "recorded_at": moment}
        import_row(
            store, "settings", row, name="init", words=ANY_WORDS, now=doing.now, who=doing.who,
            why=doing.why,
        )  # fmt: skip
    told = store.describe()
    text = edge.say("store {store}: records count from {day}")
    click.echo(text.format(store=told["store"], day=told["records_from"]))


def fields(*required: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The columns of an act as options, these of them required."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        acts = TABLES["activities"].known
        # In the order of the table, and when it was recorded behind who records it.
        names = [*TABLES["activities"].names]
        names.insert(names.index("recorded_by") + 1, "recorded_at")
        for column in reversed([acts[name] for name in names]):
            command = click.option(
                f"--{column.name.replace('_', '-')}",
                column.name,
                required=column.name in required,
                metavar="TEXT",
                help=column.help,
            )(command)
        return command

    return add


@click.command("record", cls=Command)
@fields("kind", "day", "holder")
@told_in_journal
@with_edge
def record(edge: Edge, **given: str | None) -> None:
    """Record one activity, and say which obligations it now counts for."""
    from data.imports import record_activity

    values = {name: text for name, text in given.items() if text is not None}
    rulebook = edge.rulebook()
    store = edge.store()
    known = values.get("activity") and any(
        one.activity == values["activity"] for one in store.read_records().activities
    )
    doing = edge.doing(store)
    activity = record_activity(
        store, values, words=edge.words(), now=doing.now, who=doing.who, why=doing.why
    )
    record_told(edge, rulebook, store, activity, values, was_known=bool(known))


def record_told(
    edge: Edge,
    rulebook: Rulebook,
    store: Store,
    activity: str,
    values: Mapping[str, str],
    *,
    was_known: bool = False,
) -> None:
    """Says what was recorded, what it replaces, and which obligations it counts for."""
    from engine.audit import judge_all, world_of
    from reports.names import Names
    from reports.words import state_word

    told = edge.say("recorded {activity}")
    if was_known:
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
@click.option("--files", is_flag=True, help="Copy the files of evidence too, into FOLDER/files.")
@click.option(
    "--current",
    is_flag=True,
    help="Only what holds now, each row with its version: to be corrected and imported again.",
)
@with_edge
def export(edge: Edge, folder: str, files: bool, current: bool) -> None:
    """Write everything as import tables, with its history."""
    from data.evidence import export_files
    from data.export import export_current, export_tables

    store = edge.store()
    write = export_current if current else export_tables
    for path in write(store, Path(folder)):
        click.echo(str(path))
    if files:
        count = export_files(store, Path(folder) / "files")
        text = edge.say("{count} files of evidence in {folder}")
        click.echo(text.format(count=count, folder=Path(folder) / "files"))
