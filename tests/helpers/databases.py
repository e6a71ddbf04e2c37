"""On which databases the tests of the store run: SQLite always, PostgreSQL when a server answers.

A test that uses the fixture `database` runs on each of them. `address` is then the way to a store
of its own, called by the name of a file: on a server it is a schema, which goes with the test.
"""

from __future__ import annotations

import os
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from data.store.connecting import address_of, name_of

SERVER = os.environ.get("DUTYCLOCK_TEST_POSTGRESQL") or "postgresql://127.0.0.1:5432/test"
NAMES = ("sqlite", "postgresql")


@cache
def server_version() -> str | None:
    """The version of the PostgreSQL server; None where none answers."""
    try:
        with psycopg.connect(_libpq(SERVER), connect_timeout=30) as connection:
            return str(connection.info.parameter_status("server_version")).split()[0]
    except psycopg.Error:
        return None


def covered() -> tuple[str, ...]:
    """What the tests run on, each with its version."""
    found = [f"sqlite {sqlite3.sqlite_version}"]
    if server_version() is not None:
        found.append(f"postgresql {server_version()}")
    return tuple(found)


def _libpq(url: str) -> str:
    return re.sub(r"^postgresql\+psycopg", "postgresql", url)


@dataclass
class Schemas:
    """The schemas that one test has on the server, by the name of the file that they stand for."""

    stem: str = field(default_factory=lambda: f"dutyclock_test_{uuid.uuid4().hex[:12]}")
    names: dict[str, str] = field(default_factory=dict)

    def address(self, path: Path) -> str:
        """The address of the store that stands for this file; the first time an empty one."""
        key = str(path.absolute())
        if key not in self.names:
            self.names[key] = name = f"{self.stem}_{len(self.names)}"
            _run(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        joint = "&" if "?" in SERVER else "?"
        options = f"-csearch_path%3D{self.names[key]}%20-csynchronous_commit%3Doff"
        return f"{SERVER}{joint}options={options}&application_name={self.stem}"

    def drop(self) -> None:
        """Takes them all away, and cuts off whoever of the test still holds a connection."""
        ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = {}"
        _run(sql.SQL(ours).format(sql.Literal(self.stem)))
        for name in self.names.values():
            _run(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))


def _run(statement: sql.Composed) -> None:
    with psycopg.connect(_libpq(SERVER), autocommit=True) as connection:
        connection.execute("SET lock_timeout = '20s'")
        connection.execute(statement)


_NOW: list[Schemas] = []


@contextmanager
def running_on(name: str) -> Iterator[None]:
    """Stores are made on this database for as long as it lasts."""
    if name == "sqlite":
        yield
        return
    schemas = Schemas()
    _NOW.append(schemas)
    try:
        yield
    finally:
        _NOW.remove(schemas)
        schemas.drop()


def on_server() -> bool:
    """Whether the running test is one on PostgreSQL."""
    return bool(_NOW)


def address(path: Path) -> str:
    """Where the store of this name is, on the database that the test runs on."""
    return _NOW[-1].address(path) if _NOW else str(path)


def shown(path: Path) -> str:
    """How messages call the store of this name."""
    return name_of(address_of(address(path)))


_MADE: dict[str, bytes] = {}


def made_once(what: str, path: Path, make: Callable[[], object]) -> None:
    """Makes a store at `path` that many tests begin with. As a file it is made for the first one
    and copied for the others; `what` tells it from other ones.
    """
    if on_server() or what not in _MADE:
        make()
    if on_server():
        return
    if what not in _MADE:
        with closing(sqlite3.connect(path)) as made:
            _MADE[what] = made.serialize()
    elif not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(_MADE[what])


@contextmanager
def beside(path: Path) -> Iterator[Callable[[str], object]]:
    """Runs plain SQL on a store as another program would, past this one; undone by an error."""
    if _NOW:
        with psycopg.connect(_libpq(address(path))) as server:
            yield lambda statement: server.execute(statement.encode())
        return
    with closing(sqlite3.connect(path)) as plain, plain:
        yield plain.execute


NO_FOREIGN_KEYS = {
    "sqlite": "PRAGMA foreign_keys = OFF",
    "postgresql": "SET LOCAL session_replication_role = replica",
}
"""What lets a row name another one that is not there."""
