"""What comes out of judging: states, verdicts, and an audit of many. Source: SEMANTICS, 5 and 6."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from engine.periods import Period
from rules.duty import Duty
from rules.frequency import Measure
from rules.rulebook import Hashes


class State(StrEnum):
    """How one obligation stands on one day."""

    TO_BE_RULED = "to_be_ruled"
    EXEMPT = "exempt"
    EXCEEDED = "exceeded"
    MET = "met"
    MADE_UP = "made_up"
    UPCOMING = "upcoming"
    DUE_SOON = "due_soon"
    BEHIND = "behind"
    OPEN = "open"
    OVERDUE = "overdue"


WORST_FIRST = (
    State.OVERDUE,
    State.EXCEEDED,
    State.MADE_UP,
    State.BEHIND,
    State.DUE_SOON,
    State.OPEN,
    State.MET,
    State.UPCOMING,
    State.EXEMPT,
    State.TO_BE_RULED,
)
"""The states as every page lists them, and which of several it shows: the one to look at first."""

RATED = (State.MET, State.MADE_UP, State.OVERDUE, State.EXCEEDED)
"""The states that stand in the rates once their day has passed."""

LIGHTS = {
    State.TO_BE_RULED: "white",
    State.EXEMPT: "grey",
    State.EXCEEDED: "yellow",
    State.MET: "green",
    State.MADE_UP: "yellow",
    State.UPCOMING: "grey",
    State.DUE_SOON: "yellow",
    State.BEHIND: "yellow",
    State.OPEN: "blue",
    State.OVERDUE: "red",
}

FLAGS = (
    "recorded_late",
    "recorded_early",
    "bunched",
    "no_evidence",
    "evidence_reused",
    "records_incomplete",
    "no_data",
    "closed",
    "by_successor",
    "over_range",
    "hedged",
    "no_roster",
    "quantity_missing",
    "time_missing",
    "holiday_table_missing",
)

EXEMPT_REASONS = ("not_in_force", "holiday", "tenure", "waived", "no_members")

REASONS = (
    "voided",
    "superseded",
    "future",
    "not_known_yet",
    "holder",
    "delegation_not_allowed",
    "kind",
    "role",
    "attribute",
    "subject",
    "unit",
    "outside_tenure",
    "not_in_force",
    "outside_period",
    "make_up_elsewhere",
    "other_event",
    "evidence",
    "duplicate",
    "used_elsewhere",
)
"""Why an act does not count, in the order of the tests. SEMANTICS, section 4."""


@dataclass(frozen=True)
class Counted:
    """An act that counts, and how much it brings (occasions, quantity or members)."""

    activity: str
    quantity: Fraction


@dataclass(frozen=True)
class NotCounted:
    """An act that does not count, and the first test that it fails."""

    activity: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    """One obligation on one day.

    `id` is DUTY@HOLDER@LABEL, `part` the number of a nested measure (0: not nested). `window` is
    the obligation's days in force [s, e] (None: none is); `due` is after moving and before grace,
    `deadline` after both, `due_unmoved` before both (all None: to be ruled). `span_years`-like
    questions are asked of `period`. `counted` is sorted by day, then id.
    """

    id: str
    duty: Duty
    measure: Measure
    part: int
    unit: str
    post: str | None
    person: str | None
    members: tuple[str, ...]
    event: str | None
    label: str
    period: Period
    window: Period | None
    due_unmoved: date | None
    due: date | None
    deadline: date | None
    required: Fraction
    done: Fraction
    state: State
    reason: str | None
    shortfall: Fraction
    days_overdue: int | None
    days_late: int | None
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    counted: tuple[Counted, ...]
    as_of: date

    @property
    def light(self) -> str:
        """The colour that stands for the state."""
        return LIGHTS[self.state]

    @property
    def is_due(self) -> bool:
        """Whether it stands in the rates: its day has passed, and it asks for something."""
        return self.deadline is not None and self.as_of > self.deadline and self.state in RATED


@dataclass(frozen=True)
class Summary:
    """Verdicts counted by state: all of them, and those that stand in the rates; `shortfall` is
    what these lack together. The rates are over what was due (None: nothing was).
    """

    states: Counter[State]
    rated: Counter[State]
    shortfall: Fraction

    def __add__(self, other: Summary) -> Summary:
        return Summary(
            self.states + other.states, self.rated + other.rated, self.shortfall + other.shortfall
        )

    @property
    def due(self) -> int:
        """How many stand in the rates."""
        return self.rated.total()

    @property
    def rate(self) -> Fraction | None:
        """What was met by its day."""
        return self._share(self.rated[State.MET])

    @property
    def rate_done(self) -> Fraction | None:
        """What was met or made up."""
        return self._share(self.rated[State.MET] + self.rated[State.MADE_UP])

    def _share(self, done: int) -> Fraction | None:
        return Fraction(done, self.due) if self.due else None


NOTHING_COUNTED = Summary(Counter(), Counter(), Fraction(0))


@dataclass(frozen=True, order=True)
class Vacancy:
    """A stretch of the span in which nobody held a post that owes duties."""

    post: str
    unit: str
    first: date
    last: date


@dataclass(frozen=True)
class Audit:
    """The verdicts of a span on one day, as the records were known on another.

    `verdicts` and `arrears` (older ones still overdue) are sorted by id.
    """

    as_of: date
    known_on: date | None
    records_from: date
    span: Period
    hashes: Hashes
    summary: Summary
    verdicts: tuple[Verdict, ...]
    arrears: tuple[Verdict, ...]
    vacancies: tuple[Vacancy, ...]
