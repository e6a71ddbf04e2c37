"""A run says which databases it covered, and an unwatched one fails where one was not."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest

from tests.helpers.databases import SERVER, server_version
from tests.helpers.factory_cli import ROOT

NOWHERE = "postgresql://127.0.0.1:1/test"


def run(ci: str, server: str) -> tuple[int, str]:
    """The exit code and what was printed of a run of one small test."""
    words = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    name = "test_the_build_backend_is_named_and_nothing_else_is_in_pyproject"
    test = f"tests/house/test_house.py::{name}"
    known = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST")}
    env = {**known, "CI": ci, "DUTYCLOCK_TEST_POSTGRESQL": server}
    done = subprocess.run([*words, test], cwd=ROOT, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_run_without_a_server_is_green_only_where_somebody_watches(ci: str, code: int) -> None:
    ended, out = run(ci, NOWHERE)
    assert ended == code
    assert f"databases covered: sqlite {sqlite3.sqlite_version}\n" in out
    assert ("CI is set and no PostgreSQL server answers" in out) == bool(ci)


@pytest.mark.skipif(server_version() is None, reason="no PostgreSQL server answers")
def test_a_run_with_a_server_covers_both(ci: str = "true") -> None:
    ended, out = run(ci, SERVER)
    assert ended == 0
    assert f"databases covered: sqlite {sqlite3.sqlite_version}, postgresql " in out
