"""Commands that judge: audit, why, leader, alerts, notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.edge import (
    Day,
    Edge,
    parsed_span,
    progress,
    today,
    told,
    told_in_journal,
    with_edge,
)
from commands.papers import own_templates, writable, write_text
from commands.words import Command
from problems import BadInput, Place, Problem, did_you_mean

if TYPE_CHECKING:
    from data.records import Records
    from engine.alerts import Alert
    from engine.audit import Judged
    from engine.policy import Policy
    from engine.world import World
    from rules.rulebook import Rulebook

AS_OF = click.option(
    "--as-of", type=Day(), help="The day that is judged; today where it is left out."
)
KNOWN_ON = click.option(
    "--known-on", type=Day(), help="With what was recorded by the end of this day."
)
SPAN = click.option(
    "--span", metavar="SPAN", help="A period such as 2024-06, 2024-Q2 or FIRST..LAST."
)
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@dataclass(frozen=True)
class Asked:
    """One reading of the store beside the rules, as of a day."""

    rulebook: Rulebook
    records: Records
    world: World
    as_of: date


def asked(edge: Edge, as_of: date | None, known_on: date | None) -> Asked:
    """The records and rules that a command judges."""
    from engine.audit import world_of

    rulebook = edge.rulebook()
    with edge.store().snapshot() as state:
        records = state.read_records(known_on)
        day = as_of or today(state)
    return Asked(rulebook, records, world_of(rulebook, records, day, None), day)


@click.command("why", cls=Command)
@click.argument("verdict", metavar="VERDICT")
@AS_OF
@KNOWN_ON
@JSON
@with_edge
def why(edge: Edge, verdict: str, as_of: date | None, known_on: date | None, as_json: bool) -> None:
    """Explain one verdict: clause, window, what counted, what did not and why."""
    from engine.explain import UnknownVerdict, explain_judged, find_judged
    from reports.jsonio import dump_json, why_json
    from reports.why import why_text

    it = asked(edge, as_of, known_on)
    try:
        judged = find_judged(it.world, verdict)
    except UnknownVerdict as error:
        hint = did_you_mean(verdict, error.near) or "; ".join(error.near[:5])
        form = "a verdict is named DUTY@HOLDER@LABEL"
        duty = verdict.partition("@")[0].partition("#")[0]
        duties = [one.id for one in it.rulebook.duties]
        if duty and "@" in verdict and duty not in duties:
            hint = did_you_mean(duty, duties) or "see 'dutyclock rules list'"
            raise BadInput(
                [Problem(Place("VERDICT"), f"there is no duty '{duty}'", hint)]
            ) from None
        raise BadInput(
            [Problem(Place("VERDICT"), f"there is no obligation '{verdict}'", hint or form)]
        ) from None
    explanation = explain_judged(it.world, judged)
    if as_json:
        click.echo(dump_json(why_json(explanation)), nl=False)
    else:
        click.echo(why_text(it.world, explanation, edge.lang))


@click.command("leader", cls=Command)
@click.argument("name", metavar="NAME")
@AS_OF
@KNOWN_ON
@SPAN
@click.option("--html", metavar="FILE", help="Write the record as a page to print.")
@JSON
@with_edge
def leader(
    edge: Edge,
    name: str,
    as_of: date | None,
    known_on: date | None,
    span: str | None,
    html: str | None,
    as_json: bool,
) -> None:
    """Show one person's whole record, over all their posts."""
    from reports.jsonio import dump_json, leader_json
    from reports.leader import leader_html, leader_record, print_leader

    near = _near(edge, name, as_of) if known_on is None else None
    it, people, judged = near or _among_all(edge, name, as_of, known_on)
    chosen = parsed_span(it.world, span) if span else None
    judged, alerts = _with_alerts(edge, it, must=False, judged=judged)
    records = [leader_record(it.world, judged, alerts, person, chosen) for person in people]
    if html:
        templates = edge.templates()
        with own_templates(templates):
            page = leader_html(it.world, records, edge.lang, templates)
        write_text(Path(html), page)
    if as_json:
        click.echo(dump_json(leader_json(records)), nl=False)
    else:
        for record in records:
            print_leader(edge.console(), record, edge.lang)


Leaders = tuple[Asked, list[str], "list[Judged] | None"]
"""What is judged, the ids of the people asked about, and their verdicts (None: not judged yet)."""


def _near(edge: Edge, name: str, as_of: date | None) -> Leaders | None:
    """The people's own posts and acts out of the store; None where that is not enough."""
    from data.near import StoreCells, people_called
    from engine.near import judge_near, near_world

    rulebook, store = edge.rulebook(), edge.store()
    day = as_of or today(store)
    with store.snapshot() as state:
        people = people_called(state, name)
        found = near_world(rulebook, StoreCells(state), people, day) if people else None
    if found is None:
        return None
    world, cell = found
    return Asked(rulebook, world.records, world, day), people, judge_near(world, cell)


