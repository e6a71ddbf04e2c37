"""What the tutorial and README show is what the program does: their console blocks are run.

A page is read from top to bottom. A line that is a path in backticks and a colon titles the fenced
block under it: that file is written; with words after the path the block's rows take the place of
those with the same first cell, and others are added. In a `console` block a line with `$ ` is a command, and the lines
under it are what it prints; a line of `…` stands for any lines, and `…` in a line for any text.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli import run

ROOT = Path(__file__).parent.parent
TITLE = re.compile(r"^`([\w./]+)`(.*)[:：]$")


@dataclass(frozen=True)
class Step:
    """A command with the output shown under it, or a file to write (`is_merged`: rows of it)."""

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

    def type(self, command: str) -> str:
        """What a command prints, on both streams."""
        words = [self.code if word == "$?" else word for word in shlex.split(command)]
        name, *rest = map(str, words)
        if name == "dutyclock":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                self.code = run(rest)
            return printed.getvalue()
        if name == "export":
            self.environment.setenv(*rest[0].split("=", 1))
            return ""
        if name == "echo":
            return " ".join(rest)
        if name == "ls":
            return "\n".join(sorted(path.name for path in Path(rest[0]).iterdir()))
        assert name == "cat", f"the pages don't teach {name!r}"
        return Path(rest[0]).read_text(encoding="utf-8")


def form(shown: tuple[str, ...]) -> str:
    """The pattern of what a page shows: `…` stands for what was left out."""
    parts = []
    for line in shown:
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(map(re.escape, line.rstrip().split("…"))) + r"\n")
    return "".join(parts)


def compare(page: Path, step: Step, printed: str) -> None:
    """Fails, with the place and both texts, where a page shows something else than was printed."""
    text = "".join(line.rstrip() + "\n" for line in printed.strip("\n").splitlines())
    shown = "\n".join(step.shown).strip("\n")
    assert re.fullmatch(form(tuple(shown.splitlines())), text), (
        f"{page.relative_to(ROOT)}:{step.line}: {step.command}\nshown:\n{shown}\nprinted:\n{text}"
    )


def follow(page: Path, shell: Shell) -> int:
    """Does what a page says, and compares; how many commands it ran."""
    ran = 0
    for step in steps(page):
        if step.path:
            shell.write(step)
            continue
        compare(page, step, shell.type(step.command))
        ran += 1
    return ran


@pytest.mark.parametrize("language", ["", ".zh-CN"])
def test_the_tutorial_and_the_page_that_goes_on_with_it_do_what_they_show(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(monkeypatch)
    assert follow(ROOT / f"docs/tutorial{language}.md", shell) > 10
    assert follow(ROOT / f"docs/office{language}.md", shell) > 10


def test_a_page_that_shows_something_else_is_refused() -> None:
    step = Step(1, "dutyclock", ("one", "…", "l…e"))
    compare(ROOT / "README.md", step, "one\n2\n3\nlike\n")
    compare(ROOT / "README.md", step, "one\nlate")
    with pytest.raises(AssertionError, match=r"README\.md:1"):
        compare(ROOT / "README.md", step, "one\n2\nlast")
