"""Which acts count for which slot, one act at a time, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.records import Activity
from rules.frequency import Measure, Shape
from tests.reference.measures import wanted
from tests.reference.office import Office
from tests.reference.once import is_too_small
from tests.reference.spans import Slot
from tests.reference.stays import as_read, is_by_day

LATE_FOR_EVER = (Shape.DEADLINE, Shape.EVENT)
LATE_TO_NEXT = (Shape.RECURRING_DEADLINE, Shape.AFTER_PERIOD)


@dataclass
class Given:
    """An act in a slot: in time, late, or a make-up; by a successor; decided by a clock or not."""

    act: Activity
    late: bool = False
    make_up: bool = False
    successor: bool = False
    time_missing: bool = False
    spaced: bool = True
    """Whether the least interval is asked of it; it is of no make-up."""


def order(act: Activity) -> tuple[object, ...]:
    """Acts by day, time and id; those without a time first."""
    return (act.day, act.time is not None, act.time or 0, act.activity)


def alike(one: Activity, other: Activity) -> bool:
    """Whether two records say the same act."""
    return (
        one.holder,
        one.person,
        one.kind,
        one.day,
        one.time,
        set(one.subjects),
        one.quantity,
    ) == (
        other.holder,
        other.person,
        other.kind,
        other.day,
        other.time,
        set(other.subjects),
        other.quantity,
    )


class Testing:
    """Gives the acts of a world to the slots of a series."""

    def __init__(self, office: Office, *, fill: bool = False) -> None:
        self.office, self.fill = office, fill
        self.vocabulary = office.rulebook.vocabulary

    # tests of one act against one slot

    def twice(self, slot: Slot, one: Activity, other: Activity) -> bool:
        """Whether the same act was recorded twice: where acts count on their first day, two that
        end on two days are two.
        """
        ends = [self.office.written[act.activity].day for act in (one, other)]
        names = [(act.for_period, act.event, act.makes_up) for act in (one, other)]
        if not alike(one, other) or not (is_by_day(slot.measure) or ends[0] == ends[1]):
            return False
        least = slot.measure.least_amount
        if self.fill and least and not is_by_day(slot.measure):
            # amounts that are to be filled in need not agree
            told = {act.unit_of_quantity for act in (one, other)}
            if told != {least.unit} and len(told) > 1:
                return False
        return names[0] == names[1] or not self.office.reads("double_names")

    def refused(self, slot: Slot, act: Activity) -> str | None:
        """The first test before those of days that the act fails."""
        if act.standing in ("voided", "superseded") and self.office.reads("standing"):
            return act.standing
        if act.day > self.office.as_of and self.office.reads("future"):
            return "future"
        if act.standing == "not_known_yet" and self.office.reads("known"):
            return "not_known_yet"
        reason = self.whose(slot, act)
        if reason:
            return reason
        rule = slot.duty.activity
        assert rule is not None
        if act.kind not in rule.kind and not (
            any(self.vocabulary.is_kind(act.kind, kind) for kind in rule.kind)
            and self.office.reads("kind_tree")
        ):
            return "kind"
        if rule.role:
            role = act.role
            implied = role is None and act.kind in self.vocabulary.kinds
            if implied and self.office.reads("implied_role"):
                role = self.vocabulary.kinds[act.kind].role
            fits = role in rule.role or (role is None and self.fill)
            if not fits and self.office.reads("role"):
                return "role"
        given = dict(act.attributes)
        for key, values in rule.attributes.items():
            blank = key not in given or (
                given[key] not in self.known_values(key) and self.office.reads("unknown_value")
            )
            fits = given.get(key) in values or (blank and self.fill)
            if not fits and self.office.reads("attribute"):
                return "attribute"
        if (
            rule.subjects is not None
            and not any(self.subject_matches(slot, name, act.day) for name in act.subjects)
            and not (self.fill and not act.subjects)
            and self.office.reads("subject_tags")
        ):
            return "subject"
        unit = slot.measure.unit
        if (
            (
                unit
                and not is_by_day(slot.measure)
                and (act.quantity is not None or act.unit_of_quantity)
                and act.unit_of_quantity != unit
            )
            and not (self.fill and act.unit_of_quantity is None)
            and self.office.reads("unit")
        ):
            return "unit"
        rest = slot.measure.of == "workdays" and not self.office.workdays.is_workday(act.day)
        if rest and self.office.reads("working_days_only"):
            return "outside_period"
        return None

    def known_values(self, key: str) -> set[str]:
        """What an attribute may say: what some rule asks for, and the vocabulary's values."""
        said = self.vocabulary.attributes.get(key)
        found = set(said.values) if said else set()
        for duty in self.office.rulebook.duties:
            if duty.activity is not None:
                found |= set(duty.activity.attributes.get(key, ()))
        return found

    def read(self, slot: Slot) -> list[Activity]:
        """The acts of the world, on the days on which the slot's measure counts them."""
        return as_read(self.office, slot.duty, slot.measure)

    def subject_matches(self, slot: Slot, name: str, day: date) -> bool:
        records = self.office.records
        assert slot.duty.activity is not None
        when = slot.duty.activity.subjects
        if name in records.subjects:
            row = records.subjects[name]
            return self.office.matches(when, row.type, None, row.tags, {}, day)
        if name in records.units:
            return self.office.unit_matches(when, name, None, day)
        return False

    def whose(self, slot: Slot, act: Activity) -> str | None:
        """None: the holder's own act, or one done on the holder's behalf."""
        office, rule = self.office, slot.duty.activity
        assert rule is not None
        if not slot.post and not slot.group:
            if act.holder == slot.unit:
                return None
            unit = office.unit_of.get(act.holder)
            if unit == slot.unit:
                return None
            if rule.below:
                unit = act.holder if act.holder in office.records.units else unit
                if slot.unit in office.chain(unit) and office.reads("below"):
                    return None
            if office.unit_of.get(act.on_behalf_of or "") == slot.unit:
                allowed = self.may_stand_in(slot, act)
                return None if allowed else "delegation_not_allowed"
            return "holder"
        together = slot.duty.holder.joint == "together"
        if together and not self.names_all(slot, act) and office.reads("together"):
            return "holder"
        posts = (slot.post,) if slot.post else slot.group
        reasons = [self.whose_post(slot, str(post), act) for post in posts]
        if None in reasons:
            return None
        return "delegation_not_allowed" if "delegation_not_allowed" in reasons else "holder"

    def whose_post(self, slot: Slot, post: str, act: Activity) -> str | None:
        office, rule = self.office, slot.duty.activity
        assert rule is not None
        doers = office.doers(act)
        conduct = slot.measure.owed_by_person and slot.person is not None
        if rule.of_unit and act.holder == slot.unit and office.reads("of_unit"):
            # what the unit does on a day is its head's of that day
            heads = office.responsible(post, act.day)
            personal = conduct or slot.by_himself
            return None if not personal or str(slot.person) in heads else "holder"
        if conduct or slot.by_himself:
            wanted_people = {str(slot.person)}
        else:
            wanted_people = set(doers) if act.holder == post else set()
            if not rule.separately:
                wanted_people |= {
                    p for p in doers if any(p in office.holders(post, d) for d in slot.asked_days)
                }
        own = [p for p in doers if p in wanted_people]
        if own and (not rule.separately or act.holder == post):
            return None
        if not doers and act.holder == post and not conduct and not slot.by_himself:
            return None
        if act.on_behalf_of in office.records.posts:
            heads = office.responsible(act.on_behalf_of, act.day)
            same = act.on_behalf_of == post
            if conduct or slot.by_himself:
                mine = str(slot.person) in heads and (same or not rule.separately)
            else:
                mine = (same and bool(heads)) or (
                    not rule.separately
                    and any(p in office.holders(post, d) for p in heads for d in slot.asked_days)
                )
            insists = slot.by_himself
            if insists and (not same or not self.may_stand_in(slot, act)):
                return "delegation_not_allowed" if same else "holder"
            if (
                same
                and not (conduct or insists or rule.separately)
                and any(p in office.holders(post, act.day) for p in doers)
            ):
                return None
            if mine:
                return None if self.may_stand_in(slot, act) else "delegation_not_allowed"
        return "holder"

    def may_stand_in(self, slot: Slot, act: Activity) -> bool:
        """Whether who did it is in a post of a class to which the clause allows delegation."""
        rule = slot.duty.activity
        row = self.office.records.posts.get(act.holder)
        assert rule is not None
        return (
            row is not None
            and (row.post_class in rule.delegate or not self.office.reads("delegate"))
            and any(p in self.office.holders(act.holder, act.day) for p in self.office.doers(act))
        )

    def names_all(self, slot: Slot, act: Activity) -> bool:
        """Whether holder and subjects name all in post; on a handover day either will do."""
        named = {act.holder, *act.subjects, *self.office.doers(act)}
        for post in slot.group:
            people = self.office.responsible(post, act.day)
            if people and post not in named and not set(people) & named:
                return False
        return True

    def misses_days(self, slot: Slot, act: Activity) -> str | None:
        """The day of an ordinary act lies in the doer's tenure and in the duty's validity."""
        office, rule = self.office, slot.duty.activity
        assert rule is not None
        if act.holder in office.records.units:
            if not office.unit_exists(act.holder, act.day):
                return "outside_tenure"
        else:
            posts = (act.holder,) if rule.separately else tuple(office.records.posts)
            doers = office.doers(act)
            held = any(p in office.holders(post, act.day) for p in doers for post in posts)
            personal = slot.measure.owed_by_person and slot.person is not None
            vacant = not office.holders(act.holder, act.day) and not personal
            nobodys = vacant and office.reads("vacant_post")
            if not held and not nobodys and office.reads("day_in_tenure"):
                return "outside_tenure"
        outside = slot.measure.about is None and not office.valid(slot.duty, slot.unit, act.day)
        if outside and office.reads("day_in_validity"):
            return "not_in_force"
        return None

    def proved(self, slot: Slot, act: Activity) -> str | None:
        """None: it carries the evidence that the rule asks for, and is of the least amount."""
        if self.lacks_evidence(slot, act):
            return "evidence"
        written = self.office.written[act.activity]
        small = is_too_small(self.office, slot.measure, written, self.fill)
        return "too_small" if small else None

    def lacks_evidence(self, slot: Slot, act: Activity) -> bool:
        assert slot.duty.activity is not None
        lacks = slot.duty.activity.evidence and not act.evidence and not self.fill
        return lacks and self.office.reads("evidence")

    def fits(self, slot: Slot, name: str, day: date) -> bool:
        """Whether the subject is one that the rule asks for."""
        rule = slot.duty.activity
        assert rule is not None
        if rule.subjects is None or self.subject_matches(slot, name, day):
            return True
        return not self.office.reads("matching_only")

    # how much a slot has

    def lacks(self, slot: Slot, act: Activity | None = None) -> bool:
        """Whether the slot still needs something that this act can bring."""
        if self.total(slot) >= slot.required and not slot.roster_missing:
            return False
        if slot.roster_missing:
            return True
        if act is not None and (slot.measure.covers_members or slot.measure.distinct):
            before = self.total(slot)
            slot.acts.append(Given(act))
            after = self.total(slot)
            slot.acts.pop()
            return after > before
        return True

    def total(self, slot: Slot, until: date | None = None, *, in_time: bool = False) -> Fraction:
        """What the slot's acts bring together."""
        return sum((n for _, n in self.amounts(slot, until, in_time=in_time)), Fraction(0))

    def amounts(
        self, slot: Slot, until: date | None = None, *, in_time: bool = False
    ) -> list[tuple[Given, Fraction]]:
        """Each act of the slot, by day, with what it brings beyond those before it."""
        leaf: Measure = slot.measure
        chosen = sorted(slot.acts, key=lambda g: order(g.act))
        if in_time:
            chosen = [g for g in chosen if not g.late and not g.make_up]
        if until is not None:
            chosen = [g for g in chosen if g.act.day <= until]
        found: list[tuple[Given, Fraction]] = []
        if leaf.covers_members:
            visits: dict[str, int] = {}
            for given in chosen:
                brings = 0
                named = given.act.subjects
                if self.fill and not named:
                    named = tuple(slot.members) * int(wanted(leaf))
                for member in named if self.fill else dict.fromkeys(named):
                    known = member in slot.members or (
                        leaf.share is not None and member in slot.listed
                    )
                    most = 1 if leaf.share is not None else int(wanted(leaf))
                    if known and visits.get(member, 0) < most:
                        visits[member] = visits.get(member, 0) + 1
                        brings += 1
                found.append((given, Fraction(brings)))
            return found
        reads = self.office.reads
        if leaf.distinct == "days" or is_by_day(leaf):
            busy: set[date] = set()
            for given in chosen:
                once = given.act.day in busy and (is_by_day(leaf) or reads("counts_no_more"))
                found.append((given, Fraction(0) if once else self._of_a_day(leaf, given.act)))
                busy.add(given.act.day)
            return found
        seen: set[str] = set()
        if leaf.distinct == "subjects":
            for given in chosen:
                if given.act.subjects:
                    new = {s for s in given.act.subjects if self.fits(slot, s, given.act.day)}
                    found.append((given, Fraction(len(new - seen))))
                    seen |= new if new and reads("counts_no_more") else set()
                elif leaf.unit and given.act.quantity is not None and reads("unnamed_quantity"):
                    found.append((given, given.act.quantity))
                else:
                    blank = self.fill and leaf.unit and leaf.least_amount
                    found.append((given, Fraction(10**6 if blank else 1)))
            return found
        for given in chosen:
            if not leaf.unit:
                found.append((given, Fraction(1)))
            elif self.fill and leaf.least_amount and given.act.quantity is None:
                found.append((given, Fraction(10**6)))
            elif given.act.quantity is not None:
                found.append((given, given.act.quantity))
            elif given.act.subjects:
                new = set(given.act.subjects) - seen
                seen |= new
                found.append((given, Fraction(len(new))))
            else:
                found.append((given, Fraction(1)))
        return found

    def _of_a_day(self, leaf: Measure, act: Activity) -> Fraction:
        """What the first act of a day brings: of a quota its quantity, else the day."""
        if not leaf.unit or is_by_day(leaf):
            return Fraction(1)
        if self.fill and leaf.least_amount and act.quantity is None:
            return Fraction(10**6)
        return act.quantity if act.quantity is not None else Fraction(len(set(act.subjects)) or 1)
