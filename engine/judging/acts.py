"""The tests that one act must pass before it is asked which period it belongs to.

They run in the order of SEMANTICS, section 4; the first that fails is the reason. An act that
fails only where a field was left blank is `fillable`: filling it in could make it count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from itertools import chain

from data.records import Activity, Standing
from engine.calendar.days import Days
from engine.judging.act_days import as_counted, days_of, looks_inside
from engine.judging.in_force import Holder, HolderSort
from engine.judging.selection import is_such_a_subject
from engine.judging.verdict import Reason
from engine.judging.world import World
from rules.duty import Duty, Sharing
from rules.frequency import Measure


@dataclass(frozen=True)
class Tested:
    """An act beside a duty and holder. `reason` None: it passes all tests up to its period's."""

    act: Activity
    reason: Reason | None
    fillable: bool = False
    by_successor: bool = False
    matching: tuple[str, ...] = ()
    """Those of its subjects that the duty asks for."""
    ended: date | None = None
    """The day that its record names, where another one counts."""

    @property
    def key(self) -> tuple[str, date]:
        """What tells it from others: an act may be here once for each of its days."""
        return self.act.activity, self.act.day

    @property
    def order(self) -> tuple[date, str, str]:
        """Acts go by day, time and id; one without a time goes first."""
        return self.act.day, str(self.act.time or ""), self.act.activity


def order_of(act: Activity) -> tuple[date, str, str]:
    """Day, time and id: the order in which acts are given to periods."""
    return act.day, str(act.time or ""), act.activity


def acts_near(world: World, duty: Duty, holder: Holder) -> tuple[Activity, ...]:
    """Every act that may be the holder's, or done on the holder's behalf, in order.

    The same for all duties but those that count acts of units below, or of a post's own unit, and
    those that look at other days of an act than its last: found once for each holder.
    """
    rule, inside = duty.activity, looks_inside(duty)
    below, of_unit = rule is not None and rule.below, rule is not None and rule.of_unit
    key = (holder, below, of_unit, inside)
    if key not in world.acts_near:
        world.acts_near[key] = tuple(sorted(_near(world, duty, holder, inside), key=order_of))
    return world.acts_near[key]


def _near(world: World, duty: Duty, holder: Holder, inside: bool) -> Iterable[Activity]:
    found: dict[str, Activity] = {}

    def add(acts: tuple[Activity, ...]) -> None:
        found.update((act.activity, act) for act in acts)

    if holder.sort is HolderSort.UNIT:
        below = duty.activity is not None and duty.activity.below
        for unit in world.records.units if below else (holder.unit,):
            if unit == holder.unit or world.is_within(unit, holder.unit):
                add(world.acts_by_unit.get(unit, ()))
        for post in world.posts_by_unit.get(holder.unit, ()):
            add(world.acts_on_behalf_of.get(post, ()))
        return found.values()
    if _counts_units(duty):
        add(world.acts_by_holder.get(holder.unit, ()))
    if holder.sort is HolderSort.PERSON:
        assert holder.person is not None
        add(world.acts_by_person.get(holder.person, ()))
        for tenure in world.tenures_by_person.get(holder.person, ()):
            add(world.acts_on_behalf_of.get(tenure.post, ()))
            if inside:
                add(world.acts_by_holder.get(tenure.post, ()))
        for later in later_holders(world, holder):
            makeups = world.acts_by_person.get(later, ())
            add(tuple(act for act in makeups if act.makes_up is not None))
        return found.values()
    for post in holder.posts:
        add(world.acts_by_holder.get(post, ()))
        add(world.acts_on_behalf_of.get(post, ()))
        for tenure in world.tenures_of(post):
            add(world.acts_by_person.get(tenure.person, ()))
            for other in world.tenures_by_person[tenure.person]:
                add(world.acts_on_behalf_of.get(other.post, ()))
                if inside:
                    add(world.acts_by_holder.get(other.post, ()))
    return found.values()


def _counts_units(duty: Duty) -> bool:
    return duty.activity is not None and duty.activity.of_unit


