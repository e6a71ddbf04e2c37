"""Rolling gaps: never more than D between two acts. Source: SEMANTICS, section 3, "Rolling"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from data.records import Activity
from engine.calendar.days import Days
from engine.calendar.labels import days_of_label, parse_label
from engine.calendar.limits import add_length
from engine.calendar.periods import Period
from engine.judging.acts import Tested, below_least, in_service, recorded_again
from engine.judging.in_force import DaysInForce, valid_days
from engine.judging.obligations import Obligation, Series
from engine.judging.required import of_gap
from engine.judging.slots import Slot
from engine.judging.spacing import Clock, Spacing
from engine.judging.stretches import Stretch, Timing
from engine.judging.verdict import ExemptReason, Reason
from engine.judging.world import World
from rules.frequency import Measure


@dataclass
class _Passing:
    """The acts of a holder that may reach one of his gaps, in order.

    `late` are acts outside of tenure or validity: late for a gap, it is the gap's days that count.
    `fillable` lack only a blank; each with whether its day lies in tenure and validity.
    """

    ordinary: list[Tested] = field(default_factory=list)
    late: list[Tested] = field(default_factory=list)
    fillable: list[tuple[Tested, bool]] = field(default_factory=list)
    refused: list[tuple[Tested, Reason]] = field(default_factory=list)


def gaps(world: World, series: Series, acts: Sequence[Tested]) -> list[Slot]:
    """One slot for each gap up to the audit's day, in order: the last one may still be open."""
    assert series.rolling is not None
    measure, force = series.rolling
    if not force.days:
        return []
    passing = _passing(world, series, measure, acts)
    found: list[Slot] = []
    opens, last = force.days.first, force.days.last
    assert opens is not None and last is not None
    clock = Clock(world.workdays)
    for one in passing.ordinary:
        if one.act.day == opens and one.act.makes_up is None:
            clock.set(one.act)
    following: date | None = opens
    while following is not None and following <= world.horizon:
        opens = following
        slot, reaching = _gap(world, series, force, opens, passing, found, clock)
        reached = {entry.act.activity for entry in slot.entries}
        slot.refused.update(
            (one.act.activity, reason)
            for one, reason in passing.refused
            if one.act.activity not in reached
        )
        due = slot.obligation.deadline or opens
        slot.fillable.extend(
            one
            for one, ordinary in passing.fillable
            if one.act.day > opens
            and (ordinary or one.act.day > due)
            and _why_not(world, series, slot, one, found, clock) is None
        )
        found.append(slot)
        if reaching is not None and not _makes_up(world, series, slot, reaching):
            clock.set(reaching)
        # An act after the last day in force reaches a gap, late, and opens none.
        following = reaching.day if reaching is not None and reaching.day <= last else None
    return found


def _passing(world: World, series: Series, measure: Measure, acts: Sequence[Tested]) -> _Passing:
    valid = valid_days(world, series.duty, series.holder.unit)
    rule = series.duty.activity
    separately = rule is not None and rule.separately
    found = _Passing()
    for one in sorted((x for x in acts if x.reason is None or x.fillable), key=lambda x: x.order):
        served = in_service(world, series.holder, one.act, separately)
        ordinary = served and one.act.day in valid
        small, untold = below_least(world, measure, one.act)
        lacks_evidence = rule is not None and rule.evidence and not one.act.proofs
        if one.fillable or lacks_evidence or small:
            reason = one.reason or (Reason.EVIDENCE if lacks_evidence else Reason.TOO_SMALL)
            found.refused.append((one, reason))
            if untold or not small:
                found.fillable.append((one, ordinary))
        elif not ordinary:
            found.late.append(one)
            reason = Reason.NOT_IN_FORCE if served else Reason.OUTSIDE_TENURE
            found.refused.append((one, reason))
        else:
            found.ordinary.append(one)
    if rule is None or not rule.several_per_day:
        again = recorded_again(found.ordinary)
        twins = [one for one in found.ordinary if one.key in again]
        found.refused.extend((one, Reason.DUPLICATE) for one in twins)
        found.ordinary = [one for one in found.ordinary if one.key not in again]
    return found


def gap_named(world: World, series: Series, found: Sequence[Slot], act: Activity) -> Slot | None:
    """The gap that a make-up is for: the one of its own label, where the act lies after its due
    day; None where it is an ordinary act. An exempt gap is owed by nobody, and lacks none.
    """
    owed = (slot for slot in found if slot.obligation.required)
    return next((slot for slot in owed if _makes_up(world, series, slot, act)), None)


