"""The parts that are packed in a workbook: what of the archive is sound, within the limits."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from data.grids.limits import PARTS, UNPACKED_BYTES
from problems import BadInput, Bare, Place, Problem, Said, bare, said

BROKEN = (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError,
          zlib.error, struct.error)  # fmt: skip
"""What unpacking a damaged archive may raise."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNREAD = (
    *("docprops/", "customxml/", "docmetadata/", "xl/theme/", "xl/media/", "xl/drawings/"),
    *("xl/charts/", "xl/comments", "xl/threadedcomments/", "xl/persons/", "xl/externallinks/"),
    *("xl/pivottables/", "xl/pivotcache/", "xl/printersettings/", "xl/ctrlprops/", "xl/activex/"),
)
"""Parts that say nothing of cells: whatever they hold, the cells can be read."""


def packed_members(name: str, content: bytes) -> list[ZipInfo]:
    """What a workbook says is packed in it, in its order. Raises BadInput where it is none, or is
    more than is read. `name` is that of the file in messages.
    """
    if content.startswith(_OLD):
        raise _refused(name, said("workbook_old_or_locked"), said("save_as_xlsx_open"))
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
    except BROKEN:
        raise not_a_workbook(name, said("library_not_a_zip")) from None
    if len(members) > PARTS:
        told = said("too_many_parts", count=len(members), most=PARTS)
        raise _refused(name, told, said("save_as_xlsx"))
    size = sum(one.file_size for one in members)
    if size > UNPACKED_BYTES:
        most = bare(f"{UNPACKED_BYTES:,}")
        told = said("workbook_unpacks_to", bytes=bare(f"{size:,}"), most=most)
        raise _refused(name, told, said("split_workbook"))
    seen: set[str] = set()
    for one in members:
        folded = one.filename.casefold()
        if folded in seen:
            raise not_a_workbook(name, said("part_stands_twice", part=_short(one.filename)))
        seen.add(folded)
    return members


def says_cells(part: str) -> bool:
    """Whether a part of this name is needed to read the cells."""
    folded = part.casefold()
    return folded.endswith((".xml", ".rels")) and not folded.startswith(_UNREAD)


def unpacked(name: str, content: bytes, members: Iterable[ZipInfo]) -> dict[str, bytes]:
    """The bytes of the parts, by their names, in the same order. Raises BadInput with every part
    that is damaged.
    """
    problems: list[Problem] = []
    parts: dict[str, bytes] = {}
    with ZipFile(io.BytesIO(content)) as archive:
        for one in members:
            try:
                if one.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or one.flag_bits & 1:
                    raise BadZipFile
                parts[one.filename] = archive.read(one)
            except BROKEN:
                told = said("part_damaged", part=_short(one.filename))
                problems.append(Problem(Place(name), told, said("save_as_xlsx")))
    if problems:
        raise BadInput(problems)
    return parts


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as an archive again, not compressed: nobody else unpacks what we did not."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def not_a_workbook(place: str, reason: Said | Bare) -> BadInput:
    """What is said of a file, or of a sheet of it, that cannot be read as a workbook's."""
    return _refused(place, said("not_a_workbook", reason=reason), said("save_as_xlsx"))


def _refused(name: str, told: Said, hint: Said) -> BadInput:
    return BadInput([Problem(Place(name), told, hint)])


def _short(part: str) -> str:
    return part if len(part) <= 60 else f"{part[:60]}…"
