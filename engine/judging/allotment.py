"""Which period each act belongs to. Source: SEMANTICS, section 4.

The obligations of one series stand side by side as `Slot`s; every act that passed the earlier
tests goes to at most one of them, named acts first, then the others by day, time and id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from data.records import Activity
from engine.calendar.cutting import periods_of
from engine.calendar.days import Days
from engine.calendar.labels import days_of_label, parse_label
from engine.judging.acts import (
    Tested,
    in_service,
    is_of_holder_in,
    may_stand_in,
    moment_of,
    recorded_again,
    wrong_unit,
)
from engine.judging.in_force import valid_days
from engine.judging.obligations import Series
from engine.judging.slots import (
    Slot,
    event_id,
    is_about_an_event,
    is_behind_its_due_day,
    late_until,
    names_days,
)
from engine.judging.stretches import Timing
from engine.judging.verdict import ExemptReason, Reason
from engine.judging.world import World


def allot(world: World, series: Series, acts: Sequence[Tested]) -> list[Slot]:
    """The series' obligations, in order, with the acts that count for each and those refused."""
    slots = [Slot(one) for one in series.obligations if one.stretch.ruled]
    if slots:
        _Allotment(world, series, slots).run(acts)
    if any(slot.fillable for slot in slots) and any(_may_lack(slot) for slot in slots):
        filled = [Slot(slot.obligation) for slot in slots]
        _Allotment(world, series, filled, filled=True).run(
            [replace(one, reason=None, fillable=False) if one.fillable else one for one in acts]
        )
        for slot, other in zip(slots, filled, strict=True):
            slot.filled = other
    return slots


def _may_lack(slot: Slot) -> bool:
    return slot.done < slot.obligation.required or slot.obligation.reason is ExemptReason.NO_MEMBERS


