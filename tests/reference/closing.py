"""Until when a make-up is usual: after that an overdue obligation is closed."""

from __future__ import annotations

from datetime import date

from engine.calendar.cutting import period_around
from engine.calendar.periods import add_months
from rules.frequency import Shape
from tests.reference.office import DAY, Office
from tests.reference.spans import Slot

FINE = ("day", "workday", "week", "ten_days", "half_month")
SHORTEST_MONTH = 28
"""The days of February."""


def closes(office: Office, slot: Slot) -> date:
    """The last day of the usual time for a make-up."""
    leaf, at = slot.measure, slot.at
    word = leaf.per or leaf.about
    if leaf.shape is Shape.EVENT or leaf.by is not None or leaf.while_ or leaf.every:
        return add_months(at.deadline, 12)
    if leaf.windows:
        names = leaf.windows.any or (at.label.partition("/")[2],)
        year = int(at.label[:4]) + 1
        chain = office.chain(slot.unit)
        found = [office.windows.days_of(name, year, chain) for name in names]
        known = [period.last for period in found if period]
        return max(known) if len(known) == len(names) else add_months(at.deadline, 12)
    several = len(leaf.due) > 1
    if word in FINE or (several and (at.last - at.first).days + 1 < SHORTEST_MONTH):
        month = add_months(at.last.replace(day=1), 2)
        return month - DAY
    if several and at.next_due is not None:
        # the stretches between several due days are periods
        return at.next_due
    following = period_around(word or "", at.last + DAY, since=leaf.since)
    return following[1].last if following else add_months(at.deadline, 12)
