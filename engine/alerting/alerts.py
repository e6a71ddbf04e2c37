"""Which alerts the policy concludes from verdicts: a function of the audit's inputs, nothing else.

Two stages, each put to the rules engine: first every obligation, then every unit, whose facts
count the levels at which its obligations stand. Nothing is kept from an earlier run, and nothing
is ever retracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.notice_register import RegisteredNotice
from data.records import Records
from engine.alerting.conditions import Branch, Value, branches
from engine.alerting.fact_names import Scope, count_of, lapsed_of
from engine.alerting.facts import (
    Fact,
    SettledSpan,
    obligation_facts,
    settled_span,
    stands_in,
    unit_facts,
    unit_matter,
)
from engine.alerting.matters import Holding, Matter, Track, WorkingDays, matters_of, tracks
from engine.alerting.oracle import expected, require_agreement
from engine.alerting.policy import Level, Policy, Rule
from engine.alerting.presence import holder_kind, owner_of
from engine.alerting.recipients import ReportingLine
from engine.alerting.register import NoticesBefore
from engine.alerting.rules_engine import satisfied
from engine.judging.in_force import HolderSort
from engine.judging.verdict import Verdict

Engine = Callable[
    [Mapping[str, Sequence[Branch]], Sequence[Mapping[str, Value]]], set[tuple[int, str]]
]


@dataclass(frozen=True)
class Alert:
    """One level that stands for one obligation, or for one unit over a span.

    `key` tells it from all others: `remind:DUTY@HOLDER@LABEL`, `supervise:*@UNIT@2024-06`. `rules`
    are the names of all that fired, the highest priority first. `addressee` is the id that `to` of
    the level comes to: the holder (`post/person`, `post`, or the unit), the unit, a post that
    stands over it, or for papers that leave the unit `all_units` or `discipline`; `copies` are the
    posts and units, or the words of the policy, that get it too. `matter` is the obligation, or
    month of short periods, that it is about, and `verdicts` are the ids of its obligations;
    `counted` are the matters that the rules' thresholds counted, itself among them. `is_whole`: no
    more of a month is still to come. `reason_facts` are what the rules asked and found, by name.
    `due` is after moving and before grace, `deadline` after both; both None for a unit.
    `event_called` is what people call the period of an event with a title. `holder_kind` is
    `person`, `post`, `unit` or `group`.
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
    matter: str
    verdicts: tuple[str, ...]
    counted: tuple[str, ...]
    copies: tuple[str, ...]
    is_whole: bool
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
    notices: Iterable[RegisteredNotice] = (),
    verify: bool = False,
    engine: Engine | None = satisfied,
) -> tuple[Alert, ...]:
    """The alerts of that day, obligations before units, sorted by key.

    `verdicts` are all of `as_of` since records began, done ones too: a run of missed periods is
    broken by one that was met, and units are looked at over a whole span. `notices` are those of
    the register by that day. With `verify` the rules engine is held against plain Python; `engine`
    None: plain Python concludes, to the same alerts. Raises EngineMissing, EngineCrashed (no alert
    is concluded then), PolicyDisagreement, and ValueError for verdicts of another day.
    """
    if any(verdict.as_of != as_of for verdict in verdicts):
        raise ValueError("verdicts and alerts are of one day")
    ordered = sorted(verdicts, key=lambda verdict: verdict.id)
    holding = Holding(as_of, workdays, policy.hold_working_days)
    laid = matters_of(ordered, holding, policy.short_period_misses)
    found = dict(zip(map(id, laid), tracks(laid), strict=True))
    matters = [matter for matter in laid if matter.told]
    run = [found[id(matter)] for matter in matters]
    register = NoticesBefore(tuple(policy.levels), as_of, notices)
    line = ReportingLine(records, as_of, policy.heads)
    ask = _Asking(policy, verify, engine)
    rows = obligation_facts(matters, run, records, holding, register)
    fired = ask.fired(Scope.OBLIGATION, rows, [matter.id for matter in matters])
    alerts = [
        _on_matter(matters[at], run[at], rows[at], rules, policy, line)
        for at, rules in fired.items()
    ]
    standing = {alert.matter: alert.level for alert in alerts}
    span = settled_span(policy.unit_span, as_of, workdays, policy.hold_working_days)
    units = unit_facts(laid, standing, records, tuple(policy.levels), span, register)
    names = list(units)
    on_units = ask.fired(Scope.UNIT, list(units.values()), names)
    for at, rules in on_units.items():
        about = _about(names[at], matters, standing, span, rules, policy)
        alerts.append(_on_unit(units[names[at]], about, span, as_of, rules, policy, line))
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


