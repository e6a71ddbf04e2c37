"""A workbook given back with what is wrong written beside its rows, and otherwise as it was.

Only the sheets that have problems are touched, and in them only a column of texts is added and the
wrong cells are coloured: drop-downs, notes, widths and formulas stay.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from data.grids.packed import packed_members, unpacked
from data.intake.headings import WRONG_MARK, is_problem_column

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WRONG = "FFFFCCD2"
_WIDTH = 60
_LINE = 15.0


@dataclass(frozen=True)
class Remark:
    """What is wrong with one cell (column 0: with the whole row)."""

    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Remarks:
    """What is wrong in one sheet, and the row in which its headings stand."""

    head: int
    told: Sequence[Remark]


def with_remarks(content: bytes, remarks: Mapping[str, Remarks], heading: str) -> bytes:
    """The workbook with a column `heading` in the sheets that have remarks, by their names.

    Raises BadInput where a part is damaged, and what XML and its gaps raise where it is not as
    spreadsheet programs write it.
    """
    parts = unpacked("", content, packed_members("", content))
    book_name, sheets = _sheets(parts)
    styles_name = _target(parts, book_name, "styles")
    styles = _tree(parts[styles_name])
    looks = _CellStyles(styles)
    strings = _strings(parts)
    for name, one in remarks.items():
        part = sheets[name]
        parts[part] = _marked(parts[part], one, heading, looks, strings)
    parts[styles_name] = _xml(styles)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def _strings(parts: Mapping[str, bytes]) -> list[str]:
    """The texts that cells refer to by number."""
    part = next((one for one in parts if one.endswith("/sharedStrings.xml")), None)
    if part is None:
        return []
    return ["".join(one.itertext()) for one in _tree(parts[part])]


def _tree(content: bytes) -> etree._Element:
    """A part as a tree. Raises XMLSyntaxError, also for types or entities of its own: those of a
    stranger may name files or grow without end.
    """
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    if tree.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("a document type", 0, 1, 1)
    return tree


def _xml(tree: etree._Element) -> bytes:
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _tag(name: str) -> str:
    return f"{{{_MAIN}}}{name}"


def _relations(parts: Mapping[str, bytes], of: str) -> list[tuple[str, str, str]]:
    """(id, kind, part) of all that a part refers to."""
    folder, name = posixpath.split(of)
    found = []
    for one in _tree(parts[f"{folder}/_rels/{name}.rels".lstrip("/")]):
        target = one.get("Target", "")
        part = target.lstrip("/") if target[:1] == "/" else posixpath.join(folder, target)
        found.append((one.get("Id", ""), one.get("Type", "").rpartition("/")[2], part))
    return [(key, kind, posixpath.normpath(part)) for key, kind, part in found]


def _target(parts: Mapping[str, bytes], of: str, kind: str) -> str:
    return next(part for _, one, part in _relations(parts, of) if one == kind)


def _sheets(parts: Mapping[str, bytes]) -> tuple[str, dict[str, str]]:
    """The name of the workbook's own part, and the part of each sheet by its name."""
    book = _target(parts, "", "officeDocument")
    places = {key: part for key, _, part in _relations(parts, book)}
    listed = _tree(parts[book]).iter(_tag("sheet"))
    return book, {one.get("name", ""): places[one.get(f"{{{_RELATED}}}id", "")] for one in listed}


class _CellStyles:
    """Styles of wrong cells: each as the cell's own, but filled; and that of the texts beside."""

    def __init__(self, styles: etree._Element) -> None:
        self.formats = styles.find(_tag("cellXfs"))
        fills = styles.find(_tag("fills"))
        self.ours = {
            str(at)
            for at, one in enumerate(fills)
            if any(color.get("rgb") == _WRONG for color in one.iter(_tag("fgColor")))
        }
        self.fill = len(fills)
        fill = etree.SubElement(fills, _tag("fill"))
        pattern = etree.SubElement(fill, _tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, _tag("fgColor"), rgb=_WRONG)
        etree.SubElement(pattern, _tag("bgColor"), indexed="64")
        fills.set("count", str(len(fills)))
        self.made: dict[tuple[str, str], str] = {}

    def filled(self, style: str) -> str:
        """The number of that style with the fill of a wrong cell."""
        return self._with_fill(style, str(self.fill))

    def cleared(self, style: str) -> str:
        """The number of that style without the fill that an earlier return gave it."""
        is_ours = self.formats[int(style)].get("fillId") in self.ours
        return self._with_fill(style, "0") if is_ours else style

    def _with_fill(self, style: str, fill: str) -> str:
        if (style, fill) not in self.made:
            copy = etree.fromstring(etree.tostring(self.formats[int(style)]))
            copy.set("fillId", fill)
            copy.set("applyFill", "1")
            self._add(copy)
            self.made[style, fill] = str(len(self.formats) - 1)
        return self.made[style, fill]

    def beside(self) -> str:
        """The number of the style of the texts: wrapped, at the top of the row."""
        if ("", "beside") not in self.made:
            copy = etree.fromstring(etree.tostring(self.formats[0]))
            for one in list(copy):
                copy.remove(one)
            etree.SubElement(copy, _tag("alignment"), wrapText="1", vertical="top")
            copy.set("applyAlignment", "1")
            copy.set("fillId", str(self.fill))
            copy.set("applyFill", "1")
            self._add(copy)
            self.made["", "beside"] = str(len(self.formats) - 1)
        return self.made["", "beside"]

    def _add(self, style: etree._Element) -> None:
        self.formats.append(style)
        self.formats.set("count", str(len(self.formats)))


