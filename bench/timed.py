"""What the bench times of the program itself: the audit of a year, and the reading under it."""

from __future__ import annotations

from datetime import date

from bench.office import FIRST, LAST, MONTH_END, rulebook
from data.feed import StoreFeed
from data.records import Records
from data.store import Store
from engine.columns import FastAudit
from engine.fast import audit_summary
from engine.periods import Period, months_from

WARM_RUNS = 3
YEAR_SPAN = Period(FIRST, LAST)
MONTH_SPAN = months_from(MONTH_END.year, MONTH_END.month - 1)


def audit(store: Store, register: Records, as_of: date, span: Period, arrears: bool) -> FastAudit:
    """The audit as it is timed: judged, summed up, and its checksum taken."""
    with store.snapshot(bulk=True) as state:
        found = audit_summary(
            rulebook(), register, StoreFeed(state), as_of, span=span, arrears=arrears
        )
    assert found.summary.due and found.checksum
    return found


def read_columns(store: Store) -> int:
    """Reads what the audit counts from, and does nothing with it."""
    return sum(len(batch.day) for batch in store.stream_columns(FIRST, LAST))
