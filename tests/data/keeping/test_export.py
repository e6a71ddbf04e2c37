"""Exporting everything and importing it into an empty store gives the same audits. INTERFACE."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.intake.imports import import_path, record_activity
from data.keeping.export import export_tables
from data.keeping.making import create_store, set_records_from
from data.store.journal import Doing
from data.store.opening import Store
from data.words import ANY_WORDS
from problems import BadInput
from tests.helpers.databases import address
from tests.helpers.factory_store import LATER, NOON, Rows, office, take
from tests.helpers.sentences import sentence

pytestmark = pytest.mark.usefixtures("database")

AT_LAST = datetime.fromisoformat("2024-01-01T00:00")
DAYS = [date(2023, 6, 1) + timedelta(days=number) for number in range(0, 60, 4)]


def copy_of(store: Store, folder: Path) -> Store:
    export_tables(store, folder / "out")
    copy = create_store(address(folder / "copy.db"), None, Doing(AT_LAST))
    import_path(copy, folder / "out", words=ANY_WORDS, doing=Doing(AT_LAST))
    return copy


def assert_same(one: Store, other: Store) -> None:
    assert one.read_records() == other.read_records()
    for known_on in DAYS:
        assert one.read_records(known_on) == other.read_records(known_on), known_on


@sentence(
    (
        "(`init --records-from`; unset: the first day of the month in which the store was "
        "made; export carries it)"
    ),
)
def test_an_office_is_the_same_after_a_round_trip(tmp_path: Path) -> None:
    store = office(tmp_path)
    set_records_from(store, date(2022, 1, 1), Doing(LATER))
    assert_same(store, copy_of(store, tmp_path))


def test_exporting_twice_gives_the_same_files(tmp_path: Path) -> None:
    store = office(tmp_path)
    copy = copy_of(store, tmp_path)
    files = export_tables(copy, tmp_path / "second")
    assert [file.name for file in files] == sorted(
        (file.name for file in (tmp_path / "out").glob("*.csv")),
        key=[file.name for file in files].index,
    )
    for file in files:
        assert file.read_bytes() == (tmp_path / "out" / file.name).read_bytes()


def test_importing_an_export_into_its_own_store_changes_nothing(tmp_path: Path) -> None:
    store = office(tmp_path)
    export_tables(store, tmp_path / "out")
    (tmp_path / "out" / "settings.csv").unlink()  # the default first day becomes a row of its own
    report = import_path(store, tmp_path / "out", words=ANY_WORDS, doing=Doing(LATER))
    assert report.entry is None


def test_a_handover_that_came_after_the_act_survives_the_round_trip(tmp_path: Path) -> None:
    store = office(tmp_path)
    act = {"kind": "检查", "day": "2023-07-05", "holder": "副镇长", "activity": "b1"}
    record_activity(store, act, words=ANY_WORDS, doing=Doing(LATER))
    named = {**act, "activity": "b2", "person": "p3"}
    record_activity(store, named, words=ANY_WORDS, doing=Doing(LATER))
    rows = [
        ["person", "post", "first", "last"],
        ["p3", "副镇长", "2023-03-01", "2023-06-30"],
        ["p1", "副镇长", "2023-07-01", "2023-07-05"],
        ["p2", "副镇长", "2023-07-05", ""],
    ]
    take(store, tmp_path / "in", {"appointments": rows}, LATER + timedelta(days=2))
    assert_same(store, copy_of(store, tmp_path))


STEP = st.tuples(
    st.sampled_from(["b1", "b2", "b3"]),
    st.sampled_from(["检查", "会议"]),
    st.sampled_from(["2023-06-20", "2023-06-15", "2023-01-01"]),
    st.sampled_from(["镇长", "镇"]),
    st.sampled_from(["", "p1", "p2"]),
    st.sampled_from(["", "", "b1", "b2", "a1"]),
    st.sampled_from(["", "", "误录"]),
    st.sampled_from(["", "2023-06-25", "2023-07-03 10:00"]),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(STEP, st.integers(0, 3)), max_size=8), st.booleans())
def test_any_history_is_the_same_after_a_round_trip(
    steps: Sequence[tuple[tuple[str, ...], int]], handover: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = office(folder)
        now = NOON
        for number, (step, days) in enumerate(steps):
            now += timedelta(days=days)
            voided = now.date().isoformat() if step[6] else ""
            row = [*step[:6], voided, step[6], step[7] if step[7] <= now.isoformat(" ") else ""]
            columns = "activity kind day holder person supersedes voided_at void_reason recorded_at"
            tables: dict[str, Rows] = {"activities": [columns.split(), row]}
            try:
                take(store, folder / f"in{number}", tables, now)
            except BadInput:
                continue  # nothing was changed: that is what the other tests are about
        if handover:
            ended = [
                ["person", "post", "first", "last"],
                ["p2", "镇长", "2023-06-15", "2023-06-18"],
            ]
            take(store, folder / "ended", {"appointments": ended}, now)
        copy = copy_of(store, folder)
        assert_same(store, copy)
        store.close()
        copy.close()
