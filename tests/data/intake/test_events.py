"""What an import says of events: those that the appointments make, titles, and several units."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.intake.imports import import_path
from data.keeping.export import export_tables
from data.keeping.making import create_store
from data.store.journal import Doing
from data.words import ANY_WORDS, Words
from problems import BadInput
from services.office import period_forms
from tests.helpers.factory_store import LATER, Rows, office, take, told

ACT = ("activity", "kind", "day", "holder")


def acts(*rows: tuple[str, ...], more: tuple[str, ...] = ()) -> dict[str, Rows]:
    return {"activities": [[*ACT, *more], *rows]}


MADE = Words(made_events=frozenset({"任职", "离任"}))
EVENT = ["event", "type", "day", "unit", "title"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["x", "任职", "2023-03-01", "", ""], "events.csv:2:2: '任职' is made by the appointments"),
        (["x", "离任", "2023-03-01", "", ""], "events.csv:2:2: '离任' is made by the appointments"),
        (
            ["任职-2023-03-01", "赛事", "2023-03-01", "", ""],
            "events.csv:2:1: '任职-2023-03-01' is made by the appointments",
        ),
    ],
)
def test_taking_and_leaving_office_are_never_entered_by_hand(
    tmp_path: Path, row: list[str], said: str
) -> None:
    store = office(tmp_path)
    [problem] = told(store, tmp_path / "in", {"events": [EVENT, row]}, words=MADE)
    assert problem.startswith(said)
    assert all(one.event != row[0] for one in store.read_records().events)


@pytest.mark.parametrize("column", ["event", "for_period"])
def test_an_act_may_name_an_event_that_the_appointments_make(tmp_path: Path, column: str) -> None:
    store = office(tmp_path)
    tables = acts(("b1", "检查", "2023-03-01", "镇长", "任职-2023-02-01-p1"), more=(column,))
    with pytest.raises(BadInput):
        take(store, tmp_path / "one", tables, LATER, words=Words(label_forms=period_forms))
    words = replace(MADE, label_forms=period_forms)
    assert take(store, tmp_path / "two", tables, LATER, words=words).total("new") == 1


def test_an_act_may_name_the_days_of_an_event_that_goes_on(tmp_path: Path) -> None:
    store, words = office(tmp_path), Words(label_forms=period_forms)
    tables = acts(("b1", "检查", "2023-03-01", "镇长", "赛1/2023-03"), more=("makes_up",))
    assert take(store, tmp_path / "one", tables, LATER, words=words).total("new") == 1
    wrong = acts(("b2", "检查", "2023-03-01", "镇长", "赛1/三月"), more=("makes_up",))
    with pytest.raises(BadInput, match="names_no_period label=赛1/三月"):
        take(store, tmp_path / "two", wrong, LATER, words=words)


def test_an_event_has_a_title_and_concerns_one_unit_or_several(tmp_path: Path) -> None:
    store = office(tmp_path)
    rows = [
        EVENT,
        ["e1", "赛事", "2023-05-01", "镇；厂", "春季赛"],
        ["e2", "赛事", "2023-05-02", "", ""],
    ]
    take(store, tmp_path / "in", {"events": rows}, LATER)
    export_tables(store, tmp_path / "out")
    copy = create_store(str(tmp_path / "copy.db"), None, Doing(LATER))
    import_path(copy, tmp_path / "out", words=ANY_WORDS, doing=Doing(LATER))
    for records in (store.read_records(), copy.read_records()):
        found = {one.event: (one.units, one.title) for one in records.events}
        assert found["e1"] == (("镇", "厂"), "春季赛")
        assert found["e2"] == ((), None)


def test_each_unit_of_an_event_must_be_known(tmp_path: Path) -> None:
    store = office(tmp_path)
    rows = [EVENT, ["e1", "赛事", "2023-05-01", "镇;镇2", ""]]
    [problem] = told(store, tmp_path / "in", {"events": rows})
    assert problem.startswith("events.csv:2:4: unknown unit '镇2'")
