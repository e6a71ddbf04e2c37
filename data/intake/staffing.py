"""What an office decides about its people, one thing at a time: waivers, appointments, leavings,
delegations. Each is a row with the checks of an import; the same one twice is said, not doubled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, func, select

from data.cell_values import shown
from data.intake.imports import free_id, import_rows
from data.intake.prepared import Finishing, ImportReport
from data.likeness import called_by, near_ids
from data.name_book import NameBook
from data.records import Appointment, Records
from data.store.journal import Doing
from data.store.opening import Store
from data.store.tables import sql_table
from data.words import Words
from problems import BadInput, Place, Problem, Said, bare, clauses, did_you_mean, said

Row = Mapping[str, str]


class Recording(StrEnum):
    """What became of what was to be recorded."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Recorded:
    """The key of what was recorded, and whether it is new, corrects, or stood there already."""

    key: tuple[str, ...]
    outcome: Recording


@dataclass(frozen=True)
class Deciding:
    """Where a decision is recorded, by whom, the words and duties that it may name, and the names
    of what there is; `known` is what is wrong with it already.
    """

    store: Store
    words: Words
    duties: Collection[str]
    doing: Doing
    names: NameBook
    known: tuple[Problem, ...] = ()

    def write(
        self,
        tables: Mapping[str, Iterable[Row]],
        problems: list[Problem],
        finishing: Finishing | None = None,
    ) -> ImportReport:
        """Takes the rows in, all or nothing; `problems` are told with those of the import."""
        doing = self.doing
        # With its moment a row may say again what was struck out before it.
        moment = {"recorded_at": doing.now.isoformat(sep=" ", timespec="seconds")}
        kept = {
            name: [{column: text for column, text in row.items() if text} | moment for row in rows]
            for name, rows in tables.items()
        }
        problems = [*self.known, *problems]
        report = import_rows(
            self.store, kept, name="record", words=self.words, doing=doing,
            problems=problems, finishing=finishing,
        )  # fmt: skip
        if report.entry is None:
            message = said("struck_out_this_second")
            raise BadInput([Problem(Place("first"), message, said("try_again"))])
        return report

    def check_duty(self, duty: str | None, problems: list[Problem]) -> None:
        """Whether there is such a duty: tables are read without the rules, so they cannot tell."""
        if duty and duty not in self.duties and not self.known:
            hint = did_you_mean(duty, self.duties) or said("see_rules_list")
            problems.append(Problem(Place("duty"), said("no_such_duty", duty=duty), hint))


def waive(deciding: Deciding, row: Row) -> Recorded:
    """Records a waiver; without an id it gets the next free one, such as 免20240601-1."""
    return _by_id(deciding, "waivers", "waiver", "免", row, ("holder", "person", "duty", "subject"))


def delegate(deciding: Deciding, row: Row) -> Recorded:
    """Records a delegation; without an id it gets the next free one, such as 委20240601-1."""
    problems: list[Problem] = []
    if row.get("holder") == row.get("delegate"):
        message = said("post_acts_for_itself")
        problems.append(Problem(Place("delegate"), message, said("name_post_that_acts")))
    same = ("holder", "delegate", "duty")
    return _by_id(deciding, "delegations", "delegation", "委", row, same, problems)


def _by_id(
    deciding: Deciding,
    table: str,
    key: str,
    letter: str,
    row: Row,
    same: tuple[str, ...],
    problems: list[Problem] | None = None,
) -> Recorded:
    """A row with an id of its own, unless a standing one is about the `same` and its days."""
    problems = problems if problems is not None else []
    deciding.check_duty(row.get("duty"), problems)
    own = {column: text for column, text in row.items() if text}
    records = deciding.store.read_records(with_activities=False)
    standing = {getattr(one, key): _cells(one) for one in getattr(records, table)}
    if standing.get(own.get(key, "")) == own:
        return Recorded((own[key],), Recording.SAME)
    alike = [
        name
        for name, cells in standing.items()
        if all(cells.get(one) == own.get(one) for one in (*same, "first", "last"))
    ]
    if alike and key not in own:
        if all(standing[alike[0]].get(one) == text for one, text in own.items()):
            return Recorded((alike[0],), Recording.SAME)
        message = said("said_with_other_words", id=shown(alike[0]))
        hint = said(
            "correct_it_or_strike_it_out",
            option=bare(key),
            id=bare(alike[0]),
            table=bare(table),
        )
        problems.append(Problem(Place(key), message, hint))
    if key in own:
        report = deciding.write({table: [own]}, problems)
    else:
        report = _write_new(deciding, table, key, letter, own, problems)
    outcome = Recording.CHANGED if report.total("changed") else Recording.NEW
    return Recorded((own[key],), outcome)


class _Taken(Exception):
    """Raised where somebody else was given the id meanwhile."""


