"""Reading what a person hands in — a folder, a CSV file, a workbook — as tables of cell texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from data.cell_values import shown
from data.formulas import plain_row
from data.grids.cells import Area, SheetCells
from data.grids.csv_files import csv_rows, squared
from data.grids.limits import (
    TABLE_BYTES,
    WORKBOOK_BYTES,
)
from data.grids.workbooks import read_grids
from data.import_columns import TABLES, Table, table_term
from data.intake.form_reading import read_form
from data.intake.forms import FormSheet, forms
from data.intake.headings import (
    ASIDE,
    plain_heading,
    table_named,
)
from data.intake.layout import hidden_rows, hidden_sheet, is_prose
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
    Several,
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
    the table of activities where it is too long to be held whole. `problems` are what is wrong with
    the form of what was read; `unread`: tables of which rows may be lacking for that. `remarks` say
    what was passed over, and what else a reader should know.
    """

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    forms: tuple[FormSheet, ...] = ()
    long: LongSheet | None = None
    problems: Sequence[Problem] = ()
    unread: frozenset[str] = frozenset()
    remarks: Sequence[Problem] = ()


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
    only looked through. What is wrong with their form stands in the source. Raises BadInput where
    there is nothing to be read.
    """
    found = _Found(year)
    try:
        if path.is_dir():
            _refuse_unfinished(path)
            digest = _read_folder(path, found, in_parts)
        elif (kind := _kind_of(path)) is not None:
            raise BadInput([Problem(Place(str(path)), *kind)])
        elif in_parts and path.suffix.lower() == ".csv" and is_long(path):
            whole = hashlib.sha256()
            found.longs += look_through(path, whole, _parts_of(year), found.problems)
            digest = whole.hexdigest()
        elif path.suffix.lower() == ".csv":
            content = content_of(path, TABLE_BYTES)
            digest = hashlib.sha256(content).hexdigest()
            _read_csv(path, content, found)
        elif path.suffix.lower() in (".xlsx", ".xlsm"):
            digest = _read_workbook(path, found)
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
    sheets, longs = found.sheets, found.longs
    found.problems += _twice([*sheets, *longs])
    order = list(TABLES)
    ordered = sorted(sheets, key=lambda sheet: order.index(sheet.table.name))
    return ImportSource(
        path.name,
        digest,
        tuple(ordered),
        tuple(found.forms),
        longs[0] if longs else None,
        found.problems,
        frozenset(found.broken),
        tuple(found.remarks),
    )


@dataclass
class _Found:
    """What was found so far. `broken` are tables of which rows may be lacking."""

    year: int | None
    sheets: list[Sheet] = field(default_factory=list)
    forms: list[FormSheet] = field(default_factory=list)
    longs: list[LongSheet] = field(default_factory=list)
    problems: Gathered = field(default_factory=Gathered)
    remarks: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def take_unknown(self, file: str, name: str) -> None:
        """Tells of a sheet that is nothing known, and which tables it may have been meant as."""
        near = _near_tables(name)
        hint = near or said("tables_and_forms_are", tables=any_of(TABLES), forms=any_of(forms()))
        self.problems.append(Problem(Place(file), said("not_a_table", table=name), hint))
        offered = near["words"] if near is not None else ()
        meant = [table_named(str(one)) for one in offered] if isinstance(offered, Several) else []
        self.broken |= {table.name for table in meant if table is not None}

    def take_table(
        self, table: Table, file: str, rows: Rows | None, merged: Sequence[Area] = ()
    ) -> None:
        """Takes the rows of a table in (None: they could not be read)."""
        before = len(self.problems)
        sheets = (
            sheets_of_rows(table, file, rows, self.year, self.problems, merged)
            if rows is not None
            else []
        )
        self.sheets += sheets
        for sheet in sheets:
            self.remarks += sheet.remarks
        told = {one.code for one in self.problems[before:]}
        has_keys = all(set(table.key) <= sheet.positions.keys() for sheet in sheets)
        if not sheets or not has_keys or told & _LOSING_ROWS:
            self.broken.add(table.name)

    def take_form(self, form: FormSheet) -> None:
        """Takes a form in."""
        self.forms.append(form)
        self.problems += form.wrong
        self.remarks += form.remarks


def _near_tables(name: str) -> Said | None:
    """Which table a sheet of this name was probably meant as."""
    titles = [title for table in TABLES.values() for title in table.titles]
    return near_words(name, TABLES if name.isascii() else titles)


Rows = list[tuple[int, list[str]]]

_LOSING_ROWS = frozenset({"cells_merged", "example_row_changed"})
"""Problems of a sheet for which its rows are not all known."""


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


def _read_folder(folder: Path, found: _Found, in_parts: bool) -> str:
    """Reads the files of a folder, and gives the hash of all; long ones in parts, where wanted."""
    problems = found.problems
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
    for file in files:
        if is_undecoded(file.name):
            hint = said("type_or_rename_in_utf8")
            problems.append(Problem(Place(str(file)), said("name_not_utf8"), hint))
            continue
        if in_parts and is_long(file):
            digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
            found.longs += look_through(file, digest, _parts_of(found.year), problems)
            continue
        try:
            content = content_of(file, TABLE_BYTES)
        except BadInput as error:
            problems += error.problems
            table = table_named(file.stem)
            found.broken |= {table.name} if table is not None else set()
            continue
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
        _read_csv(file, content, found)
    return digest.hexdigest()


def _parts_of(year: int | None) -> MakeSheet:
    """Makes the sheets of the parts of a long table."""
    return lambda table, file, rows, problems: sheets_of_rows(table, file, rows, year, problems)


def _read_csv(path: Path, content: bytes, found: _Found) -> None:
    """Reads one file: the table that it is named after, or a form of the office."""
    file = str(path)
    table = table_named(path.stem)
    if table is not None:
        found.take_table(table, file, csv_rows(file, content, found.problems))
        return
    numbered = csv_rows(file, content, found.problems)
    form = read_form(SheetCells(path.stem, squared(numbered or ())), file, found.year)
    if form is not None:
        found.take_form(form)
    else:
        found.take_unknown(file, path.stem)


def _read_workbook(path: Path, found: _Found) -> str:
    """Reads the tables of a workbook, and the office's own forms that are sheets of it."""
    content = content_of(path, WORKBOOK_BYTES)
    aside: list[tuple[str, SheetCells]] = []
    for grid in read_grids(path, content):
        file = f"{path}/{grid.name}"
        table = table_named(grid.name)
        if plain_heading(grid.name) in ASIDE:
            continue
        if table is not None:
            numbered = [(number, plain_row(list(row))) for number, row in enumerate(grid.rows, 1)]
            found.take_table(table, file, numbered, grid.merged)
        elif (form := read_form(grid, file, found.year)) is not None:
            found.take_form(form)
        else:
            aside.append((file, grid))
            continue
        found.remarks += hidden_rows(file, grid.hidden)
        found.remarks += [hidden_sheet(file)] if grid.is_hidden else []
    is_any = bool(found.sheets or found.forms or found.problems)
    for file, grid in aside:
        if is_any and is_prose(grid, _near_tables(grid.name) is not None):
            hint = said("prose_holds_no_records")
            found.remarks.append(Problem(Place(file), said("sheet_passed_over"), hint))
        else:
            found.take_unknown(file, grid.name)
    if not is_any and not found.problems:
        found.problems.append(
            Problem(
                Place(str(path)),
                said("no_sheet_with_cells"),
                said("tables_are", tables=any_of(map(table_term, TABLES))),
            )
        )
    return hashlib.sha256(content).hexdigest()


def rows_source(
    tables: Mapping[str, Sequence[Mapping[str, str]]], name: str, sha256: str
) -> ImportSource:
    """Rows that were typed, not read from a file: places are column names."""
    problems = [
        Problem(
            Place(column),
            said("unknown_column", column=shown(column), table=table_term(table)),
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
