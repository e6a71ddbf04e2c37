"""What the slow second reading in tests/reference found: one test for each mended sentence."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}


def test_a_joint_act_recorded_under_another_post_of_a_member_counts() -> None:
    office = Office()
    office.duty(MONTHLY, holder={"posts": ["主要负责人", "分管负责人"], "joint": "together"})
    office.appoint("王")
    office.staff("副主任", "李", "分管负责人")
    office.unit("镇")
    office.post("书记", "其他负责人", unit="镇")
    office.appoint("王", post="书记")
    office.act("2024-06-12", holder="书记", person="王", subjects=("主任", "副主任"))
    assert office.verdict("2024-06", "2024-07-01").state == "met"


def test_a_units_waiver_takes_out_the_days_of_a_vacancy_too() -> None:
    office = Office(holder=None)
    office.duty({"at_least": 1, "per": "quarter", "due": {"month": 3, "day": "last"}})
    office.appoint("王", last="2024-02-18")
    office.waive("2024-01-11", "2024-03-02", holder="园区")
    one = office.verdict("2024-Q1", "2024-04-10")
    assert (one.state, one.reason) == ("exempt", "waived")


def test_a_tally_without_a_roster_is_owed_by_the_person_in_the_post() -> None:
    office = Office()
    office.duty({"each": {"type": "项目"}, "at_least": 1, "per": "quarter"})
    office.act("2024-05-12", quantity=87, out_of=90)
    one = office.verdict("2024-Q2", "2024-07-02")
    assert (one.state, one.person, one.required, one.done) == ("overdue", "王", 90, 87)


def test_without_a_roster_or_a_tally_nobody_is_named() -> None:
    office = Office()
    office.duty({"each": {"type": "项目"}, "at_least": 1, "per": "quarter"})
    one = office.verdict("2024-Q2", "2024-07-02")
    assert (one.state, one.reason, one.person) == ("exempt", "no_members", None)


def test_naming_the_subjects_of_a_tally_could_complete_a_coverage() -> None:
    office = Office()
    office.duty({"each": {"type": "项目"}, "at_least": 1, "per": "quarter"})
    office.subject("甲")
    office.act("2024-05-12", quantity=9, out_of=10)
    assert "records_incomplete" in office.verdict("2024-Q2", "2024-07-02").flags


def test_an_act_that_is_still_to_come_reuses_no_evidence() -> None:
    office = Office()
    office.duty(MONTHLY)
    office.act("2024-06-12", evidence=("照片1",))
    office.act("2024-07-20", evidence=("照片1",), recorded="2024-06-12")
    assert "evidence_reused" not in office.verdict("2024-06", "2024-07-01").flags
    assert "evidence_reused" in office.verdict("2024-06", "2024-07-21").flags


def test_records_alike_with_blanks_are_filled_in_once() -> None:
    office = Office()
    office.duty({"at_least": 2, "per": "month"}, activity={"role": "带队"})
    office.acts("2024-06-12", "2024-06-12", role=None)
    assert "records_incomplete" not in office.verdict("2024-06", "2024-07-02").flags
    office.act("2024-06-13", role=None)
    assert "records_incomplete" in office.verdict("2024-06", "2024-07-02").flags


def test_what_is_due_after_a_period_is_owed_by_who_came_after_it() -> None:
    office = Office(holder=None)
    office.duty({"at_least": 1, "about": "month", "due": "last"})
    office.appoint("王", "2024-05-10")
    one = office.verdict("2024-04", "2024-06-02")
    assert (one.state, one.person) == ("overdue", "王")


def test_a_delegates_make_up_is_not_a_successors_before_he_succeeds() -> None:
    office = Office(holder=None)
    office.duty({"at_least": 1, "per": "quarter"}, activity={"delegate": "分管负责人"})
    office.appoint("王", last="2024-06-30")
    office.staff("副主任", "李", "分管负责人")
    office.appoint("李", "2024-07-15")
    office.act("2024-03-09", holder="副主任", on_behalf_of="主任", makes_up="2024-01")
    one = office.verdict("2024-Q1", "2024-06-22", person="王")
    assert (one.state, "by_successor" in one.flags) == ("met", False)


def test_an_unnamed_act_of_a_vacant_post_on_its_own_behalf_counts_for_its_group() -> None:
    office = Office(holder=None)
    office.duty(MONTHLY, holder={"posts": ["主要负责人", "分管负责人"], "joint": "any_of"})
    office.staff("副主任", "李", "分管负责人")
    office.appoint("王", last="2024-03-14")
    act = office.act("2024-04-04", on_behalf_of="主任")
    assert office.counted("2024-04", "2024-05-10") == [act]


def test_a_rolling_gap_may_be_reached_late_after_the_duty_has_ended() -> None:
    office = Office()
    office.duty(
        {"at_least": 1, "every": "30 days", "reading": "rolling"},
        valid={"first": "2024-02-01", "last": "2024-05-02"},
    )
    office.act("2024-05-12")
    found = office.verdicts("2024-08-18")
    assert [(one.state, one.days_late) for one in found] == [("made_up", 71)]


def test_a_month_with_two_due_days_named_as_a_whole_is_as_if_blank() -> None:
    office = Office()
    office.duty({"at_least": 1, "per": "month", "due": [10, 25]})
    act = office.act("2024-06-04", for_period="2024-06")
    assert office.counted("2024-06-01..2024-06-10", "2024-07-02") == [act]


def test_an_ordinary_act_of_a_substantive_holder_makes_nothing_up_for_the_acting_one() -> None:
    office = Office()
    office.duty({"at_least": 3, "per": "half_month"})
    office.appoint("王")
    office.appoint("李", "2024-01-29", "2024-02-14", acting=True)
    office.act("2024-02-12", person="王", makes_up="2024-02")
    assert office.counted("2024-02-A", "2024-03-20", person="李") == []


def test_a_late_act_on_behalf_of_a_post_needs_the_clauses_leave() -> None:
    office = Office(holder=None)
    office.duty({"at_least": 1, "by": "2024-03-25"}, valid={"first": "2024-02-01"})
    office.appoint("王", last="2024-07-24")
    office.staff("副主任", "李", "分管负责人")
    office.appoint("李", "2024-07-25")
    office.act("2024-06-06", holder="副主任", on_behalf_of="主任")
    assert office.verdict("2024-02-01..2024-03-25", "2024-08-21").state == "overdue"


def test_filling_in_is_tried_over_all_periods_together() -> None:
    office = Office()
    office.duty({"at_least": 1, "per": "month", "due": 20}, activity={"role": "带队"})
    office.act("2024-04-11", role=None)
    office.act("2024-04-14", role="带队")
    # filled in, the first of them is April's, and the other one reaches March, late
    assert "records_incomplete" in office.verdict("2024-03", "2024-07-15").flags


def test_one_visit_more_does_not_complete_a_coverage_that_lacks_two() -> None:
    office = Office()
    office.duty(
        {"each": {"type": "项目"}, "at_least": 2, "per": "quarter"}, activity={"role": "带队"}
    )
    office.subject("甲")
    office.act("2024-05-12", subjects=("甲",), role=None)
    assert "records_incomplete" not in office.verdict("2024-Q2", "2024-07-02").flags
    office.act("2024-05-13", subjects=("甲",), role=None)
    assert "records_incomplete" in office.verdict("2024-Q2", "2024-07-02").flags


def test_where_the_persons_own_acts_are_asked_for_a_delegates_count_as_his() -> None:
    office = Office()
    office.duty(
        {"at_least": 1, "by": "2024-03-25", "acts_of": "person"},
        valid={"first": "2024-02-01"},
        activity={"delegate": "分管负责人"},
    )
    office.appoint("王")
    office.staff("副主任", "李", "分管负责人")
    office.act("2024-03-06", holder="副主任", on_behalf_of="主任")
    assert office.verdict("2024-02-01..2024-03-25", "2024-04-21").state == "met"


def test_a_group_is_exempt_where_waivers_and_beginnings_leave_less_than_half() -> None:
    office = Office(records_from="2024-03-10")
    office.duty(
        {"at_least": 1, "by": "2024-03-30"},
        valid={"first": "2024-02-20"},
        holder={"posts": ["主要负责人", "分管负责人"], "joint": "any_of"},
    )
    office.staff("副主任", "李", "分管负责人")
    office.appoint("王")
    office.waive("2024-01-19", "2024-02-22")
    office.waive("2024-03-12", "2024-04-07", holder="园区")
    one = office.verdict("2024-02-20..2024-03-30", "2024-08-07")
    assert (one.state, one.reason) == ("exempt", "tenure")


def test_a_tally_is_not_judged_where_there_is_a_roster() -> None:
    office = Office()
    office.duty({"each": {"type": "项目"}, "at_least": 1, "per": "month"})
    office.subject("甲", last="2024-04-15")
    office.act("2024-04-10", subjects=("甲",), quantity=4, out_of=10)
    one = office.verdict("2024-04", "2024-05-07")
    assert (one.state, one.reason) == ("exempt", "no_members")


def test_who_comes_to_the_post_later_in_the_period_acts_for_it_before() -> None:
    office = Office(holder=None)
    office.duty(
        {
            "at_least": 2,
            "per": "quarter",
            "between": [{"month": 1, "day": 1}, {"month": 1, "day": 9}],
        },
        holder={"posts": ["主要负责人"], "joint": "any_of"},
    )
    office.appoint("王", last="2024-08-03")
    office.staff("副主任", "李", "分管负责人")
    office.appoint("李", "2024-08-04")
    act = office.act("2024-07-08", holder="副主任", for_period="2024-Q3")
    assert office.counted("2024-Q3", "2024-09-05") == [act]


def test_a_name_that_overlaps_periods_before_the_records_is_as_if_blank() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 1, "per": "week"})
    act = office.act("2024-01-16", for_period="2023-12")
    assert office.counted("2024-W03", "2024-02-23") == [act]


def test_naming_the_subjects_of_a_late_visit_could_complete_a_coverage() -> None:
    office = Office()
    office.duty({"each": {"type": "项目"}, "at_least": 1, "by": "2024-03-29"})
    office.subject("甲")
    office.act("2024-04-08")
    found = office.verdicts("2024-04-20")
    assert "records_incomplete" in found[0].flags


def test_weeks_while_an_event_lasts_follow_each_other_from_its_first_day() -> None:
    office = Office()
    office.duty({"at_least": 1, "per": "week", "while": "募捐"})
    office.appoint("王")
    office.event("募", "2024-02-07", "募捐", last="2024-03-05")
    assert [one.label for one in office.verdicts("2024-12-31")] == [
        "募/2024-02-07..2024-02-13",
        "募/2024-02-14..2024-02-20",
        "募/2024-02-21..2024-02-27",
        "募/2024-02-28..2024-03-05",
    ]


def test_a_whole_debt_is_nobodys_who_was_never_in_force() -> None:
    office = Office()
    office.duty({"at_least": 1, "per": "month", "tenure": "full"})
    office.appoint("王")
    office.waive("2024-06-01", "2024-06-30", holder="主任")
    one = office.verdict("2024-06", "2024-07-01")
    assert (one.state, one.reason, one.required) == ("exempt", "waived", 0)


def breaks(records_from: str = "2024-01-01") -> Office:
    """One inspection in each of two windows, 春节 and 清明, that 小长假 stands for."""
    office = Office(records_from=records_from)
    office.window("春节", **{"from": "02-10", "to": "02-17"})
    office.window("清明", **{"from": "04-04", "to": "04-06"})
    office.window("小长假", each_of=["春节", "清明"])
    office.duty({"at_least": 1, "windows": {"each": ["小长假"]}})
    return office


def test_a_name_of_several_windows_before_the_records_is_as_if_blank() -> None:
    office = breaks()
    act = office.act("2024-02-12", for_period="2023/小长假")
    assert office.counted("2024/春节", "2024-03-01") == [act]


def test_a_name_of_one_window_before_the_records_is_for_that_one() -> None:
    office = breaks()
    act = office.act("2024-02-12", for_period="2023/春节")
    assert office.counted("2024/春节", "2024-03-01") == []
    assert office.why("2024/春节", "2024-03-01") == {act: "outside_period"}


@pytest.mark.parametrize(
    ("makes_up", "counts"),
    [
        ("2024/两会", True),  # the calendar says no days of it in 2024: it was never due
        ("2024/春节", False),
        ("某次赛事", False),
    ],
)
def test_a_make_up_of_a_window_without_days_is_an_ordinary_act(makes_up: str, counts: bool) -> None:
    office = Office()
    office.window("两会", years={"2023": {"first": "2023-03-04", "last": "2023-03-13"}})
    office.duty(MONTHLY)
    act = office.act("2024-06-12", makes_up=makes_up)
    assert office.counted("2024-06", "2024-07-02") == ([act] if counts else [])


def test_one_make_up_serves_one_of_two_windows_of_a_duty() -> None:
    office = Office(records_from="2024-01-01")
    office.window("汛期", **{"from": "05-01", "to": "09-30"})
    office.window("主汛期", **{"from": "06-01", "to": "07-31"})
    office.duty({"at_least": 1, "windows": {"each": ["汛期", "主汛期"]}})
    office.act("2024-10-12", makes_up="2024/主汛期")
    found = {one.label: one.state for one in office.verdicts("2024-10-20", span="2024")}
    assert found == {"2024/汛期": "overdue", "2024/主汛期": "made_up"}


@pytest.mark.parametrize("day", ["2024-06-18", "2024-06-20"])
def test_a_successors_blank_act_is_nothing_to_fill_in_for_a_gap_before_him(day: str) -> None:
    office = Office(records_from="2024-03-01")
    office.duty(
        {"at_least": 1, "every": "30 days", "reading": "rolling"}, activity={"role": "带队"}
    )
    office.appoint("王", last="2024-06-15")
    office.appoint("李", "2024-06-16")
    office.act("2024-05-01", person="王", role="带队")
    office.act(day, role=None, makes_up="2024-06")
    gap = office.verdict("2024-05-01..2024-05-31", "2024-06-20", person="王")
    assert (gap.state, "records_incomplete" in gap.flags) == ("overdue", False)
    own = office.verdict("2024-06-16..2024-07-16", "2024-07-20", person="李")
    assert (own.state, "records_incomplete" in own.flags) == ("overdue", True)


def test_a_month_before_a_changed_rule_is_the_old_rules_alone() -> None:
    office = Office(records_from="2024-01-01")
    office.duty("to_be_ruled")
    office.ruling("check", {"at_least": 1, "per": "month", "due": 20}, "2024-02-01")
    office.ruling("check", {"at_least": 1, "about": "month", "due": 10}, "2024-05-13")
    ids = [one.id for one in office.verdicts("2024-06-30", span="2024")]
    assert len(ids) == len(set(ids))
    assert office.verdict("2024-04", "2024-06-30").due == date(2024, 4, 20)
    assert office.verdict("2024-05", "2024-06-30").due == date(2024, 6, 10)


def test_who_leaves_before_what_his_taking_office_asks_is_due_is_exempt_for_that() -> None:
    office = Office(holder=None)
    office.duty({"at_least": 1, "after": "任职", "within": "30 days"})
    office.appoint("王", last="2024-03-21")
    office.appoint("李", "2024-03-22", "2024-04-04")
    office.appoint("张", "2024-04-05")
    office.waive("2024-03-07", "2024-04-10", holder="园区")
    one = office.verdict("任职-2024-03-22", "2024-06-01")
    assert (one.state, one.reason) == ("exempt", "tenure")


def test_a_successor_makes_up_also_where_he_acts_for_another_post() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 2, "per": "quarter"})
    office.appoint("王", last="2024-04-20")
    office.appoint("李", "2024-04-21")
    office.staff("副主任", "王", "分管负责人")
    act = office.act("2024-06-15", person="李", on_behalf_of="副主任", makes_up="2024-03")
    one = office.verdict("2024-Q1", "2024-07-01", person="王")
    assert [item.activity for item in one.counted] == [act]
    assert "by_successor" in one.flags


def test_a_make_up_recorded_twice_counts_for_one_holder_of_the_post_alone() -> None:
    office = Office(records_from="2024-06-01")
    office.duty({"at_least": 4, "per": "month"})
    office.appoint("王", last="2024-06-24")
    office.appoint("李", "2024-06-25", "2024-06-30")
    office.appoint("张", "2024-07-01")
    # 王 owes 3 of June, 李 1
    office.act("2024-06-03", id="own")
    office.act("2024-07-03", id="once", makes_up="2024-06")
    office.act("2024-07-03", id="twice", makes_up="2024-06")
    office.act("2024-07-04", id="then", makes_up="2024-06")
    counted = {
        one.person: [act.activity for act in one.counted]
        for one in office.verdicts("2024-07-10", "2024-06")
    }
    assert counted == {"王": ["own", "once", "then"], "李": []}


def test_an_act_past_the_minute_of_one_limit_goes_to_the_event_that_it_is_in_time_for() -> None:
    office = Office()
    office.duty({"at_least": 1, "before": "赛事", "ahead": "30 minutes"})
    office.event("早", "2024-06-12", time=time(9, 30))
    office.event("晚", "2024-06-14", time=time(9, 30))
    act = office.act("2024-06-12", at="09:10")
    assert office.counted("晚", "2024-06-20") == [act]
    assert office.counted("早", "2024-06-20") == []
    other = office.act("2024-06-13")
    assert office.counted("早", "2024-06-20") == []
    assert office.counted("晚", "2024-06-20") == [act, other]


def test_an_act_past_the_minute_of_its_only_limit_is_late() -> None:
    office = Office()
    office.duty({"at_least": 1, "after": "事故", "within": "1 hours"})
    office.event("事", "2024-06-12", type="事故", time=time(9, 30))
    office.act("2024-06-12", at="10:31")
    one = office.verdict("事", "2024-06-20")
    assert (one.state, one.days_late, one.done) == ("made_up", 0, 1)


@pytest.mark.parametrize(
    ("ends", "reason"),
    [
        ("2024-04-30", "tenure"),  # without the days of who stood in it was due before
        ("2024-03-30", "not_in_force"),
    ],
)
def test_a_gap_is_exempt_for_what_alone_ends_the_days_in_force(ends: str, reason: str) -> None:
    office = Office(records_from="2024-02-20")
    office.duty({"at_least": 1, "every": "45 days", "reading": "rolling"}, valid={"last": ends})
    office.appoint("王")
    office.appoint("李", "2024-02-25", "2024-03-27", acting=True)
    one = office.verdict("2024-02-20..2024-05-07", "2024-08-05", person="王")
    assert (one.state, one.reason) == ("exempt", reason)


def test_a_make_up_of_days_in_which_two_events_lie_goes_to_the_one_that_closes_first() -> None:
    office = Office()
    office.duty({"at_least": 1, "after": "事故", "within": "1 months"})
    office.event("先", "2024-01-30", type="事故")
    office.event("后", "2024-03-10", type="事故")
    office.act("2024-04-05", makes_up="2024-Q1")
    found = {one.label: str(one.state) for one in office.verdicts("2024-05-01")}
    assert found == {"先": "made_up", "后": "overdue"}
