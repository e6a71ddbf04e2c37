"""A backup with the kept files in it: a tar archive that begins with the hashes of the rest.

backup.json   {"dutyclock": 1, "members": {name: {"size": …, "sha256": …}}}
store.db      the store (store.dump: what pg_dump writes)
files/…       the kept files as they stand in their folder, each named by its hash: ab/abcd…
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from data.cell_values import shown
from problems import BadInput, Place, Problem, Said, said

Progress = Callable[[int, int], None]

LIST = "backup.json"
STORES = ("store.db", "store.dump")
_FILES = "files/"
_AT_ONCE = 1 << 20
_MOST_LISTED = 1 << 28
_INNER = re.compile(r"([0-9a-f]{2})/\1[0-9a-f]{62}")
"""A kept file within its folder."""


@dataclass(frozen=True)
class Packed:
    """The hashes of the kept files that were packed, and of those that are not what they were."""

    files: frozenset[str]
    changed: frozenset[str]


def write_archive(part: Path, store: Path, is_sqlite: bool, files: Path, tell: Progress) -> Packed:
    """Writes the archive of a copied store and of the kept files of a folder.

    Only what stands where a file of its hash belongs goes in. What somebody is writing into the
    folder just now, or has put there beside, stays out. Raises OSError.
    """
    members = {STORES[0] if is_sqlite else STORES[1]: store}
    members.update((f"{_FILES}{name}", path) for name, path in sorted(_kept(files)))
    sizes = {name: path.stat().st_size for name, path in members.items()}
    total, done = 2 * sum(sizes.values()), 0
    listed: dict[str, dict[str, Any]] = {}
    changed: set[str] = set()
    for name, path in members.items():
        digest = _sha256(path)
        if name in STORES or path.name == digest:
            listed[name] = {"size": sizes[name], "sha256": digest}
        else:
            changed.add(path.name)
        done += sizes[name]
        tell(done, total)
    with tarfile.open(part, "w", format=tarfile.PAX_FORMAT) as archive:
        text = json.dumps({"dutyclock": 1, "members": listed}, ensure_ascii=False, indent=1)
        _add(archive, LIST, io.BytesIO(text.encode()), len(text.encode()))
        for name in listed:
            with members[name].open("rb") as file:
                _add(archive, name, file, sizes[name])
            done += sizes[name]
            tell(done, total)
    tell(total, total)
    kept = frozenset(name.rpartition("/")[2] for name in listed if name not in STORES)
    return Packed(kept, frozenset(changed))


def _kept(files: Path) -> Iterator[tuple[str, Path]]:
    for folder, _, names in os.walk(files):
        for name in names:
            path = Path(folder) / name
            inner = path.relative_to(files).as_posix()
            if _INNER.fullmatch(inner) and path.is_file():
                yield inner, path


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

    Nothing is written but the store and files named by their own hash, each once, as a plain file
    of the size that the list tells.
    """
    size = file.stat().st_size
    try:
        with tarfile.open(file, "r:") as archive:
            listed = _listed(archive, file, size)
            left = set(listed)
            for member in archive:
                if member.name == LIST and member.offset == 0:
                    continue
                if member.name not in left or not _is_plain(member):
                    raise _damaged(file, said("not_in_its_list", name=shown(member.name)))
                left.discard(member.name)
                _unpack(archive, member, listed[member.name], folder, file)
                tell(min(member.offset_data + member.size, size), size)
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise _damaged(file, said("archive_unreadable")) from error
    if left:
        raise _damaged(file, said("file_missing", file=min(left)))
    store = next(name for name in STORES if name in listed)
    return store, len(listed) - 1


def _is_plain(member: tarfile.TarInfo) -> bool:
    """No link, folder or device, and no file with holes, which unpacks to more than it is."""
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()


def _listed(archive: tarfile.TarFile, file: Path, size: int) -> Mapping[str, Mapping[str, Any]]:
    """The members that the list names: a store, and files that are named by their own hash."""
    first = archive.next()
    is_list = first is not None and first.name == LIST and _is_plain(first)
    inside = archive.extractfile(first) if first is not None and is_list else None
    if first is None or inside is None or first.size > _MOST_LISTED:
        raise foreign(file)
    try:
        told = json.loads(inside.read(), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise _damaged(file, said("list_unreadable")) from error
    if not isinstance(told, dict) or type(told.get("dutyclock")) is not int:
        raise foreign(file)
    if told["dutyclock"] != 1:
        raise foreign(file)
    members = told.get("members")
    if not isinstance(members, dict) or sum(name in members for name in STORES) != 1:
        raise _damaged(file, said("list_names_no_store"))
    for name, facts in members.items():
        if not _is_ours(name, facts):
            raise _damaged(file, said("list_names_file", file=shown(name)))
    if sum(facts["size"] for facts in members.values()) > size:
        raise _damaged(file, said("list_tells_more"))
    return members


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What a list tells of each name. Raises ValueError where one stands in it twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(len(pairs))
    return found


def _is_ours(name: str, facts: object) -> bool:
    """Whether what the list tells of a member can be: its name, its size and its hash."""
    if not isinstance(facts, dict):
        return False
    size, sha256 = facts.get("size"), facts.get("sha256")
    if type(size) is not int or size < 0 or not isinstance(sha256, str):
        return False
    inner = name.removeprefix(_FILES)
    return name in STORES or (
        name != inner and bool(_INNER.fullmatch(inner)) and inner.rpartition("/")[2] == sha256
    )


def _unpack(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    facts: Mapping[str, Any],
    folder: Path,
    file: Path,
) -> None:
    inside = archive.extractfile(member)
    assert inside is not None  # it is a plain file
    changed = _damaged(file, said("not_what_was_put_in", name=shown(member.name)))
    if member.size != facts["size"]:
        raise changed
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, count = hashlib.sha256(), 0
    with target.open("xb") as out:
        while block := inside.read(_AT_ONCE):
            digest.update(block)
            count += len(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if (count, digest.hexdigest()) != (facts["size"], facts["sha256"]):
        raise changed


def foreign(file: Path) -> BadInput:
    """What is said of a file that is no backup."""
    told = said("not_a_backup")
    return BadInput([Problem(Place(str(file)), told, said("name_a_backup"))])


def _damaged(file: Path, how: Said) -> BadInput:
    damaged = said("backup_damaged", how=how)
    return BadInput([Problem(Place(str(file)), damaged, said("take_another_backup"))])


def is_archive(file: Path) -> bool:
    """Whether the file is a tar archive, by its beginning."""
    try:
        return tarfile.is_tarfile(file)
    except OSError:
        return False
