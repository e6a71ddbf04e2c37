"""What an import would change: its sheets merged with what the store has, and checked. Nothing is
written here; `imports.py` beside it writes a short table, `long_imports.py` a long one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Final

from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection

from data.cell_values import NO_BEGINNING, iso_day
from data.import_columns import TABLES
from data.intake.act_checks import check_acts
from data.intake.checks import Register, build_world, check_world
from data.intake.form_acts import FormReport, acts_of_forms
from data.intake.new_subjects import NewSubjects, told_once, with_new_subjects
from data.intake.officials import OF_THE_DIRECTORY, Directory
from data.intake.parsing import Parsed, parse
from data.intake.sources import ImportSource
from data.intake.versions import Merged, merge
from data.manners import NO_MANNERS, MannersOfImport
from data.name_book import NameBook, Values, takes_names
from data.store.reading import settings_known_on
from data.store.standing import Key, StoredVersion, holding, stored_versions
from data.words import Words
from problems import Objection, Problem, said

Stored = Mapping[str, Mapping[Key, Sequence[StoredVersion]]]

BeforeTable = Callable[[Mapping[str, "Merged"], Stored], None]
"""What is to be done before a table is merged, given those before it."""

Finishing = Callable[[Connection], None]
"""What is still to be done before a transaction is committed."""


@dataclass(frozen=True)
class ImportReport:
    """What an import did. `counts` is {table: {new, changed, voided, unchanged}} in import order.

    `entry` is its number in the journal; None when nothing changed. `examples` is how many example
    rows were passed over; `forms` tells what became of the office's own forms. `back_dated` rows
    and voids are dated before the day of the change before them, so that days which were known
    already read otherwise now: `data/store/backdating.py`. `manners` tells how its acts were done;
    `remarks`, what was passed over and what else a reader should know.
    """

    source: str
    sha256: str
    counts: Mapping[str, Mapping[str, int]]
    entry: int | None
    examples: int = 0
    forms: tuple[FormReport, ...] = ()
    back_dated: int = 0
    manners: MannersOfImport = NO_MANNERS
    remarks: tuple[Problem, ...] = ()

    def total(self, what: str) -> int:
        """How many rows of all tables were `new`, `changed`, `voided` or `unchanged`."""
        return sum(counts[what] for counts in self.counts.values())


def silent(_done: int, _total: int, _table: str) -> None:
    """A progress that shows nothing."""


def examples_in(merged: Mapping[str, Merged]) -> int:
    """How many example rows were passed over."""
    return sum(one.parsed.sheet.examples for one in merged.values())


@dataclass(frozen=True)
class Prepared:
    """What an import would change, in the office as it would stand then."""

    merged: Mapping[str, Merged]
    forms: tuple[FormReport, ...]
    manners: MannersOfImport
    world: Register


@dataclass(frozen=True)
class Taking:
    """What an import is asked to take: with `odd_days` days that are probably slips too, and what
    is not registered yet as `new_subjects` (None: nothing of the kind).
    """

    odd_days: bool = True
    new_subjects: NewSubjects | None = None


AS_EVER: Final = Taking()
"""What is taken where nothing was asked: any day, and nothing that is not registered."""


def prepared(
    connection: Connection,
    source: ImportSource,
    words: Words,
    now: datetime,
    recorded_as_dated: bool,
    problems: list[Problem],
    asked: Taking,
) -> Prepared:
    """What an import would change, checked against the store; nothing is written."""
    problems += source.problems
    parsed = {sheet.table.name: parse(sheet, now, problems) for sheet in source.sheets}
    first_day = first_day_after(connection, parsed) if recorded_as_dated else None
    forms: list[FormReport] = []

    def acts(found: Mapping[str, Merged], stored: Stored) -> None:
        """The forms as activities, once it is known who is who."""
        beside = parsed["activities"].sheet if "activities" in parsed else None
        directory = Directory(build_world(found, stored).standing)
        told: list[Problem] = []
        sheet, reports = acts_of_forms(source.forms, directory, beside, words, told)
        problems.extend(
            one for one in told if not source.unread or one.code not in OF_THE_DIRECTORY
        )
        parsed["activities"] = parse(sheet, now, problems)
        forms.extend(reports)

    def subjects(found: Mapping[str, Merged], stored: Stored) -> None:
        """The subjects that the records name and nobody registered."""
        assert asked.new_subjects is not None
        held = {"subjects": stored_versions(connection, TABLES["subjects"], None)}
        own: dict[str, Merged] = {}
        if "subjects" in parsed:
            own["subjects"] = merge(parsed["subjects"], held["subjects"], now, first_day, [])
        directory = Directory(build_world({**found, **own}, {**stored, **held}).standing)
        sheets = {name: one.sheet for name, one in parsed.items()}
        sheet = with_new_subjects(
            asked.new_subjects, directory, source.forms, sheets, words, problems
        )
        if sheet is not None:
            parsed["subjects"] = parse(sheet, now, [])

    before: dict[str, BeforeTable] = {}
    if asked.new_subjects is not None:
        before["subjects"] = subjects
    if source.forms:
        before["activities"] = acts
    stored, merged = merged_with(connection, parsed, now, first_day, words, problems, before)
    if not asked.odd_days:
        check_odd_days(merged, now.date(), problems)
    world = build_world(merged, stored, source.unread)
    check_world(world, words, problems)
    manners = check_acts(world, connection, stored, words, problems)
    if asked.new_subjects is not None and problems:
        problems[:] = told_once(problems)
    return Prepared(merged, tuple(forms), manners, world)


def first_day_after(connection: Connection, parsed: Mapping[str, Parsed]) -> str:
    """The store's first day, as it will be after this import."""
    if "settings" in parsed:
        for values in reversed(parsed["settings"].values):
            if values[0] == "records_from" and values[1]:
                try:
                    return iso_day(values[1])
                except Objection:
                    break
    return settings_known_on(connection, None)["records_from"]


