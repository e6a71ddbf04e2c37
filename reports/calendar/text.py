"""What is due when, and the working days behind it: what `dutyclock calendar` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.judging.audit import Judged, is_in_span
from engine.judging.world import World
from reports.codes import state_word
from reports.figures import day_with_weekday, number
from reports.i18n import Lang, translator
from reports.names import Names
from reports.numbered import RowNumbers, number_column
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console


def print_calendar(
    console: Console,
    world: World,
    judged: Sequence[Judged],
    span: Period,
    numbers: RowNumbers,
    lang: Lang = "zh",
) -> None:
    """Prints the obligations of the span by due day, then its working days."""
    _ = translator(lang)
    names = Names(world.records, world.rulebook.vocabulary)
    due = [one.verdict for one in judged if is_in_span(one.verdict, span) and one.verdict.due]
    due.sort(key=lambda verdict: (verdict.due or span.last, names.order_of(verdict), verdict.id))
    rows = []
    for verdict in due:
        assert verdict.due is not None
        moved = verdict.due != verdict.due_unmoved
        day = day_with_weekday(verdict.due, lang)
        rows.append(
            [
                numbers.of(verdict.id),
                f"{day} ({_('moved from')} {verdict.due_unmoved})" if moved else day,
                names.unit(verdict.unit),
                names.holder_post(verdict),
                names.person(verdict.person),
                verdict.duty.title,
                verdict.called,
                f"{number(verdict.done)}/{number(verdict.required)}",
                state_word(verdict.state, lang),
            ]
        )
    columns = [
        number_column(lang),
        Column(_("due")),
        Column(_("unit")),
        Column(_("post")),
        Column(_("person")),
        Column(_("duty")),
        Column(_("period")),
        Column(_("done"), right=True),
        Column(_("state")),
    ]
    print_table(console, _("Due in {span}").format(span=span), columns, rows)
    working = world.workdays.count(span.first, span.last)
    print_line(console, _("{count} working days in {span}").format(count=working, span=span))
    off, on = _unusual(world, span)
    if off:
        print_line(console, _("weekdays off: {days}").format(days=off))
    if on:
        print_line(console, _("weekends at work: {days}").format(days=on))
    if not world.workdays.is_published(span.last):
        year = span.last.year
        print_line(console, _("no table of {year} is published: weekends only").format(year=year))


def _unusual(world: World, span: Period) -> tuple[Days, Days]:
    """Weekdays that are off, and weekend days that are worked."""
    whole = Days.of(span.first, span.last)
    weekend = Days.from_dates(day for day in whole if day.weekday() >= 5)
    off = world.workdays.days_off(span.first, span.last)
    return off - weekend, weekend - off
