"""Commands that judge: audit, why, leader, alerts, notices."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.edge import Day, Edge, now, parsed_span, progress, today, told, with_edge
from commands.papers import own_templates, reader_may_go, writable, write_text
from commands.words import Command
from problems import BadInput, Place, Problem, did_you_mean

if TYPE_CHECKING:
    from data.records import Records
    from engine.alerts import Alert
    from engine.audit import Judged
    from engine.policy import Policy
    from engine.verdict import Audit
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
    store = edge.store()
    records = store.read_records(known_on)
    day = as_of or today(store)
    return Asked(rulebook, records, world_of(rulebook, records, day, None), day)


@click.command("audit", cls=Command)
@click.option("--as-of", type=Day(), help="The day that is judged.")
@KNOWN_ON
@SPAN
@click.option("--unit", metavar="UNIT", help="This unit and those below it.")
@click.option("--document", metavar="DOCUMENT", help="The duties of this document.")
@click.option("--keep", is_flag=True, help="Store the audit, to run it again later.")
@click.option("--again", metavar="ID", type=int, help="Run a stored audit again and compare.")
@click.option("--csv", "csv_file", metavar="FILE", help="Write the verdicts as a table.")
@click.option("--html", metavar="FILE", help="Write the tables of the span as a page to print.")
@JSON
@with_edge
def audit(
    edge: Edge,
    as_of: date | None,
    known_on: date | None,
    span: str | None,
    unit: str | None,
    document: str | None,
    keep: bool,
    again: int | None,
    csv_file: str | None,
    html: str | None,
    as_json: bool,
) -> None:
    """Judge every obligation of a span; ends with 1 when something in it is overdue."""
    from reports.jsonio import audit_json, dump_json
    from reports.summary import print_summary

    if again is not None:
        _again(edge, again)
        return
    if as_of is None:
        raise click.UsageError(edge.say("'audit' needs --as-of DAY"))
    world, judged, found = _run(edge, as_of, known_on, span, unit, document)
    records = world.records
    if csv_file:
        from reports.export import verdicts_csv

        text = verdicts_csv(
            found.verdicts, records, edge.lang, vocabulary=world.rulebook.vocabulary
        )
        write_text(Path(csv_file), text)
    if html:
        write_text(Path(html), _month_page(edge, world, judged, found))
    # Kept before it is shown: whoever reads only the first lines has it kept all the same.
    number = _keep(edge, found, span, unit, document) if keep else 0
    code = 1 if found.summary.states[_overdue()] else 0
    with reader_may_go(code):
        if as_json:
            click.echo(dump_json(audit_json(found)), nl=False)
        else:
            vocabulary = world.rulebook.vocabulary
            print_summary(found, records, edge.console(), edge.lang, vocabulary=vocabulary)
    if keep:
        text = edge.say("kept as audit {number}; 'dutyclock audit --again {number}' proves it")
        click.echo(text.format(number=number), err=as_json)
        if known_on is None:
            hint = edge.say("kept without --known-on: later records may change it")
            click.echo(hint, err=as_json)
    raise SystemExit(code)


def _month_page(edge: Edge, world: World, judged: list[Judged], found: Audit) -> str:
    from reports.month import month_html

    templates = edge.templates()
    with own_templates(templates):
        history = [one.verdict for one in judged]
        return month_html(world, found, edge.lang, templates, history=history)


def _overdue() -> Any:
    from engine.verdict import State

    return State.OVERDUE


def _run(
    edge: Edge,
    as_of: date,
    known_on: date | None,
    span: str | None,
    unit: str | None,
    document: str | None,
) -> tuple[World, list[Judged], Audit]:
    from engine.audit import audit_of, judge_all, world_of

    rulebook = edge.rulebook()
    records = edge.store().read_records(known_on)
    world = world_of(rulebook, records, as_of, None)
    problems = []
    if unit is not None and unit not in records.units:
        hint = did_you_mean(unit, records.units)
        problems.append(Problem(Place("--unit"), f"there is no unit '{unit}'", hint))
    if document is not None and document not in rulebook.documents:
        hint = did_you_mean(document, rulebook.documents)
        problems.append(Problem(Place("--document"), f"there is no document '{document}'", hint))
    if problems:
        raise BadInput(problems)
    chosen = parsed_span(world, span, unit) if span else None
    if chosen is not None:
        world = world_of(rulebook, records, as_of, chosen)
    judged = judge_all(world, unit=unit, document=document, progress=progress(edge.say("judging")))
    found = audit_of(world, judged, known_on=known_on, span=chosen, unit=unit, document=document)
    return world, judged, found


def checksum(found: Audit) -> str:
    """SHA-256 over every verdict of an audit, as it is printed."""
    from reports.jsonio import audit_json, dump_json

    whole = audit_json(found)
    text = dump_json([whole["verdicts"], whole["arrears"]])
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(
    edge: Edge, found: Audit, span: str | None, unit: str | None, document: str | None
) -> int:
    from data.audits import keep_audit
    from reports.jsonio import audit_json

    whole = audit_json(found)
    store = edge.store()
    return keep_audit(
        store,
        asked={
            "as_of": whole["as_of"],
            "known_on": whole["known_on"],
            "span": span,
            "unit": unit,
            "document": document,
        },
        hashes=whole["hashes"],
        checksum=checksum(found),
        unmet=[one for one in whole["verdicts"] + whole["arrears"] if one["state"] != "met"],
        now=now(store),
    )


def _again(edge: Edge, number: int) -> None:
    from data.audits import kept_audit
    from engine.verdict import State
    from reports.jsonio import audit_json
    from reports.words import state_word

    kept = kept_audit(edge.store(), number)
    if kept is None:
        raise BadInput([Problem(Place("--again"), f"there is no stored audit {number}")])
    known_on = kept.asked["known_on"]
    _, _, found = _run(
        edge,
        date.fromisoformat(kept.asked["as_of"]),
        date.fromisoformat(known_on) if known_on else None,
        kept.asked["span"],
        kept.asked["unit"],
        kept.asked["document"],
    )
    whole = audit_json(found)
    if checksum(found) == kept.checksum:
        click.echo(edge.say("audit {number} comes out the same").format(number=number))
        return
    lines = [edge.say("audit {number} comes out differently").format(number=number)]
    for name, was in kept.hashes.items():
        if whole["hashes"].get(name) != was:
            lines.append("  " + edge.say("changed since: {name}").format(name=name))

    def word(state: str | None) -> str:
        return state_word(State(state), edge.lang) if state else edge.say("no longer asked")

    before = {one["id"]: one["state"] for one in kept.unmet}
    after = {one["id"]: one["state"] for one in whole["verdicts"] + whole["arrears"]}
    for key in sorted(before.keys() | {k for k, state in after.items() if state != "met"}):
        if before.get(key, "met") != after.get(key):
            was, now_is = word(before.get(key, "met")), word(after.get(key))
            lines.append(f"  {key}: {was} → {now_is}")
    click.echo("\n".join(lines))
    raise SystemExit(1)


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
    from reports.working import working_of

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
        click.echo(dump_json(why_json(explanation, working_of(it.world, judged))), nl=False)
    else:
        click.echo(why_text(it.world, judged, explanation, edge.lang))


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

    it = asked(edge, as_of, known_on)
    people = sorted(key for key, row in it.records.people.items() if name in (row.name, row.person))
    if not people:
        names = sorted({row.name for row in it.records.people.values()})
        hint = did_you_mean(name, names) or "NAME is a person's name or id"
        raise BadInput([Problem(Place("NAME"), f"there is no person '{name}'", hint)])
    chosen = parsed_span(it.world, span) if span else None
    judged, alerts = _with_alerts(edge, it, must=False)
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


def _with_alerts(
    edge: Edge, it: Asked, *, must: bool, verify: bool = False
) -> tuple[list[Judged], tuple[Alert, ...]]:
    """Every verdict of the day, and what the policy concludes from them.

    Without `must` a machine that cannot run the rules engine goes without alerts, and says so.
    """
    from engine.alerts import conclude
    from engine.audit import judge_all
    from engine.concluding import EngineError

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
@with_edge
def notices(edge: Edge, as_of: date, known_on: date | None, out: str) -> None:
    """Render what is to be sent, as pages to print and as text."""
    it = asked(edge, as_of, known_on)
    written = write_notices(edge, it, edge.policy(), Path(out), known_on)
    text = edge.say("{count} files in {folder}; open {index}")
    index = Path(out) / "index.html"
    click.echo(text.format(count=len(written), folder=out, index=index))


def write_notices(
    edge: Edge, it: Asked, policy: Policy, out: Path, known_on: date | None
) -> list[Path]:
    """Renders the notices of a day into a folder."""
    from reports.notice import render_notices

    templates = edge.templates()
    judged, found = _with_alerts(edge, it, must=True)
    with writable(out), own_templates(templates):
        return render_notices(
            it.world, judged, found, policy, out, edge.lang, templates, known_on=known_on
        )
