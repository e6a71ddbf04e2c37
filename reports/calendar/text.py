"""What is due when, and the working days behind it: what `dutyclock calendar` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.judging.audit import Judged, is_in_span
from engine.judging.verdict import WORST_FIRST, Verdict
from engine.judging.world import World
from reports.audit.statistics import line_of
from reports.codes import state_word
from reports.figures import day_text, day_with_weekday, days_told, number, periods_told, span_text
from reports.i18n import Lang, translator
from reports.names import Names
from reports.numbered import RowNumbers, number_column
from reports.tables import Column, print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console


MOST_LINES = 30
"""How many lines stand on a screen; the rest are counted."""


def due_in(world: World, judged: Iterable[Judged], span: Period) -> list[Verdict]:
    """The obligations that fall due in the span, by day, then in the order of units and posts."""
    names = Names(world.records, world.rulebook.vocabulary)
    due = [one.verdict for one in judged if is_in_span(one.verdict, span) and one.verdict.due]
    return sorted(due, key=lambda one: (one.due or span.last, names.order_of(one), one.id))


def print_calendar(
    console: Console,
    world: World,
    judged: Sequence[Judged],
    span: Period,
    numbers: RowNumbers,
    lang: Lang = "zh",
    *,
    every: bool = False,
) -> None:
    """Prints the obligations of the span by due day, days and weeks of one duty and holder in one
    line, then its working days; `every` line, or as many as a screen holds.
    """
    _ = translator(lang)
    names = Names(world.records, world.rulebook.vocabulary)
    lines: dict[str, list[Verdict]] = {}
    for one in due_in(world, judged, span):
        lines.setdefault(line_of(one.id, one.event, one.period), []).append(one)
    rows = [_row(group, names, lang) for group in lines.values()]
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
    title = _("Due in {span}, as of {day}").format(
        span=span_text(span, lang), day=day_text(world.as_of, lang)
    )
    shown = rows if every else rows[:MOST_LINES]
    about = [group[0].id for group in lines.values()][: len(shown)]
    print_table(console, title, columns, numbers.rows(about, shown))
    if len(rows) > len(shown):
        more = _("and {count} more: --all lists them").format(count=len(rows) - len(shown))
        print_line(console, more)
        print_line(console)
    working = world.workdays.count(span.first, span.last)
    print_line(
        console,
        _("{count} working days in {span}").format(count=working, span=span_text(span, lang)),
    )
    off, on = _unusual(world, span)
    if off:
        print_line(console, _("weekdays off: {days}").format(days=_runs(off, lang)))
    if on:
        print_line(console, _("weekends at work: {days}").format(days=_runs(on, lang)))
    if not world.workdays.is_published(span.last):
        year = span.last.year
        print_line(console, _("no table of {year} is published: weekends only").format(year=year))


def _row(group: Sequence[Verdict], names: Names, lang: Lang) -> list[str]:
    """A line: one obligation, or those of several short periods with their sums."""
    _ = translator(lang)
    first = group[0]
    assert first.due is not None
    day = days_told([one.due for one in group if one.due], lang)
    if len(group) == 1:
        day = day_with_weekday(first.due, lang)
        if first.due != first.due_unmoved:
            moved = f"{_('moved from')} {day_text(first.due_unmoved, lang)}"
            day += f"（{moved}）" if lang == "zh" else f" ({moved})"
    done = sum((one.done for one in group), Fraction(0))
    required = sum((one.required for one in group), Fraction(0))
    states = Counter(one.state for one in group)
    told = [
        state_word(state, lang) + (f" {states[state]}" if len(states) > 1 else "")
        for state in WORST_FIRST
        if states[state]
    ]
    return [
        day,
        names.unit(first.unit),
        names.holder_post(first),
        names.person(first.person),
        first.duty.title,
        _periods(group, lang),
        f"{number(done)}/{number(required)}",
        ("、" if lang == "zh" else ", ").join(told),
    ]


def _periods(group: Sequence[Verdict], lang: Lang) -> str:
    """The period; of several how often they come, and how many they are: `每周，4期`."""
    kind = group[0].measure.period
    if len(group) == 1 or kind is None:
        return periods_told(group[0].called, len(group), lang)
    _ = translator(lang)
    each = kind.en_each if lang == "en" else kind.zh_each
    return _("{each}, {count} periods").format(each=each, count=len(group))


def _runs(days: Days, lang: Lang) -> str:
    """The days, those that follow each other by their first and last."""
    told = (
        span_text(Period(date.fromordinal(first), date.fromordinal(last)), lang)
        for first, last in days.runs
    )
    return ("、" if lang == "zh" else ", ").join(told)


def _unusual(world: World, span: Period) -> tuple[Days, Days]:
    """Weekdays that are off, and weekend days that are worked."""
    whole = Days.of(span.first, span.last)
    weekend = Days.from_dates(day for day in whole if day.weekday() >= 5)
    off = world.workdays.days_off(span.first, span.last)
    return off - weekend, weekend - off
