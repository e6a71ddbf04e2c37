"""Is a sheet one of the office's own forms, and what stands in its columns? FORMATS, section 6.

A form is a list with a header among its first rows, or the paper itself with labels and values
side by side, one record a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.cell_traces import is_blank, seen
from data.grids.cells import SheetCells
from data.intake.forms import Form, FormCell, FormRow, FormSheet, forms
from data.intake.headings import PROBLEM, WRONG_MARK, is_problem_column, plain_heading, plain_text
from data.intake.layout import (
    HEADER_ROWS,
    Layout,
    above_of,
    row_numbers,
    texts_above,
    wide_rows,
)
from problems import Place, Problem, names, said

_FEWEST = 3
_NUMBERS = ("skip", "number")
_FOOTER = re.compile(
    r"(?:填表|制表|填报|审核|审批|负责人|联系人|联系电话|注|备注|说明|合计|小计|共计)[^:]{0,6}:?.*"
)
_OWN = frozenset({"when", "clock", "official", "unit", "kind", "subjects", "about", *_NUMBERS})
"""What a row that is a record of its own says itself, where cells are merged over several rows."""


def read_form(grid: SheetCells, file: str, year: int | None) -> FormSheet | None:
    """The sheet as a form; None where it is none."""
    tries = [_as_list(form, grid, file, year) for form in forms().values()]
    found = [one for one in tries if one is not None]
    if not any(not one.wrong or _is_titled(one) for one in found):
        tries = [_as_paper(form, grid, file, year) for form in forms().values()]
        found += [one for one in tries if one is not None]
    # A title decides; without one the form that reads most of the sheet; what lacks columns last.
    return min(found, key=_rank) if found else None


def _rank(one: FormSheet) -> tuple[bool, bool, int, int]:
    return (bool(one.wrong), not _is_titled(one), len(one.wrong), len(one.unread))


def _is_titled(one: FormSheet) -> bool:
    return any(title in one.title for title in one.form.titles)


@dataclass(frozen=True)
class _Header:
    """The header of a list: its row and the first one below, from 0, the column that each heads."""

    at: int
    below: int
    columns: dict[int, str]
    texts: list[str]


def _header(form: Form, grid: SheetCells) -> _Header | None:
    """The row that heads most columns of the form; None where none may be its header."""
    best: _Header | None = None
    for at, row in enumerate(grid.rows[:HEADER_ROWS]):
        headings, below = _headings(grid, at, row)
        found = {
            number: column.name
            for number, text in enumerate(headings)
            if text
            and (column := form.column_of(text))
            and not _is_returned(grid, number, text, below)
        }
        _part_clock(form, headings, found)
        if len(found) < _FEWEST or (best is not None and len(found) <= len(best.columns)):
            continue
        filled = sum(bool(text) for text in headings)
        if 2 * len(found) > filled or _is_above_records(form, grid, found, below):
            best = _Header(at, below, found, headings)
    return best


def _is_above_records(form: Form, grid: SheetCells, found: Mapping[int, str], below: int) -> bool:
    """Whether a row below fills what the form needs, and not with labels, as a paper would."""
    needs = [[at for at, name in found.items() if name in names] for names in form.needs]
    return all(needs) and any(
        all(any(row[at].strip() for at in one) for one in needs)
        and not any(form.column_of(row[at]) for at in found if row[at].strip())
        for row in grid.rows[below : below + HEADER_ROWS]
    )


def _as_list(form: Form, grid: SheetCells, file: str, year: int | None) -> FormSheet | None:
    """The form as a list under a header; the row that heads most columns is the header."""
    header = _header(form, grid)
    if header is None:
        return None
    line, title = header.at + 1, _title(grid, header.at)
    unread = tuple(
        text
        for number, text in enumerate(header.texts)
        if text and number not in header.columns and plain_heading(text) not in PROBLEM
    )
    lacks = form.lacks(header.columns.values())
    if len(lacks) == len(form.needs) and not any(one in title for one in form.titles):
        return None
    if lacks:
        wrong = [_lacking(file, line, form, one) for one in lacks]
        return FormSheet(form, file, title, year, (), unread, tuple(wrong), line)
    layout = _layout(form, grid, header)
    records = _rows(form, grid, header, layout)
    wrong = [*_doubled(file, line, header.columns), *_merged(grid, file, header.below, layout)]
    if records.strange and not records.rows:
        lines = row_numbers(records.strange)
        none = said("form_without_records", form=form.name, rows=lines)
        wrong.append(Problem(Place(file, records.strange[0]), none, said("where_forms_are_read")))
    elif records.strange:
        told = said("rows_not_of_form", rows=row_numbers(records.strange), form=form.name)
        records.remarks.append(Problem(Place(file, records.strange[0]), told))
    above = [(at, row) for at, row in enumerate(grid.rows[: header.at], 1)]
    remarks = (*above_of(file, above), *layout.remarks(file), *records.remarks)
    rows = tuple(records.rows)
    return FormSheet(form, file, title, year, rows, unread, tuple(wrong), line, remarks)


def _layout(form: Form, grid: SheetCells, header: _Header) -> Layout:
    """How the rows of a list stand below its header."""
    return Layout(
        {at: plain_heading(header.texts[at]) for at in header.columns},
        [[at for at, name in header.columns.items() if name in names] for names in form.needs],
        [at for at, name in header.columns.items() if form.columns[name].says == "when"],
        texts_above(grid.rows[: header.at]),
        wide_rows(grid.merged),
    )


def _part_clock(form: Form, headings: Sequence[str], found: dict[int, str]) -> None:
    """Where a list has the day and the time of day in columns of their own, both head a day."""
    days = [number for number, name in found.items() if form.columns[name].says == "when"]
    if len(days) == 2:
        times = [number for number in days if "日期" not in plain_heading(headings[number])]
        found.update(dict.fromkeys(times, "钟点") if len(times) == 1 else {})


def _is_returned(grid: SheetCells, number: int, heading: str, below: int) -> bool:
    """Whether a column holds what was wrong when the sheet came back, not a form's own problems."""
    if not is_problem_column(heading):
        return False
    cells = [row[number].strip() for row in grid.rows[below:]]
    return all(not cell or cell.startswith(WRONG_MARK) for cell in cells)


