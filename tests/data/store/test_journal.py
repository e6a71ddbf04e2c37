"""The journal and the walk along it: what is changed behind the store's back is found."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from data.intake.imports import import_row
from data.keeping.verify import verify_store
from data.store.journal import Doing, journal_entries
from data.store.opening import Store, open_store
from data.words import ANY_WORDS
from tests.helpers.databases import NO_FOREIGN_KEYS, address, beside
from tests.helpers.factory_store import LATER, OFFICE, office, take

pytestmark = pytest.mark.usefixtures("database")

SOON = datetime.fromisoformat("2023-08-01T08:00")


def changed(folder: Path, *statements: str) -> Store:
    """The store of `corrected` after somebody has changed it with another program."""
    corrected(folder).close()
    with beside(folder / "office.db") as run:
        for statement in statements:
            run(statement)
    return open_store(address(folder / "office.db"))


def corrected(folder: Path) -> Store:
    """An office whose act a1 was corrected, and whose a2 was voided."""
    store = office(folder)
    head, *_acts = OFFICE["activities"]
    one = ["a1", "检查", "2023-03-02", "镇长", "p1", "厂", "", "照片"]
    take(store, folder / "one", {"activities": [head, one]}, LATER)
    row = {"activity": "a2", "kind": "检查", "day": "2023-06-15", "holder": "镇长", "person": "p2"}
    void = {"voided_at": "2023-07-20", "voided_by": "示例文员", "void_reason": "重复"}
    import_row(
        store, "activities", {**row, **void}, name="record", words=ANY_WORDS,
        doing=Doing(SOON, "示例文员", "重复登记"),
    )  # fmt: skip
    return store


def test_each_change_is_an_entry_with_who_and_why(tmp_path: Path) -> None:
    store = corrected(tmp_path)
    with store.reading() as connection:
        told = [(one.entry, one.act, one.who, one.why) for one in journal_entries(connection)]
    assert told == [
        (1, "made", None, None),
        (2, "import", None, None),
        (3, "import", None, None),
        (4, "record", "示例文员", "重复登记"),
    ]


def test_a_sound_chain_is_walked_to_its_end(tmp_path: Path) -> None:
    found = verify_store(corrected(tmp_path))
    assert (found.entries, found.broken) == (4, ())
    assert len(found.head) == 64
    rows = sum(len(table) - 1 for table in OFFICE.values())
    assert found.rows == rows + 2  # and one correction, and one void


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE activities SET day = '2023-03-03' WHERE row_id = 1", (2, "content")),
        ("UPDATE units SET name = '别的镇' WHERE unit = '镇'", (2, "content")),
        ("UPDATE activities SET recorded_at = '2023-01-01 00:00:00.000000' WHERE row_id = 3",
         (2, "content")),
        ("DELETE FROM activities WHERE row_id = 4", (3, "content")),
        ("UPDATE activities SET voided_at = NULL, voided_in = NULL WHERE activity = 'a2'",
         (4, "content")),
        ("UPDATE activities SET void_reason = '别的' WHERE activity = 'a2'", (4, "content")),
        ("UPDATE journal SET who = '别人' WHERE entry = 4", (4, "hash")),
        ("UPDATE journal SET moment = '2023-07-01 12:00:01.000000' WHERE entry = 2", (2, "hash")),
        ("UPDATE journal SET previous = hash WHERE entry = 3", (3, "previous")),
        ("UPDATE meta SET value = '2020-01-01' WHERE key = 'first_day'", (1, "made")),
        ("UPDATE activities SET holder_no = 1 WHERE row_id = 4", (3, "columns")),
        ("UPDATE activities SET flags = flags + 512 WHERE row_id = 4", (3, "columns")),
    ],
)  # fmt: skip
def test_the_first_broken_entry_is_named(
    tmp_path: Path, statement: str, broken: tuple[int, str]
) -> None:
    found = verify_store(changed(tmp_path, statement))
    assert (found.broken[0].entry, found.broken[0].fault) == broken


def test_an_entry_that_is_taken_out_leaves_a_gap(tmp_path: Path, database: str) -> None:
    store = changed(
        tmp_path,
        NO_FOREIGN_KEYS[database],
        "DELETE FROM activities WHERE entry = 3",
        "DELETE FROM journal WHERE entry = 3",
    )
    assert verify_store(store).broken[0].fault == "number"


def test_a_row_of_no_entry_is_found(tmp_path: Path, database: str) -> None:
    store = changed(
        tmp_path,
        NO_FOREIGN_KEYS[database],
        "INSERT INTO people (person, name, recorded_at, entry) "
        "VALUES ('p9', '外人', '2023-07-01 00:00:00.000000', 99)",
    )
    found = verify_store(store)
    assert [(one.entry, one.fault, one.told) for one in found.broken] == [(99, "stray", "people 1")]


def test_what_the_store_held_at_an_entry_is_read_again(tmp_path: Path) -> None:
    store = office(tmp_path)
    before = store.read_records()
    entry = store.head()
    head = OFFICE["activities"][0]
    early = ["a0", "检查", "2023-02-01", "镇长", "p1", "", "", "", "2023-02-02"]
    take(store, tmp_path / "early", {"activities": [[*head, "recorded_at"], early]}, LATER)
    assert "a0" in {
        one.activity
        for one in store.read_records(date(2023, 2, 2)).activities
        if one.standing == "live"
    }
    assert store.read_records(entry=entry) == before
