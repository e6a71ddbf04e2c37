"""What one cell says: its canonical text, or what is wrong with it.

A parser gets the text of a cell that is not blank and gives the canonical text that the store
keeps, so equal meanings compare equal (`3.0` and `3`, `9:30` and `09:30`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from data.import_columns import CellKind
from data.settings import setting_key
from problems import (
    MONTHS,
    Objection,
    Said,
    any_of,
    bare,
    control_in,
    did_you_mean,
    said,
    visible,
)

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that a day may lie in: what is judged looks some years to both sides of them."""
NO_BEGINNING, NO_END = "0001-01-01", "9999-12-31"
"""What other programs write as the first and last day of what has none."""
LONGEST_CELL = 1_000_000
LONGEST_NOTE = 10_000
LONGEST_ID = 200
STATUSES = ("planned", "moved", "cancelled", "done")
STATUSES_ZH = {"计划": "planned", "改期": "moved", "取消": "cancelled", "已办": "done"}
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
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]([0-9]{2}))?")
_MOMENT = re.compile(r"([0-9-]{10})[T ]([0-9:]{4,8})(\.[0-9]{1,6})?")
_NUMBER = re.compile(r"([0-9]{1,30})(?:\.([0-9]{1,30}))?")
_LISTED = re.compile(r"[;；]")
_FORBIDDEN = re.compile(r"[@#/;；\x00-\x1f\x7f]")
_WRITTEN = said("dates_form")


def shown(text: str) -> str:
    """The value as it was written, cut where it is long."""
    line = text.replace("\0", "\\0").replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    line = visible(line)
    return f"{line[:60]}…" if len(line) > 60 else line


def iso_day(text: str) -> str:
    """The day as YYYY-MM-DD."""
    text = text.strip()
    found = _DAY.fullmatch(text)
    if not found:
        raise Objection(said("not_a_day", text=shown(text)), _day_hint(text))
    year, month, day = (int(part) for part in found.groups())
    wrong = _no_such_day(year, month, day)
    if wrong:
        raise Objection(said("not_a_day", text=shown(text)), wrong)
    return text


def in_the_years(day: str) -> str:
    """The day, or moment, as it is, where its year is one that is judged. Raises Objection."""
    if not f"{FIRST_YEAR}" <= day[:4] <= f"{LAST_YEAR}":
        told = said("outside_the_years", value=day[:10], first=FIRST_YEAR, last=LAST_YEAR)
        raise Objection(told, said("is_the_year_mistyped"))
    return day


def _no_such_day(year: int, month: int, day: int) -> Said | None:
    if year == 0:
        return said("year_zero", form=_WRITTEN)
    if not 1 <= month <= 12:
        return said("year_has_12_months", form=_WRITTEN)
    days = monthrange(year, month)[1]
    if 1 <= day <= days:
        return None
    named = MONTHS[month - 1]
    return said("month_has_days_written", month=named, year=year, days=days, form=_WRITTEN)


def _day_hint(text: str) -> Said:
    """How the day was probably meant."""
    found = _LOOSE_DAY.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            day_meant = date(year, month, day).isoformat()
            return said("did_you_mean_written", word=day_meant, form=_WRITTEN)
        except ValueError:
            pass
    return said("such_as_february", form=_WRITTEN)


def time_text(text: str) -> str:
    """The time as HH:MM, with seconds only where there are any."""
    text = text.strip()
    found = _TIME.fullmatch(text)
    try:
        if not found:
            raise ValueError
        moment = time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        raise Objection(said("not_a_time", text=shown(text)), said("times_form")) from None
    return moment.isoformat("seconds" if moment.second else "minutes")


def moment_text(text: str) -> str:
    """A day (its first moment) or a moment, as YYYY-MM-DD HH:MM:SS.ffffff."""
    text = text.strip()
    if _DAY.fullmatch(text):
        return f"{iso_day(text)} 00:00:00.000000"
    found = _MOMENT.fullmatch(text)
    if not found:
        raise Objection(
            said("not_a_moment", text=shown(text)),
            said("moment_form"),
        )
    clock = time_text(found[2])
    fraction = (found[3] or ".").ljust(7, "0")
    return f"{iso_day(found[1])} {clock if len(clock) == 8 else clock + ':00'}{fraction}"


def stored_moment(moment: datetime) -> str:
    """A local moment as the store writes it."""
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def exact_number(text: str) -> str:
    """An exact decimal above 0, without needless zeros."""
    text = text.strip()
    found = _NUMBER.fullmatch(text)
    if not found:
        hint = said("write_digits_with_point")
        if re.fullmatch(r"[-－−]\s*[0-9.]+", text):
            hint = said("number_above_zero_or_empty")
        raise Objection(said("not_above_zero", text=shown(text)), hint)
    whole, rest = found[1].lstrip("0") or "0", (found[2] or "").rstrip("0")
    if whole == "0" and not rest:
        raise Objection(
            said("not_above_zero", text=shown(text)),
            said("number_above_zero_or_empty"),
        )
    return f"{whole}.{rest}" if rest else whole


def version_text(text: str) -> str:
    """A whole number from 1 on."""
    text = text.strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise Objection(said("not_whole_from_1", text=shown(text)), said("leave_it"))
    return text


def count_text(text: str) -> str:
    """A whole number, 0 too, without needless zeros."""
    found = re.fullmatch(r"[0-9]{1,18}", text.strip())
    if not found:
        raise Objection(said("not_whole", text=shown(text)), said("write_digits_only"))
    return str(int(found[0]))


def hash_text(text: str) -> str:
    """A SHA-256 in small letters."""
    digits = text.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        hint = said("sha256_form")
        raise Objection(said("not_a_sha256", text=shown(text)), hint)
    return digits


