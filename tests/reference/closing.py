"""Until when a make-up is usual: after that an overdue obligation is closed."""

from __future__ import annotations

from datetime import date

from engine.calendar.cutting import period_around
from engine.calendar.periods import add_months
from rules.frequency import Shape
from tests.reference.office import DAY, Office
from tests.reference.spans import Slot
from tests.reference.windows import YEARS, school_runs

FINE = ("day", "workday", "week", "ten_days", "half_month")
SCHOOL = ("school_term", "school_year")
SHORTEST_MONTH = 28
"""The days of February."""


def closes(office: Office, slot: Slot) -> date:
    """The last day of the usual time for a make-up."""
    leaf, at = slot.measure, slot.at
    word, chain = leaf.per or leaf.about, office.chain(slot.unit)
    if leaf.shape is Shape.EVENT or leaf.by is not None or leaf.while_ or leaf.every:
        return add_months(at.deadline, 12)
    if leaf.windows:
        names = leaf.windows.any or (at.label.partition("/")[2],)
        year = int(at.label[:4]) + 1
        every = [part for name in names for part in office.named.parts(name)]
        found = [office.named.days_of(part, year, chain) for part in every]
        known = [run[1] for run in found if run]
        if not office.reads("closed_window"):
            return at.deadline
        return max(known) if len(known) == len(every) else add_months(at.deadline, 12)
    several = len(leaf.due) > 1
    if word in ("campaign", "term_of_office"):
        return add_months(at.deadline, 12)
    divided = several or word in SCHOOL
    if word in FINE or (divided and (at.last - at.first).days + 1 < SHORTEST_MONTH):
        month = add_months(at.last.replace(day=1), 2)
        return month - DAY if office.reads("closed_fine") else at.deadline
    if several and at.next_due is not None:
        # the stretches between several due days are periods
        return at.next_due
    if word in SCHOOL:
        terms = [run for one in YEARS for _, run in school_runs(office.named, word, one, chain)]
        later = [run for run in terms if run[0] > at.last]
        return min(later)[1] if later else add_months(at.deadline, 12)
    following = period_around(word or "", at.last + DAY, since=leaf.since)
    return following[1].last if following else add_months(at.deadline, 12)
