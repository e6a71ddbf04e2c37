"""SEMANTICS, section 4: whose act it is, how much it brings, and hours."""

from __future__ import annotations

from typing import Any

import pytest

from engine.judging.explain import explain_judged, find_among
from engine.judging.verdict import Verdict
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}
JULY = "2024-07-01"


def office_with(frequency: Any = None, **said: Any) -> Office:
    office = Office()
    office.duty(frequency or MONTHLY, **said)
    return office


def of_post(office: Office, post: str, label: str = "2024-06", as_of: str = JULY) -> Verdict:
    """The one verdict of a post on a label."""
    found = [one for one in office.verdicts(as_of, label) if one.post == post]
    assert len(found) == 1, [one.id for one in found]
    return found[0]


# whose act


@sentence(
    (
        "An act counts for whoever did it, and for the one on whose behalf it was done "
        "where the clause allows"
    ),
)
def test_an_act_counts_for_whoever_did_it_and_for_the_one_on_whose_behalf() -> None:
    office = office_with(posts=["主要负责人", "分管负责人"], activity={"delegate": "分管负责人"})
    office.appoint("王")
    office.staff("副主任", "李", "分管负责人")
    office.act("2024-06-12", holder="副主任", on_behalf_of="主任")
    assert of_post(office, "主任").state == "met"
    assert of_post(office, "副主任").state == "met"


@sentence(
    (
        "An act counts for whoever did it, and for the one on whose behalf it was done "
        "where the clause allows"
    ),
)
def test_an_act_counts_for_the_person_it_names_and_not_for_others_in_the_post() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.appoint("王", "2024-01-01", "2024-06-15")
    office.appoint("李", "2024-06-15")
    office.act("2024-06-15", person="李")
    done = {one.person: one.done for one in office.verdicts(JULY, "2024-06")}
    assert done == {"王": 0, "李": 1}


@sentence(
    (
        "An act counts for whoever did it, and for the one on whose behalf it was done "
        "where the clause allows"
    ),
)
def test_an_unnamed_act_is_his_who_held_the_post_that_day() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.appoint("王", "2024-01-01", "2024-06-15")
    office.appoint("李", "2024-06-16")
    office.act("2024-06-15")
    done = {one.person: one.done for one in office.verdicts(JULY, "2024-06")}
    assert done == {"王": 1, "李": 0}


@sentence(
    (
        "On a handover day an act must name its person; in an old record without one it "
        "counts for both"
    ),
)
def test_an_unnamed_act_on_a_handover_day_counts_for_both() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.appoint("王", "2024-01-01", "2024-06-15")
    office.appoint("李", "2024-06-15")
    office.act("2024-06-15")
    done = {one.person: one.done for one in office.verdicts(JULY, "2024-06")}
    assert done == {"王": 1, "李": 1}


def two_posts(frequency: Any = None, **activity: Any) -> Office:
    """王 is 主任 and 书记 (both owe it) and 局长 (does not)."""
    office = office_with(frequency, activity=activity)
    office.appoint("王")
    office.staff("书记", "王")
    office.staff("局长", "王", "其他负责人")
    return office


@sentence(
    ("A person's act under any of his posts counts for him in every post that owes the duty"),
)
@pytest.mark.parametrize("post", ["主任", "书记", "局长"])
def test_an_act_under_any_of_his_posts_counts_for_every_post_that_owes_it(post: str) -> None:
    office = two_posts()
    office.act("2024-06-12", holder=post)
    assert of_post(office, "主任").state == "met"
    assert of_post(office, "书记").state == "met"


@sentence(
    ("A person's act under any of his posts counts for him in every post that owes the duty"),
)
@pytest.mark.parametrize("frequency", [MONTHLY, {**MONTHLY, "due": 20}])
@pytest.mark.parametrize("post", ["主任", "书记", "局长"])
def test_an_act_on_behalf_of_any_of_his_posts_counts_for_every_post_that_owes_it(
    post: str, frequency: Any
) -> None:
    office = two_posts(frequency, delegate="分管负责人")
    office.staff("副主任", "李", "分管负责人")
    office.act("2024-06-12", holder="副主任", on_behalf_of=post)
    assert of_post(office, "主任").state == "met"
    assert of_post(office, "书记").state == "met"


@sentence(
    "unless the rule says `separately`",
)
def test_with_separately_an_act_counts_only_for_the_post_it_is_under() -> None:
    office = two_posts(separately=True)
    office.act("2024-06-12", holder="书记")
    assert of_post(office, "主任").state == "overdue"
    assert of_post(office, "书记").state == "met"


