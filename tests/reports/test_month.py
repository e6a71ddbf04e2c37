"""The tables of a month: who stands where, and every number the verdicts' own."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from engine.calendar.periods import Period, months_from
from engine.judging.audit import judge_all, world_of
from engine.judging.verdict import State
from reports.figures import amount, percent
from reports.i18n import LANGS
from reports.month.tables import MonthTables, month_html, span_before, span_title
from tests.helpers.audited import audited
from tests.helpers.factory_reports import audit_of_june, office

JULY_FIRST = date(2024, 7, 1)


@pytest.fixture(scope="module")
def tables() -> MonthTables:
    made = office()
    world = world_of(made.rulebook, made.records, JULY_FIRST, None)
    return MonthTables(world, audit_of_june(), "zh", None)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_reads_like_this(lang, golden) -> None:
    made = office()
    world = world_of(made.rulebook, made.records, JULY_FIRST, None)
    page = month_html(world, audit_of_june(), lang)
    style = re.compile(r"<style>.*?</style>", re.DOTALL)
    golden(f"reports/month.{lang}.html", style.sub("<style></style>", page))


def test_there_is_a_line_for_each_holder_and_duty_with_the_verdicts_numbers(tables) -> None:
    verdicts = tables.audit.verdicts
    lines = tables.lines()
    assert len(lines) == len({one.id.rsplit("@", 1)[0] for one in verdicts})
    assert [line.no for line in lines] == list(range(1, len(lines) + 1))
    lifts = next(line for line in lines if line.duty == "抽查电梯")
    verdict = next(one for one in verdicts if one.id == "park.list.lifts@副主任/ln@2024-Q2")
    assert lifts.required == amount(verdict.required, verdict.measure)
    assert lifts.done == amount(verdict.done, verdict.measure)
    assert lifts.short == amount(verdict.shortfall, verdict.measure)
    assert (lifts.light, lifts.state, lifts.days_overdue) == ("红", "逾期未完成", "1")
    assert (lifts.last_done, lifts.evidence) == ("2024-06-03", "无")


def test_lines_stand_by_unit_and_post_heads_first(tables) -> None:
    posts = [line.post for line in tables.lines() if line.unit == "示例园区管委会"]
    assert posts.index("管委会主任") < posts.index("管委会副主任")


def test_periods_running_come_from_all_that_was_judged(tables) -> None:
    line = next(line for line in tables.lines() if line.unit == "乙机械厂")
    assert line.running == "3"


def test_units_stand_by_their_rates_and_those_with_nothing_due_come_last(tables) -> None:
    rows = tables.units()
    assert [(row.place, row.name) for row in rows] == [
        ("1", "甲化工厂"),
        ("2", "示例园区管委会"),
        ("3", "乙机械厂"),
    ]
    assert sum(row.due for row in rows) == tables.audit.summary.due
    assert rows[0].rate == percent(Fraction(1))


def test_the_place_before_is_that_of_the_span_before(tables) -> None:
    moved = {row.name: (row.before, row.moved) for row in tables.units()}
    assert moved["甲化工厂"] == ("1", "=") or moved["甲化工厂"][1][0] in "↑↓="


def test_what_is_past_making_up_is_counted_and_not_listed(tables) -> None:
    month = tables.month()
    closed = [one for one in tables.audit.arrears if "closed" in one.flags]
    assert month.closed == len(closed)
    assert len(month.arrears) + month.closed == len(tables.audit.arrears)


def test_gaps_name_the_members_that_were_not_reached(tables) -> None:
    assert [row.missing for row in tables.month().gaps] == ["红星超市"]


def test_records_entered_late_are_listed_to_be_looked_at() -> None:
    made = office()
    audit = audited(made.rulebook, made.records, date(2024, 7, 10), span=months_from(2024, 6))
    marked = MonthTables(made.world, audit, "zh", None).month().marked
    assert [(row.flag, row.unit) for row in marked] == [("迟录", "甲化工厂")]


@pytest.mark.parametrize(
    ("span", "before"),
    [
        (months_from(2024, 1), months_from(2023, 12)),
        (months_from(2024, 4, 3), months_from(2024, 1, 3)),
        (months_from(2024, 1, 12), months_from(2023, 1, 12)),
        (
            Period(date(2024, 6, 11), date(2024, 6, 20)),
            Period(date(2024, 6, 1), date(2024, 6, 10)),
        ),
    ],
)
def test_the_span_before_is_as_long(span, before) -> None:
    assert span_before(span) == before


@pytest.mark.parametrize(
    ("span", "title"),
    [
        (months_from(2024, 6), "2024年6月"),
        (months_from(2024, 4, 3), "2024年二季度"),
        (months_from(2024, 7, 6), "2024年下半年"),
        (months_from(2024, 1, 12), "2024年"),
        (months_from(2024, 2, 3), "2024年2月1日至4月30日"),
    ],
)
def test_a_span_goes_by_its_name(span, title) -> None:
    assert span_title(span, "zh") == title


def test_the_same_audit_gives_the_same_page(tables) -> None:
    history = [one.verdict for one in judge_all(tables.world)]
    first = month_html(tables.world, tables.audit, history=history)
    assert first == month_html(tables.world, tables.audit)
    assert State.OVERDUE in tables.audit.summary.states
