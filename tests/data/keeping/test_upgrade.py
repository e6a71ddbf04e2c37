"""Stores that older versions left come up with all they held, the same audits, a sound chain."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

import data.store.opening
from data.flags import Flag
from data.import_columns import TABLES
from data.keeping.kept_audits import kept_audit
from data.keeping.kept_rules import kept_rule_files
from data.keeping.upgrade import upgrade_store
from data.keeping.verify import verify_store
from data.records import Records
from data.store.feed import StoreFeed
from data.store.journal import Doing, journal_entries
from data.store.migrations import upgrade
from data.store.opening import Store, open_store, store_at
from data.store.tables import SCHEMA_VERSION
from engine.calendar.periods import Period
from engine.counting.fast import audit_summary
from problems import BadInput
from reports.audit.overview import overview_from_columns, overview_of
from reports.names import Names
from rules.loader import load_rulebook
from rules.rulebook import Rulebook
from tests.helpers.audited import audited
from tests.helpers.databases import address, beside, on_server
from tests.helpers.factory_cli import cache, call
from tests.helpers.factory_rules import world
from tests.helpers.factory_store import LATER, NOON, OFFICE, office, take

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("database", "kept_elsewhere")

OLD = Path(__file__).parents[2] / "old_stores"
VERSIONS = ("v1", "v2")
"""The stores there are: a small office each, made by the program of that version. The second has
what the first has in its entry 2, and after it something of everything.
"""

RULES = """\
list: 清单
holder: {posts: [主要负责人, 分管负责人]}
duties:
  check:
    title: 带队检查
    source: {clause: 第一条, quote: 每月至少1次带队检查}
    activity: {kind: 安全检查, role: 带队}
    frequency: {at_least: 1, per: month}
"""


@pytest.fixture
def kept_elsewhere(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The backup of a server is what other tests are about."""
    if database != "sqlite":
        monkeypatch.setattr("data.keeping.upgrade.backup_beside", lambda *_: tmp_path / "x.backup")


def old_store(folder: Path, version: str) -> str:
    """The address of a store as that version left it."""
    file = folder / "old.db"
    script = (OLD / f"{version}.sql").read_text(encoding="utf-8")
    if not on_server():
        with closing(sqlite3.connect(file)) as plain:
            plain.executescript(script)
        return str(file)
    script = script.replace("BEGIN TRANSACTION;", "").replace("COMMIT;", "")
    # What others name is made first.
    first = re.compile(r"\s*CREATE TABLE (batches|journal)\b")
    statements = sorted(script.split(";\n"), key=lambda one: first.match(one) is None)
    with beside(file) as run:
        run("SET LOCAL session_replication_role = replica")  # rows come before what they name
        for one in statements:
            if one.strip():
                run(_for_a_server(one, version))
        for table in re.findall(r"CREATE TABLE (\w+) \(\s+row_id", script):
            newest = f"(SELECT coalesce(max(row_id), 0) + 1 FROM {table})"
            run(f"SELECT setval('{table}_row_id_seq', {newest}, false)")
    return address(file)


def _for_a_server(statement: str, version: str) -> str:
    """The same tables and rows, as that version made them there: rows are counted by a sequence,
    and from the second version on texts are ordered by their bytes.
    """
    if "CREATE TABLE" in statement:
        statement = statement.replace("row_id INTEGER", "row_id SERIAL")
        if version != "v1":
            statement = re.sub(r"\b(TEXT|VARCHAR\(\d+\))", r'\1 COLLATE "C"', statement)
    elif "INDEX activities_listed" in statement:
        statement = statement.replace("instr(", "strpos(")
    return statement


def brought_up(folder: Path, version: str) -> Store:
    """The store of that version as this program has it."""
    url = old_store(folder, version)
    assert upgrade_store(url, Doing(NOON, "示例文员")) is not None
    return open_store(url)


