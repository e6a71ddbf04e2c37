"""Which way a duty of a holder is judged: counted from columns, or act by act.

The fast way counts the acts of each holder in each period and asks nothing else of them. It is for
duties whose acts all count alike, owed by holders of whom nothing else needs to be known:

    the duty      counts occasions in whole periods of the calendar, in no season that the calendar
                  file gives (`counts_plainly`);
    the holder    is the only one ever in the post, in no other, never acting, without a waiver on
                  post or unit, in the post on every day of the periods asked about (`lone_posts`),
                  or a unit that exists on every day of them (`lone_units`);
    the acts      stand under the holder and name nobody else, name no period and make up none, and
                  none may be the same act twice (`set_apart`).

Every other pair of a duty and a holder is judged act by act, by the functions that explain.
Source: ENGINE, section 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from data.records import Appointment, Records
from engine.calendar.days import Days
from engine.judging.act_days import looks_inside
from engine.judging.stretches import Timing, timing_of
from rules.duty import Duty, Sharing
from rules.frequency import Measure, Shape


class SoleHolder(NamedTuple):
    """A post's only holder ever, or a unit; the first and last day of its one unbroken tenure."""

    holder: str
    person: str | None
    unit: str
    first: date
    last: date


def counts_plainly(duty: Duty) -> bool:
    """Whether every act of the right kind, role and attributes is one occasion on its day."""
    rule, owed = duty.activity, duty.holder
    if rule is None or rule.evidence or rule.subjects is not None or rule.delegate:
        return False
    if rule.below or rule.of_unit or owed.joint != Sharing.EACH_OF:
        return False
    if duty.valid.season_windows or looks_inside(duty):
        return False
    return all(_is_plain(measure) for measure in duty.frequency.for_shape())


def _is_plain(measure: Measure) -> bool:
    """A number of occasions in each whole period that the calendar alone decides."""
    if measure.all or measure.shape not in (Shape.COUNT, Shape.RANGE):
        return False
    if timing_of(measure) is not Timing.PERIOD or measure.grace:
        return False
    if measure.between or measure.while_ or measure.except_:
        return False
    if measure.distinct or measure.least_amount or measure.least_interval:
        return False
    return measure.period is not None and measure.period.by_calendar


def lone_posts(records: Records) -> dict[str, SoleHolder]:
    """The posts that one person alone ever held, who never held another, by post."""
    only: dict[str, Appointment] = {}
    several: dict[str, list[Appointment]] = {}
    posts_of: dict[str, str | None] = {}
    for row in records.appointments:
        if only.setdefault(row.post, row) is not row:
            several.setdefault(row.post, [only[row.post]]).append(row)
        if posts_of.setdefault(row.person, row.post) != row.post:
            posts_of[row.person] = None
    waived = {waiver.holder for waiver in records.waivers}
    found: dict[str, SoleHolder] = {}
    for post, held in only.items():
        place = records.posts.get(post)
        unit = records.units.get(place.unit) if place else None
        if place is None or unit is None or post in waived or place.unit in waived:
            continue
        person, first, last = held.person, held.first, held.last or date.max
        if posts_of[person] is None or held.acting:
            continue
        if post in several:
            run = _one_run(several[post])
            if run is None:
                continue
            first, last = run
        first = max(first, place.first or first, unit.first or first)
        last = min(last, place.last or last, unit.last or last)
        if first <= last:
            found[post] = SoleHolder(post, person, place.unit, first, last)
    return found


def _one_run(held: Sequence[Appointment]) -> tuple[date, date] | None:
    """First and last day of one person's appointments; None where they leave a gap, are several
    people's, or acting.
    """
    if any(row.acting or row.person != held[0].person for row in held):
        return None
    days = Days.none()
    for row in held:
        days |= Days.of(row.first, row.last)
    if len(days.runs) != 1 or days.first is None or days.last is None:
        return None
    return days.first, days.last


def lone_units(records: Records, posts: Mapping[str, SoleHolder]) -> dict[str, SoleHolder]:
    """Units without a waiver, all of whose posts are lone: acts of those count for the unit.

    Only the days on which all these posts are held are taken: those of others are looked at.
    """
    waived = {waiver.holder for waiver in records.waivers}
    spoilt = {row.unit for post, row in records.posts.items() if post not in posts}
    first = {unit: row.first or date.min for unit, row in records.units.items()}
    last = {unit: row.last or date.max for unit, row in records.units.items()}
    for lone in posts.values():
        first[lone.unit] = max(first[lone.unit], lone.first)
        last[lone.unit] = min(last[lone.unit], lone.last)
    return {
        unit: SoleHolder(unit, None, unit, first[unit], last[unit])
        for unit in records.units
        if unit not in waived and unit not in spoilt and first[unit] <= last[unit]
    }


def set_apart(
    records: Records,
    posts: Mapping[str, SoleHolder],
    unusual: Collection[str],
    named: Iterable[tuple[str, str]],
) -> set[str]:
    """The posts and units whose acts must be looked at one by one.

    `unusual` are the holders of acts that name a period, make one up or may be doubles; `named`
    the pairs of a holder and a person that acts of the one name. Whoever is named under another's
    post is set apart with that post: such an act is the person's own.
    """
    apart = set(unusual)
    posts_of: dict[str, str] = {lone.person: post for post, lone in posts.items() if lone.person}
    for holder, person in named:
        if holder in records.units:
            continue
        lone = posts.get(holder)
        if lone is None or lone.person != person:
            apart.add(holder)
            if person in posts_of:
                apart.add(posts_of[person])
    apart |= {records.posts[holder].unit for holder in apart if holder in records.posts}
    return apart
