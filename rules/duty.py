"""What one clause asks, and of whom: documents, duties, and the files that hold them."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from problems import Objection, bare, said
from rules.frequency import Condition, DayOfPeriod, Frequency
from rules.model import Adjust, AdjustWord, Model, Words, word_of

NEVER_OWED = "总是免除"
"""Stands in the note of a duty that nobody can owe: its days lie before its document's, say."""


class RuledOut(Model):
    """A passage of the text that may look like a duty and is none, with the reason."""

    clause: str
    quote: str
    reason: str


class Document(Model):
    """A source document, from `document.yaml` of its folder. `id` is the folder's name.

    In force from the latest of `in_force` (the day that its text names), `signed` and `received`.
    `lists` names its lists in the document's order, where that is not their names' order;
    `ruled_out` holds passages outside of them.
    """

    id: str = ""
    title: str
    number: str | None = None
    issuer: str | None = None
    signed: date | None = None
    in_force: date | None = None
    received: date | None = None
    last: date | None = None
    adjust: AdjustWord = Adjust.NONE
    text: str | None = None
    note: str | None = None
    lists: Words = ()
    ruled_out: tuple[RuledOut, ...] = ()

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if not (self.signed or self.in_force or self.received):
            raise Objection(said("document_day_names"))
        return self

    @property
    def first(self) -> date:
        """The first day on which it binds anybody."""
        return max(day for day in (self.signed, self.in_force, self.received) if day)


class Source(Model):
    """A place that says the duty: its clause and the law's own words."""

    clause: str
    quote: str
    document: str | None = None


YearStretch = tuple[DayOfPeriod, DayOfPeriod]
"""First and last day of a stretch of every year; it may cross New Year."""

_DAY_OF_YEAR = re.compile(r"\d{1,2}-(\d{1,2}|last)")


def _form_of_season(value: Any) -> str:
    """Which form a season is written in: names of windows, one stretch of days, or several."""
    parts = value if isinstance(value, (list, tuple)) else (value,)
    if parts and all(isinstance(part, (list, tuple)) for part in parts):
        return "stretches"
    words = [part for part in parts if isinstance(part, str)]
    if words and len(words) == len(parts) and not any(map(_DAY_OF_YEAR.fullmatch, words)):
        return "windows"
    return "stretch"


Season = Annotated[
    Annotated[YearStretch, Tag("stretch")]
    | Annotated[tuple[YearStretch, ...], Tag("stretches")]
    | Annotated[Words, Tag("windows")],
    Discriminator(_form_of_season),
]
"""`[03-01, 12-last]`, several of these, or names of windows of the calendar file."""


class Valid(Model):
    """The duty's own days; `season` cuts each year to stretches of it (3月至12月每月; 汛期每周)."""

    first: date | None = None
    last: date | None = None
    season: Season | None = None

    @property
    def season_windows(self) -> tuple[str, ...]:
        """The names of the windows that the season is; empty where it is days, or none."""
        return tuple(part for part in self.season or () if isinstance(part, str))

    @property
    def season_stretches(self) -> tuple[YearStretch, ...]:
        """The stretches of every year that the season is; empty where it is windows, or none."""
        found: Any = self.season or ()
        if found and isinstance(found[0], DayOfPeriod):
            return (found,)
        return tuple(part for part in found if isinstance(part, tuple))


class Sharing(StrEnum):
    """How several holders owe one duty: each for himself, any one for all, or all together."""

    EACH_OF = "each_of"
    ANY_OF = "any_of"
    TOGETHER = "together"


class HolderRule(Model):
    """Who owes the duty: people in posts of these classes, or units themselves.

    `posts` with `units`: posts of these classes in such units; `units` alone: the units owe it.
    `when` asks facts of the person. `joint` says how several share it; `lead` marks 牵头.
    """

    posts: Words = ()
    units: Condition | None = None
    when: Condition | None = None
    joint: Annotated[Sharing, word_of(Sharing)] = Sharing.EACH_OF
    lead: Words = ()
    inferred: bool = False
    supervised_by: Words = ()
    responsible: Words = ()
    supporting: Words = ()

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.posts and self.units is None:
            raise Objection(said("holder_names_posts_or_units"))
        if not self.posts and self.joint != Sharing.EACH_OF:
            raise Objection(said("joint_is_for_posts", joint=bare(str(self.joint))))
        return self


class ActRule(Model):
    """Which acts discharge the duty.

    `kind` takes kinds below it too; `role` empty accepts any; `delegate` names the post classes
    that may act on the holder's behalf; `attributes` must match, `subjects` must hold for one of
    the act's subjects; `evidence` true asks for some, or names the kinds of evidence asked for.
    `counts_on` is the day that counts of an act of several days.
    `below`: for a unit's duty acts of units below count too; `of_unit`: for a post's duty acts of
    its own unit do.
    """

    kind: Words
    role: Words = ()
    delegate: Words = ()
    attributes: dict[str, Words] = Field(default_factory=dict)
    subjects: Condition | None = None
    evidence: bool = False
    separately: bool = False
    several_per_day: bool = False
    counts_on: Literal["first", "last"] = "last"
    below: bool = False
    of_unit: bool = False


class Example(Model):
    """A worked case of a duty: what was done by `as_of`, and the state expected of each label.

    `done` lists days, or mappings with the keys of an activity; `world` overrides the plain
    one-holder world around it (tenure, waivers, events, members, tags).
    """

    name: str | None = None
    as_of: date
    done: tuple[date | dict[str, Any], ...] = ()
    world: dict[str, Any] = Field(default_factory=dict)
    expect: dict[str, str]


class DutyText(Model):
    """A duty as its file says it."""

    title: str
    source: Source | None = None
    sources: tuple[Source, ...] = ()
    holder: HolderRule | None = None
    activity: ActRule | None = None
    frequency: Frequency
    valid: Valid = Valid()
    replaces: str | None = None
    hedged: bool = False
    note: str | None = None
    examples: tuple[Example, ...] = ()


class DutyFile(Model):
    """One list of a document: its duties by key, with the holder and days they share."""

    list: str
    place: str | None = None
    holder: HolderRule | None = None
    valid: Valid = Valid()
    duties: dict[str, DutyText]
    ruled_out: tuple[RuledOut, ...] = ()


class Duty(Model):
    """A checked duty, as the engine reads it. `id` is document, list and key: `a.b.c`."""

    id: str
    document: str
    title: str
    sources: tuple[Source, ...]
    holder: HolderRule
    activity: ActRule | None
    frequency: Frequency
    valid: Valid = Valid()
    replaces: str | None = None
    hedged: bool = False
    note: str | None = None
    examples: tuple[Example, ...] = ()

    @property
    def clause(self) -> str:
        """The clause of the first place that says it."""
        return self.sources[0].clause

    @property
    def quote(self) -> str:
        """The law's own words, of the first place."""
        return self.sources[0].quote

    @property
    def is_to_be_ruled(self) -> bool:
        """Whether its clause gives no measure for anybody, so that the office must rule it."""
        return self.frequency.is_unruled

    @property
    def is_never_owed(self) -> bool:
        """Whether its note says that it is always exempt."""
        return self.note is not None and NEVER_OWED in self.note
