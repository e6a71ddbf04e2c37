"""A year of a small office, day by day: each missed duty goes up the ladder, and nothing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from data.keeping.making import create_store
from data.keeping.notice_register import (
    NoticeDraft,
    StepToTake,
    draft_notices,
    registered_notices,
    take_steps,
)
from data.keeping.verify import verify_store
from data.notice_register import NoticeItem, NoticeStage, RegisteredNotice, RegisterStep
from data.store.journal import Doing
from data.store.opening import Store
from engine.alerting.alerts import Alert, conclude
from engine.alerting.drafting import undrafted
from engine.alerting.fact_names import Scope
from engine.alerting.policy import load_policy
from engine.calendar.workdays import Workdays
from engine.judging.audit import judge_all, world_of
from engine.judging.verdict import State, Verdict
from rules.calendar import CalendarFile
from tests.helpers.factory_reports import plain_engine
from tests.helpers.small_world import Office

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
POLICY = load_policy()
WORKDAYS = Workdays(CalendarFile())
NOBODY_ANSWERS, ANSWERS = "check", "visit"


def small_office() -> Office:
    """王 never does a monthly duty; 李 makes each of his good when he is reminded; a weekly and a
    daily duty are missed too; 孙 does all of his.
    """
    office = Office(records_from="2024-01-01")
    office.unit("区", "区县")
    office.staff("区长", "赵", unit="区")
    office.unit("园区", parent="区")
    office.staff("副主任", "李", "分管负责人", reports_to="主任")
    office.staff("科长", "孙", "其他负责人", reports_to="副主任")
    # 区 owes nothing: the duties are of the park alone
    park = {"units": {"type": ["园区"]}}
    office.duty(
        {"at_least": 1, "per": "month"}, NOBODY_ANSWERS, holder={"posts": ["主要负责人"], **park}
    )
    office.duty({"at_least": 1, "per": "month"}, ANSWERS, posts="分管负责人", kind="走访")
    office.duty({"at_least": 1, "per": "month"}, "study", posts="其他负责人", kind="学习")
    office.duty({"at_least": 1, "per": "week"}, "weekly", posts="其他负责人", kind="会商",
                valid={"first": "2024-02-01", "last": "2024-04-30"})  # fmt: skip
    spring = {"first": "2024-03-01", "last": "2024-03-31"}
    office.duty(
        {"at_least": 1, "per": "day"}, "daily", posts="分管负责人", kind="巡查", valid=spring
    )
    for month in range(1, 13):
        office.act(f"2024-{month:02}-10", kind="学习", holder="科长", person="孙")
    return office


@dataclass
class Year:
    """What was concluded, drafted and issued on each day."""

    standing: dict[date, tuple[Alert, ...]] = field(default_factory=dict)
    overdue: dict[date, list[Verdict]] = field(default_factory=dict)
    drafted: dict[date, list[NoticeDraft]] = field(default_factory=dict)
    register: tuple[RegisteredNotice, ...] = ()
    store: Store | None = None


def drafts_of(alerts: tuple[Alert, ...]) -> list[NoticeDraft]:
    """One for each level and addressee, as papers put them together."""
    batches: dict[tuple[str, str, Scope], list[Alert]] = defaultdict(list)
    for alert in alerts:
        batches[alert.level, alert.addressee, alert.scope].append(alert)
    drafts = []
    for (name, to, _), group in sorted(batches.items()):
        level = POLICY.levels[name]
        items = [NoticeItem(one.matter, one.verdicts) for one in group]
        own = {one.matter for one in group}
        counted = dict.fromkeys(
            matter
            for one in group
            for matter in one.counted
            if one.scope is Scope.OBLIGATION and matter not in own
        )
        items += [NoticeItem(matter, (matter,), False) for matter in counted]
        days = level.reply_working_days
        drafts.append(
            NoticeDraft(name, to, level.zh, group[0].unit, level.approval, days, tuple(items), "{}")
        )
    return drafts


def days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)


@cache
def year() -> Year:
    """Each working day the office drafts, approves, issues and delivers what there is; 李 makes
    up what he is reminded of the day after.
    """
    office, found = small_office(), Year()
    book = office.rulebook()
    store = found.store = create_store("sqlite://", FIRST, Doing(datetime.combine(FIRST, time(8))))
    for day in days():
        if not WORKDAYS.is_workday(day):
            continue
        world = world_of(book, office.records(), day, None)
        verdicts = [one.verdict for one in judge_all(world)]
        doing = Doing(datetime.combine(day, time(9)), "示例文员")
        with store.reading() as connection:
            before = registered_notices(connection, day)
        alerts = conclude(
            verdicts, world.records, POLICY, day, WORKDAYS, notices=before, engine=plain_engine
        )
        drafts = drafts_of(undrafted(alerts, before, POLICY))
        if drafts:
            assert draft_notices(store, drafts, (), day, None, doing) == len(drafts)
            # somebody else, who saw the same, drafts it at the same time
            assert draft_notices(store, drafts, (), day, None, doing) == 0

        def issued(notices: tuple[RegisteredNotice, ...], on: date = day) -> list[StepToTake]:
            """What was drafted today, gone through to its delivery."""
            steps = []
            for one in notices:
                if one.stage is not NoticeStage.DRAFTED:
                    continue
                days = one.reply_working_days
                until = WORKDAYS.add(on, days) if days else None
                if one.needs_approval:
                    steps.append(StepToTake(one.notice, RegisterStep.APPROVE, on))
                steps.append(
                    StepToTake(one.notice, RegisterStep.ISSUE, on, None, "示安委办", until)
                )
                steps.append(StepToTake(one.notice, RegisterStep.DELIVERED, on, until=until))
            return steps

        if drafts:
            take_steps(store, issued, doing)
        found.standing[day], found.drafted[day] = alerts, drafts
        found.overdue[day] = [one for one in verdicts if one.state is State.OVERDUE]
        for draft in drafts:
            for item in draft.items:
                name, _, label = item.matter.rpartition("@")
                if draft.level == "remind" and name.startswith(f"{ANSWERS}@"):
                    made = (day + timedelta(days=1)).isoformat()
                    office.act(made, kind="走访", holder="副主任", person="李", makes_up=label)
    with store.reading() as connection:
        found.register = registered_notices(connection)
    return found


def test_a_duty_that_nobody_answers_for_goes_up_the_ladder_one_step_at_a_time() -> None:
    told: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for day, drafts in year().drafted.items():
        for draft in drafts:
            for item in draft.items:
                if item.is_own and item.matter.startswith(f"{NOBODY_ANSWERS}@"):
                    told[item.matter.rpartition("@")[2]].append((day, draft.level))
    levels = {label: [level for _, level in row] for label, row in told.items()}
    assert levels["2024-01"][:3] == ["tip", "remind", "supervise"]
    # February follows January in a row, whose supervision has lapsed by then
    assert levels["2024-02"] == ["tip", "warn", "talk"]
    ladder = ["tip", *POLICY.above("tip")]
    for label, row in levels.items():
        places = [ladder.index(level) for level in row]
        assert places == sorted(set(places)), label  # up only, and no level twice
    highest = [ladder.index(max(row, key=ladder.index)) for row in levels.values()]
    assert max(highest) >= ladder.index("talk")
    every = sorted((day, ladder.index(level)) for row in told.values() for day, level in row)
    reached = list(dict.fromkeys(place for _, place in every))
    assert reached == sorted(reached)  # no level is skipped on the way up


def test_what_is_made_good_when_it_is_reminded_of_goes_no_further() -> None:
    levels = {
        draft.level
        for drafts in year().drafted.values()
        for draft in drafts
        for item in draft.items
        if item.matter.startswith(f"{ANSWERS}@")
    }
    assert levels == {"tip", "remind"}


def test_what_is_overdue_is_never_silent_between_held_and_closed() -> None:
    for day, rows in year().overdue.items():
        standing = {name for alert in year().standing[day] for name in alert.verdicts}
        for verdict in rows:
            assert verdict.deadline is not None
            held = WORKDAYS.count(verdict.deadline + timedelta(days=1), day) < 5
            if held or "closed" in verdict.flags or verdict.duty.id in ("weekly", "daily"):
                continue
            assert verdict.id in standing, (day, verdict.id)
        # short ones are told in any case once their month is over and held
        for verdict in rows:
            month_end = (verdict.period.last.replace(day=28) + timedelta(days=4)).replace(day=1)
            settled = WORKDAYS.count(month_end, day) >= 5 and month_end <= day
            if settled and "closed" not in verdict.flags:
                assert verdict.id in standing, (day, verdict.id)


def test_nothing_is_said_twice() -> None:
    said: dict[tuple[str, str, str], list[frozenset[str]]] = defaultdict(list)
    for one in year().register:
        for item in one.items:
            if item.is_own:
                said[one.level, one.addressee, item.matter].append(frozenset(item.verdicts))
    for key, times in said.items():
        short = key[2].startswith(("weekly@", "daily@"))
        # a month that was told before it was over is told once more, with what came after
        assert len(times) <= (2 if short else 1), key
        assert len(set(times)) == len(times), key


def test_every_number_is_there_once_and_there_are_no_gaps() -> None:
    numbers = [one.number for one in year().register]
    assert numbers == [f"示安委办〔2024〕{at}号" for at in range(1, len(numbers) + 1)]
    assert len(numbers) > 40
    store = year().store
    assert store is not None
    assert verify_store(store).broken == ()