@sentence(
    "unless the rule says `separately`",
)
def test_with_separately_an_act_on_behalf_counts_only_for_the_post_it_names() -> None:
    office = two_posts(separately=True, delegate="分管负责人")
    office.staff("副主任", "李", "分管负责人")
    office.act("2024-06-12", id="it", holder="副主任", on_behalf_of="书记")
    assert of_post(office, "主任").state == "overdue"
    assert of_post(office, "书记").state == "met"
    world = office.world(JULY)
    found = find_among(world, office.judged(JULY), of_post(office, "主任").id)
    explained = explain_judged(world, found)
    assert [(one.activity, one.reason) for one in explained.not_counted] == [("it", "holder")]


@sentence(
    "and that he holds on some day of the period (一肩挑, or a move between posts)",
)
def test_an_act_before_a_move_between_posts_counts_in_the_new_one() -> None:
    office = Office()
    office.duty({"at_least": 2, "per": "month"})
    office.post("书记")
    office.appoint("王", "2024-01-01", "2024-06-15")
    office.appoint("王", "2024-06-16", post="书记")
    office.act("2024-06-10")
    assert of_post(office, "主任").state == "met"
    assert of_post(office, "书记").state == "met"


def report_of(office: Office) -> Office:
    """A post's result: a report by the 20th; 王 also is 局长, which does not owe it."""
    office.duty({"due": 20, "per": "month"}, kind="报送")
    office.staff("局长", "王", "其他负责人")
    return office


@sentence(
    "and that he holds on some day of the period (一肩挑, or a move between posts)",
)
def test_for_a_result_an_act_under_another_post_counts_if_he_holds_this_one_in_the_period() -> None:
    office = report_of(Office())
    office.appoint("王", "2024-01-01", "2024-06-01")
    office.act("2024-06-12", holder="局长", kind="报送")
    assert of_post(office, "主任", as_of="2024-06-21").state == "met"


@sentence(
    "and that he holds on some day of the period (一肩挑, or a move between posts)",
)
def test_what_is_due_after_the_period_counts_of_who_left_the_post_before_the_window_opened() -> (
    None
):
    office = Office()
    office.duty({"about": "month", "due": 15}, kind="报送")
    office.staff("局长", "王", "其他负责人")
    office.appoint("王", "2024-01-01", "2024-06-30")
    office.appoint("李", "2024-07-01")
    office.act("2024-07-08", id="it", holder="局长", kind="报送")
    assert of_post(office, "主任", as_of="2024-07-20").state == "met"


@sentence(
    "and that he holds on some day of the period (一肩挑, or a move between posts)",
)
def test_for_a_result_an_act_under_another_post_counts_not_if_he_left_this_one_before() -> None:
    office = report_of(Office())
    office.appoint("王", "2024-01-01", "2024-05-31")
    office.appoint("李", "2024-06-01")
    office.act("2024-06-12", id="it", holder="局长", kind="报送")
    assert of_post(office, "主任", as_of="2024-06-21").state == "overdue"
    assert office.why("2024-06", "2024-06-21") == {"it": "holder"}


@sentence(
    "unless the rule says `separately`",
)
def test_for_a_result_with_separately_only_acts_under_the_post_count() -> None:
    office = Office()
    office.duty({"due": 20, "per": "month"}, activity={"separately": True})
    office.appoint("王")
    office.staff("局长", "王", "其他负责人")
    office.act("2024-06-12", holder="局长")
    assert of_post(office, "主任", as_of="2024-06-21").state == "overdue"


def plant(**activity: Any) -> Office:
    """企业甲 owes a check each month; 车间 is a unit below it, 厂长 and 主任 are posts."""
    office = office_with(units={"type": "企业"}, activity=activity)
    office.unit("企业甲", "企业", parent="园区")
    office.unit("车间", "车间", parent="企业甲")
    office.staff("厂长", "赵", unit="企业甲")
    office.staff("车间主任", "钱", unit="车间")
    return office


@sentence(
    ("acts of the unit or of any post in it count (not of units below, unless `below: true`)"),
)
@pytest.mark.parametrize(
    ("holder", "state"),
    [
        ("企业甲", "met"),
        ("厂长", "met"),
        ("车间", "overdue"),
        ("车间主任", "overdue"),
        ("园区", "overdue"),
        ("主任", "overdue"),
    ],
)
def test_for_a_unit_its_own_acts_and_those_of_posts_in_it_count(holder: str, state: str) -> None:
    office = plant()
    office.act("2024-06-12", holder=holder)
    assert office.verdict("2024-06", JULY).state == state


