"""Who or what a clause does not mean is not asked: the shipped rules on small offices.

Each case has a holder that the clause leaves out beside one that it means, so that nothing is held
to be left out only because nobody is asked at all.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from data.records import Appointment, Event, Person, Post, Records, Tag, Unit
from engine.judging.audit import judge_all, world_of
from rules.rulebook import Rulebook
from tests.helpers.factory_rules import shipped_rules


@cache
def book() -> Rulebook:
    return shipped_rules()


def unit(name: str, kind: str, tags: str = "", industry: str | None = None) -> Unit:
    marks = tuple(Tag(one) for one in tags.split(";") if one)
    return Unit(name, name, kind, tags=marks, industry=industry)


def asked(duty: str, *units: Unit, events: tuple[Event, ...] = (), post: str = "") -> set[str]:
    """Which of these units, or of their heads, owe the duty in some period, exempt or not."""
    posts = {one.unit: Post(f"{one.unit}长", one.unit, post) for one in units if post}
    records = Records(
        units={one.unit: one for one in units},
        posts={one.post: one for one in posts.values()},
        people={one.post: Person(one.post, one.post) for one in posts.values()},
        appointments=tuple(
            Appointment(one.post, one.post, date(2020, 1, 1)) for one in posts.values()
        ),
        activities=(),
        records_from=date(2021, 1, 1),
        events=events,
    )
    world = world_of(book(), records, date(2025, 3, 1), None)
    return {one.verdict.unit for one in judge_all(world, duties=frozenset([duty]))}


RACE = Event("漂流赛", "体育赛事", date(2025, 2, 1), units=("体育局",))
RISKY = Event("漂流赛", "高危险性体育赛事", date(2025, 2, 1), units=("漂流公司",))

CASES = {
    "makers and stores of dangerous chemicals, not their carriers": (
        "banan_2024.chemicals.build_prevention_system",
        [unit("储存公司", "企业", "危化许可", "危险化学品")],
        [
            unit("运输公司", "企业", "", "危险化学品"),
            unit("加油站", "企业", "危化许可;加油站", "危险化学品"),
            unit("票据公司", "企业", "危化许可;票据式经营", "危险化学品"),
            unit("建材厂", "企业", "危化许可", "建材"),
        ],
    ),
    "party committees of cities and counties, not the province's": (
        "responsibility_2023.party.hear_reports",
        [unit("县委常委会", "党委常委会", "市县")],
        [unit("省委常委会", "党委常委会"), unit("县政府", "区县", "市县")],
    ),
    "governments at every level, not the office of a subdistrict": (
        "responsibility_2023.government.issue_leaders_list",
        [unit("石桥镇", "镇街"), unit("示例区", "区县"), unit("示例省", "省")],
        [unit("柳湾街道", "镇街", "街道"), unit("应急局", "部门")],
    ),
    "goals are the province's, which made the document": (
        "responsibility_2023.goals.issue_basic_rules",
        [unit("示例省", "省")],
        [unit("示例市", "市"), unit("示例区", "区县")],
    ),
    "towns, subdistricts and parks, not a county": (
        "town_2021.principal.issue_year_plan",
        [unit("石桥镇", "镇街"), unit("示例园区", "园区")],
        [unit("示例区", "区县"), unit("石桥村", "村")],
    ),
    "local police stations, not the district's bureau": (
        "banan_2024.public_security.hold_weekly_meeting",
        [unit("石桥派出所", "派出所")],
        [unit("公安分局", "部门", "区公安分局")],
    ),
    "sections that report, not the one that gathers the reports": (
        "banan_2024.culture_tourism.report_monthly",
        [
            unit("艺术科", "科室", "", "文化旅游"),
            unit("图书馆", "公共文化单位", "委属单位", "文化旅游"),
        ],
        [unit("市场管理科", "科室", "市场管理科", "文化旅游")],
    ),
    "bodies of the urban management bureau, not the section that they report to": (
        "banan_2024.city_management.report_monthly",
        [unit("园林所", "局属单位", "区城市管理局")],
        [unit("市政绿化安全科", "科室", "区城市管理局;市政绿化安全科")],
    ),
    "the bureau of sports before a race, not its organiser": (
        "banan_2024.sports.assess_before_event",
        [unit("体育局", "部门", "区体育局")],
        [unit("漂流公司", "企业", "", "体育")],
    ),
}
POSTS = {"town_2021.principal.issue_year_plan": "行政主要负责人"}


@pytest.mark.parametrize(("duty", "meant", "others"), CASES.values(), ids=list(CASES))
def test_who_a_clause_does_not_mean_is_not_asked(
    duty: str, meant: list[Unit], others: list[Unit]
) -> None:
    found = asked(duty, *meant, *others, events=(RACE, RISKY), post=POSTS.get(duty, ""))
    assert found == {one.unit for one in meant}


def test_a_post_of_another_class_is_not_asked() -> None:
    duty, park = "park_2022.principal.issue_leaders_list", unit("示例园区", "园区")
    assert asked(duty, park, post="主要负责人") == {"示例园区"}
    assert asked(duty, park, post="分管负责人") == set()


def test_a_risky_race_of_somebody_else_is_not_asked_of_a_business() -> None:
    mine, other = unit("漂流公司", "企业", "", "体育"), unit("游泳馆", "企业", "", "体育")
    duty = "banan_2024.sports.lead_check_before_event"
    holders = asked(duty, mine, other, events=(RISKY,), post="主要负责人")
    assert holders == {"漂流公司"}
