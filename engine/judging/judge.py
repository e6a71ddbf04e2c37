"""How one obligation stands on one day, from what counts for it. Source: SEMANTICS, section 5."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.judging.acts import last_day, order_of
from engine.judging.allotment import allot
from engine.judging.asked import AskedVerdicts
from engine.judging.closing import closes_for_good
from engine.judging.in_force import HolderSort
from engine.judging.obligations import Obligation, Series
from engine.judging.required import asked_by_tally, by_tally, wanted
from engine.judging.rolling import gaps
from engine.judging.sharing import by_counting, own_acts
from engine.judging.slots import CountedAct, Slot
from engine.judging.stretches import Timing
from engine.judging.verdict import Counted, ExemptReason, Reason, State, Verdict, VerdictFlag
from engine.judging.world import World
from rules.frequency import Measure, Shape


def judge_series(
    world: World, series: Series, asked: AskedVerdicts | None = None
) -> list[tuple[Verdict, Slot | None]]:
    """The verdict of every obligation of a series (of those `asked` for), each with what was given
    to it.
    """
    wanted = [one for one in series.obligations if asked is None or asked.may_be(one)]
    slots: list[Slot] = []
    # An act goes to one of all that it may be for, so acts are given out among all.
    is_counted = series.rolling or any(one.stretch.ruled for one in wanted)
    for alike in by_counting(series) if is_counted else ():
        acts, taken = own_acts(world, alike)
        found = gaps(world, alike, acts) if alike.rolling else []
        found += allot(world, alike, acts)
        for slot in found:
            slot.refused.update((act.activity, Reason.MAKE_UP_ELSEWHERE) for act in taken)
        slots += found
    judged: list[tuple[Verdict, Slot | None]] = [
        (judge(world, slot), slot) for slot in slots if asked is None or asked.is_answered_by(slot)
    ]
    judged += [(unruled(world, one), None) for one in wanted if not one.stretch.ruled]
    return judged


def unruled(world: World, one: Obligation) -> Verdict:
    """The verdict on an obligation without a measure, or in a window without days."""
    return _verdict(world, one, State.TO_BE_RULED, [], flags=_plain_flags(one))


def judge(world: World, slot: Slot) -> Verdict:
    """The verdict on an obligation, given what was allotted to it."""
    one = slot.obligation
    entries = sorted(slot.entries, key=lambda entry: (entry.act.day, entry.act.activity))
    if one.reason is ExemptReason.NO_MEMBERS and not one.listed:
        one, entries = _by_tally(one, entries)
    if one.covers and one.listed:
        entries = _visits_in_order(one, entries)
    elif any(entry.once for entry in entries):
        entries = _subjects_in_order(entries)
    done = sum((entry.amount for entry in entries), Fraction(0))
    in_time = [entry for entry in entries if entry.in_time]
    state, late = _state(world, one, entries, in_time, done)
    flags = _flags(world, slot, one, entries, in_time, done, state)
    return _verdict(world, one, state, entries, flags=flags, done=done, days_late=late)


def _by_tally(one: Obligation, entries: list[CountedAct]) -> tuple[Obligation, list[CountedAct]]:
    """Without a roster the act whose tally has the largest share is judged."""
    tallies = [entry for entry in entries if entry.act.out_of]
    if not tallies:
        return replace(one, person=None), []

    def rank(entry: CountedAct) -> tuple[bool, Fraction, Fraction, int]:
        out_of = entry.act.out_of or Fraction(1)
        enough_in_time = entry.in_time and entry.amount >= asked_by_tally(one.measure, out_of)
        return enough_in_time, entry.amount / out_of, out_of, -entry.act.day.toordinal()

    best = max(tallies, key=rank)
    return by_tally(one, best.act.out_of or Fraction(1)), [best]


def _visits_in_order(one: Obligation, entries: list[CountedAct]) -> list[CountedAct]:
    """Visits in time go before late ones, which never take their place."""
    enough = 1 if one.measure.shape is Shape.SHARE else int(wanted(one.measure))
    everyone = one.listed if one.measure.shape is Shape.SHARE else one.members
    seen: dict[str, int] = {}
    counted = []
    for entry in sorted(entries, key=_in_time_first):
        amount = 0
        for member in entry.visits:
            if member in everyone and seen.get(member, 0) < enough:
                amount += 1
            seen[member] = seen.get(member, 0) + 1
        counted.append(replace(entry, amount=Fraction(amount)))
    return sorted(counted, key=lambda entry: (entry.act.day, entry.act.activity))


def _in_time_first(entry: CountedAct) -> tuple[bool, tuple[date, str, str]]:
    return not entry.in_time, order_of(entry.act)


def _subjects_in_order(entries: list[CountedAct]) -> list[CountedAct]:
    """A subject that counts once counts for the first act in time, before any late one."""
    seen: set[str] = set()
    counted = []
    for entry in sorted(entries, key=_in_time_first):
        amount = Fraction(len(entry.once - seen)) if entry.once else entry.amount
        seen |= entry.once
        counted.append(replace(entry, amount=amount))
    return sorted(counted, key=lambda entry: (entry.act.day, entry.act.activity))


def _state(
    world: World,
    one: Obligation,
    entries: list[CountedAct],
    in_time: list[CountedAct],
    done: Fraction,
) -> tuple[State, int | None]:
    """The first row of the table that fits, and how many days late a made-up one was."""
    required = one.required
    if required == 0:
        return State.EXEMPT, None
    if one.measure.cap and _is_too_much(one, entries, in_time):
        return State.EXCEEDED, None
    prompt = sum((entry.amount for entry in in_time), Fraction(0))
    if prompt >= required:
        return State.MET, None
    deadline = one.deadline
    assert deadline is not None
    if done >= required:
        reached = _day_reached(entries, required)
        return State.MADE_UP, max(0, (reached - deadline).days)
    window = one.window or one.stretch.window
    today = world.as_of
    if today < window.first:
        return State.UPCOMING, None
    if today > deadline:
        return State.OVERDUE, None
    if (deadline - today).days <= warn_days(one.measure, window):
        return State.DUE_SOON, None
    return (State.BEHIND if _is_behind(one, today, done) else State.OPEN), None


def _is_too_much(
    one: Obligation, entries: Sequence[CountedAct], in_time: Sequence[CountedAct]
) -> bool:
    """Whether more than M was done; of a coverage to any required member, while none is missing."""
    if one.measure.at_most is None:
        return False
    most = Fraction(one.measure.at_most)
    if one.measure.shape is not Shape.COVERAGE:
        return sum((entry.amount for entry in in_time), Fraction(0)) > most
    visits = _visits(in_time)
    too_often = any(visits[member] > most for member in one.members)
    return too_often and not _missing(one, entries)


def _day_reached(entries: list[CountedAct], required: Fraction) -> date:
    so_far = Fraction(0)
    for entry in entries:
        so_far += entry.amount
        if so_far >= required:
            return entry.act.day
    raise AssertionError("asked for the day of something that was not reached")


def warn_days(measure: Measure, window: Period) -> int:
    """How long before the due day it is `due_soon`: at most a third of the window, at least 1."""
    if len(window) == 1:
        return 0
    return min(measure.warn, max(1, len(window) // 3))


def _is_behind(one: Obligation, today: date, done: Fraction) -> bool:
    """Whether less is done than the days in force so far ask for."""
    if one.timing in (Timing.ROLLING, Timing.BEFORE_EVENT, Timing.AFTER_EVENT):
        return False
    whole = one.stretch.period if one.measure.of == "workdays" else one.stretch.counted_days
    if len(whole) < 90 or not one.in_force:
        return False
    so_far = len(one.in_force & Days.of(None, today))
    return done < floor(one.required * so_far / len(one.in_force))


def _plain_flags(one: Obligation) -> set[VerdictFlag]:
    return {VerdictFlag.HEDGED} if one.duty.hedged else set()


def _flags(
    world: World,
    slot: Slot,
    one: Obligation,
    entries: list[CountedAct],
    in_time: list[CountedAct],
    done: Fraction,
    state: State,
) -> set[VerdictFlag]:
    found = _plain_flags(one)
    for entry in entries:
        found |= _flags_of_act(world, entry)
    if state is State.EXEMPT:
        return found & {VerdictFlag.HEDGED}
    if not one.measure.cap and _is_too_much(one, entries, in_time):
        found.add(VerdictFlag.OVER_RANGE)
    if _is_bunched(one, entries, done):
        found.add(VerdictFlag.BUNCHED)
    if one.covers and not one.listed:
        found.add(VerdictFlag.NO_ROSTER)
    if one.table_missing:
        found.add(VerdictFlag.HOLIDAY_TABLE_MISSING)
    if done < one.required and _could_be_filled(slot):
        found.add(VerdictFlag.RECORDS_INCOMPLETE)
    if state is State.OVERDUE:
        if _has_no_data(world, one, entries):
            found.add(VerdictFlag.NO_DATA)
        if world.as_of > closes_for_good(world, one):
            found.add(VerdictFlag.CLOSED)
    return found


def _flags_of_act(world: World, entry: CountedAct) -> set[VerdictFlag]:
    act = entry.act
    found: set[VerdictFlag] = set()
    if act.recorded_on > last_day(world, act) + timedelta(days=7):
        found.add(VerdictFlag.RECORDED_LATE)
    if act.recorded_on < act.day:
        found.add(VerdictFlag.RECORDED_EARLY)
    if not act.proofs:
        found.add(VerdictFlag.NO_EVIDENCE)
    if any(len(world.days_of_evidence.get(item, ())) > 1 for item in act.proofs):
        found.add(VerdictFlag.EVIDENCE_REUSED)
    if entry.by_successor:
        found.add(VerdictFlag.BY_SUCCESSOR)
    if entry.quantity_missing:
        found.add(VerdictFlag.QUANTITY_MISSING)
    if entry.time_missing:
        found.add(VerdictFlag.TIME_MISSING)
    return found


def _is_bunched(one: Obligation, entries: list[CountedAct], done: Fraction) -> bool:
    """Three acts or more, enough of them, all on one day or in the last tenth of the period."""
    if one.measure.shape is Shape.COVERAGE or one.timing is Timing.ROLLING:
        return False
    bringing = [entry.act for entry in entries if entry.amount]
    if len({act.activity for act in bringing}) < 3 or done < one.required:
        return False
    days = {act.day for act in bringing}
    window = one.stretch.window
    tail = window.last - timedelta(days=ceil(Fraction(len(window), 10)) - 1)
    return len(days) == 1 or all(tail <= day <= window.last for day in days)


def _could_be_filled(slot: Slot) -> bool:
    """Whether filling in what was left blank would reach what is required."""
    other = slot.filled
    if other is None:
        return bool(slot.fillable)
    if other.without_bound:
        return True
    if other.obligation.reason is not ExemptReason.NO_MEMBERS:
        return other.done >= other.obligation.required
    asked, tally = _by_tally(other.obligation, other.entries)
    return bool(tally) and tally[0].amount >= asked.required


def _has_no_data(world: World, one: Obligation, entries: list[CountedAct]) -> bool:
    stretch = one.stretch
    reach = Days.of(stretch.period.first, stretch.period.last) | stretch.days
    if any(entry.act.day in reach for entry in entries):
        # n 天 without a first day reach back further than the record's own days
        return False
    return not world.has_acts(one.holder.unit, reach)


def _verdict(
    world: World,
    one: Obligation,
    state: State,
    entries: Sequence[CountedAct],
    *,
    flags: set[VerdictFlag],
    done: Fraction = Fraction(0),
    days_late: int | None = None,
) -> Verdict:
    judged = state not in (State.EXEMPT, State.TO_BE_RULED)
    overdue = None
    if state is State.OVERDUE:
        assert one.deadline is not None
        overdue = (world.as_of - one.deadline).days
    return Verdict(
        id=one.id,
        duty=one.duty,
        measure=one.measure,
        part=one.part,
        unit=one.holder.unit,
        post=one.holder.post,
        person=one.person,
        members=one.holder.posts if one.holder.sort is HolderSort.GROUP else (),
        event=one.stretch.event.event if one.stretch.event else None,
        label=one.stretch.label,
        period=one.stretch.period,
        window=one.window,
        due_unmoved=one.stretch.due,
        due=one.due,
        deadline=one.deadline,
        required=one.required,
        done=done,
        state=state,
        reason=one.reason if state is State.EXEMPT else None,
        shortfall=max(Fraction(0), one.required - done) if judged else Fraction(0),
        days_overdue=overdue,
        days_late=days_late,
        flags=tuple(flag for flag in VerdictFlag if flag in flags) if flags else (),
        missing=_missing(one, entries) if judged else (),
        counted=_counted(entries),
        as_of=world.as_of,
        working=one.working,
        event_title=one.stretch.event.title if one.stretch.event else None,
    )


def _counted(entries: Sequence[CountedAct]) -> tuple[Counted, ...]:
    """What each act brings, by its first day that counts."""
    brought: dict[str, Fraction] = {}
    for entry in entries:
        name = entry.act.activity
        brought[name] = brought.get(name, Fraction(0)) + entry.amount
    return tuple(Counted(name, amount) for name, amount in brought.items())


def _missing(one: Obligation, entries: Sequence[CountedAct]) -> tuple[str, ...]:
    """The members of a coverage that were not reached often enough."""
    if one.measure.shape is not Shape.COVERAGE:
        return ()
    visits, enough = _visits(entries), wanted(one.measure)
    return tuple(member for member in one.members if visits[member] < enough)


def _visits(entries: Iterable[CountedAct]) -> Counter[str]:
    """How often each member was reached."""
    return Counter(member for entry in entries for member in entry.visits)
