"""What an audit reads is one state of the store, while another program writes into it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import data.store.opening
import data.store.reading
import services.look
from data.store.act_numbers import ColumnBatch
from data.store.bulk import bulk_beside
from data.store.feed import StoreFeed
from data.store.opening import Store, open_store
from tests.helpers.databases import address
from tests.helpers.factory_cli import PARK, ROOT, cache, call, db, good, more
from tests.helpers.factory_cli import write as write_park
from tests.helpers.factory_store import LATER, OFFICE, office, take, write

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("database")

FIRST, LAST = date(2020, 1, 1), date(2029, 12, 31)
IMPORT = """
import sys
from datetime import datetime
from pathlib import Path
from data.intake.imports import import_path
from data.store.journal import Doing
from data.store.opening import open_store
from data.words import ANY_WORDS
now = datetime.fromisoformat("2023-07-15T10:00")
import_path(open_store(sys.argv[1]), Path(sys.argv[2]), words=ANY_WORDS, doing=Doing(now))
"""


def imported_by_another(store: Path, folder: Path) -> None:
    """Another process imports the folder, and has ended."""
    words = [sys.executable, "-c", IMPORT, address(store), str(folder)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)


def more_of_everything(folder: Path) -> Path:
    return write(
        folder,
        {
            "units": [["unit", "name", "type", "parent"], ["村", "示例村", "行政村", "镇"]],
            "activities": [
                ["activity", "kind", "day", "holder", "person"],
                ["b1", "新的种类", "2023-07-10", "村", ""],
                ["a1", "会议", "2023-03-01", "镇长", "p1"],
            ],
        },
    )


def columns(batches: Any) -> list[tuple[int, ...]]:
    return sorted(
        row
        for batch in batches
        for row in zip(*(array.tolist() for array in batch), strict=True)
    )  # fmt: skip


def all_of(state: Store) -> list[Any]:
    """Everything that audits ask a store for."""
    feed = StoreFeed(state)
    return [
        state.read_records(),
        state.read_records(date(2023, 7, 20)),
        state.read_records(with_activities=False),
        state.head(),
        state.holder_numbers(),
        state.act_classes(),
        state.describe(),
        columns(state.stream_columns(FIRST, LAST)),
        columns(feed.stream(FIRST, LAST)),
        feed.unusual(),
        feed.named(),
        feed.load(["镇长", "副镇长", "村"]),
    ]


@pytest.mark.parametrize("with_adbc", [True, False])
def test_a_snapshot_stands_still_while_another_program_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_adbc: bool
) -> None:
    if not with_adbc:
        for driver in ("adbc_driver_sqlite", "adbc_driver_postgresql"):
            monkeypatch.setitem(sys.modules, f"{driver}.dbapi", None)
    store = office(tmp_path)
    before = all_of(store)
    with store.snapshot(bulk=True) as state:
        assert (state.bulk is not None) == with_adbc
        imported_by_another(tmp_path / "office.db", more_of_everything(tmp_path / "in"))
        assert all_of(state) == before
        with state.snapshot(bulk=True) as same:
            assert same is state
    after = all_of(store)
    same_again = [at for at, one in enumerate(before) if one == after[at]]
    assert same_again == [9, 10]  # nothing unusual came, and nobody who was not named before
    assert after[3] == before[3] + 1


def test_a_snapshot_is_never_written(tmp_path: Path) -> None:
    with office(tmp_path).snapshot() as state:
        with pytest.raises(AssertionError), state.writing():
            pass
        assert len(state.read_records().activities) == 3


def test_both_ways_to_read_see_one_state_though_somebody_writes_between_their_beginnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = office(tmp_path)
    folder = more_of_everything(tmp_path / "in")
    begun: list[int] = []

    def beside(connection: Any) -> Any:
        begun.append(1)
        if len(begun) == 1:
            imported_by_another(tmp_path / "office.db", folder)
        return bulk_beside(connection)

    monkeypatch.setattr(data.store.opening, "bulk_beside", beside)
    with store.snapshot(bulk=True) as state:
        assert state.bulk is not None
        assert state.bulk.head() == state.head()
        acts = state.read_records().activities
        assert len(columns(state.stream_columns(FIRST, LAST))) == len(acts)


def test_where_somebody_always_writes_the_standard_driver_reads(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = office(tmp_path)
    monkeypatch.setattr(data.store.opening, "head", lambda _connection: -1)
    with store.snapshot(bulk=True) as state:
        assert state.bulk is None
        assert len(columns(state.stream_columns(FIRST, LAST))) == len(OFFICE["activities"]) - 1
    del database


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_beside_other_connections_to_a_file_the_standard_driver_reads(
    tmp_path: Path, database: str
) -> None:
    """Closing ADBC's would take the locks of the others away."""
    store = office(tmp_path)
    other = open_store(address(tmp_path / "office.db"))
    with other.reading(), store.snapshot(bulk=True) as state:
        assert state.bulk is None
        assert len(columns(state.stream_columns(FIRST, LAST))) == len(OFFICE["activities"]) - 1
    with store.snapshot(bulk=True) as state:
        assert state.bulk is not None
    del database


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_written_after_a_bulk_read_is_seen_by_everybody(
    tmp_path: Path, database: str
) -> None:
    store = office(tmp_path)
    for number in range(3):
        assert len(columns(store.stream_columns(FIRST, LAST))) == 3 + 2 * number
        more_acts = [[f"n{number}{one}", "检查", "2023-07-10", "镇"] for one in "ab"]
        rows = [["activity", "kind", "day", "holder"], *more_acts]
        imported_by_another(tmp_path / "office.db", write(tmp_path / "in", {"activities": rows}))
        assert len(store.read_records().activities) == 5 + 2 * number
    take(store, tmp_path / "own", {"people": [["person", "name"], ["p8", "钱七"]]}, LATER)
    assert "p8" in open_store(address(tmp_path / "office.db")).read_records().people
    del database


