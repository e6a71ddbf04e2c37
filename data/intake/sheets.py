"""A table as it was handed in: the texts of its cells, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.import_columns import Table
from data.intake.headings import heading_of
from problems import Place, Problem


@dataclass(frozen=True)
class Sheet:
    """The cells of one table as texts. `columns` is by name; `rows` are the row numbers (header 1).

    `positions` are column numbers from 1. `by_name`: there is no grid, so a place is a column name.
    `year`: that of days which name none. `examples`: how many example rows were passed over;
    `remarks`: what else was, and what else a reader should know of the sheet. `chinese`: whether it
    is headed in Chinese.
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
    chinese: bool = False

    def heading(self, column: str) -> str:
        """What a column is called in a sheet of this language."""
        return heading_of(self.table.name, column, self.chinese)

    def place(self, index: int, column: str = "") -> Place:
        """The place of a cell (or of a whole row) by the index of its row."""
        if self.by_name:
            return Place(column or self.file)
        return Place(self.file, self.rows[index], self.positions.get(column, 0))

    def as_rows(self) -> list[tuple[Mapping[str, str], CellSpots]]:
        """Each row by the names of its columns, and where it stands."""
        found: list[tuple[Mapping[str, str], CellSpots]] = []
        for index, line in enumerate(self.rows):
            row = {name: texts[index] for name, texts in self.columns.items()}
            cells = {name: (line, at) for name, at in self.positions.items()}
            found.append((row, CellSpots(self.file, line, cells)))
        return found


@dataclass(frozen=True)
class CellSpots:
    """Where a row stands, and in which cell each of its columns was found."""

    file: str
    line: int
    cells: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class SpottedSheet(Sheet):
    """Rows that came of several sheets: each knows its own place."""

    spots: Sequence[CellSpots] = ()

    def place(self, index: int, column: str = "") -> Place:
        """The place of a cell, or of a whole row, in the sheet that it came of."""
        spot = self.spots[index]
        line, position = spot.cells.get(column, (spot.line, 0))
        return Place(spot.file, line, position)
