"""What templates are given: plain values, each with its help. A template decides nothing.

An office that writes its own templates reads the help of every field; a name that is not among
them fails when it is rendered. Each paper's own values stand beside it; here are the rows that
several papers show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def described(help: str) -> Any:
    """A field with its help."""
    return field(metadata={"help": help})


@dataclass(frozen=True)
class OverdueRow:
    """An obligation that is not done in time."""

    verdict: str = described("the obligation's id")
    duty: str = described("what is owed")
    post: str = described("the post that owes it")
    period: str = described("the period, or the first of several short ones and how many they are")
    required: str = described("how much is owed")
    done: str = described("how much counts")
    due: str = described("the due day, of several the first")
    days: int = described("days since then")
    remarks: str = described("flags in words")


@dataclass(frozen=True)
class WaiverRow:
    """A waiver that touches the person's days."""

    days: str = described("first and last day")
    what: str = described("the duty, or all duties")
    reason: str = described("the reason")
    document: str = described("the number of the document that grants it")


@dataclass(frozen=True)
class DelegationRow:
    """An order under which one post acts for another."""

    days: str = described("first and last day; the last one is open where none is named")
    holder: str = described("the post for which somebody acts")
    delegate: str = described("the post that acts for it")
    what: str = described("the duty, or whatever the clauses allow")
    reason: str = described("the reason")
    document: str = described("the number of the order")
