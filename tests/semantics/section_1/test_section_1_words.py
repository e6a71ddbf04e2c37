"""SEMANTICS, section 1: what the words mean, as far as a meaning decides something."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.calendar.labels import days_of_label, read_label
from engine.judging.world import World
from rules.duty import Source
from tests.helpers.factory_store import OFFICE, office, told
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on, run

MONTHLY = {"at_least": 1, "per": "month"}


# what everything rests on


@sentence(
    "`first` and `last` days both belong to their stretch",
    "a person in a post from first to last day; may be acting",
)
def test_first_and_last_days_both_belong_to_their_stretch() -> None:
    office = Office()
    office.appoint("王", "2024-06-10", "2024-06-20")
    office.duty({"at_least": 30, "per": "month"})
    assert office.required("2024-06", "2024-07-01") == 11


@sentence(
    "fractions are exact, never floats",
)
def test_fractions_are_exact() -> None:
    office = Office()
    office.duty({"at_least": "0.3", "unit": "小时", "per": "month"})
    for day in ("2024-06-03", "2024-06-04", "2024-06-05"):
        office.act(day, quantity="1/10", unit_of_quantity="小时")
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.done, verdict.required) == (Fraction(3, 10), Fraction(3, 10))
    assert verdict.state == "met"


# source document


@sentence(
    (
        "in force from the later of the day that its text names and its signing (成文日期; "
        "the rule file may name a later day of receipt)"
    ),
)
@pytest.mark.parametrize(
    ("days", "first"),
    [
        ({"signed": "2024-05-24"}, "2024-05-24"),
        ({"signed": "2024-05-24", "in_force": "2024-06-01"}, "2024-06-01"),
        ({"signed": "2024-05-24", "in_force": "2024-01-01"}, "2024-05-24"),
        ({"signed": "2024-05-24", "received": "2024-06-11"}, "2024-06-11"),
        ({"signed": "2024-05-24", "received": "2024-05-01"}, "2024-05-24"),
    ],
)
def test_a_document_is_in_force_from_the_latest_of_its_own_day_signing_and_receipt(
    days: dict[str, str], first: str
) -> None:
    office = Office()
    office.document("doc", **days)
    office.duty({"at_least": 1, "per": "day", "holidays": "count"})
    verdicts = office.verdicts("2024-07-01")
    asked = [one.period.first for one in verdicts if one.state == "overdue"]
    assert min(asked) == on(first)


@sentence(
    "binds the units that **adopted** it (a unit and all below it)",
)
def test_a_document_binds_the_units_that_adopted_it_and_all_below_them() -> None:
    office = Office()
    office.unit("镇", "乡镇")
    office.unit("村", "村", parent="镇")
    office.unit("邻镇", "乡镇")
    office.duty(MONTHLY, units={"type": ["乡镇", "村"]})
    office.adopt("doc", "镇")
    found = {one.unit for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"镇", "村"}


@sentence(
    "binds the units that **adopted** it (a unit and all below it)",
)
def test_adoption_has_a_first_and_a_last_day() -> None:
    office = Office()
    office.duty({"at_least": 30, "per": "month"})
    office.adopt("doc", "园区", "2024-06-11", "2024-06-20")
    assert office.required("2024-06", "2024-07-01") == 10


@sentence(
    "binds the units that **adopted** it (a unit and all below it)",
)
def test_the_offices_file_and_the_table_of_adoptions_are_read_together() -> None:
    office = Office()
    office.unit("镇", "乡镇")
    office.unit("邻镇", "乡镇")
    office.unit("远镇", "乡镇")
    office.duty(MONTHLY, units={"type": "乡镇"})
    office.adopt("doc", "镇")
    office.adopt_in_file("doc", "邻镇")
    found = {one.unit for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"镇", "邻镇"}


@sentence(
    "binds the units that **adopted** it (a unit and all below it)",
)
def test_without_adoptions_every_unit_is_bound() -> None:
    office = Office()
    office.unit("镇", "乡镇")
    office.duty(MONTHLY, units={"type": "乡镇"})
    assert office.verdict("2024-06", "2024-07-01").unit == "镇"


# duty


@sentence(
    "one or several places in documents (`sources`) say it",
)
def test_a_duty_said_in_several_places_is_one_duty() -> None:
    office = Office()
    office.duty(MONTHLY)
    [duty] = office.duties
    second = Source(clause="第九条", quote="每月带队检查一次", document="doc")
    office.duties = [duty.model_copy(update={"sources": (*duty.sources, second)})]
    verdict = office.verdict("2024-06", "2024-07-01")
    assert verdict.duty.clause == "第一条"
    assert [one.clause for one in verdict.duty.sources] == ["第一条", "第九条"]


# unit, post, appointment, holder


@sentence(
    "(a body such as 党委会 is a unit)",
    (
        "(all appointments of one person to one post are one tenure, the union of their "
        "days), or a unit"
    ),
)
def test_a_body_such_as_a_party_committee_is_a_unit() -> None:
    office = Office()
    office.unit("党委会", "委员会", parent="园区")
    office.duty({"per": "quarter"}, units={"type": "委员会"}, kind="会议")
    office.act("2024-05-20", holder="党委会", kind="会议")
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.unit, verdict.post, verdict.state) == ("党委会", None, "met")


@sentence(
    "duty lists bind posts, not names",
)
def test_duties_bind_posts_and_not_names() -> None:
    office = Office()
    office.post("副主任", "分管负责人")
    office.appoint("王", last="2024-05-31")
    office.appoint("李", "2024-06-01")
    office.appoint("王", "2024-06-01", post="副主任")
    office.duty(MONTHLY, posts="主要负责人")
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.post, verdict.person) == ("主任", "李")


@sentence(
    (
        "(all appointments of one person to one post are one tenure, the union of their "
        "days), or a unit"
    ),
)
def test_all_appointments_of_one_person_to_one_post_are_one_tenure() -> None:
    office = Office()
    office.appoint("王", "2024-06-01", "2024-06-08")
    office.appoint("王", "2024-06-21", "2024-06-30")
    office.duty(MONTHLY)
    verdict = office.verdict("2024-06", "2024-07-01")  # 8 + 10 of 30 days
    assert (verdict.person, verdict.required) == ("王", 1)


@sentence(
    (
        "(all appointments of one person to one post are one tenure, the union of their "
        "days), or a unit"
    ),
)
def test_overlapping_appointments_count_their_days_once() -> None:
    office = Office()
    office.appoint("王", "2024-06-01", "2024-06-10")
    office.appoint("王", "2024-06-05", "2024-06-14")
    office.duty({"at_least": 30, "per": "month"})
    assert office.required("2024-06", "2024-07-01") == 14


@sentence(
    "a person in a post from first to last day; may be acting",
    (
        "(all appointments of one person to one post are one tenure, the union of their "
        "days), or a unit"
    ),
)
def test_acting_and_substantive_days_of_one_person_are_one_tenure() -> None:
    office = Office()
    office.appoint("王", "2024-06-01", "2024-06-14", acting=True)
    office.appoint("王", "2024-06-15")
    office.duty(MONTHLY)
    office.act("2024-06-05")
    assert office.verdict("2024-06", "2024-07-01").state == "met"


# population


@sentence(
    (
        "subjects, units, posts or people, picked by type and tags, belonging to the "
        "holder's unit or below it"
    ),
)
def test_a_population_is_picked_by_type_and_tags_in_the_unit_and_below_it() -> None:
    office = Office()
    office.unit("镇", "乡镇")
    office.unit("村", "村", parent="镇")
    office.post("镇长", "分管负责人", "镇")
    office.appoint("赵", post="镇长")
    office.subject("一号", "项目", "镇", tags="重大")
    office.subject("二号", "项目", "村", tags="重大")
    office.subject("三号", "项目", "园区", tags="重大")  # of another unit
    office.subject("四号", "学校", "镇", tags="重大")  # of another type
    office.subject("五号", "项目", "镇")  # without the tag
    office.duty({"each": {"type": "项目", "tags": "重大"}, "per": "quarter"}, posts="分管负责人")
    assert office.verdict("2024-Q2", "2024-07-01").missing == ("一号", "二号")


@sentence(
    (
        "subjects, units, posts or people, picked by type and tags, belonging to the "
        "holder's unit or below it"
    ),
)
def test_a_population_may_be_units_posts_or_people() -> None:
    office = Office()
    office.unit("甲厂", "企业", parent="园区")
    office.post("厂长", "企业负责人", "甲厂")
    office.appoint("钱", post="厂长")
    office.duty({"each": {"unit_type": "企业"}, "per": "year"}, "units")
    office.duty({"each": {"posts": "企业负责人", "unit_type": "企业"}, "per": "year"}, "posts")
    office.duty({"each": {"people": "企业负责人", "unit_type": "企业"}, "per": "year"}, "people")
    found = {
        key: office.verdict("2024", "2025-01-01", duty=key).missing
        for key in ("units", "posts", "people")
    }
    assert found == {"units": ("甲厂",), "posts": ("厂长",), "people": ("钱",)}


# activity


@sentence(
    (
        "(or first and last day: it counts on its last, unless the rule counts days or "
        "says `counts_on: first`, as for a night shift)"
    ),
)
def test_an_act_of_several_days_counts_on_its_last() -> None:
    office = Office()
    office.duty(MONTHLY)
    office.act("2024-07-02", first_day="2024-06-28")
    assert office.verdict("2024-06", "2024-08-01").state == "overdue"
    assert office.verdict("2024-07", "2024-08-01").state == "met"


NIGHT = {"attributes": {"班次": "夜"}, "counts_on": "first"}


def night_shifts(**activity: Any) -> Office:
    """One night shift a day is led; those of 10-01 and 10-03 were, and ended on the next day."""
    office = Office(records_from="2024-10-01")
    office.duty({"at_least": 1, "per": "day", "holidays": "count"}, activity=NIGHT | activity)
    for first, last in (("2024-10-01", "2024-10-02"), ("2024-10-03", "2024-10-04")):
        office.act(last, first_day=first, attributes=(("班次", "夜"),))
    return office


@sentence(
    (
        "(or first and last day: it counts on its last, unless the rule counts days or "
        "says `counts_on: first`, as for a night shift)"
    ),
)
def test_it_counts_on_its_first_where_the_rule_says_so() -> None:
    office = night_shifts()
    found = [office.verdict(f"2024-10-0{day}", "2024-10-05").state for day in (1, 2, 3, 4)]
    assert found == ["met", "overdue", "met", "overdue"]


@sentence(
    (
        "day (of several: the one that counts) not after the audit day; recorded by the "
        "knowledge day"
    ),
)
def test_the_day_that_counts_is_the_one_that_may_not_lie_in_the_future() -> None:
    office = night_shifts()
    assert office.verdict("2024-10-03", "2024-10-03").state == "met"
    last = night_shifts(counts_on="last")
    assert last.why("2024-10-04", "2024-10-03") == {"a02": "future"}


@sentence(
    (
        "(or first and last day: it counts on its last, unless the rule counts days or "
        "says `counts_on: first`, as for a night shift)"
    ),
)
def test_two_shifts_that_begin_on_one_day_and_end_on_two_are_no_doubles() -> None:
    office = Office(records_from="2024-10-01")
    office.duty({"at_least": 2, "per": "month"}, activity={"counts_on": "first"})
    office.act("2024-10-31")
    office.act("2024-11-01", first_day="2024-10-31")
    assert office.verdict("2024-10", "2024-11-05").state == "met"


@sentence(
    (
        "(or first and last day: it counts on its last, unless the rule counts days or "
        "says `counts_on: first`, as for a night shift)"
    ),
)
def test_whose_act_it_is_is_asked_on_the_day_that_counts() -> None:
    office = night_shifts()
    office.appoint("王", "2020-01-01", "2024-10-03")
    office.appoint("李", "2024-10-04")
    found = {one.person: one.state for one in office.verdicts("2024-10-05", "2024-10-03")}
    assert found == {"王": "met"}
    assert office.verdict("2024-10-04", "2024-10-05").state == "overdue"


# event


@sentence(
    "may last several days, may be planned, moved or cancelled",
)
@pytest.mark.parametrize(
    ("status", "judged"), [("planned", 1), ("moved", 1), ("done", 1), ("cancelled", 0)]
)
def test_an_event_may_be_planned_moved_done_or_cancelled(status: str, judged: int) -> None:
    office = Office()
    office.duty({"before": "赛事"})
    office.event("春季赛", "2024-05-18", status=status)
    assert len(office.verdicts("2024-05-19")) == judged


# labels


@sentence(
    ("the stretch one requirement covers: `2024`, `2024-H1`, `2024-Q2`, `2024-06`, `2024-W23`"),
    "an event's id, otherwise FIRST..LAST (one of several due days, a rolling gap)",
)
@pytest.mark.parametrize(
    ("frequency", "label", "days"),
    [
        ({"per": "year"}, "2024", "2024-01-01..2024-12-31"),
        ({"per": "half_year"}, "2024-H1", "2024-01-01..2024-06-30"),
        ({"per": "quarter"}, "2024-Q2", "2024-04-01..2024-06-30"),
        ({"per": "month"}, "2024-06", "2024-06-01..2024-06-30"),
        ({"per": "week"}, "2024-W23", "2024-06-03..2024-06-09"),
        ({"per": "day"}, "2024-06-21", "2024-06-21"),
        ({"per": "workday"}, "2024-06-21", "2024-06-21"),
        ({"per": "ten_days"}, "2024-06-X1", "2024-06-01..2024-06-10"),
        ({"per": "half_month"}, "2024-06-A", "2024-06-01..2024-06-15"),
        ({"per": "2 months"}, "2024-01..2024-02", "2024-01-01..2024-02-29"),
        ({"per": "3 years", "since": 2024}, "2024..2026", "2024-01-01..2026-12-31"),
        ({"windows": {"each": "汛期"}}, "2024/汛期", "2024-04-01..2024-10-31"),
        ({"windows": {"each": "国庆前"}}, "2024/国庆前", "2024-09-16..2024-09-30"),
        ({"windows": {"any": ["汛期", "国庆"]}}, "2024/汛期+国庆", "2024-04-01..2024-10-31"),
        ({"before": "赛事"}, "春季赛", "2024-04-18..2024-05-18"),
        (
            {"due": ["06-30", "12-31"], "per": "year"},
            "2024-01-01..2024-06-30",
            "2024-01-01..2024-06-30",
        ),
        (
            {"due": ["06-30", "12-31"], "per": "year"},
            "2024-07-01..2024-12-31",
            "2024-07-01..2024-12-31",
        ),
        (
            {"every": "45 days", "reading": "rolling"},
            "2024-06-01..2024-07-16",
            "2024-06-01..2024-07-16",
        ),
    ],
)
def test_a_period_is_called_by_its_label(
    frequency: dict[str, object], label: str, days: str
) -> None:
    office = Office(records_from="2024-01-01")
    office.duty(frequency)
    office.event("春季赛", "2024-05-18")
    if "every" in frequency:
        office.act("2024-06-01")
    assert office.verdict(label, "2024-12-31").period == run(days)


@sentence(
    "labels of the same days mean the same (but for labels that carry an event)",
)
@pytest.mark.parametrize("label", ["2024-Q2", "2024-04..2024-06", "2024-04-01..2024-06-30"])
def test_labels_of_the_same_days_mean_the_same(label: str) -> None:
    office = Office()
    office.duty({"per": "quarter"})
    office.act("2024-07-03", for_period=label)
    assert office.counted("2024-Q2", "2024-07-05") == ["a01"]


@sentence(
    "what is printed is the one that the duty's own period gives",
)
def test_what_is_printed_is_the_label_that_the_dutys_own_period_gives() -> None:
    office = Office()
    office.duty({"per": "quarter"}, "quarters")
    office.duty({"per": "3 months"}, "threes")
    office.act("2024-07-03", for_period="2024-04-01..2024-06-30")
    found = {
        one.duty.id: one.label
        for one in office.verdicts("2024-07-05")
        if one.period == run("2024-04-01..2024-06-30")
    }
    assert found == {"quarters": "2024-Q2", "threes": "2024-04..2024-06"}


@sentence(
    "`2024/汛期+国庆` (any of them)",
)
def test_windows_joined_by_a_plus_mean_any_of_them() -> None:
    world = World(Office().rulebook(), Office().records(), on("2024-12-01"), on("2024-12-31"))
    days = days_of_label(read_label("2024/国庆+安全生产月"), world.windows)
    assert days is not None
    assert [str(one) for one in days.intervals()] == [
        "2024-06-01..2024-06-30",
        "2024-10-01..2024-10-07",
    ]


# obligation


@sentence(
    (
        "known as `DUTY@HOLDER@LABEL`, never by a running number (HOLDER = `post/person` "
        "for conduct, `post` for results, or `unit`; a nested measure adds `#1`, `#2` to "
        "DUTY"
    ),
    "count, range, quota, window, rolling — belongs to the person",
    (
        "deadline, recurring deadline, after the period, coverage, share (but of working "
        "days, which is conduct), event — belong to the post"
    ),
)
def test_an_obligation_is_known_as_duty_holder_and_label() -> None:
    office = Office()
    office.unit("甲厂", "企业", parent="园区")
    office.duty(MONTHLY, "conduct")
    office.duty({"due": 20, "per": "month"}, "result")
    office.duty(MONTHLY, "owed_by_unit", units={"type": "企业"})
    office.duty({"all": [MONTHLY, {"per": "month", "at_least": 2}]}, "nested")
    assert [one.id for one in office.verdicts("2024-07-01", "2024-06")] == [
        "conduct@主任/王@2024-06",
        "nested#1@主任/王@2024-06",
        "nested#2@主任/王@2024-06",
        "owed_by_unit@甲厂@2024-06",
        "result@主任@2024-06",
    ]


@sentence(
    "ids contain none of `@ # / ;`",
)
@pytest.mark.parametrize("sign", list("@#/;"))
def test_ids_contain_none_of_the_signs_that_part_an_obligations_name(
    sign: str, tmp_path: Path
) -> None:
    store = office(tmp_path)
    people = [*OFFICE["people"], [f"p{sign}9", "赵六"]]
    assert any(sign in problem for problem in told(store, tmp_path / "bad", {"people": people}))


# waiver


@sentence(
    "a documented excuse: duty or all",
)
@pytest.mark.parametrize("holder", ["主任", "园区"])
def test_a_waiver_excuses_one_duty_or_all(holder: str) -> None:
    office = Office()
    office.duty(MONTHLY, "one")
    office.duty(MONTHLY, "two")
    office.waive("2024-05-01", "2024-05-31", holder, duty="one")
    office.waive("2024-06-01", "2024-06-30", holder)
    found = {
        (one.duty.id, one.label): one.state
        for one in office.verdicts("2024-07-01")
        if one.label in ("2024-05", "2024-06")
    }
    assert found == {
        ("one", "2024-05"): "exempt",
        ("two", "2024-05"): "overdue",
        ("one", "2024-06"): "exempt",
        ("two", "2024-06"): "exempt",
    }


@sentence(
    "subject or all",
)
def test_a_waiver_of_one_subject_leaves_the_duty_and_its_other_subjects() -> None:
    office = Office()
    office.subject("一号")
    office.subject("二号")
    office.duty({"each": {"type": "项目"}, "per": "quarter"}, "cover")
    office.duty({"per": "quarter"}, "count")
    office.waive("2024-04-01", "2024-06-30", subject="一号")
    assert office.verdict("2024-Q2", "2024-07-01", duty="cover").missing == ("二号",)
    assert office.verdict("2024-Q2", "2024-07-01", duty="count").state == "overdue"


@sentence(
    "on a unit (excuses it and its posts, not the units below)",
)
def test_a_waiver_on_a_unit_excuses_it_and_its_posts_but_not_the_units_below() -> None:
    office = Office()
    office.unit("分园", parent="园区")
    office.post("分园主任", unit="分园")
    office.appoint("赵", post="分园主任")
    office.appoint("王")
    office.duty(MONTHLY, "posts")
    office.duty(MONTHLY, "units", units={"type": "园区"})
    office.waive("2024-06-01", "2024-06-30", holder="园区")
    found = {one.id: one.state for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {
        "posts@主任/王@2024-06": "exempt",
        "posts@分园主任/赵@2024-06": "overdue",
        "units@园区@2024-06": "exempt",
        "units@分园@2024-06": "overdue",
    }


@sentence(
    "on a post (the substantive holder, or the acting one where there is no other)",
)
def test_a_waiver_on_a_post_excuses_the_substantive_holder_and_not_the_acting_one() -> None:
    office = Office()
    office.appoint("王")
    office.appoint("李", "2024-06-11", acting=True)
    office.duty({"at_least": 30, "per": "month"})
    office.waive("2024-06-06", "2024-06-30")
    assert office.required("2024-06", "2024-07-01", person="王") == 5
    assert office.required("2024-06", "2024-07-01", person="李") == 20


@sentence(
    "on a post (the substantive holder, or the acting one where there is no other)",
)
def test_a_waiver_on_a_post_excuses_the_acting_one_where_there_is_no_other() -> None:
    office = Office()
    office.appoint("李", "2024-01-01", acting=True)
    office.duty(MONTHLY)
    office.waive("2024-06-01", "2024-06-30")
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.person, verdict.state, verdict.reason) == ("李", "exempt", "waived")


@sentence(
    "or on a person in a post",
)
def test_a_waiver_on_a_person_in_a_post_excuses_nobody_else() -> None:
    office = Office()
    office.appoint("王", last="2024-06-15")
    office.appoint("李", "2024-06-16")
    office.duty({"at_least": 2, "per": "month"})
    office.waive("2024-06-01", "2024-06-30", person="李")
    assert office.required("2024-06", "2024-07-01", person="王") == 1
    assert office.required("2024-06", "2024-07-01", person="李") == 0
