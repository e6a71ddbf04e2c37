"""How the calendar is cut into periods of each kind, and how their labels are written and read.

What a kind is stands in one row of `rules/period_kinds.py`. Source: SEMANTICS, sections 1 and 2.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from string import Formatter

from engine.calendar.periods import ONE_DAY, Named, Period, day_of_month, months_from
from engine.calendar.workdays import Workdays
from problems import Bare, Objection, Said, bare, said
from rules.period_kinds import (
    PERIOD_KINDS,
    Cut,
    Given,
    MonthParts,
    Months,
    PeriodKind,
    Runs,
    period_kind,
)


@lru_cache(maxsize=1 << 16)
def period_around(word: str, day: date, *, since: int | None = None) -> Named | None:
    """The period of that kind in which `day` lies. None before the year `since` of `N years`.

    A `workday` is the day itself, worked or not. Raises ValueError for a kind that the calendar
    alone does not decide, and for `N years` without `since`.
    """
    kind = period_kind(word)
    if not kind.needs_since:
        since = None
    elif since is None:
        raise ValueError(f"'{word}' needs the year from which it is counted")
    elif day.year < since:
        return None
    period = _around(kind, day, since or 1)
    return kind.label.format(**_fields(kind, period)), period


def periods_of(
    word: str,
    first: date,
    last: date,
    *,
    since: int | None = None,
    workdays: Workdays | None = None,
) -> Iterator[Named]:
    """The periods of that kind that share a day with `first`..`last`, in order, with labels.

    They leave no gap, but for those of working days alone, which need `workdays`. `N years` begin
    with the year `since`. Raises ValueError as `period_around` does.
    """
    kind = period_kind(word)
    if kind.worked and workdays is None:
        raise ValueError(f"'{word}' needs the working days")
    day = first
    if kind.needs_since and since is not None and first.year < since:
        day = date(since, 1, 1)
    while day <= last:
        named = period_around(word, day, since=since)
        assert named is not None  # `day` is never before `since`
        if not kind.worked or workdays is None or workdays.is_workday(day):
            yield named
        if named[1].last == date.max:
            return
        day = named[1].last + ONE_DAY


def read_period(text: str) -> Named | None:
    """The period that a label names, as a clerk calls it in Chinese (or blank). None: no label.

    Raises Objection, for the person who wrote it, where it has no such period.
    """
    for kind, form in _FORMS:
        found = form.fullmatch(text)
        if found:
            named = period_around(kind.word, _day_in(kind, found.groupdict()))
            assert named is not None  # labels of `N years` are no form
            return kind.zh_label.format(**_fields(kind, named[1])), named[1]
    return None


def read_year(text: str) -> int:
    """The year of a label. Raises Objection for one that no label can say."""
    year = int(text)
    if not 1 <= year <= 9998:
        raise Objection(said("years_run_to"))
    return year


def _around(kind: PeriodKind, day: date, since: int) -> Period:
    match kind.cut:
        case Runs(days):
            first = (day.toordinal() - 1) // days * days + 1
            end = min(first + days - 1, date.max.toordinal())
            return Period(date.fromordinal(first), date.fromordinal(end))
        case MonthParts(begins):
            after = bisect_right(begins, day.day)
            last_day = begins[after] - 1 if after < len(begins) else 31
            last = day_of_month(day.year, day.month, last_day)
            return Period(day.replace(day=begins[after - 1]), last)
        case Months(count):
            months = (day.year - since) * 12 + day.month - 1
            return months_from(since, months // count * count + 1, count)
        case Given():
            raise ValueError(f"'{kind.word}' is not a period that the calendar alone decides")


def _fields(kind: PeriodKind, period: Period) -> dict[str, object]:
    """What labels are filled with."""
    first, last = period.first, period.last
    iso = first.isocalendar()
    number = _number(kind.cut, first)
    return {
        "first": first,
        "last": last,
        "year": first.year,
        "month": first.month,
        "day": first.day,
        "last_year": last.year,
        "last_month": last.month,
        "iso_year": iso.year,
        "week": iso.week,
        "number": number,
        "letter": _letters(number)[-1],
        "name": kind.zh_names[number - 1] if kind.zh_names else "",
    }


def _number(cut: Cut, first: date) -> int:
    """Which one it is of its month or year, from 1; 1 for runs, which have no number."""
    if isinstance(cut, MonthParts):
        return bisect_right(cut.begins, first.day)
    return (first.month - 1) // cut.count + 1 if isinstance(cut, Months) else 1


def _letters(count: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:count]


def _day_in(kind: PeriodKind, parts: dict[str, str]) -> date:
    """A day of the period that a label's parts name. Raises Objection where there is none."""
    year = read_year(parts.get("year") or parts["iso_year"])
    if "week" in parts:
        # 28 December always lies in the last ISO week
        weeks = date(year, 12, 28).isocalendar().week
        return date.fromisocalendar(
            year, _in(parts["week"], weeks, said("weeks_of_year", year=bare(f"{year:04}"))), 1
        )
    month = _in(parts.get("month", "1"), 12, said("months"))
    if "day" in parts:
        days = day_of_month(year, month, "last").day
        named = said("days_of_month", year=bare(f"{year:04}"), month=bare(f"{month:02}"))
        return date(year, month, _in(parts["day"], days, named))
    at = 1
    if "number" in parts:
        at = _in(parts["number"], _most(kind.cut), kind.several or bare(kind.en))
    elif "letter" in parts:
        at = _letters(26).index(parts["letter"]) + 1
    if isinstance(kind.cut, MonthParts):
        return date(year, month, kind.cut.begins[at - 1])
    return date(year, month + (at - 1) * (kind.months or 1), 1)


def _most(cut: Cut) -> int:
    """How many periods lie in a month, of parts of it; else in a year."""
    if isinstance(cut, MonthParts):
        return len(cut.begins)
    return 12 // cut.count if isinstance(cut, Months) else 1


def _in(text: str, last: int, what: Said | Bare) -> int:
    if not 1 <= int(text) <= last:
        raise Objection(said("numbers_run_to", what=what, last=last))
    return int(text)


def _form(kind: PeriodKind) -> re.Pattern[str]:
    """What a label of that kind looks like, made from the label that is written."""
    text = ""
    for before, field, width, _ in Formatter().parse(kind.label):
        text += re.escape(before)
        if field == "letter":
            text += f"(?P<letter>[{_letters(_most(kind.cut))}])"
        elif field:
            text += f"(?P<{field}>[0-9]{{{int(width or 1)}}})"
    return re.compile(text)


_FORMS = tuple(
    (kind, _form(kind))
    for kind in PERIOD_KINDS
    if kind.by_calendar and not kind.worked and ".." not in kind.label
)
"""The kinds that have a label of their own; others are called by their first and last day."""