def _headings(grid: SheetCells, at: int, row: Sequence[str]) -> tuple[list[str], int]:
    """The headings of a row, and the index of the first row below them.

    Where a heading is merged with the row below, that one belongs to the header too.
    """
    is_double = any(top == at + 1 and bottom == at + 2 for top, _, bottom, _ in grid.merged)
    if not is_double or at + 1 >= len(grid.rows):
        return [text.strip() for text in row], at + 1
    lower = grid.rows[at + 1]
    return [low.strip() or high.strip() for high, low in zip(row, lower, strict=True)], at + 2


@dataclass
class _Records:
    """The records of a list; `strange` are filled rows in which no column of the form is filled."""

    rows: list[dict[str, FormCell]] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


def _rows(form: Form, grid: SheetCells, header: _Header, layout: Layout) -> _Records:
    """The records below a header. A cell that is merged over several rows speaks for each of them;
    a row that has nothing of its own but more to say of the one above continues it.
    """
    records = _Records()
    spans = _spans(grid, header)
    for line, row in enumerate(grid.rows[header.below :], header.below + 1):
        cells = {
            name: FormCell(text, line, number + 1)
            for number, name in header.columns.items()
            if not is_blank(text := seen(row[number])) and not text.startswith(WRONG_MARK)
        }
        texts = [text for text in row if not is_blank(text) and not text.startswith(WRONG_MARK)]
        if not texts or not layout.is_record(line, row):
            continue
        if all(form.columns[name].says in _NUMBERS for name in cells):
            if len(texts) > len(cells):
                records.strange.append(line)
            continue
        above = {
            header.columns[at]: FormCell(seen(grid.rows[top - 1][at]), top, at + 1)
            for at, top in spans.get(line, {}).items()
        }
        own = {form.columns[name].says for name in cells} & _OWN
        if above and not own and records.rows:
            records.rows[-1] = _continued(records.rows[-1], cells)
        else:
            filled = {name: one for name, one in above.items() if not is_blank(one.text)}
            records.rows.append({**filled, **cells})
    return records


