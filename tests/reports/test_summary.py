"""What a clerk reads after an audit, and what a spreadsheet gets."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from rich.cells import cell_len
from rich.console import Console

from engine.calendar.periods import Period, months_from
from engine.judging.verdict import Audit, State, Vacancy
from reports.audit.overview import MOST_LINES, overview_of
from reports.audit.statistics import (
    VerdictGroup,
    by_duty,
    by_post_class,
    by_unit,
    counted_by_class,
    counted_by_duty,
    counted_by_unit,
    duties_of,
    made_up_amount,
    places,
    ranked,
)
from reports.audit.terminal import print_summary
from reports.audit.verdict_table import VERDICT_COLUMNS, csv_text, verdicts_csv
from reports.figures import number
from reports.i18n import LANGS, translator
from reports.names import Names
from reports.numbered import RowNumbers
from reports.tables import Column, plain_table
from tests.helpers.audited import audited
from tests.helpers.factory_reports import audit_of_june, office


def printed(
    audit: Audit, lang="zh", *, terminal: bool = False, width: int = 200, limit: int = MOST_LINES
) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, color_system=None)
    made = office()
    names = Names(made.records, made.rulebook.vocabulary)
    print_summary(overview_of(audit, names, limit), names, console, RowNumbers(), lang, limit=limit)
    return out.getvalue()


def duty_groups(audit: Audit) -> list[VerdictGroup]:
    return by_duty(counted_by_duty(audit.verdicts), duties_of(audit.verdicts))


@pytest.mark.parametrize("lang", LANGS)
def test_the_summary_reads_like_this(lang, golden) -> None:
    golden(f"reports/summary.{lang}.txt", printed(audit_of_june(), lang))


def test_what_is_overdue_comes_first_the_longest_first() -> None:
    text = printed(audit_of_june())
    assert text.index("未完成清单") < text.index("往期欠账") < text.index("按单位")
    rows = [line for line in text.splitlines() if line.endswith("第六条  补办期已过")]
    assert rows == []  # arrears that are past making up are only counted
    assert "已过补办期" in text


def test_only_so_many_overdue_lines_are_listed_and_the_rest_are_counted() -> None:
    assert "另有4条" in printed(audit_of_june(), limit=1)


def test_a_span_without_obligations_says_how_to_set_the_first_day() -> None:
    made = office()
    empty = audited(made.rulebook, made.records, date(2024, 3, 1), span=months_from(2023, 6))
    text = printed(empty)
    assert "没有到期的应履事项" in text
    assert "dutyclock init --records-from" in text
    assert "2024年4月1日" in text


def test_every_line_fits_its_columns_on_a_terminal() -> None:
    lines = plain_table("t", [Column("单位"), Column("n", True)], [["示例园区", "1"], ["A", "22"]])
    assert [cell_len(line) for line in lines[1:4]] == [12, 12, 12]


def test_a_narrow_terminal_shows_who_in_one_column() -> None:
    wide = printed(audit_of_june(), terminal=True, width=200)
    narrow = printed(audit_of_june(), terminal=True, width=100)
    assert "条款" in wide
    assert "条款" not in narrow.split("按单位")[0].replace("条款没有", "")
    assert all(cell_len(line) <= 100 for line in narrow.splitlines())


def test_names_are_never_read_as_markup() -> None:
    made = office()
    out = io.StringIO()
    people = dict(made.records.people)
    people["ln"] = replace(people["ln"], name="[red]李[/red]")
    kept = replace(made.records, people=people)
    names = Names(kept)
    print_summary(
        overview_of(audit_of_june(), names), names, Console(file=out, width=200), RowNumbers()
    )
    assert "[red]李[/red]" in out.getvalue()


def test_vacant_posts_are_listed() -> None:
    audit = audit_of_june(vacancies=(Vacancy("主任", "园区", date(2024, 6, 1), date(2024, 6, 5)),))
    assert "负有职责而空缺的职务" in printed(audit)


def test_the_table_for_a_spreadsheet_has_a_line_for_each_verdict() -> None:
    made, audit = office(), audit_of_june()
    text = verdicts_csv(audit.verdicts, made.records, vocabulary=made.rulebook.vocabulary)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    _ = translator("zh")
    assert list(rows[0]) == [_(name) for name in VERDICT_COLUMNS]
    by_id = {one.id: one for one in audit.verdicts}
    assert {row["事项编号"] for row in rows} == set(by_id)
    for row in rows:
        verdict = by_id[row["事项编号"]]
        assert row["应完成"] == number(verdict.required)
        assert row["已完成"] == number(verdict.done)
        assert row["差额"] == number(verdict.shortfall)


def test_no_cell_of_a_spreadsheet_begins_as_a_formula() -> None:
    assert csv_text([["=1+1", "@x", "a"]]) == "\ufeff'=1+1,'@x,a\n"


def test_groups_add_up_to_the_audit() -> None:
    made, audit = office(), audit_of_june()
    names = Names.of_world(made.world)
    for groups in (
        by_unit(counted_by_unit(audit.verdicts), names),
        by_post_class(counted_by_class(audit.verdicts, names), names, "单位本身"),
        duty_groups(audit),
    ):
        assert sum(group.due for group in groups) == audit.summary.due
        assert sum(group.overdue for group in groups) == audit.summary.states[State.OVERDUE]
        assert sum(group.met for group in groups) == audit.summary.states[State.MET]


def test_equals_share_a_place_and_nothing_due_has_none() -> None:
    made = office()
    names = Names.of_world(made.world)
    groups = by_unit(counted_by_unit(audit_of_june().verdicts), names)
    one = replace(groups[0], key="a", rate=Fraction(1), overdue=0, shortfall=Fraction(0))
    two = replace(one, key="b")
    less = replace(one, key="c", rate=Fraction(1, 2))
    least = replace(less, key="d", overdue=3)
    none = replace(one, key="e", rate=None, due=0)
    groups = [none, least, one, less, two]
    assert [group.key for group in ranked(groups)] == ["a", "b", "c", "d", "e"]
    assert places(groups) == {"a": 1, "b": 1, "c": 3, "d": 4}
    assert places([none]) == {}


def test_the_duty_that_nobody_meets_comes_first() -> None:
    groups = [group for group in duty_groups(audit_of_june()) if group.rate is not None]
    rates = [group.rate for group in groups]
    assert rates == sorted(rates)


def test_what_was_done_after_the_deadline_is_told_as_made_up() -> None:
    made = office()
    acts = {act.activity: act for act in made.records.activities}
    found = {one.verdict.id: made_up_amount(one.verdict, acts) for one in made.judged}
    assert found["park.list.lead_check@主任/zw1@2024-05"] == 1
    assert found["park.list.lead_check@主任/zw1@2024-04"] == 0


def test_heads_stand_before_deputies_and_never_by_the_alphabet() -> None:
    names = Names.of_world(office().world)
    assert sorted(names.post_order, key=names.post_order.__getitem__) == ["主任", "副主任"]
    assert list(names.unit_order) == ["园区", "甲厂", "乙厂"]


def test_people_of_one_name_are_told_apart() -> None:
    names = Names.of_world(office().world)
    assert names.person("zw1") == "张伟（zw1）"
    assert names.person("ln") == "李娜"


def test_a_line_of_several_days_says_for_how_many_of_them_its_remark_holds() -> None:
    june = audit_of_june()
    [late] = [one for one in june.verdicts if one.id == "park.list.own_check@乙厂@2024-06"]
    days = [
        replace(
            late, id=f"{late.id}-{day:02}", period=Period(one, one), flags=late.flags[day - 3 :]
        )
        for day in (3, 4, 5)
        for one in [date(2024, 6, day)]
    ]
    assert "本期全单位无履职记录（1期）" in printed(replace(june, verdicts=tuple(days)))
