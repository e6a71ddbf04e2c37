"""What the people and enterprises of the made-up office do as a matter of course.

Officials inspect, hear, chair and analyse by month and quarter; enterprises screen for hazards by
day, week and month; departments and towns do the rest of a year's work.
"""

from __future__ import annotations

from datetime import date, datetime, time

from samples.office_diary import (
    FIRST,
    LAST,
    MONTHS,
    ONE_DAY,
    QUARTERS,
    Diary,
    Habit,
    Stretches,
    days,
    follow,
    is_workday,
)

PARK_PLACES = (
    *("恒泰化工", "天泽燃气", "宏拓建设", "云杉机械", "锐新材料", "丰禾食品", "澄光电子"),
    *("绿环再生", "捷运仓储", "百汇商贸", "化工二期项目", "标准厂房项目", "污水厂提标项目"),
    *("园区公租房", "园区消防站", "园区食堂"),
)
TOWNS = {
    "晨溪镇": ("晨溪纺织", "溪口木业", "晨溪加油站", "金穗粮油", "晨溪中心小学", "晨溪农贸市场"),
    "柳湾街道": (
        "柳湾酒店",
        "新天地超市",
        "柳湾印刷",
        "河东液化气站",
        "柳湾幼儿园",
        "柳湾商业街",
    ),
    "石桥镇": ("石桥采石场", "石桥水泥制品", "青石板材", "石桥客运", "石桥渡口", "石桥敬老院"),
}

THERE: dict[str, Stretches] = {
    "园区书记": ((FIRST, date(2022, 11, 17)), (date(2022, 11, 21), LAST)),
    "园区主任": ((FIRST, date(2023, 3, 14)), (date(2023, 5, 9), LAST)),
    "园区副主任乙": ((FIRST, date(2022, 10, 9)), (date(2022, 11, 22), LAST)),
    "园区副主任丙": ((FIRST, date(2023, 2, 10)), (date(2023, 3, 28), LAST)),
    "柳湾街道主任": ((FIRST, date(2023, 2, 28)), (date(2023, 4, 21), LAST)),
}
"""When the one in the post was there, where that is not the whole year."""

ALL_THERE: Stretches = ((FIRST, LAST),)
BY_QUARTER = {"听取履职汇报", "专题研究", "安委会会议", "向主要负责人汇报", "听取汇报"}


def officials() -> list[Habit]:
    """The habits of the park's leaders and of the heads of the three towns."""
    principal = (
        ("安全检查", "带队"),
        ("听取履职汇报", "听取"),
        ("专题研究", "主持"),
        ("安委会会议", "主持"),
    )
    deputy = (("安全检查", "带队"), ("形势研判", "组织"))
    other = (*deputy, ("向主要负责人汇报", "汇报"))
    park = {
        "园区书记": principal,
        "园区主任": principal,
        "园区分管副主任": deputy,
        "园区副主任甲": other,
        "园区副主任乙": other,
        "园区副主任丙": other,
        "园区纪工委书记": other,
    }
    found = [
        Habit(
            post,
            kind,
            role,
            QUARTERS if kind in BY_QUARTER else MONTHS,
            PARK_PLACES if kind == "安全检查" else (),
            THERE.get(post, ALL_THERE),
        )
        for post, does in park.items()
        for kind, role in does
    ]
    for town, places in TOWNS.items():
        head = f"{town}主任" if town.endswith("街道") else f"{town}镇长"
        deputy_head = head.replace("主任", "副主任").replace("镇镇长", "镇副镇长")
        by = f"{town}应急办"
        there = THERE.get(head, ALL_THERE)
        found += [
            Habit(head, "听取汇报", "听取", QUARTERS, (), there, by),
            Habit(head, "安全检查", "带队", MONTHS[::2], places, there, by),
            Habit(head, "形势研判", "主持", QUARTERS, (), there, by),
            Habit(deputy_head, "安全检查", "带队", MONTHS, places, ALL_THERE, by),
            Habit(town, "应急演练", "组织", ("2022-Q3", "2023-Q2"), (), ALL_THERE, by),
            Habit(town, "教育培训", "组织", QUARTERS, (), ALL_THERE, by),
        ]
    return found


def departments() -> list[Habit]:
    """The habits of the park's departments: the year's work, most of which no duty asks for."""
    found = [
        Habit("安全生产部", "安全检查", "组织", MONTHS, PARK_PLACES),
        Habit("安全生产部", "考核通报配合", "配合", MONTHS),
        Habit("安全生产部", "绩效评估", "组织", QUARTERS),
        Habit("安全生产部", "应急演练", "组织", ("2022-Q3", "2023-Q2")),
        Habit("规划建设部", "专项整治", "组织", QUARTERS, ("宏拓建设", "标准厂房项目")),
    ]
    for name in ("安全生产部", "招商服务中心", "企业服务中心"):
        found.append(Habit(name, "工作调度", "组织", MONTHS))
    for name in ("规划建设部", "经济运行部", "高新技术产业部", "党政办公室", "财政金融部"):
        found.append(Habit(name, "教育培训", "组织", QUARTERS))
    for name in ("规划建设部", "经济运行部"):
        found.append(Habit(name, "安全检查", "组织", MONTHS, PARK_PLACES))
    for name in ("安全生产部", "规划建设部", "经济运行部", "企业服务中心", "高新技术产业部"):
        found.append(Habit(name, "宣传教育", "组织", ("2023-05", "2023-06")))
    return found


