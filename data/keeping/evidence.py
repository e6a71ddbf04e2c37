"""Files as evidence of acts: kept by their SHA-256, with a row of `attachments` for each.

A file is kept before its record is committed: a record never names one that was not there. Where
that fails the file stays, named by nothing: taken away, it might be missing to whoever attached the
same one at the same time. Where files are kept, the setting `files` says; without it they stand
beside the store, in a folder of its name.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from sqlalchemy import Connection, select, text

from data.cell_values import items, shown
from data.disk_names import disk_name
from data.flags import newest_sql, not_void_sql
from data.import_columns import TABLES
from data.intake.imports import import_rows
from data.keeping.lost_files import Lost, lost_problem, named_files
from data.outputs import output_file, refuse_store
from data.store.files import Folder, Opened, digest_of, folder_at, is_url
from data.store.journal import Doing
from data.store.opening import Store
from data.store.reading import LATEST, known_rows
from data.store.standing import holding, stored_versions
from data.store.tables import sql_table
from data.words import ANY_WORDS
from files import opened
from problems import BadInput, Place, Problem, bare, did_you_mean, names, reason_of, said, visible

_FILES = sql_table("attachments")
_ACTS = sql_table("activities")
_LONGEST_STEM = 150


@dataclass(frozen=True)
class Kept:
    """A file of an act, with who attached it and when."""

    attachment: str
    activity: str
    sha256: str
    name: str
    size: int
    type: str | None
    recorded_by: str | None
    recorded_at: str


@dataclass(frozen=True)
class Attached:
    """A file that was handed in. `is_new`: the act had it not yet.

    `elsewhere` are the other acts that it proves, each with its day.
    """

    file: Kept
    is_new: bool
    elsewhere: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FilesChecked:
    """How many files and bytes were found sound, and what is lost, by activity and name."""

    files: int
    bytes: int
    lost: tuple[Lost, ...]


def files_place(store: Store, connection: Connection, to_be: Path | None = None) -> str:
    """Where the store keeps its files: as the setting says, else beside the store, or beside
    `to_be`, the file of a store that is still to be made.

    A folder without a root is one beside the store. Raises BadInput for a store on a server that
    says nothing.
    """
    told = {row[0]: row[1] for row in known_rows(connection, "settings", LATEST)}
    place, file = told.get("files"), to_be or store.file
    if place and (is_url(place) or Path(place).is_absolute()):
        return str(place)
    if file is None:
        message = said("store_without_folder")
        hint = said("init_says_where_files_are")
        raise BadInput([Problem(Place(store.name), message, hint)])
    return str(file.absolute().parent / place) if place else f"{file.absolute()}.files"


def evidence_folder(store: Store, connection: Connection) -> Folder:
    """The place where the store keeps its files."""
    return folder_at(files_place(store, connection))


def attach(store: Store, activity: str, paths: Sequence[Path], doing: Doing) -> list[Attached]:
    """Keeps the files as evidence of the act, all of them or none; in the order of `paths`.

    Raises BadInput with every problem.
    """
    problems: list[Problem] = []
    with store.reading() as connection:
        _check_act(connection, activity, problems)
        read = [_digest(path, problems) for path in paths]
        if problems:
            raise BadInput(problems)
        folder = evidence_folder(store, connection)
        own = files_of(connection, activity)
        stem = _FILES.c.attachment.startswith(f"{activity[:_LONGEST_STEM]}-", autoescape=True)
        taken = set(connection.scalars(select(_FILES.c.attachment).where(stem)))
        elsewhere = [_elsewhere(connection, sha256, activity) for sha256, _ in read]
    had = {one.sha256: one for one in own}
    rows: list[dict[str, str]] = []
    found: list[Attached] = []
    for path, (sha256, size), others in zip(paths, read, elsewhere, strict=True):
        folder.put(_opener(path), sha256, str(path))
        is_new = sha256 not in had
        if is_new:
            row = _row(activity, path, sha256, size, doing.who, taken)
            rows.append(row)
            had[sha256] = Kept(
                row["attachment"], activity, sha256, row["name"], size, row.get("type"),
                doing.who, "",
            )  # fmt: skip
        found.append(Attached(had[sha256], is_new, others))
    if rows:
        import_rows(store, {"attachments": rows}, name="attach", words=ANY_WORDS, doing=doing)
    return found


def _opener(path: Path) -> Opened:
    return lambda: opened(path)


def _digest(path: Path, problems: list[Problem]) -> tuple[str, int]:
    try:
        sha256, size = digest_of(_opener(path))
    except BadInput as error:
        problems += error.problems
        return "", 0
    except OSError as error:
        problems.append(Problem(Place(str(path)), said("cannot_be_read", reason=reason_of(error))))
        return "", 0
    if size == 0:
        problems.append(
            Problem(Place(str(path)), said("file_empty"), said("empty_file_proves_nothing"))
        )
    return sha256, size


def _check_act(connection: Connection, activity: str, problems: list[Problem]) -> None:
    query = select(_ACTS.c.voided_at).where(_ACTS.c.activity == activity, text(newest_sql()))
    row = connection.execute(query).first()
    if row is None:
        alike = _ACTS.c.activity.startswith(activity[:1], autoescape=True)
        near = connection.scalars(select(_ACTS.c.activity).where(alike).limit(3000)).all()
        hint = did_you_mean(activity, near) or said("record_records_one")
        place = Place("ACTIVITY")
        problems.append(Problem(place, said("no_such_activity", activity=shown(activity)), hint))
    elif row[0] is not None:
        message = said("activity_is_void", activity=shown(activity), day=bare(row[0][:10]))
        problems.append(Problem(Place("ACTIVITY"), message, said("attach_to_valid_record")))


def _row(
    activity: str, path: Path, sha256: str, size: int, who: str | None, taken: set[str]
) -> dict[str, str]:
    """The row of a file; its id tells the act and the hash, and is never used twice."""
    stem = f"{activity[:_LONGEST_STEM]}-{sha256[:12]}"
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    taken.add(name)
    # A name that is no text on this system is kept as near as text comes.
    called = os.fsencode(path.name).decode("utf-8", "replace")
    sort = mimetypes.guess_type(path.name)[0]
    row = {"attachment": name, "activity": activity, "sha256": sha256, "name": called}
    row["size"] = str(size)
    return row | ({"type": sort} if sort else {}) | ({"recorded_by": who} if who else {})


def files_of(connection: Connection, activity: str) -> tuple[Kept, ...]:
    """The files of an act that were not struck out, in the order in which they came."""
    table = TABLES["attachments"]
    named = select(_FILES.c.attachment).where(_FILES.c.activity == activity)
    found: list[tuple[int, Kept]] = []
    for history in stored_versions(connection, table, connection.scalars(named)).values():
        newest = holding(history)
        if newest is None or newest.values[table.at["activity"]] != activity:
            continue
        since = takewhile(lambda one: one.void is None, reversed(history))
        cells: tuple[Any, ...] = newest.values
        name, act, sha256, called, size, sort, who = cells
        first = min(one.recorded_at for one in since)
        found.append((newest.row_id, Kept(name, act, sha256, called, int(size), sort, who, first)))
    return tuple(kept for _, kept in sorted(found, key=lambda one: one[0]))


def _elsewhere(connection: Connection, sha256: str, activity: str) -> tuple[tuple[str, str], ...]:
    """The other acts that the file proves, with their days, by day."""
    ids = select(_FILES.c.attachment).where(_FILES.c.sha256 == sha256)
    files = known_rows(connection, "attachments", LATEST, [_FILES.c.attachment.in_(ids)])
    acts = {row[1] for row in files if row[2] == sha256} - {activity}
    days = select(_ACTS.c.day, _ACTS.c.activity).where(
        _ACTS.c.activity.in_(sorted(acts)), text(not_void_sql())
    )
    return tuple((name, day) for day, name in sorted(map(tuple, connection.execute(days))))


def evidence_of(store: Store, activity: str) -> tuple[tuple[Kept, bool], ...]:
    """The files of an act, each with whether it is still there. Raises BadInput for no such act."""
    problems: list[Problem] = []
    with store.reading() as connection:
        files = files_of(connection, activity)
        if not files:
            _check_act(connection, activity, problems)
        if problems:
            raise BadInput(problems)
        if not files:
            return ()
        folder = evidence_folder(store, connection)
    return tuple((one, folder.has(one.sha256)) for one in files)


def evidence_told(store: Store, activity: str) -> list[str]:
    """What the act's own record says of its evidence, in its order."""
    acts = sql_table("activities")
    query = (
        select(acts.c.evidence).where(acts.c.activity == activity).order_by(acts.c.row_id.desc())
    )
    with store.reading() as connection:
        return items(connection.scalar(query.limit(1)) or "")


