"""The command that judges a span: audit, kept ones included."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.asking import Question, answer, checksum, chosen_span
from commands.edge import Day, Edge, told_in_journal, with_edge
from commands.judging import JSON, KNOWN_ON, SPAN
from commands.papers import own_templates, reader_may_go, write_text
from commands.proving import again as run_again
from commands.proving import keep as keep_audit
from commands.words import Command

if TYPE_CHECKING:
    from data.store import Store
    from engine.audit import Judged
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
        run_again(edge, again)
        return
    if as_of is None:
        raise click.UsageError(edge.say("'audit' needs --as-of DAY"))
    asked = Question(as_of, known_on, span, unit, document)
    only_shown = not (as_json or csv_file or html or keep or known_on)
    store = edge.store()
    if only_shown and acts_in(store) > MANY_ACTS:
        _show_large(edge, asked, store)
    # Everything that is read is one state of the store, whoever records something meanwhile.
    with store.snapshot() as state:
        records, entry = state.read_records(known_on), state.head()
    world, judged, found = answer(edge, asked, records)
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
    number = keep_audit(edge, asked, world.rulebook, found, entry) if keep else 0
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


def _show_large(edge: Edge, asked: Question, store: Store) -> None:
    """The summary of a store too large to lay every verdict out, counted from columns."""
    from data.feed import StoreFeed
    from engine.audit import world_of
    from engine.fast import audit_summary
    from reports.large import print_large_summary

    rulebook = edge.rulebook()
    with store.snapshot(bulk=True) as state:
        register = state.read_records(with_activities=False)
        chosen = chosen_span(world_of(rulebook, register, asked.as_of, None), asked)
        found = audit_summary(
            rulebook,
            register,
            StoreFeed(state),
            asked.as_of,
            span=chosen,
            unit=asked.unit,
            document=asked.document,
        )
    code = 1 if found.summary.states[_overdue()] else 0
    with reader_may_go(code):
        print_large_summary(found, rulebook, register, edge.console(), edge.lang)
    raise SystemExit(code)


__all__ = ["audit", "checksum"]
