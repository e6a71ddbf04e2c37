"""Nine real clauses that a simple "every X at least N" misses, with what must come out of each.

Where the clause stands in a shipped document its own rule is judged; the others are written here
as their text reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from rules.rulebook import Rulebook
from tests.helpers.factory_rules import shipped_rules
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

WITHIN_2_HOURS = {"at_least": 1, "after": "生产安全事故", "within": "2 hours"}


@cache
def shipped() -> Rulebook:
    """The rules of the package."""
    return shipped_rules()


class ShippedOffice(Office):
    """An office under one duty of the shipped rules, with rulings of its own."""

    def __init__(self, duty: str, **said: Any) -> None:
        super().__init__(**said)
        self.under = duty

    def rulebook(self) -> Rulebook:
        duties = tuple(duty for duty in shipped().duties if duty.id == self.under)
        assert duties, self.under
        return replace(shipped(), duties=duties, rulings=tuple(self.rulings))


# hold_committee: delegation


def committee(**said: Any) -> ShippedOffice:
    office = ShippedOffice("park_2022.principal.hold_committee", records_from="2022-01-01")
    office.staff("副主任", "李", "分管负责人")
    office.act("2022-09-30", id="held", kind="安委会会议", role="主持", holder="副主任", **said)
    return office


def test_a_committee_held_by_the_deputy_on_the_heads_behalf_meets_the_quarter() -> None:
    office = committee(on_behalf_of="主任")
    assert office.verdict("2022-Q3", "2022-10-01").state == "met"
    assert office.counted("2022-Q3", "2022-10-01") == ["held"]


def test_a_quarter_of_which_the_document_covers_3_of_91_days_is_exempt() -> None:
    verdict = committee(on_behalf_of="主任").verdict("2022-Q2", "2022-10-01")
    assert (verdict.state, verdict.reason) == ("exempt", "not_in_force")


def test_a_committee_held_by_the_deputy_in_his_own_name_leaves_the_head_overdue() -> None:
    office = committee()
    assert office.verdict("2022-Q3", "2022-10-01").state == "overdue"
    assert office.why("2022-Q3", "2022-10-01") == {"held": "holder"}


# lead_check_town: each of the two heads; 268 of 366 days


def heads() -> ShippedOffice:
    office = ShippedOffice("binhai_2020.safeguards.lead_inspection", holder=None)
    office.staff("党工委书记", "赵", "党委主要负责人")
    office.staff("管委会主任", "钱", "行政主要负责人")
    return office


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (["2020-04-20", "2020-06-05", "2020-09-09"], "met"),
        (["2020-04-20", "2020-06-05"], "overdue"),
    ],
)
def test_of_four_checks_a_year_268_of_366_days_leave_three(days: list[str], state: str) -> None:
    office = heads()
    office.acts(*days, kind="安全检查", role="带队", holder="党工委书记")
    verdict = office.verdict("2020", "2021-01-01", person="赵")
    assert (verdict.required, verdict.state) == (3, state)


def test_the_party_and_the_government_head_each_owe_their_own_checks() -> None:
    office = heads()
    days = ("2020-04-20", "2020-06-05", "2020-09-09")
    office.acts(*days, kind="安全检查", role="带队", holder="党工委书记")
    verdicts = office.verdicts("2021-01-01", "2020")
    assert {one.person: one.state for one in verdicts} == {"赵": "met", "钱": "overdue"}


# lead_hazard_check: variants, owed by the enterprise


def enterprise(tags: str) -> Office:
    office = Office()
    office.unit("体育局", "部门", parent="园区")
    office.unit("泳馆", "体育经营单位", parent="体育局", tags=tags)
    office.duty(
        {
            "at_least": 1,
            "per": "quarter",
            "variants": [
                {"when": {"tags": "高危险性体育项目"}, "at_least": 1, "per": "month"},
            ],
        },
        holder={"units": {"type": "体育经营单位"}, "supervised_by": "部门"},
        activity={"role": "带队"},
    )
    office.acts("2024-07-05", "2024-08-31", holder="泳馆", role="带队")
    return office


def test_a_tagged_enterprise_owes_the_variants_month_and_not_the_bases_quarter() -> None:
    office = enterprise("高危险性体育项目")
    states = {
        one.label: str(one.state)
        for one in office.verdicts("2024-10-01", unit="泳馆")
        if "2024-07" <= one.label < "2024-10"
    }
    assert states == {"2024-07": "met", "2024-08": "met", "2024-09": "overdue"}
    assert "2024-Q3" not in office.labels("2024-10-01")


def test_an_untagged_enterprise_owes_the_bases_quarter() -> None:
    office = enterprise("")
    assert office.verdict("2024-Q3", "2024-10-01").state == "met"
    assert "2024-09" not in office.labels("2024-10-01")


def test_what_an_enterprise_owes_stands_on_the_enterprise_and_not_on_its_bureau() -> None:
    found = enterprise("高危险性体育项目").verdicts("2024-10-01")
    assert {one.unit for one in found} == {"泳馆"}


# check_before_race


@pytest.mark.parametrize(
    ("day", "state"),
    [("2024-10-18", "met"), ("2024-09-10", "overdue"), (None, "overdue")],
)
def test_a_check_before_a_race_is_done_within_30_days_before_it(
    day: str | None, state: str
) -> None:
    office = Office()
    office.duty({"at_least": 1, "before": "高危险性体育赛事"})
    office.event("赛1", "2024-10-19", type="高危险性体育赛事")
    if day:
        office.act(day, id="check")
    assert office.verdict("赛1", "2024-10-20").state == state


@sentence(
    "An explanation lists what counted and what did not, with the code",
)
def test_a_check_long_before_a_race_is_outside_the_period() -> None:
    office = Office()
    office.duty({"at_least": 1, "before": "高危险性体育赛事"})
    office.event("赛1", "2024-10-19", type="高危险性体育赛事")
    office.act("2024-09-10", id="early")
    assert office.why("赛1", "2024-10-20") == {"early": "outside_period"}


# check_in_windows: the text has no 各


@pytest.mark.parametrize("day", ["2024-05-10", "2024-10-02", "2025-01-20"])
def test_one_check_in_any_of_several_windows_is_enough(day: str) -> None:
    office = Office()
    windows = ["汛期", "国庆", "岁末年初"]
    office.duty({"at_least": 1, "windows": {"any": windows}})
    office.act(day)
    verdict = office.verdict("2024/汛期+国庆+岁末年初", "2025-02-01")
    assert (verdict.state, verdict.required) == ("met", 1)


def test_a_check_between_the_windows_is_in_none_of_them() -> None:
    office = Office()
    office.duty({"at_least": 1, "windows": {"any": ["汛期", "国庆", "岁末年初"]}})
    office.act("2024-11-10", id="between")
    label = "2024/汛期+国庆+岁末年初"
    assert office.verdict(label, "2025-02-01").state == "overdue"
    assert office.why(label, "2025-02-01") == {"between": "outside_period"}


# spot_check_projects: two coverage duties over parts of one population


def projects(*visits: tuple[str, str]) -> Office:
    office = Office()
    major = {"type": "地灾治理工程", "tags": "重大项目"}
    minor = {"type": "地灾治理工程", "not": {"tags": "重大项目"}}
    office.duty({"each": minor, "at_least": 1, "per": "quarter"}, "minor")
    office.duty({"each": major, "at_least": 1, "per": "month"}, "major")
    for name in ("甲", "乙"):
        office.subject(name, "地灾治理工程")
    office.subject("丙", "地灾治理工程", first="2024-08-20")
    office.subject("丁", "地灾治理工程", tags="重大项目")
    for name, day in visits:
        office.act(day, subjects=(name,))
    return office


def test_projects_visited_once_a_quarter_are_covered_and_a_late_comer_is_not_required() -> None:
    office = projects(("甲", "2024-08-01"), ("乙", "2024-09-02"))
    verdict = office.verdict("2024-Q3", "2024-10-01")
    assert (verdict.state, verdict.required, verdict.missing) == ("met", 2, ())
    judged = next(x for x in office.judged("2024-10-01") if x.verdict.id == verdict.id)
    assert judged.slot is not None
    assert judged.slot.obligation.listed == ("丙", "乙", "甲")


def test_a_project_not_visited_is_named() -> None:
    verdict = projects(("甲", "2024-08-01")).verdict("2024-Q3", "2024-10-01")
    assert (verdict.state, verdict.missing) == ("overdue", ("乙",))


def test_a_major_project_is_owed_each_month_and_under_the_other_duty_not_at_all() -> None:
    office = projects(("丁", "2024-08-05"))
    monthly = {
        label: office.verdict(label, "2024-10-01").state
        for label in ("2024-07", "2024-08", "2024-09")
    }
    assert monthly == {"2024-07": "overdue", "2024-08": "met", "2024-09": "overdue"}
    assert "丁" not in office.verdict("2024-Q3", "2024-10-01").missing


# train_all: members are posts, once by a day


def test_the_last_one_trained_after_the_day_makes_the_training_good_four_days_late() -> None:
    office = Office()
    classes = ["主要负责人", "分管负责人", "安保干部"]
    office.unit("教育局", "部门", parent="园区")
    office.staff("局长", "局长甲", "局长", unit="教育局")
    office.duty(
        {
            "each": {"posts": classes, "unit_type": ["中小学", "幼儿园"]},
            "at_least": 1,
            "by": "2026-12-31",
        },
        posts="局长",
        kind="培训",
        valid={"first": "2024-01-01"},
    )
    members = []
    for school, kind in (("一小", "中小学"), ("一幼", "幼儿园")):
        office.unit(school, kind, parent="教育局")
        for name in classes:
            members.append(office.staff(f"{school}{name}", f"{school}{name}甲", name, unit=school))
    for member in members[:-1]:
        office.act("2025-05-06", kind="培训", holder="局长", subjects=(member,))
    last = members[-1]
    before = office.verdict("2024-01-01..2026-12-31", "2027-01-01", duty="check")
    assert (before.state, before.required, before.missing) == ("overdue", 6, (last,))
    office.act("2027-01-04", kind="培训", holder="局长", subjects=(last,))
    after = office.verdict("2024-01-01..2026-12-31", "2027-01-05", duty="check")
    assert (after.state, after.days_late, after.missing) == ("made_up", 4, ())


# visit_units: two measures in one sentence


def visited(*units: str) -> Mapping[tuple[int, str], str]:
    office = Office()
    office.duty(
        {
            "all": [
                {"at_least": 1, "per": "month"},
                {"each": {"unit_type": ["基层社", "直属企业"]}, "at_least": 1, "per": "year"},
            ]
        },
        "visit",
    )
    office.unit("城关社", "基层社", parent="园区")
    office.unit("棉麻公司", "直属企业", parent="园区")
    for unit in units:
        office.act("2024-05-06", subjects=(unit,))
    return {(one.part, one.label): str(one.state) for one in office.verdicts("2025-01-01")}


def test_visits_each_month_and_of_everybody_in_the_year_are_two_verdicts() -> None:
    found = visited("城关社", "棉麻公司")
    assert found[1, "2024-05"] == "met"
    assert found[1, "2024-06"] == "overdue"
    assert found[2, "2024"] == "met"
    assert visited("城关社")[2, "2024"] == "overdue"


# rush_to_scene: 立即 is no number


def accident(*, ruled: bool) -> ShippedOffice:
    office = ShippedOffice("town_2021.principal.rush_to_scene", holder=None)
    office.unit("镇", "镇街")
    office.staff("镇长", "孙", "行政主要负责人", unit="镇")
    office.event("事故1", "2024-05-20", type="生产安全事故", at="14:00", unit="镇")
    if ruled:
        office.ruling(office.under, WITHIN_2_HOURS, "2024-01-10", first="2024-01-01")
    return office


@pytest.mark.parametrize("as_of", ["2024-05-20", "2024-05-21", "2026-05-21"])
def test_at_once_is_to_be_ruled_and_never_red_without_a_ruling(as_of: str) -> None:
    states = {one.state for one in accident(ruled=False).verdicts(as_of)}
    assert states == {"to_be_ruled"}


@pytest.mark.parametrize(
    ("day", "at", "state"),
    [
        ("2024-05-20", "15:30", "met"),
        ("2024-05-20", "16:01", "made_up"),
        ("2024-05-21", "09:00", "made_up"),
        (None, "", "overdue"),
    ],
)
def test_with_a_ruling_of_two_hours_the_times_decide(day: str | None, at: str, state: str) -> None:
    office = accident(ruled=True)
    if day:
        office.act(day, at=at, kind="赶赴现场", holder="镇长")
    assert office.verdict("事故1", "2024-05-22").state == state
