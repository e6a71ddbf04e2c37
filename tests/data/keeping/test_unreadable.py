"""What somebody wrote into the store's rows is told with table and row wherever it is read."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from data.keeping.verify import verify_store
from data.store.opening import open_store
from tests.helpers.databases import address
from tests.helpers.factory_cli import cache, call, good, refused, write

__all__ = ["cache"]

LIST, SHOW = ("register", "list"), ("register", "show", "1")
ISSUE = ("register", "issue", "1", "--code", "示安委办")
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
    ("register_steps", "number", "9223372036854775807", ISSUE),
    ("appointments", "first", "'?'", AUDIT),
    ("appointments", "last", "5", AUDIT),
    ("people", "name", "x'ff'", AUDIT),
    ("activities", "day", "'?'", AUDIT),
]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the park with drafted notices, one of them issued."""
    folder = tmp_path_factory.mktemp("once")
    path = folder / "park.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        patch.setattr("commands.context.now", lambda: datetime.fromisoformat("2022-12-22T09:00"))
        good("import", write(folder / "park"), "--db", path)
        patch.setattr("commands.context.now", lambda: datetime.fromisoformat("2022-12-30T09:00"))
        assert call("notices", "--as-of", "2022-11-09", "--out", folder / "n", "--db", path).code == 0
        good("register", "approve", "2", "3", "--db", path)
        good("register", "issue", "3", "--code", "示安委办", "--db", path)
        good("register", "approve", "1", "--db", path)
    return path


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(("table", "column", "value", "asked"), EDITS)
def test_a_row_that_somebody_else_wrote_is_told_where_it_is_read(
    once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    table: str, column: str, value: str, asked: tuple[str, ...],
) -> None:  # fmt: skip
    monkeypatch.setattr("commands.context.now", lambda: datetime.fromisoformat("2022-12-30T09:00"))
    monkeypatch.chdir(tmp_path)
    path = Path(shutil.copy(once, tmp_path))
    where = "rowid = (SELECT max(rowid) FROM appointments)" if table == "appointments" else "true"
    if table.startswith("register_"):
        where = "notice = 1"
    if column in ("number", "step"):
        where = "number IS NOT NULL"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE {table} SET {column} = {value} WHERE {where}")
        connection.commit()
    told = refused(*asked, "--db", path)
    assert f"{table}: row " in told and "this program did not write there" in told, told
    assert "dutyclock verify" in told
    store = open_store(address(path))
    assert verify_store(store).broken
    store.close()
