"""Keeps a checked rulebook beside the hash of the files that made it.

A rulebook of thousands of duties takes seconds to check and a moment to read back. The key takes in
the files, this package's code and the versions below it, so a change of any of them reads anew. A
cache that is missing, broken or not writable is no problem: the files are what counts.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydantic
from pydantic import BaseModel

from rules.files import RuleFile, content_key
from rules.rulebook import Rulebook

KEPT = 8
"""How many rulebooks a cache folder keeps: the newest ones."""

_FROM = frozenset({"datetime", "decimal", "fractions"})


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


@lru_cache
def _plain(model: type[BaseModel]) -> dict[str, Any]:
    """All fields of a model in their order, with their defaults where sharing one does no harm."""
    fields = model.model_fields.items()
    return {name: field.default if _shared(field.default) else None for name, field in fields}


def _shared(value: Any) -> bool:
    return isinstance(value, (str, int, tuple, BaseModel)) or value is None


def remake(model: type[BaseModel], given: dict[str, Any], said: tuple[str, ...]) -> BaseModel:
    """A model with these values, not checked again: they were when they were kept."""
    made = model.__new__(model)
    object.__setattr__(made, "__dict__", {**_plain(model), **given})
    object.__setattr__(made, "__pydantic_fields_set__", set(said))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


class _Writer(pickle.Pickler):
    """Pickles a rulebook without the fields that have their default, as most of a measure's do."""

    def reducer_override(self, value: Any) -> Any:
        if not isinstance(value, BaseModel):
            return NotImplemented
        model = type(value)
        plain = _plain(model)
        given = {name: getattr(value, name) for name in plain}
        given = {
            name: part
            for name, part in given.items()
            if type(part) is not type(plain[name]) or part != plain[name]
        }
        said = tuple(name for name in plain if name in value.model_fields_set)
        return remake, (model, given, said)


def _sharing(rulebook: Rulebook) -> Rulebook:
    """The same rulebook, with one value for what many duties say alike: `每月1次` is kept once."""
    kept: dict[tuple[str, str], BaseModel] = {}
    duties = []
    for duty in rulebook.duties:
        parts = {}
        for name in ("holder", "activity", "frequency", "valid"):
            part = getattr(duty, name)
            if isinstance(part, BaseModel):
                # Which keys a file gave is no part of the text of a value, and is kept too.
                said = f"{part!r} {sorted(part.model_fields_set)}"
                parts[name] = kept.setdefault((type(part).__name__, said), part)
        duties.append(duty.model_copy(update=parts))
    return replace(rulebook, duties=tuple(duties))


class _RulesUnpickler(pickle.Unpickler):
    """Makes nothing but rule values, days and numbers, whatever the file asks for."""

    def find_class(self, module: str, name: str) -> Any:
        if module in _FROM or module.partition(".")[0] == "rules":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a rulebook")


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """A context without garbage collection, which would walk over ever more values in vain."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def read_cached(cache: Path | None, files: Sequence[RuleFile]) -> Rulebook | None:
    """The rulebook that these very files made before; None when it was not kept, or is broken."""
    if cache is None:
        return None
    path = _path(cache, files)
    try:
        raw = path.read_bytes()
        with without_collection():
            kept = _RulesUnpickler(io.BytesIO(raw)).load()
    except Exception:
        # Any bytes may stand in a broken file, and any error may come of them.
        return None
    if not isinstance(kept, Rulebook):
        return None
    with contextlib.suppress(OSError):  # that of somebody else
        os.utime(path)  # what is dropped is what was not asked for longest
    return kept


def write_cached(cache: Path | None, files: Sequence[RuleFile], rulebook: Rulebook) -> None:
    """Keep the rulebook, whole or not at all; drop those not asked for longest."""
    if cache is None:
        return
    with contextlib.suppress(OSError):
        path = _path(cache, files)
        cache.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="rulebook-", suffix=".part", dir=cache)
        try:
            with os.fdopen(handle, "wb") as stream:
                _Writer(stream, protocol=pickle.HIGHEST_PROTOCOL).dump(_sharing(rulebook))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        kept = sorted(cache.glob("rulebook-*.pickle"), key=lambda path: path.stat().st_mtime_ns)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)
