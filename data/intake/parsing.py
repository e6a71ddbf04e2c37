"""From a sheet of texts to checked rows: every cell on its own, and the rules within one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.cell_traces import untraced
from data.cell_values import (
    ABSENT,
    NO_BEGINNING,
    NO_END,
    in_the_years,
    shown,
    stored_moment,
)
from data.dates import Figure, day_of, understood
from data.import_columns import SINGULAR, ImportColumn
from data.intake.sheets import Sheet
from data.settings import SETTINGS, paper_text, setting_names
from data.store.files import place_text
from problems import Objection, Problem, Said, any_of, bare, did_you_mean, names, said


@dataclass
class Parsed:
    """A sheet as canonical rows, all lists in row order. A row without a sound key has key None."""

    sheet: Sheet
    keys: list[tuple[str, ...] | None]
    values: list[tuple[str | None, ...]]
    recorded: list[str | None]
    voids: list[tuple[str, str | None, str | None] | None]
    versions: list[str | None]


def parse(sheet: Sheet, now: datetime, problems: list[Problem]) -> Parsed:
    """The rows of a sheet. A bad cell becomes a Problem and stands as absent."""
    table = sheet.table
    count = len(sheet.rows)
    parsed = {
        column.name: _column(sheet, column, count, problems) for column in table.known.values()
    }
    if table.name == "settings":
        parsed["value"] = _setting_values(sheet, parsed["key"], parsed["value"], problems)
    values = list(zip(*(parsed[name] for name in table.names), strict=True)) if count else []
    keys: list[tuple[str, ...] | None] = [
        key if all(key) else None for key in zip(*(parsed[name] for name in table.key), strict=True)
    ]
    at, by, why = (parsed[name] for name in ("voided_at", "voided_by", "void_reason"))
    voids = [(moment, by[index], why[index]) if moment else None for index, moment in enumerate(at)]
    _check_voids(sheet, parsed, problems)
    for name in ("recorded_at", "voided_at"):
        _check_past(sheet, name, parsed[name], now, problems)
    for first, last in table.stretches:
        _check_stretch(sheet, first, last, parsed, problems)
    if table.name == "activities":
        _check_tally(sheet, parsed["quantity"], parsed["out_of"], problems)
    versions = list(parsed["version"])
    return Parsed(sheet, keys, values, list(parsed["recorded_at"]), voids, versions)


def _column(
    sheet: Sheet, column: ImportColumn, count: int, problems: list[Problem]
) -> Sequence[str | None]:
    """One column as canonical texts. Each distinct text is read once: columns repeat themselves."""
    texts = sheet.columns.get(column.name)
    if texts is None:
        if column.required and sheet.by_name:
            problems.append(_missing(sheet, 0, column))
        return [ABSENT.get(column.kind)] * count
    known: dict[str, str | None] = {}
    # Not the errors themselves: each holds its whole sheet, and nobody collects circles meanwhile.
    wrong: dict[str, tuple[Said, Said | None]] = {}
    distinct = set(texts)
    if column.kind in ("day", "time", "moment"):
        # One that came of a number stands for all that read the same: it may mean more.
        distinct = {text for text in texts if isinstance(text, Figure)} | distinct
    for text in distinct:
        try:
            plain = untraced(column.kind, text, is_number=column.name == "phone")
            known[text] = _in_the_years(column, understood(column.kind, plain, sheet.year))
        except Objection as error:
            known[text] = None
            wrong[text] = (error.said, error.hint)
    if wrong:
        for index, text in enumerate(texts):
            if text in wrong:
                place = sheet.place(index, column.name)
                problems.append(Problem(place, *wrong[text]))
    if column.required:
        blank = {text for text, value in known.items() if value is None and text not in wrong}
        if blank:
            problems += [
                _missing(sheet, index, column) for index, text in enumerate(texts) if text in blank
            ]
    return [known[text] for text in texts]


def _in_the_years(column: ImportColumn, value: str | None) -> str | None:
    """The value as it is. Raises Objection for a day of a year that is never judged; first and
    last days may be those that stand for none.
    """
    if value is None or column.kind not in ("day", "moment"):
        return value
    if (value, column.name.rpartition("_")[2]) in ((NO_BEGINNING, "first"), (NO_END, "last")):
        return value
    return in_the_years(value)


def _missing(sheet: Sheet, index: int, column: ImportColumn) -> Problem:
    required = [sheet.heading(one.name) for one in sheet.table.columns if one.required]
    return Problem(
        sheet.place(index, column.name),
        said("value_empty", column=sheet.heading(column.name)),
        said("every_thing_needs", thing=SINGULAR[sheet.table.name], columns=names(required)),
    )


def _check_voids(
    sheet: Sheet, parsed: dict[str, Sequence[str | None]], problems: list[Problem]
) -> None:
    """A void says when and why."""
    at, by, why = (parsed[name] for name in ("voided_at", "voided_by", "void_reason"))
    if not (any(at) or any(by) or any(why)):
        return
    written = sheet.columns.get("voided_at")
    for index, moment in enumerate(at):
        if moment and not why[index]:
            problems.append(
                Problem(
                    sheet.place(index, "void_reason"),
                    said("void_without_reason"),
                    said("write_void_reason"),
                )
            )
        elif not moment and (why[index] or by[index]) and not (written and written[index].strip()):
            problems.append(
                Problem(
                    sheet.place(index, "void_reason" if why[index] else "voided_by"),
                    said("void_without_day"),
                    said("write_voided_at"),
                )
            )


def _check_past(
    sheet: Sheet, name: str, moments: Sequence[str | None], now: datetime, problems: list[Problem]
) -> None:
    this_moment = stored_moment(now)
    for index, moment in enumerate(moments):
        if moment is not None and moment > this_moment:
            problems.append(
                Problem(
                    sheet.place(index, name),
                    said(
                        "after_import_moment",
                        value=shown(sheet.columns[name][index]),
                        moment=bare(this_moment[:16]),
                    ),
                    said("written_down_never_later", column=bare(sheet.heading(name))),
                )
            )


def _ends_early(table: str, column: str, first: str, last: str) -> Said:
    if (table, column) == ("appointments", "last"):
        return said("appointment_ends_early", last=bare(last), first=bare(first))
    if (table, column) == ("units", "term_last"):
        return said("term_ends_early", last=bare(last), first=bare(first))
    return said("row_ends_early", thing=SINGULAR[table], last=bare(last), first=bare(first))


def _check_stretch(
    sheet: Sheet,
    first: str,
    last: str,
    parsed: dict[str, Sequence[str | None]],
    problems: list[Problem],
) -> None:
    # An act's first_day stands in a column of its own: that one is to be mended, not the day.
    column = first if first == "first_day" else last
    for index, (begins, ends) in enumerate(zip(parsed[first], parsed[last], strict=True)):
        if begins and ends and ends < begins:
            problems.append(
                Problem(
                    sheet.place(index, column),
                    _ends_early(sheet.table.name, last, begins, ends),
                    said("last_day_belongs_to_stretch", last=last, first=first),
                )
            )


def _check_tally(
    sheet: Sheet,
    quantities: Sequence[str | None],
    out_of: Sequence[str | None],
    problems: list[Problem],
) -> None:
    for index, whole in enumerate(out_of):
        part = quantities[index]
        if whole is None:
            continue
        if part is None:
            written = sheet.columns.get("quantity")
            if not (written and written[index].strip()):
                problems.append(
                    Problem(
                        sheet.place(index, "out_of"),
                        said("whole_without_quantity", whole=bare(whole)),
                        said("write_quantity_reached"),
                    )
                )
        elif Decimal(part) > Decimal(whole):
            problems.append(
                Problem(
                    sheet.place(index, "out_of"),
                    said("quantity_out_of", part=bare(part), whole=bare(whole)),
                    said("whole_not_smaller"),
                )
            )


def _setting_values(
    sheet: Sheet, keys: Sequence[str | None], values: Sequence[str | None], problems: list[Problem]
) -> list[str | None]:
    """The values of settings, each as its setting is kept."""
    read = list(values)
    for index, (key, value) in enumerate(zip(keys, values, strict=True)):
        if key is None or value is None:
            continue
        column = "value" if key in SETTINGS else "key"
        try:
            if column == "key":
                raise unknown_setting(key)
            read[index] = setting_value(key, value, sheet.year)
        except Objection as error:
            problems.append(Problem(sheet.place(index, column), error.said, error.hint))
    return read


def setting_value(key: str, text: str, year: int | None = None) -> str:
    """What the setting says, as it is kept; `year` is that of a day which names none. Raises
    Objection.
    """
    if key == "records_from":
        return text if text == NO_BEGINNING else in_the_years(day_of(text, year))
    if key == "timezone":
        return _zone(text)
    if key == "files":
        return place_text(text)
    return paper_text(key, text)


def unknown_setting(key: str) -> Objection:
    """What is said of a key that is none."""
    near = did_you_mean(key, setting_names())
    every = said("settings_are", settings=any_of(SETTINGS))
    return Objection(said("unknown_setting", key=shown(key)), near or every)


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Objection(said("not_a_zone", text=shown(text)), said("write_zone")) from None
