"""Several clerks at once, each in a process of its own: nothing that was acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from data.keeping.verify import verify_store
from data.store.opening import open_store
from tests.helpers.databases import address
from tests.helpers.factory_cli import LONGEST, ROOT
from tests.helpers.factory_store import office, write

pytestmark = pytest.mark.usefixtures("database")

CLERK = """
import sys
from datetime import datetime
from pathlib import Path
import data.store.connecting
from data.intake.imports import import_path, import_row, record_activity
from data.store.journal import Doing
from data.store.opening import open_store
from data.words import ANY_WORDS
from problems import BadInput

what, url, times, name = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
doing = Doing(datetime.fromisoformat("2023-07-15T10:00"), name)
more = {"words": ANY_WORDS, "doing": doing}
data.store.connecting.BUSY_SECONDS = int(sys.argv[6]) if len(sys.argv) > 6 else 60
store = open_store(url)
print("ready", flush=True)
sys.stdin.readline()
for number in range(times):
    try:
        if what == "import":
            report = import_path(store, Path(sys.argv[5]) / str(number), **more)
            print(report.entry, report.total("new"), flush=True)
        elif what == "record":
            act = {"kind": "检查", "day": "2023-07-10", "holder": "镇", "time": f"10:{number:02}"}
            print(record_activity(store, act, **more), flush=True)
        elif what == "void":
            row = {"activity": f"v{number}", "kind": "检查", "day": "2023-03-01", "holder": "镇",
                   "voided_at": "2023-07-15", "void_reason": name}
            print(import_row(store, "activities", row, name="record", **more).entry, flush=True)
        elif what == "correct":
            row = {"activity": "a3", "kind": f"{name}{number}", "day": "2023-04-02",
                   "holder": "副镇长"}
            print(import_row(store, "activities", row, name="record", **more).entry, flush=True)
    except BadInput as error:
        print(error, flush=True)