def doers_for(world: World, duty: Duty, holder: Holder, act: Activity) -> tuple[str, ...]:
    """The people whose act it is for this duty: who did it, and of an act of the holder's unit,
    where the rule lets it count, whoever was in his post that day.
    """
    if _counts_units(duty) and act.holder == holder.unit:
        return tuple(one for post in holder.posts for one in world.in_post(post, act.day))
    return world.doers(act)


def later_holders(world: World, holder: Holder, by: date = date.max) -> list[str]:
    """Who was in the post after this person had left it, and was so by that day."""
    tenures = world.tenures_of(holder.post or "")
    left = next((one.days.last for one in tenures if one.person == holder.person), None)
    if left is None or by <= left:
        return []
    return [
        one.person
        for one in tenures
        if one.person != holder.person
        and (one.days.last or left) > left
        and (one.days.first or left) <= by
    ]


def acts_of_its_kind(world: World, duty: Duty, holder: Holder) -> Sequence[Activity]:
    """Those of the acts near a holder that are of a kind which the duty asks for, in order: no
    other one can count, whatever else it says.
    """
    near = acts_near(world, duty, holder)
    if duty.activity is None or not near:
        return near
    by_kind = world.acts_by_kind.get(id(near))
    if by_kind is None:
        grouped: dict[str, list[Activity]] = defaultdict(list)
        for act in near:
            grouped[act.kind].append(act)
        by_kind = world.acts_by_kind[id(near)] = grouped
    is_kind = world.rulebook.vocabulary.is_kind
    asked = [
        acts
        for kind, acts in by_kind.items()
        if any(is_kind(kind, accepted) for accepted in duty.activity.kind)
    ]
    return asked[0] if len(asked) == 1 else sorted(chain.from_iterable(asked), key=order_of)


def tested_acts(world: World, duty: Duty, holder: Holder, by_day: bool) -> list[Tested]:
    """Every act that may be the holder's, on the day that counts; `by_day` once on each of its."""
    found = []
    for act in acts_of_its_kind(world, duty, holder):
        for counted in as_counted(duty, act, by_day):
            one = tested(world, duty, holder, counted)
            found.append(one if by_day or counted is act else replace(one, ended=act.day))
    return found


def tested(world: World, duty: Duty, holder: Holder, act: Activity) -> Tested:
    """Whether the act is the holder's, and of the kind and manner that the duty asks for."""
    if act.standing in (Standing.VOIDED, Standing.SUPERSEDED):
        return Tested(act, Reason(act.standing))
    if act.day > world.as_of:
        return Tested(act, Reason.FUTURE)
    if act.standing is Standing.NOT_KNOWN_YET:
        return Tested(act, Reason.NOT_KNOWN_YET)
    whose, by_successor = _whose(world, duty, holder, act)
    if whose is not None:
        return Tested(act, whose)
    first: Reason | None = None
    blank = True
    for reason, left_blank in _manner(world, duty, act):
        first = first or reason
        blank = blank and left_blank
    fillable = first is not None and blank
    if first is not None and not fillable:
        return Tested(act, first, False, by_successor)
    return Tested(act, first, fillable, by_successor, _matching(world, duty, act))


def _matching(world: World, duty: Duty, act: Activity) -> tuple[str, ...]:
    asked = duty.activity.subjects if duty.activity else None
    if asked is None:
        return act.subjects
    return tuple(one for one in act.subjects if is_such_a_subject(world, asked, one, act.day))


def _whose(world: World, duty: Duty, holder: Holder, act: Activity) -> tuple[Reason | None, bool]:
    """Why the act is not the holder's (None: it is), and whether a later holder made it up."""
    if _is_own(world, duty, holder, act):
        return None, False
    whose = Reason.HOLDER
    if act.on_behalf_of is not None and _is_for(world, duty, holder, act):
        if may_stand_in(world, duty, act):
            return None, False
        whose = Reason.DELEGATION_NOT_ALLOWED
    if holder.sort is HolderSort.PERSON and act.makes_up is not None:
        doers = doers_for(world, duty, holder, act)
        if any(later in doers for later in later_holders(world, holder, act.day)):
            return None, True
    return whose, False