def flag_text(text: str) -> str:
    """The answer as `yes` or `no`, whichever word for it was written."""
    found = FLAGS.get(text.strip().lower())
    if found is None:
        raise Objection(
            said("neither_yes_nor_no", text=shown(text)),
            said("write_instead", words=any_of(FLAGS)),
        )
    return found


def id_text(text: str) -> str:
    """An identifier as it was written."""
    if text != text.strip():
        raise Objection(said("identifier_has_outer_space", id=shown(text)), said("take_space_away"))
    if _FORBIDDEN.search(text):
        raise Objection(
            said("identifier_has_bad_character", id=shown(text)),
            said("identifier_form"),
        )
    if len(text) > LONGEST_ID:
        raise Objection(
            said("identifier_too_long", id=shown(text), count=len(text)),
            said("longest_id", most=LONGEST_ID),
        )
    return text


def file_name_text(text: str) -> str:
    """The name of a file, which leads into no folder."""
    name = text.strip()
    if "/" in name or name in (".", ".."):
        raise Objection(said("not_a_file_name", text=shown(text)), said("write_name_alone"))
    return name


def note_text(text: str) -> str:
    """A note as it was written, without blanks around it."""
    text = text.strip()
    if len(text) > LONGEST_NOTE:
        raise Objection(
            said("note_too_long", text=shown(text), count=bare(f"{len(text):,}")),
            said("longest_note", most=bare(f"{LONGEST_NOTE:,}")),
        )
    return text


def status_text(text: str) -> str:
    """The status of an event."""
    text = STATUSES_ZH.get(text.strip(), text.strip())
    if text not in STATUSES:
        hint = did_you_mean(text, STATUSES) or said("write_instead", words=any_of(STATUSES))
        raise Objection(said("unknown_status", text=shown(text)), hint)
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
            raise Objection(said("not_a_pair", text=shown(item)), said("pairs_form"))
        if key in pairs:
            raise Objection(said("pair_key_twice", key=shown(key)), said("each_key_has_one_value"))
        pairs[key] = value
    return ";".join(f"{key}={pairs[key]}" for key in sorted(pairs))


def dated(text: str) -> tuple[str, str | None]:
    """`name` or `name@day` as its two parts."""
    name, at, day = (part.strip() for part in text.rpartition("@"))
    if not at:
        return text.strip(), None
    if not name:
        raise Objection(said("tag_without_name", text=shown(text)), said("tag_form"))
    return name, in_the_years(iso_day(day))


def _dated_text(name: str, day: str | None) -> str:
    return name if day is None else f"{name}@{day}"


def tags_text(text: str) -> str:
    """Tags as `tag;tag@day`, each tag once."""
    tags: dict[str, str | None] = {}
    for item in items(text):
        name, day = dated(item)
        if name in tags:
            raise Objection(said("tag_stands_twice", tag=shown(name)), said("each_tag_has_one_day"))
        tags[name] = day
    return ";".join(_dated_text(name, day) for name, day in tags.items())


def facts_text(text: str) -> str:
    """`k=v;k=v@day`; a key may stand again with another day."""
    facts: dict[tuple[str, str | None], str] = {}
    for item in items(text):
        pair, day = dated(item)
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not (key and equals and value):
            raise Objection(said("not_a_dated_fact", text=shown(item)), said("dated_fact_form"))
        if (key, day) in facts:
            raise Objection(said("fact_stands_twice", key=shown(key)), said("give_each_its_day"))
        facts[key, day] = value
    return ";".join(_dated_text(f"{key}={value}", day) for (key, day), value in facts.items())


def _setting(text: str) -> str:
    return id_text(setting_key(text))


PARSERS: Mapping[CellKind, Callable[[str], str]] = {
    "id": id_text,
    "ref": str.strip,
    "refs": items_text,
    "text": str.strip,
    "note": note_text,
    "word": str.strip,
    "setting": _setting,
    "status": status_text,
    "day": iso_day,
    "moment": moment_text,
    "time": time_text,
    "flag": flag_text,
    "number": exact_number,
    "count": count_text,
    "hash": hash_text,
    "file": file_name_text,
    "items": items_text,
    "pairs": pairs_text,
    "tags": tags_text,
    "facts": facts_text,
    "version": version_text,
}

_OF_LINES = frozenset({"text", "note", "items", "word", "ref", "version"})
"""Kinds whose cells may have several lines. What is held against a list of words or ids is found
there, or told as what it is.
"""

ABSENT: Mapping[CellKind, str] = {"flag": "no", "status": "planned"}
"""What a blank cell means where it means something."""


def canonical(kind: CellKind, text: str) -> str | None:
    """The canonical text of a cell; None where it is blank. Raises Objection."""
    if "\0" in text:
        raise Objection(said("nul_character", text=shown(text)), said("save_as_utf8_text"))
    control = control_in(text)
    if control is not None:
        message = said("cell_has_control_character", text=shown(text), code=bare(control))
        raise Objection(message, said("take_it_out"))
    if len(text) > LONGEST_CELL:
        most = bare(f"{LONGEST_CELL:,}")
        note = said("longest_cell_and_note", most=most, note=bare(f"{LONGEST_NOTE:,}"))
        raise Objection(
            said("cell_too_long", text=shown(text), count=bare(f"{len(text):,}")),
            note if kind == "note" else said("longest_cell", most=most),
        )
    if not text.strip():
        return ABSENT.get(kind)
    value = PARSERS[kind](text)
    control = control_in(value, lines=kind in _OF_LINES)
    if control is not None:
        message = said("cell_has_control_character", text=shown(text), code=bare(control))
        raise Objection(message, said("one_line_only"))
    return value or None
