"""Files that are written out for a reader: each whole, private, and never over what is not theirs.

A small file in the folder remembers what was written there, by which command and with which hash.
A file is written over only where an earlier run of the same command wrote it and nobody changed it
since; whatever else a folder holds stays as it is, and no folder takes another one's place.

While several files are replaced, another small file says so to everybody who looks into the folder:
one that is still there is of a run that was cut off, and old files stand beside new ones.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.atomic import beside, sync_file, sync_folder
from problems import BadInput, Place, Problem, Said, said

if sys.platform != "win32":
    import fcntl

MANIFEST = ".dutyclock-files.json"
"""The file that remembers what was written into its folder."""

UNFINISHED = "未写完 UNFINISHED.txt"
"""The file that stands in a folder while its files are replaced: whoever looks sees its name."""

_FILE, _FOLDER = 0o600, 0o700
_SQLITE = b"SQLite format 3\x00"
_BESIDE_A_STORE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class _Written:
    """Which command wrote a file, and the hashes of what it wrote: two while it is replaced."""

    by: str
    sha256: tuple[str, ...]


@dataclass(frozen=True)
class Outputs:
    """A folder that is filled at `path`, by which command, and where its files belong."""

    path: Path
    folder: Path
    by: str

    def put(self) -> None:
        """Brings the files to their places, in one step where the folder is not there yet, else
        one by one. Raises BadInput, with nothing done, where one of them must not be written over.
        """
        parts = {one.name: one for one in sorted(self.path.iterdir())}
        for part in parts.values():
            part.chmod(_FILE)
            sync_file(part)
        if not self.folder.exists():
            hashes = {name: _Written(self.by, (_digest(part),)) for name, part in parts.items()}
            _remember(self.path, hashes, frozenset())
            with suppress(OSError):  # somebody has made it meanwhile
                self.path.rename(self.folder)
                sync_folder(self.folder.parent)
                return
            (self.path / MANIFEST).unlink()
        _bring(parts, self.folder, self.by)


@contextmanager
def outputs(folder: Path, by: str) -> Iterator[Outputs]:
    """An empty folder to write files into, which its `put` brings to `folder`; that one is as it
    was before. `by` is the command. Raises BadInput where `folder` holds a store.
    """
    folder = folder.resolve()
    refuse_store(folder)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(folder))
    if folder.exists():
        part = _passing(folder)
    else:
        folder.parent.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        part = beside(folder)
    with _named(part, folder):
        part.mkdir(mode=_FOLDER)
    try:
        yield Outputs(part, folder, by)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def output_file(path: Path, by: str) -> Iterator[Path]:
    """A new file to write, which is brought to `path` at the end as all of a folder's files are.
    What is no file (a pipe, a terminal) is written to itself. Raises BadInput where something is
    there that must not be written over, or OSError.
    """
    if path.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    if path.exists() and not path.is_file():
        yield path
        return
    asked, path = path, path.resolve()
    part = _passing(path.parent)
    try:
        with _named(part, asked):
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE))
        yield part
        sync_file(part)
        _bring({path.name: part}, path.parent, by)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def _named(part: Path, asked: Path) -> Iterator[None]:
    """Errors name the place that was asked for, not the passing one."""
    try:
        yield
    except OSError as error:
        place = asked if error.filename == str(part) else error.filename
        raise OSError(error.errno, error.strerror, str(place)) from None


def check_outputs(contents: Mapping[Path, bytes], by: str) -> None:
    """Raises BadInput with every one of these files that the command must not write over."""
    problems: list[Problem] = []
    for path, content in contents.items():
        place = path.resolve()
        if place.parent.is_dir() and (place.is_file() or not place.exists()):
            now = {place.name: hashlib.sha256(content).hexdigest()}
            problems += _hindrances(now, place.parent, _remembered(place.parent), by)
    if problems:
        raise BadInput(problems)


def _passing(folder: Path) -> Path:
    """A name in the folder that nothing has yet, however long the name is that it will get."""
    return folder / f".{secrets.token_hex(6)}.part"


def refuse_store(folder: Path) -> None:
    """Raises BadInput where a store lies in the folder itself: papers get one of their own."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_file() and _begins_as_store(path):
            told = said("folder_holds_store", store=path.name)
            raise BadInput([Problem(Place(str(folder)), told, said("name_a_folder_in_it"))])


def _begins_as_store(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def unfinished_in(folder: Path) -> str | None:
    """The command that was cut off while it was replacing files of the folder; None where none was,
    or where one is at it now and will end.
    """
    if not _unfinished(folder):
        return None
    with _alone_in(folder):
        return min(_unfinished(folder), default=None)


def _bring(parts: Mapping[str, Path], folder: Path, by: str) -> None:
    """Puts each part in its place under its name: all of them, or none where one may not be."""
    with _alone_in(folder):
        before, torn = _remembered(folder), _unfinished(folder)
        now = {name: _digest(part) for name, part in parts.items()}
        problems = _hindrances(now, folder, before, by)
        if problems:
            raise BadInput(problems)
        # Whoever is killed in between finds either content known as the command's own.
        both = {name: _Written(by, _hashes(before.get(name), one)) for name, one in now.items()}
        begun = torn | {by} if len(parts) > 1 else torn
        try:
            _remember(folder, {**before, **both}, begun)
            _replace(parts, folder)
        except BaseException:
            with suppress(OSError):
                _remember(folder, before, torn)
            raise
        done = {name: _Written(by, (one,)) for name, one in now.items()}
        _remember(folder, {**before, **done}, torn - {by})
        sync_folder(folder)


def _hashes(before: _Written | None, sha256: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(before.sha256 if before else ()), sha256)))


