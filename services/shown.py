"""Which rows were shown last to somebody, so that `why 3` is about the third of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.atomic import beside
from data.cell_values import FIRST_YEAR, LAST_YEAR
from data.store.opening import Store
from data.unreadable import json_read
from files import content_of
from problems import BadInput, Bare, Place, Problem, Said, reason_of, said
from services.look import When
from services.office import Office, store_of

_LONGEST = 64 * 1024**2
"""Bytes of a list: the rows of the largest table that is shown are far below it."""


@dataclass(frozen=True)
class Reader:
    """Who reads what is shown, and the folder that is his own on this machine."""

    name: str
    folder: Path


@dataclass(frozen=True)
class ShownRow:
    """The verdict of a row, and the days of the table in which it stood."""

    verdict: str
    as_of: date
    known_on: date | None


def keep_shown(
    office: Office, reader: Reader, as_of: date, known_on: date | None, verdicts: Sequence[str]
) -> Said | Bare | None:
    """Keeps the rows of what was shown last, in a file beside the store that is the reader's alone;
    in his own folder where the store is on a server, or nothing can be written beside it. Why that
    failed; None where it did not.
    """
    store = store_of(office)
    told = {
        "store": _identity(store),
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "verdicts": list(verdicts),
    }
    failed: Said | Bare | None = None
    own, *near = _places(store, reader)
    for place in (*near, own):
        try:
            _write(place, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            failed = reason_of(error)
            continue
        if place != own:
            # The list in the own folder is read first: it is there only where this one cannot be.
            with suppress(OSError):
                own.unlink(missing_ok=True)
        return None
    return failed


def shown_row(office: Office, reader: Reader, number: int, when: When) -> ShownRow:
    """The row of that number in what was shown last; a day that is asked for goes before that of
    the table. Raises BadInput where there is no such row, or the list is of another store.
    """
    store = store_of(office)
    told = next(_lists(store, reader), None)
    hint = said("ask_by_words")
    if told is None:
        raise _refused(said("nothing_was_shown", number=number), hint)
    if told["store"] != _identity(store):
        raise _refused(said("shown_of_another_store", number=number), said("show_it_again"))
    verdicts = told["verdicts"]
    if not verdicts:
        raise _refused(said("shown_without_rows"), hint)
    if not 1 <= number <= len(verdicts):
        raise _refused(said("no_such_row", number=number), said("rows_go_to", last=len(verdicts)))
    known_on = when.known_on or (told["known_on"] and date.fromisoformat(told["known_on"]))
    as_of = when.as_of or date.fromisoformat(told["as_of"])
    return ShownRow(verdicts[number - 1], as_of, known_on or None)


def _refused(what: Said, hint: Said) -> BadInput:
    return BadInput([Problem(Place("VERDICT"), what, hint)])


def _identity(store: Store) -> list[str]:
    """What tells the store from every other: where it is, and when it was made."""
    where = store.name if store.file is None else str(store.file.resolve())
    return [where, store.made_at]


def _places(store: Store, reader: Reader) -> list[Path]:
    """Where the list of a reader may be: first in his own folder, then beside the store."""
    where, _ = _identity(store)
    whose = re.sub(r"[^\w.-]", "_", reader.name)
    if whose != reader.name:
        whose += "-" + hashlib.sha256(reader.name.encode()).hexdigest()[:8]
    mark = hashlib.sha256(where.encode()).hexdigest()[:16]
    own = reader.folder / f"shown-{mark}-{whose}.json"
    return (
        [own]
        if store.file is None
        else [own, store.file.with_name(f".{store.file.name}.{whose}.shown")]
    )


def _lists(store: Store, reader: Reader) -> Iterator[dict[str, Any]]:
    """The lists that can be read; what is none is passed over."""
    for place in _places(store, reader):
        try:
            told = json_read(content_of(place, _LONGEST).decode())
        except (BadInput, ValueError, RecursionError):
            continue
        if _is_list(told):
            yield told


def _is_list(told: Any) -> bool:
    if not isinstance(told, dict) or told.keys() != {"store", "as_of", "known_on", "verdicts"}:
        return False
    verdicts = told["verdicts"]
    if not isinstance(verdicts, list) or not all(isinstance(one, str) for one in verdicts):
        return False
    try:
        days = [date.fromisoformat(told[name] or told["as_of"]) for name in ("as_of", "known_on")]
    except (TypeError, ValueError):
        return False
    return all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days)


def _write(place: Path, text: str) -> None:
    """Writes the file whole, readable by its owner alone. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = beside(place)
    try:
        part.touch(mode=0o600, exist_ok=False)
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(place)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
