"""Bytes that are no UTF-8, in what is typed, in the environment and in names of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from problems import is_undecoded, legible
from tests.helpers.factory_cli import ROOT, Said, cache, db, good, write

__all__ = ["cache", "db"]

pytestmark = [
    pytest.mark.usefixtures("cache"),
    pytest.mark.skipif(sys.platform == "win32", reason="names are texts there"),
]

GBK = "张敏".encode("gbk")
WRITTEN = r"\xd5\xc5\xc3\xf4"


def typed(*words: bytes | str | Path, env: dict[bytes, bytes] | None = None) -> Said:
    """What a command line of bytes ends with."""
    line = [os.fsencode(word) for word in (sys.executable, ROOT / "cli.py", *words)]
    told = {b"LC_ALL": b"C.UTF-8", b"DUTYCLOCK_LANG": b"en"}
    done = subprocess.run(
        line, env={**os.environb, **told, **(env or {})}, capture_output=True, check=False
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(
    "words",
    [
        ("leader", GBK),
        ("record", "--kind", "专题研究", "--day", "2022-10-01", "--holder", "主任", "--note", GBK),
        ("void", "activities", "a1", "--reason", GBK),
        ("attach", "a1", b"/nowhere/" + GBK),
        ("backup", GBK),
        ("--lang", GBK, "verify"),
    ],
    ids=lambda words: " ".join(word for word in words if isinstance(word, str)),
)
def test_what_is_typed_in_another_encoding_is_told(
    db: Path, words: tuple[bytes | str, ...]
) -> None:
    said = typed(*words, "--db", db)
    assert (said.code, said.out) == (2, "")
    assert f"{WRITTEN}: this argument is not in UTF-8\n  hint: type it in a terminal" in said.err


def test_a_variable_in_another_encoding_is_told(db: Path) -> None:
    said = typed("verify", "--db", db, env={b"DUTYCLOCK_BY": GBK})
    told = f"DUTYCLOCK_BY: the value of this variable is not in UTF-8: '{WRITTEN}'\n"
    assert (said.code, said.out, said.err) == (2, "", f"{told}  hint: set it again, in UTF-8\n")


def test_the_users_own_name_is_written_as_it_can_be(db: Path) -> None:
    names = (b"LOGNAME", b"USER", b"LNAME", b"USERNAME")
    said = typed(
        *("record", "--kind", "专题研究", "--day", "2022-10-01", "--holder", "主任", "--db", db),
        env=dict.fromkeys(names, GBK),
    )
    assert said.code == 0, said
    assert WRITTEN in good("journal", "--db", db).out


def test_tables_and_rule_files_with_names_in_another_encoding_are_told(
    tmp_path: Path, db: Path
) -> None:
    tables = write(tmp_path / "in")
    (tables / os.fsdecode(GBK + b".csv")).write_text("x", encoding="utf-8")
    said = typed("import", tables, "--db", db)
    assert (said.code, said.out) == (2, "")
    assert f"in/{WRITTEN}.csv: the name of this file is not in UTF-8" in said.err
    rules = tmp_path / "rules" / "doc"
    rules.mkdir(parents=True)
    for name in ("document.yaml", os.fsdecode(GBK + b".yaml")):
        (rules / name).write_text("title: x", encoding="utf-8")
    said = typed("rules", "check", tmp_path / "rules")
    assert said.code == 2
    assert f"'{WRITTEN}.yaml' is no name of a list" in said.err


def test_a_folder_with_a_name_in_another_encoding_may_be_worked_in(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(GBK)
    folder.mkdir()
    said = typed("init", env={b"XDG_DATA_HOME": os.fsencode(folder)})
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"store {tmp_path}/{WRITTEN}/dutyclock/dutyclock.db: ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("张敏", "张敏"), (os.fsdecode(b"a\xd5b"), r"a\xd5b"), ("\ud800", r"\ud800"), ("", "")],
)
def test_bytes_are_written_out_one_by_one(text: str, shown: str) -> None:
    assert legible(text) == shown
    assert is_undecoded(text) is (text != shown)
