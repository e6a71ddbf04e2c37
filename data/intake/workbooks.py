"""A workbook as grids of cell texts: what a spreadsheet program saved, without its looks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from data.dates import Figure
from problems import BadInput, Place, Problem, reason_of, said

Area = tuple[int, int, int, int]
"""Top, left, bottom and right of merged cells, all from 1 and all within."""


@dataclass(frozen=True)
class SheetCells:
    """The cells of one sheet as texts, the first row and column first; `merged` in reading order.

    A text that came of a number is a `Figure`.
    """

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[Area] = ()


def read_grids(path: Path, content: bytes) -> list[SheetCells]:
    """The sheets of a workbook that have cells, in their order. Raises BadInput where there is no
    workbook that can be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    grids: list[SheetCells] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows = [
                [_cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
            ]
            if any(cell.strip() for row in rows for cell in row):
                merged = [
                    (top + 1, left + 1, bottom + 1, right + 1)
                    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                ]
                grids.append(SheetCells(name, rows, merged))
    except CalamineError as error:
        problem = Problem(
            Place(str(path)),
            said("not_a_workbook", reason=reason_of(error)),
            said("save_as_xlsx"),
        )
        raise BadInput([problem]) from None
    return grids


def _cell_text(value: Any) -> str:
    """A workbook's cell as the text that a CSV file would have: whole numbers come as floats."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return Figure(str(int(value)) if whole else repr(value))
    if isinstance(value, int):
        return Figure(value)
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="microseconds" if value.microsecond else "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    return "" if value is None else str(value)
