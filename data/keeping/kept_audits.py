"""Audits that were kept: what they were asked, and enough of what came out to prove it again.

Source: SEMANTICS, section 6.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from data.cell_values import stored_moment
from data.keeping.kept_rules import HASHES, KeptFile, write_rulebook
from data.store.journal import Doing, JournalAct, Writing
from data.store.opening import Store
from data.store.row_hashes import ledger_names
from data.store.tables import AuditRow
from data.unreadable import as_written, json_read


@dataclass(frozen=True)
class KeptAudit:
    """What an audit was asked (as_of, known_on, span, unit, document), the hashes it ran on, the
    checksum of all its verdicts, and those that were not met as JSON values.
    """

    audit: int
    kept_at: str
    asked: Mapping[str, Any]
    hashes: Mapping[str, str]
    checksum: str
    unmet: tuple[Mapping[str, Any], ...]


def keep_audit(
    store: Store,
    *,
    asked: Mapping[str, Any],
    hashes: Mapping[str, str],
    checksum: str,
    unmet: list[Mapping[str, Any]],
    doing: Doing,
    files: Sequence[KeptFile] = (),
) -> int:
    """Keeps an audit, with the rule `files` that it ran on where they are given; its number."""
    with store.writing() as connection:
        writing = Writing(connection, JournalAct.AUDIT, "audit", checksum, doing)
        number = (connection.scalar(select(func.max(AuditRow.audit))) or 0) + 1
        row = {
            "audit": number,
            "kept_at": stored_moment(doing.now),
            "asked": json.dumps(asked, sort_keys=True, ensure_ascii=False),
            "hashes": json.dumps(hashes, sort_keys=True),
            "checksum": checksum,
            "unmet": json.dumps(unmet, sort_keys=True, ensure_ascii=False),
        }
        connection.execute(insert(AuditRow), {**row, "entry": writing.entry})
        names = ledger_names("audits")
        writing.rows.add("audits", names, [[str(row[name]) for name in names]])
        counts = {"audits": {"new": 1}}
        if files:
            counts |= write_rulebook(connection, writing, hashes, files)
        writing.finish(counts)
    return number


def kept_audit(store: Store, number: int) -> KeptAudit | None:
    """The kept audit of that number; None where there is none. Raises BadInput where somebody else
    wrote it.
    """
    with store.reading() as connection:
        row = connection.execute(select(AuditRow.__table__).where(AuditRow.audit == number)).first()
    if row is None:
        return None
    with as_written("audits", number):
        asked, hashes, unmet = map(json_read, (row.asked, row.hashes, row.unmet))
        _check_asked(asked)
        hashes = {name: hashes[name] for name in HASHES}
        _check_texts([*hashes.values()])
        _check_texts([one[name] for one in unmet for name in ("id", "state")])
        return KeptAudit(row.audit, row.kept_at, asked, hashes, row.checksum, tuple(unmet))


def _check_asked(asked: Mapping[str, Any]) -> None:
    for day in (asked["as_of"], asked["known_on"] or asked["as_of"]):
        date.fromisoformat(day)
    _check_texts([asked.get(name) or "" for name in ("span", "unit", "document")])
    if not isinstance(asked.get("entry", 0), int):
        raise TypeError(asked)


def _check_texts(cells: Sequence[object]) -> None:
    if not all(isinstance(cell, str) for cell in cells):
        raise TypeError(cells)
