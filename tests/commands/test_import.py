"""What an import says before, while and after it takes something in, and what it gives back."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from data.grids.cells import SheetCells
from data.grids.workbooks import read_grids
from tests.helpers.factory_cli import (
    PARK,
    Rows,
    cache,
    call,
    changed,
    contents,
    db,
    good,
    more,
    write,
)
from tests.helpers.factory_cli import refused as refused_quietly

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")


def book(path: Path, tables: Mapping[str, Rows] = PARK) -> Path:
    """The tables as a workbook, with a drop-down, a note and a formula in the people's sheet."""
    with xlsxwriter.Workbook(path) as made:
        bold = made.add_format({"bold": True, "bg_color": "#DDEEFF"})
        for name, rows in tables.items():
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, rows[0], bold)
            for line, row in enumerate(rows[1:], 1):
                sheet.write_row(line, 0, row)
            if name == "people":
                sheet.write_comment(0, 0, "编号")
                sheet.data_validation(1, 1, 9, 1, {"validate": "any", "input_message": "姓名"})
                sheet.set_column(0, 9, 30)
    return path


def grids(path: Path) -> dict[str, SheetCells]:
    return {grid.name: grid for grid in read_grids(path, path.read_bytes())}


def stopped(*words: str | Path) -> tuple[str, str]:
    """What a command that ends with 2 says on both its ways."""
    said = call(*words)
    assert said.code == 2, said
    assert "Traceback" not in said.err
    return said.out, said.err


def test_a_dry_run_says_what_would_be_new_changed_voided_and_writes_nothing(
    tmp_path: Path, db: Path
) -> None:
    tables = more("people", ["p5", "赵六"], ["p6", "钱七"])
    tables["units"] = [[*PARK["units"][0], "industry"], ["园区", "示例新区", "园区", "区", "工贸"]]
    header = [*PARK["activities"][0], "voided_at", "void_reason"]
    tables["activities"] = [header, [*PARK["activities"][2], "2022-09-01", "重复登记"]]
    before = contents(db, tmp_path / "before")
    said = good("import", write(tmp_path / "in", tables), "--dry-run", "--db", db)
    assert said.out == (
        "settings: 0 new, 0 changed, 0 voided, 5 unchanged\n"
        "units: 0 new, 1 changed, 0 voided, 0 unchanged\n"
        "  row 2  changed  园区\n"
        "      name: 示例园区 → 示例新区\n"
        "      industry: — → 工贸\n"
        "people: 2 new, 0 changed, 0 voided, 4 unchanged\n"
        "  row 6  new  p5\n"
        "  row 7  new  p6\n"
        "posts: 0 new, 0 changed, 0 voided, 2 unchanged\n"
        "appointments: 0 new, 0 changed, 0 voided, 3 unchanged\n"
        "activities: 0 new, 0 changed, 1 voided, 0 unchanged\n"
        "  row 2  voided  a2\n"
        "1 rows or voids would be back-dated, and change what earlier --known-on days show\n"
        "dry run: nothing was written\n"
    )
    assert contents(db, tmp_path / "after") == before


def test_a_dry_run_shows_so_many_rows_and_counts_the_rest(tmp_path: Path, db: Path) -> None:
    tables = {"people": more("people", *[[f"q{at}", f"人{at}"] for at in range(9)])["people"]}
    said = good("import", write(tmp_path / "in", tables), "--dry-run", "--show", "2", "--db", db)
    assert "  row 7  new  q1\n  and 7 more rows: new 7\n" in said.out
    assert "q2" not in said.out


def test_a_dry_run_tells_all_problems_and_the_rows_that_are_sound(tmp_path: Path, db: Path) -> None:
    tables = more("people", ["p5", "赵六"], ["p@6", "钱七"])
    tables["activities"] = changed("activities", 1, "role", "听去")["activities"]
    out, err = stopped("import", write(tmp_path / "in", tables), "--dry-run", "--db", db)
    assert "people: 1 new, 0 changed, 0 voided, 4 unchanged, 1 with problems\n" in out
    assert "activities: 0 new, 0 changed, 0 voided, 2 unchanged, 1 with problems\n" in out
    assert "unknown role '听去'\n  hint: did you mean '听取'?" in err
    assert "people.csv:7:1: the identifier 'p@6' has a character" in err


