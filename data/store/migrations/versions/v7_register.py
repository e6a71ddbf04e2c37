"""The register of notices: what was drafted, and each step of its life.

The upgrade is an entry of the chain of its own, which wrote no row.
"""

from __future__ import annotations

from typing import Any

from alembic import context, op
from sqlalchemy import Column, ForeignKey, Integer, String, Text

from data.store.migrations.upgrade_entry import write_upgrade

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Makes both tables, and writes the entry of the upgrade."""
    connection = op.get_bind()
    collation = "C" if connection.dialect.name == "postgresql" else None

    def words(name: str, length: int | None = None, *, nullable: bool = False) -> Column[Any]:
        kind = String(length, collation) if length else Text(collation=collation)
        return Column(name, kind, nullable=nullable)

    op.create_table(
        "register_notices",
        Column("notice", Integer, primary_key=True, autoincrement=False),
        words("level"),
        words("addressee"),
        words("as_of", 10),
        words("known_on", 10, nullable=True),
        words("paper"),
        words("unit"),
        words("approval", 3),
        Column("reply_days", Integer),
        words("items"),
        words("content"),
        Column("entry", Integer, ForeignKey("journal.entry"), nullable=False),
    )
    op.create_table(
        "register_steps",
        Column("step", Integer, primary_key=True, autoincrement=False),
        Column("notice", Integer, ForeignKey("register_notices.notice"), nullable=False),
        words("act", 20),
        words("day", 10),
        words("recorded_at", 26),
        words("who", nullable=True),
        words("note", nullable=True),
        words("code", nullable=True),
        Column("year", Integer),
        Column("number", Integer),
        words("until", 10, nullable=True),
        Column("entry", Integer, ForeignKey("journal.entry"), nullable=False),
    )
    numbers = ["code", "year", "number"]
    op.create_index("register_steps_number", "register_steps", numbers, unique=True)
    op.create_index("register_steps_notice", "register_steps", ["notice"])
    write_upgrade(connection, context.config.attributes["doing"], int(down_revision), int(revision))
