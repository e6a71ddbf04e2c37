"""One person's whole record, over all posts: what was owed, what was done, what it counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from data.likeness import tidy
from data.records import Activity, Appointment, Delegation, Person, Waiver
from engine.alerting.alerts import Alert
from engine.alerting.fact_names import Scope
from engine.alerting.policy import Level
from engine.calendar.cutting import periods_of
from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.judging.audit import Judged, is_in_span, summarise
from engine.judging.verdict import WORST_FIRST, Reason, State, Verdict
from engine.judging.world import World
from reports.names import Names
from reports.refusals import Refusal, Refusals

NOISE = frozenset({Reason.KIND, Reason.HOLDER, Reason.OUTSIDE_PERIOD})
"""Reasons that nearly every act has for nearly every duty: told where an act has no other one."""


@dataclass(frozen=True)
class ListedAppointment:
    """One stretch of an appointment, as the record lists it."""

    post: str
    unit: str
    title: str
    unit_name: str
    post_class: str
    first: date
    last: date | None
    acting: bool
    document: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class CountsFor:
    """An obligation that an act counts for, and what it brings to it."""

    verdict: str
    quantity: Fraction
    is_own: bool


@dataclass(frozen=True)
class Refused:
    """An obligation that an act does not count for, and the reason code."""

    verdict: str
    reason: Reason


@dataclass(frozen=True)
class ActLine:
    """One of the person's acts: what it counts for (his own duties or others'), and what not."""

    act: Activity
    counts_for: tuple[CountsFor, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class DutyLine:
    """One duty of one post over the span: sums over its obligations.

    `due` are those in the rates; `required`, `done`, `made_up`, `short` are sums over them.
    """

    duty: str
    part: int
    title: str
    clause: str
    post: str | None
    unit: str
    due: int
    required: Fraction
    done: Fraction
    made_up: int
    overdue: int
    short: Fraction
    rate: Fraction | None
    months: Mapping[str, Verdict]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class LeaderRecord:
    """A person's record as of a day. `span` None: since records began.

    `verdicts` are his own, by id: conduct of his, and results that he is named for. `shared` are
    those of groups that his posts belong to: in nobody's own rate. `duties` are the lines of the
    grid, `months` its columns. Activities are by day, time and id, also those that count for
    nothing.
    """

    person: Person
    as_of: date
    span: Period | None
    records_from: date
    appointments: tuple[ListedAppointment, ...]
    duties: tuple[DutyLine, ...]
    months: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    shared: tuple[Verdict, ...]
    activities: tuple[ActLine, ...]
    waivers: tuple[Waiver, ...]
    delegations: tuple[Delegation, ...]
    alerts: tuple[Alert, ...]
    rate: Fraction | None
    rate_done: Fraction | None
    due: int
    states: Mapping[State, int]
    is_name_shared: bool
    levels: Mapping[str, Level] = field(compare=False, repr=False)
    names: Names = field(compare=False, repr=False)


def leader_record(
    world: World,
    judged: Sequence[Judged],
    alerts: Sequence[Alert],
    person: str,
    span: Period | None = None,
    levels: Mapping[str, Level] = MappingProxyType({}),
) -> LeaderRecord:
    """The record of the person with that id, over all posts; `levels` are those of the alerts.
    Raises KeyError for nobody.
    """
    who = world.records.people[person]
    names = Names.of_world(world)
    asked = [
        one
        for one in judged
        if (is_in_span(one.verdict, span) if span else _is_near(one.verdict, world.as_of))
    ]
    own = [one for one in asked if one.verdict.person == person]
    posts = {tenure.post for tenure in world.tenures_by_person.get(person, ())}
    shared = [
        one
        for one in asked
        if one.verdict.person is None
        and set(names.group(one.verdict)) & posts
        and _was_there(world, person, one)
    ]
    verdicts = tuple(one.verdict for one in own)
    summary = summarise(verdicts)
    lines = _duty_lines(verdicts, names)
    about = {verdict.id for verdict in verdicts} | {one.verdict.id for one in shared}
    return LeaderRecord(
        person=who,
        as_of=world.as_of,
        span=span,
        records_from=world.records.records_from,
        appointments=_appointments(world, person, names),
        duties=lines,
        months=_months(verdicts),
        verdicts=verdicts,
        shared=tuple(one.verdict for one in shared),
        activities=_acts(world, judged, [*own, *shared], person, span),
        waivers=_waivers(world, person, span),
        delegations=_delegations(world, person, span),
        alerts=tuple(
            alert
            for alert in alerts
            if alert.person == person
            or (alert.scope is not Scope.UNIT and set(alert.verdicts) & about)
        ),
        rate=summary.rate,
        rate_done=summary.rate_done,
        due=summary.due,
        states=summary.states,
        is_name_shared=tidy(who.name) in names.shared,
        levels=levels,
        names=names,
    )


def _is_near(verdict: Verdict, as_of: date) -> bool:
    """Whether it has begun, begins within a month or is of an event: what a record lists does not
    depend on how far ahead verdicts were worked out.
    """
    far = verdict.state is State.UPCOMING and verdict.event is None
    return not far or verdict.period.first <= as_of + timedelta(days=31)


def _was_there(world: World, person: str, one: Judged) -> bool:
    """Whether he held one of the group's posts on some day of its period."""
    verdict = one.verdict
    days = Days.of(verdict.period.first, verdict.period.last)
    return any(
        tenure.post in verdict.members and tenure.days & days
        for tenure in world.tenures_by_person.get(person, ())
    )


