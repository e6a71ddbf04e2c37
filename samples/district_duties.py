"""What the rules ask of the demo's district, as the plain tasks that its diary is written from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from math import ceil

from data.records import Records
from engine.judging.audit import world_of
from engine.judging.obligations import Obligation
from engine.judging.owing import series_of
from engine.judging.selection import subject_days_that
from engine.judging.stretches import Timing
from engine.judging.verdict import ExemptReason
from engine.judging.world import World
from rules.duty import Duty
from rules.frequency import Shape
from rules.rulebook import Rulebook
from samples.district_tasks import Task

ONE_OFF = (Timing.BY_DAY, Timing.RECURRING, Timing.BEFORE_EVENT, Timing.AFTER_EVENT)


def tasks_of(
    records: Records,
    rulebook: Rulebook,
    document: str,
    last: date,
    show: Callable[[int, int], None] | None = None,
) -> Iterator[Task]:
    """What each holder is to do under a document's duties from the records' first day to `last`.

    By duty in the rules' order, then holder, then due day; what is waived or asks nothing is left
    out. A clause that is still to be ruled gives a task without a due day for each year.
    """
    world = world_of(rulebook, records, last + timedelta(days=1), None)
    asked = [duty for duty in rulebook.duties if duty.document == document and duty.activity]
    for at, duty in enumerate(asked, 1):
        subjects = _subjects(world, duty, last)
        for series in series_of(world, duty):
            for one in series.obligations:
                task = _task(one, subjects, last)
                if task is not None:
                    yield task
        if show:
            show(at, len(asked))


def _subjects(world: World, duty: Duty, day: date) -> tuple[str, ...]:
    """The subjects that the clause's acts may be done to."""
    condition = duty.activity.subjects if duty.activity else None
    if condition is None:
        return ()
    return tuple(
        sorted(
            key
            for key, row in world.records.subjects.items()
            if day in subject_days_that(condition, row)
        )
    )


def _task(one: Obligation, subjects: tuple[str, ...], last: date) -> Task | None:
    rule, measure, stretch = one.duty.activity, one.measure, one.stretch
    assert rule is not None
    ruled = one.timing is not Timing.TO_BE_RULED
    tally = one.reason is ExemptReason.NO_MEMBERS
    if ruled and not one.required and not tally:
        return None
    days = (one.in_force or stretch.days) & stretch.days
    if days.first is None or days.last is None or days.first > last:
        return None
    runs = tuple((run.first, run.last) for run in days.intervals() if run.first <= last)
    covers = one.covers
    return Task(
        id=one.id,
        holder=one.holder.post or (one.holder.posts[0] if one.holder.posts else one.holder.unit),
        unit=one.holder.unit,
        label=stretch.label,
        kinds=tuple(rule.kind),
        first=days.first,
        last=min(days.last, last),
        due=one.deadline,
        runs=runs if len(runs) > 1 else (),
        person=one.person,
        personal=bool(one.holder.posts),
        roles=tuple(rule.role),
        attributes=tuple((key, values[0]) for key, values in rule.attributes.items()),
        evidence=rule.evidence,
        need=max(1, ceil(one.required)) if not covers else 1,
        counted_in=measure.unit if not covers else None,
        members=one.members if covers and not tally else (),
        share=ceil(one.required) if measure.shape is Shape.SHARE else None,
        tally=covers and tally,
        subjects=subjects,
        event=stretch.event.event if stretch.event else None,
        after_event=one.timing is Timing.AFTER_EVENT,
        moment=stretch.moment,
        one_off=one.timing in ONE_OFF,
    )
