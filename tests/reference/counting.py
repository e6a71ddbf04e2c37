"""Which acts go to which slot: named ones first, then the others by day, time and id."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from data.records import Activity
from engine.calendar.labels import days_of_label, parse_label
from rules.frequency import Shape
from tests.reference.office import Office, days
from tests.reference.once import is_too_soon, is_untold
from tests.reference.spans import Slot
from tests.reference.stays import is_by_day
from tests.reference.successors import is_by_successor, last_holders, was_of_another
from tests.reference.testing import LATE_TO_NEXT, Given, Testing, order


class Counting(Testing):
    """Gives the acts of a world to the slots of a series."""

    def __init__(self, office: Office, *, fill: bool = False) -> None:
        super().__init__(office, fill=fill)
        self.clocks: dict[str | None, list[Activity]] = {}
        self.busy: set[date] = set()
        self.made: dict[str, str] = {}
        """The gap of a chain that an act makes up."""

    # giving

    def give(self, slots: list[Slot], without: Collection[str] = ()) -> None:
        """Every act to the slot of the series where it belongs; the reasons for the others.

        `without` are acts that are another holder's.
        """
        slots.sort(key=lambda s: (s.at.deadline, s.at.due, s.at.label))
        named, makeups, blank = [], [], []
        acts = [a for a in (self.read(slots[0]) if slots else []) if a.activity not in without]
        for act in sorted(acts, key=order):
            target = self.target(slots, act)
            if act.makes_up and self.is_make_up(slots, act):
                makeups.append(act)
            elif target == "blank":
                blank.append(act)
            else:
                named.append(act)
        for act in sorted([*makeups, *named], key=order):
            if act in makeups:
                self.give_make_up(slots, act)
            else:
                self.give_named(slots, act)
        for act in blank:
            if not self.is_double(slots, act, blank):
                self.give_blank(slots, act)

    def is_double(self, slots: list[Slot], act: Activity, blank: list[Activity]) -> bool:
        """Whether the same act was recorded before; that record stays, wherever it went."""
        rule = slots[0].duty.activity if slots else None
        if rule is None or (rule.several_per_day and self.office.reads("several_per_day")):
            return False
        for other in blank:
            if other is act or not self.twice(slots[0], act, other):
                continue
            if (other.recorded_at, other.activity) > (act.recorded_at, act.activity):
                continue
            if any(not self.refused(s, other) and not self.proved(s, other) for s in slots):
                for slot in slots:
                    slot.refused[act.activity] = self.refused(slot, act) or "duplicate"
                return True
        return False

    def label_days(self, slots: list[Slot], label: str) -> set[date] | None:
        said = parse_label(label)
        if said is None or not slots:
            return None
        units = self.office.chain(slots[0].unit)
        found = days_of_label(said, self.office.windows, units)
        return None if found is None else set(found)

    def slot_days(self, slot: Slot) -> set[date]:
        if slot.measure.windows:
            return set(slot.at.every or slot.at.whole)
        return set(days(slot.at.first, slot.at.last))

    def target(self, slots: list[Slot], act: Activity) -> str:
        if not slots:
            return "blank"
        event_duty = slots[0].measure.shape is Shape.EVENT
        if act.event is not None and event_duty:
            return "event"
        if act.for_period is None:
            return "blank"
        said = self.label_days(slots, act.for_period)
        if said is None:
            return "blank"
        if event_duty:
            return "label" if any(self.event_lies_in(slot, said) for slot in slots) else "blank"
        # the duty's periods are more than this holder's
        stretches = slots[0].near(said)
        if any(said <= one for one in stretches):
            return "label"
        met = {day for one in stretches for day in said & one}
        own = any(said & self.slot_days(slot) for slot in slots)
        if own or any(self.office.valid(slots[0].duty, slots[0].unit, day) for day in met):
            return "blank" if self.office.reads("as_if_blank") else "label"
        # between several due days lie the periods, and beside them nobody's
        return "blank" if len(slots[0].measure.due) > 1 else "label"

    def try_slot(self, slot: Slot, act: Activity, ordinary: bool) -> bool:
        """Whether the act passes everything but belonging; the reason is kept where it fails."""
        reason = self.refused(slot, act)
        if reason is None and ordinary:
            reason = self.misses_days(slot, act)
        if reason:
            slot.refused.setdefault(act.activity, reason)
        return reason is None

    def settle(self, slot: Slot, given: Given) -> bool:
        """The tests after belonging: evidence and doubles. True: it counts."""
        act = given.act
        lacking = self.proved(slot, act)
        if lacking is not None:
            slot.refused[act.activity] = lacking
            return False
        rule = slot.duty.activity
        assert rule is not None
        if not rule.several_per_day:
            for other in list(slot.acts):
                if self.twice(slot, other.act, act):
                    first, second = sorted(
                        (other, given), key=lambda g: (g.act.recorded_at, g.act.activity)
                    )
                    slot.refused[second.act.activity] = "duplicate"
                    if first is given:
                        slot.acts.remove(other)
                        slot.acts.append(given)
                    return first is given
        if self.counts_no_more(slot, act):
            slot.refused[act.activity] = "duplicate"
            return False
        if slot.measure.least_interval is not None and (
            given.spaced or not self.office.reads("make_ups_not_spaced")
        ):
            apart = self.far_enough(slot, given)
            if apart is None:
                slot.refused[act.activity] = "too_soon"
                return False
            given = apart
        slot.acts.append(given)
        slot.refused.pop(act.activity, None)
        if slot.at.asked >= self.office.records_from(slot.unit):
            self.busy.add(act.day)
        return True

    def counts_no_more(self, slot: Slot, act: Activity) -> bool:
        """Whether all that it would bring was counted: its day, or its subjects."""
        if is_by_day(slot.measure):
            return act.day in self.busy and self.office.reads("day_once")
        if not slot.measure.distinct:
            return False
        before = self.total(slot)
        slot.acts.append(Given(act))
        after = self.total(slot)
        slot.acts.pop()
        return after == before and self.office.reads("counts_no_more")

    def far_enough(self, slot: Slot, given: Given) -> Given | None:
        """The act, of coverage with the members that were not visited too soon; None: all were.
        What its period lacked sets the clock.
        """
        leaf, act, office = slot.measure, given.act, self.office
        if not leaf.covers_members:
            earlier = self.clocks.setdefault(None, [])
            if is_too_soon(office, leaf, earlier, act) and office.reads("too_soon"):
                return None
            untold = is_untold(leaf, earlier, act)
            # every act ends a gap that lacked it
            lacked = leaf.shape is Shape.ROLLING or self.lacks(slot, act)
            if lacked or not office.reads("clock_set_by_lacked"):
                earlier.append(act)
            return replace(given, time_missing=given.time_missing or untold)
        known = {*slot.members, *(slot.listed if leaf.share is not None else ())}
        reached = [name for name in act.subjects if name in known]
        near = {n for n in reached if is_too_soon(office, leaf, self.clocks.get(n, []), act)}
        if near and not office.reads("too_soon"):
            near = set()
        if near and not office.reads("too_soon_for_member"):
            near = set(reached)
        if reached and near == set(reached):
            return None
        far = tuple(name for name in act.subjects if name not in near)
        untold = any(is_untold(leaf, self.clocks.get(name, []), act) for name in far)
        for name in reached:
            if name in near:
                continue
            alone = replace(act, subjects=(name,))
            if self.lacks(slot, alone):
                self.clocks.setdefault(name, []).append(alone)
        missing = given.time_missing or untold
        return replace(given, act=replace(act, subjects=far), time_missing=missing)

    def is_late(self, slot: Slot, act: Activity) -> bool:
        moment = slot.at.moment
        if moment is not None and act.day == slot.at.due and act.time is not None:
            when = datetime.combine(act.day, act.time)
            if self.office.reads("times_decide"):
                return when > moment
        return act.day > slot.at.deadline

    def misses_time(self, slot: Slot, act: Activity) -> bool:
        """Whether a clock should decide and one of the two times is not known."""
        leaf, at = slot.measure, slot.at
        if leaf.shape is not Shape.EVENT or act.day != at.due:
            return False
        until = leaf.ahead if leaf.before else getattr(leaf.within, "length", None)
        by_clock = until is not None and (
            until.unit in ("minutes", "hours") or (bool(leaf.before) and until.count == 0)
        )
        return by_clock and (act.time is None or at.event.time is None)

    def after_the_event(self, slot: Slot, act: Activity) -> bool:
        """Nothing counts once the event, before which it had to be done, has come."""
        event = slot.at.event
        if not slot.measure.before or event is None:
            return False
        if act.day == event.day and act.time is not None and event.time is not None:
            return bool(act.time > event.time) and self.office.reads("after_the_event")
        return bool(act.day > event.day) and self.office.reads("after_the_event")

    def give_named(self, slots: list[Slot], act: Activity) -> None:
        if act.event is not None and slots[0].measure.shape is Shape.EVENT:
            fits = [s for s in slots if s.at.event.event == act.event]
            elsewhere = "other_event"
        else:
            said = self.label_days(slots, act.for_period or "") or set()
            if slots[0].measure.shape is Shape.EVENT:
                fits = [s for s in slots if self.event_lies_in(s, said)]
            else:
                fits = [s for s in slots if self.slot_days(s) == said]
            fits = fits or [s for s in slots if said and said <= self.slot_days(s)]
            elsewhere = "outside_period"
        for slot in slots:
            if self.try_slot(slot, act, False):
                slot.refused[act.activity] = elsewhere
        for slot in self.wanting(fits, act):
            if self.refused(slot, act):
                continue
            if self.after_the_event(slot, act):
                slot.refused[act.activity] = "outside_period"
                continue
            self.settle(
                slot,
                Given(act, late=self.is_late(slot, act), time_missing=self.misses_time(slot, act)),
            )
            return

    def event_lies_in(self, slot: Slot, said: set[date]) -> bool:
        """Whether a label of days has all of the event's days in it, and so names the event."""
        event = slot.at.event
        if event is None or not set(days(event.day, event.last or event.day)) <= said:
            return False
        return self.office.reads("label_of_event")

    def wanting(self, fits: list[Slot], act: Activity) -> list[Slot]:
        """Of several that an act names first those it is in time for, and those that lack it."""
        return sorted(fits, key=lambda s: (not self.lacks(s, act), self.is_late(s, act)))

    def inside(self, slot: Slot, act: Activity) -> bool:
        """Whether an unnamed act is in time for the slot."""
        at, leaf = slot.at, slot.measure
        if leaf.shape is Shape.EVENT:
            other = at.event.subject and at.event.subject not in act.subjects
            if act.event is None and other and self.office.reads("event_subject"):
                return False
            if self.after_the_event(slot, act):
                return False
        if self.is_late(slot, act):
            return False
        if at.bounded and act.day > (at.event.last or at.event.day):
            return False
        if leaf.windows:
            return act.day in at.whole or at.due < act.day <= at.deadline
        return at.open <= act.day

    def late_for(self, slot: Slot, act: Activity) -> bool:
        """Whether an unnamed act still counts late for the slot."""
        at, leaf = slot.at, slot.measure
        if not self.is_late(slot, act):
            return False
        if leaf.shape is Shape.EVENT:
            if at.event.subject and at.event.subject not in act.subjects:
                return False
            return not self.after_the_event(slot, act) and self.office.reads("late_event")
        if leaf.shape is Shape.DEADLINE or leaf.by is not None:
            return self.office.reads("late_deadline")
        if leaf.shape in LATE_TO_NEXT:
            near = at.next_due is None or act.day <= at.next_due
            return near and self.office.reads("late_to_next")
        return False

    def give_blank(self, slots: list[Slot], act: Activity) -> None:
        in_time = [s for s in slots if self.inside(s, act)]
        late = [s for s in slots if self.late_for(s, act)]
        for slot in slots:
            if slot in late:
                if self.try_slot(slot, act, False):
                    slot.refused[act.activity] = "outside_period"
            elif self.try_slot(slot, act, not self.in_grace(slot, act)):
                other = (
                    slot.at.event is not None
                    and slot.measure.shape is Shape.EVENT
                    and (slot.at.event.subject and slot.at.event.subject not in act.subjects)
                )
                slot.refused[act.activity] = "other_event" if other else "outside_period"
        in_time = [
            s
            for s in in_time
            if not self.refused(s, act) and (self.in_grace(s, act) or not self.misses_days(s, act))
        ]
        late = [s for s in late if not self.refused(s, act)]
        # between a due day moved backward and its window's end an act belongs to that window
        behind = [s for s in late if self.lies_in(s, act)]
        if behind and self.office.reads("behind_due_day"):
            late = behind
        ranked: list[Slot] = []
        for slot in in_time:
            if slot.measure.shape in LATE_TO_NEXT and self.in_first_third(slot, act):
                earlier = [s for s in late if s.at.due < slot.at.due and self.lacks(s, act)]
                ranked += earlier if earlier and self.office.reads("first_third") else []
        ranked += [s for s in in_time if self.lacks(s, act)]
        ranked += [s for s in late if self.lacks(s, act)]
        ranked += [s for s in (*in_time, *late) if self.lies_in(s, act)]
        if not ranked:
            return
        chosen = ranked[0]
        given = Given(act, late=chosen in late, time_missing=self.misses_time(chosen, act))
        self.settle(chosen, given)
        for slot in in_time:
            if slot is not chosen and self.lies_in(slot, act):
                slot.refused[act.activity] = "used_elsewhere"

    def lies_in(self, slot: Slot, act: Activity) -> bool:
        """Whether the act's day lies in the window itself; days that are excepted do, too."""
        if slot.measure.windows:
            return act.day in slot.at.whole
        return slot.at.open <= act.day <= slot.at.due

    def in_grace(self, slot: Slot, act: Activity) -> bool:
        """Whether the act lies between the window's last day and the due day, moved and graced."""
        return slot.at.due < act.day <= slot.at.deadline

    def in_first_third(self, slot: Slot, act: Activity) -> bool:
        at = slot.at
        place = (act.day - at.open).days + 1
        length = (at.due - at.open).days + 1
        return place > 0 and place * 3 <= length

    # make-ups

    def is_make_up(self, slots: list[Slot], act: Activity) -> bool:
        """Dated on or before the due day of the period that it names, it is an ordinary act."""
        said = self.label_days(slots, act.makes_up or "")
        if not said:
            return False
        exact = [s for s in slots if self.slot_days(s) == said]
        due = exact[0].at.deadline if exact else max(said)
        return act.day > due or not self.office.reads("make_up_in_time")

    def give_make_up(self, slots: list[Slot], act: Activity) -> None:
        said = self.label_days(slots, act.makes_up or "") or set()
        if slots[0].measure.shape is Shape.EVENT:
            fits = [s for s in slots if self.event_lies_in(s, said) and not self.refused(s, act)]
            if not fits and not self.office.reads("make_up_of_event"):
                fits = [s for s in slots if not self.refused(s, act)]
            for slot in slots:
                self.try_slot(slot, act, False)
                slot.refused.setdefault(act.activity, "make_up_elsewhere")
            fits = [s for s in fits if not self.after_the_event(s, act)]
            # what makes up is in time for nothing: it goes to the one that closes first
            for slot in sorted(fits, key=lambda s: not self.lacks(s, act))[:1]:
                self.settle(slot, Given(act, make_up=True, spaced=False))
            return
        # one act serves one: the one that closes first and still lacks it
        takers = self.takers(slots, act)
        takers.sort(key=lambda taker: not self.lacks(taker[0], act))
        for slot, given in takers[:1]:
            self.settle(slot, given)
        for slot, _ in takers[1:]:
            slot.refused[act.activity] = "used_elsewhere"

    def takers(self, slots: list[Slot], act: Activity) -> list[tuple[Slot, Given]]:
        """The slots that a make-up is for: of its own label, else those that contain it."""
        said = self.label_days(slots, act.makes_up or "") or set()
        exact = any(self.slot_days(slot) == said for slot in slots)
        takers: list[tuple[Slot, Given]] = []
        for slot in slots:
            stretch = self.slot_days(slot)
            successor = is_by_successor(self.office, slot, act)
            reason = self.refused(slot, act)
            others = reason in ("holder", "delegation_not_allowed")
            passes = others and successor and self.rest_passes(slot, act)
            if passes and self.office.reads("later_holder"):
                reason = None
            else:
                successor = False
            longer = said < stretch and successor
            if (
                reason is None
                and longer
                and slot.person not in last_holders(self.office, slot, max(said))
            ):
                reason = "holder"
            if reason is None and said < stretch and was_of_another(self.office, slot, max(said)):
                reason = "holder"
            if reason is None and successor and not slot.required:
                reason = "holder"
            inside = said < stretch and not exact
            fits = said == stretch or (inside and self.office.reads("longer_period"))
            if reason is None and not fits:
                reason = "make_up_elsewhere"
            if reason is not None:
                slot.refused[act.activity] = reason
                continue
            ordinary = said < stretch and act.day in slot.at.whole
            given = Given(act, make_up=not ordinary, successor=successor, spaced=False)
            takers.append((slot, given))
        return takers

    def rest_passes(self, slot: Slot, act: Activity) -> bool:
        whose = self.whose
        self.whose = lambda slot, act: None  # type: ignore[method-assign]
        try:
            return self.refused(slot, act) is None
        finally:
            self.whose = whose  # type: ignore[method-assign]
