"""On which day an act of several days counts, or on which days. Source: SEMANTICS, sections 1, 2.

It counts on its last day, on its first where the rule says so, and where calendar days are counted
each of its days is an act of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import ceil

from data.records import Activity
from engine.calendar.days import Days
from engine.calendar.limits import add_days
from engine.judging.stretches import parts_of
from engine.judging.world import LONG_AGO
from rules.duty import Duty
from rules.frequency import DAYS


def looks_inside(duty: Duty) -> bool:
    """Whether the duty may count an act on other days than its last."""
    if duty.activity is not None and duty.activity.counts_on == "first":
        return True
    leaves = (leaf for each in duty.frequency.for_shape() for _, leaf in parts_of(each))
    return any(leaf.counts_days for leaf in leaves)


def days_of(act: Activity) -> Days:
    """The days that an act lasted; without a first day n 天 are the n days that end with its day.

    A part of a day is a day.
    """
    first = act.first_day
    if first is None and act.unit_of_quantity == DAYS and act.quantity is not None:
        first = add_days(act.day, 1 - ceil(act.quantity))
    return Days.of(max(min(first or act.day, act.day), LONG_AGO), act.day)


def as_counted(duty: Duty, act: Activity, by_day: bool) -> Iterator[Activity]:
    """The act on the day that counts; `by_day` one act for each of its days, with what is written
    of its quantity left out.
    """
    if by_day:
        for day in days_of(act):
            yield _on(replace(act, quantity=None, out_of=None, unit_of_quantity=None), day)
    elif duty.activity is not None and duty.activity.counts_on == "first" and act.first_day:
        yield _on(act, min(act.first_day, act.day))
    else:
        yield act


def _on(act: Activity, day: date) -> Activity:
    return replace(act, day=day, first_day=None)