def _spans(grid: SheetCells, header: _Header) -> dict[int, dict[int, int]]:
    """For each row below the first of merged cells the columns that they cover, and their top."""
    found: dict[int, dict[int, int]] = {}
    for top, left, bottom, right in grid.merged:
        if left == right and top > header.below and left - 1 in header.columns:
            for line in range(top + 1, bottom + 1):
                found.setdefault(line, {})[left - 1] = top
    return found


def _continued(row: FormRow, cells: FormRow) -> dict[str, FormCell]:
    """A record with what the next row says besides."""
    joined = dict(row)
    for name, one in cells.items():
        before = joined.get(name)
        joined[name] = replace(before, text=f"{before.text}\n{one.text}") if before else one
    return joined


def _merged(grid: SheetCells, file: str, below: int, layout: Layout) -> Iterator[Problem]:
    """Cells that are merged over rows and columns among the records: which is meant is hidden."""
    passed = {number for lines in layout.passed.values() for number in lines}
    for top, left, bottom, right in grid.merged:
        is_passed = set(range(top, bottom + 1)) <= passed
        if top > below and bottom > top and right > left and not is_passed:
            yield Problem(
                Place(file, top, left),
                said("cells_merged", bottom=bottom, right=right),
                said("unmerge_cells"),
            )


def _doubled(file: str, line: int, found: Mapping[int, str]) -> Iterator[Problem]:
    places: dict[str, int] = {}
    for number, name in found.items():
        if name in places:
            yield Problem(
                Place(file, line, number + 1),
                said("column_stands_twice", column=name),
                said("already_in_column", columns=places[name]),
            )
        places.setdefault(name, number + 1)


def _lacking(file: str, line: int, form: Form, name: str) -> Problem:
    columns = form.columns[name.split("|")[0]]
    return Problem(
        Place(file, line),
        said("form_lacks_column", form=form.name, column=name),
        said("may_also_be_headed", headings=names(columns.also or [name])),
    )


def _title(grid: SheetCells, rows: int) -> str:
    """The name of the sheet and what stands above its cells."""
    above = [cell for row in grid.rows[:rows] for cell in row if cell.strip()]
    return plain_text(seen(" ".join([grid.name, *above])))


def _as_paper(form: Form, grid: SheetCells, file: str, year: int | None) -> FormSheet | None:
    """The form as it is filled on paper: a label, and its value to the right."""
    labels: dict[str, tuple[int, int]] = {}
    cells: dict[str, FormCell] = {}
    unread: list[str] = []
    strange: list[int] = []
    first = len(grid.rows)
    for at, row in enumerate(grid.rows):
        filled = [
            (number, text)
            for number, text in enumerate(row)
            if not is_blank(text)
            and not text.startswith(WRONG_MARK)
            and plain_heading(text) not in PROBLEM
        ]
        label = None
        for number, text in filled:
            column = form.column_of(text)
            if column is not None and column.name not in labels and label is None:
                label = column.name
                labels[label] = (at + 1, number + 1)
                first = min(first, at)
            elif column is not None and column.name not in labels:
                label = column.name  # The one before was left empty.
                labels[label] = (at + 1, number + 1)
            elif label is not None:
                cells[label] = FormCell(seen(text), at + 1, number + 1)
                label = None
            elif at > first and not _FOOTER.fullmatch(plain_heading(text)):
                unread.append(text.strip())
                strange.append(at + 1)
    title = _title(grid, first)
    if len(labels) < _FEWEST:
        return None
    lacks = form.lacks(labels)
    if len(lacks) == len(form.needs) and not any(one in title for one in form.titles):
        return None
    if lacks:
        wrong = tuple(_lacking(file, 1, form, one) for one in lacks)
        return FormSheet(form, file, title, year, (), tuple(unread), wrong)
    kept = {name: one for name, one in cells.items() if form.columns[name].says != "skip"}
    # An empty value is told beside its label.
    for name, (line, position) in labels.items():
        kept.setdefault(name, FormCell("", line, position))
    has_record = any(one.text for one in kept.values())
    if not has_record and unread:
        none = said("form_without_records", form=form.name, rows=row_numbers(strange))
        told = Problem(Place(file, strange[0]), none, said("where_forms_are_read"))
        return FormSheet(form, file, title, year, (), tuple(unread), (told,))
    return FormSheet(form, file, title, year, (kept,) if has_record else (), tuple(unread))
