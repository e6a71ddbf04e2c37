"""From a sheet of texts to checked rows: every cell on its own, and the rules within one row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.cells import ABSENT, SETTINGS, CellError, canonical, day_text, moment_of, shown
from data.columns import SINGULAR, Column
from data.dates import Figure, understood
from data.files import place_text
from data.sheets import Sheet
from problems import Problem, did_you_mean, one_of


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
    if table.name == "settings" and not sheet.by_name:
        parsed["value"] = _setting_values(parsed["key"], parsed["value"], sheet.year)
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
    if table.name == "settings":
        _check_settings(sheet, parsed["key"], parsed["value"], problems)
    versions = list(parsed["version"])
    return Parsed(sheet, keys, values, list(parsed["recorded_at"]), voids, versions)


def _column(
    sheet: Sheet, column: Column, count: int, problems: list[Problem]
) -> Sequence[str | None]:
    """One column as canonical texts. Each distinct text is read once: columns repeat themselves."""
    texts = sheet.columns.get(column.name)
    if texts is None:
        if column.required and sheet.by_name:
            problems.append(_missing(sheet, 0, column))
        return [ABSENT.get(column.kind)] * count
    known: dict[str, str | None] = {}
    wrong: dict[str, CellError] = {}
    distinct = set(texts)
    if column.kind in ("day", "time", "moment"):
        # One that came of a number stands for all that read the same: it may mean more.
        distinct = {text for text in texts if isinstance(text, Figure)} | distinct
    for text in distinct:
        try:
            # What is typed at a prompt has no other program's forms in it.
            known[text] = (
                canonical(column.kind, text)
                if sheet.by_name
                else understood(column.kind, text, sheet.year)
            )
        except CellError as error:
            known[text] = None
            wrong[text] = error
    if wrong:
        for index, text in enumerate(texts):
            if text in wrong:
                told = wrong[text]
                place = sheet.place(index, column.name)
                problems.append(Problem(place, told.message, told.hint))
    if column.required:
        blank = {text for text, value in known.items() if value is None and text not in wrong}
        if blank:
            problems += [
                _missing(sheet, index, column) for index, text in enumerate(texts) if text in blank
            ]
    return [known[text] for text in texts]


def _missing(sheet: Sheet, index: int, column: Column) -> Problem:
    required = [one.name for one in sheet.table.columns if one.required]
    return Problem(
        sheet.place(index, column.name),
        f"'{column.name}' is empty",
        f"every {SINGULAR[sheet.table.name]} needs {', '.join(required)}",
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
                    "a row is declared void without a reason",
                    "write into void_reason why it does not hold",
                )
            )
        elif not moment and (why[index] or by[index]) and not (written and written[index].strip()):
            problems.append(
                Problem(
                    sheet.place(index, "void_reason" if why[index] else "voided_by"),
                    "a void without its day",
                    "write into voided_at the day on which the row was declared void",
                )
            )


def _check_past(
    sheet: Sheet, name: str, moments: Sequence[str | None], now: datetime, problems: list[Problem]
) -> None:
    this_moment = moment_of(now)
    for index, moment in enumerate(moments):
        if moment is not None and moment > this_moment:
            problems.append(
                Problem(
                    sheet.place(index, name),
                    f"{shown(sheet.columns[name][index])} lies after the moment of this import,"
                    f" {this_moment[:16]}",
                    f"{name} says when that was written down, never a day to come",
                )
            )


_ENDS: dict[tuple[str, str], str] = {
    ("appointments", "last"): "the appointment ends on {last}, before it starts on {first}",
    ("units", "term_last"): "the term of office ends on {last}, before it starts on {first}",
}


def _check_stretch(
    sheet: Sheet,
    first: str,
    last: str,
    parsed: dict[str, Sequence[str | None]],
    problems: list[Problem],
) -> None:
    called = _ENDS.get(
        (sheet.table.name, last),
        f"the {SINGULAR[sheet.table.name]} ends on {{last}}, before it starts on {{first}}",
    )
    # An act's first_day stands in a column of its own: that one is to be mended, not the day.
    column = first if first == "first_day" else last
    for index, (begins, ends) in enumerate(zip(parsed[first], parsed[last], strict=True)):
        if begins and ends and ends < begins:
            problems.append(
                Problem(
                    sheet.place(index, column),
                    called.format(first=begins, last=ends),
                    f"'{last}' is the last day and belongs to the stretch, as '{first}' does",
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
                        f"out of {whole}, but no quantity",
                        "write into quantity how many of them were reached",
                    )
                )
        elif Decimal(part) > Decimal(whole):
            problems.append(
                Problem(
                    sheet.place(index, "out_of"),
                    f"a quantity of {part} out of {whole}",
                    "out_of is the whole of which quantity is a part, so it is not smaller",
                )
            )


def _setting_values(
    keys: Sequence[str | None], values: Sequence[str | None], year: int | None
) -> list[str | None]:
    """The values of settings, with that of a day as a day; what is none is told later."""
    read = list(values)
    for index, (key, value) in enumerate(zip(keys, values, strict=True)):
        if key == "records_from" and value is not None:
            with suppress(CellError):
                read[index] = understood("day", value, year)
    return read


def _check_settings(
    sheet: Sheet, keys: Sequence[str | None], values: Sequence[str | None], problems: list[Problem]
) -> None:
    checks: dict[str, Callable[[str], str]] = {
        "records_from": day_text,
        "timezone": _zone,
        "files": place_text,
    }
    for index, (key, value) in enumerate(zip(keys, values, strict=True)):
        if key is None or value is None:
            continue
        if key not in checks:
            problems.append(
                Problem(
                    sheet.place(index, "key"),
                    f"unknown setting {shown(key)}",
                    did_you_mean(key, SETTINGS) or f"the settings are {one_of(SETTINGS)}",
                )
            )
            continue
        try:
            checks[key](value)
        except CellError as error:
            problems.append(Problem(sheet.place(index, "value"), error.message, error.hint))


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CellError(
            f"{shown(text)} is not a time zone", "write a name such as Asia/Shanghai"
        ) from None
