"""On which day an act counts, and on how many: the acts of a world as one measure reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import ceil

from data.records import Activity
from rules.duty import Duty
from rules.frequency import Measure
from tests.reference.branches import Reading
from tests.reference.office import DAY, Office, days


def first_day_of(act: Activity) -> date:
    """The first day of an act: the one written, else of n 天 the first of the n days."""
    if act.first_day is not None:
        return min(act.first_day, act.day)
    if act.unit_of_quantity == "天" and act.quantity is not None:
        return act.day - (max(1, ceil(act.quantity)) - 1) * DAY
    return act.day


def is_by_day(measure: Measure) -> bool:
    """Whether calendar days are counted, and not acts."""
    return measure.unit == "天" or measure.of == "workdays"


def as_read(office: Office, duty: Duty, measure: Measure) -> list[Activity]:
    """Each act on the day that counts; where days are counted, one act for each of its days."""
    found: list[Activity] = []
    reads = office.reads
    for act in office.records.activities:
        if is_by_day(measure):
            plain = replace(act, quantity=None, unit_of_quantity=None, out_of=None, first_day=None)
            first = first_day_of(act)
            if act.first_day is None and first < act.day and not reads("days_back"):
                first = act.day
            if first < act.day and not reads("each_of_its_days"):
                first = act.day
            found += [replace(plain, day=day) for day in days(first, act.day)]
        elif act.first_day and act.first_day < act.day and _on_first(duty, reads):
            found.append(replace(act, day=act.first_day, first_day=None))
        else:
            found.append(act)
    return found


def _on_first(duty: Duty, reads: Reading) -> bool:
    """Whether an act of several days counts on its first day, and not on its last."""
    if duty.activity is not None and duty.activity.counts_on == "first":
        return reads("counts_on_first")
    return not reads("counts_on_last")
