"""Tables as a new workbook, a sheet for each: cells as texts, and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_titles(wanted: Sequence[str]) -> list[str]:
    """Names for the sheets of a new workbook, in the order of what they are wanted for: as it is,
    where that is a name for a sheet which no other has, whatever their capitals.
    """
    titles: list[str] = []
    taken: set[str] = set()
    for one in wanted:
        stem = _NOT_IN_TITLES.sub("_", one.removesuffix(".csv")).strip("'")[:LONGEST_TITLE] or "_"
        title, number = stem, 1
        while title.lower() in taken:
            number += 1
            title = f"{stem[: LONGEST_TITLE - 1 - len(str(number))]}_{number}"
        taken.add(title.lower())
        titles.append(title)
    return titles


def book_of_tables(files: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Tables that came as CSV files, as a workbook with a sheet for each."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in files.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(rows):
                for at, text in enumerate(row):
                    if text:
                        sheet.write_string(line, at, text[:32_767])
    return out.getvalue()
