"""Sheets as offices hand them in: what is read, what is passed over and said, what is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from data.grids.cells import SheetCells
from data.grids.csv_files import looks_big5
from data.grids.workbooks import read_grids
from data.intake import long_sheets
from data.intake.form_reading import read_form
from data.intake.headings import plain_heading
from data.intake.new_subjects import NewSubjects
from data.intake.prepared import Taking
from data.intake.preview import Fate, Preview, preview_path
from data.store.opening import Store
from problems import Said
from tests.helpers.factory_cli import cache
from tests.helpers.factory_forms import NOW, WORDS, Cells, acts, book, read, store
from tests.helpers.printed import left_in_english, printed

__all__ = ["cache", "store"]

HEADS = ["时间", "被检查单位", "带队领导", "检查内容", "发现问题"]
ONE = ["2024-06-03", "甲木业有限公司", "张三", "用电", "堆物"]
TWO = ["2024-06-20", "丙1", "李四", "用气", ""]
TABLE = ["记录编号", "活动种类", "日期", "责任主体", "角色"]
POST = ["person", "post", "first", "acting"]
ACT = ["A1", "安全检查", "2024-06-03", "镇长", "带队"]
FORM = "带队检查记录"

# Each sheet: its name, its cells, its merged cells; how many records; what is said of the rest.
TAKEN: Mapping[str, tuple[str, Cells, list[str], int, list[str]]] = {
    "a title and a letterhead": (
        FORM, [["某镇"], ["编号：12"], [], ["填报人：王某"], ["说明：每家一行"], HEADS, ONE],
        [], 1, [],
    ),
    "a head deep down": (FORM, [["x"]] * 49 + [HEADS, ONE], [], 1, []),
    "totals, signatures and a note": (
        FORM,
        [HEADS, ONE, ["小计", "1家"], TWO, ["合计", "2", "2", "2", "3处"], [],
         ["填报人：李四", "", "审核人：王五", "", "2024年7月1日"], ["注：每月5日前报送"],
         ["本表一式两份"], ["2024年7月1日"]],
        [], 2, ["rows_of_totals 3,5", "rows_of_signatures 7-10"],
    ),
    "signatures with names in cells of their own": (
        FORM, [HEADS, ONE, ["填报人", "李四", "审核人", "王五"], ["单位负责人（签字）："]],
        [], 1, ["rows_of_signatures 3-4"],
    ),
    "a head that comes again with its title": (
        FORM, [["检查台账"], HEADS, ONE, ["检查台账"], HEADS, TWO], [], 2,
        ["rows_of_headings 4-5"],
    ),
    "sections": (
        FORM, [HEADS, ["一、上半年"], ONE, ["二季度"], TWO], [], 2, ["rows_of_sections 2,4"],
    ),
    "foreign columns in the majority": (
        "审批数据", [[*"甲乙丙丁戊己庚", *HEADS], [*"1234567", *ONE], [*"1234567", *TWO]],
        [], 2, [],
    ),
    "headings of a collection form": (
        "收集结果", [[f"{at}.{one}（必填）" for at, one in enumerate(HEADS, 1)], ONE], [], 1, [],
    ),
    "characters that nobody sees": (
        FORM, [["\u200b时间", *HEADS[1:]], [f"{one}\u200b" for one in ONE]], [], 1, [],
    ),
    "cells merged down": (
        FORM,
        [HEADS, ONE, ["", "", "", "", "灯坏"], ["", "丙1", "", "用气", ""]],
        ["A2:A4", "B2:B3", "C2:C4", "D2:D3"], 2, [],
    ),
    "a row of foreign cells only": (
        FORM, [[*HEADS, "天气"], [*ONE, "晴"], ["", "", "", "", "", "雨"]], [], 1,
        ["rows_not_of_form 3"],
    ),
    "a table under a title, with totals and a foot": (
        "履职记录",
        [["2024年台账"], TABLE, ACT, ["合计", "1"], TABLE, ["填报人：李四"], ["\u200b"]],
        ["A1:E1"], 1, ["rows_of_totals 4", "rows_of_headings 5", "rows_of_signatures 6"],
    ),
    "a weekday that tells the order of short numbers": (
        FORM, [HEADS, ["24-06-03 星期一", *ONE[1:]]], [], 1, [],
    ),
}  # fmt: skip

REFUSED: Mapping[str, tuple[str, Cells, list[str], list[str]]] = {
    "a head below the limit": (FORM, [["x"]] * 60 + [HEADS, ONE], [], ["62 form_without_records"]),
    "a form without a heading that it needs": (
        "审批", [["编号", "检查时间", "带队领导", "检查内容"], ["1", *ONE[:1], "张三", "x"]], [],
        ["1 form_lacks_column"],
    ),
    "cells merged over rows and columns": (
        FORM, [HEADS, ONE, TWO], ["D2:E3"], ["2:4 cells_merged"],
    ),
    "merged cells beside other problems of a table": (
        "履职记录", [[*TABLE, "天气"], ["A1", "安全检查", "2024-13-03", "镇长", "", ""],
                 ["A2", "安全检查", "2024-06-03", "谁", "", ""]],
        ["E2:E3"], ["1:6 unknown_column", "2:3 not_a_day", "2:5 cells_merged", "3:4 unknown_word"],
    ),
    "errors of formulas": (
        FORM, [HEADS, ["2024-06-03", "甲", "#N/A", "用电", "#DIV/0!"]], [],
        ["2:3 cell_is_error", "2:5 cell_is_error"],
    ),
    "a record that lacks most": (
        FORM, [HEADS, ONE, ["", "丙1"]], [], ["3 is_empty", "3 value_empty"],
    ),
}  # fmt: skip


def looked_at(store: Store, path: Path, asked: Taking | None = None) -> Preview:
    found = preview_path(store, path, words=WORDS, now=NOW, asked=asked or Taking())
    for one in (*found.problems, *found.remarks):
        assert not left_in_english(one.said, one.hint)
        assert printed(one)
    return found


def told(found: Preview) -> list[str]:
    """`row:column code` of each problem."""
    return sorted(
        ":".join(str(at) for at in (one.place.line, one.place.column) if at) + f" {one.code}"
        for one in found.problems
    )


def passed(found: Preview) -> list[str]:
    """What was passed over, with its rows."""
    return [
        f"{one.said['what'].code if isinstance(one.said['what'], Said) else ''} {rows(one.said)}"
        if one.code == "rows_passed_over"
        else f"{one.code} {rows(one.said)}"
        for one in found.remarks
    ]


def rows(said: Said) -> str:
    return str(said["rows"]).replace(" list ", ",")


def as_csv(path: Path, name: str, cells: Cells) -> Path:
    file = path / f"{name}.csv"
    file.write_text("\n".join(",".join(map(str, row)) for row in cells), encoding="utf-8")
    return file


@pytest.mark.parametrize("case", TAKEN)
def test_what_is_no_record_is_passed_over_and_said(case: str, store: Store, tmp_path: Path) -> None:
    name, cells, merges, count, said = TAKEN[case]
    found = looked_at(store, book(tmp_path / "in.xlsx", {name: cells}, merges))
    assert (told(found), found.tables[-1].count(Fate.NEW), passed(found)) == ([], count, said)
    if not merges:
        found = looked_at(store, as_csv(tmp_path, name, cells))
        assert (told(found), found.tables[-1].count(Fate.NEW), passed(found)) == ([], count, said)


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_told_with_all_else(case: str, store: Store, tmp_path: Path) -> None:
    name, cells, merges, said = REFUSED[case]
    assert told(looked_at(store, book(tmp_path / "in.xlsx", {name: cells}, merges))) == said
    if not merges:
        assert told(looked_at(store, as_csv(tmp_path, name, cells))) == said


def test_a_row_that_continues_the_one_above_is_the_same_record(
    store: Store, tmp_path: Path
) -> None:
    _, cells, merges, _, _ = TAKEN["cells merged down"]
    read(store, book(tmp_path / "in.xlsx", {FORM: cells}, merges))
    assert {one.subjects: one.note for one in acts(store)} == {
        ("甲",): "检查内容：用电\n发现问题：堆物\n灯坏",
        ("丙1",): "检查内容：用气",
    }


def test_sheets_to_be_read_by_people_are_passed_over_beside_others(
    store: Store, tmp_path: Path
) -> None:
    talk = [["一、时间写到日"], ["二、每家一行"]]
    found = looked_at(store, book(tmp_path / "a.xlsx", {FORM: [HEADS, ONE], "填表说明": talk}))
    assert (told(found), [one.code for one in found.remarks]) == ([], ["sheet_passed_over"])
    assert told(looked_at(store, book(tmp_path / "b.xlsx", {"填表说明": talk}))) == [" not_a_table"]
    lists = [["甲", "乙", "丙"], [1, 2, 3], [4, 5, 6]]
    odd = {FORM: [HEADS, ["2024-13-01", *ONE[1:]]], "名册": lists}
    assert told(looked_at(store, book(tmp_path / "c.xlsx", odd))) == [
        " not_a_table",
        "2:1 not_a_day",
    ]


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part written anew."""
    with zipfile.ZipFile(path) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_what_is_hidden_is_taken_and_said(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name in (FORM, "带队检查记录旧"):
            sheet = made.add_worksheet(name)
            for at, row in enumerate([HEADS, ONE, TWO]):
                sheet.write_row(at, 0, row if name == FORM else [*row[:3], f"{row[3]}旧"])
        sheet.hide()
        made.worksheets()[0].set_row(1, None, None, {"hidden": True})
    found = looked_at(store, path)
    assert [one.code for one in found.remarks] == ["hidden_rows_read", "hidden_sheet_read"]
    assert (told(found), found.tables[-1].count(Fate.NEW)) == ([], 4)


def test_days_counted_from_1904_and_days_that_were_worked_out(store: Store, tmp_path: Path) -> None:
    for number, (early, value) in enumerate([(True, 43993), (False, 45455.00000001)]):
        path = tmp_path / f"{number}.xlsx"
        with xlsxwriter.Workbook(path, {"date_1904": early}) as made:
            sheet = made.add_worksheet(FORM)
            sheet.write_row(0, 0, HEADS)
            sheet.write_row(1, 0, [value, *ONE[1:]])
        read(store, path)
    assert {one.day for one in acts(store)} == {date(2024, 6, 12)}


def test_cells_without_a_value_are_told_by_their_place(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet(FORM)
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ONE)
        sheet.write_formula(1, 0, "=DATE(2024,6,3)", None, 45446)
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub("<v>45446</v>", "<v></v>", xml))
    assert told(looked_at(store, path)) == ["2:1 formula_without_value", "2:5 cell_is_error"]
    (grid,) = read_grids(path, path.read_bytes())
    assert [grid.rows[1][0], grid.rows[1][4]] == ["=DATE(2024,6,3)", "#DIV/0!"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([110101199001011234, "钱九", ""], ["2:1 number_lost_digits"]),
        (["p9", "钱九", 1380000000.5], ["2:3 number_with_fraction"]),
        (["1.10101E+17", "钱九", "1.38E+10"], ["2:1 number_lost_digits", "2:3 number_lost_digits"]),
        (["p9", "钱九", "13800000001.0"], ["2:3 number_with_fraction"]),
        ([1001, "钱九", 13800000001], []),
    ],
)
def test_numbers_that_lost_their_digits_are_no_ids(
    row: list[object], said: list[str], store: Store, tmp_path: Path
) -> None:
    people = {"people": [["person", "name", "phone"], row]}
    assert told(looked_at(store, book(tmp_path / "in.xlsx", people))) == said


