"""Bringing a backup back where there is no store: proved before anybody can take it for one."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, rmtree

from sqlalchemy import Connection, inspect

from data.atomic import beside, sync_file, sync_folder, whole_file
from data.keeping.archive import STORES, foreign, is_archive, unpack_archive
from data.keeping.evidence import files_place
from data.keeping.lost_files import Lost, lost_among, named_files
from data.keeping.server_tools import current_schema, restore_server, tables_of_dump
from data.keeping.verify import Verified, verify_store
from data.store.files import folder_at, is_url
from data.store.opening import Store, plain_errors, store_at, version_of
from data.store.tables import SCHEMA_VERSION, Base
from files import other_kind
from problems import BadInput, Place, Problem, Said, bare, reason_of, said

Progress = Callable[[int, int], None]

_OVER = said("never_restored_over")
_NOTHING = said("take_another_backup_nothing_left")


@dataclass(frozen=True)
class Restored:
    """Where a backup was brought back to, its version, what the walk along its journal found (None:
    of an older version, which is walked once it is brought up), and how many kept files came with
    it. `lost` are files that its records name and that neither came with it nor were there.
    """

    store: str
    version: int
    proof: Verified | None
    files: int | None
    lost: tuple[Lost, ...] = ()


def restore_store(
    file: Path, url: str, progress: Progress | None = None, files: Path | None = None
) -> Restored:
    """Brings the backup in `file` to `url`, where there must be no store yet.

    Kept files are put below the folder in which the store is; into another one, where the store
    says that it keeps them, only if that is named as `files`. The store is there only when all of
    it is sound. Raises BadInput where the file is damaged or no
    backup, or something is in the way; then nothing is left behind.
    """
    tell = progress or (lambda _done, _total: None)
    if not file.is_file():
        raise BadInput([Problem(Place(str(file)), _no_backup(file), said("name_a_backup"))])
    target = store_at(url)
    try:
        _refuse_taken(target)
        if not is_archive(file):
            return _restore(file, _form(file), target, None, None, tell)
        with _scratch(target, file) as folder:
            name, count = unpack_archive(file, folder, tell)
            unpacked = (folder / "files", count)
            return _restore(folder / name, name, target, unpacked, files, tell)
    except OSError as error:
        where = Place(str(error.filename or file))
        unwritten = said("cannot_be_written", reason=reason_of(error))
        raise BadInput([Problem(where, unwritten)]) from error
    finally:
        target.close()


def _no_backup(file: Path) -> Said:
    """What is said of something that is no file."""
    if file.is_dir():
        return said("folder_not_a_backup")
    try:
        kind = other_kind(file)
    except OSError as error:
        if not file.is_symlink():
            return said("no_such_file")
        return said("cannot_be_read", reason=reason_of(error))
    return said("not_a_plain_file", kind=kind) if kind else said("no_such_file")


def _form(file: Path) -> str:
    """Which of `STORES` the file is, by its beginning."""
    try:
        with file.open("rb") as stream:
            begun = stream.read(16)
    except OSError as error:
        unread = said("cannot_be_read", reason=reason_of(error))
        raise BadInput([Problem(Place(str(file)), unread)]) from error
    if begun == b"SQLite format 3\x00":
        return STORES[0]
    if begun[:5] == b"PGDMP":
        return STORES[1]
    raise foreign(file)


def _refuse_taken(target: Store) -> None:
    if target.file is None:
        with target.reading() as connection:
            if inspect(connection).get_table_names():
                told = said("something_in_database")
                raise BadInput([Problem(Place(target.name), told, _OVER)])
        return
    for ending in ("", "-wal", "-shm", "-journal"):
        path = target.file.with_name(target.file.name + ending)
        if path.exists():
            raise BadInput([Problem(Place(str(path)), said("something_here_already"), _OVER)])


@contextmanager
def _scratch(target: Store, file: Path) -> Iterator[Path]:
    """A temporary folder, removed at the end; if possible on the disk where the store will be."""
    folder = beside((target.file or file).absolute())
    folder.mkdir()
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def _restore(
    file: Path,
    form: str,
    target: Store,
    unpacked: tuple[Path, int] | None,
    files: Path | None,
    tell: Progress,
) -> Restored:
    is_file = target.file is not None
    if (form == STORES[0]) != is_file:
        told = said("backup_kinds")
        hint = said("export_then_import")
        raise BadInput([Problem(Place(str(file)), told, hint)])
    kept, count = unpacked or (None, None)
    lost: tuple[Lost, ...] = ()
    with _undone() as added:
        if target.file is None:
            _into_server(file, target)
            with _emptied(target):
                version, proof = _proved(target, file)
                if kept is not None:
                    lost = _bring_files(kept, target, None, files, added)
            return Restored(target.name, version, proof, count, lost)
        with plain_errors(str(file)), whole_file(target.file, _OVER) as part:
            _copy(file, part, target.file, tell)
            version, proof = _proved(store_at(str(part)), file)
            # Before the store: whoever finds the store finds its files.
            if kept is not None:
                lost = _bring_files(kept, store_at(str(part)), target.file, files, added)
    return Restored(target.name, version, proof, count, lost)


@contextmanager
def _undone() -> Iterator[list[Path]]:
    """A list for the paths of new files: all of them are removed where something fails."""
    added: list[Path] = []
    try:
        yield added
    except BaseException:
        for path in reversed(added):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _bring_files(
    unpacked: Path, store: Store, to_be: Path | None, named: Path | None, added: list[Path]
) -> tuple[Lost, ...]:
    """Puts the files into their folder; those that the records name and that are not there then."""
    try:
        with store.reading() as connection:
            if not inspect(connection).has_table("attachments"):
                return ()
            came = sorted(path for path in unpacked.rglob("*") if path.is_file())
            if not came and not named_files(connection):
                return ()
            place = _place_of_files(store, connection, to_be, named)
            for path in came:
                _bring(path, place / path.relative_to(unpacked), place, added)
            folder = folder_at(str(place))
            there = {path.name: path.name for path in came}
            for sha256 in named_files(connection).keys() - there.keys():
                found = folder.digest(sha256)
                if found is not None:
                    there[sha256] = found[0]
            sound = {sha256 for sha256, digest in there.items() if sha256 == digest}
            return lost_among(connection, sound, there.keys() - sound)
    finally:
        store.close()


def _place_of_files(
    store: Store, connection: Connection, to_be: Path | None, named: Path | None
) -> Path:
    """Where the store keeps its files, once it is where it will be. Raises BadInput for a place
    elsewhere that was not named: what a backup says decides nothing about other folders.
    """
    told = files_place(store, connection, to_be)
    if is_url(told):
        raise BadInput([Problem(Place(told), said("files_in_no_folder"), said("copy_files_there"))])
    place = Path(told)
    around = to_be.absolute().parent.resolve() if to_be is not None else None
    if named is not None and named.resolve() != place.resolve():
        message = said("files_kept_elsewhere", place=str(place))
        raise BadInput([Problem(Place("--files"), message, said("name_that_folder"))])
    if named is None and (
        around is None or around not in (place.resolve(), *place.resolve().parents)
    ):
        message = said("files_go_elsewhere")
        raise BadInput([Problem(Place(str(place)), message, said("name_it_with_files"))])
    return place


def _bring(path: Path, target: Path, place: Path, added: list[Path]) -> None:
    """Puts a file there; one that is there already must be the same."""
    missing = [one for one in (target.parent, *target.parent.parents) if not one.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    added += reversed(missing)
    if target.parent.resolve().parent != place.resolve() or os.path.lexists(target):
        if _is_same(path, target):
            return
        raise BadInput([Problem(Place(str(target)), said("something_here_already"), _OVER)])
    added.append(target)
    copyfile(path, target)
    sync_file(target)
    sync_folder(target.parent)


def _is_same(path: Path, target: Path) -> bool:
    """Whether a plain file is there that bears the hash of its content in its name."""
    if target.is_symlink() or not target.is_file():
        return False
    with target.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == path.name


def _copy(file: Path, part: Path, path: Path, tell: Progress) -> None:
    """Page by page, so that a file that is cut off or none of SQLite's own shows."""
    with (
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(part)) as copy,
    ):
        copy.execute("PRAGMA synchronous = OFF")  # it is brought to the disk as a whole
        try:
            source.backup(
                copy, pages=2_000, progress=lambda _status, left, total: tell(total - left, total)
            )
        except sqlite3.OperationalError:
            # What hinders the writing is no fault of the backup.
            with plain_errors(str(path)):
                raise
        found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise _damaged(file, str(found).splitlines()[0])


