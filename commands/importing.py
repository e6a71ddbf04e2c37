"""Commands that take records in as sheets, show what would be taken, and give sheets out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.bilingual import Command
from commands.context import Edge, with_edge
from commands.machine import now
from commands.options import told_in_journal
from commands.safekeeping import BACK_DATED
from commands.screen import progress, silence, tell
from data.cell_values import FIRST_YEAR, LAST_YEAR
from problems import BadInput, Place, Problem, said
from reports.i18n import mark
from reports.problem_words import in_one_line

if TYPE_CHECKING:
    from data.intake.form_acts import FormReport
    from data.intake.prepared import ImportReport
    from data.intake.preview import Preview, RowPreview
    from services.importing import Foreseen, Sheets, Taken

_LONGEST = 60
WOULD_BE_BACK_DATED = mark(
    "{count} rows or voids would be back-dated, and change what earlier --known-on days show"
)
FATES = {"new": mark("new"), "changed": mark("changed"), "voided": mark("voided")}


@click.command("import", cls=Command)
@click.argument("path", metavar="PATH")
@click.option(
    "--recorded-as-dated",
    is_flag=True,
    help="Rows without recorded_at count as recorded on their own day (for old papers).",
)
@click.option(
    "--year",
    type=click.IntRange(FIRST_YEAR, LAST_YEAR),
    help="The year of days that are written without one.",
)
@click.option(
    "--odd-days",
    is_flag=True,
    help="Take days before 1949, and days more than two years ahead, for what they are.",
)
@click.option(
    "--new-subjects",
    metavar="TYPE",
    help="Register what the records name and nobody knows yet, as subjects of this type.",
)
@click.option(
    "--as-new",
    metavar="NAME",
    multiple=True,
    help="A name that is new, whatever known one it resembles (several parted by ;).",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option(
    "--show",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many rows of a table --dry-run shows; the rest are counted.",
)
@click.option(
    "--return",
    "returned",
    metavar="FILE.xlsx",
    help="Where rows are wrong: write the workbook again, with what is wrong beside them.",
)
@told_in_journal
@with_edge
def import_(
    edge: Edge,
    path: str,
    recorded_as_dated: bool,
    year: int | None,
    odd_days: bool,
    new_subjects: str | None,
    as_new: tuple[str, ...],
    dry_run: bool,
    show: int,
    returned: str | None,
) -> None:
    """Import a folder of CSV files, one CSV file or an .xlsx workbook: all of it or nothing."""
    from services.importing import give_back, handed_in, preview

    sheets = handed_in(
        edge.office(),
        Path(path),
        recorded_as_dated=recorded_as_dated,
        year=year,
        back=Path(returned) if returned else None,
        odd_days=odd_days,
        new_subjects=new_subjects,
        as_new=as_new,
    )
    try:
        if dry_run:
            foreseen = preview(edge.office(), now(), sheets)
            found = foreseen.preview
            try:
                _tell_preview(edge, found, show)
                _tell_more(edge, foreseen, found)
                if found.back_dated:
                    tell(edge.say(WOULD_BE_BACK_DATED).format(count=found.back_dated))
                tell(edge.say("dry run: nothing was written"))
            except BrokenPipeError:
                # Whoever reads only the first lines is told all the same that rows are wrong.
                if not found.problems:
                    raise
                silence(sys.stdout)
            if found.problems:
                raise BadInput(found.problems, found.more)
            return
        _take(edge, sheets)
    except BadInput as error:
        if sheets.back is not None:
            text = edge.say("nothing is given back: no problem lies in a row of a sheet")
            try:
                is_given = give_back(sheets, error.problems, edge.lang)
            except BadInput as refused:
                raise BadInput([*error.problems, *refused.problems]) from None
            if is_given:
                text = edge.say("the workbook with its problems: {file}").format(file=sheets.back)
            tell(text)
        raise


def _take(edge: Edge, sheets: Sheets) -> None:
    from data.intake.headings import title_of
    from services.importing import take

    it = take(edge.office(), edge.doing(), sheets, _shown(edge))
    report = it.report
    line = edge.say("{table}: {new} new, {changed} changed, {voided} voided, {same} unchanged")
    for table, counts in report.counts.items():
        tell(
            line.format(
                table=title_of(table, edge.lang == "zh"),
                new=counts["new"],
                changed=counts["changed"],
                voided=counts["voided"],
                same=counts["unchanged"],
            )
        )
    if it.files:
        text = edge.say("{count} files of evidence taken in, checked by their hashes")
        tell(text.format(count=it.files))
    _tell_forms(edge, report.forms, report.examples)
    _tell_more(edge, it, report)
    if report.back_dated:
        tell(edge.say(BACK_DATED).format(count=report.back_dated))
    if report.entry is None:
        tell(edge.say("nothing changed: the store held all of this already"))


def _tell_more(edge: Edge, it: Taken | Foreseen, report: ImportReport | Preview) -> None:
    """What is refused by nobody and should be known all the same: what was passed over, what has no
    effect, and words of acts that no duty asks for.
    """
    for one in (*report.remarks, *it.unasked):
        line = in_one_line(one.said, one.hint, edge.lang)
        tell(f"{one.place}: {line}", err=True)
    for idle in it.idle:
        tell(in_one_line(idle.said, idle.hint, edge.lang), err=True)


def _shown(edge: Edge) -> Callable[[int, int, str], None] | None:
    show = progress(edge.say("importing"))
    if show is None:
        return None
    return lambda done, total, _table: show(done, total)


def _tell_forms(edge: Edge, forms: Iterable[FormReport], examples: int) -> None:
    """What became of the office's own forms, and how many example rows were passed over."""
    for one in forms:
        sheet = one.file.rpartition("/")[2]
        line = edge.say("sheet {sheet}: {count} records read as the form {form}")
        tell(line.format(sheet=sheet, count=one.records, form=one.form))
        if one.unfinished:
            line = edge.say("  {count} rows are not finished yet and were passed over")
            tell(line.format(count=one.unfinished))
        if one.unread:
            line = edge.say("  not read, for no column of the form is headed so: {headings}")
            tell(line.format(headings="、".join(one.unread)))
    if examples:
        tell(edge.say("{count} example rows were passed over").format(count=examples))


