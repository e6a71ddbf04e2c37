"""The head of the journal kept apart from the store, in a small file, perhaps signed.

Whoever can write the store can write a whole new chain; a head that lies elsewhere tells. The file
is JSON: which store (the hash of its first entry), how many entries, the hash of the newest, when.
With a key it has a signature: HMAC-SHA256, by a secret that lies in a file of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from data.atomic import whole_file
from data.store.tables import EntryRow
from files import content_of
from problems import BadInput, Place, Problem, Said, bare, reason_of, said

SHORTEST_KEY = 16
_MOST = 1 << 16
_HASH = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_WRITTEN_BY_VERIFY = said("name_a_head_or_a_new_file")


@dataclass(frozen=True)
class Head:
    """The newest of so many entries, as it was at a moment. `store` is the hash of the first."""

    store: str
    entries: int
    hash: str
    moment: str


@dataclass(frozen=True)
class HeadProof:
    """A head that was written now (`is_new`), or that the store's chain still contains: `after` are
    the entries that came since. `signed`: its signature was made or holds; None: it has one, and
    no key was given.
    """

    head: Head
    is_new: bool
    after: int
    signed: bool | None


def proved_head(
    connection: Connection, file: Path, key_file: Path | None, moment: str
) -> HeadProof:
    """Holds the store against the head in `file`; where there is no such file, it is written.

    The chain itself was walked before. Raises BadInput where the store was cut or rewritten, is
    another one, or where file, key or signature is not sound.
    """
    key = _key(key_file) if key_file is not None else None
    if not file.exists() and not file.is_symlink():
        head = _newest(connection, moment, file)
        _write(file, head, key)
        return HeadProof(head, True, 0, key is not None)
    head, signed = _read(file, key, key_file)
    problem = _unlike(connection, head)
    if problem is not None:
        raise BadInput([Problem(Place(str(file)), problem, said("compare_with_backup"))])
    return HeadProof(head, False, _count(connection) - head.entries, signed)


def _newest(connection: Connection, moment: str, file: Path) -> Head:
    entries = _count(connection)
    first, newest = _hash_of(connection, 1), _hash_of(connection, entries)
    if first is None or newest is None:
        raise BadInput([Problem(Place(str(file)), said("no_head_of_a_broken_chain"))])
    return Head(first, entries, newest, moment)


def _count(connection: Connection) -> int:
    return connection.scalar(select(func.max(EntryRow.entry))) or 0


def _hash_of(connection: Connection, entry: int) -> str | None:
    return connection.scalar(select(EntryRow.hash).where(EntryRow.entry == entry))


def _unlike(connection: Connection, head: Head) -> Said | None:
    """What is other in the store than the head says; None where it is a part of its chain."""
    if _hash_of(connection, 1) != head.store:
        return said("head_of_another_store")
    count = _count(connection)
    moment = bare(head.moment)
    if count < head.entries:
        return said("store_was_cut", entries=head.entries, moment=moment, count=count)
    if _hash_of(connection, head.entries) != head.hash:
        return said("store_was_rewritten", entry=head.entries, moment=moment)
    return None


def _key(file: Path) -> bytes:
    """The secret in a file, without the line end that an editor puts there."""
    key = content_of(file, _MOST).strip(b"\r\n")
    if len(key) < SHORTEST_KEY:
        told = said("key_too_short", bytes=len(key))
        raise BadInput([Problem(Place(str(file)), told, said("longer_key", least=SHORTEST_KEY))])
    return key


def _signature(told: Mapping[str, Any], key: bytes) -> str:
    signed = {name: told[name] for name in sorted(told) if name != "signature"}
    text = json.dumps(signed, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _write(file: Path, head: Head, key: bytes | None) -> None:
    told: dict[str, Any] = {"dutyclock": "head", **vars(head)}
    if key is not None:
        told["signature"] = _signature(told, key)
    try:
        with whole_file(file, _WRITTEN_BY_VERIFY) as part:
            part.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        unwritten = said("cannot_be_written", reason=reason_of(error))
        raise BadInput([Problem(Place(str(file)), unwritten)]) from error


def _read(file: Path, key: bytes | None, key_file: Path | None) -> tuple[Head, bool | None]:
    place = Place(str(file))
    told = _told(content_of(file, _MOST))
    if told is None:
        raise BadInput([Problem(place, said("not_a_head"), _WRITTEN_BY_VERIFY)])
    head = Head(told["store"], told["entries"], told["hash"], told["moment"])
    signature = told.get("signature")
    if key is None:
        return head, None if signature is not None else False
    if signature is None:
        raise BadInput([Problem(place, said("head_unsigned"), said("signed_by_key_at_writing"))])
    if not hmac.compare_digest(signature, _signature(told, key)):
        message = said("head_signature_wrong", key=str(key_file))
        raise BadInput([Problem(place, message, said("head_changed_or_other_key"))])
    return head, True


def _told(raw: bytes) -> Mapping[str, Any] | None:
    """What the file says; None where it is none of ours."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    names = {"dutyclock", "store", "entries", "hash", "moment"}
    if not isinstance(told, dict) or told.keys() - {"signature"} != names:
        return None
    texts = [told[name] for name in ("store", "hash", "moment")]
    texts.append(told.get("signature", "0" * 64))
    if not all(isinstance(one, str) for one in texts) or type(told["entries"]) is not int:
        return None
    is_sound = (
        told["dutyclock"] == "head"
        and 0 < told["entries"] < 1 << 31
        and all(_HASH.fullmatch(texts[at]) for at in (0, 1, 3))
        and _MOMENT.fullmatch(texts[2])
    )
    return told if is_sound else None
