"""The cells of a workbook whose parts are sound, as texts: what was saved, without its looks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from data.dates import Figure
from data.grids.opened_book import opened_book
from data.grids.packed import not_a_workbook, packed, packed_members, says_cells, unpacked
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


def read_whole(name: str, content: bytes) -> list[SheetCells]:
    """The sheets of a workbook that have cells, in their order, read here whatever they are.
    Raises BadInput. `name` is that of the file in messages.
    """
    members = [one for one in packed_members(name, content) if says_cells(one.filename)]
    return cells_of(name, opened_book(name, unpacked(name, content, members)).parts)


def cells_of(name: str, parts: dict[str, bytes]) -> list[SheetCells]:
    """The sheets with cells of a workbook whose parts are sound. Raises BadInput."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    grids: list[SheetCells] = []
    place = name
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(packed(parts)))
        tables = [
            one.name for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet
        ]
        for at, title in enumerate(tables):
            place = f"{name}/{title}"
            if title in tables[:at]:
                twice = said("sheet_name_twice", sheet=title)
                raise BadInput([Problem(Place(place), twice, said("rename_one_sheet"))])
            sheet = workbook.get_sheet_by_name(title)
            rows = [
                [_cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
            ]
            if any(cell.strip() for row in rows for cell in row):
                merged = [
                    (top + 1, left + 1, bottom + 1, right + 1)
                    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                ]
                grids.append(SheetCells(title, rows, merged))
    except CalamineError as error:
        raise not_a_workbook(place, reason_of(error)) from None
    except BaseException as error:
        # The library's own panic is no Exception: it is named here, for it cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise not_a_workbook(place, said("library_gave_up")) from None
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
