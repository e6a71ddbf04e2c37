"""Which period each act belongs to. Source: SEMANTICS, section 4.

The obligations of one series stand side by side as `Slot`s; every act that passed the earlier
tests goes to at most one of them, named acts first, then the others by day, time and id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from data.records import Activity
from engine.judging.acts import (
    Tested,
    below_least,
    doers_for,
    in_service,
    is_of_holder_in,
    may_stand_in,
    recorded_again,
    wrong_unit,
)
from engine.judging.in_force import HolderSort, valid_days
from engine.judging.naming import Naming
from engine.judging.obligations import Series
from engine.judging.slots import (
    Nearness,
    Slot,
    event_id,
    is_about_an_event,
    is_after_the_event,
    is_behind_its_due_day,
    is_past_its_minute,
    lacks_only_its_time,
)
from engine.judging.spacing import Clock, Spacing
from engine.judging.stretches import Timing
from engine.judging.verdict import Reason
from engine.judging.world import World


def allot(world: World, series: Series, acts: Sequence[Tested]) -> list[Slot]:
    """The series' obligations, in order, with the acts that count for each and those refused."""
    slots = [Slot(one) for one in series.obligations if one.stretch.ruled]
    if slots:
        Allotment(world, series, slots).run(acts)
    if any(slot.fillable for slot in slots) and any(slot.may_lack for slot in slots):
        filled = [Slot(slot.obligation) for slot in slots]
        Allotment(world, series, filled, filled=True).run(
            [replace(one, reason=None, fillable=False) if one.fillable else one for one in acts]
        )
        for slot, other in zip(slots, filled, strict=True):
            slot.filled = other
    return slots


