"""Events have a title.

The upgrade is an entry of the chain of its own, which wrote no row.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from alembic import context, op
from sqlalchemy import Column, Text, text

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Adds the column, and writes one more link of the chain."""
    connection = op.get_bind()
    collation = "C" if connection.dialect.name == "postgresql" else None
    op.add_column("events", Column("title", Text(collation=collation)))
    _write_entry(connection)
    op.execute(f"UPDATE meta SET value = '{revision}' WHERE key = 'schema_version'")


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
        "counts": json.dumps({"from": int(down_revision), "to": int(revision)}),
        "content": hashlib.sha256(b"").hexdigest(),
        "previous": last.hash,
    }
    told = json.dumps([*entry.values()], ensure_ascii=False, separators=(",", ":"))
    entry["hash"] = hashlib.sha256(told.encode()).hexdigest()
    names = ", ".join(entry)
    values = ", ".join(f":{name}" for name in entry)
    connection.execute(text(f"INSERT INTO journal ({names}) VALUES ({values})"), entry)
