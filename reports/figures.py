"""How numbers, rates and days are printed. Source: FORMATS, sections 3 and 4."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from engine.calendar.cutting import read_period
from engine.calendar.labels import parse_label
from engine.calendar.periods import Period
from reports.i18n import Lang
from rules.frequency import DAYS, Measure

NOTHING = "—"
"""Stands where there is no number: a rate over nothing."""

_WEEKDAYS = {
    "zh": "一二三四五六日",
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def number(value: Fraction | Decimal | int) -> str:
    """The value without rounding: `3`, `1.5`, `1/3` where no decimal says it."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(exact)
    return f"{(Decimal(exact.numerator) / Decimal(exact.denominator)).normalize():f}"


def json_number(value: Fraction | Decimal | int) -> int | float:
    """The value as JSON writes it: whole where it is whole."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def amount(value: Fraction | int, measure: Measure, lang: Lang = "zh") -> str:
    """A number with what is counted: `3次`, `40台`, `9个对象`."""
    if lang == "en":
        unit = measure.unit or ("members" if measure.covers_members else "")
        unit = unit or ("days" if measure.counts_days else "")
        return f"{number(value)} {unit}".strip()
    unit = measure.unit or ("个" if measure.covers_members else "次")
    unit = DAYS if measure.counts_days else unit
    return f"{number(value)}{unit}"


def percent(rate: Fraction | None) -> str:
    """One decimal, half up; never 100.0% when something is open, nor 0.0% when some is done."""
    if rate is None:
        return NOTHING
    tenths = floor(rate * 1000 + Fraction(1, 2))
    if rate < 1:
        tenths = min(tenths, 999)
    if rate > 0:
        tenths = max(tenths, 1)
    return f"{tenths // 10}.{tenths % 10}%"


def exact_rate(rate: Fraction | None) -> str | None:
    """The rate as JSON carries it: `17/20`; None when nothing was due."""
    return None if rate is None else str(rate)


def iso(day: date | None) -> str | None:
    """The day as `2024-06-30`; None where there is none."""
    return None if day is None else day.isoformat()


def day_text(day: date | None, lang: Lang = "zh") -> str:
    """The day as `2024年6月3日`, without leading zeros."""
    if day is None:
        return NOTHING
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def day_with_weekday(day: date, lang: Lang = "zh") -> str:
    """The day with its weekday: `2024年6月3日（星期一）`."""
    name = _WEEKDAYS[lang][day.weekday()]
    text = day_text(day, lang)
    return f"{text}（星期{name}）" if lang == "zh" else f"{text} ({name})"


def span_text(period: Period, lang: Lang = "zh") -> str:
    """First and last day: `2024年6月1日至6月30日`, the year said once where it is the same."""
    first, last = period.first, period.last
    if first == last:
        return day_text(first, lang)
    if lang == "en":
        return f"{first.isoformat()} to {last.isoformat()}"
    if first.year == last.year:
        return f"{day_text(first)}至{last.month}月{last.day}日"
    return f"{day_text(first)}至{day_text(last)}"


def days_told(days: Collection[date], lang: Lang = "zh") -> str:
    """One day, or the first and the last of several; there is at least one."""
    return span_text(Period(min(days), max(days)), lang)


def period_text(label: str, period: Period, lang: Lang = "zh") -> str:
    """What a clerk calls the period: `2024年6月`, `2024年二季度`; an event by its name, with the
    days after it where it goes on meanwhile; else days.
    """
    event, _, days = label.rpartition("/")
    if parse_label(label) is None and event and parse_label(days):
        return f"{event} {span_text(period, lang)}"
    if lang == "en" or parse_label(label) is None:
        return label
    if "/" in label:
        head, _, name = label.partition("/")
        return f"{head}年{name}" if head.isdigit() else label
    named = read_period(label)
    return (named and named[0]) or span_text(period)


def periods_told(first: str, count: int, lang: Lang = "zh") -> str:
    """Several periods in one cell: `2024-06-03等5期`; one stands by itself."""
    if count < 2:
        return first
    return f"{first} and {count - 1} more" if lang == "en" else f"{first}等{count}期"
