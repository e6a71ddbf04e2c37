"""What tables and columns are called in a sheet: their own names, and those of a Chinese office.

Width, case, spaces, underscores and the mark of a required column (`*`) are forgiven.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from unicodedata import normalize

from data.import_columns import TABLES, Table

ASIDE = frozenset({"说明", "词表", "readme", "words"})
"""Sheets that a template carries beside its tables, as `plain_heading` gives their names."""

PROBLEM = ("问题", "problem")
"""The column beside rows that came back with what is wrong: not a part of any table."""

WRONG_MARK = "✗"
"""What each text begins with that was written beside a wrong row."""


def plain_heading(text: str) -> str:
    """A heading without what people write differently: width, case, spaces, `_` and `*`."""
    folded = "".join(normalize("NFKC", text).casefold().split())
    return folded.removesuffix("(必填)").strip("*").replace("_", "")


def title_of(table: str, chinese: bool) -> str:
    """What the sheet of a table is called."""
    return TABLES[table].titles[0] if chinese else table


def heading_of(table: str, column: str, chinese: bool) -> str:
    """What a column is called at the head of its table."""
    return TABLES[table].known[column].headings[0] if chinese else column


@cache
def _tables() -> Mapping[str, str]:
    found = {plain_heading(name): name for name in TABLES}
    for table in TABLES.values():
        found.update((plain_heading(title), table.name) for title in table.titles)
    return found


@cache
def _columns(table: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column in TABLES[table].known.values():
        for said in (column.name, *column.headings):
            found.setdefault(plain_heading(said), column.name)
    return found


def table_named(title: str) -> Table | None:
    """The table of that name, in either language; None where there is none."""
    name = _tables().get(plain_heading(title))
    return TABLES[name] if name else None


def column_named(table: Table, heading: str) -> str:
    """The column of that name, in either language; the heading itself where there is none."""
    return _columns(table.name).get(plain_heading(heading), heading)


def is_problem_column(heading: str) -> bool:
    """Whether a column holds what is wrong with its rows."""
    return plain_heading(heading.partition(WRONG_MARK)[0]) in ("", *PROBLEM) and bool(
        heading.strip()
    )