"""
TIMES = 8


class Clerk:
    """A process that waits for the word, and then writes as often as it was told."""

    def __init__(self, what: str, store: Path, name: str, *more: str | Path, times: int = TIMES):
        words = [what, address(store), str(times), name, *map(str, more)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", CLERK, *words],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def acknowledged(self) -> list[str]:
        """What it was told of each of its writes, once it has ended."""
        told, _ = self.process.communicate(timeout=LONGEST)
        assert self.process.returncode == 0
        return told.splitlines()


def at_once(*clerks: Clerk) -> list[list[str]]:
    for one in clerks:
        one.go()
    return [one.acknowledged() for one in clerks]


def folders(folder: Path, name: str, rows: int = 40) -> Path:
    for number in range(TIMES):
        acts = [[f"{name}{number}-{row}", "检查", "2023-03-01", "镇"] for row in range(rows)]
        header = ["activity", "kind", "day", "holder"]
        write(folder / name / str(number), {"activities": [header, *acts]})
    return folder / name


def ids(store: Path) -> set[str]:
    return {one.activity for one in open_store(address(store)).read_records().activities}


def assert_sound(store: Path, entries: int) -> None:
    found = verify_store(open_store(address(store)))
    assert (found.broken, found.entries) == ((), entries)


def test_two_imports_at_once_are_both_there(tmp_path: Path) -> None:
    office(tmp_path)
    store = tmp_path / "office.db"
    clerks = [Clerk("import", store, name, folders(tmp_path, name)) for name in "甲乙"]
    told = at_once(*clerks)
    assert [line.split()[1] for lines in told for line in lines] == ["40"] * 2 * TIMES
    entries = sorted(int(line.split()[0]) for lines in told for line in lines)
    assert entries == list(range(3, 3 + 2 * TIMES))
    wanted = {f"{name}{n}-{row}" for name in "甲乙" for n in range(TIMES) for row in range(40)}
    assert wanted <= ids(store)
    assert_sound(store, 2 + 2 * TIMES)


def test_records_that_are_typed_at_once_never_get_one_number(tmp_path: Path) -> None:
    office(tmp_path)
    store = tmp_path / "office.db"
    told = at_once(*(Clerk("record", store, name) for name in "甲乙丙"))
    given = [one for lines in told for one in lines]
    assert sorted(given) == sorted(f"A20230710-{n}" for n in range(1, 3 * TIMES + 1))
    assert set(given) <= ids(store)
    assert_sound(store, 2 + 3 * TIMES)


def test_an_import_and_typed_records_at_once_are_all_there(tmp_path: Path) -> None:
    office(tmp_path)
    store = tmp_path / "office.db"
    folder = folders(tmp_path, "甲", rows=200)
    imported, typed = at_once(Clerk("import", store, "甲", folder), Clerk("record", store, "乙"))
    assert len(imported) == TIMES
    assert {f"甲{n}-{row}" for n in range(TIMES) for row in range(200)} | set(typed) <= ids(store)
    assert_sound(store, 2 + 2 * TIMES)


def test_a_record_and_a_void_at_once_are_both_there(tmp_path: Path) -> None:
    office(tmp_path)
    store = tmp_path / "office.db"
    header = ["activity", "kind", "day", "holder"]
    acts = [[f"v{number}", "检查", "2023-03-01", "镇"] for number in range(TIMES)]
    write(tmp_path / "v" / "0", {"activities": [header, *acts]})
    at_once(Clerk("import", store, "先", tmp_path / "v", times=1))
    typed, voided = at_once(Clerk("record", store, "甲"), Clerk("void", store, "乙"))
    acts_now = {
        one.activity: one.standing for one in open_store(address(store)).read_records().activities
    }
    assert {acts_now[one] for one in typed} == {"live"}
    assert {acts_now[f"v{number}"] for number in range(TIMES)} == {"voided"}
    assert len(set(voided)) == TIMES
    assert_sound(store, 3 + 2 * TIMES)


def test_corrections_of_one_record_at_once_all_stand_in_its_history(tmp_path: Path) -> None:
    office(tmp_path)
    store = tmp_path / "office.db"
    told = at_once(*(Clerk("correct", store, name) for name in "甲乙"))
    assert len({one for lines in told for one in lines}) == 2 * TIMES
    with open_store(address(store)).reading() as connection:
        query = "SELECT kind FROM activities WHERE activity = 'a3' ORDER BY row_id"
        kinds = list(connection.exec_driver_sql(query).scalars())
    assert sorted(kinds) == sorted(
        ["会议", *(f"{name}{n}" for name in "甲乙" for n in range(TIMES))]
    )
    for name in "甲乙":  # each clerk's own in the order in which they were acknowledged
        assert [one for one in kinds if one[0] == name] == [f"{name}{n}" for n in range(TIMES)]
    assert_sound(store, 2 + 2 * TIMES)


def told_after_a_wait(lines: Sequence[str]) -> None:
    assert "store_locked seconds=" in "\n".join(lines)


def test_whoever_waits_too_long_is_told_and_changes_nothing(tmp_path: Path) -> None:
    office(tmp_path)
    store = tmp_path / "office.db"
    waiting = Clerk("record", store, "乙", "-", "1", times=1)  # waits for one second
    with open_store(address(store)).writing():
        begun = time.monotonic()
        waiting.go()
        told_after_a_wait(waiting.acknowledged())
        assert time.monotonic() - begun > 0.8
    assert len(ids(store)) == 3
    assert at_once(Clerk("record", store, "乙", times=1)) == [["A20230710-1"]]


def test_readers_go_on_while_somebody_writes(tmp_path: Path) -> None:
    store = office(tmp_path)
    before = store.read_records()
    with open_store(address(tmp_path / "office.db")).writing() as connection:
        connection.exec_driver_sql("UPDATE units SET name = '别的名字'")
        assert store.read_records() == before
        with store.snapshot(bulk=True) as state:
            assert state.read_records() == before