def _damaged(file: Path, how: str) -> BadInput:
    return BadInput([Problem(Place(str(file)), said("backup_damaged", how=bare(how)), _NOTHING)])


def _proved(store: Store, file: Path) -> tuple[int, Verified | None]:
    """The version of a restored store, and its walk. Raises BadInput where it does not hold."""
    try:
        with store.reading() as connection:
            version = version_of(connection, str(file))
        if version is None:
            raise foreign(file)
        if version < SCHEMA_VERSION:
            return version, None
        proof = verify_store(store)
        if proof.broken:
            first = proof.broken[0]
            told = said("journal_does_not_hold", entry=first.entry)
            raise BadInput([Problem(Place(str(file)), told, _NOTHING)])
        return version, proof
    finally:
        store.close()


def _into_server(file: Path, target: Store) -> None:
    schemas, tables = tables_of_dump(file)
    if not {"meta", "settings", "activities"} <= tables:
        raise foreign(file)
    with target.reading() as connection:
        schema = current_schema(connection)
    if schemas != {schema}:
        told = said("backup_of_other_schema", kept=min(schemas), schema=schema)
        hint = said("make_schema_first")
        raise BadInput([Problem(Place(target.name), told, hint)])
    restore_server(target.engine.url, target.name, file)


@contextmanager
def _emptied(target: Store) -> Iterator[None]:
    """Takes the tables that were just restored out of a database again where something fails."""
    try:
        yield
    except BaseException:
        with suppress(Exception), target.writing() as connection:
            Base.metadata.drop_all(connection)
        raise


__all__ = ["Restored", "restore_store"]
