"""Units and posts that owe something in some days, and of whom there is no record in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from data.records import Activity, Standing
from engine.calendar.periods import Period
from engine.judging.verdict import State, Verdict
from engine.judging.world import World
from reports.names import Names

_ASKS_NOTHING = frozenset({State.EXEMPT, State.TO_BE_RULED, State.UPCOMING})


@dataclass(frozen=True)
class Silent:
    """Somebody without a record: a whole unit with its posts (`post` None), or a post of a unit
    that has records of others. `people` hold the post, or the unit's first one, now; `owed` and
    `overdue` are obligations of these days; `last` is the day of the newest record before them
    (None: there is none at all).
    """

    unit: str
    post: str | None
    people: tuple[str, ...]
    phone: str | None
    owed: int
    overdue: int
    last: date | None


@dataclass(frozen=True)
class Silence:
    """Who is silent in the days from `since` to `as_of`, units before posts, in their own order;
    `asked` is how many units owe something.
    """

    since: date
    as_of: date
    asked: int
    units: tuple[Silent, ...]
    posts: tuple[Silent, ...]


def silence_of(world: World, verdicts: Sequence[Verdict], since: date, names: Names) -> Silence:
    """Who owes something in the days from `since` to the world's day and has no record in them: no
    act under the post, for it, or of whoever holds it, and none that counts for him.
    """
    day = world.as_of
    days = Period(since, day)
    owed: dict[str, dict[str | None, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
    heard: set[str] = set()
    in_days = {
        act.activity
        for act in world.records.activities
        if act.standing is Standing.LIVE and act.day in days
    }
    for one in verdicts:
        if any(counted.activity in in_days for counted in one.counted):
            heard |= {one.unit, one.post or one.unit, *one.members}
        if one.state in _ASKS_NOTHING or one.required <= 0 or not _asks_in(one, days):
            continue
        owed[one.unit][one.post].append(one)
    last: dict[str, date] = {}
    for act in world.records.activities:
        if act.standing is Standing.LIVE and act.day <= day:
            for holder in _heard_of(world, act):
                last[holder] = max(last.get(holder, act.day), act.day)
                if act.day >= since:
                    heard.add(holder)
    units, posts = [], []
    for unit in sorted(owed, key=lambda one: names.unit_order.get(one, len(names.unit_order))):
        if unit not in heard:
            everything = [one for some in owed[unit].values() for one in some]
            units.append(_silent(world, unit, None, everything, last.get(unit), names))
            continue
        of_posts = [post for post in owed[unit] if post is not None and post not in heard]
        for post in sorted(of_posts, key=lambda one: names.place_of(unit, one, None)):
            posts.append(_silent(world, unit, post, owed[unit][post], last.get(post), names))
    return Silence(since, day, len(owed), tuple(units), tuple(posts))


def _asks_in(one: Verdict, days: Period) -> bool:
    """Whether some of its days are among these."""
    return one.window is not None and one.window.meets(days)


def _heard_of(world: World, act: Activity) -> Iterable[str]:
    """The posts and units of which an act is a record."""
    holders = {act.holder, *([act.on_behalf_of] if act.on_behalf_of else [])}
    for person in world.doers(act):
        holders |= {
            tenure.post
            for tenure in world.tenures_by_person.get(person, ())
            if act.day in tenure.days
        }
    return holders | {unit for one in holders if (unit := world.unit_of(one)) is not None}


def _silent(
    world: World,
    unit: str,
    post: str | None,
    owed: Sequence[Verdict],
    last: date | None,
    names: Names,
) -> Silent:
    places = names.post_order
    posts = (post,) if post else sorted(world.posts_by_unit.get(unit, ()), key=places.__getitem__)
    people = next((held for one in posts if (held := world.in_post(one, world.as_of))), ())
    rows = [world.records.people[one] for one in people if one in world.records.people]
    return Silent(
        unit,
        post,
        people,
        next((row.phone for row in rows if row.phone), None),
        len(owed),
        sum(one.state is State.OVERDUE for one in owed),
        last,
    )
