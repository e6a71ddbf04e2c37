"""Why a verdict is what it is: what counted, what did not, and the first test that it failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data.records import Activity, Standing
from engine.calendar.days import Days
from engine.calendar.labels import days_of_label, parse_label
from engine.calendar.limits import add_days
from engine.judging.act_days import as_counted, days_of
from engine.judging.acts import Tested, acts_near, order_of, same_act_key, tested
from engine.judging.audit import Judged
from engine.judging.obligations import Obligation
from engine.judging.slots import Slot
from engine.judging.stretches import Timing
from engine.judging.verdict import NotCounted, Reason, Verdict
from engine.judging.wanting import wants
from engine.judging.world import World


@dataclass(frozen=True)
class Explanation:
    """A verdict with what did not count for it, by day and id.

    `waivers` are those that touch its days, sorted, and `other_holders` who else held the post
    then, in order of their days.
    """

    verdict: Verdict
    not_counted: tuple[NotCounted, ...]
    waivers: tuple[str, ...] = ()
    other_holders: tuple[str, ...] = ()


class UnknownVerdict(LookupError):
    """No obligation goes by that name; `near` are ids of the same duty or holder."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.near = near


def find_among(world: World, judged: Sequence[Judged], name: str) -> Judged:
    """The verdict of that id among those of its duty. Raises UnknownVerdict.

    A label may be given in any form that means the same days.
    """
    duty_part, _, rest = name.partition("@")
    holder, _, label = rest.partition("@")
    for one in judged:
        if one.verdict.id == name:
            return one
    same = [
        one
        for one in judged
        if one.verdict.id.startswith(f"{duty_part}@{holder}@") and _means(world, one, label)
    ]
    if same:
        return same[0]
    near = [x.verdict.id for x in judged if f"@{holder}@" in x.verdict.id]
    raise UnknownVerdict(name, tuple(near or [one.verdict.id for one in judged])[:12])


def _means(world: World, one: Judged, label: str) -> bool:
    said = parse_label(label)
    units = world.chain(one.verdict.unit)
    days = days_of_label(said, world.windows, units) if said else None
    period = one.verdict.period
    return days is not None and days == Days.of(period.first, period.last)


def explain_judged(world: World, judged: Judged) -> Explanation:
    """What did not count: acts of the holder near the period, and others' acts of that kind."""
    slot, verdict = judged.slot, judged.verdict
    if slot is None:
        return Explanation(verdict, ())
    one = slot.obligation
    counted = {item.activity for item in verdict.counted}
    found: dict[str, tuple[Activity, Reason]] = {}
    by_id = world.acts_by_id
    near = _near_days(one, world.as_of)
    for act, is_own in _looked_at(world, one):
        if act.activity in counted or not (_lies_in(act, near) or _names(one, act)):
            continue
        reason = _why_not(world, slot, act, is_own)
        if reason is not None:
            found[act.activity] = (act, reason)
    for activity, reason in slot.refused.items():
        act = by_id[activity]
        if activity not in counted and (_lies_in(act, near) or _names(one, act)):
            found.setdefault(activity, (act, reason))
    ordered = sorted(found.values(), key=lambda pair: order_of(pair[0]))
    return Explanation(
        verdict,
        tuple(_not_counted(one, act, reason) for act, reason in ordered),
        _waivers(world, one),
        _other_holders(world, one),
    )


def refusal_of(world: World, judged: Judged, act: Activity) -> NotCounted | None:
    """Why one act near an obligation does not count for it; None where it counts, lies elsewhere,
    or is nothing that the obligation's holder would be asked about.
    """
    slot, verdict = judged.slot, judged.verdict
    if slot is None or any(item.activity == act.activity for item in verdict.counted):
        return None
    one = slot.obligation
    if not (_lies_in(act, _near_days(one, world.as_of)) or _names(one, act)):
        return None
    is_own = any(own.activity == act.activity for own in acts_near(world, one.duty, one.holder))
    reason = _why_not(world, slot, act, is_own)
    return _not_counted(one, act, reason) if reason is not None else None


