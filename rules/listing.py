"""The duties as a list of plain entries: what `rules list --json` prints.

Source: INTERFACE, JSON.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.duty import Duty
from rules.frequency import DayOfPeriod, Measure, Shape, Windows
from rules.model import plain_number
from rules.rulebook import Rulebook

Entry = dict[str, Any]


def list_entries(rulebook: Rulebook) -> list[Entry]:
    """One entry for each duty in file order; for a nested one an entry per measure, `#1`, `#2` …

    Absent values are null. `measure` is the whole checked duty with what its document says for all
    of them, so that another program can judge from the entry alone.
    """
    return [entry for duty in rulebook.duties for entry in _entries(duty, rulebook)]


def _entries(duty: Duty, rulebook: Rulebook) -> list[Entry]:
    whole = duty.model_dump(mode="json", by_alias=True)
    document = rulebook.documents.get(duty.document)
    whole["document_number"] = document.number if document else None
    whole["document_adjust"] = document.adjust.value if document else None
    whole["document_first"] = document.first.isoformat() if document else None
    if not duty.frequency.all:
        return [_entry(duty, duty.id, duty.frequency, whole)]
    return [
        _entry(duty, f"{duty.id}#{place}", part, whole)
        for place, part in enumerate(duty.frequency.all, start=1)
    ]


def _entry(duty: Duty, entry_id: str, measure: Measure, whole: Entry) -> Entry:
    source = duty.sources[0]
    shape = measure.shape
    return {
        "id": entry_id,
        "document": duty.document,
        "number": whole["document_number"],
        "clause": source.clause,
        "quote": source.quote,
        "title": duty.title,
        "holder": whole["holder"],
        "activity": whole["activity"],
        "shape": shape.value,
        "at_least": _least(measure),
        "at_most": None if measure.at_most is None else plain_number(measure.at_most),
        "per": _per(measure),
        "unit": measure.unit,
        "due": _due(measure),
        "each": _each(measure),
        "when": _when(measure),
        "first": _day(duty.valid.first),
        "last": _day(duty.valid.last),
        "status": "to_be_ruled" if shape is Shape.TO_BE_RULED else "active",
        "measure": whole,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _least(measure: Measure) -> int | float | str | None:
    """Occasions or quantity; a bare 每年 is once; the fraction for a share, as exact text."""
    if measure.shape is Shape.TO_BE_RULED:
        return None if measure.at_least is None else plain_number(measure.at_least)
    if measure.share is not None:
        return str(measure.share)
    return plain_number(measure.at_least) if measure.at_least is not None else 1


def _per(measure: Measure) -> str | None:
    """The period; the one an after-the-period duty is about; the stretch of a rolling one."""
    return measure.per or measure.about or (str(measure.every) if measure.every else None)


def _due(measure: Measure) -> str | list[str] | None:
    if measure.by:
        return measure.by.isoformat()
    if measure.due:
        return [written_day(day) for day in measure.due]
    if measure.within == "to_be_ruled":
        return "to_be_ruled"
    if measure.within is not None:
        until = measure.within
        if until.length:
            return str(until.length)
        return f"+{until.years} {until.month:02d}-{_two(until.day)}"
    if measure.before and measure.ahead.count:
        return str(measure.ahead)
    return None


def written_day(day: DayOfPeriod) -> str:
    """A day of a period as a rule file may write it: `20`, `last`, `06-30`, `first friday`."""
    if day.nth:
        words = [day.nth, day.weekday, *(["of month", day.month] if day.month else [])]
        return " ".join(map(str, words))
    if day.weekday:
        return str(day.weekday)
    return f"{day.month:02d}-{_two(day.day)}" if day.month else str(day.day)


def _two(day: int | str | None) -> str:
    return f"{day:02d}" if isinstance(day, int) else str(day)


def _each(measure: Measure) -> Entry | None:
    """The population that must be reached, or the windows that ask for an act each."""
    population = measure.population
    if population is not None:
        return population.model_dump(mode="json", by_alias=True)
    if measure.windows and measure.windows.each:
        return {"windows": list(measure.windows.each)}
    return None


def _when(measure: Measure) -> Entry | None:
    """The windows, events or part of the period in which it is asked; None: all of the period."""
    found: Entry = {}
    if isinstance(measure.windows, Windows):
        found["windows"] = measure.windows.model_dump(mode="json", exclude_defaults=True)
    for key, words in (("before", measure.before), ("after", measure.after)):
        if words:
            found[key] = list(words)
    if measure.while_:
        found["while"] = measure.while_
    if measure.between:
        found["between"] = [written_day(day) for day in measure.between]
    if measure.except_:
        found["except"] = list(measure.except_)
    return found or None
