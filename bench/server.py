"""The bench's office on a PostgreSQL server, in a schema of its own that is taken away afterwards.

The server works in another process, so what is timed here is the clock and not processor time.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote

import psycopg
from psycopg import sql

from bench.office import AS_OF, made_store
from bench.timed import WARM_RUNS, YEAR_SPAN, Counts, counts_of, read_columns, timed_audit
from data.records import Records
from data.store.opening import Store
from data.store.tables import Base

SERVER = os.environ.get("DUTYCLOCK_TEST_POSTGRESQL") or "postgresql://127.0.0.1:5432/test"


@dataclass(frozen=True)
class OnServer:
    """Seconds by the clock over the server, and the counts of the year's verdicts."""

    version: str
    read: float
    audit: float
    counts: Counts


def measure_on_server(file: Path) -> OnServer | None:
    """The same rows on a server; None where none answers."""
    try:
        with psycopg.connect(_libpq(), connect_timeout=3) as connection:
            version = str(connection.info.parameter_status("server_version")).split()[0]
    except psycopg.Error:
        return None
    with _schema() as url:
        store = made_store(url)
        _copy(file, url)
        register = store.read_records(with_activities=False)
        year = timed_audit(store, register, AS_OF, YEAR_SPAN)
        found = OnServer(version, *_taken(store, register), counts_of(year))
        store.close()
    return found


def _taken(store: Store, register: Records) -> tuple[float, float]:
    """The medians of reading and of the audit, taken in turns: whoever else works on the machine
    slows both.
    """
    reads, audits = [], []
    for _ in range(2 * WARM_RUNS + 1):
        reads.append(_clock(lambda: read_columns(store)))
        audits.append(_clock(lambda: timed_audit(store, register, AS_OF, YEAR_SPAN)))
    return median(reads[1:]), median(audits[1:])


def _clock(run: Callable[[], object]) -> float:
    begun = perf_counter()
    run()
    return perf_counter() - begun


def _libpq() -> str:
    return SERVER.replace("postgresql+psycopg:", "postgresql:")


@contextmanager
def _schema() -> Iterator[str]:
    name = f"dutyclock_bench_{uuid.uuid4().hex[:12]}"
    joint = "&" if "?" in SERVER else "?"
    with psycopg.connect(_libpq(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        try:
            yield f"{_libpq()}{joint}options={quote(f'-csearch_path={name}')}"
        finally:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def _copy(file: Path, url: str) -> None:
    """Copies the rows of the bench's file into a store that was just made."""
    with psycopg.connect(url, autocommit=True) as server, closing(sqlite3.connect(file)) as rows:
        server.execute("SET synchronous_commit = off")
        indexes = server.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " AND tablename = 'activities' AND indexname <> 'activities_pkey'"
        ).fetchall()
        for name, _ in indexes:
            server.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        for table in Base.metadata.sorted_tables:
            if table.name in ("meta", "alembic_version", "settings"):
                continue
            columns = [column.name for column in table.c]
            listed = ", ".join(f'"{column}"' for column in columns)
            where = " WHERE entry > 2" if table.name == "journal" else ""
            found = rows.execute(f"SELECT {listed} FROM {table.name}{where}")
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            copying = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
            with server.cursor() as cursor, cursor.copy(copying) as copy:
                for row in found:
                    copy.write_row(row)
        for _, definition in indexes:
            server.execute(definition.encode())
        server.execute("VACUUM (ANALYZE)")