CSV: Mapping[str, tuple[bytes, list[str]]] = {
    "sep=;\nperson;name\np9;钱九\n": (b"", []),
    "sep=,\r\nperson,name\r\np9,钱九\r\n": (b"", []),
    "\ufeffsep=\t\nperson\tname\np9\t钱九\n": (b"", []),
    "sep=;\nperson;name\n@;钱九\n": (b"", ["3:1 identifier_has_bad_character"]),
    "big5": ("person,name\np9,張三豐\n".encode("big5"), [" text_in_big5"]),
    "gb18030": ("person,name\np9,钱九\n".encode("gb18030"), []),
}


@pytest.mark.parametrize("text", CSV)
def test_csv_files_of_other_programs(text: str, store: Store, tmp_path: Path) -> None:
    content, said = CSV[text]
    path = tmp_path / "people.csv"
    path.write_bytes(content or text.encode())
    found = looked_at(store, path)
    assert told(found) == said
    assert said or found.tables[0].count(Fate.NEW) == 1


def test_a_long_table_is_read_as_a_short_one_is(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_sheets, "LONG_BYTES", 1)
    rows = [["2024年台账"], TABLE, ACT, TABLE, ["A2", *ACT[1:]], ["合计", "2"], ["填报人：李四"]]
    text = "\n".join(";".join(map(str, row)) for row in rows)
    path = tmp_path / "activities.csv"
    path.write_text(f"sep=;\n{text}\n", encoding="utf-8")
    report = read(store, path)
    assert report.counts["activities"]["new"] == 2
    assert [one.place.line for one in report.remarks] == [5, 7, 8]


