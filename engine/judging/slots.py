"""One obligation beside the acts that count for it: what they bring, and what it still lacks.

Source: SEMANTICS, section 4, "What counts".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from data.records import Activity
from engine.calendar.days import Days
from engine.judging.acts import Tested, moment_of
from engine.judging.obligations import Obligation
from engine.judging.stretches import Timing
from engine.judging.verdict import ExemptReason, Reason
from rules.frequency import Shape

_ORDER = {reason: at for at, reason in enumerate(Reason)}


@dataclass(frozen=True)
class CountedAct:
    """An act that counts for an obligation: how much it brings, and whether in time.

    `visits` are the members that it reaches; `once` the subjects that it brings, where each of
    them counts once in the period.
    """

    act: Activity
    amount: Fraction
    in_time: bool
    by_successor: bool = False
    time_missing: bool = False
    quantity_missing: bool = False
    visits: tuple[str, ...] = ()
    once: frozenset[str] = frozenset()


@dataclass
class Slot:
    """One obligation and what has been given to it so far."""

    obligation: Obligation
    entries: list[CountedAct] = field(default_factory=list)
    refused: dict[str, Reason] = field(default_factory=dict)
    fillable: list[Tested] = field(default_factory=list)
    done: Fraction = Fraction(0)
    visits: dict[str, int] = field(default_factory=dict)
    counted_subjects: set[str] = field(default_factory=set)
    counted_days: set[date] = field(default_factory=set)
    filled: Slot | None = None
    """The same obligation as it would stand with the blank fields of all acts filled in."""
    without_bound: bool = False
    """Among filled acts: one that may bring all that is asked, its subjects or amount blank."""

    @property
    def closes(self) -> tuple[date, str]:
        """The order in which obligations close."""
        return self.obligation.deadline or date.max, self.obligation.stretch.label

    @property
    def may_lack(self) -> bool:
        """Whether it lacks something, or (without a roster) a tally could tell that it does."""
        is_untold = self.obligation.reason is ExemptReason.NO_MEMBERS
        return self.done < self.obligation.required or is_untold

    def refuse(self, act: Activity, reason: Reason) -> None:
        """The act, or one of its days, does not count here; of several days the one that passed
        the most tests says why.
        """
        before = self.refused.get(act.activity)
        if before is None or _ORDER[reason] > _ORDER[before]:
            self.refused[act.activity] = reason

    def brings_anew(self, tested: Tested) -> bool:
        """Whether it brings a day or subject not counted yet, where each of them counts once."""
        distinct = self.obligation.measure.distinct
        if distinct == "days":
            return tested.act.day not in self.counted_days
        if distinct == "subjects" and tested.act.subjects:
            return not set(tested.matching) <= self.counted_subjects
        return True

    def lacks(self, tested: Tested) -> bool:
        """Whether the obligation still needs something that this act brings."""
        act = tested.act
        if not self.brings_anew(tested):
            return False
        if not self.obligation.required:
            tells = act.out_of is not None or not act.subjects
            return self.obligation.reason is ExemptReason.NO_MEMBERS and tells
        if self.obligation.measure.shape is Shape.COVERAGE and act.subjects:
            return any(self.lacks_member(member) for member in act.subjects)
        return self.done < self.obligation.required

    def lacks_member(self, member: str) -> bool:
        """Whether a required member was not reached often enough yet."""
        enough = self.obligation.measure.at_least or 1
        return member in self.obligation.members and self.visits.get(member, 0) < enough

    def give(
        self,
        tested: Tested,
        in_time: bool,
        *,
        time_missing: bool = False,
        too_soon_for: Collection[str] = (),
    ) -> None:
        """Count the act here; `too_soon_for` are members that it does not reach."""
        act, measure = tested.act, self.obligation.measure
        visits: tuple[str, ...] = ()
        once = frozenset[str]()
        quantity_missing = False
        if self.obligation.covers:
            if act.out_of is not None and not self.obligation.listed:
                amount = act.quantity or Fraction(0)
            else:
                reached = set(act.subjects) & set(self.obligation.listed)
                visits = tuple(sorted(reached.difference(too_soon_for)))
                amount = self._visit(visits)
        elif measure.distinct == "subjects" and act.subjects:
            once = frozenset(tested.matching)
            amount = self._fresh(once)
        elif measure.unit and not measure.counts_days and act.quantity is not None:
            amount = act.quantity
        elif measure.unit and not measure.counts_days and act.subjects:
            once = frozenset(act.subjects)
            amount = self._fresh(once)
        else:
            amount = Fraction(1)
            quantity_missing = measure.unit is not None and not measure.counts_days
        self.done += amount
        self.counted_days.add(act.day)
        self.entries.append(
            CountedAct(
                act,
                amount,
                in_time,
                tested.by_successor,
                time_missing,
                quantity_missing,
                visits,
                once,
            )
        )

    def _visit(self, visits: Iterable[str]) -> Fraction:
        """How much the visits bring: each member up to N for a coverage, once for a share."""
        is_share = self.obligation.measure.shape is Shape.SHARE
        enough = 1 if is_share else int(self.obligation.measure.at_least or 1)
        amount = 0
        for member in visits:
            before = self.visits.get(member, 0)
            self.visits[member] = before + 1
            if before < enough and (is_share or member in self.obligation.members):
                amount += 1
        return Fraction(amount)

    def _fresh(self, subjects: Iterable[str]) -> Fraction:
        """How many of the subjects were not counted yet; now they are."""
        fresh = set(subjects) - self.counted_subjects
        self.counted_subjects |= fresh
        return Fraction(len(fresh))


def late_until(slot: Slot) -> date:
    """The last day on which an unnamed act may still be for the obligation."""
    one = slot.obligation
    last = max(one.deadline or one.stretch.window.last, one.stretch.window.last)
    if one.timing in (Timing.RECURRING, Timing.AFTER_PERIOD):
        return max(last, one.stretch.next_due or date.max)
    if one.timing in (Timing.BY_DAY, Timing.AFTER_EVENT):
        return date.max
    if one.timing is Timing.BEFORE_EVENT and one.stretch.event:
        return max(last, one.stretch.event.day)
    return last


def is_behind_its_due_day(slot: Slot, act: Activity) -> bool:
    """Whether the act lies between a due day moved backward and its window's end."""
    recurring = slot.obligation.timing in (Timing.RECURRING, Timing.AFTER_PERIOD)
    deadline = slot.obligation.deadline
    return (
        recurring
        and deadline is not None
        and deadline < act.day <= slot.obligation.stretch.window.last
    )


