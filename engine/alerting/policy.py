"""The alert policy: levels of the ladder, and the rules that conclude them. Read from policy.yaml.

A rule is a condition over the facts of one obligation or one unit (`fact_names`). Nothing
else decides an alert: a rule that is deleted from the file takes its alerts with it.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from engine.alerting.conditions import (
    FactCondition,
    Test,
    Value,
    comparisons,
    count_branches,
)
from engine.alerting.fact_names import FactName, Scope, facts_of
from engine.alerting.facts import UnitSpan
from engine.alerting.level_words import NEEDED, LevelSentence, LevelWords, objections
from engine.alerting.matters import SHORT_MISSES
from engine.alerting.recipient_words import Recipient
from files import content_of
from problems import (
    BadInput,
    Place,
    Problem,
    Said,
    any_of,
    bare,
    did_you_mean,
    names,
    said,
)
from rules.files import BUILTIN
from rules.model import Model, Words, word_of
from rules.model_problems import checked
from rules.yaml_tree import MAX_BYTES, Tree, read_tree
from rules.yaml_tree import Path as TreePath

DEFAULT_POLICY = BUILTIN / "policy.yaml"

MOST_RULES_ON_ONE_COMPARISON = 250
MOST_VALUES_OF_ONE_FACT = 500
MOST_BRANCHES = 500
LARGEST_NUMBER = 1_000_000_000
"""The rules engine fails beyond some of these: a policy that goes there is refused."""

NAME = r"^[a-z][a-z0-9_]*$"


class PaperForm(StrEnum):
    """How formal a paper is."""

    SLIP = "slip"
    LETTER = "letter"
    RED_HEAD = "red_head"


class Level(LevelSentence):
    """A rung of the ladder, and the paper that goes out for it. Source: FORMATS, section 2.

    `for_unit` is the paper's name where a unit itself owes the duty. `reply_working_days` None:
    no reply is asked for; `next` is the level that follows when nothing comes of this one.
    `approval`: a proposal until a person approves it. `copy_to` says who else gets it. `gentle`: it
    accuses nobody, so it may speak of what only lacks fields of its records. `short` is the level's
    name in a table. A policy that is loaded has every level's words in full.
    """

    for_unit: LevelSentence | None = None
    short: LevelSentence | None = None
    gentle: bool | None = None
    reply_working_days: int | None = Field(default=None, ge=1, le=366)
    next: str | None = None
    seal: bool = False
    form: Annotated[PaperForm, word_of(PaperForm)]
    to: Annotated[Recipient, word_of(Recipient)]
    copy_to: Words = ()
    approval: bool = False
    note: str | None = None
    words: LevelWords = LevelWords()

    def title(self, to_unit: bool, lang: str = "zh") -> str:
        """The paper's name in that language (`zh` or `en`)."""
        return (self.for_unit if to_unit and self.for_unit else self).in_(lang)

    def short_name(self, lang: str = "zh") -> str:
        """The level's name in a table; its paper's name where it has none."""
        return (self.short or self).in_(lang)

    def lacking(self) -> frozenset[str]:
        """The keys that it has not, and that a sentence may need."""
        return frozenset(key for key in NEEDED.values() if getattr(self, key) is None)


class Rule(Model):
    """One rule: what it asks of a fact, and the level that it concludes.

    Of the levels that rules conclude for one obligation, that of the highest priority stands. One
    that is not `active` is checked, shown and tried, and concludes nothing.
    """

    scope: Annotated[Scope, word_of(Scope)]
    priority: int = Field(ge=0, le=1_000_000)
    when: FactCondition
    conclude: str
    active: bool = True
    zh: str | None = None
    en: str | None = None


class PolicyExample(Model):
    """A worked example: the `facts` that are not as usual, and the level that they come to (None:
    none). Every other fact is 0, no, empty, or the first of its values.
    """

    name: str
    scope: Annotated[Scope, word_of(Scope)] = Scope.OBLIGATION
    facts: dict[str, Value]
    expect: str | None


