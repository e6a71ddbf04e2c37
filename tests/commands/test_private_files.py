"""Whatever a command makes is its owner's alone, and the doctor tells of what is not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.helpers.factory_cli import cache, call, ended, good, process, write

__all__ = ["cache"]

pytestmark = [
    pytest.mark.usefixtures("cache"),
    pytest.mark.skipif(sys.platform == "win32", reason="asks for a Unix system"),
]


def modes(folder: Path) -> dict[str, int]:
    """What others may do with whatever is below a folder, where they may do anything."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path.stat().st_mode & 0o077 for name, path in found.items()}


def test_nothing_that_is_made_is_open_to_others_whatever_the_umask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = write(tmp_path / "in")
    (tmp_path / "in" / "photo").write_text("a photo", encoding="utf-8")
    office = tmp_path / "office"
    monkeypatch.setenv("XDG_CACHE_HOME", str(office / "cache"))
    before = os.umask(0)
    try:
        office.mkdir(mode=0o700)
        db = office / "park.db"
        good("init", "--records-from", "2022-07-01", "--db", str(db))
        good("import", tables, "--db", str(db))
        good("attach", "a1", tables / "photo", "--db", str(db))
        good("evidence", "a1", "--get", "photo", "--out", office / "photo", "--db", str(db))
        good("backup", office / "park.backup", "--files", "--db", str(db))
        (office / "deep").mkdir(mode=0o700)
        good("restore", office / "park.backup", "--db", str(office / "deep" / "again.db"))
        good("export", office / "out" / "all", "--files", "--db", str(db))
        good("template", office / "t.xlsx", "--with-records", "--db", str(db))
        pages = ("--html", office / "m.html", "--csv", office / "m.csv", "--keep")
        assert call("audit", "--as-of", "2022-10-01", *pages, "--db", str(db)).code == 1
        good("notices", "--as-of", "2022-10-20", "--out", office / "n", "--db", str(db))
        made = modes(office)
    finally:
        os.umask(before)
    assert {"park.db", "out/all/files", "n/index.html", "deep/again.db", "m.csv"} <= set(made)
    assert {name for name, mode in made.items() if mode} == set()


def test_what_sqlite_keeps_beside_an_open_store_is_private_too(tmp_path: Path) -> None:
    script = """
import os, sys
from pathlib import Path
os.umask(0)
from sqlalchemy import Engine, event
from cli import run

@event.listens_for(Engine, "commit")
def tell(_connection):
    print(*sorted(f"{path.name} {path.stat().st_mode & 0o77}" for path in Path(sys.argv[1]).parent.iterdir()))

sys.exit(run(["init", "--db", sys.argv[1]]))
"""  # noqa: E501
    said = ended(process(str(tmp_path / "s.db"), script=script))
    assert said.code == 0
    assert "s.db 0 s.db-shm 0 s.db-wal 0" in said.out


def test_the_doctor_tells_of_a_store_that_others_may_read(tmp_path: Path) -> None:
    db = tmp_path / "park.db"
    good("init", "--db", str(db))
    good("backup", tmp_path / "park.db.before-20220101.backup", "--db", str(db))
    said = good("doctor", "--db", str(db)).out
    assert "[ok] privacy of the store: nobody else on this machine may read it" in said
    for name in ("park.db", "park.db.before-20220101.backup"):
        (tmp_path / name).chmod(0o640)
    (tmp_path / "park.dbx").write_text("another one's", encoding="utf-8")
    (tmp_path / "park.dbx").chmod(0o644)
    said = good("doctor", "--db", str(db)).out
    open_ones = f"{db}, {db}.before-20220101.backup"
    assert f"[MISSING] privacy of the store: others on this machine may read {open_ones}" in said
    assert f"chmod go-rwx {db} {db}.before-20220101.backup" in said


def test_a_store_that_an_office_shares_stays_as_it_made_it(tmp_path: Path) -> None:
    db = tmp_path / "park.db"
    good("init", "--db", str(db))
    db.chmod(0o660)
    good("import", write(tmp_path / "in"), "--db", str(db))
    assert db.stat().st_mode & 0o777 == 0o660
