"""Flags of acts that nobody reads go: on behalf, subjects, quantity, recorded late, no evidence.

The flags are worked out from the records, so no entry of the chain says anything else by this; the
upgrade is an entry of its own, which wrote no row.
"""

from __future__ import annotations

from alembic import context, op

from data.store.migrations.upgrade_entry import write_upgrade

revision = "3"
down_revision = "2"

UNREAD = 16 | 32 | 64 | 128 | 256


def upgrade() -> None:
    """Clears the bits, and writes the entry of the upgrade."""
    op.execute(
        f"UPDATE activities SET flags = flags - (flags & {UNREAD}) WHERE (flags & {UNREAD}) <> 0"
    )
    write_upgrade(
        op.get_bind(), context.config.attributes["doing"], int(down_revision), int(revision)
    )
