"""What passes on with a post: who leaves and comes, what runs, what is left undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from data.records import Appointment, Delegation, Waiver
from engine.judging.audit import Judged
from engine.judging.making_up import Remedy, is_owed_by, remedy_of, unmet
from engine.judging.verdict import State, Verdict
from engine.judging.world import World
from reports.names import Names

NEAR = timedelta(days=31)
"""How far from the day of the handover a change of post may lie."""

AHEAD = timedelta(days=366)
"""How far ahead the sheet looks for what comes next: no duty of the year is left out."""


class NobodyThere(LookupError):
    """Nobody held the post around that day, or took it; `held` are its appointments."""

    def __init__(self, held: tuple[Appointment, ...]) -> None:
        super().__init__()
        self.held = held


@dataclass(frozen=True)
class Handover:
    """The change of a post around the day `on`, as judged on that day.

    `leaves` and `comes` are appointments by first day; `comes` is empty where nobody is appointed
    yet. `running` are by duty and person, `next` the soonest first; of `undone` what can still be
    made good stands first, the longest first in each.
    """

    post: str
    on: date
    leaves: tuple[Appointment, ...]
    comes: tuple[Appointment, ...]
    running: tuple[Verdict, ...]
    undone: tuple[Verdict, ...]
    next: tuple[Verdict, ...]
    waivers: tuple[Waiver, ...]
    delegations: tuple[Delegation, ...]
    open_clauses: tuple[Verdict, ...]
    world: World = field(compare=False, repr=False)
    names: Names = field(compare=False, repr=False)


def handover_of(world: World, judged: Sequence[Judged], post: str) -> Handover:
    """The handover of the post on the world's day. Raises NobodyThere, and KeyError for no post.

    `judged` are the verdicts of its unit, some way ahead.
    """
    on = world.as_of
    unit = world.records.posts[post].unit
    leaves, comes = change_of(world, post, on)
    names = Names.of_world(world)
    owed = [one.verdict for one in judged if is_owed_by(one.verdict, post)]
    people = {row.person for row in comes or leaves} | {None}
    # That others owe nothing in a period that runs need not be told to whoever comes.
    running = [
        one
        for one in owed
        if _runs(one, on, comes) and (one.state is not State.EXEMPT or one.person in people)
    ]
    ahead = [
        one
        for one in owed
        if one.state is State.UPCOMING and one not in running and one.person in people
    ]
    people = {row.person for row in (*comes, *leaves)} | {None}
    return Handover(
        post=post,
        on=on,
        leaves=leaves,
        comes=comes,
        running=tuple(sorted(running, key=lambda one: (names.order_of(one)[:2], one.id))),
        undone=tuple(sorted(unmet(judged, post), key=_order_of_undone)),
        next=_next(ahead),
        waivers=tuple(
            row
            for row in world.records.waivers
            if row.holder in (post, unit) and row.last >= on and row.person in people
        ),
        delegations=tuple(
            row
            for row in world.records.delegations
            if post in (row.holder, row.delegate) and (row.last is None or row.last >= on)
        ),
        open_clauses=_clauses(owed, on),
        world=world,
        names=names,
    )


def change_of(
    world: World, post: str, on: date
) -> tuple[tuple[Appointment, ...], tuple[Appointment, ...]]:
    """Who leaves and who comes: the newcomer whose first day is nearest, and who was there before
    him; without a newcomer whoever is there. Raises NobodyThere.
    """
    rows = tuple(row for row in world.records.appointments if row.post == post)
    starts = [row for row in rows if abs(row.first - on) <= NEAR and not _goes_on(row, rows)]
    if not starts:
        there = [
            row for row in rows if row.first <= on and (row.last is None or row.last >= on - NEAR)
        ]
        if not there:
            raise NobodyThere(rows)
        return tuple(there), ()
    comer = min(starts, key=lambda row: (abs(row.first - on), row.acting, row.person))
    before = [row for row in rows if row.first < comer.first and row.person != comer.person]
    held = [row for row in before if not row.acting]
    last = max(held or before, key=lambda row: (row.last or date.max, row.first), default=None)
    if last is None:
        return (), (comer,)
    stood_in = [row for row in before if row.acting and (row.last or date.max) >= _end(last)]
    leaves = {(row.person, row.first): row for row in (last, *stood_in)}
    return tuple(sorted(leaves.values(), key=lambda row: (row.first, row.person))), (comer,)


def _end(row: Appointment) -> date:
    return row.last or date.max


def _goes_on(row: Appointment, rows: Sequence[Appointment]) -> bool:
    """Whether the appointment only continues what the same person held the day before."""
    return any(
        one.person == row.person
        and one.first < row.first
        and _end(one) >= row.first - timedelta(days=1)
        for one in rows
    )


def _runs(one: Verdict, on: date, comes: Sequence[Appointment]) -> bool:
    """Whether its period runs on the day, or begins for the newcomer within it."""
    if one.state in (State.OVERDUE, State.TO_BE_RULED):
        return False
    if one.state in (State.OPEN, State.BEHIND, State.DUE_SOON):
        return True
    days = {on, *(row.first for row in comes)}
    return any(day in one.period for day in days)


def _order_of_undone(one: Verdict) -> tuple[bool, int, str]:
    return remedy_of(one) in (Remedy.CLOSED, Remedy.NEVER), -(one.days_overdue or 0), one.id


def _next(ahead: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Of each duty the one that is due first."""
    found: dict[tuple[str, int], Verdict] = {}
    for one in sorted(ahead, key=lambda one: (one.due or date.max, one.id)):
        found.setdefault((one.duty.id, one.part), one)
    return tuple(found.values())


def _clauses(owed: Sequence[Verdict], on: date) -> tuple[Verdict, ...]:
    """Each clause that is to be ruled once, of the period in which the day lies."""
    found = {
        one.duty.id: one for one in owed if one.state is State.TO_BE_RULED and on in one.period
    }
    return tuple(found[duty] for duty in sorted(found))
