"""SEMANTICS, section 2: the shapes that a requirement takes, each alone."""

from __future__ import annotations

from typing import Any

import pytest

from rules.frequency import Frequency, Shape
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on

JUNE = ("2024-06-03", "2024-06-11", "2024-06-19", "2024-06-27")


# count


@sentence(
    "at least N per period",
)
@pytest.mark.parametrize(("done", "state"), [(2, "overdue"), (3, "met"), (4, "met")])
def test_a_count_asks_for_at_least_n_per_period(done: int, state: str) -> None:
    office = Office()
    office.duty({"at_least": 3, "per": "month"})
    office.acts(*JUNE[:done])
    assert office.verdict("2024-06", "2024-07-01").state == state


@sentence(
    "a bare 每年/按月/月考核 is N = 1",
)
@pytest.mark.parametrize("per", ["year", "month"])
def test_a_bare_period_is_once(per: str) -> None:
    office = Office()
    office.duty({"per": per})
    label = {"year": "2024", "month": "2024-12"}[per]
    assert office.required(label, "2025-01-01") == 1


# range


@sentence(
    "N to M per period; more than M is still `met` (flag `over_range`)",
)
def test_a_range_asks_for_its_lower_end() -> None:
    office = Office()
    office.duty({"at_least": 2, "at_most": 3, "per": "month"})
    office.act(JUNE[0])
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.state, verdict.required) == ("overdue", 2)


@sentence(
    "N to M per period; more than M is still `met` (flag `over_range`)",
)
@pytest.mark.parametrize(("done", "flagged"), [(2, False), (3, True)])
def test_more_than_a_range_is_still_met_and_flagged(done: int, flagged: bool) -> None:
    office = Office()
    office.duty({"at_least": 1, "at_most": 2, "per": "month"})
    office.acts(*JUNE[:done])
    verdict = office.verdict("2024-06", "2024-07-01")
    assert verdict.state == "met"
    assert ("over_range" in verdict.flags) == flagged


@sentence(
    "unless the text forbids more (`cap: true`)",
)
@pytest.mark.parametrize(("done", "state"), [(2, "met"), (3, "exceeded")])
def test_more_than_a_cap_is_exceeded(done: int, state: str) -> None:
    office = Office()
    office.duty({"at_least": 1, "at_most": 2, "cap": True, "per": "month"})
    office.acts(*JUNE[:done])
    verdict = office.verdict("2024-06", "2024-07-01")
    assert verdict.state == state
    assert "over_range" not in verdict.flags


# quota


@sentence(
    "a quantity with its unit (台, 批次, 家, 小时, 节), not occasions",
)
def test_a_quota_adds_up_quantities_and_not_occasions() -> None:
    office = Office()
    office.duty({"at_least": 40, "unit": "台", "per": "year"})
    office.act("2024-03-01", quantity=25, unit_of_quantity="台")
    office.act("2024-09-01", quantity=15, unit_of_quantity="台")
    verdict = office.verdict("2024", "2025-01-01")
    assert (verdict.state, verdict.done) == ("met", 40)


@sentence(
    "a quantity with its unit (台, 批次, 家, 小时, 节), not occasions",
)
def test_a_quota_takes_quantities_of_its_own_unit_alone() -> None:
    office = Office()
    office.duty({"at_least": 3, "unit": "台", "per": "year"})
    act = office.act("2024-03-01", quantity=40, unit_of_quantity="家")
    assert office.verdict("2024", "2025-01-01").state == "overdue"
    assert office.why("2024", "2025-01-01") == {act: "unit"}


@sentence(
    "an act without a quantity counts its subjects, each of them once in the period",
)
def test_an_act_without_a_quantity_counts_its_subjects_each_once_in_the_period() -> None:
    office = Office()
    for name in ("一号", "二号", "三号"):
        office.subject(name, "电梯")
    office.duty({"at_least": 3, "unit": "台", "per": "half_year"})
    office.act("2024-03-01", subjects=("一号", "二号"))
    office.act("2024-03-08", subjects=("二号",))
    office.act("2024-07-08", subjects=("二号",))
    first = office.verdict("2024-H1", "2024-12-31")
    assert (first.done, first.state) == (2, "overdue")
    assert office.verdict("2024-H2", "2024-12-31").done == 1


