"""What templates are given: plain values, each with its help. A template decides nothing.

An office that writes its own templates reads the help of every field; a name that is not among
them fails when it is rendered. Each paper's own values stand beside it; here are the rows that
several papers show.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


def told(help: str) -> Any:
    """A field with its help."""
    return field(metadata={"help": help})


def help_of(kind: type) -> dict[str, str]:
    """The help of each field of a context, by name."""
    return {one.name: one.metadata["help"] for one in fields(kind)}


@dataclass(frozen=True)
class OverdueRow:
    """An obligation that is not done in time."""

    verdict: str = told("the obligation's id")
    duty: str = told("what is owed")
    post: str = told("the post that owes it")
    period: str = told("the period, or the first of several short ones and how many they are")
    required: str = told("how much is owed")
    done: str = told("how much counts")
    due: str = told("the due day, of several the first")
    days: int = told("days since then")
    remarks: str = told("flags in words")


@dataclass(frozen=True)
class WaiverRow:
    """A waiver that touches the person's days."""

    days: str = told("first and last day")
    what: str = told("the duty, or all duties")
    reason: str = told("the reason")
    document: str = told("the number of the document that grants it")


@dataclass(frozen=True)
class DelegationRow:
    """An order under which one post acts for another."""

    days: str = told("first and last day; the last one is open where none is named")
    holder: str = told("the post for which somebody acts")
    delegate: str = told("the post that acts for it")
    what: str = told("the duty, or whatever the clauses allow")
    reason: str = told("the reason")
    document: str = told("the number of the order")
