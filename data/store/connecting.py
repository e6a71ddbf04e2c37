"""Addresses of databases, and connections to them: an SQLite file, or a PostgreSQL server.

A reader sees one state of the store throughout, a writer is alone; `prepared` sees to both.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from data.passwords import (
    HIDDEN,
    may_hold_password,
    shown_query,
    without_password,
    without_passwords,
)
from data.store.errors import BUSY_SECONDS
from files import other_kind
from problems import BadInput, Place, Problem, reason_of, said

WRITES = "dutyclock_writes"
"""The execution option of connections that write."""

CONNECT_SECONDS = 10
_HANDLES: Counter[str] = Counter()
_COUNTING = threading.Lock()
_LOCK = (
    "SELECT pg_advisory_xact_lock(hashtext('dutyclock'), hashtext(coalesce(current_schema(), '')))"
)


_MARKS = re.compile(r"[/#?]")
"""What has to be written as its number in a password."""


def address_of(url: str) -> URL:
    """The address that was typed: a URL, or the name of an SQLite file. Raises BadInput."""
    if "://" not in url:
        if may_hold_password(url) and not Path(url).exists():
            raise _unreadable(url)
        # The name of a file may hold what means something in a URL: % ? #
        return URL.create("sqlite", database=url)
    try:
        address = make_url(re.sub(r"^postgres(?=://)", "postgresql", url))
    except (ArgumentError, ValueError) as error:
        raise _unreadable(url) from error
    where = f"{address.host}{address.database}"
    if file_of(address) is not None and address.host:
        raise _unreadable(url)  # a file is on no other machine
    if file_of(address) is None and ("@" in where or without_passwords(where) != where):
        # A password with a mark in it that would have to be written as its number, or one that was
        # written as if the address were of another program (;password=).
        raise _unreadable(url)
    if _MARKS.search(secret := str(address.password or "")) and secret in url:
        raise _unreadable(url)  # what was taken for a password holds the rest of the address
    if address.drivername == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    return address


def _unreadable(url: str) -> BadInput:
    place = Place(without_password(url))
    return BadInput([Problem(place, said("not_a_database_address"), said("give_file_or_url"))])


def name_of(address: URL) -> str:
    """How the database is called in messages: its file, or its address without a password."""
    file = file_of(address)
    if file is not None:
        return str(file)
    plain = address.set(drivername=address.get_backend_name(), query=shown_query(address.query))
    return plain.render_as_string(hide_password=True).replace(quote_plus(HIDDEN), HIDDEN)


def file_of(address: URL) -> Path | None:
    """The file of an SQLite store; None for servers and for stores in memory."""
    name = address.database
    if address.get_backend_name() != "sqlite" or not name or name == ":memory:":
        return None
    return (
        Path(name.removeprefix("file:").split("?")[0]) if name.startswith("file:") else Path(name)
    )


def refuse_folder(address: URL) -> None:
    """Raises BadInput where an SQLite file cannot be, because of folders."""
    file = file_of(address)
    if file is not None and file.is_dir():
        raise BadInput(
            [Problem(Place(str(file)), said("folder_not_a_store"), said("name_a_file_in_it"))]
        )
    if file is not None and not file.absolute().parent.is_dir():
        missing = said("no_parent_folder", folder=str(file.parent))
        raise BadInput([Problem(Place(str(file)), missing, said("make_it_first"))])
    if file is not None and file.exists() and (kind := other_kind(file)) is not None:
        told = said("not_a_plain_file", kind=kind)
        raise BadInput([Problem(Place(str(file)), told, said("name_a_file"))])


def engine_at(address: URL) -> Engine:
    """The engine for an address. Raises BadInput where there is no driver for it."""
    server = address.get_backend_name() == "postgresql"
    try:
        if file_of(address) is not None:
            engine = create_engine(address, poolclass=NullPool)
        elif not server:
            engine = create_engine(address)
        else:
            told = {"connect_timeout": str(CONNECT_SECONDS), "application_name": "dutyclock"}
            told = {name: text for name, text in told.items() if name not in address.query}
            engine = create_engine(address, connect_args={**told, "client_encoding": "utf8"})
    except (NoSuchModuleError, ModuleNotFoundError, ArgumentError) as error:
        raise BadInput(
            [
                Problem(
                    Place(name_of(address)),
                    said("no_database_driver", reason=reason_of(error)),
                )
            ]
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        if file_of(address) is not None:
            _count_handles(engine)
        event.listen(engine, "begin", _begin_sqlite)
    elif server:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def handles_on(file: str) -> int:
    """How many connections this process has open to an SQLite file, through stores."""
    return _HANDLES[os.path.realpath(file)]


def _count_handles(engine: Engine) -> None:
    """Counts the connections to a file as they are opened and closed: see `data/store/bulk.py`."""
    file = os.path.realpath(engine.url.database or "")

    def count(by: int) -> None:
        with _COUNTING:
            _HANDLES[file] += by

    event.listen(engine, "connect", lambda _connection, _record: count(1))
    event.listen(engine, "close", lambda _connection, _record: count(-1))


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Sets up one connection. Transactions are begun by `_begin_sqlite`, not by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # A database that is not ours must stay as it is.
    tables = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master")}
    is_ours = not tables or ("meta" in tables and tables & {"journal", "batches"})
    if is_ours and cursor.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
    cursor.execute("PRAGMA cache_size = -65536")  # 64 MB: a large import spills less
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that waits must not find out only at its first write."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """A reader sees the state of its first statement; a writer waits for its turn, then sees what
    the one before it wrote. The lock is the schema's, so that stores of one database don't wait
    for each other, and goes with the transaction, however that ends.
    """
    if not connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return
    # 0 would mean to wait for ever.
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, BUSY_SECONDS * 1000)}")
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    connection.exec_driver_sql(_LOCK)
