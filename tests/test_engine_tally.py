"""The counted and the judged verdicts together are those of the exact path alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, time

import numpy as np
import pytest
from worlds import world_of_seed

from data.flags import UNUSUAL, Flag
from data.records import Activity, Records
from engine.audit import run_audit
from engine.columns import checksum_of
from engine.fast import audit_summary
from engine.paths import counts_plainly
from engine.periods import Period
from engine.tally import Batch, Grid, grouped_classes, summed, tally
from engine.templates import ActClass
from engine.verdict import State
from rules.rulebook import Rulebook

FEATURES = ("count", "daily", "range", "variants")


class MemoryFeed:
    """The acts of some records, as a store would tell of them."""

    def __init__(self, records: Records, batch: int = 7) -> None:
        self.acts = records.activities
        self.batch = batch
        self.holders = {
            holder: number for number, holder in enumerate(sorted({a.holder for a in self.acts}))
        }
        self._classes: dict[tuple[str, str | None, tuple[tuple[str, str], ...]], int] = {}
        for act in self.acts:
            self._classes.setdefault((act.kind, act.role, act.attributes), len(self._classes))

    def classes(self) -> Sequence[ActClass]:
        return [(number, *one) for one, number in self._classes.items()]

    def _alike(self, act: Activity) -> tuple[object, ...]:
        return (act.holder, act.day, act.kind, act.person, act.time, bool(act.subjects),
                act.quantity is None)  # fmt: skip

    def flags(self, act: Activity) -> int:
        if act.standing != "live":
            return Flag.VOIDED.value
        same = [a for a in self.acts if a.standing == "live" and self._alike(a) == self._alike(act)]
        return (
            (Flag.NAMED.value if act.for_period or act.event else 0)
            | (Flag.MAKES_UP.value if act.makes_up else 0)
            | (Flag.TWIN.value if len(same) > 1 else 0)
        )

    def stream(self, first: date, last: date) -> Iterator[Batch]:
        rows = [
            (
                self.holders[act.holder],
                self._classes[act.kind, act.role, act.attributes],
                act.day.toordinal(),
                self.flags(act),
            )
            for act in self.acts
            if first <= act.day <= last
        ]
        for low in range(0, len(rows), self.batch):
            yield Batch(*np.array(rows[low : low + self.batch], dtype=np.int64).T)

    def unusual(self) -> Collection[int]:
        return {self.holders[act.holder] for act in self.acts if self.flags(act) & UNUSUAL}

    def named(self) -> Collection[tuple[int, str]]:
        return {(self.holders[act.holder], act.person) for act in self.acts if act.person}

    def load(self, holders: Collection[str]) -> Sequence[Activity]:
        return [act for act in self.acts if act.holder in holders]


def held_equal(rulebook: Rulebook, records: Records, as_of: date, span: Period) -> int:
    """Holds both ways against each other; gives how many verdicts were counted."""
    exact = run_audit(rulebook, records, as_of, span=span)
    register = replace(records, activities=())
    fast = audit_summary(rulebook, register, MemoryFeed(records), as_of, span=span)
    assert fast.verdicts == len(exact.verdicts)
    assert fast.summary == exact.summary
    assert fast.arrears == len(exact.arrears)
    told = {line.id: line for line in fast.lines(lambda state: True)}
    by_id = {verdict.id: verdict for verdict in exact.verdicts}
    for name, line in told.items():
        verdict = by_id[name]
        assert (line.state, line.required, line.done, line.days_overdue) == (
            verdict.state,
            verdict.required,
            verdict.done,
            verdict.days_overdue,
        ), name
    for verdict in fast.exact_in_span:
        twin = by_id[verdict.id]
        assert (verdict.state, verdict.required, verdict.done) == (
            twin.state,
            twin.required,
            twin.done,
        ), verdict.id
    assert fast.checksum == checksum_of(exact.verdicts)
    return len(told)


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


def _one_cell() -> Grid:
    zero = np.zeros(1, dtype=np.int64)
    return Grid(zero, zero, (10, 20), rows=1, groups=1)


@pytest.mark.parametrize("acts", [255, 256, 257, 65_536, 70_000])
def test_more_acts_than_a_cell_holds_are_counted_anew_in_a_wider_one(acts: int) -> None:
    column = np.zeros(acts, dtype=np.int64)
    batch = Batch(column, column, column + 12, column)
    made = tally(lambda: [batch], [_one_cell()], first=10, last=19, dead=1, unusual=4)
    assert int(made.cells[0][0, 0, 0]) == acts
    assert int(summed(made.cells[0], (0,), [(0, 1)])[0]) == acts


def test_acts_of_other_holders_classes_and_days_go_to_no_cell() -> None:
    grid = Grid(np.array([0, -1]), np.array([-1, 0]), (10, 15), rows=1, groups=1)
    rows = [
        (0, 1, 10, 0),
        (0, 1, 14, 0),
        (1, 1, 12, 0),
        (0, 0, 12, 0),
        (0, 1, 15, 0),
        (0, 1, 12, 1),
    ]
    batch = Batch(*np.array(rows, dtype=np.int64).T)
    made = tally(lambda: [batch], [grid], first=10, last=19, dead=1, unusual=4)
    assert made.cells[0].tolist() == [[[2]]]


def test_a_standing_act_with_an_unusual_flag_marks_its_holder() -> None:
    grid = Grid(np.array([0, 1]), np.array([0]), (10, 20), rows=2, groups=1)
    batch = Batch(*np.array([(0, 0, 12, 4 | 1), (1, 0, 12, 4)], dtype=np.int64).T)
    made = tally(lambda: [batch], [grid], first=10, last=19, dead=1, unusual=4)
    assert made.unusual.tolist() == [False, True]


def test_classes_that_the_same_duties_accept_are_one_group() -> None:
    accepted = np.array([[True, True, False, False], [False, False, False, True]])
    groups, by_duty = grouped_classes(accepted)
    assert groups.tolist() == [0, 0, -1, 1]
    assert by_duty == ((0,), (1,))


def test_the_checksum_tells_a_changed_state_apart() -> None:
    for seed in range(20):
        world = world_of_seed(seed, "count")
        verdicts = run_audit(world.rulebook, world.records, world.as_of, span=world.span).verdicts
        if verdicts:
            break
    changed = [replace(verdicts[0], state=State.TO_BE_RULED), *verdicts[1:]]
    assert checksum_of(verdicts) == checksum_of(reversed(verdicts)) != checksum_of(changed)
