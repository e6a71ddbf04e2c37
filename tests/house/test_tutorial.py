"""What the tutorial, the tour and README show is what the program does: each block is run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import run
from samples.office import write_world
from tests.helpers.console_pages import ROOT, Shell, agrees, follow, shortened

LANGUAGES = pytest.mark.parametrize("language", ["", ".zh-CN"])


@LANGUAGES
def test_the_tutorial_and_the_page_that_goes_on_with_it_do_what_they_show(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    renew = bool(request.config.getoption("--golden"))
    monkeypatch.chdir(tmp_path)
    shell = Shell(monkeypatch)
    assert follow(ROOT / f"docs/tutorial{language}.md", shell, renew=renew) > 10
    assert follow(ROOT / f"docs/office{language}.md", shell, renew=renew) > 10
    assert follow(ROOT / f"docs/security{language}.md", shell, renew=renew) > 3


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tables and the store that `dutyclock demo` leaves, made by the same two commands."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOME", str(folder))
        write_world(folder / "tables")
        store = folder / "dutyclock.db"
        assert run(["init", "--records-from", "2022-07-01", "--db", str(store)]) == 0
        assert run(["import", str(folder / "tables"), "--db", str(store)]) == 0
        yield folder


@LANGUAGES
@pytest.mark.parametrize("page", ["README", "docs/tour"])
def test_the_page_shows_what_the_program_prints_on_the_demo(
    page: str,
    language: str,
    demo_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    shutil.copytree(demo_folder, tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    renew = bool(request.config.getoption("--golden"))
    assert follow(ROOT / f"{page}{language}.md", Shell(monkeypatch), renew=renew) > 2


@LANGUAGES
def test_rules_shown_on_the_tour_stand_in_the_shipped_files(language: str) -> None:
    shipped = [
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("rules/park_2022/principal.yaml", "rules/policy.yaml")
    ]
    page = (ROOT / f"docs/tour{language}.md").read_text(encoding="utf-8")
    blocks = [part.partition("\n```")[0] for part in page.split("```yaml\n")[1:]]
    assert len(blocks) == len(shipped)
    for block, text in zip(blocks, shipped, strict=True):
        assert block in text


def test_a_page_that_shows_something_else_is_refused() -> None:
    shown = ("one", "…", "l…e")
    assert agrees(shown, ["one", "2", "3", "like"])
    assert agrees(shown, ["one", "late"])
    assert not agrees(shown, ["one", "2", "last"])
    assert not agrees(shown, ["0", "one", "late"])


def test_a_page_is_renewed_as_shortened_as_it_was() -> None:
    shown = ("overdue 1 item", "…", "by unit…", "rules …")
    printed = ["overdue 2 items", "a", "b", "by unit and post", "new line", "rules 0a1b2c3d"]
    assert shortened(shown, printed) == ["overdue 2 items", "…", "by unit…", "new line", "rules …"]
    assert agrees(shortened(shown, printed), printed)
