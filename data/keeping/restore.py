"""Bringing a backup back where there is no store: proved before anybody can take it for one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, rmtree

from sqlalchemy import inspect

from data.atomic import beside, sync_file, sync_folder, whole_file
from data.keeping.archive import STORES, foreign, is_archive, unpack_archive
from data.keeping.server_tools import current_schema, restore_server, tables_of_dump
from data.keeping.verify import Verified, verify_store
from data.store.opening import Store, plain_errors, store_at, version_of
from data.store.tables import SCHEMA_VERSION, Base
from problems import BadInput, Place, Problem, bare, reason_of, said

Progress = Callable[[int, int], None]

_OVER = said("never_restored_over")
_NOTHING = said("take_another_backup_nothing_left")


@dataclass(frozen=True)
class Restored:
    """Where a backup was brought back to, its version, what the walk along its journal found (None:
    of an older version, which has no journal to walk), and how many kept files came with it.
    """

    store: str
    version: int
    proof: Verified | None
    files: int | None


def restore_store(file: Path, url: str, progress: Progress | None = None) -> Restored:
    """Brings the backup in `file` to `url`, where there must be no store yet.

    It is there only when all of it is sound. Raises BadInput where the file is damaged or no
    backup, or something is in the way; then nothing is left behind.
    """
    tell = progress or (lambda _done, _total: None)
    if not file.is_file():
        told = said("folder_not_a_backup") if file.is_dir() else said("no_such_file")
        raise BadInput([Problem(Place(str(file)), told, said("name_a_backup"))])
    target = store_at(url)
    try:
        _refuse_taken(target)
        if not is_archive(file):
            return _restore(file, _form(file), target, None, tell)
        with _scratch(target, file) as folder:
            name, count = unpack_archive(file, folder, tell)
            return _restore(folder / name, name, target, (folder / "files", count), tell)
    except OSError as error:
        where = Place(str(error.filename or file))
        unwritten = said("cannot_be_written", reason=reason_of(error))
        raise BadInput([Problem(where, unwritten)]) from error
    finally:
        target.close()


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
    file: Path, form: str, target: Store, unpacked: tuple[Path, int] | None, tell: Progress
) -> Restored:
    is_file = target.file is not None
    if (form == STORES[0]) != is_file:
        told = said("backup_kinds")
        hint = said("export_then_import")
        raise BadInput([Problem(Place(str(file)), told, hint)])
    kept, count = unpacked or (None, None)
    with _undone() as added:
        if target.file is None:
            version, proof = _into_server(file, target)
            if kept is not None:
                _bring_files(kept, _place_of_files(target, None), added)
            return Restored(target.name, version, proof, count)
        with plain_errors(str(file)), whole_file(target.file, _OVER) as part:
            _copy(file, part, target.file, tell)
            version, proof = _proved(store_at(str(part)), file)
            # Before the store: whoever finds the store finds its files.
            if kept is not None and proof is not None:
                place = _place_of_files(store_at(str(part)), target.file)
                _bring_files(kept, place, added)
    return Restored(target.name, version, proof, count)


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


def _place_of_files(store: Store, beside: Path | None) -> Path:
    """Where the restored store keeps its files; those of an archive stood in a folder."""
    from data.keeping.evidence import files_place

    try:
        with store.reading() as connection:
            return Path(files_place(store, connection, beside))
    finally:
        store.close()


def _bring_files(unpacked: Path, place: Path, added: list[Path]) -> None:
    """Puts the files into their folder. One that is there already bears the hash of its content in
    its name, and stays.
    """
    for path in sorted(unpacked.rglob("*")):
        if path.is_dir():
            continue
        target = place / path.relative_to(unpacked)
        missing = [one for one in (target.parent, *target.parent.parents) if not one.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        added += reversed(missing)
        if not target.exists():
            added.append(target)
            copyfile(path, target)
            sync_file(target)
            sync_folder(target.parent)


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


def _into_server(file: Path, target: Store) -> tuple[int, Verified | None]:
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
    try:
        return _proved(target, file)
    except BaseException:
        with suppress(Exception), target.writing() as connection:
            Base.metadata.drop_all(connection)
        raise


__all__ = ["Restored", "restore_store"]