def same_as(world: World, act: Activity) -> Activity | None:
    """The first record of the act that another record repeats; None where there is no other."""
    key = same_act_key(Tested(act, None))
    alike = [
        one
        for one in world.records.activities
        if one.day == act.day
        and one.standing is Standing.LIVE
        and same_act_key(Tested(one, None)) == key
    ]
    first = min(alike, key=lambda one: (one.recorded_at, one.activity), default=None)
    return first if first is not None and first.activity != act.activity else None


def _why_not(world: World, slot: Slot, act: Activity, is_own: bool) -> Reason | None:
    """The first test that it fails; None of what others did, but for what would have counted, had
    it been the holder's.
    """
    one = slot.obligation
    result = _furthest(world, one, act)
    reason = result.reason if result.reason and not result.fillable else None
    if not is_own and (reason is not Reason.HOLDER or not _is_of_its_kind(world, one, act)):
        return None
    return reason or slot.refused.get(act.activity) or result.reason or Reason.OUTSIDE_PERIOD


def _not_counted(one: Obligation, act: Activity, reason: Reason) -> NotCounted:
    wanted = wants(one.duty.activity, one.measure, act, reason)
    return NotCounted(act.activity, reason, wanted)


def _furthest(world: World, one: Obligation, act: Activity) -> Tested:
    """The act as tested; where days are counted, that of its days which passes the most tests."""
    order = {reason: at for at, reason in enumerate(Reason)}
    days = as_counted(one.duty, act, one.measure.counts_days)
    return max(
        (tested(world, one.duty, one.holder, day) for day in days),
        key=lambda day: len(order) if day.reason is None else order[day.reason],
    )


def _lies_in(act: Activity, near: Days) -> bool:
    """Whether any of its days is among them."""
    return bool(days_of(act) & near)


def _waivers(world: World, one: Obligation) -> tuple[str, ...]:
    """The ids of the waivers that touch the holder's days, sorted."""
    holders = {one.holder.unit, *one.holder.posts}
    return tuple(
        sorted(
            row.waiver
            for holder in holders
            for row in world.waivers_by_holder.get(holder, ())
            if row.duty in (None, one.duty.id)
            and (row.person is None or one.holder.person in (None, row.person))
            and one.whole & Days.of(row.first, row.last)
        )
    )


def _other_holders(world: World, one: Obligation) -> tuple[str, ...]:
    """Who else held the post within the period, in order of their days."""
    if one.holder.post is None:
        return ()
    return tuple(
        tenure.person
        for tenure in world.tenures_of(one.holder.post)
        if tenure.person != one.person and tenure.days & one.whole
    )


def _looked_at(world: World, one: Obligation) -> Iterator[tuple[Activity, bool]]:
    """The holder's own acts, and what others did in the unit; whether each is the holder's."""
    own = acts_near(world, one.duty, one.holder)
    ids = {act.activity for act in own}
    yield from ((act, True) for act in own)
    for act in world.acts_by_unit.get(one.holder.unit, ()):
        if act.activity not in ids:
            yield act, False


def _near_days(one: Obligation, as_of: date) -> Days:
    """The days of the period, its window and its due day; and after them while it is unmet.

    Before an event also as long again on both sides: what was done too early or too late for it.
    """
    stretch = one.stretch
    last = max(stretch.window.last, stretch.period.last, one.deadline or date.min)
    if one.timing is Timing.BEFORE_EVENT:
        length = len(stretch.window)
        return Days.of(add_days(stretch.window.first, -length), add_days(last, length))
    if one.stretch.next_due:
        last = max(last, min(as_of, one.stretch.next_due))
    return Days.of(min(stretch.window.first, stretch.period.first), last)


def _names(one: Obligation, act: Activity) -> bool:
    label = one.stretch.label
    event = one.stretch.event.event if one.stretch.event else None
    return label in (act.for_period, act.makes_up) or (event is not None and act.event == event)


def _is_of_its_kind(world: World, one: Obligation, act: Activity) -> bool:
    kinds = one.duty.activity.kind if one.duty.activity else ()
    return any(world.rulebook.vocabulary.is_kind(act.kind, kind) for kind in kinds)
