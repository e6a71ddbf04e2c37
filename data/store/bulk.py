"""Reading many rows at once by ADBC, from an SQLite file or a PostgreSQL server.

Where its driver is not there, or cannot see the state that is being read, readers take the
standard driver: slower, and the same.

The driver brings an SQLite of its own into the process beside Python's. The system forgets all
locks of a process on a file as soon as any of its handles is closed, and neither SQLite knows of
the other's. So no handle of the one is closed while the other is in use: stores hold connections to
a file only as long as a transaction lasts (`data/store/connecting.py`), the one that is read beside
outlasts ADBC's, and where there are others, ADBC does without.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from data.store.connecting import handles_on

_LEFT: dict[str, Any] = {}
"""Connections by file that could not be closed without harm."""

_ROW_BYTES = 32
"""What a row of four numbers takes on the way from a server, about."""


@dataclass(frozen=True)
class Bulk:
    """A connection by ADBC within one transaction, which sees one state throughout."""

    connection: Any
    is_server: bool

    def batches(self, statement: str, rows: int) -> Iterator[list[Any]]:
        """The columns that a statement gives, as arrays of up to so many rows."""
        if self.is_server:
            options = {"adbc.postgresql.batch_size_hint_bytes": str(rows * _ROW_BYTES)}
        else:
            options = {"adbc.sqlite.query.batch_rows": str(rows)}
        with self.connection.cursor() as cursor:
            cursor.adbc_statement.set_options(**options)
            cursor.execute(statement)
            for part in cursor.fetch_record_batch():
                for at in range(0, part.num_rows, rows):
                    some = part.slice(at, rows)
                    yield [column.to_numpy(zero_copy_only=False) for column in some.columns]

    def head(self) -> int:
        """The number of the journal's newest entry, as this connection sees it."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT max(entry) FROM journal")
            return int(cursor.fetchone()[0] or 0)


@contextmanager
def bulk_beside(connection: Connection) -> Iterator[Bulk | None]:
    """ADBC beside a reading connection; None where there is none.

    A server shows it the state of `connection`. An SQLite file shows it the state of now: it is for
    the caller to see whether that is the same one.
    """
    if connection.dialect.name == "postgresql":
        opened = _of_server(connection)
    else:
        opened = _of_file(connection)
    if opened is None:
        yield None
        return
    try:
        yield opened
    finally:
        _close(opened, connection)


def _close(bulk: Bulk, beside: Connection) -> None:
    """Closes it; beside connections of other threads it is left open, and ends with the process."""
    file = beside.engine.url.database or ""
    if not bulk.is_server and handles_on(file) > 1:
        bulk.connection.rollback()
        _LEFT[os.path.realpath(file)] = bulk.connection
        return
    bulk.connection.close()


def _of_file(connection: Connection) -> Bulk | None:
    file = connection.engine.url.database
    if connection.dialect.name != "sqlite" or not file or file.startswith((":", "file:")):
        return None
    if handles_on(file) > 1 or os.path.realpath(file) in _LEFT:
        return None
    try:
        import adbc_driver_sqlite.dbapi as adbc
        import pyarrow as _  # noqa: F401 - the driver hands its arrays over through it
    except ImportError:
        return None
    return Bulk(adbc.connect(file), is_server=False)


def _of_server(connection: Connection) -> Bulk | None:
    try:
        import adbc_driver_postgresql.dbapi as adbc
        import pyarrow as _  # noqa: F401 - the driver hands its arrays over through it
    except ImportError:
        return None
    # A transaction that hands its state on may do so as long as it lasts.
    state = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    opened = None
    try:
        opened = adbc.connect(_told_again(connection), autocommit=True)
        with opened.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(f"SET TRANSACTION SNAPSHOT '{state}'")
    except adbc.Error:
        # Behind a pool of connections, or where its own library knows another way to log in.
        if opened is not None:
            opened.close()
        return None
    return Bulk(opened, is_server=True)


def _told_again(connection: Connection) -> str:
    """How to connect to the same database of the same server, as the same user."""
    from psycopg.conninfo import make_conninfo

    info = connection.connection.driver_connection.info  # type: ignore[union-attr]
    told = {**info.get_parameters(), "host": info.host, "port": info.port}
    told |= {"dbname": info.dbname, "user": info.user, "password": info.password or None}
    return make_conninfo("", **told)
