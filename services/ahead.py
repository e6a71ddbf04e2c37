"""What lies ahead: what is due when, and what passes on with a post."""

from __future__ import annotations

from dataclasses import dataclass

from data.records import Appointment
from engine.calendar.periods import Period, months_from
from engine.judging.asked import AskedVerdicts
from engine.judging.audit import Judged
from engine.judging.world import World
from problems import BadInput, Place, Problem, Several, bare, said
from reports.handover.context import HandoverSheet
from reports.handover.facts import AHEAD, Handover, NobodyThere, handover_of
from reports.handover.words import handover_html
from reports.i18n import Lang
from services.look import When, look, no_such_unit
from services.naming import PEOPLE, POSTS, NameResolver, unit_named
from services.office import Office, office_rulebook, store_of
from services.papers import templates_of


@dataclass(frozen=True)
class Ahead:
    """The verdicts of a span, of a unit or of all."""

    world: World
    judged: tuple[Judged, ...]
    span: Period


def calendar(office: Office, when: When, span: str | None = None, unit: str | None = None) -> Ahead:
    """What is due when in the span (None: the month of the day). Raises BadInput."""
    unit = unit_named(store_of(office), office_rulebook(office), unit)
    it = look(office, when)
    if unit is not None and unit not in it.records.units:
        raise BadInput([no_such_unit(unit, it.records.units)])
    day = it.world.as_of
    chosen = it.span(span, unit) if span else months_from(day.year, day.month)
    it = it.ahead(chosen)
    return Ahead(it.world, tuple(it.judged(unit=unit, asked=AskedVerdicts(chosen))), chosen)


def handover(office: Office, when: When, post: str) -> Handover:
    """What passes on with a post on the day: what runs, what is left undone, what comes next.

    Raises BadInput where there is no such post, or nobody around that day to hand it over.
    """
    naming = NameResolver(store_of(office), office_rulebook(office))
    post = naming.one(post, POSTS, "POST")
    naming.check()
    it = look(office, when)
    posts, on = it.records.posts, it.world.as_of
    if post not in posts:
        unknown = said("no_such_post", post=post)
        raise BadInput([Problem(Place("POST"), unknown, naming.unknown(post, POSTS))])
    it = it.ahead(Period(on, on + AHEAD))
    try:
        return handover_of(it.world, it.judged(unit=posts[post].unit), post)
    except NobodyThere as error:
        people = naming.book.book(PEOPLE)
        held = [
            said("post_on_days", post=people.shown(one.person), days=bare(_days(one)))
            for one in error.held[-5:]
        ]
        message = said("nobody_around", post=naming.book.book(POSTS).shown(post), on=on)
        its_own = (
            said("its_appointments", appointments=Several("list", tuple(held))) if held else None
        )
        hint = its_own or said("appoint_enters_one")
        raise BadInput([Problem(Place("--on"), message, hint)]) from None


def _days(one: Appointment) -> str:
    return f"{one.first}..{one.last or ''}"


def handover_page(office: Office, sheet: HandoverSheet, lang: Lang) -> str:
    """The sheet as a page to print and sign, by the office's own template where it has one."""
    return handover_html(sheet, lang, templates_of(office))