def is_past_its_minute(slot: Slot, act: Activity) -> bool:
    """Whether the act was done on the day on which a limit ended, after the minute of it."""
    limit, done = slot.obligation.stretch.moment, moment_of(act)
    return limit is not None and done is not None and done.date() == limit.date() and done > limit


def is_about_an_event(slot: Slot) -> bool:
    return slot.obligation.timing in (Timing.BEFORE_EVENT, Timing.AFTER_EVENT)


def event_id(slot: Slot) -> str | None:
    event = slot.obligation.stretch.event
    return event.event if event else None


def names_days(slot: Slot) -> Days:
    """The days that an obligation's label names."""
    if slot.obligation.timing is Timing.WINDOW:
        return slot.obligation.stretch.days
    period = slot.obligation.stretch.period
    return Days.of(period.first, period.last)


class Nearness:
    """The slots that an act of some day may be for, or near which it lies, without asking all of
    them each time.
    """

    def __init__(self, slots: list[Slot]) -> None:
        self.always: list[_Reach] = []
        self.by_run: dict[int, list[_Reach]] = defaultdict(list)
        for slot in slots:
            one = slot.obligation
            first = min(one.stretch.window.first, one.stretch.period.first).toordinal()
            last = late_until(slot).toordinal()
            found = _Reach(slot, first, max(last, one.stretch.period.last.toordinal()))
            if one.timing is Timing.BEFORE_EVENT or one.measure.counts_days:
                # Acts before and after it are told of, and other days of one that lies in it.
                found = _Reach(slot, date.min.toordinal(), date.max.toordinal())
            if last - first > 1000:
                self.always.append(found)
            else:
                for run in range(first // 8, last // 8 + 1):
                    self.by_run[run].append(found)

    def to(self, day: date) -> list[Slot]:
        """Those whose days or late days hold `day`, in order."""
        at = day.toordinal()
        return [
            one.slot
            for one in (*self.by_run.get(at // 8, ()), *self.always)
            if one.first <= at <= one.last
        ]


class _Reach(NamedTuple):
    """A slot with the first and last day, as ordinals, of what is near it."""

    slot: Slot
    first: int
    last: int


def is_after_the_event(slot: Slot, act: Activity) -> bool:
    """After an event that something had to precede, nothing counts."""
    event = slot.obligation.stretch.event
    assert event is not None
    if act.day != event.day:
        return act.day > event.day
    done = moment_of(act)
    if done is None or event.time is None:
        return False
    return done > datetime.combine(event.day, event.time)


def lacks_only_its_time(slot: Slot, act: Activity) -> bool:
    """Whether only a missing time lets an act on the limit's day be in time."""
    measure, stretch = slot.obligation.measure, slot.obligation.stretch
    event = stretch.event
    if event is None or not is_about_an_event(slot) or act.day != stretch.due:
        return False
    if slot.obligation.timing is Timing.BEFORE_EVENT:
        by_clock = measure.ahead.count == 0 or measure.ahead.by_clock
    else:
        length = getattr(measure.within, "length", None)
        by_clock = length is not None and length.by_clock
    return by_clock and (act.time is None or event.time is None)
