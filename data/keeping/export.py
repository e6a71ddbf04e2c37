"""Writing a store out as the tables that an import takes, with its whole history.

Importing them into an empty store gives the same records for every knowledge day.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from data.formulas import guarded_row
from data.import_columns import TABLES, VERSION_COLUMNS, VERSION_NUMBER
from data.outputs import outputs
from data.store.opening import Store
from data.store.standing import holding_rows
from data.store.tables import Meta, sql_table
from problems import BadInput, Place, Problem, reason_of, said

_COMMAND = "export"
_AT_ONCE = 10_000
_MIDNIGHT = " 00:00:00"


def export_tables(store: Store, folder: Path) -> tuple[Path, ...]:
    """Writes every version of every table that has rows as `<table>.csv` (UTF-8) into `folder`,
    which is made if need be: all of them or none; gives the files. No cell is a formula, and an
    import reads each as it was. Raises BadInput where it cannot be written.
    """
    names = [column.name for column in VERSION_COLUMNS]
    return _written(store, folder, names, _rows)


def export_current(store: Store, folder: Path) -> tuple[Path, ...]:
    """Writes what holds now, without its history, each row with its version: a correction of it is
    refused when somebody else's came first. Otherwise as `export_tables`.
    """
    return _written(store, folder, [VERSION_NUMBER.name], current_rows)


def current_rows(connection: Connection, name: str) -> list[list[str]]:
    """The rows of a table that hold now, as cells, with the version behind the values."""
    return [
        [*("" if value is None else value for value in values), str(number)]
        for values, number in holding_rows(connection, name)
    ]


def _written(
    store: Store,
    folder: Path,
    more: list[str],
    rows_of: Callable[[Connection, str], Iterable[list[str]]],
) -> tuple[Path, ...]:
    written = []
    try:
        with outputs(Path(folder), _COMMAND) as made, store.reading() as connection:
            for name in TABLES:
                rows = iter(rows_of(connection, name))
                first = next(rows, None)
                if first is None:
                    continue
                with (made.path / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                    writer = csv.writer(out, lineterminator="\n")
                    writer.writerow([*TABLES[name].names, *more])
                    writer.writerow(guarded_row(first))
                    writer.writerows(map(guarded_row, rows))
                written.append(Path(folder) / f"{name}.csv")
            made.put()
    except OSError as error:
        place = Place(str(error.filename or folder))
        unwritten = said("cannot_be_written", reason=reason_of(error))
        raise BadInput([Problem(place, unwritten)]) from error
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
