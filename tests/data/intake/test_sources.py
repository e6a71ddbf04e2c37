"""Folders, files and workbooks: what can be read, and what is said about the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from data.intake.imports import import_path
from data.intake.sources import read_source
from data.keeping.making import create_store
from data.store.journal import Doing
from data.words import ANY_WORDS
from problems import BadInput
from tests.helpers.factory_store import LATER, NOON, OFFICE, office, take, told, write
from tests.helpers.printed import printed


def complaints(path: Path) -> list[str]:
    try:
        found = BadInput(read_source(path).problems)
    except BadInput as error:
        found = error
    return [printed(one).replace(f"{path}/", "") for one in found.problems]


def csv_folder(folder: Path, name: str, content: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_three_encodings_are_read_alike(tmp_path: Path, encoding: str) -> None:
    folder = csv_folder(
        tmp_path / "in", "people.csv", "person,name\r\np1,张堃\r\n".encode(encoding)
    )
    assert read_source(folder).sheets[0].columns["name"] == ("张堃",)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_wrong_delimiter_is_named(tmp_path: Path, mark: str) -> None:
    folder = csv_folder(tmp_path / "in", "people.csv", f"person{mark}name\np1{mark}张三\n")
    called = "tabs" if mark == "\t" else "';'"
    assert complaints(folder) == [
        f"people.csv:1:1: the columns are separated by {called}\n"
        "  hint: separate them by commas; when saving, choose CSV with commas"
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("person,nme\np1,a\n", "people.csv:1:2: unknown column 'nme' in table 'people'"),
        ("person,name,name\np1,a,b\n", "people.csv:1:3: the column 'name' stands twice"),
        ("person,phone\np1,1\n", "people.csv:1: the column 'name' is missing"),
        ("", "people.csv:1: the first row is not a header"),
        ("person,name\n\np1,a,b\n", "people.csv:3:3: the row has 3 cells, the header 2"),
        ("person,name,\np1,a,b\n", "people.csv:2:3: 'b' stands in a column without a name"),
        ('person,name\np1,"a\n', "people.csv:2: the row cannot be read"),
    ],
)
def test_a_file_of_the_wrong_form_is_told_by_its_place(
    tmp_path: Path, content: str, line: str
) -> None:
    folder = csv_folder(tmp_path / "in", "people.csv", content)
    assert any(one.startswith(line) for one in complaints(folder))


def test_an_unknown_column_gets_a_did_you_mean(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path / "in", "people.csv", "person,name,phnoe\n")
    assert complaints(folder)[0].endswith("hint: did you mean 'phone'?")


def test_a_table_that_is_not_known_gets_a_did_you_mean(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path / "in", "activites.csv", "a,b\n")
    assert complaints(folder) == [
        "activites.csv: 'activites' is not a table\n  hint: did you mean 'activities'?"
    ]


def test_files_that_are_not_csv_are_left_alone(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path / "in", "people.csv", "person,name\np1,a\n")
    csv_folder(folder, "readme.txt", "anything")
    assert [sheet.table.name for sheet in read_source(folder).sheets] == ["people"]


def test_one_csv_file_may_be_named(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path / "in", "people.csv", "person,name\np1,a\n")
    assert read_source(folder / "people.csv").sheets[0].rows == [2]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("gone", "there is no such file or folder"),
        ("empty", "there is no CSV file in this folder"),
        ("notes.txt", "this is neither a folder of CSV files nor an .xlsx workbook"),
        ("broken.xlsx", "this is not a workbook that can be read"),
    ],
)
def test_a_path_that_holds_no_tables_is_told(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "broken.xlsx").write_bytes(b"PK not a workbook")
    assert line in complaints(tmp_path / name)[0]


def test_a_file_in_utf_16_is_told(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path / "in", "people.csv", "person,name\n".encode("utf-16"))
    assert "neither UTF-8 nor GB18030" in complaints(folder)[0]


def test_rows_are_counted_as_in_the_file(tmp_path: Path) -> None:
    store = office(tmp_path)
    folder = csv_folder(
        tmp_path / "in",
        "waivers.csv",
        "waiver,holder,first,last,reason\n\nw8,镇长,2023-01-01,2023-01-02,x\n"
        "w9,镇长,2022-02-30,2023-01-02,x\n",
    )
    with pytest.raises(BadInput) as caught:
        import_path(store, folder, words=ANY_WORDS, doing=Doing(LATER))
    told = printed(caught.value).replace(f"{folder}/", "")
    assert told.startswith("waivers.csv:4:3: '2022-02-30'")


def workbook(path: Path, merge: bool = False, sheet: str = "activities") -> Path:
    """OFFICE as a spreadsheet program would keep it: real dates and numbers."""
    with xlsxwriter.Workbook(str(path)) as book:
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in OFFICE.items():
            page = book.add_worksheet(sheet if name == "activities" else name)
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    if y and rows[0][x] in ("day", "first", "last") and cell:
                        page.write_datetime(y, x, date.fromisoformat(cell), as_day)
                    elif y and rows[0][x] == "quantity" and cell:
                        page.write_number(y, x, float(cell))
                    else:
                        page.write(y, x, cell)
            if merge and name == "activities":
                page.merge_range(1, 3, 2, 3, "镇长")
        book.add_worksheet("Sheet1")
    return path


def test_a_workbook_gives_the_same_records_as_the_folder(tmp_path: Path) -> None:
    one = create_store(str(tmp_path / "one.db"), None, Doing(NOON))
    two = create_store(str(tmp_path / "two.db"), None, Doing(NOON))
    take(one, tmp_path / "in", OFFICE)
    import_path(two, workbook(tmp_path / "in.xlsx"), words=ANY_WORDS, doing=Doing(NOON))
    assert two.read_records() == one.read_records()


def test_merged_cells_are_told(tmp_path: Path) -> None:
    found = complaints(workbook(tmp_path / "in.xlsx", merge=True))
    assert found == [
        "activities:2:4: the cells down to row 3, column 4 are merged\n"
        "  hint: unmerge them and write the value into each row"
    ]


def test_an_unknown_sheet_is_told(tmp_path: Path) -> None:
    found = complaints(workbook(tmp_path / "in.xlsx", sheet="activty"))
    assert found[0].startswith("activty: 'activty' is not a table\n  hint: did you mean")


def test_ten_megabytes_in_a_note_are_told(tmp_path: Path) -> None:
    store = office(tmp_path)
    rows = [["activity", "kind", "day", "holder", "note"], ["b1", "x", "2023-01-05", "厂", ""]]
    rows[1][4] = "长" * 10_000_000
    found = told(store, tmp_path / "in", {"activities": rows})
    assert len(found) == 1
    assert found[0].startswith("activities.csv:2:5: the cell '长长")
    assert "has 10,000,000 characters" in found[0]
    assert "a note at most 10,000" in found[0]


def test_a_workbook_names_sheet_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("people")
        page.write_row(0, 0, ["person", "name"])
        page.write_row(2, 0, ["a@b", "张三"])
    store = create_store(str(tmp_path / "s.db"), None, Doing(NOON))
    with pytest.raises(BadInput) as caught:
        import_path(store, path, words=ANY_WORDS, doing=Doing(NOON))
    assert printed(caught.value).startswith(f"{path}/people:3:1: the identifier 'a@b'")


def test_the_written_folder_is_what_was_meant(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", OFFICE)
    assert {sheet.table.name for sheet in read_source(folder).sheets} == set(OFFICE)
