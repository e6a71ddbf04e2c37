"""Laws of the history: what was known on a day that is over never changes, unless it is said so.

Any sequence of imports and typed rows, and then every earlier day and every entry of the journal.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.office import rulebook
from data.intake.imports import import_path, import_row
from data.keeping.making import create_store
from data.keeping.verify import verify_store
from data.records import Records
from data.store.journal import Doing, journal_entries
from data.store.opening import Store
from data.words import ANY_WORDS
from problems import BadInput
from reports.audit.as_json import audit_json
from reports.jsonio import dump_json
from tests.helpers.audited import audited
from tests.helpers.databases import address
from tests.helpers.factory_cli import good
from tests.helpers.factory_store import LATER, NOON, OFFICE, office, take, write

pytestmark = pytest.mark.usefixtures("database")

RULES = rulebook()
SHA = "5" * 64

Row = dict[str, str]
acts = st.sampled_from(["b1", "b2", "b3", "a1"])
days = st.sampled_from(["2023-06-20", "2023-07-02", "2023-05-31"])
voids = st.sampled_from([{}, {}, {"voided_at": "now", "void_reason": "误录"}])


def rows(table: str, **cells: Any) -> st.SearchStrategy[tuple[str, Row]]:
    made = {name: one if isinstance(one, st.SearchStrategy) else st.just(one)
            for name, one in cells.items()}  # fmt: skip
    return st.tuples(st.fixed_dictionaries(made), voids).map(
        lambda pair: (table, {**{k: v for k, v in pair[0].items() if v}, **pair[1]})
    )


OPERATIONS = st.one_of(
    rows(
        "activities",
        activity=acts,
        kind=st.sampled_from(["履职00", "履职01"]),
        role="带队",
        day=days,
        holder=st.sampled_from(["镇长", "副镇长", "镇"]),
        person=st.sampled_from(["", "p1", "p2"]),
        supersedes=st.sampled_from(["", "", "b1", "b2", "a1"]),
        quantity=st.sampled_from(["", "2"]),
    ),
    rows("waivers", waiver=st.sampled_from(["w1", "w2"]), holder="镇长", first="2023-06-01",
         last=st.sampled_from(["2023-06-10", "2023-06-30"]), reason="病假"),
    rows("appointments", person="p2", post="镇长", first="2023-06-15",
         last=st.sampled_from(["", "2023-06-25", "2023-07-20"])),
    rows("appointments", person="p1", post="副镇长", first="2023-06-26", acting="是"),
    rows("attachments", attachment=st.sampled_from(["f1", "f2"]), activity=acts, sha256=SHA,
         name=st.sampled_from(["照片.jpg", "纪要.docx"]), size="20"),
    rows("delegations", delegation="d1", holder="镇长", delegate="副镇长", first="2023-07-01"),
    rows("settings", key="records_from", value=st.sampled_from(["2023-06-01", "2023-07-01"])),
    rows("people", person=st.sampled_from(["p2", "p9"]), name=st.sampled_from(["李四", "赵六"])),
)  # fmt: skip
BACK = st.sampled_from(["", "", "", "2023-06-25", "2023-07-02 10:00"])
STEPS = st.lists(st.tuples(OPERATIONS, st.integers(0, 3), BACK, st.booleans()), max_size=8)
many = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def known(store: Store, day: date) -> tuple[Records, str]:
    """What was known on the day, and its audit. Acts that were not known yet are told apart."""
    records = store.read_records(day)
    found = audited(RULES, records, day + timedelta(days=1), known_on=day)
    told = tuple(one for one in records.activities if one.standing != "not_known_yet")
    return replace(records, activities=told), dump_json(audit_json(found))


def newest_day(store: Store) -> date:
    """The day of the newest entry that said anything."""
    with store.reading() as connection:
        return date.fromisoformat(max(one.moment[:10] for one in journal_entries(connection)))


def step(store: Store, folder: Path, operation: tuple[str, Row], now: datetime, back: str,
         typed: bool) -> int:  # fmt: skip
    """Does one thing, as an import or typed; gives how many rows are back-dated (-1: refused)."""
    table, row = operation
    row = {name: now.date().isoformat() if cell == "now" else cell for name, cell in row.items()}
    if back and back <= now.isoformat(" "):
        row["recorded_at"] = back
    try:
        if typed:
            report = import_row(store, table, row, name="record", words=ANY_WORDS, doing=Doing(now))
        else:
            tables = {table: [list(row), list(row.values())]}
            report = import_path(store, write(folder, tables), words=ANY_WORDS, doing=Doing(now))
    except BadInput:
        return -1
    return report.back_dated


def days_before(day: date) -> list[date]:
    first = date(2023, 6, 24)
    return [first + timedelta(days=number) for number in range((day - first).days)]


@many
@given(STEPS)
def test_a_known_day_that_is_over_never_changes(steps: Sequence[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        store, now = office(Path(name)), NOON
        seen: dict[date, tuple[Records, str]] = {}
        for number, (operation, later, _, typed) in enumerate(steps):
            seen |= {day: known(store, day) for day in days_before(now.date()) if day not in seen}
            now += timedelta(days=later, minutes=1)
            assert step(store, Path(name) / str(number), operation, now, "", typed) <= 0
        for day, was in seen.items():
            assert known(store, day) == was, day
        assert verify_store(store).back_dated == 0
        store.close()


@many
@given(STEPS)
def test_only_back_dated_rows_change_a_known_day_and_they_are_counted(
    steps: Sequence[Any],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        store, now, counted = office(Path(name)), NOON, 0
        for number, (operation, later, back, typed) in enumerate(steps):
            over = days_before(newest_day(store))
            before = {day: known(store, day) for day in over[-4:]}
            now += timedelta(days=later, minutes=1)
            found = step(store, Path(name) / str(number), operation, now, back, typed)
            if found <= 0:
                assert {day: known(store, day) for day in before} == before
            counted += max(found, 0)
        assert verify_store(store).back_dated == counted
        store.close()


@many
@given(STEPS)
def test_what_the_store_held_at_an_entry_never_changes(steps: Sequence[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        store, now = office(Path(name)), NOON
        held: dict[int, tuple[Records, Records]] = {}
        for number, (operation, later, back, typed) in enumerate(steps):
            day = now.date() - timedelta(days=2)
            held[store.head()] = (store.read_records(), store.read_records(day))
            now += timedelta(days=later, minutes=1)
            step(store, Path(name) / str(number), operation, now, back, typed)
            for entry, (everything, _) in held.items():
                assert store.read_records(entry=entry) == everything
            last = max(held)
            assert store.read_records(day, entry=last) == held[last][1]
        assert verify_store(store).broken == ()
        store.close()


def test_rows_of_earlier_days_are_counted_and_those_of_the_same_day_are_not(tmp_path: Path) -> None:
    store = office(tmp_path)
    head = ["activity", "kind", "day", "holder", "recorded_at"]
    rows_now = [
        ["n1", "检查", "2023-06-01", "镇", "2023-06-30"],
        ["n2", "检查", "2023-06-01", "镇", "2023-07-01"],
        ["n3", "检查", "2023-06-01", "镇", "2023-07-10 08:00"],
        ["n4", "检查", "2023-06-01", "镇", ""],
    ]
    report = take(store, tmp_path / "in", {"activities": [head, *rows_now]}, LATER)
    assert report.back_dated == 1
    void = {"activity": "n4", "kind": "检查", "day": "2023-06-01", "holder": "镇"}
    more = {"voided_at": "2023-07-14", "void_reason": "误录"}
    found = import_row(
        store, "activities", {**void, **more}, name="record", words=ANY_WORDS, doing=Doing(LATER)
    )
    assert found.back_dated == 1
    assert verify_store(store).back_dated == 2


def test_a_first_import_changes_nothing_that_was_known(tmp_path: Path) -> None:
    store = create_store(address(tmp_path / "s.db"), date(2023, 1, 1), Doing(NOON))
    report = take(store, tmp_path / "in", OFFICE, LATER, recorded_as_dated=True)
    assert (report.back_dated, verify_store(store).back_dated) == (0, 0)


def test_an_import_and_the_walk_say_how_many_rows_are_back_dated(tmp_path: Path) -> None:
    office(tmp_path).close()
    late = {"people": [["person", "name", "recorded_at"], ["p9", "赵六", "2022-01-01"]]}
    folder = write(tmp_path / "late", late)
    sentence = "1 rows or voids are back-dated: they changed what earlier --known-on days show\n"
    assert good("import", folder, "--db", tmp_path / "office.db").out.endswith(sentence)
    assert good("verify", "--db", tmp_path / "office.db").out.endswith(sentence)
    assert good("verify", "--json", "--db", tmp_path / "office.db").data["back_dated"] == 1
