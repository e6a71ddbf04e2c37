"""The journal: imports become entries in a chain of hashes; files, delegations, kept audits in it.

What had been voided before is vouched for by the entry of the upgrade itself, since nothing says
which import did it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from alembic import context, op
from sqlalchemy import Column, ForeignKey, Integer, String, Text, inspect, text

revision = "2"
down_revision = "1"

# The import tables of version 1, with their own columns in order, key columns first named.
TABLES = {
    "settings": (("key",), "key value recorded_by"),
    "units": (
        ("unit",),
        "unit name type parent tags industry first last records_from term_first term_last"
        " recorded_by",
    ),
    "adoptions": (("document", "unit"), "document unit first last recorded_by"),
    "people": (("person",), "person name phone email facts recorded_by"),
    "posts": (("post",), "post unit class title reports_to first last recorded_by"),
    "appointments": (("person", "post", "first"), "person post first last acting recorded_by"),
    "subjects": (("subject",), "subject name type unit tags first last recorded_by"),
    "events": (("event",), "event type day last time status unit subject recorded_by"),
    "waivers": (
        ("waiver",),
        "waiver holder first last reason person duty subject document recorded_by",
    ),
    "activities": (
        ("activity",),
        "activity kind day holder first_day time person role subjects quantity out_of"
        " unit_of_quantity on_behalf_of for_period event makes_up attributes evidence note"
        " recorded_by supersedes",
    ),
}
OTHER_TABLES = (
    "meta", "journal", "delegations", "attachments", "audits", "rule_files", "rulebooks",
    "notices", "holders", "act_classes", "named_people", "alembic_version",
)  # fmt: skip
AUDIT = ("audit", "kept_at", "asked", "hashes", "checksum", "unmet")


def upgrade() -> None:
    """Renames, adds, and writes the chain over everything that is there."""
    connection = op.get_bind()
    op.execute("ALTER TABLE batches RENAME TO journal")
    op.execute("ALTER TABLE journal RENAME COLUMN batch TO entry")
    for name in ("act", "content", "previous", "hash"):
        length = 20 if name == "act" else 64
        op.execute(f"ALTER TABLE journal ADD COLUMN {name} VARCHAR({length}) DEFAULT '' NOT NULL")
    for name in ("who", "why"):
        op.add_column("journal", Column(name, Text))
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN batch TO entry")
        op.execute(f"ALTER TABLE {table} ADD COLUMN voided_in INTEGER REFERENCES journal (entry)")
    for name in ("document", "reason"):
        op.add_column("appointments", Column(name, Text))
    _make_tables(connection)
    if connection.dialect.name == "postgresql":
        _order_texts(connection)
    _write_chain(connection)
    op.execute("UPDATE meta SET value = '2' WHERE key = 'schema_version'")


def _order_texts(connection: Any) -> None:
    """Texts are ordered by their bytes, as in SQLite, whatever language the server speaks."""
    known = inspect(connection)
    for table in sorted({*TABLES, *OTHER_TABLES}):
        changes = [
            f'ALTER COLUMN "{column["name"]}" TYPE {column["type"]} COLLATE "C"'
            for column in known.get_columns(table)
            if isinstance(column["type"], String)
        ]
        op.execute(f"ALTER TABLE {table} {', '.join(changes)}")


def _version_columns() -> list[Column[Any]]:
    return [
        Column("row_id", Integer, primary_key=True),
        Column("recorded_at", String(26), nullable=False),
        Column("recorded_by", Text),
        Column("voided_at", String(26)),
        Column("voided_by", Text),
        Column("void_reason", Text),
        Column("entry", Integer, ForeignKey("journal.entry"), nullable=False),
        Column("voided_in", Integer, ForeignKey("journal.entry")),
    ]


def _make_tables(connection: Any) -> None:
    op.create_table(
        "delegations",
        *_version_columns(),
        *(Column(name, Text, nullable=False) for name in ("delegation", "holder", "delegate")),
        Column("first", String(10), nullable=False),
        Column("last", String(10)),
        *(Column(name, Text) for name in ("duty", "document", "reason")),
    )
    op.create_index("delegations_key", "delegations", ["delegation", "recorded_at"], unique=True)
    op.create_table(
        "attachments",
        *_version_columns(),
        *(Column(name, Text, nullable=False) for name in ("attachment", "activity")),
        Column("sha256", String(64), nullable=False),
        *(Column(name, Text, nullable=False) for name in ("name", "size")),
        Column("type", Text),
    )
    op.create_index("attachments_key", "attachments", ["attachment", "recorded_at"], unique=True)
    op.create_index("attachments_activity", "attachments", ["activity"])
    for table, column in (
        ("people", "name"),
        ("posts", "unit"),
        ("appointments", "post"),
        ("named_people", "person"),
    ):
        op.create_index(f"{table}_{column}", table, [column])
    several = "strpos" if connection.dialect.name == "postgresql" else "instr"
    for name, column, where in (
        ("on_behalf_of", "on_behalf_of", "flags < 1024 AND on_behalf_of IS NOT NULL"),
        ("evidence", "evidence", "flags < 1024 AND evidence IS NOT NULL"),
        ("listed", "day_no", f"flags < 1024 AND {several}(evidence, ';') > 0"),
    ):
        op.execute(f"CREATE INDEX activities_{name} ON activities ({column}) WHERE {where}")
    op.create_index("attachments_sha256", "attachments", ["sha256"])
    kept: list[Any] = []
    if "audits" in inspect(connection).get_table_names():
        columns = ", ".join(AUDIT)
        kept = list(connection.execute(text(f"SELECT {columns} FROM audits ORDER BY audit")))
        op.drop_table("audits")
    op.create_table(
        "audits",
        Column("audit", Integer, primary_key=True),
        *(Column(name, Text, nullable=False) for name in AUDIT[1:]),
        Column("entry", Integer, ForeignKey("journal.entry"), nullable=False),
    )
    _make_ledgers()
    number = _upgrade_number(connection)
    _begin_upgrade(connection, number)
    values = ", ".join(f":{name}" for name in (*AUDIT, "entry"))
    for row in kept:
        connection.execute(
            text(f"INSERT INTO audits ({', '.join(AUDIT)}, entry) VALUES ({values})"),
            {**dict(row._mapping), "entry": number},
        )


def _make_ledgers() -> None:
    op.create_table(
        "rule_files",
        Column("sha256", String(64), primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("label", "content")),
        Column("entry", Integer, ForeignKey("journal.entry"), nullable=False),
    )
    op.create_table(
        "rulebooks",
        Column("rulebook", Integer, primary_key=True, autoincrement=False),
        *(Column(name, String(64), nullable=False) for name in ("rules", "rulings", "calendar")),
        Column("files", Text, nullable=False),
        Column("entry", Integer, ForeignKey("journal.entry"), nullable=False),
    )
    op.create_table(
        "notices",
        Column("notice", Integer, primary_key=True, autoincrement=False),
        Column("as_of", String(10), nullable=False),
        Column("known_on", String(10)),
        *(Column(name, Text, nullable=False) for name in ("level", "addressee", "file")),
        Column("sha256", String(64), nullable=False),
        Column("entry", Integer, ForeignKey("journal.entry"), nullable=False),
    )


def _upgrade_number(connection: Any) -> int:
    return int(connection.scalar(text("SELECT coalesce(max(entry), 0) FROM journal"))) + 1


def _begin_upgrade(connection: Any, number: int) -> None:
    doing = context.config.attributes["doing"]
    moment = doing.now.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    connection.execute(
        text(
            "INSERT INTO journal (entry, moment, act, who, why, source, sha256, counts, content,"
            " previous, hash) VALUES (:entry, :moment, 'upgrade', :who, :why, 'upgrade', '',"
            " :counts, '', '', '')"
        ),
        {
            "entry": number,
            "moment": moment,
            "who": doing.who,
            "why": doing.why,
            "counts": json.dumps({"from": 1, "to": 2}),
        },
    )
    for table in TABLES:
        connection.execute(
            text(f"UPDATE {table} SET voided_in = :entry WHERE voided_at IS NOT NULL"),
            {"entry": number},
        )


def _write_chain(connection: Any) -> None:
    contents = _contents(connection)
    connection.execute(text("UPDATE journal SET act = 'import' WHERE act = ''"))
    previous = "0" * 64
    names = "entry moment act who why source sha256 counts"
    query = text(f"SELECT {', '.join(names.split())} FROM journal ORDER BY entry")
    for row in connection.execute(query).all():
        content = _content(contents.get(row.entry, {}))
        told = json.dumps([*row, content, previous], ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(told.encode()).hexdigest()
        connection.execute(
            text(
                "UPDATE journal SET content = :content, previous = :previous, hash = :hash"
                " WHERE entry = :entry"
            ),
            {"content": content, "previous": previous, "hash": digest, "entry": row.entry},
        )
        previous = digest


def _content(tables: dict[str, list[Any]]) -> str:
    told = [[name, count, digest.hexdigest()] for name, (count, digest) in sorted(tables.items())]
    return hashlib.sha256(json.dumps(told).encode() if told else b"").hexdigest()


def _contents(connection: Any) -> dict[int, dict[str, list[Any]]]:
    """By entry and table: how many rows, and the hash over them."""
    found: dict[int, dict[str, list[Any]]] = {}
    for table, (key, columns) in TABLES.items():
        names = [*columns.split(), "recorded_at"]
        query = f"SELECT entry, {', '.join(names)} FROM {table} ORDER BY row_id"
        _hash(connection, query, table, names, found)
        names = [*key, "recorded_at", "voided_at", "voided_by", "void_reason"]
        query = (
            f"SELECT voided_in, {', '.join(names)} FROM {table} WHERE voided_at IS NOT NULL"
            " ORDER BY voided_in, row_id"
        )
        _hash(connection, query, f"{table} void", names, found)
    names = list(AUDIT)
    _hash(connection, f"SELECT entry, {', '.join(names)} FROM audits", "audits", names, found)
    return found


def _hash(
    connection: Any,
    query: str,
    table: str,
    names: Iterable[str],
    found: dict[int, dict[str, list[Any]]],
) -> None:
    labels = [f"{name}=" for name in names]
    result = connection.execute(text(query), execution_options={"yield_per": 10_000})
    for entry, rows in groupby(_flat(result), key=lambda row: row[0]):
        tally = found.setdefault(entry, {}).setdefault(table, [0, hashlib.sha256()])
        for row in rows:
            cells = zip(labels, row[1:], strict=True)
            line = "\x1f".join([f"{label}{cell}" for label, cell in cells if cell is not None])
            tally[0] += 1
            tally[1].update(f"{line}\x1e".encode())


def _flat(result: Any) -> Iterator[Any]:
    for part in result.partitions(10_000):
        yield from part
