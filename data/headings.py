"""What tables and columns are called in a sheet: their own names, and those of a Chinese office.

Width, case, spaces, underscores and the mark of a required column (`*`) are forgiven.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from unicodedata import normalize

from data.columns import TABLES, Table

TITLES: Mapping[str, tuple[str, ...]] = {
    "settings": ("设置",),
    "units": ("单位", "单位表", "组织机构"),
    "adoptions": ("文件适用", "适用文件"),
    "people": ("人员", "人员表"),
    "posts": ("职务", "职务表", "岗位"),
    "appointments": ("任职", "任职表"),
    "subjects": ("对象", "对象表", "履职对象"),
    "events": ("触发事项", "事项"),
    "waivers": ("豁免", "豁免表"),
    "delegations": ("委托", "委托表", "授权"),
    "attachments": ("附件", "附件表"),
    "activities": ("履职记录", "履职台账", "活动"),
}
"""The Chinese names of each table; a template writes the first."""

_DAYS = {"first": ("首日", "起始日期", "开始日期"), "last": ("末日", "结束日期", "截止日期")}
_ANY: Mapping[str, tuple[str, ...]] = {
    "recorded_by": ("登记人", "填报人"),
    "recorded_at": ("登记时间", "登记日期"),
    "voided_at": ("作废时间", "作废日期"),
    "voided_by": ("作废人",),
    "void_reason": ("作废原因",),
    "version": ("版本", "版本号"),
}

HEADINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "settings": {"key": ("设置项", "项目"), "value": ("值", "内容")},
    "units": {
        "unit": ("单位编号", "编号"),
        "name": ("单位名称", "名称"),
        "type": ("单位类型", "类型"),
        "parent": ("上级单位", "上级单位编号"),
        "tags": ("标签",),
        "industry": ("行业", "所属行业"),
        "first": ("设立日期", *_DAYS["first"]),
        "last": ("撤销日期", *_DAYS["last"]),
        "records_from": ("台账起算日",),
        "term_first": ("任期首日", "任期开始"),
        "term_last": ("任期末日", "任期结束"),
    },
    "adoptions": {
        "document": ("文件", "依据文件"),
        "unit": ("单位编号", "单位"),
        **_DAYS,
    },
    "people": {
        "person": ("人员编号", "编号"),
        "name": ("姓名",),
        "phone": ("电话", "手机", "联系电话"),
        "email": ("邮箱", "电子邮箱"),
        "facts": ("情况", "个人情况"),
    },
    "posts": {
        "post": ("职务编号", "编号"),
        "unit": ("单位编号", "单位", "所在单位"),
        "class": ("职务类别", "类别"),
        "title": ("职务名称", "名称"),
        "reports_to": ("上级职务", "上级职务编号"),
        "first": ("设立日期", *_DAYS["first"]),
        "last": ("撤销日期", *_DAYS["last"]),
    },
    "appointments": {
        "person": ("人员编号", "人员"),
        "post": ("职务编号", "职务"),
        "first": ("任职日期", *_DAYS["first"]),
        "last": ("离任日期", *_DAYS["last"]),
        "acting": ("代理", "是否代理"),
        "document": ("任免文号", "文号"),
        "reason": ("事由", "原因"),
    },
    "subjects": {
        "subject": ("对象编号", "编号"),
        "name": ("对象名称", "名称"),
        "type": ("对象类型", "类型"),
        "unit": ("所属单位", "单位编号", "单位"),
        "tags": ("标签",),
        **_DAYS,
    },
    "events": {
        "event": ("事项编号", "编号"),
        "type": ("事项类型", "类型"),
        "day": ("日期", "发生日期"),
        "last": ("末日", "结束日期"),
        "time": ("时刻", "钟点"),
        "status": ("状态",),
        "unit": ("涉及单位", "单位编号", "单位"),
        "subject": ("涉及对象", "对象编号", "对象"),
    },
    "waivers": {
        "waiver": ("豁免编号", "编号"),
        "holder": ("责任主体", "责任主体编号"),
        **_DAYS,
        "reason": ("豁免原因", "原因", "事由"),
        "person": ("人员编号", "人员"),
        "duty": ("职责", "职责编号"),
        "subject": ("对象编号", "对象"),
        "document": ("批准文号", "文号"),
    },
    "delegations": {
        "delegation": ("委托编号", "编号"),
        "holder": ("委托职务", "委托人"),
        "delegate": ("受托职务", "受托人"),
        **_DAYS,
        "duty": ("职责", "职责编号"),
        "document": ("委托文号", "文号"),
        "reason": ("委托事由", "事由", "原因"),
    },
    "attachments": {
        "attachment": ("附件编号", "编号"),
        "activity": ("记录编号",),
        "sha256": ("校验值",),
        "name": ("文件名", "名称"),
        "size": ("字节数", "大小"),
        "type": ("文件类型", "类型"),
    },
    "activities": {
        "activity": ("记录编号", "编号"),
        "kind": ("活动种类", "种类"),
        "day": ("日期", "履职日期"),
        "holder": ("责任主体", "责任主体编号"),
        "first_day": ("首日", "开始日期"),
        "time": ("时刻", "钟点"),
        "person": ("履职人", "人员编号", "人员"),
        "role": ("角色",),
        "subjects": ("对象", "对象编号"),
        "quantity": ("数量",),
        "out_of": ("总数",),
        "unit_of_quantity": ("数量单位",),
        "on_behalf_of": ("受谁委托", "委托职务"),
        "for_period": ("所属周期",),
        "event": ("触发事项", "事项编号"),
        "makes_up": ("补办周期",),
        "attributes": ("属性",),
        "evidence": ("佐证", "佐证材料"),
        "note": ("备注",),
        "supersedes": ("替代记录",),
    },
}
"""The Chinese names of each table's own columns; a template writes the first."""