@sentence(
    ("acts of the unit or of any post in it count (not of units below, unless `below: true`)"),
)
@pytest.mark.parametrize(
    ("holder", "state"),
    [("车间", "met"), ("车间主任", "met"), ("企业甲", "met"), ("园区", "overdue")],
)
def test_with_below_acts_of_units_below_count_for_a_unit(holder: str, state: str) -> None:
    office = plant(below=True)
    office.act("2024-06-12", holder=holder)
    assert office.verdict("2024-06", JULY).state == state


@sentence(
    (
        "never the other way round, unless the rule says `of_unit: true` (a paper that a "
        "clause has the head draw up is issued by his unit)"
    ),
)
@pytest.mark.parametrize("frequency", [MONTHLY, {"due": 20, "per": "month"}])
def test_a_units_act_never_counts_for_a_post_in_it(frequency: dict[str, Any]) -> None:
    office = office_with(frequency)
    office.act("2024-06-12", id="it", holder="园区")
    assert office.verdict("2024-06", JULY).state == "overdue"
    assert office.why("2024-06", JULY) == {"it": "holder"}


@sentence(
    "Someone who took part does not thereby lead",
)
def test_someone_who_took_part_does_not_thereby_lead() -> None:
    office = office_with(activity={"role": "带队"})
    office.appoint("王")
    office.staff("书记", "李")
    office.act("2024-06-12", holder="书记", role="带队", subjects=("主任", "王"))
    assert of_post(office, "书记").state == "met"
    assert of_post(office, "主任").state == "overdue"


@sentence(
    "One act may discharge several duties",
)
def test_one_act_may_discharge_several_duties() -> None:
    office = office_with()
    office.duty({"at_least": 1, "per": "quarter"}, "quarterly")
    office.act("2024-06-12")
    assert office.verdict("2024-06", JULY).state == "met"
    assert office.verdict("2024-Q2", JULY).state == "met"


# how much it brings


@sentence(
    "Under a count one record is one act",
    "An act with several subjects counts once for a count, once for each in coverage",
)
def test_under_a_count_one_record_is_one_act_whatever_its_quantity_and_subjects() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    for name in ("甲", "乙"):
        office.subject(name)
    office.act("2024-06-12", quantity=5, subjects=("甲", "乙"))
    assert office.verdict("2024-06", JULY).done == 1


def quota() -> Office:
    office = office_with({"at_least": 10, "unit": "台", "per": "month"})
    for name in ("甲", "乙", "丙"):
        office.subject(name)
    return office


@sentence(
    ("under a quota an absent quantity is the number of subjects, or 1 (flag `quantity_missing`)"),
)
def test_under_a_quota_an_act_brings_its_quantity() -> None:
    office = quota()
    office.act("2024-06-12", quantity=4, unit_of_quantity="台", subjects=("甲",))
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.done, "quantity_missing" in verdict.flags) == (4, False)


@sentence(
    ("under a quota an absent quantity is the number of subjects, or 1 (flag `quantity_missing`)"),
)
def test_under_a_quota_an_absent_quantity_is_the_number_of_subjects() -> None:
    office = quota()
    office.act("2024-06-12", subjects=("甲", "乙"))
    assert office.verdict("2024-06", JULY).done == 2


@sentence(
    ("under a quota an absent quantity is the number of subjects, or 1 (flag `quantity_missing`)"),
)
def test_under_a_quota_a_subject_without_quantities_counts_once_in_the_period() -> None:
    office = quota()
    office.act("2024-06-12", subjects=("甲", "乙"))
    office.act("2024-06-13", subjects=("乙", "丙"))
    assert office.verdict("2024-06", JULY).done == 3


