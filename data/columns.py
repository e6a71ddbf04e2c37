"""Which tables and columns an import knows, and what each cell must hold. Source: INTERFACE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

CellKind = Literal[
    "id",  # the row's own identifier, or a part of its key
    "ref",  # somebody else's identifier
    "refs",
    "text",
    "note",
    "word",  # checked against the vocabulary that the caller hands in
    "status",
    "day",
    "moment",
    "time",
    "flag",
    "number",
    "count",  # a whole number, 0 allowed
    "hash",  # a SHA-256 as 64 hexadecimal digits
    "items",
    "pairs",
    "tags",
    "facts",
    "version",
]


@dataclass(frozen=True)
class Column:
    """One column. `words` names the set of `Words` that a `word` cell must be in."""

    name: str
    kind: CellKind = "text"
    required: bool = False
    words: str = ""


VERSION_COLUMNS = (
    Column("recorded_at", "moment"),
    Column("voided_at", "moment"),
    Column("voided_by"),
    Column("void_reason"),
)
"""What every table may carry beside its values: when a version was recorded, and its void."""


VERSION_NUMBER = Column("version", "version")
"""How often a row's key had been written when its sheet was made: see `data.standing`."""


@dataclass(frozen=True)
class Table:
    """One import table. `own_day` is the column whose day a row is dated by (None: it has none).

    `stretches` are pairs of columns of which the second may not lie before the first.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    own_day: str | None = None
    stretches: tuple[tuple[str, str], ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The value columns, key included, in the order of a version's values."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def at(self) -> Mapping[str, int]:
        """The position of each value column in a version's values."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def known(self) -> Mapping[str, Column]:
        """Every column that a file may have, by name."""
        every = (*self.columns, *VERSION_COLUMNS, VERSION_NUMBER)
        return {column.name: column for column in every}


RECORDED_BY = Column("recorded_by")
_TERM = (("first", "last"),)

