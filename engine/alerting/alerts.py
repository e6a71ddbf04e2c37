"""Which alerts the policy concludes from verdicts: a function of the audit's inputs, nothing else.

Two stages, each put to the rules engine: first every obligation, then every unit, whose facts
count the levels at which its obligations stand. Nothing is kept from an earlier run, and nothing
is ever retracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.records import Records
from engine.alerting.conditions import Branch, Value, branches
from engine.alerting.fact_names import Scope, count_of
from engine.alerting.facts import (
    Fact,
    SettledSpan,
    WorkingDays,
    holder_kind,
    obligation_facts,
    owner_of,
    settled_span,
    stands_in,
    unit_facts,
)
from engine.alerting.oracle import expected, require_agreement
from engine.alerting.policy import Level, Policy, Recipient, Rule
from engine.alerting.rules_engine import satisfied
from engine.judging.in_force import HolderSort
from engine.judging.verdict import State, Verdict

Engine = Callable[
    [Mapping[str, Sequence[Branch]], Sequence[Mapping[str, Value]]], set[tuple[int, str]]
]

ALL_DUTIES = "*"
"""Stands for the duty in the key of an alert on a whole unit."""


@dataclass(frozen=True)
class Alert:
    """One level that stands for one obligation, or for one unit over a span.

    `key` tells it from all others: `remind:DUTY@HOLDER@LABEL`, `supervise:*@UNIT@2024-06`. `rules`
    are the names of all that fired, the highest priority first. `addressee` is the id that `to` of
    the level comes to: the holder (`post/person`, `post`, or the unit), the unit, or for papers
    that leave the unit `all_units` or `discipline`. `verdicts` are the ids that it is about,
    `reason_facts` what the rules asked and found, by name. `due` is after moving and before grace,
    `deadline` after both; both None for a unit. `event_called` is what people call the period of an
    event with a title. `holder_kind` is `person`, `post`, `unit` or
    `group`.
    """

    key: str
    level: str
    rules: tuple[str, ...]
    scope: Scope
    addressee: str
    duty: str | None
    holder: str
    holder_kind: HolderSort
    label: str
    unit: str
    post: str | None
    person: str | None
    verdicts: tuple[str, ...]
    reason_facts: tuple[tuple[str, Value], ...]
    due: date | None
    deadline: date | None
    as_of: date
    event_called: str | None = None

    @property
    def called(self) -> str:
        """What people call its period: the label, with an event's title in the place of its id."""
        return self.event_called or self.label

    @property
    def to_unit(self) -> bool:
        """Whether the unit itself owes what it is about: papers may have another name then."""
        return self.holder_kind is HolderSort.UNIT


def conclude(
    verdicts: Sequence[Verdict],
    records: Records,
    policy: Policy,
    as_of: date,
    workdays: WorkingDays,
    *,
    verify: bool = False,
    engine: Engine | None = satisfied,
) -> tuple[Alert, ...]:
    """The alerts of that day, obligations before units, sorted by key.

    `verdicts` are all of `as_of` since records began, done ones too: a run of missed periods is
    broken by one that was met, and units are looked at over a whole span. With `verify` the rules
    engine is held against plain Python; `engine` None: plain Python concludes, to the same alerts.
    Raises EngineMissing, EngineCrashed (no alert is concluded then), PolicyDisagreement, and
    ValueError for verdicts of another day.
    """
    if any(verdict.as_of != as_of for verdict in verdicts):
        raise ValueError("verdicts and alerts are of one day")
    ordered = sorted(verdicts, key=lambda verdict: verdict.id)
    ask = _Asking(policy, verify, engine)
    rows = obligation_facts(ordered, records, as_of, workdays, policy.hold_working_days)
    found = ask.fired(Scope.OBLIGATION, rows, [verdict.id for verdict in ordered])
    alerts = [_on_obligation(ordered[at], rows[at], rules, policy) for at, rules in found.items()]
    standing = {alert.verdicts[0]: alert.level for alert in alerts}
    span = settled_span(policy.unit_span, as_of, workdays, policy.hold_working_days)
    units = unit_facts(ordered, standing, records, tuple(policy.levels), span)
    names = list(units)
    on_units = ask.fired(Scope.UNIT, list(units.values()), names)
    for at, rules in on_units.items():
        about = _about(names[at], ordered, standing, span, rules, policy)
        alerts.append(_on_unit(units[names[at]], about, span, as_of, rules, policy))
    return tuple(sorted(alerts, key=lambda alert: (alert.scope, alert.key)))


