"""The same policy in plain Python: what the rules engine must come to, evaluated as it is written.

Tests and `--verify` hold the rules engine against it; alerts are taken from here only where that
engine is not installed.
"""

from __future__ import annotations

import operator as relations
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.alerting.conditions import FactCondition, Test, Value
from problems import Said, bare, said

RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": relations.eq,
    "ne": relations.ne,
    "lt": relations.lt,
    "le": relations.le,
    "gt": relations.gt,
    "ge": relations.ge,
}


class PolicyDisagreement(Exception):
    """The rules engine and plain Python came to different conclusions; the first one is named."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(str(said))


def condition_holds(condition: FactCondition, fact: Mapping[str, Value]) -> bool:
    """Whether `fact` is what the condition asks for."""
    return (
        all(_passes(test, fact[name]) for name, test in condition.tests.items())
        and all(condition_holds(one, fact) for one in condition.all or ())
        and (condition.any is None or any(condition_holds(one, fact) for one in condition.any))
        and (condition.not_ is None or not condition_holds(condition.not_, fact))
    )


def _passes(test: Test, value: Value) -> bool:
    if test.in_ is not None and value not in test.in_:
        return False
    return all(RELATIONS[operator](value, wanted) for operator, wanted in test.asked())


def expected(
    rules: Mapping[str, FactCondition], facts: Sequence[Mapping[str, Value]]
) -> set[tuple[int, str]]:
    """The position of each fact with the name of each rule that it satisfies."""
    return {
        (at, name)
        for at, fact in enumerate(facts)
        for name, condition in rules.items()
        if condition_holds(condition, fact)
    }


def require_agreement(
    found: set[tuple[int, str]],
    rules: Mapping[str, FactCondition],
    facts: Sequence[Mapping[str, Value]],
    names: Sequence[str],
) -> None:
    """Raises PolicyDisagreement unless `found` is as expected. `names`: what each fact is of."""
    wanted = expected(rules, facts)
    if found == wanted:
        return
    at, rule = min(found ^ wanted)
    asked = {name: facts[at][name] for name in sorted(rules[rule].facts())}
    sides = (said("rule_engine"), said("plain_python"))
    did, did_not = sides if (at, rule) in found else sides[::-1]
    raise PolicyDisagreement(
        said(
            "engines_disagree",
            rule=rule,
            thing=bare(names[at]),
            one=did,
            other=did_not,
            facts=bare(str(asked)),
            count=len(found ^ wanted),
        )
    )
