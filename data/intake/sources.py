"""Reading what a person hands in — a folder, a CSV file, a workbook — as tables of cell texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.cell_values import shown
from data.formulas import plain_row
from data.grids.cells import Area
from data.grids.csv_files import csv_rows
from data.grids.limits import (
    TABLE_BYTES,
    WORKBOOK_BYTES,
)
from data.grids.workbooks import read_grids
from data.import_columns import TABLES
from data.intake.forms import FormSheet, read_form
from data.intake.headings import (
    ASIDE,
    plain_heading,
    table_named,
)
from data.intake.long_sheets import LongSheet, MakeSheet, is_long, look_through
from data.intake.sheets import Sheet
from data.intake.table_rows import sheets_of_rows
from data.likeness import near_words
from data.outputs import unfinished_in
from files import content_of, other_kind
from problems import (
    BadInput,
    Gathered,
    Place,
    Problem,
    Said,
    any_of,
    did_you_mean,
    is_undecoded,
    reason_of,
    said,
)


@dataclass(frozen=True)
class ImportSource:
    """All tables of one import, with the name and the SHA-256 of what they were read from.

    `forms` are the office's own forms, which become activities where the office is known. `long` is
    the table of activities where it is too long to be held whole.
    """

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    forms: tuple[FormSheet, ...] = ()
    long: LongSheet | None = None


def _refuse_unfinished(folder: Path) -> None:
    """Old tables beside new ones would be taken in as if they were of one moment."""
    command = unfinished_in(folder)
    if command is not None:
        told = said("folder_half_written", command=command)
        hint = said("run_it_again_into_folder", command=command)
        raise BadInput([Problem(Place(str(folder)), told, hint)])


def read_source(path: Path, year: int | None = None, *, in_parts: bool = False) -> ImportSource:
    """The tables of a folder of CSV files, of one CSV file or of an .xlsx workbook, in the order of
    `TABLES`. Days that name no year are in `year`. With `in_parts` a long table of activities is
    only looked through. Raises BadInput with every problem of its form.
    """
    problems: list[Problem] = Gathered()
    longs: list[LongSheet] = []
    forms: list[FormSheet] = []
    try:
        if path.is_dir():
            _refuse_unfinished(path)
            sheets, digest = _read_folder(path, year, problems, longs if in_parts else None)
        elif (kind := _kind_of(path)) is not None:
            raise BadInput([Problem(Place(str(path)), *kind)])
        elif in_parts and path.suffix.lower() == ".csv" and is_long(path):
            whole, sheets = hashlib.sha256(), []
            longs += look_through(path, whole, _parts_of(year), problems)
            digest = whole.hexdigest()
        elif path.suffix.lower() == ".csv":
            content = content_of(path, TABLE_BYTES)
            digest = hashlib.sha256(content).hexdigest()
            sheets = _read_csv(path, content, year, problems)
        elif path.suffix.lower() in (".xlsx", ".xlsm"):
            sheets, forms, digest = _read_workbook(path, year, problems)
        else:
            raise BadInput(
                [
                    Problem(
                        Place(str(path)),
                        said("neither_folder_nor_workbook"),
                        said("save_as_xlsx_or_csv"),
                    )
                ]
            )
    except OSError as error:
        place = Place(str(error.filename or path))
        unreadable = said("cannot_be_read", reason=reason_of(error))
        raise BadInput([Problem(place, unreadable)]) from error
    problems += _twice([*sheets, *longs])
    if problems:
        raise BadInput(problems)
    order = list(TABLES)
    ordered = sorted(sheets, key=lambda sheet: order.index(sheet.table.name))
    return ImportSource(
        path.name, digest, tuple(ordered), tuple(forms), longs[0] if longs else None
    )


def _kind_of(path: Path) -> tuple[Said, Said | None] | None:
    """What is said of something that is no file, and the hint; None for a file. Raises OSError."""
    try:
        kind = other_kind(path)
    except FileNotFoundError:
        return said("nothing_of_this_name"), None
    if kind is None:
        return None
    return said("not_a_plain_file", kind=kind), said("name_a_source")


def _twice(sheets: Iterable[Sheet | LongSheet]) -> Iterable[Problem]:
    """A table under both its names, or twice in a workbook."""
    found: dict[str, str] = {}
    for sheet in sheets:
        other = found.setdefault(sheet.table.name, sheet.file)
        if other != sheet.file:
            yield Problem(
                Place(sheet.file),
                said("table_stands_twice", table=sheet.table.name),
                said("put_rows_together", other=other),
            )


def _unknown_table(place: Place, name: str) -> Problem:
    titles = [title for table in TABLES.values() for title in table.titles]
    return Problem(
        place,
        said("not_a_table", table=name),
        near_words(name, TABLES if name.isascii() else titles)
        or said("tables_are", tables=any_of(TABLES)),
    )


def _read_folder(
    folder: Path, year: int | None, problems: list[Problem], longs: list[LongSheet] | None
) -> tuple[list[Sheet], str]:
    """The sheets of a folder; long ones go into `longs`, where it is given."""
    files = sorted(
        entry
        for entry in folder.iterdir()
        if entry.suffix.lower() == ".csv" and not entry.name.startswith(".")
    )
    if not files:
        problems.append(
            Problem(
                Place(str(folder)),
                said("no_csv_in_folder"),
                said("tables_are", tables=any_of([f"{name}.csv" for name in TABLES])),
            )
        )
    digest = hashlib.sha256()
    sheets: list[Sheet] = []
    for file in files:
        if is_undecoded(file.name):
            hint = said("type_or_rename_in_utf8")
            problems.append(Problem(Place(str(file)), said("name_not_utf8"), hint))
            continue
        if longs is not None and is_long(file):
            digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
            longs += look_through(file, digest, _parts_of(year), problems)
            continue
        try:
            content = content_of(file, TABLE_BYTES)
        except BadInput as error:
            problems += error.problems
            continue
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
        sheets += _read_csv(file, content, year, problems)
    return sheets, digest.hexdigest()


def _parts_of(year: int | None) -> MakeSheet:
    """Makes the sheets of the parts of a long table."""
    return lambda table, file, rows, problems: sheets_of_rows(table, file, rows, year, problems)


def _read_csv(path: Path, content: bytes, year: int | None, problems: list[Problem]) -> list[Sheet]:
    """The table of one file, as a list of one; empty where it has a problem of form."""
    file = str(path)
    table = table_named(path.stem)
    if table is None:
        problems.append(_unknown_table(Place(file), path.stem))
        return []
    numbered = csv_rows(file, content, problems)
    return sheets_of_rows(table, file, numbered, year, problems) if numbered is not None else []


def _read_workbook(
    path: Path, year: int | None, problems: list[Problem]
) -> tuple[list[Sheet], list[FormSheet], str]:
    """The tables of a workbook, and the office's own forms that are sheets of it."""
    content = content_of(path, WORKBOOK_BYTES)
    sheets: list[Sheet] = []
    forms: list[FormSheet] = []
    for grid in read_grids(path, content):
        file = f"{path}/{grid.name}"
        table = table_named(grid.name)
        if plain_heading(grid.name) in ASIDE:
            continue
        if table is None:
            form = read_form(grid, file, year)
            if form is None:
                problems.append(_unknown_table(Place(file), grid.name))
            else:
                forms.append(form)
                problems += form.wrong
            continue
        if grid.merged:
            problems += (_merged(area, file) for area in grid.merged)
            continue
        numbered = [(number, plain_row(list(row))) for number, row in enumerate(grid.rows, 1)]
        sheets += sheets_of_rows(table, file, numbered, year, problems)
    if not sheets and not forms and not problems:
        problems.append(
            Problem(
                Place(str(path)),
                said("no_sheet_with_cells"),
                said("tables_are", tables=any_of(TABLES)),
            )
        )
    return sheets, forms, hashlib.sha256(content).hexdigest()


def _merged(area: Area, file: str) -> Problem:
    """A merged cell hides which rows it speaks for, so it is never guessed at."""
    top, left, bottom, right = area
    return Problem(
        Place(file, top, left),
        said("cells_merged", bottom=bottom, right=right),
        said("unmerge_cells"),
    )


def rows_source(
    tables: Mapping[str, Sequence[Mapping[str, str]]], name: str, sha256: str
) -> ImportSource:
    """Rows that were typed, not read from a file: places are column names."""
    problems = [
        Problem(
            Place(column),
            said("unknown_column", column=shown(column), table=table),
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
    return ImportSource(name, sha256, tuple(sheets))
