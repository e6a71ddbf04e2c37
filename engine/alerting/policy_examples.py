"""Whether a policy's worked examples come to the level that they say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.alerting.conditions import Value
from engine.alerting.fact_names import FactName, facts_of
from engine.alerting.oracle import condition_holds
from engine.alerting.policy import Policy, PolicyExample
from files import content_of
from problems import Problem, said
from rules.yaml_tree import MAX_BYTES, read_tree

NO_LEVEL = "null"
"""How an example says that nothing is concluded."""


def wrong_examples(policy: Policy, path: Path) -> Iterator[Problem]:
    """The examples of the policy at `path` that come to something else."""
    name = path.as_posix()
    tree, _ = read_tree(name, content_of(path, MAX_BYTES, name))
    for at, example in enumerate(policy.examples):
        level = level_of(policy, example)
        if tree is not None and level != example.expect:
            told = said(
                "example_comes_to",
                name=example.name,
                level=level or NO_LEVEL,
                wanted=example.expect or NO_LEVEL,
            )
            yield Problem(tree.place(("examples", at)), told)


def level_of(policy: Policy, example: PolicyExample) -> str | None:
    """The level that an example's facts come to by the active rules; None where none fires."""
    known = facts_of(example.scope, policy.levels)
    facts = {**{name: _usual(fact) for name, fact in known.items()}, **example.facts}
    for rule in policy.of_scope(example.scope).values():
        if condition_holds(rule.when, facts):
            return rule.conclude
    return None


def _usual(fact: FactName) -> Value:
    if fact.kind == "text":
        return fact.values[0] if fact.values else ""
    return False if fact.kind == "truth" else 0
