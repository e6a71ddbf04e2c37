"""One person's whole record: over all posts, told apart from others of the name."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from rich.console import Console

from data.records import Appointment, Post
from engine.calendar.periods import months_from
from engine.judging.verdict import State
from reports.figures import amount, percent
from reports.i18n import LANGS
from reports.leader.facts import LeaderRecord
from reports.leader.pages import leader_html, leader_record, print_leader
from reports.leader.words import LeaderWords
from reports.numbered import RowNumbers
from tests.helpers.factory_reports import office, office_of, records


def record_of(person: str, made=None, span=None) -> LeaderRecord:
    made = made or office()
    return leader_record(made.world, made.judged, made.alerts, person, span, made.policy.levels)


def printed(record: LeaderRecord, lang="zh") -> str:
    out = io.StringIO()
    print_leader(Console(file=out, width=200), record, RowNumbers(), lang)
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGS)
def test_the_record_reads_like_this(lang, golden) -> None:
    texts = [printed(record_of(person), lang) for person in ("ln", "zw1", "zw2")]
    golden(f"reports/leader.{lang}.txt", "\n".join(texts))


@pytest.mark.parametrize("lang", LANGS)
def test_the_file_to_print_reads_like_this(lang, golden) -> None:
    page = leader_html(office().world, [record_of("ln"), record_of("zw2")], lang)
    style = re.compile(r"<style>.*?</style>", re.DOTALL)
    golden(f"reports/leader.{lang}.html", style.sub("<style></style>", page))


def test_two_people_of_one_name_are_told_apart_by_id_unit_and_post() -> None:
    first, second = printed(record_of("zw1")), printed(record_of("zw2"))
    assert first.startswith("张伟〔zw1〕示例园区管委会 管委会主任")
    assert second.startswith("张伟〔zw2〕示例园区管委会 管委会主任")
    assert record_of("zw1").is_name_shared
    assert not record_of("ln").is_name_shared


def test_his_own_verdicts_are_conduct_of_his_and_results_that_name_him() -> None:
    made = office()
    ids = {verdict.id for verdict in record_of("ln").verdicts}
    assert "park.list.lifts@副主任/ln@2024-Q2" in ids
    assert "park.list.report@副主任@2024-06" in ids  # a result, and he is named
    waived = next(x.verdict for x in made.judged if x.verdict.id.endswith("副主任@2024-07"))
    assert waived.person is None
    assert waived.id not in ids


def test_what_a_group_owes_is_listed_and_in_nobodys_own_rate() -> None:
    record = record_of("ln")
    assert [one.id for one in record.shared] == [
        "park.list.together@园区@2024-Q2",
        "park.list.together@园区@2024-Q3",
    ]
    due = [one for one in record.verdicts if one.is_due]
    met = [one for one in due if one.state is State.MET]
    assert record.rate == Fraction(len(met), len(due))


def test_a_group_is_only_listed_for_who_was_there() -> None:
    assert [one.label for one in record_of("zw1").shared] == ["2024-Q2"]


def test_each_act_says_what_it_counts_for_and_what_not() -> None:
    acts = {line.act.activity: line for line in record_of("zw2").activities}
    assert [item.verdict for item in acts["A2"].counts_for] == [
        "park.list.lead_check@主任/zw1@2024-05"
    ]
    assert not acts["A2"].counts_for[0].is_own
    assert {item.reason for item in acts["A3"].refused} == {"role"}
    assert acts["B4"].refused[0].verdict == "park.list.lead_check@主任/zw2@2024-07"


def test_acts_that_count_for_nothing_are_shown_too() -> None:
    made = office()
    own = {act.activity for act in made.world.acts_by_person["zw2"]}
    assert {line.act.activity for line in record_of("zw2").activities} >= own


def test_what_a_delegate_did_counts_in_the_record_of_whom_it_was_done_for() -> None:
    acts = {line.act.activity: line for line in record_of("zw1").activities}
    assert acts["A4"].counts_for[0].verdict == "park.list.committee@主任/zw1@2024-Q2"


def test_the_grid_shows_each_month_that_something_fell_due_in() -> None:
    record = record_of("zw1")
    line = next(line for line in record.duties if line.duty == "park.list.lead_check")
    assert {month: one.state for month, one in line.months.items()} == {
        "2024-04": State.MET,
        "2024-05": State.MADE_UP,
    }
    grid = LeaderWords(record).grids()[0]
    row = next(row for row in grid.rows if row.duty == "带队检查")
    assert [cell.word for cell in row.cells[3:5]] == ["完成", "补办"]
    assert row.cells[4].count == "1/1"


def test_each_sum_is_that_of_the_verdicts() -> None:
    record = record_of("ln")
    rows = {row.duty: row for row in LeaderWords(record).sums()}
    for line in record.duties:
        due = [one for one in line.verdicts if one.is_due]
        measure = line.verdicts[-1].measure
        required = sum((one.required for one in due), Fraction(0))
        assert rows[line.title].required == amount(required, measure)
        assert rows[line.title].rate == percent(line.rate)


def test_a_waiver_on_his_post_is_shown_with_its_document() -> None:
    assert [row.waiver for row in record_of("ln").waivers] == ["W1"]
    assert record_of("zw1").waivers == ()
    assert "园组〔2024〕3号" in printed(record_of("ln"))


def test_a_span_cuts_verdicts_and_acts() -> None:
    record = record_of("zw1", span=months_from(2024, 4))
    assert {one.label for one in record.verdicts} == {"2024", "2024-04"}
    # B3 is of April; A4 of May counts for no verdict of April
    assert {line.act.activity for line in record.activities} == {"A1", "B3"}


def test_a_person_in_two_posts_has_both_in_one_record() -> None:
    plain = records()
    posts = {**plain.posts, "厂长": Post("厂长", "乙厂", "主要负责人", "厂长")}
    more = Appointment("ln", "厂长", date(2024, 1, 1), acting=True)
    made = office_of(replace(plain, posts=posts, appointments=(*plain.appointments, more)))
    record = record_of("ln", made)
    assert [(row.post, row.acting) for row in record.appointments] == [
        ("副主任", False),
        ("厂长", True),
    ]
    assert "代理" in printed(record)


def test_alerts_about_him_are_shown() -> None:
    assert {alert.level for alert in record_of("zw2").alerts} == {"remind"}
    assert "预警" in printed(record_of("zw2"))


def test_a_name_with_tags_is_shown_and_never_obeyed() -> None:
    plain = records()
    people = {**plain.people, "ln": replace(plain.people["ln"], name="<i>李</i>")}
    made = office_of(replace(plain, people=people))
    page = leader_html(made.world, [record_of("ln", made)])
    assert "&lt;i&gt;李" in page
    assert "<i>" not in page


def test_the_same_record_gives_the_same_bytes() -> None:
    made = office()
    assert leader_html(made.world, [record_of("ln")]) == leader_html(made.world, [record_of("ln")])


def test_somebody_without_a_post_has_an_empty_record() -> None:
    plain = records()
    kept = tuple(row for row in plain.appointments if row.person != "ln")
    record = record_of("ln", office_of(replace(plain, appointments=kept)))
    assert record.verdicts == ()
    assert record.rate is None
    assert "按期率 —" in printed(record)
