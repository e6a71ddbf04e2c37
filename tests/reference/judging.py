"""The state of each slot on the audit's day, row by row from the top of the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor

from rules.frequency import Shape
from tests.reference.closing import closes
from tests.reference.counting import Counting
from tests.reference.measures import wanted
from tests.reference.office import Office, days
from tests.reference.spans import Slot
from tests.reference.stays import is_by_day
from tests.reference.tables import beyond_tables
from tests.reference.testing import Given, order


@dataclass
class Expected:
    """What the reference says of one obligation."""

    id: str
    state: str
    reason: str | None
    required: Fraction
    done: Fraction
    due: date | None
    days_overdue: int | None
    days_late: int | None
    person: str | None
    missing: tuple[str, ...]
    flags: set[str]
    counted: dict[str, Fraction]
    refused: dict[str, str] = field(default_factory=dict)
    due_unmoved: date | None = None
    window: tuple[date, date] | None = None
    deadline: date | None = None

    @property
    def shortfall(self) -> Fraction:
        """What it lacks; nothing where nothing is asked."""
        if self.state in ("exempt", "to_be_ruled"):
            return Fraction(0)
        return max(Fraction(0), self.required - self.done)


def judge(office: Office, counting: Counting, slot: Slot, filled: Fraction | None) -> Expected:
    """The verdict of one slot."""
    at, leaf, today = slot.at, slot.measure, office.as_of
    tally = _tally(slot) if slot.roster_missing else None
    if slot.roster_missing:
        slot.acts = [tally] if tally else []
        if tally is None:
            slot.required, slot.reason = Fraction(0), "no_members"
        else:
            out_of = Fraction(tally.act.out_of or 0)
            slot.required = Fraction(ceil(Fraction(leaf.share) * out_of)) if leaf.share else out_of
    amounts = counting.amounts(slot)
    if tally is not None:
        amounts = [(tally, Fraction(tally.act.quantity or 0))]
    done = sum((n for _, n in amounts), Fraction(0))
    ordinary = [(g, n) for g, n in counting.amounts(slot, in_time=True)]
    if tally is not None:
        ordinary = [pair for pair in amounts if not tally.late and not tally.make_up]
    in_time = sum((n for _, n in ordinary), Fraction(0))
    required, d = slot.required, at.deadline
    first, last = (min(slot.force), max(slot.force)) if slot.force else (None, None)
    if slot.fixed:
        first, last = slot.fixed
    if first is None or last is None:
        first, last = at.open, at.due
    state, late, over = "", None, None
    too_much = _is_too_much(office, slot, [g for g, _ in ordinary], in_time)
    if slot.to_be_ruled:
        state = "to_be_ruled"
    elif required == 0:
        state = "exempt"
    elif leaf.cap and too_much and office.reads("cap"):
        state = "exceeded"
    elif in_time >= required:
        state = "met"
    elif done >= required and office.reads("made_up"):
        state, late = "made_up", max(0, (_reached(amounts, required) - d).days)
    elif first is not None and today < first and office.reads("upcoming"):
        state = "upcoming"
    elif today > d:
        state, over = "overdue", (today - d).days
    elif first is None or last is None:
        state = "open"
    elif (d - today).days <= _warn(office, leaf.warn, first, last) and office.reads("due_soon"):
        state = "due_soon"
    elif _behind(office, slot, today, done) and office.reads("behind"):
        state = "behind"
    else:
        state = "open"
    missing = ()
    if leaf.each is not None and leaf.share is None and state not in ("exempt", "to_be_ruled"):
        visits = _visits(slot, slot.acts)
        missing = tuple(sorted(m for m, n in visits.items() if n < wanted(leaf)))
    flags = _flags(office, slot, state, amounts, too_much, required, done)
    if tally is not None:
        flags |= {"no_roster"} if office.reads("no_roster") else set()
    unmet = state in ("overdue", "due_soon", "behind", "open", "upcoming")
    could = unmet and filled is not None and filled >= required
    if could and office.reads("records_incomplete"):
        flags.add("records_incomplete")
    if state == "exempt" and not leaf.owed_by_person and office.reads("exempt_names_nobody"):
        slot.person = None
    return Expected(
        slot.id,
        state,
        slot.reason if state == "exempt" else None,
        required,
        done,
        at.moved,
        over,
        late,
        slot.person,
        missing,
        flags,
        _by_act(amounts),
        dict(slot.refused),
        at.asked,
        (first, last) if first and last else None,
        d,
    )


def _visits(slot: Slot, acts: list[Given]) -> dict[str, int]:
    """How often each required member was visited."""
    visits = dict.fromkeys(slot.members, 0)
    for given in acts:
        for member in dict.fromkeys(given.act.subjects):
            if member in visits:
                visits[member] += 1
    return visits


def _is_too_much(office: Office, slot: Slot, ordinary: list[Given], in_time: Fraction) -> bool:
    """Whether acts in time were more than M: of a coverage to any member, while none is missing."""
    leaf = slot.measure
    if leaf.at_most is None:
        return False
    if leaf.shape is not Shape.COVERAGE:
        return in_time > Fraction(leaf.at_most)
    often = _visits(slot, ordinary).values()
    short = [n for n in _visits(slot, slot.acts).values() if n < wanted(leaf)]
    if not any(n > leaf.at_most for n in often):
        return False
    return not short or not office.reads("cap_of_member")


def _by_act(amounts: list[tuple[Given, Fraction]]) -> dict[str, Fraction]:
    """What each record brings; one of several days may bring several of them."""
    found: dict[str, Fraction] = {}
    for given, n in amounts:
        found[given.act.activity] = found.get(given.act.activity, Fraction(0)) + n
    return found


def _tally(slot: Slot) -> Given | None:
    rows = [g for g in slot.acts if g.act.quantity is not None and g.act.out_of]

    def rank(given: Given) -> tuple[object, ...]:
        # one that is enough, and in time, accuses nobody
        share = Fraction(given.act.quantity or 0) / Fraction(given.act.out_of or 1)
        enough = share >= (slot.measure.share or 1) and not (given.late or given.make_up)
        return (not enough, -share, order(given.act))

    rows.sort(key=rank)
    return rows[0] if rows else None


def _reached(amounts: list[tuple[Given, Fraction]], required: Fraction) -> date:
    total = Fraction(0)
    for given, n in amounts:
        total += n
        if total >= required:
            return given.act.day
    raise AssertionError("never reached")


def _warn(office: Office, warn: int, first: date, last: date) -> int:
    length = (last - first).days + 1
    if length == 1 and office.reads("warn_single_day"):
        return 0
    third = max(1, length // 3)
    return third if third < warn and office.reads("warn_third") else warn


def _behind(office: Office, slot: Slot, today: date, done: Fraction) -> bool:
    whole = slot.at.whole
    if slot.measure.of == "workdays":
        whole = days(slot.at.first, slot.at.last)
    if slot.measure.shape in (Shape.ROLLING, Shape.EVENT) or not slot.force:
        return False
    if len(whole) < 90 and office.reads("behind_long"):
        return False
    gone = len([day for day in slot.force if day <= today])
    return done < floor(slot.required * Fraction(gone, len(slot.force)))


def _flags(
    office: Office,
    slot: Slot,
    state: str,
    amounts: list[tuple[Given, Fraction]],
    too_much: bool,
    required: Fraction,
    done: Fraction,
) -> set[str]:
    flags: set[str] = set()
    if state == "exempt" and office.reads("exempt_names_nobody"):
        return {"hedged"} if slot.duty.hedged else flags
    reached = {*slot.members, *slot.listed}
    if slot.measure.covers_members:
        amounts = [(g, n) for g, n in amounts if n or reached & set(g.act.subjects)]
    acts = [g.act for g, _ in amounts]
    if slot.duty.hedged and office.reads("hedged"):
        flags.add("hedged")
    written = [office.written[act.activity] for act in acts]
    late = any((act.recorded_on - act.day).days > 7 for act in written)
    if late and office.reads("recorded_late"):
        flags.add("recorded_late")
    if any(act.recorded_on < act.day for act in acts) and office.reads("recorded_early"):
        flags.add("recorded_early")
    bringing = {g.act.activity for g, n in amounts if n}
    busy = {g.act.day for g, n in amounts if n}
    if len(bringing) >= 3 and done >= required and slot.measure.shape is not Shape.COVERAGE:
        tenth = ceil(Fraction(len(slot.at.whole), 10))
        tail = sorted(slot.at.whole)[-tenth:]
        if (len(busy) <= 1 or busy <= set(tail)) and office.reads("bunched"):
            flags.add("bunched")
    if any(not act.evidence for act in acts) and office.reads("no_evidence"):
        flags.add("no_evidence")
    for act in acts:
        for item in act.evidence:
            others = [
                a.day
                for a in office.records.activities
                if item in a.evidence and a.standing == "live" and a.day <= office.as_of
            ]
            if len(set(others)) > 1 and office.reads("evidence_reused"):
                flags.add("evidence_reused")
    if any(g.successor for g, _ in amounts) and office.reads("by_successor"):
        flags.add("by_successor")
    if any(g.time_missing for g, _ in amounts) and office.reads("time_missing"):
        flags.add("time_missing")
    if too_much and not slot.measure.cap and office.reads("over_range"):
        flags.add("over_range")
    if (
        slot.measure.unit
        and not is_by_day(slot.measure)
        and any(a.quantity is None and not a.subjects for a in acts)
    ):
        flags.add("quantity_missing")
    if beyond_tables(office, slot) and office.reads("tables"):
        flags.add("holiday_table_missing")
    closed = state == "overdue" and office.as_of > closes(office, slot)
    if closed and office.reads("closed"):
        flags.add("closed")
    if state == "overdue":
        posts = [p for p, u in office.unit_of.items() if u == slot.unit]
        stretch = days(slot.at.first, slot.at.last) + days(slot.at.open, slot.at.due)
        if not any(
            a.standing == "live"
            and any(d in stretch and d <= office.as_of for d in days(a.first_day or a.day, a.day))
            and a.holder in (slot.unit, *posts)
            for a in office.records.activities
        ) and not any(act.day in stretch for act in acts):
            flags |= {"no_data"} if office.reads("no_data") else set()
    return flags
