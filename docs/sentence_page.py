"""The page of sentences: which words of the reference are held by which tests, from their marks."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

HEAD = """\
# Sentence by sentence

<!-- Made from the marks of the tests by `make docs`; change the marks instead. -->

Which tests hold the program to each sentence of [what a verdict means](semantics.md). The
quotes are that page's own words; ` … ` leaves some out.
"""


def plain(text: str) -> str:
    """A text without the signs that only set it off."""
    return re.sub(r"\s+", " ", text.replace("`", "").replace("*", ""))


def marked(folder: Path) -> dict[str, list[str]]:
    """The sentences that tests are marked with, each with `path::name` of its tests, sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "sentence":
                        test = f"{path.relative_to(folder).as_posix()}::{node.name}"
                        for quote in mark.args:
                            found[ast.literal_eval(quote)].append(test)
    return found


def sentence_page(root: Path) -> str:
    """The page, in the order of the reference; a heading for each of its sections."""
    text = (root / "docs" / "semantics.md").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^## (.+)$", text)
    titles, bodies = ["0. What everything rests on", *parts[1::2]], parts[0::2]
    plain_bodies = [plain(body) for body in bodies]
    rows: dict[int, list[tuple[int, str, list[str]]]] = defaultdict(list)
    for quote, tests in marked(root / "tests").items():
        first = plain(quote).split(" … ")[0].strip(" .;:,")
        section = next(at for at, body in enumerate(plain_bodies) if first in body)
        rows[section].append((plain_bodies[section].index(first), quote, tests))
    told = [HEAD]
    for section, title in enumerate(titles):
        if not rows[section]:
            continue
        told.append(f"## {title}\n\n| sentence | tests |\n|---|---|")
        for _at, quote, tests in sorted(rows[section]):
            names = ", ".join(f"`{test.rpartition('::')[2]}`" for test in tests)
            told.append(f"| {quote.replace('|', chr(92) + '|')} | {names} |")
        told.append("")
    return "\n".join(told)
