"""The lists of every day: what is to be done today, and who records nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.calendar.periods import add_months
from problems import BadInput, Place, Problem, said
from reports.names import Names
from reports.silent.facts import Silence, silence_of
from reports.today.facts import Today, today_of
from services.look import Progress, When, look, no_such_unit
from services.naming import unit_named
from services.office import Office, office_rulebook, policy_of, store_of


@dataclass(frozen=True)
class DayTold:
    """A day's work, and the names of whom it is about."""

    today: Today
    names: Names


@dataclass(frozen=True)
class SilenceTold:
    """Who is silent, and their names."""

    silence: Silence
    names: Names


def today(
    office: Office, when: When, unit: str | None = None, progress: Progress | None = None
) -> DayTold:
    """What is to be done on the day, in the unit and those below it (None: in all). Raises
    BadInput.
    """
    unit = unit_named(store_of(office), office_rulebook(office), unit)
    it = look(office, when)
    if unit is not None and unit not in it.records.units:
        raise BadInput([no_such_unit(unit, it.records.units)])
    names = Names.of_world(it.world)
    verdicts = [one.verdict for one in it.judged(unit=unit, progress=progress)]
    hold = policy_of(office).hold_working_days
    return DayTold(today_of(it.world, verdicts, names, hold), names)


def silent(
    office: Office,
    when: When,
    since: date | None = None,
    unit: str | None = None,
    progress: Progress | None = None,
) -> SilenceTold:
    """Who owes something in the days from `since` (None: a month before) to the day, and has no
    record in them. Raises BadInput.
    """
    unit = unit_named(store_of(office), office_rulebook(office), unit)
    it = look(office, when)
    if unit is not None and unit not in it.records.units:
        raise BadInput([no_such_unit(unit, it.records.units)])
    day = it.world.as_of
    first = since or add_months(day, -1)
    check_since(first, day)
    names = Names.of_world(it.world)
    verdicts = [one.verdict for one in it.judged(unit=unit, progress=progress)]
    return SilenceTold(silence_of(it.world, verdicts, first, names), names)


def check_since(since: date, as_of: date) -> None:
    """Raises BadInput for a day since when that lies behind the one that is judged."""
    if since > as_of:
        message = said("since_after_as_of", since=since, as_of=as_of)
        raise BadInput([Problem(Place("--since"), message, said("name_an_earlier_day"))])