_RUN, _QUARTER, _HALF_YEAR, _YEAR = (
    "periods_running",
    "missed_this_quarter",
    "missed_this_half_year",
    "missed_this_year",
)


def _counted(
    level: str, rules: Sequence[str], matter: Matter, track: Track, policy: Policy
) -> tuple[str, ...]:
    """What the thresholds counted that led to the level, the earliest first, and it itself. What
    follows a notice that lapsed is all that it follows in a row.
    """
    fired = [policy.rules[name] for name in rules if policy.rules[name].conclude == level]
    asked = {name for rule in fired for name in rule.when.facts()}
    lists = {
        _RUN: track.running,
        _QUARTER: track.quarter,
        _HALF_YEAR: track.half_year,
        _YEAR: track.year,
        **{lapsed_of(name): track.running for name in policy.levels},
    }
    found = {name: None for fact in sorted(asked) for name in lists.get(fact, ())}
    return tuple({**found, matter.id: None})


def _on_matter(
    matter: Matter,
    track: Track,
    fact: Fact,
    rules: tuple[str, ...],
    policy: Policy,
    line: ReportingLine,
) -> Alert:
    name, level = _level(rules, policy)
    verdict = matter.verdict
    holder = owner_of(verdict)
    to = line.addressee(level.to, holder, verdict.unit, verdict.post)
    return Alert(
        key=f"{name}:{matter.id}",
        level=name,
        rules=rules,
        scope=Scope.OBLIGATION,
        addressee=to,
        duty=verdict.duty.id,
        holder=holder,
        holder_kind=holder_kind(verdict),
        label=matter.label,
        unit=verdict.unit,
        post=verdict.post,
        person=verdict.person,
        matter=matter.id,
        verdicts=tuple(one.id for one in matter.told),
        counted=_counted(name, rules, matter, track, policy),
        copies=line.copies(level.copy_to, to, verdict.unit, verdict.post),
        is_whole=matter.is_whole,
        reason_facts=_reasons(rules, fact, policy),
        due=verdict.due if matter.month is None else matter.deadline,
        deadline=matter.deadline,
        as_of=verdict.as_of,
        event_called=verdict.called if verdict.event_title and matter.month is None else None,
    )


def _about(
    unit: str,
    matters: Sequence[Matter],
    standing: Mapping[str, str],
    span: SettledSpan,
    rules: Sequence[str],
    policy: Policy,
) -> tuple[Matter, ...]:
    """What a unit's alert is about: what is red of the span, and that whose level the rules
    counted."""
    asked = {name for rule in rules for name in policy.rules[rule].when.facts()}
    counted = {level for level in policy.levels if count_of(level) in asked}
    counts_only = all(
        name.startswith(count_of("")) or name in ("unit", "unit_type") for name in asked
    )
    return tuple(
        matter
        for matter in matters
        if matter.verdict.unit == unit
        and (
            standing.get(matter.id) in counted
            or (not counts_only and matter.counts is True and stands_in(matter, span))
        )
    )


def _on_unit(
    fact: Fact,
    about: tuple[Matter, ...],
    span: SettledSpan,
    as_of: date,
    rules: tuple[str, ...],
    policy: Policy,
    line: ReportingLine,
) -> Alert:
    name, level = _level(rules, policy)
    unit = str(fact["unit"])
    to = line.addressee(level.to, unit, unit, None)
    matter = unit_matter(unit, span.label)
    return Alert(
        key=f"{name}:{matter}",
        level=name,
        rules=rules,
        scope=Scope.UNIT,
        addressee=to,
        duty=None,
        holder=unit,
        holder_kind=HolderSort.UNIT,
        label=span.label,
        unit=unit,
        post=None,
        person=None,
        matter=matter,
        verdicts=tuple(one.id for part in about for one in part.told),
        counted=tuple(part.id for part in about),
        copies=line.copies(level.copy_to, to, unit, None),
        is_whole=True,
        reason_facts=_reasons(rules, fact, policy),
        due=None,
        deadline=None,
        as_of=as_of,
    )