def _tell_preview(edge: Edge, preview: Preview, show: int) -> None:
    from data.intake.headings import heading_of, title_of
    from data.intake.preview import Fate

    line = edge.say("{table}: {new} new, {changed} changed, {voided} voided, {same} unchanged")
    for table in preview.tables:
        told = line.format(
            table=title_of(table.table, edge.lang == "zh"),
            new=table.count(Fate.NEW),
            changed=table.count(Fate.CHANGED),
            voided=table.count(Fate.VOIDED),
            same=table.unchanged,
        )
        wrong = edge.say(", {count} with problems").format(count=table.wrong)
        tell(told + (wrong if table.wrong else ""))
        for row in table.rows[:show]:
            tell(_row_line(edge, row))
            for column, before, after in row.changes:
                name = heading_of(table.table, column, edge.lang == "zh")
                tell(f"      {name}: {_short(before)} → {_short(after)}")
        rest = table.rows[show:]
        if rest:
            counts = [
                f"{edge.say(FATES[fate])} {sum(row.fate is fate for row in rest)}"
                for fate in Fate
                if any(row.fate is fate for row in rest)
            ]
            more = edge.say("  and {count} more rows: {counts}")
            tell(more.format(count=len(rest), counts=", ".join(counts)))
    _tell_forms(edge, preview.forms, preview.examples)


def _row_line(edge: Edge, row: RowPreview) -> str:
    key = ", ".join(row.key)
    line = row.place.line
    where = edge.say("row {line}").format(line=line) if line else ""
    return f"  {where}  {edge.say(FATES[row.fate])}  {key}"


def _short(value: str | None) -> str:
    """A value in one line; a dash for none."""
    text = " ".join((value or "—").split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@click.command("template", cls=Command)
@click.argument("file", metavar="[FILE.xlsx]", required=False)
@click.option(
    "--form", metavar="FORM", help="A blank form of the office instead, by the form's name."
)
@click.option(
    "--with-records",
    is_flag=True,
    help="Fill it with what the store holds now, to be corrected and imported again.",
)
@with_edge
def template(edge: Edge, file: str | None, form: str | None, with_records: bool) -> None:
    """Write a workbook to be filled in: a sheet for each import table, with words to choose."""
    from services.importing import blank_form
    from services.importing import template as asked
    from services.papers import write_paper

    if form is not None:
        if with_records:
            hint = said("leave_one_out")
            raise BadInput([Problem(Place("--form"), said("form_holds_no_records"), hint)])
        content, blank = blank_form(edge.office(), form, edge.lang)
        name = blank.name
    else:
        content = asked(edge.office(), edge.lang, with_records=with_records)
        name = edge.say("import tables")
    path = Path(file or f"{name}.xlsx")
    if path.suffix.lower() != ".xlsx":
        wrong = said("not_a_workbook_name", file=str(path))
        raise BadInput([Problem(Place(str(path)), wrong, said("give_ending", suffix=".xlsx"))])
    write_paper(path, content, "template")
    tell(str(path))
