"""The plain frozen values that the records of an office are made of.

Days are local calendar days; `first` and `last` both belong to their stretch, and None leaves that
end open. Nothing here knows a database or a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, order=True)
class Tag:
    """A mark on a unit or subject (`高危`), from its first day on (None: always had it)."""

    name: str
    first: date | None = None


@dataclass(frozen=True, order=True)
class Fact:
    """A dated fact about a person: `key` is `value` from `first` on, until the key's next fact."""

    key: str
    value: str
    first: date | None = None


@dataclass(frozen=True)
class Unit:
    """An organisation in the tree. `term_first`, `term_last`: a body's term of office."""

    unit: str
    name: str
    type: str
    parent: str | None = None
    tags: tuple[Tag, ...] = ()
    industry: str | None = None
    first: date | None = None
    last: date | None = None
    records_from: date | None = None
    term_first: date | None = None
    term_last: date | None = None


@dataclass(frozen=True)
class Adoption:
    """A unit, with all below it, is bound by a document on these days."""

    document: str
    unit: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Person:
    """A person; the name need not be unique, the id is."""

    person: str
    name: str
    phone: str | None = None
    email: str | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Post:
    """A position in a unit; `post_class` is what duty lists bind (`主要负责人`, `分管负责人` …)."""

    post: str
    unit: str
    post_class: str
    title: str | None = None
    reports_to: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Appointment:
    """A person in a post, from the first to the last day; `acting` stands in for the holder."""

    person: str
    post: str
    first: date
    last: date | None = None
    acting: bool = False
    document: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Subject:
    """What an activity is done to: an enterprise, project, school, lift."""

    subject: str
    name: str
    type: str
    unit: str | None = None
    tags: tuple[Tag, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Assignment:
    """A subject or unit, the `member`, entrusted to a post or person from first to last day."""

    holder: str
    member: str
    first: date
    last: date | None = None


@dataclass(frozen=True, order=True)
class File:
    """A file kept as evidence of an act: what it was called, and the SHA-256 that it is kept by."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Delegation:
    """A written order under which one post acts for another. `duty` None: in everything that the
    clauses allow. It is shown beside the acts and judges nothing: clauses say who may act for whom.
    """

    delegation: str
    holder: str
    delegate: str
    first: date
    last: date | None = None
    duty: str | None = None
    document: str | None = None
    reason: str | None = None


class Standing(StrEnum):
    """What an act is worth on the knowledge day."""

    LIVE = "live"
    VOIDED = "voided"
    SUPERSEDED = "superseded"
    NOT_KNOWN_YET = "not_known_yet"


@dataclass(frozen=True)
class Activity:
    """One recorded act. It counts on `day`, its last day; `first_day` is None for one-day acts.

    `recorded_on` is the day on which it was first recorded (corrections don't move it);
    `standing` is what the knowledge day of the reading makes of it: only `live` acts can count,
    the others are kept to be explained.
    """

    activity: str
    kind: str
    day: date
    holder: str
    recorded_at: datetime
    first_day: date | None = None
    time: time | None = None
    person: str | None = None
    role: str | None = None
    subjects: tuple[str, ...] = ()
    quantity: Fraction | None = None
    out_of: Fraction | None = None
    unit_of_quantity: str | None = None
    on_behalf_of: str | None = None
    for_period: str | None = None
    event: str | None = None
    makes_up: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    note: str | None = None
    recorded_by: str | None = None
    standing: Standing = Standing.LIVE
    files: tuple[File, ...] = ()

    @property
    def proofs(self) -> tuple[str, ...]:
        """Each item of evidence by what makes it the same one: its text, or a file's hash."""
        if not self.files:
            return self.evidence
        return (*self.evidence, *(f"sha256:{file.sha256}" for file in self.files))

    @property
    def proofs_in_words(self) -> tuple[str, ...]:
        """Each item of evidence as a reader knows it: its text, or a file's name."""
        return (*self.evidence, *(file.name for file in self.files))

    @property
    def recorded_on(self) -> date:
        """The day on which the act was first recorded."""
        return self.recorded_at.date()


@dataclass(frozen=True)
class Elsewhere:
    """What matters of acts that were not read to those that were: first and last day of the live
    acts of each unit, the days of those that carry each item of evidence, and the periods that any
    act is for.
    """

    days_of_units: Mapping[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    days_of_proofs: Mapping[str, frozenset[date]] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Event:
    """A dated happening that starts a duty. `last` is None for one day; no `units`: all of them.

    Taking and leaving office are events that the appointments make, not rows: of 任职, `post` and
    `person` say whose it is.
    """

    event: str
    type: str
    day: date
    last: date | None = None
    time: time | None = None
    status: str = "planned"
    units: tuple[str, ...] = ()
    subject: str | None = None
    title: str | None = None
    post: str | None = None
    person: str | None = None

    def concerns(self, unit: str) -> bool:
        """Whether it happened to that unit, or to all of them."""
        return not self.units or unit in self.units


@dataclass(frozen=True)
class Waiver:
    """A documented excuse. `duty` None: all duties; `subject` set: excuses one member only."""

    waiver: str
    holder: str
    first: date
    last: date
    reason: str
    person: str | None = None
    duty: str | None = None
    subject: str | None = None
    document: str | None = None


@dataclass(frozen=True)
class Records:
    """Everything an audit reads, as it was known on its knowledge day.

    Mappings are by id; tuples are sorted by id (activities) or first day. Superseded and voided
    rows are left out, except among activities, where `standing` tells. `adoptions` None: the
    office keeps no such table, so every document binds every unit that its rules select.
    """

    units: Mapping[str, Unit]
    posts: Mapping[str, Post]
    people: Mapping[str, Person]
    appointments: tuple[Appointment, ...]
    activities: tuple[Activity, ...]
    records_from: date
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    adoptions: tuple[Adoption, ...] | None = None
    timezone: str = "Asia/Shanghai"
