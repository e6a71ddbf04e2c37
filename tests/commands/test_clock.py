"""Clocks that run wrong, and numbers larger than any there is, as somebody meets them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.factory_cli import cache, call, contents, db, good, refused

__all__ = ["cache", "db"]

VAST = ["99999999999999999999", "9" * 400]
RECORD = ("record", "--kind", "安全检查", "--day", "2022-10-01", "--holder", "主任")


def clock_at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    told = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    monkeypatch.setattr("commands.context.now", lambda: told)


@pytest.mark.parametrize("moment", ["1970-01-01", "0001-01-01", "2300-01-01", "9999-12-31T23:59"])
def test_a_clock_that_cannot_be_right_dates_nothing(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    before = contents(db, tmp_path / "before")
    clock_at(monkeypatch, moment)
    told = refused(*RECORD, "--db", db)
    assert told.startswith(f"clock: the clock of this machine says {moment[:10]}")
    assert refused("init", "--db", tmp_path / "new.db") == told
    assert not (tmp_path / "new.db").exists()
    assert contents(db, tmp_path / "after") == before


def test_a_clock_that_was_set_back_is_seen_in_the_journal(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock_at(monkeypatch, "2100-05-20T09:00")
    good(*RECORD, "--activity", "b1", "--db", db)
    assert "a clock was set back" not in good("verify", "--db", db).out
    clock_at(monkeypatch, "2099-01-01T09:00")
    good(*RECORD, "--activity", "b1", "--role", "带队", "--db", db)
    said = good("verify", "--db", db).out
    assert "1 entries are dated before the one before them: a clock was set back\n" in said
    # The correction holds all the same: versions are in the order in which they came.
    assert "带队" in good("journal", "--entry", "4", "--db", db).out


@pytest.mark.parametrize("vast", VAST)
@pytest.mark.parametrize(
    "line", [("journal", "--entry"), ("audit", "--again"), ("journal", "--entry=-1", "--last")]
)
def test_a_number_that_no_entry_has_is_told(db: Path, line: tuple[str, ...], vast: str) -> None:
    assert "is not in the range" in refused(*line, vast, "--db", db)


@pytest.mark.parametrize("vast", VAST)
@pytest.mark.parametrize("option", ["--quantity", "--makes-up", "--for-period", "--first-day"])
def test_a_vast_number_in_a_cell_is_taken_or_told(db: Path, option: str, vast: str) -> None:
    said = call(*RECORD, option, vast, "--db", db)
    assert said.code == (0 if option == "--quantity" and len(vast) < 30 else 2)
    assert "Traceback" not in said.err
    found = call("audit", "--as-of", "2022-10-10", "--json", "--db", db)
    assert found.data["as_of"] == "2022-10-10"
    assert call("verify", "--db", db).code == 0
