"""What each holder owes in each stretch, and why it is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import partial
from math import ceil, floor

from rules.duty import Duty
from rules.frequency import Measure, Shape
from tests.reference.choosing import Choosing
from tests.reference.measures import decimals_of, half_up, parts, rounded_down, wanted
from tests.reference.office import days
from tests.reference.one_day import rests
from tests.reference.own import LEAVING, TAKING
from tests.reference.spans import Slot, Stretch
from tests.reference.terms import term_held


class Owing(Choosing):
    """Makes the slots of one world."""

    # whom they ask

    def all_series(self) -> Iterator[list[Slot]]:
        """The slots that compete for the same acts, list by list."""
        for duty in self.office.rulebook.duties:
            if duty.activity is None:
                continue
            yield from self._of_duty(duty)

    def _of_duty(self, duty: Duty) -> Iterator[list[Slot]]:
        rule = duty.holder
        posts = [
            p
            for p, row in sorted(self.office.records.posts.items())
            if row.post_class in rule.posts
        ]
        if not rule.posts:
            for unit in sorted(self.office.records.units):
                yield from self._series(duty, unit, (), False)
        elif rule.joint != "each_of":
            for unit in sorted(self.office.records.units):
                group = tuple(p for p in posts if self.office.unit_of[p] == unit)
                if group:
                    yield from self._series(duty, unit, group, True)
        else:
            for post in posts:
                yield from self._series(duty, self.office.unit_of[post], (post,), False)

    def _series(
        self, duty: Duty, unit: str, posts: tuple[str, ...], joint: bool
    ) -> Iterator[list[Slot]]:
        """One list for each measure, and for conduct for each person."""
        measures: list[Measure] = [*duty.frequency.variants, duty.frequency]
        for which, measure in enumerate(measures):
            for part, leaf in parts(measure):
                if leaf.shape is Shape.TO_BE_RULED:
                    continue
                conduct = leaf.owed_by_person and bool(posts) and not joint
                if leaf.shape is Shape.ROLLING:
                    people = self.office.people_of(posts[0]) if conduct else [None]
                    for person in people:
                        yield [self._rolling(duty, which, part, leaf, unit, posts, joint, person)]
                    continue
                if conduct:
                    yield from self._of_people(duty, which, part, leaf, unit, posts[0])
                    continue
                held = term_held(self.office, posts, unit, None)
                stretches = [
                    at
                    for at in self.stretches(duty, leaf, unit, held)
                    if self._concerns(leaf, at, posts, joint)
                ]
                found = []
                for at in stretches:
                    slot = self._result(duty, which, part, leaf, unit, posts, joint, at)
                    if slot is not None:
                        found.append(slot)
                yield found

    def _of_people(
        self, duty: Duty, which: int, part: int, leaf: Measure, unit: str, post: str
    ) -> Iterator[list[Slot]]:
        """The slots of each person in the post; a term of office is his own, or his body's."""
        people = self.office.people_of(post)
        groups = [people]
        if leaf.per == "term_of_office" and not self.office.records.units[unit].term_first:
            groups = [[person] for person in people]
        by_person: dict[str, list[Slot]] = {}
        for group in groups:
            held = term_held(self.office, (post,), unit, group[0]) if group else []
            for at in self.stretches(duty, leaf, unit, held):
                if self._concerns(leaf, at, (post,), False):
                    for slot in self._conduct(duty, which, part, leaf, unit, post, at, group):
                        by_person.setdefault(str(slot.person), []).append(slot)
        yield from by_person.values()

    def _concerns(self, leaf: Measure, at: Stretch, posts: tuple[str, ...], joint: bool) -> bool:
        """Taking office binds the post taken, leaving it the unit left, other events anybody."""
        if at.event is None or at.event.type not in (TAKING, LEAVING):
            return True
        if at.event.type == LEAVING:
            return not posts
        if joint or len(posts) != 1:
            return False
        return posts == (at.event.post,)

    def _new(
        self,
        duty: Duty,
        part: int,
        leaf: Measure,
        unit: str,
        post: str | None,
        person: str | None,
        group: tuple[str, ...],
        at: Stretch,
    ) -> Slot:
        holder = unit if post is None else post if person is None else f"{post}/{person}"
        slot = Slot(duty, part, leaf, unit, post, person, group, at, holder)
        if duty.frequency.variants:
            posts = group or ((post,) if post is not None else ())
            slot.then = partial(self.then, duty, part, unit, posts, person)
        return slot

    # conduct

    def _conduct(
        self,
        duty: Duty,
        which: int,
        part: int,
        leaf: Measure,
        unit: str,
        post: str,
        at: Stretch,
        people: list[str],
    ) -> list[Slot]:
        office = self.office
        whole = self._cut(at)
        met = (*days(at.first, at.last), *(() if at.named else whole))
        if not any(office.in_law(duty, unit, day) for day in met):
            return []
        slots = []
        for person in people:
            if not all(
                any(person in office.holders(post, day) for day in asked)
                for asked in self._met(leaf, at, whole)
            ):
                continue
            slot = self._new(duty, part, leaf, unit, post, person, (post,), at)
            slot.force = {day for day in whole if self.owes_on(duty, post, person, day)}
            if self.chosen(duty, which, unit, (post,), person, at):
                slots.append(slot)
        slots.sort(key=lambda s: (min(s.force, default=date.max), str(s.person)))
        left = self._whole_of(leaf, at.whole)
        most = max((len(s.force) for s in slots), default=0)
        best = min((str(s.person) for s in slots if len(s.force) == most), default="")
        law = {d for d in whole if office.in_law(duty, unit, d)}
        for slot in slots:
            person = str(slot.person)
            slot.required = self._owed(leaf, slot.force, at.whole)
            if leaf.tenure == "full" and person != best and office.reads("full"):
                slot.required = Fraction(0)
            if left < slot.required and office.reads("never_more"):
                slot.required = left
            if self._rests(leaf, slot.force, at):
                slot.required = Fraction(0)
            left -= slot.required
            if slot.required == 0:
                tenure = {d for d in whole if person in office.responsible(post, d)}
                free = {d for d in whole if not office.waived(duty, unit, post, person, d)}
                slot.reason = self._why(leaf, law, True, at, tenure, free)
        return slots

    def _met(self, leaf: Measure, at: Stretch, whole: list[date]) -> list[list[date]]:
        """The stretches of each of which a holder must be there on a day, to be asked at all."""
        found = days(at.open, at.due)
        if at.bounded or leaf.windows or (leaf.except_ and not leaf.owed_by_person):
            found = at.every or whole or found
        return [found, days(at.first, at.last)] if at.named else [found]

    def _cut(self, at: Stretch) -> list[date]:
        """The whole days, without those after the end of an event that it goes with."""
        if at.bounded and at.event is not None:
            return [d for d in at.whole if d <= (at.event.last or at.event.day)]
        return at.whole

    def _owed(self, leaf: Measure, force: set[date], whole: list[date]) -> Fraction:
        n = self._whole_of(leaf, whole)
        if not whole:
            return Fraction(0)
        if len(force) == len(whole):
            return n
        reads = self.office.reads
        if leaf.tenure == "excuse" and reads("excuse"):
            return Fraction(0)
        if leaf.tenure == "full" or (force and not reads("prorate")):
            return n if force else Fraction(0)
        if leaf.shape is Shape.SHARE_OF_DAYS:
            return self._whole_of(leaf, [day for day in whole if day in force])
        decimals = decimals_of(leaf)
        if decimals and not reads("decimals"):
            decimals = 0
        share = n * Fraction(len(force), len(whole))
        return half_up(share, decimals) if reads("half_up") else rounded_down(share, decimals)

    def _whole_of(self, leaf: Measure, whole: list[date]) -> Fraction:
        """What is owed by who is there throughout: N, or the share of the working days."""
        if leaf.shape is not Shape.SHARE_OF_DAYS:
            return wanted(leaf)
        worked = [day for day in whole if self.office.workdays.is_workday(day)]
        share = Fraction(leaf.share or 0) * len(worked)
        if share.denominator == 1 or self.office.reads("days_up"):
            return Fraction(ceil(share))
        return Fraction(floor(share))

    def _rests(self, leaf: Measure, force: set[date], at: Stretch) -> bool:
        """A day, week or ten days, or a stretch of one day, without a working day in force."""
        if leaf.holidays == "exempt" and at.named is not None:
            return rests(self.office, leaf, at.named, force)
        return (
            (leaf.per or leaf.about) in ("day", "workday", "week", "ten_days")
            and not any(self.office.workdays.is_workday(day) for day in force)
            and not (leaf.holidays == "count" and self.office.reads("rest_counts"))
            and self.office.reads("rest_asks_nothing")
        )

    def _why(
        self,
        leaf: Measure,
        law: set[date],
        may_rest: bool,
        at: Stretch,
        tenure: set[date],
        free: set[date],
    ) -> str:
        def nothing(left: set[date]) -> bool:
            return self._owed(leaf, left, at.whole) == 0

        if not at.whole:
            return "holiday"
        if nothing(law) and not nothing(set(at.whole)):
            return "not_in_force"
        if (may_rest and self._rests(leaf, set(at.whole), at)) or nothing(set(at.whole)):
            return "holiday"
        if nothing(tenure):
            return "tenure"
        if nothing(free):
            return "waived"
        return "tenure"

    # results, units, groups

    def _result(
        self,
        duty: Duty,
        which: int,
        part: int,
        leaf: Measure,
        unit: str,
        posts: tuple[str, ...],
        joint: bool,
        at: Stretch,
    ) -> Slot | None:
        office = self.office
        whole = self._cut(at)
        if leaf.by is None and not any(
            office.in_law(duty, unit, day)
            for day in (*days(at.first, at.last), *(() if at.named else whole))
        ):
            return None
        if leaf.about and at.last < (duty.valid.first or date.min):
            # it meets no day of the duty's own, and is the rule's that this one changed
            return None
        post = posts[0] if posts and not joint else None
        slot = self._new(duty, part, leaf, unit, post, None, posts, at)
        if posts:
            tenure = {d for d in whole if any(office.holders(p, d) for p in posts)}
        else:
            tenure = {d for d in whole if office.unit_exists(unit, d)}
        if not all(
            any(
                any(office.holders(p, d) for p in posts) if posts else office.unit_exists(unit, d)
                for d in asked
            )
            for asked in self._met(leaf, at, whole)
        ):
            return None
        law = {d for d in whole if office.in_law(duty, unit, d)}
        free = {d for d in whole if not self._all_waived(duty, unit, posts, d)}
        slot.force = tenure & law & free
        if not self.chosen(duty, which, unit, posts, None, at):
            return None
        if leaf.owed_by_person:
            slot.required = self._owed(leaf, slot.force, at.whole)
            rest = self._rests(leaf, slot.force, at)
            if rest and (posts or not office.reads("unit_on_rest_days")):
                slot.required = Fraction(0)
            if slot.required == 0:
                slot.reason = self._why(leaf, law, bool(posts), at, tenure, free)
            return slot
        self._demand(slot)
        begun = {d for d in whole if d >= office.records_from(unit)}
        half = Fraction(len(whole), 2)
        law_days = begun if leaf.about else law
        lawful = len(law_days) >= half or not office.reads("half_in_force")
        begun_then = at.asked >= office.records_from(unit)
        lawful = lawful and (begun_then or not office.reads("due_in_force"))
        if leaf.about:
            about = days(at.first, at.last)
            bound = [d for d in about if office.valid(duty, unit, d)]
            most = len(bound) >= Fraction(len(about), 2)
            lawful = lawful and (most or not office.reads("half_of_period"))
            slot.force = tenure & begun & free
        else:
            bound_then = office.valid(duty, unit, at.asked)
            lawful = lawful and (bound_then or not office.reads("due_in_force"))
        if not whole:
            begun_by = at.asked >= office.records_from(unit) and office.valid(duty, unit, at.asked)
            return self._exempt(slot, "holiday" if begun_by else "not_in_force")
        if not lawful:
            return self._exempt(slot, "not_in_force")
        if posts and self._rests(leaf, self._worked(slot, posts), at):
            all_days = self._workable(slot.measure, at)
            resting = self._rests(leaf, set(all_days), at)
            return self._exempt(slot, "holiday" if resting else "tenure")
        if post is None and len(tenure) < half and office.reads("half_of_unit"):
            return self._exempt(slot, "tenure")
        if self._leaves_before(slot, post) and office.reads("taking_let_go"):
            return self._exempt(slot, "tenure")
        if len(whole) - len(free) >= half and office.reads("half_waived"):
            return self._exempt(slot, "waived")
        if post is None and len(slot.force) < half and office.reads("half_of_unit"):
            return self._exempt(slot, "tenure")
        if slot.required == 0 and not slot.roster_missing:
            return self._exempt(slot, "no_members")
        if post is not None and at.event is not None and at.event.type == TAKING:
            return self._taken(slot, post, half)
        if post is not None:
            slot.person = self._named(duty, post, at, half, leaf)
        return slot

    def _leaves_before(self, slot: Slot, post: str | None) -> bool:
        """Whether the one who took office is no longer in it on the day that this is due."""
        event = slot.at.event
        if post is None or event is None or event.type != TAKING:
            return False
        return str(event.person) not in self.office.holders(post, slot.at.due)

    def _taken(self, slot: Slot, post: str, half: Fraction) -> Slot:
        """What taking office asks: of that tenure's person alone."""
        person, office = str(slot.at.event.person), self.office
        if sum(self.owes_on(slot.duty, post, person, d) for d in slot.at.whole) < half:
            return self._exempt(slot, "tenure")
        slot.person = person if office.reads("taking_binds_him") else None
        return slot

    def _workable(self, leaf: Measure, at: Stretch) -> list[date]:
        """The days of the whole period that may be worked: not those that are left out."""
        return at.whole if at.named or leaf.except_ else days(at.first, at.last)

    def _worked(self, slot: Slot, posts: tuple[str, ...]) -> set[date]:
        """The days of the whole period on which somebody is there and not excused."""
        return {
            d
            for d in self._workable(slot.measure, slot.at)
            if any(self.office.holders(p, d) for p in posts)
            and not self._all_waived(slot.duty, slot.unit, posts, d)
        }

    def _exempt(self, slot: Slot, reason: str) -> Slot:
        slot.required, slot.reason, slot.roster_missing = Fraction(0), reason, False
        return slot

    def _named(
        self, duty: Duty, post: str, at: Stretch, half: Fraction, leaf: Measure
    ) -> str | None:
        """Who owes it: the one in the post on the due day, if in force for half of the window."""
        day = (at.event.last or at.event.day) if leaf.after else at.asked
        ranked = []
        for person in self.office.responsible(post, day):
            if leaf.about:
                n = sum(
                    person in self.office.responsible(post, d)
                    and d >= self.office.records_from(self.office.unit_of[post])
                    and not self.office.waived(duty, self.office.unit_of[post], post, person, d)
                    for d in at.whole
                )
            else:
                n = sum(self.owes_on(duty, post, person, d) for d in at.whole)
            ranked.append((-n, person))
        if not ranked:
            return None
        n, person = min(ranked)
        return person if -n >= half or not self.office.reads("half_of_window") else None

    # rolling

    def _rolling(
        self,
        duty: Duty,
        which: int,
        part: int,
        leaf: Measure,
        unit: str,
        posts: tuple[str, ...],
        joint: bool,
        person: str | None,
    ) -> Slot:
        """A single slot that stands for the whole chain; counting cuts it into gaps."""
        office = self.office
        first = date(self.start.year - 1, 1, 1)
        last = self.horizon.replace(year=self.horizon.year + 2)
        at = self._plain("chain", first, last, last)
        post = posts[0] if posts and not joint else None
        slot = self._new(duty, part, leaf, unit, post, person, posts, at)
        for day in at.whole:
            if person is not None and post is not None:
                inside = self.owes_on(duty, post, person, day)
            else:
                there = (
                    any(office.holders(p, day) for p in posts)
                    if posts
                    else office.unit_exists(unit, day)
                )
                inside = (
                    there
                    and office.in_law(duty, unit, day)
                    and not self._all_waived(duty, unit, posts, day)
                )
            if inside:
                slot.force.add(day)
        if not self.chosen(duty, which, unit, posts, person, at):
            slot.force = set()
        return slot
