"""An office, and forms of it as people fill them in, for the tests of forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from data.intake.imports import import_path
from data.intake.prepared import AS_EVER, ImportReport, Taking
from data.keeping.making import create_store
from data.records import Activity
from data.store.journal import Doing
from data.store.opening import Store
from data.words import Words
from problems import BadInput
from tests.helpers.factory_store import Rows, take
from tests.helpers.printed import left_in_english, printed

NOW = datetime.fromisoformat("2024-07-01T09:00")
KINDS = frozenset(
    {"安全检查", "专项检查", "安委会全体会议", "专题研究", "听取汇报", "应急演练", "教育培训"}
    | {"宣传教育", "隐患整改", "调研"}
)
WORDS = Words(kinds=KINDS, roles=frozenset({"带队", "主持", "听取", "组织"}))

OFFICE: Mapping[str, Rows] = {
    "settings": [["key", "value"], ["records_from", "2024-01-01"]],
    "units": [
        ["unit", "name", "type", "parent"],
        ["镇", "示例镇人民政府", "镇街", ""],
        ["甲", "甲木业有限公司", "企业", "镇"],
        ["乙", "乙化工、涂料有限公司", "企业", "镇"],
        ["丙1", "丙工程公司", "企业", "镇"],
        ["丙2", "丙工程公司", "企业", "镇"],
    ],
    "people": [
        ["person", "name"],
        ["p1", "张三"],
        ["p2", "李四"],
        ["p3", "王五"],
        ["p4", "王五"],
        ["p5", "赵六"],
        ["p6", "钱七"],
    ],
    "posts": [
        ["post", "unit", "class", "title"],
        ["镇长", "镇", "主要负责人", "党委副书记、镇长"],
        ["副镇长甲", "镇", "分管负责人", "副镇长"],
        ["副镇长乙", "镇", "其他负责人", "副镇长"],
        ["书记", "镇", "党委主要负责人", "党委书记"],
    ],
    "appointments": [
        ["person", "post", "first", "last"],
        ["p1", "镇长", "2023-01-01", "2024-06-15"],
        ["p2", "镇长", "2024-06-16", ""],
        ["p3", "副镇长甲", "2023-01-01", ""],
        ["p4", "副镇长乙", "2023-01-01", ""],
        ["p5", "书记", "2023-01-01", ""],
        ["p5", "副镇长甲", "2022-01-01", "2022-12-31"],
        ["p2", "书记", "2022-01-01", "2022-12-31"],
    ],
}
Cells = Sequence[Sequence[object]]
CHECKS = ["序号", "时间", "被检查单位", "带队领导", "参加人员", "检查方式", "现场情况/发现问题",
          "整改要求", "照片/报道"]  # fmt: skip


def book(path: Path, sheets: Mapping[str, Cells], merges: Sequence[str] = ()) -> Path:
    """A workbook of these cells; days are kept as a spreadsheet keeps them."""
    with xlsxwriter.Workbook(path) as made:
        as_day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for line, row in enumerate(rows):
                for at, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(line, at, cell, as_day)
                    elif cell != "":
                        sheet.write(line, at, cell)
            for area in merges:
                sheet.merge_range(area, str(rows[int(area[1]) - 1][ord(area[0]) - 65]))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = create_store(str(tmp_path / "office.db"), None, Doing(NOW))
    take(made, tmp_path / "office", OFFICE, NOW)
    return made


def read(
    store: Store,
    path: Path,
    year: int | None = None,
    words: Words = WORDS,
    asked: Taking = AS_EVER,
) -> ImportReport:
    return import_path(store, path, words=words, doing=Doing(NOW), year=year, asked=asked)


def acts(store: Store) -> list[Activity]:
    return sorted(store.read_records().activities, key=lambda one: (one.day, one.activity))


def one(store: Store, tmp_path: Path, sheet: str, rows: Cells) -> Activity:
    """The one activity that a sheet becomes."""
    read(store, book(tmp_path / "form.xlsx", {sheet: rows}))
    (act,) = acts(store)
    return act


def complaints(store: Store, path: Path, words: Words = WORDS) -> list[str]:
    """The problems of a form, without the file; each has Chinese."""
    with pytest.raises(BadInput) as caught:
        read(store, path, words=words)
    for problem in caught.value.problems:
        assert not left_in_english(problem.said, problem.hint)
    return [printed(problem).replace(f"{path}/", "") for problem in caught.value.problems]


def check_row(**cells: object) -> list[object]:
    said = {
        "序号": 1,
        "时间": "2024年6月3日上午9点半",
        "被检查单位": "甲木业有限公司",
        "带队领导": "张三",
        **cells,
    }
    return [said.get(name, "") for name in CHECKS]
