"""Papers that were written to be sent, in the store's journal: which, to whom, with which bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, insert, select

from data.store.journal import Doing, JournalAct, Writing
from data.store.opening import Store
from data.store.row_hashes import ledger_names
from data.store.tables import KeptNoticeRow


@dataclass(frozen=True)
class KeptPaper:
    """One file: of which level, to whom (an id, or a word of the policy), its name and its text."""

    level: str
    addressee: str
    file: str
    text: str


def keep_notices(
    store: Store,
    papers: Sequence[KeptPaper],
    as_of: date,
    known_on: date | None,
    doing: Doing,
    put: Callable[[], None],
) -> int:
    """Writes an entry with a row for each paper; its number.

    `put` brings the papers to where they belong; it is called when all else is done, so that what
    stands in the journal was there, and nothing of it does where that fails.
    """
    with store.writing() as connection:
        writing = Writing(connection, JournalAct.NOTICES, "notices", "", doing)
        last = connection.scalar(select(func.max(KeptNoticeRow.notice))) or 0
        rows = [
            {
                "notice": number,
                "as_of": as_of.isoformat(),
                "known_on": known_on.isoformat() if known_on else None,
                "level": paper.level,
                "addressee": paper.addressee,
                "file": paper.file,
                "sha256": hashlib.sha256(paper.text.encode()).hexdigest(),
            }
            for number, paper in enumerate(papers, last + 1)
        ]
        if rows:
            connection.execute(
                insert(KeptNoticeRow), [{**row, "entry": writing.entry} for row in rows]
            )
        names = ledger_names("notices")
        cells = [[None if row[one] is None else str(row[one]) for one in names] for row in rows]
        writing.rows.add("notices", names, cells)
        writing.finish({"notices": {"new": len(rows)}, "as_of": as_of.isoformat()})
        put()
    return writing.entry
