"""The store as a file among others: locks, disks, other programs' files, interruptions."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event

import data.store.connecting
from data.intake.imports import import_path
from data.keeping.making import create_store
from data.store.journal import Doing
from data.store.opening import open_store
from data.store.tables import SCHEMA_VERSION
from data.words import ANY_WORDS
from problems import BadInput
from tests.helpers.databases import address, on_server, shown
from tests.helpers.factory_cli import LONGEST
from tests.helpers.factory_store import LATER, NOON, OFFICE, Rows, office, take, write
from tests.helpers.printed import printed

ROOT = Path(__file__).parents[3]


def many_acts(count: int, stem: str = "m") -> dict[str, Rows]:
    rows = [[f"{stem}{n}", "检查", "2023-03-01", "镇", "说明" * 50] for n in range(count)]
    return {"activities": [["activity", "kind", "day", "holder", "note"], *rows]}


def refusal(url: str) -> str:
    with pytest.raises(BadInput) as caught:
        open_store(url)
    return printed(caught.value)


@pytest.mark.usefixtures("database")
def test_a_store_is_opened_again_as_it_was(tmp_path: Path) -> None:
    records = office(tmp_path).read_records()
    assert open_store(address(tmp_path / "office.db")).read_records() == records
    if not on_server():
        assert open_store(f"sqlite:///{tmp_path / 'office.db'}").read_records() == records


@pytest.mark.usefixtures("database")
def test_making_a_store_twice_leaves_it_alone(tmp_path: Path) -> None:
    records = office(tmp_path).read_records()
    again = create_store(address(tmp_path / "office.db"), None, Doing(LATER))
    assert again.read_records() == records


def test_a_store_in_memory_works_too(tmp_path: Path) -> None:
    store = create_store("sqlite://", None, Doing(NOON))
    take(store, tmp_path / "in", OFFICE)
    assert len(store.read_records().activities) == 3


def test_what_is_not_a_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    text, other, folder = tmp_path / "a.txt", tmp_path / "other.db", tmp_path / "folder"
    text.write_text("not a database at all, but long enough to be looked at " * 40)
    folder.mkdir()
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE cats (name TEXT)")
    connection.close()
    before = other.read_bytes()
    assert "this file is not a database" in refusal(str(text))
    assert "this is a database, but not a store of dutyclock" in refusal(str(other))
    assert "this is a folder, not a store" in refusal(str(folder))
    assert "there is no store here\n  hint: make one with 'dutyclock init'" in refusal(
        str(tmp_path / "gone.db")
    )
    assert "there is no folder" in refusal(str(tmp_path / "gone" / "s.db"))
    assert "this is not the address of a database" in refusal("://")
    for url in (str(text), str(other), str(folder)):
        with pytest.raises(BadInput):
            create_store(url, None, Doing(NOON))
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("cats",)]
    connection.close()
    assert len(before) == len(other.read_bytes())


@pytest.mark.usefixtures("database")
def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    store = office(tmp_path)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    assert "this store has version 99, made by a newer dutyclock" in refusal(
        address(tmp_path / "office.db")
    )


def test_a_driver_that_is_not_installed_is_told() -> None:
    assert "no driver for this database is installed" in refusal("nosuchdb://localhost/x")


@pytest.mark.usefixtures("database")
def test_an_import_is_undone_by_an_interruption(tmp_path: Path) -> None:
    store = office(tmp_path)
    before = store.read_records()

    def interrupt(done: int, total: int, table: str) -> None:
        if table == "activities" and done >= 10_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_path(
            store,
            write(tmp_path / "in", many_acts(12_000)),
            words=ANY_WORDS,
            doing=Doing(LATER),
            progress=interrupt,
        )
    assert store.read_records() == before
    assert store.describe()["entries"] == "2"
    assert take(store, tmp_path / "in", many_acts(2), LATER).total("new") == 2


@pytest.mark.usefixtures("database")
def test_progress_runs_from_nothing_to_all_rows(tmp_path: Path) -> None:
    store = create_store(address(tmp_path / "s.db"), None, Doing(NOON))
    seen: list[tuple[int, int, str]] = []
    folder = write(tmp_path / "in", {**OFFICE, **many_acts(12_000)})
    import_path(
        store, folder, words=ANY_WORDS, doing=Doing(LATER), progress=lambda *told: seen.append(told)
    )
    total = sum(len(rows) - 1 for rows in OFFICE.values()) - 3 + 12_000
    assert seen[0] == (0, total, "")
    assert seen[-1] == (total, total, "activities")
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert any(table == "activities" and done < total for done, _, table in seen)


@pytest.mark.usefixtures("database")
def test_two_imports_at_once_wait_for_each_other(tmp_path: Path) -> None:
    store = office(tmp_path)
    begun, go_on = threading.Event(), threading.Event()

    def hold(done: int, _total: int, _table: str) -> None:
        if done:
            begun.set()
            go_on.wait(LONGEST)

    def first() -> None:
        folder = write(tmp_path / "one", many_acts(500, "x"))
        import_path(store, folder, words=ANY_WORDS, doing=Doing(LATER), progress=hold)

    write(tmp_path / "two", many_acts(500, "y"))
    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(LONGEST)
    code = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from data.intake.imports import import_path; from data.store.opening import open_store\n"
        "from data.words import ANY_WORDS; from data.store.journal import Doing\n"
        "store = open_store(sys.argv[1]); print('open', flush=True)\n"
        "doing = Doing(datetime.fromisoformat('2023-07-15T10:00'))\n"
        "print(import_path(store, Path(sys.argv[2]), words=ANY_WORDS, doing=doing).total('new'))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, address(tmp_path / "office.db"), str(tmp_path / "two")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        go_on.set()
        thread.join(LONGEST)
        assert not thread.is_alive()
        assert other.stdout.read() == "500\n"
    assert len(store.read_records().activities) == 3 + 1_000


@pytest.mark.usefixtures("database")
def test_a_store_that_stays_locked_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path).close()
    monkeypatch.setattr(data.store.connecting, "BUSY_SECONDS", 0)
    store, other = (open_store(address(tmp_path / "office.db")) for _ in range(2))
    with other.writing():
        with pytest.raises(BadInput, match="store_locked"):
            take(store, tmp_path / "in", many_acts(1), LATER)
        assert len(store.read_records().activities) == 3
    assert take(store, tmp_path / "in", many_acts(1), LATER).total("new") == 1


def test_a_store_that_cannot_be_written_is_read_and_told(tmp_path: Path) -> None:
    records = office(tmp_path).read_records()
    store = open_store(f"sqlite:///file:{tmp_path / 'office.db'}?mode=ro&uri=true")
    assert store.read_records() == records
    with pytest.raises(BadInput, match="file_read_only"):
        take(store, tmp_path / "in", many_acts(1), LATER)


def test_a_full_disk_is_told_and_nothing_is_changed(tmp_path: Path) -> None:
    store = office(tmp_path)
    before = store.read_records()
    store.close()

    def small(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    event.listen(store.engine, "connect", small)
    with pytest.raises(BadInput, match="disk_full\n  make_room"):
        take(store, tmp_path / "in", many_acts(5_000), LATER)
    assert store.read_records() == before


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    office(tmp_path).close()
    file = tmp_path / "office.db"
    content = bytearray(file.read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    file.write_bytes(content)
    with pytest.raises(BadInput):
        open_store(str(file)).read_records()


@pytest.mark.usefixtures("database")
def test_the_store_describes_itself(tmp_path: Path) -> None:
    told = office(tmp_path).describe()
    assert told["store"] == shown(tmp_path / "office.db")
    assert told["schema_version"] == str(SCHEMA_VERSION)
    assert told["records_from"] == "2023-07-01"
    assert told["entries"] == "2"
    assert told["activities (versions)"] == "3"


def test_sqlite_runs_with_a_journal_beside_and_foreign_keys_on(tmp_path: Path) -> None:
    with office(tmp_path).reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 30_000


@pytest.mark.usefixtures("database")
def test_each_import_that_changed_something_is_kept(tmp_path: Path) -> None:
    store = office(tmp_path)
    take(store, tmp_path / "office", OFFICE, LATER)
    take(store, tmp_path / "in", many_acts(1), LATER)
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT entry, moment, source FROM journal").all()
    assert [tuple(row) for row in rows] == [
        (1, "2023-07-01 12:00:00.000000", "made"),
        (2, "2023-07-01 12:00:00.000000", "office"),
        (3, "2023-07-15 09:30:00.000000", "in"),
    ]


def test_opening_a_store_imports_nothing_heavy() -> None:
    code = (
        "import sys, data.store.opening, data.intake.imports, data.keeping.export\n"
        "print([one for one in ('numpy', 'pandas', 'pyarrow', 'adbc_driver_sqlite',"
        " 'python_calamine') if one in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.usefixtures("database")
def test_a_moment_with_microseconds_is_kept(tmp_path: Path) -> None:
    store = create_store(address(tmp_path / "s.db"), None, Doing(NOON))
    now = datetime.fromisoformat("2023-07-15T09:30:00.123456")
    take(store, tmp_path / "in", OFFICE, now)
    assert {one.recorded_at for one in store.read_records().activities} == {now}
