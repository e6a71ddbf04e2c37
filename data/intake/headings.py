"""What tables and columns are called in a sheet: their own names, and those of a Chinese office.

Width, case, spaces, underscores, numbers of questions and marks of required columns are forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from unicodedata import normalize

from data.cell_traces import seen
from data.import_columns import TABLES, Table

ASIDE = frozenset({"说明", "词表", "readme", "words"})
"""Sheets that a template carries beside its tables, as `plain_heading` gives their names."""

PROBLEM = ("问题", "problem")
"""The column beside rows that came back with what is wrong: not a part of any table."""

WRONG_MARK = "✗"
"""What each text begins with that was written beside a wrong row."""


_NUMBERED = re.compile(
    r"^(?:[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[.、)）]|(?<=[)])(?=\D))|q[0-9]{1,2}[.:、]?"
    r"|第[0-9一二三四五六七八九十]{1,3}题[.:、]?)(?=\D)"
)
_ASKED = re.compile(
    r"[(\[【](?:必填|选填|必答|选答|可选|单选|多选|填空|单选题|多选题|填空题|必填项|required|optional)[)\]】]$"
)


def plain_text(text: str) -> str:
    """A text without what people write differently: width, case, spaces, `_` and `*`."""
    folded = "".join(normalize("NFKC", text).casefold().split())
    return folded.removesuffix("(必填)").strip("*").replace("_", "")


@lru_cache(maxsize=50_000)
def plain_heading(text: str) -> str:
    """The same of a heading, also without what nobody sees, the number of a question and whether it
    must be answered.
    """
    folded = _NUMBERED.sub("", plain_text(seen(text)), count=1)
    while (asked := _ASKED.search(folded)) is not None:
        folded = folded[: asked.start()]
    return folded.strip("*")


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
