"""A workbook to be filled in and imported: a sheet for each table, with words to choose from."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from data.cell_values import STATUSES, STATUSES_ZH
from data.formulas import guarded, is_formula
from data.import_columns import TABLES, CellKind, ImportColumn, Table
from data.intake.example_rows import example_cells
from data.intake.headings import heading_of, title_of
from data.settings import SETTINGS
from problems import BadInput, Place, Problem, bare, said
from reports.i18n import Lang, mark, translator

ROWS = 2_000
"""So many rows have drop-downs, and as many more as records are filled in."""

LONGEST = 32_767
MOST_ROWS = 1_048_575
_FIRST_DAY = date(1900, 3, 1)  # Before it spreadsheet programs do not agree on dates.

LISTS = tuple(
    dict.fromkeys(one.words for table in TABLES.values() for one in table.columns if one.words)
)
"""The lists of the vocabulary that a column's cells are chosen from."""

_LISTS_OF_KINDS: Mapping[CellKind, str] = {
    "flag": "flags",
    "status": "statuses",
    "setting": "settings",
}
_CLOSED: frozenset[CellKind] = frozenset({"word", "flag", "status"})
"""Kinds of cells in which the words of their list alone are taken; others only propose."""

GUIDE = (
    mark("One sheet for each table; leave the sheets that you do not need empty."),
    mark("Columns with * must be filled in. The note on each heading says what stands below it."),
    mark(
        "The first row of a sheet is an example: an import passes it over as long as it is marked."
    ),
    mark("Lists in one cell are parted by ; Ids are short texts without @ # / ;"),
    mark("Days may be written 2024-06-03, 2024/6/3, 2024.6.3 or 2024年6月3日."),
    mark("Try it first with 'dutyclock import FILE.xlsx --dry-run'; nothing is written then."),
)

Records = Mapping[str, Sequence[Sequence[str]]]
"""The rows of each table as cells, the version behind the values."""


@dataclass(frozen=True)
class _Words:
    """The range of each list of words, and down to which row each sheet may hold ids."""

    ranges: Mapping[str, str]
    last_rows: Mapping[str, int]


def template_book(
    lists: Mapping[str, Sequence[str]], lang: Lang, records: Records | None = None
) -> bytes:
    """The workbook; `lists` are the words by the names of LISTS. With `records` it is filled,
    without examples. Raises BadInput where a record does not fit into a spreadsheet.
    """
    if records is not None:
        _check_sizes(records)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _FIRST_MOMENT})
        looks = _CellFormats(book)
        guide = book.add_worksheet({"zh": "说明", "en": "readme"}[lang])
        sheets = {name: book.add_worksheet(title_of(name, lang == "zh")) for name in ORDER}
        sizes = {name: len((records or {}).get(name, ())) for name in ORDER}
        words = _Words(
            _word_ranges(book, lists, lang), {name: ROWS + size for name, size in sizes.items()}
        )
        _write_guide(guide, looks, lang)
        for name, sheet in sheets.items():
            rows = records.get(name, ()) if records is not None else None
            _write_table(sheet, TABLES[name], words, looks, lang, rows)
        sheets["units"].activate()
    return out.getvalue()


ORDER = ("units", "people", "posts", "appointments", "subjects", "assignments", "adoptions",
         "events", "waivers", "delegations", "activities", "attachments", "settings")  # fmt: skip
