"""The smallest worlds in which a second implementation once came to other verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.factory_cli import cache  # noqa: F401
from tests.helpers.others import judged, read
from tests.helpers.sentences import sentence

pytestmark = pytest.mark.usefixtures("cache")


@sentence(
    (
        "a rolling gap is closed only by a make-up of its own label (by a successor: flag "
        "`by_successor`), and one of a label that is no gap's is an ordinary act for it"
    ),
)
def test_a_successors_make_up_of_a_month_closes_no_gap_of_his_predecessor(
    tmp_path: Path,
) -> None:
    found = {
        (one["person"], one["id"].rpartition("@")[2]): (one["state"], one["flags"])
        for one in judged(read("rolling_gap_closed_by_successors_make_up"), tmp_path)
    }
    state, flags = found["p1", "2024-03-01..2024-04-15"]
    assert state == "overdue"
    assert "by_successor" not in flags


@sentence(
    "nor for two holders of one post",
)
def test_a_successors_make_up_does_not_count_for_both(tmp_path: Path) -> None:
    found = judged(read("successors_make_up_counts_twice"), tmp_path)
    assert {one["person"]: one["done"] for one in found} == {"p1": 1, "p2": 0}


def test_two_events_of_one_day_are_two_obligations_with_two_ids(tmp_path: Path) -> None:
    found = judged(read("two_while_events_of_one_day"), tmp_path)
    march = {one["id"] for one in found if "2024-03-01.." in one["id"]}
    assert march == {f"doc.l.A@head/p1@{event}/2024-03-01..2024-03-31" for event in ("e1", "e2")}
    assert {one["state"] for one in found if one["id"] in march} == {"met"}


def test_an_act_on_behalf_of_a_vacant_post_is_not_the_posts(tmp_path: Path) -> None:
    (july,) = judged(read("on_behalf_of_a_vacant_post"), tmp_path)
    assert (july["person"], july["state"]) == (None, "overdue")
