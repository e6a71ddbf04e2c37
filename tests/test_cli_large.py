"""A large store's summary on the terminal is counted from columns, and says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli import run
from data.demo import write_world
from services import look


def test_a_large_store_is_counted_from_columns_with_the_same_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_world(tmp_path / "tables")
    store = ["--db", str(tmp_path / "store.db"), "--lang", "en"]
    assert run(["init", "--records-from", "2022-07-01", *store]) == 0
    assert run(["import", str(tmp_path / "tables"), *store]) == 0
    asked = ["audit", "--as-of", "2023-01-10", "--span", "2022-12", *store]
    capsys.readouterr()
    code = run(asked)
    plain = capsys.readouterr().out.splitlines()
    monkeypatch.setattr(look, "MANY_ACTS", 10)
    assert run(asked) == code == 1
    counted = capsys.readouterr().out.splitlines()
    for start in ("due ", "Overdue in"):
        assert next(line for line in plain if line.startswith(start)) in counted