class Policy(Model):
    """The whole policy. `unit_span`: units are looked at over the last whole one of these; `words`:
    what every level says that does not say it itself. `short_period_misses`: periods shorter than a
    month are told at so many missed in one, else when it is over. `heads`: the post classes whose
    holders stand for their unit.
    """

    hold_working_days: int = Field(ge=0, le=366)
    short_period_misses: int = Field(default=SHORT_MISSES, ge=1, le=31)
    unit_span: UnitSpan = "month"
    heads: Words = ("主要负责人",)
    words: LevelWords = LevelWords()
    levels: dict[str, Level] = Field(min_length=1)
    rules: dict[str, Rule] = Field(default_factory=dict)
    examples: tuple[PolicyExample, ...] = ()

    def of_scope(self, scope: Scope) -> dict[str, Rule]:
        """The active rules of that scope by name, the highest priority first, then by name."""
        chosen = [
            (name, rule) for name, rule in self.rules.items() if rule.scope is scope and rule.active
        ]
        return dict(sorted(chosen, key=lambda pair: (-pair[1].priority, pair[0])))

    def above(self, level: str) -> tuple[str, ...]:
        """The levels that follow one on the ladder, the next one first."""
        found: list[str] = []
        at = self.levels[level].next if level in self.levels else None
        while at is not None and at not in found:
            found.append(at)
            at = self.levels[at].next if at in self.levels else None
        return tuple(found)

    @property
    def digest(self) -> str:
        """SHA-256 of what the policy says, however its file is laid out."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def load_policy(path: Path = DEFAULT_POLICY) -> Policy:
    """The policy of that file, each level with all it says. What the file leaves unsaid is taken
    from the shipped one. Raises BadInput with every problem in it, each with its place.
    """
    policy = _read(path)
    shipped = policy if path == DEFAULT_POLICY else _read(DEFAULT_POLICY)
    shared = policy.words.before(shipped.words)
    levels = {
        name: _in_full(level, shipped.levels.get(name, level), shared)
        for name, level in policy.levels.items()
    }
    return policy.model_copy(update={"words": shared, "levels": levels})


def _in_full(level: Level, namesake: Level, shared: LevelWords) -> Level:
    """The level with all that it says: its own, what its shipped namesake says, what all share.

    What it takes over has to fit it: no day where no reply is asked for, no threat where it accuses
    nobody, no closing phrase on a slip.
    """
    gentle = bool(namesake.gentle if level.gentle is None else level.gentle)
    taken = namesake.words.before(shared)
    unfit = [key for key in taken.sentences() if taken.needs(key) & level.lacking()]
    unfit += ["follows"] if gentle else []
    unfit += ["closing", "closing_letter"] if level.form is PaperForm.SLIP else []
    words = level.words.before(taken.without(*unfit))
    short = level.short or namesake.short
    return level.model_copy(update={"words": words, "gentle": gentle, "short": short})


def _read(path: Path) -> Policy:
    name = path.as_posix()
    raw = content_of(path, MAX_BYTES, name)
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
    yield from _approvals(policy, tree)
    yield from objections(tree, ("words",), policy.words)
    for name, level in policy.levels.items():
        yield from objections(tree, ("levels", name, "words"), level.words, level.lacking())
    for name, rule in policy.rules.items():
        if rule.conclude not in policy.levels:
            at: TreePath = ("rules", name, "conclude")
            yield _unknown(tree, at, said("level"), rule.conclude, policy.levels)
        known = facts_of(rule.scope, policy.levels)
        yield from _condition(tree, ("rules", name, "when"), rule.when, known, rule.scope)
    for number, example in enumerate(policy.examples):
        yield from _example(tree, ("examples", number), example, policy)
    yield from _priorities(policy, tree)
    yield from _limits(policy, tree)


def _example(
    tree: Tree, path: TreePath, example: PolicyExample, policy: Policy
) -> Iterator[Problem]:
    known = facts_of(example.scope, policy.levels)
    for name, value in example.facts.items():
        spot: TreePath = (*path, "facts", name)
        if name in known:
            yield from _value(tree.place(spot), known[name], value)
        else:
            kind = said("fact_of_scope", scope=example.scope)
            yield _unknown(tree, spot, kind, name, known, key=True)
    if example.expect is not None and example.expect not in policy.levels:
        yield _unknown(tree, (*path, "expect"), said("level"), example.expect, policy.levels)


def _names(policy: Policy, tree: Tree) -> Iterator[Problem]:
    for group, named in (("levels", policy.levels), ("rules", policy.rules)):
        for name in named:
            if not re.match(NAME, name):
                place = tree.place((group, name), key=True)
                hint = said("name_form")
                yield Problem(place, said("not_a_name_in", name=name, group=group), hint)


def _ladder(policy: Policy, tree: Tree) -> Iterator[Problem]:
    for name, level in policy.levels.items():
        path: TreePath = ("levels", name, "next")
        if level.next is not None and level.next not in policy.levels:
            yield _unknown(tree, path, said("level"), level.next, policy.levels)
        seen, at = {name}, level.next
        while at in policy.levels and at not in seen:
            seen.add(at)
            at = policy.levels[at].next
        if at == name:
            circle = said("level_follows_itself", level=name)
            yield Problem(tree.place(path), circle, said("ladder_goes_up"))


def _approvals(policy: Policy, tree: Tree) -> Iterator[Problem]:
    """What follows a level that a person approves is approved too, and so is what leaves the unit
    for the discipline inspection.
    """
    followed = {one.next: name for name, one in policy.levels.items() if one.approval and one.next}
    for name, level in policy.levels.items():
        if level.approval:
            continue
        place = tree.place(("levels", name), key=True)
        hint = said("write_approval_true")
        if level.to is Recipient.DISCIPLINE:
            yield Problem(place, said("discipline_without_approval", level=name), hint)
        elif name in followed:
            told = said("level_without_approval", level=name, below=followed[name])
            yield Problem(place, told, hint)


def _unknown(
    tree: Tree,
    path: TreePath,
    kind: Said,
    word: str,
    known: Mapping[str, object],
    key: bool = False,
) -> Problem:
    hint = did_you_mean(word, sorted(known)) or said("known_words", words=names(sorted(known)))
    return Problem(tree.place(path, key=key), said("unknown_word", kind=kind, word=word), hint)


def _condition(
    tree: Tree,
    path: TreePath,
    condition: FactCondition,
    known: Mapping[str, FactName],
    scope: Scope,
) -> Iterator[Problem]:
    for name, test in condition.tests.items():
        if name in known:
            yield from _test(tree, (*path, name), known[name], test)
        else:
            kind = said("fact_of_scope", scope=scope)
            yield _unknown(tree, (*path, name), kind, name, known, key=True)
    for joint, parts in (("all", condition.all), ("any", condition.any)):
        for at, part in enumerate(parts or ()):
            yield from _condition(tree, (*path, joint, at), part, known, scope)
    if condition.not_:
        yield from _condition(tree, (*path, "not"), condition.not_, known, scope)


def _test(tree: Tree, path: TreePath, fact: FactName, test: Test) -> Iterator[Problem]:
    for operator, value in test.asked():
        spot = (*path, operator)
        if operator not in ("eq", "ne") and fact.kind != "number":
            hint = said("compared_with_eq_ne_in")
            kind = bare(fact.kind)
            message = said("operator_on_fact", operator=operator, name=fact.name, kind=kind)
            yield Problem(tree.place(spot), message, hint)
        else:
            yield from _value(tree.place(spot), fact, value)
    for at, value in enumerate(test.in_ or ()):
        _, listed = tree.find((*path, "in"))
        spot = (*path, "in", at) if at in listed.inside else (*path, at)
        yield from _value(tree.place(spot), fact, value)


_SORTS: Mapping[str, tuple[type, Said]] = {
    "number": (int, said("a_whole_number")),
    "text": (str, said("text")),
    "truth": (bool, said("true_or_false")),
}


def _value(place: Place, fact: FactName, value: Value) -> Iterator[Problem]:
    sort, wanted = _SORTS[fact.kind]
    if type(value) is not sort:
        written = str(value).lower() if isinstance(value, bool) else value
        wrong = said("not_the_kind_of_fact", value=str(written), wanted=wanted, fact=fact.name)
        yield Problem(place, wrong)
    elif fact.values and value not in fact.values:
        near = did_you_mean(str(value), fact.values)
        hint = near or said("write_instead", words=any_of(fact.values))
        yield Problem(place, said("not_a_fact_value", value=str(value), fact=fact.name), hint)
    elif fact.kind == "number" and abs(int(value)) > LARGEST_NUMBER:
        most = said("at_most", most=bare(f"{LARGEST_NUMBER:,}"))
        yield Problem(place, said("number_too_large", value=str(value)), most)


def _priorities(policy: Policy, tree: Tree) -> Iterator[Problem]:
    first: dict[tuple[Scope, int], str] = {}
    for name, rule in policy.rules.items():
        other = first.setdefault((rule.scope, rule.priority), name)
        if policy.rules[other].conclude != rule.conclude:
            message = said("priority_of_another_level", priority=rule.priority, rule=other)
            hint = said("give_different_priorities")
            yield Problem(tree.place(("rules", name, "priority")), message, hint)


def _limits(policy: Policy, tree: Tree) -> Iterator[Problem]:
    asking: dict[tuple[Scope, object], set[str]] = defaultdict(set)
    values: dict[tuple[Scope, str], set[Value]] = defaultdict(set)
    for name, rule in policy.rules.items():
        place = tree.place(("rules", name, "when"), key=True)
        alternatives = count_branches(rule.when)
        if alternatives > MOST_BRANCHES:
            message = said("too_many_alternatives", rule=name, count=bare(f"{alternatives:,}"))
            yield Problem(place, message, said("at_most_alternatives", most=MOST_BRANCHES))
        for one in comparisons(rule.when):
            asked, valued = asking[rule.scope, one], values[rule.scope, one.fact]
            before = (len(asked), len(valued))
            asked.add(name)
            valued.add(one.value)
            if before[0] == MOST_RULES_ON_ONE_COMPARISON < len(asked):
                most = MOST_RULES_ON_ONE_COMPARISON
                message = said("too_many_rules_on_fact", most=most, fact=one.fact)
                yield Problem(place, message, said("share_rules"))
            if before[1] == MOST_VALUES_OF_ONE_FACT < len(valued):
                most = MOST_VALUES_OF_ONE_FACT
                message = said("too_many_values_of_fact", most=most, fact=one.fact)
                yield Problem(place, message, said("ask_for_type_or_number"))
