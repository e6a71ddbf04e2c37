"""Taking records in: a folder, a workbook or one typed row, all of it or nothing at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from data.act_checks import check_acts
from data.backdating import newest_day
from data.cells import CellError, day_text
from data.checks import Progress, build_world, check_world
from data.columns import TABLES
from data.inserting import ROWS_AT_ONCE, inserter, tell_planner
from data.journal import Act, Doing, Writing, row_names, void_names, voids_of
from data.parsing import Parsed, parse
from data.reading import settings_known_on
from data.sources import Source, read_source, row_source
from data.store import Store
from data.streams import (
    Flag,
    Numbers,
    mark_new_twins,
    ordinal,
    own_flags,
    refresh_superseded,
    refresh_twins,
    set_flag,
)
from data.tables import sql_table
from data.versions import Key, Merged, Version, merge, stored_versions
from data.words import Words
from problems import BadInput, Problem


@dataclass(frozen=True)
class ImportReport:
    """What an import did. `counts` is {table: {new, changed, voided, unchanged}} in import order.

    `entry` is its number in the journal; None when nothing changed. `back_dated` rows and voids are
    dated before the day of the change before them, so that days which were known already read
    otherwise now: `data/backdating.py`.
    """

    source: str
    sha256: str
    counts: Mapping[str, Mapping[str, int]]
    entry: int | None
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
    source = _typed(table, row, name)
    return _import(store, "record", source, words, Doing(now, who, why), False, None)


def _typed(table: str, row: Mapping[str, str], name: str) -> Source:
    values = dict(row)
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    return row_source(table, values, name, digest)


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
    doing = Doing(now, who, why)
    with store.writing() as connection:
        if not row.get("activity"):
            # Under the lock: two clerks who record at once must not be given the same one.
            row["activity"] = _free_id(connection, row.get("day", ""))
        source = _typed("activities", row, "record")
        _write_all(connection, "record", source, _parsed(source, doing), words, doing)
    return row["activity"]


def _free_id(connection: Connection, day: str) -> str:
    try:
        stem = f"A{day_text(day).replace('-', '')}-"
    except CellError:
        return "A"  # The day is a problem that the import reports; nothing is written.
    column = sql_table("activities").c.activity
    taken = set(connection.scalars(select(column).where(column.startswith(stem))))
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


@dataclass(frozen=True)
class _Sheets:
    """The sheets of a source, parsed, and what is wrong with their cells."""

    by_name: Mapping[str, Parsed]
    problems: list[Problem]

    @property
    def rows(self) -> int:
        return sum(len(one.values) for one in self.by_name.values())


def _parsed(source: Source, doing: Doing) -> _Sheets:
    problems: list[Problem] = []
    sheets = {sheet.table.name: parse(sheet, doing.now, problems) for sheet in source.sheets}
    return _Sheets(sheets, problems)


def _import(
    store: Store,
    act: Act,
    source: Source,
    words: Words,
    doing: Doing,
    recorded_as_dated: bool,
    progress: Progress | None,
) -> ImportReport:
    sheets = _parsed(source, doing)
    tell = progress or _silent
    tell(0, sheets.rows, "")
    with store.writing() as connection:
        return _write_all(connection, act, source, sheets, words, doing, recorded_as_dated, tell)


def _silent(_done: int, _total: int, _table: str) -> None:
    """Tells nobody."""


def _write_all(
    connection: Connection,
    act: Act,
    source: Source,
    sheets: _Sheets,
    words: Words,
    doing: Doing,
    recorded_as_dated: bool = False,
    tell: Progress = _silent,
) -> ImportReport:
    """Checks the sheets against what the store holds, and writes them as one entry."""
    parsed, problems, total = sheets.by_name, sheets.problems, sheets.rows
    first_day = _first_day(connection, parsed) if recorded_as_dated else None
    stored, merged = _merge(connection, parsed, doing.now, first_day, problems)
    world = build_world(merged, stored)
    check_world(world, words, problems)
    check_acts(world, connection, stored, words, problems)
    if problems:
        raise BadInput(problems)
    counts = {name: one.counts() for name, one in merged.items()}
    if not any(one.fresh or one.voidings for one in merged.values()):
        tell(total, total, "")
        return ImportReport(source.name, source.sha256, counts, None)
    back_dated = _back_dated(connection, merged.values())
    writing = Writing(connection, act, source.name, source.sha256, doing)
    done = 0
    for name, one in merged.items():
        if name == "activities" and (one.fresh or one.voidings):
            _write_activities(connection, one, writing, (tell, done, total))
        else:
            _write(connection, name, one, writing)
        done += len(one.parsed.values)
        tell(done, total, name)
    writing.finish(counts)
    return ImportReport(source.name, source.sha256, counts, writing.entry, back_dated)


def _back_dated(connection: Connection, merged: Iterable[Merged]) -> int:
    """How many rows and voids are dated before the day of the newest change."""
    day = newest_day(connection)
    if day is None:
        return 0
    return sum(
        sum(one.version.recorded_at < day for one in which.fresh)
        + sum(bool(one.version.void and one.version.void[0] < day) for one in which.fresh)
        + sum(one.void[0] < day for one in which.voidings)
        for which in merged
    )


def _first_day(connection: Connection, parsed: Mapping[str, Parsed]) -> str:
    """The store's first day, as it will be after this import."""
    if "settings" in parsed:
        for values in reversed(parsed["settings"].values):
            if values[0] == "records_from" and values[1]:
                try:
                    return day_text(values[1])
                except CellError:
                    break
    return settings_known_on(connection, None)["records_from"]


