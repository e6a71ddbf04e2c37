"""The store of an office: making it, opening it, asking it. The one place that opens a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data.cells import moment_of
from data.database_errors import BUSY_SECONDS, plain_errors
from data.journal import Doing, Writing, head
from data.records import Records
from data.tables import SCHEMA_VERSION, Base, EntryRow, Meta, Revision
from problems import BadInput, Place, Problem

if TYPE_CHECKING:
    from data.streams import ColumnBatch

_WRITES = "dutyclock_writes"


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
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

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
        from data.reading import records_known_on

        with self.reading() as connection:
            return records_known_on(
                connection, known_on, entry=entry, with_activities=with_activities
            )

    def stream_columns(self, first: date, last: date, batch: int = 65_536) -> Iterator[ColumnBatch]:
        """Arrays (holder_no, class_no, day, flags) of the newest versions of `first`..`last`."""
        from data.streams import stream_columns

        return stream_columns(self, first, last, batch)

    def rebuild_columns(self) -> int:
        """Works out all narrow columns of the activities anew; gives the number of rows."""
        from data.streams import rebuild_columns

        with self.writing() as connection:
            return rebuild_columns(connection)

    def act_classes(self) -> tuple[tuple[int, str, str | None, tuple[tuple[str, str], ...]], ...]:
        """(class_no, kind, role, attributes) of every act class, by number."""
        from data.reading import act_classes

        with self.reading() as connection:
            return act_classes(connection)

    def holder_numbers(self) -> Mapping[str, int]:
        """The number of each unit or post that ever held an activity."""
        from data.reading import holder_numbers

        with self.reading() as connection:
            return holder_numbers(connection)

    def set_records_from(
        self, day: date, now: datetime, who: str | None = None, why: str | None = None
    ) -> None:
        """Sets the day on which the office's records begin; what held before stays in the history.

        Raises BadInput as an import would.
        """
        from data.imports import import_row
        from data.words import ANY_WORDS

        row = {"key": "records_from", "value": day.isoformat()}
        import_row(self, "settings", row, name="init", words=ANY_WORDS, now=now, who=who, why=why)

    def timezone(self) -> str:
        """The time zone of the store's local days, by its IANA name."""
        from data.reading import settings_known_on

        with self.reading() as connection:
            return settings_known_on(connection, None)["timezone"]

    def describe(self) -> dict[str, str]:
        """What the store is and holds, for a person: names and plain texts, in reading order."""
        from data.reading import settings_known_on

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
        """Takes away an SQLite store that was made just now and got nothing.

        It stays where somebody else has it open, or has put something into it by now.
        """
        file = file_of(self.engine.url)
        if not self.is_new or file is None:
            return
        self.close()
        with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(file, 0)) as plain:
            # Leaving the WAL needs the file for oneself alone.
            plain.execute("PRAGMA locking_mode = EXCLUSIVE")
            plain.execute("PRAGMA journal_mode = DELETE")
            plain.execute("BEGIN EXCLUSIVE")
            if plain.execute("SELECT count(*) FROM journal").fetchone()[0] == 1:
                file.unlink()


def create_store(
    url: str,
    records_from: date | None,
    now: datetime,
    who: str | None = None,
    why: str | None = None,
) -> Store:
    """The store at `url` (an SQLAlchemy URL or a file), made when there is none yet.

    `records_from` None: the first day of the month of `now` in a new store, unchanged in an old
    one. Raises BadInput where something else than a store is in the way.
    """
    address = _address(url)
    _refuse_folder(address)
    store = _connect(address)
    with store.writing() as connection:
        fresh = not inspect(connection).get_table_names()
        if fresh:
            _make(connection, Doing(now, who, why))
        else:
            _check_version(connection, store.name)
    if records_from is not None:
        store.set_records_from(records_from, now, who, why)
    return replace(store, is_new=fresh)


