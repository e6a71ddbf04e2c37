"""Commands about files that prove an act: attach, evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.options import JSON, told_in_journal
from commands.screen import tell
from problems import BadInput, Place, Problem, said

if TYPE_CHECKING:
    from data.keeping.evidence import Attached, Kept


@click.command("attach", cls=Command)
@click.argument("activity", metavar="ACTIVITY")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@told_in_journal
@with_edge
def attach(edge: Edge, activity: str, files: tuple[str, ...]) -> None:
    """Keep files as evidence of an activity: all of them or none."""
    from services.evidence import attach as asked

    paths = [Path(one) for one in files]
    for one in asked(edge.office(), edge.doing(), activity, paths):
        for line in _attached(edge, one):
            tell(line)


def _attached(edge: Edge, one: Attached) -> list[str]:
    text = edge.say("attached to {activity}: {file}")
    if not one.is_new:
        text = edge.say("attached to {activity} already, nothing changed: {file}")
    lines = [text.format(activity=one.file.activity, file=_in_words(edge, one.file))]
    for activity, day in one.elsewhere:
        text = edge.say("  the same file proves {activity} of {day} too; audits flag a file that"
                        " proves acts of different days")  # fmt: skip
        lines.append(text.format(activity=activity, day=day))
    return lines


def _in_words(edge: Edge, file: Kept) -> str:
    parts = [file.name, edge.say("{count} bytes").format(count=file.size), file.type or ""]
    return "  ".join(part for part in (*parts, file.sha256[:12]) if part)


@click.command("evidence", cls=Command)
@click.argument("activity", metavar="ACTIVITY")
@click.option("--get", metavar="FILE", help="Write out this one: its name, or how its hash begins.")
@click.option("--out", metavar="PATH", help="The file, or the folder, to write it to.")
@JSON
@with_edge
def evidence(edge: Edge, activity: str, get: str | None, out: str | None, as_json: bool) -> None:
    """List the files that prove an activity, or write one out."""
    from services.evidence import proofs, write_out

    if (get is None) != (out is None):
        message = said("get_and_out_together")
        hint = said("get_with_out")
        raise BadInput([Problem(Place("--get" if out else "--out"), message, hint)])
    if get is not None and out is not None:
        file, path = write_out(edge.office(), activity, get, Path(out))
        text = edge.say("{path}: as its hash says, {hash}")
        tell(text.format(path=path, hash=file.sha256))
        return
    found = proofs(edge.office(), activity)
    if as_json:
        told = [{**vars(file), "is_kept": is_kept} for file, is_kept in found.files]
        from reports.jsonio import dump_json

        tell(dump_json(told), nl=False)
        return
    if found.said:
        text = edge.say("said in the record: {evidence}")
        tell(text.format(evidence="、".join(found.said)))
    if not found.files:
        tell(edge.say("{activity} has no files").format(activity=activity))
    for file, is_kept in found.files:
        tell(_in_words(edge, file))
        text = edge.say("  attached by {who} at {moment} as {attachment}")
        if not is_kept:
            text += edge.say("; the file is missing")
        tell(
            text.format(
                who=file.recorded_by or "—",
                moment=file.recorded_at[:16],
                attachment=file.attachment,
            )
        )