def _write_new(
    deciding: Deciding,
    table: str,
    key: str,
    letter: str,
    own: dict[str, str],
    problems: list[Problem],
) -> ImportReport:
    """Writes the row under the next free id; `own` gets it. Two clerks never get the same one."""
    column = sql_table(table).c[key]

    def check(connection: Connection) -> None:
        query = select(func.count()).where(column == own[key])
        if connection.scalar(query) != 1:
            raise _Taken

    while True:
        with deciding.store.reading() as connection:
            own[key] = free_id(connection, table, letter, own.get("first", ""))
        try:
            return deciding.write({table: [own]}, problems, check)
        except _Taken:
            continue


def _cells(record: object) -> dict[str, str]:
    """The filled cells of a record, as texts."""
    return {name: str(value) for name, value in vars(record).items() if value not in (None, "")}


def appoint(deciding: Deciding, row: Row, name: str | None = None) -> Recorded:
    """Records an appointment; a person that nobody knows yet is entered with it, given a `name`."""
    problems: list[Problem] = []
    records = deciding.store.read_records(with_activities=False)
    names = deciding.names
    person, post = row.get("person", ""), row.get("post", "")
    known = records.people.get(person)
    people: list[Row] = []
    if known is None and name:
        people = [{"person": person, "name": name}]
    elif known is None:
        hint = said("name_option_enters_the_person")
        raise BadInput([_unknown(names, person, hint), *_lacks(names, records, post)])
    elif name and known.name != name:
        message = said("id_of_another", id=shown(person), name=bare(known.name), given=bare(name))
        problems.append(Problem(Place("name"), message, said("give_another_id")))
    first, last = row.get("first", ""), row.get("last") or None
    for held in _held(records, person, post):
        if held.first.isoformat() == first:
            cells = _cells(held) | {"acting": "yes" if held.acting else ""}
            if all(cells.get(one, "") == row.get(one, "") for one in (*_APPOINTMENT, "last")):
                return Recorded((person, post, first), Recording.SAME)
        if held.first.isoformat() <= (last or "9999") and first <= str(held.last or "9999"):
            days = _days(held)
            who, what = names.book(PEOPLE).shown(person), names.book(POSTS).shown(post)
            message = said("holds_post_already", person=who, post=what, days=days)
            hint = said("leave_or_void_ends_it")
            problems.append(Problem(Place("first"), message, hint))
    deciding.write({"people": people, "appointments": [row]}, problems)
    return Recorded((person, post, first), Recording.NEW)


_APPOINTMENT = ("acting", "document", "reason")


PEOPLE, POSTS = ("people",), ("posts",)


def _unknown(names: NameBook, person: str, otherwise: Said) -> Problem:
    """That nobody has this id, with the ids of all who are called so: never one of several."""
    message = said("no_such_person", person=shown(person))
    hint = near_ids(person, names.book(PEOPLE), called_by(PEOPLE)) or otherwise
    return Problem(Place("person"), message, hint)


def _lacks(names: NameBook, records: Records, post: str) -> list[Problem]:
    if post in records.posts:
        return []
    hint = near_ids(post, names.book(POSTS), called_by(POSTS)) or said("enter_post_first")
    return [Problem(Place("post"), said("no_such_post", post=post), hint)]


def _held(records: Records, person: str, post: str) -> list[Appointment]:
    return [one for one in records.appointments if (one.person, one.post) == (person, post)]


def _days(held: Appointment) -> Said:
    if held.last:
        return said("from_day_to_day", first=held.first, last=held.last)
    return said("from_day_on", first=held.first)


def leave(
    deciding: Deciding, person: str, post: str, last: date, document: str, reason: str
) -> Recorded:
    """Ends the appointment that runs on `last`: its row is corrected, and bears the papers of both
    its beginning and its end.
    """
    records = deciding.store.read_records(with_activities=False)
    names = deciding.names
    problems = _lacks(names, records, post)
    if person not in records.people:
        problems.append(_unknown(names, person, said("enter_person_first")))
    if problems:
        raise BadInput(problems)
    held = _held(records, person, post)
    running = [one for one in held if one.first <= last and (one.last is None or one.last >= last)]
    if not running:
        days = clauses(_days(one) for one in held)
        who, what = names.book(PEOPLE).shown(person), names.book(POSTS).shown(post)
        message = said("does_not_hold_post", person=who, post=what, day=last)
        hint = said("appointment_runs", days=days) if held else said("no_such_appointment")
        raise BadInput([Problem(Place("last"), message, hint)])
    one = running[0]
    key = (person, post, one.first.isoformat())
    if one.last == last:
        return Recorded(key, Recording.SAME)
    row = {
        "person": person,
        "post": post,
        "first": key[2],
        "last": last.isoformat(),
        "acting": "yes" if one.acting else "",
        "document": both(one.document, document),
        "reason": both(one.reason, reason),
    }
    deciding.write({"appointments": [row]}, [])
    return Recorded(key, Recording.CHANGED)


def both(first: str | None, last: str) -> str:
    """Both texts, that of the beginning and that of the end, in one cell; a repeated one once."""
    return f"{first}；{last}" if first and first != last else last
