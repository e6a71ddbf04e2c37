"""A template is filled as a clerk would, imported, corrected, and nobody's change is lost."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from data.grids.workbooks import read_grids
from data.import_columns import TABLES
from data.intake.example_rows import MARKS
from data.intake.headings import column_named, heading_of, plain_heading, table_named, title_of
from problems import BadInput
from reports.books.template_book import LISTS, template_book
from reports.i18n import Lang, translator
from tests.helpers.factory_cli import PARK, Rows, cache, call, contents, db, good, refused, write
from tests.helpers.factory_rules import shipped_rules
from tests.helpers.printed import printed

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")


def filled(template: Path, into: Path, tables: Mapping[str, Rows], chinese: bool) -> Path:
    """The template with rows typed below the examples, as a spreadsheet would save it."""
    with xlsxwriter.Workbook(into) as book:
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        for grid in read_grids(template, template.read_bytes()):
            sheet = book.add_worksheet(grid.name)
            for line, row in enumerate(grid.rows):
                sheet.write_row(line, 0, row)
            table = table_named(grid.name)
            rows = tables.get(table.name, ()) if table else ()
            heads = [column_named(table, one) for one in grid.rows[0]] if table else []
            for line, row in enumerate(rows[1:], len(grid.rows)):
                for name, text in zip(rows[0], row, strict=True):
                    at = heads.index(name)
                    if chinese and TABLES[grid_table(grid.name)].known[name].kind == "day" and text:
                        sheet.write_datetime(line, at, date.fromisoformat(text), as_day)
                    else:
                        sheet.write_string(line, at, text)
    return into


def grid_table(title: str) -> str:
    found = table_named(title)
    assert found is not None
    return found.name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_filled_template_gives_the_same_store_as_the_folder(
    lang: Lang, tmp_path: Path, db: Path
) -> None:
    template = tmp_path / "template.xlsx"
    good("template", template, "--lang", lang)
    book = filled(template, tmp_path / "filled.xlsx", PARK, lang == "zh")
    other = tmp_path / "other.db"
    said = good("import", book, "--db", other)
    assert f"{len(TABLES)} example rows were passed over" in said.out
    asked = ("audit", "--as-of", "2022-10-01", "--span", "2022-Q3", "--json", "--db")
    assert call(*asked, other).data["verdicts"] == call(*asked, db).data["verdicts"]
    assert call(*asked, other).data["verdicts"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untouched_template_says_that_all_its_examples_were_passed_over(
    lang: Lang, tmp_path: Path
) -> None:
    good("template", tmp_path / "t.xlsx", "--lang", lang)
    said = good("import", tmp_path / "t.xlsx", "--db", tmp_path / "new.db")
    assert f"{len(TABLES)} example rows were passed over\n" in said.out


def test_an_example_that_was_written_over_is_not_lost_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("单位")
        sheet.write_row(0, 0, ["单位编号 *", "单位名称*", "单位类型"])
        sheet.write_row(1, 0, [MARKS[0], "真正的镇", TABLES["units"].known["type"].example])
    said = refused("import", path, "--db", tmp_path / "new.db")
    assert said.startswith(f"{path}/单位:2:2: the example row was changed in 'name'\n  hint: a rec")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_column_has_one_chinese_name_and_a_note_in_both_languages(
    table: str,
) -> None:
    assert table_named(title_of(table, True)) is TABLES[table]
    said = [heading_of(table, column, True) for column in TABLES[table].known]
    assert len(set(said)) == len(said)
    for column, heading in zip(TABLES[table].known, said, strict=True):
        assert column_named(TABLES[table], heading) == column
        assert column_named(TABLES[table], column) == column
        note = TABLES[table].known[column].help
        assert translator("zh")(note) != note
        assert len(note) < 230


def test_no_other_name_of_a_column_means_two_of_its_table() -> None:
    for table in TABLES.values():
        said = [plain_heading(one) for column in table.known.values() for one in column.headings]
        assert sorted(set(said)) == sorted(said), table.name
    titles = [plain_heading(one) for table in TABLES.values() for one in table.titles]
    assert sorted(set(titles)) == sorted(titles)


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("人员", ["人员编号", "姓名"]),
        (" 人 员 ", ["人员 编号*", "姓　名（必填）"]),
        ("People", ["ＰＥＲＳＯＮ", "Name *"]),
        ("人员表", ["编号", "name"]),
    ],
)
def test_headings_in_either_language_and_width_are_read(
    title: str, headings: Sequence[str], tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, headings)
        sheet.write_row(1, 0, ["p1", "张三"])
    assert "people: 1 new" in good("import", path, "--db", tmp_path / "new.db").out


def test_a_folder_may_have_chinese_names_too(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"人员": [["编号", "姓名"], ["p1", "张三"]]})
    assert "people: 1 new" in good("import", folder, "--db", tmp_path / "new.db").out


def test_a_table_under_both_its_names_is_told(tmp_path: Path) -> None:
    rows = [["person", "name"], ["p1", "张三"]]
    folder = write(tmp_path / "in", {"人员": rows, "people": rows})
    said = refused("import", folder, "--db", tmp_path / "new.db")
    assert "the table 'people' stands twice\n  hint: put its rows together" in said


def test_a_chinese_heading_that_is_not_known_offers_the_near_one(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"人员": [["人员编好", "姓名"], ["p1", "张三"]]})
    said = refused("import", folder, "--db", tmp_path / "new.db")
    assert "unknown column '人员编好' in table 'people'\n  hint: did you mean '人员编号'?" in said


def test_the_words_of_the_vocabulary_are_offered_as_drop_downs(tmp_path: Path) -> None:
    good("template", tmp_path / "t.xlsx", "--lang", "zh")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
        sheets = {
            grid.name: book.read(f"xl/worksheets/sheet{number}.xml").decode()
            for number, grid in enumerate(
                read_grids(tmp_path / "t.xlsx", (tmp_path / "t.xlsx").read_bytes()), 1
            )
        }
    assert f'name="词表" sheetId="{len(TABLES) + 2}" state="hidden"' in names
    rules = sheets["履职记录"]
    assert rules.count("<dataValidation ") == len(TABLES["activities"].columns) + 4
    # kind, role, quantity unit; person, behalf, event, and the record that is replaced
    assert rules.count('type="list"') == 7
    assert 'type="list" errorStyle="warning"' in rules
    assert "pane" in rules and 'state="frozen"' in rules


def test_every_list_of_the_template_is_one_of_the_vocabulary_with_words_in_it() -> None:
    vocabulary = shipped_rules().vocabulary
    assert [name for name in LISTS if not getattr(vocabulary, name)] == []


def records_book(db: Path, path: Path, lang: Lang = "zh") -> Path:
    good("template", path, "--with-records", "--db", db, "--lang", lang)
    return path


def rewritten(path: Path, sheet: str, heading: str, line: int, text: str) -> Path:
    """The workbook with one cell typed anew."""
    grids = read_grids(path, path.read_bytes())
    with xlsxwriter.Workbook(path) as book:
        for grid in grids:
            made = book.add_worksheet(grid.name)
            for number, row in enumerate(grid.rows):
                cells = list(row)
                if grid.name == sheet and number == line - 1:
                    cells[list(grid.rows[0]).index(heading)] = text
                for at, cell in enumerate(cells):
                    made.write_string(number, at, str(cell))
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_of_the_records_changes_nothing_as_it_is(
    lang: Lang, tmp_path: Path, db: Path
) -> None:
    before = contents(db, tmp_path / "before")
    said = good("import", records_book(db, tmp_path / "r.xlsx", lang), "--db", db)
    assert said.out.endswith("nothing changed: the store held all of this already\n")
    assert contents(db, tmp_path / "after") == before


def test_a_correction_in_the_workbook_is_taken_and_may_be_imported_twice(
    tmp_path: Path, db: Path
) -> None:
    book = rewritten(records_book(db, tmp_path / "r.xlsx"), "履职记录", "备注", 2, "改过")
    assert "activities: 0 new, 1 changed" in good("import", book, "--db", db).out
    assert "nothing changed" in good("import", book, "--db", db).out


def test_a_record_is_struck_out_in_the_workbook_of_the_records(tmp_path: Path, db: Path) -> None:
    book = rewritten(records_book(db, tmp_path / "r.xlsx"), "履职记录", "作废时间", 2, "2022.12.1")
    assert "a row is declared void without a reason" in refused("import", book, "--db", db)
    book = rewritten(book, "履职记录", "作废原因", 2, "重复登记")
    assert "activities: 0 new, 0 changed, 1 voided" in good("import", book, "--db", db).out
    assert "nothing changed" in good("import", book, "--db", db).out


def test_a_row_that_somebody_else_changed_first_is_refused_with_who_and_what(
    tmp_path: Path, db: Path
) -> None:
    book = rewritten(records_book(db, tmp_path / "r.xlsx"), "履职记录", "备注", 2, "我的说法")
    theirs = {
        "activities": [
            [*PARK["activities"][0][:8], "recorded_by"],
            ["a1", "听取履职汇报", "2022-09-30", "主任", "p1", "听取", "", "别人的说法", "李科员"],
        ]
    }
    good("import", write(tmp_path / "theirs", theirs), "--db", db)
    said = refused("import", book, "--db", db)
    assert "'a1' was changed on " in said
    assert "by '李科员', after version 1\n" in said
    assert "what changed: note: — → 别人的说法, recorded_by: — → 李科员; take a fresh" in said
    assert "or write 2 under version" in said
    forced = rewritten(book, "履职记录", "版本", 2, "2")
    assert "1 changed" in good("import", forced, "--db", db).out


def test_a_row_that_was_left_as_it_was_does_not_undo_what_came_since(
    tmp_path: Path, db: Path
) -> None:
    book = records_book(db, tmp_path / "r.xlsx")
    theirs = {"people": [["person", "name", "phone"], ["p1", "张三", "12345"]]}
    good("import", write(tmp_path / "theirs", theirs), "--db", db)
    before = contents(db, tmp_path / "before")
    assert "nothing changed" in good("import", book, "--db", db).out
    assert contents(db, tmp_path / "after") == before


def test_a_row_that_was_declared_void_meanwhile_is_refused(tmp_path: Path, db: Path) -> None:
    book = rewritten(records_book(db, tmp_path / "r.xlsx"), "履职记录", "备注", 2, "我的说法")
    void = [["activity", "kind", "day", "holder", "voided_at", "voided_by", "void_reason"]]
    void.append(["a1", "听取履职汇报", "2022-09-30", "主任", "2022-12-01", "王科员", "重复"])
    good("import", write(tmp_path / "theirs", {"activities": void}), "--db", db)
    said = refused("import", book, "--db", db)
    assert "'a1' was declared void on 2022-12-01 00:00 by '王科员', after version 1\n" in said
    assert "what changed: 重复; take" in said


@pytest.mark.parametrize(
    ("version", "told"),
    [("0", "'0' is not a whole number from 1 on"), ("x", "is not a whole number from 1 on")],
)
def test_a_version_that_is_none_is_told(version: str, told: str, tmp_path: Path, db: Path) -> None:
    rows = [["person", "name", "version"], ["p1", "张三丰", version]]
    assert told in refused("import", write(tmp_path / "in", {"people": rows}), "--db", db)


def test_a_version_of_a_record_that_there_is_not_is_told(tmp_path: Path, db: Path) -> None:
    rows = [["person", "name", "version"], ["p9", "张三丰", "3"]]
    said = refused("import", write(tmp_path / "in", {"people": rows}), "--db", db)
    assert "version 3 of 'p9', which is not in the store\n  hint: leave version empty" in said


def test_the_current_export_carries_versions_and_no_history(tmp_path: Path, db: Path) -> None:
    rows = [["person", "name"], ["p1", "张三丰"]]
    good("import", write(tmp_path / "in", {"people": rows}), "--db", db)
    good("export", tmp_path / "out", "--current", "--db", db)
    lines = (tmp_path / "out" / "people.csv").read_text("utf-8").splitlines()
    assert lines[:2] == ["person,name,phone,email,facts,recorded_by,version", "p1,张三丰,,,,,2"]
    assert "nothing changed" in good("import", tmp_path / "out", "--db", db).out


def test_a_record_too_long_for_a_sheet_is_told_before_anything_is_written() -> None:
    row = ["a1", *[""] * (len(TABLES["activities"].names) - 1), "1"]
    row[TABLES["activities"].at["evidence"]] = "长" * 40_000
    with pytest.raises(BadInput) as caught:
        template_book({}, "en", {"activities": [row]})
    assert "'a1' has a cell too long for a sheet" in printed(caught.value)


def test_the_same_template_has_the_same_bytes() -> None:
    lists = {"kinds": ["安全检查"], "unit_types": []}
    one, two = template_book(lists, "zh"), template_book(lists, "zh")
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as book:
        # On whatever day it is made: a workbook tells when it was.
        assert b"2024-01-01T00:00:00Z</dcterms:created>" in book.read("docProps/core.xml")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["t.csv"], "'t.csv' is not named as a workbook is"),
        (["--form", "会义记录"], "there is no form '会义记录'\n  hint: did you mean '会议记录'?"),
        (["--form", "演练", "--with-records"], "a form holds no records of the store"),
    ],
)
def test_a_template_that_cannot_be_written_is_told(words: list[str], told: str) -> None:
    assert told in refused("template", *words)


def test_a_file_that_is_there_is_not_written_over_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert good("template", "--lang", "zh").out == "导入表.xlsx\n"
    assert good("template").out == "import tables.xlsx\n"
    Path("import tables.xlsx").write_bytes(b"filled in")
    assert "import tables.xlsx: this file was changed since" in refused("template")
    assert Path("import tables.xlsx").read_bytes() == b"filled in"
