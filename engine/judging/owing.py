"""From duty to obligation: what each holder owes in each period. Source: SEMANTICS, section 3."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from data.records import Event
from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.judging.in_force import (
    DaysInForce,
    Holder,
    HolderSort,
    force_of_person,
    force_of_posts,
    force_of_unit,
    season_windows,
    valid_days,
)
from engine.judging.obligations import Obligation, Series, is_conduct, order_of_due
from engine.judging.required import lowered, with_required
from engine.judging.selection import chosen_measure, is_selected, may_select
from engine.judging.stretches import (
    Stretch,
    Timing,
    adjust_of,
    moved_due,
    nominal_days,
    parts_of,
    stretches,
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
    for candidate in _candidates(world, duty, wanted):
        found.extend(_series(world, duty, candidate))
    return sorted(found, key=lambda one: (one.holder.key, one.part))


@dataclass(frozen=True)
class _Candidate:
    """A holder that a duty may bind, with its force, and how its results are owed."""

    holder: Holder
    force: DaysInForce
    tenured: Days


def _candidates(world: World, duty: Duty, wanted: Wanted | None) -> Iterator[list[_Candidate]]:
    """Groups of candidates that share one post (its people and itself), one unit or one group."""
    rule = duty.holder
    records = world.records
    if not rule.posts:
        for unit in sorted(records.units):
            if not may_select(world, duty, unit):
                continue
            holder = Holder(HolderSort.UNIT, unit)
            if wanted is not None and not wanted(holder):
                continue
            yield [_Candidate(holder, force_of_unit(world, duty, unit), world.unit_days(unit))]
    elif rule.joint == Sharing.EACH_OF:
        for post, row in sorted(records.posts.items()):
            if row.post_class not in rule.posts or not may_select(world, duty, row.unit):
                continue
            if wanted is not None and not wanted(
                Holder(HolderSort.POST, row.unit, post, None, (post,))
            ):
                continue
            tenures = world.tenures_of(post)
            held = Days.none()
            sharing = []
            for tenure in tenures:
                held |= tenure.days
                holder = Holder(HolderSort.PERSON, row.unit, post, tenure.person, (post,))
                sharing.append(
                    _Candidate(holder, force_of_person(world, duty, tenure), tenure.days)
                )
            holder = Holder(HolderSort.POST, row.unit, post, None, (post,))
            sharing.append(_Candidate(holder, force_of_posts(world, duty, row.unit, (post,)), held))
            yield sharing
    else:
        for unit in sorted(records.units):
            posts = tuple(
                post
                for post in world.posts_by_unit.get(unit, ())
                if records.posts[post].post_class in rule.posts
            )
            if posts and may_select(world, duty, unit):
                holder = Holder(HolderSort.GROUP, unit, None, None, posts)
                if wanted is not None and not wanted(holder):
                    continue
                held = Days.none()
                for post in posts:
                    for tenure in world.tenures_of(post):
                        held |= tenure.days
                yield [_Candidate(holder, force_of_posts(world, duty, unit, posts), held)]


def _series(world: World, duty: Duty, sharing: Sequence[_Candidate]) -> Iterator[Series]:
    unit = sharing[0].holder.unit
    valid = valid_days(world, duty, unit)
    since = Days.of(world.records_from(unit), None)
    made: dict[tuple[Holder, int], list[Obligation]] = defaultdict(list)
    rolling: dict[tuple[Holder, int], tuple[Measure, DaysInForce]] = {}
    if duty.valid.season_windows:
        for candidate in sharing:
            for unruled in _without_season(world, duty, candidate, since):
                made[candidate.holder, unruled.part].append(unruled)
    for candidate in sharing if valid & since else ():
        holder = candidate.holder
        for part, measure, asked in _asked(world, duty, candidate, valid):
            if timing_of(measure) is Timing.ROLLING and holder.sort is not HolderSort.POST:
                rolling[holder, part] = (measure, candidate.force)
            for stretch in asked:
                # What is to be ruled is not yet known to be a result: it is told to people.
                of_people = is_conduct(measure) or not stretch.ruled
                if holder.sort is (HolderSort.POST if of_people else HolderSort.PERSON):
                    continue
                owed = _obligation(world, duty, measure, part, candidate, stretch, valid, since)
                if owed is not None:
                    made[holder, part].append(owed)
    split_among_holders(made)
    for key in sorted(made.keys() | rolling.keys(), key=lambda key: (key[0].key, key[1])):
        obligations = sorted(made.get(key, ()), key=order_of_due)
        yield Series(duty, key[1], key[0], tuple(obligations), rolling.get(key))


def _asked(
    world: World, duty: Duty, candidate: _Candidate, valid: Days
) -> Iterator[tuple[int, Measure, list[Stretch]]]:
    """The measure that holds in each of the longest periods, with its stretches that begin there.

    Selection and variants are asked once for each of those, on its first day in force.
    """
    unit, person = candidate.holder.unit, candidate.holder.person
    leaves = [leaf for each in duty.frequency.for_shape() for _, leaf in parts_of(each)]
    longest = max(leaves, key=nominal_days)
    frames = _frames(world, duty, longest, candidate, valid)
    begun: dict[int, dict[int, list[Stretch]]] = {}
    for at, frame in enumerate(frames):
        inside = Days.of(frame.first, frame.last)
        held = candidate.tenured & inside
        if not held and timing_of(longest) is Timing.AFTER_PERIOD:
            # What is due after a period is owed by those who come after it, too.
            held = candidate.tenured & Days.of(frame.first, None)
        elif not held and timing_of(longest) is Timing.WINDOW:
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
            if id(leaf) not in begun:
                found = stretches(world, duty, leaf, candidate.holder, valid, candidate.tenured)
                begun[id(leaf)] = _by_frame(found, frames)
            yield part, leaf, begun[id(leaf)].get(at, [])


def _by_frame(found: Iterable[Stretch], frames: Sequence[Period]) -> dict[int, list[Stretch]]:
    """The stretches that begin in each frame; one before all frames belongs to the first."""
    own = {frame: at for at, frame in enumerate(frames)}
    firsts = [frame.first for frame in frames]
    grouped: dict[int, list[Stretch]] = defaultdict(list)
    for one in found:
        begins = max(one.period.first, firsts[0])
        # Where only events are asked about, each is a frame of its own, and they may overlap.
        at = own.get(one.period, bisect_right(firsts, begins) - 1)
        if begins in frames[at]:
            grouped[at].append(one)
    return grouped


def _frames(
    world: World, duty: Duty, longest: Measure, candidate: _Candidate, valid: Days
) -> list[Period]:
    timing = timing_of(longest)
    if timing in (Timing.BY_DAY, Timing.ROLLING):
        return [Period(date.min, date.max)]
    if timing in (Timing.WINDOW, Timing.TO_BE_RULED):
        years = range(world.first_day.year - 1, world.horizon.year + 1)
        return [Period(date(year, 1, 1), date(year, 12, 31)) for year in years]
    found = stretches(world, duty, longest, candidate.holder, valid, candidate.tenured)
    return sorted({one.period for one in found})


def _asked_of(world: World, holder: Holder, day: date) -> str | None:
    """Whose facts are asked of a post: the person's in it that day."""
    in_post = world.in_post(holder.post, day) if holder.post else ()
    return min(in_post) if in_post else None