def _makes_up(world: World, series: Series, slot: Slot, act: Activity) -> bool:
    """Whether the act is a make-up of this very gap."""
    if act.makes_up is None or act.day <= (slot.obligation.deadline or date.max):
        return False
    if act.makes_up == slot.obligation.stretch.label:
        return True
    said, units = parse_label(act.makes_up), world.chain(series.holder.unit)
    return (
        said is not None
        and days_of_label(said, world.windows, units) == slot.obligation.stretch.days
    )


def _gap(
    world: World,
    series: Series,
    force: DaysInForce,
    opens: date,
    passing: _Passing,
    earlier: Sequence[Slot],
    clock: Clock,
) -> tuple[Slot, Activity | None]:
    """The gap that opens that day, and the act that reaches it (None: none yet)."""
    assert series.rolling is not None
    measure, _ = series.rolling
    due, runs_out = _due(measure, force.days, opens)
    deadline = due + timedelta(days=measure.grace)
    window = Period(opens, due)
    days = Days.of(opens, due)
    stretch = Stretch(str(window), window, days, window, due, days)
    obligation = Obligation(
        series.duty,
        measure,
        series.part,
        series.holder,
        series.holder.person,
        stretch,
        Timing.ROLLING,
        force.days & days,
        due,
        deadline,
    )
    slot = Slot(obligation)
    may = [one for one in passing.ordinary if one.act.day > opens]
    may += [one for one in passing.late if one.act.day > max(opens, deadline)]
    why = {one.key: _why_not(world, series, slot, one, earlier, clock) for one in may}
    reaching = min(
        (one for one in may if why[one.key] is None), key=lambda one: one.order, default=None
    )
    last = force.days.last
    if runs_out and reaching is not None and last is not None and reaching.act.day > last:
        # Nobody owed it any more when it was reached.
        reaching = None
    exempt = runs_out and reaching is None
    slot.obligation = of_gap(obligation, force, _ran_out(measure, force, opens) if exempt else None)
    for one in passing.ordinary:
        reason = why.get(one.key) or Reason.OUTSIDE_PERIOD
        if reaching is not None and one.act.day > reaching.act.day:
            reason = Reason.OUTSIDE_PERIOD
        elif reaching is not None and one.act.day > opens and why[one.key] is None:
            reason = Reason.USED_ELSEWHERE
        if one is not reaching:
            slot.refused[one.act.activity] = reason
    if reaching is None:
        return slot, None
    apart = Spacing.FAR
    if not _makes_up(world, series, slot, reaching.act):
        apart = clock.apart(reaching.act, measure.least_interval)
    slot.give(
        reaching,
        in_time=reaching.act.day <= deadline,
        time_missing=apart is Spacing.UNTOLD,
    )
    return slot, reaching.act


def _why_not(
    world: World,
    series: Series,
    slot: Slot,
    one: Tested,
    earlier: Sequence[Slot],
    clock: Clock,
) -> Reason | None:
    """Why an act after its opening does not reach the gap; None where it may."""
    if _makes_up(world, series, slot, one.act):
        return None
    if gap_named(world, series, earlier, one.act) is not None:
        return Reason.MAKE_UP_ELSEWHERE
    if one.by_successor:
        # What makes up no gap is an ordinary act, and that is a later holder's own.
        return Reason.HOLDER
    interval = slot.obligation.measure.least_interval
    return Reason.TOO_SOON if clock.apart(one.act, interval) is Spacing.NEAR else None


def _due(measure: Measure, in_force: Days, opens: date) -> tuple[date, bool]:
    """The day D in-force days (or months) later, and whether the days in force end before it."""
    length = measure.every
    assert length is not None
    last = in_force.last
    assert last is not None
    due = plain = add_length(opens, length)
    while True:
        # Days out of force stop the clock: each of them puts the due day off by one.
        stopped = Days.of(opens + timedelta(days=1), min(due, last)) - in_force
        following = plain + timedelta(days=len(stopped))
        if following == due:
            return due, due > last
        due = following


def _ran_out(measure: Measure, force: DaysInForce, opens: date) -> ExemptReason:
    """The first cause that alone ends the days in force before the gap is due, else tenure."""
    for reason, days in (
        (ExemptReason.NOT_IN_FORCE, force.binding),
        (ExemptReason.TENURE, force.held),
        (ExemptReason.WAIVED, force.free),
    ):
        if _due(measure, days, opens)[1]:
            return reason
    return ExemptReason.TENURE
