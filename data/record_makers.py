"""From rows of the store to the values of `Records`: each cell by the kind of its column.

A column is read where the value has a field of its name; the others stay in the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from data.cell_values import dated, items
from data.import_columns import TABLES, CellKind
from data.records import (
    Activity,
    Adoption,
    Appointment,
    Assignment,
    Delegation,
    Event,
    Fact,
    File,
    Person,
    Post,
    Standing,
    Subject,
    Tag,
    Unit,
    Waiver,
)

Cells = tuple[Any, ...]
"""The values of one version, in the order of its table's columns."""

Read = Callable[[str | None], Any]
"""What a cell means; None is a blank one."""

VALUES: Mapping[str, type[Any]] = {
    "units": Unit,
    "adoptions": Adoption,
    "people": Person,
    "posts": Post,
    "appointments": Appointment,
    "subjects": Subject,
    "assignments": Assignment,
    "events": Event,
    "waivers": Waiver,
    "delegations": Delegation,
    "activities": Activity,
}
"""What a row of these tables becomes."""

FIELD_OF: Mapping[tuple[str, str], str] = {
    ("posts", "class"): "post_class",
    ("events", "unit"): "units",
}
"""Columns whose field has another name: theirs is a word of Python, or of one where it is many."""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _fraction(text: str | None) -> Fraction | None:
    return Fraction(text) if text else None


def _flag(text: str | None) -> bool:
    return text == "yes"


def _items(text: str | None) -> tuple[str, ...]:
    return tuple(items(text or ""))


def pairs(text: str | None) -> tuple[tuple[str, str], ...]:
    """`k=v;k=v` as pairs, in order; empty for a blank cell."""
    found = []
    for item in items(text or ""):
        key, _, value = item.partition("=")
        found.append((key, value))
    return tuple(found)


def _tags(text: str | None) -> tuple[Tag, ...]:
    found = (dated(item) for item in items(text or ""))
    return tuple(sorted((Tag(name, _day(day)) for name, day in found), key=lambda tag: tag.name))


def _facts(text: str | None) -> tuple[Fact, ...]:
    facts = []
    for item in items(text or ""):
        pair, day = dated(item)
        key, _, value = pair.partition("=")
        facts.append(Fact(key, value, _day(day)))
    return tuple(sorted(facts, key=lambda fact: (fact.key, fact.first or date.min)))


_READ: Mapping[CellKind, Read] = {
    "day": _day,
    "time": _time,
    "number": _fraction,
    "flag": _flag,
    "refs": _items,
    "items": _items,
    "pairs": pairs,
    "tags": _tags,
    "facts": _facts,
}
"""How the cells of these kinds are read; others are the texts that they are."""


class _Once(dict[str | None, Any]):
    """What texts mean, remembered: those of acts recur, so each is read once."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str | None) -> Any:
        found = self[text] = self._read(text)
        return found


def _columns(name: str, readers: Mapping[CellKind, Read]) -> list[tuple[str, int, Read | None]]:
    """(field, position in a row, how it is read) of each column that the value has a field for."""
    wanted = {field.name for field in fields(VALUES[name])}
    found = []
    for at, column in enumerate(TABLES[name].columns):
        called = FIELD_OF.get((name, column.name), column.name)
        if called in wanted:
            found.append((called, at, readers.get(column.kind)))
    return found


def _maker(name: str) -> Callable[[Cells], Any]:
    """What makes the values of a table's rows."""
    made, columns = VALUES[name], _columns(name, _READ)

    def make(row: Cells) -> Any:
        return made(**{called: read(row[at]) if read else row[at] for called, at, read in columns})

    return make


MAKERS: Mapping[str, Callable[[Cells], Any]] = {
    name: _maker(name) for name in VALUES if name != "activities"
}
"""What makes a value of a row of these tables."""


def activity_maker(
    files: Mapping[str, tuple[File, ...]],
) -> Callable[[Cells, str, Standing], Activity]:
    """Makes activities of rows, each with its `files`; texts that recur are parsed once."""
    once = {kind: _Once(read).__getitem__ for kind, read in _READ.items()}
    columns = _columns("activities", once)
    moments: dict[str, datetime] = {}

    def make(row: Cells, recorded: str, standing: Standing) -> Activity:
        if recorded not in moments:
            moments[recorded] = datetime.fromisoformat(recorded)
        return Activity(
            **{called: read(row[at]) if read else row[at] for called, at, read in columns},
            recorded_at=moments[recorded],
            standing=standing,
            files=files.get(row[0], ()),
        )

    return make
