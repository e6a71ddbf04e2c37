"""Is a sheet one of the office's own forms, and what stands in its columns? FORMATS, section 6.

A form is a list with a header among its first rows, or the paper itself with labels and values
side by side, one record a sheet. `forms.yaml` is the table of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import yaml

from data.grids.cells import SheetCells
from data.intake.headings import PROBLEM, WRONG_MARK, is_problem_column, plain_heading
from problems import Place, Problem, names, said

HEADER_ROWS = 8
"""The header of a list stands among so many rows."""

_FEWEST = 3
_NUMBERS = ("skip", "number")
_FOOTER = re.compile(
    r"(?:填表|制表|填报|审核|审批|负责人|联系人|联系电话|注|备注|说明|合计|小计|共计)[^:]{0,6}:?.*"
)


@dataclass(frozen=True)
class FormColumn:
    """One column of a form: what it says of an activity, and how else it is headed."""

    name: str
    says: str
    role: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One form. `needs` are the columns without which a sheet is none, alternatives together."""

    name: str
    en: str
    mark: str
    titles: tuple[str, ...]
    columns: Mapping[str, FormColumn]
    needs: tuple[tuple[str, ...], ...]
    kind: str = ""
    title_kinds: Mapping[str, str] = field(default_factory=dict)
    such_as: tuple[str, ...] = ()
    is_open: bool = False
    own: frozenset[str] = frozenset()

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The column of each plain heading; the form's own before common ones."""
        found: dict[str, str] = {}
        ordered = sorted(self.columns.values(), key=lambda one: one.name not in self.own)
        for one in ordered:
            found.setdefault(plain_heading(one.name), one.name)
        for one in ordered:
            for heading in one.also:
                found.setdefault(plain_heading(heading), one.name)
        return found

    def column_of(self, text: str) -> FormColumn | None:
        """The column that a cell heads; None where it heads none."""
        heading = plain_heading(text).rstrip(":")
        name = self.headings.get(heading) or self.headings.get(re.sub(r"\([^)]*\)$", "", heading))
        return self.columns[name] if name else None

    def lacks(self, found: Collection[str]) -> list[str]:
        """The needed columns that are not among those found."""
        return ["|".join(names) for names in self.needs if not any(one in found for one in names)]

    def says(self, what: str) -> list[FormColumn]:
        """The columns that say this."""
        return [one for one in self.columns.values() if one.says == what]


@dataclass(frozen=True)
class FormCell:
    """A filled cell of a form, with its place."""

    text: str
    line: int
    position: int


FormRow = Mapping[str, FormCell]
"""One record of a form: the filled cells by the name of their column."""


@dataclass(frozen=True)
class FormSheet:
    """A sheet that is a form. `unread` are headings that no column has; `wrong`: its problems;
    `head` is the row of its headings.
    """

    form: Form
    file: str
    title: str
    year: int | None
    rows: tuple[FormRow, ...]
    unread: tuple[str, ...] = ()
    wrong: tuple[Problem, ...] = ()
    head: int = 1


@cache
def forms() -> Mapping[str, Form]:
    """All forms by name, in their order."""
    with (Path(__file__).parent / "forms.yaml").open(encoding="utf-8") as file:
        read = yaml.safe_load(file)
    return {name: _form(name, told, read["common"]) for name, told in read["forms"].items()}


def _form(name: str, told: dict[str, object], common: dict[str, dict[str, object]]) -> Form:
    own: dict[str, dict[str, object]] = told["columns"]  # type: ignore[assignment]
    columns = {
        column: FormColumn(
            column,
            str(one["is"]),
            str(one.get("role", "")),
            tuple(one.get("also", ())),  # type: ignore[arg-type]
        )
        for column, one in {**common, **own}.items()
    }
    return Form(
        name,
        str(told["en"]),
        str(told["mark"]),
        tuple(told["titles"]),  # type: ignore[arg-type]
        columns,
        tuple(tuple(one.split("|")) for one in told["needs"]),  # type: ignore[attr-defined]
        str(told.get("kind", "")),
        dict(told.get("title_kinds", {})),  # type: ignore[call-overload]
        tuple(told.get("such_as", ())),  # type: ignore[arg-type]
        bool(told.get("open")),
        frozenset(own),
    )


