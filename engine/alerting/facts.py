"""What the policy is asked about: facts of obligations and of units, worked out from verdicts.

All arithmetic over periods happens here, so that a rule needs to look at one fact only. Facts are
whole numbers, texts and truths. Source: SEMANTICS, section 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Literal, Protocol

from data.records import Records
from engine.alerting.conditions import Value
from engine.alerting.fact_names import count_of
from engine.calendar.cutting import period_around
from engine.calendar.periods import ONE_DAY, Period
from engine.judging.in_force import HolderSort
from engine.judging.verdict import State, Verdict, VerdictFlag
from rules.duty import Sharing

UnitSpan = Literal["month", "quarter", "half_year", "year"]


class WorkingDays(Protocol):
    """What is asked of the office's working days (`engine.calendar.workdays.Workdays`)."""

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it where n is below 0."""
        ...

    def count(self, first: date, last: date) -> int:
        """How many working days lie between, both ends in."""
        ...


Fact = dict[str, Value]


def run_holder(verdict: Verdict) -> str:
    """Who a run of periods is counted for: a person in a post, a post, a group or a unit."""
    if verdict.person:
        return f"{verdict.post or verdict.unit}/{verdict.person}"
    return verdict.post or (f"{verdict.unit}/*" if verdict.members else verdict.unit)


def holder_kind(verdict: Verdict) -> HolderSort:
    """Whether a person, a post, a group or a unit owes it."""
    if verdict.post is None:
        rule = verdict.duty.holder
        shares = rule.posts and rule.joint != Sharing.EACH_OF
        return HolderSort.GROUP if shares else HolderSort.UNIT
    return HolderSort.PERSON if "/" in owner_of(verdict) else HolderSort.POST


def owner_of(verdict: Verdict) -> str:
    """HOLDER of its id, DUTY@HOLDER@LABEL: `post/person` for conduct, a post, or a unit."""
    return verdict.id.split("@", 2)[1]


@dataclass(frozen=True)
class Track:
    """Where a verdict stands in the history of its duty and holder, itself included."""

    periods_running: int = 0
    missed_this_year: int = 0
    late_this_year: int = 0


def periods_running(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many periods of its duty and holder in a row are unmet, by verdict id."""
    found = zip(verdicts, tracks(verdicts), strict=True)
    return {verdict.id: track.periods_running for verdict, track in found}


def tracks(verdicts: Sequence[Verdict]) -> list[Track]:
    """The track of each verdict, in the order given.

    An exempt period, one to be ruled or not due yet, and one whose records are only incomplete
    neither count nor break a run; one that was met or made up breaks it. FORMATS, section 2.
    """
    series: dict[tuple[str, int, str, str | None], list[int]] = defaultdict(list)
    for at, verdict in enumerate(verdicts):
        if verdict.deadline is not None:
            key = (verdict.duty.id, verdict.part, verdict.unit, run_holder(verdict))
            series[key].append(at)
    found = [Track()] * len(verdicts)
    for places in series.values():
        places.sort(key=lambda at: _order(verdicts[at]))
        running = 0
        missed: dict[int, int] = defaultdict(int)
        late: dict[int, int] = defaultdict(int)
        for at in places:
            verdict = verdicts[at]
            year = _year_of(verdict)
            if (
                verdict.state is State.OVERDUE
                and VerdictFlag.RECORDS_INCOMPLETE not in verdict.flags
            ):
                running += 1
                missed[year] += 1
                late[year] += 1
                found[at] = Track(running, missed[year], late[year])
                continue
            if verdict.state is State.MADE_UP:
                late[year] += 1
            if verdict.is_due and verdict.state is not State.OVERDUE:
                running = 0
            found[at] = Track(0, missed[year], late[year])
    return found


def _order(verdict: Verdict) -> tuple[date, date, str]:
    return (verdict.deadline or date.max, verdict.period.first, verdict.id)


def _year_of(verdict: Verdict) -> int:
    due = verdict.due_unmoved or verdict.due or verdict.deadline
    return due.year if due else 0


