"""The page that maps each deciding sentence to functions and tests says what is there."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("sentences*.md"))
PACKAGES = ("commands", "data", "engine", "reports", "rules")
WHOLE_SECTIONS = re.compile(r"test_section_[123]_\w+\.py")
"""Test files of which every test has its place on the page."""


def rows(page: Path) -> Iterator[tuple[str, str, str]]:
    """Sentence, functions and tests of each row of a page's tables."""
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("|") and len(cells) == 3 and cells[0] != "sentence":
            yield cells[0], cells[1], cells[2]


def plain(text: str) -> str:
    """A text without the signs that only set it off."""
    return re.sub(r"\s+", " ", text.replace("`", "").replace("*", ""))


@cache
def known_tests() -> dict[str, str]:
    """Each test's name with the file that it stands in."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[node.name] = path.name
    return found


def is_there(name: str) -> bool:
    """Whether `engine.calendar.days.Days.of` can be found from its module on."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        if (ROOT.joinpath(*parts[:end])).with_suffix(".py").exists():
            at: object = importlib.import_module(".".join(parts[:end]))
            for part in parts[end:]:
                if part in getattr(at, "__dataclass_fields__", {}):
                    return True
                if not hasattr(at, part):
                    return False
                at = getattr(at, part)
            return True
    return False


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_and_function_on_the_page_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tests = re.findall(r"`(test_\w+)`", text)
    functions = re.findall(rf"`((?:{'|'.join(PACKAGES)})\.[\w.]+)`", text)
    assert tests and functions
    assert [name for name in tests if name not in known_tests()] == []
    assert [name for name in functions if not is_there(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_row_quotes_the_reference_and_names_a_function_and_a_test(page: Path) -> None:
    reference = plain((ROOT / "docs" / "semantics.md").read_text(encoding="utf-8"))
    found = list(rows(page))
    assert found
    for sentence, functions, tests in found:
        for part in plain(sentence).split(" … "):
            assert part.strip(" .;:,") in reference, sentence
        assert "`" in functions and "`test_" in tests, sentence


def test_every_test_of_these_sections_stands_on_the_page() -> None:
    named = {
        name for page in PAGES for name in re.findall(r"`(test_\w+)`", page.read_text("utf-8"))
    }
    missing = [
        name
        for name, file in known_tests().items()
        if WHOLE_SECTIONS.fullmatch(file) and name not in named
    ]
    assert missing == []


def test_no_two_tests_of_the_sections_have_one_name() -> None:
    names: list[str] = []
    for path in sorted((ROOT / "tests" / "semantics").rglob("test_*.py")):
        names += re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({name for name in names if names.count(name) > 1}) == []
