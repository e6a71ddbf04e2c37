"""SEMANTICS, section 2, "Around any shape": campaigns, joint holders, hedges and the like."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on, run

MONTHLY = {"at_least": 1, "per": "month"}


# campaign, season, window inside the period, except


@sentence(
    "the duty's own first and last day (2024-01-01..2026-12-31)",
)
def test_a_campaign_has_the_dutys_own_first_and_last_day() -> None:
    office = Office()
    office.duty(MONTHLY, valid={"first": "2024-03-01", "last": "2024-08-31"})
    labels = office.labels("2024-12-31")
    assert (labels[0], labels[-1]) == ("2024-03", "2024-08")


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
def test_a_season_is_validity() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 31, "per": "month"}, valid={"season": ("03-01", "12-15")})
    verdicts = [one for one in office.verdicts("2025-01-31") if one.label < "2025"]
    assert [one.label for one in verdicts] == [f"2024-{month:02}" for month in range(3, 13)]
    assert verdicts[-1].required == 15  # pro-rated by its days in the season


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
def test_a_season_that_crosses_new_year_runs_into_the_next() -> None:
    office = Office(records_from="2024-01-01")
    office.duty(MONTHLY, valid={"season": ("11-01", "02-last")})
    assert office.labels("2024-12-31", span="2025-03")[:5] == [
        "2024-01",
        "2024-02",
        "2024-11",
        "2024-12",
        "2025-01",
    ]


@sentence(
    "a stretch inside each period (每季度首月10日前) is the window",
)
@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2024-03-31", "overdue"),
        ("2024-04-01", "met"),
        ("2024-04-10", "met"),
        ("2024-04-11", "overdue"),
    ],
)
def test_a_stretch_inside_each_period_is_the_window(day: str, state: str) -> None:
    office = Office()
    office.duty({"per": "quarter", "between": [{"month": 1, "day": 1}, {"month": 1, "day": 10}]})
    office.act(day)
    verdict = office.verdict("2024-Q2", "2024-04-12")
    assert (verdict.state, verdict.due) == (state, on("2024-04-10"))


@sentence(
    "a stretch inside each period (每季度首月10日前) is the window",
)
def test_a_stretch_inside_each_period_does_not_pro_rate_a_holder_of_all_its_days() -> None:
    office = Office()
    office.appoint("王", last="2024-04-10")
    office.duty(
        {
            "at_least": 3,
            "per": "quarter",
            "between": [{"month": 1, "day": 1}, {"month": 1, "day": 10}],
        }
    )
    assert office.required("2024-Q2", "2024-07-01") == 3


@sentence(
    "windows and rest days that do not count (除寒暑假和休息日外每日)",
)
def test_windows_and_rest_days_named_by_except_do_not_count() -> None:
    office = Office()
    office.unit("小学", "学校")
    office.post("校长", unit="小学")
    office.appoint("孙", post="校长")
    office.duty(
        {"per": "day", "except": ["暑假", "休息日"], "holidays": "count"},
        holder={"posts": "主要负责人", "units": {"type": "学校"}},
    )
    states = {one.label: one.state for one in office.verdicts("2024-07-20", unit="小学")}
    assert states["2024-07-05"] == "overdue"  # the last day before the holidays, a Friday
    assert states["2024-06-30"] == "exempt"  # a Sunday
    assert states["2024-07-08"] == "exempt"  # a Monday in the summer holidays


@sentence(
    "windows and rest days that do not count (除寒暑假和休息日外每日)",
)
def test_days_that_except_takes_out_leave_the_whole_and_what_is_in_force_alike() -> None:
    office = Office()
    office.duty({"at_least": 10, "per": "month", "except": ["安全生产宣传咨询日", "国庆"]})
    assert office.required("2024-10", "2024-11-01") == 10
    office.appoint("王", "2024-10-20")  # 12 of the 24 days that count
    assert office.required("2024-10", "2024-11-01") == 5


# joint


def two_heads(joint: str | None = None) -> Office:
    """The head and the secretary of the park, named together by one monthly duty."""
    office = Office()
    office.post("书记", "党委书记")
    office.appoint("王")
    office.appoint("周", post="书记")
    holder = {"posts": ["主要负责人", "党委书记"]}
    office.duty(MONTHLY, holder=holder | ({"joint": joint} if joint else {}))
    return office


@sentence(
    "`each_of` (one obligation each; the default when a text names several)",
)
@pytest.mark.parametrize("joint", [None, "each_of"])
def test_several_posts_named_owe_one_obligation_each_unless_the_rule_says_otherwise(
    joint: str | None,
) -> None:
    office = two_heads(joint)
    office.act("2024-06-12", holder="书记")
    found = {one.person: one.state for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"王": "overdue", "周": "met"}


@sentence(
    "`any_of` (one for the group, discharged by any)",
)
@pytest.mark.parametrize("post", ["主任", "书记"])
def test_any_of_is_one_obligation_for_the_group_discharged_by_any(post: str) -> None:
    office = two_heads("any_of")
    assert office.verdict("2024-06", "2024-07-01").state == "overdue"
    office.act("2024-06-12", holder=post)
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.state, verdict.person) == ("met", None)


@sentence(
    "`together` (one act whose holder and subjects name all who are in post that day)",
)
@pytest.mark.parametrize(
    ("subjects", "state"), [((), "overdue"), (("书记",), "met"), (("周",), "met")]
)
def test_together_is_one_act_that_names_all_who_are_in_post(
    subjects: tuple[str, ...], state: str
) -> None:
    office = two_heads("together")
    office.act("2024-06-12", subjects=subjects)
    assert office.verdict("2024-06", "2024-07-01").state == state


@sentence(
    "`together` (one act whose holder and subjects name all who are in post that day)",
)
def test_together_two_separate_acts_are_not_one() -> None:
    office = two_heads("together")
    office.act("2024-06-12", holder="主任")
    office.act("2024-06-12", holder="书记")
    assert office.verdict("2024-06", "2024-07-01").state == "overdue"


@sentence(
    "`together` (one act whose holder and subjects name all who are in post that day)",
)
@pytest.mark.parametrize(("day", "state"), [("2024-06-12", "met"), ("2024-06-20", "overdue")])
def test_together_asks_for_those_alone_who_are_in_post_that_day(day: str, state: str) -> None:
    office = Office()
    office.post("书记", "党委书记")
    office.appoint("王")
    office.appoint("周", "2024-06-15", post="书记")
    office.duty(MONTHLY, holder={"posts": ["主要负责人", "党委书记"], "joint": "together"})
    office.act(day)
    assert office.verdict("2024-06", "2024-07-01").state == state


@sentence(
    "`lead` marks 牵头",
)
def test_lead_marks_a_class_and_changes_no_verdict() -> None:
    office = Office()
    office.post("书记", "党委书记")
    office.appoint("王")
    office.appoint("周", post="书记")
    classes = ["主要负责人", "党委书记"]
    office.duty(MONTHLY, "plain", holder={"posts": classes})
    office.duty(MONTHLY, "led", holder={"posts": classes, "lead": "党委书记"})
    office.act("2024-06-12", holder="书记")
    found = {
        (one.duty.id, one.person): one.state for one in office.verdicts("2024-07-01", "2024-06")
    }
    assert found["plain", "周"] == found["led", "周"] == "met"
    assert found["plain", "王"] == found["led", "王"] == "overdue"


@sentence(
    "A clause that has officials urge (督促) enterprises is owed by the enterprise",
)
def test_what_officials_urge_is_owed_by_the_enterprise_and_by_nobody_who_urges() -> None:
    office = Office()
    office.unit("甲厂", "企业", parent="园区")
    office.post("局长", "监管部门负责人")
    office.appoint("吴", post="局长")
    office.duty(MONTHLY, holder={"units": {"type": "企业"}, "supervised_by": "监管部门负责人"})
    office.act("2024-06-12", holder="局长")
    found = [(one.unit, one.post, one.state) for one in office.verdicts("2024-07-01", "2024-06")]
    assert found == [("甲厂", None, "overdue")]


# hedged


@sentence(
    "judged, flagged `hedged`",
)
@pytest.mark.parametrize(("done", "state"), [(0, "overdue"), (1, "met")])
def test_a_hedged_duty_is_judged_and_flagged(done: int, state: str) -> None:
    office = Office()
    office.duty(MONTHLY, hedged=True)
    office.acts(*["2024-06-12"][:done])
    verdict = office.verdict("2024-06", "2024-07-01")
    assert verdict.state == state
    assert "hedged" in verdict.flags


@sentence(
    "judged, flagged `hedged`",
)
def test_a_duty_that_is_not_hedged_has_no_such_flag() -> None:
    office = Office()
    office.duty(MONTHLY)
    assert "hedged" not in office.verdict("2024-06", "2024-07-01").flags


# while


def fundraising(last: str | None = "2024-09-20", per: str = "3 months") -> Office:
    """A duty every three months while money is raised, from 2024-02-10 on."""
    office = Office()
    office.duty({"per": per, "while": "募捐"})
    office.event("募捐一", "2024-02-10", "募捐", last=last)
    return office


@sentence(
    "only between an event's first and last day (募捐期间每三个月)",
)
def test_while_asks_only_between_an_events_first_and_last_day() -> None:
    office = fundraising("2024-05-20", "month")
    periods = [one.period for one in office.verdicts("2024-12-31")]
    assert [one.first for one in periods] == [
        on(day) for day in ("2024-02-10", "2024-03-10", "2024-04-10", "2024-05-10")
    ]


@sentence(
    "periods anchored at its first day",
)
def test_while_periods_are_anchored_at_the_events_first_day() -> None:
    found = [one.period for one in fundraising().verdicts("2024-12-31")]
    assert found[:2] == [run("2024-02-10..2024-05-09"), run("2024-05-10..2024-08-09")]


@sentence(
    "periods anchored at its first day",
)
@pytest.mark.parametrize(("day", "state"), [("2024-05-09", "met"), ("2024-05-10", "overdue")])
def test_while_acts_go_to_the_anchored_period_they_lie_in(day: str, state: str) -> None:
    office = fundraising()
    office.act(day)
    assert office.verdict("募捐一/2024-02-10..2024-05-09", "2024-06-01").state == state


@sentence(
    "only between an event's first and last day (募捐期间每三个月)",
)
def test_while_a_last_period_that_the_event_fills_by_less_than_half_asks_for_nothing() -> None:
    office = fundraising("2024-09-10")  # 32 of the 92 days from 08-10 on
    [last] = [one for one in office.verdicts("2024-12-31") if one.period.first == on("2024-08-10")]
    assert (last.required, last.state) == (0, "exempt")


@sentence(
    "only between an event's first and last day (募捐期间每三个月)",
)
def test_while_nothing_is_asked_without_such_an_event() -> None:
    office = Office()
    office.duty({"per": "3 months", "while": "募捐"})
    office.event("赛", "2024-02-10", "赛事", last="2024-12-31")
    assert office.verdicts("2024-12-31") == []


# results


@sentence(
    "the act is the closing (办结) with its document number",
)
def test_a_result_is_the_closing_with_its_document_number() -> None:
    office = Office()
    office.document("doc", signed="2024-01-01")
    office.duty({"by": "2024-06-30"}, kind="办结", activity={"evidence": True})
    bare = office.act("2024-06-20", kind="办结")
    [open_one] = office.verdicts("2024-07-01")
    assert open_one.state == "overdue"
    assert office.why(open_one.label, "2024-07-01") == {bare: "evidence"}
    office.act("2024-06-25", kind="办结", evidence=("安委〔2024〕12号",))
    assert [one.state for one in office.verdicts("2024-07-01")] == ["met"]


def two_fundraisings() -> Office:
    """A monthly duty while money is raised: two campaigns begin on one day."""
    office = Office(records_from="2024-01-01")
    office.duty({"per": "month", "while": "募捐"})
    office.event("募捐一", "2024-03-01", "募捐", last="2024-04-30")
    office.event("募捐二", "2024-03-01", "募捐", last="2024-03-31")
    return office


@sentence(
    (
        "their labels carry the event (`EVENT/2024-03-01..2024-05-31`), so two events of "
        "one day are two obligations"
    ),
)
def test_while_labels_carry_the_event_so_two_of_one_day_are_two_obligations() -> None:
    office = two_fundraisings()
    office.acts("2024-03-05", "2024-03-20", "2024-04-02")
    found = office.verdicts("2024-05-30")
    assert [(one.label, one.required, one.state) for one in found] == [
        ("募捐一/2024-03-01..2024-03-31", 1, "met"),
        ("募捐一/2024-04-01..2024-04-30", 1, "met"),
        ("募捐二/2024-03-01..2024-03-31", 1, "met"),
    ]
    assert len({one.id for one in found}) == 3


@sentence(
    "a label of days names the one that contains it",
)
@pytest.mark.parametrize(
    ("named", "to"),
    [
        ("2024-03", "募捐一/2024-03-01..2024-03-31"),  # the days of both: the first that lacks it
        ("2024-04-11..2024-04-20", "募捐一/2024-04-01..2024-04-30"),
        ("募捐二/2024-03-01..2024-03-31", "募捐二/2024-03-01..2024-03-31"),
    ],
)
def test_a_label_of_days_names_the_while_period_that_contains_it(named: str, to: str) -> None:
    office = two_fundraisings()
    office.act("2024-05-06", makes_up=named)
    made_up = [one.label for one in office.verdicts("2024-05-30") if one.state == "made_up"]
    assert made_up == [to]


@sentence(
    "periods anchored at its first day",
)
def test_while_a_stretch_inside_each_period_and_days_left_out_hold_too() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"per": "month", "while": "募捐", "between": [1, 10], "except": "休息日"})
    office.event("募捐一", "2024-03-01", "募捐", last="2024-03-31")
    office.act("2024-03-11")
    [verdict] = office.verdicts("2024-05-30")
    assert (verdict.state, verdict.due) == ("overdue", on("2024-03-10"))
    assert verdict.working is not None and verdict.working.whole_days == 6


@sentence(
    "a period of which every day is left out asks nothing (`exempt`, holiday)",
)
@pytest.mark.parametrize("who", [{"units": {"type": "园区"}}, {}])
@pytest.mark.parametrize("frequency", [{"per": "month"}, {"at_least": 5, "per": "month"}])
def test_a_period_of_which_every_day_is_left_out_asks_nothing(
    frequency: dict[str, Any], who: dict[str, Any]
) -> None:
    office = Office(records_from="2024-01-01")
    office.window("停产期", **{"from": "07-01", "to": "08-31"})
    office.duty(frequency | {"except": "停产期"}, **who)
    states = {one.label: (one.state, one.reason) for one in office.verdicts("2024-10-01")}
    assert states["2024-07"] == states["2024-08"] == ("exempt", "holiday")
    assert states["2024-09"] == ("overdue", None)
