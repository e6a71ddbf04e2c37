"""Names of periods in the activities table are read before they are stored."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from data.intake.imports import import_path
from data.keeping.making import create_store
from data.store.journal import Doing
from data.words import Words
from problems import BadInput, said
from services.office import period_forms
from tests.helpers.printed import printed

NOW = datetime.fromisoformat("2023-07-01 09:00")
ACTS = "activity,kind,day,holder,for_period,makes_up\n"


def office(folder: Path, acts: str) -> Path:
    """A folder of tables with one unit, one event and these activities."""
    (folder / "units.csv").write_text("unit,name,type\nu,U,镇\n", encoding="utf-8")
    (folder / "events.csv").write_text("event,type,day\nE1,事故,2023-01-05\n", encoding="utf-8")
    (folder / "activities.csv").write_text(ACTS + acts, encoding="utf-8")
    return folder


def test_a_name_that_is_no_period_is_told_with_its_place_and_nothing_is_stored(
    tmp_path: Path,
) -> None:
    store = create_store(str(tmp_path / "store.db"), date(2023, 1, 1), Doing(NOW))
    tables = office(tmp_path, "a,检查,2023-01-01,u,2023-13,\nb,检查,2023-02-01,u,,昨天\n")
    with pytest.raises(BadInput) as told:
        import_path(store, tables, words=Words(label_forms=period_forms), doing=Doing(NOW))
    first, second = told.value.problems
    assert (first.place.line, first.place.column, first.said) == (
        2,
        5,
        said("names_no_period", label="2023-13"),
    )
    assert (second.place.line, second.place.column, second.said) == (
        3,
        6,
        said("names_no_period", label="昨天"),
    )
    assert "2024-Q2" in printed(first.hint)
    assert store.read_records().units == {}


def test_labels_and_events_name_periods(tmp_path: Path) -> None:
    store = create_store(str(tmp_path / "store.db"), date(2023, 1, 1), Doing(NOW))
    tables = office(tmp_path, "a,检查,2023-01-01,u,2023-Q1,\nb,检查,2023-02-01,u,E1,2023/汛期\n")
    report = import_path(store, tables, words=Words(label_forms=period_forms), doing=Doing(NOW))
    assert report.counts["activities"]["new"] == 2
