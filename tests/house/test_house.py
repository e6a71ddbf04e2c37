"""House rules that a machine can check: who reads the clock, sizes, words, what is asked for."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.helpers.house_plan import EDGE, MAY_IMPORT, ROOT
from tests.helpers.sentences import sentence

CLOCK_AND_ENVIRONMENT = frozenset(
    {
        "date.today",
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "time.time",
        "time.localtime",
        "os.environ",
        "os.getenv",
        "environ.get",
    }
)
HANDED_ON = frozenset({("data/keeping/server_tools.py", "os.environ")})
"""Where the environment is not asked for anything of ours, but handed on to another program."""
SESSIONS = frozenset({"Session", "sessionmaker", "scoped_session", "create_engine"})
MOST_LINES = 450


def sources(*tops: str) -> Iterator[Path]:
    """The Python files of our packages named `tops`, sorted."""
    for top in tops:
        if (ROOT / f"{top}.py").exists():
            yield ROOT / f"{top}.py"
        yield from sorted((ROOT / top).rglob("*.py"))


def place(path: Path, node: ast.AST | int = 1) -> str:
    """`engine/judging/judge.py:12`, as an editor opens it."""
    line = node if isinstance(node, int) else getattr(node, "lineno", 1)
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def imports_of(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """The top-level name of each import in a file, within functions too, and where it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name.partition(".")[0], node
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0], node


def dotted(node: ast.AST) -> str:
    """The last two names of an attribute: `date.today` for `datetime.date.today`."""
    if not isinstance(node, ast.Attribute):
        return ""
    owner = node.value
    if isinstance(owner, ast.Attribute):
        return f"{owner.attr}.{node.attr}"
    return f"{owner.id}.{node.attr}" if isinstance(owner, ast.Name) else ""


def tracked(root: Path = ROOT) -> list[Path]:
    """The files that git hands to somebody, and none that a reader has put beside them; all of ours
    where there is no git.
    """
    words = ["git", "ls-files", "-z", "--cached"]
    listed = subprocess.run(words, cwd=root, capture_output=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
        return [root / name for name in names if (root / name).is_file()]
    skipped = {".venv", ".git", "build", "demo"}
    return [
        path
        for path in root.rglob("*")
        if path.is_file() and not skipped & set(path.relative_to(root).parts)
    ]


@pytest.mark.skipif(shutil.which("git") is None, reason="asks for git")
def test_a_file_of_the_readers_own_is_none_of_ours(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for name in ("ours.py", "test.log"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    subprocess.run(["git", "add", "ours.py"], cwd=tmp_path, check=True)
    assert tracked(tmp_path) == [tmp_path / "ours.py"]


@sentence(
    "on nothing else: same inputs, same bytes",
)
def test_only_the_edge_reads_the_clock_and_the_environment() -> None:
    wrong = [
        f"{place(path, node)}: {dotted(node)}"
        for path in sources(*sorted(set(MAY_IMPORT) - EDGE))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if dotted(node) in CLOCK_AND_ENVIRONMENT
        if (path.relative_to(ROOT).as_posix(), dotted(node)) not in HANDED_ON
    ]
    assert not wrong, "\n".join(wrong)


def test_no_test_reads_the_clock() -> None:
    clock = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow"}
    wrong = [
        f"{place(path, node)}: {dotted(node)}"
        for path in sources("tests")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if dotted(node) in clock
    ]
    assert not wrong, "\n".join(wrong)


def test_only_data_opens_sessions() -> None:
    wrong = [
        f"{place(path, node)}: {name.name}"
        for path in sources(*sorted(set(MAY_IMPORT) - {"data"}))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for name in node.names
        if name.name in SESSIONS
    ]
    assert not wrong, "\n".join(wrong)


def lines_of(path: Path) -> int:
    """How many lines a file has, but for the words of the reference that mark its tests."""
    text = path.read_text(encoding="utf-8")
    marks = [
        mark
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "sentence"
    ]
    return len(text.splitlines()) - sum(
        (mark.end_lineno or mark.lineno) - mark.lineno + 1 for mark in marks
    )


def test_no_file_is_a_hub() -> None:
    long = [
        f"{place(path)}: {lines} lines"
        for path in sources(*sorted(MAY_IMPORT), "tests", "bench", "docs")
        if (lines := lines_of(path)) > MOST_LINES
    ]
    assert not long, "\n".join(long)


def test_every_file_says_which_question_it_answers() -> None:
    silent = [
        place(path)
        for path in sources(*sorted(MAY_IMPORT), "tests", "bench", "docs")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, "\n".join(silent)


PRIVATE = re.compile(
    r"(?<![\w.~}/])/(?:work|tmp|root|home)/[\w.]"  # a path of somebody's own machine
    r"|pypi\.org|pythonhosted\.|npmjs\.|debian\.org"  # hosts that packages come from
    r"|--(?:extra-)?index-url|--find-links"
)


def test_no_private_path_or_package_host_is_named() -> None:
    wrong: list[str] = []
    for path in tracked():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            found = PRIVATE.search(line)
            if found:
                wrong.append(f"{place(path, number)}: {found[0]}")
    assert not wrong, "\n".join(wrong)


def set_up() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def plain(name: str) -> str:
    """A distribution's name as comparisons want it: `Durable_Rules>=2` is `durable-rules`."""
    found = re.match(r"[\w.-]+", name.strip())
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def asked_for(text: str) -> set[str]:
    """The distributions named in a list of requirements."""
    return {plain(line) for line in text.splitlines() if line.strip() and line[0] != "#"}


@pytest.mark.parametrize("tops", [sorted(MAY_IMPORT), ["tests", "bench", "docs"]])
def test_every_package_that_is_imported_is_asked_for(tops: list[str]) -> None:
    parser = set_up()
    asked = asked_for(parser["options"]["install_requires"])
    asked |= asked_for(parser["options.extras_require"]["papers"])
    ours = set(MAY_IMPORT)
    if "tests" in tops:
        asked |= asked_for(parser["options.extras_require"]["test"])
        assert asked_for(parser["options.extras_require"]["fuzz"]) == {"atheris"}
        ours |= {"atheris"}  # of an extra that is asked for and not always installed
        ours |= {path.stem for top in (".", *tops) for path in (ROOT / top).glob("*")}
    homes = packages_distributions()
    wrong = [
        f"{place(path, node)}: {name}"
        for path in sources(*tops)
        for name, node in imports_of(path)
        if name not in ours
        and name not in sys.stdlib_module_names
        and not asked & {plain(home) for home in homes.get(name, [])}
    ]
    assert not wrong, "\n".join(wrong)


def test_the_lock_holds_every_package_asked_for_with_hashes() -> None:
    parser = set_up()
    asked = asked_for(parser["options"]["install_requires"])
    # What fuzzes is installed by hand, and not everywhere: it has no wheels for every Python.
    for name, extra in parser["options.extras_require"].items():
        asked |= asked_for(extra) if name != "fuzz" else set()
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = {plain(line) for line in lines if "==" in line}
    assert asked <= locked, sorted(asked - locked)
    entries = [at for at, line in enumerate(lines) if "==" in line]
    assert all(lines[at + 1].strip().startswith("--hash=sha256:") for at in entries)


def test_the_build_backend_is_named_and_nothing_else_is_in_pyproject() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert set(tomllib.load(file)) == {"build-system"}
