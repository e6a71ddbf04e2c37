"""The import tables of an office: its settings, who is who, and what acts are done to."""

from __future__ import annotations

from dataclasses import replace

from data.table_shape import RECORDED_BY, ImportColumn, Table
from problems import said

ANYONE = ("subjects", "units", "posts", "people")
"""The tables whose ids are unique together: what an act may be done to."""

_TAGS = ImportColumn(
    "tags",
    "tags",
    ("标签",),
    help="Marks, parted by ; 高危@2024-11-01 bears it from that day on.",
    words="tags",
)


def _days_that_it_holds(
    first: tuple[str, ...] = (), last: tuple[str, ...] = (), example: str = ""
) -> tuple[ImportColumn, ImportColumn]:
    """The first and the last day, with the names that only this table has for them."""
    return (
        ImportColumn(
            "first",
            "day",
            (*first, "首日", "起始日期", "开始日期"),
            help="The first day on which it holds; empty: it always did.",
            example=example,
        ),
        ImportColumn(
            "last",
            "day",
            (*last, "末日", "结束日期", "截止日期"),
            help="The last day on which it holds; empty: it still does.",
        ),
    )


SETTINGS = Table(
    "settings",
    said("setting"),
    ("设置",),
    key=("key",),
    columns=(
        ImportColumn(
            "key",
            "setting",
            ("设置项", "项目"),
            help="What is set: records_from, sender, contact …; 'dutyclock office' lists all.",
            required=True,
        ),
        ImportColumn(
            "value",
            "text",
            ("值", "内容"),
            help="What it says: a day as YYYY-MM-DD for records_from, a name, a number.",
            required=True,
            example="2024-01-01",
        ),
        RECORDED_BY,
    ),
)

UNITS = Table(
    "units",
    said("unit"),
    ("单位", "单位表", "组织机构"),
    key=("unit",),
    own_day="first",
    stretches=(("first", "last"), ("term_first", "term_last")),
    columns=(
        ImportColumn(
            "unit",
            "id",
            ("单位编号", "编号"),
            help="The unit's own id: a short text without @ # / ;",
            required=True,
        ),
        ImportColumn(
            "name",
            "text",
            ("单位名称", "名称"),
            help="Its full name.",
            required=True,
            example="示例镇人民政府",
        ),
        ImportColumn(
            "type",
            "text",
            ("单位类型", "类型"),
            help="What it is: duty lists pick units by type.",
            required=True,
            words="unit_types",
            example="镇街",
        ),
        ImportColumn(
            "parent",
            "ref",
            ("上级单位", "上级单位编号"),
            help="The id or name of the unit above it.",
            refers=("units",),
            example="区",
        ),
        replace(_TAGS, example="高危@2024-11-01"),
        ImportColumn(
            "industry", "text", ("行业", "所属行业"), help="Its industry.", words="industries"
        ),
        *_days_that_it_holds(("设立日期",), ("撤销日期",), example="2024-01-01"),
        ImportColumn(
            "records_from",
            "day",
            ("台账起算日",),
            help="The first day on which it is judged, where not the store's.",
        ),
        ImportColumn(
            "term_first",
            "day",
            ("任期首日", "任期开始"),
            help="The first day of a body's term of office.",
        ),
        ImportColumn(
            "term_last",
            "day",
            ("任期末日", "任期结束"),
            help="The last day of a body's term of office.",
        ),
        RECORDED_BY,
    ),
)

ADOPTIONS = Table(
    "adoptions",
    said("adoption"),
    ("文件适用", "适用文件"),
    key=("document", "unit"),
    own_day="first",
    stretches=(("first", "last"),),
    columns=(
        ImportColumn(
            "document",
            "id",
            ("文件", "依据文件"),
            help="The id or name of the document, as 'dutyclock rules list' names it.",
            required=True,
        ),
        ImportColumn(
            "unit",
            "ref",
            ("单位编号", "单位"),
            help="The id or name of the unit that it binds, with all below it.",
            required=True,
            refers=("units",),
            example="区",
        ),
        *_days_that_it_holds(example="2024-01-01"),
        RECORDED_BY,
    ),
)

PEOPLE = Table(
    "people",
    said("person"),
    ("人员", "人员表"),
    key=("person",),
    columns=(
        ImportColumn(
            "person",
            "id",
            ("人员编号", "编号"),
            help="The person's own id; two people may have one name.",
            required=True,
        ),
        ImportColumn(
            "name",
            "text",
            ("姓名",),
            help="The name.",
            required=True,
            example="王示例",
            is_indexed=True,
        ),
        ImportColumn(
            "phone",
            "text",
            ("电话", "手机", "联系电话"),
            help="The telephone number.",
            example="0510-00000000",
        ),
        ImportColumn("email", "text", ("邮箱", "电子邮箱"), help="The mail address."),
        ImportColumn(
            "facts",
            "facts",
            ("情况", "个人情况"),
            help="Dated facts, parted by ; 持证=是@2024-03-01 holds from that day on.",
            example="持证=是@2024-03-01",
        ),
        RECORDED_BY,
    ),
)

