"""SEMANTICS, section 3: events, groups, why nothing is owed, vacancies and what is to be ruled."""

from __future__ import annotations

from typing import Any

import pytest

from engine.judging.audit import summarise
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on

# events


@sentence(
    "an event binds the holders in the event's unit (blank: all that the duty selects)",
)
def test_an_event_binds_the_holders_in_its_unit() -> None:
    office = Office()
    office.unit("甲厂", "企业", parent="园区")
    office.unit("乙厂", "企业", parent="园区")
    office.duty({"after": "事故", "within": "5 days"}, units={"type": "企业"})
    office.event("一号事故", "2024-06-03", "事故", unit="甲厂")
    assert [one.unit for one in office.verdicts("2024-07-01")] == ["甲厂"]


@sentence(
    "an event binds the holders in the event's unit (blank: all that the duty selects)",
)
def test_an_event_without_a_unit_binds_all_that_the_duty_selects() -> None:
    office = Office()
    office.unit("甲厂", "企业", parent="园区")
    office.unit("乙厂", "企业", parent="园区")
    office.duty({"after": "事故", "within": "5 days"}, units={"type": "企业"})
    office.event("一号事故", "2024-06-03", "事故")
    assert {one.unit for one in office.verdicts("2024-07-01")} == {"甲厂", "乙厂"}


@sentence(
    "may last several days, may be planned, moved or cancelled",
    "A cancelled event asks nothing; a moved one its new days",
)
def test_a_cancelled_event_asks_nothing() -> None:
    office = Office()
    office.duty({"after": "赛事", "within": "5 days"})
    office.event("夏季赛", "2024-06-03", status="cancelled")
    assert office.verdicts("2024-07-01") == []


@sentence(
    "may last several days, may be planned, moved or cancelled",
    "A cancelled event asks nothing; a moved one its new days",
)
def test_a_moved_event_asks_for_its_new_days() -> None:
    office = Office()
    office.duty({"after": "赛事", "within": "5 days"})
    office.event("夏季赛", "2024-06-13", status="moved")
    assert office.verdict("夏季赛", "2024-07-01").due == on("2024-06-18")


# groups


@sentence(
    "A group under `any_of` or `together` is the posts of the named classes in one unit",
    (
        "the verdict has no person, names its `members`, counts once for the unit and in "
        "nobody's own rate"
    ),
)
def test_a_group_is_the_posts_of_the_named_classes_in_one_unit() -> None:
    office = Office()
    office.unit("分园", parent="园区")
    for post, post_class, unit in (
        ("书记", "党委书记", "园区"),
        ("副主任", "分管负责人", "园区"),
        ("分园主任", "主要负责人", "分园"),
    ):
        office.post(post, post_class, unit)
        office.appoint(f"{post}某", post=post)
    office.appoint("王")
    office.duty({"per": "month"}, holder={"posts": ["主要负责人", "党委书记"], "joint": "any_of"})
    found = {one.unit: one.members for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"园区": ("主任", "书记"), "分园": ("分园主任",)}


@sentence(
    "a day is in force when any of them is, and r is pro-rated over those days",
)
def test_a_day_is_in_force_for_a_group_when_it_is_for_any_of_its_posts() -> None:
    office = Office()
    office.post("书记", "党委书记")
    office.appoint("王", last="2024-06-08")
    office.appoint("周", "2024-06-23", post="书记")
    office.duty(
        {"at_least": 30, "per": "month"},
        holder={"posts": ["主要负责人", "党委书记"], "joint": "any_of"},
    )
    assert office.required("2024-06", "2024-07-01") == 16


@sentence(
    "a day is in force when any of them is, and r is pro-rated over those days",
)
def test_days_waived_for_one_of_a_group_stay_in_force_while_another_is() -> None:
    office = Office()
    office.post("书记", "党委书记")
    office.appoint("王")
    office.appoint("周", "2024-06-11", post="书记")
    office.waive("2024-06-01", "2024-06-30", holder="主任")
    office.duty(
        {"at_least": 30, "per": "month"},
        holder={"posts": ["主要负责人", "党委书记"], "joint": "any_of"},
    )
    assert office.required("2024-06", "2024-07-01") == 20


