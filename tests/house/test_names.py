"""A name stands for one thing: no two classes share one, nor two functions that others may call."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("rules", "data", "engine", "reports", "samples", "services", "commands", "web", "bench")
HAND_UP = frozenset({"commands", "services", "web"})
"""A command, the service behind it and what that calls are one thing, and may have one name."""


def homes(*kinds: type[ast.stmt]) -> dict[str, list[str]]:
    """The places of each name that stands at the head of a module, but for the private ones."""
    found: dict[str, list[str]] = defaultdict(list)
    files = [ROOT / "cli.py", ROOT / "problems.py", ROOT / "files.py"]
    for package in PACKAGES:
        files += sorted((ROOT / package).rglob("*.py"))
    for path in files:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, kinds) and not node.name.startswith("_"):  # type: ignore[attr-defined]
                found[node.name].append(path.relative_to(ROOT).as_posix())  # type: ignore[attr-defined]
    return found


def test_a_class_name_stands_for_one_thing() -> None:
    shared = {name: places for name, places in homes(ast.ClassDef).items() if len(places) > 1}
    assert not shared


def test_a_functions_name_stands_for_one_thing() -> None:
    wrong: dict[str, list[str]] = {}
    for name, places in homes(ast.FunctionDef).items():
        tops = [place.partition("/")[0] for place in places if "/migrations/" not in place]
        below = [top for top in tops if top not in HAND_UP]
        if name != "main" and (len(below) > 1 or len(tops) != len(set(tops))):
            wrong[name] = places
    assert not wrong
