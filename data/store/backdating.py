"""Rows that were written later than they are dated: they change what earlier knowledge days show.

What was known at the end of a day is read by the dates of the rows. As long as each is dated on or
after the day of the change before it, no day that was over by then ever reads otherwise.
"""

from __future__ import annotations

from sqlalchemy import Connection, Subquery, case, func, select

from data.import_columns import TABLES
from data.store.journal import JournalAct
from data.store.tables import EntryRow, sql_table

_JOURNAL = EntryRow.__table__
_TOLD = (_JOURNAL.c.act != JournalAct.MADE.value) & (_JOURNAL.c.source != "init")
"""Entries by which something was known; of a store that was only made nothing was."""


def newest_day(connection: Connection) -> str | None:
    """The day of the latest change, as YYYY-MM-DD; None while the store is still as it was made."""
    latest = select(func.max(_JOURNAL.c.moment)).where(_TOLD)
    moment = connection.scalar(latest)
    return moment[:10] if moment else None


def count_back_dated(connection: Connection) -> int:
    """How many rows and voids of the store are dated before the day of the changes before them."""
    days = _days_before()
    found = 0
    for name in TABLES:
        table = sql_table(name)
        for column, entry in (
            (table.c.recorded_at, table.c.entry),
            (table.c.voided_at, table.c.voided_in),
        ):
            count = (
                select(func.count())
                .select_from(table.join(days, days.c.entry == entry))
                .where(column < days.c.day, days.c.act != JournalAct.UPGRADE.value)
            )
            found += connection.scalar(count) or 0
    return found


def _days_before() -> Subquery:
    """Each entry with the day of the latest change before it; None where there is none."""
    known = case((_TOLD, _JOURNAL.c.moment))
    latest = func.max(known).over(order_by=_JOURNAL.c.entry, rows=(None, -1))
    return select(
        _JOURNAL.c.entry, _JOURNAL.c.act, func.substr(latest, 1, 10).label("day")
    ).subquery("days")
