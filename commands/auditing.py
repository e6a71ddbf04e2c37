"""The command that judges a span: audit, kept ones included."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.edge import Day, Edge, parsed_span, progress, told_in_journal, with_edge
from commands.judging import JSON, KNOWN_ON, SPAN
from commands.papers import own_templates, reader_may_go, write_text
from commands.words import Command
from problems import BadInput, Place, Problem, did_you_mean

if TYPE_CHECKING:
    from engine.audit import Judged
    from engine.periods import Period
    from engine.verdict import Audit
    from engine.world import World

MANY_ACTS = 200_000
"""From so many on, the terminal's summary is counted from columns."""


@click.command("audit", cls=Command)
@click.option("--as-of", type=Day(), help="The day that is judged.")
@KNOWN_ON
@SPAN
@click.option("--unit", metavar="UNIT", help="This unit and those below it.")
@click.option("--document", metavar="DOCUMENT", help="The duties of this document.")
@click.option("--keep", is_flag=True, help="Store the audit, to run it again later.")
@told_in_journal
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
    from data.feed import acts_in
    from reports.jsonio import audit_json, dump_json
    from reports.summary import print_summary

    if again is not None:
        _again(edge, again)
        return
    if as_of is None:
        raise click.UsageError(edge.say("'audit' needs --as-of DAY"))
    only_shown = not (as_json or csv_file or html or keep or known_on)
    if only_shown and acts_in(edge.store()) > MANY_ACTS:
        _show_large(edge, as_of, span, unit, document)
    world, judged, found = _run(edge, as_of, known_on, span, unit, document)
    records = world.records
    if csv_file:
        from engine.facts import periods_running
        from reports.export import verdicts_csv

        running = periods_running([one.verdict for one in judged])
        text = verdicts_csv(
            found.verdicts,
            records,
            edge.lang,
            vocabulary=world.rulebook.vocabulary,
            running=running,
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
    chosen = _asked_for(world, span, unit, document)
    if chosen is not None:
        world = world_of(rulebook, records, as_of, chosen)
    judged = judge_all(world, unit=unit, document=document, progress=progress(edge.say("judging")))
    found = audit_of(world, judged, known_on=known_on, span=chosen, unit=unit, document=document)
    return world, judged, found


def _asked_for(
    world: World, span: str | None, unit: str | None, document: str | None
) -> Period | None:
    """The span that was typed. Raises BadInput for it, and for a unit or document nobody knows."""
    units, documents = world.records.units, world.rulebook.documents
    problems = []
    if unit is not None and unit not in units:
        hint = did_you_mean(unit, units)
        problems.append(Problem(Place("--unit"), f"there is no unit '{unit}'", hint))
    if document is not None and document not in documents:
        hint = did_you_mean(document, documents)
        problems.append(Problem(Place("--document"), f"there is no document '{document}'", hint))
    if problems:
        raise BadInput(problems)
    return parsed_span(world, span, unit) if span else None


def _show_large(
    edge: Edge, as_of: date, span: str | None, unit: str | None, document: str | None
) -> None:
    """The summary of a store too large to lay every verdict out, counted from columns."""
    from data.feed import StoreFeed
    from engine.audit import world_of
    from engine.fast import audit_summary
    from reports.large import print_large_summary

    rulebook, store = edge.rulebook(), edge.store()
    register = store.read_records(with_activities=False)
    chosen = _asked_for(world_of(rulebook, register, as_of, None), span, unit, document)
    found = audit_summary(
        rulebook, register, StoreFeed(store), as_of, span=chosen, unit=unit, document=document
    )
    code = 1 if found.summary.states[_overdue()] else 0
    with reader_may_go(code):
        print_large_summary(found, rulebook, register, edge.console(), edge.lang)
    raise SystemExit(code)


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
    doing = edge.doing(store)
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
        now=doing.now,
        who=doing.who,
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
