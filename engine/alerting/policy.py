"""The alert policy: levels of the ladder, and the rules that conclude them. Read from policy.yaml.

A rule is a condition over the facts of one obligation or one unit (`engine.alerting.fact_names`). Nothing
else decides an alert: a rule that is deleted from the file takes its alerts with it.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from engine.alerting.conditions import (
    Condition,
    Test,
    Value,
    comparisons,
    count_branches,
)
from engine.alerting.fact_names import FactName, Scope, facts_of
from engine.alerting.facts import UnitSpan
from problems import BadInput, Place, Problem, did_you_mean, one_of
from rules.model import Model, Words
from rules.model_problems import checked, file_problem
from rules.yaml_tree import Path as TreePath
from rules.yaml_tree import Tree, read_tree

DEFAULT_POLICY = Path(__file__).parent.parent / "rules" / "policy.yaml"

MOST_RULES_ON_ONE_COMPARISON = 250
MOST_VALUES_OF_ONE_FACT = 500
MOST_BRANCHES = 500
LARGEST_NUMBER = 1_000_000_000
"""The rules engine fails beyond some of these: a policy that goes there is refused."""

NAME = r"^[a-z][a-z0-9_]*$"


class Paper(Model):
    """What a paper is called."""

    zh: str
    en: str


class Level(Paper):
    """A rung of the ladder, and the paper that goes out for it. Source: FORMATS, section 2.

    `for_unit` is the paper's name where a unit itself owes the duty. `reply_working_days` None:
    no reply is asked for; `next` is the level that follows when nothing comes of this one.
    `approval`: a proposal until a person approves it. `copy_to` says who else gets it.
    """

    for_unit: Paper | None = None
    reply_working_days: int | None = Field(default=None, ge=1, le=366)
    next: str | None = None
    seal: bool = False
    form: Literal["slip", "letter", "red_head"]
    to: Literal["holder", "unit", "unit_head", "all_units", "discipline"]
    copy_to: Words = ()
    approval: bool = False
    note: str | None = None

    def title(self, to_unit: bool, lang: str = "zh") -> str:
        """The paper's name in that language (`zh` or `en`)."""
        paper: Paper = self.for_unit if to_unit and self.for_unit else self
        return paper.en if lang == "en" else paper.zh


class Rule(Model):
    """One rule: what it asks of a fact, and the level that it concludes.

    Of the levels that rules conclude for one obligation, that of the highest priority stands.
    """

    scope: Scope
    priority: int = Field(ge=0, le=1_000_000)
    when: Condition
    conclude: str
    zh: str | None = None
    en: str | None = None