@sentence(
    "a day is in force when any of them is, and r is pro-rated over those days",
)
def test_a_groups_result_is_not_excused_while_one_of_it_is_in_force() -> None:
    office = Office()
    office.post("书记", "党委书记")
    office.appoint("王")
    office.appoint("周", post="书记")
    office.waive("2024-06-01", "2024-06-30", holder="主任")
    office.duty(
        {"due": 20, "per": "month"},
        holder={"posts": ["主要负责人", "党委书记"], "joint": "any_of"},
    )
    assert office.verdict("2024-06", "2024-06-21").state == "overdue"
    office.waive("2024-06-01", "2024-06-30", holder="书记")
    assert office.verdict("2024-06", "2024-06-21").reason == "waived"


@sentence(
    (
        "the verdict has no person, names its `members`, counts once for the unit and in "
        "nobody's own rate"
    ),
)
def test_a_groups_verdict_has_no_person_and_counts_once_for_the_unit() -> None:
    office = Office()
    office.post("书记", "党委书记")
    office.appoint("王")
    office.appoint("周", post="书记")
    office.duty({"per": "month"}, holder={"posts": ["主要负责人", "党委书记"], "joint": "any_of"})
    verdicts = office.verdicts("2024-07-01", "2024-06")
    assert [(one.unit, one.post, one.person) for one in verdicts] == [("园区", None, None)]
    assert summarise(verdicts).due == 1


# r = 0


@sentence(
    (
        "reason: the first of not_in_force, holiday, tenure, waived, no_members that alone "
        "brings r to 0, otherwise tenure"
    ),
)
@pytest.mark.parametrize(
    ("signed", "appointed", "waived", "reason"),
    [
        ("2024-06-20", None, None, "not_in_force"),
        (None, "2024-06-20", None, "tenure"),
        (None, None, ("2024-06-01", "2024-06-20"), "waived"),
        ("2024-06-20", "2024-06-20", None, "not_in_force"),
        (None, "2024-06-20", ("2024-06-01", "2024-06-20"), "tenure"),
        ("2024-06-20", None, ("2024-06-01", "2024-06-20"), "not_in_force"),
        ("2024-06-11", None, ("2024-06-21", "2024-06-30"), "tenure"),  # 20, 20 and together 10
        ("2024-06-11", "2024-06-20", None, "tenure"),
        ("2024-06-11", None, ("2024-06-12", "2024-06-30"), "waived"),
    ],
)
def test_the_reason_is_the_first_that_alone_brings_r_to_0_otherwise_tenure(
    signed: str | None, appointed: str | None, waived: tuple[str, str] | None, reason: str
) -> None:
    office = Office()
    office.document("doc", signed=signed or "2020-01-01")
    office.appoint("王", appointed or "2020-01-01")
    if waived:
        office.waive(*waived)
    office.duty({"per": "month"})
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.state, verdict.reason) == ("exempt", reason)


@sentence(
    (
        "reason: the first of not_in_force, holiday, tenure, waived, no_members that alone "
        "brings r to 0, otherwise tenure"
    ),
)
def test_a_holiday_goes_before_tenure_and_waivers_and_after_what_is_not_in_force() -> None:
    office = Office(records_from="2024-06-01")
    office.appoint("王", "2024-06-09")
    office.duty({"per": "day"}, "early")
    office.duty({"per": "day"}, "late", valid={"first": "2024-06-10"})
    office.waive("2024-06-09", "2024-06-09")
    assert office.verdict("2024-06-09", "2024-07-01", duty="early").reason == "holiday"
    week = Office()
    week.appoint("王", "2024-06-10")
    week.calendar(workdays={2024: {"off": [f"2024-06-{day:02}" for day in range(10, 15)]}})
    week.duty({"per": "week"}, "early")
    week.duty({"per": "week"}, "late", valid={"first": "2024-06-15"})
    assert week.verdict("2024-W24", "2024-07-01", duty="early").reason == "holiday"
    assert week.verdict("2024-W24", "2024-07-01", duty="late").reason == "not_in_force"


