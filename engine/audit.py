"""An audit: the verdicts of a span on one day. Source: SEMANTICS, section 6."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from data.records import Elsewhere, Records
from engine.days import Days
from engine.force import valid_days
from engine.judge import judge_series
from engine.labels import days_of_label, parse_label
from engine.obligations import Series
from engine.owing import series_of
from engine.periods import Period, add_months, months_from
from engine.rulings import with_rulings
from engine.selection import is_selected
from engine.slots import Slot
from engine.verdict import Audit, State, Summary, Vacancy, Verdict, VerdictFlag
from engine.windows import WindowCalendar
from engine.workdays import Workdays
from engine.world import NOWHERE, World
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
    progress: Progress | None = None,
) -> list[Judged]:
    """Every verdict of the world, sorted by id; `unit` takes in the units below it."""
    wanted = None if duties is None else set(duties)
    asked = [
        duty
        for duty in world.rulebook.duties
        if document in (None, duty.document) and (wanted is None or duty.id in wanted)
    ]
    found: list[Judged] = []
    for at, duty in enumerate(asked):
        for series in series_of(world, duty):
            if unit is not None and not world.is_within(series.holder.unit, unit):
                continue
            found.extend(
                Judged(verdict, series, slot) for verdict, slot in judge_series(world, series)
            )
        if progress:
            progress(at + 1, len(asked))
    return sorted(found, key=lambda one: one.verdict.id)


def run_audit(
    rulebook: Rulebook,
    records: Records,
    as_of: date,
    *,
    known_on: date | None = None,
    span: Period | None = None,
    unit: str | None = None,
    document: str | None = None,
    progress: Progress | None = None,
) -> Audit:
    """The verdicts of `span` (default: the month of the day before) as they stand on `as_of`."""
    world = world_of(rulebook, records, as_of, span)
    judged = judge_all(world, unit=unit, document=document, progress=progress)
    return audit_of(world, judged, known_on=known_on, span=span, unit=unit, document=document)


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
    arrears = tuple(
        one.verdict
        for one in judged
        if one.verdict.state is State.OVERDUE
        and one.verdict.due_unmoved is not None
        and one.verdict.due_unmoved < chosen.first
    )
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
    """By the due day before moving and grace; what is to be ruled by its year."""
    if verdict.due_unmoved is None:
        return verdict.period.meets(span)
    return verdict.due_unmoved in span


def is_running(verdict: Verdict) -> bool:
    """Whether alerts look at it: it runs, or is overdue and not closed."""
    running = (State.OPEN, State.BEHIND, State.DUE_SOON, State.UPCOMING)
    return verdict.state in running or (
        verdict.state is State.OVERDUE and VerdictFlag.CLOSED not in verdict.flags
    )


def summarise(verdicts: Iterable[Verdict]) -> Summary:
    """Counts over the verdicts, and the rates over those that were due."""
    states = dict.fromkeys(State, 0)
    due = met = done = 0
    for verdict in verdicts:
        states[verdict.state] += 1
        if verdict.is_due:
            due += 1
            met += verdict.state is State.MET
            done += verdict.state in (State.MET, State.MADE_UP)
    if not due:
        return Summary(0, states, None, None)
    return Summary(due, states, Fraction(met, due), Fraction(done, due))


def vacancies(
    world: World, span: Period, *, unit: str | None = None, document: str | None = None
) -> tuple[Vacancy, ...]:
    """The stretches of the span in which nobody held a post that owes duties, sorted."""
    found: set[Vacancy] = set()
    for post, row in world.records.posts.items():
        if unit is not None and not world.is_within(row.unit, unit):
            continue
        owed = Days.none()
        for duty in world.rulebook.duties:
            if document in (None, duty.document) and row.post_class in duty.holder.posts:
                owed |= _asked_days(world, duty, row.unit, span)
        held = Days.none()
        for tenure in world.tenures_of(post):
            held |= tenure.days
        empty = (owed & world.post_days(post) & Days.of(span.first, span.last)) - held
        for run in empty.intervals():
            found.add(Vacancy(post, row.unit, run.first, run.last))
    return tuple(sorted(found))


def _asked_days(world: World, duty: Duty, unit: str, span: Period) -> Days:
    """The days of the span on which the duty binds posts of the unit."""
    days = valid_days(world, duty, unit) & Days.of(world.records_from(unit), None)
    days &= Days.of(span.first, span.last)
    if not days or days.first is None or not is_selected(world, duty, unit, None, days.first):
        return Days.none()
    return days
