"""What the template of one person's file is given: plain values, each with its help."""

from __future__ import annotations

from dataclasses import dataclass

from reports.context import DelegationRow, OverdueRow, WaiverRow, described


@dataclass(frozen=True)
class PostRow:
    """One stretch of an appointment."""

    unit: str = described("the unit")
    post: str = described("the post's title")
    post_class: str = described("its class")
    days: str = described("first and last day")
    acting: str = described("the word for acting; empty where it is not")
    document: str = described(
        "the numbers of the papers of its beginning and end; empty where none is"
    )
    reason: str = described("the reasons of its beginning and end; empty where none is given")


@dataclass(frozen=True)
class DutyRow:
    """A duty of the person's, with its clause."""

    no: int = described("its number, from 1")
    duty: str = described("what is owed")
    post: str = described("the post that owes it")
    measure: str = described("how often or by when")
    law: str = described("document, number and clause")
    quote: str = described("the clause's own words")


@dataclass(frozen=True)
class Cell:
    """One month of a duty."""

    word: str = described("the state in two characters; empty where nothing fell due")
    light: str = described("the colour's word")
    colour: str = described("the colour's code; empty where nothing fell due")
    count: str = described("counted / required")


@dataclass(frozen=True)
class GridRow:
    """A duty's months of one year."""

    duty: str = described("what is owed")
    post: str = described("the post that owes it")
    cells: tuple[Cell, ...] = described("January to December")


@dataclass(frozen=True)
class Grid:
    """The grid of one year: a row for each duty, a cell for each month."""

    year: int = described("the year")
    rows: tuple[GridRow, ...] = described("one line a duty and post")


@dataclass(frozen=True)
class SumRow:
    """A duty's sums over what fell due."""

    duty: str = described("what is owed")
    post: str = described("the post that owes it")
    due: int = described("how many obligations fell due")
    required: str = described("how much they asked")
    done: str = described("how much counted")
    made_up: int = described("how many were made up late")
    overdue: int = described("how many are overdue")
    short: str = described("how much is short")
    rate: str = described("the on-time rate; — where nothing fell due")


@dataclass(frozen=True)
class ActRow:
    """One act (履职纪实)."""

    activity: str = described("the record's id")
    day: str = described("its day, or first and last day")
    kind: str = described("its kind")
    role: str = described("the role; empty where none is recorded")
    post: str = described("what it is recorded under; empty where the person has one post only")
    subjects: str = described("what it was done to")
    evidence: str = described("its evidence")
    recorded_on: str = described("the day on which it was recorded")
    note: str = described("the record's note")
    counts_for: str = described("the obligations that it counts for")
    refused: str = described("what it does not count for, and why")


@dataclass(frozen=True)
class AlertRow:
    """What the policy concludes on the day of the record."""

    paper: str = described("the level's name")
    what: str = described("duty and period")
    due: str = described("the due day")


@dataclass(frozen=True)
class LeaderFile:
    """One person's file (履职档案)."""

    lang: str = described("zh or en")
    name: str = described("the person's name")
    person: str = described("the person's id")
    is_name_shared: bool = described("whether somebody else has the same name")
    posts: tuple[PostRow, ...] = described("the appointments, in order")
    span: str = described("the stretch that it covers")
    as_of: str = described("the day on which it was judged")
    rate: str = described("the on-time rate; — where nothing fell due")
    rate_done: str = described("the done rate; — where nothing fell due")
    due: int = described("how many obligations fell due")
    counts: str = described("how many stand in which state, in words")
    duties: tuple[DutyRow, ...] = described("the duties with their clauses")
    grids: tuple[Grid, ...] = described("the years")
    sums: tuple[SumRow, ...] = described("the sums by duty")
    overdue: tuple[OverdueRow, ...] = described("what is overdue, the longest first")
    shared: tuple[OverdueRow, ...] = described(
        "what is owed together with others, whatever its state"
    )
    acts: tuple[ActRow, ...] = described("the acts, by day")
    waivers: tuple[WaiverRow, ...] = described("the waivers")
    delegations: tuple[DelegationRow, ...] = described(
        "the orders under which others act, or he does"
    )
    alerts: tuple[AlertRow, ...] = described("the alerts of the day")
    proof: str = described("audit day and short hashes")
