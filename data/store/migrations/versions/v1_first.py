"""The first stores: import tables with their versions, and a line for each import.

They were made whole, so there is nothing to do.
"""

from __future__ import annotations

revision = "1"
down_revision = None


def upgrade() -> None:
    """Nothing: a store of this version has everything of it."""
