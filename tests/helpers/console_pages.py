"""Pages whose console blocks are run: what they show is compared with what the program prints.

A page is read from top to bottom. A line that is a path in backticks and a colon titles the fenced
block under it: that file is written; with words after the path, the block's rows take the place of
those with the same first cell, and others are added. In a `console` block a line with `$ ` is a
command, and the lines under it are what it prints; a line of `…` stands for any lines, and `…` in a
line for any text. `make golden` writes what is printed into the pages, as shortened as they were.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from cli import run

ROOT = Path(__file__).parents[2]
TITLE = re.compile(r"^`([\w./]+)`(.*)[:：]$")
LEFT_OUT = "…"
HASH = re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{8}\b")
ALIKE = 0.5


@dataclass(frozen=True)
class Step:
    """A command with the lines shown under it, or a file to write (`is_merged`: rows of it).

    `line` is the command's own place in the page, from 1.
    """

    line: int
    command: str = ""
    shown: tuple[str, ...] = ()
    path: str = ""
    is_merged: bool = False


def steps(page: Path) -> Iterator[Step]:
    """The commands and files of a page, in its order."""
    lines = page.read_text(encoding="utf-8").splitlines()
    at, title = 0, None
    while at < len(lines):
        if not lines[at].startswith("```"):
            title = TITLE.match(lines[at]) or (title if not lines[at] else None)
            at += 1
            continue
        end = lines.index("```", at + 1)
        block = tuple(lines[at + 1 : end])
        if lines[at] == "```console":
            yield from _commands(block, at + 2)
        elif title:
            yield Step(at + 2, shown=block, path=title[1], is_merged=bool(title[2]))
        at, title = end + 1, None


def _commands(block: tuple[str, ...], first: int) -> Iterator[Step]:
    starts = [at for at, line in enumerate(block) if line.startswith("$ ")]
    for at, end in zip(starts, [*starts[1:], len(block)], strict=True):
        yield Step(first + at, command=block[at][2:], shown=block[at + 1 : end])


class Shell:
    """The few words that the pages type, in the folder in which the test stands."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.environment = monkeypatch
        self.code = 0

    def write(self, step: Step) -> None:
        """Writes the file of a step, or puts its rows into the one that is there."""
        path = Path(step.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = list(step.shown)
        if step.is_merged:
            given = {row.partition(",")[0]: row for row in rows}
            old = path.read_text(encoding="utf-8").splitlines()
            rows = [given.pop(row.partition(",")[0], row) for row in old] + list(given.values())
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")

    def type(self, command: str) -> list[str]:
        """The lines that a command prints, on both streams, without blanks at their ends."""
        lines = [line.rstrip() for line in self._type(command).splitlines()]
        return "\n".join(lines).strip("\n").splitlines()

    def _type(self, command: str) -> str:
        name, *words = shlex.split(command)
        if name == "dutyclock":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                self.code = run(words)
            return printed.getvalue()
        if name == "export":
            self.environment.setenv(*words[0].split("=", 1))
            return ""
        if name == "echo":
            return " ".join(str(self.code) if word == "$?" else word for word in words)
        if name == "ls":
            seen = (path.name for path in Path(words[0]).iterdir())
            return "\n".join(sorted(name for name in seen if not name.startswith(".")))
        assert name == "cat", f"the pages don't teach {name!r}"
        path = Path(words[0])
        return path.read_text(encoding="utf-8") if path.exists() else f"no such file: {path}"


def agrees(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether a page may show that for what was printed."""
    parts = []
    for line in "\n".join(shown).strip("\n").splitlines():
        if line.strip() == LEFT_OUT:
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(map(re.escape, line.rstrip().split(LEFT_OUT))) + r"\n")
    return bool(re.fullmatch("".join(parts), "".join(line + "\n" for line in printed)))


def shortened(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """What was printed, shortened where the page shortened it: for people to review."""
    told: list[str] = []
    at, is_gap = 0, False
    for line in shown:
        if line.strip() == LEFT_OUT:
            is_gap = True
            continue
        place = _place_of(line, printed, at)
        if place is None:
            continue
        told += [LEFT_OUT] if is_gap else printed[at:place]
        told.append(line if agrees([line], [printed[place]]) else printed[place])
        at, is_gap = place + 1, False
    told += [LEFT_OUT] if is_gap else printed[at:]
    return [HASH.sub(LEFT_OUT, line) for line in told]


def _place_of(line: str, printed: Sequence[str], first: int) -> int | None:
    rest = range(first, len(printed))
    for place in rest:
        if agrees([line], [printed[place]]) or line == printed[place]:
            return place
    scores = {at: SequenceMatcher(None, line, printed[at]).ratio() for at in rest}
    best = max(scores, key=lambda at: scores[at], default=None)
    return best if best is not None and scores[best] >= ALIKE else None


def follow(page: Path, shell: Shell, *, renew: bool = False) -> int:
    """Does what a page says, and gives how many commands it ran. What was printed is compared with
    what is shown, or with `renew` takes its place in the page.
    """
    wrong: list[tuple[Step, list[str]]] = []
    ran = 0
    for step in list(steps(page)):
        if step.path:
            shell.write(step)
            continue
        printed = shell.type(step.command)
        ran += 1
        if not agrees(step.shown, printed):
            wrong.append((step, printed))
    if renew:
        _write(page, wrong)
        return ran
    told = [
        f"{page.relative_to(ROOT)}:{step.line}: {step.command}\nprinted:\n" + "\n".join(printed)
        for step, printed in wrong
    ]
    assert not wrong, "\n\n".join([*told, "make golden writes what is printed into the page"])
    return ran


def _write(page: Path, wrong: Sequence[tuple[Step, list[str]]]) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    for step, printed in reversed(wrong):
        lines[step.line : step.line + len(step.shown)] = shortened(step.shown, printed)
    page.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
