"""A slow second reading of SEMANTICS: day by day and act by act, to hold the engine against."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import chain

from data.records import Records
from engine.calendar.periods import Period
from rules.frequency import Shape
from rules.rulebook import Rulebook
from tests.reference.branches import Reading
from tests.reference.chains import could_reach, gaps
from tests.reference.counting import Counting
from tests.reference.judging import Expected, judge
from tests.reference.office import Office
from tests.reference.owing import Owing
from tests.reference.sharing import by_post, empty, taken_by_others
from tests.reference.spans import Slot
from tests.reference.unruled import all_unruled


def reference(
    rulebook: Rulebook,
    records: Records,
    as_of: date,
    span: Period,
    reads: Reading | None = None,
) -> dict[str, Expected]:
    """Every obligation of the span, and the older ones still overdue, by id.

    `reads` says which sentences are read (None: all), and afterwards which of them decided.
    """
    office = Office(rulebook, records, as_of, reads)
    adopted = [one.first for one in records.adoptions or () if one.first is not None]
    horizon = max(as_of + timedelta(days=40), span.last, *adopted)
    found: dict[str, Expected] = {}
    owing = Owing(office, horizon)
    for holders in by_post(owing.all_series()):
        taken = taken_by_others(office, holders)
        for one in chain.from_iterable(map(partial(_judged, office), holders, taken)):
            assert one.due_unmoved is not None
            in_span = one.due_unmoved in span
            in_arrears = one.state == "overdue" and one.due_unmoved < span.first
            in_arrears = in_arrears and office.reads("arrears")
            if in_span or in_arrears:
                found[one.id] = one
    for one, first, last in all_unruled(owing):
        if first <= span.last and span.first <= last:
            found[one.id] = one
    return found


def _judged(office: Office, series: list[Slot], taken: Collection[str]) -> list[Expected]:
    if not series:
        return []
    plain, generous = Counting(office), Counting(office, fill=True)
    if series[0].measure.shape is Shape.ROLLING:
        whole = series[0]
        found = gaps(office, plain, whole, taken)
        generous.clocks, generous.made = plain.clocks, plain.made
        return [
            judge(office, plain, gap, could_reach(office, generous, whole, gap, taken))
            for gap in found
        ]
    copies = empty(series)
    plain.give(series, taken)
    generous.give(copies, taken)
    filled = {s.id: _if_filled(generous, s) for s in copies}
    return [judge(office, plain, slot, filled[slot.id]) for slot in series]


def _if_filled(generous: Counting, slot: Slot) -> Fraction:
    """What would be done if every blank field said what is asked for."""
    if not slot.roster_missing:
        return generous.total(slot)
    rows = [given.act for given in slot.acts]
    enough = any(
        not row.out_of or Fraction(row.quantity or 0) >= row.out_of * (slot.measure.share or 1)
        for row in rows
        if row.out_of or not row.subjects
    )
    return Fraction(10**6 if enough else 0)