def read_form(grid: SheetCells, file: str, year: int | None) -> FormSheet | None:
    """The sheet as a form; None where it is none."""
    tries = [_as_list(form, grid, file, year) for form in forms().values()]
    found = [one for one in tries if one is not None]
    if not found:
        tries = [_as_paper(form, grid, file, year) for form in forms().values()]
        found = [one for one in tries if one is not None]
    # A title decides; without one the form that reads most of the sheet; what lacks columns last.
    return min(found, key=_rank) if found else None


def _rank(one: FormSheet) -> tuple[bool, bool, int]:
    titled = any(title in one.title for title in one.form.titles)
    return (bool(one.wrong), not titled, len(one.unread))


def _as_list(form: Form, grid: SheetCells, file: str, year: int | None) -> FormSheet | None:
    """The form as a list under a header; the row that heads most columns is the header."""
    best: tuple[int, int, dict[int, str], list[str]] | None = None
    for at, row in enumerate(grid.rows[:HEADER_ROWS]):
        headings, below = _headings(grid, at, row)
        filled = [text for text in headings if text]
        found = {
            number: column.name
            for number, text in enumerate(headings)
            if text
            and not _is_returned(grid, number, text, below)
            and (column := form.column_of(text))
        }
        _part_clock(form, headings, found)
        if len(found) < _FEWEST or 2 * len(found) <= len(filled):
            continue
        if best is None or len(found) > len(best[2]):
            unread = [
                text.strip()
                for number, text in enumerate(headings)
                if text and number not in found and plain_heading(text) not in PROBLEM
            ]
            best = (at, below, found, unread)
    if best is None:
        return None
    at, below, found, unread = best
    title = _title(grid, at)
    lacks = form.lacks(found.values())
    if lacks:
        if not any(one in plain_heading(grid.name) for one in form.titles):
            return None
        wrong = [_lacking(file, at + 1, form, one) for one in lacks]
        return FormSheet(form, file, title, year, (), tuple(unread), tuple(wrong), at + 1)
    wrong = list(_doubled(file, at + 1, found)) + list(_merged(grid, file, below))
    rows = tuple(_rows(form, grid, found, below))
    return FormSheet(form, file, title, year, rows, tuple(unread), tuple(wrong), at + 1)


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


def _rows(
    form: Form, grid: SheetCells, found: Mapping[int, str], below: int
) -> Iterator[dict[str, FormCell]]:
    for index, row in enumerate(grid.rows[below:], below + 1):
        cells = {
            name: FormCell(row[number], index, number + 1)
            for number, name in found.items()
            if row[number].strip() and not row[number].startswith(WRONG_MARK)
        }
        texts = [text for text in row if text.strip() and not text.startswith(WRONG_MARK)]
        if not texts:
            continue
        is_footer = len(cells) < _FEWEST and _FOOTER.fullmatch(
            plain_heading(texts[0]).replace("\n", "")
        )
        if is_footer or all(form.columns[name].says in _NUMBERS for name in cells):
            continue
        yield cells


def _merged(grid: SheetCells, file: str, below: int) -> Iterator[Problem]:
    """Merged cells among the records hide which of them they speak for."""
    for top, left, bottom, right in grid.merged:
        if top > below and bottom > top:
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
    return plain_heading(" ".join([grid.name, *above]))


def _as_paper(form: Form, grid: SheetCells, file: str, year: int | None) -> FormSheet | None:
    """The form as it is filled on paper: a label, and its value to the right."""
    labels: dict[str, tuple[int, int]] = {}
    cells: dict[str, FormCell] = {}
    unread: list[str] = []
    first = len(grid.rows)
    for at, row in enumerate(grid.rows):
        filled = [
            (number, text)
            for number, text in enumerate(row)
            if text.strip()
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
                cells[label] = FormCell(text, at + 1, number + 1)
                label = None
            elif at > first and not _FOOTER.fullmatch(plain_heading(text)):
                unread.append(text.strip())
    title = _title(grid, first)
    if len(labels) < _FEWEST:
        return None
    lacks = form.lacks(labels)
    if lacks:
        if not any(one in title for one in form.titles):
            return None
        wrong = tuple(_lacking(file, 1, form, one) for one in lacks)
        return FormSheet(form, file, title, year, (), tuple(unread), wrong)
    kept = {name: one for name, one in cells.items() if form.columns[name].says != "skip"}
    # An empty value is told beside its label.
    for name, (line, position) in labels.items():
        kept.setdefault(name, FormCell("", line, position))
    is_blank = not any(one.text for one in kept.values())
    return FormSheet(form, file, title, year, () if is_blank else (kept,), tuple(unread))
