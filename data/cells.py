"""What one cell says: its canonical text, or what is wrong with it.

A parser gets the text of a cell that is not blank and gives the canonical text that the store
keeps, so equal meanings compare equal (`3.0` and `3`, `9:30` and `09:30`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from data.columns import CellKind
from problems import did_you_mean, one_of

LONGEST_CELL = 1_000_000
LONGEST_NOTE = 10_000
LONGEST_ID = 200
STATUSES = ("planned", "moved", "cancelled", "done")
STATUSES_ZH = {"计划": "planned", "改期": "moved", "取消": "cancelled", "已办": "done"}
SETTINGS = ("records_from", "timezone", "files")
FLAGS = {
    "yes": "yes",
    "no": "no",
    "是": "yes",
    "否": "no",
    "1": "yes",
    "0": "no",
    "true": "yes",
    "false": "no",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]([0-9]{2}))?")
_MOMENT = re.compile(r"([0-9-]{10})[T ]([0-9:]{4,8})(\.[0-9]{1,6})?")
_NUMBER = re.compile(r"([0-9]{1,30})(?:\.([0-9]{1,30}))?")
_LISTED = re.compile(r"[;；]")
_FORBIDDEN = re.compile(r"[@#/;；\x00-\x1f\x7f]")
_WRITTEN = "dates are written YYYY-MM-DD"


class CellError(Exception):
    """What is wrong with a cell, and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


def shown(text: str) -> str:
    """The value as it was written, in quotes, cut where it is long."""
    line = text.replace("\0", "\\0").replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    return f"'{line[:60]}…'" if len(line) > 60 else f"'{line}'"


def day_text(text: str) -> str:
    """The day as YYYY-MM-DD."""
    text = text.strip()
    found = _DAY.fullmatch(text)
    if not found:
        raise CellError(f"{shown(text)} is not a day", _day_hint(text))
    year, month, day = (int(part) for part in found.groups())
    if year == 0:
        raise CellError(f"{shown(text)} is not a day", f"there is no year 0; {_WRITTEN}")
    if not 1 <= month <= 12:
        raise CellError(f"{shown(text)} is not a day", f"a year has 12 months; {_WRITTEN}")
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise CellError(
            f"{shown(text)} is not a day",
            f"{_MONTHS[month - 1]} {year} has {days} days; {_WRITTEN}",
        )
    return text


def _day_hint(text: str) -> str:
    """How the day was probably meant."""
    found = _LOOSE_DAY.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return f"did you mean '{date(year, month, day).isoformat()}'? {_WRITTEN}"
        except ValueError:
            pass
    return f"{_WRITTEN}, such as 2022-02-28"


def time_text(text: str) -> str:
    """The time as HH:MM, with seconds only where there are any."""
    text = text.strip()
    found = _TIME.fullmatch(text)
    try:
        if not found:
            raise ValueError
        moment = time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        raise CellError(
            f"{shown(text)} is not a time of day", "times are written HH:MM or HH:MM:SS"
        ) from None
    return moment.isoformat("seconds" if moment.second else "minutes")


def moment_text(text: str) -> str:
    """A day (its first moment) or a moment, as YYYY-MM-DD HH:MM:SS.ffffff."""
    text = text.strip()
    if _DAY.fullmatch(text):
        return f"{day_text(text)} 00:00:00.000000"
    found = _MOMENT.fullmatch(text)
    if not found:
        raise CellError(
            f"{shown(text)} is not a day or moment",
            "write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, local time without a zone",
        )
    clock = time_text(found[2])
    fraction = (found[3] or ".").ljust(7, "0")
    return f"{day_text(found[1])} {clock if len(clock) == 8 else clock + ':00'}{fraction}"


def moment_of(moment: datetime) -> str:
    """A local moment as the store writes it."""
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def number_text(text: str) -> str:
    """An exact decimal above 0, without needless zeros."""
    text = text.strip()
    found = _NUMBER.fullmatch(text)
    if not found:
        hint = "write digits with at most one decimal point, such as 3 or 2.5"
        if re.fullmatch(r"[-－−]\s*[0-9.]+", text):
            hint = "a number here is above 0; leave the cell empty when there is none"
        raise CellError(f"{shown(text)} is not a number above 0", hint)
    whole, rest = found[1].lstrip("0") or "0", (found[2] or "").rstrip("0")
    if whole == "0" and not rest:
        raise CellError(
            f"{shown(text)} is not a number above 0",
            "a number here is above 0; leave the cell empty when there is none",
        )
    return f"{whole}.{rest}" if rest else whole


def version_text(text: str) -> str:
    """A whole number from 1 on."""
    text = text.strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise CellError(f"{shown(text)} is not a whole number from 1 on", "leave it as it was")
    return text


def count_text(text: str) -> str:
    """A whole number, 0 too, without needless zeros."""
    found = re.fullmatch(r"[0-9]{1,18}", text.strip())
    if not found:
        raise CellError(f"{shown(text)} is not a whole number", "write digits only, such as 20480")
    return str(int(found[0]))


def hash_text(text: str) -> str:
    """A SHA-256 in small letters."""
    digits = text.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        hint = "a SHA-256 has 64 digits from 0 to 9 and a to f; 'dutyclock attach' works it out"
        raise CellError(f"{shown(text)} is not a SHA-256", hint)
    return digits


