"""Which sentences a problem may say: found in the code that makes problems, for the catalogue.

A sentence is a template: what an f-string puts in stands in it as a `{field}`. The values that go
into fields are followed too, so that `unknown {what} '{word}'` brings `post class` along.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from data.columns import REFERENCES, SINGULAR

ROOT = Path(__file__).parent.parent
MAKERS = ("problems.py", "rules", "data", "engine", "commands")

SINKS: dict[str, frozenset[int]] = {
    "Problem": frozenset({1, 2}),
    "CellError": frozenset({0, 1}),
    "ValueError": frozenset({0}),
    "Mistake": frozenset({1, 2}),
    "Failure": frozenset({2, 3}),
    "PolicyDisagreement": frozenset({0}),
    "told": frozenset({0, 1}),
    "PeriodKind": frozenset({0}),
}
"""Which arguments of a call are shown to somebody; found again through parameters of functions."""

AS_WRITTEN = frozenset(
    re.findall(
        r"\w+",
        "about after all before by ctx due each eq every first from ge gt in le lt lunar map ne"
        " parent per quote share subjects supersedes to when while within year",
    )
)
"""Keys and columns by their own names, which stay as they are in every language."""

KEYWORDS = {"message": 1, "hint": 2, "what": 3, "en_several": 4}

_WORDS = re.compile(r"[A-Za-z]{2}")
_IS_NAME = re.compile(r"[a-z]+(_[a-z]+)+")
_JOINERS = re.compile(r"\b(and|or)\b")

Steps = tuple[int | None, ...]
"""Which element of a value, and of that; None for each of them."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class _Module:
    name: str
    tree: ast.Module
    functions: dict[str, list[Function]] = field(default_factory=lambda: defaultdict(list))
    constants: dict[str, ast.expr] = field(default_factory=dict)


def problem_templates(root: Path = ROOT) -> list[str]:
    """Every template of a message or hint, and every word that goes into one, sorted."""
    found = _Collector(list(_modules(root))).collect() | _declared()
    return sorted(one for one in found if one not in AS_WRITTEN and not _IS_NAME.fullmatch(one))


def _declared() -> set[str]:
    """What a row of a table is called, and the columns in which something may be unknown."""
    named = {column for _, column, _ in REFERENCES}
    return named.union(SINGULAR.values())


def _modules(root: Path) -> Iterator[_Module]:
    for top in MAKERS:
        files = [root / top] if top.endswith(".py") else sorted((root / top).rglob("*.py"))
        for file in files:
            if file.name.startswith("demo_"):
                continue
            module = _Module(str(file), ast.parse(file.read_text(encoding="utf-8")))
            for node in ast.walk(module.tree):
                if isinstance(node, Function):
                    module.functions[node.name].append(node)
            for node in ast.walk(module.tree):
                # A function that is handed over is called by the name it is handed over as.
                if isinstance(node, ast.keyword) and isinstance(node.value, ast.Name) and node.arg:
                    module.functions[node.arg] += module.functions.get(node.value.id, [])
            for line in module.tree.body:
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    module.constants[line.targets[0].id] = line.value
                elif isinstance(line, ast.AnnAssign) and line.value is not None:
                    module.constants[ast.unparse(line.target)] = line.value
            yield module