@sentence(
    (
        "reason: the first of not_in_force, holiday, tenure, waived, no_members that alone "
        "brings r to 0, otherwise tenure"
    ),
)
@pytest.mark.parametrize(
    ("valid", "waived", "reason"),
    [
        ({"first": "2024-06-17"}, None, "not_in_force"),
        ({}, ("2024-06-01", "2024-06-20"), "waived"),
        ({"first": "2024-06-17"}, ("2024-06-01", "2024-06-20"), "not_in_force"),
        ({}, None, "no_members"),
    ],
)
def test_a_result_names_its_reasons_in_the_same_order(
    valid: dict[str, Any], waived: tuple[str, str] | None, reason: str
) -> None:
    office = Office()
    if waived:
        office.waive(*waived)
    office.duty({"each": {"type": "项目"}, "per": "month"}, valid=valid)
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.state, verdict.reason) == ("exempt", reason)


@sentence(
    (
        "reason: the first of not_in_force, holiday, tenure, waived, no_members that alone "
        "brings r to 0, otherwise tenure"
    ),
)
def test_a_units_result_names_tenure_before_a_waiver() -> None:
    office = Office()
    office.unit("甲厂", "企业", first="2024-06-15")
    office.waive("2024-06-01", "2024-06-20", holder="甲厂")
    office.duty({"due": 20, "per": "month"}, units={"type": "企业"})
    assert office.verdict("2024-06", "2024-06-30").reason == "tenure"


@sentence(
    (
        "A day, week or ten days, or a stretch of one day, without a working day in force "
        "asks nothing of a post (`exempt`, reason holiday)"
    ),
)
def test_a_week_without_work_asks_no_result_of_a_post() -> None:
    office = Office(records_from="2024-06-01")
    office.calendar(workdays={2024: {"off": [f"2024-06-{day:02}" for day in range(10, 15)]}})
    office.duty({"due": "friday", "per": "week"})
    verdict = office.verdict("2024-W24", "2024-07-01")
    assert (verdict.state, verdict.reason) == ("exempt", "holiday")
    assert office.verdict("2024-W25", "2024-07-01").state == "overdue"


# vacancies


@sentence(
    (
        "Vacancies (of posts that owe a duty, over the whole span, also after D as far as "
        "it is known) are listed by an audit"
    ),
)
def test_vacancies_are_listed_by_an_audit_for_the_days_of_its_span() -> None:
    office = Office()
    office.appoint("王", last="2024-06-08")
    office.appoint("李", "2024-06-21")
    office.duty({"per": "month"})
    found = [
        (one.post, one.unit, one.first, one.last) for one in office.audit("2024-07-01").vacancies
    ]
    assert found == [("主任", "园区", on("2024-06-09"), on("2024-06-20"))]


@sentence(
    (
        "Vacancies (of posts that owe a duty, over the whole span, also after D as far as "
        "it is known) are listed by an audit"
    ),
)
def test_vacancies_are_listed_after_the_day_as_far_as_they_are_known() -> None:
    office = Office()
    office.appoint("王", last="2024-06-08")
    office.appoint("李", "2024-06-21", "2024-06-25")
    office.duty({"per": "month"})
    found = [
        (one.first.day, one.last.day) for one in office.audit("2024-06-10", "2024-06").vacancies
    ]
    assert found == [(9, 20), (26, 30)]


@sentence(
    (
        "Vacancies (of posts that owe a duty, over the whole span, also after D as far as "
        "it is known) are listed by an audit"
    ),
)
def test_a_post_that_owes_nothing_is_not_listed_as_vacant() -> None:
    office = Office()
    office.post("秘书", "其他负责人")
    office.duty({"per": "month"})
    assert office.audit("2024-07-01").vacancies == ()


