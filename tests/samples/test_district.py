"""The demo's district: it imports without a problem, and its last month shows all at work."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from rich.console import Console

from engine.judging.audit import summarise
from engine.judging.explain import explain_judged
from engine.judging.verdict import State, Verdict, VerdictFlag
from reports.audit.overview import overview_of
from reports.audit.terminal import print_summary
from reports.i18n import Lang
from reports.month.tables import MonthTables
from reports.names import Names
from reports.numbered import RowNumbers
from rules.frequency import Shape
from samples.district import leader_of, write_district
from samples.district_diary import DistrictDiary
from samples.district_duties import tasks_of
from samples.district_habits import nature_of, write_task
from samples.district_tasks import Task
from samples.district_world import DOCUMENT, FIRST, LAST, world_of_district
from tests.helpers.adding_up import workings
from tests.helpers.console_pages import agrees, shortened
from tests.helpers.factory_cli import cache
from tests.helpers.factory_district import District, district
from tests.helpers.factory_rules import shipped_rules
from tests.helpers.same_bytes import checksums

__all__ = ["cache", "district"]

pytestmark = pytest.mark.usefixtures("cache")

ROOT = Path(__file__).parents[2]


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def verdicts(district: District) -> list[Verdict]:
    return [one.verdict for one in district.judged]


def test_the_command_imports_a_year_and_a_half_without_a_problem(district: District) -> None:
    assert district.said.code == 0
    # Who only took part is in the tables too: the import says so, and refuses nothing.
    assert len(district.said.err.splitlines()) == 3
    assert all("with the role '参加'" in line for line in district.said.err.splitlines())
    shown = [line.split()[2] for line in district.said.out.splitlines() if line[:2] == "$ "]
    assert shown == ["init", "import", "audit", "notices", "leader"]
    imported = re.search(r"activities: (\d+) new, (\d+) changed, 0 voided", district.said.out)
    assert imported is not None
    assert 17_000 < int(imported[1]) < 23_000
    assert int(imported[2]) > 10
    assert district.records.records_from == FIRST
    assert 350 < len(district.records.units) < 420
    assert len({one.person for one in district.records.appointments}) > 800


def test_what_the_terminal_shows_stays_short_enough_to_be_read(district: District) -> None:
    lines = district.said.out.splitlines()
    assert len(lines) < 500
    assert any("with nothing late or nothing due: --html lists all" in line for line in lines)
    assert any(re.search(r"2025-12-\d\d and \d+ more", line) for line in lines)


def test_the_pages_are_there(district: District) -> None:
    for page in ("month.html", "leader.html", "notices/index.html"):
        assert (district.folder / page).stat().st_size > 5_000, page
    drafts = [path.name.partition("-")[0] for path in (district.folder / "notices").glob("*-*.txt")]
    assert {"remind", "supervise", "warn"} <= set(drafts)


def test_everything_in_it_says_that_it_is_made_up(district: District) -> None:
    for row in district.records.units.values():
        assert "示例" in row.name, row.unit
    for one in district.records.subjects.values():
        assert one.name.startswith("示例"), one.subject
    assert all(
        row.email and "@example.com" in row.email for row in district.records.people.values()
    )


def test_each_department_has_a_duty(district: District) -> None:
    owing = {task.unit for task in district.tasks}
    departments = [row.unit for row in district.records.units.values() if row.type == "部门"]
    assert len(departments) > 40
    assert [unit for unit in departments if unit not in owing] == []


def test_nearly_every_duty_of_the_document_has_a_holder(district: District) -> None:
    asked = {duty.id for duty in district.world.rulebook.duties if duty.document == DOCUMENT}
    owed = {one.verdict.duty.id for one in district.judged}
    assert len(asked - owed) <= len(asked) // 50, sorted(asked - owed)


def test_the_last_month_shows_every_shape_of_the_document(district: District) -> None:
    asked = {
        leaf.shape
        for duty in district.world.rulebook.duties
        if duty.document == DOCUMENT
        for leaf in (*duty.frequency.all, *([] if duty.frequency.all else [duty.frequency]))
    }
    shown = {one.measure.shape for one in district.month.verdicts}
    assert asked - shown == set()
    assert {Shape.COUNT, Shape.QUOTA, Shape.SHARE, Shape.COVERAGE, Shape.EVENT} <= shown
    assert any(one.part for one in district.month.verdicts), "a nested duty has numbered parts"


@pytest.mark.parametrize(
    "shape", [Shape.COUNT, Shape.COVERAGE, Shape.DEADLINE, Shape.RECURRING_DEADLINE, Shape.EVENT]
)
def test_each_common_shape_is_met_by_most_and_missed_by_some(
    district: District, shape: Shape
) -> None:
    states = Counter(one.state for one in district.month.verdicts if one.measure.shape is shape)
    assert states[State.MET] > states[State.OVERDUE] > 0


def test_every_state_of_an_office_at_work_occurs(district: District) -> None:
    month = district.month.summary.states
    for state in (State.MET, State.MADE_UP, State.OVERDUE, State.EXEMPT, State.TO_BE_RULED):
        assert month[state] > 0, state
    everything = Counter(one.state for one in verdicts(district))
    for state in (State.BEHIND, State.DUE_SOON, State.OPEN, State.UPCOMING):
        assert everything[state] > 0, state


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 12, 1), date(2024, 12, 31)),
        (date(2025, 6, 1), date(2025, 6, 30)),
        (date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_on_time_rate_is_that_of_an_office_at_work(
    district: District, first: date, last: date
) -> None:
    due = [one for one in verdicts(district) if one.due and first <= one.due <= last]
    summary = summarise(due)
    assert summary.rate is not None and summary.rate_done is not None
    assert Fraction(85, 100) <= summary.rate < summary.rate_done <= Fraction(98, 100)


def test_exemptions_have_their_different_reasons(district: District) -> None:
    reasons = {one.reason for one in verdicts(district) if one.state is State.EXEMPT}
    assert {"not_in_force", "tenure", "waived", "no_members"} <= reasons
    assert district.month.vacancies


FLAGS = (
    VerdictFlag.RECORDED_LATE,
    VerdictFlag.RECORDED_EARLY,
    VerdictFlag.BUNCHED,
    VerdictFlag.NO_EVIDENCE,
    VerdictFlag.EVIDENCE_REUSED,
    VerdictFlag.RECORDS_INCOMPLETE,
    VerdictFlag.NO_DATA,
    VerdictFlag.CLOSED,
    VerdictFlag.OVER_RANGE,
    VerdictFlag.NO_ROSTER,
    VerdictFlag.HEDGED,
)


@pytest.mark.parametrize("flag", FLAGS)
def test_flag_occurs(district: District, flag: VerdictFlag) -> None:
    assert any(flag in one.flags for one in verdicts(district))


def test_the_working_of_every_verdict_adds_up_to_what_is_required(district: District) -> None:
    assert len(workings(district.world, district.judged)) > 10_000


def test_awkward_records_are_refused_for_every_common_reason(district: District) -> None:
    refused: dict[str, int] = defaultdict(int)
    notable = (State.OVERDUE, State.MADE_UP, State.BEHIND)
    for one in district.judged:
        if one.verdict.state in notable:
            for item in explain_judged(district.world, one).not_counted:
                refused[item.reason] += 1
    for reason in ("kind", "holder", "role", "attribute", "subject", "voided", "superseded"):
        assert refused[reason] > 0, reason
    for reason in ("evidence", "make_up_elsewhere", "outside_period"):
        assert refused[reason] > 0, reason


def test_a_record_that_was_entered_twice_counts_once(district: District) -> None:
    seen = Counter(
        item.reason
        for one in district.judged
        if one.verdict.state is State.MET and one.verdict.duty.id.endswith("lead_hazard_check")
        for item in explain_judged(district.world, one).not_counted
    )
    assert seen["duplicate"] > 0


def test_records_are_entered_while_the_office_is_open_and_not_before_the_act(
    district: District,
) -> None:
    early = []
    for row in rows(district.tables, "activities"):
        day, moment = row["day"], row["recorded_at"]
        assert str(FIRST) < moment[:10] <= str(LAST), row
        assert "08:00:00" <= moment[11:] <= "18:00:59", row
        if moment[:10] < day:
            early.append(row["note"])
    assert early == ["年终检查，按计划提前登记", "计划一季度例会，提前登记"]


def test_a_gap_in_a_coverage_names_who_was_not_reached(district: District) -> None:
    gaps = [one for one in district.month.verdicts if one.missing]
    assert gaps
    known = {*district.records.units, *district.records.posts, *district.records.people}
    known |= set(district.records.subjects)
    for one in gaps:
        assert len(one.missing) == one.shortfall
        assert set(one.missing) <= known


def test_the_shown_leader_owes_much_and_was_away_for_a_while(district: District) -> None:
    person = leader_of(district.records)
    own = [one for one in verdicts(district) if one.person == person]
    assert len({one.duty.id for one in own}) >= 5
    assert {State.MET, State.EXEMPT} <= {one.state for one in own}


def test_a_long_page_lists_what_somebody_must_look_at_and_counts_the_rest(
    district: District,
) -> None:
    tables = MonthTables(district.world, district.month, "en", verdicts(district))
    month = tables.month()
    assert 50 < len(month.lines) < 600
    assert "more lines, on which all is done in time" in month.left_out
    left = int(month.left_out.split()[0])
    groups = {one.id.rpartition("@")[0] for one in district.month.verdicts}
    assert left + len(month.lines) == len(groups)
    overdue = district.month.summary.states[State.OVERDUE]
    assert len(month.overdue) < overdue
    told = [1 + int(row.period.split()[2]) if " more" in row.period else 1 for row in month.overdue]
    assert sum(told) == overdue


def test_what_comes_of_a_task_hangs_on_its_name_and_the_seed_alone(district: District) -> None:
    plain = world_of_district()
    task = next(task for task in district.tasks if "lead_hazard_check" in task.id)

    def acts(seed: int, before: list[Task]) -> list[tuple[str, str, str]]:
        diary = DistrictDiary(plain, seed, LAST)
        for one in before:
            write_task(diary, one, nature_of(seed, one.unit))
        known = len(diary.acts)
        write_task(diary, task, nature_of(seed, task.unit))
        return [(one.kind, str(one.day), str(one.entered)) for one in diary.acts[known:]]

    assert acts(5, []) == acts(5, district.tasks[:20])


def test_another_seed_gives_another_year(tmp_path: Path, district: District) -> None:
    some = district.tasks[::40]
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_district(tmp_path / name, world_of_district(), some, seed)
    found = [(tmp_path / name / "activities.csv").read_bytes() for name in "abc"]
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize(("language", "lang"), [("", "en"), (".zh-CN", "zh")])
def test_the_tour_shows_what_the_audit_of_the_district_prints(
    district: District, language: str, lang: Lang, request: pytest.FixtureRequest
) -> None:
    printed = io.StringIO()
    console = Console(highlight=False, width=150, file=printed)
    names = Names(district.records, district.world.rulebook.vocabulary)
    print_summary(overview_of(district.month, names), names, console, RowNumbers(), lang)
    lines = [line.rstrip() for line in printed.getvalue().strip().splitlines()]
    page = ROOT / f"docs/tour{language}.md"
    before, command, rest = page.read_text("utf-8").partition(
        "$ dutyclock audit --as-of 2026-01-01 --db district/dutyclock.db\n"
    )
    block, fence, after = rest.partition("```")
    shown = block.splitlines()
    assert command and len(shown) > 8
    if request.config.getoption("--golden") and not agrees(shown, lines):
        told = "\n".join([*shortened(shown, lines), ""])
        page.write_text(before + command + told + fence + after, encoding="utf-8", newline="\n")
        return
    assert agrees(shown, lines), "make golden writes what is printed into the page"


def test_json_of_the_district_is_the_same_bytes(
    district: District, golden: Callable[[str, str], None]
) -> None:
    golden("same_bytes/district.txt", checksums(district.world, district.judged))


_WRITE = """
import sys
from pathlib import Path
from tests.samples.test_district import write_again
write_again(Path(sys.argv[1]))
"""


def write_again(folder: Path) -> None:
    """The district's tables, written as the demo writes them."""
    records = world_of_district()
    write_district(folder, records, tasks_of(records, shipped_rules(), DOCUMENT, LAST))


@pytest.mark.slow
def test_another_run_of_the_program_gives_the_same_bytes(
    tmp_path: Path, district: District
) -> None:
    # Sets come in another order under another hash seed.
    environment = os.environ | {"PYTHONHASHSEED": "77", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", _WRITE, str(tmp_path)], check=True, cwd=ROOT, env=environment
    )
    for path in sorted(district.tables.glob("*.csv")):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name