_FIRST_MOMENT = datetime(2024, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone


class _CellFormats:
    """The formats of the cells."""

    def __init__(self, book: Any) -> None:
        head = {"bold": True, "border": 1, "valign": "vcenter", "text_wrap": True}
        self.head = book.add_format({**head, "bg_color": "#DDE6F0"})
        self.needed = book.add_format({**head, "bg_color": "#1F4E79", "font_color": "white"})
        self.text = book.add_format({"num_format": "@"})
        self.no_formula = book.add_format({"num_format": "@", "quote_prefix": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        grey = {"italic": True, "font_color": "#7F7F7F"}
        self.example = book.add_format(grey)
        self.example_day = book.add_format({**grey, "num_format": "yyyy-mm-dd", "align": "left"})
        self.version = book.add_format({"font_color": "#7F7F7F"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.line = book.add_format({"text_wrap": True, "valign": "top"})


def _columns(table: Table, filled: bool) -> list[ImportColumn]:
    """The columns of a sheet: the table's own, and those of history that a clerk fills in."""
    own = [column for column in table.columns if column.name != "recorded_by"]
    more = ["recorded_by", "voided_at", "voided_by", "void_reason"]
    more.insert(1, "version" if filled else "recorded_at")
    return [*own, *(table.known[name] for name in more)]


def _write_table(
    sheet: Any,
    table: Table,
    words: _Words,
    looks: _CellFormats,
    lang: Lang,
    rows: Sequence[Sequence[str]] | None,
) -> None:
    say = translator(lang)
    columns = _columns(table, rows is not None)
    last = ROWS + len(rows or ())
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_row(0, 32)
    for at, column in enumerate(columns):
        heading = heading_of(table.name, column.name, lang == "zh")
        must = " *" if column.required else ""
        sheet.write_string(0, at, heading + must, looks.needed if must else looks.head)
        note = say(column.help)
        needed = say("Required. ") if column.required else ""
        sheet.write_comment(0, at, f"{column.name}\n{needed}{note}", {"x_scale": 1.6})
        look = looks.day if column.kind in ("day", "moment") else looks.text
        look = look if column.kind not in ("number", "count", "version") else None
        sheet.set_column(at, at, max(_width(column, heading), 0 if at else 26), look)
        rule = _rule(column, words, lang)
        rule |= {
            "input_title": heading[:32],
            "input_message": (needed + note)[:255],
            "ignore_blank": True,
        }
        sheet.data_validation(1, at, last, at, rule)
    if rows is None:
        names = [column.name for column in columns]
        cells = example_cells(table, names, lang == "zh")
        for at, (text, column) in enumerate(zip(cells, columns, strict=True)):
            _write_cell(sheet, 1, at, column, text, looks, looks.example)
        return
    places = [table.at.get(column.name, len(table.names)) for column in columns]
    absent = ("voided_at", "voided_by", "void_reason")
    for line, row in enumerate(rows, 1):
        for at, (place, column) in enumerate(zip(places, columns, strict=True)):
            if column.name not in absent and row[place]:
                text = _shown(column, row[place], lang)
                _write_cell(sheet, line, at, column, text, looks, None)


def _shown(column: ImportColumn, text: str, lang: Lang) -> str:
    """A word of ours as this language's sheets write it."""
    if lang == "zh" and column.kind == "flag":
        return {"yes": "是", "no": "否"}[text]
    if lang == "zh" and column.kind == "status":
        return next(one for one, status in STATUSES_ZH.items() if status == text)
    return text


def _write_cell(
    sheet: Any, line: int, at: int, column: ImportColumn, text: str, looks: _CellFormats, look: Any
) -> None:
    """A cell as a spreadsheet keeps it: days as days, numbers as numbers where none is lost."""
    if not text:
        return
    day = _day(text) if column.kind == "day" else None
    if day is not None:
        sheet.write_datetime(line, at, day, looks.example_day if look else looks.day)
    elif column.kind in ("number", "count", "version") and len(text) < 15:
        sheet.write_number(line, at, float(text), look or looks.version)
    elif is_formula(text):
        # Also when somebody edits the cell it stays a text; the mark is no part of it.
        sheet.write_string(line, at, text, looks.no_formula)
    else:
        sheet.write_string(line, at, guarded(text), look or looks.text)


def _day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time()) if day >= _FIRST_DAY else None


def _rule(column: ImportColumn, words: _Words, lang: Lang) -> dict[str, Any]:
    """The rule of a column's cells: a list to choose from where there is one."""
    say = translator(lang)
    name = _LISTS_OF_KINDS.get(column.kind, column.words)
    if name in words.ranges:
        is_closed = column.kind in _CLOSED
        return {
            "validate": "list",
            "source": words.ranges[name],
            "error_type": "stop" if is_closed else "warning",
            "error_title": say("not in the list")[:32],
            "error_message": say(
                "Choose a word of the list; an office adds its own in vocabulary.yaml."
                if is_closed
                else "This word is not in the list. Several are parted by ; Keep it?"
            ),
        }
    if len(column.refers) == 1:
        (target,) = column.refers
        title = title_of(target, lang == "zh")
        return {
            "validate": "list",
            "source": f"='{title}'!$A$2:$A${words.last_rows[target]}",
            "error_type": "warning",
            "error_title": say("not in the list")[:32],
            "error_message": say("No sheet here has this id. Keep it, if the store has it."),
        }
    return {"validate": "any"}


def _word_ranges(book: Any, lists: Mapping[str, Sequence[str]], lang: Lang) -> dict[str, str]:
    """Writes the hidden sheet of words, a column for each list; gives their ranges."""
    from xlsxwriter.utility import xl_col_to_name

    name = {"zh": "词表", "en": "words"}[lang]
    sheet = book.add_worksheet(name)
    sheet.hide()
    whole: dict[str, Sequence[str]] = {
        **lists,
        "flags": ("是", "否") if lang == "zh" else ("yes", "no"),
        "statuses": tuple(STATUSES_ZH) if lang == "zh" else STATUSES,
        "settings": (*_setting_words(lang), *SETTINGS),
    }
    ranges: dict[str, str] = {}
    for at, (title, words) in enumerate(whole.items()):
        sheet.write_string(0, at, title)
        for line, word in enumerate(words, 1):
            sheet.write_string(line, at, word)
        if words:
            letter = xl_col_to_name(at)
            ranges[title] = f"='{name}'!${letter}$2:${letter}${len(words) + 1}"
    return ranges


def _setting_words(lang: Lang) -> tuple[str, ...]:
    """What settings are called, where that is not their key."""
    return tuple(one.words[0] for one in SETTINGS.values()) if lang == "zh" else ()


def _write_guide(sheet: Any, looks: _CellFormats, lang: Lang) -> None:
    say = translator(lang)
    sheet.set_column(0, 0, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, say("The import tables of dutyclock"), looks.title)
    for line, text in enumerate(GUIDE, 2):
        sheet.write_string(line, 0, say(text), looks.line)


def _width(column: ImportColumn, heading: str) -> float:
    wide = {"note": 40, "refs": 24, "items": 30, "id": 22, "text": 18, "pairs": 20, "facts": 22}
    return max(wide.get(column.kind, 13), 2.2 * len(heading) + 2)


def _check_sizes(records: Records) -> None:
    """A spreadsheet would cut what is too long without a word."""
    problems = []
    for name, rows in records.items():
        place, hint = Place(name), said("write_csv_instead")
        if len(rows) > MOST_ROWS:
            many = said("too_many_rows_for_sheet", count=bare(f"{len(rows):,}"))
            problems.append(Problem(place, many, hint))
        long = next((row[0] for row in rows if max(map(len, row)) > LONGEST), None)
        if long is not None:
            problems.append(Problem(place, said("cell_too_long_for_sheet", row=long), hint))
    if problems:
        raise BadInput(problems)
