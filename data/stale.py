"""Whether a row of a sheet was written on what is no longer there."""

from __future__ import annotations

from collections.abc import Sequence

from data.cells import shown
from data.parsing import Parsed
from data.standing import Key, Values, Version, number_of
from problems import Problem


def is_stale(
    parsed: Parsed, index: int, key: Key, versions: Sequence[Version], problems: list[Problem]
) -> bool:
    """Whether a row with a number is not to be taken: its key was written since by somebody else.

    A row that still says what it said when the sheet was made asks for nothing and is no problem.
    """
    given, now = int(parsed.versions[index] or 0), number_of(versions)
    newest = versions[-1] if versions else None
    values, void = parsed.values[index], parsed.voids[index]
    if given == now or (newest and newest.values == values and newest.void == void):
        return False
    before = _as_of(versions, given)
    if before == values and void is None:
        return True
    place = parsed.sheet.place(index, "version")
    name = shown(", ".join(key))
    if newest is None:
        hint = "leave version empty for a new record, or mend the id"
        problems.append(
            Problem(place, f"version {given} of {name}, which is not in the store", hint)
        )
        return True
    problems.append(
        Problem(
            place,
            _written_since(name, given, newest, parsed.sheet.table.at["recorded_by"]),
            f"what changed: {_changes(parsed, before, newest)}; take a fresh sheet, or write {now}"
            " under version to put your row in its place",
        )
    )
    return True


def _written_since(name: str, given: int, newest: Version, at: int) -> str:
    """Who wrote the key after the sheet was made, and when."""
    if newest.void is not None:
        moment, by = newest.void[0][:16], newest.void[1]
        if by:
            return f"{name} was declared void on {moment} by {shown(by)}, after version {given}"
        return f"{name} was declared void on {moment}, after version {given}"
    moment, by = newest.recorded_at[:16], newest.values[at]
    if by:
        return f"{name} was changed on {moment} by {shown(by)}, after version {given}"
    return f"{name} was changed on {moment}, after version {given}"


def _as_of(versions: Sequence[Version], number: int) -> Values | None:
    """What a key said when it had that number; None where it never had."""
    for one in versions:
        number -= 2 if one.void else 1
        if number <= 0:
            return one.values
    return None


def _changes(parsed: Parsed, before: Values | None, newest: Version) -> str:
    """`column: before → after` of each column, parted by commas."""
    if newest.void is not None:
        return newest.void[2] or "—"
    pairs = zip(parsed.sheet.table.names, before or newest.values, newest.values, strict=True)
    told = [f"{name}: {was or '—'} → {now or '—'}" for name, was, now in pairs if was != now]
    return ", ".join(told) or "—"
