"""What an act would have to say for a duty to take it: the column, what is asked, what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from data.records import Activity
from engine.judging.in_force import valid_days
from engine.judging.selection import may_select
from engine.judging.verdict import Reason, Want
from engine.judging.world import World
from rules.duty import ActRule, Duty, HolderRule
from rules.frequency import Measure
from rules.vocabulary import Vocabulary


def wants(
    rule: ActRule | None, measure: Measure, act: Activity, reason: Reason
) -> tuple[Want, ...]:
    """What the act would have to say instead, where it fails for that reason; empty where the
    reason is none of a word that is asked for. Under a role also the attributes, which are asked
    after it: whoever mends the record mends it once.
    """
    if rule is None:
        return ()
    if reason is Reason.ROLE:
        return (Want("role", None, rule.role, act.role), *_attributes(rule, act))
    if reason is Reason.ATTRIBUTE:
        return tuple(_attributes(rule, act))
    unit = measure.unit if reason is Reason.UNIT else None
    if reason is Reason.TOO_SMALL and measure.least_amount and act.quantity is not None:
        unit = measure.least_amount.unit
    if unit and unit != act.unit_of_quantity:
        return (Want("unit_of_quantity", None, (unit,), act.unit_of_quantity),)
    return ()


@dataclass(frozen=True)
class OwedBy:
    """By whom an act's duties may be owed: classes of posts, each with its unit, and units, each
    with those above it. `own` are the posts of a unit under which the act stands itself.
    """

    posts: frozenset[tuple[str, str]]
    units: frozenset[tuple[str, ...]]
    own: frozenset[tuple[str, str]]

    def likeness(self, world: World) -> object:
        """What decides which duties are theirs: alike, they have the same."""
        of, posts, own = world.likeness, self.posts, self.own
        return (
            frozenset((name, of(unit)) for name, unit in posts),
            frozenset(tuple(map(of, chain)) for chain in self.units),
            frozenset((name, of(unit)) for name, unit in own),
        )


def owed_by(world: World, holder: str, on_behalf_of: str | None) -> OwedBy:
    """Whoever ever held the post that an act was done under (or on behalf of), in all his posts,
    and their units; or the unit.
    """
    rows = world.records.posts
    posts = {post for post in (holder, on_behalf_of or "") if post in rows}
    people = {tenure.person for post in posts for tenure in world.tenures_of(post)}
    posts |= {one.post for person in people for one in world.tenures_by_person.get(person, ())}
    units = {rows[post].unit for post in posts} | ({holder} & world.records.units.keys())
    return OwedBy(
        frozenset((rows[post].post_class, rows[post].unit) for post in posts),
        frozenset(map(world.chain, units)),
        frozenset((rows[post].post_class, holder) for post in world.posts_by_unit.get(holder, ())),
    )


def duties_taking(world: World, kind: str, owed: OwedBy) -> list[Duty]:
    """The duties that an act of that kind may be for, in their order."""
    is_kind = world.rulebook.vocabulary.is_kind
    return [
        duty
        for duty in world.rulebook.duties
        if duty.activity
        and any(is_kind(kind, asked) for asked in duty.activity.kind)
        and _is_owed(world, duty, duty.activity, owed)
    ]


def duties_owed(world: World, owed: OwedBy) -> list[Duty]:
    """The duties that ask for acts of any kind, in their order."""
    return [
        duty
        for duty in world.rulebook.duties
        if duty.activity and _is_owed(world, duty, duty.activity, owed)
    ]


def _is_owed(world: World, duty: Duty, acts: ActRule, owed: OwedBy) -> bool:
    return any(
        may_select(world, duty, unit) and bool(valid_days(world, duty, unit, any_season=True))
        for unit in _owing(duty.holder, acts, owed)
    )


def _owing(holder: HolderRule, acts: ActRule, owed: OwedBy) -> set[str]:
    """The units in which the duty could be owed by them."""
    if holder.posts:
        posts = owed.posts | owed.own if acts.of_unit else owed.posts
        return {unit for name, unit in posts if name in holder.posts}
    if acts.below:
        return {unit for chain in owed.units for unit in chain}
    return {chain[0] for chain in owed.units}


def unasked(
    vocabulary: Vocabulary,
    duties: Sequence[Duty],
    role: str | None,
    attributes: Iterable[tuple[str, str]],
) -> Iterator[Want]:
    """What an act says that none of these duties asks for though they ask for a word there: a role
    where each of them asks for one, and an attribute's value that is none of the vocabulary either.
    """
    rules = [duty.activity for duty in duties if duty.activity]
    roles = dict.fromkeys(word for rule in rules for word in rule.role)
    if role is not None and rules and all(rule.role for rule in rules) and role not in roles:
        yield Want("role", None, tuple(roles), role)
    for key, value in attributes:
        asked = dict.fromkeys(word for rule in rules for word in rule.attributes.get(key, ()))
        word = vocabulary.attributes.get(key)
        if asked and value not in asked and (word is None or value not in word.values):
            yield Want("attributes", key, tuple(asked), value)


def _attributes(rule: ActRule, act: Activity) -> Iterator[Want]:
    given = dict(act.attributes)
    for key, asked in rule.attributes.items():
        if given.get(key) not in asked:
            yield Want("attributes", key, asked, given.get(key))
