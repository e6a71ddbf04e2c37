"""What is said beside a judgement that would mislead, and what is not judged at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.factory_cli import HEARD, PARK, cache, call, db, good, refused, write

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")


def adopting(tmp_path: Path, *documents: str) -> Path:
    """A store of the park, which adopted these documents."""
    rows = [["document", "unit"], *([one, "园区"] for one in documents)]
    path = tmp_path / "adopting.db"
    call("import", write(tmp_path / "in", {**PARK, "adoptions": rows}), "--db", path)
    return path


def test_nothing_is_judged_by_rules_that_the_office_never_adopted(tmp_path: Path) -> None:
    path, record = adopting(tmp_path, "own_2024"), ("--kind", "专题研究", "--holder", "主任")
    journal = good("journal", "--db", path).out
    for asked in (
        ("audit", "--as-of", "2022-10-10"),
        ("today", "--as-of", "2022-10-10"),
        ("leader", "李四"),
        ("why", HEARD),
        ("why", "张三"),
        ("alerts", "--as-of", "2022-10-10"),
        ("handover", "主任", "--on", "2022-11-16"),
        ("changes", "--since", "2022-10-10", "--as-of", "2022-11-10"),
        ("record", "--day", "2022-11-10", *record),
        ("void", "activities", "a1", "--reason", "r"),
    ):
        told = refused(*asked, "--db", path)
        assert told.startswith(
            "--rules: none of the documents that the office adopted is among these rules: own_2024"
        ), asked
        assert "--rules; here are" in told
    assert good("journal", "--db", path).out == journal
    # What was adopted by mistake can be taken back, and what no duty asks for.
    good("void", "settings", "phone", "--reason", "r", "--db", path)
    good("void", "adoptions", "own_2024", "园区", "--reason", "r", "--db", path)
    rows = [["document", "unit"], ["park_2022", "园区"]]
    good("import", write(tmp_path / "right", {"adoptions": rows}), "--db", path)
    good("why", HEARD, "--as-of", "2022-10-10", "--db", path)


def test_what_was_adopted_and_is_not_among_the_rules_is_said(tmp_path: Path) -> None:
    path = adopting(tmp_path, "park_2022", "own_2024")
    said = call("audit", "--as-of", "2022-10-10", "--db", path)
    assert said.code < 2
    assert said.err.startswith("not judged by own_2024: adopted, but not among the rules")


def test_a_day_to_come_is_judged_with_a_caution(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.context.now", lambda: datetime(2022, 12, 20, 1, tzinfo=UTC))
    for asked in (("audit",), ("leader", "李四"), ("alerts",), ("today",),
                  ("notices", "--out", str(tmp_path / "n"))):  # fmt: skip
        words = (*asked, "--db", db)
        assert "still to come" not in call(*words, "--as-of", "2022-12-20").err
        assert call(*words, "--as-of", "2022-12-21").err.startswith("2022-12-21 is still to come")
