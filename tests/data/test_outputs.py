"""Files that are written out: over nothing that is not theirs, whole, and their owner's alone."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from data.intake.sources import read_source
from data.outputs import MANIFEST, UNFINISHED, output_file, outputs, unfinished_in
from problems import BadInput


def put(folder: Path, files: dict[str, str], by: str = "notices") -> None:
    with outputs(folder, by) as made:
        for name, text in files.items():
            (made.path / name).write_text(text, encoding="utf-8")
        made.put()


def one(path: Path, text: str, by: str = "audit") -> None:
    with output_file(path, by) as part:
        part.write_text(text, encoding="utf-8")


def held(folder: Path) -> dict[str, str]:
    """What a folder holds besides the file that remembers."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.name: path.read_text(encoding="utf-8") for path in files}


def codes(problem: pytest.ExceptionInfo[BadInput]) -> list[tuple[str, str]]:
    return [(Path(one.place.file).name, one.code) for one in problem.value.problems]


def test_a_later_run_writes_over_what_an_earlier_one_wrote_and_nothing_else(
    tmp_path: Path,
) -> None:
    out = tmp_path / "deep" / "papers"
    put(out, {"a": "1", "b": "1"})
    (out / "memo").write_text("my own", encoding="utf-8")
    put(out, {"a": "2", "c": "2"})
    assert held(out) == {"a": "2", "b": "1", "c": "2", "memo": "my own"}
    told = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert [(name, one["by"], len(one["sha256"])) for name, one in told.items()] == [
        (name, "notices", 1) for name in "abc"
    ]


def test_the_folder_stays_the_same_folder(tmp_path: Path) -> None:
    put(tmp_path, {"a": "1"})
    number = tmp_path.stat().st_ino
    with (tmp_path / "open").open("w", encoding="utf-8") as stream:
        put(tmp_path, {"a": "2"})
        stream.write("written meanwhile")
    assert tmp_path.stat().st_ino == number
    assert held(tmp_path) == {"a": "2", "open": "written meanwhile"}


def test_every_file_that_is_not_theirs_is_told_at_once_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    put(tmp_path, {"edited": "1", "same": "1"})
    put(tmp_path, {"theirs": "1"}, "export")
    (tmp_path / "edited").write_text("1, corrected", encoding="utf-8")
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    (tmp_path / "folder").mkdir()
    before = held(tmp_path)
    names = ("edited", "folder", "link", "mine", "new", "same", "theirs")
    with pytest.raises(BadInput) as refused:
        put(tmp_path, dict.fromkeys(names, "2"))
    assert codes(refused) == [
        ("edited", "file_changed_since_written"),
        ("folder", "is_a_folder"),
        ("link", "file_not_written_by_us"),
        ("mine", "file_not_written_by_us"),
        ("theirs", "file_of_another_command"),
    ]
    assert held(tmp_path) == before
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"files": {"a": 3}}', '{"files": []}'])
def test_where_nothing_is_remembered_nothing_is_theirs(tmp_path: Path, text: str) -> None:
    put(tmp_path, {"a": "1"})
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        put(tmp_path, {"a": "2"})
    assert codes(refused) == [("a", "file_not_written_by_us")]
    put(tmp_path, {"a": "1"})  # nothing is lost by writing what is there
    put(tmp_path, {"a": "2"})
    assert held(tmp_path) == {"a": "2"}


def test_what_fails_in_the_middle_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"a": "1", "c": "1"})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    plain = Path.replace

    def failing(self: Path, target: str | os.PathLike[str]) -> Path:
        if self.name == "c":
            raise KeyboardInterrupt
        return plain(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, {"a": "2", "b": "2", "c": "2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="a process is forked")
def test_a_folder_whose_files_are_half_replaced_says_so_until_it_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"a": "1", "b": "1"}, "export")
    with monkeypatch.context() as killed:  # nothing is undone by somebody who is dead
        killed.setattr("data.outputs._replace", lambda *_: os._exit(9))
        child = os.fork()
        if child == 0:
            put(tmp_path, {"a": "2", "b": "2"}, "export")
        os.waitpid(child, 0)
    assert (tmp_path / UNFINISHED).read_text(encoding="utf-8") == "export\n"
    one(tmp_path / "page", "of another command")
    with pytest.raises(BadInput) as refused:
        read_source(tmp_path)
    assert codes(refused) == [(tmp_path.name, "folder_half_written")]
    put(tmp_path, {"a": "3", "b": "3"}, "export")
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in "ab"] == ["3", "3"]
    assert not (tmp_path / UNFINISHED).exists()
    assert unfinished_in(tmp_path) is None


def test_a_run_that_was_killed_in_the_middle_is_done_again(tmp_path: Path) -> None:
    put(tmp_path, {"a": "1", "b": "1"})
    old = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    put(tmp_path, {"a": "2", "b": "2"})
    new = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    for name in "ab":
        new["files"][name]["sha256"] += old["files"][name]["sha256"]
    (tmp_path / MANIFEST).write_text(json.dumps(new), encoding="utf-8")
    (tmp_path / "a").write_text("1", encoding="utf-8")
    put(tmp_path, {"a": "3", "b": "3"})
    assert held(tmp_path) == {"a": "3", "b": "3"}


def test_a_folder_that_holds_a_store_gets_no_papers(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "office")) as store:
        store.execute("CREATE TABLE meta (key TEXT)")
        for ending in ("-wal", "-shm", "-journal"):
            with pytest.raises(BadInput) as refused:
                one(tmp_path / f"office{ending}", "x")
            assert codes(refused) == [(f"office{ending}", "name_belongs_to_store")]
    with pytest.raises(BadInput) as refused:
        put(tmp_path, {"a": "1"})
    assert codes(refused) == [(tmp_path.name, "folder_holds_store")]
    assert [path.name for path in tmp_path.iterdir()] == ["office"]
    one(tmp_path / "month.csv", "1")  # a file of its own may lie beside it
    with pytest.raises(BadInput) as refused:
        one(tmp_path / "office", "1")
    assert codes(refused) == [("office", "file_not_written_by_us")]


def test_nothing_is_named_as_a_rule_file_among_rules(tmp_path: Path) -> None:
    (tmp_path / "document.yaml").write_text("title: x", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        one(tmp_path / "leaders.yaml", "x")
    assert codes(refused) == [("leaders.yaml", "name_would_be_rule_file")]
    one(tmp_path / "page.html", "x")


def test_a_file_with_the_longest_name_is_written(tmp_path: Path) -> None:
    one(tmp_path / ("x" * 255), "1")
    put(tmp_path / "folder", {"y" * 255: "1"})
    put(tmp_path / "folder", {"y" * 255: "2"})
    assert held(tmp_path) == {"x" * 255: "1", "y" * 255: "2"}


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "month").symlink_to(tmp_path / "shared" / "month")
    one(tmp_path / "month", "1")
    one(tmp_path / "month", "2")
    assert (tmp_path / "month").is_symlink()
    assert held(tmp_path / "shared") == {"month": "2"}


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a Unix system")
def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    one(Path(f"/dev/fd/{writing}"), "told")
    assert os.read(reading, 10) == b"told"
    os.close(reading)
    os.close(writing)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a Unix system")
def test_what_is_written_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        put(tmp_path / "papers", {"a": "1"})
        put(tmp_path / "papers", {"a": "2", "b": "2"})
        one(tmp_path / "month.csv", "1")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes.pop("papers") == 0o700
    assert set(modes) == {MANIFEST, "a", "b", "month.csv"}
    assert set(modes.values()) == {0o600}
