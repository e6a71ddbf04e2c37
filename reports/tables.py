"""Tables for a terminal: drawn where there is one, plain columns where the output is a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.harmless import harmless

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class Column:
    """A column's heading; numbers stand to the right."""

    name: str
    right: bool = False


Row = Sequence[str]


def print_line(console: Console, text: str = "", style: str | None = None) -> None:
    """One line, as it is: nothing in it is read as markup, and it is never cut."""
    text = harmless(text)
    if console.is_terminal:
        console.print(text, style=style, markup=False, highlight=False)
    else:
        console.print(text, markup=False, highlight=False, soft_wrap=True)


def print_table(
    console: Console,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    styles: Sequence[str | None] = (),
) -> None:
    """The rows under their headings. `styles` colours whole rows, by position."""
    title, rows = harmless(title), [[harmless(cell) for cell in row] for row in rows]
    columns = [replace(column, name=harmless(column.name)) for column in columns]
    if not console.is_terminal:
        for line in plain_table(title, columns, rows):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    for column in columns:
        table.add_column(
            column.name,
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=column.right,
        )
    for at, row in enumerate(rows):
        style = styles[at] if at < len(styles) else None
        table.add_row(*(Text(cell) for cell in row), style=style)
    console.print(table)


def plain_table(title: str, columns: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    """The table as lines of text, each column as wide as its widest cell on a terminal."""
    from rich.cells import cell_len

    lines = [[column.name for column in columns], *rows]
    widths = [max(cell_len(line[at]) for line in lines) for at in range(len(columns))]

    def aligned(line: Row) -> str:
        cells = []
        for column, width, cell in zip(columns, widths, line, strict=True):
            room = " " * (width - cell_len(cell))
            cells.append(room + cell if column.right else cell + room)
        return "  ".join(cells).rstrip()

    return [title, *(aligned(line) for line in lines), ""]
