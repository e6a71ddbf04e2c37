"""Flags of acts that nobody reads go: on behalf, subjects, quantity, recorded late, no evidence.

The flags are worked out from the records, so no entry of the chain says anything else by this; the
upgrade is an entry of its own, which wrote no row.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from alembic import context, op
from sqlalchemy import text

revision = "3"
down_revision = "2"

UNREAD = 16 | 32 | 64 | 128 | 256


def upgrade() -> None:
    """Clears the bits, and writes one more link of the chain."""
    op.execute(
        f"UPDATE activities SET flags = flags - (flags & {UNREAD}) WHERE (flags & {UNREAD}) <> 0"
    )
    _write_entry(op.get_bind())
    op.execute("UPDATE meta SET value = '3' WHERE key = 'schema_version'")


def _write_entry(connection: Any) -> None:
    newest = "SELECT entry, hash FROM journal ORDER BY entry DESC LIMIT 1"
    last = connection.execute(text(newest)).one()
    doing = context.config.attributes["doing"]
    entry = {
        "entry": last.entry + 1,
        "moment": doing.now.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds"),
        "act": "upgrade",
        "who": doing.who,
        "why": doing.why,
        "source": "upgrade",
        "sha256": "",
        "counts": json.dumps({"from": 2, "to": 3}),
        "content": hashlib.sha256(b"").hexdigest(),
        "previous": last.hash,
    }
    told = json.dumps([*entry.values()], ensure_ascii=False, separators=(",", ":"))
    entry["hash"] = hashlib.sha256(told.encode()).hexdigest()
    names = ", ".join(entry)
    values = ", ".join(f":{name}" for name in entry)
    connection.execute(text(f"INSERT INTO journal ({names}) VALUES ({values})"), entry)
