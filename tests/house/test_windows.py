"""What can be tried of Windows on any machine: names, drives, code pages, ends of lines."""

from __future__ import annotations

import csv
import ntpath
from pathlib import Path, PureWindowsPath

import pytest

from commands import machine
from commands.context import Edge
from data.disk_names import disk_name, is_reserved
from data.grids.csv_files import csv_rows
from data.passwords import may_hold_password, without_passwords
from data.store.connecting import address_of, file_of
from data.store.files import is_url
from problems import Problem
from reports.render import safe_name
from tests.helpers.factory_cli import ROOT, cache, ended, process

__all__ = ["cache"]


def reserved(name: str) -> bool:
    """What Python's own Windows paths say of it."""
    if hasattr(ntpath, "isreserved"):
        return bool(ntpath.isreserved(name))
    return PureWindowsPath(name).is_reserved()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("检查照片.jpg", "检查照片.jpg"),
        ("CON", "_CON"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("Com1 .txt", "_Com1 .txt"),
        ("LPT9", "_LPT9"),
        ("console.txt", "console.txt"),
        ("甲:乙?.jpg", "甲_乙_.jpg"),
        ("C:x", "C_x"),
        ("末尾. .", "末尾"),
        ("...", ""),
    ],
)
def test_a_file_of_evidence_has_a_name_that_windows_takes(name: str, kept: str) -> None:
    assert disk_name(name) == kept
    assert not reserved(kept)
    assert PureWindowsPath(kept).name == kept
    assert not PureWindowsPath(kept).drive


def test_papers_have_names_that_windows_takes_and_tells_apart() -> None:
    taken: set[str] = set()
    names = [safe_name(text, taken) for text in ("NUL", "con.x", "tip-甲", "Tip-甲", "甲" * 300)]
    assert not [name for name in names if is_reserved(name) or reserved(f"{name}.html")]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) < 80 for name in names)


@pytest.mark.parametrize(
    "typed",
    [r"D:\台账\park.db", r"C:\Users\a@b\park.db", "D:/x/p.db", r"\\server\share\p.db", r"..\p.db"],
)
def test_a_path_with_a_drive_is_a_file_and_holds_no_password(typed: str) -> None:
    assert file_of(address_of(typed)) == Path(typed)
    assert not may_hold_password(typed)
    assert without_passwords(f"{typed}: x") == f"{typed}: x"
    assert not is_url(typed)


def test_an_address_with_a_drive_names_its_file() -> None:
    assert str(file_of(address_of(r"sqlite:///D:\台账\p.db"))) == r"D:\台账\p.db"


def test_what_is_typed_again_is_quoted_as_windows_wants_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edge = Edge(db=r"D:\my office\p.db")
    assert edge.asked_of == r"--db 'D:\my office\p.db'"
    monkeypatch.setattr(machine.platform, "system", lambda: "Windows")
    assert edge.asked_of == r'--db "D:\my office\p.db"'


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    ("encoding", "shown"), [("cp936", "缺少"), ("cp437", "?"), ("utf-8", "缺少")]
)
def test_a_console_of_an_old_code_page_reads_what_it_can(
    tmp_path: Path, encoding: str, shown: str
) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "TERM": "dumb"}
    db = tmp_path / "台账.db"
    assert ended(process("init", "--db", str(db), env=env), encoding).code == 0
    said = ended(process("office", "--db", str(db), env=env), encoding)
    assert (said.code, said.err) == (0, "")
    assert shown in said.out


def test_the_start_script_is_as_windows_reads_it() -> None:
    raw = (ROOT / "dutyclock.cmd").read_bytes()
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10


def test_tables_with_the_ends_of_lines_of_windows_read_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    limit = csv.field_size_limit
    monkeypatch.setattr(csv, "field_size_limit", lambda most: asked.append(most) or limit(most))
    problems: list[Problem] = []
    read = [
        csv_rows("people.csv", f"person,name{ends}p1,张三{ends}".encode(), problems)
        for ends in ("\n", "\r\n")
    ]
    assert read[0] == read[1] == [(1, ["person", "name"]), (2, ["p1", "张三"])]
    assert not problems
    # Its C takes no number of more bits than a long has there.
    assert max(asked) < 2**31
