"""Backups: one whole file of a store in use, and a restore that proves what it brings back."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from data.intake.imports import record_activity
from data.keeping.backup import backup_store
from data.keeping.restore import restore_store
from data.keeping.verify import verify_store
from data.store.journal import Doing
from data.store.opening import Store, open_store
from data.words import ANY_WORDS
from problems import BadInput
from tests.data.keeping.test_upgrade import old_store
from tests.helpers.factory_cli import call, good, refused
from tests.helpers.factory_store import LATER, office


def record(store: Store, number: int) -> None:
    row = {"activity": f"n{number}", "kind": "检查", "day": "2023-05-02", "holder": "镇长"}
    now = LATER + timedelta(minutes=number)
    record_activity(store, {**row, "person": "p1"}, words=ANY_WORDS, doing=Doing(now))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def backed_up(folder: Path, name: str, files: Path | None = None) -> None:
    store = office(folder)
    backup_store(store, folder / name, files=files)
    store.close()


def test_a_backup_comes_back_with_everything(tmp_path: Path) -> None:
    store = office(tmp_path)
    seen: list[tuple[int, int]] = []
    made = backup_store(store, tmp_path / "b", progress=lambda *told: seen.append(told))
    assert made.entry == store.head()
    assert seen[-1][0] == seen[-1][1] > 0
    back = restore_store(tmp_path / "b", str(tmp_path / "back.db"))
    assert back.proof is not None
    assert (back.proof.broken, back.proof.head) == ((), made.hash)
    again = open_store(str(tmp_path / "back.db"))
    assert again.read_records() == store.read_records()
    record(again, 1)  # it is a store like any other
    assert verify_store(again).broken == ()


def test_a_backup_is_one_state_whoever_writes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.keeping.backup._PAGES_AT_ONCE", 8)
    store = office(tmp_path)
    for number in range(40):
        record(store, number)
    head = verify_store(store)
    own = open_store(store.name)
    written: list[int] = []

    def write(_done: int, _total: int) -> None:
        written.append(40 + len(written))
        record(own, written[-1])

    made = backup_store(store, tmp_path / "b", progress=write)
    assert len(written) > 3
    assert store.head() == head.entries + len(written)
    back = restore_store(tmp_path / "b", str(tmp_path / "back.db"))
    assert back.proof is not None
    # As the store was when the copying began.
    assert (back.proof.entries, back.proof.head) == (head.entries, head.head)
    assert (made.entry, made.hash) == (head.entries, head.head)


def test_kept_files_go_along(tmp_path: Path) -> None:
    store = office(tmp_path)
    kept = tmp_path / "office.db.files"
    (kept / "ab").mkdir(parents=True)
    (kept / "ab" / "照片.jpg").write_bytes(b"\xff\xd8" * 9)
    (kept / "ab" / "half.part").write_bytes(b"\xff")  # somebody is writing it
    made = backup_store(store, tmp_path / "b.tar", files=kept)
    assert made.files == 1
    back = restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
    assert back.files == 1
    files = tmp_path / "back.db.files"
    assert [path.relative_to(files) for path in files.rglob("*.*")] == [Path("ab/照片.jpg")]
    assert (files / "ab" / "照片.jpg").read_bytes() == b"\xff\xd8" * 9


def test_files_that_are_there_already_stay_and_are_completed(tmp_path: Path) -> None:
    kept = tmp_path / "office.db.files"
    for name in ("ab", "cd"):
        (kept / name).mkdir(parents=True)
        (kept / name / f"{name}01").write_text(name, encoding="utf-8")
    backed_up(tmp_path, "b.tar", kept)
    beside = tmp_path / "back.db.files"
    (beside / "ab").mkdir(parents=True)
    (beside / "ab" / "ab01").write_text("as it was", encoding="utf-8")
    (tmp_path / "harmed.tar").write_bytes((tmp_path / "b.tar").read_bytes())
    pack(tmp_path / "harmed.tar", {**members(tmp_path / "harmed.tar"), "files/cd/cd01": b"?"})
    with pytest.raises(BadInput):
        restore_store(tmp_path / "harmed.tar", str(tmp_path / "back.db"))
    assert [path.name for path in beside.rglob("*0*")] == ["ab01"]
    restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
    assert sorted(path.name for path in beside.rglob("*0*")) == ["ab01", "cd01"]
    assert (beside / "ab" / "ab01").read_text(encoding="utf-8") == "as it was"


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_nothing_is_restored_over_what_is_there(tmp_path: Path, ending: str) -> None:
    backed_up(tmp_path, "b")
    (tmp_path / f"back.db{ending}").write_bytes(b"mine")
    before = names(tmp_path)
    with pytest.raises(BadInput, match="something_here_already"):
        restore_store(tmp_path / "b", str(tmp_path / "back.db"))
    assert (tmp_path / f"back.db{ending}").read_bytes() == b"mine"
    assert names(tmp_path) == before


def test_a_backup_is_never_written_over_anything(tmp_path: Path) -> None:
    store = office(tmp_path)
    (tmp_path / "b").write_bytes(b"mine")
    (tmp_path / "folder").mkdir()
    for name, told in (("b", "file_of_this_name"), ("folder", "is_a_folder")):
        with pytest.raises(BadInput, match=told):
            backup_store(store, tmp_path / name)
    with pytest.raises(BadInput, match="cannot_be_written reason=system_not_found"):
        backup_store(store, tmp_path / "nowhere" / "b")
    assert (tmp_path / "b").read_bytes() == b"mine"
    assert not [name for name in names(tmp_path) if name.endswith(".part")]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scratched(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(4096 * 3, 4096 * 4):
        content[at] ^= 0xFF
    path.write_bytes(content)


def rewritten(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("UPDATE activities SET day = '2023-03-09' WHERE activity = 'a1'")


def other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("CREATE TABLE units (unit TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")


def text(path: Path) -> None:
    path.write_text("这不是备份", encoding="utf-8")


def nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (cut, "damaged"),
        (scratched, "damaged"),
        (rewritten, "journal_does_not_hold entry=2"),
        (other_database, "not_a_store_of_ours"),
        (newer, "store_too_new version=99"),
        (text, "not_a_backup"),
        (nothing, "not_a_backup"),
        (Path.unlink, "no_such_file"),
    ],
)
def test_a_file_that_is_no_sound_backup_is_refused_and_leaves_nothing(
    tmp_path: Path, harm: Callable[[Path], None], told: str
) -> None:
    backed_up(tmp_path, "b")
    harm(tmp_path / "b")
    before = names(tmp_path)
    with pytest.raises(BadInput, match=told):
        restore_store(tmp_path / "b", str(tmp_path / "back.db"))
    assert names(tmp_path) == before


Members = dict[str, bytes]


def members(path: Path) -> Members:
    with tarfile.open(path) as archive:
        return {one.name: (archive.extractfile(one) or io.BytesIO()).read() for one in archive}


def pack(path: Path, content: Members) -> None:
    with tarfile.open(path, "w") as archive:
        for name, data in content.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def listed(content: Members, name: str) -> Members:
    """With a name in its list that leads elsewhere."""
    told = json.loads(content["backup.json"])
    told["members"][name] = told["members"]["files/photo"]
    return {**content, "backup.json": json.dumps(told).encode(), name: content["files/photo"]}


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda one: {**one, "files/photo": b"other"}, "not_what_was_put_in name=files/photo"),
        (lambda one: {**one, "files/more": b"x"}, "not_in_its_list name=files/more"),
        (
            lambda one: {key: one[key] for key in one if key != "files/photo"},
            "file_missing file=files/photo",
        ),
        (
            lambda one: {**one, "store.db": one["store.db"][:-4096]},
            "not_what_was_put_in name=store.db",
        ),
        (lambda one: listed(one, "files/../../out"), r"list_names_file file=files/\.\./\.\./out"),
        (lambda one: listed(one, "/out"), "list_names_file file=/out"),
        (lambda one: {"readme": b"hello"}, "not_a_backup"),
        (lambda one: {**one, "backup.json": b"{}"}, "not_a_backup"),
        (lambda one: {**one, "backup.json": b"{"}, "damaged"),
    ],
)
def test_an_archive_that_was_changed_is_refused_and_leaves_nothing(
    tmp_path: Path, harm: Callable[[Members], Members], told: str
) -> None:
    kept = tmp_path / "office.db.files"
    kept.mkdir()
    (kept / "photo").write_bytes(b"photo")
    backed_up(tmp_path, "b.tar", kept)
    pack(tmp_path / "b.tar", harm(members(tmp_path / "b.tar")))
    before = names(tmp_path)
    with pytest.raises(BadInput, match=told):
        restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
    assert names(tmp_path) == before
    assert not (tmp_path.parent / "out").exists()


@pytest.mark.parametrize("version", ["1", "2"])
def test_the_backup_of_an_older_version_comes_back_and_says_so(
    tmp_path: Path, version: str
) -> None:
    shutil.copy(old_store(tmp_path, f"v{version}"), tmp_path / "b")
    said = good("restore", tmp_path / "b", "--db", tmp_path / "back.db").out
    assert said.endswith(f"it has version {version}: 'dutyclock init' brings it up\n")
    assert f"brought up from version {version}" in good("init", "--db", tmp_path / "back.db").out


def test_the_commands_say_what_was_copied_and_proved(tmp_path: Path) -> None:
    store = office(tmp_path)
    head = verify_store(store).head
    store.close()
    said = good("backup", tmp_path / "b", "--db", store.name).out
    assert said == f"{tmp_path / 'b'}: the store up to entry 2\nnewest hash {head}\n"
    said = good("backup", tmp_path / "b.tar", "--files", "--db", store.name).out
    assert "0 kept files are in it\n" in said
    said = good("restore", tmp_path / "b", "--db", tmp_path / "back.db").out
    assert said.splitlines()[0] == f"restored to {tmp_path / 'back.db'}"
    assert said.splitlines()[1].startswith("2 entries, ")
    assert said.splitlines()[1].endswith("the chain holds")
    told = refused("restore", tmp_path / "b", "--db", store.name)
    assert told.startswith(f"{store.name}: there is something here already\n  hint: ")
    chinese = call("restore", tmp_path / "b", "--db", store.name, "--lang", "zh").err
    assert "这里已经有东西" in chinese