def once(do: Callable[[], None], call_it: Callable[..., Any]) -> Callable[..., Any]:
    """A function that first lets something happen, the first time that it is called."""
    left = [do]

    def run(*args: Any, **more_args: Any) -> Any:
        while left:
            left.pop()()
        return call_it(*args, **more_args)

    return run


AUDIT = ("audit", "--as-of", "2022-12-31", "--span", "2022-12", "--document", "park_2022", "--db")
LATER_ACTS = more(
    "activities",
    ["z1", "听取履职汇报", "2022-10-10", "主任", "p1", "听取"],
    ["z2", "专题研究", "2022-12-10", "主任", "p2", "主持"],
    ["z3", "安全检查", "2022-12-11", "主任", "p2", "带队"],
    tables=PARK,
)


@pytest.mark.parametrize("many", [0, 10_000_000])
def test_an_audit_is_of_one_state_while_another_program_imports(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(services.look, "MANY_ACTS", many)
    folder = write_park(tmp_path / "later", LATER_ACTS)
    before = call(*AUDIT, db)
    came: list[int] = []

    def import_now() -> None:
        came.append(1)
        imported_by_another(db, folder)

    if many:
        acts = once(import_now, data.store.reading._activities)
        monkeypatch.setattr(data.store.reading, "_activities", acts)
    else:
        named = once(import_now, StoreFeed.named)
        monkeypatch.setattr(StoreFeed, "named", lambda feed: named(feed))
    during = call(*AUDIT, db)
    assert came == [1]
    assert during == before
    assert call(*AUDIT, db).out != before.out


def test_the_batches_of_a_stream_are_of_one_state(tmp_path: Path) -> None:
    store = office(tmp_path)
    stream = store.stream_columns(FIRST, LAST, 1)
    first = next(iter(stream))
    assert isinstance(first, ColumnBatch)
    imported_by_another(tmp_path / "office.db", more_of_everything(tmp_path / "in"))
    assert sum(len(batch.day) for batch in stream) == len(OFFICE["activities"]) - 2


def test_keeping_an_audit_names_the_entry_that_it_read(db: Path) -> None:
    from data.keeping.kept_audits import kept_audit

    head = open_store(address(db)).head()
    call(*AUDIT, db, "--keep")
    kept = kept_audit(open_store(address(db)), 1)
    assert kept is not None
    assert kept.asked["entry"] == head
    assert good("audit", "--again", "1", "--db", db).out == "audit 1 comes out the same\n"
