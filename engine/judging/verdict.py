"""What comes out of judging: verdicts, their codes and working, and an audit of many.

Source: SEMANTICS, sections 3 to 6.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from engine.calendar.periods import Period
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


class VerdictFlag(StrEnum):
    """What a verdict carries besides its state, which it never changes. SEMANTICS, section 5."""

    RECORDED_LATE = "recorded_late"
    RECORDED_EARLY = "recorded_early"
    BUNCHED = "bunched"
    NO_EVIDENCE = "no_evidence"
    EVIDENCE_REUSED = "evidence_reused"
    RECORDS_INCOMPLETE = "records_incomplete"
    NO_DATA = "no_data"
    CLOSED = "closed"
    BY_SUCCESSOR = "by_successor"
    OVER_RANGE = "over_range"
    HEDGED = "hedged"
    NO_ROSTER = "no_roster"
    QUANTITY_MISSING = "quantity_missing"
    TIME_MISSING = "time_missing"
    HOLIDAY_TABLE_MISSING = "holiday_table_missing"


class ExemptReason(StrEnum):
    """Why an obligation asks nothing, the first that alone would do. SEMANTICS, section 3."""

    NOT_IN_FORCE = "not_in_force"
    HOLIDAY = "holiday"
    TENURE = "tenure"
    WAIVED = "waived"
    NO_MEMBERS = "no_members"


class Reason(StrEnum):
    """Why an act does not count, in the order of the tests. SEMANTICS, section 4."""

    VOIDED = "voided"
    SUPERSEDED = "superseded"
    FUTURE = "future"
    NOT_KNOWN_YET = "not_known_yet"
    HOLDER = "holder"
    DELEGATION_NOT_ALLOWED = "delegation_not_allowed"
    KIND = "kind"
    ROLE = "role"
    ATTRIBUTE = "attribute"
    SUBJECT = "subject"
    UNIT = "unit"
    OUTSIDE_TENURE = "outside_tenure"
    NOT_IN_FORCE = "not_in_force"
    OUTSIDE_PERIOD = "outside_period"
    MAKE_UP_ELSEWHERE = "make_up_elsewhere"
    OTHER_EVENT = "other_event"
    EVIDENCE = "evidence"
    TOO_SMALL = "too_small"
    DUPLICATE = "duplicate"
    TOO_SOON = "too_soon"
    USED_ELSEWHERE = "used_elsewhere"


@dataclass(frozen=True, slots=True)
class Working:
    """What an obligation asks, `required`, with the figures that it can be added up from again.

    `asked` is N of the clause. `whole_days` are the days of the whole period that count (for a
    result those of its window), `days_in_force` those of them that bind the holder, and the three
    next ones why the others do not (a day may be lost for two reasons). `pro_rated` is N × in
    force ÷ whole before rounding (None: nothing was cut, or it is owed whole), `rounded` after it.
    `left` is what the post's other holders leave of N, where that is less. For a coverage or
    share, `members` are those required and `listed` those known (both None: it asks for none).
    `reason` says why it asks nothing (None: it asks something).
    """

    asked: Fraction
    share: Fraction | None
    members: int | None
    listed: int | None
    whole_days: int
    days_in_force: int
    days_not_in_force: int
    days_outside_tenure: int
    days_waived: int
    pro_rated: Fraction | None
    rounded: Fraction
    left: Fraction | None
    required: Fraction
    reason: ExemptReason | None


@dataclass(frozen=True)
class Counted:
    """An act that counts, and how much it brings (occasions, quantity or members)."""

    activity: str
    quantity: Fraction


@dataclass(frozen=True)
class Want:
    """A column of an act in which it differs from what a duty asks: `asked`, any of these.

    `key` names an attribute (None: another column). `written` is what stands there (None: nothing).
    """

    column: str
    key: str | None
    asked: tuple[str, ...]
    written: str | None


@dataclass(frozen=True)
class NotCounted:
    """An act that does not count, the first test that it fails, and what it would have to say."""

    activity: str
    reason: Reason
    wants: tuple[Want, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """One obligation on one day.

    `id` is DUTY@HOLDER@LABEL, `part` the number of a nested measure (0: not nested). `window` is
    the obligation's days in force [s, e] (None: none is); `due` is after moving and before grace,
    `deadline` after both, `due_unmoved` before both (all None: to be ruled). How long its period
    is can be asked of `period`. `counted` is sorted by day, then id. `working` is how
    `required` came about (None: to be ruled). `event_title` is what people call its event.
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
    reason: ExemptReason | None
    shortfall: Fraction
    days_overdue: int | None
    days_late: int | None
    flags: tuple[VerdictFlag, ...]
    missing: tuple[str, ...]
    counted: tuple[Counted, ...]
    as_of: date
    working: Working | None
    event_title: str | None = None

    @property
    def called(self) -> str:
        """What people call its period: the label, with an event's title in the place of its id."""
        if not self.event or not self.event_title:
            return self.label
        return self.event_title + self.label.removeprefix(self.event)

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
