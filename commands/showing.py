"""Commands that show what is ahead and whether the machine is fit: calendar, doctor."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from commands.edge import Day, Edge, cache_folder, now, with_edge
from commands.words import Command
from problems import BadInput


@click.command("calendar", cls=Command)
@click.option("--as-of", type=Day(), help="The day that is judged; today where it is left out.")
@click.option("--span", metavar="SPAN", help="A period such as 2024-06, 2024-Q2 or FIRST..LAST.")
@click.option("--unit", metavar="UNIT", help="This unit and those below it.")
@with_edge
def calendar(edge: Edge, as_of: date | None, span: str | None, unit: str | None) -> None:
    """Show what is due when, and the working days behind it."""
    from reports.calendar.text import print_calendar
    from services.ahead import calendar as asked

    it = asked(edge.office(), edge.when(as_of), span, unit)
    print_calendar(edge.console(), it.world, it.judged, it.span, edge.lang)


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
    worst = 0
    for finding in _findings(edge):
        mark = edge.say("ok") if finding.is_well else edge.say("MISSING")
        click.echo(f"[{mark}] {finding.what}: {finding.found}")
        if not finding.is_well and finding.mend:
            click.echo(f"       {finding.mend}")
        worst = worst or int(not finding.is_well)
    if worst:
        click.echo(edge.say("what is missing is named above, each with the command that mends it"))


def _findings(edge: Edge) -> Iterator[Finding]:
    say = edge.say
    version = platform.python_version()
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    mend = say("install Python 3.11, 3.12 or 3.13")
    yield Finding("Python", fits, f"{version} ({platform.system()})", mend)
    yield from _engine(edge)
    yield _reader(edge)
    yield from _rules(edge)
    store = _store(edge)
    yield store
    if store.is_well:
        yield _privacy(edge)
    folder = cache_folder()
    yield Finding(
        say("cache folder"),
        folder is not None,
        str(folder) if folder else say("cannot be made; everything works, only slower"),
    )


def _engine(edge: Edge) -> Iterator[Finding]:
    from engine.alerting.rules_engine import engine_missing
    from reports.problem_words import in_words

    missing = engine_missing()
    if missing is None:
        yield Finding(edge.say("rules engine (durable-rules)"), True, edge.say("runs"))
        return
    sentence = in_words(missing.said, edge.lang)
    found = edge.say("not installed: everything but alerts and notices runs")
    yield Finding(edge.say("rules engine (durable-rules)"), False, found, sentence)


def _reader(edge: Edge) -> Finding:
    from importlib.util import find_spec

    kind = "postgresql" if edge.office().store.startswith("postgres") else "sqlite"
    driver = f"adbc_driver_{kind}"
    there = find_spec(driver) is not None and find_spec("pyarrow") is not None
    slower = edge.say("not installed: large stores are read by the slower standard reader")
    return Finding(
        edge.say("fast reader (ADBC)"),
        there,
        edge.say("runs") if there else slower,
        f"pip install {driver.replace('_', '-')} pyarrow",
    )


def _rules(edge: Edge) -> Iterator[Finding]:
    from engine.calendar.workdays import Workdays
    from services.office import local, office_rulebook, policy_of

    try:
        rulebook = office_rulebook(edge.office())
        policy_of(edge.office())
    except BadInput as error:
        count = edge.say("{count} problems").format(count=len(error.problems))
        yield Finding(edge.say("rules"), False, count, "dutyclock rules check")
        return
    duties = edge.say("{duties} duties of {documents} documents").format(
        duties=len(rulebook.duties), documents=len(rulebook.documents)
    )
    yield Finding(edge.say("rules"), True, duties)
    workdays = Workdays(rulebook.calendar)
    year = local(now()).year
    published = workdays.is_published(date(year, 12, 31))
    found = edge.say("known to the end of {year}") if published else edge.say("missing for {year}")
    yield Finding(
        edge.say("working days"),
        published,
        found.format(year=year),
        edge.say("add the year's days to calendar.yaml of the office folder"),
    )


def _store(edge: Edge) -> Finding:
    from reports.problem_words import in_words
    from services.office import store_in_words

    what = edge.say("store")
    try:
        found = store_in_words(edge.office())["store"]
    except BadInput as error:
        first = error.problems[0]
        found = in_words(first.said, edge.lang)
        mend = in_words(first.hint, edge.lang) if first.hint else ""
        return Finding(what, False, found, mend)
    return Finding(what, True, found)


def _privacy(edge: Edge) -> Finding:
    import shlex

    from services.keeping import open_to_others

    what = edge.say("privacy of the store")
    seen = [str(path) for path in open_to_others(edge.office())]
    if not seen:
        return Finding(what, True, edge.say("nobody else on this machine may read it"))
    found = edge.say("others on this machine may read {files}").format(files=", ".join(seen))
    return Finding(what, False, found, f"chmod go-rwx {shlex.join(seen)}")
