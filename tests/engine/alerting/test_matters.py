"""Short periods are told a month at a time, and never fall silent; up the line, what lapsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from data.notice_register import NoticeItem, NoticeStep, RegisteredNotice, RegisterStep
from data.records import Appointment, Post, Records, Unit
from engine.alerting.alerts import Alert, conclude
from engine.alerting.fact_names import Scope
from engine.alerting.policy import Policy, load_policy
from engine.alerting.recipient_words import Recipient
from engine.alerting.recipients import ReportingLine
from engine.calendar.periods import Period
from engine.calendar.workdays import Workdays
from engine.judging.verdict import Verdict
from rules.calendar import CalendarFile
from tests.helpers.factory_reports import plain_engine
from tests.helpers.factory_verdicts import duty, records, verdict

POLICY = load_policy()
WORKDAYS = Workdays(CalendarFile())
DAILY = duty("daily", frequency={"at_least": 1, "per": "day"})
WEEKLY = duty("weekly", frequency={"at_least": 1, "per": "week"})


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def concluded(
    rows: Sequence[Verdict],
    as_of: date,
    *notices: RegisteredNotice,
    world: Records | None = None,
    policy: Policy = POLICY,
) -> list[Alert]:
    found = conclude(
        rows, world or records(), policy, as_of, WORKDAYS, notices=notices, verify=True,
        engine=plain_engine,
    )  # fmt: skip
    return [one for one in found if one.scope is Scope.OBLIGATION]


def day_of(day: date, as_of: date, closed_after: date) -> Verdict:
    """The verdict of a day on which nothing was done."""
    state = "overdue" if as_of > day else "open"
    flags = ["closed"] if as_of > closed_after else []
    return verdict(
        day.isoformat(), state, of=DAILY, period=Period(day, day), as_of=as_of, flags=flags
    )


def june(as_of: date, *missed: int) -> list[Verdict]:
    """The days of June 2024, these of them missed and the others done."""
    rows = []
    for day in days(date(2024, 6, 1), min(as_of, date(2024, 6, 30))):
        if day.day in missed:
            rows.append(day_of(day, as_of, date(2024, 7, 31)))
        else:
            label, period = day.isoformat(), Period(day, day)
            rows.append(verdict(label, "met", of=DAILY, period=period, as_of=as_of))
    return rows


def test_a_daily_duty_is_told_once_a_month_with_its_days() -> None:
    (one,) = concluded(june(date(2024, 7, 5), 3, 17), date(2024, 7, 5))
    assert (one.level, one.label) == ("remind", "2024-06")
    assert one.key == "remind:park.principal.daily@主任/王@2024-06"
    assert [name.rpartition("@")[2] for name in one.verdicts] == ["2024-06-03", "2024-06-17"]
    assert one.is_whole


def test_few_are_told_when_the_month_is_over_and_held_and_then_until_they_are_closed() -> None:
    shown = [
        as_of
        for as_of in days(date(2024, 6, 3), date(2024, 8, 5))
        if concluded(june(as_of, 3, 17), as_of)
    ]
    assert shown == list(days(date(2024, 7, 5), date(2024, 7, 31)))


def test_the_third_missed_in_a_month_is_told_at_once_and_stays() -> None:
    shown = [
        as_of
        for as_of in days(date(2024, 6, 3), date(2024, 8, 5))
        if concluded(june(as_of, 3, 4, 5, 28), as_of)
    ]
    # 5 June has been held for five working days on 13 June; 10 June is a rest day
    assert shown[0] == date(2024, 6, 13)
    assert shown == list(days(date(2024, 6, 13), date(2024, 7, 31)))
    (early,) = concluded(june(date(2024, 6, 13), 3, 4, 5, 28), date(2024, 6, 13))
    assert (early.is_whole, len(early.verdicts)) == (False, 3)
    (whole,) = concluded(june(date(2024, 7, 5), 3, 4, 5, 28), date(2024, 7, 5))
    assert (whole.is_whole, len(whole.verdicts)) == (True, 4)


def test_at_how_many_missed_is_the_policys_own() -> None:
    as_of = date(2024, 6, 13)
    eager = POLICY.model_copy(update={"short_period_misses": 1})
    assert concluded(june(as_of, 3), as_of) == []
    assert [one.level for one in concluded(june(as_of, 3), as_of, policy=eager)] == ["remind"]


def test_no_slip_goes_out_for_a_day_that_is_due_soon() -> None:
    day = date(2024, 6, 12)
    soon = verdict("2024-06-12", "due_soon", of=DAILY, period=Period(day, day), as_of=day)
    assert concluded([soon], day) == []


def weeks(as_of: date, count: int = 9) -> list[Verdict]:
    """So many weeks from Monday 2024-05-06 in which nothing was done."""
    rows = []
    for at in range(count):
        first = date(2024, 5, 6) + timedelta(days=7 * at)
        period = Period(first, first + timedelta(days=6))
        year, week, _ = first.isocalendar()
        closed = as_of >= (date(2024, 7, 1) if period.last.month == 5 else date(2024, 8, 1))
        rows.append(
            verdict(
                f"{year}-W{week:02}",
                "overdue" if as_of > period.last else "open",
                of=WEEKLY,
                period=period,
                as_of=as_of,
                flags=["closed"] if closed and as_of > period.last else [],
            )
        )
    return rows


def test_a_weekly_duty_missed_nine_times_running_shows_on_every_day_a_monday_too() -> None:
    silent = [
        as_of
        for as_of in days(date(2024, 5, 31), date(2024, 7, 31))
        if not concluded(weeks(as_of), as_of)
    ]
    # Of June's weeks the third is held until 28 June; May's three are told until they close.
    assert silent == []
    levels = [one.level for one in concluded(weeks(date(2024, 7, 8)), date(2024, 7, 8))]
    assert levels == ["supervise"]  # a second month running


def test_what_a_threshold_counted_is_named() -> None:
    rows = [verdict("2024-05", flags=["closed"]), verdict("2024-06")]
    (one,) = concluded(rows, date(2024, 7, 10))
    assert one.level == "supervise"
    assert [name.rpartition("@")[2] for name in one.counted] == ["2024-05", "2024-06"]
    (alone,) = concluded(rows[1:], date(2024, 7, 10))
    assert alone.counted == (alone.matter,)


def test_where_fewer_are_missed_than_are_told_at_once_a_month_is_no_part_of_a_run() -> None:
    rows = weeks(date(2024, 7, 8))
    kept = [one for one in rows if one.period.last.month == 6 or one.period.last.day < 20]
    done = [
        verdict(one.label, "met", of=WEEKLY, period=one.period, as_of=one.as_of)
        for one in rows
        if one not in kept
    ]
    assert [one.level for one in concluded([*kept, *done], date(2024, 7, 8))] == ["remind"]


def sent(level: str, matter: str, *steps: NoticeStep) -> RegisteredNotice:
    """A notice of the register about one matter, drafted on 5 July."""
    drafted = NoticeStep(RegisterStep.DRAFT, date(2024, 7, 5))
    return RegisteredNotice(
        1, level, "园区", date(2024, 7, 5), None, level, "园区", False, 5, "{}",
        (NoticeItem(matter, (matter,)),), (drafted, *steps),
    )  # fmt: skip


ISSUED = NoticeStep(
    RegisterStep.ISSUE, date(2024, 7, 5), number="示〔2024〕1号", until=date(2024, 7, 12)
)
DELIVERED = NoticeStep(RegisterStep.DELIVERED, date(2024, 7, 8), until=date(2024, 7, 15))
REPLIED = NoticeStep(RegisterStep.REPLY, date(2024, 7, 12))
RETURNED = NoticeStep(RegisterStep.RETURN, date(2024, 7, 15), until=date(2024, 7, 22))


@pytest.mark.parametrize(
    ("day", "steps", "level"),
    [
        (16, [], "remind"),
        (16, [ISSUED], "remind"),  # nobody says that it arrived
        (15, [ISSUED, DELIVERED], "remind"),
        (16, [ISSUED, DELIVERED], "supervise"),
        (16, [ISSUED, DELIVERED, REPLIED], "remind"),
        (22, [ISSUED, DELIVERED, REPLIED, RETURNED], "remind"),
        (23, [ISSUED, DELIVERED, REPLIED, RETURNED], "supervise"),
        (31, [ISSUED, DELIVERED, NoticeStep(RegisterStep.CLOSE, date(2024, 7, 15))], "remind"),
        (31, [ISSUED, DELIVERED, NoticeStep(RegisterStep.WITHDRAW, date(2024, 7, 15))], "remind"),
    ],
)
def test_a_level_follows_one_that_was_delivered_and_whose_limit_passed(
    day: int, steps: list[NoticeStep], level: str
) -> None:
    as_of = date(2024, 7, day)
    row = verdict(as_of=as_of)
    (one,) = concluded([row], as_of, sent("remind", row.id, *steps))
    assert one.level == level


@pytest.mark.parametrize(
    ("before", "level"), [("supervise", "warn"), ("warn", "talk"), ("talk", "refer")]
)
def test_each_level_lapses_into_the_next(before: str, level: str) -> None:
    as_of = date(2024, 7, 31)
    row = verdict(as_of=as_of)
    (one,) = concluded([row], as_of, sent(before, row.id, ISSUED, DELIVERED))
    assert one.level == level


def test_a_notice_of_a_period_that_it_follows_in_a_row_counts_too() -> None:
    as_of = date(2024, 8, 9)
    rows = [verdict(as_of=as_of, flags=["closed"]), verdict("2024-07", as_of=as_of)]
    (one,) = concluded(rows, as_of, sent("warn", rows[0].id, ISSUED, DELIVERED))
    assert (one.level, one.label) == ("talk", "2024-07")
    assert one.counted == (rows[0].id, rows[1].id)


TREE = records(
    units={
        "区": Unit("区", "示例区", "区县"),
        "园区": Unit("园区", "示例园区", "园区", parent="区"),
        "空厂": Unit("空厂", "空厂", "企业", parent="园区"),
    },
    posts={
        "区长": Post("区长", "区", "主要负责人"),
        "主任": Post("主任", "园区", "主要负责人"),
        "副主任": Post("副主任", "园区", "分管负责人", reports_to="主任"),
        "科长": Post("科长", "园区", "其他负责人", reports_to="处长"),
        "处长": Post("处长", "园区", "其他负责人", reports_to="副主任"),
        "厂长": Post("厂长", "空厂", "主要负责人"),
    },
    appointments=tuple(
        Appointment(person, post, date(2024, 1, 1))
        for person, post in (("赵", "区长"), ("王", "主任"), ("李", "副主任"), ("孙", "科长"))
    ),
)


@pytest.mark.parametrize(
    ("to", "unit", "post", "goes_to"),
    [
        ("unit_head", "园区", "副主任", "主任"),
        ("unit_head", "园区", "主任", "区长"),  # not to himself: to the head of the unit above
        ("unit_head", "园区", None, "主任"),
        ("unit_head", "空厂", None, "空厂"),  # vacant: to the unit
        ("superior", "园区", "科长", "副主任"),  # past a vacant post
        ("superior", "园区", "主任", "区长"),
        ("superior", "空厂", None, "主任"),
        ("superior", "区", "区长", "区"),
        ("holder", "园区", "副主任", "副主任/李"),
        ("holder", "空厂", "厂长", "空厂"),
    ],
)
def test_a_notice_goes_up_the_reporting_line(
    to: str, unit: str, post: str | None, goes_to: str
) -> None:
    line = ReportingLine(TREE, date(2024, 7, 10), ["主要负责人"])
    holder = {"副主任": "副主任/李", "厂长": "厂长/周"}.get(post or "", post or unit)
    assert line.addressee(Recipient(to), holder, unit, post) == goes_to


def test_nobody_is_copied_on_his_own_notice() -> None:
    line = ReportingLine(TREE, date(2024, 7, 10), ["主要负责人"])
    words = ("unit_head", "superior", "督查部门", "unit")
    assert line.copies(words, "园区", "园区", "副主任") == ("主任", "督查部门")
    assert line.copies(words, "园区", "园区", "主任") == ("区长", "督查部门")
    assert line.copies(words, "空厂", "空厂", None) == ("主任", "督查部门")
