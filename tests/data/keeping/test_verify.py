"""Whatever somebody writes into a store: the walk tells where, and never fails itself."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.intake.imports import import_row
from data.keeping.kept_audits import keep_audit
from data.keeping.kept_rules import KeptFile
from data.keeping.notice_register import NoticeDraft, draft_notices
from data.keeping.verify import verify_store
from data.notice_register import NoticeItem
from data.store.journal import Doing
from data.store.opening import Store, open_store
from data.words import ANY_WORDS
from problems import BadInput
from reports.journal.text import MOST_TOLD, broken_problem, broken_problems
from tests.data.store.test_journal import changed, corrected
from tests.helpers.databases import NO_FOREIGN_KEYS, address, beside
from tests.helpers.factory_cli import call, refused
from tests.helpers.factory_store import LATER
from tests.helpers.printed import left_in_english, printed


def full(folder: Path) -> Path:
    """A store that has something in every table, beside what `corrected` has."""
    store = corrected(folder)
    doing = Doing(LATER, "示例文员")
    for table, row in (
        ("settings", {"key": "timezone", "value": "Asia/Shanghai"}),
        ("adoptions", {"document": "文件", "unit": "镇", "first": "2023-01-01"}),
        ("delegations", {"delegation": "d1", "holder": "镇长", "delegate": "副镇长",
                         "first": "2023-05-01"}),
        ("assignments", {"holder": "镇长", "member": "厂", "first": "2023-05-01"}),
        ("attachments", {"attachment": "f1", "activity": "a1", "sha256": "ab" * 32,
                         "name": "照片.jpg", "size": "5"}),
    ):  # fmt: skip
        import_row(store, table, row, name="record", words=ANY_WORDS, doing=doing)
    hashes = dict.fromkeys(("rules", "rulings", "calendar"), "0" * 64)
    files = [KeptFile("duties", "文件/清单.yaml", "文件", b"list: x\n")]
    keep_audit(
        store, asked={}, hashes=hashes, checksum="1" * 64, unmet=[], doing=doing, files=files
    )
    items = (NoticeItem("d@镇长@2023-06", ("d@镇长@2023-06",)),)
    draft = NoticeDraft("blue", "镇长", "蓝色提示单", "镇", False, 5, items, "{}")
    draft_notices(store, [draft], (), LATER.date(), None, doing)
    assert verify_store(store).broken == ()
    store.close()
    return folder / "office.db"


CELLS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.binary(max_size=6),
    st.text(st.characters(codec="utf-8"), max_size=6),
    st.sampled_from(["{", "[]", "{}", '{"sealed": 1}', "9999-12-31", "../../../dev/zero"]),
    # A text that is none in UTF-8.
    st.binary(min_size=1, max_size=4).map(lambda raw: b"\xff" + raw),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full store: each example changes a copy of its own."""
    return full(tmp_path_factory.mktemp("full"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    table=st.integers(0, 99), column=st.integers(0, 99), row=st.integers(0, 99), cell=CELLS,
    as_text=st.booleans(),
)  # fmt: skip
@example(table=0, column=0, row=0, cell=b"\xff\xfe", as_text=True)
def test_a_changed_cell_is_told_and_never_raised(
    template: Path, tmp_path: Path, table: int, column: int, row: int, cell: object, as_text: bool
) -> None:
    file = tmp_path / "copy.db"
    shutil.copy(template, file)
    with closing(sqlite3.connect(file)) as plain:
        is_other = _changed(plain, table, column, row, cell, as_text)
        plain.commit()
    store = open_store_or_none(file)
    if store is None:
        return
    found = verify_store(store)
    store.close()
    assert bool(found.broken) == is_other, found
    for one in found.broken:
        assert printed(broken_problem(one))


def _changed(
    plain: sqlite3.Connection, table: int, column: int, row: int, cell: object, as_text: bool
) -> bool:
    """Writes a cell somewhere; whether the store then says something else."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    tables = sorted(name for (name,) in plain.execute(named))
    where = tables[table % len(tables)]
    columns = [one[1] for one in plain.execute(f"PRAGMA table_info({where})")]
    what = columns[column % len(columns)]
    rows = [one for (one,) in plain.execute(f"SELECT rowid FROM {where} ORDER BY rowid")]
    if what == "row_id" or not rows:
        return False
    at = rows[row % len(rows)]
    read = f"SELECT typeof({what}), CAST({what} AS BLOB) FROM {where} ORDER BY rowid"
    before = plain.execute(read).fetchall()
    value = "CAST(? AS TEXT)" if as_text and isinstance(cell, bytes) else "?"
    try:
        plain.execute(f"UPDATE {where} SET {what} = {value} WHERE rowid = ?", (cell, at))
    except sqlite3.IntegrityError:
        return False
    return plain.execute(read).fetchall() != before


def open_store_or_none(file: Path) -> Store | None:
    """The store; None where it says of itself that it is none, which is told before any walk."""
    try:
        return open_store(str(file))
    except BadInput:
        return None


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON activities BEGIN DELETE FROM waivers; END",
         "activities: there is a trigger 't', which no store has"),
        ("CREATE TABLE more (x)", "more: no store has this table"),
        ("CREATE VIEW more AS SELECT 1", "more: no store has this table"),
        ("ALTER TABLE people ADD COLUMN more TEXT", "people: no store has the column 'more'"),
        ("DROP TABLE notices", "notices: the table is gone"),
        ("ALTER TABLE waivers DROP COLUMN reason", "waivers: the column 'reason' is gone"),
        ("ALTER TABLE journal RENAME COLUMN why TO because", "journal: the column 'why' is gone"),
        ("DROP INDEX activities_listed", "activities: the index 'activities_listed' is gone"),
        ("UPDATE people SET name = x'ff00' WHERE row_id = 2",
         "people: cell 'name' of row 2 holds no text"),
        ("UPDATE people SET name = CAST(x'ff41' AS TEXT) WHERE row_id = 2",
         "people: cell 'name' of row 2 holds no text"),
        ("UPDATE journal SET counts = '{' WHERE entry = 2", "journal:2: entry 2 was changed"),
        ("UPDATE journal SET moment = x'00' WHERE entry = 2",
         "journal:2: cell 'moment' of row 2 holds no text"),
        ("UPDATE activities SET voided_by = '别人' WHERE row_id = 1",
         "entry 0 (1 voided of activities)"),
        ("DELETE FROM holders", "holders: the list is not that of the acts"),
        ("DELETE FROM act_classes", "act_classes: the list is not that of the acts"),
        ("DELETE FROM named_people", "named_people: the list is not that of the acts"),
        ("DELETE FROM meta WHERE key = 'first_day'", "'first_day'"),
        ("UPDATE alembic_version SET version_num = '5'", "'alembic_version'"),
        ("UPDATE people SET row_id = 99 WHERE row_id = 1", "people"),
    ],
)  # fmt: skip
def test_what_is_odd_in_a_store_is_told_with_its_place(
    tmp_path: Path, statement: str, told: str
) -> None:
    changed(tmp_path, statement).close()
    assert told in refused("verify", "--db", tmp_path / "office.db")


def test_an_older_version_of_a_row_that_is_moved_behind_the_newer_is_found(tmp_path: Path) -> None:
    store = corrected(tmp_path)
    row = {"waiver": "w1", "holder": "镇长", "first": "2023-02-01", "last": "2023-02-02"}
    import_row(
        store, "waivers", {**row, "reason": "病假", "person": "p1"},
        name="record", words=ANY_WORDS, doing=Doing(LATER),
    )  # fmt: skip
    assert verify_store(store).broken == ()
    store.close()
    with beside(tmp_path / "office.db") as run:
        run("UPDATE waivers SET row_id = 99 WHERE row_id = 1")
    found = verify_store(open_store(address(tmp_path / "office.db")))
    assert {(one.fault.value, one.table, one.row) for one in found.broken} == {
        ("moved", "waivers", "99")
    }


@pytest.mark.usefixtures("database")
def test_a_trigger_is_found_on_either_database(tmp_path: Path, database: str) -> None:
    corrected(tmp_path).close()
    with beside(tmp_path / "office.db") as run:
        if database == "sqlite":
            run("CREATE TRIGGER t BEFORE UPDATE ON units BEGIN SELECT RAISE(IGNORE); END")
        else:
            run("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
            run("CREATE TRIGGER t BEFORE UPDATE ON units FOR EACH ROW EXECUTE FUNCTION f()")
    found = verify_store(open_store(address(tmp_path / "office.db")))
    assert [(one.told, one.table, one.column) for one in found.broken] == [
        ("trigger", "units", "t")
    ]


def test_what_is_counted_is_worked_out_anew_only_from_records_that_hold(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    changed(tmp_path, "UPDATE activities SET holder_no = 1 WHERE row_id = 4").close()
    assert call("verify", "--rebuild", "--db", file).code == 0
    with beside(file) as run:
        run("UPDATE activities SET makes_up = '2023-02' WHERE row_id = 4")
    with closing(sqlite3.connect(file)) as plain:
        before = list(plain.iterdump())
    told = refused("verify", "--rebuild", "--db", file)
    assert "rows of entry 3 were changed" in told
    with closing(sqlite3.connect(file)) as plain:
        assert list(plain.iterdump()) == before


def test_all_that_is_broken_is_told_up_to_a_number(tmp_path: Path, database_of_many: Path) -> None:
    del tmp_path
    store = open_store(str(database_of_many))
    found = verify_store(store)
    problems = broken_problems(found.broken)
    assert len(found.broken) > MOST_TOLD == len(problems) - 1
    assert problems[-1].said["count"] == len(found.broken) - MOST_TOLD
    assert left_in_english(*(one.said for one in problems)) == []
    told = call("verify", "--db", database_of_many, "--json")
    assert len(told.data["broken"]) == len(found.broken)


@pytest.fixture
def database_of_many(tmp_path: Path) -> Path:
    """A store with many entries, all of them after the first rewritten."""
    store = corrected(tmp_path)
    for number in range(30):
        row = {"person": f"q{number}", "name": "某人"}
        import_row(store, "people", row, name="record", words=ANY_WORDS, doing=Doing(LATER))
    store.close()
    with beside(tmp_path / "office.db") as run:
        run(NO_FOREIGN_KEYS["sqlite"])
        run("UPDATE journal SET who = '别人' WHERE entry > 1")
    return tmp_path / "office.db"


@pytest.mark.parametrize("sha256", ["../../../../../../dev/zero", "", "AB" * 32, "ab" * 31])
def test_a_hash_that_is_none_leads_to_no_file(tmp_path: Path, sha256: str) -> None:
    full(tmp_path)
    with beside(tmp_path / "office.db") as run:
        run(f"UPDATE attachments SET sha256 = '{sha256}'")
    told = refused("verify", "--db", tmp_path / "office.db")
    assert "is missing" in told
    assert "rows of entry" in told
