"""What an act would have to say for a duty to take it: the column, what is asked, what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from data.records import Activity
from engine.judging.in_force import valid_days
from engine.judging.selection import may_select
from engine.judging.verdict import Reason, Want
from engine.judging.world import World
from rules.duty import ActRule, Duty
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


def duties_taking(world: World, kind: str, holder: str, on_behalf_of: str | None) -> list[Duty]:
    """The duties that an act of that kind, done under a post or unit, may be for, in their order:
    those of whoever ever held the post, of its unit, and of units above that count acts below.
    """
    posts = {post for post in (holder, on_behalf_of or "") if post in world.records.posts}
    people = {tenure.person for post in posts for tenure in world.tenures_of(post)}
    posts |= {one.post for person in people for one in world.tenures_by_person.get(person, ())}
    units = {world.records.posts[post].unit for post in posts}
    if holder in world.records.units:
        units.add(holder)
    is_kind = world.rulebook.vocabulary.is_kind
    return [
        duty
        for duty in world.rulebook.duties
        if duty.activity
        and any(is_kind(kind, asked) for asked in duty.activity.kind)
        and _may_be_for(world, duty, posts, units, holder)
    ]


def _may_be_for(world: World, duty: Duty, posts: set[str], units: set[str], holder: str) -> bool:
    """Whether one of these posts or units may owe the duty on some day."""
    rule, acts = duty.holder, duty.activity
    if rule.posts:
        own = world.posts_by_unit.get(holder, ()) if acts and acts.of_unit else ()
        records = world.records.posts
        owing = {
            records[post].unit for post in (*posts, *own) if records[post].post_class in rule.posts
        }
    elif acts and acts.below:
        owing = {above for unit in units for above in world.chain(unit)}
    else:
        owing = units
    return any(
        unit in world.records.units
        and may_select(world, duty, unit)
        and bool(valid_days(world, duty, unit, any_season=True))
        for unit in owing
    )


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
