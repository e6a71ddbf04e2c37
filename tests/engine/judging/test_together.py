"""What is laid out once for many, and judged only where it is asked for, stands as it does alone:
on random worlds of every kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from engine.judging.asked import AskedVerdicts
from engine.judging.audit import audit_of, default_span, is_arrear, is_in_span, judge_all, world_of
from engine.judging.in_force import Holder
from engine.judging.judge import judge_series
from engine.judging.owing import series_of
from engine.judging.verdict import Verdict
from engine.judging.world import World as EngineWorld
from engine.one_person import circle_of, judge_circle
from reports.leader.as_json import leader_json
from reports.leader.facts import leader_record
from rules.duty import Duty
from rules.frequency import Condition
from rules.model import Adjust
from rules.rulebook import Rulebook
from tests.helpers.small_world import Office, on
from tests.worlds.world_kinds import KINDS
from tests.worlds.worlds import World

SEED = 3
Asking = Callable[[], EngineWorld]
"""What reads a world anew, so that nothing of it is known yet."""


def with_twins(world: World) -> Rulebook:
    """The rules, each with one of the same measure and validity that selects others."""
    units = sorted(world.records.units.values(), key=lambda unit: unit.unit)
    conditions = [
        Condition(type=(units[-1].type,)),
        Condition.model_validate({"not": {"type": units[-1].type}}),
        *(Condition(tags=(tag.name,)) for unit in units for tag in unit.tags[:1]),
    ]
    duties: list[Duty] = []
    for one in world.rulebook.duties:
        for at, units_of in enumerate(conditions[:3]):
            holder = one.holder.model_copy(update={"units": units_of})
            named = {"id": f"{one.id}_{at}", "replaces": None, "holder": holder}
            duties.append(one.model_copy(update=named))
        duties.append(one)
    return replace(world.rulebook, duties=tuple(duties))


def alone(world: Asking) -> Iterator[Verdict]:
    """Every verdict, each post's or unit's under each duty where nothing else was ever asked."""
    whole = world()
    for one in whole.rulebook.duties:
        for own in (*whole.records.posts, *whole.records.units):

            def is_own(holder: Holder, own: str = own) -> bool:
                return own == (holder.post or holder.unit)

            apart = world()
            for series in series_of(apart, one, is_own):
                yield from (verdict for verdict, _ in judge_series(apart, series))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_many_share_is_what_each_owes_alone(kind: str) -> None:
    made = KINDS[kind](SEED)
    world = partial(world_of, with_twins(made), made.records, made.as_of, made.span)
    together = [one.verdict for one in judge_all(world())]
    assert together == sorted(alone(world), key=lambda one: one.id)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_asked_for_stands_as_among_all(kind: str) -> None:
    one = KINDS[kind](SEED)
    world = world_of(one.rulebook, one.records, one.as_of, one.span)
    span = one.span or default_span(one.as_of)
    judged = judge_all(world)
    every = [each.verdict for each in judged]
    asked = audit_of(world, judge_all(world, asked=AskedVerdicts(span, one.as_of)), span=span)
    assert list(asked.verdicts) == [each for each in every if is_in_span(each, span)]
    assert list(asked.arrears) == [each for each in every if is_arrear(each, span)]
    for person in sorted(one.records.people)[:2]:
        near = judge_circle(world, circle_of(world, [person]))
        told = [leader_json([leader_record(world, some, (), person)]) for some in (judged, near)]
        assert told[0] == told[1]


MEASURES: dict[str, dict[str, object]] = {
    "monthly": {"at_least": 3, "per": "month"},
    "ten_days": {"per": "ten_days"},
    "deadline": {"by": "2024-06-15"},
    "recurring": {"due": 15, "per": "month"},
    "rolling": {"every": "20 days", "reading": "rolling"},
    "coverage": {"each": {"type": "电梯"}, "per": "month"},
    "facts": {
        "at_least": 1,
        "per": "month",
        "variants": [{"when": {"facts": {"驻村": "是"}}, "at_least": 4, "per": "month"}],
    },
    "tags": {
        "at_least": 1,
        "per": "month",
        "variants": [{"when": {"tags": "高危"}, "at_least": 2, "per": "month"}],
    },
    "event": {"after": "事故", "within": "5 days"},
    "taking": {"after": "任职", "within": "10 days"},
    "term": {"at_least": 1, "per": "term_of_office"},
    "unclear": {"within": "to_be_ruled"},
}
"""What holders are asked who differ in one thing each."""


@pytest.mark.parametrize("measure", MEASURES)
def test_holders_who_differ_in_one_thing_are_not_taken_for_each_other(measure: str) -> None:
    office = Office(records_from="2024-05-22", holder=None)
    office.documents["moving"] = office.documents["doc"].model_copy(
        update={"id": "moving", "adjust": Adjust.NEXT_WORKDAY}
    )
    for at in range(3):
        office.unit(f"{at}镇", "乡镇", parent="园区", tags=("", "高危", "高危@2024-06-11")[at])
        office.subject(f"{at}梯", "电梯", unit=f"{at}镇")
        office.person(f"{at}人", **({"驻村": "是"} if at else {}))
    office.unit("2镇", "乡镇", parent="园区", tags="高危@2024-06-11", records_from="2024-06-11")
    office.event("一号", "2024-06-03", "事故", unit="1镇")
    days: list[tuple[str, str | None]] = [
        ("2023-01-01", None),
        ("2023-01-01", None),
        ("2024-06-11", None),
        ("2024-06-11", None),
        ("2023-01-01", "2024-06-10"),
        ("2023-01-01", None),
    ]
    for at, (first, last) in enumerate(days):
        for unit in range(3):
            post = office.post(f"{unit}{at}职", unit=f"{unit}镇")
            person = f"{unit}人" if at == 0 else office.person(f"{unit}{at}人")
            office.appoint(person, first, last if post != "01职" else "2024-05-31", post=post)
    office.appoint("01人", "2024-06-11", post="01职")
    office.waive("2024-06-01", "2024-06-10", "11职")
    office.waive("2024-06-01", "2024-06-10", "13职", person="13人")
    office.waive("2024-06-01", "2024-06-10", "15职", duty="again")
    office.person("代")
    office.appoint("代", "2024-06-01", "2024-06-10", post="05职", acting=True)
    office.appoint("04人", "2024-06-21", post="04职")
    office.act("2024-06-12", holder="11职", subjects=("1梯",))
    asked = MEASURES[measure]
    for key, units in (("tagged", {"tags": "高危"}), ("untagged", {"not": {"tags": "高危"}})):
        office.duty(asked, key, holder={"posts": "主要负责人", "units": units})
    for key, document in (("check", "doc"), ("again", "doc"), ("moved", "moving")):
        office.duty(asked, key, document=document)
    office.duties = [
        one.model_copy(update={"frequency": office.duties[0].frequency}) for one in office.duties
    ]
    world = partial(office.world, "2024-07-01")
    together = [one.verdict for one in judge_all(world())]
    assert together and together == sorted(alone(world), key=lambda one: one.id)


def test_units_below_a_window_of_their_own_are_not_taken_for_their_neighbours() -> None:
    office = Office()
    office.window("汛期", **{"from": "06-01", "to": "06-30"})
    office.window("汛期", unit="乙镇", **{"from": "06-11", "to": "06-20"})
    for unit in ("甲镇", "乙镇"):
        office.unit(unit, "乡镇", parent="园区")
        office.post(f"{unit}镇长", unit=unit)
    office.duty(
        {"per": "month"},
        holder={"posts": "主要负责人", "units": {"type": "乡镇"}},
        valid={"season": "汛期"},
    )
    found = [(one.post, one.first, one.last) for one in office.audit("2024-07-01").vacancies]
    assert found == [
        ("乙镇镇长", on("2024-06-11"), on("2024-06-20")),
        ("甲镇镇长", on("2024-06-01"), on("2024-06-30")),
    ]
