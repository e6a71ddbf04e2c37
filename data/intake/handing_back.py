"""A file that somebody handed in, as a workbook with the problems of its rows beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from data.grids.cells import SheetCells
from data.grids.csv_files import csv_rows, squared
from data.grids.limits import TABLE_BYTES, WORKBOOK_BYTES
from data.grids.plain_book import book_of_tables, sheet_titles
from data.grids.workbooks import read_grids
from data.intake.form_reading import read_form
from data.intake.headings import table_named
from data.intake.returned import Remark, Remarks, with_remarks
from data.intake.table_rows import header_at
from files import content_of
from problems import BadInput


def marked_copy(
    path: Path, remarks: Mapping[str, Sequence[Remark]], heading: str, year: int | None
) -> bytes | None:
    """The workbook at `path` with `remarks`, which are by the file of their places; CSV files
    become sheets. None where no remark lies in a sheet.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm") and path.is_file():
        return _marked_book(path, remarks, heading, year)
    tables = _csv_tables(path)
    heads = {file: _head(SheetCells(Path(file).stem, rows), year) for file, rows in tables.items()}
    return _marked_tables(tables, heads, remarks, heading)


def _marked_book(
    path: Path, remarks: Mapping[str, Sequence[Remark]], heading: str, year: int | None
) -> bytes | None:
    """The workbook with the remarks, in its own looks where they are understood."""
    try:
        content = content_of(path, WORKBOOK_BYTES)
        grids = read_grids(path, content)
    except BadInput:
        return None
    heads = {f"{path}/{grid.name}": _head(grid, year) for grid in grids}
    names = {f"{path}/{grid.name}": grid.name for grid in grids}
    told = {
        names[file]: Remarks(heads[file], found) for file, found in remarks.items() if file in names
    }
    if not told:
        return None
    try:
        return with_remarks(content, told, heading)
    except Exception:
        # What reads the cells forgives more than what marks them, and there is no end to how a
        # workbook may be odd: then the cells come back without their looks.
        tables = {f"{path}/{grid.name}": grid.rows for grid in grids}
        return _marked_tables(tables, heads, remarks, heading)


def _head(grid: SheetCells, year: int | None) -> int:
    """The row of the headings of a sheet."""
    table = table_named(grid.name)
    if table is not None:
        return header_at(table, grid.rows) + 1
    form = read_form(grid, grid.name, year)
    return form.head if form else 1


def _marked_tables(
    tables: Mapping[str, Sequence[Sequence[str]]],
    heads: Mapping[str, int],
    remarks: Mapping[str, Sequence[Remark]],
    heading: str,
) -> bytes | None:
    """A new workbook of tables, which are by their file, with the remarks; None where none lies in
    a table.
    """
    told = {file: Remarks(heads[file], found) for file, found in remarks.items() if file in tables}
    if not told:
        return None
    titles = sheet_titles([file.rpartition("/")[2] for file in tables])
    by_file = dict(zip(tables, titles, strict=True))
    book = book_of_tables({by_file[file]: rows for file, rows in tables.items()})
    return with_remarks(book, {by_file[file]: one for file, one in told.items()}, heading)


def _csv_tables(path: Path) -> dict[str, list[list[str]]]:
    """The rows of each CSV file, by its name, that can be read."""
    is_folder = path.is_dir()
    files = sorted(one for one in path.iterdir() if _is_csv(one)) if is_folder else [path]
    tables: dict[str, list[list[str]]] = {}
    for file in files:
        try:
            content = content_of(file, TABLE_BYTES)
        except BadInput:
            continue
        rows = csv_rows(str(file), content, [])
        if rows is not None:
            tables[str(file)] = squared(rows)
    return tables


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv" and not path.name.startswith(".")