def rulebook(folder: Path) -> Rulebook:
    """One duty a month, in force when both offices kept their records."""
    document = "title: 文件\nnumber: 安委〔2022〕1号\nsigned: 2022-01-01\n"
    texts = {"rules__demo__document": document, "rules__demo__good": RULES}
    return load_rulebook([world(folder, **texts) / "rules"], None, None)


def states(found: Rulebook, records: Records, first: str, last: str) -> Mapping[str, str]:
    """The states of a span judged on the day after it, by holder and period."""
    span = Period(date.fromisoformat(first), date.fromisoformat(last))
    as_of = date.fromordinal(span.last.toordinal() + 1)
    verdicts = audited(found, records, as_of, span=span).verdicts
    return {one.id.partition("@")[2]: one.state.value for one in verdicts}


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_store_is_refused_until_it_is_brought_up(tmp_path: Path, version: str) -> None:
    with pytest.raises(BadInput, match=rf"store_too_old version={version[1]}"):
        open_store(old_store(tmp_path, version))


def test_a_store_of_the_first_version_is_brought_up_with_all_it_holds(tmp_path: Path) -> None:
    url = old_store(tmp_path, "v1")
    before = None if on_server() else (tmp_path / "old.db").read_bytes()
    upgraded = upgrade_store(url, Doing(NOON, "示例文员"))
    assert upgraded is not None
    assert upgraded.version == 1
    if before is not None:
        assert_copied(upgraded.backup, before)
    store = open_store(url)
    assert verify_store(store).broken == ()
    records = store.read_records()
    assert {one.activity: one.standing for one in records.activities} == {
        "甲1": "superseded",
        "甲2": "live",
        "甲3": "voided",
        "甲4": "live",
    }
    then = store.read_records(date(2022, 8, 31))
    assert [one.day for one in then.activities if one.activity == "甲2"] == [date(2022, 8, 12)]
    with store.reading() as connection:
        assert [one.act for one in journal_entries(connection)] == ["import"] * 4 + ["upgrade"] * (
            SCHEMA_VERSION - 1
        )
    assert upgrade_store(url, Doing(LATER)) is None
    assert take(store, tmp_path / "in", OFFICE, LATER).total("new") > 10
    assert verify_store(store).broken == ()


def columns_of(store: Store) -> Mapping[str, list[str]]:
    """The columns that the import tables of a store have, but for the flags."""
    known = inspect(store.engine)
    return {
        table: [one["name"] for one in known.get_columns(table) if one["name"] != "flags"]
        for table in TABLES
        if known.has_table(table)
    }


def rows_of(store: Store, columns: Mapping[str, list[str]]) -> Mapping[str, list[tuple[Any, ...]]]:
    """What every version of every row says in these columns."""
    found = {}
    with store.reading() as connection:
        for table, names in columns.items():
            told = ", ".join(f'"{name}"' for name in names)
            query = text(f'SELECT {told} FROM "{table}" ORDER BY row_id')
            found[table] = [tuple(row) for row in connection.execute(query)]
    return found


def assert_copied(backup: Path, before: bytes) -> None:
    with closing(sqlite3.connect(backup)) as copy, closing(sqlite3.connect(":memory:")) as first:
        first.deserialize(before)
        assert list(copy.iterdump()) == list(first.iterdump())