def _merge(
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


_NO_VOID = (None, None, None)


def _row(version: Version, entry: int) -> tuple[object, ...]:
    voided_in = entry if version.void else None
    void = version.void or _NO_VOID
    return (*version.values, version.recorded_at, entry, voided_in, *void)


def _write(connection: Connection, name: str, merged: Merged, writing: Writing) -> None:
    inserter(connection, name)([_row(fresh.version, writing.entry) for fresh in merged.fresh])
    tell_planner(connection, name, len(merged.fresh))
    _hash_fresh(name, [fresh.version for fresh in merged.fresh], writing)
    _write_voids(connection, name, merged, writing)


def _hash_fresh(name: str, versions: Sequence[Version], writing: Writing) -> None:
    rows = ((*one.values, one.recorded_at) for one in versions)
    writing.rows.add(name, row_names(name), rows)


def _write_voids(connection: Connection, name: str, merged: Merged, writing: Writing) -> None:
    """Writes the voids of stored versions; the journal has all voids, those of new versions last,
    so that they stand in the order of their rows.
    """
    table = sql_table(name)
    merged.voidings.sort(key=lambda one: one.version.row_id)
    for voiding in merged.voidings:
        at, by, why = voiding.void
        connection.execute(
            table.update()
            .where(table.c.row_id == voiding.version.row_id)
            .values(voided_in=writing.entry, voided_at=at, voided_by=by, void_reason=why)
        )
    voided = [(one.key, one.version) for one in merged.voidings]
    voided += [(one.key, one.version) for one in merged.fresh if one.version.void]
    rows = ((*key, one.recorded_at, *(one.void or _NO_VOID)) for key, one in voided)
    writing.rows.add(voids_of(name), void_names(name), rows)


def _write_activities(
    connection: Connection,
    merged: Merged,
    writing: Writing,
    telling: tuple[Progress, int, int],
) -> None:
    """Writes acts with their narrow columns, and mends those of the acts around them."""
    tell, before, total = telling
    table, spec = sql_table("activities"), TABLES["activities"]
    last_row = connection.scalar(select(func.max(table.c.row_id))) or 0
    numbers = Numbers(connection)
    day, replaces = spec.at["day"], spec.at["supersedes"]
    begun: dict[Key, str] = {}
    linked: set[str] = set()
    disturbed: set[int] = set()
    insert = inserter(connection, "activities", ("day_no", "holder_no", "class_no", "flags"))
    rows: list[tuple[object, ...]] = []
    for number, fresh in enumerate(merged.fresh, 1):
        version = fresh.version
        values = version.values
        first = fresh.prior[0].recorded_at if fresh.prior else version.recorded_at
        first = begun.setdefault(fresh.key, first)
        flags = own_flags(values, version.void is not None, first)
        if not fresh.newest:
            flags |= Flag.OLDER_VERSION.value
        holder_no, class_no = numbers.holder_no(values), numbers.class_no(values)
        rows.append(
            (*_row(version, writing.entry), ordinal(values[day] or ""), holder_no, class_no, flags)
        )
        if target := values[replaces]:
            linked.add(target)
        if fresh.prior:
            linked.add(fresh.key[0])
            disturbed.update(one.row_id for one in fresh.prior)
            linked.update(one for prior in fresh.prior if (one := prior.values[replaces]))
        if len(rows) == ROWS_AT_ONCE:
            insert(rows)
            rows.clear()
            tell(before + number, total, "activities")
    insert(rows)
    tell_planner(connection, "activities", len(merged.fresh))
    _hash_fresh("activities", [fresh.version for fresh in merged.fresh], writing)
    numbers.write(connection)
    set_flag(connection, disturbed, Flag.OLDER_VERSION, True)
    set_flag(connection, disturbed, Flag.SUPERSEDED | Flag.TWIN, False)
    _write_voids(connection, "activities", merged, writing)
    set_flag(connection, (one.version.row_id for one in merged.voidings), Flag.VOIDED, True)
    for voiding in merged.voidings:
        disturbed.add(voiding.version.row_id)
        if target := voiding.version.values[replaces]:
            linked.add(target)
    disturbed |= refresh_superseded(connection, linked)
    mark_new_twins(connection, last_row)
    refresh_twins(connection, disturbed)
