"""Backups: one whole file of a store in use, and a restore that proves what it brings back."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from data.intake.imports import import_row, record_activity
from data.keeping.backup import backup_store
from data.keeping.restore import restore_store
from data.keeping.verify import verify_store
from data.store.journal import Doing
from data.store.opening import Store, open_store, store_at
from data.words import ANY_WORDS
from problems import BadInput
from tests.data.keeping.test_upgrade import of_version, old_store
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


PHOTO = b"\xff\xd8" * 9


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(folder: Path, *contents: bytes) -> Path:
    """The folder of kept files of the office's store, with these in it."""
    kept = folder / "office.db.files"
    for one in contents:
        path = kept / sha(one)[:2] / sha(one)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one)
    return kept


def kept_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def proved_by(store: Store, content: bytes, activity: str = "a1") -> None:
    """Says in the store that a file proves an act, as `attach` does."""
    row = {"attachment": f"F{sha(content)[:9]}", "activity": activity, "sha256": sha(content)}
    row |= {"name": "照片.jpg", "size": str(len(content))}
    import_row(store, "attachments", row, name="attach", words=ANY_WORDS, doing=Doing(LATER))


def test_kept_files_go_along_and_nothing_else(tmp_path: Path) -> None:
    store = office(tmp_path)
    kept = keep(tmp_path, PHOTO)
    (kept / "ab").mkdir(parents=True, exist_ok=True)
    (kept / "ab" / "Thumbs.db").write_bytes(b"put there by a file manager")
    (kept / "ab" / ".half.part").write_bytes(b"\xff")  # somebody is writing it
    made = backup_store(store, tmp_path / "b.tar", files=kept)
    assert (made.files, made.lost) == (1, ())
    back = restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
    assert (back.files, back.lost) == (1, ())
    name = f"{sha(PHOTO)[:2]}/{sha(PHOTO)}"
    assert kept_in(tmp_path / "back.db.files") == {name: PHOTO}


def test_files_that_are_there_already_stay_and_are_completed(tmp_path: Path) -> None:
    kept = keep(tmp_path, b"one", b"two")
    backed_up(tmp_path, "b.tar", kept)
    beside = tmp_path / "back.db.files"
    one = beside / sha(b"one")[:2] / sha(b"one")
    one.parent.mkdir(parents=True)
    one.write_bytes(b"one")
    restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
    assert kept_in(beside) == kept_in(kept)


@pytest.mark.parametrize("is_link", [False, True])
def test_another_file_in_the_place_of_a_kept_one_hinders_a_restore(
    tmp_path: Path, is_link: bool
) -> None:
    backed_up(tmp_path, "b.tar", keep(tmp_path, b"one", b"two"))
    (tmp_path / "outside").write_bytes(b"one")
    there = tmp_path / "back.db.files" / sha(b"one")[:2] / sha(b"one")
    there.parent.mkdir(parents=True)
    if is_link:
        there.symlink_to(tmp_path / "outside")
    else:
        there.write_bytes(b"another one")
    with pytest.raises(BadInput, match="something_here_already"):
        restore_store(tmp_path / "b.tar", str(tmp_path / "back.db"))
    assert not (tmp_path / "back.db").exists()
    assert len(kept_in(tmp_path / "back.db.files")) == 1
    assert (tmp_path / "outside").read_bytes() == b"one"


def test_a_lost_file_is_told_and_the_backup_stands(tmp_path: Path) -> None:
    store = office(tmp_path)
    for one in (b"one", b"two", b"three"):
        proved_by(store, one)
    store.close()
    kept = keep(tmp_path, b"one", b"two")
    (kept / sha(b"two")[:2] / sha(b"two")).write_bytes(b"2")
    said = call("backup", tmp_path / "b.tar", "--files", "--db", tmp_path / "office.db")
    assert said.code == 2
    assert "1 kept files are in it" in said.out
    assert f"{sha(b'two')}" in said.err and "changed" in said.err
    assert f"{sha(b'three')}" in said.err and "missing" in said.err
    assert sha(b"one") not in said.err
    said = call("restore", tmp_path / "b.tar", "--db", tmp_path / "back.db")
    assert said.code == 2
    assert "restored to" in said.out and "the chain holds" in said.out
    assert sha(b"two") in said.err and sha(b"three") in said.err
    assert verify_store(open_store(str(tmp_path / "back.db"))).broken == ()
    assert len(kept_in(tmp_path / "back.db.files")) == 1


def test_files_go_nowhere_else_than_beside_the_store_unless_somebody_says_so(
    tmp_path: Path,
) -> None:
    store, place = office(tmp_path), tmp_path / "elsewhere" / "files"
    row = {"key": "files", "value": str(place)}
    import_row(store, "settings", row, name="init", words=ANY_WORDS, doing=Doing(LATER))
    store.close()
    backed_up_as_it_is = backup_store(store, tmp_path / "b.tar", files=keep(tmp_path, PHOTO))
    assert backed_up_as_it_is.files == 1
    (tmp_path / "new").mkdir()
    asked = ("restore", tmp_path / "b.tar", "--db", tmp_path / "new" / "back.db")
    told = refused(*asked)
    assert f"{place}: the backup says that its kept files belong here" in told
    assert "--files" in told
    told = refused(*asked, "--files", tmp_path / "other")
    assert f"the store keeps its files in '{place}'" in told
    assert names(tmp_path / "new") == set() and not place.exists()
    good(*asked, "--files", place)
    assert list(kept_in(place).values()) == [PHOTO]


def test_a_backup_of_an_older_version_brings_its_files_too(tmp_path: Path) -> None:
    url = of_version(tmp_path, 5)
    kept = keep(tmp_path, PHOTO)
    made = backup_store(store_at(url), tmp_path / "b.tar", files=kept)
    assert made.files == 1
    (tmp_path / "new").mkdir()
    back = restore_store(tmp_path / "b.tar", str(tmp_path / "new" / "back.db"))
    assert (back.version, back.files, back.proof) == (5, 1, None)
    assert list(kept_in(tmp_path / "new" / "back.db.files").values()) == [PHOTO]


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