def write_out(store: Store, activity: str, asked: str, out: Path) -> tuple[Kept, Path]:
    """Writes a file of an act out, checked against its hash; into a folder under its own name.

    `asked` is its name, its hash or the beginning of it. Raises BadInput.
    """
    files = [one for one, _ in evidence_of(store, activity)]
    fit = [one for one in files if asked == one.name] or [
        one for one in files if len(asked) > 3 and one.sha256.startswith(asked.lower())
    ]
    if len(fit) != 1:
        kept = names(f"{one.sha256[:12]} {one.name}" for one in files)
        hint = said("its_files", files=kept) if files else said("it_has_no_files")
        message = said("no_such_evidence", file=shown(asked), activity=shown(activity))
        if fit:
            message = said("several_files_meant", file=shown(asked), activity=shown(activity))
        raise BadInput([Problem(Place("--get"), message, hint)])
    with store.reading() as connection:
        folder = evidence_folder(store, connection)
    found = folder.digest(fit[0].sha256)
    if found is None or found[0] != fit[0].sha256:
        raise BadInput(
            [lost_problem(Lost.of(fit[0].activity, fit[0].name, fit[0].sha256, found is None))]
        )
    path = out
    if out.is_dir():
        refuse_store(out)
        path = out / _plain_name(fit[0])
    with (
        folder.opened(fit[0].sha256)() as read,
        output_file(path, "evidence") as part,
        part.open("wb") as written,
    ):
        copyfileobj(read, written)
    return fit[0], path