@dataclass(frozen=True)
class _Asking:
    """Puts the rules of a scope to the engine, and with `verify` to the oracle too; to the oracle
    alone where there is no engine.
    """

    policy: Policy
    verify: bool
    engine: Engine | None

    def fired(
        self, scope: Scope, facts: Sequence[Fact], names: Sequence[str]
    ) -> dict[int, tuple[str, ...]]:
        """The names of the rules that fired by position of the fact, the highest priority first."""
        rules = self.policy.of_scope(scope)
        asked = {name: rule.when for name, rule in rules.items()}
        if self.engine is None:
            found = expected(asked, facts)
        else:
            found = self.engine({name: branches(when) for name, when in asked.items()}, facts)
        if self.verify and self.engine is not None:
            require_agreement(found, asked, facts, names)
        order = {name: at for at, name in enumerate(rules)}
        by_fact: dict[int, list[str]] = defaultdict(list)
        for at, name in sorted(found, key=lambda pair: (pair[0], order[pair[1]])):
            by_fact[at].append(name)
        return {at: tuple(fired) for at, fired in by_fact.items()}


def _level(rules: Sequence[str], policy: Policy) -> tuple[str, Level]:
    """The level that stands: that of the first rule, which has the highest priority."""
    name = policy.rules[rules[0]].conclude
    return name, policy.levels[name]


def _reasons(rules: Sequence[str], fact: Fact, policy: Policy) -> tuple[tuple[str, Value], ...]:
    fired: list[Rule] = [policy.rules[name] for name in rules]
    names = sorted({name for rule in fired for name in rule.when.facts()})
    return tuple((name, fact[name]) for name in names)


def _addressee(level: Level, holder: str, unit: str) -> str:
    if level.to is Recipient.HOLDER:
        return holder
    return unit if level.to in (Recipient.UNIT, Recipient.UNIT_HEAD) else level.to


def _on_obligation(verdict: Verdict, fact: Fact, rules: tuple[str, ...], policy: Policy) -> Alert:
    name, level = _level(rules, policy)
    holder = owner_of(verdict)
    return Alert(
        key=f"{name}:{verdict.id}",
        level=name,
        rules=rules,
        scope=Scope.OBLIGATION,
        addressee=_addressee(level, holder, verdict.unit),
        duty=verdict.duty.id,
        holder=holder,
        holder_kind=holder_kind(verdict),
        label=verdict.label,
        unit=verdict.unit,
        post=verdict.post,
        person=verdict.person,
        verdicts=(verdict.id,),
        reason_facts=_reasons(rules, fact, policy),
        due=verdict.due,
        deadline=verdict.deadline,
        as_of=verdict.as_of,
        event_called=verdict.called if verdict.event_title else None,
    )


def _about(
    unit: str,
    verdicts: Sequence[Verdict],
    standing: Mapping[str, str],
    span: SettledSpan,
    rules: Sequence[str],
    policy: Policy,
) -> tuple[str, ...]:
    """The verdicts that a unit's alert is about: red ones of the span, and those whose level the
    rules counted."""
    asked = {name for rule in rules for name in policy.rules[rule].when.facts()}
    counted = {level for level in policy.levels if count_of(level) in asked}
    counts_only = all(
        name.startswith(count_of("")) or name in ("unit", "unit_type") for name in asked
    )
    return tuple(
        verdict.id
        for verdict in verdicts
        if verdict.unit == unit
        and (
            standing.get(verdict.id) in counted
            or (not counts_only and verdict.state is State.OVERDUE and stands_in(verdict, span))
        )
    )


def _on_unit(
    fact: Fact,
    about: tuple[str, ...],
    span: SettledSpan,
    as_of: date,
    rules: tuple[str, ...],
    policy: Policy,
) -> Alert:
    name, level = _level(rules, policy)
    unit = str(fact["unit"])
    return Alert(
        key=f"{name}:{ALL_DUTIES}@{unit}@{span.label}",
        level=name,
        rules=rules,
        scope=Scope.UNIT,
        addressee=_addressee(level, unit, unit),
        duty=None,
        holder=unit,
        holder_kind=HolderSort.UNIT,
        label=span.label,
        unit=unit,
        post=None,
        person=None,
        verdicts=about,
        reason_facts=_reasons(rules, fact, policy),
        due=None,
        deadline=None,
        as_of=as_of,
    )