def test_a_dry_run_makes_no_store(tmp_path: Path) -> None:
    path = write(tmp_path / "in")
    said = good("import", path, "--dry-run", "--db", tmp_path / "new.db")
    assert "people: 4 new, 0 changed, 0 voided, 0 unchanged\n" in said.out
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_a_dry_run_of_a_file_that_is_no_table_tells_its_problems(tmp_path: Path, db: Path) -> None:
    folder = write(tmp_path / "in", {"peple": [["person", "name"]]})
    out, err = stopped("import", folder, "--dry-run", "--db", db)
    assert out == "dry run: nothing was written\n"
    assert "'peple' is not a table\n  hint: did you mean 'people'?" in err


def test_the_same_dry_run_speaks_chinese(tmp_path: Path, db: Path) -> None:
    folder = write(tmp_path / "in", changed("units", 2, "name", "示例新区"))
    said = good("import", folder, "--dry-run", "--db", db, "--lang", "zh")
    assert "  第 3 行  更正  园区\n      单位名称: 示例园区 → 示例新区\n" in said.out
    assert said.out.endswith("试导入：没有写入任何内容\n")


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_wrong_rows_come_back_are_corrected_and_taken_in(
    words: Sequence[str], tmp_path: Path
) -> None:
    tables = more("activities", ["a4", "专题研讨", "03/08/2022", "主任", "p1", "主持"])
    tables["posts"] = changed("posts", 2, "class", "分管付责人")["posts"]
    source, back = book(tmp_path / "in.xlsx", tables), tmp_path / "back.xlsx"
    new = tmp_path / "new.db"
    out, err = stopped("import", source, *words, "--return", back, "--lang", "zh", "--db", new)
    assert f"标出问题的工作簿：{back}\n" in out
    assert err.count("提示：") == 3
    told = grids(back)
    acts = told["activities"].rows
    assert acts[0][-1] == "问题"
    assert acts[4][-1] == (
        "✗ 没有“专题研讨”这个种类；是不是“专题研究”？\n"
        "✗ “03/08/2022”不是日期；可能是“2022-03-08”或“2022-08-03”：写明是哪一个"
    )
    assert [row[-1] for row in acts[1:4]] == ["", "", ""]
    assert told["posts"].rows[2][-1].endswith("；是不是“分管负责人”？")
    assert told["people"] == grids(source)["people"]
    # What the clerk types: the words in place, the remarks left where they stand.
    mended = {name: [list(row) for row in grid.rows] for name, grid in told.items()}
    mended["activities"][4][1:3] = ["专题研究", "2022-08-03"]
    mended["posts"][2][2] = "分管负责人"
    again = good("import", book(tmp_path / "mended.xlsx", mended), "--db", new)
    assert "activities: 4 new" in again.out


def test_what_is_given_back_keeps_its_looks_and_colours_the_wrong_cells(tmp_path: Path) -> None:
    tables = changed("people", 2, "name", "")
    source, back = book(tmp_path / "in.xlsx", tables), tmp_path / "back.xlsx"
    stopped("import", source, "--return", back, "--db", tmp_path / "new.db")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(back) as new:
        assert old.namelist() == new.namelist()
        touched = {name for name in old.namelist() if old.read(name) != new.read(name)}
        sheet = new.read("xl/worksheets/sheet3.xml").decode()
        styles = new.read("xl/styles.xml").decode()
    assert touched == {"xl/worksheets/sheet3.xml", "xl/styles.xml"}
    assert "<dataValidation " in sheet and "<legacyDrawing " in sheet
    assert "FFFFCCD2" in styles
    assert '<c r="B3" s="' in sheet


def test_a_workbook_given_back_twice_has_one_column_of_problems(tmp_path: Path) -> None:
    tables = changed("people", 2, "name", "")
    source, back = book(tmp_path / "in.xlsx", tables), tmp_path / "back.xlsx"
    twice = tmp_path / "twice.xlsx"
    stopped("import", source, "--return", back, "--db", tmp_path / "new.db")
    stopped("import", back, "--return", twice, "--db", tmp_path / "new.db", "--lang", "en")
    assert grids(twice)["people"] == grids(back)["people"]
    saved = book(tmp_path / "saved.xlsx", {n: list(g.rows) for n, g in grids(back).items()})
    stopped("import", saved, "--return", twice, "--db", tmp_path / "new.db")
    assert grids(twice)["people"].rows == grids(back)["people"].rows


