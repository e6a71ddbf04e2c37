"""The command `doctor`: whether the machine and the office are fit, and what mends what is not."""

from __future__ import annotations

import platform
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.machine import cache_folder, now
from commands.screen import tell
from reports.problem_words import in_words

if TYPE_CHECKING:
    from services.fitness import Fitness


@dataclass(frozen=True)
class Finding:
    """One thing that the doctor looked at: whether it is well, and the command that mends it."""

    what: str
    is_well: bool
    found: str
    mend: str = ""
    part: str = ""
    """What commands need of it; empty for what only makes them better or faster."""


_PARTS = frozenset({"python", "rules", "store"})
_WITHOUT: dict[str, frozenset[str]] = {
    **dict.fromkeys(("export", "backup", "verify", "journal"), frozenset({"rules"})),
    **dict.fromkeys(("attach", "evidence"), frozenset({"rules"})),
    **dict.fromkeys(("rules", "template", "demo"), frozenset({"store"})),
    **dict.fromkeys(("init", "restore"), frozenset({"rules", "store"})),
}
"""Which parts the commands do not need that need not all of them."""


@click.command("doctor", cls=Command)
@click.argument("command", required=False, metavar="[COMMAND]")
@with_edge
def doctor(edge: Edge, command: str | None) -> None:
    """Say what on this machine is missing, and the one command that mends it.

    Ends with 2 where something is missing that COMMAND needs, or any command where none is named.
    """
    from services.fitness import fitness

    needed = _PARTS
    if command is not None:
        above = click.get_current_context().find_root()
        assert isinstance(above.command, click.Group)
        above.command.resolve_command(above, [command])
        needed -= _WITHOUT.get(command, frozenset())
    findings = [*_findings(edge, fitness(edge.office(), now()))]
    for finding in findings:
        mark = edge.say("ok") if finding.is_well else edge.say("MISSING")
        tell(f"[{mark}] {finding.what}: {finding.found}")
        if not finding.is_well and finding.mend:
            tell(f"       {finding.mend}")
    if not all(finding.is_well for finding in findings):
        tell(edge.say("what is missing is named above, each with the command that mends it"))
    if any(finding.part in needed and not finding.is_well for finding in findings):
        raise SystemExit(2)


def _findings(edge: Edge, it: Fitness) -> Iterator[Finding]:
    say = edge.say
    version = platform.python_version()
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    mend = say("install Python 3.11, 3.12 or 3.13")
    yield Finding("Python", fits, f"{version} ({platform.system()})", mend, "python")
    found = (
        say("runs")
        if it.no_engine is None
        else say("not there: plain Python concludes the same alerts")
    )
    mend = in_words(it.no_engine.said, edge.lang) if it.no_engine else ""
    # On Windows it cannot be built: nothing is amiss there.
    is_well = it.no_engine is None or platform.system() == "Windows"
    yield Finding(say("rules engine (durable-rules)"), is_well, found, mend)
    found = (
        say("runs")
        if it.has_reader
        else say("not installed: large stores are read by the slower standard reader")
    )
    mend = f"pip install {it.fast_reader} pyarrow"
    yield Finding(say("fast reader (ADBC)"), it.has_reader, found, mend)
    yield from _rules(edge, it)
    yield _store(edge, it)
    if it.store_problem is None:
        yield _privacy(edge, [str(path) for path in it.open_files])
    folder = cache_folder()
    yield Finding(
        say("cache folder"),
        folder is not None,
        str(folder) if folder else say("cannot be made; everything works, only slower"),
    )


def _rules(edge: Edge, it: Fitness) -> Iterator[Finding]:
    if it.rulebook is None:
        count = edge.say("{count} problems").format(count=len(it.rule_problems))
        yield Finding(edge.say("rules"), False, count, "dutyclock rules check", "rules")
        return
    duties = edge.say("{duties} duties of {documents} documents").format(
        duties=len(it.rulebook.duties), documents=len(it.rulebook.documents)
    )
    yield Finding(edge.say("rules"), True, duties)
    found = (
        edge.say("known to the end of {year}") if it.knows_year else edge.say("missing for {year}")
    )
    mend = edge.say("add the year's days to calendar.yaml of the office folder")
    yield Finding(edge.say("working days"), it.knows_year, found.format(year=it.year), mend)


def _store(edge: Edge, it: Fitness) -> Finding:
    wrong = it.store_problem
    if wrong is None:
        return Finding(edge.say("store"), True, it.store or "")
    mend = in_words(wrong.hint, edge.lang) if wrong.hint else ""
    return Finding(edge.say("store"), False, in_words(wrong.said, edge.lang), mend, "store")


def _privacy(edge: Edge, seen: list[str]) -> Finding:
    what = edge.say("privacy of the store")
    if not seen:
        return Finding(what, True, edge.say("nobody else on this machine may read it"))
    found = edge.say("others on this machine may read {files}").format(files=", ".join(seen))
    return Finding(what, False, found, f"chmod go-rwx {shlex.join(seen)}")
