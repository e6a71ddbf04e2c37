"""One consistent file of a whole store, made while the store is in use.

Of an SQLite store it is an SQLite database, of a PostgreSQL one what `pg_dump` writes. With the
kept files it is a tar archive of that, the files and a list of hashes: `data/keeping/archive.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from data.atomic import beside, refuse_existing, whole_file
from data.keeping.archive import write_archive
from data.keeping.lost_files import Lost, lost_among
from data.keeping.server_tools import dump_server
from data.store.opening import Store, plain_errors
from data.store.tables import EntryRow
from problems import BadInput, Place, Problem, reason_of, said

Progress = Callable[[int, int], None]
"""Called with (done, in all): pages, or bytes."""

_NEW = said("name_a_new_backup")
_PAGES_AT_ONCE = 2_000


@dataclass(frozen=True)
class Backup:
    """What a backup holds: its newest entry with that one's hash (0 and "" of an older version),
    and how many kept files (None: without them). `lost` are files that records name and that are
    not in it, since they are not kept as they should be.
    """

    entry: int
    hash: str
    files: int | None
    lost: tuple[Lost, ...] = ()


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


def folder_of_files(store: Store) -> Path:
    """The folder in which the store keeps files, whether it is there or not. Raises BadInput where
    it keeps them in another sort of place, or none is told.
    """
    from data.keeping.evidence import files_place
    from data.store.files import is_url

    with store.reading() as connection:
        place = files_place(store, connection)
    if is_url(place):
        told = said("files_in_no_folder")
        hint = said("leave_files_away")
        raise BadInput([Problem(Place(place), told, hint)])
    return Path(place)


def backup_store(
    store: Store, path: Path, *, files: Path | None = None, progress: Progress | None = None
) -> Backup:
    """Writes the whole store into the new file `path`, with the kept files of the folder `files`
    where one is given: all of it, or no file.

    Files are kept before the rows that name them, so whatever the copied rows name is there when
    the folder is read after them; what is lost is told in what comes back, and the backup stands.
    Raises BadInput where the file is there already or cannot be written.
    """
    tell = progress or (lambda _done, _total: None)
    try:
        with whole_file(path, _NEW) as part:
            if files is None:
                entry, digest = _copy(store, part, path, tell)
                return Backup(entry, digest, None)
            inner = beside(path)
            try:
                entry, digest = _copy(store, inner, path, tell)
                packed = write_archive(part, inner, store.file is not None, files, tell)
            finally:
                inner.unlink(missing_ok=True)
        with store.reading() as connection:
            lost = lost_among(connection, packed.files, packed.changed)
        return Backup(entry, digest, len(packed.files), lost)
    except OSError as error:
        refuse_existing(path, _NEW)
        unwritten = said("cannot_be_written", reason=reason_of(error))
        raise BadInput([Problem(Place(str(path)), unwritten)]) from error


def _copy(store: Store, part: Path, path: Path, tell: Progress) -> tuple[int, str]:
    """Copies the store into `part`; the number and hash of the newest entry that is in it.

    `path` is what is written, as it was named.
    """
    if store.file is not None:
        part.touch()  # where that cannot be, the system says it better than SQLite
        with plain_errors(store.name):
            return _copy_sqlite(store.file, part, path, tell)
    if store.engine.dialect.name != "postgresql":
        raise BadInput([Problem(Place(store.name), said("no_backup_here"))])
    with store.reading() as connection:
        newest = connection.execute(
            select(EntryRow.entry, EntryRow.hash).order_by(EntryRow.entry.desc()).limit(1)
        ).first()
        dump_server(connection, store.engine.url, store.name, part)
    return (newest.entry, newest.hash) if newest else (0, "")


def _copy_sqlite(file: Path, part: Path, path: Path, tell: Progress) -> tuple[int, str]:
    """By SQLite's own backup: one state of the store, whoever writes meanwhile."""
    with (
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(part)) as copy,
    ):
        # Without a reader's snapshot every change of others would begin the copy anew.
        source.isolation_level = None
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        copy.execute("PRAGMA synchronous = OFF")  # it is brought to the disk as a whole
        try:
            source.backup(
                copy,
                pages=_PAGES_AT_ONCE,
                progress=lambda _status, left, total: tell(total - left, total),
                sleep=0,
            )
        except sqlite3.OperationalError:
            # What hinders the writing is no fault of the store.
            with plain_errors(str(path)):
                raise
        # A backup is one file, also where somebody opens it from a read-only disk.
        copy.execute("PRAGMA journal_mode = DELETE")
        return _newest(copy)


def _newest(copy: sqlite3.Connection) -> tuple[int, str]:
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    if "journal" not in tables:
        return 0, ""
    found = copy.execute("SELECT entry, hash FROM journal ORDER BY entry DESC LIMIT 1").fetchone()
    return (found[0], found[1]) if found else (0, "")
