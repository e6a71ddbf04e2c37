"""What an import would do, without doing it: every row's fate, and every problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from data.import_columns import TABLES
from data.intake.form_acts import FormReport
from data.intake.prepared import AS_EVER, Prepared, Taking, examples_in, prepared
from data.intake.sources import read_source
from data.intake.versions import Merged
from data.manners import NO_MANNERS, MannersOfImport
from data.store.backdating import newest_day
from data.store.opening import Store
from data.store.standing import Key, StoredVersion, Values
from data.words import Words
from problems import BadInput, Gathered, Kind, Place, Problem


class Fate(StrEnum):
    """What would become of a row that is not in the store as it stands there."""

    NEW = "new"
    CHANGED = "changed"
    VOIDED = "voided"


@dataclass(frozen=True)
class RowPreview:
    """What would become of one row. `changes` are (column, before, after) of a changed one."""

    place: Place
    key: Key
    fate: Fate
    changes: tuple[tuple[str, str | None, str | None], ...] = ()


@dataclass(frozen=True)
class TablePreview:
    """What would become of one table; rows that have a problem are only counted, as `wrong`."""

    table: str
    rows: tuple[RowPreview, ...]
    unchanged: int
    wrong: int

    def count(self, fate: Fate) -> int:
        """How many rows would be new, changed or voided."""
        return sum(row.fate is fate for row in self.rows)


@dataclass(frozen=True)
class Preview:
    """What a whole import would do; `problems` are those for which it would be refused, and `more`
    how many there are of a kind beside them. `types` of units and `documents` that bind them are
    those that would stand then, where the import has such tables; `files`, what its attachments
    name. The rest is as in the report of an import.
    """

    tables: tuple[TablePreview, ...]
    problems: tuple[Problem, ...]
    more: Mapping[Kind, int] = field(default_factory=dict)
    examples: int = 0
    forms: tuple[FormReport, ...] = ()
    manners: MannersOfImport = NO_MANNERS
    remarks: tuple[Problem, ...] = ()
    back_dated: int = 0
    types: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


def preview_path(
    store: Store,
    path: Path,
    *,
    words: Words,
    now: datetime,
    recorded_as_dated: bool = False,
    year: int | None = None,
    asked: Taking = AS_EVER,
) -> Preview:
    """What `import_path` would do with the same arguments. Nothing is written, and nothing raised
    for what is wrong with the input: it stands in `problems`, sorted by place.
    """
    problems: list[Problem] = Gathered()
    try:
        source = read_source(Path(path), year)
    except BadInput as error:
        return Preview((), error.problems, error.more)
    with store.reading() as connection:
        would = prepared(connection, source, words, now, recorded_as_dated, problems, asked)
        day = newest_day(connection)
    merged = would.merged
    spots = {(problem.place.file, problem.place.line) for problem in problems}
    tables = tuple(_table(name, one, spots) for name, one in merged.items())
    found = BadInput(problems)
    return Preview(
        tables,
        found.problems,
        found.more,
        examples_in(merged),
        would.forms,
        would.manners,
        tuple(source.remarks),
        sum(one.dated_before(day) for one in merged.values()) if day else 0,
        _standing(would, "units", "type"),
        _standing(would, "adoptions", "document"),
        _files(merged),
    )


def _files(merged: Mapping[str, Merged]) -> frozenset[str]:
    """The hashes of the files that the attachments of an import name."""
    if "attachments" not in merged:
        return frozenset()
    at = TABLES["attachments"].at["sha256"]
    return frozenset(text for row in merged["attachments"].parsed.values if (text := row[at]))


def _standing(would: Prepared, table: str, column: str) -> frozenset[str]:
    """What would stand in a column of a table, where the import has tables of who is bound."""
    if not {"units", "adoptions"} & would.merged.keys():
        return frozenset()
    at = TABLES[table].at[column]
    rows = would.world.standing[table].values()
    return frozenset(word for row in rows if (word := row.values[at]) is not None)


def _table(name: str, merged: Merged, spots: set[tuple[str, int]]) -> TablePreview:
    sheet = merged.parsed.sheet
    places = [sheet.place(index) for index in range(len(sheet.rows))]
    wrong = {at for at, place in enumerate(places) if (place.file, place.line) in spots}
    rows: dict[int, RowPreview] = {}
    latest: dict[Key, StoredVersion] = {key: one[-1] for key, one in merged.existing.items() if one}
    for voiding in merged.voidings:
        rows[voiding.index] = RowPreview(places[voiding.index], voiding.key, Fate.VOIDED)
    for fresh in merged.fresh:
        before = latest.get(fresh.key)
        if fresh.version.void is not None:
            rows[fresh.index] = RowPreview(places[fresh.index], fresh.key, Fate.VOIDED)
        elif before is None:
            rows[fresh.index] = RowPreview(places[fresh.index], fresh.key, Fate.NEW)
        else:
            changes = _changes(sheet.table.names, before.values, fresh.version.values)
            rows[fresh.index] = RowPreview(places[fresh.index], fresh.key, Fate.CHANGED, changes)
        latest[fresh.key] = fresh.version
    told = tuple(rows[at] for at in sorted(rows) if at not in wrong)
    unchanged = len(places) - len(rows.keys() | wrong)
    return TablePreview(name, told, unchanged, len(wrong))


def _changes(
    names: tuple[str, ...], before: Values, after: Values
) -> tuple[tuple[str, str | None, str | None], ...]:
    pairs = zip(names, before, after, strict=True)
    return tuple((name, was, now) for name, was, now in pairs if was != now)
