"""Commands that judge: why, leader, alerts, notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.bilingual import Command
from commands.cautions import caution
from commands.context import Edge, with_edge
from commands.numbered import numbered, reader
from commands.options import AS_OF, DAY_JUDGED, JSON, KNOWN_ON, SPAN, papers_asked, told_in_journal
from commands.screen import console, progress, tell, tell_not_made
from reports.problem_words import in_words

if TYPE_CHECKING:
    from engine.alerting.rules_engine import EngineMissing


@click.command("why", cls=Command)
@click.argument("words", metavar="VERDICT…", nargs=-1, required=True)
@AS_OF
@KNOWN_ON
@JSON
@with_edge
def why(
    edge: Edge, words: tuple[str, ...], as_of: date | None, known_on: date | None, as_json: bool
) -> None:
    """Explain one verdict: clause, window, what counted, what did not and why.

    VERDICT is its id, the number of its row in the table printed last (why 3), or words: a person,
    a unit, a post, a duty, a kind, a document, a period or a day (why NAME 2024-05). Of several
    that fit a numbered list is printed.
    """
    from reports.jsonio import dump_json
    from reports.why.as_json import why_json
    from reports.why.found import print_found
    from reports.why.words import why_text
    from services.searching import SeveralFit, by_number, by_words
    from services.why import why as by_id

    office, when = edge.office(), edge.when(as_of, known_on)
    only = words[0].strip() if len(words) == 1 else ""
    if "@" in only:
        it = by_id(office, when, only)
    elif only.isdigit():
        it = by_number(office, reader(), int(only), when)
    else:
        found = by_words(office, when, words, only_one=as_json)
        if isinstance(found, SeveralFit):
            with numbered(edge, found.world.as_of, known_on) as numbers:
                print_found(console(), found.world, found.verdicts, found.more, numbers, edge.lang)
            return
        it = found
    caution(edge, as_of)
    if as_json:
        tell(dump_json(why_json(it.explanation)), nl=False)
    else:
        tell(why_text(it.world, it.explanation, edge.lang))


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
    from reports.jsonio import dump_json
    from reports.leader.as_json import leader_json
    from reports.leader.pages import print_leader
    from services.leader import leader as asked
    from services.leader import leader_page
    from services.papers import write_paper

    office, shown = edge.office(), progress(edge.say("judging"))
    it = asked(office, edge.when(as_of, known_on), name, span, shown)
    caution(edge, as_of, it.world)
    if it.no_alerts is not None:
        tell(in_words(it.no_alerts.said, edge.lang), err=True)
    if html:
        write_paper(Path(html), leader_page(office, it, edge.lang), "leader")
    if as_json:
        tell(dump_json(leader_json(it.records)), nl=False)
    else:
        with numbered(edge, it.world.as_of, known_on) as numbers:
            for record in it.records:
                print_leader(console(), record, numbers, edge.lang)


@contextmanager
def engine_must_run(edge: Edge) -> Iterator[None]:
    """Ends with what the rules engine failed at, or with where it disagrees."""
    from engine.alerting.oracle import PolicyDisagreement
    from engine.alerting.rules_engine import EngineError

    try:
        yield
    except (EngineError, PolicyDisagreement) as error:
        raise click.ClickException(in_words(error.said, edge.lang)) from None


def tell_who_concluded(edge: Edge, no_engine: EngineMissing | None) -> None:
    """Says on standard error that plain Python concluded, where it did."""
    if no_engine is not None:
        text = edge.say("concluded by plain Python, to the same alerts: durable-rules is not there")
        tell(text, err=True)


@click.command("alerts", cls=Command)
@DAY_JUDGED
@KNOWN_ON
@click.option("--verify", is_flag=True, help="Hold the rules engine against plain Python.")
@JSON
@with_edge
def alerts(edge: Edge, as_of: date, known_on: date | None, verify: bool, as_json: bool) -> None:
    """Show what the alert policy concludes."""
    from reports.alerts.as_json import alerts_json
    from reports.alerts.text import print_alerts
    from reports.jsonio import dump_json
    from services.alerts import alerts as asked

    when, shown = edge.when(as_of, known_on), progress(edge.say("judging"))
    with engine_must_run(edge):
        it = asked(edge.office(), when, verify=verify, progress=shown)
    caution(edge, as_of, it.world)
    if as_json:
        tell(dump_json(alerts_json(it.alerts)), nl=False)
    else:
        with numbered(edge, as_of, known_on) as numbers:
            print_alerts(console(), it.world, it.alerts, it.policy, numbers, edge.lang)
    tell_who_concluded(edge, it.no_engine)
    if verify and it.no_engine is not None:
        tell(edge.say("there is nothing to hold it against: nothing was verified"), err=True)
        raise SystemExit(2)
    if verify:
        text = edge.say("the rules engine and plain Python agree on {count} alerts")
        tell(text.format(count=len(it.alerts)), err=as_json)


@click.command("notices", cls=Command)
@DAY_JUDGED
@KNOWN_ON
@click.option("--out", metavar="FOLDER", required=True, help="Where to write the papers.")
@click.option("--preview", is_flag=True, help="Show what would be drafted; nothing is kept.")
@click.option("--keep", is_flag=True, hidden=True, help="Notices are kept in any case.")
@click.option(
    "--set", "given", metavar="KEY=VALUE", multiple=True,
    help="Sender, contact, phone and the like for this once, instead of the office's settings.",
)  # fmt: skip
@papers_asked
@told_in_journal
@with_edge
def notices(
    edge: Edge,
    as_of: date,
    known_on: date | None,
    out: str,
    preview: bool,
    keep: bool,
    given: tuple[str, ...],
    pdf: bool,
    word: bool,
) -> None:
    """Draft what is to be sent into the register, and render what waits to be issued."""
    from reports.settings.text import lacking_line
    from services.alerts import notices as asked

    when, shown = edge.when(as_of, known_on), progress(edge.say("judging"))
    doing = None if preview else edge.doing()
    if keep:
        tell(edge.say("--keep is not needed any more: notices are drafted into the register"),
             err=True)  # fmt: skip
    with engine_must_run(edge):
        it = asked(
            edge.office(), when, Path(out), edge.lang, given=given, doing=doing,
            asked=edge.papers(pdf=pdf, word=word, pictures=preview), progress=shown,
        )  # fmt: skip
    caution(edge, as_of)
    text = edge.say("{count} files in {folder}; open {index}")
    index = Path(out) / "index.html"
    tell(text.format(count=len(it.files), folder=out, index=index))
    if not preview:
        text = edge.say(
            "{drafted} drafted now, {waiting} wait to be issued: dutyclock register list"
        )
        tell(text.format(drafted=it.drafted, waiting=it.waiting))
    tell_who_concluded(edge, it.no_engine)
    if it.lacking:
        tell(lacking_line(it.lacking, edge.lang), err=True)
    tell_not_made(it.not_made, edge.lang)
