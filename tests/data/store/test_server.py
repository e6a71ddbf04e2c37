"""A database server that is not there, or does not let one in, says so in a plain sentence."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from data.keeping.making import create_store
from data.passwords import without_password
from data.store.connecting import address_of, name_of
from data.store.journal import Doing
from data.store.opening import open_store
from problems import BadInput
from tests.helpers.databases import SERVER, address, beside, running_on, server_version, shown
from tests.helpers.factory_cli import HEARD, cache, call, db, good, refused, write
from tests.helpers.factory_store import LATER, NOON, OFFICE, office, take
from tests.helpers.printed import printed

__all__ = ["cache", "db"]

needs_server = pytest.mark.skipif(server_version() is None, reason="no PostgreSQL server answers")


@pytest.fixture
def server() -> Iterator[None]:
    """The rest of a test is about a server alone."""
    with running_on("postgresql"):
        yield


def refusal(url: str) -> str:
    with pytest.raises(BadInput) as caught:
        open_store(url)
    assert len(caught.value.problems) == 1
    return printed(caught.value)


def otherwise(**parts: str | int) -> str:
    """The address of the server, with other parts."""
    return address_of(SERVER).set(**parts).render_as_string(hide_password=False)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_server_that_is_not_there_is_told() -> None:
    url = f"postgresql://office:geheim@127.0.0.1:{free_port()}/park"
    said = refusal(url)
    assert said.startswith("postgresql://office:***@127.0.0.1:")
    assert "no database server answers here\n  hint: is it running" in said
    assert "geheim" not in said


@needs_server
@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"database": "no_such_database"}, "there is no such database on the server"),
        ({"username": "no_such_user"}, "the database server does not let this user in"),
        ({"query": {"sslmode": "perhaps"}}, "this is not the address of a database"),
        ({"query": {"colour": "red"}}, "this is not the address of a database"),
        ({"query": {"options": "-csearch_path=no_such_schema"}}, "there is no store here"),
    ],
)
def test_what_the_server_refuses_is_told(parts: dict[str, str], told: str) -> None:
    said = refusal(otherwise(**parts))
    assert told in said
    assert "\n  hint: " in said


@needs_server
def test_a_schema_that_is_not_there_is_told_before_anything_is_made() -> None:
    url = otherwise(query={"options": "-csearch_path=no_such_schema"})
    with pytest.raises(BadInput, match="no_such_schema"):
        create_store(url, None, Doing(NOON))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://office:geheim@host:port/park",
        "postgresql://office:ge@heim@host:port/park",
        "postgresql://office@host:port/park?password=geheim",
        "postgresql+psycopg://office:geheim/@host/park",
    ],
)
def test_no_password_is_ever_said(url: str) -> None:
    assert "heim" not in without_password(url)
    assert "heim" not in refused("why", HEARD, "--db", url)


def test_a_password_among_the_options_is_no_part_of_the_name() -> None:
    address_ = address_of("postgresql://host/park?password=geheim&sslmode=require")
    assert name_of(address_) == "postgresql://host/park?password=***&sslmode=require"


@pytest.mark.parametrize("start", ["postgres", "postgresql", "postgresql+psycopg"])
def test_each_way_to_write_the_address_means_one_driver(start: str) -> None:
    found = address_of(f"{start}://office@host/park")
    assert found.drivername == "postgresql+psycopg"
    assert name_of(found) == "postgresql://office@host/park"


@contextmanager
def user_who_may_only_look(tmp_path: Path, *more: str) -> Iterator[str]:
    """The address of the store of the test for a user who may read and not write, or `more`."""
    whose = address(tmp_path / "office.db").partition("%3D")[2].partition("%20")[0]
    schema, name = sql.Identifier(whose), sql.Identifier(f"{whose}_user")
    with beside(tmp_path / "office.db") as run:
        run(sql.SQL("DROP ROLE IF EXISTS {}").format(name).as_string())
        run(sql.SQL("CREATE ROLE {} LOGIN").format(name).as_string())
        run(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, name).as_string())
        for right in more:
            granted = f"{right} IN SCHEMA {{}} TO {{}}"
            run(sql.SQL(granted).format(schema, name).as_string())
        run(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(schema, name)
            .as_string())  # fmt: skip
    try:
        url = address_of(address(tmp_path / "office.db")).set(username=f"{whose}_user")
        yield url.render_as_string(hide_password=False)
    finally:
        with beside(tmp_path / "office.db") as run:
            run(sql.SQL("DROP OWNED BY {}").format(name).as_string())
            run(sql.SQL("DROP ROLE {}").format(name).as_string())


@needs_server
@pytest.mark.usefixtures("server")
def test_a_user_who_may_only_look_reads_and_is_told_when_writing(tmp_path: Path) -> None:
    before = office(tmp_path).read_records()
    with user_who_may_only_look(tmp_path) as url:
        store = open_store(url)
        assert store.read_records() == before
        row = {"activities": [[*OFFICE["activities"][0]], ["n1", "检查", "2023-07-02", "镇"]]}
        with pytest.raises(BadInput, match="user_may_not"):
            take(store, tmp_path / "in", row, LATER)
        store.close()
    assert open_store(address(tmp_path / "office.db")).read_records() == before


@needs_server
@pytest.mark.usefixtures("server")
def test_a_server_that_only_lets_read_is_read(tmp_path: Path) -> None:
    before = office(tmp_path).read_records()
    where, option = address(tmp_path / "office.db"), "-cdefault_transaction_read_only%3Don"
    store = open_store(where.replace("options=", f"options={option}%20"))
    assert store.read_records() == before
    with pytest.raises(BadInput, match="server_read_only"):
        take(store, tmp_path / "in", {"people": [["person", "name"], ["p7", "孙八"]]}, LATER)
    with store.snapshot(bulk=True) as state:
        assert state.bulk is not None


@needs_server
@pytest.mark.usefixtures("server")
def test_a_connection_that_is_cut_off_while_it_writes_changes_nothing(tmp_path: Path) -> None:
    store = office(tmp_path)
    before = store.read_records()
    with (
        pytest.raises(BadInput, match="connection_cut_off"),
        store.writing() as connection,
    ):
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with psycopg.connect(SERVER.replace("+psycopg", "")) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        connection.exec_driver_sql("DELETE FROM waivers")
    assert store.read_records() == before


@needs_server
@pytest.mark.usefixtures("server")
def test_another_programs_tables_are_left_alone(tmp_path: Path) -> None:
    url = address(tmp_path / "other.db")
    with beside(tmp_path / "other.db") as run:
        run("CREATE TABLE units (unit TEXT)")
    assert "this is a database, but not a store of dutyclock\n  hint: name another database" in (
        refusal(url)
    )
    with pytest.raises(BadInput, match="not_a_store_of_ours"):
        create_store(url, None, Doing(NOON))
    with beside(tmp_path / "other.db") as run:
        run("DROP TABLE units")
    assert "there is no store here" in refusal(url)


@needs_server
@pytest.mark.usefixtures("server")
def test_a_refused_first_import_leaves_no_tables_behind(tmp_path: Path, cache: None) -> None:
    del cache
    bad = write(tmp_path / "bad", {"units": [["unit", "name", "type"], ["U", "", "U"]]})
    assert "units.csv:2:2" in refused("import", bad, "--db", tmp_path / "new.db")
    assert "there is no store here" in refusal(address(tmp_path / "new.db"))


@needs_server
@pytest.mark.usefixtures("server")
def test_sentences_of_the_server_are_chinese_too(cache: None) -> None:
    del cache
    url = otherwise(database="no_such_database")
    said = call("why", HEARD, "--db", url, "--lang", "zh")
    assert said.code == 2
    assert "服务器上没有这个数据库" in said.err


@needs_server
@pytest.mark.usefixtures("server")
def test_texts_are_ordered_by_their_bytes_whatever_the_server_speaks(tmp_path: Path) -> None:
    office(tmp_path)
    with beside(tmp_path / "office.db") as run:
        rows = run(
            "SELECT count(*) FROM information_schema.columns WHERE table_schema ="
            " current_schema() AND data_type IN ('text', 'character varying')"
            " AND collation_name IS DISTINCT FROM 'C'"
        )
        assert rows.fetchone() == (0,)


@needs_server
@pytest.mark.usefixtures("server")
def test_a_store_that_is_moved_to_a_server_gives_the_same_audits_to_the_byte(
    tmp_path: Path, cache: None
) -> None:
    del cache
    file, moved = str(tmp_path / "park.db"), tmp_path / "moved.db"
    good("import", write(tmp_path / "park"), "--db", file)
    good("export", tmp_path / "out", "--db", file)
    good("import", tmp_path / "out", "--db", moved)
    audit = ("audit", "--as-of", "2023-01-10", "--span", "2022-Q3", "--json")
    for known in ([], ["--known-on", "2022-09-01"], ["--known-on", "2022-10-02"]):
        said = call(*audit, *known, "--db", file)
        assert said.data["verdicts"] or known
        assert call(*audit, *known, "--db", moved) == said
    good("export", tmp_path / "back", "--db", moved)
    for path in (tmp_path / "out").iterdir():
        assert (tmp_path / "back" / path.name).read_bytes() == path.read_bytes()


@needs_server
@pytest.mark.usefixtures("server")
def test_a_user_who_may_write_rows_may_import(tmp_path: Path) -> None:
    office(tmp_path)
    more = ("GRANT INSERT, UPDATE ON ALL TABLES", "GRANT USAGE ON ALL SEQUENCES")
    with user_who_may_only_look(tmp_path, *more) as url:
        store = open_store(url)
        acts = [[f"n{number}", "检查", "2023-07-02", "镇"] for number in range(1_200)]
        head = ["activity", "kind", "day", "holder"]
        assert take(store, tmp_path / "in", {"activities": [head, *acts]}, LATER).entry == 3
        store.close()


@needs_server
@pytest.mark.usefixtures("server")
def test_a_whole_office_is_kept_on_a_server(tmp_path: Path, db: Path) -> None:
    assert good("why", HEARD, "--as-of", "2022-10-05", "--db", db).out
    assert "chain holds" in good("verify", "--db", db).out
    assert shown(db) in good("doctor", "--db", db).out
