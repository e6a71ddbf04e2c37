"""What lies ahead: what is due when, and what passes on with a post."""

from __future__ import annotations

from dataclasses import dataclass

from data.import_columns import SINGULAR
from engine.calendar.periods import Period, months_from
from engine.judging.asked import Asked
from engine.judging.audit import Judged
from engine.judging.world import World
from problems import BadInput, Place, Problem, did_you_mean, names, said
from reports.handover.context import HandoverSheet
from reports.handover.facts import AHEAD, Handover, NobodyThere, handover_of
from reports.handover.words import handover_html
from reports.i18n import Lang
from services.look import When, look, no_such_unit
from services.office import Office
from services.papers import templates_of


@dataclass(frozen=True)
class Ahead:
    """The verdicts of a span, of a unit or of all."""

    world: World
    judged: tuple[Judged, ...]
    span: Period


def calendar(office: Office, when: When, span: str | None = None, unit: str | None = None) -> Ahead:
    """What is due when in the span (None: the month of the day). Raises BadInput."""
    it = look(office, when)
    if unit is not None and unit not in it.records.units:
        raise BadInput([no_such_unit(unit, it.records.units)])
    day = it.world.as_of
    chosen = it.span(span, unit) if span else months_from(day.year, day.month)
    it = it.ahead(chosen)
    return Ahead(it.world, tuple(it.judged(unit=unit, asked=Asked(chosen))), chosen)


def handover(office: Office, when: When, post: str) -> Handover:
    """What passes on with a post on the day: what runs, what is left undone, what comes next.

    Raises BadInput where there is no such post, or nobody around that day to hand it over.
    """
    it = look(office, when)
    posts, on = it.records.posts, it.world.as_of
    if post not in posts:
        titles = {row.title: row.post for row in posts.values() if row.title}
        hint = said("is_a_title", title=post, id=titles[post]) if post in titles else None
        unnamed = said("enter_it_first", things=SINGULAR["posts"])
        hint = hint or did_you_mean(post, posts) or (said("post_is_an_id") if posts else unnamed)
        raise BadInput([Problem(Place("POST"), said("no_such_post", post=post), hint)])
    it = it.ahead(Period(on, on + AHEAD))
    try:
        return handover_of(it.world, it.judged(unit=posts[post].unit), post)
    except NobodyThere as error:
        held = [f"{one.person} {one.first}..{one.last or ''}" for one in error.held[-5:]]
        message = said("nobody_around", post=post, on=on)
        its_own = said("its_appointments", appointments=names(held)) if held else None
        hint = its_own or said("appoint_enters_one")
        raise BadInput([Problem(Place("--on"), message, hint)]) from None


def handover_page(office: Office, sheet: HandoverSheet, lang: Lang) -> str:
    """The sheet as a page to print and sign, by the office's own template where it has one."""
    return handover_html(sheet, lang, templates_of(office))
