"""Taking records in: a folder, a workbook or one typed row, all of it or nothing at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from data.act_checks import check_acts
from data.backdating import newest_day
from data.cells import CellError, day_text
from data.checks import Progress, build_world, check_world
from data.collector import collector_at_rest
from data.columns import TABLES
from data.form_acts import FormReport, acts_of_forms
from data.journal import Act, Doing, Writing
from data.officials import Directory
from data.parsing import Parsed, parse
from data.reading import settings_known_on
from data.sources import Source, read_source, rows_source
from data.store import Store
from data.tables import sql_table
from data.versions import Key, Merged, Version, merge, stored_versions
from data.words import Words
from data.writing import ActWriter, write
from problems import BadInput, Problem

Stored = Mapping[str, Mapping[Key, Sequence[Version]]]

Finishing = Callable[[Connection], None]
"""What is still to be done before a transaction is committed."""


@dataclass(frozen=True)
class ImportReport:
    """What an import did. `counts` is {table: {new, changed, voided, unchanged}} in import order.

    `entry` is its number in the journal; None when nothing changed. `examples` is how many example
    rows were passed over; `forms` tells what became of the office's own forms. `back_dated` rows
    and voids are dated before the day of the change before them, so that days which were known
    already read otherwise now: `data/backdating.py`.
    """

    source: str
    sha256: str
    counts: Mapping[str, Mapping[str, int]]
    entry: int | None
    examples: int = 0
    forms: tuple[FormReport, ...] = ()
    back_dated: int = 0

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
    finishing: Finishing | None = None,
    year: int | None = None,
) -> ImportReport:
    """Imports a folder of CSV files, one CSV file or an .xlsx workbook in one transaction.

    `now` is the local moment that rows without a recorded_at take; with `recorded_as_dated` they
    take their own day; `year` is that of days which name none. `finishing` is called before the
    commit. Raises BadInput with every problem of all tables, and then nothing is changed; so too on
    Ctrl-C. Source: INTERFACE.
    """
    source = read_source(Path(path), year, in_parts=True)
    doing = Doing(now, who, why)
    return _import(store, "import", source, words, doing, recorded_as_dated, progress, finishing)


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
    return import_rows(store, {table: [row]}, name=name, words=words, now=now, who=who, why=why)


def import_rows(
    store: Store,
    tables: Mapping[str, Sequence[Mapping[str, str]]],
    *,
    name: str,
    words: Words,
    now: datetime,
    who: str | None = None,
    why: str | None = None,
    problems: Sequence[Problem] = (),
    finishing: Finishing | None = None,
) -> ImportReport:
    """Imports rows that were typed in one transaction; places of problems are column names.

    `problems` are those that the caller knows of already: they are told with those found here.
    `finishing` is called before the commit.
    """
    doing = Doing(now, who, why)
    source = _typed(tables, name)
    return _import(store, "record", source, words, doing, False, None, finishing, problems)


def _typed(tables: Mapping[str, Sequence[Mapping[str, str]]], name: str) -> Source:
    texts = [dict(row) for rows in tables.values() for row in rows]
    told = texts[0] if len(texts) == 1 else texts
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return rows_source(tables, name, digest)


def record_activity(
    store: Store,
    values: Mapping[str, str],
    *,
    words: Words,
    now: datetime,
    who: str | None = None,
    why: str | None = None,
    problems: Sequence[Problem] = (),
) -> str:
    """Records one activity with the checks of an import, told with `problems`; gives its id.

    Without an id it gets the next free one of its day, such as A20230105-1.
    """
    row = {column: text for column, text in values.items() if text != ""}
    doing = Doing(now, who, why)
    with store.writing() as connection:
        if not row.get("activity"):
            # Under the lock: two clerks who record at once must not be given the same one.
            row["activity"] = free_id(connection, "activities", "A", row.get("day", ""))
        source = _typed({"activities": [row]}, "record")
        _write_all(connection, "record", source, words, doing, known=problems)
    return row["activity"]


def free_id(connection: Connection, table: str, letter: str, day: str) -> str:
    """The next id of a table that nothing bears yet, such as A20230105-1."""
    try:
        stem = f"{letter}{day_text(day).replace('-', '')}-"
    except CellError:
        return letter  # The day is a problem that the import reports; nothing is written.
    column = sql_table(table).c[TABLES[table].key[0]]
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
    finishing: Finishing | None = None,
    known: Sequence[Problem] = (),
) -> ImportReport:
    if source.long is not None:
        from data.long_imports import import_long

        return import_long(store, act, source, words, doing, recorded_as_dated, progress, finishing)
    tell = progress or silent
    tell(0, sum(len(sheet.rows) for sheet in source.sheets), "")
    with store.writing() as connection:
        return _write_all(
            connection, act, source, words, doing, recorded_as_dated, tell, finishing, known
        )


def silent(_done: int, _total: int, _table: str) -> None:
    """Tells nobody how far it is."""


def _write_all(
    connection: Connection,
    act: Act,
    source: Source,
    words: Words,
    doing: Doing,
    recorded_as_dated: bool = False,
    tell: Progress = silent,
    finishing: Finishing | None = None,
    known: Sequence[Problem] = (),
) -> ImportReport:
    """Checks the sheets against what the store holds, and writes them as one entry."""
    problems = list(known)
    merged, forms = prepared(connection, source, words, doing.now, recorded_as_dated, problems)
    if problems:
        raise BadInput(problems)
    total = sum(len(one.parsed.values) for one in merged.values())
    more = (examples_in(merged), tuple(forms))
    counts = {name: one.counts() for name, one in merged.items()}
    if not any(one.fresh or one.voidings for one in merged.values()):
        if finishing:
            finishing(connection)
        tell(total, total, "")
        return ImportReport(source.name, source.sha256, counts, None, *more)
    day = newest_day(connection)
    back_dated = sum(one.dated_before(day) for one in merged.values()) if day else 0
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
    if finishing:
        finishing(connection)
    return ImportReport(source.name, source.sha256, counts, writing.entry, *more, back_dated)


def examples_in(merged: Mapping[str, Merged]) -> int:
    """How many example rows were passed over."""
    return sum(one.parsed.sheet.examples for one in merged.values())


def prepared(
    connection: Connection,
    source: Source,
    words: Words,
    now: datetime,
    recorded_as_dated: bool,
    problems: list[Problem],
) -> tuple[dict[str, Merged], list[FormReport]]:
    """What an import would change, checked against the store; nothing is written."""
    parsed = {sheet.table.name: parse(sheet, now, problems) for sheet in source.sheets}
    first_day = first_day_after(connection, parsed) if recorded_as_dated else None
    forms: list[FormReport] = []

    def acts(found: Mapping[str, Merged], stored: Stored) -> None:
        """The forms as activities, once it is known who is who."""
        beside = parsed["activities"].sheet if "activities" in parsed else None
        directory = Directory(build_world(found, stored).standing)
        sheet, reports = acts_of_forms(source.forms, directory, beside, words, problems)
        parsed["activities"] = parse(sheet, now, problems)
        forms.extend(reports)

    stored, merged = merged_with(
        connection, parsed, now, first_day, problems, acts if source.forms else None
    )
    world = build_world(merged, stored)
    check_world(world, words, problems)
    check_acts(world, connection, stored, words, problems)
    return merged, forms


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
    before_acts: Callable[[Mapping[str, Merged], Stored], None] | None = None,
) -> tuple[dict[str, dict[Key, list[Version]]], dict[str, Merged]]:
    """What the store has (of the activities only what the import names), and what changes.

    `before_acts` is called when all that activities may name is known, and may add some.
    """
    stored: dict[str, dict[Key, list[Version]]] = {}
    merged: dict[str, Merged] = {}
    for name, table in TABLES.items():
        keys = None
        if name == "activities":
            if before_acts is not None:
                before_acts(merged, stored)
            found = parsed[name].keys if name in parsed else []
            keys = [key[0] for key in found if key is not None]
        stored[name] = stored_versions(connection, table, keys)
        if name in parsed:
            merged[name] = merge(parsed[name], stored[name], now, first_day, problems)
    return stored, merged
