"""On which days a duty binds a holder. Source: SEMANTICS, section 3, "In force".

Every answer keeps its causes apart (`DaysInForce`), so that an exemption can name the one that
alone brings the requirement to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.calendar.days import Days
from engine.calendar.periods import Period, day_in_year
from engine.judging.world import Tenure, World
from rules.duty import Duty


class HolderSort(StrEnum):
    """Which sort of holder owes an obligation."""

    PERSON = "person"
    POST = "post"
    UNIT = "unit"
    GROUP = "group"


@dataclass(frozen=True)
class Holder:
    """Who owes an obligation: a person in a post, a post (a result), a unit, or a group in one.

    `posts` are the posts that share it: one for a post, several for a group, none for a unit.
    """

    sort: HolderSort
    unit: str
    post: str | None = None
    person: str | None = None
    posts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """HOLDER in an obligation's id. SEMANTICS, section 1."""
        if self.sort is HolderSort.PERSON:
            return f"{self.post}/{self.person}"
        return self.post or self.unit


@dataclass(frozen=True)
class DaysInForce:
    """The days that each cause leaves: `binding` (duty, document, adoption and `records_from`),
    `held` (tenure, or the unit's existence), `free` (not waived); `days` is what all leave.
    """

    binding: Days
    held: Days
    free: Days
    days: Days

    def while_in(self, stretch: Days) -> DaysInForce:
        """The same, binding on these days alone: those of an event that the duty goes with."""
        return DaysInForce(self.binding & stretch, self.held, self.free, self.days & stretch)


def valid_days(world: World, duty: Duty, unit: str, *, any_season: bool = False) -> Days:
    """The days of duty, document and adoption together, for a unit; without `records_from`.

    `any_season`: as if the duty had no season. The same for units that are alike.
    """
    own = duty if duty.valid.season else None  # a season reaches as far as the periods do
    key = (
        *(duty.document, id(duty.valid), id(own), duty.replaces is None),
        *(world.places[unit], any_season),
    )
    known = world.valid.get(key)
    if known is None:
        # beside the duty, so that the numbers of its parts are nobody else's
        known = world.valid[key] = (duty, _valid_days(world, duty, unit, any_season))
    return known[1]


def _valid_days(world: World, duty: Duty, unit: str, any_season: bool) -> Days:
    document = world.rulebook.documents[duty.document]
    # A rule that replaces another judges its first period whole, also before its document's day.
    first = None if duty.replaces else document.first
    days = Days.of(first, document.last) & Days.of(duty.valid.first, duty.valid.last)
    if duty.valid.season and not any_season:
        days &= _season_days(world, duty, unit)
    adoptions = world.adoptions
    if adoptions is not None:
        chain = world.chain(unit)
        adopted = Days.none()
        for row in adoptions:
            if row.document == duty.document and row.unit in chain:
                adopted |= Days.of(row.first, row.last)
        days &= adopted
    return days


def _season_days(world: World, duty: Duty, unit: str) -> Days:
    """The days of the season, as far as the world looks: of its stretches, or its windows."""
    days = Days.none()
    # What comes before a holiday of the next year lies in this one.
    last_year = min(world.horizon.year + 1, date.max.year - 1)
    for year in range(world.first_day.year - _years_back(duty), last_year + 1):
        for begins, ends in duty.valid.season_stretches:
            first, last = day_in_year(begins, year), day_in_year(ends, year)
            if last < first:
                last = day_in_year(ends, year + 1)
            days |= Days.of(first, last)
        for _, found in season_windows(world, duty, unit, year):
            if found:
                days |= Days.of(found.first, found.last)
    return days


def _years_back(duty: Duty) -> int:
    """How many years before the records' first day a period of the duty may begin."""
    kinds = [
        leaf.period
        for measure in duty.frequency.for_shape()
        for leaf in (measure.all or (measure,))
        if leaf.period
    ]
    return 1 + max((kind.days // 365 for kind in kinds), default=0)


def season_windows(
    world: World, duty: Duty, unit: str, year: int
) -> Iterator[tuple[str, Period | None]]:
    """Each window of the season with its days in `year` for a unit; None: it has none."""
    names = duty.valid.season_windows
    for part in dict.fromkeys(x for name in names for x in world.windows.members_of(name)):
        yield part, world.windows.days_of(part, year, world.chain(unit))


def binding_days(world: World, duty: Duty, unit: str) -> Days:
    """The days of duty, document and adoption since the office's records began."""
    return valid_days(world, duty, unit) & Days.of(world.records_from(unit), None)


def waived_days(world: World, duty: Duty, holder: Holder) -> Days:
    """The days that waivers take out for a person in a post, or for a unit."""
    days = Days.none()
    for row in world.waivers_by_holder.get(holder.unit, ()):
        if _excuses(row.duty, duty) and row.subject is None and row.person is None:
            days |= Days.of(row.first, row.last)
    if holder.sort is HolderSort.UNIT or holder.post is None:
        return days
    for row in world.waivers_by_holder.get(holder.post, ()):
        if not _excuses(row.duty, duty) or row.subject is not None:
            continue
        stretch = Days.of(row.first, row.last)
        if row.person is not None:
            days |= stretch if row.person == holder.person else Days.none()
        else:
            days |= stretch & _whom_the_post_waiver_excuses(world, holder)
    return days


def _excuses(waived: str | None, duty: Duty) -> bool:
    return waived is None or waived == duty.id


def _whom_the_post_waiver_excuses(world: World, holder: Holder) -> Days:
    """A waiver on a post is the substantive holder's; the acting one's where there is no other."""
    substantive = Days.none()
    own = Days.none()
    for tenure in world.tenures_of(holder.post or ""):
        plain = tenure.days - tenure.acting
        substantive |= plain
        if tenure.person == holder.person:
            own = tenure.days
    mine = Days.none()
    for tenure in world.tenures_of(holder.post or ""):
        if tenure.person == holder.person:
            mine = (tenure.days - tenure.acting) | (own - substantive)
    return mine


def force_of_person(world: World, duty: Duty, tenure: Tenure) -> DaysInForce:
    """The days on which a duty binds a person in a post."""
    unit = world.records.posts[tenure.post].unit
    holder = Holder(HolderSort.PERSON, unit, tenure.post, tenure.person, (tenure.post,))
    binding = binding_days(world, duty, unit)
    free = Days.all() - waived_days(world, duty, holder)
    return DaysInForce(binding, tenure.sole, free, binding & tenure.sole & free)


def force_of_posts(world: World, duty: Duty, unit: str, posts: tuple[str, ...]) -> DaysInForce:
    """The days on which a duty binds any holder of these posts (one post, or a group's)."""
    binding = binding_days(world, duty, unit)
    held = days = left = Days.none()
    # A unit's waiver takes out the days of a vacancy too.
    taken = waived_days(world, duty, Holder(HolderSort.UNIT, unit))
    for post in posts:
        for tenure in world.tenures_of(post):
            force = force_of_person(world, duty, tenure)
            held |= tenure.sole
            days |= force.days
            left |= tenure.sole & force.free
            taken |= tenure.sole - force.free
    free = Days.all() - (taken - left)
    return DaysInForce(binding, held, free, days)


def force_of_unit(world: World, duty: Duty, unit: str) -> DaysInForce:
    """The days on which a duty binds a unit itself."""
    binding = binding_days(world, duty, unit)
    held = world.unit_days(unit)
    free = Days.all() - waived_days(world, duty, Holder(HolderSort.UNIT, unit))
    return DaysInForce(binding, held, free, binding & held & free)
