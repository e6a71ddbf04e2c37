"""The tables of the store. Every row is a version: nothing is ever erased or overwritten.

A row of an import table is its key, its values and its provenance. A correction is one more row of
the same key; only the void columns of a row are ever set later. `entry` and `voided_in` name the
entries of the journal that wrote and voided it: `data/journal.py`. Values stand as the canonical
text of their import cell (days as YYYY-MM-DD, moments as YYYY-MM-DD HH:MM:SS.ffffff, numbers as
exact decimals), so that versions compare, export and hash alike in every database. Columns that are
worked out from others (`day_no`, `holder_no`, `class_no`, `flags`) are no part of a version and can
be rebuilt at any time.
"""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from data.flags import is_newest, is_unusual

SCHEMA_VERSION = 3
"""The newest migration of `data/migrations`; stores of older versions are brought up by `init`."""


def _text(length: int | None = None) -> String:
    """A text that is ordered by its bytes, as SQLite does, whatever language a server speaks."""
    kind = String if length else Text
    return kind(length).with_variant(kind(length, collation="C"), "postgresql")


Words = Annotated[str, mapped_column(_text())]
Day = Annotated[str, mapped_column(_text(10))]
Moment = Annotated[str, mapped_column(_text(26))]


class Base(DeclarativeBase):
    """The base of all tables; its metadata is the schema."""


