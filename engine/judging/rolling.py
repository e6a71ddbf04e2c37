"""Rolling gaps: never more than D between two acts. Source: SEMANTICS, section 3, "Rolling"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from engine.calendar.days import Days
from engine.calendar.limits import add_length
from engine.calendar.periods import Period
from engine.judging.acts import Tested, in_service, recorded_again
from engine.judging.in_force import DaysInForce, valid_days
from engine.judging.obligations import Obligation, Series
from engine.judging.required import of_gap
from engine.judging.slots import CountedAct, Slot
from engine.judging.stretches import Stretch, Timing
from engine.judging.verdict import ExemptReason, Reason
from engine.judging.world import World
from rules.frequency import Measure


def gaps(world: World, series: Series, acts: Sequence[Tested]) -> list[Slot]:
    """One slot for each gap up to the audit's day, in order: the last one may still be open."""
    assert series.rolling is not None
    measure, force = series.rolling
    if not force.days:
        return []
    valid = valid_days(world, series.duty, series.holder.unit)
    rule = series.duty.activity
    separately = rule is not None and rule.separately
    counting: list[Tested] = []
    late: list[Tested] = []
    refused: list[tuple[Tested, Reason]] = []
    fillable: list[tuple[Tested, bool]] = []
    for one in sorted((x for x in acts if x.reason is None or x.fillable), key=lambda x: x.order):
        served = in_service(world, series.holder, one.act, separately)
        ordinary = served and one.act.day in valid
        if one.fillable:
            fillable.append((one, ordinary))
            refused.append((one, one.reason or Reason.ROLE))
        elif rule is not None and rule.evidence and not one.act.proofs:
            fillable.append((one, ordinary))
            refused.append((one, Reason.EVIDENCE))
        elif not served:
            late.append(one)
            refused.append((one, Reason.OUTSIDE_TENURE))
        elif not ordinary:
            late.append(one)
            refused.append((one, Reason.NOT_IN_FORCE))
        else:
            counting.append(one)
    if rule is None or not rule.several_per_day:
        again = recorded_again(counting)
        refused.extend((one, Reason.DUPLICATE) for one in counting if one.act.activity in again)
        counting = [one for one in counting if one.act.activity not in again]
    found: list[Slot] = []
    opens, last = force.days.first, force.days.last
    assert last is not None
    while opens is not None and opens <= world.horizon:
        slot, closed = _gap(series, measure, force, opens, counting, late)
        reached = {entry.act.activity for entry in slot.entries}
        slot.refused.update(
            (one.act.activity, reason) for one, reason in refused if one.act.activity not in reached
        )
        due = slot.obligation.deadline or opens
        slot.fillable.extend(
            one
            for one, ordinary in fillable
            if one.act.day > opens and (ordinary or one.act.day > due)
        )
        found.append(slot)
        # An act after the last day in force reaches a gap, late, and opens none.
        opens = closed if closed is not None and closed <= last else None
    return found


def _gap(
    series: Series,
    measure: Measure,
    force: DaysInForce,
    opens: date,
    acts: Sequence[Tested],
    late: Sequence[Tested],
) -> tuple[Slot, date | None]:
    """The gap that opens that day, and the day of the act that reaches it (None: none yet).

    `late` are acts outside of tenure or validity: late for a gap, it is the gap's days that count.
    """
    due, runs_out = _due(measure, force, opens)
    deadline = due + timedelta(days=measure.grace)
    window = Period(opens, due)
    days = Days.of(opens, due)
    stretch = Stretch(str(window), window, days, window, due, days)
    may = [one for one in acts if one.act.day > opens]
    may += [one for one in late if one.act.day > max(opens, deadline)]
    reaching = min(may, key=lambda one: one.order, default=None)
    last = force.days.last
    if runs_out and reaching is not None and last is not None and reaching.act.day > last:
        # Nobody owed it any more when it was reached.
        reaching = None
    exempt = runs_out and reaching is None
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
    slot = Slot(of_gap(obligation, force, _ran_out(force, due) if exempt else None))
    for one in acts:
        day = one.act.day
        if reaching is None or one is reaching:
            continue
        if day <= opens or day > reaching.act.day:
            slot.refused[one.act.activity] = Reason.OUTSIDE_PERIOD
        else:
            slot.refused[one.act.activity] = Reason.USED_ELSEWHERE
    if reaching is None:
        slot.refused.update((one.act.activity, Reason.OUTSIDE_PERIOD) for one in acts)
        return slot, None
    in_time = reaching.act.day <= deadline
    slot.done = Fraction(1)
    slot.entries.append(CountedAct(reaching.act, Fraction(1), in_time))
    return slot, reaching.act.day


def _due(measure: Measure, force: DaysInForce, opens: date) -> tuple[date, bool]:
    """The day D in-force days (or months) later, and whether the days in force end before it."""
    length = measure.every
    assert length is not None
    last = force.days.last
    assert last is not None
    due = plain = add_length(opens, length)
    while True:
        # Days out of force stop the clock: each of them puts the due day off by one.
        stopped = Days.of(opens + timedelta(days=1), min(due, last)) - force.days
        following = plain + timedelta(days=len(stopped))
        if following == due:
            return due, due > last
        due = following


def _ran_out(force: DaysInForce, due: date) -> ExemptReason:
    """What ended the days in force before the gap was due."""
    for reason, days in (
        (ExemptReason.NOT_IN_FORCE, force.binding),
        (ExemptReason.TENURE, force.held),
        (ExemptReason.WAIVED, force.free),
    ):
        if days.last is not None and days.last < due:
            return reason
    return ExemptReason.TENURE
