"""Rulings put into the rulebook: an unclear clause gets the measure that the office decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from engine.calendar.cutting import period_around
from engine.calendar.periods import Period
from engine.calendar.windows import WindowCalendar
from engine.calendar.workdays import Workdays
from engine.judging.stretches import nominal_days, parts_of
from rules.duty import Duty
from rules.frequency import Measure
from rules.period_kinds import Given
from rules.rulebook import Rulebook, Ruling


def with_rulings(rulebook: Rulebook, as_of: date) -> Rulebook:
    """The rulebook as it stands on that day: with the rulings made by then, and each changed rule
    ended where the one that replaces it begins.

    A duty with a ruling is two: what it was, to the end of the year before the ruling holds, and
    what was decided from then on. A ruling that takes the place of a measure changes the rule: it
    begins with its first period, but not before there was a measure.
    """
    by_duty: dict[str, list[Ruling]] = {}
    for ruling in rulebook.rulings:
        if ruling.on <= as_of:
            by_duty.setdefault(ruling.duty, []).append(ruling)
    duties: list[Duty] = []
    for duty in rulebook.duties:
        rulings = sorted(by_duty.get(duty.id, ()), key=lambda one: one.since)
        duties.extend(_ruled(duty, rulings, rulebook))
    return replace(rulebook, duties=tuple(_replaced(duties, rulebook)))


def _ruled(duty: Duty, rulings: list[Ruling], rulebook: Rulebook) -> list[Duty]:
    found = [duty]
    for ruling in rulings:
        before = found[-1]
        first = max(ruling.since, duty.valid.first or ruling.since)
        after = duty.model_copy(
            update={
                "frequency": ruling.frequency,
                "valid": duty.valid.model_copy(update={"first": first}),
                "note": ruling.note or duty.note,
            }
        )
        if before.frequency.shape == "to_be_ruled":
            ends = date(ruling.since.year - 1, 12, 31)
        else:
            first = max(_first_of(after, rulebook), before.valid.first or date.min)
            after = after.model_copy(
                update={"valid": after.valid.model_copy(update={"first": first})}
            )
            ends = first - timedelta(days=1)
        last = before.valid.last
        days = {"last": ends if last is None else min(last, ends)}
        found[-1] = before.model_copy(update={"valid": before.valid.model_copy(update=days)})
        found.append(after)
    return found


def _replaced(duties: list[Duty], rulebook: Rulebook) -> list[Duty]:
    """A changed rule begins with its first period, and what it replaces ends the day before."""
    begins = {duty.id: _first_of(duty, rulebook) for duty in duties if duty.replaces}
    ends = {duty.replaces: begins[duty.id] - timedelta(days=1) for duty in duties if duty.replaces}
    found = []
    for duty in duties:
        valid = duty.valid
        if duty.id in begins:
            valid = valid.model_copy(update={"first": begins[duty.id]})
        if duty.id in ends:
            last = min(ends[duty.id], valid.last or ends[duty.id])
            valid = valid.model_copy(update={"last": last})
        found.append(duty if valid is duty.valid else duty.model_copy(update={"valid": valid}))
    return found


def _first_of(duty: Duty, rulebook: Rulebook) -> date:
    """The first day of the period or window in which the duty begins; else its own first day."""
    first = max(duty.valid.first or date.min, rulebook.documents[duty.document].first)
    measure = max((leaf for _, leaf in parts_of(duty.frequency)), key=nominal_days)
    kind = measure.period
    if kind and kind.by_calendar:
        named = period_around(kind.word, first, since=measure.since)
        return named[1].first if named else first
    around = [one for one in _calendar_periods(measure, rulebook, first.year) if first in one]
    return min((one.first for one in around), default=first)


def _calendar_periods(measure: Measure, rulebook: Rulebook, year: int) -> Iterator[Period]:
    """The windows, school terms or school years of the measure that may hold a day of the year."""
    windows = WindowCalendar(rulebook.calendar, Workdays(rulebook.calendar))
    for at in (year - 1, year):
        if measure.windows:
            for name in (*measure.windows.each, *measure.windows.any):
                parts = (windows.days_of(part, at) for part in windows.members_of(name))
                yield from (part for part in parts if part)
        elif measure.period and measure.period.cut is Given.SCHOOL:
            yield from (one for _, one in windows.school_periods(measure.period.word, at))
