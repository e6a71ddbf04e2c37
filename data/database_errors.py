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
    ("file is not a database", "this file is not a database", "name another file"),
    ("malformed", "the database is damaged", "take the last backup"),
    (
        "locked",
        f"another import or program has kept the store locked for {BUSY_SECONDS} seconds",
        "try again when it has ended; nothing was changed",
    ),
    (
        "readonly",
        "the store cannot be written: the file or its disk is read-only",
        "nothing was changed",
    ),
    ("read-only", "the store cannot be written: the disk is read-only", "nothing was changed"),
    (
        "disk is full",
        "the disk is full",
        "make room and import again; nothing was changed",
    ),
    (
        "unable to open",
        "the store cannot be opened",
        "does its folder exist, and may this user write there?",
    ),
    ("disk i/o error", "the disk reports an error on reading or writing", "nothing was changed"),
)
"""Part of what the database says, and the plain sentence for it."""


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turns what a database reports about its surroundings into BadInput."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        operational = not isinstance(error, DBAPIError) or error.orig is not None
        for part, sentence, hint in _SENTENCES:
            if part in said.lower():
                raise BadInput([Problem(Place(name), sentence, hint)]) from error
        if operational and type(error).__name__ in ("OperationalError", "InterfaceError"):
            raise BadInput(
                [Problem(Place(name), f"the database cannot be used: {said.strip()}")]
            ) from error
        raise
