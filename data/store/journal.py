"""The journal: every change of the store is one transaction and one entry, in a chain of hashes.

An entry says when, who, why and from what. Its `content` is a hash over each row that it wrote and
each that it voided (`row_hashes.py`); rows are versions, so what stood before is there too. `hash`
is one over the entry and the `hash` of the one before it: whoever changes a row or an entry breaks
the chain there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from data.cell_values import stored_moment
from data.store.row_hashes import Rows
from data.store.tables import EntryRow, sql_table


class JournalAct(StrEnum):
    """What an entry was written for. Migrations write `upgrade`."""

    MADE = "made"
    IMPORT = "import"
    RECORD = "record"
    UPGRADE = "upgrade"
    AUDIT = "audit"
    RULES = "rules"
    REGISTER = "register"


FIRST = "0" * 64
"""What the first entry names as the hash before it."""

_JOURNAL = sql_table("journal")


@dataclass(frozen=True)
class Doing:
    """Who changes the store, when and why, as the edge was told."""

    now: datetime
    who: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class JournalEntry:
    """One entry of the journal. `counts` is JSON: {table: {new, changed, voided, unchanged}} of an
    import, or what else the act made.
    """

    entry: int
    moment: str
    act: str
    who: str | None
    why: str | None
    source: str
    sha256: str
    counts: str
    content: str
    previous: str
    hash: str

    def odd_cells(self) -> tuple[str, ...]:
        """The columns that hold something else than they should: no text, or none in UTF-8."""
        return tuple(name for name, cell in vars(self).items() if not _is_sound(name, cell))

    def facts(self) -> Mapping[str, Any]:
        """What `counts` tells, empty where it tells nothing that can be read."""
        try:
            told = json.loads(self.counts)
        except (ValueError, TypeError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}

    @property
    def seals(self) -> bool:
        """Whether it seals the chain before it, whose rows were hashed in another form."""
        return self.act == JournalAct.UPGRADE and "sealed" in self.facts()

    def right_hash(self) -> str:
        """The hash that the entry ought to have; for an entry without odd cells."""
        told = [
            self.entry, self.moment, self.act, self.who, self.why, self.source, self.sha256,
            self.counts, self.content, self.previous,
        ]  # fmt: skip
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _is_sound(name: str, cell: object) -> bool:
    if name == "entry":
        return isinstance(cell, int)
    if cell is None:
        return name in ("who", "why")
    try:
        return isinstance(cell, str) and cell.encode() is not None
    except UnicodeError:
        return False


class Writing:
    """An entry that is being written, within its transaction: `rows` takes what it writes."""

    def __init__(
        self, connection: Connection, act: JournalAct, source: str, sha256: str, doing: Doing
    ) -> None:
        self._connection = connection
        self.rows = Rows()
        newest = select(_JOURNAL.c.entry, _JOURNAL.c.hash).order_by(_JOURNAL.c.entry.desc())
        last = connection.execute(newest.limit(1)).first()
        self.entry: int = last.entry + 1 if last else 1
        self._begun = JournalEntry(
            entry=self.entry,
            moment=stored_moment(doing.now),
            act=act.value,
            who=doing.who,
            why=doing.why,
            source=source,
            sha256=sha256,
            counts="",
            content="",
            previous=last.hash if last else FIRST,
            hash="",
        )
        # The rows of the entry name it, so it has to be there before them.
        connection.execute(_JOURNAL.insert(), vars(self._begun))

    def finish(self, counts: Mapping[str, Any]) -> JournalEntry:
        """Completes the entry with what was done and the hashes."""
        told = json.dumps(counts, sort_keys=True, ensure_ascii=False)
        entry = completed(self._begun, told, self.rows.content(), self._begun.previous)
        self._connection.execute(
            _JOURNAL.update().where(_JOURNAL.c.entry == self.entry).values(**vars(entry))
        )
        return entry


def completed(entry: JournalEntry, counts: str, content: str, previous: str) -> JournalEntry:
    """The entry with these, and the hash that goes with them."""
    told = {**vars(entry), "counts": counts, "content": content, "previous": previous, "hash": ""}
    return JournalEntry(**{**told, "hash": JournalEntry(**told).right_hash()})


def journal_entries(connection: Connection, first: int = 1) -> Iterator[JournalEntry]:
    """The entries from number `first` on, in order."""
    query = select(EntryRow.__table__).where(_JOURNAL.c.entry >= first).order_by(_JOURNAL.c.entry)
    for row in connection.execute(query):
        yield JournalEntry(**row._mapping)


def head(connection: Connection) -> int:
    """The number of the newest entry; 0 where there is none."""
    return connection.scalar(select(func.max(_JOURNAL.c.entry))) or 0


def seal_of(connection: Connection) -> int:
    """The number of the entry that seals an old chain; 0 where the chain is of one form."""
    query = select(EntryRow.__table__).where(_JOURNAL.c.act == JournalAct.UPGRADE.value)
    found = [JournalEntry(**row._mapping) for row in connection.execute(query)]
    return max((one.entry for one in found if one.seals), default=0)
