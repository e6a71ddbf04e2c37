"""How much an obligation asks, and why it asks nothing. Source: SEMANTICS, section 3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from engine.calendar.days import Days
from engine.judging.in_force import DaysInForce, HolderSort, force_of_person
from engine.judging.obligations import Obligation
from engine.judging.selection import members_of
from engine.judging.stretches import Timing
from engine.judging.verdict import ExemptReason, Working
from engine.judging.world import World
from rules.frequency import Measure, Shape, TenureRule


def pro_rated(amount: Fraction, in_force: int, whole: int, decimals: int = 0) -> Fraction:
    """The share of `amount` that `in_force` of `whole` days are, rounded half up."""
    if in_force == whole:
        return amount
    scale = 10**decimals
    return Fraction(floor(amount * in_force * scale / whole + Fraction(1, 2)), scale)


def wanted(measure: Measure) -> Fraction:
    """How many a measure asks for, N of its clause; 1 where it names no number."""
    return Fraction(1) if measure.at_least is None else Fraction(measure.at_least)


def _decimals(measure: Measure) -> int:
    """The decimals that a quota's N is written with."""
    if measure.at_least is None or not measure.unit:
        return 0
    exponent = measure.at_least.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def with_required(
    world: World, one: Obligation, force: DaysInForce, valid: Days, since: Days
) -> Obligation:
    """The obligation with what it asks and how that came about.

    `valid` are the days of duty, document and adoption, `since` those since the records began.
    """
    if one.is_conduct:
        return replace(one, working=conduct_required(world, one, force))
    return result_required(world, one, force, valid, since)


def _owed_whole(one: Obligation, force: DaysInForce) -> Working:
    """N of the clause, with the days of the period that bind, and why the others do not."""
    asked, days = wanted(one.measure), one.whole
    if one.measure.of == "workdays" and one.measure.share is not None:
        asked = Fraction(ceil(one.measure.share * len(days)))
    return Working(
        asked=asked,
        share=one.measure.share,
        members=len(one.members) if one.covers else None,
        listed=len(one.listed) if one.covers else None,
        whole_days=len(days),
        days_in_force=len(one.in_force & days),
        days_not_in_force=len(days - force.binding),
        days_outside_tenure=len(days - force.held),
        days_waived=len(days - force.free),
        pro_rated=None,
        rounded=asked,
        left=None,
        required=asked,
        reason=None,
    )


def _asks_nothing(working: Working, reason: ExemptReason) -> Working:
    return replace(working, required=Fraction(0), reason=reason)


def of_gap(one: Obligation, force: DaysInForce, ran_out: ExemptReason | None) -> Obligation:
    """The obligation of a rolling gap: one act, or nothing where the days in force ran out."""
    working = _owed_whole(one, force)
    return replace(one, working=_asks_nothing(working, ran_out) if ran_out else working)


def asked_by_tally(measure: Measure, out_of: Fraction) -> Fraction:
    """What a coverage or share without a roster asks by the tally that an act carries."""
    share = measure.share if measure.shape is Shape.SHARE else None
    return Fraction(ceil((share or 1) * out_of))


def by_tally(one: Obligation, out_of: Fraction) -> Obligation:
    """The obligation with what that tally asks."""
    assert one.working is not None
    required = asked_by_tally(one.measure, out_of)
    return replace(one, working=replace(one.working, required=required, reason=None))


def lowered(one: Obligation, left: Fraction) -> Obligation:
    """The obligation where the post's other holders leave no more than `left` of N to it."""
    assert one.working is not None
    if left >= one.required:
        return one
    reason = None if left else ExemptReason.TENURE
    return replace(one, working=replace(one.working, left=left, required=left, reason=reason))


def alone(causes: DaysInForce, owes: Callable[[Days], Fraction], holiday: bool) -> ExemptReason:
    """The first cause that alone brings the requirement to nothing, otherwise tenure."""
    if owes(causes.binding) == 0:
        return ExemptReason.NOT_IN_FORCE
    if holiday:
        return ExemptReason.HOLIDAY
    if owes(causes.held) == 0:
        return ExemptReason.TENURE
    if owes(causes.free) == 0:
        return ExemptReason.WAIVED
    return ExemptReason.TENURE


def conduct_required(world: World, one: Obligation, force: DaysInForce) -> Working:
    """What a person, unit or group owes by days in force."""
    measure, days = one.measure, one.whole
    working = _owed_whole(one, force)
    asked, whole = working.asked, working.whole_days
    if not whole:
        return _asks_nothing(working, ExemptReason.HOLIDAY)

    def owes(left: Days) -> Fraction:
        in_force = len(left & days)
        if measure.tenure == TenureRule.EXCUSE:
            return asked if in_force == whole else Fraction(0)
        if measure.tenure == TenureRule.FULL:
            return asked if in_force else Fraction(0)
        if measure.share is not None:
            return Fraction(ceil(measure.share * in_force))
        return pro_rated(asked, in_force, whole, _decimals(measure))

    required = owes(one.in_force)
    if measure.tenure == TenureRule.PRORATE and measure.share is not None:
        exact = measure.share * working.days_in_force
        working = replace(working, pro_rated=exact, rounded=required)
    elif measure.tenure == TenureRule.PRORATE and working.days_in_force != whole:
        exact = asked * working.days_in_force / whole
        working = replace(working, pro_rated=exact, rounded=required)
    if required and not _is_holiday(world, one, one.in_force):
        return replace(working, required=required)
    return _asks_nothing(working, alone(force, owes, _is_holiday(world, one, days)))


