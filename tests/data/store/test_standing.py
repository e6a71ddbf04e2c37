"""What holds and what stands is one thing, whether SQL, columns, versions or records are asked."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from data.flags import (
    BITS,
    DEAD,
    UNUSUAL,
    Flag,
    newest_sql,
    not_void_sql,
    standing_of,
    standing_sql,
    unusual_sql,
)
from data.import_columns import TABLES
from data.keeping.verify import verify_store
from data.store.feed import acts_of
from data.store.opening import Store
from data.store.reading import LATEST, known_rows, records_known_on
from data.store.standing import holding, holding_rows, stored_versions
from tests.helpers.factory_store import LATER, Rows, office, take

HEAD = ["activity", "kind", "day", "holder", "person", "supersedes", "makes_up", "voided_at",
        "void_reason"]  # fmt: skip


def test_the_highest_flag_is_that_of_older_versions() -> None:
    assert max(Flag) is Flag.OLDER_VERSION
    assert all(one < Flag.OLDER_VERSION for one in Flag if one is not Flag.OLDER_VERSION)
    assert 1 << BITS > sum(Flag) >= 1 << BITS - 1


def test_sql_says_of_each_combination_what_the_masks_say() -> None:
    combinations = range(1 << BITS)
    newest = [one for one in combinations if not one & Flag.OLDER_VERSION]
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.execute("CREATE TABLE acts (flags INTEGER)")
        plain.executemany("INSERT INTO acts VALUES (?)", [(one,) for one in combinations])

        def those(condition: str) -> list[int]:
            query = f"SELECT flags FROM acts WHERE {condition} ORDER BY flags"
            return [one for (one,) in plain.execute(query)]

        assert those(newest_sql()) == newest
        assert those(not_void_sql("acts.flags")) == [one for one in newest if not one & Flag.VOIDED]
        assert those(standing_sql()) == [one for one in combinations if not one & DEAD]
        assert those(standing_sql()) == [one for one in newest if standing_of(one) == "live"]
        assert those(unusual_sql()) == [one for one in newest if one & UNUSUAL]


def histories(seed: int) -> Iterator[dict[str, Rows]]:
    """Imports that write acts, correct them, let them supersede each other, and void some."""
    chance = random.Random(seed)
    known: list[str] = []
    void: set[str] = set()
    for part in range(5):
        rows: list[list[str]] = []
        again = [one for one in known if one not in void and chance.random() < 0.4]
        for name in [*again, *(f"x{part}{n}" for n in range(4))]:
            earlier = [one for one in known if one < name and one[1] < name[1]]
            target = chance.choice(earlier) if earlier and chance.random() < 0.5 else ""
            day = f"2023-05-{chance.randint(1, 4):02}"
            struck = ["2023-08-01", "误录"] if chance.random() < 0.25 else ["", ""]
            late = chance.choice(["", "", "2023-04"])
            rows.append([name, "检查", day, "镇长", "p1", target, late, *struck])
            void.update([name] if struck[0] else [])
        known += [row[0] for row in rows if row[0] not in known]
        waiver = ["w1", "镇长", "2023-02-01", f"2023-02-{10 + part}", "病假", "p1"]
        struck = ["2023-08-01", "误录"] if part == 3 else ["", ""]
        yield {
            "activities": [HEAD, *rows],
            **({"waivers": [WAIVER, [*waiver, *struck]]} if part <= 3 else {}),
        }


WAIVER = ["waiver", "holder", "first", "last", "reason", "person", "voided_at", "void_reason"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("seed", range(4))
def test_all_readers_agree_after_each_import(tmp_path: Path, seed: int) -> None:
    store, now, seen = office(tmp_path), LATER + timedelta(days=30), set()
    for number, tables in enumerate(histories(seed)):
        now += timedelta(days=1)
        take(store, tmp_path / str(number), tables, now)
        seen |= agreed(store)
        assert verify_store(store).broken == ()
    assert seen == {"live", "voided", "superseded"}


def agreed(store: Store) -> set[str]:
    """The standings that acts have, after all readers were held against each other."""
    with store.reading() as connection:
        for name, table in TABLES.items():
            versions = stored_versions(connection, table)
            now = {key: one.values for key, of in versions.items() if (one := holding(of))}
            assert now == {row_key(name, row): row for row in known_rows(connection, name, LATEST)}
            assert [*now.values()] == [values for values, _ in holding_rows(connection, name)]
        told = {one.activity: one.standing for one in records_known_on(connection, None).activities}
        numbers = list(connection.scalars(text("SELECT holder_no FROM holders")))
        assert told == {one.activity: one.standing for one in acts_of(connection, numbers)}
        newest = connection.execute(
            text(f"SELECT activity, flags FROM activities WHERE {newest_sql()}")
        )
        assert told == {activity: standing_of(flags) for activity, flags in newest}
        assert ids(connection, standing_sql()) == [
            one for one in sorted(told) if told[one] == "live"
        ]
        held = [row[0] for row in known_rows(connection, "activities", LATEST)]
        assert ids(connection, not_void_sql()) == sorted(held)
        assert ids(connection, not_void_sql()) == [
            one for one in sorted(told) if told[one] != "voided"
        ]
    return set(told.values())


def row_key(name: str, row: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """The key of a row of values."""
    return tuple([row[TABLES[name].at[column]] for column in TABLES[name].key])


def ids(connection: Connection, condition: str) -> list[str]:
    """The acts of which it is so, in order."""
    found = connection.scalars(text(f"SELECT activity FROM activities WHERE {condition}"))
    return sorted(found)
