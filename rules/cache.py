"""Keeps a checked rulebook beside the hash of the files that made it.

A rulebook of thousands of duties takes seconds to check and a moment to read back. The key takes in
the files, this package's code and the versions below it, so a change of any of them reads anew. A
cache that is missing, broken or not writable is no problem: the files are what counts.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydantic

from rules.files import RuleFile, content_key
from rules.rulebook import Rulebook

KEPT = 8
"""So many rulebooks stay in a cache folder: the newest ones."""

_FROM = frozenset({"datetime", "decimal", "fractions", "copyreg", "pydantic_core._pydantic_core"})


@lru_cache
def _code() -> str:
    """A hash of the code that checks rules, and of the versions that it stands on."""
    total = hashlib.sha256(f"{sys.version_info[:3]} {pydantic.VERSION}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def _path(cache: Path, files: Sequence[RuleFile]) -> Path:
    key = hashlib.sha256(f"{_code()} {content_key(files)}".encode()).hexdigest()
    return cache / f"rulebook-{key}.pickle"


class _Reader(pickle.Unpickler):
    """Makes nothing but rule values, days and numbers, whatever the file asks for."""

    def find_class(self, module: str, name: str) -> Any:
        if module in _FROM or module.partition(".")[0] == "rules":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a rulebook")


def read_cached(cache: Path | None, files: Sequence[RuleFile]) -> Rulebook | None:
    """The rulebook that these very files made before; None when it was not kept, or is broken."""
    if cache is None:
        return None
    try:
        path = _path(cache, files)
        kept = _Reader(io.BytesIO(path.read_bytes())).load()
    except Exception:
        # Any bytes may stand in a broken file, and any error may come of them.
        return None
    return kept if isinstance(kept, Rulebook) else None


def write_cached(cache: Path | None, files: Sequence[RuleFile], rulebook: Rulebook) -> None:
    """Keep the rulebook, whole or not at all; drop the oldest ones."""
    if cache is None:
        return
    with contextlib.suppress(OSError):
        path = _path(cache, files)
        cache.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="rulebook-", suffix=".part", dir=cache)
        try:
            with os.fdopen(handle, "wb") as stream:
                pickle.dump(rulebook, stream, protocol=pickle.HIGHEST_PROTOCOL)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        kept = sorted(cache.glob("rulebook-*.pickle"), key=lambda path: path.stat().st_mtime_ns)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)