@pytest.mark.parametrize("text", ["欧阳建国", "淦煜暠", "龘靐", "𬱖䶮", "姓名,张堃"])
def test_rare_names_in_gb18030_are_no_big5(text: str) -> None:
    assert not looks_big5(text.encode("gb18030"))


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("1.检查时间（必填）", "检查时间"),
        ("一、时间", "时间"),
        ("(2)时间", "时间"),
        ("Q1 时间", "时间"),
        ("*时间【单选】", "时间"),
        ("2024年合计", "2024年合计"),
        ("3、", "3、"),
        ("二楼", "二楼"),
    ],
)
def test_headings_without_numbers_of_questions(written: str, heading: str) -> None:
    assert plain_heading(written) == heading


def test_a_paper_is_not_taken_for_a_list_with_foreign_columns() -> None:
    paper = [["时间", "2024-06-03", "地点", "厂区", "被检查单位", "甲", "带队领导", "张三"]]
    form = read_form(SheetCells(FORM, paper), "in", None)
    assert form is not None
    assert [row["带队领导"].text for row in form.rows] == ["张三"]


@pytest.mark.parametrize(
    ("day", "is_odd"),
    [("1948-12-31", True), ("1949-01-01", False), ("2026-07-01", False), ("2026-07-02", True)],
)
def test_days_that_are_probably_slips_are_asked_about(
    day: str, is_odd: bool, store: Store, tmp_path: Path
) -> None:
    cells = {
        "履职记录": [TABLE, [*ACT[:2], day, "镇", ""]],
        "appointments": [POST, ["p6", "书记", day, "是"]],
    }
    path = book(tmp_path / "in.xlsx", cells)
    odd = ["2:3 odd_day", "2:3 odd_day"] if is_odd else []
    assert told(looked_at(store, path, Taking(odd_days=False))) == odd
    assert told(looked_at(store, path, Taking(odd_days=True))) == []