@sentence(
    "an act without a quantity counts its subjects, each of them once in the period",
)
def test_a_make_up_never_takes_a_subject_from_an_act_in_time() -> None:
    office = Office()
    office.duty({"at_least": 1, "unit": "台", "per": "quarter"})
    office.subject("一号", "电梯")
    office.act("2024-02-10", subjects=("一号",))
    office.act("2024-04-09", subjects=("一号",), makes_up="2024-Q1")
    verdict = office.verdict("2024-Q1", "2024-05-01")
    assert (verdict.state, verdict.done) == ("met", 1)
    assert [one.quantity for one in verdict.counted] == [1, 0]


# share


@sentence(
    "a share of a population, rounded up",
    (
        "Share: required = share × required members, rounded up; done = members visited, "
        "listed ones too; `missing` empty"
    ),
)
@pytest.mark.parametrize(("visited", "state"), [(6, "overdue"), (7, "met")])
def test_a_share_of_a_population_is_rounded_up(visited: int, state: str) -> None:
    office = Office()
    names = [office.subject(f"单位{number:02}", "单位") for number in range(31)]
    office.duty({"share": "20%", "of": {"type": "单位"}, "per": "year"})
    office.act("2024-09-01", subjects=tuple(names[:visited]))
    verdict = office.verdict("2024", "2025-01-01")
    assert (verdict.required, verdict.state) == (7, state)


# coverage


@sentence(
    "each member of a population, at least N per period or once by a day",
)
def test_a_coverage_asks_for_n_visits_to_each_member_per_period() -> None:
    office = Office()
    office.subject("一号")
    office.subject("二号")
    office.duty({"each": {"type": "项目"}, "at_least": 2, "per": "quarter"})
    office.act("2024-04-08", subjects=("一号", "二号"))
    office.act("2024-05-08", subjects=("一号",))
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.done, verdict.missing) == (4, 3, ("二号",))


@sentence(
    "each member of a population, at least N per period or once by a day",
)
def test_a_coverage_may_ask_for_each_member_once_by_a_day() -> None:
    office = Office()
    office.document("doc", signed="2024-01-01")
    office.subject("一号")
    office.subject("二号")
    office.duty({"each": {"type": "项目"}, "by": "2026-12-31"})
    office.act("2024-04-08", subjects=("一号",))
    office.act("2026-12-31", subjects=("二号",))
    [verdict] = office.verdicts("2027-01-01")
    assert (verdict.state, verdict.due) == ("met", on("2026-12-31"))


# recurring deadline


@sentence(
    "done by a day inside each period, one or more days a year",
)
@pytest.mark.parametrize(
    ("day", "state"), [("2024-06-20", "met"), ("2024-06-21", "made_up"), (None, "overdue")]
)
def test_a_recurring_deadline_is_done_by_a_day_inside_each_period(
    day: str | None, state: str
) -> None:
    office = Office()
    office.duty({"due": 20, "per": "month"})
    if day:
        office.act(day)
    assert office.verdict("2024-06", "2024-06-21").state == state


@sentence(
    "done by a day inside each period, one or more days a year",
)
def test_a_recurring_deadline_may_have_several_days_a_year() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"due": ["06-last", "12-last"], "per": "year"})
    office.act("2024-06-30")
    found = [(one.due, one.state) for one in office.verdicts("2025-01-01") if one.label < "2025"]
    assert found == [(on("2024-06-30"), "met"), (on("2024-12-31"), "overdue")]


# after the period


@sentence(
    "due a stretch after the period that it is about",
)
@pytest.mark.parametrize(
    ("frequency", "label", "due"),
    [
        ({"about": "month", "due": 15}, "2024-06", "2024-07-15"),
        ({"about": "quarter", "within": "15 days"}, "2024-Q2", "2024-07-15"),
        ({"about": "year", "due": "03-last"}, "2024", "2025-03-31"),
        ({"about": "week", "due": "friday"}, "2024-W23", "2024-06-14"),
        ({"about": "quarter", "within": "3 workdays"}, "2024-Q2", "2024-07-03"),
    ],
)
def test_after_the_period_is_due_a_stretch_after_the_period_it_is_about(
    frequency: dict[str, Any], label: str, due: str
) -> None:
    office = Office()
    office.duty(frequency)
    verdict = office.verdict(label, "2025-04-01")
    assert (verdict.due, verdict.state) == (on(due), "overdue")


