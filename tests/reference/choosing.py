"""Whom a duty selects and by which measure, asked once in each of the longest periods."""

from __future__ import annotations

from datetime import date

from engine.calendar.cutting import period_around
from rules.duty import Duty
from rules.frequency import Measure, Shape
from rules.period_kinds import PERIOD_KINDS, period_kind
from tests.reference.measures import parts
from tests.reference.members import Members
from tests.reference.office import days
from tests.reference.spans import Stretch
from tests.reference.terms import given_runs, term_held
from tests.reference.windows import Run

CALENDAR = frozenset(kind.word for kind in PERIOD_KINDS if kind.by_calendar)


class Choosing(Members):
    """Asks on which day a holder binds, and whether the duty means him."""

    def chosen(
        self,
        duty: Duty,
        which: int,
        unit: str,
        posts: tuple[str, ...],
        person: str | None,
        at: Stretch,
    ) -> bool:
        """Whether this holder is selected, and by this measure and no earlier one."""
        given = self._given(duty, unit, posts, person)
        if self._between_terms(duty, at, given):
            return False
        longest = self._longest(duty, at, given)
        inside = [d for d in longest if self._bound(duty, unit, posts, person, d)]
        held = [d for d in longest if self._held(unit, posts, person, d)]
        beyond = any(leaf.about or leaf.windows for leaf in self._leaves(duty))
        if not held and len(longest) > len(days(at.first, at.last)) and not beyond:
            # whoever comes after it, into a shorter period that began in it, is not asked
            return False
        day = (inside or held or [at.first])[0]
        if person is None and len(posts) == 1 and duty.holder.joint == "each_of":
            person = min(self.office.responsible(posts[0], day), default=None)
        if not self.office.unit_matches(duty.holder.units, unit, None, day):
            return False
        if not self.office.unit_matches(duty.holder.when, unit, person, day):
            return False
        for n, variant in enumerate(duty.frequency.variants):
            fits = self.office.unit_matches(variant.when, unit, person, day)
            if fits and self.office.reads("variants"):
                return n == which
        return which == len(duty.frequency.variants)

    def then(
        self,
        duty: Duty,
        part: int,
        unit: str,
        posts: tuple[str, ...],
        person: str | None,
        said: set[date],
    ) -> list[set[date]]:
        """The periods of the duty that meet these days, by the measure that held for each."""
        held = term_held(self.office, posts, unit, person)
        found = []
        for which, measure in enumerate((*duty.frequency.variants, duty.frequency)):
            for number, leaf in parts(measure):
                if number != part or leaf.shape in (Shape.TO_BE_RULED, Shape.EVENT, Shape.ROLLING):
                    continue
                for at in self.stretches(duty, leaf, unit, held):
                    of_window = at.every or at.whole
                    stretch = set(of_window if leaf.windows else days(at.first, at.last))
                    if said & stretch and which == self._held_then(duty, unit, posts, person, at):
                        found.append(stretch)
        return found

    def _held_then(
        self, duty: Duty, unit: str, posts: tuple[str, ...], person: str | None, at: Stretch
    ) -> int:
        """Which variant held for the stretch, whoever was in the post; past the last: the base."""
        longest = self._longest(duty, at, self._given(duty, unit, posts, person))
        for whose in (person, None):
            inside = [d for d in longest if self._bound(duty, unit, posts, whose, d)]
            held = [d for d in longest if self._held(unit, posts, whose, d)]
            if inside or held:
                break
        day = (inside or held or [at.first])[0]
        if whose is None and len(posts) == 1 and duty.holder.joint == "each_of":
            whose = min(self.office.responsible(posts[0], day), default=None)
        fits = (self.office.unit_matches(v.when, unit, whose, day) for v in duty.frequency.variants)
        return next((n for n, yes in enumerate(fits) if yes), len(duty.frequency.variants))

    def _held(self, unit: str, posts: tuple[str, ...], person: str | None, day: date) -> bool:
        office = self.office
        if not posts:
            return office.unit_exists(unit, day)
        if person is not None:
            return person in office.holders(posts[0], day)
        return any(office.holders(post, day) for post in posts)

    def _bound(
        self, duty: Duty, unit: str, posts: tuple[str, ...], person: str | None, day: date
    ) -> bool:
        """Whether the day is in force for that holder."""
        if person is not None:
            return self.owes_on(duty, posts[0], person, day)
        return (
            self._held(unit, posts, None, day)
            and self.office.in_law(duty, unit, day)
            and not self._all_waived(duty, unit, posts, day)
        )

    def _longest(self, duty: Duty, at: Stretch, given: dict[str, list[Run]]) -> list[date]:
        """The days of the longest period, among base and variants, in which the stretch begins."""
        best = days(at.first, at.last)
        for leaf in self._leaves(duty):
            around = self._around(leaf, at, given)
            if len(around) > len(best):
                best = around
        return best

    def _leaves(self, duty: Duty) -> list[Measure]:
        every = (duty.frequency, *duty.frequency.variants)
        return [leaf for measure in every for _, leaf in parts(measure)]

    def _around(self, leaf: Measure, at: Stretch, given: dict[str, list[Run]]) -> list[date]:
        """The period of that measure in which the stretch begins."""
        day = at.first
        if leaf.windows or leaf.shape is Shape.TO_BE_RULED:
            # a window is a stretch of each year, and may run on into the next
            return days(date(day.year, 1, 1), max(at.last, date(day.year, 12, 31)))
        if len(leaf.due) > 1:
            return []  # its periods are the stretches between the due days
        if leaf.per in CALENDAR and leaf.shape is not Shape.EVENT:
            around = period_around(str(leaf.per), day, since=leaf.since)
            return days(around[1].first, around[1].last) if around else []
        runs = given.get(leaf.per or "", [])
        return next((days(*run) for run in runs if run[0] <= day <= run[1]), [])

    def _given(
        self, duty: Duty, unit: str, posts: tuple[str, ...], person: str | None
    ) -> dict[str, list[Run]]:
        """The school terms, terms of office and campaigns of the duty, by their words."""
        held = term_held(self.office, posts, unit, person)
        words = {leaf.per for leaf in self._leaves(duty) if leaf.per} - CALENDAR
        kinds = [word for word in words if not period_kind(word).by_calendar]
        return {
            word: [(a, b) for _, a, b in given_runs(self.office, duty, word, unit, held)]
            for word in kinds
        }

    def _between_terms(self, duty: Duty, at: Stretch, given: dict[str, list[Run]]) -> bool:
        """Whether the duty goes by school terms, or terms of office, and the stretch begins after
        one of them and in none: nobody is asked.
        """
        leaves = self._leaves(duty)
        longest = max(leaves, key=lambda leaf: leaf.period.days if leaf.period else 0)
        if longest.per not in given or any(leaf.windows for leaf in leaves):
            return False
        begun = [run for run in given[longest.per] if run[0] <= at.first]
        return bool(begun) and all(last < at.first for _, last in begun)

    def owes_on(self, duty: Duty, post: str, person: str, day: date) -> bool:
        unit = self.office.unit_of[post]
        return (
            person in self.office.responsible(post, day)
            and self.office.in_law(duty, unit, day)
            and not self.office.waived(duty, unit, post, person, day)
        )

    def _all_waived(self, duty: Duty, unit: str, posts: tuple[str, ...], day: date) -> bool:
        office = self.office
        if office.waived(duty, unit, None, None, day):
            return True
        if not posts:
            return False
        people = [(post, p) for post in posts for p in office.responsible(post, day)]
        return bool(people) and all(office.waived(duty, unit, post, p, day) for post, p in people)
