"""The rows of a CSV file, in whichever encoding a Chinese desktop saved it."""

from __future__ import annotations

import csv
import io

from data.formulas import plain_row
from problems import Place, Problem, reason_of, said

_LONGEST = 2**31 - 1
"""Of a cell, in characters: a number of C, which has no more bits on Windows."""


def csv_rows(
    file: str, content: bytes, problems: list[Problem]
) -> list[tuple[int, list[str]]] | None:
    """The rows of a CSV file with their numbers, without guards of formulas; None where it cannot
    be read, which is told.
    """
    text = _decoded(content)
    if text is None:
        problems.append(no_text(file))
        return None
    kept = csv.field_size_limit(_LONGEST)
    numbered: list[tuple[int, list[str]]] = []
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        for number, cells in enumerate(reader, 1):
            numbered.append((number, plain_row(cells)))
    except csv.Error as error:
        problems.append(unreadable(file, number + 1, error))
        return None
    finally:
        csv.field_size_limit(kept)
    return numbered


def no_text(file: str) -> Problem:
    """The problem of a file in no known encoding."""
    told = said("neither_utf8_nor_gb18030")
    return Problem(Place(file), told, said("save_as_csv_utf8"))


def unreadable(file: str, row: int, error: csv.Error) -> Problem:
    """The problem of a row that cannot be read as CSV."""
    return Problem(
        Place(file, row),
        said("row_unreadable", reason=reason_of(error)),
        said("close_quotation_mark"),
    )


def _decoded(content: bytes) -> str | None:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
