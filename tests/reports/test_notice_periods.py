"""Periods as letters name them: the days of weeks and events, and which short ones were missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.records import Event
from engine.calendar.periods import Period
from engine.judging.verdict import Verdict
from reports.notice.papers import NoticeWriting, Sender
from reports.notice.periods import missed_text, period_named
from tests.helpers.factory_reports import AS_OF, duty, office_of, records, rulebook
from tests.helpers.factory_verdicts import verdict

RACE = Event("E1", "赛事", date(2024, 6, 20))


def stretch(first: date, days: int) -> Verdict:
    return verdict(first.isoformat(), period=Period(first, first + timedelta(days=days - 1)))


def june(*days: int) -> list[Verdict]:
    return [stretch(date(2024, 6, day), 1) for day in days]


def weeks(*days: int) -> list[Verdict]:
    return [stretch(date(2024, 6, day), 7) for day in days]


@pytest.mark.parametrize(
    ("missed", "zh", "en"),
    [
        (june(3), "6月3日", "2024-06-03"),
        (june(3, 4, 7), "6月3日、4日、7日", "2024-06-03, 2024-06-04, 2024-06-07"),
        (
            june(1, 3, 5, 6, 9),
            "6月1日、3日、5日等5天",
            "2024-06-01, 2024-06-03, 2024-06-05 and 2 more, 5 days",
        ),
        (weeks(3), "2024年第23周，6月3日至9日", "week 23 of 2024, 2024-06-03 to 2024-06-09"),
        (weeks(3, 10, 17), "6月3日至23日，连续3周", "2024-06-03 to 2024-06-23, 3 in a row"),
        (
            weeks(3, 24),
            "6月3日至9日、6月24日至30日共2周",
            "2024-06-03 to 2024-06-09, 2024-06-24 to 2024-06-30, 2 in all",
        ),
        ([stretch(date(2024, 6, 1), 10)], "6月1日至10日", "2024-06-01 to 2024-06-10"),
    ],
)
def test_missed_short_periods_are_told_by_their_days(
    missed: Sequence[Verdict], zh: str, en: str
) -> None:
    assert (missed_text(missed, "zh"), missed_text(missed, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("one", "zh"),
    [
        (verdict("2024-06"), "2024年6月"),
        (replace(verdict(), label="E1", event="E1"), "赛事（2024年6月20日）"),
        (replace(verdict(), label="E1", event="E1", event_title="长跑"), "长跑（2024年6月20日）"),
        (replace(verdict(), label="E9", event="任职-2024-03-01"), "任职（2024年3月1日）"),
        (replace(verdict(), label="2024/汛期+国庆"), "2024年汛期、国庆"),
        (
            verdict("2024-W27", period=Period(date(2024, 7, 1), date(2024, 7, 7))),
            "2024年第27周，7月1日至7日",
        ),
        (
            verdict("2024-06-X1", period=Period(date(2024, 6, 1), date(2024, 6, 10))),
            "2024年6月1日至6月10日",
        ),
    ],
)  # fmt: skip
def test_no_code_of_a_period_stands_in_a_letter(one: Verdict, zh: str) -> None:
    assert period_named(one, {"E1": RACE}, "zh") == zh


def test_a_daily_duty_is_one_line_with_its_month_its_days_and_numbers_that_add_up() -> None:
    daily = duty(
        "daily", "每日巡查", "第十二条", "每日巡查1次",
        holder={"units": {"type": ["企业"]}},
        activity={"kind": "自查"},
        frequency={"at_least": 1, "per": "day"},
    )  # fmt: skip
    made = office_of(records(), AS_OF, replace(rulebook(), duties=(daily,)))
    writing = NoticeWriting(made.world, made.judged, made.policy, "zh", None, Sender())
    notices = [writing.notice(batch) for batch in writing.batches(made.alerts)]
    rows = [
        row for one in notices if one for row in one.rows if row.verdict.startswith("park.list")
    ]
    own = [row for row in rows if "@甲厂@" in row.verdict and row.period.startswith("2024年6月")]
    # 甲厂 did it on one of thirty days; nothing is said of a day in July but the first ones settled
    assert {(row.required, row.done, row.short) for row in own} == {("30次", "1次", "29次")}
    assert {row.period for row in own} == {"2024年6月：6月1日、2日、3日等29天"}
    assert {row.due for row in own} == {"2024年6月30日"}
