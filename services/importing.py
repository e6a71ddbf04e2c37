"""Records taken in as sheets, what would be taken in, and sheets given out to be filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from data.import_columns import TABLES
from data.intake.forms import Form, forms
from data.intake.handing_back import marked_copy
from data.intake.imports import import_path
from data.intake.new_subjects import NewSubjects
from data.intake.prepared import ImportReport, Taking
from data.intake.preview import Preview, preview_path
from data.intake.returned import Remark
from data.keeping.evidence import FilesBeside
from data.keeping.export import current_rows
from data.keeping.making import create_store
from data.likeness import near_words
from data.store.journal import Doing
from data.store.opening import Store
from data.words import Words
from problems import BadInput, Place, Problem, Said, any_of, said
from reports.books.form_book import form_book
from reports.books.template_book import LISTS, template_book
from reports.i18n import Lang, translator
from reports.problem_words import in_one_line
from rules.rulebook import Rulebook
from services.office import (
    Office,
    done_at,
    local,
    made_store_of,
    office_rulebook,
    store_of,
    words_of,
)
from services.papers import write_paper
from services.unasked_words import tells_apart, unasked_words

Progress = Callable[[int, int, str], None]
"""Told how many rows of how many are done, and of which table."""


CAREFULLY: Final = Taking(odd_days=False)
"""What is taken unless somebody asks for more."""


@dataclass(frozen=True)
class Sheets:
    """What somebody hands in, beside the rules whose words it may use: a folder of CSV files, one
    of them, or a workbook.

    With `recorded_as_dated` rows without recorded_at count as recorded on their own day; `year` is
    that of days which name none. `back` is where the workbook is to be written again with what is
    wrong with its rows; `asked`, what is to be taken beside what is always.
    """

    path: Path
    rulebook: Rulebook
    recorded_as_dated: bool = False
    year: int | None = None
    back: Path | None = None
    asked: Taking = CAREFULLY


def handed_in(
    office: Office,
    path: Path,
    *,
    recorded_as_dated: bool = False,
    year: int | None = None,
    back: Path | None = None,
    odd_days: bool = False,
    new_subjects: str | None = None,
    as_new: Sequence[str] = (),
) -> Sheets:
    """What is at `path`, not read yet. `new_subjects` is the type of subjects taken in with
    the records that name them; `as_new`, the names that are new whatever they resemble, parted by
    semicolons. Raises BadInput where nothing is at `path`, nothing can be given back as `back` is
    named, or there is no such type.
    """
    rulebook = office_rulebook(office)
    if not path.exists() and not path.is_symlink():
        hint = said("name_a_source")
        raise BadInput([Problem(Place(str(path)), said("no_such_file_or_folder"), hint)])
    if back is not None:
        _check_back(path, back)
    wanted = _new_subjects(rulebook, new_subjects, as_new)
    return Sheets(path, rulebook, recorded_as_dated, year, back, Taking(odd_days, wanted))


def _new_subjects(
    rulebook: Rulebook, type_: str | None, as_new: Sequence[str]
) -> NewSubjects | None:
    """What is to be taken as new. Raises BadInput for a type that no rule can know."""
    if type_ is None:
        if as_new:
            told = said("confirms_nothing", name=as_new[0])
            raise BadInput([Problem(Place("--as-new"), told, said("give_new_subjects_too"))])
        return None
    types = rulebook.vocabulary.subject_types
    if type_ not in types:
        told = said("unknown_subject_type", type=type_)
        hint = near_words(type_, types) or said("write_instead", words=any_of(types))
        raise BadInput([Problem(Place("--new-subjects"), told, hint)])
    names = (name.strip() for one in as_new for name in one.replace("；", ";").split(";"))
    return NewSubjects(type_, frozenset(name for name in names if name))


@dataclass(frozen=True)
class Idle:
    """A word of a unit's type or an adoption's document that no rule knows: nobody is judged by it.

    Said and not refused: the rules of another day or folder may know it.
    """

    said: Said
    hint: Said | None


@dataclass(frozen=True)
class Taken:
    """What an import did, how many files of evidence came with it, what has no effect, and which
    words of its acts nobody asks for.
    """

    report: ImportReport
    files: int
    idle: tuple[Idle, ...]
    unasked: tuple[Problem, ...]


@dataclass(frozen=True)
class Foreseen:
    """What an import would do, what would have no effect, and which words of its acts nobody asks
    for.
    """

    preview: Preview
    idle: tuple[Idle, ...]
    unasked: tuple[Problem, ...]


def take(office: Office, doing: Doing, sheets: Sheets, progress: Progress | None = None) -> Taken:
    """Takes all of it in, or nothing; a store is made where there is none. Raises BadInput with
    every problem.
    """
    rulebook = sheets.rulebook
    store = made_store_of(office, doing)
    done = done_at(doing, store)
    beside = FilesBeside(store, sheets.path / "files")
    try:
        report = import_path(
            store,
            sheets.path,
            words=_words(rulebook),
            doing=done,
            recorded_as_dated=sheets.recorded_as_dated,
            progress=progress,
            finishing=beside,
            year=sheets.year,
            asked=sheets.asked,
        )
    except BaseException:
        store.take_back()
        raise
    return Taken(
        report,
        beside.count,
        tuple(_idle_in(rulebook, store, report.counts)),
        tuple(unasked_words(rulebook, report.manners, done.now.date())),
    )


def _words(rulebook: Rulebook) -> Words:
    """The words that an import may use, and which manners of acts a rule may refuse."""
    return replace(words_of(rulebook), tells_apart=tells_apart(rulebook))


def preview(office: Office, now: datetime, sheets: Sheets) -> Foreseen:
    """What `take` would do; nothing is written, and what is wrong stands in it. Raises BadInput
    where the sheets or the store cannot be read at all.
    """
    store = _looked_at(office, now)
    moment = local(now, store)
    found = preview_path(
        store,
        sheets.path,
        words=_words(sheets.rulebook),
        now=moment,
        recorded_as_dated=sheets.recorded_as_dated,
        year=sheets.year,
        asked=sheets.asked,
    )
    wrong = FilesBeside(store, sheets.path / "files").wrong(found.files)
    found = replace(found, problems=tuple(sorted((*found.problems, *wrong))))
    return Foreseen(
        found,
        tuple(_idle(sheets.rulebook, found.types, found.documents)),
        tuple(unasked_words(sheets.rulebook, found.manners, moment.date())),
    )


def _looked_at(office: Office, now: datetime) -> Store:
    """The store as it is; an empty one in memory where there is none, for nothing is written."""
    try:
        return store_of(office)
    except BadInput as error:
        if any(one.code != "no_store_here" for one in error.problems):
            raise
    return create_store("sqlite://", None, Doing(local(now)))


def _idle_in(rulebook: Rulebook, store: Store, counts: Mapping[str, object]) -> Iterator[Idle]:
    if {"units", "adoptions"} & counts.keys():
        records = store.read_records(with_activities=False)
        types = {one.type for one in records.units.values()}
        yield from _idle(rulebook, types, {one.document for one in records.adoptions or ()})


def _idle(rulebook: Rulebook, types: Set[str], documents: Set[str]) -> Iterator[Idle]:
    known = rulebook.vocabulary.unit_types
    for word in sorted(types - known.keys()):
        yield Idle(said("type_without_rules", type=word), near_words(word, known))
    for word in sorted(documents - rulebook.documents.keys()):
        near = near_words(word, rulebook.documents)
        yield Idle(said("document_without_rules", document=word), near)


def _check_back(source: Path, back: Path) -> None:
    """Raises BadInput where the workbook cannot be given back under that name."""
    suffix = source.suffix.lower() if source.is_file() else ".xlsx"
    suffix = ".xlsx" if suffix == ".csv" else suffix
    place = Place("--return")
    if back.suffix.lower() != suffix:
        hint = said("give_ending", suffix=suffix)
        raise BadInput([Problem(place, said("not_a_workbook_name", file=str(back)), hint)])
    if back.absolute() == source.absolute():
        hint = said("name_another_keep_handed_in")
        raise BadInput([Problem(place, said("is_the_file_read", file=str(back)), hint)])


def give_back(sheets: Sheets, problems: Sequence[Problem], lang: Lang) -> Path | None:
    """Writes the workbook with the problems beside their rows, where it is wanted back; None where
    none of them lies in a row.
    """
    say = translator(lang)
    remarks: dict[str, list[Remark]] = defaultdict(list)
    for one in problems:
        text = in_one_line(one.said, one.hint, lang)
        remarks[one.place.file].append(Remark(one.place.line, one.place.column, text))
    copy = marked_copy(sheets.path, remarks, say("problem"), sheets.year)
    if copy is None or sheets.back is None:
        return None
    write_paper(sheets.back, copy, "import")
    return sheets.back


def template(office: Office, lang: Lang, *, with_records: bool = False) -> bytes:
    """A workbook with a sheet for each import table; with what the store holds now, if asked."""
    vocabulary = office_rulebook(office).vocabulary
    lists = {one: list(getattr(vocabulary, one)) for one in LISTS}
    records = None
    if with_records:
        with store_of(office).reading() as connection:
            records = {one: current_rows(connection, one) for one in TABLES}
    return template_book(lists, lang, records)


def blank_form(office: Office, name: str, lang: Lang) -> tuple[bytes, Form]:
    """A blank form of the office as a workbook. Raises BadInput where there is no such form."""
    kinds = list(office_rulebook(office).vocabulary.kinds)
    form = forms().get(name)
    if form is None:
        hint = near_words(name, forms()) or said("forms_are", forms=any_of(forms()))
        raise BadInput([Problem(Place("--form"), said("no_such_form", form=name), hint)])
    return form_book(form, kinds, lang), form