def obligation_facts(
    verdicts: Sequence[Verdict],
    records: Records,
    as_of: date,
    workdays: WorkingDays,
    hold_working_days: int,
) -> list[Fact]:
    """The facts of each verdict, in the order given.

    An overdue verdict is `held` until the records of `hold_working_days` whole working days after
    its deadline are in: those of the audit's own day are, so on the fifth one it is not held.
    """
    in_post = _Presence(records, as_of)
    working: dict[date, int] = {}
    found: list[Fact] = []
    for verdict, track in zip(verdicts, tracks(verdicts), strict=True):
        worked = 0
        if verdict.state is State.OVERDUE and verdict.deadline:
            if verdict.deadline not in working:
                working[verdict.deadline] = workdays.count(verdict.deadline + ONE_DAY, as_of)
            worked = working[verdict.deadline]
        unit = records.units.get(verdict.unit)
        flags = set(verdict.flags)
        found.append(
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
                "held": verdict.state is State.OVERDUE and worked < hold_working_days,
                "days_overdue": verdict.days_overdue or 0,
                "working_days_overdue": worked,
                "days_to_due": _days_until(verdict.deadline, as_of),
                "days_to_open": _days_until(
                    verdict.window.first if verdict.window else None, as_of
                ),
                "days_late": verdict.days_late or 0,
                "window_days": len(verdict.window) if verdict.window else 0,
                "period_days": len(verdict.period),
                "required": ceil(verdict.required),
                "done": floor(verdict.done),
                "shortfall": ceil(verdict.shortfall),
                "missing": len(verdict.missing),
                "periods_running": track.periods_running,
                "missed_this_year": track.missed_this_year,
                "late_this_year": track.late_this_year,
                **{str(flag): flag in flags for flag in VerdictFlag},
                "hedged": verdict.duty.hedged or VerdictFlag.HEDGED in flags,
            }
        )
    return found


def _days_until(day: date | None, as_of: date) -> int:
    return max(0, (day - as_of).days) if day else 0


def _post_class(verdict: Verdict, records: Records) -> str:
    posts = (verdict.post,) if verdict.post else verdict.members
    classes = {records.posts[post].post_class for post in posts if post in records.posts}
    whole = verdict.post is not None or holder_kind(verdict) is HolderSort.GROUP
    return classes.pop() if whole and len(classes) == 1 else ""


class _Presence:
    """Who is there on a day: people in posts, posts with somebody in them, units."""

    def __init__(self, records: Records, day: date) -> None:
        self._records = records
        self._day = day
        self._held: dict[str, set[str]] = defaultdict(set)
        for row in records.appointments:
            if self._covers(row.first, row.last):
                self._held[row.post].add(row.person)

    def of(self, verdict: Verdict) -> bool:
        """Whether the holder is there: who has left gets no tips. SEMANTICS, section 3."""
        unit = self._records.units.get(verdict.unit)
        if unit and not self._covers(unit.first, unit.last):
            return False
        if verdict.post is not None:
            held = self._held.get(verdict.post, set()) if self._stands(verdict.post) else set()
            return verdict.person in held if verdict.person else bool(held)
        if holder_kind(verdict) is HolderSort.GROUP:
            # members of a group's coverage are not its posts; its posts are those of its classes
            return any(
                self._held.get(post.post) and self._stands(post.post)
                for post in self._records.posts.values()
                if post.unit == verdict.unit and post.post_class in verdict.duty.holder.posts
            )
        return True

    def _stands(self, post: str) -> bool:
        row = self._records.posts.get(post)
        return row is None or self._covers(row.first, row.last)

    def _covers(self, first: date | None, last: date | None) -> bool:
        return (first is None or first <= self._day) and (last is None or self._day <= last)


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


def stands_in(verdict: Verdict, span: SettledSpan) -> bool:
    """Whether it is held against its unit: due in the span, settled, and said plainly.

    Hedged duties stop at a first reminder, where only records are incomplete nobody is accused,
    and what is closed has left alerts: none of them is among a unit's due obligations.
    """
    day = verdict.due_unmoved or verdict.due
    aside = {VerdictFlag.HEDGED, VerdictFlag.RECORDS_INCOMPLETE, VerdictFlag.CLOSED}
    return (
        verdict.is_due
        and day is not None
        and day in span.period
        and verdict.deadline is not None
        and verdict.deadline <= span.settled
        and not verdict.duty.hedged
        and not aside & set(verdict.flags)
    )


def unit_facts(
    verdicts: Sequence[Verdict],
    standing: Mapping[str, str],
    records: Records,
    levels: Sequence[str],
    span: SettledSpan,
) -> dict[str, Fact]:
    """The facts of each unit that has something due in the span, or an alert standing.

    `standing` is the level of each obligation that has one, by verdict id.
    """
    due: dict[str, list[Verdict]] = defaultdict(list)
    levelled: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for verdict in verdicts:
        if stands_in(verdict, span):
            due[verdict.unit].append(verdict)
        if verdict.id in standing:
            levelled[verdict.unit][standing[verdict.id]] += 1
    found: dict[str, Fact] = {}
    for unit in sorted({*due, *levelled}):
        rows = due.get(unit, [])
        red = [row for row in rows if row.state is State.OVERDUE]
        holders, holders_red = {run_holder(row) for row in rows}, {run_holder(row) for row in red}
        row = records.units.get(unit)
        found[unit] = {
            "unit": unit,
            "unit_type": row.type if row else "",
            "due": len(rows),
            "overdue": len(red),
            "red_permille": len(red) * 1000 // len(rows) if rows else 0,
            "holders_due": len(holders),
            "holders_red": len(holders_red),
            "holders_red_permille": len(holders_red) * 1000 // len(holders) if holders else 0,
            "duties_red": len({row.duty.id for row in red}),
            **{count_of(level): levelled[unit][level] for level in levels},
        }
    return found
