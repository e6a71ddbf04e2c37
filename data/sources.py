"""Reading what a person hands in — a folder, a CSV file, a workbook — as tables of cell texts."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from data.cells import shown
from data.columns import TABLES, Table
from problems import BadInput, Place, Problem, did_you_mean, one_of


@dataclass(frozen=True)
class Sheet:
    """The cells of one table as texts. `columns` is by name; `rows` are the row numbers (header 1).

    `positions` are column numbers from 1. `by_name`: there is no grid, so a place is a column name.
    """

    table: Table
    file: str
    positions: Mapping[str, int]
    columns: Mapping[str, Sequence[str]]
    rows: Sequence[int]
    by_name: bool = False

    def place(self, index: int, column: str = "") -> Place:
        """The place of a cell (or of a whole row) by the index of its row."""
        if self.by_name:
            return Place(column or self.file)
        return Place(self.file, self.rows[index], self.positions.get(column, 0))


@dataclass(frozen=True)
class Source:
    """All tables of one import, with the name and the SHA-256 of what they were read from."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]


def read_source(path: Path) -> Source:
    """The tables of a folder of CSV files, of one CSV file or of an .xlsx workbook, in the order of
    `TABLES`. Raises BadInput with every problem of its form.
    """
    problems: list[Problem] = []
    try:
        if path.is_dir():
            sheets, digest = _read_folder(path, problems)
        elif not path.exists():
            raise BadInput([Problem(Place(str(path)), "there is no such file or folder")])
        elif path.suffix.lower() == ".csv":
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            sheets = _read_csv(path, content, problems)
        elif path.suffix.lower() in (".xlsx", ".xlsm"):
            sheets, digest = _read_workbook(path, problems)
        else:
            raise BadInput(
                [
                    Problem(
                        Place(str(path)),
                        "this is neither a folder of CSV files nor an .xlsx workbook",
                        "save it as .xlsx, or each table as CSV",
                    )
                ]
            )
    except OSError as error:
        place = Place(str(error.filename or path))
        raise BadInput([Problem(place, f"cannot be read: {error.strerror}")]) from error
    if problems:
        raise BadInput(problems)
    order = list(TABLES)
    return Source(
        path.name, digest, tuple(sorted(sheets, key=lambda sheet: order.index(sheet.table.name)))
    )


def _unknown_table(place: Place, name: str) -> Problem:
    return Problem(
        place,
        f"'{name}' is not a table",
        did_you_mean(name, TABLES) or f"the tables are {one_of(list(TABLES))}",
    )


def _read_folder(folder: Path, problems: list[Problem]) -> tuple[list[Sheet], str]:
    files = sorted(
        entry
        for entry in folder.iterdir()
        if entry.suffix.lower() == ".csv" and entry.is_file() and not entry.name.startswith(".")
    )
    if not files:
        problems.append(
            Problem(
                Place(str(folder)),
                "there is no CSV file in this folder",
                f"the tables are {one_of([f'{name}.csv' for name in TABLES])}",
            )
        )
    digest = hashlib.sha256()
    sheets: list[Sheet] = []
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
        sheets += _read_csv(file, content, problems)
    return sheets, digest.hexdigest()


def _read_csv(path: Path, content: bytes, problems: list[Problem]) -> list[Sheet]:
    """The table of one file, as a list of one; empty where it has a problem of form."""
    file = str(path)
    if path.stem not in TABLES:
        problems.append(_unknown_table(Place(file), path.stem))
        return []
    text = _decoded(content)
    if text is None:
        problems.append(
            Problem(
                Place(file),
                "this file is neither UTF-8 nor GB18030 text",
                "save it as 'CSV UTF-8'",
            )
        )
        return []
    kept = csv.field_size_limit(sys.maxsize)
    numbered: list[tuple[int, list[str]]] = []
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        for number, cells in enumerate(reader, 1):
            numbered.append((number, cells))
    except csv.Error as error:
        problems.append(
            Problem(
                Place(file, number + 1),
                f"the row cannot be read: {error}",
                'a quotation mark " that opens a cell must be closed; inside one it is doubled',
            )
        )
        return []
    finally:
        csv.field_size_limit(kept)
    return _sheet(TABLES[path.stem], file, numbered, problems)


