"""What a database says of its surroundings — locks, disks, rights — as sentences for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from problems import BadInput, Place, Problem

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

_SENTENCES = (
    ("none", "this file is not a database", "name another file"),
    ("damaged", "the database is damaged", "take the last backup"),
    (
        "locked",
        f"another import or program has kept the store locked for {BUSY_SECONDS} seconds",
        "try again when it has ended; nothing was changed",
    ),
    (
        "read-only file",
        "the store cannot be written: the file or its disk is read-only",
        "nothing was changed",
    ),
    ("read-only", "the store cannot be written: the disk is read-only", "nothing was changed"),
    ("full", "the disk is full", "make room and try again; nothing was changed"),
    (
        "closed",
        "the store cannot be opened",
        "does its folder exist, and may this user write there?",
    ),
    ("disk", "the disk reports an error on reading or writing", "nothing was changed"),
    (
        "silent",
        "no database server answers here",
        "is it running, and are its name and port right?",
    ),
    (
        "cut off",
        "the connection to the database server was cut off",
        "try again; nothing was changed",
    ),
    ("stopped", "the database server stopped the command", "try again; nothing was changed"),
    ("many", "the database server takes no more connections", "try again later"),
    (
        "stranger",
        "the database server does not let this user in",
        "are the user and the password right? a password is best kept in ~/.pgpass",
    ),
    ("no database", "there is no such database on the server", "make it first, with createdb"),
    ("no schema", "there is no such schema in the database", "make it first, with CREATE SCHEMA"),
    (
        "no rights",
        "the database user may not do this",
        "ask whoever runs the server for the rights; nothing was changed",
    ),
    (
        "standby",
        "the store cannot be written: the server is a standby or read-only",
        "name the main server; nothing was changed",
    ),
    (
        "letters",
        "the database cannot hold Chinese text",
        "make one with the encoding UTF8; nothing was changed",
    ),
    (
        "address",
        "this is not the address of a database",
        "see the options of PostgreSQL connections",
    ),
)
"""What is wrong, the plain sentence for it, and what mends it."""

_OF_SQLITE = {
    "file is not a database": "none",
    "malformed": "damaged",
    "locked": "locked",
    "readonly": "read-only file",
    "read-only": "read-only",
    "disk is full": "full",
    "unable to open": "closed",
    "disk i/o error": "disk",
}
"""Part of what SQLite says, and what it means."""

_OF_SERVERS = {
    "08": "cut off",
    "22021": "letters",
    "22P05": "letters",
    "25006": "standby",
    "25P": "stopped",
    "28": "stranger",
    "3D000": "no database",
    "3F000": "no schema",
    "40": "stopped",
    "42501": "no rights",
    "53100": "full",
    "53300": "many",
    "55P03": "locked",
    "57014": "stopped",
    "57P": "cut off",
    "58": "disk",
    "XX00": "damaged",
}
"""How the code of a PostgreSQL error begins, and what it means."""

_AT_THE_DOOR = {
    "password": "stranger",
    "pg_hba.conf": "stranger",
    "authentication": "stranger",
    "认证失败": "stranger",
    "口令": "stranger",
    "role": "stranger",
    "角色": "stranger",
    "permission denied": "no rights",
    "too many": "many",
    "connection slots": "many",
    "does not exist": "no database",
    "不存在": "no database",
    "server closed": "cut off",
    "is lost": "cut off",
    "is closed": "cut off",
    "terminating": "cut off",
    "starting up": "silent",
    "shutting down": "silent",
    "refused": "silent",
    "timeout expired": "silent",
    "timed out": "silent",
    "resolve host": "silent",
    "not known": "silent",
    "no such file": "silent",
    "unreachable": "silent",
    "no route": "silent",
    "invalid": "address",
}
"""Part of what is said where there is no connection yet, or none any more, and what it means: such
errors have no code, and speak the language of the server.
"""


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turns what a database reports about its surroundings into BadInput."""
    try:
        yield
    except Exception as error:
        said = error.orig or error if isinstance(error, DBAPIError) else error
        if isinstance(said, sqlite3.Error):
            problem = _of_sqlite(said, name)
        elif type(said).__module__.partition(".")[0] in ("psycopg", "adbc_driver_manager"):
            problem = _of_server(said, name)
        else:
            raise
        if problem is None:
            raise
        raise BadInput([problem]) from error


def _of_sqlite(error: sqlite3.Error, name: str) -> Problem | None:
    text = str(error).lower()
    meant = next((what for part, what in _OF_SQLITE.items() if part in text), "")
    return _problem(meant, error, name)


def _of_server(error: BaseException, name: str) -> Problem | None:
    code = getattr(error, "sqlstate", None)
    if code:
        meant = next((what for start, what in _OF_SERVERS.items() if code.startswith(start)), "")
    else:
        text = str(error).lower()
        meant = next((what for part, what in _AT_THE_DOOR.items() if part in text), "")
    return _problem(meant, error, name)


def _problem(meant: str, error: BaseException, name: str) -> Problem | None:
    """What has no sentence is said as it is; a mistake of this program's own is none of these."""
    for what, sentence, hint in _SENTENCES:
        if what == meant:
            return Problem(Place(name), sentence, hint)
    if type(error).__name__ not in ("OperationalError", "InterfaceError"):
        return None
    return Problem(Place(name), f"the database cannot be used: {str(error).strip()}")
