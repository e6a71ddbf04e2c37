"""From duty to obligation: what each holder owes in each period. Source: SEMANTICS, section 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from data.records import Event
from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.judging.in_force import (
    DaysInForce,
    Holder,
    HolderSort,
    binding_days,
    force_of_person,
    force_of_posts,
    force_of_unit,
    season_windows,
    valid_days,
)
from engine.judging.obligations import Obligation, Series, is_conduct, order_of_due
from engine.judging.plans import Candidate, Owed, Plan, Plans
from engine.judging.required import lowered, named, with_required
from engine.judging.selection import chosen_measure, is_selected, profiles_selected
from engine.judging.stretches import (
    Stretch,
    Timing,
    adjust_of,
    moved_due,
    parts_of,
    timing_of,
)
from engine.judging.world import World
from rules.duty import Duty, Sharing
from rules.frequency import REST_DAYS, Measure, TenureRule
from rules.model import Adjust

Wanted = Callable[[Holder], bool]


def series_of(world: World, duty: Duty, wanted: Wanted | None = None) -> list[Series]:
    """Everything a duty asks of anybody (or of the holders `wanted`) up to the world's horizon, by
    holder and part. Who shares a post, a unit or a group is wanted together.
    """
    found: list[Series] = []
    plans = Plans(world, duty)
    for sharing in _candidates(world, duty, wanted):
        found.extend(_series(plans, sharing))
    return sorted(found, key=lambda one: (one.holder.key, one.part))


def _candidates(world: World, duty: Duty, wanted: Wanted | None) -> Iterator[list[Candidate]]:
    """Groups of candidates that share one post (its people and itself), one unit or one group."""
    rule = duty.holder
    records = world.records
    asked = _profiles_asked(world, duty)
    if not rule.posts:
        for unit in _units_of(world, asked):
            holder = Holder(HolderSort.UNIT, unit)
            if wanted is not None and not wanted(holder):
                continue
            yield [Candidate(holder, force_of_unit(world, duty, unit), world.unit_days(unit))]
    elif rule.joint == Sharing.EACH_OF:
        for post in sorted(
            post for name in set(rule.posts) for post in world.posts_by_class.get(name, ())
        ):
            unit = records.posts[post].unit
            own = Holder(HolderSort.POST, unit, post, None, (post,))
            if world.profiles[unit] not in asked or (wanted is not None and not wanted(own)):
                continue
            held = Days.none()
            sharing = []
            for tenure in world.tenures_of(post):
                held |= tenure.days
                holder = Holder(HolderSort.PERSON, unit, post, tenure.person, (post,))
                sharing.append(Candidate(holder, force_of_person(world, duty, tenure), tenure.days))
            sharing.append(Candidate(own, force_of_posts(world, duty, unit, (post,)), held))
            yield sharing
    else:
        for unit in _units_of(world, asked):
            posts = tuple(
                post
                for post in world.posts_by_unit.get(unit, ())
                if records.posts[post].post_class in rule.posts
            )
            if posts:
                holder = Holder(HolderSort.GROUP, unit, None, None, posts)
                if wanted is not None and not wanted(holder):
                    continue
                held = Days.none()
                for post in posts:
                    for tenure in world.tenures_of(post):
                        held |= tenure.days
                yield [Candidate(holder, force_of_posts(world, duty, unit, posts), held)]


def _profiles_asked(world: World, duty: Duty) -> frozenset[int]:
    """The profiles of the units that the duty may select and in which it is valid on some day."""
    selected = profiles_selected(world, duty)
    if duty.valid.season_windows:
        # years without days for a window are to be ruled
        return selected
    return frozenset(
        profile
        for profile in selected
        if binding_days(world, duty, world.units_by_profile[profile][0])
    )


def _units_of(world: World, profiles: frozenset[int]) -> list[str]:
    return sorted(unit for profile in profiles for unit in world.units_by_profile[profile])


def _series(plans: Plans, sharing: Sequence[Candidate]) -> Iterator[Series]:
    world, duty = plans.world, plans.duty
    made: dict[tuple[Holder, int], list[Obligation]] = defaultdict(list)
    rolling: dict[tuple[Holder, int], tuple[Measure, DaysInForce]] = {}
    if duty.valid.season_windows:
        for candidate in sharing:
            for unruled in _without_season(world, duty, candidate):
                made[candidate.holder, unruled.part].append(unruled)
    is_bound = binding_days(world, duty, sharing[0].holder.unit)
    for candidate in sharing if is_bound else ():
        owed = _owed(plans, candidate)
        for part, measure in owed.rolling:
            rolling[candidate.holder, part] = (measure, candidate.force)
        for part, one in owed.obligations:
            made[candidate.holder, part].append(named(world, one))
    split_among_holders(made)
    for key in sorted(made.keys() | rolling.keys(), key=lambda key: (key[0].key, key[1])):
        obligations = sorted(made.get(key, ()), key=order_of_due)
        yield Series(duty, key[1], key[0], tuple(obligations), rolling.get(key))


def _owed(plans: Plans, candidate: Candidate) -> Owed:
    """What is asked of a candidate: as of one before him who stands alike, else laid out."""
    plan = plans.plan_for(candidate)
    holder, duty = candidate.holder, plans.duty
    pattern = plans.pattern_of(candidate, plan)
    if pattern is None:
        return _laid_out(duty, plan, candidate)
    alike = plan.owed.get(pattern)
    if alike is None:
        plan.owed[pattern] = alike = _laid_out(duty, plan, candidate)
        return alike
    own = [
        (part, replace(one, duty=duty, holder=holder, person=holder.person))
        for part, one in alike.obligations
    ]
    return Owed(alike.rolling, tuple(own))


def _laid_out(duty: Duty, plan: Plan, candidate: Candidate) -> Owed:
    """What the duty asks of the candidate; the plan may have been made for another duty."""
    holder = candidate.holder
    rolling: dict[int, Measure] = {}
    owed: list[tuple[int, Obligation]] = []
    for part, measure, asked in _asked(duty, plan, candidate):
        if timing_of(measure) is Timing.ROLLING and holder.sort is not HolderSort.POST:
            rolling[part] = measure
        for stretch in asked:
            # What is to be ruled is not yet known to be a result: it is told to people.
            of_people = is_conduct(measure) or not stretch.ruled
            if holder.sort is (HolderSort.POST if of_people else HolderSort.PERSON):
                continue
            one = _obligation(duty, plan, measure, part, candidate, stretch)
            if one is not None:
                owed.append((part, one))
    return Owed(tuple(rolling.items()), tuple(owed))


def _asked(
    duty: Duty, plan: Plan, candidate: Candidate
) -> Iterator[tuple[int, Measure, Sequence[Stretch]]]:
    """The measure that holds in each of the longest periods, with its stretches that begin there.

    Selection and variants are asked once for each of those, on its first day in force.
    """
    world = plan.world
    unit, person = candidate.holder.unit, candidate.holder.person
    timing = timing_of(plan.longest)
    for at in plan.asked:
        frame = plan.frames[at]
        inside = Days.of(frame.first, frame.last)
        held = candidate.tenured & inside
        if not held and timing is Timing.AFTER_PERIOD:
            # What is due after a period is owed by those who come after it, too.
            held = candidate.tenured & Days.of(frame.first, None)
        elif not held and timing is Timing.WINDOW:
            # A window of this year may reach into the next, and bind who comes only then.
            inside = Days.of(frame.first, None)
            held = candidate.tenured & inside
        if not held:
            continue
        day = (candidate.force.days & inside).first or held.first
        assert day is not None
        whose = person or _asked_of(world, candidate.holder, day)
        if not is_selected(world, duty, unit, whose, day):
            continue
        for part, leaf in parts_of(chosen_measure(world, duty.frequency, unit, whose, day)):
            yield part, leaf, plan.begun(leaf).get(at, ())


def _asked_of(world: World, holder: Holder, day: date) -> str | None:
    """Whose facts are asked of a post: the person's in it that day."""
    in_post = world.in_post(holder.post, day) if holder.post else ()
    return min(in_post) if in_post else None


