"""Whom a coverage or a share must reach."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from rules.frequency import Population
from tests.reference.measures import wanted
from tests.reference.own import is_assigned
from tests.reference.spans import Slot, Stretches


class Members(Stretches):
    """Finds the members of a population."""

    # members

    def _demand(self, slot: Slot) -> None:
        leaf, at = slot.measure, slot.at
        if not leaf.covers_members:
            slot.required = wanted(leaf)
            return
        population = leaf.of if leaf.share is not None else leaf.each
        assert population is not None
        half = Fraction(len(at.whole), 2)
        himself = self._himself(slot)
        for member, test in self._members(population, slot):
            if member in himself and self.office.reads("never_himself"):
                continue
            inside = {d for d in at.whole if test(d) and not self._member_waived(slot, member, d)}
            on_last = test(at.due) and not self._member_waived(slot, member, at.due)
            long = len(inside) >= half or (inside and not self.office.reads("member_half"))
            if long and (on_last or not self.office.reads("member_last_day")):
                slot.members.append(member)
            elif any(test(d) for d in at.whole):
                slot.listed.append(member)
        n = len(slot.members)
        if leaf.share is not None:
            share = Fraction(leaf.share) * n
            whole = share.denominator == 1 or self.office.reads("share_up")
            slot.required = Fraction(ceil(share) if whole else floor(share))
        else:
            slot.required = wanted(leaf) * n
        slot.roster_missing = not slot.members and not slot.listed

    def _himself(self, slot: Slot) -> set[str]:
        """The owing unit, the owing posts, and whoever holds one of them on a day of the window."""
        posts = {str(post) for post in ((slot.post,) if slot.post else slot.group)}
        people = {
            p for post in posts for day in slot.at.whole for p in self.office.holders(post, day)
        }
        return {slot.unit, *posts, *people}

    def _member_waived(self, slot: Slot, member: str, day: date) -> bool:
        return any(
            w.subject == member
            and self.office.reads("member_waiver")
            and w.duty in (None, slot.duty.id)
            and w.first <= day <= w.last
            and w.holder in (slot.unit, *slot.group)
            for w in self.office.records.waivers
        )

    def _entrusted(self, population: Population, slot: Slot) -> list[tuple[str, Any]]:
        """The members of the whole office, on the days on which they are assigned to the holder."""
        office = self.office
        posts = [str(post) for post in ((slot.post,) if slot.post else slot.group)]
        if not posts and office.reads("assigned_to_unit"):
            posts = [p for p, unit in office.unit_of.items() if unit == slot.unit]
        everywhere = population.model_copy(update={"scope": "all"})
        return [
            (
                member,
                lambda day, member=member, test=test: (
                    test(day) and is_assigned(office, posts, member, day)
                ),
            )
            for member, test in self._members(everywhere, slot)
        ]

    def _members(self, population: Population, slot: Slot) -> list[tuple[str, Any]]:
        office, records = self.office, self.office.records
        top = slot.unit
        if population.scope == "parent":
            top = records.units[slot.unit].parent or slot.unit

        def inside(unit: str | None) -> bool:
            if population.scope in ("all", "assigned"):
                return True
            return unit is not None and top in office.chain(unit)

        def plain(unit_type: str | None) -> bool:
            return not population.unit_type or unit_type in population.unit_type

        if population.scope == "assigned":
            return self._entrusted(population, slot)
        found: list[tuple[str, Any]] = []
        if population.members == "subjects":
            for name, row in sorted(records.subjects.items()):
                if inside(row.unit):

                    def test(day: date, row: Any = row) -> bool:
                        return (
                            (row.first is None or row.first <= day)
                            and (row.last is None or day <= row.last)
                            and office.matches(population, row.type, None, row.tags, {}, day)
                        )

                    found.append((name, test))
        elif population.members == "units":
            for name, unit in sorted(records.units.items()):
                if inside(name) and plain(unit.type):

                    def test(day: date, name: str = name, unit: Any = unit) -> bool:
                        return office.unit_exists(name, day) and office.matches(
                            population, unit.type, unit.industry, unit.tags, {}, day
                        )

                    found.append((name, test))
        else:
            classes = population.posts or population.people
            rows = [
                row
                for row in records.posts.values()
                if row.post_class in classes
                and inside(row.unit)
                and plain(records.units[row.unit].type)
            ]

            def fits(post: str, person: str, day: date) -> bool:
                """Whether the post's unit, and who holds it, are such as are meant."""
                return office.unit_matches(population, office.unit_of[post], person, day)

            if population.members == "posts":
                for row2 in sorted(rows, key=lambda r: r.post):

                    def test(day: date, post: str = row2.post) -> bool:
                        return any(fits(post, p, day) for p in office.holders(post, day))

                    found.append((row2.post, test))
            else:
                for person in sorted(records.people):

                    def test(day: date, person: str = person) -> bool:
                        return any(
                            person in office.holders(r.post, day) and fits(r.post, person, day)
                            for r in rows
                        )

                    found.append((person, test))
        return found
