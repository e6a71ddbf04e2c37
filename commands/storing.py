"""Commands that make the store and write into it: init, import, record, export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from commands.edge import Day, Edge, data_folder, progress, today, told_in_journal, with_edge
from commands.keeping import BACK_DATED
from commands.words import Command
from problems import BadInput, Place, Problem
from reports.i18n import mark

FIELDS = {
    "activity": mark("The record's own id; without it the program gives one."),
    "kind": mark("The kind of the activity, a word of the vocabulary."),
    "day": mark("The day on which it was done; its last day where it took several."),
    "holder": mark("The id of the post, or of the unit, whose activity it is."),
    "first_day": mark("Its first day, where it took several."),
    "time": mark("The time of day, HH:MM."),
    "person": mark("The id of the person who did it."),
    "role": mark("The role in which it was done, a word of the vocabulary."),
    "subjects": mark("The ids of what it was done to, parted by ;"),
    "quantity": mark("How many, where the duty asks for a quantity."),
    "out_of": mark("The whole of which the quantity is a part (87 of 90)."),
    "unit_of_quantity": mark("What the quantity counts: hours, batches, lifts …"),
    "on_behalf_of": mark("The id of the post on whose behalf it was done."),
    "for_period": mark("The period for which it was done, such as 2024-06."),
    "event": mark("The id of the event that it answers."),
    "makes_up": mark("The earlier period that it makes good."),
    "attributes": mark("Further facts: key=value;key=value"),
    "evidence": mark("Where the evidence is, several parted by ;"),
    "note": mark("Anything else."),
    "recorded_by": mark("Who records it."),
    "recorded_at": mark("When it was recorded; now where it is left out."),
    "supersedes": mark("The id of the record that this one replaces."),
}
"""The columns of the activities table that can be typed, with what they hold."""


@click.command("init", cls=Command)
@click.option("--records-from", type=Day(), help="The first day on which anybody is judged.")
@told_in_journal
@with_edge
def init(edge: Edge, records_from: date | None) -> None:
    """Make the store, or bring an older one up to date; a backup of that one is taken first."""
    from data.upgrade import upgrade_store

    upgraded = upgrade_store(edge.address(), edge.doing(), data_folder())
    if upgraded is not None:
        text = edge.say("brought up from version {version}; the backup is {backup}")
        click.echo(text.format(version=upgraded.version, backup=upgraded.backup))
    store = edge.made_store(records_from)
    told = store.describe()
    text = edge.say("store {store}: records count from {day}")
    click.echo(text.format(store=told["store"], day=told["records_from"]))


@click.command("import", cls=Command)
@click.argument("path", metavar="PATH")
@click.option(
    "--recorded-as-dated",
    is_flag=True,
    help="Rows without recorded_at count as recorded on their own day (for old papers).",
)
@told_in_journal
@with_edge
def import_(edge: Edge, path: str, recorded_as_dated: bool) -> None:
    """Import a folder of CSV files, one CSV file or an .xlsx workbook: all of it or nothing."""
    from data.imports import import_path

    words = edge.words()
    _must_exist(Path(path))
    store = edge.made_store()
    doing = edge.doing(store)
    try:
        report = import_path(
            store,
            Path(path),
            words=words,
            now=doing.now,
            who=doing.who,
            why=doing.why,
            recorded_as_dated=recorded_as_dated,
            progress=_shown(edge),
        )
    except BaseException:
        store.take_back()
        raise
    line = edge.say("{table}: {new} new, {changed} changed, {voided} voided, {same} unchanged")
    for table, counts in report.counts.items():
        click.echo(
            line.format(
                table=table,
                new=counts["new"],
                changed=counts["changed"],
                voided=counts["voided"],
                same=counts["unchanged"],
            )
        )
    if report.back_dated:
        click.echo(edge.say(BACK_DATED).format(count=report.back_dated))
    if report.entry is None:
        click.echo(edge.say("nothing changed: the store held all of this already"))


def _must_exist(path: Path) -> None:
    if not path.exists():
        hint = "name a folder of CSV files, a CSV file or an .xlsx workbook"
        raise BadInput([Problem(Place(str(path)), "no such file or folder", hint)])


def _shown(edge: Edge) -> Callable[[int, int, str], None] | None:
    show = progress(edge.say("importing"))
    if show is None:
        return None
    return lambda done, total, _table: show(done, total)


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
@told_in_journal
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
    doing = edge.doing(store)
    activity = record_activity(
        store, values, words=edge.words(), now=doing.now, who=doing.who, why=doing.why
    )
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
@with_edge
def export(edge: Edge, folder: str) -> None:
    """Write everything as import tables, with its history."""
    from data.export import export_tables

    for path in export_tables(edge.store(), Path(folder)):
        click.echo(str(path))
