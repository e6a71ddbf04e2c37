"""Files that prove an act: kept, listed, written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.keeping import evidence as kept
from data.keeping.evidence import Attached, Kept
from data.store.journal import Doing
from services.office import Office, done_at, store_of
from services.papers import writable


@dataclass(frozen=True)
class Proofs:
    """What proves an act: the words of its own record, and its files, each with whether it is still
    there.
    """

    said: tuple[str, ...]
    files: tuple[tuple[Kept, bool], ...]


def attach(
    office: Office, doing: Doing, activity: str, files: Sequence[Path]
) -> tuple[Attached, ...]:
    """Keeps files as evidence of an act: all of them or none. Raises BadInput."""
    store = store_of(office)
    return tuple(kept.attach(store, activity, files, done_at(doing, store)))


def proofs(office: Office, activity: str) -> Proofs:
    """What proves the act. Raises BadInput where there is none of that id."""
    store = store_of(office)
    files = kept.evidence_of(store, activity)
    return Proofs(tuple(kept.evidence_told(store, activity)), files)


def write_out(office: Office, activity: str, asked: str, out: Path) -> tuple[Kept, Path]:
    """Writes one of its files out, to a file or into a folder: by its name, or how its hash begins.

    Raises BadInput.
    """
    store = store_of(office)
    with writable(out):
        return kept.write_out(store, activity, asked, out)
