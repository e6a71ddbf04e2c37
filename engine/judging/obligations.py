"""Obligations: one duty, one holder, one stretch. Source: SEMANTICS, section 3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.judging.in_force import DaysInForce, Holder
from engine.judging.stretches import Stretch, Timing, timing_of
from engine.judging.verdict import ExemptReason, Working
from rules.duty import Duty
from rules.frequency import CONDUCT, Measure, Shape


@dataclass(frozen=True)
class Obligation:
    """One duty, one holder, one stretch: the thing that is judged.

    `in_force` are its days in force, `working` what is owed and how that came about (None: it is
    to be ruled); `person` is who owes it (None: a unit, a group, or a post with nobody to name).
    `members` are those a coverage or share must reach, `listed` all it may. `due` is after moving,
    `deadline` after grace too.
    """

    duty: Duty
    measure: Measure
    part: int
    holder: Holder
    person: str | None
    stretch: Stretch
    timing: Timing
    in_force: Days
    due: date | None
    deadline: date | None
    working: Working | None = None
    members: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    table_missing: bool = False

    @cached_property
    def id(self) -> str:
        """What a verdict on it is called: `DUTY@HOLDER@LABEL`."""
        part = f"#{self.part}" if self.part else ""
        return f"{self.duty.id}{part}@{self.holder.key}@{self.stretch.label}"

    @property
    def required(self) -> Fraction:
        """What is owed; 0: nothing is, for `reason`."""
        return self.working.required if self.working else Fraction(0)

    @property
    def reason(self) -> ExemptReason | None:
        """Why nothing is owed."""
        return self.working.reason if self.working else None

    @property
    def whole(self) -> Days:
        """The days that `working` counts: the period's that count, or a result's whole window.

        Of several named windows those between them are nobody's.
        """
        if self.is_conduct or self.timing is Timing.WINDOW:
            return self.stretch.counted_days
        window = self.stretch.window
        return Days.of(window.first, window.last) - self.left_out

    @property
    def left_out(self) -> Days:
        """The days that `except` takes out of its stretch."""
        return self.stretch.days - self.stretch.counted_days

    @property
    def window(self) -> Period | None:
        """First and last day in force, s and e; None when no day is."""
        first, last = self.in_force.first, self.in_force.last
        return Period(first, last) if first and last else None

    @property
    def is_conduct(self) -> bool:
        """Whether it belongs to a person (or group, or unit) by days in force."""
        return is_conduct(self.measure)

    @property
    def covers(self) -> bool:
        """Whether members are counted, not occasions."""
        return self.measure.shape in (Shape.COVERAGE, Shape.SHARE)


@dataclass(frozen=True)
class Series:
    """All obligations of one duty (or part of it) and one holder, in order of their due days.

    An act is given to at most one of them, so they are judged together. `rolling` holds the
    measure and the force of a rolling duty, whose gaps are made from the acts themselves.
    """

    duty: Duty
    part: int
    holder: Holder
    obligations: tuple[Obligation, ...]
    rolling: tuple[Measure, DaysInForce] | None = None


def is_conduct(measure: Measure) -> bool:
    """Whether a measure belongs to the person: counts, ranges, quotas, windows, rolling gaps."""
    timing = timing_of(measure)
    return measure.shape in CONDUCT and timing in (Timing.PERIOD, Timing.WINDOW, Timing.ROLLING)


def order_of_due(one: Obligation) -> tuple[date, date, str]:
    """Obligations in the order in which they close."""
    return one.deadline or date.max, one.stretch.window.first, one.stretch.label
