"""Without durable-rules, as on Windows: the same alerts and papers, and word of who concluded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.factory_cli import cache, call, db, good

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

DAY = ("--as-of", "2022-12-20")
TOLD = "concluded by plain Python, to the same alerts: durable-rules is not there\n"


@pytest.fixture
def without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What takes durable-rules away, once it is asked to: its import fails in every process."""
    package = tmp_path / "blocked" / "durable"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('blocked')", encoding="utf-8")
    return monkeypatch


def papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_plain_python_comes_to_the_same_alerts_and_papers_and_says_so(
    tmp_path: Path, db: Path, without: pytest.MonkeyPatch
) -> None:
    alerts, leader = ("alerts", *DAY, "--json", "--db", db), ("leader", "李四", *DAY, "--db", db)
    before = (good(*alerts).out, good(*leader).out)
    assert "agree on" in call(*alerts, "--verify").err
    good("notices", *DAY, "--out", tmp_path / "engine", "--db", db)
    without.setenv("PYTHONPATH", str(tmp_path / "blocked"))
    said = call(*alerts)
    assert (said.code, said.err) == (0, TOLD)
    assert (said.out, good(*leader).out) == before
    said = call("notices", *DAY, "--out", tmp_path / "plain", "--db", db)
    assert (said.code, said.err) == (0, TOLD)
    assert papers(tmp_path / "plain") == papers(tmp_path / "engine")
    said = call(*alerts, "--verify")
    assert (said.code, said.out) == (2, before[0])
    assert said.err == f"{TOLD}there is nothing to hold it against: nothing was verified\n"


@pytest.mark.parametrize(("system", "mark"), [("Linux", "MISSING"), ("Windows", "ok")])
def test_the_doctor_says_who_concludes_and_wants_nothing_on_windows(
    tmp_path: Path, db: Path, without: pytest.MonkeyPatch, system: str, mark: str
) -> None:
    without.setenv("PYTHONPATH", str(tmp_path / "blocked"))
    without.setattr("commands.doctor.platform.system", lambda: system)
    said = good("doctor", "alerts", "--db", db).out
    line = f"[{mark}] rules engine (durable-rules): not there: plain Python concludes the same"
    assert line in said
    assert ("build-essential" in said) == (mark == "MISSING")
