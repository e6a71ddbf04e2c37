"""A file that somebody handed in, as a workbook with the problems of its rows beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

from data.intake.csv_files import csv_rows
from data.intake.forms import read_form
from data.intake.headings import table_named
from data.intake.returned import Remark, Remarks, book_of_tables, with_remarks
from data.intake.workbooks import read_grids
from problems import BadInput, Problem


def marked_copy(
    path: Path, remarks: Mapping[str, Sequence[Remark]], heading: str, year: int | None
) -> bytes | None:
    """The workbook at `path` with `remarks`, which are by the file of their places; CSV files
    become sheets. None where no remark lies in a sheet.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm") and path.is_file():
        content = path.read_bytes()
        heads = _heads(path, content, year)
        names = {f"{path}/{name}": name for name in heads}
    else:
        tables, names = _csv_tables(path)
        heads = dict.fromkeys(tables, 1)
        content = book_of_tables(tables) if tables else b""
    told = {
        names[file]: Remarks(heads[names[file]], found)
        for file, found in remarks.items()
        if file in names
    }
    try:
        return with_remarks(content, told, heading) if told else None
    except (BadZipFile, KeyError, StopIteration):
        return None


def _heads(path: Path, content: bytes, year: int | None) -> dict[str, int]:
    """The row of the headings of each sheet."""
    try:
        grids = read_grids(path, content)
    except BadInput:
        return {}
    heads: dict[str, int] = {}
    for grid in grids:
        form = read_form(grid, grid.name, year) if table_named(grid.name) is None else None
        heads[grid.name] = form.head if form else 1
    return heads


def _csv_tables(path: Path) -> tuple[dict[str, list[list[str]]], dict[str, str]]:
    """The rows of each CSV file by the name of its sheet, and that name by the file."""
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    tables: dict[str, list[list[str]]] = {}
    names: dict[str, str] = {}
    for file in files:
        unread: list[Problem] = []
        rows = csv_rows(str(file), file.read_bytes(), unread)
        if rows is not None and table_named(file.stem) is not None:
            tables[file.stem] = [cells for _, cells in rows]
            names[str(file)] = file.stem
    return tables, names