class _Collector:
    """Follows what is shown back to the texts that it is made of."""

    def __init__(self, modules: list[_Module]) -> None:
        self.modules = modules
        self.found: set[str] = set()
        self.sinks: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.busy: set[tuple[int, Steps]] = set()
        self.grown = True

    def collect(self) -> set[str]:
        while self.grown:
            self.grown = False
            self.busy.clear()
            for module in self.modules:
                self._scope(module, None, module.tree)
        return self.found

    def _scope(self, module: _Module, function: Function | None, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            inner = child if isinstance(child, Function) else function
            if isinstance(child, ast.Call):
                for position in self._shown(module, _called(child)):
                    if position < len(child.args) and not any(
                        isinstance(one, ast.Starred) for one in child.args[: position + 1]
                    ):
                        self._trace(module, function, child.args[position])
                    for one in child.args:
                        if isinstance(one, ast.Starred):
                            self._trace(module, function, one.value, (position,))
                    for keyword in child.keywords:
                        if keyword.arg in KEYWORDS:
                            self._trace(module, function, keyword.value)
            self._scope(module, inner, child)

    def _shown(self, module: _Module, name: str) -> set[int]:
        if name in SINKS:
            return set(SINKS[name])
        own = self.sinks.get((module.name, name))
        if own is not None or name in module.functions:
            return set(own or ())
        return {
            position
            for (_, called), positions in self.sinks.items()
            if called == name
            for position in positions
        }

    def _trace(
        self, module: _Module, function: Function | None, value: ast.expr, at: Steps = ()
    ) -> None:
        """Adds the texts that `value` may be, or what the steps `at` lead to in it."""
        # Deeper than any table of sentences; a loop over its own parts would go on for ever.
        if (id(value), at) in self.busy or len(at) > 3:
            return
        self.busy.add((id(value), at))
        again = [(one, at) for one in _alternatives(value)]
        if isinstance(value, (ast.Constant, ast.JoinedStr)) or _is_sum(value):
            template = _template(value)
            if _WORDS.search(_JOINERS.sub("", re.sub(r"\{\w+\}", "", template))):
                self.found.add(template)
            again = [(one, ()) for one in _fields(value)]
        elif isinstance(value, (ast.Tuple, ast.List, ast.Set)):
            step = at[0] if at else None
            chosen = value.elts if step is None else value.elts[step : step + 1]
            again = [(one, at[1:]) for one in chosen]
        elif isinstance(value, ast.Subscript):
            if isinstance(value.value, ast.Name) and value.value.id in _parameters(function):
                return  # A part of somebody's input, such as a step of a path.
            if isinstance(value.value, ast.Attribute) and function is not None:
                again = _stored(function, value.value, at)
                for one, index in again:
                    self._trace(module, function, one, index)
                return
            chosen_at = value.slice.value if isinstance(value.slice, ast.Constant) else None
            first = chosen_at if isinstance(chosen_at, int) else None
            again = [(value.value, (first, *at))]
        elif isinstance(value, ast.Name):
            for home, holder, one, steps in self._named(module, function, value):
                self._trace(home, holder, one, (*steps, *at))
        elif isinstance(value, ast.Call):
            again = list(self._call(module, value, at))
        for one, index in again:
            self._trace(module, function, one, index)

    def _call(self, module: _Module, call: ast.Call, at: Steps) -> Iterator[tuple[ast.expr, Steps]]:
        name = _called(call)
        if isinstance(call.func, ast.Attribute) and name in ("join", "format", "get"):
            yield call.func.value, at
            listed = isinstance(call.func.value, ast.Constant) and call.func.value.value == ", "
            yield from ((one, at) for one in call.args if not listed)
            yield from ((one.value, ()) for one in call.keywords)
            return
        if name in ("next", "sorted", "list", "tuple", "str", "fromkeys", "reversed"):
            yield from ((one, at) for one in call.args)
            return
        homes = [module] if name in module.functions else self.modules
        for home in homes:
            for function in home.functions.get(name, ()):
                for node in ast.walk(function):
                    if isinstance(node, ast.Return) and node.value is not None:
                        self._trace(home, function, node.value, at)
                    elif isinstance(node, ast.Yield) and node.value is not None:
                        self._trace(home, function, node.value, at[1:])
                    elif isinstance(node, ast.YieldFrom):
                        self._trace(home, function, node.value, at)

    def _named(
        self, module: _Module, function: Function | None, name: ast.Name
    ) -> Iterator[tuple[_Module, Function | None, ast.expr, Steps]]:
        """What a name may stand for: a parameter, something assigned to it, a constant."""
        if function is not None:
            plain = _parameters(function)
            if name.id in plain:
                known = self.sinks[module.name, function.name]
                if plain.index(name.id) not in known:
                    known.add(plain.index(name.id))
                    self.grown = True
            assigned = False
            for node in ast.walk(function):
                for target, value, steps in _assignments(node):
                    if isinstance(target, ast.Name) and target.id == name.id:
                        assigned = True
                        yield module, function, value, steps
                    elif isinstance(target, (ast.Tuple, ast.List)):
                        for index, one in enumerate(target.elts):
                            if isinstance(one, ast.Name) and one.id == name.id:
                                assigned = True
                                yield module, function, value, (*steps, index)
            if assigned or name.id in plain:
                return
        homes = [module] if name.id in module.constants else self.modules
        for home in homes:
            if name.id in home.constants:
                yield home, None, home.constants[name.id], ()


def _parameters(function: Function | None) -> list[str]:
    given = function.args.args if function is not None else []
    return [one.arg for one in given if one.arg not in ("self", "cls")]


def _assignments(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr, Steps]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value, ()) for target in node.targets)
    elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
        if node.value is not None:
            yield node.target, node.value, ()
    elif isinstance(node, (ast.For, ast.comprehension)):
        yield node.target, node.iter, (None,)


