"""Whether a row of a sheet was written on what is no longer there."""

from __future__ import annotations

from collections.abc import Sequence

from data.cell_values import shown
from data.intake.parsing import Parsed
from data.store.standing import Key, StoredVersion, Values, number_of
from problems import Problem, Said, bare, said


def is_stale(
    parsed: Parsed, index: int, key: Key, versions: Sequence[StoredVersion], problems: list[Problem]
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
        hint = said("leave_version_empty")
        absent = said("version_not_in_store", version=given, name=name)
        problems.append(Problem(place, absent, hint))
        return True
    problems.append(
        Problem(
            place,
            _written_since(name, given, newest, parsed.sheet.table.at["recorded_by"]),
            said("what_changed", changes=bare(_changes(parsed, before, newest)), version=now),
        )
    )
    return True


def _written_since(name: str, given: int, newest: StoredVersion, at: int) -> Said:
    """Who wrote the key after the sheet was made, and when."""
    moment, by = bare(newest.recorded_at[:16]), newest.values[at]
    if newest.void is not None:
        moment, by = bare(newest.void[0][:16]), newest.void[1]
        if not by:
            return said("voided_after", name=name, moment=moment, version=given)
        return said("voided_by_after", name=name, moment=moment, by=shown(by), version=given)
    if not by:
        return said("changed_after", name=name, moment=moment, version=given)
    return said("changed_by_after", name=name, moment=moment, by=shown(by), version=given)


def _as_of(versions: Sequence[StoredVersion], number: int) -> Values | None:
    """What a key said when it had that number; None where it never had."""
    for one in versions:
        number -= 2 if one.void else 1
        if number <= 0:
            return one.values
    return None


def _changes(parsed: Parsed, before: Values | None, newest: StoredVersion) -> str:
    """`column: before → after` of each column, parted by commas."""
    if newest.void is not None:
        return newest.void[2] or "—"
    pairs = zip(parsed.sheet.table.names, before or newest.values, newest.values, strict=True)
    told = [f"{name}: {was or '—'} → {now or '—'}" for name, was, now in pairs if was != now]
    return ", ".join(told) or "—"
