"""The store of an office: opening it, asking it, one state of it. The one place that opens a
database; what is made anew: `data/keeping/making.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sqlalchemy import Connection, Engine, func, inspect, select
from sqlalchemy.engine import URL

from data.records import Records
from data.store.bulk import Bulk, bulk_beside
from data.store.connecting import WRITES, address_of, engine_at, file_of, name_of, refuse_folder
from data.store.errors import plain_errors
from data.store.journal import head
from data.store.tables import SCHEMA_VERSION, Base, EntryRow, Meta
from problems import BadInput, Place, Problem, said

if TYPE_CHECKING:
    from data.store.act_numbers import ColumnBatch

_TRIES = 20
"""How often ADBC's state may turn out to be another one than ours."""


@dataclass(frozen=True)
class Store:
    """An open store. `name` is how it is called in messages (no password in it).

    `is_new`: it was made just now.
    """

    engine: Engine
    name: str
    is_new: bool = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store throughout."""
        with plain_errors(self.name), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone: others wait for the lock. Anything raised inside undoes it."""
        with plain_errors(self.name), self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def snapshot(self, *, bulk: bool = False) -> Iterator[Snapshot]:
        """One state of the store, as it is now, for as long as it is held: it can be asked all that
        the store can; `bulk`: also its columns by ADBC. Nothing is written through it.

        Two connections to an SQLite file see the same state when they see the same journal; where
        somebody wrote between their first reads, both begin again.
        """
        for tries in range(_TRIES, -1, -1):
            with ExitStack() as stack:
                connection = stack.enter_context(self.reading())
                newest = head(connection)  # SQLite's transaction has its state from this read on
                beside = None
                if bulk and tries:
                    beside = stack.enter_context(bulk_beside(connection))
                    if beside is not None and beside.head() != newest:
                        continue
                yield Snapshot(self.engine, self.name, self.is_new, connection, beside)
                return

    def read_records(
        self,
        known_on: date | None = None,
        *,
        entry: int | None = None,
        with_activities: bool = True,
    ) -> Records:
        """Everything as it was known at the end of `known_on` (None: everything in the store).

        `entry`: only what the store held when that was the newest entry of its journal.
        `with_activities=False` leaves the activities empty, for readers that stream their columns.
        """
        from data.store.reading import records_known_on

        with self.reading() as connection:
            return records_known_on(
                connection, known_on, entry=entry, with_activities=with_activities
            )

    def stream_columns(self, first: date, last: date, batch: int = 65_536) -> Iterator[ColumnBatch]:
        """Arrays (holder_no, class_no, day, flags) of the newest versions of `first`..`last`, all
        of one state.
        """
        from data.store.act_numbers import stream_columns

        with self.snapshot(bulk=True) as state, state.reading() as connection:
            yield from stream_columns(connection, state.bulk, first, last, batch)

    def rebuild_columns(self) -> int:
        """Works out all narrow columns of the activities anew; gives the number of rows."""
        from data.store.act_numbers import rebuild_columns

        with self.writing() as connection:
            return rebuild_columns(connection)

    def act_classes(self) -> tuple[tuple[int, str, str | None, tuple[tuple[str, str], ...]], ...]:
        """(class_no, kind, role, attributes) of every act class, by number."""
        from data.store.reading import act_classes

        with self.reading() as connection:
            return act_classes(connection)

    def holder_numbers(self) -> Mapping[str, int]:
        """The number of each unit or post that ever held an activity."""
        from data.store.reading import holder_numbers

        with self.reading() as connection:
            return holder_numbers(connection)

    def timezone(self) -> str:
        """The time zone of the store's local days, by its IANA name."""
        from data.store.reading import settings_known_on

        with self.reading() as connection:
            return settings_known_on(connection, None)["timezone"]

    def describe(self) -> dict[str, str]:
        """What the store is and holds, for a person: names and plain texts, in reading order."""
        from data.store.reading import settings_known_on

        with self.reading() as connection:
            settings = settings_known_on(connection, None)
            told = {
                "store": self.name,
                "database": self.engine.dialect.name,
                "schema_version": str(SCHEMA_VERSION),
                "made_at": _meta(connection)["made_at"][:19],
                "records_from": settings["records_from"],
                "timezone": settings["timezone"],
                "entries": str(connection.scalar(select(func.count()).select_from(EntryRow))),
            }
            for table in Base.metadata.sorted_tables:
                if "row_id" in table.c:
                    count = connection.scalar(select(func.count()).select_from(table))
                    told[f"{table.name} (versions)"] = str(count)
            return told

    @property
    def made_at(self) -> str:
        """The moment at which it was made, local."""
        with self.reading() as connection:
            return _meta(connection)["made_at"]

    @property
    def file(self) -> Path | None:
        """The file of an SQLite store; None for a server's and for one in memory."""
        return file_of(self.engine.url)

    def head(self) -> int:
        """The number of the journal's newest entry."""
        with self.reading() as connection:
            return head(connection)

    def close(self) -> None:
        """Closes every connection; an SQLite store is one file again afterwards."""
        self.engine.dispose()

    def take_back(self) -> None:
        """Removes a store that was made just now and into which nothing was written.

        It stays where somebody else has it open, or has put something into it by now.
        """
        file = file_of(self.engine.url)
        if not self.is_new:
            return
        self.close()
        if file is None:
            self._drop_tables()
            return
        with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(file, 0)) as plain:
            # Leaving the WAL needs the file for oneself alone.
            plain.execute("PRAGMA locking_mode = EXCLUSIVE")
            plain.execute("PRAGMA journal_mode = DELETE")
            plain.execute("BEGIN EXCLUSIVE")
            if plain.execute("SELECT count(*) FROM journal").fetchone()[0] == 1:
                file.unlink()

    def _drop_tables(self) -> None:
        with suppress(BadInput), self.writing() as connection:
            if head(connection) == 1:
                Base.metadata.drop_all(connection)


