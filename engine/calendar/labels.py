"""Period labels read back: `2024-Q2`, `2024-06-X1`, `2024/汛期`. Source: SEMANTICS, section 1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.calendar.cutting import read_period, read_year
from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.calendar.windows import SCHOOL_YEAR, WindowCalendar
from problems import Objection, said

FORMS = said("period_forms")
"""What labels look like, for messages."""


@dataclass(frozen=True)
class LabelDays:
    """What a label says: its days, or a year and the names of windows that a calendar knows."""

    period: Period | None = None
    year: int | None = None
    windows: tuple[str, ...] = ()


def parse_label(text: str) -> LabelDays | None:
    """What the label says; None where `text` is no label (it may be an event's id) or wrong."""
    try:
        return read_label(text)
    except ValueError:
        return None


def read_label(text: str) -> LabelDays:
    """What the label says. Raises Objection, for the person who wrote it."""
    text = text.strip()
    named = _NAMED.fullmatch(text)
    if named:
        names = tuple(named[2].split("+"))
        if not all(name.strip() == name != "" for name in names):
            raise Objection(said("lacks_window_name", text=text))
        return LabelDays(year=read_year(named[1]), windows=names)
    first, dots, last = text.partition("..")
    if not dots:
        return LabelDays(period=_plain(text))
    form = next((form for form in _ENDS if form.fullmatch(first) and form.fullmatch(last)), None)
    if form is None:
        raise Objection(said("not_a_stretch", text=text))
    period = Period(_plain(first).first, _plain(last).last)
    if period.last < period.first:
        raise Objection(said("ends_before_it_begins", text=text))
    return LabelDays(period=period)


def days_of_label(
    label: LabelDays, windows: WindowCalendar, units: Sequence[str] = ()
) -> Days | None:
    """The days that a label means; of several windows, those of any of them.

    None where a window (or school term) has no days in that year.
    """
    if label.period is not None:
        return Days.from_periods([label.period])
    if label.year is None:
        return None
    found: list[Period] = []
    terms = dict(windows.terms(label.year, units))
    for name in (part for given in label.windows for part in windows.members_of(given)):
        period = windows.days_of(name, label.year, units) or terms.get(name)
        if period is None and name == SCHOOL_YEAR:
            period = windows.school_year(label.year, units)
        if period is None:
            return None
        found.append(period)
    return Days.from_periods(found)


def parse_span(text: str, windows: WindowCalendar, units: Sequence[str] = ()) -> Period:
    """From the first to the last day that a label means.

    Raises Objection, for the person who wrote it.
    """
    label = read_label(text)
    days = days_of_label(label, windows, units)
    if days is None or days.first is None or days.last is None:
        unknown = [name for name in label.windows if not windows.has(name)]
        if unknown:
            raise Objection(said("not_a_window", name=unknown[0]))
        raise Objection(said("no_days_in_calendar", text=text))
    return Period(days.first, days.last)


def _plain(text: str) -> Period:
    """The days of a label that is one period."""
    try:
        named = read_period(text)
    except Objection as wrong:
        raise Objection(said("not_a_period_because", text=text, why=wrong.said)) from None
    if named is None:
        raise Objection(said("not_a_period_form", text=text, forms=FORMS))
    return named[1]


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_NAMED = re.compile(r"([0-9]{4})/(.*)")
_ENDS = (_DAY, _MONTH, _YEAR)