def wrong_cells(path: Path, sheet: int) -> list[str]:
    """The places of the cells that have the fill of a wrong one."""
    with zipfile.ZipFile(path) as made:
        styles = etree.fromstring(made.read("xl/styles.xml"))
        cells = etree.fromstring(made.read(f"xl/worksheets/sheet{sheet}.xml"))
    fills = [b"FFFFCCD2" in etree.tostring(one) for one in styles.find("{*}fills")]
    looks = [fills[int(one.get("fillId"))] for one in styles.find("{*}cellXfs")]
    return [one.get("r") for one in cells.iter("{*}c") if looks[int(one.get("s", "0"))]]


def test_a_cell_that_was_mended_loses_its_colour_when_the_workbook_comes_back_again(
    tmp_path: Path,
) -> None:
    tables = {**PARK, "people": [["person", "name"], ["p1", ""], ["p@2", "李四"]]}
    tables["appointments"] = [["person", "post", "first"], ["p1", "主任", "2022-01-01"]]
    tables["activities"] = [["activity", "kind", "day", "holder"]]
    source, back = book(tmp_path / "in.xlsx", tables), tmp_path / "back.xlsx"
    stopped("import", source, "--return", back, "--db", tmp_path / "new.db")
    assert wrong_cells(back, 3) == ["C1", "B2", "C2", "A3", "C3"]
    content = {one: zipfile.ZipFile(back).read(one) for one in zipfile.ZipFile(back).namelist()}
    sheet = etree.fromstring(content["xl/worksheets/sheet3.xml"])
    cell = next(one for one in sheet.iter("{*}c") if one.get("r") == "B2")
    cell.set("t", "str")
    etree.SubElement(cell, cell.tag[:-1] + "v").text = "张三"
    content["xl/worksheets/sheet3.xml"] = etree.tostring(sheet)
    with zipfile.ZipFile(tmp_path / "half.xlsx", "w") as made:
        for name, data in content.items():
            made.writestr(name, data)
    words = ("--return", tmp_path / "again.xlsx", "--db", tmp_path / "new.db")
    stopped("import", tmp_path / "half.xlsx", *words)
    assert wrong_cells(tmp_path / "again.xlsx", 3) == ["C1", "A3", "C3"]


def test_a_folder_comes_back_as_a_workbook(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", changed("people", 2, "name", ""))
    back = tmp_path / "back.xlsx"
    stopped("import", folder, "--return", back, "--db", tmp_path / "new.db")
    told = grids(back)
    assert told.keys() == PARK.keys()
    assert told["people"].rows[2][-1].startswith("✗ 'name' is empty; every person needs")


def test_a_wrong_heading_is_told_at_the_head(tmp_path: Path) -> None:
    tables = {**PARK, "people": [["person", "nmae"], ["p1", "张三"]]}
    back = tmp_path / "back.xlsx"
    stopped("import", book(tmp_path / "in.xlsx", tables), "--return", back, "--db", tmp_path / "n")
    head = grids(back)["people"].rows[0][-1].split("\n")
    assert head[0] == "problem"
    assert head[1].startswith("✗ the column 'name' is missing")
    mended = {name: [list(row) for row in grid.rows] for name, grid in grids(back).items()}
    mended["people"] = [[*row[:2], row[2]] for row in mended["people"]]
    mended["people"][0][1] = "name"
    mended["appointments"] = [list(PARK["appointments"][0]), list(PARK["appointments"][1])]
    mended["activities"] = [list(row) for row in PARK["activities"][:2]]
    good("import", book(tmp_path / "mended.xlsx", mended), "--db", tmp_path / "new.db")


FORM = [
    ["示例园区带队检查记录"],
    ["时间", "被检查单位", "带队领导", "发现问题"],
    ["2022-09-01", "示例园区", "张三", "堆物"],
    ["2022-09-02", "示例圆区", "王五", "堆物"],
]


def test_the_rows_of_an_office_form_come_back_too_and_are_read_again(
    tmp_path: Path, db: Path
) -> None:
    back = tmp_path / "back.xlsx"
    source = book(tmp_path / "in.xlsx", {"检查": FORM})
    stopped("import", source, "--return", back, "--db", db, "--lang", "zh")
    rows = [list(row) for row in grids(back)["检查"].rows]
    assert [row[-1] for row in rows] == [
        "",
        "问题",
        "",
        "✗ 没有名为“示例圆区”的对象；也许是“示例园区”（园区）；也许是“示例区”（区）",
    ]
    rows[3][1] = "示例园区"
    said = good("import", book(tmp_path / "again.xlsx", {"检查": rows}), "--db", db)
    assert "activities: 2 new" in said.out
    assert "sheet 检查: 2 records read as the form 带队检查记录\n" in said.out


def test_a_sound_workbook_gives_nothing_back(tmp_path: Path) -> None:
    back = tmp_path / "back.xlsx"
    good("import", book(tmp_path / "in.xlsx"), "--return", back, "--db", tmp_path / "new.db")
    assert not back.exists()


def test_problems_that_lie_in_no_row_give_nothing_back(tmp_path: Path) -> None:
    (tmp_path / "fake.xlsx").write_text("no workbook")
    out, _ = stopped(
        *("import", tmp_path / "fake.xlsx", "--return", tmp_path / "back.xlsx"),
        *("--db", tmp_path / "new.db"),
    )
    assert out == "nothing is given back: no problem lies in a row of a sheet\n"
    assert not (tmp_path / "back.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("back.csv", "is not named as a workbook is\n  hint: give it the ending '.xlsx'"),
        ("in.xlsx", "is the file that is read\n  hint: name another file"),
    ],
)
def test_a_name_under_which_nothing_can_be_given_back_is_told(
    name: str, told: str, tmp_path: Path
) -> None:
    source = book(tmp_path / "in.xlsx")
    words = ("import", source, "--return", tmp_path / name, "--db", tmp_path / "new.db")
    assert told in refused_quietly(*words)