def may_stand_in(world: World, duty: Duty, act: Activity) -> bool:
    """Whether who did it was in a post of a class to which the clause allows delegation, on a day
    on which somebody was in the post that he acted for.
    """
    allowed = duty.activity.delegate if duty.activity else ()
    post = world.records.posts.get(act.holder)
    return (
        post is not None
        and post.post_class in allowed
        and any(world.holds(doer, act.holder, act.day) for doer in world.doers(act))
        and bool(world.in_post(act.on_behalf_of or "", act.day))
    )


def _is_own(world: World, duty: Duty, holder: Holder, act: Activity) -> bool:
    separately = duty.activity is not None and duty.activity.separately
    if holder.sort is HolderSort.UNIT:
        unit = world.unit_of(act.holder)
        below = duty.activity is not None and duty.activity.below
        return unit == holder.unit or (below and world.is_within(unit, holder.unit))
    of_unit = _counts_units(duty) and act.holder == holder.unit
    if act.holder not in world.records.posts and not of_unit:
        return False
    doers = doers_for(world, duty, holder, act)
    if holder.sort is HolderSort.PERSON:
        return holder.person in doers and (not separately or of_unit or act.holder == holder.post)
    if duty.holder.joint == Sharing.TOGETHER and not _names_all(world, holder, act):
        return False
    if of_unit or act.holder in holder.posts:
        return True
    return not separately and any(
        world.ever_held(post, doer) for post in holder.posts for doer in doers
    )


def _names_all(world: World, holder: Holder, act: Activity) -> bool:
    """Whether holder and subjects of a joint act name everybody in post that day."""
    named = {act.holder, *act.subjects, *world.doers(act)}
    for post in holder.posts:
        people = world.in_post(post, act.day)
        if people and post not in named and not any(person in named for person in people):
            return False
    return True


def _is_for(world: World, duty: Duty, holder: Holder, act: Activity) -> bool:
    """Whether the act was done on the holder's behalf."""
    post = act.on_behalf_of
    assert post is not None
    if holder.sort is HolderSort.UNIT:
        return world.unit_of(post) == holder.unit
    if post in holder.posts and holder.sort is not HolderSort.PERSON:
        return True
    if duty.activity is not None and duty.activity.separately and post != holder.post:
        return False
    whose = world.in_post(post, act.day)
    if holder.sort is HolderSort.PERSON:
        return holder.person in whose
    return any(world.ever_held(own, person) for own in holder.posts for person in whose)


def _manner(world: World, duty: Duty, act: Activity) -> Iterator[tuple[Reason, bool]]:
    """The tests of kind, role, attributes and subjects that fail; whether a blank is the cause."""
    rule = duty.activity
    if rule is None:
        return
    vocabulary, known = world.rulebook.vocabulary, world.rulebook.attribute_values
    if not any(vocabulary.is_kind(act.kind, kind) for kind in rule.kind):
        yield Reason.KIND, False
    if rule.role:
        role = act.role or _implied_role(world, act.kind)
        if role not in rule.role:
            yield Reason.ROLE, role is None
    given = dict(act.attributes)
    for key, values in rule.attributes.items():
        if given.get(key) not in values:
            yield Reason.ATTRIBUTE, given.get(key) not in known.get(key, ())
    if rule.subjects is not None and not any(
        is_such_a_subject(world, rule.subjects, subject, act.day) for subject in act.subjects
    ):
        yield Reason.SUBJECT, not act.subjects


def _implied_role(world: World, kind: str) -> str | None:
    """The role that doing this kind implies: its own, else that of the nearest wider kind."""
    kinds = world.rulebook.vocabulary.kinds
    at: str | None = kind
    seen: set[str] = set()
    while at is not None and at in kinds and at not in seen:
        if kinds[at].role:
            return kinds[at].role
        seen.add(at)
        at = kinds[at].under
    return None


