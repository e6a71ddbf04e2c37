"""What of a duty's obligations is the same for many holders, and is worked out once for all.

Frames and stretches are one for all units that are alike; what is owed in them is one for all
holders besides whose days in force are the same as far as these reach. Source: ENGINE, section 3.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from engine.calendar.days import Days
from engine.calendar.periods import Period
from engine.judging.in_force import DaysInForce, Holder, valid_days
from engine.judging.obligations import Obligation
from engine.judging.selection import asks_people, selected_days, unit_days_that
from engine.judging.stretches import (
    Stretch,
    Timing,
    nominal_days,
    parts_of,
    stretches,
    timing_of,
)
from engine.judging.world import World
from rules.duty import Duty
from rules.frequency import Measure
from rules.period_kinds import Given


@dataclass(frozen=True)
class Candidate:
    """A holder that a duty may bind, with its force, and how its results are owed."""

    holder: Holder
    force: DaysInForce
    tenured: Days


@dataclass(frozen=True)
class Owed:
    """What a duty asks of one holder, by part of its measure; `rolling` are made from acts."""

    rolling: tuple[tuple[int, Measure], ...]
    obligations: tuple[tuple[int, Obligation], ...]


class Plan:
    """The longest periods of a duty, its frames, and the stretches that begin in each of them.

    `valid` are the days of duty, document and adoption; `held` the tenure for terms of office.
    `owed` is what was laid out for holders before, by the pattern of their days in force.
    """

    def __init__(self, world: World, duty: Duty, holder: Holder, held: Days) -> None:
        self.world = world
        self.duty = duty
        self.holder = holder
        self.held = held
        self.valid = valid_days(world, duty, holder.unit)
        self.since = Days.of(world.records_from(holder.unit), None)
        self.longest = max(leaves_of(duty), key=nominal_days)
        self.owed: dict[object, Owed] = {}
        self._known: dict[int, list[Stretch]] = {}
        self._begun: dict[int, dict[int, list[Stretch]]] = {}

    @cached_property
    def binding(self) -> Days:
        """The valid days since the records of the unit began."""
        return self.valid & self.since

    @cached_property
    def frames(self) -> list[Period]:
        """The longest periods, in order: selection and variants are asked once for each."""
        timing = timing_of(self.longest)
        if timing in (Timing.BY_DAY, Timing.ROLLING):
            return [Period(date.min, date.max)]
        if timing in (Timing.WINDOW, Timing.TO_BE_RULED):
            years = range(self.world.first_day.year - 1, self.world.horizon.year + 1)
            return [Period(date(year, 1, 1), date(year, 12, 31)) for year in years]
        return sorted({one.period for one in self._stretches(self.longest)})

    @cached_property
    def asked(self) -> Sequence[int]:
        """The places of the frames that ask for anything, in order."""
        leaves = leaves_of(self.duty)
        if any(timing_of(leaf) is Timing.ROLLING for leaf in leaves):
            return range(len(self.frames))
        return sorted({at for leaf in leaves for at in self.begun(leaf)})

    def begun(self, measure: Measure) -> dict[int, list[Stretch]]:
        """The stretches of a measure that can bind, by the place of the frame they begin in."""
        if id(measure) not in self._begun:
            binding = [one for one in self._stretches(measure) if self._may_bind(measure, one)]
            self._begun[id(measure)] = _by_frame(binding, self.frames)
        return self._begun[id(measure)]

    def _stretches(self, measure: Measure) -> list[Stretch]:
        if id(measure) not in self._known:
            self._known[id(measure)] = list(
                stretches(self.world, self.duty, measure, self.holder, self.valid, self.held)
            )
        return self._known[id(measure)]

    def _may_bind(self, measure: Measure, one: Stretch) -> bool:
        """Whether the stretch meets a valid day; what is to be ruled is asked for by its year."""
        first = self.duty.valid.first
        if timing_of(measure) is Timing.AFTER_PERIOD and first and one.period.last < first:
            # A period before the duty's first day was never its own: of a changed rule, the old
            # one's.
            return False
        if not one.ruled:
            return True
        called = Days.of(one.period.first, one.period.last)
        if measure.one_day is None:
            # days to which a stretch of one day moves bring nobody in who was not asked in its
            # period
            called |= one.days
        if timing_of(measure) is Timing.BY_DAY:
            # A deadline before its document's first day has no window; it is there, and exempt.
            called |= Days.of(one.period.first, self.valid.first)
        return self.binding.meets(called)

    @cached_property
    def reach(self) -> Days:
        """From the first day that any of it asks about; what lies before makes no difference."""
        firsts = [self.world.first_day]
        firsts += [frame.first for frame in self.frames if frame.first != date.min]
        for leaf in leaves_of(self.duty):
            for one in self._stretches(leaf):
                firsts += [one.period.first, one.window.first, one.days.first or one.window.first]
        return Days.of(min(firsts), None)


class Plans:
    """The plans of one duty. What duties of one measure and one validity ask is laid out once for
    all of them, and kept in the world.
    """

    def __init__(self, world: World, duty: Duty) -> None:
        self.world = world
        self.duty = duty
        self._is_shared = is_alike_for_all(duty)
        self._answers: dict[int, tuple[object, ...]] = {}

    def plan_for(self, candidate: Candidate) -> Plan:
        """The plan of a holder, his own where holders of units that are alike differ."""
        world, duty = self.world, self.duty
        if not self._is_shared:
            return Plan(world, duty, candidate.holder, candidate.tenured)
        key = self._likeness(candidate.holder.unit)
        found: Plan | None = world.plans.get(key)
        if found is None:
            found = Plan(world, duty, candidate.holder, candidate.tenured)
            world.plans[key] = found
        return found

    def _likeness(self, unit: str) -> tuple[object, ...]:
        """All that decides the plan. Measures that are the same are one value; a plan holds its
        own, whose number is then nobody else's.
        """
        world, duty = self.world, self.duty
        return (
            id(duty.frequency),
            valid_days(world, duty, unit).runs,
            world.places[unit],
            self._answers_for(world.profiles[unit]),
            *self._of_rule,
        )

    def _answers_for(self, profile: int) -> tuple[object, ...]:
        """On which days units of the profile are selected, and which variant is theirs."""
        if profile not in self._answers:
            world, duty = self.world, self.duty
            unit = world.units_by_profile[profile][0]
            row = world.records.units[unit]
            variants = (unit_days_that(one.when, row).runs for one in duty.frequency.variants)
            self._answers[profile] = (selected_days(world, duty, unit).runs, *variants)
        return self._answers[profile]

    @cached_property
    def _of_rule(self) -> tuple[object, ...]:
        """What its document and its own days bring beside the days on which it is valid."""
        duty = self.duty
        document, own = self.world.rulebook.documents[duty.document], duty.valid
        about = any(timing_of(leaf) is Timing.AFTER_PERIOD for leaf in leaves_of(duty))
        kinds = [leaf.period for leaf in leaves_of(duty) if leaf.period is not None]
        campaign = any(kind.cut is Given.CAMPAIGN for kind in kinds)
        return (
            document.adjust,
            own.first if about or campaign else None,
            (document.id, own.last) if campaign else None,
        )

    def pattern_of(self, candidate: Candidate, plan: Plan) -> object | None:
        """What decides all that is owed, but for who owes it; None where there is more to it."""
        force = candidate.force
        if not self._is_shared or not force.days:
            return None
        days = (candidate.tenured, force.binding, force.held, force.free, force.days)
        return candidate.holder.sort, *((part & plan.reach).runs for part in days)


def leaves_of(duty: Duty) -> list[Measure]:
    """The measures that a duty may ask, those of its variants too."""
    return [leaf for each in duty.frequency.for_shape() for _, leaf in parts_of(each)]


def is_alike_for_all(duty: Duty) -> bool:
    """Whether units that are alike and days in force alone decide what is owed: no event, no term
    of office, no member of a population and no fact of a person.
    """
    return not asks_people(duty) and all(_is_alike(leaf) for leaf in leaves_of(duty))


def _is_alike(measure: Measure) -> bool:
    if measure.before or measure.after or measure.while_ or measure.population is not None:
        return False
    return measure.period is None or measure.period.cut is not Given.TENURE


def _by_frame(found: Iterable[Stretch], frames: Sequence[Period]) -> dict[int, list[Stretch]]:
    """The stretches that begin in each frame; one before all frames belongs to the first."""
    if not frames:
        return {}
    own = {frame: at for at, frame in enumerate(frames)}
    firsts = [frame.first for frame in frames]
    grouped: dict[int, list[Stretch]] = defaultdict(list)
    for one in found:
        begins = max(one.period.first, firsts[0])
        # Where only events are asked about, each is a frame of its own, and they may overlap.
        at = own.get(one.period, bisect_right(firsts, begins) - 1)
        if begins in frames[at]:
            grouped[at].append(one)
    return grouped
