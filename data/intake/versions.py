"""What an import makes of the history: which rows are new, which correct, which void. SEMANTICS, 6.

Nothing here touches the database: what a key held before is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.cell_values import shown, stored_moment
from data.intake.parsing import Parsed
from data.store.standing import Key, StoredVersion, Values, Void, number_of
from problems import Problem, Said, bare, said


@dataclass(slots=True)
class Fresh:
    """A version to write. `index` is its row in the sheet; `implicit`: it named no recorded_at."""

    index: int
    key: Key
    version: StoredVersion
    implicit: bool
    prior: Sequence[StoredVersion]
    newest: bool = True


@dataclass(slots=True)
class Voiding:
    """A stored version that the row `index` declares void."""

    index: int
    key: Key
    version: StoredVersion
    void: Void


@dataclass
class Merged:
    """What one sheet changes, beside what its keys held before."""

    parsed: Parsed
    existing: dict[Key, list[StoredVersion]]
    fresh: list[Fresh] = field(default_factory=list)
    voidings: list[Voiding] = field(default_factory=list)
    unchanged: int = 0

    def dated_before(self, day: str) -> int:
        """How many new versions and voids are dated before a day, as YYYY-MM-DD."""
        return (
            sum(one.version.recorded_at < day for one in self.fresh)
            + sum(bool(one.version.void and one.version.void[0] < day) for one in self.fresh)
            + sum(one.void[0] < day for one in self.voidings)
        )

    def counts(self) -> dict[str, int]:
        """How many rows were new keys, corrections, voids of what was there, and neither."""
        new = len({one.key for one in self.fresh if not one.prior})
        return {
            "new": new,
            "changed": len(self.fresh) - new,
            "voided": len(self.voidings),
            "unchanged": self.unchanged,
        }


def merge(
    parsed: Parsed,
    existing: dict[Key, list[StoredVersion]],
    now: datetime,
    first_day: str | None,
    problems: list[Problem],
) -> Merged:
    """What the rows of a sheet change. A blank recorded_at is `now`, or, where `first_day` is
    given, the row's own day (`first_day` where it has none), but never later than `now`.
    """
    merged = Merged(parsed, existing)
    this_moment = stored_moment(now)
    groups: dict[Key, list[int]] = {}
    for index, key in enumerate(parsed.keys):
        if key is not None:
            groups.setdefault(key, []).append(index)
    table = parsed.sheet.table
    own_day = table.at[table.own_day] if table.own_day else None

    def moment(index: int) -> str:
        given = parsed.recorded[index]
        if given is not None or first_day is None:
            return given or this_moment
        day = parsed.values[index][own_day] if own_day is not None else None
        return min(f"{day or first_day} 00:00:00.000000", this_moment)

    for key, indexes in groups.items():
        index = indexes[0]
        if len(indexes) == 1 and key not in existing and not parsed.versions[index]:
            version = StoredVersion(parsed.values[index], moment(index), parsed.voids[index])
            merged.fresh.append(Fresh(index, key, version, parsed.recorded[index] is None, ()))
            continue
        history = len(indexes) > 1
        if history:
            if not _are_versions(parsed, key, indexes, problems):
                continue
            indexes.sort(key=moment)
        versions = list(existing.get(key, ()))
        stored = len(versions)
        known = _known_versions(parsed, indexes, versions) if history else {}
        written: list[Fresh] = []
        for index in indexes:
            if parsed.versions[index] and _is_stale(
                parsed, index, key, existing.get(key, ()), problems
            ):
                merged.unchanged += 1
                continue
            taken = _take(
                merged, index, key, versions, known.get(index), moment(index), this_moment, problems
            )
            if taken is not None:
                written.append(taken)
                versions.append(taken.version)
        for one in written:
            one.prior = versions[:stored]
            one.newest = one.version is versions[-1]
        merged.fresh += written
    return merged


def _are_versions(
    parsed: Parsed, key: Key, indexes: Sequence[int], problems: list[Problem]
) -> bool:
    """Whether rows of one key are told apart by when they were recorded."""
    moments: dict[str, int] = {}
    sound = True
    for index in indexes:
        moment = parsed.recorded[index]
        if moment is None or moment in moments:
            sound = False
            other = next(i for i in indexes if i != index)
            if index == indexes[0]:
                continue
            problems.append(
                Problem(
                    parsed.sheet.place(index, parsed.sheet.table.key[0]),
                    said(
                        "stands_twice_in_table",
                        key=shown(", ".join(key)),
                        row=parsed.sheet.rows[min(other, index)],
                    ),
                    said("take_one_version_away"),
                )
            )
        else:
            moments[moment] = index
    return sound


def _known_versions(
    parsed: Parsed, indexes: Sequence[int], versions: Sequence[StoredVersion]
) -> dict[int, StoredVersion]:
    """The stored version that each row of a history tells again: the one of its moment and values,
    or the whole history is the end of what is stored (its moments were too early when it came).
    """
    stored = {(one.recorded_at, one.values): one for one in versions}
    known = {
        index: stored[parsed.recorded[index] or "", parsed.values[index]]
        for index in indexes
        if (parsed.recorded[index] or "", parsed.values[index]) in stored
    }
    tail = versions[-len(indexes) :]
    if len(known) < len(indexes) and [one.values for one in tail] == [
        parsed.values[index] for index in indexes
    ]:
        return dict(zip(indexes, tail, strict=True))
    return known


def _says_less(values: Values, newest: StoredVersion) -> bool:
    """Whether the row says nothing new: each cell that is filled in is as in the stored version."""
    pairs = zip(values, newest.values, strict=True)
    return all(cell is None or cell == stored for cell, stored in pairs)


def _take(
    merged: Merged,
    index: int,
    key: Key,
    versions: Sequence[StoredVersion],
    known: StoredVersion | None,
    moment: str,
    this_moment: str,
    problems: list[Problem],
) -> Fresh | None:
    """The version that a row adds to the history of its key; None where it is a void, or nothing.

    `known` is the stored version that the row is known to tell again, if it is.
    """
    parsed = merged.parsed
    values, void, given = parsed.values[index], parsed.voids[index], parsed.recorded[index]
    newest = known or (versions[-1] if versions else None)
    if newest is not None and void is not None and given is None and _says_less(values, newest):
        # Whoever strikes a record out need not copy all of it.
        values = newest.values
    if newest is not None and newest.values == values:
        again = newest.void is not None and given is not None and given > newest.void[0]
        if void == newest.void or (void is None and not again):
            merged.unchanged += 1
            return None
        if newest.void is None and void is not None:
            if newest.row_id:
                merged.voidings.append(Voiding(index, key, newest, void))
            newest.void = void
            return None
        if not again:
            told = newest.void[0][:10] if newest.void else ""
            problems.append(
                Problem(
                    parsed.sheet.place(index, "voided_at"),
                    said("void_already", key=shown(", ".join(key)), day=bare(told)),
                    said("void_never_changed"),
                )
            )
            return None
    if newest is not None and moment <= newest.recorded_at:
        moment = max(this_moment, _just_after(newest.recorded_at))
    return Fresh(index, key, StoredVersion(values, moment, void), given is None, ())


def _just_after(moment: str) -> str:
    return stored_moment(datetime.fromisoformat(moment) + timedelta(microseconds=1))


def _is_stale(
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
