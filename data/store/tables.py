"""The tables of the store. Every row is a version: nothing is ever erased or overwritten.

A row of an import table is its key, its values and its provenance. A correction is one more row of
the same key; only the void columns of a row are ever set later. `entry` and `voided_in` name the
entries of the journal that wrote and voided it: `journal.py`. Values stand as the canonical
text of their import cell (days as YYYY-MM-DD, moments as YYYY-MM-DD HH:MM:SS.ffffff, numbers as
exact decimals), so that versions compare, export and hash alike in every database. Columns that are
worked out from others (`day_no`, `holder_no`, `class_no`, `flags`) are no part of a version and can
be rebuilt at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from sqlalchemy import Column as SqlColumn
from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data.cell_values import ABSENT
from data.flags import newest_sql, unusual_sql
from data.import_columns import RECORDED_BY, TABLES, CellKind, ImportColumn, Table

SCHEMA_VERSION = 7
"""The newest of the `migrations`; stores of older versions are brought up by `init`."""


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
    """One change of the store: when, who, why, and what was done with what; `journal.py`.

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


class AuditRow(Base):
    """One kept audit: `data/keeping/kept_audits.py`."""

    __tablename__ = "audits"
    audit: Mapped[int] = mapped_column(primary_key=True)
    kept_at: Mapped[Words]
    asked: Mapped[Words]
    hashes: Mapped[Words]
    checksum: Mapped[Words]
    unmet: Mapped[Words]
    entry: Mapped[int] = mapped_column(ForeignKey("journal.entry"))


class RuleFileRow(Base):
    """A rule file as it was when it was kept, under the hash of its bytes."""

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


class KeptNoticeRow(Base):
    """A paper that was kept before there was a register; written no more."""

    __tablename__ = "notices"
    notice: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    as_of: Mapped[Day]
    known_on: Mapped[Day | None]
    level: Mapped[Words]
    addressee: Mapped[Words]
    file: Mapped[Words]
    sha256: Mapped[str] = mapped_column(_text(64))
    entry: Mapped[int] = mapped_column(ForeignKey("journal.entry"))


class RegisterNoticeRow(Base):
    """One notice of the register: `data/keeping/notice_register.py`."""

    __tablename__ = "register_notices"
    notice: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[Words]
    addressee: Mapped[Words]
    as_of: Mapped[Day]
    known_on: Mapped[Day | None]
    paper: Mapped[Words]
    unit: Mapped[Words]
    approval: Mapped[str] = mapped_column(_text(3))
    reply_days: Mapped[int | None]
    items: Mapped[Words]  # JSON: [[matter, [verdict, …], whether it is its own], …]
    content: Mapped[Words]  # JSON: what it printed when it was drafted
    entry: Mapped[int] = mapped_column(ForeignKey("journal.entry"))


class RegisterStepRow(Base):
    """One step in the life of a notice; that of issuing gives it its number."""

    __tablename__ = "register_steps"
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice: Mapped[int] = mapped_column(ForeignKey("register_notices.notice"))
    act: Mapped[str] = mapped_column(_text(20))
    day: Mapped[Day]
    recorded_at: Mapped[Moment]
    who: Mapped[Words | None]
    note: Mapped[Words | None]
    code: Mapped[Words | None]
    year: Mapped[int | None]
    number: Mapped[int | None]
    until: Mapped[Day | None]
    entry: Mapped[int] = mapped_column(ForeignKey("journal.entry"))
    __table_args__ = (
        Index("register_steps_number", "code", "year", "number", unique=True),
        Index("register_steps_notice", "notice"),
    )


LEDGERS: tuple[str, ...] = (
    *("audits", "rule_files", "rulebooks"),
    KeptNoticeRow.__tablename__,
    *("register_notices", "register_steps"),
)
"""Tables whose rows are written once, beside the import tables; each names its `entry`."""


class HolderNumber(Base):
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


ON_BEHALF = f"{newest_sql()} AND on_behalf_of IS NOT NULL"
PROVED = f"{newest_sql()} AND evidence IS NOT NULL"
LISTED = {"sqlite": "instr(evidence, ';') > 0", "postgresql": "strpos(evidence, ';') > 0"}
"""Newest versions done on behalf of somebody, with evidence, and with several items of it: what is
asked of all acts when one person is judged.
"""


_WORKED_OUT = ("day_no", "holder_no", "class_no", "flags")
"""Of each act: `date.toordinal()` of its `day`, small numbers, and the bits of `data.flags`."""

_INDEXES_OF_ACTS = (
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
        sqlite_where=text(newest_sql()),
        postgresql_where=text(newest_sql()),
    ),
    Index(
        "activities_by_holder",
        "holder_no",
        "class_no",
        "day_no",
        "flags",
        sqlite_where=text(newest_sql()),
        postgresql_where=text(newest_sql()),
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
        sqlite_where=text(f"{newest_sql()} AND {LISTED['sqlite']}"),
        postgresql_where=text(f"{newest_sql()} AND {LISTED['postgresql']}"),
    ),
    Index(
        "activities_unusual",
        "holder_no",
        "flags",
        sqlite_where=text(unusual_sql()),
        postgresql_where=text(unusual_sql()),
    ),
)

_LENGTHS: Mapping[CellKind, int] = {"day": 10, "flag": 3, "hash": 64}


def _value(column: ImportColumn) -> SqlColumn[str]:
    """The SQL column of a declared one; it is never empty where a blank cell means something."""
    nullable = not column.required and column.kind not in ABSENT
    return SqlColumn(column.name, _text(_LENGTHS.get(column.kind)), nullable=nullable)


def _make(table: Table) -> None:
    """Makes the SQL table of a declared one: the values of a row, and what every row carries."""
    is_acts = table.name == "activities"
    SqlTable(
        table.name,
        Base.metadata,
        SqlColumn("row_id", Integer, primary_key=True),
        *(_value(column) for column in table.columns if column is not RECORDED_BY),
        *(SqlColumn(name, Integer, nullable=False) for name in _WORKED_OUT if is_acts),
        SqlColumn("recorded_at", _text(26), nullable=False),
        SqlColumn("recorded_by", _text()),
        SqlColumn("voided_at", _text(26)),
        SqlColumn("voided_by", _text()),
        SqlColumn("void_reason", _text()),
        SqlColumn("entry", Integer, ForeignKey("journal.entry"), nullable=False),
        SqlColumn("voided_in", Integer, ForeignKey("journal.entry")),
        Index(f"{table.name}_key", *table.key, "recorded_at", unique=True),
        *(Index(f"{table.name}_{one.name}", one.name) for one in table.columns if one.is_indexed),
        *(_INDEXES_OF_ACTS if is_acts else ()),
    )


for _table in TABLES.values():
    _make(_table)


def sql_table(name: str):  # type: ignore[no-untyped-def]
    """The SQL table of an import table."""
    return Base.metadata.tables[name]