def _stored(function: Function, table: ast.Attribute, at: Steps) -> list[tuple[ast.expr, Steps]]:
    """What a function puts into a table of its object: `self._hints[asked] = …`."""
    name = ast.unparse(table)
    return [
        (value, (*steps, *at))
        for node in ast.walk(function)
        for target, value, steps in _assignments(node)
        if isinstance(target, ast.Subscript) and ast.unparse(target.value) == name
    ]


def _alternatives(value: ast.expr) -> list[ast.expr]:
    if isinstance(value, ast.IfExp):
        return [value.body, value.orelse]
    if isinstance(value, ast.BoolOp):
        return list(value.values)
    if isinstance(value, ast.Dict):
        return list(value.values)
    if isinstance(value, (ast.GeneratorExp, ast.ListComp)):
        return [value.elt]
    if isinstance(value, ast.Starred):
        return [value.value]
    return []


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return getattr(call.func, "id", "")


def _is_sum(value: ast.expr) -> bool:
    return isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add)


def _parts(value: ast.expr) -> Iterator[str | ast.expr]:
    """The pieces of an f-string or a sum of strings: texts, and expressions that are put in."""
    if isinstance(value, ast.Constant):
        yield str(value.value) if isinstance(value.value, str) else ""
    elif isinstance(value, ast.JoinedStr):
        for one in value.values:
            if isinstance(one, ast.FormattedValue):
                yield one.value
            else:
                yield from _parts(one)
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        yield from _parts(value.left)
        yield from _parts(value.right)
    else:
        yield value


def _template(value: ast.expr) -> str:
    seen: list[str] = []
    out = ""
    for part in _parts(value):
        if isinstance(part, str):
            # What `format` will fill keeps its fields; other braces are text.
            escaped = part.replace("{", "{{").replace("}", "}}")
            out += re.sub(r"\{(\{[a-z_]+\})\}", r"\1", escaped)
            continue
        name = base = _field_name(part)
        while name in seen:
            name = f"{base}{len(seen) + 1}"
        seen.append(name)
        out += "{" + name + "}"
    return out


def _fields(value: ast.expr) -> list[ast.expr]:
    """What is put in, but for what stands in quotes: that is somebody's own word."""
    parts = list(_parts(value))
    return [
        part
        for at, part in enumerate(parts)
        if not isinstance(part, str) and not (_ends(parts, at - 1, -1) and _ends(parts, at + 1, 0))
    ]


def _ends(parts: list[str | ast.expr], at: int, end: int) -> bool:
    text = parts[at] if 0 <= at < len(parts) else ""
    return isinstance(text, str) and text != "" and text[end] in "'\""


def _field_name(value: ast.expr) -> str:
    if isinstance(value, ast.Name):
        return value.id.strip("_").lower()
    if isinstance(value, ast.Attribute):
        return value.attr.strip("_").lower()
    if isinstance(value, ast.Subscript):
        return _field_name(value.value)
    if isinstance(value, ast.Call):
        if value.args and _called(value) in ("shown", "str", "sorted", "one_of"):
            return _field_name(value.args[0])
        if isinstance(value.func, ast.Attribute) and value.func.attr in ("join",):
            return _field_name(value.args[0])
        return _called(value).strip("_").lower() or "value"
    if isinstance(value, (ast.BinOp,)):
        return _field_name(value.left)
    if isinstance(value, (ast.BoolOp,)):
        return _field_name(value.values[0])
    return "value"
