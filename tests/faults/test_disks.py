"""Disks that are full and places that cannot be written: a plain sentence, and nothing changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.test_kills import enlarged
from tests.helpers.factory_cli import (
    Line,
    Said,
    cache,
    call,
    db,
    ended,
    good,
    more,
    process,
    write,
)

__all__ = ["cache", "db"]

pytestmark = [
    pytest.mark.usefixtures("cache"),
    pytest.mark.skipif(sys.platform == "win32", reason="asks for a Unix system"),
]

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), -1))
from cli import run
sys.exit(run(sys.argv[2:]))
"""
ROOM = 64_000
"""So many bytes are left on a full disk: enough to begin with anything."""

Disk = Callable[[Path], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, room: int) -> None:
    """Leaves only a little room on a disk."""
    free = shutil.disk_usage(disk).free
    (disk / "ballast").write_bytes(b"\0" * max(0, free - room))


def read_only(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def standing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder; what SQLite keeps beside an open store is no part of it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


def told(said: Said) -> str:
    """What a refused command said."""
    assert (said.code, said.out) == (2, ""), said
    assert "Traceback" not in said.err
    assert "Error" not in said.err
    return said.err


def importing(tmp_path: Path, db: Path, disk: Path) -> Line:
    shutil.copy(db, disk / "park.db")
    many = [[f"m{n}", "专题研究", "2022-10-01", "主任", "p1", "主持"] for n in range(1500)]
    return ("import", write(tmp_path / "many", more("activities", *many)), "--db", disk / "park.db")


def upgrading(tmp_path: Path, db: Path, disk: Path) -> Line:
    del tmp_path, db
    return ("init", "--db", enlarged(disk / "old.db"))


def backing_up(tmp_path: Path, db: Path, disk: Path) -> Line:
    del tmp_path
    return ("backup", disk / "park.backup", "--db", db)


def backing_up_files(tmp_path: Path, db: Path, disk: Path) -> Line:
    del tmp_path
    files = db.with_name(f"{db.name}.files")
    files.mkdir()
    (files / "photo").write_bytes(b"\xff" * 3 * ROOM)
    return ("backup", disk / "park.tar", "--files", "--db", db)


def restoring(tmp_path: Path, db: Path, disk: Path) -> Line:
    good("backup", tmp_path / "park.backup", "--db", db)
    return ("restore", tmp_path / "park.backup", "--db", disk / "again.db")


def exporting(tmp_path: Path, db: Path, disk: Path) -> Line:
    many = [[f"m{n}", "专题研究", "2022-10-01", "主任", "p1", "主持"] for n in range(1500)]
    good("import", write(tmp_path / "many", more("activities", *many)), "--db", db)
    (disk / "out").mkdir()
    (disk / "out" / "memo").write_text("my own", encoding="utf-8")
    return ("export", disk / "out", "--db", db)


def sending(tmp_path: Path, db: Path, disk: Path) -> Line:
    del tmp_path
    good("notices", "--as-of", "2022-10-20", "--out", disk / "papers", "--db", db)
    return ("notices", "--as-of", "2022-11-01", "--out", disk / "papers", "--db", db)


WORKS = [importing, upgrading, backing_up, backing_up_files, restoring, exporting, sending]
NAMES = [work.__name__ for work in WORKS]


@pytest.mark.parametrize("work", WORKS, ids=NAMES)
def test_a_full_disk_is_told_and_nothing_is_changed(
    tmp_path: Path, db: Path, disk: Path, work: Callable[[Path, Path, Path], Line]
) -> None:
    words = work(tmp_path, db, disk)
    fill(disk, ROOM if work is not sending else 10_000)  # papers are small
    before, store = standing(disk), good("journal", "--db", db).out
    said = told(call(*words))
    assert "No space left on device" in said or "the disk is full" in said, said
    assert said.startswith(f"{disk}{os.sep}") or work is sending, said
    assert standing(disk) == before
    assert good("journal", "--db", db).out == store
    (disk / "ballast").unlink()
    good(*words)  # once there is room


@pytest.mark.parametrize("work", WORKS, ids=NAMES)
def test_a_disk_that_is_read_only_is_told_and_nothing_is_changed(
    tmp_path: Path, db: Path, disk: Path, work: Callable[[Path, Path, Path], Line]
) -> None:
    words = work(tmp_path, db, disk)
    read_only(disk)
    before, store = standing(disk), good("journal", "--db", db).out
    said = told(call(*words))
    assert "ead-only" in said or "cannot be opened" in said, said
    assert standing(disk) == before
    assert good("journal", "--db", db).out == store


@pytest.mark.parametrize(
    ("work", "limit"),
    [
        (upgrading, 150_000),
        (backing_up, 100_000),
        (backing_up_files, 150_000),
        (restoring, 100_000),
        (exporting, 60_000),
    ],
)
def test_a_file_that_may_not_grow_further_is_told_and_nothing_is_changed(
    tmp_path: Path, db: Path, work: Callable[[Path, Path, Path], Line], limit: int
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    words = work(tmp_path, db, place)
    before = standing(place)
    said = told(ended(process(limit, *words, "--lang", "en", script=LIMITED)))
    assert "File too large" in said or "disk" in said, said
    assert standing(place) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("work", [backing_up, restoring, exporting], ids=lambda one: one.__name__)
def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, db: Path, work: Callable[[Path, Path, Path], Line]
) -> None:
    place = tmp_path / "locked"
    place.mkdir()
    words = work(tmp_path, db, place)
    before = standing(place)
    place.chmod(0o555)
    try:
        assert "Permission denied" in told(call(*words))
        assert standing(place) == before
    finally:
        place.chmod(0o755)
