"""Events have a title.

The upgrade is an entry of the chain of its own, which wrote no row.
"""

from __future__ import annotations

from alembic import context, op
from sqlalchemy import Column, Text

from data.store.migrations.upgrade_entry import write_upgrade

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Adds the column, and writes the entry of the upgrade."""
    connection = op.get_bind()
    collation = "C" if connection.dialect.name == "postgresql" else None
    op.add_column("events", Column("title", Text(collation=collation)))
    write_upgrade(connection, context.config.attributes["doing"], int(down_revision), int(revision))
