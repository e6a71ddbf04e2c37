"""A table of activities that is read in parts is taken in as one that is read whole."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from data.intake.imports import import_path
from data.keeping.export import export_tables
from data.keeping.making import create_store
from data.keeping.verify import verify_store
from data.store.journal import Doing
from data.store.opening import Store
from data.words import ANY_WORDS, Words
from problems import BadInput
from tests.helpers.factory_store import LATER, NOON, OFFICE, Rows, office, take, told, write

HEAD = (
    *("activity", "kind", "day", "holder", "person", "subjects", "quantity", "evidence"),
    *("supersedes", "recorded_at", "voided_at", "void_reason"),
)


def act(name: str, **cells: str) -> list[str]:
    row = {"activity": name, "kind": "检查", "day": "2023-05-02", "holder": "镇长", **cells}
    return [row.get(column, "") for column in HEAD]


def plenty() -> list[list[str]]:
    """Acts with everything: doubles, histories that stand far apart, voids, supersessions."""
    chance = random.Random(7)
    rows = [
        act(f"b{n}", day=f"2023-05-{chance.randint(1, 28):02}", quantity=chance.choice(("", "2")))
        for n in range(60)
    ]
    rows[3] = act("b3", supersedes="b59")
    rows[9] = act("b9", voided_at="2023-07-01", void_reason="误录")
    rows[20] = act("b20", recorded_at="2023-06-01")
    rows.append(act("b20", recorded_at="2023-06-20", quantity="3"))
    rows.insert(0, act("b20", recorded_at="2023-06-10", quantity="5"))
    rows.append(act("a1", day="2023-03-02", person="p1"))
    rows.append(act("a3", kind="会议", day="2023-04-02", holder="副镇长", supersedes="b4"))
    chance.shuffle(rows)
    return rows


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setattr("data.intake.long_sheets.LONG_BYTES", 0)
    monkeypatch.setattr("data.intake.long_sheets.ROWS_AT_ONCE", 7)
    yield monkeypatch


def lines(store: Store, folder: Path) -> dict[str, list[str]]:
    """Everything that a store holds, in no order."""
    files = export_tables(store, folder)
    return {one.name: sorted(one.read_text(encoding="utf-8").splitlines()) for one in files}


@pytest.mark.parametrize("known", [False, True], ids=["an empty store", "a store with acts"])
def test_what_is_taken_in_is_the_same(
    tmp_path: Path, in_parts: pytest.MonkeyPatch, known: bool
) -> None:
    tables = {**({} if known else OFFICE), "activities": [list(HEAD), *plenty()]}
    stores, reports = [], []
    for name in ("parts", "whole"):
        folder = tmp_path / name
        folder.mkdir()
        store = office(folder) if known else create_store(str(folder / "s.db"), None, Doing(NOON))
        reports.append(take(store, folder / "in", tables, LATER))
        stores.append(store)
        in_parts.undo()
    assert reports[0].counts == reports[1].counts
    assert reports[0].sha256 == reports[1].sha256
    assert reports[0].total("new") > 50
    assert lines(stores[0], tmp_path / "a") == lines(stores[1], tmp_path / "b")
    assert stores[0].read_records() == stores[1].read_records()
    assert [verify_store(store).broken for store in stores] == [(), ()]


def wrong(**cells: str) -> Mapping[str, Rows]:
    """The plenty with one row that is wrong, in a late part."""
    return {"activities": [list(HEAD), *plenty(), act("z", **cells)]}


WORDS = Words(frozenset({"检查", "会议"}), frozenset(), frozenset(), frozenset(), None)
BROKEN: list[Mapping[str, Rows]] = [
    wrong(kind="巡视"),
    wrong(day="2023-02-30"),
    wrong(holder="谁"),
    wrong(supersedes="谁"),
    wrong(person="p3"),
    wrong(subjects="无此"),
    {**wrong(day="2023-02-30"), "units": [["unit", "name", "type"], ["村", "", "乡镇"]]},
    {"activities": [list(HEAD), *plenty(), act("b1"), act("b2", day="x"), act("b40", holder="y")]},
    {"activities": [[*HEAD, "wrong"], *plenty()]},
    {"activities": [list(HEAD), *plenty(), [*act("z"), "more"]]},
    {"activities": [list(HEAD), *plenty(), act("z", supersedes="y"), act("y", supersedes="z")]},
    {
        "activities": [list(HEAD), *plenty()],
        "attachments": [
            ["attachment", "activity", "sha256", "name", "size"],
            ["f1", "b59", "ab" * 32, "照片", "1"],
            ["f2", "b9", "ab" * 32, "照片", "1"],
            ["f3", "无此", "ab" * 32, "照片", "1"],
        ],
    },
    {
        "activities": [list(HEAD), *(row for row in plenty() if row[0] != "a1")],
        "subjects": [
            ["subject", "name", "type", "voided_at", "void_reason"],
            ["电梯1", "一号电梯", "电梯", "2023-07-02", "拆除"],
        ],
    },
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_the_same_problems_are_told_all_at_once_and_nothing_is_changed(
    tmp_path: Path, in_parts: pytest.MonkeyPatch, number: int
) -> None:
    store = office(tmp_path)
    before = verify_store(store)
    said = told(store, tmp_path / "in", BROKEN[number], LATER, WORDS)
    assert verify_store(store) == before
    in_parts.undo()
    assert said == told(store, tmp_path / "in", BROKEN[number], LATER, WORDS)
    assert said


def test_a_long_table_in_another_encoding_is_read_in_parts_too(
    tmp_path: Path, in_parts: pytest.MonkeyPatch
) -> None:
    stores = []
    for encoding in ("utf-8-sig", "gb18030"):
        store = office(tmp_path / encoding) if (tmp_path / encoding).mkdir() is None else None
        assert store is not None
        file = write(tmp_path / encoding / "in", {"activities": [HEAD, *plenty()]})
        path = file / "activities.csv"
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
        take_file(store, path)
        stores.append(store)
    assert stores[0].read_records() == stores[1].read_records()
    (tmp_path / "activities.csv").write_bytes(b"activity,kind\n\xff\xff\x81,x\n")
    with pytest.raises(BadInput, match="neither_utf8_nor_gb18030"):
        take_file(stores[0], tmp_path / "activities.csv")


def take_file(store: Store, path: Path) -> None:
    import_path(store, path, words=ANY_WORDS, doing=Doing(LATER))


def test_a_long_table_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, in_parts: pytest.MonkeyPatch
) -> None:
    store = office(tmp_path)
    before = verify_store(store)
    path = write(tmp_path / "in", {"activities": [HEAD, *plenty()]}) / "activities.csv"

    def disturb(done: int, _total: int, _table: str) -> None:
        if done == 0:
            with path.open("a", encoding="utf-8", newline="") as out:
                csv.writer(out).writerow(act("late"))

    with pytest.raises(BadInput, match="file_changed_meanwhile"):
        import_path(store, path, words=ANY_WORDS, doing=Doing(LATER), progress=disturb)
    assert verify_store(store) == before
