"""What the made-up office of the demo issued, closed or did once a year; the towns' accidents."""

from __future__ import annotations

from samples.office_diary import Diary, at, day
from samples.office_habits import TOWNS


def papers(diary: Diary) -> None:
    """What was issued or closed once in the year, by the park, its departments and the towns."""
    for post in ("园区书记", "园区主任"):
        diary.add(
            "责任清单印发",
            day("2022-07-15"),
            post,
            evidence="示园管委发〔2022〕20号",
            note="印发年度重点工作责任清单",
        )
        diary.add(
            "责任清单印发",
            day("2023-02-24"),
            post,
            evidence="示园管委发〔2023〕6号",
            note="印发2023年度重点工作责任清单",
        )
    diary.add(
        "向上级政府汇报",
        day("2022-12-20"),
        "园区主任",
        role="汇报",
        evidence="示园管委〔2022〕58号",
        note="向区政府报告年度安全生产工作",
    )
    for unit, kind, on, paper in (
        ("规划建设部", "评价规范印发", "2022-11-25", "示园规建〔2022〕17号"),
        ("安全生产部", "诚信办法印发", "2022-10-10", "示园安办〔2022〕18号"),
        ("安全生产部", "熔断机制印发", "2022-08-30", "示园安办〔2022〕15号"),
        ("安全生产部", "专项行动收官", "2023-01-12", "销号清单2022"),
        ("安全生产部", "总结印发", "2022-12-28", "示园安办〔2022〕30号"),
        ("安全生产部", "普查完成", "2022-12-23", "普查验收意见"),
        ("安全生产部", "应急机构建成", "2022-12-01", "机构验收意见"),
        ("安全生产部", "数据库建成", "2022-12-15", "一图一库验收意见"),
        ("恒泰化工", "一线责任制建成", "2022-09-20", "验收表HT"),
        ("天泽燃气", "一线责任制建成", "2022-10-05", "验收表TZ"),
    ):
        diary.add(kind, day(on), unit, evidence=paper, note=f"{paper}")
    year = ("工作报告印发", "工作计划印发", "工作清单印发", "部门清单印发", "经费预算印发")
    for town in TOWNS:
        head = f"{town}主任" if town.endswith("街道") else f"{town}镇长"
        for at_, kind in enumerate(year, 1):
            if (town, kind) == ("石桥镇", "部门清单印发"):
                continue
            # Issued before the office kept records, and entered when it began.
            diary.add(
                kind,
                day(f"2022-0{at_ // 2 + 1}-1{at_}"),
                head,
                by=f"{town}应急办",
                entered=at(f"2022-07-0{at_} 10:20"),
                evidence=f"{town}〔2022〕{at_}号",
                note="起用系统时补登",
            )
            diary.add(
                kind,
                day(f"2023-0{at_ // 2 + 1}-1{at_ + 2}"),
                head,
                by=f"{town}应急办",
                evidence=f"{town}〔2023〕{at_}号",
            )


def towns(diary: Diary) -> None:
    """The special committees, the accidents, and a quarter that nobody listened in."""
    for town, head, on, bodies in (
        ("晨溪镇", "晨溪镇镇长", "2022-10-20", "晨溪工贸专委会;晨溪消防专委会"),
        ("柳湾街道", "柳湾街道主任", "2022-11-15", "柳湾消防专委会"),
        ("石桥镇", "石桥镇镇长", "2022-12-06", "石桥交通专委会;石桥消防专委会"),
        ("晨溪镇", "晨溪镇镇长", "2023-05-25", "晨溪工贸专委会;晨溪消防专委会"),
    ):
        diary.add(
            "专委会检查",
            day(on),
            head,
            by=f"{town}应急办",
            role="带队",
            subjects=bodies,
            note="专题检查督查专委会工作",
        )
    # The mayor who left on 4 September had heard the third quarter's report.
    diary.add(
        "听取汇报",
        day("2022-08-24"),
        "石桥镇镇长",
        by="石桥镇应急办",
        role="听取",
        note="系统听取安全生产工作汇报",
    )
    diary.add(
        "赶赴现场",
        day("2022-11-08"),
        "石桥镇镇长",
        by="石桥镇应急办",
        role="带队",
        time="14:55",
        event="事故2022石桥",
        note="代镇长到场组织救援",
    )
    diary.add(
        "赶赴现场",
        day("2023-04-19"),
        "柳湾街道副主任",
        by="柳湾街道应急办",
        role="带队",
        time="10:05",
        event="事故2023柳湾",
        note="主任在党校学习，副主任到场",
    )
