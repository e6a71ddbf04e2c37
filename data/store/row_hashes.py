"""What an entry of the journal vouches for: hashes over the rows that it wrote and voided.

Two forms of a row as one text. `MEASURED`, the form of today, says of each cell how long it is, so
that no two rows read alike. `JOINED`, the form of stores before version 6, only puts a control
character between cells, which a cell itself might hold; it is kept to walk their old entries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Integer, or_, select

from data.import_columns import TABLES
from data.store.tables import LEDGERS, sql_table

_NOTHING = hashlib.sha256(b"").hexdigest()
_AT_ONCE = 10_000
_VOID = ("voided_at", "voided_by", "void_reason")


class RowForm(IntEnum):
    """How a row is written as the text that is hashed."""

    JOINED = 1
    MEASURED = 2


class Rows:
    """Hashes of the rows of one entry, by table, in the order in which they were written."""

    def __init__(self, form: RowForm = RowForm.MEASURED) -> None:
        self._lines, self._end = (_joined, "\x1e") if form is RowForm.JOINED else (_measured, "\n")
        self._tables: dict[str, Any] = {}
        self._counts: dict[str, int] = {}

    def add(self, table: str, names: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
        """Rows whose cells are called `names`. Absent cells are no part of the hash, so that a
        column that a later version adds changes no hash of before. Raises TypeError or UnicodeError
        for a cell that is no text, and has then added nothing.
        """
        lines = self._lines(names, list(rows))
        if not lines:
            return
        text = (self._end.join(lines) + self._end).encode()
        digest = self._tables.get(table)
        if digest is None:
            digest = self._tables[table] = hashlib.sha256()
            self._counts[table] = 0
        self._counts[table] += len(lines)
        digest.update(text)

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


def sealed_hash(contents: Mapping[int, Rows]) -> str:
    """The hash over the contents of an old chain's entries, by number, in the form of today."""
    told = [[entry, contents[entry].content()] for entry in sorted(contents)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _measured(names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[str]:
    """Each row as `name=length:cell` one after the other. By columns: most of an import's are empty
    all the way down.
    """
    filled: list[list[str]] = []
    for name, column in zip(names, zip(*rows, strict=True), strict=False):
        label, blank = f"{name}=", column.count(None)
        if not blank:
            filled.append([f"{label}{len(cell)}:" + cell for cell in column])
        elif blank < len(column):
            filled.append(
                [f"{label}{len(cell)}:" + cell if cell is not None else "" for cell in column]
            )
    if not filled:
        return [""] * len(rows)
    return ["".join(cells) for cells in zip(*filled, strict=True)]


def _joined(names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[str]:
    filled: list[list[str]] = []
    for name, column in zip(names, zip(*rows, strict=True), strict=False):
        if column.count(None) < len(column):
            label = f"\x1f{name}="
            filled.append([label + cell if cell is not None else "" for cell in column])
    if not filled:
        return [""] * len(rows)
    return ["".join(cells)[1:] for cells in zip(*filled, strict=True)]


def row_names(table: str) -> tuple[str, ...]:
    """What the journal vouches for in each row of an import table."""
    return (*TABLES[table].names, "recorded_at")


def void_names(table: str) -> tuple[str, ...]:
    """What it vouches for in a void: which version, when, by whom and why."""
    return (*TABLES[table].key, "recorded_at", *_VOID)


def voids_of(table: str) -> str:
    """The name under which the voids of a table are hashed."""
    return f"{table} void"


def ledger_names(table: str) -> tuple[str, ...]:
    """What it vouches for in each row of a ledger: all but the entry itself."""
    return tuple(column.name for column in sql_table(table).c if column.name != "entry")


@dataclass(frozen=True, order=True)
class OddCell:
    """A cell that holds no text, or one that is none in UTF-8: its table, row and column."""

    table: str
    row: str
    column: str


@dataclass
class RowsFound:
    """The rows of every entry as they stand in the store now.

    `contents` are hashed by entry, in the form of that entry; rows that name no entry are under 0.
    `sealed` has the entries of the old chain once more, in the form of today. `moved` are (table,
    row, entry) of rows that stand behind those of a later entry, where a correction would stand.
    """

    seal: int
    contents: dict[int, Rows] = field(default_factory=dict)
    sealed: dict[int, Rows] = field(default_factory=dict)
    odd: list[OddCell] = field(default_factory=list)
    moved: list[tuple[str, str, int]] = field(default_factory=list)

    def add(self, entry: int, label: str, names: Sequence[str], rows: Sequence[Any]) -> bool:
        """Rows of one entry; False where a cell of them is no text, and is hashed as what it is."""
        form = RowForm.JOINED if entry < self.seal else RowForm.MEASURED
        kept = [self.contents.setdefault(entry, Rows(form))]
        if 0 < entry < self.seal:
            kept.append(self.sealed.setdefault(entry, Rows()))
        try:
            for one in kept:
                one.add(label, names, rows)
        except (TypeError, UnicodeError):
            # The first of them refuses what the others would refuse.
            plain = [[_told(cell) for cell in row] for row in rows]
            for one in kept:
                one.add(label, names, plain)
            return False
        return True


def _told(cell: object) -> str | None:
    """A cell as a text that no sound cell is."""
    return cell if cell is None or _is_text(cell) else f"\0{cell!r}"  # type: ignore[return-value]


def _is_text(cell: object) -> bool:
    if not isinstance(cell, str):
        return False
    try:
        cell.encode()
    except UnicodeError:
        return False
    return True


def rows_found(connection: Connection, seal: int = 0) -> RowsFound:
    """What stands in the store, walked once. `seal` is the entry that seals an old chain; 0: none.

    Never raises for what a cell holds.
    """
    found = RowsFound(seal)
    for name in TABLES:
        table = sql_table(name)
        names = row_names(name)
        columns = [table.c[one] for one in names]
        query = select(table.c.entry, table.c.row_id, *columns).order_by(table.c.row_id)
        _walk(connection, query, name, name, names, found, in_order=True)
        names = void_names(name)
        marks = [table.c[one].is_not(None) for one in ("voided_in", *_VOID)]
        columns = [table.c[one] for one in names]
        query = (
            select(table.c.voided_in, table.c.row_id, *columns)
            .where(or_(*marks))
            .order_by(table.c.voided_in, table.c.row_id)
        )
        _walk(connection, query, name, voids_of(name), names, found)
    for name in LEDGERS:
        table = sql_table(name)
        names = ledger_names(name)
        columns = [table.c[one] for one in names]
        key = next(iter(table.primary_key.columns))
        query = select(table.c.entry, key.label("its_key"), *columns).order_by(key)
        _walk(connection, query, name, name, names, found)
    return found


def _walk(
    connection: Connection,
    query: Any,
    table: str,
    label: str,
    names: Sequence[str],
    found: RowsFound,
    *,
    in_order: bool = False,
) -> None:
    """Adds rows whose first cells are their entry and key, many of one entry at once."""
    numbers = [
        at for at, name in enumerate(names) if isinstance(sql_table(table).c[name].type, Integer)
    ]
    newest = 0
    result = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for part in result.partitions(_AT_ONCE):
        for entry, same in groupby(part, key=lambda row: row[0]):
            rows = list(same)
            cells: list[Sequence[Any]] = [row[2:] for row in rows]
            if numbers:
                cells = [_with_numbers(row, numbers) for row in cells]
            number = entry if isinstance(entry, int) else 0
            if in_order and number < newest:
                found.moved.append((table, str(rows[0][1]), number))
            newest = max(newest, number)
            if not found.add(number, label, names, cells):
                found.odd += _odd_cells(table, names, rows, cells)
            if entry is not None and not isinstance(entry, int):
                found.odd += [OddCell(table, str(row[1]), "entry") for row in rows]


def _with_numbers(row: Sequence[Any], numbers: Sequence[int]) -> Sequence[Any]:
    """The row with its whole numbers as texts."""
    cells = list(row)
    for at in numbers:
        if isinstance(cells[at], int):
            cells[at] = str(cells[at])
    return cells


def _odd_cells(
    table: str, names: Sequence[str], rows: list[Any], cells: Sequence[Sequence[Any]]
) -> Iterator[OddCell]:
    for row, its in zip(rows, cells, strict=True):
        for name, cell in zip(names, its, strict=True):
            if cell is not None and not _is_text(cell):
                yield OddCell(table, str(row[1]), name)
