"""A backup with the kept files in it: a tar archive that begins with the hashes of the rest.

backup.json   {"dutyclock": 1, "members": {name: {"size": …, "sha256": …}}}
store.db      the store (store.dump: what pg_dump writes)
files/…       the kept files, as they stand in their folder
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

from problems import BadInput, Bare, Place, Problem, Said, reason_of, said

Progress = Callable[[int, int], None]

LIST = "backup.json"
STORES = ("store.db", "store.dump")
_FILES = "files/"
_AT_ONCE = 1 << 20
_MOST_LISTED = 1 << 30


def write_archive(part: Path, store: Path, is_sqlite: bool, files: Path, tell: Progress) -> int:
    """Writes the archive of a copied store and the files of a folder; how many those are.

    What somebody is writing into the folder just now (hidden, or `.part`) stays out.
    Raises OSError.
    """
    members = {STORES[0] if is_sqlite else STORES[1]: store}
    members.update((f"{_FILES}{name}", path) for name, path in sorted(_kept(files)))
    sizes = {name: path.stat().st_size for name, path in members.items()}
    total, done = 2 * sum(sizes.values()), 0
    listed: dict[str, dict[str, Any]] = {}
    for name, path in members.items():
        listed[name] = {"size": sizes[name], "sha256": _sha256(path)}
        done += sizes[name]
        tell(done, total)
    with tarfile.open(part, "w", format=tarfile.PAX_FORMAT) as archive:
        text = json.dumps({"dutyclock": 1, "members": listed}, ensure_ascii=False, indent=1)
        _add(archive, LIST, io.BytesIO(text.encode()), len(text.encode()))
        for name, path in members.items():
            with path.open("rb") as file:
                _add(archive, name, file, sizes[name])
            done += sizes[name]
            tell(done, total)
    return len(members) - 1


def _kept(files: Path) -> Iterator[tuple[str, Path]]:
    for folder, _, names in os.walk(files):
        for name in names:
            if not name.startswith(".") and not name.endswith(".part"):
                path = Path(folder) / name
                yield path.relative_to(files).as_posix(), path


def _add(archive: tarfile.TarFile, name: str, file: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o644
    archive.addfile(member, file)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack_archive(file: Path, folder: Path, tell: Progress) -> tuple[str, int]:
    """Unpacks an archive into an empty folder, each member held against its hash; the name of the
    store in it, and how many kept files it has. Raises BadInput where it is damaged or not ours.
    """
    size = file.stat().st_size
    try:
        with tarfile.open(file, "r:") as archive:
            listed = _listed(archive, file)
            left = set(listed)
            for member in archive:
                if member.name == LIST and member.offset == 0:
                    continue
                if not member.isfile() or member.name not in left:
                    raise _damaged(file, said("not_in_its_list", name=member.name))
                left.discard(member.name)
                _unpack(archive, member, listed[member.name], folder, file)
                tell(min(member.offset_data + member.size, size), size)
    except (tarfile.TarError, EOFError, ValueError, UnicodeError) as error:
        raise _damaged(file, reason_of(error)) from error
    if left:
        raise _damaged(file, said("file_missing", file=min(left)))
    store = next(name for name in STORES if name in listed)
    return store, len(listed) - 1


def _listed(archive: tarfile.TarFile, file: Path) -> Mapping[str, Mapping[str, Any]]:
    """The members that the list names, each a name that leads nowhere else than into the folder."""
    first = archive.next()
    inside = archive.extractfile(first) if first is not None and first.name == LIST else None
    if first is None or inside is None or first.size > _MOST_LISTED:
        raise foreign(file)
    told = json.loads(inside.read())
    if not isinstance(told, dict) or told.get("dutyclock") != 1:
        raise foreign(file)
    members = told.get("members")
    if not isinstance(members, dict) or sum(name in members for name in STORES) != 1:
        raise _damaged(file, said("list_names_no_store"))
    for name, facts in members.items():
        parts = PurePosixPath(name).parts
        is_ours = name in STORES or (name.startswith(_FILES) and ".." not in parts)
        if not is_ours or "\\" in name or not {"size", "sha256"} <= set(facts):
            raise _damaged(file, said("list_names_file", file=name))
    return members


def _unpack(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    facts: Mapping[str, Any],
    folder: Path,
    file: Path,
) -> None:
    inside = archive.extractfile(member)
    assert inside is not None  # it is a plain file
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, count = hashlib.sha256(), 0
    with target.open("wb") as out:
        while block := inside.read(_AT_ONCE):
            digest.update(block)
            count += len(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if (count, digest.hexdigest()) != (facts["size"], facts["sha256"]):
        raise _damaged(file, said("not_what_was_put_in", name=member.name))


def foreign(file: Path) -> BadInput:
    """What is said of a file that is no backup."""
    told = said("not_a_backup")
    return BadInput([Problem(Place(str(file)), told, said("name_a_backup"))])


def _damaged(file: Path, how: Said | Bare) -> BadInput:
    damaged = said("backup_damaged", how=how)
    return BadInput([Problem(Place(str(file)), damaged, said("take_another_backup"))])


def is_archive(file: Path) -> bool:
    """Whether the file is a tar archive, by its beginning."""
    try:
        return tarfile.is_tarfile(file)
    except OSError:
        return False
