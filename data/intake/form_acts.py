"""What the office's own forms say, as rows of the table of activities.

An id is made of the day and of what tells one record from another, so that the same form read
again changes nothing. What cannot be told from a form is asked for, never guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from data.cell_traces import untraced
from data.cell_values import shown
from data.dates import Figure, day_of, split_clock, time_of
from data.import_columns import TABLES
from data.intake.forms import Form, FormCell, FormColumn, FormRow, FormSheet
from data.intake.headings import plain_text
from data.intake.officials import Directory
from data.intake.sheets import CellSpots, Sheet, SpottedSheet
from data.likeness import near_words
from data.words import Words
from problems import Objection, Place, Problem, Said, any_of, said

_HAS = frozenset({"有", "是", "√", "✓", "附", "见附件", "已附", "1", "yes"})
_HAS_NOT = frozenset({"无", "否", "×", "没有", "0", "no", "/", "-", "—"})
_UNTIL = re.compile(r"\s*(?:至|到|~|～|—+|–|-)\s*")
_EMPTY_BOXES = "□☐○"
_BOXED = re.compile(r"([□☐○☑√✓✔■☒●]?)四不两直([□☐○☑√✓✔■☒●]?)")
_PART_OF_DAY = re.compile(r"[ 　]*(?:全天|上午|下午|中午|晚上|晚)[ 　]*$")
_ITEMS = re.compile(r"[;；\n]+")


@dataclass(frozen=True)
class FormReport:
    """What became of one sheet: how many records, how many not finished yet, what was not read."""

    file: str
    form: str
    records: int
    unfinished: int
    unread: tuple[str, ...]


def acts_of_forms(
    sheets: Iterable[FormSheet],
    directory: Directory,
    beside: Sheet | None,
    words: Words,
    problems: list[Problem],
) -> tuple[Sheet, list[FormReport]]:
    """All records of the forms, behind those of the table of activities that came with them."""
    old = beside.as_rows() if beside else []
    rows: list[Mapping[str, str]] = [row for row, _ in old]
    spots: list[CellSpots] = [spot for _, spot in old]
    reports: list[FormReport] = []
    for sheet in sheets:
        unfinished = 0
        before = len(rows)
        for row in sheet.rows:
            reading = _FormRecord(sheet, row, directory, words)
            if reading.is_unfinished():
                unfinished += 1
                continue
            made = reading.act()
            problems += reading.problems
            if made is not None:
                rows.append(made)
                spots.append(reading.spot())
        reports.append(
            FormReport(sheet.file, sheet.form.name, len(rows) - before, unfinished, sheet.unread)
        )
    table = TABLES["activities"]
    columns = {name: tuple(row.get(name, "") for row in rows) for name in table.known}
    lines = [spot.line for spot in spots]
    year, examples = (beside.year, beside.examples) if beside else (None, 0)
    made_sheet = SpottedSheet(
        table, table.name, {}, columns, lines, year=year, examples=examples, spots=spots
    )
    return made_sheet, reports


def subjects_of_forms(
    sheets: Iterable[FormSheet], directory: Directory, words: Words
) -> Iterator[tuple[str, Place, str, str]]:
    """The names in the forms that are to be subjects and that nothing known has: where each stands,
    its day and holder, which are empty where they cannot be read.
    """
    for sheet in sheets:
        for row in sheet.rows:
            reading = _FormRecord(sheet, row, directory, words)
            if not reading.is_unfinished():
                yield from reading.unknown_subjects()


class _FormRecord:
    """One record of a form on its way to an activity."""

    def __init__(
        self,
        sheet: FormSheet,
        row: FormRow,
        directory: Directory,
        words: Words,
    ) -> None:
        self.sheet, self.row, self.directory, self.words = sheet, row, directory, words
        self.problems: list[Problem] = []
        self.form: Form = sheet.form
        self.cells: dict[str, tuple[int, int]] = {}
        self.notes: list[str] = []

    def spot(self) -> CellSpots:
        """Where the record stands."""
        line = min((cell.line for cell in self.row.values()), default=1)
        return CellSpots(self.sheet.file, line, self.cells)

    def is_unfinished(self) -> bool:
        """Whether a form that lists what is still to be done has no day for this row yet."""
        return self.form.is_open and not self._filled("when")

    def act(self) -> dict[str, str] | None:
        """The record as a row of activities; None where something is wrong, which is told."""
        self._check_traces()
        if self.problems:
            return None
        act = {"kind": self._kind()}
        act.update(self._when())
        act.update(self._whose(act.get("day", "")))
        act.update(self._subjects())
        act.update(self._way())
        for name in ("recorded_by", "for_period", "makes_up"):
            for _, cell in self._filled(name):
                act[name] = cell.text.strip()
                self._at(name, cell)
        evidence = self._evidence(act.get("day", ""))
        if evidence:
            act["evidence"] = ";".join(evidence)
        for says in ("topic", "note", "number"):
            for column, cell in self._filled(says):
                if says != "number" or not plain_text(cell.text).isdigit():
                    self._note(column.name, cell)
        if self.problems:
            return None
        act["note"] = "\n".join(self.notes)
        act["activity"] = self._id(act)
        return act

    def _check_traces(self) -> None:
        """What other programs left in the cells instead of what somebody wrote."""
        for name, cell in self.row.items():
            if self.form.columns[name].says != "skip":
                try:
                    untraced("note", cell.text)
                except Objection as error:
                    self._wrong(cell, error.said, error.hint)

    def _filled(self, says: str) -> list[tuple[FormColumn, FormCell]]:
        return [
            (column, self.row[column.name])
            for column in self.form.says(says)
            if column.name in self.row and self.row[column.name].text.strip()
        ]

    def _at(self, name: str, cell: FormCell) -> None:
        self.cells[name] = (cell.line, cell.position)

    def _wrong(self, cell: FormCell | None, message: Said, hint: Said | None) -> None:
        spot = self.spot()
        line, position = (cell.line, cell.position) if cell else (spot.line, 0)
        self.problems.append(Problem(Place(spot.file, line, position), message, hint))

    def _absent(self, says: str) -> FormCell | None:
        """The empty cell in which this should have stood, where the form shows one."""
        return next(
            (self.row[one.name] for one in self.form.says(says) if one.name in self.row), None
        )

    def _note(self, name: str, cell: FormCell) -> None:
        self._at("note", cell)
        self.notes.append(f"{name}：{cell.text.strip()}")

    def _kind(self) -> str:
        known = self.words.kinds
        filled = self._filled("kind")
        if filled:
            cell = filled[0][1]
            kind = cell.text.strip()
            self._at("kind", cell)
            if known and kind not in known:
                hint = near_words(kind, known) or said("office_vocabulary")
                self._wrong(cell, said("unknown_kind", kind=shown(kind)), hint)
            return kind
        by_title = {
            kind for word, kind in self.form.title_kinds.items() if word in self.sheet.title
        }
        kind = self.form.kind or (by_title.pop() if len(by_title) == 1 else "")
        if kind and (not known or kind in known):
            return kind
        column = self.form.says("kind")[0].name if self.form.says("kind") else ""
        offered = [one for one in self.form.such_as if not known or one in known]
        hint = said("write_kind_under", column=column)
        if offered:
            hint = said("write_kind_under_such_as", column=column, kinds=any_of(offered))
        told = said("unknown_kind", kind=shown(kind)) if kind else said("form_tells_no_kind")
        self._wrong(self._absent("kind"), told, hint)
        return ""

    def _when(self) -> dict[str, str]:
        filled = self._filled("when")
        if not filled:
            column = self.form.says("when")[0].name
            empty = said("value_empty", column=column)
            self._wrong(self._absent("when"), empty, said("every_record_has_its_day"))
            return {}
        cell = filled[0][1]
        for name in ("day", "time", "first_day"):
            self._at(name, cell)
        try:
            told = days_and_time(cell.text, self.sheet.year)
            for _, clock in self._filled("clock"):
                self._at("time", clock)
                cell = clock
                told["time"] = time_of(_UNTIL.split(clock.text)[0])
            return told
        except Objection as error:
            self._wrong(cell, error.said, error.hint)
            return {}

    def _whose(self, day: str) -> dict[str, str]:
        officials, units = self._filled("official"), self._filled("unit")
        if not officials and not units:
            names = [one.name for says in ("official", "unit") for one in self.form.says(says)]
            empty = self._absent("official") or self._absent("unit")
            blank = said("is_empty", columns=any_of(names))
            self._wrong(empty, blank, said("every_record_says_whose"))
            return {}
        column, cell = (officials or units)[0]
        for name in ("holder", "person", "role"):
            self._at(name, cell)
        for also, other in units if officials else ():
            self._note(also.name, other)
        try:
            if officials and not day:
                self.directory.named(cell.text)
                return {}
            if not officials:
                return {"holder": self.directory.unit(cell.text)}
            post, person = self.directory.official(cell.text, day)
            return {"holder": post, "person": person, "role": column.role}
        except Objection as error:
            self._wrong(cell, error.said, error.hint)
            return {}

    def _subjects(self) -> dict[str, str]:
        found: list[str] = []
        for column, cell in (*self._filled("subjects"), *self._filled("about")):
            self._at("subjects", cell)
            ids, unknown, wrong = self.directory.subjects(cell.text)
            if column.says == "subjects":
                for error in wrong:
                    self._wrong(cell, error.said, error.hint)
            elif unknown:
                self.notes.append(f"{column.name}：{'、'.join(unknown)}")
            found += [one for one in ids if one not in found]
        return {"subjects": ";".join(found)} if found else {}

    def unknown_subjects(self) -> Iterator[tuple[str, Place, str, str]]:
        """The subjects that nobody knows, with place, day and holder."""
        day = self._when().get("day", "")
        holder = self._whose(day).get("holder", "")
        for _, cell in self._filled("subjects"):
            _, unknown, wrong = self.directory.subjects(cell.text)
            for name, error in zip(unknown, wrong, strict=True):
                if error.said.code == "none_called":
                    yield name, Place(self.sheet.file, cell.line, cell.position), day, holder

    def _way(self) -> dict[str, str]:
        for column, cell in self._filled("way"):
            self._at("attributes", cell)
            text = plain_text(cell.text)
            if text != "四不两直":
                self._note(column.name, cell)
            if re.search("(?:非|不是|未|没有)(?:采取|采用|按)?四不两直", text):
                return {"attributes": "四不两直=否"}
            found = _BOXED.search(text)
            box = (found[1] or found[2]) if found else "□"
            if not box or box not in _EMPTY_BOXES:
                return {"attributes": "四不两直=是"}
        return {}

    def _evidence(self, day: str) -> list[str]:
        """What proves the act; a bare yes becomes an item of its own day, which is no other's."""
        found: list[str] = []
        for column, cell in self._filled("evidence"):
            self._at("evidence", cell)
            if plain_text(cell.text) in _HAS:
                found.append(f"{column.name} {day}")
            elif plain_text(cell.text) not in _HAS_NOT:
                found += [item for part in _ITEMS.split(cell.text) if (item := part.strip())]
        return found

    def _id(self, act: Mapping[str, str]) -> str:
        """The record's id: the form's mark, the day, and a hash of what tells it from others."""
        told = [
            plain_text(cell.text) for says in ("topic", "number") for _, cell in self._filled(says)
        ]
        told = [one for one in told if not one.isdigit()]  # A running number names no record.
        names = ("day", "first_day", "time", "holder", "person", "subjects")
        key = "\0".join([self.form.name, *(act.get(name, "") for name in names), *told])
        digest = hashlib.sha256(key.encode()).hexdigest()[:8]
        return f"{self.form.mark}{act['day'].replace('-', '')}-{digest}"


def days_and_time(text: str, year: int | None) -> dict[str, str]:
    """`day`, and `time` and `first_day` where they are told. Raises Objection.

    Of times from … to … the first is taken: it is when the act began.
    """
    if not isinstance(text, Figure):
        text = _PART_OF_DAY.sub("", text)
    day, clock = split_clock(text)
    if clock:
        return {"day": day_of(day, year), "time": time_of(_UNTIL.split(clock)[0])}
    try:
        return {"day": day_of(text, year)}
    except Objection:
        for found in _UNTIL.finditer(text):
            try:
                first = day_of(text[: found.start()], year)
                return {"first_day": first, "day": _last(text[found.end() :], first)}
            except Objection:
                continue
        raise


def _last(text: str, first: str) -> str:
    """The last day of a stretch; it may leave out the year, or the month too."""
    year, month = int(first[:4]), int(first[5:7])
    only_day = re.fullmatch(r"\s*([0-9]{1,2})\s*[日号]\s*", text)
    last = day_of(f"{month}月{only_day[1]}日" if only_day else text, year)
    if last < first:
        raise Objection(said("not_a_day", text=shown(text)), said("stretch_order"))
    return last
