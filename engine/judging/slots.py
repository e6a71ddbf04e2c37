"""One obligation beside the acts that count for it: what they bring, and what it still lacks.

Source: SEMANTICS, section 4, "What counts".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from data.records import Activity
from engine.calendar.days import Days
from engine.judging.acts import Tested, same_act_key
from engine.judging.obligations import Obligation
from engine.judging.stretches import Timing
from engine.judging.verdict import ExemptReason, Reason
from rules.frequency import Shape


@dataclass(frozen=True)
class CountedAct:
    """An act that counts for an obligation: how much it brings, and whether in time."""

    act: Activity
    amount: Fraction
    in_time: bool
    by_successor: bool = False
    time_missing: bool = False
    quantity_missing: bool = False
    visits: tuple[str, ...] = ()


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
    keys: dict[tuple[object, ...], Activity] = field(default_factory=dict)
    filled: Slot | None = None
    """The same obligation as it would stand with the blank fields of all acts filled in."""
    any_member: bool = False
    """Among filled acts: one that may have reached any member, its subjects being blank."""

    @property
    def closes(self) -> tuple[date, str]:
        """The order in which obligations close."""
        return self.obligation.deadline or date.max, self.obligation.stretch.label

    def lacks(self, act: Activity) -> bool:
        """Whether the obligation still needs something that this act brings."""
        if not self.obligation.required:
            tells = act.out_of is not None or not act.subjects
            return self.obligation.reason is ExemptReason.NO_MEMBERS and tells
        if self.obligation.measure.shape is Shape.COVERAGE and act.subjects:
            return any(
                self.visits.get(member, 0) < (self.obligation.measure.at_least or 1)
                for member in set(act.subjects) & set(self.obligation.members)
            )
        return self.done < self.obligation.required

    def give(self, tested: Tested, in_time: bool, time_missing: bool, several: bool) -> None:
        """Count the act here, unless the same one already is."""
        act = tested.act
        key = same_act_key(act)
        same = self.keys.get(key)
        if same is not None and not several:
            later = max(act, same, key=lambda one: (one.recorded_at, one.activity))
            self.refused[later.activity] = Reason.DUPLICATE
            if later is act:
                return
            self.entries = [entry for entry in self.entries if entry.act is not same]
            self._recount()
        self.keys[key] = act
        self._count(tested, in_time, time_missing)

    def _recount(self) -> None:
        entries, self.entries = self.entries, []
        self.done, self.visits, self.counted_subjects = Fraction(0), {}, set()
        for entry in entries:
            self._count(
                Tested(entry.act, None, by_successor=entry.by_successor),
                entry.in_time,
                entry.time_missing,
            )

    def _count(self, tested: Tested, in_time: bool, time_missing: bool) -> None:
        act, measure = tested.act, self.obligation.measure
        visits: tuple[str, ...] = ()
        quantity_missing = False
        if self.obligation.covers:
            if act.out_of is not None and not self.obligation.listed:
                amount = act.quantity or Fraction(0)
            else:
                visits = tuple(sorted(set(act.subjects) & set(self.obligation.listed)))
                amount = self._visit(visits)
        elif measure.unit:
            amount, quantity_missing = self._quantity(act)
        else:
            amount = Fraction(1)
        self.done += amount
        self.entries.append(
            CountedAct(
                act, amount, in_time, tested.by_successor, time_missing, quantity_missing, visits
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

    def _quantity(self, act: Activity) -> tuple[Fraction, bool]:
        """What an act brings to a quota; without a quantity its subjects not yet counted, or 1."""
        if act.quantity is not None:
            return act.quantity, False
        if not act.subjects:
            return Fraction(1), True
        fresh = set(act.subjects) - self.counted_subjects
        self.counted_subjects |= fresh
        return Fraction(len(fresh)), False


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
