"""Writing what an import found: versions, voids, and the narrow columns of the acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from data.flags import Flag
from data.import_columns import TABLES
from data.intake.versions import Merged, Voiding
from data.store.act_numbers import (
    Numbers,
    mark_new_twins,
    ordinal,
    own_flags,
    refresh_superseded,
    refresh_twins,
    set_flag,
)
from data.store.inserting import ROWS_AT_ONCE, inserter, tell_planner
from data.store.journal import Writing
from data.store.row_hashes import row_names, void_names, voids_of
from data.store.standing import Key, StoredVersion
from data.store.tables import sql_table

if TYPE_CHECKING:
    from data.intake.checks import Progress

_NO_VOID = (None, None, None)


def _row(version: StoredVersion, entry: int) -> tuple[object, ...]:
    voided_in = entry if version.void else None
    void = version.void or _NO_VOID
    return (*version.values, version.recorded_at, entry, voided_in, *void)


def write(connection: Connection, name: str, merged: Merged, writing: Writing) -> None:
    """Writes the new versions and the voids of any table but the activities."""
    inserter(connection, name)([_row(fresh.version, writing.entry) for fresh in merged.fresh])
    tell_planner(connection, name, len(merged.fresh))
    _hash_fresh(name, [fresh.version for fresh in merged.fresh], writing)
    _void(connection, name, merged.voidings, writing.entry)
    fresh_voids = [(one.key, one.version) for one in merged.fresh if one.version.void]
    _hash_voids(name, merged.voidings, fresh_voids, writing)


def _hash_fresh(name: str, versions: Sequence[StoredVersion], writing: Writing) -> None:
    rows = ((*one.values, one.recorded_at) for one in versions)
    writing.rows.add(name, row_names(name), rows)


def _void(connection: Connection, name: str, voidings: Sequence[Voiding], entry: int) -> None:
    """Writes the voids of stored versions."""
    table = sql_table(name)
    for voiding in voidings:
        at, by, why = voiding.void
        connection.execute(
            table.update()
            .where(table.c.row_id == voiding.version.row_id)
            .values(voided_in=entry, voided_at=at, voided_by=by, void_reason=why)
        )


def _hash_voids(
    name: str,
    voidings: Sequence[Voiding],
    fresh: Sequence[tuple[Key, StoredVersion]],
    writing: Writing,
) -> None:
    """Hashes all voids for the journal in the order of their rows: new versions come last."""
    stored = sorted(voidings, key=lambda one: one.version.row_id)
    voided = [*((one.key, one.version) for one in stored), *fresh]
    rows = ((*key, one.recorded_at, *(one.void or _NO_VOID)) for key, one in voided)
    writing.rows.add(voids_of(name), void_names(name), rows)


class ActWriter:
    """Writes acts with their narrow columns, in one part or in many; `finish` mends those of the
    acts around them.
    """

    def __init__(
        self, connection: Connection, writing: Writing, telling: tuple[Progress, int, int]
    ) -> None:
        self._connection, self._writing = connection, writing
        self._tell, self._done, self._total = telling
        table = sql_table("activities")
        self._last_row: int = connection.scalar(select(func.max(table.c.row_id))) or 0
        self._numbers = Numbers(connection)
        more = ("day_no", "holder_no", "class_no", "flags")
        self._insert = inserter(connection, "activities", more)
        self._linked: set[str] = set()
        self._disturbed: set[int] = set()
        self._voidings: list[Voiding] = []
        self._fresh_voids: list[tuple[Key, StoredVersion]] = []

    def write(self, merged: Merged) -> None:
        """Writes the new versions of a part."""
        spec, entry, numbers = TABLES["activities"], self._writing.entry, self._numbers
        day, replaces = spec.at["day"], spec.at["supersedes"]
        rows: list[tuple[object, ...]] = []
        for fresh in merged.fresh:
            version = fresh.version
            values = version.values
            flags = own_flags(values, version.void is not None)
            if not fresh.newest:
                flags |= Flag.OLDER_VERSION.value
            holder_no, class_no = numbers.holder_no(values), numbers.class_no(values)
            narrow = (ordinal(values[day] or ""), holder_no, class_no, flags)
            rows.append((*_row(version, entry), *narrow))
            if target := values[replaces]:
                self._linked.add(target)
            if fresh.prior:
                self._disturb(fresh.key, fresh.prior)
            if version.void:
                self._fresh_voids.append((fresh.key, version))
            if len(rows) == ROWS_AT_ONCE:
                self._flush(rows)
        self._flush(rows)
        _hash_fresh("activities", [fresh.version for fresh in merged.fresh], self._writing)
        self._voidings += merged.voidings

    def _flush(self, rows: list[tuple[object, ...]]) -> None:
        self._insert(rows)
        self._done += len(rows)
        rows.clear()
        self._tell(self._done, self._total, "activities")

    def _disturb(self, key: Key, prior: Sequence[StoredVersion]) -> None:
        replaces = TABLES["activities"].at["supersedes"]
        self._linked.add(key[0])
        self._disturbed.update(one.row_id for one in prior)
        self._linked.update(one for version in prior if (one := version.values[replaces]))

    def finish(self) -> None:
        """Writes the voids and dictionaries, and works out the flags that acts give each other."""
        connection, disturbed = self._connection, self._disturbed
        replaces = TABLES["activities"].at["supersedes"]
        self._numbers.write(connection)
        tell_planner(connection, "activities", self._done)
        set_flag(connection, disturbed, Flag.OLDER_VERSION, True)
        set_flag(connection, disturbed, Flag.SUPERSEDED | Flag.TWIN, False)
        _void(connection, "activities", self._voidings, self._writing.entry)
        _hash_voids("activities", self._voidings, self._fresh_voids, self._writing)
        set_flag(connection, (one.version.row_id for one in self._voidings), Flag.VOIDED, True)
        for voiding in self._voidings:
            disturbed.add(voiding.version.row_id)
            if target := voiding.version.values[replaces]:
                self._linked.add(target)
        disturbed |= refresh_superseded(connection, self._linked)
        mark_new_twins(connection, self._last_row)
        refresh_twins(connection, disturbed)