def _make(connection: Connection, doing: Doing) -> None:
    Base.metadata.create_all(connection)
    first_day = doing.now.date().replace(day=1)
    made = {"made_at": moment_of(doing.now), "first_day": first_day.isoformat()}
    told = {"application": "dutyclock", "schema_version": str(SCHEMA_VERSION), **made}
    connection.execute(insert(Meta), [{"key": key, "value": told[key]} for key in told])
    connection.execute(insert(Revision), {"version_num": str(SCHEMA_VERSION)})
    Writing(connection, "made", "made", "", doing).finish(made)


def open_store(url: str) -> Store:
    """The store at `url`. Raises BadInput where there is none, or a newer one."""
    address = _address(url)
    _refuse_folder(address)
    file = file_of(address)
    if file is not None and not file.exists():
        raise BadInput(
            [Problem(Place(str(file)), "there is no store here", "make one with 'dutyclock init'")]
        )
    store = _connect(address)
    with store.reading() as connection:
        _check_version(connection, store.name)
    return store


def store_at(url: str) -> Store:
    """The database at `url` as a store, whatever its version; an SQLite file may not be there."""
    address = _address(url)
    _refuse_folder(address)
    return _connect(address)


def _address(url: str) -> URL:
    try:
        # The name of a file may hold what means something in a URL: % ? #
        return make_url(url) if "://" in url else URL.create("sqlite", database=url)
    except (ArgumentError, ValueError) as error:
        raise BadInput(
            [
                Problem(
                    Place(url),
                    "this is not the address of a database",
                    "give a file name, or a URL such as sqlite:////home/me/dutyclock.db",
                )
            ]
        ) from error


def file_of(address: URL) -> Path | None:
    """The file of an SQLite store; None for servers and for stores in memory."""
    name = address.database
    if address.get_backend_name() != "sqlite" or not name or name == ":memory:":
        return None
    return (
        Path(name.removeprefix("file:").split("?")[0]) if name.startswith("file:") else Path(name)
    )


def _refuse_folder(address: URL) -> None:
    file = file_of(address)
    if file is not None and file.is_dir():
        raise BadInput(
            [Problem(Place(str(file)), "this is a folder, not a store", "name a file in it")]
        )
    if file is not None and not file.absolute().parent.is_dir():
        raise BadInput(
            [Problem(Place(str(file)), f"there is no folder '{file.parent}'", "make it first")]
        )


def _connect(address: URL) -> Store:
    file = file_of(address)
    name = str(file) if file else address.render_as_string(hide_password=True)
    try:
        engine = create_engine(address)
    except (NoSuchModuleError, ModuleNotFoundError, ArgumentError) as error:
        raise BadInput(
            [Problem(Place(name), f"no driver for this database is installed ({error})")]
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return Store(engine, name)


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    """Sets up one SQLite connection. Transactions are begun by `_begin`, not by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # A database that is not ours must stay as it is.
    tables = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master")}
    is_ours = not tables or ("meta" in tables and tables & {"journal", "batches"})
    if is_ours and cursor.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA cache_size = -65536")  # 64 MB: a large import spills less
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: one that waits must not find out only at its first write."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _meta(connection: Connection) -> dict[str, str]:
    return dict(connection.execute(select(Meta.key, Meta.value)).all())


def _not_a_store(name: str) -> BadInput:
    return BadInput(
        [
            Problem(
                Place(name),
                "this is a database, but not a store of dutyclock",
                "name another file; 'dutyclock init' makes a store",
            )
        ]
    )


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
                    f"this store has version {version}, made by a newer dutyclock;"
                    f" this one reads up to version {SCHEMA_VERSION}",
                    "bring dutyclock up to date",
                )
            ]
        )
    return version


def _check_version(connection: Connection, name: str) -> None:
    version = version_of(connection, name)
    if version is None:
        raise _not_a_store(name)
    if version < SCHEMA_VERSION:
        raise BadInput(
            [
                Problem(
                    Place(name),
                    f"this store has version {version}, made by an older dutyclock;"
                    f" this one works with version {SCHEMA_VERSION}",
                    "bring it up with 'dutyclock init'; a backup is taken first",
                )
            ]
        )


__all__ = ["Store", "create_store", "open_store", "plain_errors", "store_at", "version_of"]