def _obligation(
    world: World,
    duty: Duty,
    measure: Measure,
    part: int,
    candidate: _Candidate,
    stretch: Stretch,
    valid: Days,
    since: Days,
) -> Obligation | None:
    """The obligation of one stretch; None where it meets no day of validity or of tenure."""
    named = Days.of(stretch.period.first, stretch.period.last)
    if measure.one_day is None:
        # days to which a stretch of one day moves bring nobody in who was not asked in its period
        named |= stretch.days
    first = duty.valid.first
    if timing_of(measure) is Timing.AFTER_PERIOD and first and stretch.period.last < first:
        # A period before the duty's first day was never its own: of a changed rule, the old one's.
        return None
    if timing_of(measure) is Timing.BY_DAY:
        # A deadline before its document's first day has no window; it is there, and exempt.
        named |= Days.of(stretch.period.first, valid.first)
    if not valid & named & since or not candidate.tenured & stretch.days:
        return None if stretch.ruled else _unruled(duty, measure, part, candidate, stretch)
    if not stretch.ruled:
        return _unruled(duty, measure, part, candidate, stretch)
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


def _without_season(
    world: World, duty: Duty, candidate: _Candidate, since: Days
) -> Iterator[Obligation]:
    """What is to be ruled beside all else: years in which a window of the season has no days."""
    holder, unit = candidate.holder, candidate.holder.unit
    if holder.sort is HolderSort.POST:
        return
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
    candidate: _Candidate,
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
