"""No password of a database's address is said, wherever in the address it was typed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from data.keeping import server_tools
from data.keeping.server_tools import dump_server
from data.passwords import may_hold_password, without_password, without_passwords
from data.store.connecting import address_of, name_of
from data.store.errors import plain_errors
from problems import BadInput
from tests.helpers.factory_cli import HEARD, cache, call, refused

__all__ = ["cache"]

SECRET = "geheim"
TYPED = (
    "postgresql://office:geheim@127.0.0.1:1/park",
    "postgresql://office:gehe%69m-geheim@127.0.0.1:1/park",
    "postgresql://office:ge/geheim@127.0.0.1:1/park",
    "postgresql://office:ge?geheim@127.0.0.1:1/park",
    "postgresql://office:ge#geheim@127.0.0.1:1/park",
    "postgresql://office:ge@geheim@127.0.0.1:1/park",
    "postgresql://office:ge@/geheim@127.0.0.1:1/park",
    "postgresql://of/fice:geheim@127.0.0.1:1/park",
    "postgresql://office:geheim%ZZ@127.0.0.1:1/park",
    "postgresql://office:geheim@[::1/park",
    "postgresql://office:geheim@host:port/park",
    "postgresql://office:geheim",
    "postgresql://office:geheim/park",
    "postgresql://office:ge/geheim",
    "postgresql:office:geheim@127.0.0.1/park",
    "postgresql:/office:geheim@127.0.0.1/park",
    "postgresql//office:geheim@127.0.0.1/park",
    "//office:geheim@127.0.0.1/park",
    "office:geheim@127.0.0.1/park",
    "://office:geheim@127.0.0.1/park",
    "host=127.0.0.1 port=1 user=office password=geheim dbname=park",
    "host=127.0.0.1 password='ein geheim' dbname=park",
    "host=127.0.0.1 sslpassword = geheim",
    "postgresql://127.0.0.1:1/park?user=office&password=geheim",
    "postgresql://127.0.0.1:1/park?p%61ssword=geheim",
    "postgresql://127.0.0.1:1/park?PASSWORD=geheim",
    "postgresql://127.0.0.1:1/park?password=a&password=geheim",
    "postgresql://127.0.0.1:1/park?sslpassword=geheim&passfile=/nowhere",
    "postgresql://127.0.0.1:1/park?oauth_client_secret=geheim",
    "postgresql://127.0.0.1:1/park?options=geheim",
    "postgresql://127.0.0.1:1/park?options=-csearch_path%3Doffice%20-c%20x.y%3Dgeheim",
    "postgresql://127.0.0.1:1/park?geheim",
    "postgresql://office:geheim@127.0.0.1:1/park?sslmode=geheim",
    "postgresql://office:geheim@127.0.0.1:port/park?password=geheim",
    "postgresql://127.0.0.1:1/park;password=geheim",
    "postgresql://127.0.0.1:1/park#password=ge@geheim",
    "postgresql://127.0.0.1:port/park?password=ge@geheim",
    "jdbc:postgresql://127.0.0.1:1/park?password=ge@geheim",
    "postgres://office:geheim@/park?host=/nowhere",
    "POSTGRESQL://office:geheim@127.0.0.1:1/park",
    "postgresql+asyncpg://office:geheim@127.0.0.1:1/park",
    "mysql://office:geheim@127.0.0.1:1/park",
    "foo://office:geheim@127.0.0.1:1/park",
    "sqlite://office:geheim@host/park",
    "sqlite://host/park;password=geheim",
)


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("url", TYPED)
def test_no_password_is_printed_however_it_was_typed(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No server is asked here, so that what this machine has does not matter.
    refusal = psycopg.OperationalError(f"connection to {url} refused")
    monkeypatch.setattr(psycopg, "connect", lambda *_a, **_k: (_ for _ in ()).throw(refusal))
    monkeypatch.setattr(psycopg.Connection, "connect", psycopg.connect)
    monkeypatch.chdir(tmp_path)
    said = [refused("why", HEARD, "--db", url), refused("verify", url, "--db", "x.db")]
    said += [refused("import", url, "--db", "x.db"), refused("backup", "b", "--db", url)]
    monkeypatch.setenv("DUTYCLOCK_DB", url)
    looked = [call("doctor"), call("verify", "--json"), call("init"), call("journal")]
    said += [one.out + one.err for one in looked]
    for text in said:
        shown = text.replace("sslmode=geheim", "")
        assert SECRET not in shown, text
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://office:geheim@host:x/park", "postgresql://office:***@host:x/park"),
        ("postgresql://office@host/park?a=geheim&port=1", "postgresql://office@host/park?a=***&port=1"),
        ("postgresql://host:5432/park", "postgresql://host:5432/park"),
        ("postgresql://[::1]:5432/park", "postgresql://[::1]:5432/park"),
        ("postgresql://office:geheim", "postgresql://office:***"),
        ("office:geheim@host", "office:***@host"),
        ("sqlite:////srv/office/park.db", "sqlite:////srv/office/park.db"),
        ("/srv/office/park.db", "/srv/office/park.db"),
        (r"C:\office\park.db", r"C:\office\park.db"),
    ],
)  # fmt: skip
def test_an_address_is_shown_but_for_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_a_text_with_addresses_keeps_everything_else() -> None:
    plain = "2022-10-01 10:30 张三@园区: https://example.org/a?b=1 me@example.org C:\\a"
    assert without_passwords(plain) == plain
    text = "to 'postgresql://office:geheim@host/park' or password=geheim: no"
    assert without_passwords(text) == "to 'postgresql://office:***@host/park' or password=*** no"
    told = "postgresql://office:***@host/park?password=***: no"
    assert without_passwords(told) == told
    assert SECRET not in without_passwords("?password=***geheim password=***geheim")
    assert not may_hold_password("/srv/office/park.db")
    assert not may_hold_password(r"C:\office\me@office.db")
    assert without_passwords(r"C:\office\me@office.db") == r"C:\office\me@office.db"
    assert not may_hold_password("me@office.db")


def test_the_name_of_a_store_tells_its_schema_and_what_is_no_secret() -> None:
    url = (
        "postgresql://office@host/park?service=office&sslmode=require"
        "&options=-csearch_path%3Dpark&krb=geheim"
    )
    assert name_of(address_of(url)) == (
        "postgresql://office@host/park?krb=***&options=-csearch_path%3Dpark"
        "&service=office&sslmode=require"
    )


def test_a_file_of_such_a_name_is_a_file_where_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "12:30@office.db"
    path.touch()
    assert name_of(address_of(str(path))) == str(path)


def test_what_a_driver_says_is_told_without_a_password() -> None:
    told = 'cannot make out "postgresql://office:geheim@host/park"'
    with pytest.raises(BadInput) as found, plain_errors("park"):
        raise OperationalError("SELECT 1", {}, psycopg.OperationalError(told))
    assert SECRET not in str(found.value)
    assert "cannot make out" in str(found.value)


class Answers:
    """What a server tells of its snapshot and tables."""

    def scalar(self, _asked: object) -> str:
        return "1"

    def scalars(self, _asked: object, _values: object) -> list[str]:
        return []


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a `pg_dump` was told in its command line; beside it the files that it was given."""
    told = tmp_path / "told"
    program = tmp_path / "pg_dump"
    program.write_text(
        f'#!/bin/sh\nfor one; do echo "$one"; done > {told}\n'
        f"pass=$(sed -n 's/.*passfile=\\([^ ]*\\).*/\\1/p' {told})\n"
        f'for one in "$pass" "$PGSERVICEFILE"; do\n'
        f'  [ -z "$one" ] || {{ stat -c %a "$one"; cat "$one"; }} >> {told}.files\ndone\n'
        "echo 'pg_dump: error: postgresql://office:geheim@host refused' >&2\nexit 1\n"
    )
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.delenv("PGSERVICE", raising=False)
    monkeypatch.setattr(server_tools, "current_schema", lambda _connection: "public")
    monkeypatch.setattr(server_tools.tempfile, "tempdir", str(tmp_path))
    return told


