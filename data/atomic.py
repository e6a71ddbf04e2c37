"""Files that are written whole or not at all, whatever happens in between.

What is written stands beside its place under a name of its own until it is on the disk; then it is
moved there in one step. What a killed program leaves behind ends in `.part` and may be deleted.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from problems import BadInput, Place, Problem, Said, said


def beside(path: Path) -> Path:
    """An unused name in the folder of `path`, for what is not finished."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


@contextmanager
def whole_file(path: Path, hint: Said | None) -> Iterator[Path]:
    """A name to write a new file under; at the end it is at `path`, whole and on the disk.

    Raises BadInput with `hint` where something has that name already: nothing is written over.
    Companions that SQLite makes beside the part are taken away with it.
    """
    refuse_existing(path, hint)
    part = beside(path)
    try:
        yield part
        sync_file(part)
        _place(part, path, hint)
        sync_folder(path.absolute().parent)
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + ending).unlink(missing_ok=True)


def refuse_existing(path: Path, hint: Said | None) -> None:
    """Raises BadInput where something has that name."""
    if path.is_dir():
        raise BadInput([Problem(Place(str(path)), said("is_a_folder"), said("name_a_file_in_it"))])
    if os.path.lexists(path):
        raise BadInput([Problem(Place(str(path)), said("file_of_this_name"), hint)])


def _place(part: Path, path: Path, hint: Said | None) -> None:
    """Moves a finished file to its name, by a link where the disk has any: it never overwrites."""
    try:
        os.link(part, path)
    except FileExistsError:
        refuse_existing(path, hint)
        raise
    except OSError:
        refuse_existing(path, hint)
        part.rename(path)


def sync_file(path: Path) -> None:
    """Sees to it that the file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Sees to it that the names in a folder are on the disk, where a system can be asked to."""
    with suppress(OSError):
        at = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(at)
        finally:
            os.close(at)


@contextmanager
def private_files() -> Iterator[None]:
    """Whatever is made within is its owner's alone: files 0600, folders 0700, also what a database
    or another program makes.
    """
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


__all__ = [
    "beside",
    "private_files",
    "refuse_existing",
    "sync_file",
    "sync_folder",
    "whole_file",
]
