"""Commands for what an office decides about its people: waive, appoint, leave, delegate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from commands.edge import Day, Edge, today, told_in_journal, with_edge
from commands.words import Command
from reports.i18n import mark

if TYPE_CHECKING:
    from data.intake.staffing import Deciding, Recorded
    from data.records import Records
    from data.store.opening import Store
    from engine.judging.audit import Judged
    from engine.judging.world import World
    from rules.rulebook import Rulebook

AS_OF = click.option(
    "--as-of", type=Day(), help="The day on which changes are shown; today where it is left out."
)
FIRST = click.option("--first", type=Day(), required=True, help="The first day.")
PAPER = click.option(
    "--document", metavar="TEXT", required=True, help="The number of the paper that says so."
)
REASON = click.option("--reason", metavar="TEXT", required=True, help="The reason.")
DUTY = click.option("--duty", metavar="DUTY", help="Only this duty; all of them where left out.")


@dataclass
class Watched:
    """The store before a change, to tell afterwards what stands differently for it."""

    edge: Edge
    rulebook: Rulebook
    store: Store
    as_of: date
    before: Records

    @classmethod
    def of(cls, edge: Edge, as_of: date | None) -> Watched:
        """What stands now."""
        rulebook, store = edge.rulebook(), edge.store()
        return cls(edge, rulebook, store, as_of or today(store), store.read_records())

    def deciding(self, reason: str) -> Deciding:
        """Who decides now; the journal gets the reason where nothing else is said."""
        from dataclasses import replace

        from data.intake.staffing import Deciding

        doing = self.edge.doing(self.store)
        doing = replace(doing, why=doing.why or reason)
        duties = [one.id for one in self.rulebook.duties]
        return Deciding(self.store, self.edge.words(), duties, doing)

    def tell(self, choose: Callable[[World], Iterable[str]] | None) -> World:
        """Prints what stands differently in the units that `choose` gives (None: in all)."""
        from engine.judging.audit import world_of
        from reports.changes.text import changed, changed_lines
        from reports.names import Names

        after = self.store.read_records()
        now = world_of(self.rulebook, after, self.as_of, None)
        was = world_of(self.rulebook, self.before, self.as_of, None)
        units = None if choose is None else set(choose(now))
        found = changed(_judged(was, units), _judged(now, units))
        for line in changed_lines(found, Names.of_world(now), self.edge.lang):
            click.echo(line)
        return now


def _judged(world: World, units: set[str] | None) -> list[Judged]:
    from engine.judging.audit import judge_all

    if units is None:
        return judge_all(world)
    tops = {one for one in units if not any(world.is_within(one, x) for x in units - {one})}
    return [judged for unit in sorted(tops) for judged in judge_all(world, unit=unit)]


def units_of(*holders: str) -> Callable[[World], Iterable[str]]:
    """The units of these posts, or the units themselves."""
    return lambda world: [unit for one in holders if (unit := world.unit_of(one)) is not None]


def units_of_person(person: str, post: str) -> Callable[[World], Iterable[str]]:
    """The units in which the person ever held a post: an appointment may matter to all of them."""

    def units(world: World) -> Iterable[str]:
        posts = [one.post for one in world.records.appointments if one.person == person]
        return units_of(post, *posts)(world)

    return units


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


def _say(edge: Edge, what: str, done: Recorded, last: date | None = None) -> bool:
    """Says what came of it; whether anything did."""
    text = edge.say(OUTCOMES[what, done.outcome])
    click.echo(text.format(key=" ".join(done.key), last=last))
    return done.outcome != "same"


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
    from data.intake import staffing

    watched = Watched.of(edge, as_of)
    row = _cells(
        waiver=waiver, holder=holder, first=first, last=last, reason=reason, document=document,
        person=person, duty=duty, subject=subject,
    )  # fmt: skip
    if _say(edge, "waiver", staffing.waive(watched.deciding(reason), row)):
        watched.tell(units_of(holder))


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
    from data.intake import staffing

    watched = Watched.of(edge, as_of)
    row = _cells(
        person=person, post=post, first=first, last=last, acting="yes" if acting else None,
        document=document, reason=reason,
    )  # fmt: skip
    if _say(edge, "appointment", staffing.appoint(watched.deciding(reason), row, name)):
        watched.tell(units_of_person(person, post))


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
    from data.intake import staffing

    watched = Watched.of(edge, as_of)
    deciding = watched.deciding(reason)
    done = staffing.leave(deciding, person, post, last, document, reason)
    if _say(edge, "leaving", done, last):
        watched.tell(units_of_person(person, post))


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
    from data.intake import staffing

    watched = Watched.of(edge, as_of)
    row = _cells(
        delegation=delegation, holder=holder, delegate=delegate_, first=first, last=last,
        duty=duty, document=document, reason=reason,
    )  # fmt: skip
    if not _say(edge, "delegation", staffing.delegate(watched.deciding(reason), row)):
        return
    world = watched.tell(units_of(holder))
    allowed = _allowed(world, holder, delegate_, duty)
    if not allowed:
        text = edge.say("no clause allows it: what {delegate} does will not count for {holder}")
        click.echo(text.format(delegate=delegate_, holder=holder))
        return
    text = edge.say("the clauses allow it; each act names whom it is done for (on_behalf_of):")
    click.echo(text)
    for title in allowed:
        click.echo(f"  {title}")


def _allowed(world: World, holder: str, delegate_: str, duty: str | None) -> list[str]:
    """The titles of the holder's duties in which the clause lets the delegate's class act."""
    post_class = world.records.posts[delegate_].post_class
    found: dict[str, None] = {}
    for one in _judged(world, set(units_of(holder)(world))):
        asked = one.verdict.duty
        is_his = one.verdict.post == holder or holder in one.verdict.members
        allows = asked.activity is not None and post_class in asked.activity.delegate
        if is_his and allows and duty in (None, asked.id):
            found[asked.title] = None
    return list(found)