_TABLES = (
    Table(
        "settings",
        ("key",),
        (Column("key", "id", True), Column("value", "text", True), RECORDED_BY),
    ),
    Table(
        "units",
        ("unit",),
        (
            Column("unit", "id", True),
            Column("name", "text", True),
            Column("type", "text", True),
            Column("parent", "ref"),
            Column("tags", "tags"),
            Column("industry"),
            Column("first", "day"),
            Column("last", "day"),
            Column("records_from", "day"),
            Column("term_first", "day"),
            Column("term_last", "day"),
            RECORDED_BY,
        ),
        own_day="first",
        stretches=(("first", "last"), ("term_first", "term_last")),
    ),
    Table(
        "adoptions",
        ("document", "unit"),
        (
            Column("document", "id", True),
            Column("unit", "ref", True),
            Column("first", "day"),
            Column("last", "day"),
            RECORDED_BY,
        ),
        own_day="first",
        stretches=_TERM,
    ),
    Table(
        "people",
        ("person",),
        (
            Column("person", "id", True),
            Column("name", "text", True),
            Column("phone"),
            Column("email"),
            Column("facts", "facts"),
            RECORDED_BY,
        ),
    ),
    Table(
        "posts",
        ("post",),
        (
            Column("post", "id", True),
            Column("unit", "ref", True),
            Column("class", "word", True, words="post_classes"),
            Column("title"),
            Column("reports_to", "ref"),
            Column("first", "day"),
            Column("last", "day"),
            RECORDED_BY,
        ),
        own_day="first",
        stretches=_TERM,
    ),
    Table(
        "appointments",
        ("person", "post", "first"),
        (
            Column("person", "ref", True),
            Column("post", "ref", True),
            Column("first", "day", True),
            Column("last", "day"),
            Column("acting", "flag"),
            Column("document"),
            Column("reason"),
            RECORDED_BY,
        ),
        own_day="first",
        stretches=_TERM,
    ),
    Table(
        "subjects",
        ("subject",),
        (
            Column("subject", "id", True),
            Column("name", "text", True),
            Column("type", "text", True),
            Column("unit", "ref"),
            Column("tags", "tags"),
            Column("first", "day"),
            Column("last", "day"),
            RECORDED_BY,
        ),
        own_day="first",
        stretches=_TERM,
    ),
    Table(
        "events",
        ("event",),
        (
            Column("event", "id", True),
            Column("type", "word", True, words="event_types"),
            Column("day", "day", True),
            Column("last", "day"),
            Column("time", "time"),
            Column("status", "status"),
            Column("unit", "ref"),
            Column("subject", "ref"),
            RECORDED_BY,
        ),
        own_day="day",
        stretches=(("day", "last"),),
    ),
    Table(
        "waivers",
        ("waiver",),
        (
            Column("waiver", "id", True),
            Column("holder", "ref", True),
            Column("first", "day", True),
            Column("last", "day", True),
            Column("reason", "text", True),
            Column("person", "ref"),
            Column("duty", "ref"),
            Column("subject", "ref"),
            Column("document"),
            RECORDED_BY,
        ),
        own_day="first",
        stretches=_TERM,
    ),
    Table(
        "delegations",
        ("delegation",),
        (
            Column("delegation", "id", True),
            Column("holder", "ref", True),
            Column("delegate", "ref", True),
            Column("first", "day", True),
            Column("last", "day"),
            Column("duty", "ref"),
            Column("document"),
            Column("reason"),
            RECORDED_BY,
        ),
        own_day="first",
        stretches=_TERM,
    ),
    Table(
        "activities",
        ("activity",),
        (
            Column("activity", "id", True),
            Column("kind", "word", True, words="kinds"),
            Column("day", "day", True),
            Column("holder", "ref", True),
            Column("first_day", "day"),
            Column("time", "time"),
            Column("person", "ref"),
            Column("role", "word", words="roles"),
            Column("subjects", "refs"),
            Column("quantity", "number"),
            Column("out_of", "number"),
            Column("unit_of_quantity"),
            Column("on_behalf_of", "ref"),
            Column("for_period"),
            Column("event", "ref"),
            Column("makes_up"),
            Column("attributes", "pairs"),
            Column("evidence", "items"),
            Column("note", "note"),
            RECORDED_BY,
            Column("supersedes", "ref"),
        ),
        own_day="day",
        stretches=(("first_day", "day"),),
    ),
    Table(
        "attachments",
        ("attachment",),
        (
            Column("attachment", "id", True),
            Column("activity", "ref", True),
            Column("sha256", "hash", True),
            Column("name", "text", True),
            Column("size", "count", True),
            Column("type"),
            RECORDED_BY,
        ),
    ),
)

TABLES: Mapping[str, Table] = {table.name: table for table in _TABLES}
"""All import tables by name, in the order in which they are read and written."""

ANYONE = ("subjects", "units", "posts", "people")
"""The tables whose ids are unique together: what an act may be done to."""

REFERENCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("units", "parent", ("units",)),
    ("adoptions", "unit", ("units",)),
    ("posts", "unit", ("units",)),
    ("posts", "reports_to", ("posts",)),
    ("appointments", "person", ("people",)),
    ("appointments", "post", ("posts",)),
    ("subjects", "unit", ("units",)),
    ("events", "unit", ("units",)),
    ("events", "subject", ANYONE),
    ("waivers", "holder", ("posts", "units")),
    ("waivers", "person", ("people",)),
    ("waivers", "subject", ANYONE),
    ("activities", "holder", ("posts", "units")),
    ("activities", "person", ("people",)),
    ("activities", "subjects", ANYONE),
    ("activities", "on_behalf_of", ("posts",)),
    ("activities", "event", ("events",)),
    ("activities", "supersedes", ("activities",)),
    ("delegations", "holder", ("posts",)),
    ("delegations", "delegate", ("posts",)),
    ("attachments", "activity", ("activities",)),
)
"""(table, column, the tables one of which must hold the id that stands there)."""

SINGULAR: Mapping[str, str] = {
    "units": "unit",
    "people": "person",
    "posts": "post",
    "subjects": "subject",
    "activities": "activity",
    "events": "event",
    "waivers": "waiver",
    "settings": "setting",
    "appointments": "appointment",
    "adoptions": "adoption",
    "delegations": "delegation",
    "attachments": "attachment",
}
"""What one row of a table is called in a message."""
