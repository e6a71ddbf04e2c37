"""How the required number of an obligation came about, in figures that can be added up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.audit import Judged
from engine.days import Days
from engine.force import Force, force_of_person, force_of_posts, force_of_unit
from engine.obligations import Obligation
from engine.required import pro_rated, wanted
from engine.world import World
from rules.frequency import Measure, Shape


@dataclass(frozen=True)
class Working:
    """The way to what is required.

    `asked` is N of the clause. `whole_days` are the days of the whole period that count (for a
    result those of its window), `days_in_force` those of them that bind the holder, and the three
    next ones why the others do not (a day may be lost for two reasons). `pro_rated` is N × in
    force ÷ whole before rounding (None: nothing was cut, or it is a result), `rounded` after it.
    `left_by_others`: the post's other holders owe a part of N, so less is left. For a coverage or
    share, `members` are those required and `listed` those known (both None: it asks for none).
    """

    asked: Fraction
    share: Fraction | None
    members: int | None
    listed: int | None
    is_conduct: bool
    whole_days: int
    days_in_force: int
    days_not_in_force: int
    days_outside_tenure: int
    days_waived: int
    pro_rated: Fraction | None
    rounded: Fraction
    left_by_others: bool
    required: Fraction
    due_unmoved: date | None
    due: date | None
    deadline: date | None
    waivers: tuple[str, ...]
    other_holders: tuple[str, ...]


def working_of(world: World, judged: Judged) -> Working | None:
    """The working behind a verdict; None for one that is to be ruled."""
    if judged.slot is None:
        return None
    one, verdict = judged.slot.one, judged.verdict
    window = one.stretch.window
    days = one.stretch.counted_days if one.is_conduct else Days.of(window.first, window.last)
    force = _force(world, one)
    whole, in_force = len(days), len(one.in_force & days)
    exact = rounded = wanted(one.measure)
    cut = one.is_conduct and one.measure.tenure == "prorate" and in_force != whole and whole
    if cut:
        exact = Fraction(exact * in_force, whole)
        rounded = pro_rated(wanted(one.measure), in_force, whole, _decimals(one.measure))
    return Working(
        asked=wanted(one.measure),
        share=one.measure.share,
        members=len(one.members) if one.covers else None,
        listed=len(one.listed) if one.covers else None,
        is_conduct=one.is_conduct,
        whole_days=whole,
        days_in_force=in_force,
        days_not_in_force=len(days - force.binding),
        days_outside_tenure=len(days - force.held),
        days_waived=len(days - force.free),
        pro_rated=exact if cut else None,
        rounded=rounded,
        left_by_others=one.holder.sort == "person" and verdict.required < rounded and in_force > 0,
        required=verdict.required,
        due_unmoved=verdict.due_unmoved,
        due=verdict.due,
        deadline=verdict.deadline,
        waivers=_waivers(world, one, days),
        other_holders=_others(world, one, days),
    )


def _decimals(measure: Measure) -> int:
    if measure.at_least is None or measure.shape is not Shape.QUOTA:
        return 0
    exponent = measure.at_least.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _force(world: World, one: Obligation) -> Force:
    holder = one.holder
    if holder.sort == "unit":
        return force_of_unit(world, one.duty, holder.unit)
    if holder.sort == "person" and holder.post:
        for tenure in world.tenures_of(holder.post):
            if tenure.person == holder.person:
                return force_of_person(world, one.duty, tenure)
    return force_of_posts(world, one.duty, holder.unit, holder.posts)


def _waivers(world: World, one: Obligation, days: Days) -> tuple[str, ...]:
    """The ids of the waivers that touch the holder's days, sorted."""
    holders = {one.holder.unit, *one.holder.posts}
    return tuple(
        sorted(
            row.waiver
            for holder in holders
            for row in world.waivers_by_holder.get(holder, ())
            if row.duty in (None, one.duty.id)
            and (row.person is None or one.holder.person in (None, row.person))
            and days & Days.of(row.first, row.last)
        )
    )


def _others(world: World, one: Obligation, days: Days) -> tuple[str, ...]:
    """Who else held the post within the period, in order of their days."""
    if one.holder.post is None:
        return ()
    return tuple(
        tenure.person
        for tenure in world.tenures_of(one.holder.post)
        if tenure.person != one.person and tenure.days & days
    )
