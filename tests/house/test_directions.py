"""Which way the modules of the house may ask each other; each check is shown to bite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.house_plan import EDGE, MAY_IMPORT, MOST_MODULES, ROOMS, ROOT
from tests.helpers.imports import against, circle, crowded, modules_of, naming

EDGE_LIBRARIES = frozenset({"click", "rich", "http", "wsgiref", "flask", "starlette", "fastapi"})
OPENING = frozenset({"open_store", "create_store", "store_at"})
JUDGING = frozenset(
    {
        "engine.judging.audit",
        "engine.one_person",
        "engine.counting.fast",
        "engine.alerting.alerts.conclude",
    }
)


def between_packages(root: Path) -> list[str]:
    return against(root, MAY_IMPORT)


def between_rooms(root: Path) -> list[str]:
    return [wrong for rooms in ROOMS.values() for wrong in against(root, rooms, rooms=True)]


def around(root: Path) -> list[str]:
    return circle(root, [*sorted(MAY_IMPORT), "bench"])


def too_full(root: Path) -> list[str]:
    return crowded(root, [*sorted(MAY_IMPORT), "bench", "docs", "tests"], MOST_MODULES)


def engine_with_a_store(root: Path) -> list[str]:
    return naming(root, ["engine"], opens_a_store)


def services_with_a_screen(root: Path) -> list[str]:
    libraries = EDGE_LIBRARIES | {"sys"}
    return naming(root, ["services"], lambda name: name.partition(".")[0] in libraries)


def edge_with_a_store(root: Path) -> list[str]:
    return naming(root, [*sorted(EDGE), "samples"], opens_a_store)


def edge_that_judges(root: Path) -> list[str]:
    return naming(root, sorted(EDGE), JUDGING.__contains__)


def opens_a_store(name: str) -> bool:
    return f"{name}.".startswith("data.store.opening.") or name.rpartition(".")[2] in OPENING


Check = Callable[[Path], list[str]]

CHECKS: list[Check] = [
    between_packages,
    between_rooms,
    around,
    too_full,
    engine_with_a_store,
    services_with_a_screen,
    edge_with_a_store,
    edge_that_judges,
]


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_stands_as_planned(check: Check) -> None:
    wrong = check(ROOT)
    assert not wrong, "\n".join(wrong)


def test_every_package_and_room_of_the_plan_is_there() -> None:
    there = modules_of(ROOT, MAY_IMPORT)
    planned = {*MAY_IMPORT, *(room for rooms in ROOMS.values() for room in rooms)}
    assert planned - set(there) <= {"web"}


UNDER = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
WITHIN = "def late():\n    "


@pytest.mark.parametrize(
    ("check", "file", "code", "wrong"),
    [
        (between_packages, "rules/a.py", "import data.dates", "1: rules.a imports data.dates"),
        (between_packages, "data/a.py", "from rules import b", "1: data.a imports rules.b"),
        (between_packages, "commands/a.py", WITHIN + "from cli import run", "2: commands.a"),
        (between_packages, "samples/a.py", UNDER + "import commands.b", "3: samples.a"),
        (between_rooms, "data/a.py", "import data.store.b", "1: data.a imports data.store.b"),
        (between_rooms, "data/store/a.py", "from data.intake import b", "1: data.store.a"),
        (between_rooms, "data/store/a.py", "from ..intake import b", "1: data.store.a"),
        (between_rooms, "data/intake/a.py", "import data.keeping.b", "1: data.intake.a"),
        (between_rooms, "engine/calendar/a.py", "import engine.judging.b", "1: engine.calendar.a"),
        (between_rooms, "engine/judging/a.py", "import engine.counting.b", "1: engine.judging.a"),
        (between_rooms, "engine/counting/a.py", "import engine.alerting.b", "1: engine.counting.a"),
        (between_rooms, "engine/alerting/a.py", "import engine.examples", "1: engine.alerting.a"),
        (between_rooms, "reports/names.py", "import reports.why.b", "1: reports.names imports"),
        (between_rooms, "reports/leader/a.py", UNDER + "import reports.handover.b", "3: "),
        (between_rooms, "rules/a.py", "from rules.wording import en", "1: rules.a imports rules.w"),
        (services_with_a_screen, "services/a.py", "from click import echo", "1: click"),
        (services_with_a_screen, "services/a.py", UNDER + "from rich.table import Table", "3: r"),
        (edge_with_a_store, "commands/a.py", WITHIN + "from data.store import opening", "2: "),
        (edge_with_a_store, "commands/a.py", "from data.store.opening import open_store", "1: "),
        (edge_with_a_store, "samples/a.py", "from data.keeping.restore import store_at", "1: "),
        (edge_that_judges, "commands/a.py", "from engine.judging.audit import judge_all", "1: "),
        (engine_with_a_store, "engine/a.py", "from data.store.opening import Store", "1: data."),
    ],
)
def test_what_asks_the_wrong_way_is_named_with_its_place(
    tmp_path: Path, check: Check, file: str, code: str, wrong: str
) -> None:
    lay(tmp_path, PLAN)
    assert check(tmp_path) == []
    lay(tmp_path, {file: code})
    assert check(tmp_path)[0].startswith(f"{file}:{wrong}")


PLAN = {
    f"{room.replace('.', '/')}/{name}.py": ""
    for room in (*MAY_IMPORT, *(room for rooms in ROOMS.values() for room in rooms))
    for name in ("__init__", "b", *(["dates", "examples", "names"] if "." not in room else []))
    if room not in ("problems", "files", "cli", "web")
} | {"problems.py": "", "files.py": "", "cli.py": ""}


def lay(root: Path, files: dict[str, str]) -> None:
    """Puts files with their code into a made-up tree."""
    for file, code in files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(code, encoding="utf-8")


def test_a_room_that_nobody_planned_is_named(tmp_path: Path) -> None:
    lay(tmp_path, {**PLAN, "data/attic/a.py": ""})
    assert between_rooms(tmp_path) == ["data.attic has no place"]


@pytest.mark.parametrize("asks", ["import rules.a", UNDER + "from rules.a import X"])
def test_a_circle_is_named_all_around(tmp_path: Path, asks: str) -> None:
    lay(tmp_path, {"rules/a.py": "from rules import b", "rules/b.py": "import rules.c"})
    assert around(tmp_path) == []
    lay(tmp_path, {"rules/c.py": asks})
    line = asks.count("\n") + 1
    assert sorted(around(tmp_path)) == [
        "rules/a.py:1: rules.a imports rules.b",
        "rules/b.py:1: rules.b imports rules.c",
        f"rules/c.py:{line}: rules.c imports rules.a",
    ]


def test_a_folder_that_is_too_full_is_named(tmp_path: Path) -> None:
    lay(tmp_path, {f"data/m{number}.py": "" for number in range(MOST_MODULES)})
    lay(tmp_path, {"data/__init__.py": "", "data/store/one.py": ""})
    assert too_full(tmp_path) == []
    lay(tmp_path, {"data/more.py": ""})
    assert too_full(tmp_path) == [f"data: {MOST_MODULES + 1} modules"]
