"""What is a holder's own: members assigned to him, and the events that his appointments make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.records import Event
from tests.reference.office import Office, covers

TAKING, LEAVING = "任职", "离任"


def is_assigned(office: Office, posts: list[str], member: str, day: date) -> bool:
    """Whether the member is entrusted on that day to one of the posts, or to who holds one."""
    holders = {*posts, *(p for post in posts for p in office.holders(post, day))}
    return any(
        row.member == member and row.holder in holders and covers(row.first, row.last, day)
        for row in office.records.assignments
    )


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
        later = None if last is None or end is None else max(last, end)
        found[row.post, row.person] = (min(first, begin), later)
    return found


def takings(office: Office, post: str) -> Iterator[Event]:
    """任职 of a post: the first day of each tenure in it; the later of one day says whose it is."""
    seen: set[date] = set()
    for (one, person), (first, _) in sorted(tenures(office).items()):
        if one != post:
            continue
        name = f"{TAKING}-{first}" + (f"-{person}" if first in seen else "")
        seen.add(first)
        unit = office.unit_of[post]
        yield Event(name, TAKING, first, units=(unit,), post=post, person=person)


def leavings(office: Office, unit: str) -> Iterator[Event]:
    """离任 of a unit: each last day of a tenure in one of its posts, once a day."""
    lasts = {
        last
        for (post, _), (_, last) in tenures(office).items()
        if office.unit_of[post] == unit and last is not None
    }
    for last in sorted(lasts):
        yield Event(f"{LEAVING}-{last}", LEAVING, last, units=(unit,))