JOINED = {
    "恒泰化工": FIRST,
    "天泽燃气": FIRST,
    "宏拓建设": FIRST,
    "云杉机械": date(2022, 10, 1),
    "锐新材料": date(2022, 10, 1),
    "丰禾食品": date(2022, 10, 1),
    "澄光电子": date(2022, 12, 1),
    "绿环再生": date(2022, 12, 1),
    "捷运仓储": date(2022, 12, 1),
    "百汇商贸": date(2022, 12, 1),
}
"""The day from which each enterprise of the park keeps its records in the system."""

LIST_ENDS = date(2022, 12, 31)
"""The last day of the year's list of key tasks; after it enterprises screen as they see fit."""

SILENT = {
    "天泽燃气": ((date(2022, 10, 8), date(2022, 11, 27)),),
    "宏拓建设": ((date(2022, 8, 8), date(2022, 8, 21)),),
    "恒泰化工": ((date(2022, 11, 7), date(2022, 11, 20)),),
}
"""When nothing was recorded: 天泽燃气 fell silent, the others stood still with a waiver."""

SHIFTS = ("甲班", "乙班", "丙班", "丁班")
LOOKED_AT = (
    "配电室",
    "原料库",
    "锅炉房",
    "叉车和通道",
    "消防器材",
    "危废间",
    "空压站",
    "化验室",
    "卸料区",
    "成品库",
    "循环水泵房",
    "办公楼",
)
OUTCOME = (
    "无异常",
    "无异常",
    "无异常",
    "地面油污，已清理",
    "灭火器压力不足，已更换",
    "照明损坏，已报修",
)


def goes_on(enterprise: str, day: date) -> bool:
    """Whether it screens on a day that no list asks it to: some do daily, some on working days."""
    joined = JOINED[enterprise]
    return joined == FIRST or (joined.month == 10 and is_workday(day))


def is_silent(enterprise: str, day: date) -> bool:
    """Whether the enterprise recorded nothing on that day."""
    return any(first <= day <= last for first, last in SILENT.get(enterprise, ()))


def enterprises(diary: Diary) -> None:
    """The screening of the park's enterprises by day, week and month, and of those in the towns."""
    for enterprise, joined in JOINED.items():
        for day in days(joined, LAST):
            if day > LIST_ENDS and not goes_on(enterprise, day):
                continue
            if not is_silent(enterprise, day) and diary.random.randrange(100) >= 3:
                screening(diary, enterprise, "班组排查", day)
        week = joined - ONE_DAY * joined.weekday()
        while week <= LAST:
            inside = [
                day
                for day in days(max(week, joined), min(week + ONE_DAY * 6, LAST))
                if is_workday(day) and not is_silent(enterprise, day)
            ]
            if inside and diary.random.randrange(100) >= 4:
                screening(diary, enterprise, "部门排查", diary.random.choice(inside))
            week += ONE_DAY * 7
        monthly = [
            Habit(
                f"{enterprise}总经理",
                "厂长经理排查",
                "带队",
                tuple(label for label in MONTHS if label >= f"{joined:%Y-%m}"),
                (),
                tuple(
                    (first, last)
                    for first, last in ((joined, date(2022, 10, 7)), (date(2022, 11, 28), LAST))
                    if first <= last
                )
                if enterprise == "天泽燃气"
                else ((joined, LAST),),
                enterprise,
            )
        ]
        follow(diary, monthly)
    for places in TOWNS.values():
        for enterprise in places[:4]:
            labels = MONTHS if enterprise != "溪口木业" else MONTHS[:7]
            follow(diary, [Habit(enterprise, "部门排查", "组织", labels, by=enterprise)] * 2)


def screening(diary: Diary, enterprise: str, kind: str, day: date) -> None:
    """One round of an enterprise, entered by its own clerk: that day, or a day or two later."""
    later = (0, 0, 0, 0, 0, 0, 0, 1, 1, 2)[diary.random.randrange(10)]
    on = min(day + ONE_DAY * later, LAST)
    entered = datetime.combine(on, time(16)) + (diary.at(on, 17) - datetime.combine(on, time(17)))
    seen = "、".join(diary.random.sample(LOOKED_AT, 2))
    who = diary.random.choice(SHIFTS) if kind == "班组排查" else "设备、安全、生产三部门"
    note = f"{who}：{seen}，{diary.random.choice(OUTCOME)}"
    diary.add(
        kind, day, enterprise, by=f"{enterprise}安全员", entered=entered, role="组织", note=note
    )
