"""The command that judges a span: audit, kept ones included."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.asking import Answer, Question, answer, checksum, chosen_span
from commands.edge import Day, Edge, told_in_journal, with_edge
from commands.judging import JSON, KNOWN_ON, SPAN
from commands.kept_audits import again as run_again
from commands.kept_audits import keep as keep_audit
from commands.papers import own_templates, reader_may_go, write_text
from commands.words import Command

if TYPE_CHECKING:
    from data.store.opening import Store
    from reports.audit.overview import Overview
    from reports.names import Names

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
    from engine.judging.verdict import State
    from reports.audit.terminal import print_summary

    if again is not None:
        run_again(edge, again)
        return
    if as_of is None:
        raise click.UsageError(edge.say("'audit' needs --as-of DAY"))
    asked = Question(as_of, known_on, span, unit, document)
    store = edge.store()
    number, text = 0, ""
    if as_json or csv_file or html or keep:
        from reports.jsonio import audit_json, dump_json

        whole, entry = _whole(edge, asked, store)
        overview, names = _laid_out(whole)
        if csv_file:
            write_text(Path(csv_file), _table(edge, whole))
        if html:
            write_text(Path(html), _month_page(edge, whole))
        # Kept before it is shown: whoever reads only the first lines has it kept all the same.
        number = keep_audit(edge, asked, whole.world.rulebook, whole.found, entry) if keep else 0
        text = dump_json(audit_json(whole.found)) if as_json else ""
    else:
        overview, names = overview_and_names(edge, asked, store)
    code = 1 if overview.summary.states[State.OVERDUE] else 0
    with reader_may_go(code):
        if as_json:
            click.echo(text, nl=False)
        else:
            print_summary(overview, names, edge.console(), edge.lang)
    if keep:
        text = edge.say("kept as audit {number}; 'dutyclock audit --again {number}' proves it")
        click.echo(text.format(number=number), err=as_json)
        if known_on is None:
            hint = edge.say("kept without --known-on: later records may change it")
            click.echo(hint, err=as_json)
    raise SystemExit(code)


def overview_and_names(
    edge: Edge, asked: Question, store: Store, many_acts: int = MANY_ACTS
) -> tuple[Overview, Names]:
    """What the audit of a store comes to: counted from columns where it holds more than `many_acts`
    and is asked about as it is known now, else from every verdict. Both ways say the same.
    """
    from data.store.feed import acts_in

    if asked.known_on is None and acts_in(store) > many_acts:
        return _counted(edge, asked, store)
    return _laid_out(_whole(edge, asked, store)[0])


def _whole(edge: Edge, asked: Question, store: Store) -> tuple[Answer, int]:
    """Every verdict, and the number of the newest entry in the journal that they know of."""
    # Everything that is read is one state of the store, whoever records something meanwhile.
    with store.snapshot() as state:
        records, entry = state.read_records(asked.known_on), state.head()
    return answer(edge, asked, records), entry


def _laid_out(whole: Answer) -> tuple[Overview, Names]:
    from reports.audit.overview import overview_of
    from reports.names import Names

    names = Names(whole.world.records, whole.world.rulebook.vocabulary)
    return overview_of(whole.found, names), names


def _counted(edge: Edge, asked: Question, store: Store) -> tuple[Overview, Names]:
    from data.store.feed import StoreFeed
    from engine.counting.fast import audit_summary
    from engine.judging.audit import world_of
    from reports.audit.overview import overview_from_columns
    from reports.names import Names

    rulebook = edge.rulebook()
    with store.snapshot(bulk=True) as state:
        register = state.read_records(with_activities=False)
        found = audit_summary(
            rulebook,
            register,
            StoreFeed(state),
            asked.as_of,
            span=chosen_span(world_of(rulebook, register, asked.as_of, None), asked),
            unit=asked.unit,
            document=asked.document,
        )
        names = Names(register, rulebook.vocabulary)
        return overview_from_columns(found, names), names


def _table(edge: Edge, whole: Answer) -> str:
    from engine.alerting.facts import periods_running
    from reports.audit.verdict_table import verdicts_csv

    return verdicts_csv(
        whole.found.verdicts,
        whole.world.records,
        edge.lang,
        vocabulary=whole.world.rulebook.vocabulary,
        running=periods_running([one.verdict for one in whole.judged]),
    )


def _month_page(edge: Edge, whole: Answer) -> str:
    from reports.month.tables import month_html

    templates = edge.templates()
    with own_templates(templates):
        history = [one.verdict for one in whole.judged]
        return month_html(whole.world, whole.found, edge.lang, templates, history=history)


__all__ = ["audit", "checksum"]