def _marked(
    content: bytes, remarks: Remarks, heading: str, looks: _CellStyles, strings: Sequence[str]
) -> bytes:
    """A sheet with the remarks in a new last column; the heading stands in the row of headings."""
    sheet = _tree(content)
    data = sheet.find(_tag("sheetData"))
    rows = {int(row.get("r") or at): row for at, row in enumerate(data, 1)}
    for at, row in rows.items():
        _number_cells(row, at)
    column = 1 + max(
        (_column_of(cell.get("r", "A1")) for row in rows.values() for cell in row), default=0
    )
    if earlier := _earlier(rows, column - 1, strings):
        column = earlier
        for cell in (cell for row in rows.values() for cell in row):
            cell.set("s", looks.cleared(cell.get("s", "0")))
    texts: dict[int, list[str]] = {}
    for remark in sorted(remarks.told, key=lambda one: (one.line, one.column)):
        texts.setdefault(max(remark.line, 1), []).append(remark.text)
        if remark.column:
            cell = _cell(_row(data, rows, remark.line), remark.line, remark.column)
            cell.set("s", looks.filled(cell.get("s", "0")))
    head = remarks.head
    for line, told in {head: [], **texts}.items():
        parts = [f"{WRONG_MARK} {one}" for one in told]
        text = "\n".join(parts)
        if line == head:
            text = "\n".join([heading, *parts]) if parts else heading
        row = _row(data, rows, line)
        _write(_cell(row, line, column), text, looks.beside())
        _heighten(row, text)
    _widen(sheet, data, column)
    size = sheet.find(_tag("dimension"))
    if size is not None:
        size.set("ref", f"A1:{_letters(column)}{max(rows)}")
    return _xml(sheet)


def _earlier(rows: Mapping[int, etree._Element], column: int, strings: Sequence[str]) -> int:
    """The column that was added when the workbook came back before, emptied; 0: there is none."""
    found = False
    cells = [
        cell for row in rows.values() for cell in row if _column_of(cell.get("r", "A1")) == column
    ]
    for cell in cells:
        text = "".join(cell.itertext())
        if cell.get("t") == "s" and text.isdigit():
            text = strings[int(text)]
        if text and not is_problem_column(text):
            return 0
        found = found or bool(text)
    for cell in cells if found else ():
        _write(cell, "", cell.get("s", "0"))
    return column if found else 0


def _number_cells(row: etree._Element, line: int) -> None:
    """Gives every cell its place, which a file may leave out."""
    at = 0
    for cell in row:
        at = _column_of(cell.get("r")) if cell.get("r") else at + 1
        cell.set("r", f"{_letters(at)}{line}")


def _row(data: etree._Element, rows: dict[int, etree._Element], line: int) -> etree._Element:
    if line not in rows:
        row = etree.Element(_tag("row"), r=str(line))
        later = [at for at in rows if at > line]
        place = data.index(rows[min(later)]) if later else len(data)
        data.insert(place, row)
        rows[line] = row
    return rows[line]


def _cell(row: etree._Element, line: int, column: int) -> etree._Element:
    places = [_column_of(cell.get("r", "A1")) for cell in row]
    if column in places:
        return row[places.index(column)]
    place = sum(at < column for at in places)
    made = etree.Element(_tag("c"), r=f"{_letters(column)}{line}", s=row.get("s", "0"))
    row.insert(place, made)
    row.attrib.pop("spans", None)
    return made


def _write(cell: etree._Element, text: str, style: str) -> None:
    for one in list(cell):
        cell.remove(one)
    cell.attrib.pop("t", None)
    cell.set("s", style)
    if text:
        cell.set("t", "inlineStr")
        inner = etree.SubElement(etree.SubElement(cell, _tag("is")), _tag("t"))
        inner.text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)


def _heighten(row: etree._Element, text: str) -> None:
    """Makes a row high enough to read all of its text."""
    wide = (sum(1 + (ord(one) > 255) for one in line) for line in text.split("\n"))
    lines = sum(-(-one // (_WIDTH - 10)) or 1 for one in wide)
    height = max(_LINE * lines, float(row.get("ht", 0)))
    if lines > 1:
        row.set("ht", str(height))
        row.set("customHeight", "1")


def _widen(sheet: etree._Element, data: etree._Element, column: int) -> None:
    """Makes the new column wide enough to read."""
    columns = sheet.find(_tag("cols"))
    if columns is None:
        columns = etree.Element(_tag("cols"))
        sheet.insert(sheet.index(data), columns)
    for one in list(columns):
        first, last = int(one.get("min", 1)), int(one.get("max", 1))
        if first <= column <= last:
            # A wide stretch of like columns ends before ours; what is behind it holds nothing.
            if first == column:
                columns.remove(one)
            else:
                one.set("max", str(column - 1))
    made = etree.Element(
        _tag("col"), min=str(column), max=str(column), width=str(_WIDTH), customWidth="1"
    )
    place = sum(int(one.get("min", 1)) < column for one in columns)
    columns.insert(place, made)


def _column_of(reference: str | None) -> int:
    number = 0
    for letter in re.sub(r"[^A-Z]", "", reference or "A"):
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
