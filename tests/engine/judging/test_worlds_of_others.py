"""The smallest worlds in which a second implementation once came to other verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.factory_cli import cache  # noqa: F401
from tests.helpers.others import judged, read

pytestmark = pytest.mark.usefixtures("cache")


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


def test_a_successors_make_up_does_not_count_for_both(tmp_path: Path) -> None:
    found = judged(read("successors_make_up_counts_twice"), tmp_path)
    assert {one["person"]: one["done"] for one in found} == {"p1": 1, "p2": 0}
