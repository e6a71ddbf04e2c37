"""PostgreSQL's own programs for backups: pg_dump and pg_restore, called for one store.

Passwords, and whatever else may be a secret, are handed over in files that only this user reads: a
command line is seen by all.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from data.passwords import is_harmless, without_passwords
from problems import BadInput, Place, Problem, bare, reason_of, said

_TYPES = (
    "TABLE DATA|TABLE|SEQUENCE OWNED BY|SEQUENCE SET|SEQUENCE|DEFAULT"
    "|FK CONSTRAINT|CONSTRAINT|INDEX"
)
"""What a dump of a store consists of."""

_LINE = re.compile(rf"[0-9]+; [0-9]+ [0-9]+ (?P<type>{_TYPES}) (?P<schema>\S+) (?P<name>\S+)")
_OURS = "dutyclock"
_NOTHING: Mapping[str, str] = {}


def dump_server(connection: Connection, url: URL, name: str, part: Path) -> None:
    """Writes what `connection` sees now into `part`, in pg_dump's own form.

    Only the tables of the store's schema that are the program's. Raises BadInput where pg_dump is
    missing, too old, or fails.
    """
    from data.store.tables import Base

    # The dump sees what this transaction sees, whoever writes meanwhile.
    snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
    schema = current_schema(connection)
    there = set(
        connection.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = :schema"), {"schema": schema}
        )
    )
    ours = sorted(there & {*Base.metadata.tables, "batches"})
    tables = [f'--table="{schema}"."{table}"' for table in ours]
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *tables]
    with _reachable(url, name) as (where, more):
        _call("pg_dump", [*words, f"--file={part}", f"--dbname={where}"], name, more)


def restore_server(url: URL, name: str, file: Path) -> None:
    """Brings a dump into a database, in one transaction. Raises BadInput where that fails."""
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    with _reachable(url, name) as (where, more):
        _call("pg_restore", [*words, f"--dbname={where}", str(file)], name, more)


def tables_of_dump(file: Path) -> tuple[set[str], set[str]]:
    """The schemas and tables of a dump; none where anything in it is not of a store.

    Raises BadInput where the file cannot be read as a dump.
    """
    listed = _call("pg_restore", ["--list", str(file)], str(file))
    schemas, tables = set(), set()
    for line in listed.splitlines():
        if line.startswith(";") or not line.strip():
            continue
        found = _LINE.match(line)
        if found is None:
            return set(), set()
        schemas.add(found["schema"])
        if found["type"] == "TABLE":
            tables.add(found["name"])
    return schemas, tables


def current_schema(connection: Connection) -> str:
    """The schema in which the store's tables are found or made."""
    return str(connection.scalar(text("SELECT current_schema()")))


def _call(program: str, words: Sequence[str], name: str, more: Mapping[str, str] = _NOTHING) -> str:
    """What the program prints; it gets this process's environment, and `more`."""
    found = shutil.which(program)
    if found is None:
        told = said("program_not_installed", program=program)
        hint = said("install_postgresql_clients")
        raise BadInput([Problem(Place(name), told, hint)])
    try:
        done = subprocess.run(
            [found, *words], capture_output=True, text=True, check=False, env={**os.environ, **more}
        )
    except OSError as error:
        unstarted = said("program_cannot_be_run", program=program, reason=reason_of(error))
        raise BadInput([Problem(Place(name), unstarted)]) from error
    if done.returncode == 0:
        return done.stdout
    complaint = done.stderr.strip()
    if "version mismatch" in complaint or "unsupported version" in complaint:
        told = said("program_too_old", program=program)
        hint = said("install_postgresql_clients")
        raise BadInput([Problem(Place(name), told, hint)])
    last = (complaint.splitlines() or [""])[0].removeprefix(f"{program}: ").removeprefix("error: ")
    failed = said("program_failed", program=program, reason=bare(without_passwords(last)))
    raise BadInput([Problem(Place(name), failed)])


@contextmanager
def _reachable(url: URL, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The address as PostgreSQL's programs take it without what may be a secret, and in which
    variables they find the rest. Raises BadInput where it cannot be handed over in a file.
    """
    from psycopg.conninfo import make_conninfo

    given: dict[str, str] = {
        key: value for key, value in url.query.items() if isinstance(value, str)
    }
    told = {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
    given |= {key: str(value) for key, value in told.items() if value}
    given["dbname"] = url.database or given.get("dbname", "")
    secret = {key: given.pop(key) for key in sorted(given) if not is_harmless(key, given[key])}
    password = secret.pop("password", None)
    _refuse_unwritable(secret, given, name)
    with tempfile.TemporaryDirectory(prefix=_OURS) as folder:
        more = {}
        if password is not None:
            escaped = re.sub(r"([\\:])", r"\\\1", password)
            given["passfile"] = _private(Path(folder) / "pass", f"*:*:*:*:{escaped}\n")
        if secret:
            lines = [f"[{_OURS}]", *(f"{key}={value}" for key, value in secret.items())]
            given["service"] = _OURS
            more["PGSERVICEFILE"] = _private(Path(folder) / "service", "\n".join(lines) + "\n")
        yield make_conninfo(**given), more


def _private(path: Path, text: str) -> str:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)


def _refuse_unwritable(secret: Mapping[str, str], given: Mapping[str, str], name: str) -> None:
    """A service file holds a line for each value, and is one file: it cannot be added to."""
    problems = [
        Problem(Place(name), said("not_for_command_line", part=key), said("put_it_in_service_file"))
        for key, value in secret.items()
        if "service" in given
        or "PGSERVICE" in os.environ
        or value != value.rstrip()
        or "\n" in value
    ]
    if problems:
        raise BadInput(problems)
