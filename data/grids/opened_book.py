"""A workbook's parts, looked through before its cells are read: sound XML, cells in bounds."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from data.grids.extents import Extent, Unsound, check_xml, extent_of, text_bytes, told_xml
from data.grids.limits import CELLS, COLUMNS, ROWS, TEXT_BYTES
from problems import BadInput, Place, Problem, bare, said


@dataclass(frozen=True)
class OpenedBook:
    """The parts of a workbook that say what is in its cells, all of them sound.

    `is_usual`: each sheet's XML is as spreadsheet programs write it.
    """

    parts: dict[str, bytes]
    is_usual: bool


def opened_book(name: str, parts: dict[str, bytes]) -> OpenedBook:
    """The parts, when nothing is wrong with them. Raises BadInput with every part that is no sound
    XML and every sheet whose cells reach too far; places are sheets, where a part is one.
    """
    problems: list[Problem] = []
    for part, content in parts.items():
        try:
            check_xml(content)
        except Unsound as error:
            sheet = titles_of(parts).get(part.casefold())
            place = Place(f"{name}/{sheet}" if sheet else name)
            problems.append(Problem(place, told_xml(error.said, part), said("save_as_xlsx")))
    if problems:
        raise BadInput(problems)
    titles = titles_of(parts)
    sheets = {part: extent_of(parts[part]) for part in parts if _is_sheet(part, titles)}
    for part, extent in sheets.items():
        problems += _too_far(
            f"{name}/{titles.get(part.casefold(), posixpath.basename(part))}", extent
        )
    if not problems:
        problems += _too_much(name, parts, sheets)
    if problems:
        raise BadInput(problems)
    return OpenedBook(parts, all(extent.usual for extent in sheets.values()))


def _is_sheet(part: str, titles: Mapping[str, str]) -> bool:
    return part.casefold() in titles or part.casefold().startswith("xl/worksheets/sheet")


def _too_far(sheet: str, extent: Extent) -> Iterator[Problem]:
    """The cells of one sheet that stand outside of what is read."""
    spots = []
    if extent.rows > ROWS:
        spots.append(extent.lowest)
    if extent.columns > COLUMNS:
        spots.append(extent.rightmost)
    if not spots and extent.rows * extent.columns > CELLS:
        spots = [extent.lowest, extent.rightmost]
    for row, column in dict.fromkeys(spots):
        told = said(
            "cell_far_away",
            rows=bare(f"{ROWS:,}"),
            columns=bare(f"{COLUMNS:,}"),
            cells=bare(f"{CELLS:,}"),
        )
        is_known = row <= 10 * ROWS and column <= 100_000
        spot = Place(sheet, row, column) if is_known else Place(sheet)
        yield Problem(spot, told, said("clear_far_cell"))


def _too_much(
    name: str, parts: Mapping[str, bytes], sheets: Mapping[str, Extent]
) -> Iterator[Problem]:
    """Sheets that are too large only together, and texts that many cells share."""
    cells = sum(extent.rows * extent.columns for extent in sheets.values())
    if cells > CELLS:
        told = said("too_many_cells", cells=bare(f"{cells:,}"), most=bare(f"{CELLS:,}"))
        yield Problem(Place(name), told, said("split_workbook"))
    shared = next((one for part, one in parts.items() if part.casefold() == _STRINGS), b"")
    found = text_bytes(
        [(extent, parts[part]) for part, extent in sheets.items()], shared, TEXT_BYTES
    )
    if found > TEXT_BYTES:
        most = bare(f"{TEXT_BYTES:,}")
        told = said("too_much_text", bytes=bare(f"{found:,}"), most=most)
        yield Problem(Place(name), told, said("split_workbook"))


BOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedstrings.xml"


def titles_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """What each sheet is called, by its part in small letters; empty where that cannot be read."""
    by_name = {part.casefold(): content for part, content in parts.items()}
    places = {
        one.get("Id", ""): _part_of(one.get("Target", ""))
        for one in _elements(by_name.get("xl/_rels/workbook.xml.rels", b""), "Relationship")
    }
    found = {}
    for one in _elements(by_name.get(BOOK, b""), "sheet"):
        key = next((value for name, value in one.items() if name.rpartition(":")[2] == "id"), "")
        if key in places:
            found[places[key]] = one.get("name", "")
    return found


def _part_of(target: str) -> str:
    whole = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return posixpath.normpath(whole).casefold()


def _elements(content: bytes, tag: str) -> list[Mapping[str, Any]]:
    """The attributes of each element of that name; those before the first mistake."""
    found: list[Mapping[str, Any]] = []

    def begun(name: str, attributes: Mapping[str, Any]) -> None:
        if name.rpartition(":")[2] == tag:
            found.append(attributes)

    def declared(*_: object) -> None:
        raise Unsound(said("xml_declares_types"))

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, Unsound, ValueError):
        return found
    return found
