"""The page that maps sections 4 to 7 of the reference to functions and tests is true and whole."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "sentences-4-7.md"
OURS = re.compile(r"test_(section_[4567]_\w+|hard_clauses)\.py")


@cache
def rows() -> tuple[tuple[str, ...], ...]:
    """The cells of every line of the page's tables, without their heads."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ") and not line.startswith("| sentence")]
    return tuple(
        tuple(cell.strip() for cell in line.strip("|").split(" | "))
        for line in table
        if line != "| clause | tests |"
    )


def names_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def functions_of(path: Path) -> frozenset[str]:
    """The names of the test functions of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def sentences() -> list[tuple[str, ...]]:
    return [row for row in rows() if len(row) == 3]


def test_every_quote_stands_in_the_reference() -> None:
    reference = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
    assert len(sentences()) > 80
    assert [quote for quote, _, _ in sentences() if quote not in reference] == []


def test_every_function_named_exists() -> None:
    for _, cell, _ in sentences():
        assert names_in(cell)
        for name in names_in(cell):
            parts = name.split(".")
            found = importlib.import_module(".".join(parts[:2]))
            for part in parts[2:]:
                found = getattr(found, part)


def test_every_test_named_exists() -> None:
    every = {name for path in (ROOT / "tests").rglob("test_*.py") for name in functions_of(path)}
    for row in rows():
        assert names_in(row[-1]), row
        assert set(names_in(row[-1])) <= every, row


@pytest.mark.parametrize(
    "path",
    sorted(path for path in Path(__file__).parent.rglob("test_*.py") if OURS.fullmatch(path.name)),
    ids=lambda path: path.stem,
)
def test_no_test_of_these_sections_is_left_out(path: Path) -> None:
    named = {name for row in rows() for name in names_in(row[-1])}
    assert sorted(functions_of(path) - named) == []