@sentence(
    (
        "Vacancies (of posts that owe a duty, over the whole span, also after D as far as "
        "it is known) are listed by an audit"
    ),
)
def test_a_post_owes_the_duty_from_the_day_on_which_its_unit_is_such_a_one() -> None:
    office = Office(records_from="2024-01-01")
    office.unit("园区", tags="高危@2024-06-11")
    office.appoint("王", last="2024-05-31")
    office.appoint("李", "2024-06-21")
    office.duty({"per": "month"}, holder={"posts": "主要负责人", "units": {"tags": "高危"}})
    found = [(one.first, one.last) for one in office.audit("2024-07-01", "2024").vacancies]
    assert found == [(on("2024-06-11"), on("2024-06-20"))]


# to be ruled


@sentence(
    (
        "one verdict for each holder (of a post: the person in it) and calendar year, "
        "without a due day"
    ),
)
def test_to_be_ruled_is_one_verdict_for_each_holder_and_calendar_year() -> None:
    office = Office(records_from="2023-01-01")
    office.appoint("王", last="2024-05-31")
    office.appoint("李", "2024-06-01")
    office.duty("to_be_ruled")
    found = {(one.person, one.label, one.due) for one in office.verdicts("2024-11-01")}
    assert found == {("王", "2023", None), ("王", "2024", None), ("李", "2024", None)}


@sentence(
    "in every span that meets the year",
)
@pytest.mark.parametrize("span", ["2024-02", "2024-Q4", "2024", "2023..2025", "2024-06-12"])
def test_to_be_ruled_stands_in_every_span_that_meets_the_year(span: str) -> None:
    office = Office()
    office.duty("to_be_ruled")
    assert "2024" in [one.label for one in office.audit("2024-12-31", span).verdicts]


@sentence(
    "in every span that meets the year",
)
def test_to_be_ruled_does_not_stand_in_a_span_of_another_year() -> None:
    office = Office()
    office.duty("to_be_ruled")
    assert "2024" not in [one.label for one in office.audit("2024-12-31", "2023").verdicts]


@sentence(
    (
        "one verdict for each holder (of a post: the person in it) and calendar year, "
        "without a due day"
    ),
)
@pytest.mark.parametrize(
    "frequency",
    [
        "to_be_ruled",
        {"after": "事故", "within": "to_be_ruled"},
        {"each": {"type": "项目"}, "windows": {"each": "展会"}},
    ],
)
def test_what_is_to_be_ruled_of_a_post_is_told_to_the_person_in_it(frequency: Any) -> None:
    office = Office(records_from="2024-01-01")
    office.appoint("王", last="2024-05-31")
    office.appoint("李", "2024-06-01")
    office.window("展会", years={2023: {"first": "2023-05-01", "last": "2023-05-03"}})
    office.duty(frequency)
    found = [one for one in office.verdicts("2024-11-01") if one.label.startswith("2024")]
    assert {(one.state, one.person, one.due) for one in found} == {
        ("to_be_ruled", "王", None),
        ("to_be_ruled", "李", None),
    }
    assert all(f"@主任/{one.person}@" in one.id for one in found)


@sentence(
    "An exempt verdict of a post names nobody and has no flag but `hedged`",
)
@pytest.mark.parametrize(
    "frequency", [{"due": 20, "per": "month"}, {"each": {"type": "项目"}, "per": "month"}]
)
def test_an_exempt_verdict_of_a_post_names_nobody_and_has_no_flag_but_hedged(
    frequency: Any,
) -> None:
    office = Office()
    office.subject("甲", last="2024-06-25")
    office.waive("2024-06-01", "2024-06-12")
    office.act("2024-06-05", subjects=("甲",), recorded="2024-09-01")
    office.duty(frequency, hedged=True)
    verdict = office.verdict("2024-06", "2024-10-01")
    assert (verdict.state, verdict.post, verdict.person) == ("exempt", "主任", None)
    assert verdict.flags == ("hedged",)
