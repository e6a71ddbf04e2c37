"""The main job, end to end: the demo's own commands, why over every verdict, every printed number.

The demo is made once for this file.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from data.store.opening import open_store
from engine.alerting.alerts import Alert, conclude
from engine.alerting.policy import DEFAULT_POLICY, load_policy
from engine.judging.audit import Judged, judge_all, world_of
from engine.judging.explain import Explanation, explain_judged
from engine.judging.verdict import State
from engine.judging.world import World
from reports.why.words import why_text
from services.ladder import printing
from tests.helpers.adding_up import workings
from tests.helpers.factory_cli import Said, cache, call, good
from tests.helpers.factory_rules import shipped_rules
from tests.helpers.same_bytes import checksums

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("cache")

AS_OF = date(2023, 7, 1)
LAST_DAY = ("--as-of", "2023-07-01")
LEFT = {"tables", "dutyclock.db", "notices", "leader.html", "month.html", "month.csv"}


@dataclass(frozen=True)
class Demo:
    """What a demo left, and its last day judged."""

    folder: Path
    said: Said
    world: World
    judged: list[Judged]
    alerts: tuple[Alert, ...]

    @property
    def db(self) -> Path:
        return self.folder / "dutyclock.db"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("work") / "demo"
    said = call("demo", "--out", folder)
    store = open_store(str(folder / "dutyclock.db"))
    records = store.read_records()
    world = world_of(shipped_rules(), records, AS_OF, None)
    judged = judge_all(world)
    verdicts = [one.verdict for one in judged]
    alerts = conclude(verdicts, records, load_policy(DEFAULT_POLICY), AS_OF, world.workdays)
    yield Demo(folder, said, world, judged, alerts)
    store.close()


def test_the_demo_ends_with_0_and_leaves_everything_it_rendered(demo: Demo) -> None:
    assert demo.said.code == 0
    # Who only took part is in the tables too: the import says so, and refuses nothing.
    assert len(demo.said.err.splitlines()) == 2
    assert all("with the role '参加'" in line for line in demo.said.err.splitlines())
    seen = [path.name for path in demo.folder.iterdir() if not path.name.startswith(".")]
    assert {name.partition("-")[0] for name in seen} == LEFT
    assert (demo.folder / "notices" / "index.html").exists()
    assert len(list((demo.folder / "notices").glob("*.html"))) > 2
    assert len(list((demo.folder / "tables").glob("*.csv"))) == 10


def test_the_demo_shows_its_commands_and_says_in_three_lines_what_to_try_next(demo: Demo) -> None:
    lines = demo.said.out.splitlines()
    shown = [line.split()[2] for line in lines if line.startswith("$ dutyclock ")]
    assert shown == ["init", "import", "audit", "notices", "leader"]
    last = [line for line in lines if line][-3:]
    assert [line.split(":")[0].split()[0] for line in last] == ["Open", "Ask", "Change"]
    assert str(demo.folder / "notices" / "index.html") in last[0]


def test_the_demo_is_made_of_public_commands_on_its_tables(tmp_path: Path, demo: Demo) -> None:
    db = tmp_path / "own.db"
    good("init", "--records-from", "2022-07-01", "--db", db)
    assert call("import", demo.folder / "tables", "--db", db).code == 0
    words = ("audit", *LAST_DAY, "--json", "--db")
    assert call(*words, db) == call(*words, demo.db)


def test_the_demo_may_be_made_again_over_itself(demo: Demo) -> None:
    before = {path: path.read_bytes() for path in demo.folder.rglob("*.html")}
    tables = {path: path.read_bytes() for path in demo.folder.rglob("*.csv")}
    assert call("demo", "--out", demo.folder).code == 0
    assert {path: path.read_bytes() for path in demo.folder.rglob("*.html")} == before
    assert {path: path.read_bytes() for path in demo.folder.rglob("*.csv")} == tables


def test_why_answers_for_every_verdict_in_both_languages(demo: Demo) -> None:
    assert len(demo.judged) > 1000
    for one in demo.judged:
        verdict = one.verdict
        explanation = explain_judged(demo.world, one)
        counted = {item.activity for item in verdict.counted}
        assert explanation.verdict == verdict
        assert not counted & {item.activity for item in explanation.not_counted}
        for lang in ("zh", "en"):
            text = why_text(demo.world, explanation, lang)
            assert verdict.duty.quote in text
            assert verdict.id.split("@")[0].split("#")[0] in text
        _agrees(demo, one, explanation)


def _agrees(demo: Demo, one: Judged, explanation: Explanation) -> None:
    """What counted adds up to what was done, and what is required to what was worked out."""
    verdict = one.verdict
    known = demo.world.acts_by_id
    assert {item.activity for item in verdict.counted} <= known.keys()
    assert {item.activity for item in explanation.not_counted} <= known.keys()
    if verdict.state is State.TO_BE_RULED:
        return
    if verdict.state in (State.MET, State.MADE_UP):
        assert verdict.shortfall == 0
        assert verdict.done >= verdict.required
    if verdict.state is State.OVERDUE:
        assert verdict.shortfall == verdict.required - verdict.done > 0


def test_the_working_of_every_verdict_adds_up_to_what_is_required(demo: Demo) -> None:
    assert len(workings(demo.world, demo.judged)) > 1000


def test_the_command_why_tells_the_same(demo: Demo) -> None:
    by_state: dict[State, Judged] = {}
    for one in demo.judged:
        by_state.setdefault(one.verdict.state, one)
    assert len(by_state) >= 6
    for one in by_state.values():
        said = good("why", one.verdict.id, *LAST_DAY, "--json", "--db", demo.db).data
        assert said["id"] == one.verdict.id
        assert said["state"] == str(one.verdict.state)
        explanation = explain_judged(demo.world, one)
        assert [(one["activity"], one["reason"]) for one in said["not_counted"]] == [
            (item.activity, item.reason) for item in explanation.not_counted
        ]
        assert [len(one["wants"]) for one in said["not_counted"]] == [
            len(item.wants) for item in explanation.not_counted
        ]
        text = good("why", one.verdict.id, *LAST_DAY, "--db", demo.db).out
        assert text.strip() == why_text(demo.world, explanation, "en").strip()


def test_every_alert_stands_on_verdicts_that_can_be_explained(demo: Demo) -> None:
    known = {one.verdict.id: one for one in demo.judged}
    assert demo.alerts
    for alert in demo.alerts:
        assert alert.verdicts or alert.scope == "unit"
        for name in alert.verdicts:
            assert explain_judged(demo.world, known[name]).verdict.id == name
    said = call("alerts", *LAST_DAY, "--json", "--verify", "--db", demo.db)
    assert said.code == 0
    assert [one["key"] for one in said.data] == [alert.key for alert in demo.alerts]


_ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.S)
_TAG = re.compile(r"<[^>]+>")
_LINE = re.compile(
    r"required (.+)  done (.+)  short (.+)  due (\S+)  days overdue (\S+)\n"
    r"(?:.*\n)*?\s+dutyclock why '([^']+)'"
)
_FIGURES = ("required", "done", "short", "due", "days overdue")


def test_papers_that_cannot_be_made_are_told_and_the_others_are_made(
    tmp_path: Path, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "SYSTEM_FOLDERS", ())
    said = call("notices", *LAST_DAY, "--out", tmp_path, "--db", demo.db, "--pdf", "--word")
    assert said.code == 0
    assert "no PDF was made: no file of these faces was found: 仿宋" in said.err
    documents = {path.stem for path in tmp_path.glob("*.docx")}
    assert documents
    assert documents < {path.stem for path in tmp_path.glob("*.html")}
    assert not list(tmp_path.glob("*.pdf"))


def test_each_number_in_a_notice_is_the_verdicts_own(tmp_path: Path, demo: Demo) -> None:
    good("notices", *LAST_DAY, "--out", tmp_path, "--db", demo.db)
    known = {one.verdict.id: one.verdict for one in demo.judged}
    told: set[str] = set()
    for text in tmp_path.glob("*.txt"):
        rows = _LINE.findall(text.read_text("utf-8"))
        for *figures, name in rows:
            verdict = known[name]
            assert [figure.split()[0] for figure in figures[:3]] == [
                str(verdict.required),
                str(verdict.done),
                str(verdict.shortfall),
            ]
            assert figures[3] in (str(verdict.due), "—")
            assert figures[4] == str(verdict.days_overdue or "—")
            told.add(name)
        assert _table(text.with_suffix(".html")) == [tuple(figures) for *figures, _name in rows]
    alerted = {
        name for alert in demo.alerts if alert.scope == "obligation" for name in alert.verdicts
    }
    assert told
    assert told <= alerted


def _table(page: Path) -> list[tuple[str, ...]]:
    """The figures of the obligations in a notice, line by line."""
    found, at = [], None
    for row in _ROW.findall(page.read_text("utf-8")):
        cells = [_plain(cell) for cell in _CELL.findall(row)]
        if set(_FIGURES) <= set(cells):
            at = [cells.index(name) for name in _FIGURES]
        elif "<th" in row:
            at = None
        elif at is not None:
            found.append(tuple(cells[place] for place in at))
    return found


def _plain(cell: str) -> str:
    return html.unescape(_TAG.sub("", cell)).strip()


def test_the_months_table_has_the_verdicts_figures(demo: Demo) -> None:
    found = call("audit", *LAST_DAY, "--json", "--db", demo.db).data
    by_id = {one["id"]: one for one in found["verdicts"]}
    with (demo.folder / "month.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == len(by_id)
    columns = list(table[0])
    name = next(column for column in columns if table[0][column] in by_id)
    for row in table:
        verdict = by_id[row[name]]
        figures = {cell for cell in row.values() if cell}
        assert str(verdict["required"]) in figures
        if verdict["done"]:
            assert str(verdict["done"]) in figures


def test_the_demos_last_month_is_interesting_to_read(demo: Demo) -> None:
    said = call("audit", *LAST_DAY, "--span", "2022-07..2023-06", "--json", "--db", demo.db)
    assert said.code == 1
    summary = said.data["summary"]
    for state in ("met", "made_up", "overdue", "exempt", "to_be_ruled"):
        assert summary[state] > 0
    assert said.data["vacancies"]
    assert "秦岚" in demo.said.out
    twice = good("leader", "李伟", *LAST_DAY, "--json", "--db", demo.db).data
    assert len(twice) == 2


def test_the_months_table_says_how_many_periods_in_a_row_were_missed(demo: Demo) -> None:
    with (demo.folder / "month.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    running = {row["person"]: row["periods running"] for row in table if row["state"] == "overdue"}
    assert running["秦岚"] == "2"  # no inspection in May and June 2023
    assert running["江小帆"] == "1"


def test_json_of_the_made_up_year_is_the_same_bytes(
    demo: Demo, golden: Callable[[str, str], None]
) -> None:
    golden("same_bytes/office.txt", checksums(demo.world, demo.judged))
