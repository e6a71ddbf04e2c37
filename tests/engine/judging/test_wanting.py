"""Which duties an act may be for, and which of its words none of them asks for."""

from __future__ import annotations

import pytest

from engine.judging.verdict import Want
from engine.judging.wanting import duties_taking, owed_by, unasked
from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}


def office() -> Office:
    """A park with a village below it; 王 is head of both, 李 the park's deputy."""
    made = Office()
    made.unit("村", "村", parent="园区")
    made.staff("村长", "王", unit="村")
    made.appoint("王")
    made.staff("副主任", "李", "分管负责人")
    made.duty(MONTHLY, "heads", holder={"posts": "主要负责人", "units": {"type": "园区"}})
    made.duty(MONTHLY, "deputies", posts="分管负责人")
    made.duty(MONTHLY, "papers", posts="分管负责人", activity={"of_unit": True})
    made.duty(MONTHLY, "parks", units={"type": "园区"})
    made.duty(MONTHLY, "parks_below", units={"type": "园区"}, activity={"below": True})
    made.duty(MONTHLY, "meetings", units={"type": "园区"}, kind="会议")
    return made


@pytest.mark.parametrize(
    ("holder", "on_behalf_of", "duties"),
    [
        ("主任", None, ["heads", "parks", "parks_below"]),
        ("副主任", None, ["deputies", "papers", "parks", "parks_below"]),
        ("副主任", "主任", ["heads", "deputies", "papers", "parks", "parks_below"]),
        ("园区", None, ["papers", "parks", "parks_below"]),
        ("村长", None, ["heads", "parks", "parks_below"]),  # he is the park's head too
        ("村", None, ["parks_below"]),
    ],
)
def test_an_act_may_be_for_the_duties_of_whoever_did_it_and_of_his_unit(
    holder: str, on_behalf_of: str | None, duties: list[str]
) -> None:
    world = office().world("2024-07-01")
    owed = owed_by(world, holder, on_behalf_of)
    assert [duty.id for duty in duties_taking(world, "检查", owed)] == duties


def test_units_that_are_alike_have_the_same_duties() -> None:
    made = office()
    made.unit("甲村", "村", parent="园区")
    made.unit("乙村", "村", parent="园区")
    made.unit("丙村", "村", parent="园区", tags="高危")
    world = made.world("2024-07-01")
    one, same, other = (
        owed_by(world, unit, None).likeness(world) for unit in ["甲村", "乙村", "丙村"]
    )
    assert one == same != other


def asked_of(
    *activities: dict[str, object], role: str | None = None, **attributes: str
) -> list[Want]:
    """What nobody asks for of an act beside duties with these activities."""
    made = Office()
    for number, activity in enumerate(activities):
        made.duty(MONTHLY, f"d{number}", activity=activity)
    book = made.rulebook()
    return list(unasked(book.vocabulary, book.duties, role, tuple(attributes.items())))


def test_a_role_is_unasked_only_where_every_duty_asks_for_another() -> None:
    leads, hears = {"role": "带队"}, {"role": ["听取", "带队"]}
    assert asked_of(leads, hears, role="参加") == [Want("role", None, ("带队", "听取"), "参加")]
    assert asked_of(leads, hears, role="听取") == []
    assert asked_of(leads, {}, role="参加") == []
    assert asked_of(leads) == []
    assert asked_of(role="参加") == []


def test_a_value_is_unasked_where_a_duty_asks_for_others_and_no_word_lists_it() -> None:
    gas, oil = {"attributes": {"事项": "燃气"}}, {"attributes": {"事项": "成品油"}}
    assert asked_of(gas, oil, 事项="油") == [Want("attributes", "事项", ("燃气", "成品油"), "油")]
    assert asked_of(gas, oil, 事项="成品油") == []
    assert asked_of(gas, 主讲人="赵") == []
    assert asked_of({"attributes": {"方式": "暗访"}}, 方式="明查") == []
    assert asked_of({"attributes": {"方式": "暗访"}}, 方式="暗察") == [
        Want("attributes", "方式", ("暗访",), "暗察")
    ]
