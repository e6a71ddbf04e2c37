"""Reading what a person hands in — a folder, a CSV file, a workbook — as tables of cell texts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.cell_values import shown
from data.formulas import plain_row
from data.import_columns import TABLES, Table
from data.intake.csv_files import csv_rows
from data.intake.example_rows import changed_column, is_example
from data.intake.forms import FormSheet, read_form
from data.intake.headings import (
    ASIDE,
    column_named,
    heading_of,
    is_problem_column,
    plain_heading,
    table_named,
)
from data.intake.long_sheets import LongSheet, MakeSheet, is_long, look_through
from data.intake.sheets import Sheet
from data.intake.workbooks import Area, read_grids
from data.likeness import near_words
from problems import (
    BadInput,
    Place,
    Problem,
    any_of,
    did_you_mean,
    is_undecoded,
    names,
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


def read_source(path: Path, year: int | None = None, *, in_parts: bool = False) -> ImportSource:
    """The tables of a folder of CSV files, of one CSV file or of an .xlsx workbook, in the order of
    `TABLES`. Days that name no year are in `year`. With `in_parts` a long table of activities is
    only looked through. Raises BadInput with every problem of its form.
    """
    problems: list[Problem] = []
    longs: list[LongSheet] = []
    forms: list[FormSheet] = []
    try:
        if path.is_dir():
            sheets, digest = _read_folder(path, year, problems, longs if in_parts else None)
        elif not path.exists():
            raise BadInput([Problem(Place(str(path)), said("nothing_of_this_name"))])
        elif in_parts and path.suffix.lower() == ".csv" and is_long(path):
            whole, sheets = hashlib.sha256(), []
            longs += look_through(path, whole, _parts_of(year), problems)
            digest = whole.hexdigest()
        elif path.suffix.lower() == ".csv":
            content = path.read_bytes()
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
        if entry.suffix.lower() == ".csv" and entry.is_file() and not entry.name.startswith(".")
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
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
        sheets += _read_csv(file, content, year, problems)
    return sheets, digest.hexdigest()


def _parts_of(year: int | None) -> MakeSheet:
    """Makes the sheets of the parts of a long table."""
    return lambda table, file, rows, problems: _sheet(table, file, rows, year, problems)


def _read_csv(path: Path, content: bytes, year: int | None, problems: list[Problem]) -> list[Sheet]:
    """The table of one file, as a list of one; empty where it has a problem of form."""
    file = str(path)
    table = table_named(path.stem)
    if table is None:
        problems.append(_unknown_table(Place(file), path.stem))
        return []
    numbered = csv_rows(file, content, problems)
    return _sheet(table, file, numbered, year, problems) if numbered is not None else []


def _sheet(
    table: Table,
    file: str,
    numbered: Sequence[tuple[int, list[str]]],
    year: int | None,
    problems: list[Problem],
) -> list[Sheet]:
    """Rows of cells as columns by name; the first row is the header."""
    found = len(problems)
    if not numbered or not any(cell.strip() for cell in numbered[0][1]):
        problems.append(
            Problem(
                Place(file, 1),
                said("first_row_no_header"),
                said("header_names_columns", columns=names(table.known)),
            )
        )
        return []
    header = [cell.strip() for cell in numbered[0][1]]
    positions = _positions(table, file, header, problems)
    width = len(header)
    body: list[tuple[int, list[str]]] = []
    marked = positions.get(table.key[0], width + 1) - 1
    aside = {at for at, name in enumerate(header) if is_problem_column(name)}
    examples = 0
    for number, cells in numbered[1:]:
        if marked < len(cells) and is_example(cells[marked]):
            examples += 1
            _check_example(table, file, number, cells, positions, problems)
        elif any(map(str.strip, cells)) and not _is_aside(cells, aside):
            body.append((number, cells))
    blank = [index for index, name in enumerate(header) if not name]
    grid: list[list[str]] = []
    for number, cells in body:
        if len(cells) != width:
            extra = next((i for i in range(width, len(cells)) if cells[i].strip()), None)
            if extra is not None:
                problems.append(
                    Problem(
                        Place(file, number, extra + 1),
                        said("row_too_long", count=len(cells), header=width),
                        said("quote_text_with_comma"),
                    )
                )
            cells = (cells + [""] * width)[:width]
        for index in blank:
            if cells[index].strip():
                problems.append(
                    Problem(
                        Place(file, number, index + 1),
                        said("column_without_name", cell=shown(cells[index])),
                        said("name_column_in_header"),
                    )
                )
        grid.append(cells)
    if len(problems) > found:
        return []
    turned = list(zip(*grid, strict=True)) if grid else [()] * width
    columns = {name: turned[position - 1] for name, position in positions.items()}
    rows = [number for number, _ in body]
    return [Sheet(table, file, positions, columns, rows, year=year, examples=examples)]


def _is_aside(cells: Sequence[str], aside: Collection[int]) -> bool:
    """Whether nothing stands in a row but what was written beside it."""
    return bool(aside) and not any(cell.strip() for at, cell in enumerate(cells) if at not in aside)


def _check_example(
    table: Table,
    file: str,
    number: int,
    cells: Sequence[str],
    positions: Mapping[str, int],
    problems: list[Problem],
) -> None:
    """An example row that was written over is somebody's record without an id."""
    named = {name: cells[at - 1] for name, at in positions.items() if at <= len(cells)}
    changed = changed_column(table, named, table.key[0])
    if changed is not None:
        problems.append(
            Problem(
                Place(file, number, positions[changed]),
                said("example_row_changed", column=changed),
                said("record_has_own_id"),
            )
        )


def _positions(
    table: Table, file: str, header: Sequence[str], problems: list[Problem]
) -> dict[str, int]:
    """The column number of each column of the header."""
    filled = [name for name in header if name]
    for mark, called in (
        ("\t", said("tabs")),
        (";", ";"),
        ("；", "；"),
        ("，", "，"),
        ("|", "|"),
    ):
        parts = [part.strip(' "') for part in header[0].split(mark)]
        if (
            len(filled) == 1
            and len(parts) > 1
            and any(column_named(table, part) in table.known for part in parts)
        ):
            problems.append(
                Problem(
                    Place(file, 1, 1),
                    said("columns_separated_by", mark=called),
                    said("separate_by_commas"),
                )
            )
            return {}
    positions: dict[str, int] = {}
    for number, heading in enumerate(header, 1):
        if not heading or is_problem_column(heading):
            continue
        name = column_named(table, heading)
        if name not in table.known:
            known = [heading_of(table.name, one, not heading.isascii()) for one in table.known]
            problems.append(
                Problem(
                    Place(file, 1, number),
                    said("unknown_column", column=shown(heading), table=table.name),
                    near_words(heading, known) or said("its_columns", columns=names(known)),
                )
            )
        elif name in positions:
            problems.append(
                Problem(
                    Place(file, 1, number),
                    said("column_stands_twice", column=name),
                    said("already_in_column", columns=positions[name]),
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
                    said("column_missing", column=column.name),
                    said("table_needs", table=table.name, columns=names(needed)),
                )
            )
    return positions


def _read_workbook(
    path: Path, year: int | None, problems: list[Problem]
) -> tuple[list[Sheet], list[FormSheet], str]:
    """The tables of a workbook, and the office's own forms that are sheets of it."""
    content = path.read_bytes()
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
        sheets += _sheet(table, file, numbered, year, problems)
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