def _plain_name(file: Kept) -> str:
    """The file's own name, as every system takes it, without the folders that may stand in it; its
    hash where none is left.
    """
    name = disk_name(visible(file.name.replace("\\", "/").rpartition("/")[2]))
    return name or file.sha256


def check_files(store: Store) -> FilesChecked:
    """Whether each file that any record ever named is there and unchanged."""
    with store.reading() as connection:
        named = named_files(connection)
        if not named:
            return FilesChecked(0, 0, ())
        folder = evidence_folder(store, connection)
    lost: list[Lost] = []
    files = size = 0
    for sha256, acts in named.items():
        found = folder.digest(sha256)
        if found is not None and found[0] == sha256:
            files, size = files + 1, size + found[1]
        else:
            lost += [Lost.of(activity, name, sha256, found is None) for activity, name in acts]
    return FilesChecked(files, size, tuple(sorted(lost)))


def export_files(store: Store, into: Path) -> int:
    """Copies every kept file into the folder `into`, in the same order; gives their number.

    Raises BadInput where one is lost, or its copy there is another file by now.
    """
    checked = check_files(store)
    if checked.lost:
        raise BadInput([lost_problem(one) for one in checked.lost])
    refuse_store(into)
    with store.reading() as connection:
        named = named_files(connection)
        if not named:
            return 0
        folder = evidence_folder(store, connection)
    copy = folder_at(str(into))
    changed = [sha256 for sha256 in named if (copy.digest(sha256) or (sha256,))[0] != sha256]
    if changed:
        told, hint = said("file_changed_since_written", command="export"), said("keep_it_elsewhere")
        raise BadInput([Problem(Place(copy.path(one)), told, hint) for one in changed])
    for sha256 in named:
        copy.put(folder.opened(sha256), sha256, sha256)
    return len(named)


class FilesBeside:
    """Keeps the files that stand beside imported tables, within the transaction that takes those
    in: where they are kept is a setting. `count` is how many were taken in.
    """

    def __init__(self, store: Store, source: Path) -> None:
        self.store = store
        self.source = source
        self.count = 0

    def __call__(self, connection: Connection) -> None:
        """Checks each file against its name and keeps those that attachments name."""
        problems: list[Problem] = []
        wanted = self._sound(named_files(connection).keys(), problems)
        if problems:
            raise BadInput(problems)
        if not wanted:
            return
        folder = evidence_folder(self.store, connection)
        for sha256, path in wanted:
            folder.put(_opener(path), sha256, str(path))
        self.count = len(wanted)

    def wrong(self, named: Set[str]) -> list[Problem]:
        """What is wrong with the files beside the tables, with those that would be `named` by the
        attachments that come in and those that the store has.
        """
        problems: list[Problem] = []
        with self.store.reading() as connection:
            self._sound(named | named_files(connection).keys(), problems)
        return problems

    def _sound(self, named: Set[str], problems: list[Problem]) -> list[tuple[str, Path]]:
        """The named files, each with its hash; those that are not what their name says are told."""
        sound: list[tuple[str, Path]] = []
        if not self.source.is_dir():
            return sound
        for path in sorted(one for one in self.source.rglob("*") if one.is_file()):
            if path.name not in named:
                continue
            sha256, _ = _digest(path, problems)
            if sha256 == path.name:
                sound.append((sha256, path))
            elif sha256:
                message = said("evidence_is_not_its_name", sha256=bare(sha256))
                problems.append(Problem(Place(str(path)), message, said("copy_it_anew")))
        return sound
