"""Writing a store out as the tables that an import takes, with its whole history.

Importing them into an empty store gives the same records for every knowledge day.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from data.columns import TABLES, VERSION_COLUMNS
from data.store import Store
from data.tables import Meta, sql_table
from data.whole import whole_folder
from problems import BadInput, Place, Problem

_AT_ONCE = 10_000
_MIDNIGHT = " 00:00:00"


def export_tables(store: Store, folder: Path) -> tuple[Path, ...]:
    """Writes every version of every table that has rows as `<table>.csv` (UTF-8) into `folder`,
    which is made if need be: all of them or none; gives the files. Raises BadInput where it cannot
    be written.
    """
    written = []
    try:
        with whole_folder(Path(folder)) as part, store.reading() as connection:
            for name in TABLES:
                rows = _rows(connection, name)
                first = next(rows, None)
                if first is None:
                    continue
                with (part / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                    writer = csv.writer(out, lineterminator="\n")
                    names = [column.name for column in VERSION_COLUMNS]
                    writer.writerow([*TABLES[name].names, *names])
                    writer.writerow(first)
                    writer.writerows(rows)
                written.append(Path(folder) / f"{name}.csv")
    except OSError as error:
        place = Place(str(error.filename or folder))
        raise BadInput([Problem(place, f"cannot be written: {error.strerror or error}")]) from error
    return tuple(written)


def _rows(connection: Connection, name: str) -> Iterator[list[str]]:
    """All versions of a table, the earliest first, as cells."""
    table = sql_table(name)
    columns = [table.c[column] for column in TABLES[name].names]
    query = select(
        *columns, table.c.recorded_at, table.c.voided_at, table.c.voided_by, table.c.void_reason
    ).order_by(table.c.row_id)
    if name == "settings":
        yield from _first_day(connection)
    found = connection.execution_options(yield_per=_AT_ONCE).execute(query)
    for row in found:
        yield _cells(tuple(row))


def _cells(row: tuple[str | None, ...]) -> list[str]:
    cells = ["" if value is None else value for value in row]
    cells[-4], cells[-3] = short_moment(cells[-4]), short_moment(cells[-3])
    return cells


def short_moment(moment: str) -> str:
    """A moment as an import reads it, without needless zeros."""
    return moment.removesuffix(".000000").removesuffix(_MIDNIGHT)


def _first_day(connection: Connection) -> list[list[str]]:
    """The first day that the store got when it was made, where it was told none by then."""
    made = dict(connection.execute(select(Meta.key, Meta.value)).all())
    table = sql_table("settings")
    told = select(table.c.row_id).where(
        table.c.key == "records_from", table.c.recorded_at <= made["made_at"]
    )
    if connection.execute(told.limit(1)).first() is not None:
        return []
    values = {"key": "records_from", "value": made["first_day"]}
    row = [values.get(name, "") for name in TABLES["settings"].names]
    return [[*row, short_moment(made["made_at"]), "", "", ""]]
