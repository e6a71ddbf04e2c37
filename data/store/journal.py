"""The journal: every change of the store is one transaction and one entry, in a chain of hashes.

An entry says when, who, why and from what. Its `content` is a hash over each row that it wrote and
each that it voided; rows are versions, so what stood before is there too. `hash` is one over the
entry and the `hash` of the one before it: whoever changes a row or an entry breaks the chain there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Text, cast, func, select

from data.cell_values import stored_moment
from data.import_columns import TABLES
from data.store.tables import LEDGERS, EntryRow, sql_table


class JournalAct(StrEnum):
    """What an entry was written for. Migrations write `upgrade`."""

    MADE = "made"
    IMPORT = "import"
    RECORD = "record"
    UPGRADE = "upgrade"
    AUDIT = "audit"
    RULES = "rules"
    NOTICES = "notices"


FIRST = "0" * 64
"""What the first entry names as the hash before it."""

_JOURNAL = sql_table("journal")
_NOTHING = hashlib.sha256(b"").hexdigest()
_AT_ONCE = 10_000


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

    def right_hash(self) -> str:
        """The hash that the entry ought to have."""
        told = [
            self.entry, self.moment, self.act, self.who, self.why, self.source, self.sha256,
            self.counts, self.content, self.previous,
        ]  # fmt: skip
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Rows:
    """Hashes of the rows of one entry, by table, in the order in which they were written."""

    def __init__(self) -> None:
        self._tables: dict[str, Any] = {}
        self._counts: dict[str, int] = {}

    def add(self, table: str, names: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
        """Rows whose cells are called `names`. Absent cells are no part of the hash, so that a
        column that a later version adds changes no hash of before.
        """
        lines = _lines(names, list(rows))
        if not lines:
            return
        digest = self._tables.get(table)
        if digest is None:
            digest = self._tables[table] = hashlib.sha256()
            self._counts[table] = 0
        self._counts[table] += len(lines)
        digest.update(("\x1e".join(lines) + "\x1e").encode())

    @property
    def count(self) -> int:
        """How many rows and voids there are."""
        return sum(self._counts.values())

    def names(self) -> str:
        """The tables, each with its number of rows, for a person."""
        return ", ".join(f"{name} {count}" for name, count in sorted(self._counts.items()))

    def content(self) -> str:
        """The hash over the tables' names, numbers of rows and hashes."""
        told = [
            [name, count, self._tables[name].hexdigest()]
            for name, count in sorted(self._counts.items())
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest() if told else _NOTHING


def _lines(names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[str]:
    """Each row as one text. By columns: most of an import's are empty all the way down."""
    filled: list[list[str]] = []
    for name, column in zip(names, zip(*rows, strict=True), strict=False):
        label, blank = f"\x1f{name}=", column.count(None)
        if not blank:
            filled.append([label + cell for cell in column])
        elif blank < len(column):
            filled.append([label + cell if cell is not None else "" for cell in column])
    if not filled:
        return [""] * len(rows)
    return ["".join(cells)[1:] for cells in zip(*filled, strict=True)]


def row_names(table: str) -> tuple[str, ...]:
    """What the journal vouches for in each row of an import table."""
    return (*TABLES[table].names, "recorded_at")


def void_names(table: str) -> tuple[str, ...]:
    """What it vouches for in a void: which version, when, by whom and why."""
    return (*TABLES[table].key, "recorded_at", "voided_at", "voided_by", "void_reason")


def voids_of(table: str) -> str:
    """The name under which the voids of a table are hashed."""
    return f"{table} void"


def ledger_names(table: str) -> tuple[str, ...]:
    """What it vouches for in each row of a ledger: all but the entry itself."""
    return tuple(column.name for column in sql_table(table).c if column.name != "entry")


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


def content_by_entry(connection: Connection) -> dict[int, Rows]:
    """The rows of every entry as they stand in the store now, hashed by entry.

    Rows that name no entry are under 0.
    """
    found: dict[int, Rows] = {}
    for name in TABLES:
        table = sql_table(name)
        names = row_names(name)
        query = select(table.c.entry, *(table.c[one] for one in names)).order_by(table.c.row_id)
        _hash(connection, query, name, names, found)
        names = void_names(name)
        query = (
            select(table.c.voided_in, *(table.c[one] for one in names))
            .where(table.c.voided_at.is_not(None))
            .order_by(table.c.voided_in, table.c.row_id)
        )
        _hash(connection, query, voids_of(name), names, found)
    for name in LEDGERS:
        table = sql_table(name)
        names = ledger_names(name)
        cells = [cast(table.c[one], Text) for one in names]
        query = select(table.c.entry, *cells).order_by(*table.primary_key.columns)
        _hash(connection, query, name, names, found)
    return found


def _hash(
    connection: Connection, query: Any, table: str, names: Sequence[str], found: dict[int, Rows]
) -> None:
    """Adds rows whose first column is their entry, many of one entry at once."""
    result = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for part in result.partitions(_AT_ONCE):
        for entry, rows in groupby(part, key=lambda row: row[0]):
            found.setdefault(entry or 0, Rows()).add(table, names, (row[1:] for row in rows))
