"""Rule files in the store: what an audit ran on can be read again after the files have changed.

Each file is there once, under the hash of its bytes; a rulebook is its hashes and a list of files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select

from data.store.journal import Doing, JournalAct, Writing
from data.store.opening import Store
from data.store.reading import knowledge_end
from data.store.row_hashes import ledger_names
from data.store.tables import AuditRow, EntryRow, RulebookRow, RuleFileRow
from data.unreadable import as_written, json_read

HASHES = ("rules", "rulings", "calendar")


@dataclass(frozen=True)
class KeptFile:
    """A rule file: what it is for, its name in hashes, the document it belongs to, its bytes."""

    role: str
    label: str
    document: str
    raw: bytes


@dataclass(frozen=True)
class KeptRules:
    """What keeping a rulebook did: its number, how many of its files were new, and the entry (None:
    the store had all of it).
    """

    rulebook: int
    new_files: int
    entry: int | None


def keep_rules(
    store: Store, hashes: Mapping[str, str], files: Sequence[KeptFile], doing: Doing
) -> KeptRules:
    """Keeps a rulebook with its files as one entry of the journal; once."""
    with store.writing() as connection:
        number = _number_of(connection, hashes)
        if number is not None:
            return KeptRules(number, 0, None)
        writing = Writing(connection, JournalAct.RULES, "rules", hashes["rules"], doing)
        counts = write_rulebook(connection, writing, hashes, files)
        writing.finish(counts)
        number = _number_of(connection, hashes)
    assert number is not None
    return KeptRules(number, counts["rule_files"]["new"], writing.entry)


def write_rulebook(
    connection: Connection, writing: Writing, hashes: Mapping[str, str], files: Sequence[KeptFile]
) -> dict[str, dict[str, int]]:
    """Writes a rulebook and those of its files that the store has not, within an entry; counts."""
    if _number_of(connection, hashes) is not None:
        return {}
    by_hash = {hashlib.sha256(file.raw).hexdigest(): file for file in reversed(files)}
    there = set(
        connection.scalars(
            select(RuleFileRow.sha256).where(RuleFileRow.sha256.in_(sorted(by_hash)))
        )
    )
    # Every file was read as UTF-8 before it came here; the bytes come back as they were.
    new = [
        {"sha256": digest, "label": by_hash[digest].label, "content": by_hash[digest].raw.decode()}
        for digest in sorted(by_hash.keys() - there)
    ]
    listed = [
        [file.role, file.label, file.document, hashlib.sha256(file.raw).hexdigest()]
        for file in files
    ]
    number = (connection.scalar(select(func.max(RulebookRow.rulebook))) or 0) + 1
    rulebook = {
        "rulebook": number,
        **{name: hashes[name] for name in HASHES},
        "files": json.dumps(listed, ensure_ascii=False),
    }
    for name, table, rows in (
        ("rule_files", RuleFileRow, new),
        ("rulebooks", RulebookRow, [rulebook]),
    ):
        if rows:
            connection.execute(insert(table), [{**row, "entry": writing.entry} for row in rows])
        names = ledger_names(name)
        writing.rows.add(name, names, [[str(row[one]) for one in names] for row in rows])
    return {"rule_files": {"new": len(new)}, "rulebooks": {"new": 1}}


def _number_of(connection: Connection, hashes: Mapping[str, str]) -> int | None:
    same = [getattr(RulebookRow, name) == hashes[name] for name in HASHES]
    return connection.scalar(select(RulebookRow.rulebook).where(*same))


def hashes_in_force(store: Store, known_on: date) -> Mapping[str, str] | None:
    """The hashes of the rules that were kept, or that an audit was kept with, last by the end of a
    day; None where none were by then.
    """
    entries = EntryRow.__table__
    by_then = entries.c.moment < knowledge_end(known_on)
    kept = select(RulebookRow.entry, RulebookRow.rules, RulebookRow.rulings, RulebookRow.calendar)
    kept = kept.join(entries, entries.c.entry == RulebookRow.entry).where(by_then)
    audits = select(AuditRow.entry, AuditRow.audit, AuditRow.hashes)
    audits = audits.join(entries, entries.c.entry == AuditRow.entry).where(by_then)
    found: dict[int, Mapping[str, str]] = {}
    with store.reading() as connection:
        for entry, *hashes in connection.execute(kept):
            found[entry] = dict(zip(HASHES, hashes, strict=True))
        for entry, audit, text in connection.execute(audits):
            with as_written("audits", audit):
                told = json_read(text)
                found[entry] = {name: told[name] for name in HASHES}
    return found[max(found)] if found else None


def kept_rule_files(store: Store, hashes: Mapping[str, str]) -> tuple[KeptFile, ...] | None:
    """The files of the rulebook with these hashes, in the order of reading; None where it was not
    kept.
    """
    with store.reading() as connection:
        number = _number_of(connection, hashes)
        if number is None:
            return None
        told = connection.scalar(select(RulebookRow.files).where(RulebookRow.rulebook == number))
        with as_written("rulebooks", number):
            listed = json_read(told or "[]")
            wanted = {one[3] for one in listed}
        query = select(RuleFileRow.sha256, RuleFileRow.content).where(
            RuleFileRow.sha256.in_(sorted(wanted))
        )
        content: dict[str, str] = dict(connection.execute(query).all())
    with as_written("rulebooks", number):
        return tuple(
            KeptFile(role, label, document, content[digest].encode())
            for role, label, document, digest in listed
        )
