"""What every test stands on: a folder of its own for the user's data, and the golden files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from problems import BadInput, Problem
from tests.helpers.databases import NAMES, covered, running_on, server_version
from tests.helpers.printing import not_printed

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"

LONG = (
    "samples/test_district.py",
    "faults/test_kills.py",
    "commands/test_history.py",
    "commands/test_demo.py",
    "commands/test_bad_input_store.py",
    "commands/test_bad_input_words.py",
    "engine/judging/test_reference.py",
    "commands/test_large.py",
    "engine/judging/test_reaching.py",
)
"""Files that take longest, the longest first: two workers end together where the last ones that
they are given are short.
"""

HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden` writes the golden files anew and compares nothing (`make golden`)."""
    parser.addoption("--golden", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the longest files come first, file by file."""
    ranks = {TESTS / name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.path, len(LONG)))


def pytest_report_header() -> str:
    """Which databases the stores of this run are made on."""
    return f"databases covered: {', '.join(covered())}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The same at the end, where it is read; and what an unwatched run has to say of a gap."""
    terminalreporter.write_line(f"databases covered: {', '.join(covered())}")
    if not_printed() is not None:
        terminalreporter.write_line(f"papers as PDF left out: {not_printed()}")
    if _is_a_gap():
        terminalreporter.write_line(
            "FAILED: CI is set and no PostgreSQL server answers, so half of the stores went"
            " untested; start one, and name it in DUTYCLOCK_TEST_POSTGRESQL",
            red=True,
        )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that nobody watches is not green where a database went untested."""
    is_worker = hasattr(session.config, "workerinput")
    if not is_worker and _is_a_gap() and session.exitstatus == 0:
        session.exitstatus = 1


def _is_a_gap() -> bool:
    return bool(os.environ.get("CI")) and server_version() is None


@pytest.fixture(params=NAMES)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of the database that the stores of a test are made on: each in turn."""
    if request.param == "postgresql" and server_version() is None:
        pytest.skip("no PostgreSQL server answers: see DUTYCLOCK_TEST_POSTGRESQL")
    with running_on(request.param):
        yield request.param


@pytest.fixture(autouse=True, scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the homes of all tests. What several tests share finds a home of its own there,
    and rule files that were read once are kept for all workers of a run.
    """
    folder = tmp_path_factory.mktemp("homes")
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as environment:
        for name in HOMES:
            environment.setenv(name, str(folder))
        environment.setenv("XDG_CACHE_HOME", str(run / "cache"))
        yield folder


@pytest.fixture(autouse=True, scope="session")
def one_language() -> Iterator[None]:
    """No problem that a test meets says in Chinese what its reader would have to look up."""
    from tests.helpers.languages import Heard

    heard, raised = Heard(), BadInput.__init__

    def hear(error: BadInput, problems: Iterable[Problem], *rest: Any, **more: Any) -> None:
        raised(error, problems, *rest, **more)
        heard.take(error.problems)

    with pytest.MonkeyPatch.context() as hearing:
        hearing.setattr(BadInput, "__init__", hear)
        yield
    english = heard.english()
    assert not english, "\n".join(english)


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    """The numbers from 1, each of them once."""
    return count(1)


@pytest.fixture(autouse=True)
def no_leavings(monkeypatch: pytest.MonkeyPatch, homes: Path, numbers: Iterator[int]) -> None:
    """No test sees the user's own store or office folder, or leaves anything in them."""
    for name in ("DUTYCLOCK_DB", "DUTYCLOCK_OFFICE", "DUTYCLOCK_LANG"):
        monkeypatch.delenv(name, raising=False)
    home = homes / str(next(numbers))
    home.mkdir()
    for name in HOMES:
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A function of a golden file's name and the text that it should hold; it compares the two."""
    renew = bool(request.config.getoption("--golden"))

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if renew:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.exists(), f"there is no tests/golden/{name} yet: make golden writes it"
        assert text == path.read_text(encoding="utf-8"), f"tests/golden/{name} reads differently"

    return compare
