"""What the policy is asked about: an obligation, or the short periods of a month put together.

And where each stands in the history of its duty and holder. Source: FORMATS, section 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Protocol

from engine.calendar.cutting import period_around
from engine.calendar.periods import ONE_DAY, Period
from engine.judging.verdict import State, Verdict, VerdictFlag

SHORT_MISSES = 3
"""At how many missed in a month short periods are told before it ends, where no policy says it."""


class WorkingDays(Protocol):
    """What is asked of the office's working days (`engine.calendar.workdays.Workdays`)."""

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it where n is below 0."""
        ...

    def count(self, first: date, last: date) -> int:
        """How many working days lie between, both ends in."""
        ...


@dataclass
class Holding:
    """How many working days have passed since a deadline, and whether late records are still
    waited for: those of the audit's own day are in, so on the fifth day of five it is not held.
    """

    as_of: date
    workdays: WorkingDays
    hold_working_days: int
    _worked: dict[date, int] = field(default_factory=dict)

    def worked(self, deadline: date) -> int:
        """The working days after it, up to the audit's."""
        if deadline not in self._worked:
            self._worked[deadline] = self.workdays.count(deadline + ONE_DAY, self.as_of)
        return self._worked[deadline]

    def holds(self, verdict: Verdict) -> bool:
        """Whether it is overdue, and its late records may still come in."""
        return (
            verdict.state is State.OVERDUE
            and verdict.deadline is not None
            and self.worked(verdict.deadline) < self.hold_working_days
        )


@dataclass(frozen=True)
class Matter:
    """One obligation, or what is missed of the short periods of one duty and holder in a `month`.

    `id` is that of the obligation, DUTY@HOLDER@LABEL, for a month with the month as LABEL. `laid`
    are all its verdicts, `told` those that it is about: for a month the missed ones whose late
    records are no longer waited for, and that are not closed while others are not. `is_held`: it
    may not be told yet. `counts`: it is a missed one in a run (True), ends it (False), or neither.
    `is_whole`: no more of the month is to come.
    """

    id: str
    label: str
    laid: tuple[Verdict, ...]
    told: tuple[Verdict, ...]
    month: Period | None
    is_held: bool
    counts: bool | None
    is_whole: bool = True

    @property
    def verdict(self) -> Verdict:
        """The obligation; of a month the last one that it is about."""
        return self.told[-1] if self.told else self.laid[-1]

    @property
    def period(self) -> Period:
        """The days that it is about."""
        return self.month or self.verdict.period

    @property
    def due(self) -> date | None:
        """The day that decides in which year, quarter and month it was missed."""
        if self.month is not None:
            return self.month.last
        verdict = self.verdict
        return verdict.due_unmoved or verdict.due or verdict.deadline

    @property
    def deadline(self) -> date | None:
        """The day from which it is late: of a month that is over its last one, else that of the
        last short period that it tells.
        """
        if self.month is None or not self.is_whole:
            return self.verdict.deadline
        return max(self.month.last, *(one.deadline for one in self.laid if one.deadline))

    @property
    def days_overdue(self) -> int:
        """How many days it is late; 0 where it is not."""
        if self.month is None:
            return self.verdict.days_overdue or 0
        deadline = self.deadline
        return (self.verdict.as_of - deadline).days if self.told and deadline else 0

    @property
    def is_missed(self) -> bool:
        """Whether it is overdue, and not only for want of fields of its records."""
        return bool(self.told) and all(_is_missed(one) for one in self.told)

    @property
    def only_lacks(self) -> bool:
        """Whether filling fields of its records would be enough."""
        return bool(self.told) and all(
            VerdictFlag.RECORDS_INCOMPLETE in one.flags for one in self.told
        )

    @property
    def asked(self) -> tuple[Verdict, ...]:
        """Those that were due, but for missed ones that are not told: what its numbers are of."""
        if self.month is None:
            return self.laid
        told = {one.id for one in self.told}
        return tuple(
            one
            for one in self.laid
            if one.is_due and (one.state is not State.OVERDUE or one.id in told)
        )

    @property
    def required(self) -> Fraction:
        """How much was asked of it together."""
        return sum((one.required for one in self.asked), Fraction(0))

    @property
    def done(self) -> Fraction:
        """How much counts; of a month without what exceeds a period's requirement."""
        if self.month is None:
            return self.verdict.done
        return sum((min(one.done, one.required) for one in self.asked), Fraction(0))

    @property
    def shortfall(self) -> Fraction:
        """How much is short."""
        return sum((one.shortfall for one in self.told), Fraction(0))


def is_short(verdict: Verdict) -> bool:
    """Whether its period is shorter than a month, so that a month of them is told at once."""
    kind = verdict.measure.period
    return kind is not None and kind.is_fine and verdict.deadline is not None


def matters_of(
    verdicts: Iterable[Verdict], holding: Holding, misses: int = SHORT_MISSES
) -> list[Matter]:
    """Each obligation, in the order given, then the months of short periods, sorted by id.

    A month is held until the late records of all its periods are in, or until `misses` of them are
    missed for certain. Where some of it only lacks fields of its records, these make a matter of
    their own, of the same id. In a run it counts where at least `misses` (or all that were due) are
    missed, and ends it where fewer are.
    """
    found: list[Matter] = []
    months: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if is_short(verdict):
            months[_month_id(verdict)].append(verdict)
        else:
            found.append(_alone(verdict, holding))
    for name in sorted(months):
        found += _of_month(name, months[name], holding, misses)
    return found


def _is_missed(verdict: Verdict) -> bool:
    return verdict.state is State.OVERDUE and VerdictFlag.RECORDS_INCOMPLETE not in verdict.flags


