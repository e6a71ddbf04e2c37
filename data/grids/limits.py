"""How much of what is handed in is read at all: the one table of limits.

They are far beyond what an office keeps, and small enough that whatever is handed in is answered
in bounded time and memory. Source: docs/tables.md.
"""

from __future__ import annotations

from typing import Final

WORKBOOK_BYTES: Final = 100_000_000
"""The file of a workbook, as it is on disk."""

PARTS: Final = 5_000
"""The parts packed in a workbook: sheets, styles, pictures."""

UNPACKED_BYTES: Final = 600_000_000
"""All parts of a workbook together, unpacked."""

TABLE_BYTES: Final = 300_000_000
"""A CSV file of any table but the activities."""

LONG_TABLE_BYTES: Final = 20_000_000_000
"""The CSV file of the activities, which is read in parts."""

ROWS: Final = 1_048_576
"""The rows of a sheet: what spreadsheet programs have."""

COLUMNS: Final = 1_000
"""The columns of a sheet or a CSV file; no table has more than thirty."""

CELLS: Final = 20_000_000
"""The cells of a workbook or a CSV table, the empty ones among the others counted too: rows times
columns.
"""

TEXT_BYTES: Final = 1_000_000_000
"""The texts of all cells of a workbook together: a text that many cells share counts in each."""