class Allotment:
    """The giving out of acts to the slots of one series.

    `filled` takes every blank field as if it said what is asked for.
    """

    def __init__(
        self, world: World, series: Series, slots: list[Slot], *, filled: bool = False
    ) -> None:
        self.world = world
        self.series = series
        self.slots = slots
        self.valid = valid_days(world, series.duty, series.holder.unit)
        self.near = Nearness(slots)
        self.naming = Naming(world, series.holder, slots, self.valid)
        self.clock = Clock(world.workdays)
        self.by_day = any(slot.obligation.measure.counts_days for slot in slots)
        self.days_used: set[date] = set()
        measures = {id(slot.obligation.measure): slot.obligation.measure for slot in slots}
        self.with_least = [one for one in measures.values() if one.least_amount]
        rule = series.duty.activity
        self.separately = rule is not None and rule.separately
        self.several = rule is not None and rule.several_per_day
        self.asks_evidence = rule is not None and rule.evidence and not filled
        self.filled = filled
        self.again: frozenset[tuple[str, date]] = frozenset()

    def run(self, acts: Sequence[Tested]) -> None:
        passing = sorted(
            (one for one in acts if one.reason is None or one.fillable), key=lambda one: one.order
        )
        if not self.several:
            self.again = recorded_again(one for one in passing if self._is_sound(one))
        unnamed: list[Tested] = []
        for one in passing:
            targets = self._targets(one.act)
            if targets is None:
                unnamed.append(one)
            else:
                self._give_named(one, targets)
        for one in unnamed:
            self._give_unnamed(one)

    def made_up_by(self, one: Tested) -> list[Slot]:
        """The slots that a make-up is for and may go to; none where it is an ordinary act."""
        targets = self.naming.made_up(one.act)
        return self._open_to(one, targets) if targets else []

    def give(self, one: Tested) -> None:
        """Count a named act beside those given before."""
        self._give_named(one, self._targets(one.act) or [])

    def _targets(self, act: Activity) -> list[Slot] | None:
        """The slots that an act names (maybe none); None where it counts as unnamed here."""
        made_up = self.naming.made_up(act) if act.makes_up is not None else None
        if made_up is not None:
            return made_up
        if act.event is not None and any(is_about_an_event(slot) for slot in self.slots):
            return [s for s in self.slots if is_about_an_event(s) and event_id(s) == act.event]
        return None if act.for_period is None else self.naming.named(act.for_period)

    def _give_named(self, one: Tested, targets: list[Slot]) -> None:
        open_to = self._open_to(one, targets)
        makes_up = self._makes_up(one.act)
        prompt = [slot for slot in open_to if not makes_up and self._in_time(slot, one.act)]
        chosen = (
            self._first_lacking(prompt, one)
            or self._first_lacking(open_to, one)
            or (open_to[0] if open_to else None)
        )
        if chosen is not None and self._is_again(one):
            chosen.refuse(one.act, Reason.DUPLICATE)
        elif chosen is not None:
            days, label = chosen.obligation.stretch.days, one.act.makes_up or ""
            inside = one.act.day in days and not self.naming.is_exactly(chosen, label)
            in_time = (inside or not makes_up) and self._in_time(chosen, one.act)
            self._put(chosen, one, in_time=in_time)
        for slot in {id(s): s for s in (*self.near.to(one.act.day), *targets)}.values():
            if chosen is slot:
                continue
            self._refuse(slot, one, self._why_named_elsewhere(slot, one.act, makes_up))

    def _open_to(self, one: Tested, targets: Sequence[Slot]) -> list[Slot]:
        """Those of the slots that a named act names which may take it."""
        found = [slot for slot in targets if self._may_take(slot, one, named=True)]
        if not self._makes_up(one.act):
            return [] if one.by_successor else found
        label = one.act.makes_up or ""
        return [s for s in found if self.naming.is_for_holder(s, label, one.by_successor)]

    def _makes_up(self, act: Activity) -> bool:
        """Whether it is a make-up, and not an ordinary act for all that it says."""
        return act.makes_up is not None and self.naming.made_up(act) is not None

    def _is_again(self, one: Tested) -> bool:
        """Whether the same act was recorded before, or its day is counted where days are."""
        return one.key in self.again or (self.by_day and one.act.day in self.days_used)

    def _why_named_elsewhere(self, slot: Slot, act: Activity, makes_up: bool) -> Reason:
        if makes_up and act.day in slot.obligation.stretch.days:
            return Reason.MAKE_UP_ELSEWHERE
        if is_about_an_event(slot) and act.event not in (None, event_id(slot)):
            return Reason.OTHER_EVENT
        return Reason.OUTSIDE_PERIOD

    def _give_unnamed(self, one: Tested) -> None:
        act = one.act
        near = self.near.to(act.day)
        fit = [slot for slot in near if self._may_take(slot, one, named=False)]
        if one.by_successor:
            # Dated by the due day of the period that it names, it makes up nothing for another.
            fit = []
        in_time = [
            slot for slot in fit if self._reaches(slot, one) and not is_past_its_minute(slot, act)
        ]
        held_over = [
            s for s in in_time if act.day > s.obligation.stretch.window.last and s.lacks(one)
        ]
        late = [slot for slot in fit if slot not in in_time and self._is_late_for(slot, act)]
        if any(is_behind_its_due_day(slot, act) for slot in in_time):
            late = []
        chosen = (
            self._first_lacking(held_over, one)
            or self._earlier_in_first_third(in_time, late, one)
            or self._first_lacking(
                [s for s in in_time if act.day in s.obligation.stretch.days], one
            )
            or self._first_lacking(late, one)
        )
        if chosen is None:
            plain = [slot for slot in in_time if act.day in slot.obligation.stretch.days]
            # past its minute an act still lies in the window
            plain = plain or [slot for slot in late if act.day in slot.obligation.stretch.days]
            chosen = min(plain, key=lambda slot: slot.closes, default=None)
        again, refused = self._is_again(one), None
        if chosen is not None and not again:
            in_window = chosen in in_time and self._in_time(chosen, act)
            refused = self._put(chosen, one, in_time=in_window)
        for slot in near:
            if again and (slot in in_time or slot in late):
                self._refuse(slot, one, Reason.DUPLICATE)
            elif slot is not chosen:
                reason = self._why_not_here(slot, one, slot in in_time, chosen)
                if reason is Reason.USED_ELSEWHERE and refused is not None:
                    reason = refused
                self._refuse(slot, one, reason)

    def _earlier_in_first_third(
        self, in_time: list[Slot], late: list[Slot], one: Tested
    ) -> Slot | None:
        """In the first third of a window the earlier due day goes first, while it lacks the act."""
        for slot in in_time:
            window = slot.obligation.stretch.window
            recurring = slot.obligation.timing in (Timing.RECURRING, Timing.AFTER_PERIOD)
            if recurring and 3 * ((one.act.day - window.first).days + 1) <= len(window):
                earlier = [s for s in late if s.closes < slot.closes]
                found = self._first_lacking(earlier, one)
                if found is not None:
                    return found
        return None

    def _first_lacking(self, slots: Iterable[Slot], one: Tested) -> Slot | None:
        lacking = [slot for slot in slots if slot.lacks(one)]
        return min(lacking, key=lambda slot: slot.closes, default=None)

    def _why_not_here(
        self, slot: Slot, one: Tested, was_in_time: bool, chosen: Slot | None
    ) -> Reason:
        act = one.act
        here = act.day in slot.obligation.stretch.days
        if here and self._is_other_event(slot, act):
            return Reason.OTHER_EVENT
        if was_in_time and chosen is not None:
            return Reason.USED_ELSEWHERE
        if here and not self._serves(slot, act):
            return Reason.OUTSIDE_TENURE
        if here and not self._is_valid(slot, act):
            return Reason.NOT_IN_FORCE
        return Reason.OUTSIDE_PERIOD

    def _is_other_event(self, slot: Slot, act: Activity) -> bool:
        event = slot.obligation.stretch.event
        if event is None or not is_about_an_event(slot) or event.subject is None:
            return False
        return event.subject not in act.subjects

    def _serves(self, slot: Slot, act: Activity) -> bool:
        return in_service(self.world, slot.obligation.holder, act, self.separately)

    def _is_valid(self, slot: Slot, act: Activity) -> bool:
        return slot.obligation.timing is Timing.AFTER_PERIOD or act.day in self.valid

    def _may_take(self, slot: Slot, one: Tested, named: bool) -> bool:
        """Whether the act can be for this obligation at all, whatever its day."""
        act = one.act
        if not self._is_of_holder(slot, act):
            return False
        event = slot.obligation.stretch.event
        insists = slot.obligation.measure.acts_of == "person" or (
            event is not None and event.person
        )
        if insists and slot.obligation.person is not None and not self._is_the_persons(slot, act):
            return False
        if slot.obligation.covers and not self._reaches_members(slot, act):
            # Naming its subjects could still make it reach them.
            return not act.subjects
        if not named and self._is_other_event(slot, act):
            return False
        wrong, blank = wrong_unit(slot.obligation.measure, act)
        if wrong and not blank:
            return False
        if slot.obligation.measure.of == "workdays" and not self.world.workdays.is_workday(act.day):
            return False
        return not (slot.obligation.timing is Timing.BEFORE_EVENT and is_after_the_event(slot, act))

    def _is_of_holder(self, slot: Slot, act: Activity) -> bool:
        """Whether a doer holds the post, or one of the group's, in the period or its window."""
        if self.series.holder.sort in (HolderSort.PERSON, HolderSort.UNIT):
            return True
        stretch = slot.obligation.stretch
        first = min(stretch.window.first, stretch.period.first)
        last = max(stretch.window.last, stretch.period.last)
        return is_of_holder_in(
            self.world, slot.obligation.duty, slot.obligation.holder, act, first, last
        )

    def _is_the_persons(self, slot: Slot, act: Activity) -> bool:
        """Whether the one who owes it did it, or it was done on his behalf."""
        person, world = slot.obligation.person, self.world
        if person in doers_for(world, slot.obligation.duty, slot.obligation.holder, act):
            return True
        behalf = act.on_behalf_of
        return (
            behalf in slot.obligation.holder.posts
            and person in world.in_post(behalf or "", act.day)
            and may_stand_in(world, slot.obligation.duty, act)
        )

    def _reaches_members(self, slot: Slot, act: Activity) -> bool:
        if not slot.obligation.listed:
            return act.out_of is not None
        return bool(set(act.subjects) & set(slot.obligation.listed))

    def _reaches(self, slot: Slot, one: Tested) -> bool:
        """Whether an unnamed act lies in the obligation's days, or between them and its due day."""
        act, stretch = one.act, slot.obligation.stretch
        if act.day in stretch.days:
            return self._serves(slot, act) and self._is_valid(slot, act)
        deadline = slot.obligation.deadline
        return deadline is not None and stretch.window.last < act.day <= deadline

    def _in_time(self, slot: Slot, act: Activity) -> bool:
        deadline = slot.obligation.deadline
        if deadline is not None and act.day > deadline:
            return False
        return not is_past_its_minute(slot, act)

    def _is_late_for(self, slot: Slot, act: Activity) -> bool:
        """Whether an unnamed act still counts late. SEMANTICS, section 4, "Unnamed and late"."""
        one = slot.obligation
        if one.deadline is None or act.day < one.stretch.window.first:
            return False
        if self._in_time(slot, act):
            return False
        if one.timing in (Timing.BY_DAY, Timing.AFTER_EVENT, Timing.BEFORE_EVENT):
            return True
        if one.timing in (Timing.RECURRING, Timing.AFTER_PERIOD):
            return one.stretch.next_due is None or act.day <= one.stretch.next_due
        return False

    def _put(self, slot: Slot, one: Tested, in_time: bool) -> Reason | None:
        """Count the act for the obligation it belongs to, or say there why it does not count."""
        reason, blank = self._falls_short(slot, one)
        apart, near = Spacing.FAR, frozenset[str]()
        if reason is None:
            apart, near = self._apart(slot, one)
            if not slot.brings_anew(one):
                reason = Reason.DUPLICATE
            elif apart is Spacing.NEAR:
                reason = Reason.TOO_SOON
        if reason is not None:
            slot.refuse(one.act, reason)
            if blank:
                slot.fillable.append(one)
            return reason
        self._set_clock(slot, one, near)
        if self.by_day:
            self.days_used.add(one.act.day)
        untold = apart is Spacing.UNTOLD or lacks_only_its_time(slot, one.act)
        slot.without_bound |= self.filled and self._is_without_bound(slot, one)
        slot.give(one, in_time, time_missing=untold, too_soon_for=near)
        return None

    def _falls_short(self, slot: Slot, one: Tested) -> tuple[Reason | None, bool]:
        """What the act itself lacks, and whether filling in a blank would mend it."""
        act, measure = one.act, slot.obligation.measure
        small, untold = below_least(self.world, measure, act)
        small = small and not (self.filled and untold)
        if not self.filled:
            wrong, blank = wrong_unit(measure, act)
            if one.fillable or (wrong and blank):
                return one.reason or Reason.UNIT, True
            if slot.obligation.covers and not self._reaches_members(slot, act):
                return Reason.SUBJECT, True
            if self._lacks_evidence(act):
                return Reason.EVIDENCE, untold or not small
        return (Reason.TOO_SMALL, untold) if small else (None, False)

    def _is_without_bound(self, slot: Slot, one: Tested) -> bool:
        """Whether a blank, filled in, may bring all that is asked: any member, or any amount."""
        measure, act = slot.obligation.measure, one.act
        if slot.obligation.covers:
            return not self._reaches_members(slot, act)
        told = act.quantity is not None or measure.counts_days
        # of different subjects those named are counted, whatever quantity is written
        told = told or (measure.distinct == "subjects" and bool(act.subjects))
        return measure.unit is not None and measure.least_amount is not None and not told

    def _apart(self, slot: Slot, one: Tested) -> tuple[Spacing, frozenset[str]]:
        """How far the act lies behind the last counted one; of a coverage, the members for whom
        it comes too soon, and NEAR where it does for all.
        """
        act, interval = one.act, slot.obligation.measure.least_interval
        if interval is None or self._makes_up(act):
            return Spacing.FAR, frozenset()
        if not slot.obligation.covers:
            return self.clock.apart(act, interval), frozenset()
        found = {
            member: self.clock.apart(act, interval, member)
            for member in act.subjects
            if member in slot.obligation.listed
        }
        near = frozenset(member for member, apart in found.items() if apart is Spacing.NEAR)
        if found and len(near) == len(found):
            return Spacing.NEAR, near
        return (Spacing.UNTOLD if Spacing.UNTOLD in found.values() else Spacing.FAR), near

    def _set_clock(self, slot: Slot, one: Tested, near: Collection[str]) -> None:
        """Starts the interval anew where its period lacked this act; a make-up never does."""
        if slot.obligation.measure.least_interval is None or self._makes_up(one.act):
            return
        if not slot.obligation.covers:
            if slot.lacks(one):
                self.clock.set(one.act)
        elif slot.obligation.required:  # what asks nothing lacked nobody
            for member in one.act.subjects:
                if member not in near and slot.lacks_member(member):
                    self.clock.set(one.act, member)

    def _is_sound(self, one: Tested) -> bool:
        """Whether the act passes the tests that come before that of doubles."""
        if one.fillable or self._lacks_evidence(one.act):
            return False
        return not any(below_least(self.world, each, one.act)[0] for each in self.with_least)

    def _lacks_evidence(self, act: Activity) -> bool:
        return self.asks_evidence and not act.proofs

    def _refuse(self, slot: Slot, one: Tested, reason: Reason) -> None:
        wrong, _ = wrong_unit(slot.obligation.measure, one.act)
        if one.fillable:
            reason = one.reason or reason
        elif not self._is_of_holder(slot, one.act):
            reason = Reason.HOLDER
        elif slot.obligation.covers and not self._reaches_members(slot, one.act):
            reason = Reason.SUBJECT
        elif wrong:
            reason = Reason.UNIT
        slot.refuse(one.act, reason)
