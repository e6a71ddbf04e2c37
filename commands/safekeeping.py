"""Commands that keep the store trustworthy: verify, journal, backup, restore."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.options import JSON, LARGEST_NUMBER
from commands.screen import progress, tell
from problems import BadInput
from reports.i18n import mark

if TYPE_CHECKING:
    from data.keeping.lost_files import Lost
    from services.keeping import Proof

_MOST_CHANGES = 200
BACK_DATED = mark(
    "{count} rows or voids are back-dated: they changed what earlier --known-on days show"
)
"""The text for rows that are dated before changes which the store already had."""


@click.command("verify", cls=Command)
@click.option("--rebuild", is_flag=True,
              help="Work the counting columns out anew, where the records hold.")  # fmt: skip
@click.option("--no-files", is_flag=True, help="Leave the kept files of evidence unread.")
@click.option(
    "--head",
    metavar="FILE",
    help="Hold the journal against the head in this file; write it where there is none yet.",
)
@click.option("--key", metavar="FILE", help="The secret that signs the head, in a file.")
@JSON
@with_edge
def verify(
    edge: Edge,
    rebuild: bool,
    no_files: bool,
    head: str | None,
    key: str | None,
    as_json: bool,
) -> None:
    """Check the journal's chain and the kept files: what was changed past this program."""
    from data.keeping.lost_files import lost_problem
    from reports.journal.text import broken_problems
    from services.keeping import verify as asked

    paths = [Path(one) if one else None for one in (head, key)]
    proof = asked(edge.office(), edge.doing(), rebuild=rebuild, with_files=not no_files,
                  head=paths[0], key=paths[1])  # fmt: skip
    found, files = proof.journal, proof.files
    lost = files.lost if files else ()
    if as_json:
        told = {**vars(found), "broken": [vars(one) for one in found.broken]}
        if files:
            told["files"] = {**vars(files), "lost": [vars(one) for one in lost]}
        if proof.head:
            told["kept_head"] = {**vars(proof.head), "head": vars(proof.head.head)}
        from reports.jsonio import dump_json

        tell(dump_json(told), nl=False)
    problems = [*broken_problems(found.broken), *map(lost_problem, lost), *proof.problems]
    if problems:
        raise BadInput(problems)
    if not as_json:
        for line in _proved(edge, proof):
            tell(line)


def _proved(edge: Edge, proof: Proof) -> Iterator[str]:
    """What is told of a store in which nothing is wrong."""
    found, files, kept = proof.journal, proof.files, proof.head
    text = edge.say("{entries} entries, {rows} rows and voids: the chain holds")
    yield text.format(entries=found.entries, rows=found.rows)
    if found.sealed:
        text = edge.say("entry {entry} seals those before it, which an older version wrote")
        yield text.format(entry=found.sealed)
    if files and files.files:
        text = edge.say("{count} files of evidence, {bytes} bytes: unchanged")
        yield text.format(count=files.files, bytes=files.bytes)
    yield edge.say("newest hash {hash}").format(hash=found.head)
    if found.back_dated:
        yield edge.say(BACK_DATED).format(count=found.back_dated)
    if found.set_back:
        text = edge.say(
            "{count} entries are dated before the one before them: a clock was set back"
        )
        yield text.format(count=found.set_back)
    if kept is None:
        return
    if kept.is_new:
        yield edge.say("the head was written; keep the file apart from the store")
        return
    text = edge.say("the head of {moment} is entry {entry} of this chain; {count} came after it")
    yield text.format(moment=kept.head.moment, entry=kept.head.entries, count=kept.after)
    if kept.signed:
        yield edge.say("its signature holds")
    elif kept.signed is None:
        yield edge.say("its signature was not checked: --key names the secret")


@click.command("journal", cls=Command)
@click.option("--entry", type=click.IntRange(1, LARGEST_NUMBER),
              help="One entry, with what stood before and after.")  # fmt: skip
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
    _tell_lost(made.lost)


def _tell_lost(lost: Sequence[Lost]) -> None:
    """Ends a command that did what it could with 2, and says which files are missing."""
    from data.keeping.lost_files import lost_problem

    if lost:
        raise BadInput(map(lost_problem, lost))


@click.command("restore", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path())
@click.option(
    "--files",
    metavar="FOLDER",
    help="The folder of the kept files, where the store keeps them elsewhere than beside itself.",
)
@with_edge
def restore(edge: Edge, file: str, files: str | None) -> None:
    """Bring a backup back to where there is no store, and prove that it holds."""
    from services.keeping import restore as asked

    shown = progress(edge.say("copying"))
    made = asked(edge.office(), Path(file), shown, Path(files) if files else None)
    tell(edge.say("restored to {store}").format(store=made.store))
    if made.files is not None:
        tell(edge.say("{count} kept files came with it").format(count=made.files))
    if made.proof is None:
        text = edge.say("it has version {version}: 'dutyclock init' brings it up")
        tell(text.format(version=made.version))
        _tell_lost(made.lost)
        return
    text = edge.say("{entries} entries, {rows} rows and voids: the chain holds")
    tell(text.format(entries=made.proof.entries, rows=made.proof.rows))
    tell(edge.say("newest hash {hash}").format(hash=made.proof.head))
    _tell_lost(made.lost)
