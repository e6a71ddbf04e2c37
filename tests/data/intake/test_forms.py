"""The office's own forms, as people fill them in: what becomes of each, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from data.intake.form_acts import days_and_time
from data.intake.forms import forms
from data.store.opening import Store
from problems import Objection
from rules.vocabulary import Vocabulary
from tests.helpers.factory_cli import cache, good
from tests.helpers.factory_forms import (
    CHECKS,
    Cells,
    acts,
    book,
    check_row,
    complaints,
    one,
    read,
    store,
)
from tests.helpers.factory_rules import shipped_rules

__all__ = ["cache", "store"]


def test_an_inspection_under_a_title_becomes_an_activity(store: Store, tmp_path: Path) -> None:
    row = check_row(
        参加人员="王五、赵六",
        检查方式="四不两直",
        整改要求="立即清理",
        **{"现场情况/发现问题": "通道堆物", "照片/报道": "照片3张；http://example.org/1"},
    )
    sheet = [["示例镇2024年6月带队检查记录"], ["填报单位：示例镇"], CHECKS, row]
    path = book(tmp_path / "form.xlsx", {"Sheet1": sheet}, ["A1:I1"])
    report = read(store, path)
    (act,) = acts(store)
    assert (act.kind, act.day, act.holder, act.person, act.role) == (
        "安全检查",
        date(2024, 6, 3),
        "镇长",
        "p1",
        "带队",
    )
    assert act.time is not None and act.time.isoformat("minutes") == "09:30"
    assert act.subjects == ("甲",)
    assert act.attributes == (("四不两直", "是"),)
    assert act.evidence == ("照片3张", "http://example.org/1")
    assert act.note == "参加人员：王五、赵六\n发现问题：通道堆物\n整改要求：立即清理"
    assert act.activity.startswith("检20240603-")
    assert [(form.form, form.records, form.unread) for form in report.forms] == [
        ("带队检查记录", 1, ())
    ]


def test_the_same_form_again_changes_nothing_and_a_mended_note_corrects(
    store: Store, tmp_path: Path
) -> None:
    read(store, book(tmp_path / "a.xlsx", {"检查": [CHECKS, check_row()]}))
    again = read(
        store, book(tmp_path / "b.xlsx", {"六月": [["带队检查记录"], CHECKS, check_row()]})
    )
    assert again.entry is None
    mended = read(
        store, book(tmp_path / "c.xlsx", {"检查": [CHECKS, check_row(整改要求="补登记")]})
    )
    assert mended.counts["activities"] == {"new": 0, "changed": 1, "voided": 0, "unchanged": 0}
    assert len(acts(store)) == 1


MEETING = [
    "会议名称",
    "会议类别",
    "时间",
    "地点",
    "主持人",
    "参会人员",
    "议题",
    "纪要文号",
    "签到表",
]
MEET = ["第二季度全体会议", "安委会全体会议", date(2024, 6, 20), "会议室", "李四", "全体成员",
        "研究汛期", "示安委纪〔2024〕2号", "有"]  # fmt: skip


def test_minutes_become_a_meeting_with_the_kind_of_their_own_column(
    store: Store, tmp_path: Path
) -> None:
    act = one(store, tmp_path, "会议纪要", [MEETING, MEET])
    assert (act.kind, act.holder, act.role) == ("安委会全体会议", "镇长", "主持")
    assert act.evidence == ("示安委纪〔2024〕2号", "签到表 2024-06-20")
    assert act.note is not None and "会议名称：第二季度全体会议\n议题：研究汛期" in act.note


def test_a_meeting_whose_kind_cannot_be_told_is_asked_for(store: Store, tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx", {"会议记录": [MEETING, [MEET[0], "", *MEET[2:]]]})
    assert complaints(store, path) == [
        "会议记录:2: the form does not tell the kind of activity\n  hint: write a kind under"
        " '会议类别', such as '安委会全体会议' or '专题研究'"
    ]


def test_a_kind_that_is_not_in_the_vocabulary_offers_the_near_one(
    store: Store, tmp_path: Path
) -> None:
    path = book(tmp_path / "f.xlsx", {"会议": [MEETING, [MEET[0], "安委会全体会仪", *MEET[2:]]]})
    assert complaints(store, path) == [
        "会议:2:2: unknown kind '安委会全体会仪'\n  hint: did you mean '安委会全体会议'?"
    ]


OTHERS: Mapping[str, tuple[Cells, tuple[str, str, str | None, tuple[str, ...]]]] = {
    "听取汇报": (
        [
            ["时间", "地点", "听取人", "汇报单位/人", "议题", "提出要求", "纪要文号"],
            ["2024/6/5", "会议室", "赵六", "甲、各村", "安全生产", "加强值守", "示〔2024〕9号"],
        ],
        ("听取汇报", "书记", "听取", ("甲",)),
    ),
    "调研记录": (
        [
            ["时间", "地点", "带队领导", "调研对象", "人数", "主题", "方式", "佐证"],
            ["2024.6.5", "厂区", "赵六", "乙", 3, "用工", "走访", "照片"],
        ],
        ("调研", "书记", "带队", ("乙",)),
    ),
    "安全培训": (
        [
            ["时间", "地点", "组织领导", "培训对象", "人数", "培训主题", "方式", "佐证"],
            ["2024年6月5日", "礼堂", "赵六", "全体职工", 120, "新安法", "讲座", "签到表"],
        ],
        ("教育培训", "书记", "组织", ()),
    ),
    "演练": (
        [
            ["演练名称", "演练时间", "演练地点", "组织单位", "总指挥", "参演单位", "参演人数"],
            ["防汛演练", "20240605", "圩堤", "示例镇人民政府", "赵六", "甲", 40],
        ],
        ("应急演练", "镇", None, ("甲",)),
    ),
}


@pytest.mark.parametrize("sheet", OTHERS)
def test_each_other_form_becomes_its_activity(sheet: str, store: Store, tmp_path: Path) -> None:
    rows, told = OTHERS[sheet]
    act = one(store, tmp_path, sheet, rows)
    assert (act.kind, act.holder, act.role, act.subjects) == told
    assert act.day == date(2024, 6, 5)


def test_whom_a_talk_reached_goes_into_the_note_where_it_is_no_known_name(
    store: Store, tmp_path: Path
) -> None:
    act = one(store, tmp_path, "听取汇报", OTHERS["听取汇报"][0])
    assert act.note is not None
    assert act.note.startswith("汇报单位/人：各村\n议题：安全生产")


def test_a_title_with_two_kinds_in_it_asks_which(store: Store, tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx", {"宣讲培训": OTHERS["安全培训"][0]})
    (said,) = complaints(store, path)
    assert "does not tell the kind of activity\n  hint: write a kind under '类别', such as" in said


HAZARDS = [
    ["编号", "单位", "地点", "描述", "级别", "发现日期", "责任人", "措施", "期限", "完成日期",
     "复查人", "销号日期"],
    [1, "甲木业有限公司", "车间", "配电箱无盖", "一般", "2024-6-1", "老张", "加盖", "2024-6-10",
     "2024-6-8", "王五", "2024-6-9"],
    [2, "甲", "仓库", "堆放过高", "一般", "2024-6-1", "老张", "清理", "2024-6-10", "", "", ""],
]  # fmt: skip


def test_of_a_ledger_of_hazards_those_put_right_become_activities_of_the_unit(
    store: Store, tmp_path: Path
) -> None:
    report = read(store, book(tmp_path / "f.xlsx", {"隐患台账": HAZARDS}))
    (act,) = acts(store)
    assert (act.kind, act.day, act.holder, act.person) == (
        "隐患整改",
        date(2024, 6, 8),
        "甲",
        None,
    )
    assert [(form.records, form.unfinished) for form in report.forms] == [(1, 1)]


PAPER: Cells = [
    ["带队检查记录表"],
    ["时间", "2024年6月3日", "被检查单位", "甲木业有限公司"],
    ["带队领导", "张三", "参加人员", "王五"],
    ["检查方式", "四不两直", "", ""],
    ["现场情况", "通道堆物", "", ""],
    ["整改要求", "立即清理", "整改期限", "2024-06-10"],
    ["被检查单位签字", "", "带队领导签字", ""],
    ["填表人：周九", "", "", ""],
]


def test_the_paper_form_with_labels_beside_values_is_one_record(
    store: Store, tmp_path: Path
) -> None:
    merges = ["A1:D1", "B4:D4", "B5:D5"]
    sheets = {"0603甲": PAPER}
    read(store, book(tmp_path / "form.xlsx", sheets, merges))
    (act,) = acts(store)
    assert (act.kind, act.holder, act.subjects) == ("安全检查", "镇长", ("甲",))
    assert (
        act.note == "参加人员：王五\n发现问题：通道堆物\n整改要求：立即清理\n整改期限：2024-06-10"
    )


def test_an_empty_value_of_the_paper_form_is_told_beside_its_label(
    store: Store, tmp_path: Path
) -> None:
    rows = [list(row) for row in PAPER]
    rows[2][1] = ""
    assert complaints(store, book(tmp_path / "form.xlsx", {"检查": rows})) == [
        "检查:3:1: '带队领导' is empty\n  hint: every record says whose it is"
    ]


def test_several_sheets_and_forms_and_tables_come_in_together(store: Store, tmp_path: Path) -> None:
    sheets: dict[str, Cells] = {
        "六月检查": [CHECKS, check_row()],
        "会议": [MEETING, MEET],
        "人员": [["人员编号", "姓名"], ["p9", "孙八"]],
        "任职": [["人员编号", "职务编号", "任职日期"], ["p9", "副镇长丙", "2024-05-01"]],
        "职务": [["职务编号", "单位编号", "职务类别"], ["副镇长丙", "镇", "其他负责人"]],
        "检查2": [CHECKS, check_row(带队领导="孙八", 时间="2024-06-04")],
        "履职记录": [
            ["记录编号", "活动种类", "日期", "责任主体"],
            ["手1", "专题研究", "2024-06-01", "书记"],
        ],
    }
    read(store, book(tmp_path / "all.xlsx", sheets))
    assert [(act.day.day, act.holder) for act in acts(store)] == [
        (1, "书记"),
        (3, "镇长"),
        (4, "副镇长丙"),
        (20, "镇长"),
    ]


def test_problems_of_forms_stand_beside_those_of_tables_each_at_its_place(
    store: Store, tmp_path: Path
) -> None:
    sheets: dict[str, Cells] = {
        "检查": [
            ["标题"],
            CHECKS,
            check_row(时间="03/06/2024", 带队领导="章三"),
            check_row(带队领导=""),
        ],
        "履职记录": [
            ["记录编号", "活动种类", "日期", "责任主体"],
            ["手1", "专题研讨", "2024-06-01", "书记"],
        ],
    }
    assert [
        one.split("\n")[0] for one in complaints(store, book(tmp_path / "all.xlsx", sheets))
    ] == [
        "履职记录:2:2: unknown kind '专题研讨'",
        "检查:3:2: '03/06/2024' is not a day",
        "检查:3:4: nobody is called '章三'",
        "检查:4: '带队领导' is empty",
    ]


def test_two_rows_that_say_the_same_are_told(store: Store, tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx", {"检查": [CHECKS, check_row(), check_row()]})
    (said,) = complaints(store, path)
    assert "stands twice in this table, first in row 2" in said


def test_a_heading_that_no_form_has_is_named_as_not_read(store: Store, tmp_path: Path) -> None:
    rows = [[*CHECKS, "天气"], [*check_row(), "晴"]]
    report = read(store, book(tmp_path / "form.xlsx", {"检查": rows}))
    assert report.forms[0].unread == ("天气",)


def test_a_form_that_lacks_a_column_says_which(store: Store, tmp_path: Path) -> None:
    rows = [["时间", "被检查单位", "整改要求", "检查内容"], ["2024-06-03", "甲", "x", "y"]]
    assert complaints(store, book(tmp_path / "form.xlsx", {"带队检查": rows})) == [
        "带队检查:1: the form '带队检查记录' lacks the column '带队领导'\n"
        "  hint: it may also be headed 带队人, 带队人员, 带队检查领导"
    ]


def test_a_sheet_that_is_neither_table_nor_form_is_told(store: Store, tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx", {"通讯录": [["姓名", "电话"], ["张三", "1"]]})
    assert complaints(store, path)[0].startswith("通讯录: '通讯录' is not a table")


def test_a_heading_of_two_rows_is_read_as_one(store: Store, tmp_path: Path) -> None:
    rows = [
        ["时间", "被检查单位", "带队领导", "检查情况", ""],
        ["", "", "", "发现问题", "整改要求"],
        ["2024-06-03", "甲", "张三", "堆物", "清理"],
    ]
    path = book(tmp_path / "f.xlsx", {"检查": rows}, ["A1:A2", "B1:B2", "C1:C2", "D1:E1"])
    read(store, path)
    assert [act.note for act in acts(store)] == ["发现问题：堆物\n整改要求：清理"]


def test_a_day_and_a_time_in_columns_of_their_own_are_read(store: Store, tmp_path: Path) -> None:
    rows = [["日期", "时间", "被检查单位", "带队领导"], ["2024-06-03", "9:30-11:00", "甲", "张三"]]
    act = one(store, tmp_path, "检查", rows)
    assert (act.day, str(act.time)) == (date(2024, 6, 3), "09:30:00")


def test_records_merged_over_rows_are_told(store: Store, tmp_path: Path) -> None:
    rows = [CHECKS, check_row(), check_row(时间="")]
    path = book(tmp_path / "f.xlsx", {"检查": rows}, ["B2:C3"])
    assert complaints(store, path)[0].startswith("检查:2:2: the cells down to row 3, column 3 are")


def test_rows_that_were_numbered_beforehand_and_left_empty_are_no_records(
    store: Store, tmp_path: Path
) -> None:
    heads = ["编号", *CHECKS[1:]]
    rows = [heads, [1, *check_row()[1:]], [2], [3]]
    read(store, book(tmp_path / "a.xlsx", {"检查": rows}))
    renumbered = [heads, [7, *check_row()[1:]]]
    assert read(store, book(tmp_path / "b.xlsx", {"检查": renumbered})).entry is None


def test_a_papers_own_number_tells_two_records_apart(store: Store, tmp_path: Path) -> None:
    rows = [["编号", *CHECKS[1:]], *([f"安检{at}号", *check_row()[1:]] for at in (1, 2))]
    read(store, book(tmp_path / "a.xlsx", {"检查": rows}))
    assert sorted(act.note or "" for act in acts(store)) == ["编号：安检1号", "编号：安检2号"]


def test_signatures_and_sums_below_a_list_are_no_records(store: Store, tmp_path: Path) -> None:
    rows = [CHECKS, check_row(), ["", "", ""], ["填表人：周九"], ["合计", "", "1家"]]
    assert read(store, book(tmp_path / "f.xlsx", {"检查": rows})).forms[0].records == 1


@pytest.mark.parametrize(
    ("way", "attributes"),
    [
        ("四不两直", (("四不两直", "是"),)),
        ("突击检查（四不两直）", (("四不两直", "是"),)),
        ("非四不两直", (("四不两直", "否"),)),
        ("听汇报", ()),
        ("☑四不两直 □常规检查", (("四不两直", "是"),)),
        ("□四不两直 ☑常规检查", ()),
    ],
)
def test_the_way_of_an_inspection_is_an_attribute_only_where_it_says_so(
    way: str, attributes: tuple[tuple[str, str], ...], store: Store, tmp_path: Path
) -> None:
    act = one(store, tmp_path, "检查", [CHECKS, check_row(检查方式=way)])
    assert act.attributes == attributes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-06-03", {"day": "2024-06-03"}),
        ("2024年6月3日上午9:30", {"day": "2024-06-03", "time": "09:30"}),
        ("2024年6月3日9:30—11:00", {"day": "2024-06-03", "time": "09:30"}),
        ("2024-06-03 14:00:00", {"day": "2024-06-03", "time": "14:00"}),
        ("6月3日下午2时", {"day": "2024-06-03", "time": "14:00"}),
        ("2024年6月3日上午", {"day": "2024-06-03"}),
        ("2024年6月3日至5日", {"first_day": "2024-06-03", "day": "2024-06-05"}),
        ("2024.6.3-2024.6.5", {"first_day": "2024-06-03", "day": "2024-06-05"}),
        ("2024年5月30日-6月2日", {"first_day": "2024-05-30", "day": "2024-06-02"}),
        ("2024-06-03至2024-06-05", {"first_day": "2024-06-03", "day": "2024-06-05"}),
    ],
)
def test_days_and_times_of_a_form_are_parted(text: str, told: Mapping[str, str]) -> None:
    assert days_and_time(text, 2024) == told


def test_a_stretch_that_ends_before_it_begins_is_no_day() -> None:
    with pytest.raises(Objection):
        days_and_time("2024年6月5日至3日", 2024)


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("name", forms())
def test_a_blank_form_of_ours_is_read_back_when_it_is_filled(name: str, tmp_path: Path) -> None:
    good("template", "--form", name, tmp_path / "blank.xlsx")
    said = good("import", tmp_path / "blank.xlsx", "--db", tmp_path / "new.db")
    assert f"sheet {name}: 0 records read as the form {name}\n" in said.out


@pytest.mark.parametrize("name", forms())
def test_no_heading_of_a_form_means_two_of_its_own_columns(name: str) -> None:
    form = forms()[name]
    assert {one for names in form.needs for one in names} <= form.own
    for column in form.own:
        assert form.column_of(column) is form.columns[column]


def test_the_kinds_and_roles_of_the_forms_are_words_of_the_vocabulary() -> None:
    vocabulary: Vocabulary = shipped_rules().vocabulary
    for form in forms().values():
        roles = {column.role for column in form.columns.values()} - {""}
        assert roles <= vocabulary.roles.keys()
        named = {form.kind, *form.such_as} - {""}
        assert named <= vocabulary.kinds.keys()
