"""Making the store of an office, and setting the day on which its records begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, insert, inspect

from data.cell_values import stored_moment
from data.intake.imports import import_row
from data.store.journal import Doing, JournalAct, Writing
from data.store.opening import Store, check_version, store_at
from data.store.tables import SCHEMA_VERSION, Base, Meta, Revision
from data.words import ANY_WORDS


def create_store(url: str, records_from: date | None, doing: Doing) -> Store:
    """The store at `url` (an SQLAlchemy URL or a file), made when there is none yet.

    `records_from` None: the first day of the month of `doing` in a new store, unchanged in an old
    one. Raises BadInput where something else than a store is in the way.
    """
    store = store_at(url)
    with store.writing() as connection:
        fresh = not inspect(connection).get_table_names()
        if fresh:
            _make(connection, doing)
        else:
            check_version(connection, store.name)
    if records_from is not None:
        set_records_from(store, records_from, doing)
    return replace(store, is_new=fresh)


def set_records_from(store: Store, day: date, doing: Doing) -> None:
    """Sets the day on which the office's records begin; what held before stays in the history.

    Raises BadInput as an import would.
    """
    row = {"key": "records_from", "value": day.isoformat()}
    import_row(store, "settings", row, name="init", words=ANY_WORDS, doing=doing)


def _make(connection: Connection, doing: Doing) -> None:
    Base.metadata.create_all(connection)
    first_day = doing.now.date().replace(day=1)
    made = {"made_at": stored_moment(doing.now), "first_day": first_day.isoformat()}
    told = {"application": "dutyclock", "schema_version": str(SCHEMA_VERSION), **made}
    connection.execute(insert(Meta), [{"key": key, "value": told[key]} for key in told])
    connection.execute(insert(Revision), {"version_num": str(SCHEMA_VERSION)})
    Writing(connection, JournalAct.MADE, "made", "", doing).finish(made)