@dataclass(frozen=True)
class Snapshot(Store):
    """One state of a store: whatever it is asked, it answers from that.

    `bulk` reads many rows of the same state; None where that was not asked for or cannot be had.
    """

    held: Connection | None = None
    bulk: Bulk | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection that sees this state."""
        assert self.held is not None
        with plain_errors(self.name):
            yield self.held

    def writing(self) -> NoReturn:
        """Always fails: a snapshot is only read."""
        raise AssertionError("a state of the store cannot be written")

    @contextmanager
    def snapshot(self, *, bulk: bool = False) -> Iterator[Snapshot]:
        """This snapshot itself: there is no newer state to be seen through it."""
        del bulk
        yield self


def open_store(url: str) -> Store:
    """The store at `url`. Raises BadInput where there is none, or a newer one."""
    address = address_of(url)
    refuse_folder(address)
    file = file_of(address)
    if file is not None and not file.exists():
        raise _no_store(str(file))
    store = _connect(address)
    with store.reading() as connection:
        check_version(connection, store.name)
    return store


def store_at(url: str) -> Store:
    """The database at `url` as a store, whatever its version; an SQLite file may not be there."""
    address = address_of(url)
    refuse_folder(address)
    return _connect(address)


def _connect(address: URL) -> Store:
    return Store(engine_at(address), name_of(address))


def _meta(connection: Connection) -> dict[str, str]:
    return dict(connection.execute(select(Meta.key, Meta.value)).all())


def _no_store(name: str) -> BadInput:
    return BadInput([Problem(Place(name), said("no_store_here"), said("make_one_with_init"))])


def _not_a_store(name: str) -> BadInput:
    what = said("not_a_store_of_ours")
    other_file = said("name_another_file_or_init")
    hint = said("name_another_database") if "://" in name else other_file
    return BadInput([Problem(Place(name), what, hint)])


def version_of(connection: Connection, name: str) -> int | None:
    """The version of a store; None where there is nothing yet.

    Raises BadInput for a database that is none, and for a store that is newer than this program.
    """
    tables = inspect(connection)
    if not tables.get_table_names():
        return None
    columns = tables.get_columns("meta") if tables.has_table("meta") else []
    if not {"key", "value"} <= {column["name"] for column in columns}:
        raise _not_a_store(name)
    meta = _meta(connection)
    if meta.get("application") != "dutyclock" or not meta.get("schema_version", "").isdigit():
        raise _not_a_store(name)
    version = int(meta["schema_version"])
    if version > SCHEMA_VERSION:
        raise BadInput(
            [
                Problem(
                    Place(name),
                    said("store_too_new", version=version, known=SCHEMA_VERSION),
                    said("bring_dutyclock_up_to_date"),
                )
            ]
        )
    return version


def check_version(connection: Connection, name: str) -> None:
    """Raises BadInput for whatever is no store of this program's own version."""
    version = version_of(connection, name)
    if version is None:
        raise _no_store(name)
    if version < SCHEMA_VERSION:
        raise BadInput(
            [
                Problem(
                    Place(name),
                    said("store_too_old", version=version, known=SCHEMA_VERSION),
                    said("bring_up_with_init"),
                )
            ]
        )


__all__ = [
    "Snapshot",
    "Store",
    "check_version",
    "open_store",
    "plain_errors",
    "store_at",
    "version_of",
]
