"""What the bench times of the program itself: the audit of a year, and the reading under it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from bench.office import FIRST, LAST, MONTH_END, rulebook
from data.records import Records
from data.store.feed import StoreFeed
from data.store.opening import Store
from engine.calendar.periods import Period, months_from
from engine.counting.fast import audit_summary
from engine.counting.verdict_columns import FastAudit
from engine.judging.verdict import State

WARM_RUNS = 3
YEAR_SPAN = Period(FIRST, LAST)
MONTH_SPAN = months_from(MONTH_END.year, MONTH_END.month - 1)

Counts = dict[str, Counter[State]]
"""The states of the verdicts of each duty and of each unit, by id: every way tells them."""

Verdicts = dict[tuple[str, str, Period], tuple[State, int]]
"""The state of each verdict and what was done, by duty, post and period."""


def timed_audit(store: Store, register: Records, as_of: date, span: Period) -> FastAudit:
    """The audit as it is timed: judged, with its arrears, and its span counted by duties."""
    with store.snapshot(bulk=True) as state:
        found = audit_summary(rulebook(), register, StoreFeed(state), as_of, span=span)
    assert found.summary.due
    return found


def counts_of(found: FastAudit) -> Counts:
    """The states of the verdicts of each duty and of each unit."""
    units = found.by_holder(lambda lone: lone.unit, lambda one: one.unit)
    return {name: one.states for name, one in {**found.by_duty, **units}.items()}


def read_columns(store: Store) -> int:
    """Reads what the audit counts from, and does nothing with it."""
    return sum(len(batch.day) for batch in store.stream_columns(FIRST, LAST))