@sentence(
    ("under a quota an absent quantity is the number of subjects, or 1 (flag `quantity_missing`)"),
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
def test_under_a_quota_without_quantity_and_subjects_an_act_is_1_and_flagged() -> None:
    office = quota()
    office.act("2024-06-12")
    verdict = office.verdict("2024-06", JULY)
    assert (verdict.done, "quantity_missing" in verdict.flags) == (1, True)


@sentence(
    "An act with several subjects counts once for a count, once for each in coverage",
)
def test_an_act_with_several_subjects_counts_once_for_each_in_coverage() -> None:
    office = office_with({"each": {"type": "项目"}, "at_least": 1, "per": "quarter"})
    for name in ("甲", "乙", "丙"):
        office.subject(name)
    office.act("2024-06-12", subjects=("甲", "乙"))
    verdict = office.verdict("2024-Q2", JULY)
    assert (verdict.done, verdict.missing) == (2, ("丙",))


@sentence(
    "Acts on waived days count",
)
def test_an_act_on_a_waived_day_counts() -> None:
    office = office_with({"at_least": 2, "per": "month"})
    office.waive("2024-06-01", "2024-06-10")
    office.act("2024-06-05", id="it")
    assert office.counted("2024-06", JULY) == ["it"]


# hours

FIRST_REPORT = {"at_least": 1, "after": "事故", "within": "1 hours"}


def reported(at: str | None, day: str = "2024-05-20", event_at: str | None = "14:00") -> Verdict:
    office = office_with(FIRST_REPORT)
    office.event("事1", "2024-05-20", type="事故", **({"at": event_at} if event_at else {}))
    office.act(day, **({"at": at} if at else {}))
    return office.verdict("事1", "2024-05-22")


@sentence(
    "With both times the times decide",
)
@pytest.mark.parametrize(
    ("at", "state", "late"),
    [("14:40", "met", None), ("15:00", "met", None), ("15:01", "made_up", 0)],
)
def test_with_both_times_the_times_decide(at: str, state: str, late: int | None) -> None:
    verdict = reported(at)
    assert (verdict.state, verdict.days_late) == (state, late)
    assert "time_missing" not in verdict.flags


@sentence(
    "with one missing, an act on the limit's day is in time, flag `time_missing`",
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
@pytest.mark.parametrize(
    ("at", "day", "event_at"),
    [
        (None, "2024-05-20", "14:00"),
        # At 23:30 its hour would have ended on the next day.
        ("18:00", "2024-05-21", None),
        (None, "2024-05-21", None),
    ],
)
def test_with_a_time_missing_an_act_on_the_limits_day_is_in_time_and_flagged(
    at: str | None, day: str, event_at: str | None
) -> None:
    verdict = reported(at, day=day, event_at=event_at)
    assert (verdict.state, "time_missing" in verdict.flags) == ("met", True)


@sentence(
    "with one missing, an act on the limit's day is in time, flag `time_missing`",
)
def test_with_a_time_missing_an_act_on_the_next_day_is_late() -> None:
    assert reported(None, day="2024-05-21").state == "made_up"


@sentence(
    "with one missing, an act on the limit's day is in time, flag `time_missing`",
)
def test_with_a_time_missing_an_act_before_the_limits_day_is_not_flagged() -> None:
    office = office_with({"at_least": 1, "after": "事故", "within": "24 hours"})
    office.event("事1", "2024-05-20", type="事故", at="14:00")
    office.act("2024-05-20")
    verdict = office.verdict("事1", "2024-05-22")
    assert (verdict.state, verdict.flags.count("time_missing")) == ("met", 0)


@sentence(
    "With both times the times decide",
)
def test_an_hour_limit_may_end_on_the_next_day() -> None:
    office = office_with({"at_least": 1, "after": "事故", "within": "24 hours"})
    office.event("事1", "2024-05-20", type="事故", at="14:00")
    office.act("2024-05-21", at="13:59")
    assert office.verdict("事1", "2024-05-22").state == "met"
    later = office_with({"at_least": 1, "after": "事故", "within": "24 hours"})
    later.event("事1", "2024-05-20", type="事故", at="14:00")
    later.act("2024-05-21", at="14:01")
    assert later.verdict("事1", "2024-05-22").state == "made_up"


@sentence(
    "With both times the times decide",
)
@pytest.mark.parametrize(("at", "state"), [("08:59", "met"), ("09:01", "overdue")])
def test_before_an_event_the_times_of_its_day_decide(at: str, state: str) -> None:
    office = office_with({"at_least": 1, "before": "赛事"})
    office.event("赛1", "2024-05-18", at="09:00")
    office.act("2024-05-18", at=at)
    assert office.verdict("赛1", "2024-05-19").state == state


@sentence(
    "With both times the times decide",
)
@pytest.mark.parametrize(
    ("at", "state"), [("08:59", "met"), ("09:01", "made_up"), ("11:01", "overdue")]
)
def test_hours_before_an_event_run_back_from_its_time(at: str, state: str) -> None:
    office = office_with({"at_least": 1, "before": "赛事", "ahead": "2 hours"})
    office.event("赛1", "2024-05-18", at="11:00")
    office.act("2024-05-18", at=at)
    assert office.verdict("赛1", "2024-05-19").state == state
