"""The chain of before is sealed: rows are hashed so that no two of them read alike.

Until version 5 the cells of a row were joined by a control character that a cell itself might hold,
so that text could move from one cell to the next unseen. Old entries stay as they are. The entry of
the upgrade wrote no row; it tells the hash over the rows of every entry before it in the new form,
and the store's own first facts, and follows on the old head: from here on the head speaks for all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from alembic import context, op
from sqlalchemy import text

from data.store.migrations.upgrade_entry import write_upgrade

revision = "6"
down_revision = "5"

# The import tables of version 6 in their order: key columns, then all that a row of them says.
TABLES = {
    "settings": ("key", "key value recorded_by"),
    "units": (
        "unit",
        "unit name type parent tags industry first last records_from term_first term_last"
        " recorded_by",
    ),
    "adoptions": ("document unit", "document unit first last recorded_by"),
    "people": ("person", "person name phone email facts recorded_by"),
    "posts": ("post", "post unit class title reports_to first last recorded_by"),
    "appointments": (
        "person post first",
        "person post first last acting document reason recorded_by",
    ),
    "subjects": ("subject", "subject name type unit tags first last recorded_by"),
    "assignments": ("holder member first", "holder member first last recorded_by"),
    "events": ("event", "event type day last time status unit subject title recorded_by"),
    "waivers": (
        "waiver",
        "waiver holder first last reason person duty subject document recorded_by",
    ),
    "delegations": (
        "delegation",
        "delegation holder delegate first last duty document reason recorded_by",
    ),
    "activities": (
        "activity",
        "activity kind day holder first_day time person role subjects quantity out_of"
        " unit_of_quantity on_behalf_of for_period event makes_up attributes evidence note"
        " recorded_by supersedes",
    ),
    "attachments": ("attachment", "attachment activity sha256 name size type recorded_by"),
}
LEDGERS = {
    "audits": "audit kept_at asked hashes checksum unmet",
    "rule_files": "sha256 label content",
    "rulebooks": "rulebook rules rulings calendar files",
    "notices": "notice as_of known_on level addressee file sha256",
}
MARKS = ("voided_in", "voided_at", "voided_by", "void_reason")

Tallies = dict[int, dict[str, list[Any]]]
"""By entry and table: how many rows, and the hash over them."""


def upgrade() -> None:
    """Writes the entry that seals the chain."""
    connection = op.get_bind()
    newest = int(connection.scalar(text("SELECT max(entry) FROM journal")))
    meta: dict[str, str] = dict(connection.execute(text("SELECT key, value FROM meta")).all())
    facts: dict[str, str] = {one: meta[one] for one in ("first_day", "made_at") if one in meta}
    write_upgrade(
        connection,
        context.config.attributes["doing"],
        int(down_revision),
        int(revision),
        {"sealed": _sealed(connection, newest), **facts},
    )


def _sealed(connection: Any, newest: int) -> str:
    """The hash over the contents of the entries up to `newest`, in the new form."""
    found: Tallies = {}
    for table, (key, columns) in TABLES.items():
        names = [*columns.split(), "recorded_at"]
        query = f"SELECT entry, {_listed(names)} FROM {table} ORDER BY row_id"
        _tally(connection, query, table, names, found)
        names = [*key.split(), "recorded_at", "voided_at", "voided_by", "void_reason"]
        marked = " OR ".join(f"{name} IS NOT NULL" for name in MARKS)
        query = (
            f"SELECT voided_in, {_listed(names)} FROM {table} WHERE {marked}"
            " ORDER BY voided_in, row_id"
        )
        _tally(connection, query, f"{table} void", names, found)
    for table, columns in LEDGERS.items():
        names = columns.split()
        query = f"SELECT entry, {_listed(names)} FROM {table} ORDER BY {names[0]}"
        _tally(connection, query, table, names, found)
    told = [[entry, _content(found[entry])] for entry in sorted(found) if 0 < entry <= newest]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _content(tables: Mapping[str, list[Any]]) -> str:
    told = [[name, count, digest.hexdigest()] for name, (count, digest) in sorted(tables.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _tally(connection: Any, query: str, table: str, names: Iterable[str], found: Tallies) -> None:
    labels = [f"{name}=" for name in names]
    result = connection.execute(text(query), execution_options={"yield_per": 10_000})
    for part in result.partitions(10_000):
        for entry, *row in part:
            tally = found.setdefault(entry or 0, {}).setdefault(table, [0, hashlib.sha256()])
            cells = zip(labels, row, strict=True)
            line = "".join(
                [f"{label}{len(str(cell))}:{cell}" for label, cell in cells if cell is not None]
            )
            tally[0] += 1
            tally[1].update(f"{line}\n".encode())
