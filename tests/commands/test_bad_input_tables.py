"""Tables that an office hands in with mistakes: each is told with its place, and nothing is stored.

Tried as a clerk would: one folder, one command, one store that must stay as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from tests.helpers.factory_cli import (
    HEARD,
    PARK,
    Rows,
    cache,
    call,
    changed,
    contents,
    db,
    good,
    more,
    refused,
    write,
)

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

WRONG: Mapping[str, tuple[Mapping[str, Rows], str]] = {
    "a day that there is not": (
        changed("activities", 2, "day", "2022-02-30"),
        "activities.csv:3:3: '2022-02-30' is not a day\n"
        "  hint: February 2022 has 28 days; dates are written YYYY-MM-DD\n",
    ),
    "a day that may be two": (
        changed("activities", 2, "day", "03/08/2022"),
        "activities.csv:3:3: '03/08/2022' is not a day\n"
        "  hint: it may be '2022-03-08' or '2022-08-03': write the one that is meant\n",
    ),
    "two people side by side": (
        more("appointments", ["p3", "主任", "2022-06-01", "2022-07-01"]),
        "appointments.csv:5:3: 'p1' and 'p3' hold the post '主任' side by side from 2022-06-01"
        " to 2022-07-01, neither acting\n  hint: let the one end by 2022-06-01",
    ),
    "an appointment that ends before it starts": (
        more("appointments", ["p3", "主任", "2021-06-01", "2021-01-01"]),
        "appointments.csv:5:4: the appointment ends on 2021-01-01, before it starts on 2021-06-01",
    ),
    "a reporting line in a circle": (
        changed("posts", 1, "reports_to", "副主任"),
        "posts.csv:2:4: the reporting line runs in a circle: 主任 → 副主任 → 主任\n",
    ),
    "units in a circle": (
        changed("units", 1, "parent", "园区"),
        "units.csv:2:4: the units stand in a circle: 区 → 园区 → 区\n",
    ),
    "an unknown kind": (
        changed("activities", 2, "kind", "专题研讨"),
        "activities.csv:3:2: unknown kind '专题研讨'\n  hint: did you mean '专题研究'?\n",
    ),
    "an unknown role": (
        changed("activities", 2, "role", "主特"),
        "activities.csv:3:6: unknown role '主特'\n  hint: did you mean '主持'?",
    ),
    "an unknown person": (
        changed("appointments", 3, "person", "周八"),
        "appointments.csv:4:1: unknown person '周八'\n  hint: enter the person first\n",
    ),
    "a quantity below nothing": (
        changed("activities", 2, "quantity", "-2"),
        "activities.csv:3:7: '-2' is not a number above 0\n"
        "  hint: a number here is above 0; leave the cell empty when there is none\n",
    ),
    "a note as long as a book": (
        changed("activities", 2, "note", "长" * 3_500_000),
        "has 3,500,000 characters\n"
        "  hint: a cell has at most 1,000,000 characters, a note at most 10,000\n",
    ),
    "one id twice": (
        more("people", ["p1", "别人"]),
        "people.csv:6:1: 'p1' stands twice in this table, first in row 2\n",
    ),
    "an id with a mark that names need": (
        more("people", ["p@5", "别人"]),
        "people.csv:6:1: ",
    ),
    "a column mistyped": (
        {**PARK, "people": [["person", "nmae"], ["p1", "张三"]]},
        "people.csv:1:2: unknown column 'nmae' in table 'people'\n  hint: did you mean 'name'?\n",
    ),
    "a cell too many": (
        {**PARK, "people": [["person", "name"], ["p1", "张三", "李四"]]},
        "people.csv:2:3: the row has 3 cells, the header 2\n",
    ),
    "an empty cell that is needed": (
        changed("people", 1, "name", ""),
        "people.csv:2:2: 'name' is empty\n  hint: every person needs person, name\n",
    ),
    "no header": (
        {**PARK, "people": []},
        "people.csv:1: the first row is not a header\n  hint: it names the columns: person, name",
    ),
    "a name that is no table": (
        {**PARK, "peple": [["person", "name"]]},
        "peple.csv: 'peple' is not a table\n  hint: did you mean 'people'?\n",
    ),
    "a record of tomorrow": (
        changed("activities", 2, "recorded_at", "2199-01-01"),
        "activities.csv:3:9: '2199-01-01' lies after the moment of this import",
    ),
    "a first day of records that is none": (
        changed("settings", 1, "value", "2022-13-01"),
        "settings.csv:2:2: '2022-13-01' is not a day\n  hint: a year has 12 months",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_mistake_is_told_with_its_place_and_the_store_stays_as_it_was(
    wrong: str, tmp_path: Path, db: Path
) -> None:
    tables, told = WRONG[wrong]
    before = contents(db, tmp_path / "before")
    folder = write(tmp_path / "wrong", tables)
    said = refused("import", folder, "--db", db)
    assert told in said
    assert str(folder) in said.splitlines()[0]
    assert contents(db, tmp_path / "after") == before


def test_all_mistakes_of_all_tables_are_told_at_once_in_the_order_of_their_places(
    tmp_path: Path,
) -> None:
    tables = dict(PARK)
    for name, row, column, value in (
        ("posts", 1, "class", "主要负责"),
        ("activities", 1, "quantity", "many"),
        ("activities", 2, "day", "2022-02-30"),
        ("appointments", 1, "acting", "perhaps"),
    ):
        at = list(PARK[name][0]).index(column)
        rows = [list(one) for one in tables[name]]
        rows[row][at] = value
        tables[name] = rows
    said = refused("import", write(tmp_path / "wrong", tables), "--db", tmp_path / "new.db")
    places = [
        line.rpartition("wrong/")[2].split(": ")[0]
        for line in said.splitlines()
        if not line.startswith("  ")
    ]
    assert places == [
        "activities.csv:2:7",
        "activities.csv:3:3",
        "appointments.csv:2:5",
        "posts.csv:2:3",
    ]


@pytest.mark.parametrize(("mark", "called"), [(";", "';'"), ("\t", "tabs"), ("|", "'|'")])
def test_a_table_with_another_delimiter_is_told_so(tmp_path: Path, mark: str, called: str) -> None:
    folder = write(tmp_path / "park")
    units = folder / "units.csv"
    units.write_text(units.read_text("utf-8").replace(",", mark), "utf-8")
    assert refused("import", folder, "--db", tmp_path / "new.db") == (
        f"{units}:1:1: the columns are separated by {called}\n"
        "  hint: separate them by commas; when saving, choose CSV with commas\n"
    )


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-8"])
def test_each_encoding_of_a_chinese_desktop_is_read_the_same(
    tmp_path: Path, encoding: str, db: Path
) -> None:
    other = tmp_path / "other.db"
    good("import", write(tmp_path / "其他", encoding=encoding), "--db", other)
    told = {
        name: [line for line in text.splitlines() if not line.startswith(b"#")]
        for name, text in contents(other, tmp_path / "o").items()
    }
    assert told.keys() == contents(db, tmp_path / "p").keys()
    assert good("why", HEARD, "--as-of", "2022-10-05", "--db", other).out == (
        good("why", HEARD, "--as-of", "2022-10-05", "--db", db).out
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("unit,name\n".encode("utf-16"), "this file is neither UTF-8 nor GB18030 text"),
        (b"unit,name,type\n\x80\x81\xff\xff,x,y\n", "this file is neither UTF-8 nor GB18030 text"),
        (b"", "units.csv:1: the first row is not a header"),
        (b'unit,name,type\nx,"y,z\n', "units.csv:2: the row cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_told_so(tmp_path: Path, content: bytes, told: str) -> None:
    folder = write(tmp_path / "park")
    (folder / "units.csv").write_bytes(content)
    assert told in refused("import", folder, "--db", tmp_path / "new.db")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere", "no such file or folder\n  hint: name a folder of CSV files, a CSV file or"),
        ("empty", "there is no CSV file in this folder\n  hint: the tables are 'settings.csv'"),
        ("paper.docx", "this is neither a folder of CSV files nor an .xlsx workbook\n  hint: save"),
        ("fake.xlsx", "this is not a workbook that can be read"),
        ("cut.xlsx", "this is not a workbook that can be read"),
    ],
)
def test_a_path_that_holds_no_tables_is_told_so(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "paper.docx").write_text("x")
    (tmp_path / "fake.xlsx").write_text("unit,name\n")
    whole = book(tmp_path / "whole.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    said = refused("import", tmp_path / name, "--db", tmp_path / "new.db")
    assert said.startswith(f"{tmp_path / name}: ")
    assert told in said
    assert not list(tmp_path.glob("new.db*"))


def book(path: Path, merged: bool = False, extra: str = "") -> Path:
    """The park as a workbook, with a sheet for each table."""
    made = xlsxwriter.Workbook(path)
    for name, rows in PARK.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if merged and name == "appointments":
            sheet.merge_range(1, 1, 2, 1, "主任")
    if extra:
        made.add_worksheet(extra).write(0, 0, "x")
    made.close()
    return path


def test_a_workbook_is_taken_in_as_its_tables_would_be(tmp_path: Path, db: Path) -> None:
    other = tmp_path / "book.db"
    good("import", book(tmp_path / "台账 一.xlsx"), "--db", other)
    words = ("audit", "--as-of", "2022-10-01", "--json", "--db")
    assert call(*words, other).out == call(*words, db).out


def test_merged_cells_are_told_with_the_cells_that_they_hide(tmp_path: Path) -> None:
    path = book(tmp_path / "merged.xlsx", merged=True)
    assert refused("import", path, "--db", tmp_path / "new.db") == (
        f"{path}/appointments:2:2: the cells down to row 3, column 2 are merged\n"
        "  hint: unmerge them and write the value into each row\n"
    )


def test_a_sheet_that_is_no_table_is_told_so(tmp_path: Path) -> None:
    path = book(tmp_path / "more.xlsx", extra="people2")
    said = refused("import", path, "--db", tmp_path / "new.db")
    assert said.startswith(f"{path}/people2: 'people2' is not a table\n  hint: did you mean 'pe")


def test_an_act_before_the_appointment_is_stored_and_does_not_count(
    tmp_path: Path, db: Path
) -> None:
    early = ["a9", "听取履职汇报", "2021-12-31", "主任", "p1", "听取"]
    good("import", write(tmp_path / "early", more("activities", early)), "--db", db)
    assert "a9,听取履职汇报,2021-12-31" in contents(db, tmp_path / "out")["activities.csv"].decode()
    named = good("leader", "p1", "--as-of", "2022-10-05", "--json", "--db", db).data[0]
    acts = {one["activity"]: one for one in named["activities"]}
    assert acts["a9"]["counts_for"] == []
    why = good("why", HEARD, "--as-of", "2022-10-05", "--json", "--db", db).data
    assert [one["activity"] for one in why["counted"]] == ["a1"]


def test_an_import_that_fails_leaves_no_store_where_there_was_none(tmp_path: Path) -> None:
    wrong = write(tmp_path / "wrong", changed("posts", 1, "reports_to", "副主任"))
    refused("import", wrong, "--db", tmp_path / "new.db")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("new")] == []


def test_a_failed_import_leaves_a_store_that_was_there_without_imports(tmp_path: Path) -> None:
    good("init", "--db", tmp_path / "made.db")
    wrong = write(tmp_path / "wrong", changed("posts", 1, "reports_to", "副主任"))
    refused("import", wrong, "--db", tmp_path / "made.db")
    assert (tmp_path / "made.db").exists()


def test_the_same_tables_twice_change_nothing(tmp_path: Path, db: Path) -> None:
    before = contents(db, tmp_path / "before")
    said = good("import", tmp_path / "park", "--db", db)
    assert said.out.endswith("nothing changed: the store held all of this already\n")
    assert contents(db, tmp_path / "after") == before


def test_the_far_days_that_spreadsheets_use_as_open_ends_are_taken(tmp_path: Path) -> None:
    tables = dict(PARK)
    tables["waivers"] = [
        ["waiver", "holder", "first", "last", "reason"],
        ["w1", "副主任", "0001-01-01", "9999-12-31", "长期外派"],
    ]
    tables["settings"] = [["key", "value"], ["records_from", "0001-01-01"]]
    tables["events"] = [
        ["event", "type", "day", "last"],
        ["e1", "生产安全事故", "2023-01-01", "9999-12-31"],
    ]
    db = tmp_path / "far.db"
    good("import", write(tmp_path / "far", tables), "--db", db)
    found = call("audit", "--as-of", "2022-10-01", "--span", "2022-Q3", "--json", "--db", db)
    assert found.code == 1
    states = {one["post"]: one["state"] for one in found.data["verdicts"] if one["post"]}
    assert states["副主任"] == "exempt"
    assert good("leader", "李四", "--as-of", "2023-01-05", "--db", db).out


@pytest.mark.parametrize(
    ("table", "column", "name", "called"),
    [
        ("posts", "unit", "示例圆区", "也许是“示例园区”（园区）"),
        ("activities", "person", "张三", "有几个姓名都是“张三”"),
    ],
)
def test_in_chinese_a_unit_that_is_near_is_offered_and_persons_of_one_name_are_listed(
    tmp_path: Path, db: Path, table: str, column: str, name: str, called: str
) -> None:
    folder = write(tmp_path / "in", changed(table, 1, column, name))
    assert f"提示：{called}" in refused("import", folder, "--db", db, "--lang", "zh")


def test_in_chinese_the_columns_are_called_as_in_a_chinese_template(
    tmp_path: Path, db: Path
) -> None:
    rows = [
        ["activity", "kind", "day", "holder", "void_reason"],
        ["a9", "专题研究", "2022-08-16", "主任", "误"],
    ]
    folder = write(tmp_path / "in", {"activities": rows})
    said = refused("import", folder, "--db", db, "--lang", "zh")
    assert "请在“作废时间”里写作废的日期" in said