def _appointments(world: World, person: str, names: Names) -> tuple[ListedAppointment, ...]:
    rows: list[Appointment] = [row for row in world.records.appointments if row.person == person]
    posts = world.records.posts
    return tuple(
        ListedAppointment(
            post=row.post,
            unit=posts[row.post].unit,
            title=names.post(row.post),
            unit_name=names.unit(posts[row.post].unit),
            post_class=posts[row.post].post_class,
            first=row.first,
            last=row.last,
            acting=row.acting,
            document=row.document,
            reason=row.reason,
        )
        for row in sorted(rows, key=lambda row: (row.first, row.post))
        if row.post in posts
    )


def month_of(verdict: Verdict) -> str:
    """The month in which it falls due, which is where a grid shows it."""
    day = verdict.due_unmoved or verdict.due or verdict.period.last
    return f"{day:%Y-%m}"


def _months(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """Every month from the first due day to the last, none left out."""
    known = sorted({month_of(one) for one in verdicts if one.due is not None})
    if not known:
        return ()
    first, last = (date.fromisoformat(f"{month}-01") for month in (known[0], known[-1]))
    return tuple(label for label, _ in periods_of("month", first, last))


def _duty_lines(verdicts: Sequence[Verdict], names: Names) -> tuple[DutyLine, ...]:
    by_duty: dict[tuple[str, int, str | None, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_duty[verdict.duty.id, verdict.part, verdict.post, verdict.unit].append(verdict)
    lines = []
    for (duty, part, post, unit), group in by_duty.items():
        ordered = sorted(group, key=lambda one: (one.period.first, one.id))
        due = [one for one in ordered if one.is_due]
        months: dict[str, Verdict] = {}
        # Of several in one month the worst is put in last, and stays.
        for one in sorted(ordered, key=lambda one: WORST_FIRST.index(one.state), reverse=True):
            if one.due is not None:
                months[month_of(one)] = one
        summary = summarise(ordered)
        lines.append(
            DutyLine(
                duty=duty,
                part=part,
                title=ordered[0].duty.title,
                clause=ordered[0].duty.clause,
                post=post,
                unit=unit,
                due=summary.due,
                required=sum((one.required for one in due), Fraction(0)),
                done=sum((one.done for one in due), Fraction(0)),
                made_up=sum(one.state is State.MADE_UP for one in due),
                overdue=sum(one.state is State.OVERDUE for one in due),
                short=sum((one.shortfall for one in due), Fraction(0)),
                rate=summary.rate,
                months=months,
                verdicts=tuple(ordered),
            )
        )
    return tuple(sorted(lines, key=lambda line: names.order_of(line.verdicts[0])))


def _acts(
    world: World,
    judged: Sequence[Judged],
    asked: Sequence[Judged],
    person: str,
    span: Period | None,
) -> tuple[ActLine, ...]:
    """All acts of the person, and those done on his behalf that count for him."""
    refusals = Refusals(world, judged)
    counts: dict[str, list[CountsFor]] = defaultdict(list)
    own = {one.verdict.id for one in asked}
    for one in judged:
        for item in one.verdict.counted:
            is_own = one.verdict.id in own
            counts[item.activity].append(CountsFor(one.verdict.id, item.quantity, is_own))
    refused: dict[str, list[Refusal]] = defaultdict(list)
    other: dict[str, list[Refusal]] = defaultdict(list)
    for one in asked:
        for refusal in refusals.telling(one.verdict.id):
            refused[refusal.activity.activity].append(refusal)
        for refusal in refusals.all_of(one.verdict.id):
            other[refusal.activity.activity].append(refusal)
    acts = {act.activity: act for act in world.acts_by_person.get(person, ())}
    for one in asked:
        for item in one.verdict.counted:
            acts.setdefault(item.activity, refusals.acts[item.activity])
    lines = [
        ActLine(
            act,
            tuple(sorted(counts.get(name, ()), key=lambda item: item.verdict)),
            _told(refused.get(name) or other.get(name) or ()),
        )
        for name, act in acts.items()
        if span is None or act.day in span or any(item.is_own for item in counts.get(name, ()))
    ]
    return tuple(
        sorted(lines, key=lambda line: (line.act.day, str(line.act.time or ""), line.act.activity))
    )


def _told(refused: Sequence[Refusal]) -> tuple[Refused, ...]:
    """The reasons worth telling: those that nearly every act has only where there is no other."""
    telling = [one for one in refused if one.reason not in NOISE] or list(refused)
    rank = {reason: at for at, reason in enumerate(Reason)}
    return tuple(
        Refused(one.judged.verdict.id, one.reason)
        for one in sorted(telling, key=lambda one: (-rank[one.reason], one.judged.verdict.id))
    )


def _waivers(world: World, person: str, span: Period | None) -> tuple[Waiver, ...]:
    """The waivers on the person's posts and units that touch his days there."""
    found = []
    for row in world.records.waivers:
        days = Days.of(row.first, row.last)
        if span is not None and not days & Days.of(span.first, span.last):
            continue
        if row.person is not None and row.person != person:
            continue
        for tenure in world.tenures_by_person.get(person, ()):
            unit = world.records.posts[tenure.post].unit
            if row.holder in (tenure.post, unit) and tenure.days & days:
                found.append(row)
                break
    return tuple(sorted(found, key=lambda row: (row.first, row.waiver)))


def _delegations(world: World, person: str, span: Period | None) -> tuple[Delegation, ...]:
    """The delegations from and to the person's posts that touch his days there, by first day."""
    found = []
    for row in world.records.delegations:
        days = Days.of(row.first, row.last)
        if span is not None:
            days &= Days.of(span.first, span.last)
        tenures = world.tenures_by_person.get(person, ())
        if any(one.post in (row.holder, row.delegate) and one.days & days for one in tenures):
            found.append(row)
    return tuple(found)
