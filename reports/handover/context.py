"""What the template of the handover sheet is given: plain values, each with its help."""

from __future__ import annotations

from dataclasses import dataclass

from reports.context import DelegationRow, WaiverRow, told


@dataclass(frozen=True)
class PersonRow:
    """Who leaves or comes."""

    name: str = told("the person's name")
    days: str = told("first and last day")
    acting: str = told("the word for acting; empty where it is not")
    document: str = told("the numbers of the papers of its beginning and end; empty where none is")
    reason: str = told("the reasons of its beginning and end; empty where none is given")


@dataclass(frozen=True)
class RunningRow:
    """An obligation of a period that runs on the day of the handover."""

    verdict: str = told("the obligation's id, for `dutyclock why`")
    duty: str = told("what is owed")
    measure: str = told("how often or by when, in words")
    period: str = told("the period")
    person: str = told("whose share it is; — where nobody is named")
    required: str = told("how much is owed")
    done: str = told("how much counts")
    done_by: tuple[str, ...] = told("the acts that count: day and who did each")
    due: str = told("the day by which it is due; — where there is none")
    state: str = told("the state in words, with the reason where it asks nothing")
    colour: str = told("the colour's code")


@dataclass(frozen=True)
class UndoneRow:
    """An obligation of the post that is overdue on the day of the handover."""

    verdict: str = told("the obligation's id, for `dutyclock why`")
    duty: str = told("what is owed")
    period: str = told("the period")
    person: str = told("who owed it; — where nobody is named")
    required: str = told("how much was owed")
    done: str = told("how much counts")
    due: str = told("the due day")
    days: int = told("days since then")
    remedy: str = told("whether and how whoever holds the post now makes it good")
    label: str = told("the period as `makes_up` names it")


@dataclass(frozen=True)
class NextRow:
    """What comes next of a duty."""

    duty: str = told("what is owed")
    period: str = told("the period")
    measure: str = told("how often or by when, in words")
    due: str = told("the day by which it is due, with its weekday")


@dataclass(frozen=True)
class OpenClauseRow:
    """A clause that is to be ruled: it judges nobody until the office rules."""

    duty: str = told("what is owed")
    law: str = told("document, number and clause")
    quote: str = told("the clause's own words, as the document has them")


@dataclass(frozen=True)
class HandoverSheet:
    """The sheet for a change of post (履职交接单)."""

    lang: str = told("zh or en")
    unit: str = told("the unit")
    post: str = told("the post's title")
    post_class: str = told("its class")
    on: str = told("the day of the handover, on which everything was judged")
    leaves: tuple[PersonRow, ...] = told("who leaves, those who stood in too; may be empty")
    comes: tuple[PersonRow, ...] = told("who comes; may be empty")
    running: tuple[RunningRow, ...] = told("the running periods, by duty")
    undone: tuple[UndoneRow, ...] = told(
        "what was left undone: first what can still be made good, the longest first in each"
    )
    closed: int = told("how many more are past making up for over a year, and not listed")
    next: tuple[NextRow, ...] = told("what comes next of each duty, the soonest first")
    waivers: tuple[WaiverRow, ...] = told("the waivers that are not over")
    delegations: tuple[DelegationRow, ...] = told("the delegations that are not over")
    open_clauses: tuple[OpenClauseRow, ...] = told("the clauses that are to be ruled")
    proof: str = told("audit day and short hashes")
