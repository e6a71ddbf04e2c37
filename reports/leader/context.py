"""What the template of one person's file is given: plain values, each with its help."""

from __future__ import annotations

from dataclasses import dataclass

from reports.context import DelegationRow, OverdueRow, WaiverRow, told


@dataclass(frozen=True)
class PostRow:
    """One stretch of an appointment."""

    unit: str = told("the unit")
    post: str = told("the post's title")
    post_class: str = told("its class")
    days: str = told("first and last day")
    acting: str = told("the word for acting; empty where it is not")
    document: str = told("the numbers of the papers of its beginning and end; empty where none is")
    reason: str = told("the reasons of its beginning and end; empty where none is given")


@dataclass(frozen=True)
class DutyRow:
    """A duty of the person's, with its clause."""

    no: int = told("its number, from 1")
    duty: str = told("what is owed")
    post: str = told("the post that owes it")
    measure: str = told("how often or by when")
    law: str = told("document, number and clause")
    quote: str = told("the clause's own words")


@dataclass(frozen=True)
class Cell:
    """One month of a duty."""

    word: str = told("the state in two characters; empty where nothing fell due")
    light: str = told("the colour's word")
    colour: str = told("the colour's code; empty where nothing fell due")
    count: str = told("counted / required")


@dataclass(frozen=True)
class GridRow:
    """A duty's months of one year."""

    duty: str = told("what is owed")
    post: str = told("the post that owes it")
    cells: tuple[Cell, ...] = told("January to December")


@dataclass(frozen=True)
class Grid:
    """A year of months."""

    year: int = told("the year")
    rows: tuple[GridRow, ...] = told("one line a duty and post")


@dataclass(frozen=True)
class SumRow:
    """A duty's sums over what fell due."""

    duty: str = told("what is owed")
    post: str = told("the post that owes it")
    due: int = told("how many obligations fell due")
    required: str = told("how much they asked")
    done: str = told("how much counted")
    made_up: int = told("how many were made up late")
    overdue: int = told("how many are overdue")
    short: str = told("how much is short")
    rate: str = told("the on-time rate; — where nothing fell due")


@dataclass(frozen=True)
class ActRow:
    """One act (履职纪实)."""

    activity: str = told("the record's id")
    day: str = told("its day, or first and last day")
    kind: str = told("its kind")
    role: str = told("the role; empty where none is recorded")
    post: str = told("what it is recorded under; empty where the person has one post only")
    subjects: str = told("what it was done to")
    evidence: str = told("its evidence")
    recorded_on: str = told("the day on which it was recorded")
    note: str = told("the record's note")
    counts_for: str = told("the obligations that it counts for")
    refused: str = told("what it does not count for, and why")


@dataclass(frozen=True)
class AlertRow:
    """What the policy concludes on the day of the record."""

    paper: str = told("the level's name")
    what: str = told("duty and period")
    due: str = told("the due day")


@dataclass(frozen=True)
class LeaderFile:
    """One person's file (履职档案)."""

    lang: str = told("zh or en")
    name: str = told("the person's name")
    person: str = told("the person's id")
    is_name_shared: bool = told("whether somebody else has the same name")
    posts: tuple[PostRow, ...] = told("the appointments, in order")
    span: str = told("the stretch that it covers")
    as_of: str = told("the day on which it was judged")
    rate: str = told("the on-time rate; — where nothing fell due")
    rate_done: str = told("the done rate; — where nothing fell due")
    due: int = told("how many obligations fell due")
    counts: str = told("how many stand in which state, in words")
    duties: tuple[DutyRow, ...] = told("the duties with their clauses")
    grids: tuple[Grid, ...] = told("the years")
    sums: tuple[SumRow, ...] = told("the sums by duty")
    overdue: tuple[OverdueRow, ...] = told("what is overdue, the longest first")
    shared: tuple[OverdueRow, ...] = told("what is owed together with others, whatever its state")
    acts: tuple[ActRow, ...] = told("the acts, by day")
    waivers: tuple[WaiverRow, ...] = told("the waivers")
    delegations: tuple[DelegationRow, ...] = told("the orders under which others act, or he does")
    alerts: tuple[AlertRow, ...] = told("the alerts of the day")
    proof: str = told("audit day and short hashes")
