"""Taking records in: a folder, a workbook or one typed row, all of it or nothing at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from data.dates import day_of
from data.gc_pause import collector_at_rest
from data.import_columns import TABLES
from data.intake.checks import Progress
from data.intake.long_imports import import_long
from data.intake.prepared import (
    AS_EVER,
    Finishing,
    ImportReport,
    Taking,
    examples_in,
    prepared,
    silent,
)
from data.intake.sources import ImportSource, read_source, rows_source
from data.intake.writing import ActWriter, write
from data.store.backdating import newest_day
from data.store.journal import Doing, JournalAct, Writing
from data.store.opening import Store
from data.store.tables import sql_table
from data.words import Words
from problems import BadInput, Gathered, Objection, Place, Problem, bare, control_in, said, visible


def import_path(
    store: Store,
    path: Path,
    *,
    words: Words,
    doing: Doing,
    recorded_as_dated: bool = False,
    progress: Progress | None = None,
    finishing: Finishing | None = None,
    year: int | None = None,
    asked: Taking = AS_EVER,
) -> ImportReport:
    """Imports a folder of CSV files, one CSV file or an .xlsx workbook in one transaction.

    Rows without a recorded_at take the moment of `doing`, which is local; with `recorded_as_dated`
    their own day. `year` is that of days which name none; `asked`, what is to be taken beside what
    is always. `finishing` is called before the commit.
    Raises BadInput with every problem of all tables, and then nothing is changed; so too on
    Ctrl-C. Source: INTERFACE.
    """
    # Who is new is known only when all records are.
    source = read_source(Path(path), year, in_parts=asked.new_subjects is None)
    control = control_in(source.name, lines=False)
    if control is not None:
        # The name goes into the journal.
        message = said("name_has_control_character", code=bare(control))
        raise BadInput([Problem(Place(visible(str(path))), message, said("rename_it"))])
    return _import(
        store,
        JournalAct.IMPORT,
        source,
        words,
        doing,
        recorded_as_dated,
        progress,
        finishing,
        asked=asked,
    )


def import_row(
    store: Store,
    table: str,
    row: Mapping[str, str],
    *,
    name: str,
    words: Words,
    doing: Doing,
) -> ImportReport:
    """Imports one row that was typed; places of its problems are column names."""
    return import_rows(store, {table: [row]}, name=name, words=words, doing=doing)


def import_rows(
    store: Store,
    tables: Mapping[str, Sequence[Mapping[str, str]]],
    *,
    name: str,
    words: Words,
    doing: Doing,
    problems: Sequence[Problem] = (),
    finishing: Finishing | None = None,
) -> ImportReport:
    """Imports rows that were typed in one transaction; places of problems are column names.

    `problems` are those that the caller knows of already: they are told with those found here.
    `finishing` is called before the commit.
    """
    source = _typed(tables, name)
    return _import(store, JournalAct.RECORD, source, words, doing, False, None, finishing, problems)


def _typed(tables: Mapping[str, Sequence[Mapping[str, str]]], name: str) -> ImportSource:
    texts = [dict(row) for rows in tables.values() for row in rows]
    told = texts[0] if len(texts) == 1 else texts
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return rows_source(tables, name, digest)


def record_activity(
    store: Store,
    values: Mapping[str, str],
    *,
    words: Words,
    doing: Doing,
    problems: Sequence[Problem] = (),
) -> str:
    """Records one activity with the checks of an import, told with `problems`; gives its id.

    Without an id it gets the next free one of its day, such as A20230105-1.
    """
    row = {column: text for column, text in values.items() if text != ""}
    with store.writing() as connection:
        if not row.get("activity"):
            # Under the lock: two clerks who record at once must not be given the same one.
            row["activity"] = free_id(connection, "activities", "A", row.get("day", ""))
        source = _typed({"activities": [row]}, "record")
        _write_all(connection, JournalAct.RECORD, source, words, doing, known=problems)
    return row["activity"]


def free_id(connection: Connection, table: str, letter: str, day: str) -> str:
    """The next id of a table that nothing bears yet, such as A20230105-1."""
    try:
        stem = f"{letter}{day_of(day).replace('-', '')}-"
    except Objection:
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
    act: JournalAct,
    source: ImportSource,
    words: Words,
    doing: Doing,
    recorded_as_dated: bool,
    progress: Progress | None,
    finishing: Finishing | None = None,
    known: Sequence[Problem] = (),
    asked: Taking = AS_EVER,
) -> ImportReport:
    if source.long is not None:
        return import_long(
            store, act, source, words, doing, recorded_as_dated, progress, finishing, asked
        )
    tell = progress or silent
    tell(0, sum(len(sheet.rows) for sheet in source.sheets), "")
    with store.writing() as connection:
        return _write_all(
            connection, act, source, words, doing, recorded_as_dated, tell, finishing, known, asked
        )


def _write_all(
    connection: Connection,
    act: JournalAct,
    source: ImportSource,
    words: Words,
    doing: Doing,
    recorded_as_dated: bool = False,
    tell: Progress = silent,
    finishing: Finishing | None = None,
    known: Sequence[Problem] = (),
    asked: Taking = AS_EVER,
) -> ImportReport:
    """Checks the sheets against what the store holds, and writes them as one entry."""
    problems = Gathered(known)
    found = prepared(connection, source, words, doing.now, recorded_as_dated, problems, asked)
    merged = found.merged
    if problems:
        raise BadInput(problems)
    total = sum(len(one.parsed.values) for one in merged.values())
    more = (examples_in(merged), found.forms)
    remarks = tuple(source.remarks)
    counts = {name: one.counts() for name, one in merged.items()}
    if not any(one.fresh or one.voidings for one in merged.values()):
        if finishing:
            finishing(connection)
        tell(total, total, "")
        return ImportReport(source.name, source.sha256, counts, None, *more, remarks=remarks)
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
    return ImportReport(
        source.name,
        source.sha256,
        counts,
        writing.entry,
        *more,
        back_dated,
        found.manners,
        remarks,
    )
