"""The import tables of what happened and what was done about it."""

from __future__ import annotations

from data.office_tables import ANYONE
from data.table_shape import RECORDED_BY, ImportColumn, Table
from problems import said

EVENTS = Table(
    "events",
    said("event"),
    ("触发事项", "事项"),
    key=("event",),
    own_day="day",
    stretches=(("day", "last"),),
    columns=(
        ImportColumn(
            "event", "id", ("事项编号", "编号"), help="The event's own id.", required=True
        ),
        ImportColumn(
            "type",
            "word",
            ("事项类型", "类型"),
            help="What happened: a word of the vocabulary.",
            required=True,
            words="event_types",
            example="生产安全事故",
        ),
        ImportColumn(
            "day",
            "day",
            ("日期", "发生日期"),
            help="Its day, or the first of several.",
            required=True,
            example="2024-05-18",
        ),
        ImportColumn("last", "day", ("末日", "结束日期"), help="The last of several days."),
        ImportColumn(
            "time", "time", ("时刻", "钟点"), help="The time of day, HH:MM.", example="09:30"
        ),
        ImportColumn(
            "status", "status", ("状态",), help="Planned, moved, cancelled or done; empty: planned."
        ),
        ImportColumn(
            "unit",
            "refs",
            ("涉及单位", "单位编号", "单位"),
            help="The ids or names of the units that it concerns, parted by ; empty: all of them.",
            refers=("units",),
            example="镇",
        ),
        ImportColumn(
            "subject",
            "ref",
            ("涉及对象", "对象编号", "对象"),
            help="The id or name of what it concerns.",
            refers=ANYONE,
        ),
        ImportColumn(
            "title",
            "text",
            ("事项名称", "名称", "标题"),
            help="What people call it, which notices and reports print.",
            example="示例镇春季马拉松",
        ),
        RECORDED_BY,
    ),
)

WAIVERS = Table(
    "waivers",
    said("waiver"),
    ("豁免", "豁免表"),
    key=("waiver",),
    own_day="first",
    stretches=(("first", "last"),),
    columns=(
        ImportColumn(
            "waiver", "id", ("豁免编号", "编号"), help="The waiver's own id.", required=True
        ),
        ImportColumn(
            "holder",
            "ref",
            ("责任主体", "责任主体编号"),
            help="The id or name of the post or unit that is excused.",
            required=True,
            refers=("posts", "units"),
            example="镇长",
        ),
        ImportColumn(
            "first",
            "day",
            ("首日", "起始日期", "开始日期"),
            help="The first day of the waiver.",
            required=True,
            example="2024-02-01",
        ),
        ImportColumn(
            "last",
            "day",
            ("末日", "结束日期", "截止日期"),
            help="The last day of the waiver.",
            required=True,
            example="2024-02-10",
        ),
        ImportColumn(
            "reason",
            "text",
            ("豁免原因", "原因", "事由"),
            help="Why it is granted.",
            required=True,
            example="病假",
        ),
        ImportColumn(
            "person",
            "ref",
            ("人员编号", "人员"),
            help="The id or name of the person, where only this one in the post is excused.",
            refers=("people",),
        ),
        ImportColumn(
            "duty",
            "ref",
            ("职责", "职责编号"),
            help="The id or name of the duty, where only this one is excused.",
        ),
        ImportColumn(
            "subject",
            "ref",
            ("对象编号", "对象"),
            help="The id or name of the member of a coverage, where only this one is excused.",
            refers=ANYONE,
        ),
        ImportColumn(
            "document",
            "text",
            ("批准文号", "文号"),
            help="The number of the paper that grants it.",
            example="示例〔2024〕1号",
        ),
        RECORDED_BY,
    ),
)

DELEGATIONS = Table(
    "delegations",
    said("delegation"),
    ("委托", "委托表", "授权"),
    key=("delegation",),
    own_day="first",
    stretches=(("first", "last"),),
    columns=(
        ImportColumn(
            "delegation", "id", ("委托编号", "编号"), help="The delegation's own id.", required=True
        ),
        ImportColumn(
            "holder",
            "ref",
            ("委托职务", "委托人"),
            help="The id or name of the post for which another one acts.",
            required=True,
            refers=("posts",),
            example="镇长",
        ),
        ImportColumn(
            "delegate",
            "ref",
            ("受托职务", "受托人"),
            help="The id or name of the post that acts for it.",
            required=True,
            refers=("posts",),
            example="副镇长",
        ),
        ImportColumn(
            "first",
            "day",
            ("首日", "起始日期", "开始日期"),
            help="The first day of the delegation.",
            required=True,
            example="2024-03-01",
        ),
        ImportColumn(
            "last",
            "day",
            ("末日", "结束日期", "截止日期"),
            help="The last day of the delegation; empty: until further notice.",
            example="2024-03-10",
        ),
        ImportColumn(
            "duty",
            "ref",
            ("职责", "职责编号"),
            help="The id or name of the duty, where it is for this one only.",
        ),
        ImportColumn(
            "document",
            "text",
            ("委托文号", "文号"),
            help="The number of the paper that says so.",
            example="示例〔2024〕2号",
        ),
        ImportColumn(
            "reason", "text", ("委托事由", "事由", "原因"), help="The reason that the paper gives."
        ),
        RECORDED_BY,
    ),
)

