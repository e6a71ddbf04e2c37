"""What the default policy concludes, day by day, and that nothing but its rules concludes it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest

from data.records import Appointment, Post, Records, Unit
from engine.alerting.alerts import Alert, conclude
from engine.alerting.conditions import Branch, Value
from engine.alerting.fact_names import FactName, Scope, facts_of
from engine.alerting.facts import Fact, obligation_facts, settled_span, unit_facts
from engine.alerting.matters import Holding, Matter, Track, matters_of
from engine.alerting.matters import tracks as tracks_of
from engine.alerting.oracle import RELATIONS, PolicyDisagreement
from engine.alerting.policy import Policy, load_policy
from engine.alerting.register import NoticesBefore
from engine.alerting.rules_engine import EngineCrashed
from engine.calendar.periods import Period
from engine.calendar.workdays import Workdays
from engine.judging.verdict import State, Verdict
from problems import said
from rules.calendar import CalendarFile
from tests.helpers.factory_verdicts import duty, month, records, verdict
from tests.helpers.sentences import sentence

POLICY = load_policy()
WORKDAYS = Workdays(CalendarFile())
DAY = date(2024, 7, 10)


def alerts(*verdicts: Verdict, policy: Policy = POLICY, as_of: date = DAY) -> tuple[Alert, ...]:
    """What the rules engine concludes, held against plain Python."""
    return conclude(verdicts, records(), policy, as_of, WORKDAYS, verify=True)


def plainly(
    rules: Mapping[str, Sequence[Branch]], facts: Sequence[Mapping[str, Value]]
) -> set[tuple[int, str]]:
    """What the engine answers, without the price of a child process."""
    return {
        (at, name)
        for at, fact in enumerate(facts)
        for name, branches in rules.items()
        if any(all(RELATIONS[c.operator](fact[c.fact], c.value) for c in row) for row in branches)
    }


def levels(
    *verdicts: Verdict,
    policy: Policy = POLICY,
    as_of: date = DAY,
    world: Records | None = None,
) -> list[str]:
    """The levels concluded for obligations."""
    found = conclude(
        verdicts, world or records(), policy, as_of, WORKDAYS, verify=True, engine=plainly
    )
    return [alert.level for alert in found if alert.scope == "obligation"]


HOLDING = Holding(DAY, WORKDAYS, 5)
NOTHING_SENT = NoticesBefore(tuple(POLICY.levels), DAY)


def matters(rows: Sequence[Verdict], as_of: date = DAY) -> list[Matter]:
    return matters_of(rows, Holding(as_of, WORKDAYS, 5))


def tracks(rows: Sequence[Verdict]) -> list[Track]:
    return tracks_of(matters(rows))


def facts_of_unit(rows: Sequence[Verdict]) -> Fact:
    span = settled_span("month", DAY, WORKDAYS, 5)
    levels = list(POLICY.levels)
    return unit_facts(matters(rows), {}, records(), levels, span, NOTHING_SENT)["园区"]


def without(*names: str) -> Policy:
    kept = {name: rule for name, rule in POLICY.rules.items() if name not in names}
    return POLICY.model_copy(update={"rules": kept})


def daily(count: int, state: State, **said: object) -> list[Verdict]:
    """So many verdicts of different duties, all due at the end of June."""
    return [verdict(state=state, of=duty(f"d{at}"), **said) for at in range(count)]  # type: ignore[arg-type]


WINDOW = duty("flood", frequency={"at_least": 1, "windows": {"each": ["汛期"]}})
RACE = duty("race", frequency={"at_least": 1, "after": "赛事", "within": "5 days"})


def opening(first: date, days: int = 6) -> Period:
    return Period(first, first + timedelta(days=days - 1))


CASES: dict[str, Sequence[Verdict]] = {
    "tip_due_soon": [verdict("2024-07", "due_soon")],
    "tip_before_window": [
        verdict("2024/汛期", "upcoming", of=WINDOW, period=opening(date(2024, 7, 17), 60))
    ],
    "tip_before_short_limit": [
        verdict("E1", "upcoming", of=RACE, period=opening(date(2024, 7, 17)))
    ],
    "ask_record_before_due": [verdict("2024-07", "due_soon", flags=["records_incomplete"])],
    "ask_record": [verdict(flags=["records_incomplete"])],
    "remind_overdue": [verdict()],
    "supervise_two_running": [verdict(), verdict("2024-05", flags=["closed"])],
    "warn_three_running": [verdict(f"2024-0{at}") for at in (4, 5, 6)],
    "warn_three_in_a_year": [
        verdict(f"2024-0{at}", "met" if at == 5 else "overdue") for at in (3, 4, 5, 6)
    ],
    "unit_third_in_red": daily(1, State.OVERDUE) + daily(3, State.MET)[1:],
    "unit_many_supervised": [
        verdict(label, of=duty(f"d{at}"), flags=["closed"] if label == "2024-04" else [])
        for at in range(3)
        for label in ("2024-04", "2024-05")
    ],
}
"""Verdicts in which each active rule of the default policy fires."""

AFTER = {
    "supervise_after_remind": "remind",
    "warn_after_supervise": "supervise",
    "talk_after_warning": "warn",
    "refer_after_talk": "talk",
}
"""The rules that ask whether a notice lapsed, each with the level of that notice."""


def test_every_default_rule_has_a_case() -> None:
    active = {name for name, rule in POLICY.rules.items() if rule.active}
    assert {*CASES, *AFTER} == active


@pytest.mark.parametrize("name", sorted(CASES))
def test_deleting_a_rule_makes_its_alerts_vanish(name: str) -> None:
    before = alerts(*CASES[name])
    fired = [alert for alert in before if name in alert.rules]
    assert fired
    assert {alert.level for alert in fired} >= {POLICY.rules[name].conclude}
    after = alerts(*CASES[name], policy=without(name))
    assert not any(name in alert.rules for alert in after)
    alone = {alert.key for alert in fired if alert.rules == (name,)}
    assert not alone & {alert.key for alert in after}
    untouched = {alert for alert in before if alert.scope == "obligation" and alert not in fired}
    assert untouched <= set(after)


def test_a_policy_without_rules_concludes_nothing() -> None:
    everything = [one for case in CASES.values() for one in case]
    assert alerts(*everything, policy=without(*POLICY.rules)) == ()


def test_an_alert_says_what_it_is_about() -> None:
    (one,) = alerts(verdict(due=date(2024, 6, 28)))
    identity = "park.principal.lead_check@主任/王@2024-06"
    assert one == Alert(
        key=f"remind:{identity}",
        level="remind",
        rules=("remind_overdue",),
        scope="obligation",
        addressee="园区",
        duty="park.principal.lead_check",
        holder="主任/王",
        holder_kind="person",
        label="2024-06",
        unit="园区",
        post="主任",
        person="王",
        matter=identity,
        verdicts=(identity,),
        counted=(identity,),
        copies=(),
        is_whole=True,
        reason_facts=(
            ("closed", False),
            ("held", False),
            ("records_incomplete", False),
            ("state", "overdue"),
        ),
        due=date(2024, 6, 28),
        deadline=date(2024, 6, 28),
        as_of=DAY,
    )
    assert not one.to_unit


def test_of_several_levels_the_highest_priority_stands_and_all_rules_are_listed() -> None:
    case = CASES["supervise_two_running"]
    (one,) = (alert for alert in alerts(*case) if alert.scope == "obligation")
    assert (one.level, one.label) == ("supervise", "2024-06")
    assert one.rules == ("supervise_two_running", "remind_overdue")
    assert ("periods_running", 2) in one.reason_facts


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        (date(2024, 7, 4), []),  # the fourth working day after Sunday 2024-06-30
        (date(2024, 7, 5), ["remind"]),  # the fifth, whose records are in
        (date(2024, 7, 8), ["remind"]),
    ],
)
def test_an_overdue_alert_waits_for_the_working_days_of_the_policy(
    as_of: date, found: list[str]
) -> None:
    assert levels(verdict(as_of=as_of), as_of=as_of) == found


def test_the_wait_is_the_policys_own() -> None:
    day = date(2024, 7, 1)
    patient = POLICY.model_copy(update={"hold_working_days": 9})
    hasty = POLICY.model_copy(update={"hold_working_days": 0})
    assert levels(verdict(as_of=day), as_of=day, policy=hasty) == ["remind"]
    assert levels(verdict(), policy=patient) == []
    later = date(2024, 7, 11)  # the ninth working day after 06-30
    assert levels(verdict(as_of=later), as_of=later, policy=patient) == ["remind"]


@sentence(
    "it stays in `arrears`, leaves alerts and notices, and a make-up still counts",
)
def test_what_is_closed_leaves_the_alerts() -> None:
    assert levels(verdict(flags=["closed"])) == []
    assert levels(verdict(flags=["closed", "records_incomplete"])) == []


def test_incomplete_records_are_asked_for_and_nobody_is_accused() -> None:
    assert levels(verdict(flags=["records_incomplete"])) == ["ask_record"]
    ran = [verdict("2024-05", flags=["closed"]), verdict(flags=["records_incomplete"])]
    assert levels(*ran) == ["ask_record"]


@sentence(
    "the ladder stops at its first reminder",
)
def test_hedged_duties_stop_at_the_first_reminder() -> None:
    hedged = duty(hedged=True)
    ran = [verdict(label, of=hedged, flags=["hedged"]) for label in ("2024-05", "2024-06")]
    assert levels(*ran) == ["remind", "remind"]


@sentence(
    "who has left gets no tips",
)
def test_who_has_left_gets_no_tips() -> None:
    one = verdict("2024-07", "due_soon")
    for last, found in ((date(2024, 7, 9), []), (DAY, ["tip"]), (None, ["tip"])):
        world = records(appointments=(Appointment("王", "主任", date(2024, 1, 1), last),))
        assert levels(one, world=world) == found


def test_a_post_that_is_vacant_or_abolished_gets_no_tips() -> None:
    on_post = verdict("2024-07", "due_soon", person=None)
    assert levels(on_post) == ["tip"]
    assert levels(on_post, world=records(appointments=())) == []
    abolished = Post("主任", "园区", "主要负责人", last=date(2024, 7, 9))
    assert levels(on_post, world=records(posts={"主任": abolished})) == []


def test_a_unit_is_tipped_itself_unless_it_is_gone() -> None:
    by_unit = duty("daily", holder={"units": {"type": "企业"}})
    owed = verdict("2024-07", "due_soon", of=by_unit, unit="甲厂", post=None, person=None)
    (tip,) = alerts(owed)
    assert (tip.addressee, tip.to_unit) == ("甲厂", True)
    gone = records(units={"甲厂": Unit("甲厂", "甲化工厂", "企业", last=date(2024, 7, 9))})
    assert levels(owed, world=gone) == []


def test_a_group_is_tipped_while_any_of_its_posts_is_held() -> None:
    shared = duty("both", holder={"posts": ["主要负责人", "分管负责人"], "joint": "any_of"})
    posts = ("主任", "副主任")
    owed = verdict("2024-07", "due_soon", of=shared, post=None, person=None, members=posts)
    (tip,) = alerts(owed)
    assert (tip.addressee, tip.holder_kind, tip.to_unit) == ("园区", "group", False)
    one_left = records(appointments=(Appointment("李", "副主任", date(2024, 1, 1)),))
    assert levels(owed, world=one_left) == ["tip"]
    assert levels(owed, world=records(appointments=())) == []


@pytest.mark.parametrize(("days_ahead", "found"), [(8, []), (7, ["tip"]), (1, ["tip"])])
@pytest.mark.parametrize("of", [WINDOW, RACE], ids=["window", "event"])
def test_windows_and_short_limits_are_tipped_7_days_before_they_open(
    of: object, days_ahead: int, found: list[str]
) -> None:
    period = opening(DAY + timedelta(days=days_ahead))
    assert levels(verdict("2024/x", "upcoming", of=of, period=period)) == found  # type: ignore[arg-type]


def test_a_long_limit_is_not_tipped_before_it_opens() -> None:
    for days, found in ((7, ["tip"]), (8, [])):
        period = opening(DAY + timedelta(days=3), days)
        assert levels(verdict("E1", "upcoming", of=RACE, period=period)) == found


@pytest.mark.parametrize(
    ("history", "running"),
    [
        ("overdue overdue", [1, 2]),
        ("overdue exempt overdue", [1, 0, 2]),
        ("overdue made_up overdue", [1, 0, 1]),
        ("overdue met overdue overdue", [1, 0, 1, 2]),
        ("overdue exceeded overdue", [1, 0, 1]),
        ("overdue overdue open", [1, 2, 0]),
        ("exempt overdue", [0, 1]),
    ],
)
def test_periods_running(history: str, running: list[int]) -> None:
    states = history.split()
    rows = [verdict(f"2024-0{at}", state) for at, state in enumerate(states, start=1)]
    if states[-1] == "open":
        rows[-1] = verdict("2024-07", "open")
    assert [track.periods_running for track in tracks(rows)] == running


def test_incomplete_records_neither_count_in_a_run_nor_break_it() -> None:
    rows = [verdict(f"2024-0{at}") for at in (1, 2, 3)]
    rows[1] = verdict("2024-02", flags=["records_incomplete"])
    assert [track.periods_running for track in tracks(rows)] == [1, 0, 2]


def test_runs_are_of_one_duty_one_measure_and_one_holder() -> None:
    others = [
        verdict("2024-05", of=duty("other")),
        verdict("2024-05", person="李"),
        verdict("2024-05", post="副主任"),
        verdict("2024-05", part=1),
    ]
    assert all(track.periods_running == 1 for track in tracks([*others, verdict("2024-06")]))


def test_missed_this_year_counts_from_january_and_with_make_ups_apart() -> None:
    as_of = date(2025, 3, 10)
    states = {
        "2024-11": "overdue",
        "2024-12": "made_up",
        "2025-01": "overdue",
        "2025-02": "overdue",
    }
    rows = [verdict(label, state, as_of=as_of) for label, state in states.items()]
    found = tracks(rows)
    assert [track.missed_this_year for track in found] == [1, 1, 1, 2]
    assert [track.late_this_year for track in found] == [1, 2, 1, 2]


@pytest.mark.parametrize(("red", "of_all", "fires"), [(1, 3, True), (1, 4, False), (2, 2, False)])
def test_a_third_of_at_least_three_due_in_red_is_a_units_alert(
    red: int, of_all: int, fires: bool
) -> None:
    rows = daily(red, State.OVERDUE) + daily(of_all, State.MET)[red:]
    found = [alert for alert in alerts(*rows) if alert.scope == "unit"]
    assert bool(found) == fires
    if fires:
        assert found[0].key == "supervise:*@园区@2024-06"
        assert found[0].verdicts == (rows[0].id,)
        assert ("red_permille", 333) in found[0].reason_facts
        assert found[0].to_unit


def test_a_unit_is_not_held_to_hedged_incomplete_closed_or_unsettled_obligations() -> None:
    plain = daily(2, State.OVERDUE)
    left_out = [
        verdict(of=duty("h", hedged=True)),
        verdict(of=duty("i"), flags=["records_incomplete"]),
        verdict(of=duty("c"), flags=["closed"]),
        verdict(of=duty("g"), due=date(2024, 7, 8), due_unmoved=date(2024, 6, 30)),
        verdict("2024-05", of=duty("m")),
        verdict(state="exempt", of=duty("e")),
    ]
    facts = facts_of_unit([*plain, *left_out])
    assert facts["due"] == facts["overdue"] == facts["duties_red"] == 2
    assert (facts["holders_due"], facts["holders_red_permille"]) == (1, 1000)


@pytest.mark.parametrize(
    ("unit_span", "as_of", "label", "period"),
    [
        ("month", date(2024, 7, 4), "2024-05", month("2024-05")),
        ("month", date(2024, 7, 5), "2024-06", month("2024-06")),
        ("month", date(2025, 1, 10), "2024-12", month("2024-12")),
        ("quarter", date(2024, 7, 5), "2024-Q2", Period(date(2024, 4, 1), date(2024, 6, 30))),
        ("half_year", date(2024, 12, 31), "2024-H1", Period(date(2024, 1, 1), date(2024, 6, 30))),
        ("year", date(2024, 12, 31), "2023", Period(date(2023, 1, 1), date(2023, 12, 31))),
    ],
)
def test_units_are_looked_at_over_the_last_settled_span(
    unit_span: str, as_of: date, label: str, period: Period
) -> None:
    span = settled_span(unit_span, as_of, WORKDAYS, 5)  # type: ignore[arg-type]
    assert (span.label, span.period) == (label, period)


def test_the_order_of_verdicts_changes_nothing() -> None:
    rows = list({one.id: one for case in CASES.values() for one in case}.values())
    whole = alerts(*rows)
    random.Random(7).shuffle(rows)
    assert alerts(*rows) == whole
    assert [(one.scope, one.key) for one in whole] == sorted((a.scope, a.key) for a in whole)
    assert len({alert.key for alert in whole}) == len(whole)


KINDS = {"number": int, "text": str, "truth": bool}


def check_kinds(facts: Mapping[str, Value], names: Mapping[str, FactName]) -> None:
    assert set(facts) == set(names)
    for name, value in facts.items():
        assert isinstance(value, KINDS[names[name].kind]), name
        assert not (names[name].kind == "number" and isinstance(value, bool)), name
        assert not names[name].values or value in names[name].values, name


@pytest.mark.parametrize("state", list(State))
def test_facts_are_those_that_a_policy_may_ask(state: State) -> None:
    rows = matters([verdict(state=state)])
    (facts,) = obligation_facts(rows, tracks_of(rows), records(), HOLDING, NOTHING_SENT)
    check_kinds(facts, facts_of(Scope.OBLIGATION, POLICY.levels))


def test_facts_of_units_are_those_that_a_policy_may_ask() -> None:
    check_kinds(facts_of_unit([verdict()]), facts_of(Scope.UNIT, POLICY.levels))


def test_a_verdict_without_a_due_day_has_facts_and_no_alert() -> None:
    blank = verdict(state="to_be_ruled", due=None, window=None)
    assert levels(blank) == []


def test_verify_finds_an_engine_that_loses_a_conclusion() -> None:
    def losing(
        rules: Mapping[str, Sequence[Branch]], facts: Sequence[Mapping[str, Value]]
    ) -> set[tuple[int, str]]:
        return set()

    said = (verdict(),)
    assert conclude(said, records(), POLICY, DAY, WORKDAYS, engine=losing) == ()
    with pytest.raises(PolicyDisagreement, match="remind_overdue"):
        conclude(said, records(), POLICY, DAY, WORKDAYS, engine=losing, verify=True)


def test_an_engine_that_fails_is_an_error_and_not_an_empty_list() -> None:
    def crashing(
        rules: Mapping[str, Sequence[Branch]], facts: Sequence[Mapping[str, Value]]
    ) -> set[tuple[int, str]]:
        raise EngineCrashed(said("engine_ended_by", signal="SIGSEGV"))

    with pytest.raises(EngineCrashed):
        conclude([verdict()], records(), POLICY, DAY, WORKDAYS, engine=crashing)


def test_verdicts_of_another_day_are_refused() -> None:
    with pytest.raises(ValueError, match="one day"):
        conclude([verdict()], records(), POLICY, date(2024, 7, 11), WORKDAYS)