def _decoded(content: bytes) -> str | None:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _sheet(
    table: Table, file: str, numbered: Sequence[tuple[int, list[str]]], problems: list[Problem]
) -> list[Sheet]:
    """Rows of cells as columns by name; the first row is the header."""
    found = len(problems)
    if not numbered or not any(cell.strip() for cell in numbered[0][1]):
        problems.append(
            Problem(
                Place(file, 1),
                "the first row is not a header",
                f"it names the columns: {', '.join(table.known)}",
            )
        )
        return []
    header = [cell.strip() for cell in numbered[0][1]]
    positions = _positions(table, file, header, problems)
    body = [(number, cells) for number, cells in numbered[1:] if any(map(str.strip, cells))]
    width = len(header)
    blank = [index for index, name in enumerate(header) if not name]
    grid: list[list[str]] = []
    for number, cells in body:
        if len(cells) != width:
            extra = next((i for i in range(width, len(cells)) if cells[i].strip()), None)
            if extra is not None:
                problems.append(
                    Problem(
                        Place(file, number, extra + 1),
                        f"the row has {len(cells)} cells, the header {width}",
                        'a text that holds a comma stands in quotation marks: "a, b"',
                    )
                )
            cells = (cells + [""] * width)[:width]
        for index in blank:
            if cells[index].strip():
                problems.append(
                    Problem(
                        Place(file, number, index + 1),
                        f"{shown(cells[index])} stands in a column without a name",
                        "name the column in the header, or take it away",
                    )
                )
        grid.append(cells)
    if len(problems) > found:
        return []
    turned = list(zip(*grid, strict=True)) if grid else [()] * width
    columns = {name: turned[position - 1] for name, position in positions.items()}
    return [Sheet(table, file, positions, columns, [number for number, _ in body])]


def _positions(
    table: Table, file: str, header: Sequence[str], problems: list[Problem]
) -> dict[str, int]:
    """The column number of each column of the header."""
    filled = [name for name in header if name]
    for mark, called in (
        ("\t", "tabs"),
        (";", "';'"),
        ("；", "'；'"),
        ("，", "'，'"),
        ("|", "'|'"),
    ):
        parts = [part.strip(' "') for part in header[0].split(mark)]
        if len(filled) == 1 and len(parts) > 1 and any(part in table.known for part in parts):
            problems.append(
                Problem(
                    Place(file, 1, 1),
                    f"the columns are separated by {called}",
                    "separate them by commas; when saving, choose CSV with commas",
                )
            )
            return {}
    positions: dict[str, int] = {}
    for number, name in enumerate(header, 1):
        if not name:
            continue
        if name not in table.known:
            problems.append(
                Problem(
                    Place(file, 1, number),
                    f"unknown column {shown(name)} in table '{table.name}'",
                    did_you_mean(name, table.known) or f"its columns are {', '.join(table.known)}",
                )
            )
        elif name in positions:
            problems.append(
                Problem(
                    Place(file, 1, number),
                    f"the column '{name}' stands twice",
                    f"it stands in column {positions[name]} already",
                )
            )
        else:
            positions[name] = number
    for column in table.columns:
        if column.required and column.name not in positions:
            needed = [one.name for one in table.columns if one.required]
            problems.append(
                Problem(
                    Place(file, 1),
                    f"the column '{column.name}' is missing",
                    f"table '{table.name}' needs {', '.join(needed)}",
                )
            )
    return positions


def _read_workbook(path: Path, problems: list[Problem]) -> tuple[list[Sheet], str]:
    from python_calamine import CalamineError, CalamineWorkbook

    content = path.read_bytes()
    sheets: list[Sheet] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            if not any(_cell_text(cell).strip() for row in rows for cell in row):
                continue
            file = f"{path}/{name}"
            if name.strip() not in TABLES:
                problems.append(_unknown_table(Place(file), name))
                continue
            merged = list(_merged(sheet, file))
            if merged:
                problems += merged
                continue
            numbered = [
                (number, [_cell_text(cell) for cell in row]) for number, row in enumerate(rows, 1)
            ]
            sheets += _sheet(TABLES[name.strip()], file, numbered, problems)
    except CalamineError as error:
        problems.append(
            Problem(
                Place(str(path)),
                f"this is not a workbook that can be read ({error})",
                "open it in the spreadsheet program and save it as .xlsx",
            )
        )
    if not sheets and not problems:
        problems.append(
            Problem(
                Place(str(path)),
                "the workbook has no sheet with cells in it",
                f"the tables are {one_of(list(TABLES))}",
            )
        )
    return sheets, hashlib.sha256(content).hexdigest()


def _merged(sheet: Any, file: str) -> Iterable[Problem]:
    """A merged cell hides which rows it speaks for, so it is never guessed at."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield Problem(
            Place(file, top + 1, left + 1),
            f"the cells down to row {bottom + 1}, column {right + 1} are merged",
            "unmerge them and write the value into each row",
        )


def _cell_text(value: Any) -> str:
    """A workbook's cell as the text that a CSV file would have: whole numbers come as floats."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
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


def rows_source(
    tables: Mapping[str, Sequence[Mapping[str, str]]], name: str, sha256: str
) -> Source:
    """Rows that were typed, not read from a file: places are column names."""
    problems = [
        Problem(
            Place(column),
            f"unknown column {shown(column)} in table '{table}'",
            did_you_mean(column, TABLES[table].known),
        )
        for table, rows in tables.items()
        for row in rows
        for column in row
        if column not in TABLES[table].known
    ]
    if problems:
        raise BadInput(problems)
    sheets = []
    for table in TABLES:
        rows = tables.get(table, ())
        if rows:
            columns = {
                column: tuple(row.get(column, "") for row in rows)
                for column in dict.fromkeys(one for row in rows for one in row)
            }
            numbers = range(1, len(rows) + 1)
            sheets.append(Sheet(TABLES[table], name, {}, columns, numbers, by_name=True))
    return Source(name, sha256, tuple(sheets))
