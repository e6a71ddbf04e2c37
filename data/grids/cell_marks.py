"""What a sheet's XML says of its cells beside their values: errors, formulas that were never worked
out, rows that are not shown. A reader of values alone takes all of these for blanks or passes by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from data.cell_traces import Faulty
from data.grids.extents import row_of, spot_of

_TELLING = re.compile(
    rb'\bt="e"|\bt=\'e\'|<(?:[\w.-]+:)?f[\s/>]|\bhidden="(?:1|true)"|\bhidden=\'(?:1|true)\''
)
_DATE_1904 = re.compile(rb'\bdate1904=["\'](?:1|true|on)["\']')


@dataclass
class CellMarks:
    """The cells without a value, by row and column from 1, and the rows that are hidden."""

    faulty: dict[tuple[int, int], Faulty] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)


def counts_from_1904(book: bytes) -> bool:
    """Whether the days of a workbook, of whose main part this is the XML, are counted from 1904."""
    return _DATE_1904.search(book) is not None


def marks_in(content: bytes) -> CellMarks:
    """The marks of a sheet that is sound XML."""
    marks = CellMarks()
    if _TELLING.search(content) is None:
        return marks
    reader = _Reader(marks)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.begun
    parser.EndElementHandler = reader.ended
    parser.CharacterDataHandler = reader.text
    parser.Parse(content, True)
    return marks


class _Reader:
    """Goes through a sheet from cell to cell."""

    def __init__(self, marks: CellMarks) -> None:
        self.marks = marks
        self.row, self.column = 0, 0
        self.kind = ""
        self.within = ""
        self.formula: str | None = None
        self.value: str | None = None

    def begun(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        tag = name.rpartition(":")[2]
        if tag == "c":
            self.row, self.column = spot_of(attributes.get("r", ""), self.row, self.column)
            self.kind, self.formula, self.value = attributes.get("t", ""), None, None
        elif tag == "row":
            self.row, self.column = row_of(attributes.get("r", ""), self.row), 0
            if attributes.get("hidden") in ("1", "true"):
                self.marks.hidden.append(self.row)
        elif tag == "f":
            self.within, self.formula = tag, ""
        elif tag == "v":
            self.within, self.value = tag, ""
        elif tag == "is":
            self.value = tag

    def text(self, text: str) -> None:
        """Text within an element."""
        if self.within == "f":
            self.formula = (self.formula or "") + text
        elif self.within == "v":
            self.value = (self.value or "") + text

    def ended(self, name: str) -> None:
        """An element ends."""
        tag = name.rpartition(":")[2]
        if tag in ("f", "v"):
            self.within = ""
        elif tag == "c":
            if self.kind == "e":
                self._mark(self.value or "#ERROR!")
            elif self.formula is not None and not self.value and self.kind != "str":
                self._mark(f"={self.formula}")

    def _mark(self, text: str) -> None:
        self.marks.faulty[self.row, self.column] = Faulty(text)
