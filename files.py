"""A file that somebody names, as its bytes: within a limit, and never a device, a pipe or a folder.

Opening a pipe waits for ever and a device has no end, so what is named is looked at before it is
opened, and again when it is open: what it was may have been exchanged in between.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from problems import BadInput, Place, Problem, Said, bare, reason_of, said

_KINDS = (
    (stat.S_ISDIR, said("kind_folder")),
    (stat.S_ISCHR, said("kind_device")),
    (stat.S_ISBLK, said("kind_device")),
    (stat.S_ISFIFO, said("kind_pipe")),
    (stat.S_ISSOCK, said("kind_socket")),
)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


def other_kind(path: Path) -> Said | None:
    """What stands at `path` instead of a plain file: a folder, a device, a pipe or a socket; None
    where it is a file. Raises OSError where nothing is.
    """
    return _kind(path.stat().st_mode)


def _kind(bits: int) -> Said | None:
    if stat.S_ISREG(bits):
        return None
    return next((name for fits, name in _KINDS if fits(bits)), said("kind_device"))


def _refuse(kind: Said | None, name: str) -> None:
    if kind is not None:
        problem = Problem(Place(name), said("not_a_plain_file", kind=kind), said("name_a_file"))
        raise BadInput([problem])


@contextmanager
def opened(path: Path, name: str = "") -> Iterator[BinaryIO]:
    """A plain file, open for reading bytes; `name` is how it is called in messages.

    Raises BadInput where something else stands there, and OSError where it cannot be opened.
    """
    shown = name or str(path)
    _refuse(other_kind(path), shown)
    with open(path, "rb", opener=lambda at, flags: os.open(at, flags | _NO_WAIT)) as stream:
        _refuse(_kind(os.fstat(stream.fileno()).st_mode), shown)
        yield stream


def content_of(path: Path, most: int, name: str = "") -> bytes:
    """The bytes of a plain file, `most` of them at most; `name` is how it is called in messages.

    Raises BadInput where it is longer, something else, or cannot be read.
    """
    shown = name or str(path)
    try:
        with opened(path, shown) as stream:
            # One byte past the limit is enough to tell that a file is too long.
            content = stream.read(most + 1)
            size = max(os.fstat(stream.fileno()).st_size, len(content))
    except OSError as error:
        unreadable = said("cannot_be_read", reason=reason_of(error))
        raise BadInput([Problem(Place(shown), unreadable)]) from error
    if len(content) > most:
        longer = said("file_longer", bytes=bare(f"{size:,}"), most=bare(f"{most:,}"))
        raise BadInput([Problem(Place(shown), longer, said("name_a_smaller_file"))])
    return content
