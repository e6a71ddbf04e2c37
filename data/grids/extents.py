"""How far the cells of a sheet reach, found in its XML before anybody makes room for them.

One cell written by accident at the end of a sheet makes a rectangle of thousands of millions of
cells. XML as spreadsheet programs write it is gone through with one pattern; any other is parsed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.parsers import expat

from data.grids.limits import CELLS, COLUMNS, ROWS
from problems import Said, said

_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_BEGUN = tuple(re.compile(mark + rb"c(?=[\s/>])") for mark in (b"<", b":"))
_SHARED = re.compile(rb'\bt="s"[^<>]*>\s*<v>([0-9]{1,9})<')
_TEXT = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])")
_PLACE = re.compile(r"([A-Za-z]{1,6})([0-9]{1,9})")
_NUMBER = re.compile(r"[0-9]{1,9}")
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = b"0123456789"

FAR = 1 << 40
"""Where a cell stands whose own place cannot be read: outside of everything."""


class Unsound(Exception):
    """Raised for a part that is no sound XML: `said` tells what is wrong with it."""

    def __init__(self, reason: Said) -> None:
        super().__init__(str(reason))
        self.said = reason


@dataclass
class Extent:
    """The last row and the last column in which a filled cell stands, both from 1 (0: none), the
    first cell found in each, as (row, column), and how many cells are filled.

    `usual`: the XML is as spreadsheet programs write it.
    """

    rows: int = 0
    columns: int = 0
    lowest: tuple[int, int] = (0, 0)
    rightmost: tuple[int, int] = (0, 0)
    filled: int = 0
    usual: bool = True

    def add(self, row: int, column: int) -> None:
        """Counts a filled cell in."""
        self.filled += 1
        if row > self.rows:
            self.rows, self.lowest = row, (row, column)
        if column > self.columns:
            self.columns, self.rightmost = column, (row, column)


def check_xml(content: bytes) -> None:
    """Nothing where a part is sound XML in UTF-8 that declares nothing of its own. Raises Unsound:
    a workbook needs no entities, and those of a stranger may name files or grow without end.
    """
    _parse(content, expat.ParserCreate())


def _parse(content: bytes, parser: Any) -> None:
    def declared(*_: object) -> None:
        raise Unsound(said("xml_declares_types"))

    def encoded(_version: str, encoding: str | None, _alone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
            raise Unsound(said("xml_not_utf8"))

    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        raise Unsound(said("xml_not_utf8"))
    parser.StartDoctypeDeclHandler = declared
    parser.XmlDeclHandler = encoded
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        line, column = error.lineno, error.offset + 1
        raise Unsound(said("xml_broken", line=line, column=column)) from None


def extent_of(content: bytes) -> Extent:
    """How far the cells of a sheet reach that is sound XML."""
    cells = _CELL.findall(content)
    if len(cells) != sum(len(mark.findall(content)) for mark in _BEGUN):
        return _parsed_extent(content, is_usual=False)
    places = b" ".join(cells)
    rows = max(map(int, set(places.translate(None, _LETTERS).split())), default=0)
    columns = max(map(column_of, set(places.translate(None, _DIGITS).split())), default=0)
    if rows > ROWS or columns > COLUMNS or rows * columns > CELLS:
        # Cells that are only coloured reach far in many a sheet: those that say something count.
        return _parsed_extent(content, is_usual=True)
    return Extent(rows, columns, (rows, 1), (1, columns), len(cells))


def column_of(letters: bytes) -> int:
    """The number of a column from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _parsed_extent(content: bytes, is_usual: bool) -> Extent:
    """The same of any sound XML: cells and rows may leave out their places. A cell without a text,
    a number or a formula in it is passed over.
    """
    found = Extent(usual=is_usual)
    row, column = 0, 0
    spot: tuple[int, int] | None = None

    def begun(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, spot
        tag = name.rpartition(":")[2]
        if tag == "row":
            row, column = row_of(attributes.get("r", ""), row), 0
        elif tag == "c":
            spot = spot_of(attributes.get("r", ""), row, column)
            column = spot[1]
        elif spot is not None:
            found.add(*spot)
            spot = None

    def ended(name: str) -> None:
        nonlocal spot
        if name.rpartition(":")[2] == "c":
            spot = None

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    parser.EndElementHandler = ended
    _parse(content, parser)
    return found


def row_of(place: str, before: int) -> int:
    """The number of a row; one after the row before it where it leaves it out."""
    if not place.strip():
        return before + 1
    return int(place) if _NUMBER.fullmatch(place) else FAR


def spot_of(place: str, row: int, column: int) -> tuple[int, int]:
    """The row and column of a cell; behind the cell before it where it leaves them out."""
    if not place.strip():
        return max(row, 1), column + 1
    read = _PLACE.fullmatch(place)
    return (int(read[2]), column_of(read[1].encode())) if read else (FAR, FAR)


def text_bytes(sheets: Sequence[tuple[Extent, bytes]], shared: bytes, most: int) -> int:
    """How many bytes the texts of all cells have, each counted in every cell that shares it; no
    more exactly than is needed to tell whether they are more than `most`.
    """
    starts = [*(found.start() for found in _TEXT.finditer(shared)), len(shared)]
    lengths = [after - start for start, after in pairwise(starts)]
    longest = max(lengths, default=0)
    filled = sum(extent.filled for extent, _ in sheets)
    if filled * longest <= most or not all(extent.usual for extent, _ in sheets):
        return filled * longest
    uses = Counter(int(one) for _, content in sheets for one in _SHARED.findall(content))
    return sum(lengths[at] * count for at, count in uses.items() if at < len(lengths))


def told_xml(reason: Said, part: str) -> Said:
    """What is wrong with a part of a workbook, named."""
    return said("part_unsound", part=part, reason=reason)
