"""Commands that take records in as sheets, show what would be taken, and give sheets out."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.edge import (
    FIRST_YEAR,
    LAST_YEAR,
    Edge,
    now,
    progress,
    told,
    told_in_journal,
    with_edge,
)
from commands.keeping import BACK_DATED
from commands.papers import hush, writable
from commands.words import Command
from problems import BadInput, Place, Problem
from reports.i18n import mark

if TYPE_CHECKING:
    from data.form_acts import FormReport
    from data.preview import Preview, RowPreview
    from data.store import Store
    from data.words import Words

_LONGEST = 60
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
    dry_run: bool,
    show: int,
    returned: str | None,
) -> None:
    """Import a folder of CSV files, one CSV file or an .xlsx workbook: all of it or nothing."""
    words = edge.words()
    source = Path(path)
    _must_exist(source)
    back = Path(returned) if returned else None
    if back is not None:
        _check_back(source, back)
    try:
        if dry_run:
            from data.preview import preview_path

            store = _looked_at(edge)
            preview = preview_path(
                store,
                source,
                words=words,
                now=now(store),
                recorded_as_dated=recorded_as_dated,
                year=year,
            )
            try:
                _tell_preview(edge, preview, show)
            except BrokenPipeError:
                # Whoever reads only the first lines is told all the same that rows are wrong.
                if not preview.problems:
                    raise
                hush(sys.stdout)
            if preview.problems:
                raise BadInput(preview.problems)
            return
        _take(edge, source, words, recorded_as_dated, year)
    except BadInput as error:
        if back is not None:
            _give_back(edge, source, back, error.problems, year)
        raise


def _take(
    edge: Edge, source: Path, words: Words, recorded_as_dated: bool, year: int | None
) -> None:
    from data.evidence import FilesBeside
    from data.imports import import_path

    store = edge.made_store()
    doing = edge.doing(store)
    beside = FilesBeside(store, source / "files")
    try:
        report = import_path(
            store,
            source,
            words=words,
            now=doing.now,
            who=doing.who,
            why=doing.why,
            recorded_as_dated=recorded_as_dated,
            progress=_shown(edge),
            finishing=beside,
            year=year,
        )
    except BaseException:
        store.take_back()
        raise
    line = edge.say("{table}: {new} new, {changed} changed, {voided} voided, {same} unchanged")
    for table, counts in report.counts.items():
        click.echo(
            line.format(
                table=table,
                new=counts["new"],
                changed=counts["changed"],
                voided=counts["voided"],
                same=counts["unchanged"],
            )
        )
    if beside.count:
        text = edge.say("{count} files of evidence taken in, checked by their hashes")
        click.echo(text.format(count=beside.count))
    _tell_forms(edge, report.forms, report.examples)
    for line in _idle(edge, store, report.counts):
        click.echo(line, err=True)
    if report.back_dated:
        click.echo(edge.say(BACK_DATED).format(count=report.back_dated))
    if report.entry is None:
        click.echo(edge.say("nothing changed: the store held all of this already"))


def _idle(edge: Edge, store: Store, counts: Mapping[str, object]) -> Iterator[str]:
    """What the import's units and adoptions name that no rule knows: nobody is judged by it.

    Said and not refused: the rules of another day or folder may know it.
    """
    from data.nearby import near_words

    if not {"units", "adoptions"} & counts.keys():
        return
    rulebook, records = edge.rulebook(), store.read_records(with_activities=False)
    types = rulebook.vocabulary.unit_types
    unknown = sorted({one.type for one in records.units.values()} - types.keys())
    text = edge.say("no rule knows units of the type '{word}': nothing may be asked of them")
    for word in unknown:
        yield _with_hint(edge, text.format(word=word), near_words(word, types))
    documents = {one.document for one in records.adoptions or ()} - rulebook.documents.keys()
    text = edge.say("no rule file is of the document '{word}': its adoption binds nobody")
    for word in sorted(documents):
        yield _with_hint(edge, text.format(word=word), near_words(word, rulebook.documents))


def _with_hint(edge: Edge, text: str, hint: str) -> str:
    return told(text, hint, edge.lang) if hint else text


def _must_exist(path: Path) -> None:
    if not path.exists():
        hint = "name a folder of CSV files, a CSV file or an .xlsx workbook"
        raise BadInput([Problem(Place(str(path)), "no such file or folder", hint)])


def _shown(edge: Edge) -> Callable[[int, int, str], None] | None:
    show = progress(edge.say("importing"))
    if show is None:
        return None
    return lambda done, total, _table: show(done, total)


def _looked_at(edge: Edge) -> Store:
    """The store as it is; an empty one in memory where there is none, for nothing is written."""
    from data.making import create_store

    try:
        return edge.store()
    except BadInput as error:
        if any(one.message != "there is no store here" for one in error.problems):
            raise
    return create_store("sqlite://", None, now())


def _tell_forms(edge: Edge, forms: Iterable[FormReport], examples: int) -> None:
    """What became of the office's own forms, and how many example rows were passed over."""
    for one in forms:
        sheet = one.file.rpartition("/")[2]
        line = edge.say("sheet {sheet}: {count} records read as the form {form}")
        click.echo(line.format(sheet=sheet, count=one.records, form=one.form))
        if one.unfinished:
            line = edge.say("  {count} rows are not finished yet and were passed over")
            click.echo(line.format(count=one.unfinished))
        if one.unread:
            line = edge.say("  not read, for no column of the form is headed so: {headings}")
            click.echo(line.format(headings="、".join(one.unread)))
    if examples:
        click.echo(edge.say("{count} example rows were passed over").format(count=examples))


