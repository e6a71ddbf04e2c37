"""A record that does not count is told what its duty asks for, and what it says instead."""

from __future__ import annotations

import pytest

from engine.judging.audit import judge_all
from reports.refusals import Refusals, refusal_word
from tests.helpers.small_world import Office

ASKS = {
    "role": {"role": ["主持", "组织"]},
    "matter": {"attributes": {"事项": ["安全生产培训"]}},
    "both": {"role": ["主持"], "attributes": {"事项": ["安全生产培训", "消防培训"]}},
    "subject": {"subjects": {"type": ["企业"], "tags": ["高危"]}},
}
THIRTY = {"least_amount": {"amount": 30, "unit": "分钟"}}
MEASURES = {
    "quota": {"at_least": 2, "unit": "台"},
    "least": {"at_least": 1, **THIRTY},
}


def told(key: str, lang: str, **said: object) -> list[str]:
    """Why one act of June does not count for the duty of that key."""
    office = Office(records_from="2024-06-01")
    office.duty(
        {"at_least": 1, "per": "month", **MEASURES.get(key, {})}, key, activity=ASKS.get(key, {})
    )
    office.subject("小店", "商店")
    act = office.act("2024-06-12", **said)
    world = office.world("2024-07-01")
    refusals = Refusals(world, judge_all(world))
    return [
        refusal_word(one, lang)
        for one in refusals.all_of(f"{key}@主任/王@2024-06")
        if one.activity.activity == act
    ]


BLANK_ROLE = "履职角色未填写，应为“主持”"
OTHER_MATTER = (("事项", "安全培训"),)


@pytest.mark.parametrize(
    ("key", "said", "zh", "en"),
    [
        (
            "role",
            {"role": "参加"},
            "履职角色应为“主持”或“组织”，写的是“参加”",
            "the role should be '主持' or '组织', and says '参加'",
        ),
        (
            "role",
            {},
            "履职角色未填写，应为“主持”或“组织”",
            "the role was left blank, and should be '主持' or '组织'",
        ),
        (
            "matter",
            {"attributes": OTHER_MATTER},
            "事项应为“安全生产培训”，写的是“安全培训”",
            "事项 should be '安全生产培训', and says '安全培训'",
        ),
        (
            "matter",
            {},
            "事项未填写，应为“安全生产培训”",
            "事项 was left blank, and should be '安全生产培训'",
        ),
        (
            "both",
            {"attributes": OTHER_MATTER},
            f"{BLANK_ROLE}；事项应为“安全生产培训”或“消防培训”，写的是“安全培训”",
            "the role was left blank, and should be '主持'; "
            "事项 should be '安全生产培训' or '消防培训', and says '安全培训'",
        ),
        (
            "both",
            {"attributes": (("事项", "消防培训"),)},
            BLANK_ROLE,
            "the role was left blank, and should be '主持'",
        ),
        (
            "subject",
            {"subjects": ("小店",)},
            "对象不符，应为企业（高危）",
            "the subjects should be 企业 and 高危",
        ),
        (
            "subject",
            {},
            "对象未填写，应为企业（高危）",
            "the subjects were left blank, and should be 企业 and 高危",
        ),
        (
            "quota",
            {"quantity": 3, "unit_of_quantity": "批次"},
            "计量单位应为“台”，写的是“批次”",
            "the unit of quantity should be '台', and says '批次'",
        ),
        (
            "quota",
            {"quantity": 3},
            "计量单位未填写，应为“台”",
            "the unit of quantity was left blank, and should be '台'",
        ),
        (
            "least",
            {"quantity": 20, "unit_of_quantity": "分钟"},
            "单次数量不足：每次不少于30分钟",
            "less than one act must be: at least 30 分钟 each time",
        ),
        (
            "least",
            {"quantity": 3, "unit_of_quantity": "台"},
            "计量单位应为“分钟”，写的是“台”",
            "the unit of quantity should be '分钟', and says '台'",
        ),
        (
            "least",
            {},
            "未填数量，每次不少于30分钟",
            "the quantity was left blank: at least 30 分钟 each time",
        ),
    ],
)
def test_what_is_asked_is_named_beside_what_was_written(
    key: str, said: dict[str, object], zh: str, en: str
) -> None:
    assert told(key, "zh", **said) == [zh]
    assert told(key, "en", **said) == [en]


def test_a_role_that_the_kind_implies_is_not_asked_for_again() -> None:
    office = Office(records_from="2024-06-01")
    asks = {"role": "听取", "attributes": {"事项": ["安全生产"]}}
    office.duty({"at_least": 1, "per": "month"}, "hear", kind="听取汇报", activity=asks)
    act = office.act("2024-06-12", kind="听取汇报")
    world = office.world("2024-07-01")
    (one,) = Refusals(world, judge_all(world)).all_of("hear@主任/王@2024-06")
    assert one.activity.activity == act
    assert refusal_word(one) == "事项未填写，应为“安全生产”"


def test_an_act_that_counts_for_its_own_matter_is_not_told_under_another_one() -> None:
    office = Office(records_from="2024-06-01")
    for key, matter in (("gas", "燃气"), ("oil", "成品油")):
        office.duty(
            {"at_least": 1, "per": "month"}, key, activity={"attributes": {"事项": [matter]}}
        )
    office.act("2024-06-12", id="a1", attributes=(("事项", "燃气"),))
    office.act("2024-06-13", id="a2", attributes=(("事项", "油"),))
    world = office.world("2024-07-01")
    refusals = Refusals(world, judge_all(world))
    oil = "oil@主任/王@2024-06"
    assert [one.activity.activity for one in refusals.all_of(oil)] == ["a1", "a2"]
    assert [one.activity.activity for one in refusals.telling(oil)] == ["a2"]
