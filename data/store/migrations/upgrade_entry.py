"""The journal's entry of an upgrade that wrote no row, for migrations of stores that have a chain.

It stays as stores of version 2 have it; a migration that changes the journal needs one of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from data.store.journal import Doing


def write_upgrade(
    connection: Connection, doing: Doing, old: int, new: int, more: Mapping[str, str] | None = None
) -> None:
    """Writes one more link of the chain, which tells both versions and `more`, and the store's
    version behind it.
    """
    newest = "SELECT entry, hash FROM journal ORDER BY entry DESC LIMIT 1"
    last = connection.execute(text(newest)).one()
    entry = {
        "entry": last.entry + 1,
        "moment": doing.now.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds"),
        "act": "upgrade",
        "who": doing.who,
        "why": doing.why,
        "source": "upgrade",
        "sha256": "",
        "counts": json.dumps({"from": old, "to": new, **(more or {})}),
        "content": hashlib.sha256(b"").hexdigest(),
        "previous": last.hash,
    }
    told = json.dumps([*entry.values()], ensure_ascii=False, separators=(",", ":"))
    entry["hash"] = hashlib.sha256(told.encode()).hexdigest()
    names = ", ".join(entry)
    values = ", ".join(f":{name}" for name in entry)
    connection.execute(text(f"INSERT INTO journal ({names}) VALUES ({values})"), entry)
    version = "UPDATE meta SET value = :version WHERE key = 'schema_version'"
    connection.execute(text(version), {"version": str(new)})
