"""A table as it was handed in: the texts of its cells, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.import_columns import Table
from problems import Place, Problem


@dataclass(frozen=True)
class Sheet:
    """The cells of one table as texts. `columns` is by name; `rows` are the row numbers (header 1).

    `positions` are column numbers from 1. `by_name`: there is no grid, so a place is a column name.
    `year`: that of days which name none. `examples`: how many example rows were passed over;
    `remarks`: what else was, and what else a reader should know of the sheet.
    """

    table: Table
    file: str
    positions: Mapping[str, int]
    columns: Mapping[str, Sequence[str]]
    rows: Sequence[int]
    by_name: bool = False
    year: int | None = None
    examples: int = 0
    remarks: Sequence[Problem] = ()

    def place(self, index: int, column: str = "") -> Place:
        """The place of a cell (or of a whole row) by the index of its row."""
        if self.by_name:
            return Place(column or self.file)
        return Place(self.file, self.rows[index], self.positions.get(column, 0))
