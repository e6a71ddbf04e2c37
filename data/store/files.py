"""Where files are kept by their SHA-256: a folder, or any place that fsspec knows.

A file is written under a passing name, checked against its hash, and moved to `ab/abcd…`; one that
is there already is not written again. Nothing here knows what a file is evidence of.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from data.cell_values import shown
from data.passwords import without_passwords
from problems import (
    BadInput,
    Bare,
    Objection,
    Place,
    Problem,
    Said,
    bare,
    did_you_mean,
    reason_of,
    said,
)

Opened = Callable[[], AbstractContextManager[IO[bytes]]]
"""Opens what is to be kept, for reading from its beginning."""

_PART = 1 << 20
IS_HASH = re.compile(r"[0-9a-f]{64}")
"""A SHA-256, under which a file is kept. What is none leads to no file, wherever it would."""


def is_url(place: str) -> bool:
    """Whether the place is one of fsspec's, and not a plain folder."""
    return "://" in place or "::" in place


def place_text(text: str) -> str:
    """A folder, or a URL that fsspec knows. Raises Objection."""
    if not is_url(text):
        return text
    if without_passwords(text) != text:
        hint = said("password_in_driver_settings")
        raise Objection(said("url_holds_password"), hint)
    from fsspec import available_protocols

    protocol = re.split(r"://|::", text)[0]
    known = [str(one) for one in available_protocols()]
    if protocol not in known:
        hint = did_you_mean(protocol, known) or said("write_folder_or_url")
        raise Objection(said("not_a_place_for_files", text=shown(text)), hint)
    return text


def digest_of(opened: Opened) -> tuple[str, int]:
    """The SHA-256 of what is read, and how many bytes there were."""
    digest, size = hashlib.sha256(), 0
    with opened() as read:
        while part := read.read(_PART):
            digest.update(part)
            size += len(part)
    return digest.hexdigest(), size


@dataclass(frozen=True)
class Folder:
    """A place of kept files; `name` is how it is called in messages (no password in it)."""

    name: str
    fs: Any
    root: str
    is_local: bool

    def path(self, sha256: str) -> str:
        """Where the file of that hash stands, or would."""
        return f"{self.root.rstrip('/')}/{sha256[:2]}/{sha256}"

    def has(self, sha256: str) -> bool:
        """Whether there is a file of that name, whatever it holds."""
        if not IS_HASH.fullmatch(sha256):
            return False
        with self._reached():
            try:
                return bool(self.fs.info(self.path(sha256))["type"] == "file")
            except FileNotFoundError:
                return False

    def digest(self, sha256: str) -> tuple[str, int] | None:
        """The hash and size of what is kept under that hash; None where nothing is."""
        if not IS_HASH.fullmatch(sha256):
            return None
        with self._reached():
            try:
                return digest_of(self.opened(sha256))
            except FileNotFoundError:
                return None

    def opened(self, sha256: str) -> Opened:
        """Opens the file of that hash."""
        return lambda: self.fs.open(self.path(sha256), "rb")

    def put(self, opened: Opened, sha256: str, source: str) -> bool:
        """Keeps a file of that hash; False where it is kept already. `source` is its name.

        Raises BadInput where it cannot be read or written, or is another one by now.
        """
        found = self.digest(sha256)
        if found is not None and found[0] == sha256:
            return False
        target = self.path(sha256)
        passing = f"{target.rpartition('/')[0]}/.{secrets.token_hex(8)}.part"
        try:
            with self._reached():
                self.fs.makedirs(passing.rpartition("/")[0], exist_ok=True)
                with self.fs.open(passing, "wb") as out:
                    digest = self._copied(opened, out, source)
            if digest != sha256:
                message = said("file_changed_meanwhile")
                raise BadInput([Problem(Place(source), message, said("attach_it_again"))])
            with self._reached():
                self._move(passing, target)
        except BaseException:
            with suppress(Exception):
                self.fs.rm(passing)
            raise
        return True

    def _copied(self, opened: Opened, out: Any, source: str) -> str:
        digest = hashlib.sha256()
        for part in _parts(opened, source):
            digest.update(part)
            out.write(part)
        if self.is_local:
            out.flush()
            os.fsync(out.fileno())
        return digest.hexdigest()

    def _move(self, passing: str, target: str) -> None:
        if self.is_local:
            Path(passing).replace(target)
        else:
            self.fs.mv(passing, target)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Tells what hinders us there as a problem: each kind of place has errors of its own."""
        try:
            yield
        except (BadInput, FileNotFoundError):
            raise
        except Exception as error:
            message = said("files_unreachable", reason=_reason(error))
            hint = said("setting_says_where_files_are")
            raise BadInput([Problem(Place(self.name), message, hint)]) from error


def _reason(error: Exception) -> Said | Bare:
    """Why; the kind of error where it says nothing."""
    return reason_of(error) if str(error) else bare(type(error).__name__)


def _parts(opened: Opened, source: str) -> Iterator[bytes]:
    try:
        with opened() as read:
            while part := read.read(_PART):
                yield part
    except OSError as error:
        problem = Problem(Place(source), said("cannot_be_read", reason=reason_of(error)))
        raise BadInput([problem]) from error


def folder_at(place: str) -> Folder:
    """The place of kept files at a folder or an fsspec URL. Raises BadInput where there is none."""
    from fsspec.core import url_to_fs
    from fsspec.implementations.local import LocalFileSystem

    if not is_url(place):
        return Folder(place, LocalFileSystem(), str(Path(place).absolute().as_posix()), True)
    name = without_passwords(place)
    try:
        fs, root = url_to_fs(place)
    except Exception as error:
        message = said("files_unreachable", reason=_reason(error))
        hint = said("setting_says_where_files_are")
        raise BadInput([Problem(Place(name), message, hint)]) from error
    return Folder(name, fs, str(root), isinstance(fs, LocalFileSystem))