def _tell_preview(edge: Edge, preview: Preview, show: int) -> None:
    from data.headings import heading_of

    line = edge.say("{table}: {new} new, {changed} changed, {voided} voided, {same} unchanged")
    for table in preview.tables:
        told = line.format(
            table=table.table,
            new=table.count("new"),
            changed=table.count("changed"),
            voided=table.count("voided"),
            same=table.unchanged,
        )
        wrong = edge.say(", {count} with problems").format(count=table.wrong)
        click.echo(told + (wrong if table.wrong else ""))
        for row in table.rows[:show]:
            click.echo(_row_line(edge, row))
            for column, before, after in row.changes:
                name = heading_of(table.table, column, edge.lang == "zh")
                click.echo(f"      {name}: {_short(before)} → {_short(after)}")
        rest = table.rows[show:]
        if rest:
            counts = [
                f"{edge.say(FATES[fate])} {sum(row.fate == fate for row in rest)}"
                for fate in ("new", "changed", "voided")
                if any(row.fate == fate for row in rest)
            ]
            more = edge.say("  and {count} more rows: {counts}")
            click.echo(more.format(count=len(rest), counts=", ".join(counts)))
    _tell_forms(edge, preview.forms, preview.examples)
    click.echo(edge.say("dry run: nothing was written"))


def _row_line(edge: Edge, row: RowPreview) -> str:
    key = ", ".join(row.key)
    line = row.place.line
    where = edge.say("row {line}").format(line=line) if line else ""
    return f"  {where}  {edge.say(FATES[row.fate])}  {key}"


def _short(value: str | None) -> str:
    """A value in one line; a dash for none."""
    text = " ".join((value or "—").split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _check_back(source: Path, back: Path) -> None:
    """Raises BadInput where the workbook cannot be given back under that name."""
    suffix = source.suffix.lower() if source.is_file() else ".xlsx"
    suffix = ".xlsx" if suffix == ".csv" else suffix
    place = Place("--return")
    if back.suffix.lower() != suffix:
        hint = f"give it the ending '{suffix}'"
        raise BadInput([Problem(place, f"'{back}' is not named as a workbook is", hint)])
    if back.absolute() == source.absolute():
        hint = "name another file: what was handed in stays as it is"
        raise BadInput([Problem(place, f"'{back}' is the file that is read", hint)])


def _give_back(
    edge: Edge, source: Path, back: Path, problems: Sequence[Problem], year: int | None
) -> None:
    """Writes the workbook with the problems beside their rows."""
    from data.handing_back import marked_copy
    from data.returned import Remark
    from reports.problem_words import in_words

    remarks: dict[str, list[Remark]] = defaultdict(list)
    for one in problems:
        said, hint = in_words(one.message, edge.lang), in_words(one.hint, edge.lang)
        apart = "；" if edge.lang == "zh" else "; "
        text = f"{said}{apart}{hint}" if hint else said
        remarks[one.place.file].append(Remark(one.place.line, one.place.column, text))
    copy = marked_copy(source, remarks, edge.say("problem"), year)
    if copy is None:
        click.echo(edge.say("nothing is given back: no problem lies in a row of a sheet"))
        return
    with writable(back):
        back.write_bytes(copy)
    click.echo(edge.say("the workbook with its problems: {file}").format(file=back))


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
    vocabulary = edge.rulebook().vocabulary
    if form is not None:
        if with_records:
            hint = "leave one of them out"
            raise BadInput([Problem(Place("--form"), "a form holds no records of the store", hint)])
        content, name = _blank_form(edge, form, list(vocabulary.kinds))
    else:
        from reports.template_book import LISTS, template_book

        lists = {one: list(getattr(vocabulary, one)) for one in LISTS}
        records = None
        if with_records:
            from data.columns import TABLES
            from data.export import current_rows

            with edge.store().reading() as connection:
                records = {one: current_rows(connection, one) for one in TABLES}
        content = template_book(lists, edge.lang, records)
        name = edge.say("import tables")
    path = Path(file or f"{name}.xlsx")
    if path.suffix.lower() != ".xlsx":
        hint = "give it the ending '.xlsx'"
        raise BadInput([Problem(Place(str(path)), f"'{path}' is not named as a workbook is", hint)])
    if not file and path.exists():
        hint = "name another file, or this one if it may be written over"
        raise BadInput([Problem(Place(str(path)), "this file is there already", hint)])
    with writable(path):
        path.write_bytes(content)
    click.echo(str(path))


def _blank_form(edge: Edge, name: str, kinds: list[str]) -> tuple[bytes, str]:
    from data.forms import forms
    from data.nearby import near_words
    from problems import one_of
    from reports.form_book import form_book

    form = forms().get(name)
    if form is None:
        hint = near_words(name, forms()) or f"the forms are {one_of(list(forms()))}"
        raise BadInput([Problem(Place("--form"), f"there is no form '{name}'", hint)])
    return form_book(form, kinds, edge.lang), form.name
