"""What is odd about an act that was just recorded: taken all the same, and said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from data.records import Activity
from engine.judging.verdict import Want
from engine.judging.wanting import duties_owed, duties_taking, owed_by, unasked
from engine.judging.world import World
from problems import Place, Problem, any_of, bare, said

LONG_AGO = timedelta(days=366)
"""What was done so long ago is seldom recorded now: the year may be mistyped."""

_MOST_KINDS = 8


def doubts_of(
    world: World, act: Activity, today: date, *, unexplained: bool = False
) -> Iterator[Problem]:
    """A day still to come or long past, a kind, a role or an attribute that no duty of the act's
    holder asks for; where it is `unexplained` why the act counts for nothing, the duties that ask
    for its kind. Nobody is accused of it, and nothing is refused.
    """
    yield from _of_day(world, act.day, today)
    owed = owed_by(world, act.holder, act.on_behalf_of)
    duties = duties_taking(world, act.kind, owed)
    if not duties:
        rules = [duty.activity for duty in duties_owed(world, owed) if duty.activity]
        kinds = list(dict.fromkeys(kind for rule in rules for kind in rule.kind))[:_MOST_KINDS]
        hint = said("their_duties_ask_for", asked=any_of(kinds)) if kinds else None
        yield Problem(Place("kind"), said("kind_nobody_asks_for", kind=act.kind), hint)
    elif unexplained:
        titles = list(dict.fromkeys(duty.title for duty in duties))
        told = said("owes_nothing_of_the_kind_then", kind=act.kind, day=act.day)
        hint = said("duties_that_ask_for_it", titles=any_of(titles[:_MOST_KINDS]))
        yield Problem(Place("kind"), told, hint)
    for want in unasked(world.rulebook.vocabulary, duties, act.role, act.attributes):
        yield _of_word(want)


def _of_day(world: World, day: date, today: date) -> Iterator[Problem]:
    place, first = Place("day"), world.records.records_from
    if day > today:
        yield Problem(place, said("day_is_to_come", day=day), said("is_the_day_mistyped"))
    elif day < first:
        yield Problem(place, said("day_before_records", day=day, first=first))
    elif day < today - LONG_AGO:
        yield Problem(place, said("day_is_long_past", day=day), said("is_the_day_mistyped"))


def _of_word(want: Want) -> Problem:
    what = said("the_role") if want.key is None else bare(want.key)
    told = said("word_no_duty_asks_for", what=what, written=want.written or "")
    hint = said("their_duties_ask_for", asked=any_of(want.asked))
    return Problem(Place(want.column), told, hint)
