"""What a policy rule asks of one fact: comparisons joined by all, any and not.

A `FactCondition` is read in two ways that must agree: `oracle` evaluates it as it stands, and
`branches` spreads it into alternatives for the rules engine, which is right only about plain lists
of comparisons that must all hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, model_validator

from problems import Objection, said
from rules.model import Model

Value = bool | int | str
Operator = Literal["eq", "ne", "lt", "le", "gt", "ge"]

OPPOSITE: dict[Operator, Operator] = {
    "eq": "ne",
    "ne": "eq",
    "lt": "ge",
    "ge": "lt",
    "gt": "le",
    "le": "gt",
}


@dataclass(frozen=True, order=True)
class Comparison:
    """One comparison: the fact of that name stands in this relation to the value."""

    fact: str
    operator: Operator
    value: Value


Branch = tuple[Comparison, ...]
"""Comparisons that must all hold."""


class Test(Model):
    """What one fact must be; of several keys all must hold. A lone value is `eq`, a list `in`."""

    __test__ = False  # pytest would take it for a test class

    eq: Value | None = None
    ne: Value | None = None
    lt: int | None = None
    le: int | None = None
    gt: int | None = None
    ge: int | None = None
    in_: tuple[Value, ...] | None = Field(default=None, alias="in", min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _from_value(cls, value: Any) -> Any:
        if isinstance(value, (bool, int, str)):
            return {"eq": value}
        if isinstance(value, (list, tuple)):
            return {"in": tuple(value)}
        return value

    @model_validator(mode="after")
    def _asks_something(self) -> Test:
        if not any(True for _ in self.asked()) and self.in_ is None:
            raise Objection(said("nothing_is_asked"), said("test_form"))
        return self

    def asked(self) -> Iterator[tuple[Operator, Value]]:
        """Each operator with its value, `in` left out."""
        pairs: tuple[tuple[Operator, Value | None], ...] = (
            ("eq", self.eq),
            ("ne", self.ne),
            ("lt", self.lt),
            ("le", self.le),
            ("gt", self.gt),
            ("ge", self.ge),
        )
        for operator, value in pairs:
            if value is not None:
                yield operator, value


class FactCondition(Model):
    """Conditions over one fact: `all`, `any`, `not`, and facts by name; of several keys all hold.

    `{state: overdue, days_overdue: {ge: 5}, not: {closed: true}}`
    """

    all: tuple[FactCondition, ...] | None = Field(default=None, min_length=1)
    any: tuple[FactCondition, ...] | None = Field(default=None, min_length=1)
    not_: FactCondition | None = Field(default=None, alias="not")
    tests: dict[str, Test] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _facts_by_name(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        joints = {key: value[key] for key in ("all", "any", "not") if key in value}
        tests = {key: value[key] for key in value if key not in joints}
        return joints | ({"tests": tests} if tests else {})

    @model_validator(mode="after")
    def _asks_something(self) -> FactCondition:
        if not (self.all or self.any or self.not_ or self.tests):
            raise Objection(said("condition_empty"), said("condition_form"))
        return self

    def facts(self) -> frozenset[str]:
        """The names of all facts that it asks."""
        parts = (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ()))
        return frozenset(self.tests).union(*(part.facts() for part in parts))


def comparisons(condition: FactCondition) -> Iterator[Comparison]:
    """Every comparison that the engine would make, negations carried inwards, one by one."""
    yield from _leaves(_plain(condition, True))


def count_branches(condition: FactCondition) -> int:
    """How many branches there would be, without making them (nesting multiplies them)."""
    return _count(_plain(condition, True))


def branches(condition: FactCondition) -> tuple[Branch, ...]:
    """The alternatives, sorted: the condition holds when all comparisons of any of them do."""
    return tuple(sorted({tuple(sorted(set(one))) for one in _spread(_plain(condition, True))}))


@dataclass(frozen=True)
class _Joined:
    """Parts of which all (or any) must hold."""

    every: bool
    parts: tuple[_Joined | Comparison, ...]


def _plain(condition: FactCondition, positive: bool) -> _Joined:
    """The condition (or its contrary) without `not` and `in`."""
    parts: list[_Joined | Comparison] = []
    parts.extend(_plain(one, positive) for one in condition.all or ())
    if condition.any:
        parts.append(_Joined(not positive, tuple(_plain(one, positive) for one in condition.any)))
    if condition.not_:
        parts.append(_plain(condition.not_, not positive))
    for fact, test in condition.tests.items():
        for operator, value in test.asked():
            meant = operator if positive else OPPOSITE[operator]
            parts.append(Comparison(fact, meant, value))
        if test.in_ is not None:
            one_of: Operator = "eq" if positive else "ne"
            values = tuple(Comparison(fact, one_of, value) for value in dict.fromkeys(test.in_))
            parts.append(_Joined(not positive, values))
    return _Joined(positive, tuple(parts))


def _leaves(node: _Joined | Comparison) -> Iterator[Comparison]:
    if isinstance(node, Comparison):
        yield node
        return
    for part in node.parts:
        yield from _leaves(part)


def _count(node: _Joined | Comparison) -> int:
    if isinstance(node, Comparison):
        return 1
    total = 1 if node.every else 0
    for part in node.parts:
        total = total * _count(part) if node.every else total + _count(part)
    return total


def _spread(node: _Joined | Comparison) -> list[Branch]:
    if isinstance(node, Comparison):
        return [(node,)]
    if not node.every:
        return [branch for part in node.parts for branch in _spread(part)]
    found: list[Branch] = [()]
    for part in node.parts:
        found = [(*left, *right) for left in found for right in _spread(part)]
    return found
