"""What is found of a machine and an office: each thing by itself, whatever else is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.alerting.rules_engine import EngineMissing
from rules.files import BUILTIN
from services import fitness as asked
from services.fitness import fitness
from services.office import Office
from tests.helpers.factory_store import office as small_office

NOW = datetime(2023, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rules engine that runs."""
    monkeypatch.setattr(asked, "engine_missing", lambda: None)


def test_an_office_without_a_store_still_has_its_rules(tmp_path: Path) -> None:
    it = fitness(Office(str(tmp_path / "none.db"), (BUILTIN,)), NOW)
    assert it.store is None
    assert it.store_problem is not None
    assert it.store_problem.code == "no_store_here"
    assert it.rulebook is not None
    assert (it.rule_problems, it.year, it.knows_year) == ((), 2023, True)


def test_rules_that_are_wrong_hide_nothing_of_the_store(tmp_path: Path) -> None:
    small_office(tmp_path).close()
    [store] = tmp_path.glob("*.db")
    it = fitness(Office(str(store), (tmp_path / "no-rules",)), NOW)
    assert (it.rulebook, it.knows_year) == (None, False)
    assert len(it.rule_problems) == 1
    assert it.store == str(store)
    assert it.store_problem is None


def test_a_year_whose_working_days_are_not_published_is_told(tmp_path: Path) -> None:
    late = datetime(2190, 1, 1, tzinfo=UTC)
    it = fitness(Office(str(tmp_path / "none.db"), (BUILTIN,)), late)
    assert (it.year, it.knows_year) == (2190, False)


def test_the_fast_reader_is_that_of_the_offices_sort_of_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "store_in_words", lambda office: {"store": office.store})
    monkeypatch.setattr(asked, "open_to_others", lambda office: ())
    file = fitness(Office(str(tmp_path / "none.db"), (tmp_path,)), NOW)
    assert file.fast_reader == "adbc-driver-sqlite"
    server = fitness(Office("postgresql://server/office", (tmp_path,)), NOW)
    assert server.fast_reader == "adbc-driver-postgresql"


def test_an_engine_that_cannot_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = EngineMissing("it does not load")
    monkeypatch.setattr(asked, "engine_missing", lambda: missing)
    it = fitness(Office(str(tmp_path / "none.db"), (tmp_path,)), NOW)
    assert it.no_engine is missing