def _month_id(verdict: Verdict) -> str:
    last = verdict.period.last
    return f"{verdict.id.rpartition('@')[0]}@{last:%Y-%m}"


def _alone(verdict: Verdict, holding: Holding) -> Matter:
    missed = _is_missed(verdict)
    ends = verdict.is_due and verdict.state is not State.OVERDUE
    return Matter(
        id=verdict.id,
        label=verdict.label,
        laid=(verdict,),
        told=(verdict,),
        month=None,
        is_held=holding.holds(verdict),
        counts=True if missed else False if ends else None,
    )


def _of_month(name: str, laid: list[Verdict], holding: Holding, misses: int) -> list[Matter]:
    laid = sorted(laid, key=lambda one: (one.period, one.id))
    around = period_around("month", laid[0].period.last)
    assert around is not None
    label, month = around
    deadlines = [one.deadline for one in laid if one.deadline]
    settled = holding.worked(max(month.last, *deadlines)) >= holding.hold_working_days
    is_over = settled and max(month.last, *deadlines) < holding.as_of
    missed = [one for one in laid if _is_missed(one)]
    due = sum(one.is_due for one in laid)
    enough = bool(missed) and len(missed) >= min(misses, due)
    certain = _open_ones([one for one in missed if not holding.holds(one)])
    counts = True if enough and (is_over or len(missed) >= misses) else None
    if is_over and not enough and due:
        counts = False
    lacking = [one for one in laid if one.state is State.OVERDUE and not _is_missed(one)]
    lacking = _open_ones([one for one in lacking if not holding.holds(one)])

    def told(which: list[Verdict], counts: bool | None) -> Matter:
        ready = is_over or len(which) >= misses
        return Matter(name, label, tuple(laid), tuple(which), month, not ready, counts, is_over)

    found = [told(certain, counts)]
    return [*found, told(lacking, None)] if lacking else found


def _open_ones(missed: list[Verdict]) -> list[Verdict]:
    """Those that are not closed; all of them where all are."""
    return [one for one in missed if VerdictFlag.CLOSED not in one.flags] or missed


@dataclass(frozen=True)
class Track:
    """Where a matter stands in the history of its duty and holder: the ids of the missed ones up to
    it, itself included. `running` are those in a row, empty where it is none of them; `late` of the
    year are those made up since too.
    """

    running: tuple[str, ...] = ()
    quarter: tuple[str, ...] = ()
    half_year: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    late: int = 0

    @property
    def periods_running(self) -> int:
        """How many in a row."""
        return len(self.running)

    @property
    def missed_this_year(self) -> int:
        """How many in the calendar year of its due day."""
        return len(self.year)

    @property
    def late_this_year(self) -> int:
        """The same with those made up since."""
        return self.late


def run_holder(verdict: Verdict) -> str:
    """Who a run of periods is counted for: a person in a post, a post, a group or a unit."""
    if verdict.person:
        return f"{verdict.post or verdict.unit}/{verdict.person}"
    return verdict.post or (f"{verdict.unit}/*" if verdict.members else verdict.unit)


Series = tuple[str, int, str, str | None]


def run_key(verdict: Verdict) -> Series:
    """What its periods follow each other in: a duty's measure, and who owes it."""
    return verdict.duty.id, verdict.part, verdict.unit, run_holder(verdict)


def tracks(matters: Sequence[Matter]) -> list[Track]:
    """The track of each matter, in the order given.

    An exempt period, one to be ruled or not due yet, and one whose records are only incomplete
    neither count nor break a run; one that was met or made up breaks it. FORMATS, section 2.
    """
    series: dict[Series, list[int]] = defaultdict(list)
    for at, matter in enumerate(matters):
        if matter.verdict.deadline is not None:
            series[run_key(matter.verdict)].append(at)
    found = [Track()] * len(matters)
    for places in series.values():
        places.sort(key=lambda at: _order(matters[at]))
        running: tuple[str, ...] = ()
        missed: dict[tuple[int, int], tuple[str, ...]] = defaultdict(tuple)
        late: dict[int, int] = defaultdict(int)
        for at in places:
            matter = matters[at]
            day = matter.due or date.min
            stretches = [(day.year, 12), (day.year, 20 + (day.month > 6))]
            stretches.append((day.year, 40 + (day.month - 1) // 3))
            late[day.year] += matter.counts is True or any(
                one.state is State.MADE_UP for one in matter.laid
            )
            if matter.counts:
                running = (*running, matter.id)
                for one in stretches:
                    missed[one] = (*missed[one], matter.id)
            elif matter.counts is False:
                running = ()
            year, half_year, quarter = (missed[one] for one in stretches)
            own = running if matter.counts else ()
            found[at] = Track(own, quarter, half_year, year, late[day.year])
    return found


def _order(matter: Matter) -> tuple[date, date, str]:
    if matter.month is not None:
        return (matter.month.last, matter.month.first, matter.id)
    verdict = matter.verdict
    return (verdict.deadline or date.max, verdict.period.first, verdict.id)


def periods_running(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many periods of its duty and holder in a row are unmet, by verdict id; short ones are
    counted one by one.
    """
    series: dict[Series, list[Verdict]] = defaultdict(list)
    found: dict[str, int] = {}
    for verdict in verdicts:
        found[verdict.id] = 0
        if verdict.deadline is not None:
            series[run_key(verdict)].append(verdict)
    for row in series.values():
        running = 0
        row.sort(key=lambda one: (one.deadline or date.max, one.period.first, one.id))
        for verdict in row:
            if _is_missed(verdict):
                running += 1
                found[verdict.id] = running
            elif verdict.is_due and verdict.state is not State.OVERDUE:
                running = 0
    return found
