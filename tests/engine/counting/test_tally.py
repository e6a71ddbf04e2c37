"""The counted and the judged verdicts together are those of the exact path alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from data.records import Records
from engine.calendar.periods import Period, months_from
from engine.counting.eligible import counts_plainly
from engine.counting.fast import audit_summary
from engine.counting.tally import TallyAxes, grouped_classes, summed, tally
from engine.counting.verdict_columns import STATES, FastAudit
from engine.judging.verdict import State
from reports.audit.overview import MOST_LINES, overview_from_columns, overview_of
from reports.names import Names
from rules.frequency import LeastAmount
from rules.model import Length
from rules.rulebook import Rulebook
from tests.helpers.audited import audited
from tests.helpers.memory_feed import MemoryFeed
from tests.helpers.small_world import Office
from tests.worlds.worlds import world_of_seed

FEATURES = ("count", "daily", "range", "variants")


def told_in_columns(fast: FastAudit) -> dict[str, tuple[State, Fraction, int]]:
    """State, required and done of each counted verdict of the span, by its id."""
    return {
        block.id_of(column, fast.lone[row]): (
            STATES[int(column.state[at])],
            column.one.required,
            int(column.done[at]),
        )
        for block, column in fast.in_span
        for at, row in enumerate(block.rows.tolist())
    }


def held_equal(rulebook: Rulebook, records: Records, as_of: date, span: Period) -> int:
    """Holds both ways against each other; gives how many verdicts were counted."""
    exact = audited(rulebook, records, as_of, span=span)
    register = replace(records, activities=())
    fast = audit_summary(rulebook, register, MemoryFeed(records), as_of, span=span)
    counted = told_in_columns(fast)
    judged = {one.id: (one.state, one.required, one.done) for one in fast.exact_in_span}
    assert not counted.keys() & judged.keys()
    assert {**counted, **judged} == {
        one.id: (one.state, one.required, one.done) for one in exact.verdicts
    }
    names = Names(records, rulebook.vocabulary)
    for most in (1, MOST_LINES):
        whole = overview_of(exact, names, most)
        assert overview_from_columns(fast, names, most) == whole
    return len(counted)


@pytest.mark.parametrize("feature", FEATURES)
def test_duties_that_take_the_units_acts_are_judged_and_not_counted(feature: str) -> None:
    for seed in range(8):
        world = world_of_seed(seed, feature)
        (duty,) = world.rulebook.duties
        assert duty.activity is not None
        rule = duty.activity.model_copy(update={"of_unit": True})
        rules = replace(world.rulebook, duties=(duty.model_copy(update={"activity": rule}),))
        assert held_equal(rules, world.records, world.as_of, world.span) == 0


@pytest.mark.parametrize("feature", FEATURES)
def test_counted_and_judged_verdicts_are_those_of_the_exact_path(feature: str) -> None:
    for seed in range(30):
        world = world_of_seed(seed, feature)
        held_equal(world.rulebook, world.records, world.as_of, world.span)


def simplified(rulebook: Rulebook) -> Rulebook:
    """The same rules without what sends them the exact way; their measures stay."""
    duties = []
    for duty in rulebook.duties:
        rule = duty.activity
        assert rule is not None
        keys = {"delegate": (), "evidence": False, "subjects": None, "below": False}
        whose = duty.holder.model_copy(update={"joint": "each_of"})
        plain = {"grace": 0, "except_": ()}
        measure = duty.frequency.model_copy(update=plain)
        variants = tuple(one.model_copy(update=plain) for one in measure.variants)
        duties.append(
            duty.model_copy(
                update={
                    "activity": rule.model_copy(update=keys),
                    "holder": whose,
                    "frequency": measure.model_copy(update={"variants": variants}),
                }
            )
        )
    return replace(rulebook, duties=tuple(duties))


@pytest.mark.parametrize("feature", FEATURES)
def test_a_world_of_lone_plain_holders_is_counted(feature: str) -> None:
    counted = 0
    for seed in range(30):
        world = world_of_seed(1000 + seed, feature)
        first = {row.post: row for row in reversed(world.records.appointments)}
        lone = {row.person: row for row in first.values()}.values()
        records = replace(
            world.records,
            appointments=tuple(
                replace(row, first=date(2020, 1, 1), last=None, acting=False) for row in lone
            ),
            # A time of its own keeps each act from being another's double.
            activities=tuple(
                replace(
                    act,
                    person=None,
                    for_period=None,
                    makes_up=None,
                    event=None,
                    time=time(at // 60, at % 60),
                )
                for at, act in enumerate(world.records.activities)
            ),
            waivers=(),
        )
        rulebook = simplified(world.rulebook)
        assert counts_plainly(rulebook.duties[0])
        counted += held_equal(rulebook, records, world.as_of, world.span)
    assert counted > 40


def test_whatever_the_feature_both_ways_agree() -> None:
    for seed in range(40):
        world = world_of_seed(5000 + seed)
        held_equal(world.rulebook, world.records, world.as_of, world.span)


def test_results_and_quotas_are_never_counted() -> None:
    for feature in ("quota", "recurring", "coverage", "rolling", "window", "nested"):
        for seed in range(5):
            duties = world_of_seed(seed, feature).rulebook.duties
            assert not counts_plainly(duties[0]), feature


@pytest.mark.parametrize(
    "said",
    [
        {"distinct": "days"},
        {"distinct": "subjects"},
        {"least_amount": LeastAmount(amount=Decimal(2), unit="times")},
        {"least_interval": Length(count=9, unit="days")},
        {"counts_on": "first"},
    ],
    ids=lambda said: next(iter(said)),
)
def test_what_is_said_of_a_single_act_is_judged_act_by_act(said: dict[str, Any]) -> None:
    for seed in range(8):
        world = world_of_seed(seed, "count")
        (duty,) = world.rulebook.duties
        part, name = (
            (duty.activity, "activity") if "counts_on" in said else (duty.frequency, "frequency")
        )
        assert part is not None
        duty = duty.model_copy(update={name: part.model_copy(update=said)})
        assert not counts_plainly(duty)
        rulebook = replace(world.rulebook, duties=(duty,))
        held_equal(rulebook, world.records, world.as_of, world.span)


def _one_cell() -> TallyAxes:
    zero = np.zeros(1, dtype=np.int64)
    return TallyAxes(zero, zero, (10, 20), rows=1, groups=1)


@pytest.mark.parametrize("acts", [255, 256, 257, 65_536, 70_000])
def test_more_acts_than_a_cell_holds_are_counted_anew_in_a_wider_one(acts: int) -> None:
    column = np.zeros(acts, dtype=np.int64)
    batch = (column, column, column + 12, column)
    made = tally(lambda: [batch], [_one_cell()], first=10, last=19, dead=1, unusual=4)
    assert int(made.cells[0][0, 0, 0]) == acts
    assert int(summed(made.cells[0], (0,), [(0, 1)])[0]) == acts


def test_acts_of_other_holders_classes_and_days_go_to_no_cell() -> None:
    grid = TallyAxes(np.array([0, -1]), np.array([-1, 0]), (10, 15), rows=1, groups=1)
    rows = [
        (0, 1, 10, 0),
        (0, 1, 14, 0),
        (1, 1, 12, 0),
        (0, 0, 12, 0),
        (0, 1, 15, 0),
        (0, 1, 12, 1),
    ]
    batch = tuple(np.array(rows, dtype=np.int64).T)
    made = tally(lambda: [batch], [grid], first=10, last=19, dead=1, unusual=4)
    assert made.cells[0].tolist() == [[[2]]]


def test_a_standing_act_with_an_unusual_flag_marks_its_holder() -> None:
    grid = TallyAxes(np.array([0, 1]), np.array([0]), (10, 20), rows=2, groups=1)
    batch = tuple(np.array([(0, 0, 12, 4 | 1), (1, 0, 12, 4)], dtype=np.int64).T)
    made = tally(lambda: [batch], [grid], first=10, last=19, dead=1, unusual=4)
    assert made.unusual.tolist() == [False, True]


def test_classes_that_the_same_duties_accept_are_one_group() -> None:
    accepted = np.array([[True, True, False, False], [False, False, False, True]])
    groups, by_duty = grouped_classes(accepted)
    assert groups.tolist() == [0, 0, -1, 1]
    assert by_duty == ((0,), (1,))


def test_evidence_that_another_unit_used_too_is_told_of_what_a_page_lists() -> None:
    office = Office(records_from="2024-05-01")
    office.duty({"at_least": 2, "per": "month"})
    office.unit("邻镇")
    office.post("邻镇长", unit="邻镇")
    office.appoint("邻", "2023-01-01", post="邻镇长")
    office.act("2024-05-12", evidence=("照片1", "照片2"))
    # Who has done all is on no line, and his acts are not read again.
    office.act("2024-05-13", holder="邻镇长", evidence=("照片2",))
    office.act("2024-05-20", holder="邻镇长")
    records, as_of = office.records(), date(2024, 6, 1)
    assert held_equal(office.rulebook(), records, as_of, months_from(2024, 5)) == 2
    feed = MemoryFeed(records)
    register = replace(records, activities=())
    fast = audit_summary(office.rulebook(), register, feed, as_of)
    lines = overview_from_columns(fast, Names(records)).overdue.lines
    assert [(line[0].post, "evidence_reused" in line[0].flags) for line in lines] == [
        ("主任", True)
    ]
