"""What a database says of its surroundings — locks, disks, rights — as sentences for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from data.passwords import without_passwords
from problems import BadInput, Place, Problem, bare, said

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

_SENTENCES = (
    ("none", said("not_a_database"), said("name_another_file")),
    ("damaged", said("database_damaged"), said("use_last_backup")),
    ("locked", said("store_locked", seconds=BUSY_SECONDS), said("try_again_when_ended")),
    ("read-only file", said("file_read_only"), said("nothing_was_changed")),
    ("read-only", said("disk_read_only"), said("nothing_was_changed")),
    ("full", said("disk_full"), said("make_room")),
    ("closed", said("store_unopenable"), said("does_folder_exist")),
    ("disk", said("disk_error"), said("nothing_was_changed")),
    ("silent", said("no_database_server"), said("is_the_server_running")),
    ("cut off", said("connection_cut_off"), said("try_again_unchanged")),
    ("stopped", said("server_stopped_command"), said("try_again_unchanged")),
    ("many", said("server_full"), said("try_again_later")),
    ("stranger", said("server_refuses_user"), said("check_user_and_password")),
    ("no database", said("no_such_database"), said("create_database_first")),
    ("no schema", said("no_such_schema"), said("create_schema_first")),
    ("no rights", said("user_may_not"), said("ask_for_rights")),
    ("standby", said("server_read_only"), said("name_main_server")),
    ("letters", said("database_not_utf8"), said("make_utf8_database")),
    ("address", said("not_a_database_address"), said("see_postgresql_options")),
)
"""What is wrong, what is said of it, and what mends it."""

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
        raised = error.orig or error if isinstance(error, DBAPIError) else error
        if isinstance(raised, sqlite3.Error):
            problem = _of_sqlite(raised, name)
        elif type(raised).__module__.partition(".")[0] in ("psycopg", "adbc_driver_manager"):
            problem = _of_server(raised, name)
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
    """The problem that an error means, in the database's words where we have none for it; None
    for a mistake of this program's own.
    """
    for what, sentence, hint in _SENTENCES:
        if what == meant:
            return Problem(Place(name), sentence, hint)
    if type(error).__name__ not in ("OperationalError", "InterfaceError"):
        return None
    return Problem(
        Place(name), said("database_unusable", reason=bare(without_passwords(str(error).strip())))
    )