def _replace(parts: Mapping[str, Path], folder: Path) -> None:
    """Moves the parts to their places, each in one step; where one fails, all is as it was."""
    aside = _passing(folder)
    aside.mkdir(mode=_FOLDER)
    replaced: list[tuple[Path, Path | None]] = []
    try:
        for name, part in parts.items():
            path, old = folder / name, aside / name
            if path.exists():
                _keep_old(path, old)
                part.replace(path)
                replaced.append((path, old))
            else:
                _put_new(part, path)
                replaced.append((path, None))
    except BaseException:
        for path, before in reversed(replaced):
            with suppress(OSError):
                before.replace(path) if before else path.unlink()
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put_new(part: Path, path: Path) -> None:
    """Fails where somebody has put a file there meanwhile; not every disk has links."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        part.rename(path)


def _keep_old(path: Path, old: Path) -> None:
    try:
        os.link(path, old)
    except OSError:
        shutil.copy2(path, old)


def _hindrances(
    now: Mapping[str, str], folder: Path, before: Mapping[str, _Written], by: str
) -> list[Problem]:
    return [
        Problem(Place(str(folder / name)), told, said("keep_it_elsewhere"))
        for name, sha256 in now.items()
        if (told := _hindrance(folder / name, sha256, before.get(name), by)) is not None
    ]


def _hindrance(path: Path, sha256: str, written: _Written | None, by: str) -> Said | None:
    """Why the file may not be written there; None where it may."""
    if path.is_dir():
        return said("is_a_folder")
    for ending in _BESIDE_A_STORE:
        store = path.with_name(path.name.removesuffix(ending))
        if path.name.endswith(ending) and store.is_file() and _begins_as_store(store):
            return said("name_belongs_to_store", store=store.name)
    if path.suffix.lower() in (".yaml", ".yml") and (path.parent / "document.yaml").exists():
        return said("name_would_be_rule_file")
    if path.name in (MANIFEST, UNFINISHED):
        return said("file_not_written_by_us")
    if not os.path.lexists(path):
        return None
    if path.is_symlink() or written is None:
        is_same = path.is_file() and not path.is_symlink() and _digest(path) == sha256
        return None if is_same else said("file_not_written_by_us")
    if written.by != by:
        return said("file_of_another_command", command=written.by)
    if _digest(path) not in (*written.sha256, sha256):
        return said("file_changed_since_written", command=by)
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _told(folder: Path) -> Any:
    """What the folder's file says; nothing where it cannot be read."""
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _remembered(folder: Path) -> dict[str, _Written]:
    """Which files were written; none where that cannot be read, so that nothing is ours."""
    try:
        return {
            str(name): _Written(str(one["by"]), tuple(map(str, one["sha256"])))
            for name, one in _told(folder)["files"].items()
        }
    except (TypeError, KeyError, AttributeError):
        return {}


def _unfinished(folder: Path) -> frozenset[str]:
    """The commands that began to replace files there and did not end."""
    told = _told(folder)
    names = told.get("unfinished") if isinstance(told, dict) else None
    return frozenset(map(str, names)) if isinstance(names, list) else frozenset()


def _remember(folder: Path, files: Mapping[str, _Written], unfinished: frozenset[str]) -> None:
    mark = folder / UNFINISHED
    if unfinished:
        _put_text(mark, "".join(f"{one}\n" for one in sorted(unfinished)))
    _remember_files(folder / MANIFEST, files, unfinished)
    if not unfinished:
        mark.unlink(missing_ok=True)


def _remember_files(path: Path, files: Mapping[str, _Written], unfinished: frozenset[str]) -> None:
    if not files:
        path.unlink(missing_ok=True)
        return
    told: dict[str, Any] = {
        "files": {name: {"by": one.by, "sha256": list(one.sha256)} for name, one in files.items()}
    }
    if unfinished:
        told["unfinished"] = sorted(unfinished)
    _put_text(path, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _put_text(path: Path, text: str) -> None:
    """Writes a small file whole, over what has its name."""
    part = _passing(path.parent)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE), "wb") as out:
            out.write(text.encode())
        sync_file(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Others who write into the folder wait, where a system can see to it."""
    if sys.platform == "win32":
        yield
        return
    at = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every disk has locks
            fcntl.flock(at, fcntl.LOCK_EX)
        yield
    finally:
        os.close(at)


__all__ = [
    "MANIFEST",
    "UNFINISHED",
    "Outputs",
    "check_outputs",
    "output_file",
    "outputs",
    "refuse_store",
    "unfinished_in",
]
