"""Why one obligation stands as it does."""

from __future__ import annotations

from dataclasses import dataclass

from data.store.opening import Store
from data.store.person_subset import people_at
from engine.calendar.labels import days_of_label, parse_label
from engine.calendar.limits import add_days
from engine.calendar.periods import Period
from engine.judging.explain import Explanation, UnknownVerdict, explain_judged, find_among
from engine.judging.world import World
from problems import BadInput, Place, Problem, did_you_mean, names, said
from services.look import When, Whose, looks
from services.office import Office, office_rulebook, store_of


@dataclass(frozen=True)
class Why:
    """An explained verdict, and the world in which it was found."""

    world: World
    explanation: Explanation


def why(office: Office, when: When, name: str) -> Why:
    """The verdict of that id (DUTY@HOLDER@LABEL), explained. Raises BadInput where there is no
    such obligation.
    """
    rulebook = office_rulebook(office)
    duty = name.partition("@")[0].partition("#")[0]
    missing: UnknownVerdict | None = None
    # Among all there are more names that may have been meant.
    for it in looks(store_of(office), rulebook, when, _whose(name, duty)):
        try:
            judged = find_among(it.world, it.judged(), name)
        except UnknownVerdict as error:
            # What is still to come is listed too: by a calendar, or for whoever takes a post over.
            missing, it = error, it.ahead(_as_far_as(it.world, name))
            try:
                judged = find_among(it.world, it.judged(), name)
            except UnknownVerdict:
                continue
        return Why(it.world, explain_judged(it.world, judged))
    assert missing is not None
    raise BadInput([_unknown(missing, duty, [one.id for one in rulebook.duties])])


def _as_far_as(world: World, name: str) -> Period:
    """From the day that is judged to the end of what the id names, and at least a year."""
    label = parse_label(name.rpartition("@")[2])
    days = days_of_label(label, world.windows, ()) if label else None
    last = (days.last if days else None) or world.as_of
    return Period(world.as_of, max(last, add_days(world.as_of, 366)))


def _whose(name: str, duty: str) -> Whose:
    """Whoever ever held the post of that verdict, or a post of its unit."""
    holder = name.partition("@")[2].rpartition("@")[0]

    def people(state: Store) -> list[str]:
        return people_at(state, holder) or people_at(state, holder.rpartition("/")[0])

    return Whose(people, frozenset([duty]), beside=True)


def _unknown(error: UnknownVerdict, duty: str, duties: list[str]) -> Problem:
    verdict = error.name
    if duty and "@" in verdict and duty not in duties:
        hint = did_you_mean(duty, duties) or said("see_rules_list")
        return Problem(Place("VERDICT"), said("no_such_duty", duty=duty), hint)
    near = names(error.near[:5])
    others = said("there_are", verdicts=near) if error.near else said("verdict_form")
    hint = did_you_mean(verdict, error.near) or others
    return Problem(Place("VERDICT"), said("no_such_obligation", verdict=verdict), hint)
