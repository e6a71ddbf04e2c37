"""The rows of a CSV file, in whichever encoding a Chinese desktop saved it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress

from data.formulas import plain_row
from problems import Place, Problem, reason_of, said

_LONGEST = 2**31 - 1
"""Of a cell, in characters: a number of C, which has no more bits on Windows."""


def csv_rows(
    file: str, content: bytes, problems: list[Problem]
) -> list[tuple[int, list[str]]] | None:
    """The rows of a CSV file with their numbers, without guards of formulas; None where it cannot
    be read, which is told. A first line that only says what parts the cells is an empty row.
    """
    text = _decoded(content)
    if text is None:
        problems.append(no_text(file))
        return None
    if looks_big5(content[:LOOKED_AT]):
        problems.append(big5(file))
        return None
    delimiter, length = delimiter_of(text[:20])
    kept = csv.field_size_limit(_LONGEST)
    numbered: list[tuple[int, list[str]]] = []
    number = 0
    try:
        if length:
            numbered.append((1, []))
        lines = io.StringIO(text, newline="")
        lines.seek(length)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        for number, cells in enumerate(reader, len(numbered) + 1):
            numbered.append((number, plain_row(cells)))
    except csv.Error as error:
        problems.append(unreadable(file, number + 1, error))
        return None
    finally:
        csv.field_size_limit(kept)
    return numbered


def squared(numbered: Sequence[tuple[int, list[str]]]) -> list[list[str]]:
    """The cells of rows that follow each other, all rows as long as the longest."""
    width = max((len(cells) for _, cells in numbered), default=0)
    return [cells + [""] * (width - len(cells)) for _, cells in numbered]


LOOKED_AT = 1 << 20
"""How many bytes are looked at to tell one encoding from another."""
_SEPARATOR = re.compile(r'"?sep=([^\r\n"])"?,*\r?\n?', re.IGNORECASE)


def delimiter_of(begins: str) -> tuple[str, int]:
    """What parts the cells of a file that begins so, and how long the line is that says it: 0 where
    none does.
    """
    found = _SEPARATOR.match(begins)
    return (found[1], found.end()) if found else (",", 0)


def looks_big5(content: bytes) -> bool:
    """Whether bytes that are no UTF-8 are text in Big5 rather than in GB18030: what is common in
    one is rare in the other.
    """
    for cut in range(4):  # The last character may have been cut.
        with suppress(UnicodeDecodeError):
            content[: len(content) - cut].decode("utf-8")
            return False
    pairs, at = [], 0
    while at < len(content) - 1:
        if content[at] < 0x80:
            at += 1
        else:
            pairs.append((content[at], content[at + 1]))
            at += 2
    if not pairs or any(
        not (0xA1 <= lead <= 0xF9 and (0x40 <= trail <= 0x7E or 0xA1 <= trail <= 0xFE))
        for lead, trail in pairs
    ):
        return False
    mainland = sum(0xB0 <= lead <= 0xD7 and trail >= 0xA1 for lead, trail in pairs)
    island = sum(0xA4 <= lead <= 0xC6 for lead, _ in pairs)
    marks = sum(lead in (0xA1, 0xA3) for lead, _ in pairs)
    return island > mainland and 3 * mainland < 2 * (len(pairs) - marks)


def big5(file: str) -> Problem:
    """The problem of a file in Big5."""
    return Problem(Place(file), said("text_in_big5"), said("save_as_csv_utf8"))


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