class _Allotment:
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
        self.near = _Nearness(slots)
        rule = series.duty.activity
        self.separately = rule is not None and rule.separately
        self.several = rule is not None and rule.several_per_day
        self.asks_evidence = rule is not None and rule.evidence and not filled
        self.filled = filled
        self.again: frozenset[str] = frozenset()

    def run(self, acts: Sequence[Tested]) -> None:
        passing = sorted(
            (one for one in acts if one.reason is None or one.fillable), key=lambda one: one.order
        )
        unnamed: list[Tested] = []
        for one in passing:
            targets = self._targets(one.act)
            if targets is None:
                unnamed.append(one)
            else:
                self._give_named(one, targets)
        sound = [one for one in unnamed if not one.fillable and not self._lacks_evidence(one.act)]
        self.again = frozenset() if self.several else recorded_again(sound)
        for one in unnamed:
            self._give_unnamed(one)

    def _targets(self, act: Activity) -> list[Slot] | None:
        """The slots that an act names (maybe none); None where it counts as unnamed here."""
        made_up = self._made_up(act) if act.makes_up is not None else None
        if made_up is not None:
            return made_up
        if act.event is not None and any(is_about_an_event(slot) for slot in self.slots):
            return [s for s in self.slots if is_about_an_event(s) and event_id(s) == act.event]
        return None if act.for_period is None else self._named(act.for_period)

    def _named(self, label: str) -> list[Slot] | None:
        """The slot of that label, else the one that contains it; None: as if blank."""
        own = [slot for slot in self.slots if slot.obligation.stretch.label == label]
        if own:
            return own
        days = self._days_of(label)
        if days is None:
            return None
        same = [slot for slot in self.slots if names_days(slot) == days]
        if same:
            return same
        holding = [slot for slot in self.slots if days <= names_days(slot)]
        if holding:
            return holding
        if any(len(slot.obligation.measure.due) > 1 for slot in self.slots):
            # The stretches between several due days are the periods; the month holds them all.
            return None
        if self._lies_in_a_period(days):
            return []
        if any(days & names_days(slot) for slot in self.slots):
            return None
        timing = self.slots[0].obligation.timing
        periodic = timing in (Timing.PERIOD, Timing.RECURRING, Timing.AFTER_PERIOD)
        # Periods before the records' first day are the duty's too, though nobody is judged on them.
        return None if periodic and days & self.valid else []

    def _lies_in_a_period(self, days: Days) -> bool:
        """Whether the days lie in one of the duty's periods, though not one of this holder's."""
        kinds = {
            (slot.obligation.measure.period, slot.obligation.measure.since)
            for slot in self.slots
            if slot.obligation.timing in (Timing.PERIOD, Timing.RECURRING, Timing.AFTER_PERIOD)
            and not slot.obligation.measure.while_
        }
        assert days.first is not None and days.last is not None
        for kind, since in kinds:
            if kind is None or not kind.by_calendar:
                continue
            for _, period in periods_of(
                kind.word, days.first, days.first, since=since, workdays=self.world.workdays
            ):
                if period.first <= days.first and days.last <= period.last:
                    return True
        return False

    def _days_of(self, label: str) -> Days | None:
        said = parse_label(label)
        if said is None:
            return None
        days = days_of_label(said, self.world.windows, self.world.chain(self.series.holder.unit))
        return days or None

    def _made_up(self, act: Activity) -> list[Slot] | None:
        """The slots that a make-up is for; None where it is an ordinary act after all."""
        assert act.makes_up is not None
        found = self._named(act.makes_up)
        days = self._days_of(act.makes_up)
        exact = [
            slot
            for slot in found or ()
            if slot.obligation.stretch.label == act.makes_up or (days and names_days(slot) == days)
        ]
        if exact:
            due = min(slot.obligation.deadline or date.max for slot in exact)
        elif days is not None and days.last is not None:
            due = days.last
        else:
            return []
        if act.day <= due:
            return None
        return found or []

    def _give_named(self, one: Tested, targets: list[Slot]) -> None:
        makes_up = one.act.makes_up is not None and self._made_up(one.act) is not None
        open_to = [slot for slot in targets if self._may_take(slot, one, named=True)]
        if one.by_successor:
            open_to = [slot for slot in open_to if self._is_successors(slot, one.act)]
        chosen = self._first_lacking(open_to, one.act) or (open_to[0] if open_to else None)
        if chosen is not None:
            days = chosen.obligation.stretch.days
            inside = one.act.day in days and not self._is_exactly(chosen, one.act)
            in_time = (inside or not makes_up) and self._in_time(chosen, one.act)
            self._put(chosen, one, in_time=in_time)
        for slot in {id(s): s for s in (*self.near.to(one.act.day), *targets)}.values():
            if chosen is slot:
                continue
            self._refuse(slot, one, self._why_named_elsewhere(slot, one.act, makes_up))

    def _why_named_elsewhere(self, slot: Slot, act: Activity, makes_up: bool) -> Reason:
        if makes_up and act.day in slot.obligation.stretch.days:
            return Reason.MAKE_UP_ELSEWHERE
        if is_about_an_event(slot) and act.event not in (None, event_id(slot)):
            return Reason.OTHER_EVENT
        return Reason.OUTSIDE_PERIOD

    def _is_exactly(self, slot: Slot, act: Activity) -> bool:
        """Whether a make-up names this very period, not one inside it."""
        label = act.makes_up or ""
        return slot.obligation.stretch.label == label or self._days_of(label) == names_days(slot)

    def _is_successors(self, slot: Slot, act: Activity) -> bool:
        """For whom a later holder's make-up counts. SEMANTICS, section 4, "Make-ups"."""
        if self._is_exactly(slot, act):
            return slot.obligation.required > 0
        days = self._days_of(act.makes_up or "")
        if days is None or days.last is None or slot.obligation.holder.post is None:
            return False
        holders = [
            (tenure.days & Days.of(None, days.last)).last
            for tenure in self.world.tenures_of(slot.obligation.holder.post)
        ]
        last = max((day for day in holders if day), default=None)
        mine = next(
            tenure.days & Days.of(None, days.last)
            for tenure in self.world.tenures_of(slot.obligation.holder.post)
            if tenure.person == slot.obligation.holder.person
        )
        return last is not None and mine.last == last

    def _give_unnamed(self, one: Tested) -> None:
        act = one.act
        near = self.near.to(act.day)
        fit = [slot for slot in near if self._may_take(slot, one, named=False)]
        if one.by_successor:
            # Dated by the due day of the period that it names, it makes up nothing for another.
            fit = []
        in_time = [slot for slot in fit if self._reaches(slot, one)]
        held_over = [
            s for s in in_time if act.day > s.obligation.stretch.window.last and s.lacks(act)
        ]
        late = [slot for slot in fit if slot not in in_time and self._is_late_for(slot, act)]
        if any(is_behind_its_due_day(slot, act) for slot in in_time):
            late = []
        chosen = (
            self._first_lacking(held_over, act)
            or self._earlier_in_first_third(in_time, late, act)
            or self._first_lacking(
                [s for s in in_time if act.day in s.obligation.stretch.days], act
            )
            or self._first_lacking(late, act)
        )
        if chosen is None:
            plain = [slot for slot in in_time if act.day in slot.obligation.stretch.days]
            chosen = min(plain, key=lambda slot: slot.closes, default=None)
        for slot in near:
            if act.activity in self.again and (slot in in_time or slot in late):
                self._refuse(slot, one, Reason.DUPLICATE)
            elif slot is chosen:
                self._put(slot, one, in_time=slot in in_time and self._in_time(slot, act))
            else:
                self._refuse(slot, one, self._why_not_here(slot, one, slot in in_time, chosen))

    def _earlier_in_first_third(
        self, in_time: list[Slot], late: list[Slot], act: Activity
    ) -> Slot | None:
        """In the first third of a window the earlier due day goes first, while it lacks the act."""
        for slot in in_time:
            window = slot.obligation.stretch.window
            recurring = slot.obligation.timing in (Timing.RECURRING, Timing.AFTER_PERIOD)
            if recurring and 3 * ((act.day - window.first).days + 1) <= len(window):
                earlier = [s for s in late if s.closes < slot.closes]
                found = self._first_lacking(earlier, act)
                if found is not None:
                    return found
        return None

    def _first_lacking(self, slots: Iterable[Slot], act: Activity) -> Slot | None:
        lacking = [slot for slot in slots if slot.lacks(act)]
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
        return not (
            slot.obligation.timing is Timing.BEFORE_EVENT and self._after_the_event(slot, act)
        )

    def _is_of_holder(self, slot: Slot, act: Activity) -> bool:
        """Whether a doer holds the post, or one of the group's, in the period or its window."""
        stretch = slot.obligation.stretch
        first = min(stretch.window.first, stretch.period.first)
        last = max(stretch.window.last, stretch.period.last)
        return is_of_holder_in(
            self.world, slot.obligation.duty, slot.obligation.holder, act, first, last
        )

    def _is_the_persons(self, slot: Slot, act: Activity) -> bool:
        """Whether the one who owes it did it, or it was done on his behalf."""
        person, world = slot.obligation.person, self.world
        if person in world.doers(act):
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

    def _after_the_event(self, slot: Slot, act: Activity) -> bool:
        """After an event that something had to precede, nothing counts."""
        event = slot.obligation.stretch.event
        assert event is not None
        if act.day != event.day:
            return act.day > event.day
        done = moment_of(act)
        if done is None or event.time is None:
            return False
        return done > datetime.combine(event.day, event.time)

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
        limit, done = slot.obligation.stretch.moment, moment_of(act)
        return limit is None or done is None or act.day != limit.date() or done <= limit

    def _time_missing(self, slot: Slot, act: Activity) -> bool:
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

    def _put(self, slot: Slot, one: Tested, in_time: bool) -> None:
        act = one.act
        wrong, blank = wrong_unit(slot.obligation.measure, act)
        if self.filled:
            slot.any_member |= slot.obligation.covers and not self._reaches_members(slot, act)
            slot.give(one, in_time, self._time_missing(slot, act), self.several)
        elif one.fillable or (wrong and blank):
            slot.refused[act.activity] = one.reason or Reason.UNIT
            slot.fillable.append(one)
        elif slot.obligation.covers and not self._reaches_members(slot, act):
            slot.refused[act.activity] = Reason.SUBJECT
            slot.fillable.append(one)
        elif self._lacks_evidence(act):
            slot.refused[act.activity] = Reason.EVIDENCE
            slot.fillable.append(one)
        else:
            slot.give(one, in_time, self._time_missing(slot, act), self.several)

    def _lacks_evidence(self, act: Activity) -> bool:
        return self.asks_evidence and not act.proofs

    def _refuse(self, slot: Slot, one: Tested, reason: Reason) -> None:
        if one.fillable:
            slot.refused[one.act.activity] = one.reason or reason
            return
        wrong, _ = wrong_unit(slot.obligation.measure, one.act)
        if not self._is_of_holder(slot, one.act):
            reason = Reason.HOLDER
        elif slot.obligation.covers and not self._reaches_members(slot, one.act):
            reason = Reason.SUBJECT
        elif wrong:
            reason = Reason.UNIT
        elif reason is Reason.USED_ELSEWHERE and self._lacks_evidence(one.act):
            reason = Reason.EVIDENCE
        slot.refused[one.act.activity] = reason


class _Nearness:
    """The slots that an act of some day may be for, without asking all of them each time."""

    def __init__(self, slots: list[Slot]) -> None:
        self.always: list[Slot] = []
        self.by_run: dict[int, list[Slot]] = defaultdict(list)
        for slot in slots:
            stretch = slot.obligation.stretch
            first = min(stretch.window.first, stretch.period.first).toordinal()
            last = late_until(slot).toordinal()
            if last - first > 1000:
                self.always.append(slot)
            else:
                for run in range(first // 8, last // 8 + 1):
                    self.by_run[run].append(slot)

    def to(self, day: date) -> list[Slot]:
        """Those whose days or late days may hold `day`, in order."""
        return [*self.by_run.get(day.toordinal() // 8, ()), *self.always]
