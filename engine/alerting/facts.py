"""What the policy is asked about: facts of obligations and of units, worked out from verdicts.

All arithmetic over periods happens here, so that a rule needs to look at one fact only. Facts are
whole numbers, texts and truths. Source: SEMANTICS, section 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from data.records import Records
from engine.alerting.conditions import Value
from engine.alerting.fact_names import count_of
from engine.alerting.matters import Holding, Matter, Track, WorkingDays, run_holder
from engine.alerting.presence import Presence, holder_kind
from engine.alerting.register import NoticesBefore
from engine.calendar.cutting import period_around
from engine.calendar.periods import ONE_DAY, Period
from engine.judging.in_force import HolderSort
from engine.judging.verdict import State, Verdict, VerdictFlag

UnitSpan = Literal["month", "quarter", "half_year", "year"]

Fact = dict[str, Value]

ALL_DUTIES = "*"
"""Stands for the duty in the key of an alert on a whole unit."""

FEWEST_RANKED = 5
"""A unit with fewer due has no place: one of two is no rate."""


def obligation_facts(
    matters: Sequence[Matter],
    found: Sequence[Track],
    records: Records,
    holding: Holding,
    register: NoticesBefore,
) -> list[Fact]:
    """The facts of each matter with its track, in the order given. Of a month of short periods the
    numbers are the month's.
    """
    in_post = Presence(records, holding.as_of)
    facts: list[Fact] = []
    for matter, track in zip(matters, found, strict=True):
        verdict, as_of = matter.verdict, holding.as_of
        deadline = matter.deadline
        unit = records.units.get(verdict.unit)
        flags = set(verdict.flags)
        facts.append(
            {
                "state": str(verdict.state),
                "light": verdict.light,
                "reason": str(verdict.reason or "none"),
                "shape": str(verdict.measure.shape),
                "holder_kind": holder_kind(verdict).value,
                "duty": verdict.duty.id,
                "document": verdict.duty.document,
                "unit": verdict.unit,
                "unit_type": unit.type if unit else "",
                "post": verdict.post or "",
                "post_class": _post_class(verdict, records),
                "named": verdict.person is not None,
                "in_post": in_post.of(verdict),
                "held": matter.is_held,
                "short_periods": matter.month is not None,
                "days_overdue": matter.days_overdue,
                "working_days_overdue": holding.worked(deadline)
                if verdict.state is State.OVERDUE and deadline
                else 0,
                "days_to_due": _days_until(verdict.deadline, as_of),
                "days_to_open": _days_until(
                    verdict.window.first if verdict.window else None, as_of
                ),
                "days_late": verdict.days_late or 0,
                "window_days": len(verdict.window) if verdict.window else 0,
                "period_days": len(matter.period),
                "required": ceil(matter.required),
                "done": floor(matter.done),
                "shortfall": ceil(matter.shortfall),
                "missing": sum(len(one.missing) for one in matter.told),
                "periods_due": len(matter.asked),
                "periods_missed": len(matter.told) if matter.is_missed else 0,
                "periods_running": track.periods_running,
                "missed_this_quarter": len(track.quarter),
                "missed_this_half_year": len(track.half_year),
                "missed_this_year": track.missed_this_year,
                "late_this_year": track.late_this_year,
                **{str(flag): flag in flags for flag in VerdictFlag},
                "hedged": verdict.duty.hedged or VerdictFlag.HEDGED in flags,
                **register.facts((matter.id, *track.running)),
            }
        )
    return facts


def _days_until(day: date | None, as_of: date) -> int:
    return max(0, (day - as_of).days) if day else 0


def _post_class(verdict: Verdict, records: Records) -> str:
    posts = (verdict.post,) if verdict.post else verdict.members
    classes = {records.posts[post].post_class for post in posts if post in records.posts}
    whole = verdict.post is not None or holder_kind(verdict) is HolderSort.GROUP
    return classes.pop() if whole and len(classes) == 1 else ""


@dataclass(frozen=True)
class SettledSpan:
    """The last whole month (quarter …) whose last due day has been held long enough."""

    label: str
    period: Period
    settled: date


def settled_span(
    unit_span: UnitSpan, as_of: date, workdays: WorkingDays, hold_working_days: int
) -> SettledSpan:
    """The span that units are looked at over: a month's records have come in before it is held
    against anybody. `settled` is the last deadline that is not `held` any more.
    """
    oldest = workdays.add(as_of + ONE_DAY, -hold_working_days) - ONE_DAY
    settled = min(oldest, as_of - ONE_DAY)
    running = period_around(unit_span, settled + ONE_DAY)
    whole = running and period_around(unit_span, running[1].first - ONE_DAY)
    assert whole  # a span is of no kind that begins with a stated year
    return SettledSpan(*whole, settled)


def stands_in(matter: Matter, span: SettledSpan) -> bool:
    """Whether it is held against its unit: due in the span, settled, and said plainly.

    Hedged duties stop at a first reminder, where only records are incomplete nobody is accused,
    and what is closed has left alerts: none of them is among a unit's due obligations. A month of
    short periods is one of them.
    """
    verdict, day = matter.verdict, matter.due
    aside = {VerdictFlag.HEDGED, VerdictFlag.RECORDS_INCOMPLETE, VerdictFlag.CLOSED}
    return (
        matter.counts is not None
        and day is not None
        and day in span.period
        and all(one.deadline is None or one.deadline <= span.settled for one in matter.laid)
        and not verdict.duty.hedged
        and not aside & set(verdict.flags)
    )


@dataclass(frozen=True)
class UnitPlace:
    """A unit's place among those of its type, the best first; ties share one. 0: it has none."""

    place: int = 0
    from_last: int = 0
    ranked: int = 0


