"""What went otherwise in the made-up year: the stories that the demo's verdicts tell.

`TOLD` names what the habits leave out, because a story here says what happened instead.
"""

from __future__ import annotations

from samples.office_diary import Act, Diary, at, day
from samples.office_papers import papers, towns

TOLD = frozenset(
    {
        ("园区书记", "安全检查", "2022-11"),
        ("园区书记", "专题研究", "2022-Q4"),
        ("园区书记", "安委会会议", "2022-Q3"),
        ("园区主任", "安委会会议", "2022-Q3"),
        ("园区主任", "安委会会议", "2023-Q1"),
        ("园区主任", "安全检查", "2023-06"),
        ("园区主任", "专题研究", "2022-Q4"),
        ("园区分管副主任", "形势研判", "2023-02"),
        ("园区分管副主任", "形势研判", "2022-08"),
        ("园区分管副主任", "安全检查", "2023-05"),
        ("园区分管副主任", "形势研判", "2023-05"),
        ("园区副主任甲", "向主要负责人汇报", "2022-Q4"),
        ("园区副主任甲", "形势研判", "2022-12"),
        ("园区副主任甲", "安全检查", "2023-05"),
        ("园区副主任甲", "安全检查", "2023-01"),
        ("园区副主任甲", "安全检查", "2023-02"),
        ("园区副主任乙", "安全检查", "2023-02"),
        ("园区副主任乙", "安全检查", "2023-05"),
        ("园区副主任乙", "安全检查", "2023-06"),
        ("园区副主任丙", "形势研判", "2022-09"),
        ("园区副主任丙", "安全检查", "2022-11"),
        ("园区纪工委书记", "安全检查", "2022-09"),
        ("园区纪工委书记", "安全检查", "2022-10"),
        ("园区纪工委书记", "向主要负责人汇报", "2022-Q4"),
        ("园区纪工委书记", "形势研判", "2023-04"),
        ("安全生产部", "考核通报配合", "2022-10"),
        ("柳湾街道主任", "听取汇报", "2023-Q2"),
        ("石桥镇镇长", "听取汇报", "2022-Q3"),
    }
)


def correct(diary: Diary, act: Act, entered: str, **cells: str) -> Act:
    """The same record again with other values: a correction; `day` among `cells` moves it."""
    on = day(cells.pop("day")) if "day" in cells else act.day
    again = Act(act.kind, on, act.holder, at(entered), act.cells | cells, earlier=act)
    diary.acts.append(again)
    return again


def void_act(act: Act, when: str, why: str) -> None:
    """Strike a record out: it stays to be explained, and counts for nothing from then on."""
    act.cells |= {"voided_at": f"{when}:00", "voided_by": "汪小雨", "void_reason": why}


def changes_of_office(diary: Diary) -> None:
    """Handovers, the acting deputy, one person in two posts, and the post that stood empty."""
    # The old secretary did not inspect in November; the new one, 13 days in it, is not blamed.
    diary.add(
        "专题研究",
        day("2022-11-18"),
        "园区书记",
        person="周启明",
        role="主持",
        time="09:00",
        note="交接前专题研究安全生产工作，移交未办结事项3件",
    )
    diary.add(
        "教育培训",
        day("2022-12-30"),
        "企业服务中心主任",
        person="白露",
        role="组织",
        note="到任当天组织中心人员安全培训",
    )
    diary.add(
        "专题研究",
        day("2022-12-08"),
        "园区主任",
        role="主持",
        time="14:30",
        note="研究岁末年初安全防范，党工委、管委会联席",
    )
    # A stand-in from 8 May to 2 June: what the post did then is hers, unnamed or not.
    diary.add(
        "安全检查",
        day("2023-05-17"),
        "园区分管副主任",
        role="带队",
        time="09:30",
        subjects="锐新材料;天泽燃气",
        note="代理期间带队检查，发现问题3处",
    )
    diary.add(
        "形势研判",
        day("2023-05-29"),
        "园区分管副主任",
        person="何敏",
        role="组织",
        note="研判汛期和高温时段风险",
    )
    # Entered for a post that nobody held on that day.
    diary.add(
        "安全检查",
        day("2023-03-02"),
        "园区副主任丙",
        role="带队",
        subjects="澄光电子",
        note="副主任空缺期间由企业服务中心组织，误记为副主任带队",
    )


def committee(diary: Diary) -> None:
    """Who chaired the safety committee: on behalf of the director, and in his own name."""
    diary.add(
        "安委会会议",
        day("2022-08-16"),
        "园区书记",
        role="主持",
        time="09:00",
        note="三季度第一次全体会议",
    )
    diary.add(
        "安委会会议",
        day("2022-09-28"),
        "园区分管副主任",
        role="主持",
        time="15:00",
        on_behalf_of="园区主任",
        note="受沈立诚同志委托主持，部署国庆安全防范",
    )
    diary.add(
        "安委会会议",
        day("2023-03-08"),
        "园区分管副主任",
        role="主持",
        time="15:00",
        note="分管副主任主持，未记录受谁委托",
    )


