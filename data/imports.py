"""Taking records in: a folder, a workbook or one typed row, all of it or nothing at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from data.act_checks import check_acts
from data.cells import CellError, day_text
from data.checks import Progress, build_world, check_world
from data.collector import collector_at_rest
from data.columns import TABLES
from data.journal import Act, Doing, Writing
from data.parsing import Parsed, parse
from data.reading import settings_known_on
from data.sources import Source, read_source, row_source
from data.store import Store
from data.tables import sql_table
from data.versions import Key, Merged, Version, merge, stored_versions
from data.words import Words
from data.writing import ActWriter, write
from problems import BadInput, Problem


@dataclass(frozen=True)
class ImportReport:
    """What an import did. `counts` is {table: {new, changed, voided, unchanged}} in import order.

    `entry` is its number in the journal; None when nothing changed.
    """

    source: str
    sha256: str
    counts: Mapping[str, Mapping[str, int]]
    entry: int | None

    def total(self, what: str) -> int:
        """How many rows of all tables were `new`, `changed`, `voided` or `unchanged`."""
        return sum(counts[what] for counts in self.counts.values())


def import_path(
    store: Store,
    path: Path,
    *,
    words: Words,
    now: datetime,
    who: str | None = None,
    why: str | None = None,
    recorded_as_dated: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Imports a folder of CSV files, one CSV file or an .xlsx workbook in one transaction.

    `now` is the local moment that rows without a recorded_at take; with `recorded_as_dated` they
    take their own day. Raises BadInput with every problem of all tables, and then nothing is
    changed; so too on Ctrl-C. Source: INTERFACE.
    """
    source = read_source(Path(path))
    doing = Doing(now, who, why)
    return _import(store, "import", source, words, doing, recorded_as_dated, progress)


def import_row(
    store: Store,
    table: str,
    row: Mapping[str, str],
    *,
    name: str,
    words: Words,
    now: datetime,
    who: str | None = None,
    why: str | None = None,
) -> ImportReport:
    """Imports one row that was typed; places of its problems are column names."""
    values = dict(row)
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    source = row_source(table, values, name, digest)
    return _import(store, "record", source, words, Doing(now, who, why), False, None)


def record_activity(
    store: Store,
    values: Mapping[str, str],
    *,
    words: Words,
    now: datetime,
    who: str | None = None,
    why: str | None = None,
) -> str:
    """Records one activity with the checks of an import; gives its id.

    Without an id it gets the next free one of its day, such as A20230105-1.
    """
    row = {column: text for column, text in values.items() if text != ""}
    if not row.get("activity"):
        row["activity"] = _free_id(store, row.get("day", ""))
    import_row(store, "activities", row, name="record", words=words, now=now, who=who, why=why)
    return row["activity"]


def _free_id(store: Store, day: str) -> str:
    try:
        stem = f"A{day_text(day).replace('-', '')}-"
    except CellError:
        return "A"  # The day is a problem that the import reports; nothing is written.
    column = sql_table("activities").c.activity
    with store.reading() as connection:
        taken = set(connection.scalars(select(column).where(column.startswith(stem))))
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


@collector_at_rest()
def _import(
    store: Store,
    act: Act,
    source: Source,
    words: Words,
    doing: Doing,
    recorded_as_dated: bool,
    progress: Progress | None,
) -> ImportReport:
    if source.long is not None:
        from data.long_imports import import_long

        return import_long(store, act, source, words, doing, recorded_as_dated, progress)
    problems: list[Problem] = []
    parsed = {sheet.table.name: parse(sheet, doing.now, problems) for sheet in source.sheets}
    total = sum(len(one.values) for one in parsed.values())
    tell = progress or (lambda _done, _total, _table: None)
    tell(0, total, "")
    with store.writing() as connection:
        first_day = first_day_after(connection, parsed) if recorded_as_dated else None
        stored, merged = merged_with(connection, parsed, doing.now, first_day, problems)
        world = build_world(merged, stored)
        check_world(world, words, problems)
        check_acts(world, connection, stored, words, problems)
        if problems:
            raise BadInput(problems)
        counts = {name: one.counts() for name, one in merged.items()}
        if not any(one.fresh or one.voidings for one in merged.values()):
            tell(total, total, "")
            return ImportReport(source.name, source.sha256, counts, None)
        writing = Writing(connection, act, source.name, source.sha256, doing)
        done = 0
        for name, one in merged.items():
            if name == "activities":
                acts = ActWriter(connection, writing, (tell, done, total))
                acts.write(one)
                acts.finish()
            else:
                write(connection, name, one, writing)
            done += len(one.parsed.values)
            tell(done, total, name)
        writing.finish(counts)
    return ImportReport(source.name, source.sha256, counts, writing.entry)


def first_day_after(connection: Connection, parsed: Mapping[str, Parsed]) -> str:
    """The store's first day, as it will be after this import."""
    if "settings" in parsed:
        for values in reversed(parsed["settings"].values):
            if values[0] == "records_from" and values[1]:
                try:
                    return day_text(values[1])
                except CellError:
                    break
    return settings_known_on(connection, None)["records_from"]


def merged_with(
    connection: Connection,
    parsed: Mapping[str, Parsed],
    now: datetime,
    first_day: str | None,
    problems: list[Problem],
) -> tuple[dict[str, dict[Key, list[Version]]], dict[str, Merged]]:
    """What the store has (of the activities only what the import names), and what changes."""
    stored: dict[str, dict[Key, list[Version]]] = {}
    merged: dict[str, Merged] = {}
    for name, table in TABLES.items():
        keys = None
        if name == "activities":
            found = parsed[name].keys if name in parsed else []
            keys = [key[0] for key in found if key is not None]
        stored[name] = stored_versions(connection, table, keys)
        if name in parsed:
            merged[name] = merge(parsed[name], stored[name], now, first_day, problems)
    return stored, merged
