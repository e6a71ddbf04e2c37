"""Stores that are none, disks that are full or read-only, Ctrl-C, and two imports at once."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.factory_cli import (
    HEARD,
    PARK,
    Line,
    cache,
    call,
    contents,
    db,
    ended,
    good,
    more,
    process,
    refused,
    write,
)

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

AUDIT = ("audit", "--as-of", "2022-10-01", "--db")
unix = pytest.mark.skipif(sys.platform == "win32", reason="asks for a Unix system")


def text_file(path: Path) -> None:
    path.write_text("这不是数据库\n" * 200, "utf-8")


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE units (unit TEXT)")
    other.close()


def like_a_store(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE meta (version INTEGER)")
        other.execute("INSERT INTO meta VALUES (1)")
    other.close()


def newer_store(path: Path) -> None:
    good("init", "--db", path)
    with sqlite3.connect(path) as store:
        store.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    store.close()


NO_STORES: list[tuple[Callable[[Path], None], str]] = [
    (text_file, "this file is not a database\n  hint: name another file"),
    (other_database, "this is a database, but not a store of dutyclock\n  hint: name another file"),
    (like_a_store, "this is a database, but not a store of dutyclock\n  hint: name another file"),
    (newer_store, "this store has version 99, made by a newer dutyclock"),
    (Path.mkdir, "this is a folder, not a store\n  hint: name a file in it"),
]


@pytest.mark.parametrize(("make", "told"), NO_STORES)
def test_what_is_no_store_is_told_so_and_stays_as_it_was(
    tmp_path: Path, make: Callable[[Path], None], told: str
) -> None:
    path = tmp_path / "thing.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    lines: list[Line] = [
        ("import", write(tmp_path / "park"), "--db", path),
        ("why", HEARD, "--as-of", "2022-10-01", "--db", path),
        ("init", "--db", path),
        ("export", tmp_path / "out", "--db", path),
        (*AUDIT, path),
    ]
    for words in lines:
        said = refused(*words)
        assert said.startswith(f"{path}: {told}")
    if make is not newer_store:  # that one is ours: SQLite may tidy it when it is closed
        assert (path.read_bytes() if path.is_file() else None) == before


def test_a_file_name_with_marks_that_mean_something_in_a_url_is_a_file_name(tmp_path: Path) -> None:
    path = tmp_path / "100% 台账#2.db"
    good("init", "--db", path)
    assert path.exists()
    assert str(path) in good("doctor", "--db", path).out


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nowhere/park.db", "there is no folder 'nowhere'\n  hint: make it first\n"),
        ("foo://bar", "no driver for this database is installed"),
        ("://", "this is not the address of a database\n  hint: give a file name"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told in refused("init", "--db", address)
    monkeypatch.setenv("DUTYCLOCK_DB", address)
    assert told in refused("import", write(tmp_path / "park"))


@pytest.mark.parametrize("words", [["why", HEARD], ["audit", "--as-of", "2022-10-01"]])
def test_without_any_store_the_command_that_makes_one_is_named(words: list[str]) -> None:
    said = refused(*words)
    assert said.endswith(
        "dutyclock.db: there is no store here\n  hint: make one with 'dutyclock init'\n"
    )


def test_a_password_is_never_printed() -> None:
    said = refused("why", HEARD, "--db", "mysql://office:geheim@host/db")
    assert "geheim" not in said


@unix
def test_a_store_that_cannot_be_written_is_told_so_and_read_all_the_same(
    tmp_path: Path, db: Path
) -> None:
    before = contents(db, tmp_path / "before")
    address = f"sqlite:///file:{db}?mode=ro&uri=true"
    early = write(tmp_path / "early", more("activities", ["z", "专题研究", "2022-10-01", "主任"]))
    said = refused("import", early, "--db", address)
    assert "the store cannot be written: the file or its disk is read-only" in said
    assert "hint: nothing was changed" in said
    assert good("why", HEARD, "--as-of", "2022-10-05", "--db", address).out
    assert contents(db, tmp_path / "after") == before


@unix
def test_a_folder_that_cannot_be_written_is_told_so(tmp_path: Path, db: Path) -> None:
    if os.geteuid() == 0:
        locked = Path("/proc/self")  # root may write everywhere, but not here
    else:
        locked = tmp_path / "locked"
        locked.mkdir(mode=0o555)
    assert "cannot be opened" in refused("init", "--db", locked / "park.db")
    assert "cannot be written" in refused("export", locked / "out", "--db", db)
    assert "cannot be used" in refused("demo", "--out", locked / "demo")
    said = call(*AUDIT, db, "--html", locked / "page.html")
    assert (said.code, said.out) == (2, "")
    assert f"{locked / 'page.html'}: cannot be written" in said.err


FULL_DISK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), -1))
from cli import run
sys.exit(run(sys.argv[2:]))
"""


@unix
def test_a_full_disk_is_told_and_nothing_of_the_import_stays(tmp_path: Path, db: Path) -> None:
    before = contents(db, tmp_path / "before")
    many = [[f"m{n}", "专题研究", "2022-10-01", "主任", "p1", "主持"] for n in range(1500)]
    folder = write(tmp_path / "many", more("activities", *many))
    words: Line = ("import", folder, "--db", db, "--lang", "en")
    most = db.stat().st_size + 20_000
    done = ended(process(most, *words, script=FULL_DISK))
    assert (done.code, done.out) == (2, ""), done
    assert str(db) in done.err
    assert "disk" in done.err
    assert "Traceback" not in done.err
    assert contents(db, tmp_path / "after") == before
    good("import", folder, "--db", db)  # once there is room