# deadline


@sentence(
    "once, by a day",
)
def test_a_deadline_is_owed_once_by_a_day() -> None:
    office = Office()
    office.document("doc", signed="2024-01-01")
    office.duty({"by": "2024-06-30"})
    found = office.verdicts("2024-07-01")
    assert [(one.due, one.state) for one in found] == [(on("2024-06-30"), "overdue")]
    office.act("2024-06-30")
    assert [one.state for one in office.verdicts("2025-07-01")] == ["met"]


# window


@sentence(
    ("N times within a named stretch of each year: `each` of several windows, or `any` of them"),
)
def test_windows_ask_for_n_times_in_each_of_several() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 2, "windows": {"each": ["安全生产月", "国庆"]}})
    office.acts("2024-06-05", "2024-06-25", "2024-10-02")
    found = {one.label: one.state for one in office.verdicts("2024-12-31")}
    assert (found["2024/安全生产月"], found["2024/国庆"]) == ("met", "overdue")


@sentence(
    ("N times within a named stretch of each year: `each` of several windows, or `any` of them"),
)
def test_windows_ask_for_n_times_in_any_of_them_together() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 2, "windows": {"any": ["安全生产月", "国庆"]}})
    office.acts("2024-06-05", "2024-08-01", "2024-10-02")
    verdict = office.verdict("2024/安全生产月+国庆", "2024-12-31")
    assert (verdict.state, verdict.done) == ("met", 2)
    assert office.why(verdict.label, "2024-12-31") == {"a02": "outside_period"}


# event


@sentence(
    "within a limit before or after a dated event",
)
@pytest.mark.parametrize(("day", "state"), [("2024-05-17", "met"), ("2024-05-19", "overdue")])
def test_before_an_event(day: str, state: str) -> None:
    office = Office()
    office.duty({"before": "赛事"})
    office.event("春季赛", "2024-05-18")
    office.act(day)
    assert office.verdict("春季赛", "2024-05-19").state == state


@sentence(
    "within a limit before or after a dated event",
)
@pytest.mark.parametrize(("day", "state"), [("2024-06-08", "met"), ("2024-06-10", "made_up")])
def test_within_days_after_an_event(day: str, state: str) -> None:
    office = Office()
    office.duty({"after": "购买", "within": "5 days"})
    office.event("购车", "2024-06-03", "购买")
    office.act(day)
    assert office.verdict("购车", "2024-06-12").state == state


@sentence(
    "within a limit before or after a dated event",
    (
        "Limits run in minutes, hours, days, working days or months, forwards or "
        "backwards; the event's day is day 0"
    ),
)
@pytest.mark.parametrize(("at", "state"), [("15:00", "met"), ("15:01", "made_up")])
def test_within_hours_after_an_event(at: str, state: str) -> None:
    office = Office()
    office.duty({"after": "事故", "within": "1 hour"})
    office.event("一号事故", "2024-06-03", "事故", at="14:00")
    office.act("2024-06-03", at=at)
    assert office.verdict("一号事故", "2024-06-12").state == state


# rolling


@sentence(
    "never more than D (days, months, years) between two",
)
@pytest.mark.parametrize(
    ("every", "due"),
    [
        ("45 days", "2024-03-01"),
        ("15 days", "2024-01-31"),
        ("1 month", "2024-02-16"),
        ("1 year", "2025-01-16"),
    ],
)
def test_a_rolling_duty_allows_never_more_than_d_between_two(every: str, due: str) -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"every": every, "reading": "rolling"})
    office.act("2024-01-16")
    found = [one for one in office.verdicts("2024-01-20") if one.period.first == on("2024-01-16")]
    assert [one.due for one in found] == [on(due)]


# nested


@sentence(
    ("several measures in one duty: one verdict each (`#1`, `#2`), fulfilled when all are"),
)
def test_several_measures_in_one_duty_have_a_verdict_each() -> None:
    office = Office()
    office.duty({"all": [{"at_least": 4, "per": "quarter"}, {"at_least": 1, "per": "month"}]})
    office.acts("2024-04-03", "2024-04-11", "2024-05-19", "2024-05-27")
    found = {(one.part, one.label): one.state for one in office.verdicts("2024-07-01")}
    assert found[1, "2024-Q2"] == "met"
    assert [found[2, f"2024-0{month}"] for month in (4, 5, 6)] == ["met", "met", "overdue"]


