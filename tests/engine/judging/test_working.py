"""What is required and how it came about are one: the figures of `why` come to the number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.judging.audit import Judged, judge_all, world_of
from engine.judging.explain import explain_judged
from engine.judging.verdict import ExemptReason
from engine.judging.world import World
from reports.jsonio import Json
from reports.why.words import why_text
from tests.helpers.adding_up import workings
from tests.helpers.small_world import Office
from tests.worlds.world_shapes import SHAPES
from tests.worlds.worlds import world_of_seed

EACH = 14
"""Worlds of each feature that every run looks at."""


def judged_of(seed: int, feature: str | None = None) -> tuple[World, list[Judged]]:
    """A random world, and everything that is judged in it."""
    made = world_of_seed(seed, feature)
    world = world_of(made.rulebook, made.records, made.as_of, made.span)
    return world, judge_all(world)


def test_a_quota_in_a_window_is_explained_as_it_is_judged() -> None:
    office = Office(holder=None)
    office.duty({"at_least": "2.5", "unit": "小时", "windows": {"each": ["国庆"]}})
    office.appoint("王", "2024-10-04")
    world = office.world("2024-10-08")
    one = next(x for x in office.judged("2024-10-08") if x.verdict.label == "2024/国庆")
    assert str(one.verdict.required) == "7/5"
    told = why_text(world, explain_judged(world, one), "en")
    assert "2.5 × 4 ÷ 7 days in force = 1.42…, half up: 1.4\n" in told


def shared_month(at_least: int, second: str, **said: str) -> list[Json]:
    """June of a post that 王 leaves to 李 on that day, as `why --json` tells it of both."""
    office = Office(holder=None)
    office.duty({"at_least": at_least, "per": "month", **said})
    before = date.fromisoformat(second) - timedelta(days=1)
    office.appoint("王", last=before.isoformat())
    office.appoint("李", second)
    told = workings(office.world("2024-07-01"), office.judged("2024-07-01"))
    june = [one for one in told if one["period"]["label"] == "2024-06"]
    return sorted(june, key=lambda one: one["window"]["first"])


@pytest.mark.parametrize(
    ("at_least", "second", "said", "owed"),
    [
        (1, "2024-06-16", {}, [(1, False), (0, True)]),  # a half rounds up, and nothing is left
        (3, "2024-06-16", {}, [(2, False), (1, True)]),
        (2, "2024-06-16", {}, [(1, False), (1, False)]),
        (3, "2024-06-11", {"tenure": "full"}, [(0, True), (3, False)]),
        (3, "2024-06-16", {"tenure": "full"}, [(0, True), (3, False)]),  # 李 is the smaller id
        (3, "2024-06-11", {"tenure": "excuse"}, [(0, False), (0, False)]),
    ],
)
def test_what_the_others_of_a_post_leave_is_told_of_whom_it_lowers(
    at_least: int, second: str, said: dict[str, str], owed: list[tuple[int, bool]]
) -> None:
    told = shared_month(at_least, second, **said)
    assert [(x["required"], x["working"]["left_by_others"]) for x in told] == owed


def test_a_rest_day_is_not_said_to_be_left_by_others() -> None:
    office = Office()
    office.duty({"at_least": 1, "per": "day"})
    told = workings(office.world("2024-06-10"), office.judged("2024-06-10"))
    sunday = next(one for one in told if one["period"]["label"] == "2024-06-09")
    assert (sunday["required"], sunday["reason"]) == (0, "holiday")
    assert not sunday["working"]["left_by_others"]


def test_a_gap_is_owed_whole_though_most_of_its_days_are_waived() -> None:
    office = Office(records_from="2024-03-01")
    office.duty({"every": "15 days", "reading": "rolling"})
    office.waive("2024-03-03", "2024-04-30")
    world, judged = office.world("2024-05-20"), office.judged("2024-05-20")
    (gap,) = workings(world, judged)
    assert (gap["state"], gap["required"]) == ("overdue", 1)
    assert (gap["working"]["days_waived"], gap["working"]["pro_rated"]) == (59, None)
    assert "half up" not in why_text(world, explain_judged(world, judged[0]), "en")


@pytest.mark.parametrize("feature", sorted(SHAPES))
def test_the_working_of_every_verdict_adds_up_in_random_worlds(feature: str) -> None:
    told = [one for seed in range(EACH) for one in workings(*judged_of(seed, feature))]
    assert len(told) > EACH


@given(st.integers(min_value=0, max_value=10**6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_working_of_every_verdict_adds_up_in_the_world_of_any_seed(seed: int) -> None:
    workings(*judged_of(seed))


def test_the_worlds_ask_for_every_way_from_n_to_what_is_required() -> None:
    told = [
        one
        for feature in ("count", "daily", "quota", "share", "coverage", "rolling")
        for seed in range(2 * EACH)
        for one in workings(*judged_of(seed, feature))
    ]
    assert {one["reason"] for one in told} == {None, *ExemptReason}
    assert any("no_roster" in one["flags"] for one in told)
    assert any(one["working"]["left_by_others"] for one in told)
    assert any(one["working"]["pro_rated"] and one["required"] % 1 for one in told)
