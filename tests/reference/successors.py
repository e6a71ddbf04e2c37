"""Whose the post was before, and who came after him: what a make-up of a longer period asks."""

from __future__ import annotations

from datetime import date

from data.records import Activity
from tests.reference.office import DAY, Office
from tests.reference.spans import Slot


def is_by_successor(office: Office, slot: Slot, act: Activity) -> bool:
    """Whether somebody did it who held the post after this person had left it."""
    if slot.post is None or slot.person is None or not slot.measure.owed_by_person:
        return False
    rows = [a for a in office.records.appointments if a.post == slot.post]
    left = max(a.last or date.max for a in rows if a.person == slot.person)
    return any(
        a.person in office.doers(act)
        and a.person != slot.person
        and (a.last or date.max) > left
        and a.first <= act.day
        for a in rows
    )


def was_of_another(office: Office, slot: Slot, day: date) -> bool:
    """Whether the post was another's on that day, or on the last one before it when it was
    anybody's: what is made up of that time is his, not the later holder's.
    """
    if slot.post is None or slot.person is None or not slot.measure.owed_by_person:
        return False
    first = min((a.first for a in office.records.appointments), default=day)
    while day >= first:
        people = office.holders(slot.post, day)
        if people:
            return slot.person not in people
        day -= DAY
    return False


def last_holders(office: Office, slot: Slot, day: date) -> tuple[str, ...]:
    """Whose the post was on that day, or on the last one before it; on a handover day two."""
    assert slot.post is not None
    while day >= slot.at.first:
        people = office.responsible(slot.post, day)
        if people:
            return tuple(people)
        day -= DAY
    return ()