INTERRUPTED = """
import os, signal, sys
from sqlalchemy import Engine, event
# a process that was started in the background would be deaf to it
signal.signal(signal.SIGINT, signal.default_int_handler)
from cli import run

def interrupt(*_):
    os.kill(os.getpid(), signal.SIGINT)

def at_statement(_connection, _cursor, statement, *_more):
    if statement.startswith(sys.argv[1]):
        interrupt()

if sys.argv[1] == "COMMIT":
    event.listen(Engine, "commit", interrupt)
else:
    event.listen(Engine, "before_cursor_execute", at_statement)
sys.exit(run(sys.argv[2:]))
"""
"""Ctrl-C where the import has come as far as the statement that is named."""


@unix
@pytest.mark.parametrize(
    "statement", ["SELECT", "INSERT INTO activities", "INSERT INTO journal", "COMMIT"]
)
def test_ctrl_c_at_any_moment_leaves_the_whole_import_or_nothing(
    tmp_path: Path, db: Path, statement: str
) -> None:
    before = contents(db, tmp_path / "before")
    folder = write(tmp_path / "in", more("activities", ["m", "专题研究", "2022-10-01", "主任"]))
    said = ended(
        process(statement, "import", folder, "--db", db, "--lang", "en", script=INTERRUPTED)
    )
    assert (said.code, said.err) == (130, "interrupted: nothing half done\n")
    assert contents(db, tmp_path / "after") == before
    good("import", folder, "--db", db)


BEGINNING = """
import os, signal, sys
import cli

class Interrupts:
    wanted = sys.argv.pop(1)

    def find_spec(self, name, *_):
        if name == self.wanted:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
cli.main()
"""
"""Ctrl-C where the program is about to read in the module that is named."""


@unix
@pytest.mark.parametrize(
    "module", ["click", "commands.context", "reports.problem_words", "services.audit", "sqlalchemy"]
)
def test_ctrl_c_while_the_program_is_read_in_is_quiet(db: Path, module: str) -> None:
    said = ended(process(module, *AUDIT, db, "--lang", "en", script=BEGINNING))
    assert (said.code, said.out) == (130, "")
    assert said.err in ("", "interrupted: nothing half done\n")


def test_nothing_is_looked_for_on_disks_before_ctrl_c_is_quiet(tmp_path: Path) -> None:
    script = "import sys; before = set(sys.modules); import cli; print(*set(sys.modules) - before)"
    said = ended(process(script=script, cwd=tmp_path))
    assert set(said.out.split()) - set(sys.builtin_module_names) == {"cli"}


@pytest.mark.usefixtures("database")
def test_an_import_that_is_interrupted_while_it_writes_is_undone(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    before = contents(db, tmp_path / "before")
    monkeypatch.setattr("commands.importing.progress", lambda _label: stopped)
    early = write(tmp_path / "early", more("activities", ["z", "专题研究", "2022-10-01", "主任"]))
    assert call("import", early, "--db", db).code == 130
    assert contents(db, tmp_path / "after") == before
    assert call("import", early, "--db", tmp_path / "new.db").code == 130
    gone = refused("export", tmp_path / "none", "--db", tmp_path / "new.db")
    assert "there is no store here\n  hint: make one with 'dutyclock init'" in gone
    assert not (tmp_path / "new.db").exists()


def test_ctrl_c_ends_with_130_in_every_command(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.judging.world.World.__init__", interrupted)
    for words in (["why", HEARD], ["alerts", "--as-of", "2022-10-01"], ["leader", "张三"]):
        said = call(*words, "--db", db)
        assert (said.code, said.out) == (130, "")
        assert said.err == "interrupted: nothing half done\n"


@pytest.mark.parametrize("is_there", [False, True])
@pytest.mark.usefixtures("database")
def test_two_imports_at_once_come_one_after_the_other(tmp_path: Path, is_there: bool) -> None:
    path = tmp_path / "two.db"
    if is_there:
        good("import", write(tmp_path / "park"), "--db", path)
    folders = [
        write(
            tmp_path / name,
            more(
                "activities",
                *([f"{name}{n}", "专题研究", "2022-10-01", "主任", "p1"] for n in range(300)),
            ),
        )
        for name in ("甲", "乙")
    ]
    both = [process("import", folder, "--db", path, "--lang", "en") for folder in folders]
    said = [ended(one) for one in both]
    assert [(one.code, one.err) for one in said] == [(0, ""), (0, "")]
    stored = contents(path, tmp_path / "out")["activities.csv"].decode()
    assert stored.count("\n") == 1 + len(PARK["activities"]) - 1 + 2 * 300


def test_a_store_that_somebody_keeps_locked_is_told_so(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.connecting.BUSY_SECONDS", 0)
    holder = sqlite3.connect(db, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    early = write(tmp_path / "early", more("activities", ["z", "专题研究", "2022-10-01", "主任"]))
    said = refused("import", early, "--db", db)
    assert "another import or program has kept the store locked" in said
    assert "try again when it has ended; nothing was changed" in said
    assert good("why", HEARD, "--as-of", "2022-10-05", "--db", db).out  # readers go on
    holder.rollback()
    holder.close()
    good("import", early, "--db", db)
