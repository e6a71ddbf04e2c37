"""A day's work, from its verdicts: whom to call, what turned red, what falls due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from engine.alerting.matters import run_holder
from engine.calendar.periods import ONE_DAY
from engine.judging.verdict import State, Verdict, VerdictFlag
from engine.judging.world import World
from reports.audit.statistics import overdue_together
from reports.names import Names

AHEAD = timedelta(days=7)
"""How far ahead it is told what falls due."""

RUNNING = frozenset({State.OPEN, State.DUE_SOON, State.BEHIND, State.UPCOMING})
"""The states of what is neither done nor late."""

SHORT = 7
"""Periods of so many days are short: nobody is called before each of them ends."""


@dataclass(frozen=True)
class Call:
    """Somebody to be called: `person` (None: nobody holds the post) in `post` of `unit`, by the day
    `latest`, about what is late or ends soon, the most pressing first. `has_left`: some of it is of
    a post that he holds no more; `for_unit`: it is the unit's own matter, and he holds its first
    post.
    """

    unit: str
    post: str | None
    person: str | None
    phone: str | None
    matters: tuple[Verdict, ...]
    latest: date
    has_left: bool = False
    for_unit: bool = False

    @property
    def shortfall(self) -> Fraction:
        """What all of it lacks."""
        return sum((one.shortfall for one in self.matters), Fraction(0))


@dataclass(frozen=True)
class DueTogether:
    """What falls due of one duty in one unit, by day; of short periods that of all units."""

    verdicts: tuple[Verdict, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units, in the order in which it falls due."""
        return tuple(dict.fromkeys(one.unit for one in self.verdicts))

    @property
    def holders(self) -> int:
        """How many owe it."""
        return len({run_holder(one) for one in self.verdicts})


@dataclass(frozen=True)
class Today:
    """A day's work. `since` is the working day before: what turned red did so after it. `to_send`
    are those overdue for whom the days of waiting for records are over: papers are due, not calls.
    """

    as_of: date
    since: date
    is_workday: bool
    next_workday: date
    calls: tuple[Call, ...]
    turned: tuple[tuple[Verdict, ...], ...]
    due: tuple[DueTogether, ...]
    to_send: tuple[Verdict, ...]


def today_of(world: World, verdicts: Sequence[Verdict], names: Names, hold: int) -> Today:
    """What is to be done on the day of the world. `hold` is how many working days late records are
    waited for, before a paper goes out.
    """
    day, workdays = world.as_of, world.workdays
    following = workdays.next_workday(day + ONE_DAY)
    since = workdays.previous_workday(day - ONE_DAY)
    late = [
        one
        for one in verdicts
        if one.state is State.OVERDUE and VerdictFlag.CLOSED not in one.flags
    ]
    calls: list[tuple[date, Verdict]] = []
    to_send: list[Verdict] = []
    for one in late:
        assert one.deadline is not None
        if workdays.count(one.deadline + ONE_DAY, day) < hold:
            calls.append((workdays.add(one.deadline, hold), one))
        else:
            to_send.append(one)
    coming = [one for one in verdicts if _falls_due(one, day)]
    calls += [
        (one.deadline, one)
        for one in coming
        if one.deadline is not None and one.deadline <= following and not _is_short(one)
    ]
    turned = [one for one in late if one.deadline is not None and one.deadline >= since]
    return Today(
        as_of=day,
        since=since,
        is_workday=workdays.is_workday(day),
        next_workday=following,
        calls=tuple(_calls(world, calls, names)),
        turned=tuple(overdue_together(turned, names)),
        due=tuple(_together(coming, names)),
        to_send=tuple(to_send),
    )


def _falls_due(one: Verdict, day: date) -> bool:
    """Whether it still lacks something, and its day is near; it may be in its days of grace."""
    return (
        one.state in RUNNING
        and one.shortfall > 0
        and one.due is not None
        and one.deadline is not None
        and one.deadline >= day
        and one.due <= day + AHEAD
    )


def _together(coming: Iterable[Verdict], names: Names) -> list[DueTogether]:
    """By the first day, then by duty and unit."""
    found: dict[tuple[str, int, str], list[Verdict]] = defaultdict(list)
    for one in sorted(coming, key=lambda one: (one.due or date.max, names.order_of(one))):
        found[one.duty.id, one.part, "" if _is_short(one) else one.unit].append(one)
    return [DueTogether(tuple(group)) for group in found.values()]


def _is_short(one: Verdict) -> bool:
    return one.event is None and len(one.period) <= SHORT


@dataclass(frozen=True)
class _Whom:
    unit: str
    post: str | None
    person: str | None
    for_unit: bool = False


def _calls(world: World, pressing: Iterable[tuple[date, Verdict]], names: Names) -> list[Call]:
    """All matters of one person in one call, by the day until which they can wait."""
    matters: dict[tuple[str, ...], list[tuple[date, Verdict, _Whom]]] = defaultdict(list)
    for latest, one in pressing:
        whom = _whom(world, one, names)
        key = (whom.person,) if whom.person else (whom.unit, whom.post or "", "")
        matters[key].append((latest, one, whom))
    found = []
    for rows in matters.values():
        rows.sort(key=lambda row: (row[0], -row[1].shortfall, names.order_of(row[1])))
        latest, _one, whom = rows[0]
        row = world.records.people.get(whom.person) if whom.person else None
        left = any(
            one.person and one.post and not world.holds(one.person, one.post, world.as_of)
            for _, one, _ in rows
        )
        found.append(
            Call(
                whom.unit, whom.post, whom.person, row.phone if row else None,
                tuple(one for _, one, _ in rows), latest, left, whom.for_unit,
            )
        )  # fmt: skip
    return sorted(
        found,
        key=lambda one: (one.latest, -one.shortfall, names.order_of(one.matters[0])),
    )


def _whom(world: World, one: Verdict, names: Names) -> _Whom:
    """Who is asked about it: the person who owes it, else whoever holds the post, the first post of
    the group, or the first of the unit.
    """
    if one.person:
        return _Whom(one.unit, one.post, one.person)
    posts = (one.post,) if one.post else names.group(one)
    for_unit = not posts
    if for_unit:
        places = names.post_order
        posts = tuple(sorted(world.posts_by_unit.get(one.unit, ()), key=lambda post: places[post]))
    for post in posts:
        held = world.in_post(post, world.as_of)
        if held:
            return _Whom(one.unit, post, held[0], for_unit)
    return _Whom(one.unit, one.post, None, for_unit)
