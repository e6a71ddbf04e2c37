"""One consistent file of a whole store, made while the store is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from data.store import Store, plain_errors
from problems import BadInput, Place, Problem


def backup_beside(store: Store, why: str, now: datetime, folder: Path | None) -> Path:
    """A backup with the moment and `why` in its name, beside the store or in `folder`."""
    stamp = now.strftime("%Y%m%dT%H%M%S")
    if store.file is not None:
        stem = f"{store.file.name}.{why}-{stamp}"
        where = store.file.absolute().parent
    else:
        stem = f"{store.engine.url.database}.{why}-{stamp}"
        where = folder or Path()
    number, path = 1, where / f"{stem}.backup"
    while path.exists():
        number += 1
        path = where / f"{stem}-{number}.backup"
    backup_store(store, path)
    return path


def backup_store(store: Store, path: Path) -> None:
    """Writes the whole store into the new file `path`: all of it, or no file.

    Raises BadInput where the file is there already or cannot be written.
    """
    if path.exists():
        hint = "name a new file; a backup is never written over another"
        raise BadInput([Problem(Place(str(path)), "there is a file of this name", hint)])
    part = path.with_name(f"{path.name}.part")
    try:
        if store.file is not None:
            _copy_sqlite(store, store.file, part)
        else:
            raise BadInput([Problem(Place(store.name), "this database cannot be backed up here")])
        part.replace(path)
    except OSError as error:
        raise BadInput(
            [Problem(Place(str(path)), f"cannot be written: {error.strerror or error}")]
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _copy_sqlite(store: Store, file: Path, part: Path) -> None:
    """By SQLite's own backup: one state of the store, whoever writes meanwhile."""
    part.unlink(missing_ok=True)
    with (
        plain_errors(store.name),
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(part)) as copy,
    ):
        source.backup(copy)
        # A backup is one file, also where somebody opens it from a read-only disk.
        copy.execute("PRAGMA journal_mode = DELETE")
