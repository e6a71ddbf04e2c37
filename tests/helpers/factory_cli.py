"""A small park as import tables, and the command line run on it in this process or in another."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli import run
from commands.bilingual import SPOKEN
from tests.helpers.databases import address, made_once

ROOT = Path(__file__).parents[2]

Rows = Sequence[Sequence[str]]
LONGEST = 300
"""How many seconds a test waits for something to happen before it says that it never will."""

Line = tuple[str | Path, ...]
"""The words of a command line."""

PARK: Mapping[str, Rows] = {
    "settings": [
        ["key", "value"],
        ["records_from", "2022-07-01"],
        ["sender", "示例区安委办"],
        ["code", "示安委办"],
        ["contact", "周工"],
        ["phone", "010-1234"],
    ],
    "units": [
        ["unit", "name", "type", "parent"],
        ["区", "示例区", "区县", ""],
        ["园区", "示例园区", "园区", "区"],
    ],
    "people": [["person", "name"], ["p1", "张三"], ["p2", "李四"], ["p3", "王五"], ["p4", "张三"]],
    "posts": [
        ["post", "unit", "class", "reports_to"],
        ["主任", "园区", "主要负责人", ""],
        ["副主任", "园区", "分管负责人", "主任"],
    ],
    "appointments": [
        ["person", "post", "first", "last", "acting"],
        ["p1", "主任", "2022-01-01", "2022-11-15", ""],
        ["p2", "主任", "2022-11-16", "9999-12-31", ""],
        ["p3", "副主任", "2022-03-01", "", ""],
    ],
    "activities": [
        ["activity", "kind", "day", "holder", "person", "role", "quantity", "note", "recorded_at"],
        ["a1", "听取履职汇报", "2022-09-30", "主任", "p1", "听取", "", "", "2022-10-02"],
        ["a2", "专题研究", "2022-08-15", "主任", "p1", "主持", "", "", "2022-08-16"],
        ["a3", "听取履职汇报", "2022-12-20", "主任", "p2", "听取", "", "", "2022-12-21"],
    ],
}
"""Sound tables: everything below them changes one thing."""

HEARD = "park_2022.principal.hear_reports@主任/p1@2022-Q3"
"""What 张三 met by a1, as the shipped rules of the park ask."""


@dataclass(frozen=True)
class Said:
    """What a command line ended with, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


def call(*words: str | Path) -> Said:
    """Runs one command line in this process; English, unless it asks for something else."""
    said = in_words(words)
    if "--lang" not in said:
        said += ["--lang", "en"]
    out, err, spoken = io.StringIO(), io.StringIO(), SPOKEN.get()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(said)
    finally:
        SPOKEN.set(spoken)
    return Said(code, out.getvalue(), err.getvalue())


def in_words(words: Sequence[str | Path | int]) -> list[str]:
    """A command line; a file behind --db stands for a store on the database of the test."""
    return [
        address(word) if isinstance(word, Path) and words[at - 1] == "--db" else str(word)
        for at, word in enumerate(words)
    ]


def good(*words: str | Path) -> Said:
    """The same, of a command that must end with 0 and nothing to complain about."""
    said = call(*words)
    assert (said.code, said.err) == (0, ""), said
    return said


def refused(*words: str | Path) -> str:
    """What a command says that must end with 2: not a word but on standard error."""
    said = call(*words)
    assert said.code == 2, said
    assert "Traceback" not in said.err
    assert not said.out
    return said.err


def process(
    *words: str | Path | int, script: str = "", env: Mapping[str, str] | None = None, **said: Any
) -> subprocess.Popen[bytes]:
    """Starts one command line in a process of its own, which finds the program from anywhere.

    `script` stands in for the program; `said` is handed to Popen.
    """
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    line = [sys.executable, *(["-c", script] if script else ["-m", "cli"]), *in_words(words)]
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    return subprocess.Popen(line, env=whole, **{**pipes, **said})


def ended(one: subprocess.Popen[bytes], encoding: str = "utf-8") -> Said:
    """What the process ended with."""
    out, err = one.communicate(timeout=LONGEST)
    return Said(one.returncode, (out or b"").decode(encoding), (err or b"").decode(encoding))


def write(folder: Path, tables: Mapping[str, Rows] = PARK, encoding: str = "utf-8") -> Path:
    """The tables as a folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as out:
            csv.writer(out).writerows(rows)
    return folder


def more(name: str, *rows: Sequence[str], tables: Mapping[str, Rows] = PARK) -> dict[str, Rows]:
    """The tables with rows added at the end of one, filled up with empty cells."""
    width = len(tables[name][0])
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    return {**tables, name: [*tables[name], *filled]}


def changed(name: str, row: int, column: str, value: str) -> dict[str, Rows]:
    """The tables with one cell changed; the first row under the header is 1."""
    at = list(PARK[name][0]).index(column)
    rows = [list(one) for one in PARK[name]]
    rows[row][at] = value
    return {**PARK, name: rows}


def contents(db: Path, into: Path) -> dict[str, bytes]:
    """Everything that a store holds, as its export writes it."""
    good("export", into, "--db", db)
    return {path.name: path.read_bytes() for path in sorted(into.glob("*.csv"))}


@pytest.fixture
def cache() -> None:
    """Rule files are read once for all tests of this run: `tests/conftest.py` sees to it."""


@pytest.fixture
def db(tmp_path: Path, cache: None, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A store that holds the park."""
    del cache
    if "database" in request.fixturenames:
        request.getfixturevalue("database")
    path = tmp_path / "park.db"
    park = write(tmp_path / "park")
    made_once("park", path, lambda: good("import", park, "--db", path))
    yield path
