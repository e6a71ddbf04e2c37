"""The store made, verified, backed up, restored and exported; who changed what in it."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from data.intake.imports import import_row
from data.keeping.backup import Backup, backup_store, folder_of_files
from data.keeping.evidence import FilesChecked, check_files, export_files
from data.keeping.export import export_current, export_tables
from data.keeping.heads import HeadProof, proved_head
from data.keeping.restore import Restored, restore_store
from data.keeping.upgrade import Upgraded, upgrade_store
from data.keeping.verify import Fault, Verified, verify_store
from data.outputs import refuse_store
from data.store.changes import RowChange, changes_of
from data.store.journal import Doing, JournalEntry, head, journal_entries
from data.words import ANY_WORDS
from problems import BadInput, Place, Problem, said
from services.look import Progress
from services.office import Office, done_at, made_store_of, make_room, store_of


def init(
    office: Office,
    doing: Doing,
    records_from: date | None = None,
    files: str | None = None,
    backups: Path | None = None,
    told: Callable[[Upgraded], None] | None = None,
) -> Mapping[str, str]:
    """Makes the store, or brings an older one up to date; gives what it is and holds, in words.

    `files` is where files of evidence are kept. A backup of an older store is taken first, into the
    folder `backups` where it is on a server; `told` is called when it is up to date.
    """
    make_room(office)
    upgraded = upgrade_store(office.store, done_at(doing), backups)
    if upgraded is not None and told:
        told(upgraded)
    store = made_store_of(office, doing, records_from)
    if files is not None:
        done = done_at(doing, store)
        # With its moment it may say again what was struck out before.
        moment = done.now.isoformat(sep=" ", timespec="seconds")
        row = {"key": "files", "value": files, "recorded_at": moment}
        import_row(store, "settings", row, name="init", words=ANY_WORDS, doing=done)
    return store.describe()


@dataclass(frozen=True)
class Proof:
    """What the walk along the journal found, what is kept of evidence (None: not looked at), the
    head that was written or held against it (None: not asked for), and what else is wrong.
    """

    journal: Verified
    files: FilesChecked | None
    head: HeadProof | None = None
    problems: tuple[Problem, ...] = ()


def verify(
    office: Office,
    doing: Doing,
    *,
    rebuild: bool = False,
    with_files: bool = True,
    head: Path | None = None,
    key: Path | None = None,
) -> Proof:
    """What was changed past the journal. `rebuild`: where the records hold, the counting columns
    are worked out anew. `head` is the file of a head, which is written where there is none and the
    chain holds; `key` that of the secret which signs it.
    """
    store = store_of(office)
    found = verify_store(store)
    if rebuild and found.may_be_rebuilt:
        store.rebuild_columns()
        found = verify_store(store)
    problems: list[Problem] = []
    if key is not None and head is None:
        problems.append(Problem(Place("--key"), said("key_without_head"), said("key_signs_head")))
    files = None
    if with_files and not any(one.fault in (Fault.SHAPE, Fault.CELL) for one in found.broken):
        with _gathered(problems):
            files = check_files(store)
    proof = None
    can_be_held = found.entries and (head is not None and (head.exists() or not found.broken))
    if head is not None and can_be_held:
        moment = done_at(doing, store).now.isoformat(sep=" ", timespec="seconds")
        with _gathered(problems), store.reading() as connection:
            proof = proved_head(connection, head, key, moment)
    return Proof(found, files, proof, tuple(problems))


@contextmanager
def _gathered(problems: list[Problem]) -> Iterator[None]:
    """Puts what is raised to the problems that are told together."""
    try:
        yield
    except BadInput as error:
        problems += error.problems


def journal(office: Office, last: int | None = None) -> tuple[JournalEntry, ...]:
    """The newest entries of the journal (None: all), the oldest first."""
    with store_of(office).reading() as connection:
        first = 1 if last is None else max(1, head(connection) - last + 1)
        return tuple(journal_entries(connection, first))


def open_to_others(office: Office) -> tuple[Path, ...]:
    """The files of the store that others on this machine may read or write: its own, its backups
    beside it, what it keeps of evidence. Empty where a system has no such rights, and for servers.
    """
    store = store_of(office)
    if store.file is None or os.name == "nt":
        return ()
    own = store.file.name
    files = sorted(store.file.absolute().parent.glob(f"{glob.escape(own)}*"))
    return tuple(
        store.file.with_name(path.name)
        for path in files
        if (path.name == own or path.name[len(own)] in ".-") and path.stat().st_mode & 0o077
    )


@dataclass(frozen=True)
class EntryTold:
    """One entry of the journal, with what stood before and after."""

    entry: JournalEntry
    changes: tuple[RowChange, ...]


def journal_entry(office: Office, entry: int, most: int | None = None) -> EntryTold:
    """The entry of that number with its changes, at most so many. Raises BadInput."""
    with store_of(office).reading() as connection:
        found = next(
            (one for one in journal_entries(connection, entry) if one.entry == entry), None
        )
        if found is None:
            newest = head(connection)
            hint = said("newest_is", newest=newest)
            raise BadInput([Problem(Place("--entry"), said("no_such_entry", entry=entry), hint)])
        return EntryTold(found, tuple(islice(changes_of(connection, entry), most)))


def backup(
    office: Office, file: Path, *, with_files: bool = False, progress: Progress | None = None
) -> Backup:
    """Copies the whole store into one new file, while it is in use."""
    store = store_of(office)
    folder = folder_of_files(store) if with_files else None
    return backup_store(store, file, files=folder, progress=progress)


def restore(
    office: Office, file: Path, progress: Progress | None = None, files: Path | None = None
) -> Restored:
    """Brings a backup back to where there is no store, and proves that it holds. `files` is the
    folder of kept files, where the store keeps them elsewhere than beside itself.
    """
    make_room(office)
    return restore_store(file, office.store, progress, files)


@dataclass(frozen=True)
class Exported:
    """The tables that were written, and how many files of evidence (None: not asked for)."""

    tables: tuple[Path, ...]
    files: int | None


def export(
    office: Office, folder: Path, *, current: bool = False, with_files: bool = False
) -> Exported:
    """Writes everything as import tables, with its history or (`current`) only what holds now."""
    store = store_of(office)
    refuse_store(folder)
    # Before the tables: whoever finds those finds the files that they name.
    files = export_files(store, folder / "files") if with_files else None
    return Exported((export_current if current else export_tables)(store, folder), files)
