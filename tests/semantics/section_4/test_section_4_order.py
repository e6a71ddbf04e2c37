"""SEMANTICS, section 4, the table: the first test that fails is the reason."""

from __future__ import annotations

from typing import Any

import pytest

from engine.judging.verdict import Reason
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}
JULY = "2024-07-01"


def june(office: Office, **said: Any) -> dict[str, str]:
    """Why acts do not count for June on the first of July."""
    return office.why("2024-06", JULY, **said)


def office_with(frequency: Any = None, **said: Any) -> Office:
    office = Office()
    office.duty(frequency or MONTHLY, **said)
    return office


def staircase() -> list[tuple[str, dict[str, Any]]]:
    """Acts of which each passes one test more than the one before, with the reason to expect."""
    wrong: dict[str, Any] = {
        "day": "2024-06-25",
        "holder": "副主任",
        "kind": "会议",
        "role": "参加",
        "attributes": (("方式", "暗访"),),
        "subjects": ("乙",),
        "quantity": 1,
        "unit_of_quantity": "家",
        "on_behalf_of": "主任",
        "makes_up": "2024-05",
        "standing": "voided",
    }
    mended = [
        ("voided", {}),
        ("superseded", {"standing": "superseded"}),
        ("future", {"standing": "not_known_yet"}),
        ("not_known_yet", {"day": "2024-06-09"}),
        ("delegation_not_allowed", {"standing": "live", "day": "2024-06-12"}),
        ("kind", {"holder": "主任", "on_behalf_of": None, "person": "王", "day": "2024-06-09"}),
        ("role", {"kind": "检查"}),
        ("attribute", {"role": "带队"}),
        ("subject", {"attributes": (("方式", "明查"),)}),
        ("unit", {"subjects": ("甲",)}),
        ("outside_tenure", {"unit_of_quantity": "台", "makes_up": None}),
        ("evidence", {"day": "2024-06-12"}),
    ]
    found = []
    for reason, change in mended:
        wrong = {**wrong, **change}
        found.append((reason, wrong))
    return found


@sentence(
    "The tests run in this order; the first that fails is the reason",
)
@pytest.mark.parametrize(("reason", "said"), staircase(), ids=[r for r, _ in staircase()])
def test_the_first_test_that_fails_is_the_reason(reason: str, said: dict[str, Any]) -> None:
    office = Office()
    office.duty(
        {"at_least": 2, "per": "month", "unit": "台"},
        activity={
            "role": "带队",
            "attributes": {"方式": "明查"},
            "subjects": {"tags": "高危"},
            "evidence": True,
        },
    )
    office.appoint("王", "2024-06-10")
    office.staff("副主任", "李", "分管负责人")
    office.subject("甲", tags="高危")
    office.subject("乙")
    row = dict(said)
    standing = row.pop("standing")
    name = office.act(row.pop("day"), id="it", **row)
    office.change(name, standing=standing)
    assert office.why("2024-06", "2024-06-20") == {"it": reason}


@sentence(
    "The tests run in this order; the first that fails is the reason",
)
def test_whose_act_it_is_comes_before_its_manner() -> None:
    office = office_with(activity={"role": "带队"})
    office.staff("副主任", "李", "分管负责人")
    office.act("2024-06-12", id="it", holder="副主任", role="参加")
    assert june(office) == {"it": "holder"}


@sentence(
    "The tests run in this order; the first that fails is the reason",
)
def test_tenure_comes_before_validity() -> None:
    office = office_with(valid={"first": "2024-06-05"})
    office.appoint("王", "2024-06-05")
    office.act("2024-06-04", id="it", person="王")
    assert june(office) == {"it": "outside_tenure"}


@sentence(
    "The tests run in this order; the first that fails is the reason",
)
def test_the_period_comes_before_the_evidence() -> None:
    office = office_with(activity={"evidence": True})
    office.act("2024-06-28", id="it", for_period="2024-07")
    assert june(office) == {"it": "outside_period"}


@sentence(
    "The tests run in this order; the first that fails is the reason",
)
def test_the_evidence_comes_before_the_twin() -> None:
    office = office_with({"at_least": 2, "per": "month"}, activity={"evidence": True})
    office.act("2024-06-12", id="shown", evidence=("照片",))
    office.act("2024-06-12", id="bare")
    assert june(office) == {"bare": "evidence"}


@sentence(
    "The tests run in this order; the first that fails is the reason",
)
def test_the_evidence_comes_before_what_was_used_elsewhere() -> None:
    windows = {"at_least": 1, "windows": {"each": ["汛期", "国庆"]}}
    office = office_with(windows, activity={"evidence": True})
    office.act("2024-10-03", id="bare")
    assert office.why("2024/国庆", "2024-12-01") == {"bare": "evidence"}
    assert office.why("2024/汛期", "2024-12-01") == {"bare": "evidence"}


@sentence(
    "The tests run in this order; the first that fails is the reason",
)
def test_the_codes_stand_in_the_order_of_the_table() -> None:
    table = (
        "voided superseded future not_known_yet holder delegation_not_allowed kind role attribute "
        "subject unit outside_tenure not_in_force outside_period make_up_elsewhere other_event "
        "evidence too_small duplicate too_soon used_elsewhere"
    )
    assert tuple(table.split()) == tuple(Reason)


@sentence(
    "An explanation lists what counted and what did not, with the code",
)
def test_an_explanation_lists_what_counted_and_what_did_not() -> None:
    office = office_with(activity={"role": "带队"})
    office.act("2024-06-03", id="joined", role="参加")
    office.act("2024-06-04", id="led", role="带队")
    office.act("2024-06-05", id="met", kind="会议")
    assert office.counted("2024-06", JULY) == ["led"]
    assert june(office) == {"joined": "role", "met": "kind"}
