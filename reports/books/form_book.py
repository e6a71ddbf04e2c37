"""A form of the office, blank, as a workbook: under a title the columns that an import reads."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from data.intake.forms import Form, FormColumn
from reports.i18n import Lang, mark, translator

ROWS = 500

SAYS: Mapping[str, str] = {
    "when": mark("The day, and the time of day behind it: 2024年6月3日上午9:30."),
    "clock": mark("The time of day, HH:MM."),
    "official": mark(
        "The name; of several with one name or several posts, 张三（镇长）, or the id."
    ),
    "unit": mark("The unit, by its name or id."),
    "kind": mark("The kind of the activity, a word of the vocabulary."),
    "subjects": mark("What it was done to, by name or id; several are parted by 、"),
    "about": mark("Whom it concerned: known names are found, anything else becomes a note."),
    "way": mark("How it was done; 四不两直 is understood."),
    "topic": mark("What it was about."),
    "number": mark("The paper's own number."),
    "evidence": mark("What proves it: a number, a link, or 有; several are parted by ;"),
    "note": mark("Goes into the note."),
    "recorded_by": mark("Who records it."),
    "for_period": mark("The period for which it was done, such as 2024-06."),
    "makes_up": mark("The earlier period that it makes good."),
    "skip": mark("Is not read."),
}
"""What a column of a form says, for whoever fills it in."""

_LATER = ("登记人", "所属周期", "补办周期", "备注")


def form_book(form: Form, kinds: Sequence[str], lang: Lang) -> bytes:
    """The blank form: title, headings with notes, and the kinds to choose from."""
    say = translator(lang)
    columns = _columns(form)
    needed = {name for names in form.needs for name in names}
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": date(2024, 1, 1)})
        sheet = book.add_worksheet(form.name)
        words = book.add_worksheet("词表")
        words.hide()
        words.write_column(0, 0, kinds)
        title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
        head = {
            "bold": True,
            "border": 1,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
        }
        plain_head = book.add_format({**head, "bg_color": "#DDE6F0"})
        needed_head = book.add_format({**head, "bg_color": "#1F4E79", "font_color": "white"})
        cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        sheet.merge_range(0, 0, 0, len(columns) - 1, form.name, title)
        sheet.set_row(0, 32)
        sheet.set_row(1, 36)
        sheet.freeze_panes(2, 0)
        for at, column in enumerate(columns):
            _write_column(sheet, at, column, say(SAYS[column.says]), len(kinds), cell)
            look = needed_head if column.name in needed else plain_head
            sheet.write_string(1, at, column.name, look)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.activate()
    return out.getvalue()


def _columns(form: Form) -> list[FormColumn]:
    """The form's own columns in their order, then the few common ones that are of use to all."""
    numbered = [form.columns["序号"]]
    own = [one for name, one in form.columns.items() if name in form.own and one.says != "skip"]
    has_proof = any(one.says == "evidence" for one in own)
    later = ["佐证", *_LATER] if not has_proof else list(_LATER)
    return numbered + own + [form.columns[name] for name in later if name not in form.own]


def _write_column(
    sheet: Any, at: int, column: FormColumn, note: str, kinds: int, cell: Any
) -> None:
    sheet.write_comment(1, at, note, {"x_scale": 1.6})
    wide = {"note": 20, "topic": 26, "subjects": 26, "evidence": 20, "when": 20, "skip": 6}
    sheet.set_column(at, at, max(wide.get(column.says, 16), 2.2 * len(column.name) + 2), cell)
    rule: dict[str, Any] = {"validate": "any"}
    if column.says == "kind" and kinds:
        rule = {"validate": "list", "source": f"='词表'!$A$1:$A${kinds}", "error_type": "warning"}
    rule |= {"input_title": column.name[:32], "input_message": note[:255], "ignore_blank": True}
    sheet.data_validation(2, at, ROWS, at, rule)
