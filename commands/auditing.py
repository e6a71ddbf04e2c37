"""The command `audit`: judges a span, keeps an audit, runs a kept one again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from commands.bilingual import Command
from commands.cautions import caution
from commands.context import Edge, with_edge
from commands.kept_audits import again as run_again
from commands.numbered import numbered
from commands.options import (
    JSON,
    KNOWN_ON,
    LARGEST_NUMBER,
    SPAN,
    UNIT,
    Day,
    told_in_journal,
)
from commands.screen import console, progress, quiet_on_broken_pipe, tell


@click.command("audit", cls=Command)
@click.option("--as-of", type=Day(), help="The day that is judged.")
@KNOWN_ON
@SPAN
@UNIT
@click.option("--document", metavar="DOCUMENT", help="The duties of this document.")
@click.option("--keep", is_flag=True, help="Store the audit, to run it again later.")
@told_in_journal
@click.option("--again", metavar="ID", type=click.IntRange(1, LARGEST_NUMBER),
              help="Run a stored audit again and compare.")  # fmt: skip
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
    from services.audit import Question, month_page, verdict_table
    from services.audit import audit as asked
    from services.audit import keep_answer as keep_audit
    from services.papers import write_papers_at

    if again is not None:
        run_again(edge, again)
        return
    if as_of is None:
        raise click.UsageError(edge.say("'audit' needs --as-of DAY"))
    office, shown = edge.office(), progress(edge.say("judging"))
    question = Question(as_of, known_on, span, unit, document)
    only_shown = not (as_json or csv_file or html or keep)
    papers_told = bool(csv_file or html)
    it = asked(office, question, counts=only_shown, history=papers_told, progress=shown)
    caution(edge, as_of, it.whole.world if it.whole else None)
    number, text = 0, ""
    if it.whole is not None and not only_shown:
        from reports.audit.as_json import audit_json
        from reports.jsonio import dump_json

        papers: dict[Path, str] = {}
        if csv_file:
            papers[Path(csv_file)] = verdict_table(it.whole, edge.lang)
        if html:
            papers[Path(html)] = month_page(office, it.whole, edge.lang)
        write_papers_at(papers, "audit")
        # Kept before it is shown: whoever reads only the first lines has it kept all the same.
        number = keep_audit(office, it.whole, edge.doing()) if keep else 0
        text = dump_json(audit_json(it.whole.found)) if as_json else ""
    code = 1 if it.overview.summary.states[State.OVERDUE] else 0
    with quiet_on_broken_pipe(code):
        if as_json:
            tell(text, nl=False)
        else:
            with numbered(edge, as_of, known_on) as numbers:
                asked_of = edge.asked_of
                print_summary(
                    it.overview, it.names, console(), numbers, edge.lang, asked_of=asked_of
                )
    if keep:
        text = edge.say("kept as audit {number}; 'dutyclock audit --again {number}' proves it")
        tell(text.format(number=number), err=as_json)
        if known_on is None:
            hint = edge.say("kept without --known-on: later records may change it")
            tell(hint, err=as_json)
    raise SystemExit(code)
