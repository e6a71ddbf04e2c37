"""Workbooks made to do harm: told with their sheet and cell, in bounded time and memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from data.grids import apart, opened_book, workbooks
from data.grids.apart import read_apart
from data.grids.extents import extent_of
from data.grids.limits import CELLS, COLUMNS, ROWS
from data.grids.plain_book import book_of_tables, sheet_titles
from data.grids.workbooks import read_grids
from data.intake.handing_back import marked_copy
from data.intake.returned import Remark
from problems import BadInput
from tests.helpers.printed import left_in_english, printed

PEOPLE = {"people": [["person", "name"], ["p1", "张三"], ["p2", "李四"]]}
SHEET = "xl/worksheets/sheet1.xml"
BOOK = Path("book.xlsx")


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {one.filename: book.read(one) for one in book.infolist()}


def packed(parts: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def edited(part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """A sound workbook of people with one part changed."""
    parts = parts_of(book_of_tables(PEOPLE))
    before = parts[part]
    parts[part] = edit(before)
    assert parts[part] != before
    return packed(parts)


def complaint(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read_grids(BOOK, content)
    assert not left_in_english(*(one.said for one in caught.value.problems))
    return printed(caught.value)


def with_cell(place: bytes) -> bytes:
    row = b"".join([b'<row><c r="', place, b'" t="inlineStr"><is><t>x</t></is></c></row>'])
    return edited(SHEET, lambda one: one.replace(b"</sheetData>", row + b"</sheetData>"))


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        (b"XFD1048576", "book.xlsx/people:1048576:16384"),
        (b"ALM2", "book.xlsx/people:2:1001"),
        (b"A1048577", "book.xlsx/people:1048577:1"),
        (b"ALL1048576", "book.xlsx/people:1048576:1000"),
        (b"ZZZZZ9", "book.xlsx/people:"),
        (b"A99999999999999999999", "book.xlsx/people:"),
    ],
)
def test_a_cell_far_away_is_told_with_its_place(cell: bytes, place: str) -> None:
    said = complaint(with_cell(cell))
    assert said.startswith(place)
    assert "a cell stands far outside" in said


def test_the_last_cells_within_the_limits_are_read() -> None:
    assert len(read_grids(BOOK, with_cell(b"ALL30"))[0].rows[29]) == COLUMNS
    tall = read_grids(BOOK, with_cell(b"C%d" % ROWS))[0].rows
    assert (len(tall), tall[-1][2]) == (ROWS, "x")


def test_cells_that_are_only_coloured_may_stand_anywhere() -> None:
    row = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    book = edited(SHEET, lambda one: one.replace(b"</sheetData>", row))
    assert read_grids(BOOK, book)[0].rows[:2] == [["person", "name"], ["p1", "张三"]]


def test_a_declared_size_makes_no_cells() -> None:
    book = edited(
        SHEET, lambda one: one.replace(b'<dimension ref="A1:B3"/>', b'<dimension ref="A1:XFD99"/>')
    )
    assert len(read_grids(BOOK, book)[0].rows) == 3


def test_sheets_that_are_too_large_together_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_book, "CELLS", 11)
    two = book_of_tables({"people": PEOPLE["people"], "units": PEOPLE["people"]})
    assert "there are 12 cells, rows times columns; no more than 11 are read" in complaint(two)
    monkeypatch.setattr(opened_book, "CELLS", 12)
    assert len(read_grids(BOOK, two)) == 2


def test_a_text_that_many_cells_share_counts_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["person", "name"], *([f"p{at}", "长" * 1000] for at in range(40))]
    monkeypatch.setattr(opened_book, "TEXT_BYTES", 100_000)
    assert "the texts of all cells have 12" in complaint(book_of_tables({"people": rows}))
    monkeypatch.setattr(opened_book, "TEXT_BYTES", 200_000)
    assert len(read_grids(BOOK, book_of_tables({"people": rows}))[0].rows) == 41


LAUGHS = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9)
)
OWN_FILES = b'<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/hostname">'


@pytest.mark.parametrize("declared", [LAUGHS, OWN_FILES], ids=["laughs", "files"])
@pytest.mark.parametrize(
    ("part", "place"),
    [
        (SHEET, "book.xlsx/people: "),
        ("xl/styles.xml", "book.xlsx: "),
        ("xl/workbook.xml", "book.xlsx: "),
        ("xl/_rels/workbook.xml.rels", "book.xlsx: "),
    ],
)
def test_entities_are_refused_wherever_they_stand(declared: bytes, part: str, place: str) -> None:
    said = complaint(edited(part, lambda one: one.replace(b"?>", b"?>" + declared + b"]>", 1)))
    assert said.startswith(f"{place}the part '{part}' of the workbook cannot be read: it declares")


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda one: one[:-9], "it breaks off or is written wrongly at line"),
        (lambda one: one + b"<a/>", "it breaks off or is written wrongly at line 2"),
        (lambda one: one.decode().encode("utf-16"), "it is not in UTF-8"),
        (lambda one: one.replace(b"UTF-8", b"GB2312"), "it is not in UTF-8"),
        (lambda one: one.replace(b'r="A2"', b'r="A\xff"'), "it breaks off"),
    ],
)
def test_xml_that_is_broken_is_told_with_its_sheet(
    edit: Callable[[bytes], bytes], said: str
) -> None:
    told = complaint(edited(SHEET, edit))
    assert told.startswith("book.xlsx/people: the part 'xl/worksheets/sheet1.xml'")
    assert said in told


def test_parts_that_say_nothing_of_cells_may_be_broken() -> None:
    book = edited("docProps/app.xml", lambda one: one[:20])
    assert [grid.name for grid in read_grids(BOOK, book)] == ["people"]


def damaged(part: str) -> bytes:
    """A workbook in which the bytes of a packed part are not what they were."""
    content = bytearray(book_of_tables(PEOPLE))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        at = book.getinfo(part).header_offset + 30 + len(part) + 8
    content[at : at + 8] = b"\xff" * 8
    return bytes(content)


def test_a_part_that_cannot_be_unpacked_is_told() -> None:
    assert complaint(damaged(SHEET)).startswith(f"book.xlsx: the part '{SHEET}' of the workbook is")
    assert [grid.name for grid in read_grids(BOOK, damaged("docProps/app.xml"))] == ["people"]


def test_parts_of_one_name_are_refused() -> None:
    parts = parts_of(book_of_tables(PEOPLE))
    twice = packed({**parts, "xl/worksheets/Sheet1.xml": b"<worksheet/>"})
    assert "stands in it twice" in complaint(twice)


def test_what_unpacks_to_too_much_is_never_unpacked() -> None:
    parts = parts_of(book_of_tables(PEOPLE))
    bomb = packed({**parts, "xl/media/image1.png": bytes(601_000_000)})
    assert len(bomb) < 1_000_000
    assert "no more than 600,000,000 are read" in complaint(bomb)


def test_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(book_of_tables(PEOPLE))
    many = packed({**parts, **{f"xl/media/{at}.png": b"" for at in range(5_001)}})
    assert "parts are packed in the workbook; no more than 5000 are read" in complaint(many)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this is not a workbook that can be read"),
        (b"PK\x03\x04 not a workbook", "this is not a workbook that can be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "of the old kind, or one with a pass"),
        (packed({"mimetype": b"application/vnd.oasis"}), "this is not a workbook that can be read"),
    ],
)
def test_what_is_no_workbook_is_told(content: bytes, said: str) -> None:
    assert said in complaint(content)


def test_two_sheets_of_one_name_are_told() -> None:
    two = parts_of(book_of_tables({"people": PEOPLE["people"], "units": PEOPLE["people"]}))
    two["xl/workbook.xml"] = two["xl/workbook.xml"].replace(b'name="units"', b'name="people"')
    assert complaint(packed(two)).startswith("book.xlsx/people: two sheets are called 'people'")


def test_a_sheet_of_a_chart_is_passed_over(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("people")
        sheet.write_row(0, 0, ["person", "name"])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=people!$A$1:$B$1"})
        book.add_chartsheet("chart").set_chart(chart)
    assert [grid.name for grid in read_grids(BOOK, out.getvalue())] == ["people"]


UNUSUAL = [
    ("single quotes", lambda one: one.replace(b'r="A2"', b"r='A2'")),
    ("no places", lambda one: one.replace(b' r="A2"', b"").replace(b' r="B2"', b"")),
    ("another prefix", lambda one: one.replace(b'<c r="A2"', b'<c  r="A2"')),
]


@pytest.mark.parametrize("edit", [edit for _, edit in UNUSUAL], ids=[name for name, _ in UNUSUAL])
def test_xml_as_nobody_writes_it_is_read_all_the_same(
    edit: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def watched(name: str, content: bytes) -> object:
        asked.append(name)
        return read_apart(name, content)

    monkeypatch.setattr(workbooks, "read_apart", watched)
    grids = read_grids(BOOK, edited(SHEET, edit))
    assert [list(row) for row in grids[0].rows] == PEOPLE["people"]
    assert asked == ["book.xlsx"]


def test_an_ordinary_workbook_is_read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "read_apart", None)
    assert read_grids(BOOK, book_of_tables(PEOPLE))[0].name == "people"


def test_the_two_ways_give_the_same() -> None:
    rows = [["person", "name"], ["1.50", "a"], ["", "\u3000"], ["x", "2024-06-03"]]
    content = book_of_tables({"people": rows})
    assert read_apart("book.xlsx", content) == read_grids(BOOK, content)


def test_what_the_other_process_finds_wrong_is_told_here() -> None:
    with pytest.raises(BadInput) as caught:
        read_apart("book.xlsx", with_cell(b"XFD1048576"))
    assert printed(caught.value).startswith("book.xlsx/people:1048576:16384: a cell stands far")


def test_a_process_that_dies_or_never_ends_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    content = book_of_tables(PEOPLE)
    monkeypatch.setattr(apart, "_BEGIN", "import os; os.abort()")
    with pytest.raises(BadInput) as caught:
        read_apart("book.xlsx", content)
    assert "takes more memory to read than it may" in printed(caught.value)
    monkeypatch.setattr(apart, "_BEGIN", "import time; time.sleep(60)")
    with pytest.raises(BadInput) as caught:
        read_apart("book.xlsx", content, seconds=1)
    assert "was not read within 1 seconds" in printed(caught.value)


@pytest.mark.parametrize(
    ("xml", "rows", "columns"),
    [
        (b'<s><row r="3"><c r="B3"><v>1</v></c></row></s>', 3, 2),
        (b'<s><row><c><v>1</v></c><c t="s"><v>1</v></c></row></s>', 1, 2),
        (b'<s><row r="7"><c><v>1</v></c></row><row><c><v>1</v></c></row></s>', 8, 1),
        (b'<x:s xmlns:x="u"><x:c r="AA9"><x:v>1</x:v></x:c></x:s>', 9, 27),
        (b"<s/>", 0, 0),
    ],
)
def test_how_far_cells_reach(xml: bytes, rows: int, columns: int) -> None:
    found = extent_of(xml)
    assert (found.rows, found.columns) == (rows, columns)
    assert rows * columns <= CELLS


def test_titles_of_sheets_are_names_that_no_other_has() -> None:
    long = "a" * 40
    assert sheet_titles(["people", "People", "a/b*c", long, long, "'", "Activities.csv"]) == [
        *("people", "People_2", "a_b_c", "a" * 31, "a" * 29 + "_2", "_", "Activities"),
    ]


ODD_LOOKS = [
    ("xl/styles.xml", lambda one: one.replace(b"cellXfs", b"cellXf")),
    (SHEET, lambda one: one.replace(b"spreadsheetml/2006/main", b"spreadsheetml/2006/other")),
    ("docProps/core.xml", lambda one: one[:20]),
]


@pytest.mark.parametrize(("part", "edit"), ODD_LOOKS, ids=["styles", "names", "aside"])
def test_whatever_is_read_is_given_back_too(
    part: str, edit: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(edited(part, edit))
    rows = [list(row) for row in read_grids(path, path.read_bytes())[0].rows]
    copy = marked_copy(path, {f"{path}/people": [Remark(2, 1, "wrong")]}, "problem", None)
    assert copy is not None
    back = read_grids(BOOK, copy)[0].rows
    assert [list(row[:2]) for row in back] == rows
    assert [row[2] for row in back] == ["problem", "✗ wrong", ""]


def test_csv_files_alike_but_for_capitals_are_given_back(tmp_path: Path) -> None:
    for name in ("people.csv", "People.CSV"):
        (tmp_path / name).write_text("person,name\np1,a\n")
    remarks = {str(tmp_path / "People.CSV"): [Remark(2, 1, "wrong")]}
    copy = marked_copy(tmp_path, remarks, "problem", None)
    assert copy is not None
    found = {grid.name: grid.rows[1][2:] for grid in read_grids(BOOK, copy)}
    assert sorted(found.values()) == [[], ["✗ wrong"]]
