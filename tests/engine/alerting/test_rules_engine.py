"""The fence around durable-rules: it concludes what plain Python does, or it is an error."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.alerting.conditions import OPPOSITE, Branch, FactCondition, branches, count_branches
from engine.alerting.fact_names import Scope, facts_of
from engine.alerting.oracle import (
    RELATIONS,
    PolicyDisagreement,
    condition_holds,
    expected,
    require_agreement,
)
from engine.alerting.policy import load_policy
from engine.alerting.rules_engine import (
    BATCH,
    CHILD,
    EngineCrashed,
    EngineMissing,
    _ask,
    answer_of_host,
    engine_missing,
    satisfied,
)
from reports.problem_words import in_words
from tests.helpers.house_plan import ROOT
from tests.helpers.printed import printed

OTHERS = ROOT / "examples" / "policies"
NUMBERS = ("a", "b", "c")
TRUTHS = ("p", "q")
WORDS = ("主要负责人", '甲"乙', "丙\n丁", "", "state")
OPERATORS = sorted(OPPOSITE)


def spread(rules: dict[str, FactCondition]) -> dict[str, tuple[Branch, ...]]:
    return {name: branches(when) for name, when in rules.items()}


def random_fact(chance: random.Random) -> dict[str, Any]:
    return {
        **{name: chance.randint(-4, 6) for name in NUMBERS},
        **{name: chance.random() < 0.5 for name in TRUTHS},
        "word": chance.choice([*WORDS, "不在规则里"]),
    }


def random_test(chance: random.Random) -> tuple[str, Any]:
    sort = chance.randrange(4)
    if sort == 0:
        return chance.choice(TRUTHS), {chance.choice(["eq", "ne"]): chance.random() < 0.5}
    if sort == 1:
        operator = chance.choice(["eq", "ne", "in"])
        words = tuple(chance.sample(WORDS, chance.randint(1, 3)))
        return "word", {operator: words if operator == "in" else words[0]}
    if sort == 2:
        return chance.choice(NUMBERS), tuple(chance.sample(range(-5, 8), chance.randint(1, 4)))
    first, second = chance.sample(OPERATORS, 2)
    return chance.choice(NUMBERS), {first: chance.randint(-5, 7), second: chance.randint(-5, 7)}


def random_condition(chance: random.Random, depth: int) -> dict[str, Any]:
    if depth == 0 or chance.random() < 0.25:
        return dict([random_test(chance)])
    joint = chance.choice(["all", "any", "not"])
    if joint == "not":
        return {"not": random_condition(chance, depth - 1)}
    parts = [random_condition(chance, depth - 1) for _ in range(chance.randint(1, 3))]
    return {joint: tuple(parts), **dict([random_test(chance)] if chance.random() < 0.3 else [])}


def random_rules(chance: random.Random, count: int, depth: int) -> dict[str, FactCondition]:
    rules: dict[str, FactCondition] = {}
    while len(rules) < count:
        rule = FactCondition.model_validate(random_condition(chance, depth), strict=True)
        if count_branches(rule) <= 60:
            rules[f"rule_{len(rules)}"] = rule
    return rules


@pytest.mark.parametrize("seed", range(6))
def test_engine_and_plain_python_agree_on_random_rules_and_facts(seed: int) -> None:
    chance = random.Random(seed)
    rules = random_rules(chance, count=12, depth=3)
    facts = [random_fact(chance) for _ in range(900)]
    found = satisfied(spread(rules), facts)
    assert found == expected(rules, facts)
    assert found, "a round that concludes nothing proves nothing"


POLICIES = [load_policy(), *map(load_policy, sorted(OTHERS.glob("*.yaml")))]


@pytest.mark.parametrize("scope", Scope)
def test_engine_and_plain_python_agree_on_the_shipped_ladders(scope: Scope) -> None:
    chance, levels = random.Random(7), [name for one in POLICIES for name in one.levels]
    rules = {
        f"{at}.{name}": rule.when
        for at, policy in enumerate(POLICIES)
        for name, rule in policy.of_scope(scope).items()
    }
    usual = {"state": "overdue", "held": False, "closed": False, "records_incomplete": False}
    facts = []
    for _ in range(900):
        fact: dict[str, Any] = {}
        for name, known in facts_of(scope, levels).items():
            values = {"number": range(9), "truth": (True, False)}.get(known.kind, known.values)
            fact[name] = chance.choice(values or ("", "园区"))
        if scope is Scope.OBLIGATION and chance.random() < 0.7:
            fact |= usual  # most of the ladder is about these
        facts.append(fact)
    found = satisfied(spread(rules), facts)
    assert found == expected(rules, facts)
    assert len({name for _, name in found}) * 2 > len(rules)


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_branches_say_the_same_as_the_condition(seed: int) -> None:
    chance = random.Random(seed)
    (rule,) = random_rules(chance, count=1, depth=4).values()
    alternatives = branches(rule)
    assert len(alternatives) <= count_branches(rule)
    for fact in (random_fact(chance) for _ in range(20)):
        spread_out = any(
            all(RELATIONS[one.operator](fact[one.fact], one.value) for one in row)
            for row in alternatives
        )
        assert spread_out == condition_holds(rule, fact)


@pytest.mark.parametrize("operator", OPERATORS)
def test_each_operator_holds_on_the_right_side_of_its_value(operator: str) -> None:
    facts = [{"a": value} for value in (-10, -1, 0, 1, 2, 3, 1_000_000_000)]
    rules = {"rule": FactCondition.model_validate({"a": {operator: 1}})}
    found = {at for at, _ in satisfied(spread(rules), facts)}
    assert found == {at for at, fact in enumerate(facts) if RELATIONS[operator](fact["a"], 1)}


@pytest.mark.parametrize("count", [1, 33, 64, 200])
def test_a_fact_that_satisfies_many_rules_at_once_satisfies_them_all(count: int) -> None:
    rules = {f"r{at}": FactCondition.model_validate({"a": {"gt": -at - 1}}) for at in range(count)}
    assert satisfied(spread(rules), [{"a": 1}]) == {(0, name) for name in rules}


def test_a_rule_of_hundreds_of_values_finds_each_of_them() -> None:
    rule = {"r": FactCondition.model_validate({"a": tuple(range(0, 1000, 2))})}
    facts = [{"a": value} for value in range(-3, 1003)]
    assert satisfied(spread(rule), facts) == expected(rule, facts)


@pytest.mark.parametrize("count", [1, BATCH - 1, BATCH, BATCH + 1, 3 * BATCH + 7])
def test_no_fact_is_lost_at_the_edges_of_a_batch(count: int) -> None:
    rules = {"r": FactCondition.model_validate({"a": {"ge": 0}, "b": {"ne": 5}})}
    facts = [{"a": at, "b": 1} for at in range(count)]
    assert satisfied(spread(rules), facts) == {(at, "r") for at in range(count)}


def test_without_rules_or_facts_the_engine_is_not_asked() -> None:
    nobody = ("no-such-program",)
    rules = spread({"r": FactCondition.model_validate({"a": 1})})
    assert satisfied({}, [{"a": 1}], nobody) == set()
    assert satisfied(rules, [], nobody) == set()


def test_the_oracle_names_the_first_difference() -> None:
    rules = {"r": FactCondition.model_validate({"a": {"ge": 2}})}
    facts = [{"a": 1}, {"a": 2}, {"a": 3}]
    require_agreement({(1, "r"), (2, "r")}, rules, facts, ["x", "y", "z"])
    with pytest.raises(PolicyDisagreement, match=r"rule=r thing=y one=plain_python .*\{'a': 2\}"):
        require_agreement({(2, "r")}, rules, facts, ["x", "y", "z"])
    with pytest.raises(PolicyDisagreement, match="rule=r thing=x one=rule_engine"):
        require_agreement({(0, "r"), (1, "r"), (2, "r")}, rules, facts, ["x", "y", "z"])


RULES = spread({"r": FactCondition.model_validate({"a": 1})})


def child(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process on POSIX")
def test_a_crash_in_c_is_a_reported_error() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    with pytest.raises(EngineCrashed, match="engine_ended_by signal=SIGSEGV") as caught:
        satisfied(RULES, [{"a": 1}], child(code))
    assert "没有得出任何预警" in in_words(caught.value.said)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import sys; sys.exit('no luck')", "ended with 1, without an answer: no luck"),
        ("print('[')", "without an answer"),
        ("print('3')", "not an answer"),
        ("print('{}')", "read None of 1 facts"),
        ("""print('{"satisfied": [], "read": 0}')""", "read 0 of 1 facts"),
        ("""print('{"error": "RuntimeError: odd"}')""", "RuntimeError: odd"),
        ("""print('{"satisfied": [], "read": 1}'); raise SystemExit(4)""", "ended with 4"),
    ],
)
def test_a_child_that_does_not_answer_whole_is_an_error(code: str, said: str) -> None:
    with pytest.raises(EngineCrashed) as caught:
        satisfied(RULES, [{"a": 1}], child(code))
    assert said in printed(caught.value.said)


def test_a_child_that_takes_too_long_is_an_error() -> None:
    with pytest.raises(EngineCrashed, match="engine_no_answer seconds=1"):
        _ask({"facts": []}, child("import time; time.sleep(60)"), 1)


def test_a_child_that_does_not_start_is_an_error() -> None:
    with pytest.raises(EngineCrashed, match="engine_not_started"):
        satisfied(RULES, [{"a": 1}], ("no-such-program",))


def test_without_durable_rules_the_error_says_what_to_install() -> None:
    bare = (CHILD[0], "-I", "-S", CHILD[-1])  # a Python that sees no installed packages
    with pytest.raises(EngineMissing, match=r"engine_missing why=.*durable") as caught:
        satisfied(RULES, [{"a": 1}], bare)
    assert "装好 C 编译器" in in_words(caught.value.said)


def test_this_machine_can_run_the_alert_rules() -> None:
    assert engine_missing() is None


Action = Callable[[Any], None]


class Swallowing:
    """A host that passes every fact to the sink and control rules but those in `lost`."""

    lost: frozenset[int] = frozenset()

    def __init__(self, definitions: dict[str, Any]) -> None:
        self.definitions = definitions
        self.deleted: list[str] = []

    def assert_facts(self, ruleset: str, facts: list[dict[str, Any]]) -> None:
        for fact in facts:
            closure = SimpleNamespace(m=SimpleNamespace(**fact))
            for name, rule in self.definitions[ruleset].items():
                meant = name == "sink" or ("control" in fact) == (name == "control")
                if meant and fact["n"] not in self.lost:
                    rule["run"](closure)

    def delete_state(self, ruleset: str, sid: str) -> None:
        self.deleted.append(sid)


def losing(*lost: int) -> type[Swallowing]:
    return type("Losing", (Swallowing,), {"lost": frozenset(lost)})


REQUEST = {"asked": ["a"], "branches": [[0, [["a", "eq", 1]]]], "facts": [[1], [1], [1]]}


def test_a_host_that_reads_everything_is_believed() -> None:
    assert answer_of_host(REQUEST, losing()) == {"satisfied": [(0, 0), (1, 0), (2, 0)], "read": 3}


@pytest.mark.parametrize("lost", [1, 5])
def test_a_missing_control_fact_is_an_error(lost: int) -> None:
    with pytest.raises(RuntimeError, match="control fact"):
        answer_of_host(REQUEST, losing(lost))


def test_a_fact_that_no_sink_saw_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="not every fact"):
        answer_of_host(REQUEST, losing(3))


def test_the_first_exception_of_an_action_is_raised_again() -> None:
    class Odd(Swallowing):
        """A host that hands over a fact without a number, and swallows what comes of it."""

        def assert_facts(self, ruleset: str, facts: list[dict[str, Any]]) -> None:
            super().assert_facts(ruleset, facts)
            self.definitions[ruleset]["sink"]["run"](SimpleNamespace(m=SimpleNamespace(n="x")))
            self.definitions[ruleset]["sink"]["run"](SimpleNamespace(m=SimpleNamespace(n=None)))

    with pytest.raises(ValueError, match="'x'"):
        answer_of_host(REQUEST, Odd)
