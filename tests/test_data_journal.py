"""The journal and the walk along it: what is changed behind the store's back is found."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from data.imports import import_row
from data.journal import Doing, entries
from data.store import Store, open_store
from data.upgrade import upgrade_store
from data.verify import verify_store
from data.words import ANY_WORDS
from problems import BadInput
from tests.databases import NO_FOREIGN_KEYS, address, beside, on_server
from tests.factory_store import LATER, NOON, OFFICE, office, take

pytestmark = pytest.mark.usefixtures("database")

OLD = Path(__file__).parent / "old_stores"
SOON = datetime.fromisoformat("2023-08-01T08:00")


def changed(folder: Path, *statements: str) -> Store:
    """The store of `corrected` after somebody has changed it with another program."""
    corrected(folder).close()
    with beside(folder / "office.db") as run:
        for statement in statements:
            run(statement)
    return open_store(address(folder / "office.db"))


def corrected(folder: Path) -> Store:
    """An office whose act a1 was corrected, and whose a2 was voided."""
    store = office(folder)
    head, *_acts = OFFICE["activities"]
    one = ["a1", "检查", "2023-03-02", "镇长", "p1", "厂", "", "照片"]
    take(store, folder / "one", {"activities": [head, one]}, LATER)
    row = {"activity": "a2", "kind": "检查", "day": "2023-06-15", "holder": "镇长", "person": "p2"}
    void = {"voided_at": "2023-07-20", "voided_by": "示例文员", "void_reason": "重复"}
    import_row(
        store, "activities", {**row, **void}, name="record", words=ANY_WORDS, now=SOON,
        who="示例文员", why="重复登记",
    )  # fmt: skip
    return store


def test_each_change_is_an_entry_with_who_and_why(tmp_path: Path) -> None:
    store = corrected(tmp_path)
    with store.reading() as connection:
        told = [(one.entry, one.act, one.who, one.why) for one in entries(connection)]
    assert told == [
        (1, "made", None, None),
        (2, "import", None, None),
        (3, "import", None, None),
        (4, "record", "示例文员", "重复登记"),
    ]


def test_a_sound_chain_is_walked_to_its_end(tmp_path: Path) -> None:
    found = verify_store(corrected(tmp_path))
    assert (found.entries, found.broken) == (4, ())
    assert len(found.head) == 64
    rows = sum(len(table) - 1 for table in OFFICE.values())
    assert found.rows == rows + 2  # and one correction, and one void


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE activities SET day = '2023-03-03' WHERE row_id = 1", (2, "content")),
        ("UPDATE units SET name = '别的镇' WHERE unit = '镇'", (2, "content")),
        ("UPDATE activities SET recorded_at = '2023-01-01 00:00:00.000000' WHERE row_id = 3",
         (2, "content")),
        ("DELETE FROM activities WHERE row_id = 4", (3, "content")),
        ("UPDATE activities SET voided_at = NULL, voided_in = NULL WHERE activity = 'a2'",
         (4, "content")),
        ("UPDATE activities SET void_reason = '别的' WHERE activity = 'a2'", (4, "content")),
        ("UPDATE journal SET who = '别人' WHERE entry = 4", (4, "hash")),
        ("UPDATE journal SET moment = '2023-07-01 12:00:01.000000' WHERE entry = 2", (2, "hash")),
        ("UPDATE journal SET previous = hash WHERE entry = 3", (3, "previous")),
        ("UPDATE meta SET value = '2020-01-01' WHERE key = 'first_day'", (1, "made")),
        ("UPDATE activities SET holder_no = 1 WHERE row_id = 4", (3, "columns")),
        ("UPDATE activities SET flags = flags + 512 WHERE row_id = 4", (3, "columns")),
    ],
)  # fmt: skip
def test_the_first_broken_entry_is_named(
    tmp_path: Path, statement: str, broken: tuple[int, str]
) -> None:
    found = verify_store(changed(tmp_path, statement))
    assert (found.broken[0].entry, found.broken[0].fault) == broken


def test_an_entry_that_is_taken_out_leaves_a_gap(tmp_path: Path, database: str) -> None:
    store = changed(
        tmp_path,
        NO_FOREIGN_KEYS[database],
        "DELETE FROM activities WHERE entry = 3",
        "DELETE FROM journal WHERE entry = 3",
    )
    assert verify_store(store).broken[0].fault == "number"


def test_a_row_of_no_entry_is_found(tmp_path: Path, database: str) -> None:
    store = changed(
        tmp_path,
        NO_FOREIGN_KEYS[database],
        "INSERT INTO people (person, name, recorded_at, entry) "
        "VALUES ('p9', '外人', '2023-07-01 00:00:00.000000', 99)",
    )
    found = verify_store(store)
    assert [(one.entry, one.fault, one.told) for one in found.broken] == [(99, "stray", "people 1")]


def old_store(folder: Path, version: str) -> str:
    """The address of a store as that version left it."""
    file = folder / "old.db"
    script = (OLD / f"{version}.sql").read_text(encoding="utf-8")
    if not on_server():
        with closing(sqlite3.connect(file)) as plain:
            plain.executescript(script)
        return str(file)
    # The same tables and rows; a server counts rows by a sequence of its own.
    script = script.replace("BEGIN TRANSACTION;", "").replace("COMMIT;", "")
    script = script.replace("row_id INTEGER", "row_id SERIAL")
    counted = re.findall(r"CREATE TABLE (\w+) \(\s+row_id", script)
    with beside(file) as run:
        run("SET LOCAL session_replication_role = replica")  # rows come before what they name
        # What others name is made first.
        for one in sorted(script.split(";\n"), key=lambda one: "CREATE TABLE batches" not in one):
            if one.strip():
                run(one)
        for table in counted:
            newest = f"(SELECT coalesce(max(row_id), 0) + 1 FROM {table})"
            run(f"SELECT setval('{table}_row_id_seq', {newest}, false)")
    return address(file)


@pytest.fixture
def kept_elsewhere(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The backup of a server is what other tests are about."""
    if database != "sqlite":
        monkeypatch.setattr("data.upgrade.backup_beside", lambda *_: tmp_path / "x.backup")


