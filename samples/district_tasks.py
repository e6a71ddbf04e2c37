"""What the diary of the demo's district is written from: each thing that somebody is to do.

A task is an obligation in plain values; whoever knows the rules hands them in, so that this side
need not know them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Task:
    """One thing to be done by one holder within some days.

    `id` is the obligation's; `holder` the post or unit under which it is recorded, in `unit`.
    `personal`: owed by `person`, or whoever is in the post (None), who must do it himself. `first`
    and `last` are the days on which it is in time, `due` the last of them before any grace (None:
    nothing is due, the clause is still to be ruled). `need` occasions are asked for; with
    `counted_in` that quantity, with `members` once for each of them (`share`: for so many of
    them). `tally`: nobody is on the roster, the record says how many of how many. `subjects`: one
    of them must be named. `roles` and `evidence` are what the clause asks for; `moment` is when an
    event's limit ends.
    """

    id: str
    holder: str
    unit: str
    label: str
    kinds: tuple[str, ...]
    first: date
    last: date
    due: date | None
    person: str | None = None
    personal: bool = False
    roles: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    evidence: bool = False
    need: int = 1
    counted_in: str | None = None
    members: tuple[str, ...] = ()
    share: int | None = None
    tally: bool = False
    subjects: tuple[str, ...] = ()
    event: str | None = None
    after_event: bool = False
    moment: datetime | None = None
    runs: tuple[tuple[date, date], ...] = ()
    """The stretches between `first` and `last` on which it is in time, where that is not all."""
    one_off: bool = False
    """By a day named in the clause, once: late acts count without saying what they make up."""

    @property
    def length(self) -> int:
        """How many days there are to do it in."""
        return (self.last - self.first).days + 1
