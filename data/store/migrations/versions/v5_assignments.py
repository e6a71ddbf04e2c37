"""What is entrusted to whom: the table of assignments.

The upgrade is an entry of the chain of its own, which wrote no row.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from alembic import context, op
from sqlalchemy import Column, ForeignKey, Integer, String, Text, text

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Makes the table, and writes one more link of the chain."""
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
