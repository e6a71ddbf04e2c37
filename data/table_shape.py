"""What is declared of an import table and its columns: all that anybody asks of them, once.

Who reads a sheet, keeps a row, offers a template or names an option works from this. The Chinese of
`help` is in the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from problems import Said

CellKind = Literal[
    "id",  # the row's own identifier, or a part of its key
    "ref",  # somebody else's identifier
    "refs",
    "text",
    "note",
    "word",  # checked against the vocabulary that the caller hands in
    "setting",
    "status",
    "day",
    "moment",
    "time",
    "flag",
    "number",
    "count",  # a whole number, 0 allowed
    "hash",  # a SHA-256 as 64 hexadecimal digits
    "file",  # the name of a file, without a folder
    "items",
    "pairs",
    "tags",
    "facts",
    "version",
]


@dataclass(frozen=True)
class ImportColumn:
    """One column. `headings` are its Chinese names, of which a template writes the first; `help`
    says what it holds.

    `words` is the list of the vocabulary that its cells are chosen from: a `word` must be in it.
    `refers` are the tables one of which must hold the id that stands there. `example` is what the
    example row says (that of the first column is a mark). `is_indexed`: the store looks for it.
    """

    name: str
    kind: CellKind
    headings: tuple[str, ...]
    help: str
    required: bool = False
    words: str = ""
    refers: tuple[str, ...] = ()
    example: str = ""
    is_indexed: bool = False


RECORDED_BY = ImportColumn("recorded_by", "text", ("登记人", "填报人"), help="Who records it.")

VERSION_COLUMNS = (
    ImportColumn(
        "recorded_at",
        "moment",
        ("登记时间", "登记日期"),
        help="When it was recorded; now where it is left out.",
    ),
    ImportColumn(
        "voided_at",
        "moment",
        ("作废时间", "作废日期"),
        help="To strike a record out: the day on which it was declared void.",
    ),
    ImportColumn("voided_by", "text", ("作废人",), help="Who declared it void."),
    ImportColumn("void_reason", "text", ("作废原因",), help="Why it does not hold."),
)
"""What every table may carry beside its values: when a version was recorded, and its void."""

VERSION_NUMBER = ImportColumn(
    "version",
    "version",
    ("版本", "版本号"),
    help="Leave it as it is: it tells whether somebody else changed the record since.",
)
"""How often a row's key had been written when its sheet was made: see `data.store.standing`."""


@dataclass(frozen=True)
class Table:
    """One import table. `one` is what a row of it is called in a message; `titles` are its Chinese
    names, of which a template writes the first.

    `own_day` is the column whose day a row is dated by (None: it has none). `stretches` are pairs
    of columns of which the second may not lie before the first.
    """

    name: str
    one: Said
    titles: tuple[str, ...]
    key: tuple[str, ...]
    columns: tuple[ImportColumn, ...]
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
    def known(self) -> Mapping[str, ImportColumn]:
        """Every column that a file may have, by name."""
        every = (*self.columns, *VERSION_COLUMNS, VERSION_NUMBER)
        return {column.name: column for column in every}
