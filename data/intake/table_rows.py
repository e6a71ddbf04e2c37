"""From rows of cells to a table: its header, its columns by name, what is wrong with its form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from data.cell_values import shown
from data.grids.cells import Area
from data.grids.limits import CELLS, COLUMNS
from data.import_columns import Table, column_term, table_term
from data.intake.example_rows import changed_column, is_example
from data.intake.headings import column_named, heading_of, is_problem_column, plain_heading
from data.intake.layout import HEADER_ROWS, Layout, above_of, texts_above, wide_rows
from data.intake.sheets import Sheet
from data.likeness import near_words
from problems import Place, Problem, Several, bare, names, said


def sheets_of_rows(
    table: Table,
    file: str,
    numbered: Sequence[tuple[int, list[str]]],
    year: int | None,
    problems: list[Problem],
    merged: Sequence[Area] = (),
) -> list[Sheet]:
    """Rows of cells as columns by name, a list of one; what is wrong with their form is told. Empty
    where they have no header or are too many.
    """
    sheet = _table_sheet(table, file, numbered, year, problems, merged)
    return [] if sheet is None else [sheet]


def header_at(table: Table, rows: Sequence[Sequence[str]]) -> int:
    """The index of the row of headings: among the first ones the one with the most known headings;
    the first, where none has several.
    """
    best, most = 0, 1
    for at, cells in enumerate(rows[:HEADER_ROWS]):
        count = len({name for cell in cells if (name := column_named(table, cell)) in table.known})
        if count > most:
            best, most = at, count
        if count > 1 and count >= len(table.known) // 2:
            break
    return best


def _table_sheet(
    table: Table,
    file: str,
    numbered: Sequence[tuple[int, list[str]]],
    year: int | None,
    problems: list[Problem],
    merged: Sequence[Area],
) -> Sheet | None:
    """The table of these rows; None where it has no header or is too large, which is told."""
    head = header_at(table, [cells for _, cells in numbered[:HEADER_ROWS]])
    if not numbered or not any(cell.strip() for cell in numbered[head][1]):
        problems.append(
            Problem(
                Place(file, 1),
                said("first_row_no_header"),
                said("header_names_columns", columns=_terms(table)),
            )
        )
        return None
    line, header = numbered[head][0], [cell.strip() for cell in numbered[head][1]]
    above, below = numbered[:head], numbered[head + 1 :]
    too_large = _too_large(file, line, len(header), numbered[-1][0])
    if too_large is not None:
        problems.append(too_large)
        return None
    positions = _positions(table, file, line, header, problems)
    width = len(header)
    body: list[tuple[int, list[str]]] = []
    marked = positions.get(table.key[0], width + 1) - 1
    aside = {at for at, name in enumerate(header) if is_problem_column(name)}
    layout = _layout(table, header, positions, [cells for _, cells in above], merged)
    examples = 0
    for number, cells in below:
        if marked < len(cells) and is_example(cells[marked]):
            examples += 1
            _check_example(table, file, number, cells, positions, problems)
        elif (
            any(map(str.strip, cells))
            and not _is_aside(cells, aside)
            and (layout.is_plain(cells) or layout.is_record(number, cells))
        ):
            body.append((number, cells))
    problems += _merged(file, line, merged, layout)
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
    turned = list(zip(*grid, strict=True)) if grid else [()] * width
    columns = {name: turned[position - 1] for name, position in positions.items()}
    rows = [number for number, _ in body]
    remarks = (*above_of(file, above), *layout.remarks(file))
    return Sheet(
        table,
        file,
        positions,
        columns,
        rows,
        year=year,
        examples=examples,
        remarks=remarks,
        chinese=_is_chinese(header),
    )


def _terms(table: Table) -> Several:
    return Several("list", tuple(column_term(table.name, one) for one in table.known))


def _is_chinese(header: Sequence[str]) -> bool:
    return not all(heading.isascii() for heading in header)


def _layout(
    table: Table,
    header: Sequence[str],
    positions: Mapping[str, int],
    above: Sequence[Sequence[str]],
    merged: Sequence[Area],
) -> Layout:
    """How the rows of a table stand below its header."""
    return Layout(
        {position - 1: plain_heading(header[position - 1]) for position in positions.values()},
        [
            (positions[column.name] - 1,)
            for column in table.columns
            if column.required and column.name in positions
        ],
        [
            position - 1
            for name, position in positions.items()
            if table.known[name].kind in ("day", "moment")
        ],
        texts_above(above),
        wide_rows(merged),
        header[0],
    )


def _merged(file: str, line: int, merged: Sequence[Area], layout: Layout) -> Iterator[Problem]:
    """Merged cells among the records hide which of them they speak for, so they are never guessed
    at.
    """
    passed = {number for lines in layout.passed.values() for number in lines}
    for top, left, bottom, right in merged:
        if bottom >= line and not set(range(top, bottom + 1)) <= passed:
            told = said("cells_merged", bottom=bottom, right=right)
            yield Problem(Place(file, top, left), told, said("unmerge_cells"))


def _too_large(file: str, line: int, columns: int, rows: int) -> Problem | None:
    """What is said of a table with more columns or cells than are read."""
    if columns > COLUMNS:
        told = said("too_many_columns", count=columns, most=bare(f"{COLUMNS:,}"))
        return Problem(Place(file, line, COLUMNS + 1), told, said("take_columns_away"))
    if columns * rows > CELLS:
        told = said("too_many_cells", cells=bare(f"{columns * rows:,}"), most=bare(f"{CELLS:,}"))
        return Problem(Place(file, rows), told, said("split_table"))
    return None


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
    table: Table, file: str, line: int, header: Sequence[str], problems: list[Problem]
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
                    Place(file, line, 1),
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
                    Place(file, line, number),
                    said("unknown_column", column=shown(heading), table=table_term(table.name)),
                    near_words(heading, known) or said("its_columns", columns=names(known)),
                )
            )
        elif name in positions:
            problems.append(
                Problem(
                    Place(file, line, number),
                    said("column_stands_twice", column=heading),
                    said("already_in_column", columns=positions[name]),
                )
            )
        else:
            positions[name] = number
    for column in table.columns:
        if column.required and column.name not in positions:
            chinese = _is_chinese(header)
            needed = [one.name for one in table.columns if one.required]
            headings = [heading_of(table.name, one, chinese) for one in needed]
            problems.append(
                Problem(
                    Place(file, line),
                    said("column_missing", column=heading_of(table.name, column.name, chinese)),
                    said("table_needs", table=table_term(table.name), columns=names(headings)),
                )
            )
    return positions