def _among_all(edge: Edge, name: str, as_of: date | None, known_on: date | None) -> Leaders:
    """The people among everything in the store. Raises BadInput where nobody is called so."""
    it = asked(edge, as_of, known_on)
    people = sorted(key for key, row in it.records.people.items() if name in (row.name, row.person))
    if not people:
        names = sorted({row.name for row in it.records.people.values()})
        hint = did_you_mean(name, names) or "NAME is a person's name or id"
        raise BadInput([Problem(Place("NAME"), f"there is no person '{name}'", hint)])
    return it, people, None


def _with_alerts(
    edge: Edge,
    it: Asked,
    *,
    must: bool,
    verify: bool = False,
    judged: list[Judged] | None = None,
) -> tuple[list[Judged], tuple[Alert, ...]]:
    """Every verdict of the day (or those that were `judged` already), and what the policy concludes
    from them.

    Without `must` a machine that cannot run the rules engine goes without alerts, and says so.
    """
    from engine.alerts import conclude
    from engine.audit import judge_all
    from engine.concluding import EngineError

    if judged is None:
        judged = judge_all(it.world, progress=progress(edge.say("judging")))
    verdicts = [one.verdict for one in judged]
    policy = edge.policy()
    try:
        alerts = conclude(verdicts, it.records, policy, it.as_of, it.world.workdays, verify=verify)
    except EngineError as error:
        sentence = error.en if edge.lang == "en" else error.zh
        if must:
            raise click.ClickException(sentence) from None
        click.echo(sentence, err=True)
        return judged, ()
    return judged, alerts


@click.command("alerts", cls=Command)
@click.option("--as-of", type=Day(), required=True, help="The day that is judged.")
@KNOWN_ON
@click.option("--verify", is_flag=True, help="Hold the rules engine against plain Python.")
@JSON
@with_edge
def alerts(edge: Edge, as_of: date, known_on: date | None, verify: bool, as_json: bool) -> None:
    """Show what the alert policy concludes."""
    from engine.oracle import PolicyDisagreement
    from reports.alert_text import print_alerts
    from reports.jsonio import alerts_json, dump_json

    it = asked(edge, as_of, known_on)
    try:
        _, found = _with_alerts(edge, it, must=True, verify=verify)
    except PolicyDisagreement as error:
        raise click.ClickException(told(str(error), "", edge.lang)) from None
    if as_json:
        click.echo(dump_json(alerts_json(found)), nl=False)
    else:
        print_alerts(edge.console(), it.world, found, edge.policy(), edge.lang)
    if verify:
        text = edge.say("the rules engine and plain Python agree on {count} alerts")
        click.echo(text.format(count=len(found)), err=as_json)


@click.command("notices", cls=Command)
@click.option("--as-of", type=Day(), required=True, help="The day that is judged.")
@KNOWN_ON
@click.option("--out", metavar="FOLDER", required=True, help="Where to write the papers.")
@click.option("--keep", is_flag=True, help="Put into the store's journal which papers they are.")
@told_in_journal
@with_edge
def notices(edge: Edge, as_of: date, known_on: date | None, out: str, keep: bool) -> None:
    """Render what is to be sent, as pages to print and as text."""
    it = asked(edge, as_of, known_on)
    written = write_notices(edge, it, edge.policy(), Path(out), known_on, keep=keep)
    text = edge.say("{count} files in {folder}; open {index}")
    index = Path(out) / "index.html"
    click.echo(text.format(count=len(written), folder=out, index=index))


def write_notices(
    edge: Edge,
    it: Asked,
    policy: Policy,
    out: Path,
    known_on: date | None,
    *,
    keep: bool = False,
) -> list[Path]:
    """Renders the notices of a day into a folder, all or none; with `keep` into the journal too."""
    from data.kept_notices import KeptPaper, keep_notices
    from data.whole import new_folder
    from reports.notice import notice_papers, write_papers

    templates = edge.templates()
    judged, found = _with_alerts(edge, it, must=True)
    with own_templates(templates):
        papers = notice_papers(
            it.world, judged, found, policy, edge.lang, templates, known_on=known_on
        )
    with writable(out), new_folder(out) as part:
        write_papers(part.path, papers)
        if keep:
            store = edge.store()
            rows = [KeptPaper(one.level, one.addressee, one.file, one.text) for one in papers]
            rows = [one for one in rows if one.level]
            keep_notices(store, rows, it.as_of, known_on, edge.doing(store), part.put)
        else:
            part.put()
    return [out / paper.file for paper in papers]
