"""A workbook as grids of cell texts: here where it is small and usual, else in another process."""

from __future__ import annotations

from pathlib import Path

from data.grids.apart import read_apart
from data.grids.cells import SheetCells, cells_of
from data.grids.opened_book import opened_book
from data.grids.packed import packed_members, says_cells, unpacked

_SMALL_BYTES = 8_000_000
"""What a workbook unpacks to at most that is read in this process: some 150,000 cells."""


def read_grids(path: Path, content: bytes) -> list[SheetCells]:
    """The sheets of a workbook that have cells, in their order. Raises BadInput where there is no
    workbook that can be read, or more in it than is read.

    A small one, written as spreadsheet programs do, is read here; any other in a process of its
    own, with memory and time of its own. Source: `limits.py`.
    """
    name = str(path)
    members = [one for one in packed_members(name, content) if says_cells(one.filename)]
    if sum(one.file_size for one in members) <= _SMALL_BYTES:
        book = opened_book(name, unpacked(name, content, members))
        if book.is_usual:
            return cells_of(name, book.parts)
    return read_apart(name, content)