def test_a_store_of_the_second_version_is_brought_up_with_all_it_holds(tmp_path: Path) -> None:
    url = old_store(tmp_path, "v2")
    content = None if on_server() else (tmp_path / "old.db").read_bytes()
    old = store_at(url)
    known = columns_of(old)
    held = rows_of(old, known)
    assert all(held[name] for name in ("activities", "delegations", "attachments"))
    with old.reading() as connection:
        chain = list(journal_entries(connection))
    old.close()
    upgraded = upgrade_store(url, Doing(NOON, "示例文员", "换版"))
    assert upgraded is not None
    assert upgraded.version == 2
    if content is not None:
        assert_copied(upgraded.backup, content)
    store = open_store(url)
    assert rows_of(store, known) == held
    with store.reading() as connection:
        now = list(journal_entries(connection))
    assert now[: len(chain)] == chain
    assert [
        (one.act, one.who, one.why, one.facts()["from"], one.facts()["to"])
        for one in now[len(chain) :]
    ] == [
        ("upgrade", "示例文员", "换版", number, number + 1) for number in range(2, SCHEMA_VERSION)
    ]
    found = verify_store(store)
    assert found.sealed == next(one.entry for one in now if one.seals)
    assert (found.entries, found.broken, found.head) == (len(now), (), now[-1].hash)
    assert upgrade_store(url, Doing(LATER)) is None
    assert take(store, tmp_path / "in", OFFICE, LATER).total("new") > 10
    assert verify_store(store).broken == ()


def of_version(folder: Path, version: int) -> str:
    """A store as the program of that version has it, of something of everything."""
    url = old_store(folder, "v2")
    store = store_at(url)
    with store.writing() as connection:
        upgrade(connection, 2, Doing(NOON, "示例文员"), str(version))
    store.close()
    return url


@pytest.mark.parametrize("version", [3, 4, 5])
def test_a_store_of_each_later_version_is_brought_up_and_sealed(
    tmp_path: Path, version: int
) -> None:
    url = of_version(tmp_path, version)
    old = store_at(url)
    known = columns_of(old)
    held = rows_of(old, known)
    with old.reading() as connection:
        chain = list(journal_entries(connection))
    old.close()
    upgraded = upgrade_store(url, Doing(LATER))
    assert upgraded is not None and upgraded.version == version
    store = open_store(url)
    assert rows_of(store, known) == held
    with store.reading() as connection:
        now = list(journal_entries(connection))
    assert now[: len(chain)] == chain
    found = verify_store(store)
    seal = next(one.entry for one in now if one.seals)
    assert (found.broken, found.sealed, found.entries) == ((), seal, len(now))


JOINED = "UPDATE attachments SET size = size || chr(31) || 'type=' || type, type = NULL"
"""In the form of before, the row reads as it did."""


def test_what_the_old_form_let_pass_is_seen_once_the_chain_is_sealed(tmp_path: Path) -> None:
    url = of_version(tmp_path, 5)
    joined = JOINED if on_server() else JOINED.replace("chr(", "char(")
    upgrade_store(url, Doing(LATER))
    store = open_store(url)
    seal = verify_store(store).sealed
    store.close()
    with beside(tmp_path / "old.db") as run:
        run(joined)
    found = verify_store(open_store(url))
    assert [(one.entry, one.fault) for one in found.broken] == [(seal, "seal")]


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE units SET name = '别的' WHERE row_id = 1", "content"),
        ("UPDATE journal SET who = '别人' WHERE act = 'upgrade'", "hash"),
        ("UPDATE meta SET value = '2020-01-01' WHERE key = 'first_day'", "made"),
    ],
)
def test_both_parts_of_a_sealed_chain_are_walked(
    tmp_path: Path, statement: str, fault: str
) -> None:
    brought_up(tmp_path, "v1").close()
    with beside(tmp_path / "old.db") as run:
        run(statement)
    found = verify_store(open_store(address(tmp_path / "old.db")))
    assert fault in {one.fault.value for one in found.broken}


@pytest.mark.parametrize("version", VERSIONS)
def test_flags_that_nobody_reads_are_gone(tmp_path: Path, version: str) -> None:
    url = old_store(tmp_path, version)
    query = text("SELECT flags FROM activities ORDER BY row_id")
    old = store_at(url)
    with old.reading() as connection:
        before = list(connection.scalars(query))
    old.close()
    upgrade_store(url, Doing(NOON))
    store = open_store(url)
    with store.reading() as connection:
        after = list(connection.scalars(query))
    ours = sum(Flag)
    assert any(one & ~ours for one in before)
    assert after == [one & ours for one in before]
    store.rebuild_columns()
    with store.reading() as connection:
        assert list(connection.scalars(query)) == after