FIRMS = NewSubjects("企业")
NEW = [
    HEADS,
    ["2024-06-05", "丁永和食品有限公司、甲", "张三", "", ""],
    ["2024-06-04", "丁永和食品有限公司", "王五（副镇长甲）", "", ""],
]


def test_what_is_inspected_and_not_registered_comes_with_its_records(
    store: Store, tmp_path: Path
) -> None:
    path = book(tmp_path / "in.xlsx", {FORM: NEW})
    assert told(looked_at(store, path)) == ["2:2 none_called", "3:2 none_called"]
    found = looked_at(store, path, Taking(new_subjects=FIRMS))
    subjects = found.tables[0]
    assert (subjects.table, [row.key for row in subjects.rows]) == (
        "subjects",
        [("丁永和食品有限公司",)],
    )
    read(store, path, asked=Taking(new_subjects=FIRMS))
    subject = store.read_records().subjects["丁永和食品有限公司"]
    assert (subject.name, subject.type, subject.unit) == ("丁永和食品有限公司", "企业", "镇")
    assert subject.first == date(2024, 6, 4)  # Nobody owes a visit before anybody knew of it.
    assert read(store, path, asked=Taking(new_subjects=FIRMS)).entry is None
    table = [[*TABLE, "对象"], [*ACT, "戊学校;甲"]]
    read(store, as_csv(tmp_path, "activities", table), asked=Taking(new_subjects=FIRMS))
    assert store.read_records().subjects["戊学校"].first == date(2024, 6, 3)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("甲木业有限公可", "nearly_called_so"),
        ("甲木叶有限公司", "nearly_called_so"),
        ("甲等3家企业", "names_no_one_subject"),
        ("辖区各企业", "names_no_one_subject"),
        ("5家", "names_no_one_subject"),
        ("戊厂和己厂", "names_no_one_subject"),
    ],
)
def test_a_near_name_and_a_summary_are_asked_about(
    written: str, code: str, store: Store, tmp_path: Path
) -> None:
    path = book(tmp_path / "in.xlsx", {FORM: [HEADS, ONE, ["2024-06-04", written, "张三", "", ""]]})
    assert told(looked_at(store, path, Taking(new_subjects=FIRMS))) == [f"3:2 {code}"]
    confirmed = NewSubjects("企业", frozenset({written}))
    assert told(looked_at(store, path, Taking(new_subjects=confirmed))) == []


def test_new_names_are_held_against_each_other(store: Store, tmp_path: Path) -> None:
    rows = [["2024-06-04", name, "张三", "", ""] for name in ("丁食品公司", "丁食品公可")]
    path = book(tmp_path / "in.xlsx", {FORM: [HEADS, *rows]})
    assert told(looked_at(store, path, Taking(new_subjects=FIRMS))) == ["3:2 nearly_called_so"]