# to be ruled


UNCLEAR: list[Any] = [
    "to_be_ruled",
    {"after": "事故", "within": "to_be_ruled"},
    {"every": "15 days"},
]


@sentence(
    "one or several places in documents (`sources`) say it",
    ("kept with its clause, judged only after a ruling, never turned into a number by the program"),
)
@pytest.mark.parametrize("frequency", UNCLEAR)
def test_an_unclear_clause_is_kept_with_its_words_and_never_given_a_number(frequency: Any) -> None:
    office = Office()
    office.duty(frequency)
    office.event("一号事故", "2024-06-03", "事故")
    verdict = office.verdict("2024", "2024-07-01")
    assert verdict.state == "to_be_ruled"
    assert (verdict.required, verdict.due, verdict.shortfall) == (0, None, 0)
    assert verdict.duty.quote == "每月至少检查1次"


@sentence(
    ("kept with its clause, judged only after a ruling, never turned into a number by the program"),
)
def test_acts_alone_do_not_settle_an_unclear_clause() -> None:
    office = Office()
    office.duty("to_be_ruled")
    office.acts(*JUNE)
    assert office.verdict("2024", "2025-07-01").state == "to_be_ruled"


@sentence(
    (
        "the office's own dated decision on an unclear clause, with author and document "
        "number, kept in a file beside the rules"
    ),
    ("kept with its clause, judged only after a ruling, never turned into a number by the program"),
)
def test_an_unclear_clause_is_judged_after_a_ruling() -> None:
    office = Office(records_from="2024-01-01")
    office.duty("to_be_ruled")
    office.ruling("check", {"per": "quarter"}, "2024-03-20", first="2024-04-01")
    office.act("2024-05-08")
    found = {one.label: one.state for one in office.verdicts("2024-10-01")}
    assert (found["2024-Q2"], found["2024-Q3"]) == ("met", "overdue")


@sentence(
    (
        "the office's own dated decision on an unclear clause, with author and document "
        "number, kept in a file beside the rules"
    ),
    ("kept with its clause, judged only after a ruling, never turned into a number by the program"),
)
def test_a_ruling_decides_nothing_before_its_own_day() -> None:
    office = Office(records_from="2024-01-01")
    office.duty("to_be_ruled")
    office.ruling("check", {"per": "quarter"}, "2024-03-20", first="2024-01-01")
    assert {one.state for one in office.verdicts("2024-03-19")} == {"to_be_ruled"}
    assert office.verdict("2024-Q1", "2024-03-20").state == "open"


# the language says each


@sentence(
    "the rule language says each of them, alone and combined, without code",
)
@pytest.mark.parametrize(
    ("frequency", "shape"),
    [
        ({"per": "year"}, Shape.COUNT),
        ({"at_least": 1, "at_most": 2, "per": "year"}, Shape.RANGE),
        ({"at_least": 40, "unit": "台", "per": "year"}, Shape.QUOTA),
        ({"share": "20%", "of": {"type": "单位"}, "per": "year"}, Shape.SHARE),
        ({"each": {"type": "项目"}, "per": "quarter"}, Shape.COVERAGE),
        ({"due": 20, "per": "month"}, Shape.RECURRING_DEADLINE),
        ({"about": "month", "due": 15}, Shape.AFTER_PERIOD),
        ({"by": "2024-06-30"}, Shape.DEADLINE),
        ({"windows": {"each": ["汛期", "国庆"]}}, Shape.WINDOW),
        ({"before": "赛事"}, Shape.EVENT),
        ({"after": "购买", "within": "5 days"}, Shape.EVENT),
        ({"every": "45 days", "reading": "rolling"}, Shape.ROLLING),
        ({"all": [{"per": "month"}, {"per": "year", "at_least": 20}]}, Shape.NESTED),
        ("to_be_ruled", Shape.TO_BE_RULED),
    ],
)
def test_the_keys_of_a_frequency_say_its_shape(frequency: Any, shape: Shape) -> None:
    assert Frequency.model_validate(frequency).shape is shape
