"""The cells of a workbook whose parts are sound, as texts: what was saved, without its looks."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from data.dates import Figure, Figure1904
from data.grids.cell_marks import CellMarks, counts_from_1904, marks_in
from data.grids.opened_book import BOOK, opened_book, titles_of
from data.grids.packed import not_a_workbook, packed, packed_members, says_cells, unpacked
from problems import BadInput, Place, Problem, reason_of, said

Area = tuple[int, int, int, int]
"""Top, left, bottom and right of merged cells, all from 1 and all within."""


@dataclass(frozen=True)
class SheetCells:
    """The cells of one sheet as texts, the first row and column first; `merged` in reading order.

    A text that came of a number is a `Figure`, that of a cell without a value `Faulty`. `hidden`
    are the numbers of filled rows that are not shown; `is_hidden`: the sheet itself is not.
    """

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[Area] = ()
    hidden: Sequence[int] = ()
    is_hidden: bool = False


def read_whole(name: str, content: bytes) -> list[SheetCells]:
    """The sheets of a workbook that have cells, in their order, read here whatever they are.
    Raises BadInput. `name` is that of the file in messages.
    """
    members = [one for one in packed_members(name, content) if says_cells(one.filename)]
    return cells_of(name, opened_book(name, unpacked(name, content, members)).parts)


def cells_of(name: str, parts: dict[str, bytes]) -> list[SheetCells]:
    """The sheets with cells of a workbook whose parts are sound. Raises BadInput."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    marks = _marks(parts)
    figure = Figure1904 if _is_of_1904(parts) else Figure
    grids: list[SheetCells] = []
    place = name
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(packed(parts)))
        shown = {
            one.name: one.visible == SheetVisibleEnum.Visible for one in workbook.sheets_metadata
        }
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
                [_cell_text(cell, figure) for cell in row]
                for row in sheet.to_python(skip_empty_area=False)
            ]
            told = marks.get(title, CellMarks())
            for (line, column), text in told.faulty.items():
                if line <= len(rows) and column <= len(rows[line - 1]):
                    rows[line - 1][column - 1] = text
            if any(cell.strip() for row in rows for cell in row):
                merged = [
                    (top + 1, left + 1, bottom + 1, right + 1)
                    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                ]
                hidden = [
                    line
                    for line in told.hidden
                    if line <= len(rows) and any(cell.strip() for cell in rows[line - 1])
                ]
                grids.append(SheetCells(title, rows, merged, hidden, not shown[title]))
    except CalamineError as error:
        raise not_a_workbook(place, reason_of(error)) from None
    except BaseException as error:
        # The library's own panic is no Exception: it is named here, for it cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise not_a_workbook(place, said("library_gave_up")) from None
    return grids


def _marks(parts: Mapping[str, bytes]) -> dict[str, CellMarks]:
    """What the XML of each sheet says of its cells, by the name of the sheet."""
    titles = titles_of(parts)
    return {
        titles[part.casefold()]: marks_in(content)
        for part, content in parts.items()
        if part.casefold() in titles
    }


def _is_of_1904(parts: Mapping[str, bytes]) -> bool:
    book = next((one for part, one in parts.items() if part.casefold() == BOOK), b"")
    return counts_from_1904(book)


_NOISE = 50_000
"""Microseconds by which a moment that was worked out may miss its second."""


def _cell_text(value: Any, figure: type[Figure] = Figure) -> str:
    """A workbook's cell as the text that a CSV file would have: whole numbers come as floats."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return figure(str(int(value)) if whole else repr(value))
    if isinstance(value, int):
        return figure(value)
    if isinstance(value, datetime):
        return _moment_text(_nearest_second(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    return "" if value is None else str(value)


def _nearest_second(moment: datetime) -> datetime:
    """The moment without the noise of a sum; one that lies between two seconds as it is."""
    nearest = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return nearest if abs(nearest - moment) <= timedelta(microseconds=_NOISE) else moment


def _moment_text(moment: datetime) -> str:
    if moment.time() == time():
        return moment.date().isoformat()
    spec = "microseconds" if moment.microsecond else "seconds"
    return moment.isoformat(sep=" ", timespec=spec)
