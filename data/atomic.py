"""Files and folders that are written whole or not at all, whatever happens in between.

What is written stands beside its place under a name of its own until it is on the disk; then it is
moved there in one step. What a killed program leaves behind ends in `.part` and may be deleted.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from problems import BadInput, Place, Problem, Said, said

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


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


@dataclass
class NewFolder:
    """A folder that is being filled at `path`, and where it belongs."""

    path: Path
    place: Path

    def put(self) -> None:
        """Brings it to its place, in one step, with what else is there already."""
        if self.place.exists():
            _carry_over(self.place, self.path)
        _sync_tree(self.path)
        _take_place(self.path, self.place)
        sync_folder(self.place.parent)


@contextmanager
def new_folder(folder: Path) -> Iterator[NewFolder]:
    """An empty folder to write into, which its `put` brings to `folder`: that one then holds
    everything of it, beside what else it held before. Until then `folder` is as it was.
    """
    folder = folder.resolve()
    _refuse_place(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = beside(folder)
    part.mkdir()
    try:
        yield NewFolder(part, folder)
    finally:
        # What stands there by now is the old folder, or what was not finished.
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """An empty folder to write into, brought to `folder` at the end where nothing failed."""
    with new_folder(folder) as made:
        yield made.path
        made.put()


def _refuse_place(folder: Path) -> None:
    if folder.is_dir() and os.path.ismount(folder):
        told = said("folder_is_a_disk")
        raise BadInput([Problem(Place(str(folder)), told, said("name_a_folder_in_it"))])
    if Path.cwd().is_relative_to(folder):
        told = said("folder_you_are_in")
        raise BadInput([Problem(Place(str(folder)), told, said("name_a_folder_in_it"))])
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(folder))


def _carry_over(folder: Path, part: Path) -> None:
    """What the folder holds and the new one does not; as links where the disk has any."""
    shutil.copystat(folder, part)
    for entry in folder.iterdir():
        new = part / entry.name
        if os.path.lexists(new):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, new, symlinks=True, copy_function=_link_or_copy)
        else:
            _link_or_copy(str(entry), str(new))


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def _take_place(part: Path, folder: Path) -> None:
    if not folder.exists():
        part.rename(folder)
    elif not _exchanged(part, folder):
        # Two steps: whoever is killed between them finds the old folder beside.
        old = beside(folder)
        folder.rename(old)
        try:
            part.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
        old.rename(part)


def _exchanged(part: Path, folder: Path) -> bool:
    """Whether the two have changed names, in one step; only Linux can."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return (
        rename is not None
        and rename(_HERE, os.fsencode(part), _HERE, os.fsencode(folder), _EXCHANGE) == 0
    )


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


def _sync_tree(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_file() and not entry.is_symlink() and os.access(entry, os.W_OK):
            sync_file(entry)
    sync_folder(folder)


__all__ = [
    "NewFolder",
    "beside",
    "new_folder",
    "refuse_existing",
    "sync_file",
    "sync_folder",
    "whole_file",
    "whole_folder",
]
