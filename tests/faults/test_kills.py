"""Killed at any moment, nothing acknowledged is lost and nothing half is there."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.intake.imports import import_path, record_activity
from data.keeping.backup import backup_store
from data.keeping.notice_register import NoticeDraft, draft_notices
from data.keeping.restore import restore_store
from data.keeping.upgrade import upgrade_store
from data.keeping.verify import verify_store
from data.notice_register import NoticeItem
from data.outputs import UNFINISHED, outputs
from data.store.journal import Doing
from data.store.opening import Store, open_store
from data.words import ANY_WORDS
from reports.notice.papers import Paper, write_papers
from tests.helpers.factory_store import LATER, NOON, OFFICE, office, write
from tests.helpers.killing import BEGUN, DONE, Kills, Tell, Work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")

QUOTAS = {"import": 50, "record": 24, "upgrade": 26, "backup": 60, "notices": 44}
"""How many kills each sort of work gets in an ordinary run."""

OLD = Path(__file__).parents[1] / "old_stores" / "v1.sql"
ACTS = 60


def test_an_ordinary_run_kills_two_hundred_times() -> None:
    assert sum(QUOTAS.values()) >= 200


def held(kills: Kills, report: Callable[[str, object], None]) -> None:
    """The kills came as often as they should, and hit inside of the work."""
    print(kills.report())
    report(kills.name, dict(kills.landed))
    total = sum(kills.landed.values())
    assert total == QUOTAS[kills.name]
    inside = kills.landed["early"] + kills.landed["commit"]
    assert inside >= total // 2, kills.report()


def batch(folder: Path, number: int) -> Path:
    """New acts, one superseding another, a correction of one that is there, and a void."""
    head = [*OFFICE["activities"][0], "supersedes", "voided_at", "void_reason"]
    rows = [
        [f"r{number}-{n}", "检查", "2023-05-02", "镇长", "p1", "", "", "", "", "", ""]
        for n in range(ACTS)
    ]
    rows[0][8] = f"r{number}-1"
    rows.append(["a1", "检查", "2023-03-01", "镇长", "p1", "", f"{number + 1}", "", "", "", ""])
    rows.append([*rows[2][:8], "", "2023-07-02", "误录"])
    rows[-1][0] = f"r{number}-void"
    return write(folder / f"in{number}", {"activities": [head, *rows]})


def acts_of(store: Store, number: int) -> set[str]:
    """The acts of a batch that the store has."""
    acts = store.read_records().activities
    return {one.activity for one in acts if one.activity.startswith(f"r{number}-")}


def test_killed_imports_are_whole_or_absent(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    store = office(tmp_path)
    file, whole = store.name, ACTS + 1
    store.close()

    def work_of(number: int) -> Work:
        folder = batch(tmp_path, number)

        def work(tell: Tell) -> None:
            own = open_store(file)
            tell(BEGUN)
            import_path(own, folder, words=ANY_WORDS, doing=Doing(LATER + timedelta(hours=number)))
            tell(DONE)

        return work

    kills = Kills("import", 1)
    kept = 0
    for number, ended in enumerate(kills.of(work_of, QUOTAS["import"])):
        store = open_store(file)
        found = verify_store(store)
        assert found.broken == ()
        there = len(acts_of(store, number))
        assert there == whole if ended.where == "done" else there in (0, whole)
        kept += there
        assert found.entries == 2 + kept // whole
        store.close()
    held(kills, record_property)


def test_records_that_were_acknowledged_are_there(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    store = office(tmp_path)
    file = store.name
    store.close()

    def work_of(number: int) -> Work:
        def work(tell: Tell) -> None:
            own = open_store(file)
            tell(BEGUN)
            for n in range(6):
                row = {"activity": f"r{number}-{n}", "kind": "检查", "holder": "镇长"}
                row |= {"day": "2023-05-02", "person": "p1"}
                record_activity(own, row, words=ANY_WORDS, doing=Doing(LATER))
                tell(f"r{number}-{n}")

        return work

    kills = Kills("record", 2)
    for number, ended in enumerate(kills.of(work_of, QUOTAS["record"])):
        store = open_store(file)
        assert verify_store(store).broken == ()
        told = {one for one in ended.said if one.startswith("r")}
        there = acts_of(store, number)
        assert told <= there
        assert len(there) <= len(told) + 1
        store.close()
    held(kills, record_property)


def enlarged(file: Path) -> Path:
    """A store of the first version with more in it."""
    with closing(sqlite3.connect(file)) as plain, plain:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.executescript(OLD.read_text(encoding="utf-8"))
        names = [row[1] for row in plain.execute("PRAGMA table_info(activities)")]
        other = {"row_id": "100 + n", "activity": "'多' || n", "flags": "32"}
        other["batch"] = "4"  # the newest: no row of an entry stands behind one of a later entry
        other["time"] = "printf('%02d:%02d', n / 60, n % 60)"  # else they would be doubles
        copied = ", ".join(other.get(name, name) for name in names)
        plain.execute(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 400)"
            f" INSERT INTO activities SELECT {copied} FROM activities, numbers WHERE row_id = 1"
        )
    return file


def content(file: Path) -> tuple[str, ...]:
    """Everything that a database says."""
    with closing(sqlite3.connect(file)) as plain:
        return tuple(plain.iterdump())


def test_a_killed_upgrade_leaves_the_old_store_or_the_new_one(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    old = enlarged(tmp_path / "old.db")
    before = content(old)
    shutil.copy(old, tmp_path / "warm.db")  # the children find everything imported already
    assert upgrade_store(str(tmp_path / "warm.db"), Doing(NOON)) is not None

    def work_of(number: int) -> Work:
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(old, folder / "s.db")

        def work(tell: Tell) -> None:
            tell(BEGUN)
            upgrade_store(str(folder / "s.db"), Doing(NOON))
            tell(DONE)

        return work

    kills = Kills("upgrade", 3)
    for number, ended in enumerate(kills.of(work_of, QUOTAS["upgrade"])):
        folder = tmp_path / str(number)
        backups = [content(one) for one in folder.glob("*.backup")]
        assert backups in ([], [before])
        with closing(sqlite3.connect(folder / "s.db")) as plain:
            version = dict(plain.execute("SELECT key, value FROM meta"))["schema_version"]
        if version == "1":
            assert ended.where != "done"
            assert content(folder / "s.db") == before
            if number % 4:
                shutil.rmtree(folder)
                continue
            assert upgrade_store(str(folder / "s.db"), Doing(NOON)) is not None
        else:
            assert backups == [before]
        store = open_store(str(folder / "s.db"))
        assert verify_store(store).broken == ()
        assert len(store.read_records().activities) == 404
        store.close()
        shutil.rmtree(folder)
    held(kills, record_property)


def test_a_killed_backup_is_whole_or_absent(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    store = office(tmp_path)
    for number in range(12):
        import_path(
            store,
            batch(tmp_path, number),
            words=ANY_WORDS,
            doing=Doing(LATER + timedelta(hours=number)),
        )
    kept = tmp_path / "office.db.files"
    kept.mkdir()
    (kept / "照片").write_bytes(b"\xff\xd8" * 50_000)
    store.close()
    before = content(Path(store.name))

    def work_of(number: int) -> Work:
        files = kept if number % 4 > 1 else None

        def work(tell: Tell) -> None:
            own = open_store(store.name)
            tell(BEGUN)
            backup_store(own, tmp_path / f"{number}.backup", files=files)
            tell(DONE)

        return work

    kills = Kills("backup", 4)
    for number, ended in enumerate(kills.of(work_of, QUOTAS["backup"])):
        made = tmp_path / f"{number}.backup"
        assert made.exists() or ended.where != "done"
        if made.exists():
            again = tmp_path / "again"
            again.mkdir()
            proof = restore_store(made, str(again / "s.db")).proof
            assert proof is not None and proof.broken == ()
            assert content(again / "s.db") == before
            shutil.rmtree(again)
        assert content(Path(store.name)) == before
    held(kills, record_property)


def test_each_of_killed_papers_is_the_old_one_or_the_new_one(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    store = office(tmp_path)
    file, out = store.name, tmp_path / "papers"
    store.close()
    out.mkdir()
    (out / "memo").write_text("my own", encoding="utf-8")

    def papers(number: int) -> list[Paper]:
        return [Paper(f"p{n}.txt", f"run {number} page {n}", "remind", "镇") for n in range(12)]

    def work_of(number: int) -> Work:
        def work(tell: Tell) -> None:
            own = open_store(file)
            tell(BEGUN)
            with outputs(out, "notices") as part:
                write_papers(part.path, papers(number))
                item = NoticeItem(f"d@镇@{number}", ("v",))
                new = NoticeDraft("remind", "镇", "提醒函", "镇", False, 5, (item,), "{}")
                day = date(2023, 7, 1)
                draft_notices(own, [new], (), day, None, Doing(LATER), lambda _all: part.put())
            tell(DONE)

        return work

    def stands() -> dict[str, str]:
        seen = [one for one in out.iterdir() if not one.name.startswith(".")]
        return {one.name: one.read_text(encoding="utf-8") for one in seen}

    kills = Kills("notices", 5)
    memo = {"memo": "my own"}
    last: dict[str, str] = dict(memo)
    entries = 2
    for number, ended in enumerate(kills.of(work_of, QUOTAS["notices"])):
        new = {**memo, **{paper.file: paper.text for paper in papers(number)}}
        now = stands()
        is_marked = now.pop(UNFINISHED, None) is not None
        assert is_marked or now in (last, new)
        assert not is_marked or ended.where != "done"
        # Whatever a run before this one left half done, this one could put in its place.
        assert all(now[name] in (last.get(name), new[name]) for name in now)
        assert now == new or ended.where != "done"
        store = open_store(file)
        found = verify_store(store)
        assert found.broken == ()
        assert found.entries in (entries, entries + 1)
        if found.entries > entries:
            assert now == new  # what the journal says was written is there
        entries, last = found.entries, now
        store.close()
    held(kills, record_property)
