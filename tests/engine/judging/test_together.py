"""What is laid out once for many, and judged only where it is asked for, stands as it does alone:
on random worlds of every kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.judging.asked import Asked
from engine.judging.audit import audit_of, default_span, is_arrear, is_in_span, judge_all, world_of
from engine.judging.judge import judge_series
from engine.judging.owing import series_of
from engine.judging.verdict import Verdict
from engine.one_person import circle_of, judge_circle
from reports.leader.as_json import leader_json
from reports.leader.facts import leader_record
from rules.duty import Duty
from rules.frequency import Condition
from rules.rulebook import Rulebook
from tests.helpers.small_world import Office, on
from tests.worlds.world_kinds import KINDS
from tests.worlds.worlds import World

SEED = 3


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
        duties.append(one)
        for at, units_of in enumerate(conditions[:3]):
            holder = one.holder.model_copy(update={"units": units_of})
            named = {"id": f"{one.id}_{at}", "replaces": None, "holder": holder}
            duties.append(one.model_copy(update=named))
    return replace(world.rulebook, duties=tuple(duties))


def alone(book: Rulebook, world: World) -> Iterator[Verdict]:
    """Every verdict, each unit's under each duty in a world where nothing else was ever asked."""
    whole = world_of(book, world.records, world.as_of, world.span)
    for one in whole.rulebook.duties:
        for unit in world.records.units:
            apart = world_of(book, world.records, world.as_of, world.span)
            for series in series_of(apart, one, lambda holder, unit=unit: holder.unit == unit):  # type: ignore[misc]
                yield from (verdict for verdict, _ in judge_series(apart, series))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_many_share_is_what_each_owes_alone(kind: str) -> None:
    world = KINDS[kind](SEED)
    book = with_twins(world)
    together = judge_all(world_of(book, world.records, world.as_of, world.span))
    assert [one.verdict for one in together] == sorted(alone(book, world), key=lambda one: one.id)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_asked_for_stands_as_among_all(kind: str) -> None:
    one = KINDS[kind](SEED)
    world = world_of(one.rulebook, one.records, one.as_of, one.span)
    span = one.span or default_span(one.as_of)
    judged = judge_all(world)
    every = [each.verdict for each in judged]
    asked = audit_of(world, judge_all(world, asked=Asked(span, one.as_of)), span=span)
    assert list(asked.verdicts) == [each for each in every if is_in_span(each, span)]
    assert list(asked.arrears) == [each for each in every if is_arrear(each, span)]
    for person in sorted(one.records.people)[:2]:
        near = judge_circle(world, circle_of(world, [person]))
        told = [leader_json([leader_record(world, some, (), person)]) for some in (judged, near)]
        assert told[0] == told[1]


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
