"""What the template of the handover sheet is given: plain values, each with its help."""

from __future__ import annotations

from dataclasses import dataclass

from reports.context import DelegationRow, WaiverRow, described


@dataclass(frozen=True)
class PersonRow:
    """A person who leaves the post or takes it over."""

    name: str = described("the person's name")
    days: str = described("first and last day")
    acting: str = described("the word for acting; empty where it is not")
    document: str = described(
        "the numbers of the papers of its beginning and end; empty where none is"
    )
    reason: str = described("the reasons of its beginning and end; empty where none is given")


@dataclass(frozen=True)
class RunningRow:
    """An obligation of a period that runs on the day of the handover."""

    verdict: str = described("the obligation's id, for `dutyclock why`")
    duty: str = described("what is owed")
    measure: str = described("how often or by when, in words")
    period: str = described("the period")
    person: str = described("whose share it is; — where nobody is named")
    required: str = described("how much is owed")
    done: str = described("how much counts")
    done_by: tuple[str, ...] = described("the acts that count: day and who did each")
    due: str = described("the day by which it is due; — where there is none")
    state: str = described("the state in words, with the reason where it asks nothing")
    colour: str = described("the colour's code")


@dataclass(frozen=True)
class UndoneRow:
    """An obligation of the post that is overdue on the day of the handover."""

    verdict: str = described("the obligation's id, for `dutyclock why`")
    duty: str = described("what is owed")
    period: str = described("the period")
    person: str = described("who owed it; — where nobody is named")
    required: str = described("how much was owed")
    done: str = described("how much counts")
    due: str = described("the due day")
    days: int = described("days since then")
    remedy: str = described("whether and how whoever holds the post now makes it good")
    label: str = described("the period as `makes_up` names it")


@dataclass(frozen=True)
class NextRow:
    """What comes next of a duty."""

    verdict: str = described("the obligation's id")
    duty: str = described("what is owed")
    period: str = described("the period")
    measure: str = described("how often or by when, in words")
    due: str = described("the day by which it is due, with its weekday")


@dataclass(frozen=True)
class OpenClauseRow:
    """A clause that is to be ruled: it judges nobody until the office rules."""

    duty: str = described("what is owed")
    law: str = described("document, number and clause")
    quote: str = described("the clause's own words, as the document has them")


@dataclass(frozen=True)
class HandoverSheet:
    """The sheet for a change of post (履职交接单)."""

    lang: str = described("zh or en")
    unit: str = described("the unit")
    post: str = described("the post's title")
    post_class: str = described("its class")
    on: str = described("the day of the handover, on which everything was judged")
    leaves: tuple[PersonRow, ...] = described("who leaves, those who stood in too; may be empty")
    comes: tuple[PersonRow, ...] = described("who comes; may be empty")
    running: tuple[RunningRow, ...] = described("the running periods, by duty")
    undone: tuple[UndoneRow, ...] = described(
        "what was left undone: first what can still be made good, the longest first in each"
    )
    closed: int = described("how many more are past making up for over a year, and not listed")
    next: tuple[NextRow, ...] = described("what comes next of each duty, the soonest first")
    waivers: tuple[WaiverRow, ...] = described("the waivers that are not over")
    delegations: tuple[DelegationRow, ...] = described("the delegations that are not over")
    open_clauses: tuple[OpenClauseRow, ...] = described("the clauses that are to be ruled")
    proof: str = described("audit day and short hashes")
