"""The example row of each table's sheet: how it is written, and how it is known again.

A row is an example by its first cell. As it was written it is passed over, and an import says how
many were; one that was changed is a problem, for somebody may have meant it as a record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.dates import understood
from data.import_columns import Table
from data.intake.headings import plain_heading
from problems import Objection

MARKS = ("示例（导入时略过，可删）", "EXAMPLE (passed over on import)")
"""The first cell of an example row, in Chinese and in English."""

_STARTS = tuple(plain_heading(mark)[: plain_heading(mark).index("(") + 3] for mark in MARKS)


def example_cells(table: Table, names: Sequence[str], chinese: bool) -> list[str]:
    """The example row, a cell for each of these columns; the first one marks it."""
    cells = [table.known[name].example for name in names]
    return [MARKS[0] if chinese else MARKS[1], *cells[1:]]


def is_example(first_cell: str) -> bool:
    """Whether a row is marked as an example by its first cell."""
    # Most rows are told by their first character: a table may have millions.
    return first_cell[:1] in "示 ＥEe" and plain_heading(first_cell).startswith(_STARTS)


def changed_column(table: Table, cells: Mapping[str, str], first: str) -> str | None:
    """The first column of an example row that no longer says what it said; None where none."""
    for name, text in cells.items():
        if name == first or not text.strip():
            continue
        column = table.known[name]
        try:
            if understood(column.kind, text) == understood(column.kind, column.example):
                continue
        except Objection:
            pass
        return name
    return None
