"""A store on a PostgreSQL server: killed imports, and backups that come back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from data.intake.imports import import_path
from data.keeping.backup import backup_store
from data.keeping.making import create_store
from data.keeping.restore import restore_store
from data.keeping.verify import verify_store
from data.store.journal import Doing
from data.store.opening import Store, open_store
from data.words import ANY_WORDS
from problems import BadInput
from tests.helpers.factory_store import LATER, NOON, OFFICE, write
from tests.helpers.killing import BEGUN, DONE, Kills, Tell, Work

SERVER = os.environ.get("DUTYCLOCK_TEST_POSTGRESQL") or "postgresql://127.0.0.1:5432/test"
KILLS = 24


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes empty databases, which go again; skips where no server answers."""
    psycopg = pytest.importorskip("psycopg")
    made: list[str] = []
    try:
        plain = psycopg.connect(SERVER, autocommit=True, connect_timeout=30)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server at {SERVER}: {str(error).splitlines()[0]}")

    def make() -> str:
        name = f"faults_{os.getpid()}_{len(made)}"
        plain.execute(f"CREATE DATABASE {name}")
        made.append(name)
        url = make_url(SERVER).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    yield make
    for name in made:
        plain.execute(f"DROP DATABASE {name} WITH (FORCE)")
    plain.close()


def filled(url: str, folder: Path) -> Store:
    store = create_store(url, None, Doing(NOON))
    import_path(store, write(folder / "office", OFFICE), words=ANY_WORDS, doing=Doing(NOON))
    return store


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_killed_imports_are_whole_or_absent_on_a_server(
    tmp_path: Path,
    databases: Callable[[], str],
    record_property: Callable[[str, object], None],
) -> None:
    url = databases()
    filled(url, tmp_path).close()

    def work_of(number: int) -> Work:
        rows = [[f"r{number}-{n}", "检查", "2023-05-02", "镇长", "p1"] for n in range(40)]
        head = ["activity", "kind", "day", "holder", "person"]
        folder = write(tmp_path / f"in{number}", {"activities": [head, *rows]})

        def work(tell: Tell) -> None:
            own = open_store(url)
            tell(BEGUN)
            import_path(own, folder, words=ANY_WORDS, doing=Doing(LATER + timedelta(hours=number)))
            tell(DONE)

        return work

    kills = Kills("server import", 6)
    kept = 0
    for number, ended in enumerate(kills.of(work_of, KILLS)):
        store = open_store(url)
        found = verify_store(store)
        assert found.broken == ()
        acts = store.read_records().activities
        there = sum(one.activity.startswith(f"r{number}-") for one in acts)
        assert there == 40 if ended.where == "done" else there in (0, 40)
        kept += there
        assert found.entries == 2 + kept // 40
        store.close()
    record_property(kills.name, dict(kills.landed))
    print(kills.report())
    assert kills.landed["early"] + kills.landed["commit"] >= KILLS // 2
    assert sum(kills.landed.values()) >= 20


def test_a_dump_comes_back_into_an_empty_database(
    tmp_path: Path, databases: Callable[[], str]
) -> None:
    # A secret of the address is in a file when PostgreSQL's programs are asked; it opens nothing.
    store = filled(f"{databases()}?sslpassword=geheim", tmp_path)
    made = backup_store(store, tmp_path / "office.dump")
    assert made.entry == store.head()
    url = f"{databases()}?sslpassword=geheim"
    proof = restore_store(tmp_path / "office.dump", url).proof
    assert proof is not None
    assert (proof.broken, proof.head) == ((), made.hash)
    again = open_store(url)
    assert again.read_records() == store.read_records()
    again.close()
    with pytest.raises(BadInput, match="something_in_database"):
        restore_store(tmp_path / "office.dump", url)
    with pytest.raises(BadInput, match="backup_kinds"):
        restore_store(tmp_path / "office.dump", str(tmp_path / "s.db"))
    assert not (tmp_path / "s.db").exists()
    store.close()


def test_a_damaged_dump_leaves_the_database_empty(
    tmp_path: Path, databases: Callable[[], str]
) -> None:
    store = filled(databases(), tmp_path)
    backup_store(store, tmp_path / "office.dump")
    whole = (tmp_path / "office.dump").read_bytes()
    store.close()
    url = databases()
    for number, cut in enumerate((100, len(whole) // 2, len(whole) - 200)):
        part = tmp_path / f"{number}.dump"
        part.write_bytes(whole[:cut])
        with pytest.raises(BadInput):
            restore_store(part, url)
        filled(url, tmp_path / str(number)).close()  # it was empty
        url = databases()


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (None, "program_not_installed program=pg_dump"),
        (
            "echo 'aborting because of server version mismatch' >&2; exit 1",
            "program_too_old",
        ),
        (
            "echo 'pg_dump: error: no room' >&2; exit 1",
            "program_failed .* reason=no room",
        ),
    ],
)
def test_a_server_is_not_copied_without_a_pg_dump_that_fits(
    tmp_path: Path,
    databases: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    program: str | None,
    told: str,
) -> None:
    store = filled(databases(), tmp_path)
    path = tmp_path / "bin"
    path.mkdir()
    if program is not None:
        (path / "pg_dump").write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
        (path / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(path))
    with pytest.raises(BadInput, match=told):
        backup_store(store, tmp_path / "office.dump")
    store.close()
    assert not list(tmp_path.glob("*.dump*"))
