"""What is a holder's own: members assigned to him, and the events that his appointments make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.records import Event
from tests.reference.office import DAY, Office, covers

TAKING, LEAVING = "任职", "离任"


def is_assigned(office: Office, posts: list[str], member: str, day: date) -> bool:
    """Whether the member is entrusted on that day to one of the posts, or to who holds one."""
    people = {p for post in posts for p in office.holders(post, day)}
    for row in office.records.assignments:
        if row.member != member or row.holder not in {*posts, *people}:
            continue
        if row.holder in people and not office.reads("assigned_to_person"):
            continue
        if covers(row.first, row.last, day) or not office.reads("assigned_days"):
            return True
    return False


def tenures(office: Office) -> dict[tuple[str, str], tuple[date, date | None]]:
    """First and last day of each person in each post, while there is such a post; None where he
    is in it to this day.
    """
    found: dict[tuple[str, str], tuple[date, date | None]] = {}
    for row in office.records.appointments:
        post = office.records.posts[row.post]
        unit = office.records.units[post.unit]
        begin = max(day for day in (row.first, post.first, unit.first) if day)
        end = min((day for day in (row.last, post.last, unit.last) if day), default=None)
        if end is not None and end < begin:
            continue
        first, last = found.get((row.post, row.person), (begin, end))
        if begin > first and last is not None and begin > last + DAY:
            # a return after a gap
            first = first if office.reads("no_second_taking") else begin
        later = None if last is None or end is None else max(last, end)
        found[row.post, row.person] = (min(first, begin), later)
    return found


def takings(office: Office, post: str) -> Iterator[Event]:
    """任职 of a post: the first day of each tenure in it; the later of one day says whose it is."""
    seen: set[date] = set()
    for (one, person), (first, _) in sorted(tenures(office).items()):
        if one != post or not office.reads("taking"):
            continue
        again = first in seen and office.reads("taking_named")
        name = f"{TAKING}-{first}" + (f"-{person}" if again else "")
        seen.add(first)
        unit = office.unit_of[post]
        yield Event(name, TAKING, first, units=(unit,), post=post, person=person)


def leavings(office: Office, unit: str) -> Iterator[Event]:
    """离任 of a unit: each last day of a tenure in one of its posts, once a day."""
    lasts = [
        (last, person)
        for (post, person), (_, last) in sorted(tenures(office).items())
        if office.unit_of[post] == unit and last is not None and office.reads("leaving")
    ]
    seen: set[date] = set()
    for last, person in lasts:
        name = f"{LEAVING}-{last}"
        if last in seen:
            if office.reads("leaving_once"):
                continue
            name += f"-{person}"
        seen.add(last)
        yield Event(name, LEAVING, last, units=(unit,))
