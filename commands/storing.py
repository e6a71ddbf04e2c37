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
from commands.worth import tell_counted
from data.import_columns import TABLES

if TYPE_CHECKING:
    from data.keeping.upgrade import Upgraded
    from services.records import Written


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
