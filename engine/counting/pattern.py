"""What plain holders owe, worked out once for all who stand alike: the pattern of a block.

A pattern is made by the same functions as any obligation, for one stand-in who is in the post
throughout; `engine/counting/eligible.py` says who may be counted by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from data.records import Activity, Appointment, Fact, Person, Post, Records
from engine.calendar.cutting import period_around
from engine.judging.acts import tested
from engine.judging.in_force import Holder, HolderSort, valid_days
from engine.judging.judge import judge
from engine.judging.obligations import Obligation
from engine.judging.owing import series_of
from engine.judging.slots import CountedAct, Slot
from engine.judging.stretches import nominal_days, parts_of
from engine.judging.verdict import State
from engine.judging.world import World
from rules.duty import Duty

POST, PERSON = "\x00post", "\x00person"
"""The stand-in's ids, which no table can hold."""

ActClass = tuple[int, str, str | None, tuple[tuple[str, str], ...]]
"""Number, kind, role and attributes that acts have in common."""


@dataclass(frozen=True)
class Asked:
    """One obligation of a pattern, its runs of days on which acts count, and the state that it is
    in after 0, 1, 2 … acts; after more than listed it is in the last one.
    """

    one: Obligation
    runs: tuple[tuple[int, int], ...]
    states: tuple[State, ...]


@dataclass(frozen=True)
class Pattern:
    """What a duty asks of all who stand alike, and the days on which they must hold the post."""

    asked: tuple[Asked, ...]
    first: date
    last: date


def stand_in_world(world: World, duty: Duty, unit: str, facts: tuple[Fact, ...]) -> World:
    """A world of one holder in that unit, without acts: in the post, and the unit there, always."""
    chain = {name: world.records.units[name] for name in world.chain(unit)}
    chain[unit] = replace(chain[unit], first=None, last=None)
    posts: dict[str, Post] = {}
    people: dict[str, Person] = {}
    held: tuple[Appointment, ...] = ()
    if duty.holder.posts:
        posts = {POST: Post(POST, unit, duty.holder.posts[0])}
        people = {PERSON: Person(PERSON, PERSON, facts=facts)}
        held = (Appointment(PERSON, POST, date.min),)
    records = Records(
        units=chain,
        posts=posts,
        people=people,
        appointments=held,
        activities=(),
        records_from=world.records.records_from,
        adoptions=world.records.adoptions,
    )
    alone = World(world.rulebook, records, world.as_of, world.horizon)
    alone.first_day = world.first_day
    return alone


def stand_in_holder(duty: Duty, unit: str) -> Holder:
    """The stand-in as a holder."""
    if duty.holder.posts:
        return Holder(HolderSort.PERSON, unit, POST, PERSON, (POST,))
    return Holder(HolderSort.UNIT, unit)


def pattern_of(alone: World, duty: Duty, unit: str, first: date, last: date) -> Pattern | None:
    """What the duty asks of the stand-in, due from `first` to `last`; None: nothing."""
    found = [
        one
        for series in series_of(alone, duty)
        if series.holder == stand_in_holder(duty, unit)
        for one in series.obligations
        if one.stretch.due is not None and first <= one.stretch.due <= last
    ]
    if not found:
        return None
    valid = valid_days(alone, duty, unit)
    asked = tuple(Asked(one, (one.stretch.days & valid).runs, _states(alone, one)) for one in found)
    # Selection and variants are asked of the longest periods, so these must be held whole too.
    leaves = [leaf for each in duty.frequency.for_shape() for _, leaf in parts_of(each)]
    longest = max(leaves, key=nominal_days)
    kind = longest.period
    assert kind is not None  # a duty that counts plainly has whole periods
    edges = [found[0].stretch.period, found[-1].stretch.period]
    for edge in tuple(edges):
        for day in (edge.first, edge.last):
            named = period_around(kind.word, day, since=longest.since)
            if named is not None:
                edges.append(named[1])
    return Pattern(asked, min(e.first for e in edges), max(e.last for e in edges))


def _states(alone: World, one: Obligation) -> tuple[State, ...]:
    """The state after 0, 1, 2 … acts in the period, until more make no difference."""
    enough = int(max(one.required, Fraction(one.measure.at_most or 0))) + 1
    act = _act(alone, one.holder, one.stretch.window.first, "", None, ())
    entry = CountedAct(act, Fraction(1), in_time=True)
    return tuple(judge(alone, Slot(one, [entry] * n)).state for n in range(enough + 1))


def accepts(alone: World, duty: Duty, unit: str, act_class: ActClass) -> bool:
    """Whether acts of that kind, role and attributes are of the manner that the duty asks for."""
    _, kind, role, attributes = act_class
    holder = stand_in_holder(duty, unit)
    act = _act(alone, holder, alone.as_of, kind, role, attributes)
    return tested(alone, duty, holder, act).reason is None


def _act(
    alone: World,
    holder: Holder,
    day: date,
    kind: str,
    role: str | None,
    attributes: tuple[tuple[str, str], ...],
) -> Activity:
    return Activity(
        activity="\x00",
        kind=kind,
        day=min(day, alone.as_of),
        holder=holder.post or holder.unit,
        recorded_at=datetime.combine(day, datetime.min.time()),
        role=role,
        attributes=attributes,
    )
