"""Each test of the reference says which of its words it holds the program to."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from docs.sentence_page import marked, plain

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent


@cache
def reference() -> str:
    return plain((ROOT / "docs" / "semantics.md").read_text(encoding="utf-8"))


def test_every_sentence_that_a_test_holds_stands_in_the_reference() -> None:
    wrong = [
        f"{test}: {quote}"
        for quote, tests in marked(ROOT / "tests").items()
        for test in tests
        for part in plain(quote).split(" … ")
        if part.strip(" .;:,") not in reference()
    ]
    assert wrong == []


def test_the_marks_are_many_and_every_section_has_some() -> None:
    found = marked(ROOT / "tests")
    assert len(found) > 250
    assert all(
        any(f"section_{section}" in test for tests in found.values() for test in tests)
        for section in range(1, 7)
    )


def test_no_two_tests_of_the_sections_have_one_name() -> None:
    names: list[str] = []
    for path in sorted(FOLDER.rglob("test_*.py")):
        names += re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_test_of_a_section_is_marked_or_works_a_case() -> None:
    unmarked = []
    for path in sorted(FOLDER.glob("section_[1-6]/test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = [ast.unparse(one).partition("(")[0] for one in node.decorator_list]
                if "sentence" not in marks:
                    unmarked.append(f"{path.relative_to(FOLDER)}:{node.lineno}: {node.name}")
    assert unmarked == []
