"""The narrow columns of the activities: kept in step with every import, and read in batches."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.flags import Flag, newest_sql
from data.store.act_numbers import rebuild_columns
from data.store.opening import Store
from tests.helpers.databases import on_server
from tests.helpers.factory_store import LATER, OFFICE, Rows, office, take

pytestmark = pytest.mark.usefixtures("database")

FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
COLUMNS = (
    "activity kind day holder person role subjects quantity evidence for_period event makes_up"
)
MORE = "on_behalf_of supersedes attributes time recorded_at voided_at void_reason"


def acts(*rows: dict[str, str]) -> dict[str, Rows]:
    header = [*COLUMNS.split(), *MORE.split()]
    plain = {"kind": "检查", "day": "2023-07-03", "holder": "镇", "evidence": "照片"}
    return {
        "activities": [header, *[[{**plain, **row}.get(n, "") for n in header] for row in rows]]
    }


def flags(store: Store) -> dict[str, Flag]:
    """The flags of the newest version of each act."""
    query = f"SELECT activity, flags FROM activities WHERE {newest_sql()}"
    with store.reading() as connection:
        return {activity: Flag(bits) for activity, bits in connection.exec_driver_sql(query)}


def columns(store: Store) -> list[tuple[int, ...]]:
    query = "SELECT row_id, day_no, holder_no, class_no, flags FROM activities ORDER BY row_id"
    with store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


@pytest.mark.parametrize(
    ("row", "flag"),
    [
        ({}, Flag(0)),
        ({"evidence": ""}, Flag(0)),
        ({"for_period": "2023-07"}, Flag.NAMED),
        ({"makes_up": "2023-06"}, Flag.MAKES_UP),
        ({"event": "赛1"}, Flag.NAMED),
        ({"on_behalf_of": "镇长", "subjects": "电梯1", "quantity": "3"}, Flag(0)),
        ({"voided_at": "2023-07-15", "void_reason": "误录"}, Flag.VOIDED),
    ],
)
def test_each_flag_says_one_thing(tmp_path: Path, row: dict[str, str], flag: Flag) -> None:
    store = office(tmp_path)
    plain = {"activity": "b1", "day": "2023-07-10"}
    take(store, tmp_path / "in", acts({**plain, **row}), LATER)
    assert flags(store)["b1"] == flag


def test_act_classes_and_holders_get_small_numbers(tmp_path: Path) -> None:
    store = office(tmp_path)
    rows = [{"activity": f"b{n}", "role": "带队", "attributes": "b=2;a=1"} for n in range(3)]
    take(store, tmp_path / "in", acts(*rows), LATER)
    classes = store.act_classes()
    assert [number for number, *_ in classes] == list(range(len(classes)))
    assert (("检查", "带队", (("a", "1"), ("b", "2")))) in [tuple(rest) for _, *rest in classes]
    assert store.holder_numbers() == {"镇长": 0, "副镇长": 1, "镇": 2}


def test_twins_come_and_go_with_their_like(tmp_path: Path) -> None:
    store = office(tmp_path)
    take(store, tmp_path / "1", acts({"activity": "b1"}), LATER)
    assert Flag.TWIN not in flags(store)["b1"]
    take(store, tmp_path / "2", acts({"activity": "b2"}), LATER)
    assert Flag.TWIN in flags(store)["b1"]
    assert Flag.TWIN in flags(store)["b2"]
    take(store, tmp_path / "3", acts({"activity": "b2", "day": "2023-07-04"}), LATER)
    assert Flag.TWIN not in flags(store)["b1"] | flags(store)["b2"]


def test_superseded_comes_and_goes(tmp_path: Path) -> None:
    store = office(tmp_path)
    take(store, tmp_path / "1", acts({"activity": "b1"}), LATER)
    new = {"activity": "b2", "supersedes": "b1"}
    take(store, tmp_path / "2", acts(new), LATER)
    assert flags(store)["b1"] == Flag.SUPERSEDED
    void = {**new, "voided_at": "2023-07-15", "void_reason": "误录"}
    take(store, tmp_path / "3", acts(void), LATER)
    assert Flag.SUPERSEDED not in flags(store)["b1"]
    assert Flag.VOIDED in flags(store)["b2"]


def test_rebuilding_gives_what_the_imports_kept(tmp_path: Path) -> None:
    store = office(tmp_path)
    now = LATER
    for number, rows in enumerate(
        [
            [{"activity": "b1"}, {"activity": "b2"}, {"activity": "b3", "supersedes": "b2"}],
            [{"activity": "b1", "kind": "会议"}, {"activity": "b4"}],
            [{"activity": "b4", "voided_at": "2023-07-15", "void_reason": "误录"}],
            [{"activity": "b5", "day": "2023-06-01"}, {"activity": "b6", "day": "2023-06-01"}],
            [{"activity": "b6", "day": "2023-06-01", "time": "09:00"}],
        ]
    ):
        now += timedelta(days=1)
        take(store, tmp_path / str(number), acts(*rows), now)
    kept = columns(store)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE activities SET flags = 0, day_no = 0, class_no = 7")
        assert rebuild_columns(connection) == len(kept)
    assert [(row[0], row[1], row[4]) for row in columns(store)] == [
        (row[0], row[1], row[4]) for row in kept
    ]
    assert columns(store) == kept


@pytest.mark.parametrize("with_adbc", [True, False])
def test_columns_are_streamed_by_day_in_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_adbc: bool
) -> None:
    if not with_adbc:
        for driver in ("adbc_driver_sqlite", "adbc_driver_postgresql"):
            monkeypatch.setitem(sys.modules, f"{driver}.dbapi", None)
    store = office(tmp_path)
    rows = [{"activity": f"b{number}"} for number in range(10)]
    take(store, tmp_path / "in", acts(*rows), LATER)
    take(store, tmp_path / "two", acts({"activity": "b1", "kind": "会议"}), LATER)
    batches = list(store.stream_columns(FIRST, LAST, 4))
    assert sum(len(batch.day) for batch in batches) == 10 + len(OFFICE["activities"]) - 1
    assert all(len(batch.day) <= 4 for batch in batches)
    assert {array.dtype.kind for batch in batches for array in batch} == {"i"}
    day = date(2023, 7, 3)
    one_day = [int(d) for batch in store.stream_columns(day, day) for d in batch.day]
    assert one_day == [day.toordinal()] * 10
    assert list(store.stream_columns(date(2030, 1, 1), date(2030, 1, 2))) == []


@pytest.mark.parametrize("condition", ["day_no BETWEEN 5 AND 9", "holder_no = 3"])
def test_columns_come_from_an_index_alone(tmp_path: Path, condition: str) -> None:
    query = f"SELECT holder_no, class_no, day_no, flags FROM activities WHERE {newest_sql()} AND "
    with office(tmp_path).reading() as connection:
        if on_server():
            # Three rows are not worth an index to a server.
            for way in ("seqscan", "bitmapscan"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
            plan = connection.exec_driver_sql(f"EXPLAIN {query}{condition}").all()
            assert plan[0][0].startswith("Index Only Scan using activities_by_")
            return
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}{condition}").all()
    assert "USING COVERING INDEX activities_by_" in plan[0][3]


def test_records_may_be_read_without_activities(tmp_path: Path) -> None:
    records = office(tmp_path).read_records(with_activities=False)
    assert records.activities == ()
    assert len(records.posts) == 2