def unit_facts(
    matters: Sequence[Matter],
    standing: Mapping[str, str],
    records: Records,
    levels: Sequence[str],
    span: SettledSpan,
    register: NoticesBefore,
) -> dict[str, Fact]:
    """The facts of each unit that has something due in the span, or an alert standing.

    `standing` is the level of each matter that has one, by its id.
    """
    due: dict[str, list[Matter]] = defaultdict(list)
    levelled: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for matter in matters:
        unit = matter.verdict.unit
        if stands_in(matter, span):
            due[unit].append(matter)
        if matter.id in standing and matter.told:
            levelled[unit][standing[matter.id]] += 1
    places = _places(due, records)
    found: dict[str, Fact] = {}
    for unit in sorted({*due, *levelled}):
        rows = due.get(unit, [])
        red = [row for row in rows if row.counts]
        holders = {run_holder(row.verdict) for row in rows}
        holders_red = {run_holder(row.verdict) for row in red}
        row, place = records.units.get(unit), places.get(unit, UnitPlace())
        found[unit] = {
            "unit": unit,
            "unit_type": row.type if row else "",
            "due": len(rows),
            "overdue": len(red),
            "red_permille": _permille(len(red), len(rows)),
            "holders_due": len(holders),
            "holders_red": len(holders_red),
            "holders_red_permille": _permille(len(holders_red), len(holders)),
            "duties_red": len({row.verdict.duty.id for row in red}),
            "place": place.place,
            "place_from_last": place.from_last,
            "units_ranked": place.ranked,
            **{count_of(level): levelled[unit][level] for level in levels},
            **register.facts((unit_matter(unit, span.label),)),
        }
    return found


def unit_matter(unit: str, label: str) -> str:
    """What a unit's alert over a span is known by, as an obligation is by its id."""
    return f"{ALL_DUTIES}@{unit}@{label}"


def _permille(part: int, whole: int) -> int:
    return part * 1000 // whole if whole else 0


def _places(due: Mapping[str, Sequence[Matter]], records: Records) -> dict[str, UnitPlace]:
    """Places by what was met in time, then by how many are overdue. Source: FORMATS, section 4."""
    by_type: dict[str, list[tuple[Fraction, int, str]]] = defaultdict(list)
    for unit, rows in due.items():
        if len(rows) >= FEWEST_RANKED:
            red = sum(row.counts is True for row in rows)
            met = sum(all(one.state is State.MET for one in row.asked) for row in rows)
            row = records.units.get(unit)
            by_type[row.type if row else ""].append((-Fraction(met, len(rows)), red, unit))
    found: dict[str, UnitPlace] = {}
    for ranked in by_type.values():
        order = [(rate, red) for rate, red, _ in sorted(ranked)]
        for rate, red, unit in ranked:
            first, ties = order.index((rate, red)), order.count((rate, red))
            found[unit] = UnitPlace(first + 1, len(order) - first - ties + 1, len(order))
    return found