def test_days_without_a_year_need_the_year(tmp_path: Path, db: Path) -> None:
    tables = {"activities": changed("activities", 2, "day", "8月16日")["activities"]}
    folder = write(tmp_path / "in", tables)
    said = refused_quietly("import", folder, "--db", db)
    assert "'8月16日' is not a day\n  hint: it names no year: write the year too, or" in said
    good("import", folder, "--year", "2022", "--db", db)
    assert "a2,专题研究,2022-08-16" in contents(db, tmp_path / "out")["activities.csv"].decode()


def test_the_first_day_of_the_records_may_be_written_as_people_do(tmp_path: Path) -> None:
    settings = [["设置项", "值"], ["records_from", "2022年7月1日"], *PARK["settings"][2:]]
    tables = {**PARK, "settings": settings}
    good("import", write(tmp_path / "in", tables), "--db", tmp_path / "new.db")
    again = good("import", write(tmp_path / "park"), "--db", tmp_path / "new.db")
    assert "nothing changed" in again.out


def test_the_days_of_a_filled_form_count_in_an_audit(tmp_path: Path, db: Path) -> None:
    form = [["时间", "带队领导", "被检查单位", "检查类别"]]
    form += [
        [f"{month}月{day}日", "王五", "示例园区", ""] for month, day in ((7, 5), (8, 5), (9, 6))
    ]
    book_path = book(tmp_path / "in.xlsx", {"带队检查": form})
    asked = ("audit", "--as-of", "2022-10-01", "--span", "2022-08", "--json", "--db", db)

    def done() -> list[str]:
        verdicts = call(*asked).data["verdicts"]
        return [
            one["state"]
            for one in verdicts
            if one["duty"] == "park_2022.deputy.lead_inspection" and one["person"] == "p3"
        ]

    before = done()
    good("import", book_path, "--year", "2022", "--db", db)
    assert (before, done()) == (["overdue"], ["met"])


def test_units_and_adoptions_that_no_rule_knows_are_taken_and_said(
    tmp_path: Path, db: Path
) -> None:
    tables = more("units", ["乙园", "示例乙园", "園区", "区"])
    tables["adoptions"] = [["document", "unit"], ["park_2202", "园区"]]
    said = call("import", write(tmp_path / "in", tables), "--db", db)
    assert said.code == 0
    assert "no rule knows units of the type '園区'" in said.err
    assert "did you mean '园区'?" in said.err
    assert "no rule file is of the document 'park_2202'" in said.err
    assert "'park_2022'" in said.err


def test_a_dry_run_that_is_read_only_in_part_tells_what_is_wrong_all_the_same(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_asked: object) -> None:
        raise BrokenPipeError

    hushed: list[object] = []
    monkeypatch.setattr("commands.importing._tell_preview", gone)
    monkeypatch.setattr("commands.importing.silence", lambda *streams: hushed.extend(streams))
    wrong = write(tmp_path / "in", more("posts", ["科长", "没有这个单位", "主要负责人"]))
    said = call("import", wrong, "--dry-run", "--db", db)
    assert (said.code, len(hushed)) == (2, 1)
    assert "没有这个单位" in said.err
