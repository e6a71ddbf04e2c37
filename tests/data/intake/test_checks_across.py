"""The rules across rows and tables: assignments, events, and what an office decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.intake.imports import import_path, record_activity
from data.keeping.export import export_tables
from data.keeping.making import create_store
from data.store.journal import Doing
from data.words import ANY_WORDS, Words
from problems import BadInput
from services.office import period_forms
from tests.data.intake.test_checks import acts
from tests.helpers.factory_store import LATER, office, take, told
from tests.helpers.sentences import sentence

MADE = Words(made_events=frozenset({"任职", "离任"}))
EVENT = ["event", "type", "day", "unit", "title"]


@sentence(
    "They are never entered by hand",
)
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


@sentence(
    (
        "**taking and leaving office** (任职后6个月内) are events that the appointments "
        "themselves make: 任职 on the first day of a tenure, 离任 on its last"
    ),
)
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


@sentence(
    "concerns one unit, several, or all",
)
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


def test_a_typed_act_gets_the_next_free_id_of_its_day(tmp_path: Path) -> None:
    store = office(tmp_path)
    row = {"kind": "x", "day": "2023-01-05", "holder": "镇长"}
    made = [record_activity(store, row, words=ANY_WORDS, doing=Doing(LATER)) for _ in range(2)]
    assert made == ["A20230105-1", "A20230105-2"]
    assert {one.activity for one in store.read_records().activities} >= set(made)


def test_a_typed_act_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        record_activity(
            office(tmp_path), {"day": "2023-01-05"}, words=ANY_WORDS, doing=Doing(LATER)
        )
    assert [str(one.place) for one in caught.value.problems] == ["holder", "kind"]
