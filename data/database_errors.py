"""What a database says of its surroundings — locks, disks, rights — as sentences for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from problems import BadInput, Place, Problem

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

_LOCKED = (
    f"another import or program has kept the store locked for {BUSY_SECONDS} seconds",
    "try again when it has ended; nothing was changed",
)
_FULL = ("the disk is full", "make room and import again; nothing was changed")
_DAMAGED = ("the database is damaged", "take the last backup")
_NO_SERVER = (
    "no database server answers here",
    "is it running, and are its name and port right?",
)
_CUT_OFF = ("the connection to the database server was cut off", "try again; nothing was changed")
_TOO_MANY = ("the database server takes no more connections", "try again later")
_NO_ENTRY = (
    "the database server does not let this user in",
    "are the user and the password right? a password is best kept in ~/.pgpass",
)
_NO_DATABASE = ("there is no such database on the server", "make it first, with createdb")
_NO_RIGHTS = (
    "the database user may not do this",
    "ask whoever runs the server for the rights; nothing was changed",
)
_NO_SCHEMA = ("there is no such schema in the database", "make it first, with CREATE SCHEMA")
_STANDBY = (
    "the store cannot be written: the server is a standby or read-only",
    "name the main server; nothing was changed",
)
_LETTERS = (
    "the database cannot hold Chinese text",
    "make one with the encoding UTF8; nothing was changed",
)
_STOPPED = ("the database server stopped the command", "try again; nothing was changed")

_OF_SQLITE = (
    ("file is not a database", "this file is not a database", "name another file"),
    ("malformed", *_DAMAGED),
    ("locked", *_LOCKED),
    (
        "readonly",
        "the store cannot be written: the file or its disk is read-only",
        "nothing was changed",
    ),
    ("read-only", "the store cannot be written: the disk is read-only", "nothing was changed"),
    ("disk is full", *_FULL),
    (
        "unable to open",
        "the store cannot be opened",
        "does its folder exist, and may this user write there?",
    ),
    ("disk i/o error", "the disk reports an error on reading or writing", "nothing was changed"),
)
"""Part of what SQLite says, and the plain sentence for it."""

_OF_SERVERS = {
    "08": _CUT_OFF,
    "22021": _LETTERS,
    "22P05": _LETTERS,
    "25006": _STANDBY,
    "25P0": _STOPPED,
    "28": _NO_ENTRY,
    "3D000": _NO_DATABASE,
    "3F000": _NO_SCHEMA,
    "40": _STOPPED,
    "42501": _NO_RIGHTS,
    "53100": _FULL,
    "53300": _TOO_MANY,
    "55P03": _LOCKED,
    "57014": _STOPPED,
    "57P0": _CUT_OFF,
    "58": ("the disk reports an error on reading or writing", "nothing was changed"),
    "XX00": _DAMAGED,
}
"""How the code of a PostgreSQL error begins, and the plain sentence for it."""

_AT_THE_DOOR = (
    ("password", *_NO_ENTRY),
    ("pg_hba.conf", *_NO_ENTRY),
    ("authentication", *_NO_ENTRY),
    ("认证失败", *_NO_ENTRY),
    ("口令", *_NO_ENTRY),
    ("role", *_NO_ENTRY),
    ("角色", *_NO_ENTRY),
    ("permission denied for database", *_NO_RIGHTS),
    ("too many", *_TOO_MANY),
    ("remaining connection slots", *_TOO_MANY),
    ("does not exist", *_NO_DATABASE),
    ("不存在", *_NO_DATABASE),
    ("server closed the connection", *_CUT_OFF),
    ("connection is lost", *_CUT_OFF),
    ("connection is closed", *_CUT_OFF),
    ("terminating connection", *_CUT_OFF),
    ("starting up", *_NO_SERVER),
    ("shutting down", *_NO_SERVER),
    ("refused", *_NO_SERVER),
    ("timeout", *_NO_SERVER),
    ("timed out", *_NO_SERVER),
    ("resolve host", *_NO_SERVER),
    ("name or service not known", *_NO_SERVER),
    ("no such file", *_NO_SERVER),
    ("unreachable", *_NO_SERVER),
    ("no route to host", *_NO_SERVER),
)
"""Part of what is said where there is no connection yet, or none any more: errors without a code,
in the language of the server.
"""


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turns what a database reports about its surroundings into BadInput."""
    try:
        yield
    except Exception as error:
        said = error.orig if isinstance(error, DBAPIError) else error
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
    text = str(error)
    for part, sentence, hint in _OF_SQLITE:
        if part in text.lower():
            return Problem(Place(name), sentence, hint)
    return _unknown(error, name)


def _of_server(error: BaseException, name: str) -> Problem | None:
    code = getattr(error, "sqlstate", None)
    if code:
        for start, (sentence, hint) in _OF_SERVERS.items():
            if code.startswith(start):
                return Problem(Place(name), sentence, hint)
        return _unknown(error, name)
    text = str(error).lower()
    for part, sentence, hint in _AT_THE_DOOR:
        if part in text:
            return Problem(Place(name), sentence, hint)
    if "invalid" in text:
        # An option of the address that the driver does not know, or a value that it does not take.
        hint = "see the options of PostgreSQL connections"
        return Problem(Place(name), "this is not the address of a database", hint)
    return _unknown(error, name)


def _unknown(error: BaseException, name: str) -> Problem | None:
    """What has no sentence is said as it is; a mistake of this program's own is none of these."""
    if type(error).__name__ not in ("OperationalError", "InterfaceError"):
        return None
    return Problem(Place(name), f"the database cannot be used: {str(error).strip()}")