def refusals(url: str, part: Path) -> list[str]:
    with pytest.raises(BadInput) as found:
        dump_server(Answers(), address_of(url), "park", part)  # type: ignore[arg-type]
    assert SECRET not in str(found.value)
    return [one.code for one in found.value.problems]


@pytest.mark.skipif(os.name == "nt", reason="no program of a few lines")
@pytest.mark.parametrize(
    ("url", "files"),
    [
        ("postgresql://office:geheim@host/park", "600\n*:*:*:*:geheim\n"),
        ("postgresql+psycopg://office:ge%40heim%3A@host/park", "600\n*:*:*:*:ge@heim\\:\n"),
        ("postgresql://host/park?password=geheim&service=office", "600\n*:*:*:*:geheim\n"),
        ("postgresql://host/park?sslpassword=geheim", "600\n[dutyclock]\nsslpassword=geheim\n"),
        (
            "postgresql://host/park?sslkey=pkcs11%3Apin-value%3Dgeheim&options=-cx.y%3Dgeheim",
            "600\n[dutyclock]\noptions=-cx.y=geheim\nsslkey=pkcs11:pin-value=geheim\n",
        ),
        (
            "postgresql://office:ge%23heim@host/park?sslpassword=geheim",
            "600\n*:*:*:*:ge#heim\n600\n[dutyclock]\nsslpassword=geheim\n",
        ),
    ],
)
def test_no_command_line_of_another_program_holds_a_secret(
    url: str, files: str, tmp_path: Path, told: Path
) -> None:
    assert refusals(url, tmp_path / "part") == ["program_failed"]
    assert "heim" not in told.read_text()
    assert (tmp_path / "told.files").read_text() == files
    assert {path.name for path in tmp_path.iterdir()} == {"told", "told.files", "pg_dump"}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://host/park?service=office&sslpassword=geheim",
        "postgresql://host/park?sslpassword=geheim%0Aport=1",
        "postgresql://host/park?sslpassword=geheim%20",
    ],
)
def test_a_secret_that_no_file_can_hand_over_is_told(url: str, tmp_path: Path, told: Path) -> None:
    assert refusals(url, tmp_path / "part") == ["not_for_command_line"]
    assert not told.exists()
