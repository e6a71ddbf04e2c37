"""How much an obligation asks, and why it asks nothing. Source: SEMANTICS, section 3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from engine.days import Days
from engine.force import Force, force_of_person
from engine.obligations import Obligation
from engine.selection import members_of
from engine.stretches import Timing
from engine.world import World
from rules.frequency import Measure, Population, Shape


def pro_rated(amount: Fraction, in_force: int, whole: int, decimals: int = 0) -> Fraction:
    """The share of `amount` that `in_force` of `whole` days are, rounded half up."""
    if in_force == whole:
        return amount
    scale = 10**decimals
    return Fraction(floor(amount * in_force * scale / whole + Fraction(1, 2)), scale)


def wanted(measure: Measure) -> Fraction:
    """N of a measure; a bare one is 1."""
    return Fraction(1) if measure.at_least is None else Fraction(measure.at_least)


def _decimals(measure: Measure) -> int:
    """The decimals that a quota's N is written with."""
    if measure.at_least is None or not measure.unit:
        return 0
    exponent = measure.at_least.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def alone(causes: Force, owes: Callable[[Days], Fraction], holiday: bool) -> str:
    """The first cause that alone brings the requirement to nothing, otherwise tenure."""
    if owes(causes.binding) == 0:
        return "not_in_force"
    if holiday:
        return "holiday"
    if owes(causes.held) == 0:
        return "tenure"
    if owes(causes.free) == 0:
        return "waived"
    return "tenure"


def conduct_required(world: World, one: Obligation, force: Force) -> tuple[Fraction, str | None]:
    """What a person, unit or group owes by days in force, and why it is nothing."""
    measure = one.measure
    days = one.stretch.counted_days
    whole = len(days)
    amount = wanted(measure)

    def owes(left: Days) -> Fraction:
        in_force = len(left & days)
        if measure.tenure == "excuse":
            return amount if in_force == whole else Fraction(0)
        if measure.tenure == "full":
            return amount if in_force else Fraction(0)
        return pro_rated(amount, in_force, whole, _decimals(measure))

    if not whole:
        return Fraction(0), "holiday"
    rests = _asks_nothing_on_rest_days(one)
    required = owes(force.days)
    if required and rests and not has_workday(world, one.in_force):
        required = Fraction(0)
    if required:
        return required, None
    return required, alone(force, owes, rests and not has_workday(world, days))


def _asks_nothing_on_rest_days(one: Obligation) -> bool:
    return (
        one.measure.period is not None
        and one.measure.period.rests
        and one.holder.sort != "unit"
        and one.measure.holidays == "exempt"
    )


def has_workday(world: World, days: Days) -> bool:
    """Whether a working day is among the days."""
    return world.workdays.any_in(days)


def result_required(
    world: World, one: Obligation, force: Force, valid: Days, since: Days
) -> Obligation:
    """What a post, unit or group owes whole, who of the post owes it, and why it is nothing."""
    window = one.stretch.window
    days = Days.of(window.first, window.last)
    reason = _result_exemption(world, one, force, valid, since, days)
    one = _with_members(world, one)
    if reason is None:
        required = _owed_whole(one)
        if required == 0:
            reason = "no_members"
        if required or not one.listed:
            # Without a roster a tally may still be judged; `engine/judge.py` looks for it.
            return replace(
                one, required=required, reason=reason, person=_who_owes(world, one, days)
            )
    return replace(one, required=Fraction(0), reason=reason)


def _owed_whole(one: Obligation) -> Fraction:
    measure = one.measure
    if measure.shape is Shape.SHARE:
        assert measure.share is not None
        return Fraction(ceil(measure.share * len(one.members)))
    if measure.shape is Shape.COVERAGE:
        return wanted(measure) * len(one.members)
    return wanted(measure)


def _half(part: Days, whole: Days) -> bool:
    """Whether `part` is at least half of `whole`."""
    return 2 * len(part & whole) >= len(whole)


def _result_exemption(
    world: World, one: Obligation, force: Force, valid: Days, since: Days, days: Days
) -> str | None:
    due = one.stretch.due
    assert due is not None
    if due not in since or not _half(since, days):
        return "not_in_force"
    if one.timing is Timing.AFTER_PERIOD:
        about = Days.of(one.stretch.period.first, one.stretch.period.last)
        if not _half(valid, about):
            return "not_in_force"
    elif due not in valid or not _half(valid & since, days):
        return "not_in_force"
    if _asks_nothing_on_rest_days(one):
        period = Days.of(one.stretch.period.first, one.stretch.period.last)
        if not has_workday(world, period):
            return "holiday"
        if not has_workday(world, force.held & force.free & period):
            return "tenure"
    taken = Days.all() - force.free
    if one.holder.sort == "post":
        return "waived" if _half(taken, days) else None
    if not _half(force.held, days):
        return "tenure"
    if _half(taken, days):
        return "waived"
    return None if _half(one.in_force, days) else "tenure"


def _who_owes(world: World, one: Obligation, days: Days) -> str | None:
    """The person in the post on the due day before moving, if in force for half the window."""
    if one.holder.post is None:
        return None
    asked = one.stretch.due
    event = one.stretch.event
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
    population = population_of(one.measure)
    if population is None:
        return one
    window = one.stretch.window
    days = Days.of(window.first, window.last)
    listed, required = [], []
    for member in members_of(world, population, one.holder.unit):
        here = member.days - _excused(world, one, member.id)
        if not member.days & days:
            continue
        listed.append(member.id)
        if _half(here, days) and window.last in here:
            required.append(member.id)
    return replace(one, members=tuple(required), listed=tuple(listed))


def population_of(measure: Measure) -> Population | None:
    """Whom a coverage or a share is about."""
    return measure.each or measure.of


def _excused(world: World, one: Obligation, member: str) -> Days:
    """The days on which a waiver names the member, for this holder."""
    days = Days.none()
    for holder in {one.holder.unit, *one.holder.posts}:
        for row in world.waivers_by_holder.get(holder, ()):
            if row.subject == member and row.duty in (None, one.duty.id):
                days |= Days.of(row.first, row.last)
    return days