def merged_with(
    connection: Connection,
    parsed: Mapping[str, Parsed],
    now: datetime,
    first_day: str | None,
    words: Words,
    problems: list[Problem],
    before: Mapping[str, BeforeTable] = MappingProxyType({}),
) -> tuple[dict[str, dict[Key, list[StoredVersion]]], dict[str, Merged]]:
    """What the store has (of the activities only what the import names), and what changes.

    What is `before` a table is called when all tables before it are known, and may add rows to it.
    """
    stored: dict[str, dict[Key, list[StoredVersion]]] = {}
    merged: dict[str, Merged] = {}
    names = NameBook(partial(_known_rows, stored, parsed))
    for name, table in TABLES.items():
        keys = None
        if name in before:
            before[name](merged, stored)
        if name == "activities":
            found = parsed[name].keys if name in parsed else []
            keys = [key[0] for key in found if key is not None]
        stored[name] = stored_versions(connection, table, keys)
        if name in parsed:
            put_ids(parsed[name], names, words)
            merged[name] = merge(parsed[name], stored[name], now, first_day, problems)
    return stored, merged


_ODD_YEARS = 1949
_YEARS_AHEAD = 2
_OF_DAYS = {"appointments": ("first",), "events": ("day",), "activities": ("first_day", "day")}


def check_odd_days(merged: Mapping[str, Merged], today: date, problems: list[Problem]) -> None:
    """Days of new rows that are probably slips of the year. Rows that say when they were written
    down come of another store, where they were asked about.
    """
    latest = (today + relativedelta(years=_YEARS_AHEAD)).isoformat()
    for table, columns in _OF_DAYS.items():
        for fresh in merged[table].fresh if table in merged else ():
            for column in columns if fresh.implicit else ():
                day = fresh.version.values[TABLES[table].at[column]]
                if day is None or day == NO_BEGINNING or f"{_ODD_YEARS}" <= day <= latest:
                    continue
                told = said("odd_day", day=day, year=_ODD_YEARS, years=_YEARS_AHEAD)
                place = merged[table].parsed.sheet.place(fresh.index, column)
                problems.append(Problem(place, told, said("mend_year_or_take_odd_days")))


def put_ids(parsed: Parsed, names: NameBook, words: Words) -> None:
    """Cells that refer to something by its name hold its id from now on."""
    table = parsed.sheet.table
    for column in table.columns:
        of_rules = words.of_rules(table.name, column.name)
        if of_rules is None and not takes_names(column.refers):
            continue
        at = table.at[column.name]
        written = {text for values in parsed.values if (text := values[at])}
        if of_rules is not None:
            found = {one: of_rules.meant(one) for one in written}
            meant = {one: ids[0] for one, ids in found.items() if len(ids) == 1}
        else:
            written -= names.ids(column.refers)
            meant = {one: names.cell(table.name, column.name, one) for one in written}
        _replace(parsed, column.name, {old: new for old, new in meant.items() if old != new})


def _replace(parsed: Parsed, column: str, meant: Mapping[str, str]) -> None:
    if not meant:
        return
    table = parsed.sheet.table
    at = table.at[column]
    for index, values in enumerate(parsed.values):
        new = meant.get(values[at] or "")
        if new is not None:
            parsed.values[index] = (*values[:at], new, *values[at + 1 :])
    if column in table.key:
        place = table.key.index(column)
        for index, key in enumerate(parsed.keys):
            if key is not None and key[place] in meant:
                parsed.keys[index] = (*key[:place], meant[key[place]], *key[place + 1 :])


def _known_rows(stored: Stored, parsed: Mapping[str, Parsed], table: str) -> Iterable[Values]:
    """What a table holds after an import, as far as names are concerned."""
    rows: dict[Key, Values] = {
        key: newest.values
        for key, versions in stored.get(table, {}).items()
        if (newest := holding(versions)) is not None
    }
    if table in parsed:
        sheet = parsed[table]
        for key, values, void in zip(sheet.keys, sheet.values, sheet.voids, strict=True):
            if key is not None and void is None:
                rows[key] = values
    return rows.values()
