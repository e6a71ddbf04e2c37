"""Which tables and columns an import knows. Source: INTERFACE.

Each table is declared once, with all that is said of its columns: who is who in
`data/office_tables.py`, what was done in `data/act_tables.py`. A new column is a line there and a
migration; what is read of it, a field of `data/records.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.act_tables import ACTIVITIES, ATTACHMENTS, DELEGATIONS, EVENTS, WAIVERS
from data.office_tables import (
    ADOPTIONS,
    ANYONE,
    APPOINTMENTS,
    ASSIGNMENTS,
    PEOPLE,
    POSTS,
    SETTINGS,
    SUBJECTS,
    UNITS,
)
from data.table_shape import (
    RECORDED_BY,
    VERSION_COLUMNS,
    VERSION_NUMBER,
    CellKind,
    ImportColumn,
    Table,
)
from problems import Bare, Said, Term, bare, said

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        SETTINGS,
        UNITS,
        ADOPTIONS,
        PEOPLE,
        POSTS,
        APPOINTMENTS,
        SUBJECTS,
        ASSIGNMENTS,
        EVENTS,
        WAIVERS,
        DELEGATIONS,
        ACTIVITIES,
        ATTACHMENTS,
    )
}
"""All import tables by name, in the order in which they are read and written."""

REFERENCES: tuple[tuple[str, str, tuple[str, ...]], ...] = tuple(
    (table.name, column.name, column.refers)
    for table in TABLES.values()
    for column in table.columns
    if column.refers
)
"""(table, column, the tables one of which must hold the id that stands there)."""

SINGULAR: Mapping[str, Said] = {table.name: table.one for table in TABLES.values()}
"""What one row of a table is called in a message."""


def table_term(table: str) -> Term | Bare:
    """What a table is called in a message; a table that no import knows by its own name."""
    return Term(TABLES[table].titles[0], table) if table in TABLES else bare(table)


def column_term(table: str, column: str) -> Term:
    """What a column of a table is called in a message."""
    return Term(TABLES[table].known[column].headings[0], column)


_CALLED = {
    "class": said("post_class"),
    "unit": said("unit"),
    "person": said("person"),
    "post": said("post"),
    "subject": said("subject"),
    "subjects": said("subject"),
    "holder": said("holder"),
    "delegate": said("delegate"),
    "member": said("member"),
    "activity": said("activity"),
    "event": said("event"),
    "kind": said("kind"),
    "role": said("role"),
}


def called(column: str) -> Said | Bare:
    """What a column is called in a message: by its own name where it has no word."""
    return _CALLED.get(column) or bare(column)


__all__ = [
    "ANYONE",
    "RECORDED_BY",
    "REFERENCES",
    "SINGULAR",
    "TABLES",
    "VERSION_COLUMNS",
    "VERSION_NUMBER",
    "CellKind",
    "ImportColumn",
    "Table",
    "called",
    "column_term",
    "table_term",
]