def flag_text(text: str) -> str:
    """`yes` or `no`."""
    found = FLAGS.get(text.strip().lower())
    if found is None:
        raise CellError(f"{shown(text)} is neither yes nor no", f"write {one_of(list(FLAGS))}")
    return found


def id_text(text: str) -> str:
    """An identifier as it was written."""
    if text != text.strip():
        raise CellError(
            f"the identifier {shown(text)} begins or ends with a space", "take the space away"
        )
    if _FORBIDDEN.search(text):
        raise CellError(
            f"the identifier {shown(text)} has a character that identifiers may not have",
            "identifiers are short texts without @ # / ; and without line breaks",
        )
    if len(text) > LONGEST_ID:
        raise CellError(
            f"the identifier {shown(text)} has {len(text)} characters",
            f"an identifier has at most {LONGEST_ID} characters",
        )
    return text


def note_text(text: str) -> str:
    """A note, stripped."""
    text = text.strip()
    if len(text) > LONGEST_NOTE:
        raise CellError(
            f"the note {shown(text)} has {len(text):,} characters",
            f"a note has at most {LONGEST_NOTE:,} characters; keep the rest as evidence",
        )
    return text


def status_text(text: str) -> str:
    """The status of an event."""
    text = STATUSES_ZH.get(text.strip(), text.strip())
    if text not in STATUSES:
        hint = did_you_mean(text, STATUSES) or f"write {one_of(STATUSES)}"
        raise CellError(f"unknown status {shown(text)}", hint)
    return text


def items(text: str) -> list[str]:
    """The items of a list split by ; (also full-width), without blank ones."""
    return [item for part in _LISTED.split(text) if (item := part.strip())]


def items_text(text: str) -> str:
    """A list, its items parted by single semicolons."""
    return ";".join(items(text))


def pairs_text(text: str) -> str:
    """`k=v;k=v`, sorted, so that the same attributes in another order are the same."""
    pairs: dict[str, str] = {}
    for item in items(text):
        key, equals, value = (part.strip() for part in item.partition("="))
        if not (key and equals and value):
            raise CellError(f"{shown(item)} is not a pair", "write key=value;key=value")
        if key in pairs:
            raise CellError(f"the key {shown(key)} stands twice", "each key has one value")
        pairs[key] = value
    return ";".join(f"{key}={pairs[key]}" for key in sorted(pairs))


def dated(text: str) -> tuple[str, str | None]:
    """`name` or `name@day` as its two parts."""
    name, at, day = (part.strip() for part in text.rpartition("@"))
    if not at:
        return text.strip(), None
    if not name:
        raise CellError(f"{shown(text)} has no name before the @", "write 高危 or 高危@2024-11-01")
    return name, day_text(day)


def _dated_text(name: str, day: str | None) -> str:
    return name if day is None else f"{name}@{day}"


def tags_text(text: str) -> str:
    """`tag;tag@day`, each tag once."""
    tags: dict[str, str | None] = {}
    for item in items(text):
        name, day = dated(item)
        if name in tags:
            raise CellError(f"the tag {shown(name)} stands twice", "each tag has one first day")
        tags[name] = day
    return ";".join(_dated_text(name, day) for name, day in tags.items())


def facts_text(text: str) -> str:
    """`k=v;k=v@day`; a key may stand again with another day."""
    facts: dict[tuple[str, str | None], str] = {}
    for item in items(text):
        pair, day = dated(item)
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not (key and equals and value):
            raise CellError(
                f"{shown(item)} is not a dated fact", "write key=value or key=value@day"
            )
        if (key, day) in facts:
            raise CellError(
                f"the fact {shown(key)} stands twice for one day", "give each its own day"
            )
        facts[key, day] = value
    return ";".join(_dated_text(f"{key}={value}", day) for (key, day), value in facts.items())


PARSERS: Mapping[CellKind, Callable[[str], str]] = {
    "id": id_text,
    "ref": str.strip,
    "refs": items_text,
    "text": str.strip,
    "note": note_text,
    "word": str.strip,
    "setting": id_text,
    "status": status_text,
    "day": day_text,
    "moment": moment_text,
    "time": time_text,
    "flag": flag_text,
    "number": number_text,
    "count": count_text,
    "hash": hash_text,
    "items": items_text,
    "pairs": pairs_text,
    "tags": tags_text,
    "facts": facts_text,
    "version": version_text,
}

ABSENT: Mapping[CellKind, str] = {"flag": "no", "status": "planned"}
"""What a blank cell means where it means something."""


def canonical(kind: CellKind, text: str) -> str | None:
    """The canonical text of a cell; None where it is blank. Raises CellError."""
    if "\0" in text:
        raise CellError(
            f"{shown(text)} has a NUL character", "save the file as UTF-8 text, without binary data"
        )
    if len(text) > LONGEST_CELL:
        raise CellError(
            f"the cell {shown(text)} has {len(text):,} characters",
            f"a cell has at most {LONGEST_CELL:,} characters"
            + (f", a note at most {LONGEST_NOTE:,}" if kind == "note" else ""),
        )
    if not text.strip():
        return ABSENT.get(kind)
    return PARSERS[kind](text) or None
