"""The command `doctor`: whether the machine and the office are fit, and what mends what is not."""

from __future__ import annotations

import platform
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


@click.command("doctor", cls=Command)
@with_edge
def doctor(edge: Edge) -> None:
    """Say what on this machine is missing, and the one command that mends it."""
    from services.fitness import fitness

    findings = [*_findings(edge, fitness(edge.office(), now()))]
    for finding in findings:
        mark = edge.say("ok") if finding.is_well else edge.say("MISSING")
        tell(f"[{mark}] {finding.what}: {finding.found}")
        if not finding.is_well and finding.mend:
            tell(f"       {finding.mend}")
    if not all(finding.is_well for finding in findings):
        tell(edge.say("what is missing is named above, each with the command that mends it"))


def _findings(edge: Edge, it: Fitness) -> Iterator[Finding]:
    say = edge.say
    version = platform.python_version()
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    mend = say("install Python 3.11, 3.12 or 3.13")
    yield Finding("Python", fits, f"{version} ({platform.system()})", mend)
    found = (
        say("runs")
        if it.no_engine is None
        else say("not installed: everything but alerts and notices runs")
    )
    mend = in_words(it.no_engine.said, edge.lang) if it.no_engine else ""
    yield Finding(say("rules engine (durable-rules)"), it.no_engine is None, found, mend)
    found = (
        say("runs")
        if it.has_reader
        else say("not installed: large stores are read by the slower standard reader")
    )
    mend = f"pip install {it.fast_reader} pyarrow"
    yield Finding(say("fast reader (ADBC)"), it.has_reader, found, mend)
    yield from _rules(edge, it)
    yield _store(edge, it)
    folder = cache_folder()
    yield Finding(
        say("cache folder"),
        folder is not None,
        str(folder) if folder else say("cannot be made; everything works, only slower"),
    )


def _rules(edge: Edge, it: Fitness) -> Iterator[Finding]:
    if it.rulebook is None:
        count = edge.say("{count} problems").format(count=len(it.rule_problems))
        yield Finding(edge.say("rules"), False, count, "dutyclock rules check")
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
    return Finding(edge.say("store"), False, in_words(wrong.said, edge.lang), mend)
