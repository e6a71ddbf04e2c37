"""Whether working days decided something past the last published year."""

from __future__ import annotations

from datetime import date

from rules.frequency import Shape
from tests.reference.office import Office, days
from tests.reference.one_day import is_one_day
from tests.reference.spans import Slot

RESTING = ("day", "workday", "week", "ten_days")


def beyond_tables(office: Office, slot: Slot) -> bool:
    """Whether a day whose working days are not published was asked whether it is worked."""
    asked = [*_rested(office, slot), *_left_out(slot), *_moved(office, slot), *_limited(slot)]
    return any(not office.workdays.is_published(day) for day in asked)


def _rested(office: Office, slot: Slot) -> list[date]:
    """Those of a period that asks nothing of a post without a working day in it."""
    leaf, at = slot.measure, slot.at
    whole = days(min(at.open, at.first), at.due)
    if leaf.of == "workdays" or (leaf.per == "workday" and not leaf.while_):
        return whole
    if is_one_day(leaf):
        adjust = leaf.adjust or office.rulebook.documents[slot.duty.document].adjust
        weekly = leaf.between is not None and leaf.between[0].weekday
        return (
            days(at.open, at.due) if slot.group or slot.post or weekly or adjust != "none" else []
        )
    rests = (
        (leaf.per or leaf.about) in RESTING
        and leaf.holidays == "exempt"
        and (slot.post or slot.group)
    )
    return whole if rests else []


def _left_out(slot: Slot) -> list[date]:
    return days(slot.at.open, slot.at.due) if "休息日" in slot.measure.except_ else []


def _moved(office: Office, slot: Slot) -> list[date]:
    """The due day, where its document moves days that its clause names."""
    leaf, at = slot.measure, slot.at
    adjust = leaf.adjust or office.rulebook.documents[slot.duty.document].adjust
    if adjust == "none":
        return []
    if leaf.shape is Shape.EVENT:
        length = leaf.ahead if leaf.before else getattr(leaf.within, "length", None)
        still = length is not None and (length.count == 0 or length.unit not in DAYS)
        return [] if still else [at.due]
    if leaf.about:
        length = getattr(leaf.within, "length", None)
        return [at.due] if leaf.due or length is None or length.unit in DAYS else []
    return [at.due] if leaf.due or leaf.by else []


DAYS = ("days", "months", "years")


def _limited(slot: Slot) -> list[date]:
    """The due day of a limit in working days."""
    leaf = slot.measure
    lengths = [leaf.ahead if leaf.before else None, getattr(leaf.within, "length", None)]
    return [slot.at.due] if any(one and one.unit == "workdays" for one in lengths) else []
