"""Commands that keep the store trustworthy: verify, journal, backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.options import JSON
from commands.screen import progress, tell
from problems import BadInput
from reports.i18n import mark

_MOST_CHANGES = 200
BACK_DATED = mark(
    "{count} rows or voids are back-dated: they changed what earlier --known-on days show"
)
"""The text for rows that are dated before changes which the store already had."""


@click.command("verify", cls=Command)
@click.option("--rebuild", is_flag=True, help="First work out the counting columns anew.")
@click.option("--no-files", is_flag=True, help="Leave the kept files of evidence unread.")
@JSON
@with_edge
def verify(edge: Edge, rebuild: bool, no_files: bool, as_json: bool) -> None:
    """Check the journal's chain and the kept files: what was changed past this program."""
    from data.keeping.evidence import lost_problem
    from reports.journal.text import broken_problem
    from services.keeping import verify as asked

    proof = asked(edge.office(), rebuild=rebuild, with_files=not no_files)
    found, files = proof.journal, proof.files
    lost = files.lost if files else ()
    if as_json:
        told = {**vars(found), "broken": [vars(one) for one in found.broken]}
        if files:
            told["files"] = {**vars(files), "lost": [vars(one) for one in lost]}
        from reports.jsonio import dump_json

        tell(dump_json(told), nl=False)
    problems = [broken_problem(one) for one in found.broken[:1]]
    if problems or lost:
        raise BadInput([*problems, *map(lost_problem, lost)])
    if not as_json:
        text = edge.say("{entries} entries, {rows} rows and voids: the chain holds")
        tell(text.format(entries=found.entries, rows=found.rows))
        if files and files.files:
            text = edge.say("{count} files of evidence, {bytes} bytes: unchanged")
            tell(text.format(count=files.files, bytes=files.bytes))
        tell(edge.say("newest hash {hash}").format(hash=found.head))
        if found.back_dated:
            tell(edge.say(BACK_DATED).format(count=found.back_dated))


@click.command("journal", cls=Command)
@click.option("--entry", type=int, help="One entry, with what stood before and after.")
@click.option("--last", type=click.IntRange(1), default=20, show_default=True,
              help="So many of the newest entries.")  # fmt: skip
@click.option("--all", "whole", is_flag=True, help="Every entry, or every change of the entry.")
@JSON
@with_edge
def journal(edge: Edge, entry: int | None, last: int, whole: bool, as_json: bool) -> None:
    """Show who changed what in the store, when and why."""
    from reports.journal.text import change_lines, entry_lines
    from services.keeping import journal as asked
    from services.keeping import journal_entry

    if entry is not None:
        most = None if whole or as_json else _MOST_CHANGES
        it = journal_entry(edge.office(), entry, most)
        if as_json:
            told = {**vars(it.entry), "changes": [vars(one) for one in it.changes]}
            from reports.jsonio import dump_json

            tell(dump_json(told), nl=False)
            return
        for line in (*entry_lines(it.entry, edge.lang), *change_lines(it.changes, edge.lang)):
            tell(line)
        if most is not None and len(it.changes) == most:
            tell(edge.say("… and more; --all shows them"))
        return
    listed = asked(edge.office(), None if whole else last)
    if as_json:
        from reports.jsonio import dump_json

        tell(dump_json([vars(one) for one in listed]), nl=False)
        return
    for one in listed:
        tell(entry_lines(one, edge.lang)[0])


@click.command("backup", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path())
@click.option("--files", is_flag=True, help="With the files that are kept as evidence.")
@with_edge
def backup(edge: Edge, file: str, files: bool) -> None:
    """Copy the whole store into one new file, while it is in use."""
    from services.keeping import backup as asked

    shown = progress(edge.say("copying"))
    made = asked(edge.office(), Path(file), with_files=files, progress=shown)
    text = edge.say("{file}: the store up to entry {entry}")
    tell(text.format(file=file, entry=made.entry))
    if made.files is not None:
        tell(edge.say("{count} kept files are in it").format(count=made.files))
    tell(edge.say("newest hash {hash}").format(hash=made.hash))


@click.command("restore", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path())
@with_edge
def restore(edge: Edge, file: str) -> None:
    """Bring a backup back to where there is no store, and prove that it holds."""
    from services.keeping import restore as asked

    made = asked(edge.office(), Path(file), progress(edge.say("copying")))
    tell(edge.say("restored to {store}").format(store=made.store))
    if made.files is not None:
        tell(edge.say("{count} kept files came with it").format(count=made.files))
    if made.proof is None:
        text = edge.say("it has version {version}: 'dutyclock init' brings it up")
        tell(text.format(version=made.version))
        return
    text = edge.say("{entries} entries, {rows} rows and voids: the chain holds")
    tell(text.format(entries=made.proof.entries, rows=made.proof.rows))
    tell(edge.say("newest hash {hash}").format(hash=made.proof.head))