def late_and_made_up(diary: Diary) -> None:
    """The deputy who forgot a quarter, reports that came late, and a record of another period."""
    diary.add(
        "向主要负责人汇报",
        day("2023-02-14"),
        "园区副主任甲",
        role="汇报",
        makes_up="2022-Q4",
        note="补四季度专题汇报，经提醒后补办",
    )
    diary.add(
        "形势研判",
        day("2023-01-05"),
        "园区副主任甲",
        role="组织",
        makes_up="2022-12",
        note="补12月形势研判",
    )
    diary.add(
        "向主要负责人汇报",
        day("2023-01-06"),
        "园区纪工委书记",
        role="汇报",
        for_period="2022-Q4",
        note="四季度履职专题汇报，因会期推迟到元旦后",
    )
    diary.add(
        "形势研判",
        day("2022-09-27"),
        "园区副主任丙",
        role="组织",
        entered=at("2022-10-24 10:12"),
        note="月底研判，出差返回后补录",
    )
    diary.add(
        "考核通报配合",
        day("2022-10-26"),
        "安全生产部",
        role="配合",
        entered=at("2022-11-21 16:40"),
        note="报送月考核材料，补登记",
    )
    for week, on in (("2022-W43", "2022-11-29"), ("2022-W44", "2022-11-30")):
        diary.add(
            "部门排查",
            day(on),
            "天泽燃气",
            by="天泽燃气安全员",
            role="组织",
            makes_up=week,
            note=f"恢复登记后补{week}部门周排查",
        )
    diary.add(
        "安全检查",
        day("2023-07-06"),
        "园区副主任乙",
        role="带队",
        subjects="捷运仓储",
        entered=at("2023-06-30 17:20"),
        proof=False,
        note="计划7月6日带队检查，提前登记",
    )


def mistakes_of_clerks(diary: Diary) -> None:
    """Wrong and missing roles, doubles, struck out and corrected records, evidence used twice."""
    diary.add(
        "安全检查",
        day("2022-09-14"),
        "园区纪工委书记",
        role="参加",
        subjects="恒泰化工",
        note="随园区书记检查",
    )
    diary.add(
        "形势研判",
        day("2023-02-22"),
        "园区分管副主任",
        role="参加",
        note="参加区里组织的形势研判会",
    )
    # June's inspection was done; the record leaves open in which role.
    diary.add(
        "安全检查",
        day("2023-06-20"),
        "园区主任",
        subjects="化工二期项目;恒泰化工",
        time="09:00",
        note="检查化工二期，角色待补",
    )
    wrong = diary.add(
        "安全检查",
        day("2022-10-12"),
        "园区纪工委书记",
        role="带队",
        subjects="百汇商贸",
        entered=at("2022-10-12 17:05"),
        note="登记到人有误",
    )
    void_act(wrong, "2022-10-17 09:10", "实为市场监管所检查，误登为园区领导")
    diary.add(
        "安全检查",
        day("2022-10-27"),
        "园区纪工委书记",
        role="带队",
        time="14:30",
        subjects="宏拓建设;标准厂房项目",
        note="工地脚手架检查，责令停工整改1处",
    )
    for number, moment in ((1, "2023-02-16 15:31"), (2, "2023-02-17 09:02")):
        diary.add(
            "安全检查",
            day("2023-02-16"),
            "园区副主任乙",
            role="带队",
            time="09:30",
            subjects="丰禾食品;捷运仓储",
            entered=at(moment),
            proof=False,
            evidence=f"检查记录202302-乙{number}",
            note="复工复产检查",
        )
    for month in ("01", "02"):
        diary.add(
            "安全检查",
            day(f"2023-{month}-15"),
            "园区副主任甲",
            role="带队",
            proof=False,
            evidence="照片甲-0115",
            subjects="标准厂房项目",
            note="工地检查",
        )
    moved = diary.add(
        "安全检查",
        day("2023-05-18"),
        "园区副主任甲",
        role="参加",
        subjects="污水厂提标项目",
        entered=at("2023-05-19 08:50"),
        note="污水厂有限空间作业检查",
    )
    correct(diary, moved, "2023-05-22 10:05", role="带队", day="2023-05-17")
    vague = diary.add(
        "形势研判",
        day("2022-08-23"),
        "园区分管副主任",
        role="参加",
        entered=at("2022-08-23 17:40"),
        note="月度研判",
    )
    clear = correct(diary, vague, "2022-08-25 09:15", role="组织", note="组织月度研判，记录更正")
    clear.supersedes = True


def tell(diary: Diary) -> None:
    """Enter all the stories."""
    for story in (
        changes_of_office,
        committee,
        late_and_made_up,
        mistakes_of_clerks,
        papers,
        towns,
    ):
        story(diary)