def test_an_older_store_is_refused_until_it_is_brought_up(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"has version 1, made by an older dutyclock"):
        open_store(old_store(tmp_path, "v1"))


@pytest.mark.usefixtures("kept_elsewhere")
def test_a_store_of_the_first_version_is_brought_up_with_all_it_holds(tmp_path: Path) -> None:
    url = old_store(tmp_path, "v1")
    before = None if on_server() else (tmp_path / "old.db").read_bytes()
    upgraded = upgrade_store(url, Doing(NOON, "示例文员"))
    assert upgraded is not None
    assert upgraded.version == 1
    if before is not None:
        with (
            closing(sqlite3.connect(upgraded.backup)) as copy,
            closing(sqlite3.connect(":memory:")) as first,
        ):
            first.deserialize(before)
            assert list(copy.iterdump()) == list(first.iterdump())
    store = open_store(url)
    assert verify_store(store).broken == ()
    records = store.read_records()
    assert {one.activity: one.standing for one in records.activities} == {
        "甲1": "superseded",
        "甲2": "live",
        "甲3": "voided",
        "甲4": "live",
    }
    then = store.read_records(date(2022, 8, 31))
    assert [one.day for one in then.activities if one.activity == "甲2"] == [date(2022, 8, 12)]
    with store.reading() as connection:
        assert [one.act for one in entries(connection)] == ["import"] * 4 + ["upgrade"] * 2
    assert upgrade_store(url, Doing(LATER)) is None
    assert take(store, tmp_path / "in", OFFICE, LATER).total("new") > 10
    assert verify_store(store).broken == ()


@pytest.mark.usefixtures("kept_elsewhere")
def test_a_store_that_was_brought_up_has_the_tables_of_a_new_one(tmp_path: Path) -> None:
    url = old_store(tmp_path, "v1")
    upgrade_store(url, Doing(NOON))
    old, new = inspect(open_store(url).engine), inspect(office(tmp_path).engine)
    assert sorted(old.get_table_names()) == sorted(new.get_table_names())
    for table in new.get_table_names():
        columns = [
            {one["name"]: _told(one) for one in which.get_columns(table)} for which in (old, new)
        ]
        assert columns[0] == columns[1], table
        indexes = [
            {one["name"]: (one["column_names"], one["unique"]) for one in which.get_indexes(table)}
            for which in (old, new)
        ]
        assert indexes[0] == indexes[1], table


def _told(column: Any) -> tuple[str, object, bool]:
    """What a column is: its kind, by what its texts are ordered, and whether it may be empty."""
    return str(column["type"]), getattr(column["type"], "collation", None), column["nullable"]


def test_what_the_store_held_at_an_entry_is_read_again(tmp_path: Path) -> None:
    store = office(tmp_path)
    before = store.read_records()
    entry = store.head()
    head = OFFICE["activities"][0]
    early = ["a0", "检查", "2023-02-01", "镇长", "p1", "", "", "", "2023-02-02"]
    take(store, tmp_path / "early", {"activities": [[*head, "recorded_at"], early]}, LATER)
    assert "a0" in {
        one.activity
        for one in store.read_records(date(2023, 2, 2)).activities
        if one.standing == "live"
    }
    assert store.read_records(entry=entry) == before