def test_both_come_up_with_the_same_audits(tmp_path: Path) -> None:
    rules = rulebook(tmp_path)
    for name in VERSIONS:
        (tmp_path / name).mkdir()
    one, two = (brought_up(tmp_path / name, name) for name in VERSIONS)
    for first, second in (
        (one.read_records(), two.read_records(entry=2)),
        (one.read_records(date(2022, 8, 31)), two.read_records(date(2022, 8, 31), entry=2)),
    ):
        assert replace(first, records_from=second.records_from) == second
        assert states(rules, first, "2022-07-01", "2022-09-30") == states(
            rules, second, "2022-07-01", "2022-09-30"
        )
    assert states(rules, one.read_records(), "2022-07-01", "2022-09-30") == {
        "园区主任/示甲@2022-07": "met",
        "园区主任/示甲@2022-08": "met",
        "园区主任/示甲@2022-09": "overdue",
        "园区副主任/示乙@2022-07": "overdue",
        "园区副主任/示乙@2022-08": "exempt",
        "园区副主任/示乙@2022-09": "overdue",
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_its_columns_count_what_its_records_say(tmp_path: Path, version: str) -> None:
    rules, store = rulebook(tmp_path), brought_up(tmp_path, version)
    for as_of in (date(2022, 10, 1), date(2023, 5, 1), date(2023, 7, 1)):
        span = Period(date(2022, 7, 1), date.fromordinal(as_of.toordinal() - 1))
        exact = audited(rules, store.read_records(), as_of, span=span)
        register = store.read_records(with_activities=False)
        fast = audit_summary(rules, register, StoreFeed(store), as_of, span=span)
        names = Names(register, rules.vocabulary)
        assert overview_from_columns(fast, names) == overview_of(exact, names)
        assert len(exact.verdicts) > 5


@pytest.mark.usefixtures("cache")
def test_what_the_second_version_kept_comes_out_the_same(tmp_path: Path) -> None:
    store = brought_up(tmp_path, "v2")
    kept = kept_audit(store, 1)
    assert kept is not None and kept_rule_files(store, kept.hashes) is not None
    said = call("audit", "--again", "1", "--db", tmp_path / "old.db")
    assert "with the rule files as they were kept it comes out the same" in said.out.splitlines()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_program_of_before_refuses_a_store_that_was_brought_up(
    tmp_path: Path, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_up(tmp_path, version).close()
    monkeypatch.setattr(data.store.opening, "SCHEMA_VERSION", 2)
    with pytest.raises(BadInput, match=rf"store_too_new version={SCHEMA_VERSION} known=2"):
        open_store(address(tmp_path / "old.db"))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_that_was_brought_up_has_the_tables_of_a_new_one(
    tmp_path: Path, version: str
) -> None:
    old = inspect(brought_up(tmp_path, version).engine)
    new = inspect(office(tmp_path).engine)
    assert sorted(old.get_table_names()) == sorted(new.get_table_names())
    for table in new.get_table_names():
        columns = [
            {one["name"]: _told(one) for one in which.get_columns(table)} for which in (old, new)
        ]
        assert columns[0] == columns[1], table
        indexes = [
            {one["name"]: _index(one) for one in which.get_indexes(table)} for which in (old, new)
        ]
        assert indexes[0] == indexes[1], table


def _told(column: Any) -> tuple[str, object, bool]:
    """What a column is: its kind, by what its texts are ordered, and whether it may be empty."""
    return str(column["type"]), getattr(column["type"], "collation", None), column["nullable"]


def _index(index: Any) -> tuple[object, ...]:
    """What an index is: its columns, whether it is of single rows, and of which rows."""
    where = {name: str(one) for name, one in index["dialect_options"].items()}
    return index["column_names"], index["unique"], where