class Meta(Base):
    """What the store says about itself: `schema_version`, `made_at`, `first_day`."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(_text(40), primary_key=True)
    value: Mapped[Words]


class Revision(Base):
    """The newest migration that was run, as Alembic keeps it."""

    __tablename__ = "alembic_version"
    version_num: Mapped[str] = mapped_column(_text(32), primary_key=True)


class EntryRow(Base):
    """One change of the store: when, who, why, and what was done with what; `data/journal.py`.

    `content` is a hash over every row that it wrote or voided, `hash` one over the entry and the
    one before it.
    """

    __tablename__ = "journal"
    entry: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    moment: Mapped[Moment]
    act: Mapped[str] = mapped_column(_text(20))
    who: Mapped[Words | None]
    why: Mapped[Words | None]
    source: Mapped[Words]
    sha256: Mapped[str] = mapped_column(_text(64))
    counts: Mapped[Words]  # JSON: {table: {new, changed, voided, unchanged}}
    content: Mapped[str] = mapped_column(_text(64))
    previous: Mapped[str] = mapped_column(_text(64))
    hash: Mapped[str] = mapped_column(_text(64))


class Version:
    """What every row of an import table carries beside its values."""

    row_id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    recorded_at: Mapped[Moment]
    recorded_by: Mapped[Words | None]
    voided_at: Mapped[Moment | None]
    voided_by: Mapped[Words | None]
    void_reason: Mapped[Words | None]

    @declared_attr
    def entry(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("journal.entry"))

    @declared_attr
    def voided_in(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("journal.entry"))


class SettingRow(Version, Base):
    """`records_from`, `timezone` and `files`."""

    __tablename__ = "settings"
    key: Mapped[Words]
    value: Mapped[Words]
    __table_args__ = (Index("settings_key", "key", "recorded_at", unique=True),)


class UnitRow(Version, Base):
    __tablename__ = "units"
    unit: Mapped[Words]
    name: Mapped[Words]
    type: Mapped[Words]
    parent: Mapped[Words | None]
    tags: Mapped[Words | None]
    industry: Mapped[Words | None]
    first: Mapped[Day | None]
    last: Mapped[Day | None]
    records_from: Mapped[Day | None]
    term_first: Mapped[Day | None]
    term_last: Mapped[Day | None]
    __table_args__ = (Index("units_key", "unit", "recorded_at", unique=True),)


class AdoptionRow(Version, Base):
    __tablename__ = "adoptions"
    document: Mapped[Words]
    unit: Mapped[Words]
    first: Mapped[Day | None]
    last: Mapped[Day | None]
    __table_args__ = (Index("adoptions_key", "document", "unit", "recorded_at", unique=True),)


class PersonRow(Version, Base):
    __tablename__ = "people"
    person: Mapped[Words]
    name: Mapped[Words]
    phone: Mapped[Words | None]
    email: Mapped[Words | None]
    facts: Mapped[Words | None]
    __table_args__ = (
        Index("people_key", "person", "recorded_at", unique=True),
        Index("people_name", "name"),
    )


class PostRow(Version, Base):
    __tablename__ = "posts"
    post: Mapped[Words]
    unit: Mapped[Words]
    post_class: Mapped[Words] = mapped_column("class")
    title: Mapped[Words | None]
    reports_to: Mapped[Words | None]
    first: Mapped[Day | None]
    last: Mapped[Day | None]
    __table_args__ = (
        Index("posts_key", "post", "recorded_at", unique=True),
        Index("posts_unit", "unit"),
    )


class AppointmentRow(Version, Base):
    __tablename__ = "appointments"
    person: Mapped[Words]
    post: Mapped[Words]
    first: Mapped[Day]
    last: Mapped[Day | None]
    acting: Mapped[str] = mapped_column(_text(3))
    document: Mapped[Words | None]
    reason: Mapped[Words | None]
    __table_args__ = (
        Index("appointments_key", "person", "post", "first", "recorded_at", unique=True),
        Index("appointments_post", "post"),
    )


class SubjectRow(Version, Base):
    __tablename__ = "subjects"
    subject: Mapped[Words]
    name: Mapped[Words]
    type: Mapped[Words]
    unit: Mapped[Words | None]
    tags: Mapped[Words | None]
    first: Mapped[Day | None]
    last: Mapped[Day | None]
    __table_args__ = (Index("subjects_key", "subject", "recorded_at", unique=True),)


class EventRow(Version, Base):
    __tablename__ = "events"
    event: Mapped[Words]
    type: Mapped[Words]
    day: Mapped[Day]
    last: Mapped[Day | None]
    time: Mapped[Words | None]
    status: Mapped[Words]
    unit: Mapped[Words | None]
    subject: Mapped[Words | None]
    __table_args__ = (Index("events_key", "event", "recorded_at", unique=True),)


class WaiverRow(Version, Base):
    __tablename__ = "waivers"
    waiver: Mapped[Words]
    holder: Mapped[Words]
    first: Mapped[Day]
    last: Mapped[Day]
    reason: Mapped[Words]
    person: Mapped[Words | None]
    duty: Mapped[Words | None]
    subject: Mapped[Words | None]
    document: Mapped[Words | None]
    __table_args__ = (Index("waivers_key", "waiver", "recorded_at", unique=True),)


class DelegationRow(Version, Base):
    __tablename__ = "delegations"
    delegation: Mapped[Words]
    holder: Mapped[Words]
    delegate: Mapped[Words]
    first: Mapped[Day]
    last: Mapped[Day | None]
    duty: Mapped[Words | None]
    document: Mapped[Words | None]
    reason: Mapped[Words | None]
    __table_args__ = (Index("delegations_key", "delegation", "recorded_at", unique=True),)


class AttachmentRow(Version, Base):
    """A file kept as evidence of an act: what `data/evidence.py` keeps under its SHA-256."""

    __tablename__ = "attachments"
    attachment: Mapped[Words]
    activity: Mapped[Words]
    sha256: Mapped[str] = mapped_column(_text(64))
    name: Mapped[Words]
    size: Mapped[Words]
    type: Mapped[Words | None]
    __table_args__ = (
        Index("attachments_key", "attachment", "recorded_at", unique=True),
        Index("attachments_activity", "activity"),
        Index("attachments_sha256", "sha256"),
    )


class AuditRow(Base):
    """One kept audit: `data/audits.py`."""

    __tablename__ = "audits"
    audit: Mapped[int] = mapped_column(primary_key=True)
    kept_at: Mapped[Words]
    asked: Mapped[Words]
    hashes: Mapped[Words]
    checksum: Mapped[Words]
    unmet: Mapped[Words]
    entry: Mapped[int] = mapped_column(ForeignKey("journal.entry"))


class RuleFileRow(Base):
    """A rule file as it was when it was kept, under the hash of its bytes: `data/kept_rules.py`."""

    __tablename__ = "rule_files"
    sha256: Mapped[str] = mapped_column(_text(64), primary_key=True)
    label: Mapped[Words]
    content: Mapped[Words]
    entry: Mapped[int] = mapped_column(ForeignKey("journal.entry"))


class RulebookRow(Base):
    """A rulebook by its hashes, and which files it was made of, in the order of reading."""

    __tablename__ = "rulebooks"
    rulebook: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rules: Mapped[str] = mapped_column(_text(64))
    rulings: Mapped[str] = mapped_column(_text(64))
    calendar: Mapped[str] = mapped_column(_text(64))
    files: Mapped[Words]  # JSON: [[role, label, document, sha256], …]
    entry: Mapped[int] = mapped_column(ForeignKey("journal.entry"))


class NoticeRow(Base):
    """A paper that went out of `notices --keep`: `data/kept_notices.py`."""

    __tablename__ = "notices"
    notice: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    as_of: Mapped[Day]
    known_on: Mapped[Day | None]
    level: Mapped[Words]
    addressee: Mapped[Words]
    file: Mapped[Words]
    sha256: Mapped[str] = mapped_column(_text(64))
    entry: Mapped[int] = mapped_column(ForeignKey("journal.entry"))


LEDGERS: tuple[str, ...] = ("audits", "rule_files", "rulebooks", "notices")
"""Tables whose rows are written once, beside the import tables; each names its `entry`."""


class Holder(Base):
    """A small number for each unit or post that ever held an activity."""

    __tablename__ = "holders"
    holder_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[str] = mapped_column(_text(), unique=True)


class ActClass(Base):
    """A small number for each combination of kind, role and attributes that ever occurred."""

    __tablename__ = "act_classes"
    class_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Words]
    role: Mapped[Words | None]
    attributes: Mapped[Words | None]


class NamedPerson(Base):
    """Each person that acts of a holder ever named, once: whoever counts only columns asks here
    whether somebody else's acts stand among them.
    """

    __tablename__ = "named_people"
    holder_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[str] = mapped_column(_text(), primary_key=True)
    __table_args__ = (Index("named_people_person", "person"),)


ON_BEHALF = f"{is_newest()} AND on_behalf_of IS NOT NULL"
PROVED = f"{is_newest()} AND evidence IS NOT NULL"
LISTED = {"sqlite": "instr(evidence, ';') > 0", "postgresql": "strpos(evidence, ';') > 0"}
"""Newest versions done on behalf of somebody, with evidence, and with several items of it: what is
asked of all acts when one person is judged.
"""


class ActivityRow(Version, Base):
    """An act. `day_no` is `date.toordinal()` of `day`; `flags` are bits of `data.flags`."""

    __tablename__ = "activities"
    activity: Mapped[Words]
    kind: Mapped[Words]
    day: Mapped[Day]
    holder: Mapped[Words]
    first_day: Mapped[Day | None]
    time: Mapped[Words | None]
    person: Mapped[Words | None]
    role: Mapped[Words | None]
    subjects: Mapped[Words | None]
    quantity: Mapped[Words | None]
    out_of: Mapped[Words | None]
    unit_of_quantity: Mapped[Words | None]
    on_behalf_of: Mapped[Words | None]
    for_period: Mapped[Words | None]
    event: Mapped[Words | None]
    makes_up: Mapped[Words | None]
    attributes: Mapped[Words | None]
    evidence: Mapped[Words | None]
    note: Mapped[Words | None]
    supersedes: Mapped[Words | None]
    day_no: Mapped[int] = mapped_column(Integer)
    holder_no: Mapped[int] = mapped_column(Integer)
    class_no: Mapped[int] = mapped_column(Integer)
    flags: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        Index("activities_key", "activity", "recorded_at", unique=True),
        Index(
            "activities_supersedes",
            "supersedes",
            sqlite_where=text("supersedes IS NOT NULL"),
            postgresql_where=text("supersedes IS NOT NULL"),
        ),
        Index(
            "activities_by_day",
            "day_no",
            "holder_no",
            "class_no",
            "flags",
            sqlite_where=text(is_newest()),
            postgresql_where=text(is_newest()),
        ),
        Index(
            "activities_by_holder",
            "holder_no",
            "class_no",
            "day_no",
            "flags",
            sqlite_where=text(is_newest()),
            postgresql_where=text(is_newest()),
        ),
        Index(
            "activities_on_behalf_of",
            "on_behalf_of",
            sqlite_where=text(ON_BEHALF),
            postgresql_where=text(ON_BEHALF),
        ),
        Index(
            "activities_evidence",
            "evidence",
            sqlite_where=text(PROVED),
            postgresql_where=text(PROVED),
        ),
        Index(
            "activities_listed",
            "day_no",
            sqlite_where=text(f"{is_newest()} AND {LISTED['sqlite']}"),
            postgresql_where=text(f"{is_newest()} AND {LISTED['postgresql']}"),
        ),
        Index(
            "activities_unusual",
            "holder_no",
            "flags",
            sqlite_where=text(is_unusual()),
            postgresql_where=text(is_unusual()),
        ),
    )


def sql_table(name: str):  # type: ignore[no-untyped-def]
    """The SQL table of an import table."""
    return Base.metadata.tables[name]
