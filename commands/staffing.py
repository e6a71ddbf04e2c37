"""Commands for what an office decides about its people: waive, appoint, leave, delegate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.numbered import numbered
from commands.options import Day, told_in_journal
from commands.screen import tell
from reports.i18n import mark

if TYPE_CHECKING:
    from data.intake.staffing import Recorded
    from services.staffing import Decided, Struck

AS_OF = click.option(
    "--as-of", type=Day(), help="The day on which changes are shown; today where it is left out."
)
FIRST = click.option("--first", type=Day(), required=True, help="The first day.")
PAPER = click.option(
    "--document", metavar="TEXT", required=True, help="The number of the paper that says so."
)
REASON = click.option("--reason", metavar="TEXT", required=True, help="The reason.")
DUTY = click.option("--duty", metavar="DUTY", help="Only this duty; all of them where left out.")


OUTCOMES = {
    ("waiver", "new"): mark("recorded the waiver {key}"),
    ("waiver", "changed"): mark("corrected the waiver {key}"),
    ("waiver", "same"): mark("the waiver {key} says so already: nothing changed"),
    ("delegation", "new"): mark("recorded the delegation {key}"),
    ("delegation", "changed"): mark("corrected the delegation {key}"),
    ("delegation", "same"): mark("the delegation {key} says so already: nothing changed"),
    ("appointment", "new"): mark("recorded the appointment {key}"),
    ("appointment", "same"): mark("the appointment {key} stands there already: nothing changed"),
    ("leaving", "changed"): mark("the appointment {key} ends on {last}"),
    ("leaving", "same"): mark("the appointment {key} ends on {last} already: nothing changed"),
}


def _said(edge: Edge, what: str, last: date | None = None) -> Callable[[Recorded], None]:
    """What prints the outcome of a decision, as soon as it is stored."""

    def announce(done: Recorded) -> None:
        text = edge.say(OUTCOMES[what, done.outcome])
        tell(text.format(key=" ".join(done.key), last=last))

    return announce


def tell_changes(edge: Edge, it: Decided | Struck) -> None:
    """Prints the obligations that a decision changes; nothing where it was known already."""
    from reports.changes.text import changed_lines
    from reports.names import Names

    if it.world is not None:
        with numbered(edge, it.world.as_of, None) as numbers:
            names = Names.of_world(it.world)
            for line in changed_lines(it.changes, names, numbers, edge.lang):
                tell(line)


def _cells(**cells: str | date | None) -> dict[str, str]:
    return {name: str(cell) for name, cell in cells.items() if cell is not None}


@click.command("waive", cls=Command)
@click.argument("holder", metavar="HOLDER")
@FIRST
@click.option("--last", type=Day(), required=True, help="The last day.")
@REASON
@PAPER
@click.option("--person", metavar="PERSON", help="Only this person in the post.")
@DUTY
@click.option("--subject", metavar="SUBJECT", help="Only this member of a coverage.")
@click.option("--waiver", metavar="ID", help="The waiver's own id; it corrects one that has it.")
@AS_OF
@told_in_journal
@with_edge
def waive(
    edge: Edge, holder: str, first: date, last: date, reason: str, document: str,
    person: str | None, duty: str | None, subject: str | None, waiver: str | None,
    as_of: date | None,
) -> None:  # fmt: skip
    """Excuse a post or unit for some days, and say which obligations it changes."""
    from services.staffing import waive as asked

    row = _cells(
        waiver=waiver, holder=holder, first=first, last=last, reason=reason, document=document,
        person=person, duty=duty, subject=subject,
    )  # fmt: skip
    tell_changes(edge, asked(edge.office(), edge.doing(), row, as_of, _said(edge, "waiver")))


@click.command("appoint", cls=Command)
@click.argument("person", metavar="PERSON")
@click.argument("post", metavar="POST")
@FIRST
@click.option("--last", type=Day(), help="The last day, where it is known.")
@click.option("--acting", is_flag=True, help="Stands in for the holder.")
@PAPER
@REASON
@click.option("--name", metavar="NAME", help="The name of a person whom the store does not know.")
@AS_OF
@told_in_journal
@with_edge
def appoint(
    edge: Edge, person: str, post: str, first: date, last: date | None, acting: bool,
    document: str, reason: str, name: str | None, as_of: date | None,
) -> None:  # fmt: skip
    """Put a person into a post, and say which obligations it changes."""
    from services.staffing import appoint as asked

    row = _cells(
        person=person, post=post, first=first, last=last, acting="yes" if acting else None,
        document=document, reason=reason,
    )  # fmt: skip
    said = _said(edge, "appointment")
    tell_changes(edge, asked(edge.office(), edge.doing(), row, name, as_of, said))


@click.command("leave", cls=Command)
@click.argument("person", metavar="PERSON")
@click.argument("post", metavar="POST")
@click.option("--last", type=Day(), required=True, help="The last day in the post.")
@PAPER
@REASON
@AS_OF
@told_in_journal
@with_edge
def leave(
    edge: Edge, person: str, post: str, last: date, document: str, reason: str, as_of: date | None
) -> None:
    """End a person's appointment, and say which obligations it changes."""
    from services.staffing import leave as asked

    row = _cells(person=person, post=post, document=document, reason=reason)
    said = _said(edge, "leaving", last)
    tell_changes(edge, asked(edge.office(), edge.doing(), row, last, as_of, said))


@click.command("delegate", cls=Command)
@click.argument("holder", metavar="HOLDER")
@click.argument("delegate_", metavar="DELEGATE")
@FIRST
@click.option("--last", type=Day(), help="The last day, where it is known.")
@DUTY
@PAPER
@REASON
@click.option("--delegation", metavar="ID", help="Its own id; it corrects one that has it.")
@AS_OF
@told_in_journal
@with_edge
def delegate(
    edge: Edge, holder: str, delegate_: str, first: date, last: date | None, duty: str | None,
    document: str, reason: str, delegation: str | None, as_of: date | None,
) -> None:  # fmt: skip
    """Record under which order one post acts for another, and what the clauses allow of it."""
    from services.staffing import delegate as asked

    row = _cells(
        delegation=delegation, holder=holder, delegate=delegate_, first=first, last=last,
        duty=duty, document=document, reason=reason,
    )  # fmt: skip
    it = asked(edge.office(), edge.doing(), row, as_of, _said(edge, "delegation"))
    tell_changes(edge, it)
    if it.world is None:
        return
    if not it.allowed:
        text = edge.say("no clause allows it: what {delegate} does will not count for {holder}")
        tell(text.format(delegate=delegate_, holder=holder))
        return
    text = edge.say("the clauses allow it; each act names whom it is done for (on_behalf_of):")
    tell(text)
    for title in it.allowed:
        tell(f"  {title}")