class Policy(Model):
    """The whole policy. `unit_span`: units are looked at over the last whole one of these."""

    hold_working_days: int = Field(ge=0, le=366)
    unit_span: UnitSpan = "month"
    levels: dict[str, Level] = Field(min_length=1)
    rules: dict[str, Rule] = Field(default_factory=dict)

    def of_scope(self, scope: Scope) -> dict[str, Rule]:
        """The rules of that scope by name, the highest priority first, then by name."""
        chosen = [(name, rule) for name, rule in self.rules.items() if rule.scope == scope]
        return dict(sorted(chosen, key=lambda pair: (-pair[1].priority, pair[0])))

    @property
    def digest(self) -> str:
        """SHA-256 of what the policy says, however its file is laid out."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def load_policy(path: Path = DEFAULT_POLICY) -> Policy:
    """The policy of that file. Raises BadInput with every problem in it, each with its place."""
    name = path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput([file_problem(name, f"cannot be read: {error.strerror}")]) from None
    tree, problems = read_tree(name, raw)
    if tree is None:
        raise BadInput(problems)
    policy, more = checked(Policy, tree, tree.data)
    problems += more
    if policy is not None:
        problems += _objections(policy, tree)
    if policy is None or problems:
        raise BadInput(problems)
    return policy


def _objections(policy: Policy, tree: Tree) -> Iterator[Problem]:
    """What is wrong with a policy whose keys and types are right."""
    yield from _names(policy, tree)
    yield from _ladder(policy, tree)
    for name, rule in policy.rules.items():
        if rule.conclude not in policy.levels:
            yield _unknown(tree, ("rules", name, "conclude"), "level", rule.conclude, policy.levels)
        known = facts_of(rule.scope, policy.levels)
        yield from _condition(tree, ("rules", name, "when"), rule.when, known, rule.scope)
    yield from _priorities(policy, tree)
    yield from _limits(policy, tree)


def _names(policy: Policy, tree: Tree) -> Iterator[Problem]:
    for group, names in (("levels", policy.levels), ("rules", policy.rules)):
        for name in names:
            if not re.match(NAME, name):
                place = tree.place((group, name), key=True)
                hint = "small letters, digits and _, a letter first"
                yield Problem(place, f"'{name}' is not a name in '{group}'", hint)


def _ladder(policy: Policy, tree: Tree) -> Iterator[Problem]:
    for name, level in policy.levels.items():
        path: TreePath = ("levels", name, "next")
        if level.next is not None and level.next not in policy.levels:
            yield _unknown(tree, path, "level", level.next, policy.levels)
        seen, at = {name}, level.next
        while at in policy.levels and at not in seen:
            seen.add(at)
            at = policy.levels[at].next
        if at == name:
            yield Problem(tree.place(path), f"level '{name}' follows itself", "a ladder goes up")


def _unknown(
    tree: Tree, path: TreePath, sort: str, word: str, known: Mapping[str, object], key: bool = False
) -> Problem:
    names = sorted(known)
    hint = did_you_mean(word, names) or f"known: {', '.join(names)}"
    return Problem(tree.place(path, key=key), f"unknown {sort} '{word}'", hint)


def _condition(
    tree: Tree, path: TreePath, condition: Condition, known: Mapping[str, FactName], scope: Scope
) -> Iterator[Problem]:
    for name, test in condition.tests.items():
        if name in known:
            yield from _test(tree, (*path, name), known[name], test)
        else:
            yield _unknown(tree, (*path, name), f"fact of scope '{scope}'", name, known, key=True)
    for joint, parts in (("all", condition.all), ("any", condition.any)):
        for at, part in enumerate(parts or ()):
            yield from _condition(tree, (*path, joint, at), part, known, scope)
    if condition.not_:
        yield from _condition(tree, (*path, "not"), condition.not_, known, scope)


def _test(tree: Tree, path: TreePath, fact: FactName, test: Test) -> Iterator[Problem]:
    for operator, value in test.asked():
        spot = (*path, operator)
        if operator not in ("eq", "ne") and fact.kind != "number":
            hint = "it can be compared with 'eq', 'ne' and 'in'"
            message = f"'{operator}' on fact '{fact.name}', which is a {fact.kind}"
            yield Problem(tree.place(spot), message, hint)
        else:
            yield from _value(tree.place(spot), fact, value)
    for at, value in enumerate(test.in_ or ()):
        _, listed = tree.find((*path, "in"))
        spot = (*path, "in", at) if at in listed.inside else (*path, at)
        yield from _value(tree.place(spot), fact, value)


_SORTS: Mapping[str, tuple[type, str]] = {
    "number": (int, "a whole number"),
    "text": (str, "text"),
    "truth": (bool, "true or false"),
}


def _value(place: Place, fact: FactName, value: Value) -> Iterator[Problem]:
    sort, wanted = _SORTS[fact.kind]
    if type(value) is not sort:
        written = str(value).lower() if isinstance(value, bool) else value
        yield Problem(place, f"'{written}' is not {wanted}, as fact '{fact.name}' is")
    elif fact.values and value not in fact.values:
        hint = did_you_mean(str(value), fact.values) or f"write {one_of(fact.values)}"
        yield Problem(place, f"'{value}' is not a value of fact '{fact.name}'", hint)
    elif fact.kind == "number" and abs(int(value)) > LARGEST_NUMBER:
        yield Problem(place, f"'{value}' is too large a number", f"at most {LARGEST_NUMBER:,}")


def _priorities(policy: Policy, tree: Tree) -> Iterator[Problem]:
    first: dict[tuple[Scope, int], str] = {}
    for name, rule in policy.rules.items():
        other = first.setdefault((rule.scope, rule.priority), name)
        if policy.rules[other].conclude != rule.conclude:
            message = f"priority {rule.priority} is that of rule '{other}', of another level"
            hint = "only one level can stand: give them different priorities"
            yield Problem(tree.place(("rules", name, "priority")), message, hint)


def _limits(policy: Policy, tree: Tree) -> Iterator[Problem]:
    asking: dict[tuple[Scope, object], set[str]] = defaultdict(set)
    values: dict[tuple[Scope, str], set[Value]] = defaultdict(set)
    for name, rule in policy.rules.items():
        place = tree.place(("rules", name, "when"), key=True)
        alternatives = count_branches(rule.when)
        if alternatives > MOST_BRANCHES:
            message = f"rule '{name}' spreads into {alternatives:,} alternatives"
            yield Problem(place, message, f"at most {MOST_BRANCHES}: make it several rules")
        for one in comparisons(rule.when):
            asked, valued = asking[rule.scope, one], values[rule.scope, one.fact]
            before = (len(asked), len(valued))
            asked.add(name)
            valued.add(one.value)
            if before[0] == MOST_RULES_ON_ONE_COMPARISON < len(asked):
                message = f"over {MOST_RULES_ON_ONE_COMPARISON} rules ask the same of '{one.fact}'"
                yield Problem(place, message, "put what they share into fewer rules")
            if before[1] == MOST_VALUES_OF_ONE_FACT < len(valued):
                message = (
                    f"over {MOST_VALUES_OF_ONE_FACT} different values are asked of '{one.fact}'"
                )
                yield Problem(place, message, "ask for a type, a class or a number instead")
