"""Which module of a tree asks which: what the house's rules about directions are held against.

Imports within functions and under TYPE_CHECKING count like any other.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True)
class Import:
    """One module of the tree asked by another, and where."""

    file: str
    line: int
    by: str
    of: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.by} imports {self.of}"


def modules_of(root: Path, tops: Iterable[str]) -> dict[str, Path]:
    """The Python files of the packages and modules named `tops`, by dotted name, sorted."""
    found = {}
    for top in tops:
        single = root / f"{top}.py"
        for path in [*([single] if single.exists() else []), *sorted((root / top).rglob("*.py"))]:
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_of(root: Path, tops: Iterable[str]) -> list[Import]:
    """Every import of a module of the tree by another one, in the order of files and lines."""
    modules = modules_of(root, tops)
    return [
        Import(path.relative_to(root).as_posix(), line, name, asked)
        for name, path in modules.items()
        for line, asked in sorted(set(_asked(name, path, modules)))
        if asked != name
    ]


def _asked(name: str, path: Path, modules: Mapping[str, Path]) -> Iterator[tuple[int, str]]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            asked = [(one.name, one.name) for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1])
            start = ".".join(part for part in (above if node.level else "", node.module) if part)
            asked = [(f"{start}.{one.name}", start) for one in node.names]
        else:
            continue
        for inner, outer in asked:
            found = inner if inner in modules else outer
            if found in modules:
                yield node.lineno, found


def room_of(module: str, modules: Mapping[str, Path]) -> str:
    """The room that a module stands in: its package, or the folder below it."""
    top, _, rest = module.partition(".")
    inner = rest.partition(".")[0]
    is_folder = "." in rest or modules[module].name == "__init__.py"
    return f"{top}.{inner}" if inner and is_folder else top


def against(root: Path, may_ask: Mapping[str, frozenset[str]], rooms: bool = False) -> list[str]:
    """The imports that point another way than `may_ask` says, from each package (or room) to
    others; and the packages (or rooms) of the tree that it says nothing of.
    """
    tops = sorted({name.partition(".")[0] for name in may_ask})
    modules = modules_of(root, tops)
    home = {name: room_of(name, modules) if rooms else name.partition(".")[0] for name in modules}
    unknown = [f"{room} has no place" for room in sorted(set(home.values()) - set(may_ask))]
    return unknown + [
        str(one)
        for one in imports_of(root, tops)
        if home[one.by] != home[one.of] and home[one.of] not in may_ask.get(home[one.by], ())
    ]


def circle(root: Path, tops: Iterable[str]) -> list[str]:
    """The imports of one circle, each asking the next; empty where there is none."""
    found = imports_of(root, tops)
    asked = defaultdict(set)
    for one in found:
        asked[one.by].add(one.of)
    try:
        TopologicalSorter(asked).prepare()
    except CycleError as error:
        around = list(reversed(error.args[1]))
        first = {(one.by, one.of): one for one in reversed(found)}
        return [str(first[pair]) for pair in pairwise(around)]
    return []


def crowded(root: Path, tops: Iterable[str], most: int) -> list[str]:
    """The folders with more than so many modules flat in them, and how many they are."""
    count: dict[str, int] = defaultdict(int)
    for path in modules_of(root, tops).values():
        if path.name != "__init__.py":
            count[path.parent.relative_to(root).as_posix()] += 1
    return [f"{folder}: {many} modules" for folder, many in sorted(count.items()) if many > most]


def naming(root: Path, tops: Iterable[str], is_wrong: Callable[[str], bool]) -> list[str]:
    """Where something is imported whose dotted name (`data.store.opening.open_store`) is wrong."""
    return [
        f"{path.relative_to(root).as_posix()}:{node.lineno}: {name}"
        for path in modules_of(root, tops).values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in _named(node)
        if is_wrong(name)
    ]


def _named(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    elif node.module:
        yield node.module
        yield from (f"{node.module}.{one.name}" for one in node.names)
