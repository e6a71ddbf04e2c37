"""An audit: the verdicts of a span on one day. Source: SEMANTICS, section 6."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from data.records import Elsewhere, Records
from engine.calendar.days import Days
from engine.calendar.labels import days_of_label, parse_label
from engine.calendar.periods import Period, add_months, months_from
from engine.calendar.windows import WindowCalendar
from engine.calendar.workdays import Workdays
from engine.judging.asked import AskedVerdicts, lies_in
from engine.judging.in_force import Holder, valid_days
from engine.judging.judge import judge_series
from engine.judging.obligations import Series
from engine.judging.owing import series_of
from engine.judging.rulings import with_rulings
from engine.judging.selection import selected_days
from engine.judging.slots import Slot
from engine.judging.verdict import NOTHING_COUNTED, Audit, State, Summary, Vacancy, Verdict
from engine.judging.world import NOWHERE, World
from rules.duty import Duty
from rules.rulebook import Rulebook

LOOK_AHEAD = timedelta(days=40)
"""How far past the audit's day obligations are laid out: enough for every early tip."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Judged:
    """A verdict with the series and slot it came from, for whoever explains it."""

    verdict: Verdict
    series: Series
    slot: Slot | None


def default_span(as_of: date) -> Period:
    """The month of the day before the audit's: a month is judged on the first of the next."""
    day = as_of - timedelta(days=1)
    return months_from(day.year, day.month)


def world_of(
    rulebook: Rulebook,
    records: Records,
    as_of: date,
    span: Period | None,
    elsewhere: Elsewhere = NOWHERE,
) -> World:
    """The records beside the rules, looked at from `as_of`, as far ahead as anybody asks."""
    labels = {act.for_period for act in records.activities if act.for_period} | elsewhere.labels
    horizon = max(
        [as_of + LOOK_AHEAD, *([span.last] if span else []), *_named_days(rulebook, labels)]
    )
    ruled = with_rulings(rulebook, as_of)
    last = min(horizon, add_months(as_of, 20 * 12))
    return World(ruled, records, as_of, last, elsewhere)


def _named_days(rulebook: Rulebook, labels: Iterable[str]) -> Iterator[date]:
    """The last days of the periods that acts name."""
    windows = WindowCalendar(rulebook.calendar, Workdays(rulebook.calendar))
    for label in sorted(labels):
        said = parse_label(label)
        days = days_of_label(said, windows) if said else None
        if days is not None and days.last is not None:
            yield days.last


def judge_all(
    world: World,
    *,
    unit: str | None = None,
    document: str | None = None,
    duties: Iterable[str] | None = None,
    asked: AskedVerdicts | None = None,
    progress: Progress | None = None,
) -> list[Judged]:
    """Every verdict of the world (of those `asked` for), sorted by id; `unit` takes in the units
    below it.
    """
    wanted = None if duties is None else set(duties)
    of_these = [
        duty
        for duty in world.rulebook.duties
        if document in (None, duty.document) and (wanted is None or duty.id in wanted)
    ]

    def is_within(holder: Holder) -> bool:
        return unit is None or world.is_within(holder.unit, unit)

    found: list[Judged] = []
    for at, duty in enumerate(of_these):
        for series in series_of(world, duty, is_within):
            found.extend(
                Judged(verdict, series, slot)
                for verdict, slot in judge_series(world, series, asked)
            )
        if progress:
            progress(at + 1, len(of_these))
    return sorted(found, key=lambda one: one.verdict.id)


def audit_of(
    world: World,
    judged: Iterable[Judged],
    *,
    known_on: date | None = None,
    span: Period | None = None,
    unit: str | None = None,
    document: str | None = None,
) -> Audit:
    """The audit of `span` over what was judged (of that unit and document) on the world's day."""
    as_of = world.as_of
    chosen = span or default_span(as_of)
    judged = list(judged)
    verdicts = tuple(one.verdict for one in judged if is_in_span(one.verdict, chosen))
    arrears = tuple(one.verdict for one in judged if is_arrear(one.verdict, chosen))
    return Audit(
        as_of=as_of,
        known_on=known_on,
        records_from=world.records.records_from,
        span=chosen,
        hashes=world.rulebook.hashes,
        summary=summarise(verdicts),
        verdicts=verdicts,
        arrears=arrears,
        vacancies=vacancies(world, chosen, unit=unit, document=document),
    )


def is_in_span(verdict: Verdict, span: Period) -> bool:
    """Whether it is among those that an audit of the span counts."""
    return lies_in(verdict.due_unmoved, verdict.period, span)


def is_arrear(verdict: Verdict, span: Period) -> bool:
    """Whether it is still overdue from before the span."""
    due = verdict.due_unmoved
    return verdict.state is State.OVERDUE and due is not None and due < span.first


def summarise(verdicts: Iterable[Verdict]) -> Summary:
    """Counts over the verdicts, and the rates over those that were due."""
    return summarise_by(verdicts, lambda _: "").get("", NOTHING_COUNTED)


def summarise_by(verdicts: Iterable[Verdict], key: Callable[[Verdict], str]) -> dict[str, Summary]:
    """The same of each group of verdicts, by its key."""
    states: dict[str, Counter[State]] = defaultdict(Counter)
    rated: dict[str, Counter[State]] = defaultdict(Counter)
    shortfall: dict[str, Fraction] = defaultdict(Fraction)
    for verdict in verdicts:
        group = key(verdict)
        states[group][verdict.state] += 1
        if verdict.is_due:
            rated[group][verdict.state] += 1
            shortfall[group] += verdict.shortfall
    return {one: Summary(states[one], rated[one], shortfall[one]) for one in states}


def vacancies(
    world: World, span: Period, *, unit: str | None = None, document: str | None = None
) -> tuple[Vacancy, ...]:
    """The stretches of the span in which nobody held a post that owes duties, sorted."""
    found: set[Vacancy] = set()
    # Posts of one class in units that stand alike owe the same.
    known: dict[object, Days] = {}
    by_class: dict[str, list[Duty]] = defaultdict(list)
    for duty in world.rulebook.duties:
        if document in (None, duty.document):
            for post_class in set(duty.holder.posts):
                by_class[post_class].append(duty)
    for post, row in world.records.posts.items():
        if unit is not None and not world.is_within(row.unit, unit):
            continue
        alike = row.post_class, world.profiles[row.unit]
        owed = known.get(alike)
        if owed is None:
            owed = Days.none()
            for duty in by_class[row.post_class]:
                owed |= _asked_days(world, duty, row.unit, span)
            known[alike] = owed
        held = Days.none()
        for tenure in world.tenures_of(post):
            held |= tenure.days
        empty = (owed & world.post_days(post)) - held
        for run in empty.intervals():
            found.add(Vacancy(post, row.unit, run.first, run.last))
    return tuple(sorted(found))


def _asked_days(world: World, duty: Duty, unit: str, span: Period) -> Days:
    """The days of the span on which the duty binds posts of the unit."""
    days = valid_days(world, duty, unit) & Days.of(world.records_from(unit), None)
    return days & Days.of(span.first, span.last) & selected_days(world, duty, unit)