def is_of_holder_in(
    world: World, duty: Duty, holder: Holder, act: Activity, first: date, last: date
) -> bool:
    """For a post's or group's result: whether a doer, or who it was done for, holds one of its
    posts on some day of it.

    Acts under the post itself are its own whenever they were done, and so are those of its unit
    where the rule lets them count.
    """
    if holder.sort not in (HolderSort.POST, HolderSort.GROUP) or act.holder in holder.posts:
        return True
    if _counts_units(duty) and act.holder == holder.unit:
        return True
    doers = world.doers(act)
    post = act.on_behalf_of
    if post in holder.posts and (
        may_stand_in(world, duty, act) or any(world.holds(one, post, act.day) for one in doers)
    ):
        return True
    whose = {*doers}
    if post is not None and may_stand_in(world, duty, act):
        whose |= {*world.in_post(post, act.day)}
    reach = Days.of(first, last)
    return any(
        tenure.person in whose and tenure.days & reach
        for post in holder.posts
        for tenure in world.tenures_of(post)
    )


def in_service(world: World, holder: Holder, act: Activity, separately: bool) -> bool:
    """Whether the act's day lies in its doer's tenure of any post (with `separately`: of this).

    What stands under a post that nobody held that day is no person's, but its unit's and its own.
    """
    if act.holder in world.records.units:
        return act.day in world.unit_days(act.holder)
    is_own = holder.sort is HolderSort.UNIT or act.holder in holder.posts
    if is_own and holder.sort is not HolderSort.PERSON and not world.in_post(act.holder, act.day):
        return True
    if act.on_behalf_of in holder.posts:
        return any(world.holds(doer, act.holder, act.day) for doer in world.doers(act))
    for doer in world.doers(act):
        if separately and holder.post is not None:
            if world.holds(doer, holder.post, act.day):
                return True
        elif act.day in world.service.get(doer, Days.none()):
            return True
    return False


def wrong_unit(measure: Measure, act: Activity) -> tuple[bool, bool]:
    """Whether the act's quantity has not the quota's unit, and whether it has none at all."""
    if not measure.unit or measure.covers_members:
        return False, False
    if act.quantity is None and act.unit_of_quantity is None:
        return False, False
    return act.unit_of_quantity != measure.unit, act.unit_of_quantity is None


def last_day(world: World, act: Activity) -> date:
    """The day on which it ended, also where it counts on others."""
    return world.acts_by_id.get(act.activity, act).day


def moment_of(act: Activity) -> datetime | None:
    """When the act was done, where the record says the time."""
    return datetime.combine(act.day, act.time) if act.time else None


def same_act_key(one: Tested) -> tuple[object, ...]:
    """What two records of one act agree in. SEMANTICS, section 4, `duplicate`. Where another day
    counts than the last, two that differ in either are two acts.
    """
    act = one.act
    return (
        act.holder,
        act.person,
        act.kind,
        act.day,
        one.ended or act.day,
        act.time,
        frozenset(act.subjects),
        act.quantity,
        act.unit_of_quantity,
        act.for_period,
        act.event,
        act.makes_up,
    )


def recorded_again(acts: Iterable[Tested]) -> frozenset[tuple[str, date]]:
    """The keys of records of an act that was recorded before; the earliest record stays."""
    alike: dict[tuple[object, ...], list[Tested]] = defaultdict(list)
    for one in acts:
        alike[same_act_key(one)].append(one)
    return frozenset(
        one.key
        for same in alike.values()
        for one in sorted(same, key=lambda one: (one.act.recorded_at, one.act.activity))[1:]
    )


def below_least(world: World, measure: Measure, act: Activity) -> tuple[bool, bool]:
    """Whether the act is not shown to be as much as one act must be, and whether for a blank.

    Where days are counted, how many the act lasted is its amount.
    """
    least = measure.least_amount
    if least is None:
        return False, False
    if measure.counts_days:
        return len(days_of(world.acts_by_id[act.activity])) < least.amount, False
    if act.quantity is None or act.unit_of_quantity != least.unit:
        return True, True
    return act.quantity < Fraction(least.amount), False
