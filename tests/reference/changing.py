"""The duties as the office's rulings and changed rules leave them, each with its own days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from engine.calendar.cutting import period_around
from rules.duty import Duty
from rules.frequency import Measure, Shape
from rules.rulebook import Rulebook
from tests.reference.branches import Reading
from tests.reference.measures import parts
from tests.reference.windows import NamedWindows, Run, school_runs

DAY = timedelta(days=1)


def as_it_stands(rulebook: Rulebook, as_of: date, named: NamedWindows, reads: Reading) -> Rulebook:
    """The rulebook in which a ruled or a changed duty stands once for each of its measures."""
    duties: list[Duty] = []
    for duty in rulebook.duties:
        duties += _ruled(rulebook, duty, as_of, named, reads)
    return replace(rulebook, duties=tuple(_changed(rulebook, duties, named, reads)))


def _lasting(duty: Duty, first: date | None, last: date | None) -> Duty:
    """The duty on no more days than these."""
    firsts = [day for day in (duty.valid.first, first) if day]
    lasts = [day for day in (duty.valid.last, last) if day]
    days = {"first": max(firsts, default=None), "last": min(lasts, default=None)}
    return duty.model_copy(update={"valid": duty.valid.model_copy(update=days)})


def _ruled(
    rulebook: Rulebook, duty: Duty, as_of: date, named: NamedWindows, reads: Reading
) -> list[Duty]:
    """The duty before it was ruled, and with the measure of each ruling from its day on."""
    rulings = [one for one in rulebook.rulings if one.duty == duty.id]
    if any(one.on > as_of for one in rulings) and reads("ruling_known"):
        rulings = [one for one in rulings if one.on <= as_of]
    if not rulings or not reads("ruling"):
        return [duty]
    rulings.sort(key=lambda one: one.first or one.on)
    begins = [one.first or one.on for one in rulings]
    # of the year in which the ruling begins there is a measure, and nothing is to be ruled
    found = [_lasting(duty, None, date(begins[0].year - 1, 12, 31))]
    for n, ruling in enumerate(rulings):
        ruled = duty.model_copy(update={"frequency": ruling.frequency})
        first = begins[n]
        if n:
            # a ruling that takes the place of another changes the rule with its first period
            first = max(begins[0], _first_period(rulebook, ruled, first, named))
            found[-1] = _lasting(found[-1], None, first - DAY)
        found.append(_lasting(ruled, first, None))
    return [one for one in found if not _is_over(one)]


def _is_over(duty: Duty) -> bool:
    first, last = duty.valid.first, duty.valid.last
    return first is not None and last is not None and last < first


def _changed(
    rulebook: Rulebook, duties: list[Duty], named: NamedWindows, reads: Reading
) -> Iterator[Duty]:
    begins: dict[str, date] = {}
    for duty in duties:
        if duty.replaces and reads("replaces"):
            document = rulebook.documents[duty.document]
            first = max(day for day in (duty.valid.first, document.first) if day)
            begins[duty.id] = _first_period(rulebook, duty, first, named)
    ends = {duty.replaces: begins[duty.id] - DAY for duty in duties if duty.id in begins}
    for duty in duties:
        if duty.id in ends and reads("old_rule_ends"):
            duty = _lasting(duty, None, ends[duty.id])
        if duty.id in begins and reads("whole_first_period"):
            days = duty.valid.model_copy(update={"first": begins[duty.id]})
            duty = duty.model_copy(update={"valid": days})
        if not _is_over(duty):
            yield duty


def _first_period(rulebook: Rulebook, duty: Duty, day: date, named: NamedWindows) -> date:
    """The first day of the longest period of the duty's measure in which the day lies."""
    found = [run for _, leaf in parts(duty.frequency) for run in _runs(leaf, day, named)]
    inside = [run for run in found if run[0] <= day <= run[1]]
    longest = max(inside, key=lambda run: run[1] - run[0], default=(day, day))
    return longest[0]


def _runs(leaf: Measure, day: date, named: NamedWindows) -> Iterator[Run]:
    """The periods or windows of the measure around that day."""
    if leaf.windows:
        for name in (*leaf.windows.each, *leaf.windows.any):
            for part in named.parts(name):
                for year in (day.year - 1, day.year, day.year + 1):
                    run = named.days_of(part, year, [])
                    if run is not None:
                        yield run
    elif leaf.period is not None and leaf.shape is not Shape.ROLLING:
        if leaf.period.by_calendar:
            around = period_around(leaf.period.word, day, since=leaf.since)
            if around is not None:
                yield around[1].first, around[1].last
        else:
            for year in (day.year - 1, day.year):
                for _, run in school_runs(named, leaf.period.word, year, []):
                    yield run