def _obligation(
    duty: Duty,
    plan: Plan,
    measure: Measure,
    part: int,
    candidate: Candidate,
    stretch: Stretch,
) -> Obligation | None:
    """The obligation of one stretch; None where it meets no day of tenure."""
    world, valid, since = plan.world, plan.valid, plan.since
    if not stretch.ruled:
        return _unruled(duty, measure, part, candidate, stretch)
    if not candidate.tenured.meets(stretch.days):
        return None
    adjust = adjust_of(world, duty, measure)
    due = moved_due(stretch, adjust, world.workdays)
    force = candidate.force.while_in(stretch.days) if measure.while_ else candidate.force
    if stretch.event and stretch.event.person:
        force = _force_of_taking(world, duty, stretch.event)
    base = Obligation(
        duty,
        measure,
        part,
        candidate.holder,
        candidate.holder.person,
        stretch,
        timing_of(measure),
        _days_in_force(measure, force, stretch, since),
        due,
        None if due is None else due + timedelta(days=measure.grace),
        table_missing=_beyond_tables(world, stretch, adjust, measure, candidate.holder),
    )
    return with_required(world, base, force, valid, since)


def _force_of_taking(world: World, duty: Duty, event: Event) -> DaysInForce:
    """The days on which a duty binds the one who took office; nobody else of the post."""
    [tenure] = [one for one in world.tenures_of(event.post or "") if one.person == event.person]
    return force_of_person(world, duty, tenure)


