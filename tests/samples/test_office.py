"""The demo's made-up year: it imports without a problem, and its stories come out as told."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from data.intake.imports import import_path
from data.intake.prepared import ImportReport
from data.keeping.making import create_store
from data.records import Activity, Records
from data.store.journal import Doing
from data.store.reading import records_known_on
from data.words import Words
from engine.calendar.periods import Period
from engine.judging.audit import judge_all, summarise, world_of
from engine.judging.explain import Explanation, explain_judged
from engine.judging.verdict import Verdict
from samples.office import write_world
from tests.helpers.factory_rules import shipped_rules

AS_OF = date(2023, 7, 1)
YEAR = Period(date(2022, 7, 1), date(2023, 6, 30))
TABLES = (
    *("settings", "units", "adoptions", "people", "posts", "appointments"),
    *("subjects", "events", "waivers", "activities"),
)


@dataclass(frozen=True)
class Told:
    """The demo's world, imported and judged on its last day."""

    folder: Path
    report: ImportReport
    records: Records
    verdicts: Mapping[str, Verdict]
    explanations: Mapping[str, Explanation]

    def act(self, note: str) -> Activity:
        """The one act whose note begins so, as it stands."""
        found = [act for act in self.records.activities if (act.note or "").startswith(note)]
        assert len(found) == 1, f"{len(found)} acts with the note {note}"
        return found[0]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("demo")
    write_world(folder / "tables")
    rulebook = shipped_rules()
    known = rulebook.vocabulary
    words = Words(
        frozenset(known.kinds),
        frozenset(known.roles),
        frozenset(known.post_classes),
        frozenset(known.event_types),
    )
    now = datetime(2023, 7, 1, 18, 30)  # noqa: DTZ001 - the store's own local time
    store = create_store(f"sqlite:///{folder / 'demo.db'}", None, Doing(now))
    report = import_path(store, folder / "tables", words=words, doing=Doing(now))
    with store.reading() as connection:
        records = records_known_on(connection, None)
    world = world_of(rulebook, records, AS_OF, YEAR)
    judged = judge_all(world)
    return Told(
        folder / "tables",
        report,
        records,
        {one.verdict.id: one.verdict for one in judged},
        {one.verdict.id: explain_judged(world, one) for one in judged},
    )


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_same_seed_gives_the_same_bytes_and_another_seed_another_year(tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_world(tmp_path / name, seed)
    for table in TABLES:
        once, again = ((tmp_path / name / f"{table}.csv").read_bytes() for name in "ab")
        assert once == again, table
    acts = [(tmp_path / name / "activities.csv").read_bytes() for name in "ac"]
    assert acts[0] != acts[1]


def test_any_seed_makes_a_world_that_imports(tmp_path: Path) -> None:
    now = datetime(2023, 7, 1, 18, 30)  # noqa: DTZ001 - the store's own local time
    for seed in (1, 2):
        write_world(tmp_path / str(seed), seed)
        store = create_store(f"sqlite:///{tmp_path / f'{seed}.db'}", None, Doing(now))
        report = import_path(store, tmp_path / str(seed), words=Words(), doing=Doing(now))
        assert report.counts["activities"]["new"] > 2500


def test_world_has_the_size_of_an_office(told: Told) -> None:
    units = Counter(unit.type for unit in told.records.units.values())
    assert units["部门"] + units["企业"] == 30
    assert 40 <= len({tenure.person for tenure in told.records.appointments}) <= 50
    assert 2700 <= len(told.records.activities) <= 3300
    assert told.records.records_from == date(2022, 7, 1)
    names = Counter(person.name for person in told.records.people.values())
    assert [name for name, times in names.items() if times > 1] == ["李伟"]


def test_names_of_governments_and_enterprises_say_that_they_are_made_up(told: Told) -> None:
    for unit in ("示例市", "示例区", "示例工业园区", "晨溪镇", "柳湾街道", "石桥镇"):
        assert "虚构" in told.records.units[unit].name
    enterprises = [unit for unit in told.records.units.values() if unit.type == "企业"]
    assert all(unit.name.startswith("示例") for unit in enterprises)


def test_tables_are_utf8_with_a_mark_for_spreadsheets(told: Told) -> None:
    for table in TABLES:
        assert (told.folder / f"{table}.csv").read_bytes().startswith(b"\xef\xbb\xbf"), table


def test_everything_was_entered_in_the_days_of_the_demo(told: Told) -> None:
    for table in TABLES:
        for row in rows(told.folder, table):
            at = row["recorded_at"]
            assert "2022-07-01 08:30:00" <= at <= "2023-07-01 18:00:00", (table, row)
            assert "08:00:00" <= at[11:] <= "18:00:59", (table, row)


def test_only_the_planned_inspection_was_entered_before_its_day(told: Told) -> None:
    early = [act for act in told.records.activities if act.recorded_on < act.day]
    assert [act.note for act in early] == ["计划7月6日带队检查，提前登记"]


def test_on_time_rate_is_that_of_an_office_at_work(told: Told) -> None:
    summary = summarise(told.verdicts.values())
    assert summary.rate is not None
    assert Fraction(85, 100) <= summary.rate <= Fraction(93, 100)
    june = summarise(v for v in told.verdicts.values() if v.due == YEAR.last)
    assert june.rate is not None
    assert Fraction(80, 100) <= june.rate <= Fraction(95, 100)


STORIES = """
park_2022.principal.lead_inspection@园区书记/周启明@2022-11 = overdue
park_2022.principal.lead_inspection@园区书记/顾南川@2022-11 = exempt tenure
park_2022.principal.study_safety@园区书记/周启明@2022-Q4 = met
park_2022.principal.hold_committee@园区主任/沈立诚@2022-Q3 = met
park_2022.principal.hold_committee@园区主任/沈立诚@2023-Q1 = overdue
park_2022.principal.lead_inspection@园区主任/顾南川@2023-04 = met
park_2022.principal.lead_inspection@园区主任/韩雪松@2023-06 = overdue records_incomplete
park_2022.deputy.lead_inspection@园区分管副主任/何敏@2023-05 = met
park_2022.deputy.lead_inspection@园区分管副主任/许正川@2023-05 = exempt tenure
park_2022.deputy.analyse_situation@园区分管副主任/许正川@2023-02 = overdue
park_2022.deputy.analyse_situation@园区分管副主任/许正川@2022-08 = met
park_2022.other_leaders.report_to_principal@园区副主任甲/陆文海@2022-Q4 = made_up
park_2022.other_leaders.lead_inspection@园区副主任甲/陆文海@2023-02 = met evidence_reused
park_2022.other_leaders.lead_inspection@园区副主任甲/陆文海@2023-05 = met
park_2022.other_leaders.lead_inspection@园区副主任乙/秦岚@2022-10 = exempt waived
park_2022.other_leaders.lead_inspection@园区副主任乙/秦岚@2022-11 = exempt waived
park_2022.other_leaders.lead_inspection@园区副主任乙/秦岚@2023-05 = overdue
park_2022.other_leaders.lead_inspection@园区副主任乙/秦岚@2023-06 = overdue
park_2022.other_leaders.lead_inspection@园区副主任乙/秦岚@2023-02 = met
park_2022.other_leaders.lead_inspection@园区副主任丙/方国平@2023-02 = exempt tenure
park_2022.other_leaders.lead_inspection@园区副主任丙/严晓彤@2023-03 = exempt tenure
park_2022.other_leaders.analyse_situation@园区副主任丙/方国平@2022-09 = met recorded_late
park_2022.other_leaders.lead_inspection@园区纪工委书记/宋怀远@2022-09 = overdue
park_2022.other_leaders.lead_inspection@园区纪工委书记/宋怀远@2022-10 = met
park_2022.other_leaders.report_to_principal@园区纪工委书记/宋怀远@2022-Q4 = made_up
park_2022.key_tasks.screen_by_team@天泽燃气@2022-11-11 = overdue no_data
park_2022.key_tasks.screen_by_department@天泽燃气@2022-W43 = made_up
park_2022.key_tasks.screen_by_team@恒泰化工@2022-11-11 = exempt waived
park_2022.key_tasks.screen_by_team@宏拓建设@2022-08-10 = exempt waived
park_2022.key_tasks.finish_in_key_enterprises@天泽燃气@2022-06-29..2022-09-30 = made_up
park_2022.key_tasks.close_three_year_campaign@安全生产部@2022-06-29..2022-12-31 = made_up
park_2022.key_tasks.finish_everywhere@宏拓建设@2022-06-29..2022-12-31 = overdue
town_2021.principal.hear_reports@石桥镇镇长/孟昭@2022-Q3 = met
town_2021.principal.hear_reports@石桥镇镇长/罗青@2022-Q3 = exempt tenure
town_2021.principal.hear_reports@石桥镇镇长/罗青@2023-Q1 = met
town_2021.principal.urge_department_lists@石桥镇镇长@2022 = overdue
town_2021.principal.hear_reports@柳湾街道主任/江小帆@2023-Q2 = overdue
town_2021.principal.inspect_committees@柳湾街道主任/江小帆@2022 = met
"""
"""Verdict = state, then its reason where it is exempt, then flags that it must have."""


@pytest.mark.parametrize("story", STORIES.strip().splitlines())
def test_story_comes_out_as_told(told: Told, story: str) -> None:
    name, _, outcome = story.partition(" = ")
    verdict = told.verdicts[name]
    said = [verdict.state.value, *([verdict.reason] if verdict.reason else []), *verdict.flags]
    assert outcome.split()[0] == said[0]
    assert set(outcome.split()) <= set(said)


def test_forgotten_report_was_made_up_45_days_late(told: Told) -> None:
    name = "park_2022.other_leaders.report_to_principal@园区副主任甲/陆文海@2022-Q4"
    assert told.verdicts[name].days_late == 45


def test_one_committee_inspected_is_enough_for_the_year(told: Told) -> None:
    verdict = told.verdicts["town_2021.principal.inspect_committees@柳湾街道主任/江小帆@2022"]
    assert (verdict.required, verdict.missing) == (1, ())
    visits = [
        act
        for act in told.records.activities
        if (act.kind, act.holder, act.day.year) == ("专委会检查", "柳湾街道主任", 2022)
    ]
    assert [item.activity for item in verdict.counted] == [act.activity for act in visits]
    assert visits[0].subjects == ("柳湾消防专委会",)


def test_one_act_under_one_post_counts_for_both_posts_of_one_person(told: Told) -> None:
    both = [
        told.verdicts[f"park_2022.principal.lead_inspection@{post}/顾南川@2023-04"].counted
        for post in ("园区书记", "园区主任")
    ]
    assert both[0] == both[1] != ()


@pytest.mark.parametrize(
    ("note", "name", "reason"),
    [
        ("登记到人有误", "other_leaders.lead_inspection@园区纪工委书记/宋怀远@2022-10", "voided"),
        ("月度研判", "deputy.analyse_situation@园区分管副主任/许正川@2022-08", "superseded"),
        ("计划7月6日", "other_leaders.lead_inspection@园区副主任乙/秦岚@2023-07", "future"),
        ("分管副主任主持", "principal.hold_committee@园区主任/沈立诚@2023-Q1", "holder"),
        ("检查化工二期", "principal.lead_inspection@园区主任/韩雪松@2023-06", "role"),
        ("随园区书记检查", "other_leaders.lead_inspection@园区纪工委书记/宋怀远@2022-09", "role"),
        (
            "补四季度专题汇报",
            "other_leaders.report_to_principal@园区副主任甲/陆文海@2023-Q1",
            "make_up_elsewhere",
        ),
    ],
)
def test_awkward_record_does_not_count_and_why_says_so(
    told: Told, note: str, name: str, reason: str
) -> None:
    act = told.act(note).activity
    explained = told.explanations[f"park_2022.{name}"]
    reasons = {one.activity: one.reason for one in explained.not_counted}
    assert reasons.get(act) == reason


def test_record_of_an_empty_post_counts_for_nobody(told: Told) -> None:
    act = told.act("副主任空缺期间").activity
    counted = {item.activity for one in told.verdicts.values() for item in one.counted}
    assert act not in counted


def test_second_of_two_records_of_one_act_is_a_duplicate(told: Told) -> None:
    explained = told.explanations[
        "park_2022.other_leaders.lead_inspection@园区副主任乙/秦岚@2023-02"
    ]
    assert [one.reason for one in explained.not_counted].count("duplicate") == 1
    assert len(explained.verdict.counted) == 1


def test_corrected_record_keeps_its_id_and_its_first_day_of_recording(told: Told) -> None:
    written = [row for row in rows(told.folder, "activities") if "污水厂有限空间" in row["note"]]
    assert len(written) == 2 and len({row["activity"] for row in written}) == 1
    act = told.act("污水厂有限空间")
    assert (act.day, act.role, act.recorded_on) == (date(2023, 5, 17), "带队", date(2023, 5, 19))


def test_every_verdict_of_the_demo_can_be_explained(told: Told) -> None:
    assert len(told.explanations) == len(told.verdicts) > 1000
    for name, explained in told.explanations.items():
        assert explained.verdict is told.verdicts[name]
        counted = {one.activity for one in explained.verdict.counted}
        refused = {one.activity for one in explained.not_counted}
        assert not counted & refused, name
        assert re.fullmatch(r"[^@]+@[^@]+@[^@]+", name)
