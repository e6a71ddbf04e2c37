"""Bringing a store of an older version up to this one, after a backup was taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from data.keeping.backup import backup_beside
from data.store.journal import Doing
from data.store.opening import Store, store_at, version_of
from data.store.tables import SCHEMA_VERSION
from problems import BadInput, Place, Problem, said


@dataclass(frozen=True)
class Upgraded:
    """From which version a store was brought up, and where its backup is."""

    version: int
    backup: Path


def upgrade_store(url: str, doing: Doing, folder: Path | None = None) -> Upgraded | None:
    """Brings the store at `url` up to the newest version, in one transaction; None where it is
    there already, or where there is no store.

    The backup stands beside an SQLite store, for a server in `folder`. Raises BadInput where it
    cannot be taken, and then nothing is changed.
    """
    store = store_at(url)
    if store.file is not None and not store.file.exists():
        return None
    try:
        with store.reading() as connection:
            version = version_of(connection, store.name)
        if version is None or version == SCHEMA_VERSION:
            return None
        backup = backup_beside(store, f"v{version}", doing.now, folder)
        with store.writing() as connection:
            _migrate(store, version, doing, connection)
        return Upgraded(version, backup)
    finally:
        store.close()


def _migrate(store: Store, version: int, doing: Doing, connection: Connection) -> None:
    from data.store.migrations import upgrade

    if version_of(connection, store.name) != version:
        # Somebody else was faster between the backup and the lock.
        problem = said("being_brought_up")
        raise BadInput([Problem(Place(store.name), problem, said("try_again"))])
    upgrade(connection, version, doing)
