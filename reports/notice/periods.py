"""Periods as a letter names them: no codes. Source: FORMATS, section 3; PAPERS, section 5."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from data.records import Event
from engine.alerting.matters import Matter
from engine.calendar.cutting import read_period
from engine.calendar.labels import parse_label
from engine.calendar.periods import Period
from engine.judging.verdict import Verdict
from reports.figures import day_text, period_text, span_text
from reports.i18n import Lang, translator

MOST_DAYS_NAMED = 3
"""So many single days are named; of more, these and how many there are."""


def period_named(verdict: Verdict, events: Mapping[str, Event], lang: Lang) -> str:
    """The period of an obligation: an event by its title (or type) and day, a week by its days."""
    if verdict.event:
        return _event_named(verdict, events, lang)
    if len(verdict.period) == 7 and "-W" in verdict.label:
        return _week(verdict.period, lang)
    if lang == "zh":
        return period_text(verdict.label, verdict.period, lang).replace("+", "、")
    named = read_period(verdict.label) if parse_label(verdict.label) else None
    return verdict.label if named or "/" in verdict.label else span_text(verdict.period, lang)


def matter_named(matter: Matter, events: Mapping[str, Event], lang: Lang) -> str:
    """The period of a line: of a month of short periods the month, and which were missed."""
    if matter.month is None:
        return period_named(matter.verdict, events, lang)
    _ = translator(lang)
    return _("{month}: {missed}").format(
        month=month_named(matter.month, lang), missed=missed_text(matter.told, lang)
    )


def month_named(month: Period, lang: Lang) -> str:
    """The month of short periods: `2024年6月`."""
    first = month.first
    return f"{first:%Y-%m}" if lang == "en" else f"{first.year}年{first.month}月"


def _event_named(verdict: Verdict, events: Mapping[str, Event], lang: Lang) -> str:
    assert verdict.event is not None
    event = events.get(verdict.event)
    title = verdict.event_title
    if event is not None:
        title = title or event.type
    if title is None:
        # one that the appointments make is called by its type and day
        made, _, day = verdict.event.partition("-")
        title = made or verdict.event
        on = day_text(date.fromisoformat(day[:10]), lang) if day else ""
    else:
        on = day_text(event.day, lang) if event else ""
    _ = translator(lang)
    day = _(" ({day})").format(day=on) if on else ""
    meanwhile = f" {span_text(verdict.period, lang)}" if "/" in verdict.label else ""
    return f"{title}{day}{meanwhile}"


def _week(period: Period, lang: Lang) -> str:
    year, week, _ = period.first.isocalendar()
    if lang == "en":
        return f"week {week} of {year}, {span_text(period, lang)}"
    return f"{year}年第{week}周，{_bare(period, lang)}"


def missed_text(missed: Sequence[Verdict], lang: Lang = "zh") -> str:
    """Which short periods were missed: the first days and how many; weeks in a row at once."""
    periods = sorted(one.period for one in missed)
    if not periods:
        return ""
    if all(len(one) == 1 for one in periods):
        return _days(periods, lang)
    if len(periods) == 1:
        return _week(periods[0], lang) if len(periods[0]) == 7 else _bare(periods[0], lang)
    return _stretches(periods, lang)


def _days(periods: Sequence[Period], lang: Lang) -> str:
    named = periods[:MOST_DAYS_NAMED]
    if lang == "en":
        others = len(periods) - len(named)
        text = ", ".join(one.first.isoformat() for one in named)
        return f"{text} and {others} more, {len(periods)} days" if others else text
    parts = [
        f"{one.first.day}日"
        if at and one.first.month == named[0].first.month
        else f"{one.first.month}月{one.first.day}日"
        for at, one in enumerate(named)
    ]
    more = f"等{len(periods)}天" if len(periods) > len(named) else ""
    return "、".join(parts) + more


def _stretches(periods: Sequence[Period], lang: Lang) -> str:
    """Whether they follow each other without a gap, the whole; else each by its days."""
    gapless = all(
        one.last + timedelta(days=1) == after.first for one, after in itertools.pairwise(periods)
    )
    whole = Period(periods[0].first, periods[-1].last)
    kind = "周" if all(len(one) == 7 for one in periods) else "期"
    count = len(periods)
    if lang == "en":
        if gapless:
            return f"{_bare(whole, lang)}, {count} in a row"
        return ", ".join(_bare(one, lang) for one in periods) + f", {count} in all"
    if gapless:
        return f"{_bare(whole, lang)}，连续{count}{kind}"
    return "、".join(_bare(one, lang) for one in periods) + f"共{count}{kind}"


def _bare(period: Period, lang: Lang) -> str:
    """Its days without the year, which the line has said."""
    if lang == "en":
        return span_text(period, lang)
    first, last = period.first, period.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.month}月{first.day}日至{last.day}日"
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"
