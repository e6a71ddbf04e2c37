"""Commands that make the store, record one activity in it, and write it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.machine import data_folder
from commands.options import Day, told_in_journal
from commands.screen import tell
from data.import_columns import TABLES

if TYPE_CHECKING:
    from data.keeping.upgrade import Upgraded
    from services.records import ActWorth, Written


MOST_REFUSED = 5
"""How many duties are named that do not take an act as it was recorded."""


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
    from services.keeping import init as asked

    def upgraded(it: Upgraded) -> None:
        text = edge.say("brought up from version {version}; the backup is {backup}")
        tell(text.format(version=it.version, backup=it.backup))

    office, doing = edge.office(), edge.doing()
    told = asked(office, doing, records_from, files, data_folder(), upgraded)
    text = edge.say("store {store}: records count from {day}")
    tell(text.format(store=told["store"], day=told["records_from"]))


def fields(*required: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator: the columns of an act as options, of which these are required."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        acts = TABLES["activities"].known
        # In the order of the table, with recorded_at behind recorded_by.
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
    from services.records import record as asked

    row = {name: text for name, text in given.items() if text is not None}
    tell_counted(edge, asked(edge.office(), edge.doing(), row, written(edge)))


def written(edge: Edge) -> Callable[[Written], None]:
    """Says that an act stands in the store."""

    def announce(one: Written) -> None:
        text = edge.say("recorded {activity}")
        if one.was_known:
            text = edge.say("corrected {activity}: what it said before stays in the history")
        tell(text.format(activity=one.activity))

    return announce


def tell_counted(edge: Edge, it: ActWorth) -> None:
    """Says what an act replaces, which obligations it counts for, and what others would take it."""
    from reports.codes import state_word
    from reports.names import Names

    names = Names.of_world(it.world)
    for old in it.replaces:
        what = f"{old.day} {old.kind} {names.doer(old)}"
        tell(edge.say("it replaces {activity}: {what}").format(activity=old.activity, what=what))
    if not it.counts_for:
        tell(edge.say("it counts for nothing yet; ask 'dutyclock why' about an obligation"))
    for one in it.counts_for:
        state = state_word(one.verdict.state, edge.lang)
        tell(f"  {one.verdict.id}  {one.verdict.duty.title}  {state}")
    _tell_refused(edge, it)
    if it.unit is None:
        tell(edge.say("its holder belongs to no unit"))


def _tell_refused(edge: Edge, it: ActWorth) -> None:
    """Says what the nearest duties ask for that do not take the act as it was recorded."""
    from reports.refusals import act_refused

    told = it.refused_by[:MOST_REFUSED]
    if not told:
        return
    tell(edge.say("as it is recorded it does not count for:"))
    for one, refusal in told:
        reason = act_refused(it.act, refusal.reason, one.verdict, edge.lang)
        tell(f"  {one.verdict.id}  {one.verdict.duty.title}{edge.say(': ')}{reason}")
    if len(it.refused_by) > len(told):
        more = edge.say("  and {count} more duties")
        tell(more.format(count=len(it.refused_by) - len(told)))
    text = edge.say(
        "if the record is wrong, record it once more, all of it, as --activity {activity}"
    )
    tell(text.format(activity=it.act.activity))


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
    from services.keeping import export as asked

    it = asked(edge.office(), Path(folder), current=current, with_files=files)
    for path in it.tables:
        tell(str(path))
    if it.files is not None:
        text = edge.say("{count} files of evidence in {folder}")
        tell(text.format(count=it.files, folder=Path(folder) / "files"))