POSTS = Table(
    "posts",
    said("post"),
    ("职务", "职务表", "岗位"),
    key=("post",),
    own_day="first",
    stretches=(("first", "last"),),
    columns=(
        ImportColumn(
            "post",
            "id",
            ("职务编号", "编号"),
            help="The post's own id: a short text without @ # / ;",
            required=True,
        ),
        ImportColumn(
            "unit",
            "ref",
            ("单位编号", "单位", "所在单位"),
            help="The id or name of its unit.",
            required=True,
            refers=("units",),
            example="镇",
            is_indexed=True,
        ),
        ImportColumn(
            "class",
            "word",
            ("职务类别", "类别"),
            help="The class of the post, which duty lists bind: a word of the vocabulary.",
            required=True,
            words="post_classes",
            example="主要负责人",
        ),
        ImportColumn(
            "title", "text", ("职务名称", "名称"), help="What the post is called.", example="镇长"
        ),
        ImportColumn(
            "reports_to",
            "ref",
            ("上级职务", "上级职务编号"),
            help="The id or name of the post above it.",
            refers=("posts",),
        ),
        *_days_that_it_holds(("设立日期",), ("撤销日期",), example="2024-01-01"),
        RECORDED_BY,
    ),
)

APPOINTMENTS = Table(
    "appointments",
    said("appointment"),
    ("任职", "任职表"),
    key=("person", "post", "first"),
    own_day="first",
    stretches=(("first", "last"),),
    columns=(
        ImportColumn(
            "person",
            "ref",
            ("人员编号", "人员"),
            help="The id or name of the person.",
            required=True,
            refers=("people",),
        ),
        ImportColumn(
            "post",
            "ref",
            ("职务编号", "职务"),
            help="The id or name of the post.",
            required=True,
            refers=("posts",),
            example="镇长",
            is_indexed=True,
        ),
        ImportColumn(
            "first",
            "day",
            ("任职日期", "首日", "起始日期", "开始日期"),
            help="The first day in the post.",
            required=True,
            example="2024-01-01",
        ),
        ImportColumn(
            "last",
            "day",
            ("离任日期", "末日", "结束日期", "截止日期"),
            help="The last day in the post; empty: still in it.",
        ),
        ImportColumn(
            "acting",
            "flag",
            ("代理", "是否代理"),
            help="Yes for somebody who stands in.",
            example="否",
        ),
        ImportColumn(
            "document", "text", ("任免文号", "文号"), help="The number of the paper that says so."
        ),
        ImportColumn("reason", "text", ("事由", "原因"), help="The reason that the paper gives."),
        RECORDED_BY,
    ),
)

SUBJECTS = Table(
    "subjects",
    said("subject"),
    ("对象", "对象表", "履职对象"),
    key=("subject",),
    own_day="first",
    stretches=(("first", "last"),),
    columns=(
        ImportColumn(
            "subject",
            "id",
            ("对象编号", "编号"),
            help="Its own id: a project, school, lift, an enterprise that is no unit.",
            required=True,
        ),
        ImportColumn(
            "name",
            "text",
            ("对象名称", "名称"),
            help="Its full name.",
            required=True,
            example="示例小学",
        ),
        ImportColumn(
            "type",
            "text",
            ("对象类型", "类型"),
            help="What it is: coverage picks its members by type.",
            required=True,
            words="subject_types",
            example="学校",
        ),
        ImportColumn(
            "unit",
            "ref",
            ("所属单位", "单位编号", "单位"),
            help="The id or name of the unit that it belongs to.",
            refers=("units",),
            example="镇",
        ),
        _TAGS,
        *_days_that_it_holds(),
        RECORDED_BY,
    ),
)

ASSIGNMENTS = Table(
    "assignments",
    said("assignment"),
    ("包保责任", "包保责任表", "责任分工"),
    key=("holder", "member", "first"),
    own_day="first",
    stretches=(("first", "last"),),
    columns=(
        ImportColumn(
            "holder",
            "ref",
            ("责任人", "包保人", "包保责任人"),
            help="The id or name of the post or the person that it is entrusted to.",
            required=True,
            refers=("posts", "people"),
        ),
        ImportColumn(
            "member",
            "ref",
            ("包保对象", "责任对象", "对象编号", "对象"),
            help="The id or name of what is entrusted: a subject or a unit.",
            required=True,
            refers=("subjects", "units"),
            example="示例小学",
        ),
        ImportColumn(
            "first",
            "day",
            ("首日", "起始日期", "开始日期"),
            help="The first day on which it is entrusted.",
            required=True,
            example="2024-01-01",
        ),
        ImportColumn(
            "last",
            "day",
            ("末日", "结束日期", "截止日期"),
            help="The last day on which it is entrusted; empty: it still is.",
        ),
        RECORDED_BY,
    ),
)