def _is_holiday(world: World, one: Obligation, days: Days) -> bool:
    """Whether nothing is asked because no working day is among these days of the obligation."""
    kind, one_day = one.measure.period, one.measure.one_day
    rests = (kind is not None and kind.rests) or one_day is not None
    if not rests or one.holder.sort is HolderSort.UNIT or one.measure.holidays == "count":
        return False
    if one_day and one_day.weekday and kind and kind.is_week:
        # It may be done in the next week, which asks for its own; this one asks nothing.
        assert one.stretch.due is not None
        if not world.workdays.is_workday(one.stretch.due):
            return True
    return not world.workdays.any_in(days)


def result_required(
    world: World, one: Obligation, force: DaysInForce, valid: Days, since: Days
) -> Obligation:
    """What a post, unit or group owes whole."""
    days = one.whole
    reason = _result_exemption(world, one, force, valid, since, days)
    one = _with_members(world, one)
    working = _owed_whole(one, force)
    if reason is not None:
        return replace(one, working=_asks_nothing(working, reason))
    if one.measure.shape is Shape.SHARE:
        assert one.measure.share is not None
        working = replace(working, required=Fraction(ceil(one.measure.share * len(one.members))))
    elif one.measure.shape is Shape.COVERAGE:
        working = replace(working, required=working.asked * len(one.members))
    if not working.required:
        working = _asks_nothing(working, ExemptReason.NO_MEMBERS)
    return replace(one, working=working)


def named(world: World, one: Obligation) -> Obligation:
    """The obligation with whoever of the post owes its result; as it is where it names nobody."""
    if one.is_conduct or one.working is None or one.holder.post is None:
        return one
    if one.reason not in (None, ExemptReason.NO_MEMBERS):
        return one
    if one.required or not one.listed:
        # Without a roster a tally may still be judged; `engine/judging/judge.py` looks for it.
        return replace(one, person=_who_owes(world, one, one.whole))
    return one


def _half(part: Days, whole: Days) -> bool:
    """Whether `part` is at least half of `whole`."""
    return 2 * len(part & whole) >= len(whole)


def _result_exemption(
    world: World, one: Obligation, force: DaysInForce, valid: Days, since: Days, days: Days
) -> ExemptReason | None:
    due = one.stretch.due
    assert due is not None
    if due not in since or not _half(since, days):
        return ExemptReason.NOT_IN_FORCE
    if one.timing is Timing.AFTER_PERIOD:
        about = Days.of(one.stretch.period.first, one.stretch.period.last)
        if not _half(valid, about):
            return ExemptReason.NOT_IN_FORCE
    elif due not in valid or not _half(valid & since, days):
        return ExemptReason.NOT_IN_FORCE
    if not days:
        return ExemptReason.HOLIDAY
    period = days
    if one.measure.one_day is None:
        period = Days.of(one.stretch.period.first, one.stretch.period.last) - one.left_out
    if _is_holiday(world, one, period):
        return ExemptReason.HOLIDAY
    if _is_holiday(world, one, force.held & force.free & period):
        return ExemptReason.TENURE
    taken = Days.all() - force.free
    event = one.stretch.event
    if event and event.person:
        if not world.holds(event.person, event.post or "", due):
            return ExemptReason.TENURE
    elif one.holder.sort is HolderSort.POST:
        return ExemptReason.WAIVED if _half(taken, days) else None
    if not _half(force.held, days):
        return ExemptReason.TENURE
    if _half(taken, days):
        return ExemptReason.WAIVED
    return None if _half(one.in_force, days) else ExemptReason.TENURE


def _who_owes(world: World, one: Obligation, days: Days) -> str | None:
    """The person in the post on the due day before moving, if in force for half the window."""
    if one.holder.post is None:
        return None
    asked = one.stretch.due
    event = one.stretch.event
    if event and event.person:
        return event.person
    if event and one.timing is Timing.AFTER_EVENT:
        asked = event.last or event.day
    candidates = []
    for tenure in world.tenures_of(one.holder.post):
        if asked is None or asked not in tenure.sole:
            continue
        force = force_of_person(world, one.duty, tenure)
        left = force.days
        if one.timing is Timing.AFTER_PERIOD:
            # Its days may lie after the validity, so only tenure and waivers cut them.
            left = force.held & force.free & Days.of(world.records_from(one.holder.unit), None)
        if _half(left, days):
            candidates.append((-len(left & days), tenure.person))
    return min(candidates)[1] if candidates else None


def _with_members(world: World, one: Obligation) -> Obligation:
    """The members required: in force on half of the window's days, and on its last day."""
    population = one.measure.population
    if population is None:
        return one
    window = Days.of(one.stretch.window.first, one.stretch.window.last)
    if one.timing is Timing.WINDOW:
        window = one.stretch.days
    listed, required = [], []
    for member in members_of(world, population, one.holder, window):
        here = member.days - _excused(world, one, member.id)
        if not member.days & window:
            continue
        listed.append(member.id)
        if _half(here, one.whole) and one.stretch.window.last in here:
            required.append(member.id)
    return replace(one, members=tuple(required), listed=tuple(listed))


def _excused(world: World, one: Obligation, member: str) -> Days:
    """The days on which a waiver names the member, for this holder."""
    days = Days.none()
    for holder in {one.holder.unit, *one.holder.posts}:
        for row in world.waivers_by_holder.get(holder, ()):
            if row.subject == member and row.duty in (None, one.duty.id):
                days |= Days.of(row.first, row.last)
    return days