def _days_in_force(measure: Measure, force: DaysInForce, stretch: Stretch, since: Days) -> Days:
    """The stretch's days in force; after the period, its days may lie after the validity."""
    if timing_of(measure) is Timing.AFTER_PERIOD:
        return force.held & force.free & since & stretch.counted_days
    return force.days & stretch.counted_days


def _without_season(world: World, duty: Duty, candidate: Candidate) -> Iterator[Obligation]:
    """What is to be ruled beside all else: years in which a window of the season has no days."""
    holder, unit = candidate.holder, candidate.holder.unit
    if holder.sort is HolderSort.POST:
        return
    since = Days.of(world.records_from(unit), None)
    binding = valid_days(world, duty, unit, any_season=True) & since
    for year in range(world.first_day.year, world.horizon.year + 1):
        whole = Period(date(year, 1, 1), date(year, 12, 31))
        in_force = binding & candidate.force.held & Days.of(whole.first, whole.last)
        if in_force.first is None:
            continue
        whose = holder.person or _asked_of(world, holder, in_force.first)
        if not is_selected(world, duty, unit, whose, in_force.first):
            continue
        measure = chosen_measure(world, duty.frequency, unit, whose, in_force.first)
        for name, found in season_windows(world, duty, unit, year):
            days = Days.of(whole.first, whole.last)
            stretch = Stretch(f"{year}/{name}", whole, days, whole, None, days, ruled=False)
            for part, leaf in parts_of(measure) if found is None else ():
                if timing_of(leaf) is not Timing.TO_BE_RULED:
                    yield _undecided(duty, leaf, part, holder, stretch, in_force)


def _unruled(
    duty: Duty,
    measure: Measure,
    part: int,
    candidate: Candidate,
    stretch: Stretch,
) -> Obligation | None:
    """A year without a measure, or a window without days: nothing is due, the office decides."""
    year = Days.of(stretch.period.first, stretch.period.last)
    in_force = candidate.force.binding & candidate.force.held & year
    if not in_force:
        return None
    return _undecided(duty, measure, part, candidate.holder, stretch, in_force)


def _undecided(
    duty: Duty, measure: Measure, part: int, holder: Holder, stretch: Stretch, in_force: Days
) -> Obligation:
    return Obligation(
        duty,
        measure,
        part,
        holder,
        holder.person,
        stretch,
        Timing.TO_BE_RULED,
        in_force,
        None,
        None,
    )


def _beyond_tables(
    world: World, stretch: Stretch, adjust: str, measure: Measure, holder: Holder
) -> bool:
    """Whether working days decided something that no published table covers yet."""
    kind = measure.period
    asks_workdays = kind and kind.rests and holder.sort is not HolderSort.UNIT
    days = []
    one_day = measure.one_day
    if one_day and (one_day.weekday or adjust != Adjust.NONE or holder.sort is not HolderSort.UNIT):
        asks_workdays = True
    rests = asks_workdays and (measure.holidays == "exempt" or one_day)
    if rests or measure.of == "workdays" or (kind and kind.worked) or REST_DAYS in measure.except_:
        days += [stretch.window.first, stretch.window.last]
    if stretch.due and (stretch.moves and adjust != Adjust.NONE):
        days.append(stretch.due)
    lengths = [measure.ahead, getattr(measure.within, "length", None)]
    if stretch.due and any(length and length.unit == "workdays" for length in lengths):
        days.append(stretch.due)
    return any(not world.workdays.is_published(day) for day in days)


def split_among_holders(made: dict[tuple[Holder, int], list[Obligation]]) -> None:
    """A post never owes more than N: each later holder owes what the earlier ones leave of it."""
    sharing: dict[tuple[int, str], list[tuple[date, str, tuple[Holder, int], int]]] = defaultdict(
        list
    )
    for key, obligations in made.items():
        if key[0].sort is not HolderSort.PERSON:
            continue
        for at, one in enumerate(obligations):
            if one.working and one.in_force.first:
                place = (one.in_force.first, key[0].person or "", key, at)
                sharing[key[1], one.stretch.label].append(place)
    for places in sharing.values():
        if len(places) < 2:
            continue
        owed = Fraction(0)
        most = min(places, key=lambda place: (-len(made[place[2]][place[3]].in_force), place[1]))
        for place in sorted(places, key=lambda place: place[:2]):
            one = made[place[2]][place[3]]
            assert one.working is not None
            left = max(Fraction(0), one.working.asked - owed)
            if one.measure.tenure == TenureRule.FULL and place is not most:
                left = Fraction(0)
            made[place[2]][place[3]] = one = lowered(one, left)
            owed += one.required
