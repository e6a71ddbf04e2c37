"""What the register of notices tells: each notice's stages, which step may follow which, and when.

拟稿 → 审核 → 签发 (it gets its number) → 送达 → 反馈 → 审结 → 归档. Source: FORMATS, section 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NoticeStage(StrEnum):
    """Where a notice stands in its life."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    ISSUED = "issued"
    DELIVERED = "delivered"
    REPLIED = "replied"
    CLOSED = "closed"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class RegisterStep(StrEnum):
    """What brings a notice from one stage to another."""

    DRAFT = "draft"
    APPROVE = "approve"
    ISSUE = "issue"
    DELIVERED = "delivered"
    REPLY = "reply"
    RETURN = "return"
    CLOSE = "close"
    ARCHIVE = "archive"
    WITHDRAW = "withdraw"
    DROP = "drop"


LEADS_TO: Mapping[RegisterStep, NoticeStage] = {
    RegisterStep.DRAFT: NoticeStage.DRAFTED,
    RegisterStep.APPROVE: NoticeStage.APPROVED,
    RegisterStep.ISSUE: NoticeStage.ISSUED,
    RegisterStep.DELIVERED: NoticeStage.DELIVERED,
    RegisterStep.REPLY: NoticeStage.REPLIED,
    RegisterStep.RETURN: NoticeStage.DELIVERED,
    RegisterStep.CLOSE: NoticeStage.CLOSED,
    RegisterStep.ARCHIVE: NoticeStage.ARCHIVED,
    RegisterStep.WITHDRAW: NoticeStage.WITHDRAWN,
    RegisterStep.DROP: NoticeStage.DROPPED,
}
"""The stage that a step leads to. `return` sends a reply back, with a new limit; `drop` puts a
draft aside whose matter does not stand so any more."""

MAY_FOLLOW: Mapping[NoticeStage, tuple[RegisterStep, ...]] = {
    NoticeStage.DRAFTED: (RegisterStep.APPROVE, RegisterStep.WITHDRAW),
    NoticeStage.APPROVED: (RegisterStep.ISSUE, RegisterStep.WITHDRAW),
    NoticeStage.ISSUED: (RegisterStep.DELIVERED, RegisterStep.CLOSE, RegisterStep.WITHDRAW),
    NoticeStage.DELIVERED: (RegisterStep.REPLY, RegisterStep.CLOSE, RegisterStep.WITHDRAW),
    NoticeStage.REPLIED: (RegisterStep.CLOSE, RegisterStep.RETURN, RegisterStep.WITHDRAW),
    NoticeStage.CLOSED: (RegisterStep.ARCHIVE,),
    NoticeStage.ARCHIVED: (),
    NoticeStage.WITHDRAWN: (),
    NoticeStage.DROPPED: (),
}
"""The steps that may be taken from each stage. Of a level that needs no approval a draft may be
issued at once."""

WAITING = frozenset({NoticeStage.DRAFTED, NoticeStage.APPROVED})
"""Not issued yet: it has no number, and nobody was told."""

SENT = frozenset(
    {
        NoticeStage.ISSUED,
        NoticeStage.DELIVERED,
        NoticeStage.REPLIED,
        NoticeStage.CLOSED,
        NoticeStage.ARCHIVED,
    }
)
"""Issued, and not taken back."""


def steps_from(stage: NoticeStage, needs_approval: bool) -> tuple[RegisterStep, ...]:
    """The steps that a person may take from a stage, in the order of a notice's life."""
    steps = MAY_FOLLOW[stage]
    return (
        (RegisterStep.ISSUE, *steps)
        if stage is NoticeStage.DRAFTED and not needs_approval
        else steps
    )


@dataclass(frozen=True)
class NoticeItem:
    """One line of a notice: the `matter` that it tells, by the ids of its obligations.

    `matter` is DUTY@HOLDER@LABEL, with the month as LABEL where short periods are told at once, or
    `*@UNIT@LABEL` of a whole unit. `is_own`: the notice is about it; else it was only counted.
    """

    matter: str
    verdicts: tuple[str, ...]
    is_own: bool = True


@dataclass(frozen=True)
class NoticeStep:
    """A step that was taken: on which day, by whom, and what was noted. `number` and `until` are
    what it gave the notice (None: nothing).
    """

    step: RegisterStep
    day: date
    who: str | None = None
    note: str | None = None
    number: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class RegisteredNotice:
    """A notice of the register: what it is about, and the steps taken, the first one first.

    `notice` is its own running number in the register; `paper` is what it is called. `content` is
    what it printed when it was drafted, as JSON.
    """

    notice: int
    level: str
    addressee: str
    as_of: date
    known_on: date | None
    paper: str
    unit: str
    needs_approval: bool
    reply_working_days: int | None
    content: str
    items: tuple[NoticeItem, ...]
    steps: tuple[NoticeStep, ...]

    @property
    def stage(self) -> NoticeStage:
        """Where it stands."""
        return LEADS_TO[self.steps[-1].step]

    @property
    def number(self) -> str | None:
        """Its number, 代字〔2026〕12号; None while it has none."""
        return next((one.number for one in self.steps if one.number), None)

    @property
    def issued(self) -> date | None:
        """The day on which it was issued."""
        return next((one.day for one in self.steps if one.step is RegisterStep.ISSUE), None)

    @property
    def printed_until(self) -> date | None:
        """The day by which it asks for a reply, as it was printed."""
        return next((one.until for one in self.steps if one.step is RegisterStep.ISSUE), None)

    @property
    def until(self) -> date | None:
        """The day by which a reply is wanted: a late delivery or a returned reply moves it."""
        return next((one.until for one in reversed(self.steps) if one.until), None)

    def has_lapsed(self, day: date) -> bool:
        """Whether it was delivered, its limit has passed, and nothing came of it by that day."""
        return self.stage is NoticeStage.DELIVERED and self.until is not None and day > self.until