ASIDE = frozenset({"说明", "词表", "readme", "words"})
"""Sheets that a template carries beside its tables, as `plain` gives their names."""

PROBLEM = ("问题", "problem")
"""The column beside rows that came back with what is wrong: not a part of any table."""

WRONG_MARK = "✗"
"""What each text begins with that was written beside a wrong row."""


def plain(text: str) -> str:
    """A heading without what people write differently: width, case, spaces, `_` and `*`."""
    folded = "".join(normalize("NFKC", text).casefold().split())
    return folded.removesuffix("(必填)").strip("*").replace("_", "")


def title_of(table: str, chinese: bool) -> str:
    """What the sheet of a table is called."""
    return TITLES[table][0] if chinese else table


def heading_of(table: str, column: str, chinese: bool) -> str:
    """What a column is called at the head of its table."""
    return _said(table, column)[0] if chinese else column


def _said(table: str, column: str) -> tuple[str, ...]:
    return HEADINGS[table].get(column) or _ANY[column]


@cache
def _tables() -> Mapping[str, str]:
    found = {plain(name): name for name in TABLES}
    for name, titles in TITLES.items():
        found.update((plain(title), name) for title in titles)
    return found


@cache
def _columns(table: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column in TABLES[table].known:
        for said in (column, *_said(table, column)):
            found.setdefault(plain(said), column)
    return found


def table_named(title: str) -> Table | None:
    """The table of that name, in either language; None where there is none."""
    name = _tables().get(plain(title))
    return TABLES[name] if name else None


def column_named(table: Table, heading: str) -> str:
    """The column of that name, in either language; the heading itself where there is none."""
    return _columns(table.name).get(plain(heading), heading)


def is_problem_column(heading: str) -> bool:
    """Whether a column holds what is wrong with its rows."""
    return plain(heading.partition(WRONG_MARK)[0]) in ("", *PROBLEM) and bool(heading.strip())
