"""Which obligations of a series a label names, by the measure that held in its days.

Source: SEMANTICS, section 4, "Named"; section 2, "variants".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from data.records import Activity
from engine.calendar.cutting import period_around, periods_of
from engine.calendar.days import Days
from engine.calendar.labels import days_of_label, parse_label
from engine.calendar.periods import Period
from engine.judging.in_force import (
    DaysInForce,
    Holder,
    HolderSort,
    force_of_person,
    force_of_posts,
    force_of_unit,
)
from engine.judging.selection import chosen_measure
from engine.judging.slots import Slot, is_about_an_event, names_days
from engine.judging.stretches import Timing, nominal_days, parts_of, timing_of, windows_of_year
from engine.judging.world import World
from rules.duty import Duty
from rules.frequency import Measure
from rules.period_kinds import Given


class Naming:
    """The labels that acts name, read beside the obligations of one series.

    `valid` are the days of duty, document and adoption.
    """

    def __init__(self, world: World, holder: Holder, slots: Sequence[Slot], valid: Days) -> None:
        self.world = world
        self.holder = holder
        self.slots = slots
        self.valid = valid

    def days_of(self, label: str) -> Days | None:
        """The days that it means; None where it means none."""
        said = parse_label(label)
        if said is None:
            return None
        return days_of_label(said, self.world.windows, self.world.chain(self.holder.unit)) or None

    def named(self, label: str) -> list[Slot] | None:
        """The slot of that label, else the one that contains it; None: as if blank."""
        own = [slot for slot in self.slots if slot.obligation.stretch.label == label]
        if own:
            return own
        days = self.days_of(label)
        if days is None:
            return None
        around = [slot for slot in self.slots if is_about_an_event(slot)]
        if around:
            return [slot for slot in around if _days_of_event(slot) <= days] or None
        same = [slot for slot in self.slots if names_days(slot) == days]
        if same:
            return same
        holding = [slot for slot in self.slots if days <= names_days(slot)]
        if holding:
            return holding
        if any(len(slot.obligation.measure.due) > 1 for slot in self.slots):
            # The stretches between several due days are the periods; the month holds them all.
            return None
        assert days.first is not None and days.last is not None
        near = list(self._days_near(days.first, days.last))
        if any(days <= one for one in near):
            return []
        if any(days & names_days(slot) for slot in self.slots):
            return None
        # Periods before the records' first day are the duty's too, though nobody is judged on them.
        return None if any(days & self.valid & one for one in near) else []

    def _days_near(self, first: date, last: date) -> Iterator[Days]:
        """Those of the periods and windows of the duty, by the measure that held for each, that may
        share a day with these; not all are this holder's.
        """
        one = self.slots[0].obligation
        varies = len(one.duty.frequency.for_shape()) > 1
        for measure in _leaves_of_part(one.duty, one.part):
            for days in self._days_of_measure(measure, first, last):
                if not varies or (days and self._held(measure, days)):
                    yield days

    def _days_of_measure(self, measure: Measure, first: date, last: date) -> Iterator[Days]:
        for one in self._periods_near(measure, first, last):
            yield Days.of(one.first, one.last)
        if measure.windows is None:
            return
        # What comes before a holiday of the next year lies in this one.
        years = range(max(first.year - 1, date.min.year), min(last.year + 1, date.max.year) + 1)
        for year in years:
            for window in windows_of_year(self.world, measure, self.holder.unit, year):
                if window.ruled:
                    yield window.days

    def _held(self, measure: Measure, days: Days) -> bool:
        """Whether it is by that measure, no other variant, that the duty asked for these days."""
        one = self.slots[0].obligation
        chosen = _held_measure(self.world, one.duty, self.holder, days)
        return any(leaf is measure for _, leaf in parts_of(chosen))

    def _periods_near(self, measure: Measure, first: date, last: date) -> Iterator[Period]:
        kind = None if measure.while_ else measure.period
        if kind is not None and kind.cut is Given.SCHOOL:
            units = self.world.chain(self.holder.unit)
            for year in range(first.year - 1, last.year + 1):
                found = self.world.windows.school_periods(kind.word, year, units)
                yield from (one for _, one in found if one.meets(Period(first, last)))
        elif kind is not None and kind.by_calendar:
            workdays = self.world.workdays
            cut = periods_of(kind.word, first, last, since=measure.since, workdays=workdays)
            yield from (one for _, one in cut)

    def made_up(self, act: Activity) -> list[Slot] | None:
        """The slots that a make-up is for; None where it is an ordinary act after all."""
        assert act.makes_up is not None
        found = self.named(act.makes_up)
        days = self.days_of(act.makes_up)
        exact = [slot for slot in found or () if self.is_exactly(slot, act.makes_up)]
        if exact:
            due = min(slot.obligation.deadline or date.max for slot in exact)
        elif days is not None and days.last is not None:
            due = days.last
        else:
            # A window that has no days in its year was not due before anything.
            return [] if parse_label(act.makes_up) is None else None
        if act.day <= due:
            return None
        return found or []

    def is_exactly(self, slot: Slot, label: str) -> bool:
        """Whether the label names this very obligation, not a stretch inside it."""
        if slot.obligation.stretch.label == label:
            return True
        return not is_about_an_event(slot) and self.days_of(label) == names_days(slot)

    def is_for_holder(self, slot: Slot, label: str, by_successor: bool) -> bool:
        """Whether this holder of the post is whom a make-up is for: who owes exactly that label;
        of a longer period who held the post on the label's last day, or was the last one to.
        """
        if self.is_exactly(slot, label):
            return slot.obligation.required > 0 or not by_successor
        days = self.days_of(label)
        if (
            slot.obligation.holder.sort is not HolderSort.PERSON
            or days is None
            or days.last is None
        ):
            return not by_successor
        held = {
            tenure.person: last
            for tenure in self.world.tenures_of(slot.obligation.holder.post or "")
            if (last := (tenure.days & Days.of(None, days.last)).last)
        }
        if not held:
            return not by_successor
        return held.get(slot.obligation.holder.person or "") == max(held.values())


def _days_of_event(slot: Slot) -> Days:
    event = slot.obligation.stretch.event
    assert event is not None
    return Days.of(event.day, event.last or event.day)


def _leaves_of_part(duty: Duty, part: int) -> list[Measure]:
    """The measures of that part in the base and in every variant."""
    every = duty.frequency.for_shape()
    return [leaf for each in every for number, leaf in parts_of(each) if number == part]


def _held_measure(world: World, duty: Duty, holder: Holder, period: Days) -> Measure:
    """The base or the variant that held for a period: the holder's, where it was his or would have
    been before the records' first day; else that of whoever held the post then.
    """
    around = _around(world, duty, holder, period)
    asked = (
        (whose, day)
        for whose, force, held in _holding(world, duty, holder)
        if (day := (force.days & around).first or (held & around).first) is not None
    )
    whose, day = next(asked, (None, period.first))
    assert day is not None
    if whose is None and holder.post is not None:
        whose = min(world.in_post(holder.post, day), default=None)
    return chosen_measure(world, duty.frequency, holder.unit, whose, day)


def _holding(
    world: World, duty: Duty, holder: Holder
) -> Iterator[tuple[str | None, DaysInForce, Days]]:
    """The days of the holder, then those of anybody in his post (None)."""
    unit, posts = holder.unit, holder.posts
    if holder.sort is HolderSort.UNIT:
        yield None, force_of_unit(world, duty, unit), world.unit_days(unit)
        return
    everybody = Days.none()
    for post in posts:
        for tenure in world.tenures_of(post):
            everybody |= tenure.days
            if tenure.person == holder.person:
                yield tenure.person, force_of_person(world, duty, tenure), tenure.days
    yield None, force_of_posts(world, duty, unit, posts), everybody


def _around(world: World, duty: Duty, holder: Holder, period: Days) -> Days:
    """The longest of the duty's periods in which that one begins; itself where it does in none."""
    begins = period.first
    assert begins is not None
    leaves = [leaf for each in duty.frequency.for_shape() for _, leaf in parts_of(each)]
    longest = max(leaves, key=nominal_days)
    timing, kind = timing_of(longest), longest.period
    if timing in (Timing.BY_DAY, Timing.ROLLING):
        return Days.all()
    if timing in (Timing.WINDOW, Timing.TO_BE_RULED):
        return Days.of(date(begins.year, 1, 1), date(begins.year, 12, 31))
    found = None
    if kind is not None and kind.cut is Given.SCHOOL:
        for year in (begins.year - 1, begins.year):
            for _, one in world.windows.school_periods(kind.word, year, world.chain(holder.unit)):
                found = one if begins in one else found
    elif kind is not None and kind.by_calendar and len(longest.due) < 2:
        around = period_around(kind.word, begins, since=longest.since)
        found = around[1] if around else None
    return Days.of(found.first, found.last) if found else period
