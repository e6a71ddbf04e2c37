"""What is entrusted to whom: the table of assignments.

The upgrade is an entry of the chain of its own, which wrote no row.
"""

from __future__ import annotations

from typing import Any

from alembic import context, op
from sqlalchemy import Column, ForeignKey, Integer, String, Text

from data.store.migrations.upgrade_entry import write_upgrade

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Makes the table, and writes the entry of the upgrade."""
    connection = op.get_bind()
    collation = "C" if connection.dialect.name == "postgresql" else None

    def words(name: str, length: int | None = None, *, nullable: bool = True) -> Column[Any]:
        kind = String(length, collation) if length else Text(collation=collation)
        return Column(name, kind, nullable=nullable)

    op.create_table(
        "assignments",
        Column("row_id", Integer, primary_key=True),
        words("holder", nullable=False),
        words("member", nullable=False),
        words("first", 10, nullable=False),
        words("last", 10),
        words("recorded_at", 26, nullable=False),
        words("recorded_by"),
        words("voided_at", 26),
        words("voided_by"),
        words("void_reason"),
        Column("entry", Integer, ForeignKey("journal.entry"), nullable=False),
        Column("voided_in", Integer, ForeignKey("journal.entry")),
    )
    key = ["holder", "member", "first", "recorded_at"]
    op.create_index("assignments_key", "assignments", key, unique=True)
    write_upgrade(connection, context.config.attributes["doing"], int(down_revision), int(revision))
