"""The notice register: nothing is said twice, numbers have no gaps, steps come in their order."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from data.keeping.verify import verify_store
from data.store.opening import open_store
from tests.helpers.databases import address
from tests.helpers.factory_cli import cache, call, good, refused, write

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("cache")

DAY = "2022-11-09"
CODE = ("--code", "示安委办")
WAIVED = ("waive", "园区", "--first", "2022-07-01", "--last", "2022-12-31", "--reason", "机构撤并",
          "--document", "示编〔2022〕9号")  # fmt: skip


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The records came in on 22 December 2022."""
    monkeypatch.setattr("commands.context.now", lambda: datetime.fromisoformat("2022-12-22T09:00"))


@pytest.fixture
def db(
    clock: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    """The store of the park, whose register is worked with at the end of December 2022."""
    if "database" in request.fixturenames:
        request.getfixturevalue("database")
    path = tmp_path / "park.db"
    good("import", write(tmp_path / "tables"), "--db", path)
    monkeypatch.setattr("commands.context.now", lambda: datetime.fromisoformat("2022-12-30T09:00"))
    return path


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the park in which the notices of DAY are drafted: each test copies it."""
    folder = tmp_path_factory.mktemp("once")
    path, moments = folder / "park.db", iter(["2022-12-22T09:00", *["2022-12-30T09:00"] * 9])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        patch.setattr("commands.context.now", lambda: datetime.fromisoformat(next(moments)))
        good("import", write(folder / "park"), "--db", path)
        draft(path, folder / "papers")
    return path


@pytest.fixture
def drafted(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to be worked with at the end of December 2022."""
    monkeypatch.setattr("commands.context.now", lambda: datetime.fromisoformat("2022-12-30T09:00"))
    shutil.copy(once, tmp_path / "drafted.db")
    return tmp_path / "drafted.db"


def draft(db: Path, out: Path, day: str = DAY, *more: str) -> dict[str, str]:
    """The texts of a run, by file."""
    said = call("notices", "--as-of", day, "--out", out, "--db", db, "--lang", "zh", *more)
    assert said.code == 0, said
    return {path.name: path.read_text("utf-8") for path in sorted(out.glob("*.txt"))}


def registered(db: Path, *narrowed: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = good("register", "list", "--json", "--db", db, *narrowed).data
    return found


def of_level(db: Path, level: str) -> list[str]:
    return [str(one["notice"]) for one in registered(db) if one["level"] == level]


def act(db: Path, step: str, *words: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = good("register", step, *words, "--json", "--db", db).data
    return found


@pytest.mark.usefixtures("database")
def test_running_twice_drafts_nothing_twice_and_prints_the_same(tmp_path: Path, db: Path) -> None:
    first = draft(db, tmp_path / "a")
    there = registered(db)
    assert first and len(there) == len(first)
    assert draft(db, tmp_path / "b") == first
    assert registered(db) == there
    assert verify_store(open_store(address(db))).broken == ()


def test_a_preview_writes_nothing_and_shows_what_waits_too(tmp_path: Path, db: Path) -> None:
    before = good("journal", "--db", db).out
    assert draft(db, tmp_path / "a", DAY, "--preview")
    assert good("journal", "--db", db).out == before
    assert registered(db) == []
    drafts = draft(db, tmp_path / "a")
    assert drafts and registered(db)
    assert draft(db, tmp_path / "b", DAY, "--preview").keys() == drafts.keys()


@pytest.mark.usefixtures("database")
def test_a_notice_goes_through_its_life_and_keeps_number_day_and_figures(
    tmp_path: Path, db: Path
) -> None:
    draft(db, tmp_path / "a")
    one = of_level(db, "remind")[0]
    (issued,) = act(db, "issue", one, "--on", "2022-11-09", *CODE)
    assert (issued["number"], issued["until"]) == ("示安委办〔2022〕1号", "2022-11-16")
    printed = tmp_path / "p"
    good("register", "show", one, "--out", printed, "--db", db)
    before = {path.name: path.read_bytes() for path in printed.glob("*.*")}
    text = next(printed.glob("*.txt")).read_text("utf-8")
    assert "示安委办〔2022〕1号" in text and "2022年11月9日\n" in text
    assert "请于2022年11月16日（星期三）前" in text and "拟稿" not in text
    # on Friday: the limit runs in working days from then
    (delivered,) = act(db, "delivered", one, "--on", "2022-11-11", "--note", "专人送达")
    assert delivered["until"] == "2022-11-18"
    act(db, "reply", one, "--on", "2022-11-17")
    act(db, "return", one, "--on", "2022-11-18")
    act(db, "reply", one, "--on", "2022-11-21")
    act(db, "close", one, "--on", "2022-11-22")
    (archived,) = act(db, "archive", one, "--by", "王示例")
    assert archived["possible"] == []
    assert [step["step"] for step in archived["steps"]] == [
        *("draft", "issue", "delivered", "reply", "return", "reply", "close", "archive"),
    ]
    assert archived["steps"][-1]["by"] == "王示例" and archived["steps"][-1]["day"] == "2022-12-30"
    good("register", "show", one, "--out", tmp_path / "again", "--db", db)
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").glob("*.*")}
    assert again == before
    assert verify_store(open_store(address(db))).broken == ()


def test_steps_come_in_their_order_and_all_or_none_are_taken(drafted: Path) -> None:
    db = drafted
    one = of_level(db, "remind")[0]
    told = refused("register", "delivered", one, "--db", db)
    assert told.startswith(f"{one}: notice {one} is drafted: delivered is not possible")
    assert "possible now: issue, approve, withdraw" in told
    assert "the register has no notice 99" in refused(
        "register", "issue", one, "99", *CODE, "--db", db
    )
    assert "'示2022' is no code" in refused(
        "register", "issue", one, "--code", "示2022", "--db", db
    )
    assert "control character" in refused("register", "approve", one, "--note", "a\x07", "--db", db)
    assert "still to come" in refused(
        "register", "issue", one, *CODE, "--on", "2023-02-01", "--db", db
    )
    assert {row["stage"] for row in registered(db)} == {"drafted"}
    (issued,) = act(db, "issue", one, "--on", "2022-11-09")
    assert issued["number"] == "示安委办〔2022〕1号"  # as the office is set
    assert "before the last one" in refused(
        "register", "delivered", one, "--on", "2022-11-08", "--db", db
    )


def test_what_a_person_has_to_approve_is_not_issued_before_and_numbers_have_no_gaps(
    tmp_path: Path, drafted: Path
) -> None:
    db = drafted
    draft(db, tmp_path / "a", "2022-12-20")
    rows = registered(db, "--stage", "drafted")
    waits = [str(row["notice"]) for row in rows if row["approval"]]
    assert waits
    told = refused("register", "issue", waits[0], *CODE, "--db", db)
    assert "possible now: approve, withdraw" in told
    numbers = [str(row["notice"]) for row in registered(db) if row["stage"] == "drafted"]
    act(db, "approve", *numbers)
    first, second, third = numbers[:3]
    act(db, "issue", first, second, *CODE)
    (void,) = act(db, "withdraw", second, "--note", "对象有误")
    assert (void["stage"], void["number"]) == ("withdrawn", "示安委办〔2022〕2号")
    assert act(db, "issue", third, *CODE)[0]["number"] == "示安委办〔2022〕3号"
    # what was withdrawn is not drafted again
    draft(db, tmp_path / "b", "2022-12-21")
    assert sum(row["stage"] == "withdrawn" for row in registered(db)) == 1


def test_what_is_open_no_more_closes_what_was_issued_and_is_not_issued(
    tmp_path: Path, drafted: Path
) -> None:
    db = drafted
    rows = registered(db)
    reminded = of_level(db, "remind")
    act(db, "issue", reminded[0], "--on", DAY, *CODE)
    good(*WAIVED, "--db", db)
    waits = [str(row["notice"]) for row in registered(db, "--stage", "drafted")]
    if waits:
        act(db, "approve", *waits)
        told = refused("register", "issue", waits[0], *CODE, "--db", db)
        assert "is not open any more" in told and "run dutyclock notices again" in told
    draft(db, tmp_path / "a", "2022-11-14")
    about = {row["notice"]: row["stage"] for row in registered(db) if row["unit"] == "园区"}
    assert about and set(about.values()) <= {"closed", "dropped"}
    assert about[int(reminded[0])] == "closed"
    assert len(registered(db)) == len(rows)


@pytest.mark.usefixtures("database")
def test_a_later_notice_names_the_one_before_and_what_came_of_it(tmp_path: Path, db: Path) -> None:
    draft(db, tmp_path / "a")
    reminded = of_level(db, "remind")
    act(db, "issue", *reminded, "--on", "2022-11-09", *CODE)
    act(db, "delivered", *reminded, "--on", "2022-11-09")
    texts = draft(db, tmp_path / "b", "2022-11-17")
    above = [text for name, text in texts.items() if name.startswith("supervise")]
    assert above
    assert any(
        "前次通知：提醒函示安委办〔2022〕1号（2022年11月9日），要求于2022年11月16日前办结，"
        "已送达，未收到回执" in text
        for text in above
    )
    # as it was known on an earlier day, nothing had been sent
    words = ("policy", "try", "--as-of", "2022-11-17", "--json", "--db", db)
    rules = [str(row["rules"]) for row in good(*words).data]
    assert any("supervise_after_remind" in one for one in rules)
    rules = [str(row["rules"]) for row in good(*words, "--known-on", "2022-12-29").data]
    assert rules and not any("supervise_after_remind" in one for one in rules)


def test_the_register_speaks_both_languages(drafted: Path) -> None:
    db = drafted
    assert "no such notice" in good("register", "list", "--stage", "closed", "--db", db).out
    assert "drafted" in good("register", "list", "--db", db).out
    chinese = good("register", "list", "--db", db, "--lang", "zh").out
    assert "通知登记簿" in chinese and "拟稿" in chinese
    one = of_level(db, "remind")[0]
    assert (
        "What may follow: issue, approve, withdraw" in good("register", "show", one, "--db", db).out
    )


LIST, SHOW = ("register", "list"), ("register", "show", "1")
ISSUE = ("register", "issue", "1", "--code", "示安委办")
LEADER = ("leader", "王五", "--as-of", "2022-11-09")
AUDIT = ("audit", "--as-of", "2022-11-09")
CONTENT = """json_set(content, '$.{}', '{}')"""

EDITS = [
    ("register_notices", "items", "'['", LIST),
    ("register_notices", "items", "'" + "[" * 100_000 + "'", LIST),
    ("register_notices", "items", """'[["\\ud800", [], true]]'""", LIST),
    ("register_notices", "as_of", "'2022-13-01'", LIST),
    ("register_notices", "addressee", "x'ff'", LIST),
    ("register_notices", "approval", "'?'", LIST),
    ("register_notices", "reply_days", "9223372036854775807", ISSUE),
    ("register_notices", "content", "'{}'", SHOW),
    ("register_notices", "content", CONTENT.format("notice.form", "?"), (*SHOW, "--out", "papers")),
    ("register_steps", "act", "'?'", LIST),
    ("register_steps", "day", "'?'", LIST),
    ("register_steps", "step", "9223372036854775807", ISSUE),
    ("register_steps", "code = 'x', year = 2022, number", "9223372036854775807", ISSUE),
    ("appointments", "first", "'?'", AUDIT),
    ("appointments", "last", "5", AUDIT),
    ("people", "name", "x'ff'", AUDIT),
    ("activities", "day", "'?'", AUDIT),
    ("appointments", "first", "'?'", LEADER),
    ("activities", "first_day", "'?'", LEADER),
]


@pytest.mark.parametrize(("table", "column", "value", "asked"), EDITS)
def test_a_row_that_somebody_else_wrote_is_told_where_it_is_read(
    drafted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    table: str, column: str, value: str, asked: tuple[str, ...],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    where = "notice = 1" if table.startswith("register_") else "true"
    if table == "appointments":
        where = "row_id = 1"
    with closing(sqlite3.connect(drafted)) as connection:
        connection.execute(f"UPDATE {table} SET {column} = {value} WHERE {where}")
        connection.commit()
    told = refused(*asked, "--db", drafted)
    assert f"{table}: row " in told and "this program did not write there" in told
    assert verify_store(open_store(address(drafted))).broken