ACTIVITIES = Table(
    "activities",
    said("activity"),
    ("履职记录", "履职台账", "活动"),
    key=("activity",),
    own_day="day",
    stretches=(("first_day", "day"),),
    columns=(
        ImportColumn(
            "activity",
            "id",
            ("记录编号", "编号"),
            help="The record's own id; without it the program gives one.",
            required=True,
        ),
        ImportColumn(
            "kind",
            "word",
            ("活动种类", "种类"),
            help="The kind of the activity, a word of the vocabulary.",
            required=True,
            words="kinds",
            example="安全检查",
        ),
        ImportColumn(
            "day",
            "day",
            ("日期", "履职日期"),
            help="The day on which it was done; its last day where it took several.",
            required=True,
            example="2024-06-03",
        ),
        ImportColumn(
            "holder",
            "ref",
            ("责任主体", "责任主体编号"),
            help="The id or name of the post, or of the unit, whose activity it is.",
            required=True,
            refers=("posts", "units"),
            example="镇长",
        ),
        ImportColumn(
            "first_day", "day", ("首日", "开始日期"), help="Its first day, where it took several."
        ),
        ImportColumn(
            "time", "time", ("时刻", "钟点"), help="The time of day, HH:MM.", example="09:30"
        ),
        ImportColumn(
            "person",
            "ref",
            ("履职人", "人员编号", "人员"),
            help="The id or name of the person who did it.",
            refers=("people",),
        ),
        ImportColumn(
            "role",
            "word",
            ("角色",),
            help="The role in which it was done, a word of the vocabulary.",
            words="roles",
            example="带队",
        ),
        ImportColumn(
            "subjects",
            "refs",
            ("对象", "对象编号"),
            help="The ids or names of what it was done to, parted by ;",
            refers=ANYONE,
            example="甲厂;乙厂",
        ),
        ImportColumn(
            "quantity", "number", ("数量",), help="How many, where the duty asks for a quantity."
        ),
        ImportColumn(
            "out_of",
            "number",
            ("总数",),
            help="The whole of which the quantity is a part (87 of 90).",
        ),
        ImportColumn(
            "unit_of_quantity",
            "text",
            ("数量单位",),
            help="What the quantity counts: hours, batches, lifts …",
            words="quantity_units",
        ),
        ImportColumn(
            "on_behalf_of",
            "ref",
            ("受谁委托", "委托职务"),
            help="The id or name of the post on whose behalf it was done.",
            refers=("posts",),
        ),
        ImportColumn(
            "for_period",
            "text",
            ("所属周期",),
            help="The period for which it was done, such as 2024-06.",
        ),
        ImportColumn(
            "event",
            "ref",
            ("触发事项", "事项编号"),
            help="The id or name of the event that it answers.",
            refers=("events",),
        ),
        ImportColumn(
            "makes_up", "text", ("补办周期",), help="The earlier period that it makes good."
        ),
        ImportColumn(
            "attributes",
            "pairs",
            ("属性",),
            help="Further facts: key=value;key=value",
            example="四不两直=是",
        ),
        ImportColumn(
            "evidence",
            "items",
            ("佐证", "佐证材料"),
            help="Where the evidence is, several parted by ;",
            example="照片3张;检查记录12号",
        ),
        ImportColumn("note", "note", ("备注",), help="Anything else."),
        RECORDED_BY,
        ImportColumn(
            "supersedes",
            "ref",
            ("替代记录",),
            help="The id of the record that this one replaces.",
            refers=("activities",),
        ),
    ),
)

ATTACHMENTS = Table(
    "attachments",
    said("attachment"),
    ("附件", "附件表"),
    key=("attachment",),
    columns=(
        ImportColumn(
            "attachment",
            "id",
            ("附件编号", "编号"),
            help="The attachment's own id; 'dutyclock attach' writes these rows.",
            required=True,
        ),
        ImportColumn(
            "activity",
            "ref",
            ("记录编号",),
            help="The id of the record that the file proves.",
            required=True,
            refers=("activities",),
            example="A20240603-1",
            is_indexed=True,
        ),
        ImportColumn(
            "sha256",
            "hash",
            ("校验值",),
            help="The SHA-256 of the file.",
            required=True,
            is_indexed=True,
        ),
        ImportColumn(
            "name",
            "file",
            ("文件名", "名称"),
            help="What the file was called.",
            required=True,
            example="照片.jpg",
        ),
        ImportColumn(
            "size",
            "count",
            ("字节数", "大小"),
            help="How many bytes it has.",
            required=True,
            example="20480",
        ),
        ImportColumn(
            "type", "text", ("文件类型", "类型"), help="Its media type, such as image/jpeg."
        ),
        RECORDED_BY,
    ),
)
