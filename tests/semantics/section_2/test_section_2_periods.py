"""SEMANTICS, section 2: the periods, the named windows, and the days without work."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from rules.frequency import Frequency
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on, run

WEEKDAYS_OFF = [f"2024-06-{day:02}" for day in (3, 4, 5, 6, 7, 10)]
"""The working days of the first ten days of June 2024, taken out."""


def periods(frequency: dict[str, Any], first: str, last: str, **said: Any) -> list[str]:
    """The periods of a duty, from the one that begins on `first` to the one that ends by `last`."""
    office = Office(records_from=first)
    office.document("doc", signed=first)
    office.duty(frequency, **said)
    found = {one.period for one in office.verdicts(last, span=f"{first}..{last}")}
    return [str(one) for one in sorted(found) if one.last <= on(last)]


# periods


@sentence(
    (
        "day, workday, week (ISO), ten days (1–10, 11–20, 21–end), half month (1–15, "
        "16–end), month, n months (n divides 12; from January), quarter, half-year, year"
    ),
)
@pytest.mark.parametrize(
    ("per", "first", "last", "found"),
    [
        ("day", "2024-06-01", "2024-06-03", ["06-01..06-01", "06-02..06-02", "06-03..06-03"]),
        ("workday", "2024-06-07", "2024-06-12", ["06-07..06-07", "06-11..06-11", "06-12..06-12"]),
        ("week", "2024-06-03", "2024-06-16", ["06-03..06-09", "06-10..06-16"]),
        ("ten_days", "2024-06-01", "2024-06-30", ["06-01..06-10", "06-11..06-20", "06-21..06-30"]),
        ("ten_days", "2024-02-21", "2024-02-29", ["02-21..02-29"]),
        ("half_month", "2024-02-01", "2024-02-29", ["02-01..02-15", "02-16..02-29"]),
        ("month", "2024-02-01", "2024-03-31", ["02-01..02-29", "03-01..03-31"]),
        ("2 months", "2024-01-01", "2024-04-30", ["01-01..02-29", "03-01..04-30"]),
        ("4 months", "2024-01-01", "2024-08-31", ["01-01..04-30", "05-01..08-31"]),
        ("quarter", "2024-01-01", "2024-06-30", ["01-01..03-31", "04-01..06-30"]),
        ("half_year", "2024-01-01", "2024-12-31", ["01-01..06-30", "07-01..12-31"]),
        ("year", "2024-01-01", "2024-12-31", ["01-01..12-31"]),
    ],
)
def test_calendar_periods_have_these_days(
    per: str, first: str, last: str, found: list[str]
) -> None:
    asked = {"per": per}
    expected = [f"2024-{one[:5]}..2024-{one[7:]}" for one in found]
    assert periods(asked, first, last) == expected


@sentence(
    (
        "day, workday, week (ISO), ten days (1–10, 11–20, 21–end), half month (1–15, "
        "16–end), month, n months (n divides 12; from January), quarter, half-year, year"
    ),
)
def test_weeks_are_iso_weeks_and_cross_new_year() -> None:
    office = Office(records_from="2024-12-30")
    office.duty({"per": "week"})
    assert office.verdict("2025-W01", "2025-01-06").period == run("2024-12-30..2025-01-05")


@sentence(
    "n years (whole calendar years from a stated year)",
)
def test_n_years_are_whole_years_from_a_stated_year() -> None:
    assert periods({"per": "3 years", "since": 2020}, "2020-01-01", "2026-01-01") == [
        "2020-01-01..2022-12-31",
        "2023-01-01..2025-12-31",
    ]


@sentence(
    (
        "day, workday, week (ISO), ten days (1–10, 11–20, 21–end), half month (1–15, "
        "16–end), month, n months (n divides 12; from January), quarter, half-year, year"
    ),
)
@pytest.mark.parametrize("per", ["5 months", "7 months", "24 months"])
def test_a_number_of_months_must_divide_12(per: str) -> None:
    with pytest.raises(ValidationError):
        Frequency.model_validate({"per": per})


@sentence(
    "n years (whole calendar years from a stated year)",
)
def test_n_years_without_a_stated_year_are_refused() -> None:
    with pytest.raises(AssertionError, match="since"):
        Office().duty({"per": "3 years"})


@sentence(
    "school term, school year",
)
def test_school_terms_and_years_come_from_the_calendar_file() -> None:
    office = Office(records_from="2024-01-01")
    office.calendar(
        school_terms={"上学期": [{"from": "09-02", "to": "01-18"}]},
        school_year=[{"from": "09-02", "to": "08-30"}],
    )
    office.duty({"per": "school_term"}, "term")
    office.duty({"per": "school_year"}, "year")
    found = {(one.duty.id, str(one.period)) for one in office.verdicts("2024-12-01")}
    assert ("term", "2024-09-02..2025-01-18") in found
    assert ("year", "2024-09-02..2025-08-30") in found


@sentence(
    "term of office (of a person: the tenure; of a body: days given with the unit)",
)
def test_the_term_of_office_of_a_person_is_the_tenure() -> None:
    office = Office()
    office.appoint("王", "2022-03-10", "2024-05-20")
    office.duty({"per": "term_of_office"})
    office.act("2023-06-01")
    [verdict] = office.verdicts("2024-06-01")
    assert (verdict.period, verdict.state) == (run("2022-03-10..2024-05-20"), "met")


@sentence(
    "term of office (of a person: the tenure; of a body: days given with the unit)",
)
def test_the_term_of_office_of_a_body_is_given_with_the_unit() -> None:
    office = Office()
    office.unit("党委会", "委员会", term_first="2021-07-01", term_last="2026-06-30")
    office.duty({"per": "term_of_office"}, units={"type": "委员会"})
    [verdict] = office.verdicts("2024-06-01")
    assert verdict.period == run("2021-07-01..2026-06-30")


@sentence(
    "campaign. `every 15 days`",
)
def test_a_campaign_is_one_period_of_the_dutys_own_days() -> None:
    office = Office()
    office.duty(
        {"at_least": 2, "per": "campaign"}, valid={"first": "2024-03-01", "last": "2024-08-31"}
    )
    office.act("2024-03-01")
    office.act("2024-08-31")
    [verdict] = office.verdicts("2024-09-01")
    assert (verdict.period, verdict.state) == (run("2024-03-01..2024-08-31"), "met")


# every N days


@sentence(
    "are calendar or rolling as the rule says (`reading`); unstated: to be ruled",
)
def test_every_15_days_by_the_calendar_is_a_half_month() -> None:
    assert periods({"every": "15 days", "reading": "calendar"}, "2024-06-01", "2024-06-30") == [
        "2024-06-01..2024-06-15",
        "2024-06-16..2024-06-30",
    ]


@sentence(
    "are calendar or rolling as the rule says (`reading`); unstated: to be ruled",
)
def test_every_15_days_rolling_runs_from_the_last_act() -> None:
    office = Office(records_from="2024-06-01")
    office.duty({"every": "15 days", "reading": "rolling"})
    office.acts("2024-06-01", "2024-06-08")
    found = [str(one.period) for one in office.verdicts("2024-06-10")]
    assert found == ["2024-06-01..2024-06-16", "2024-06-08..2024-06-23"]


@sentence(
    "are calendar or rolling as the rule says (`reading`); unstated: to be ruled",
)
def test_every_15_days_without_a_reading_is_to_be_ruled() -> None:
    office = Office()
    office.duty({"every": "15 days"})
    assert office.verdict("2024", "2024-06-10").state == "to_be_ruled"


# named windows


@sentence(
    "Named windows live in a calendar file that an office can edit: fixed",
    (
        "lunar and solar-term (春节, 除夕, 元宵, 清明, 端午, 中元节, 中秋), statutory "
        "holidays with their make-up working days"
    ),
)
@pytest.mark.parametrize(
    ("name", "year", "days"),
    [
        ("安全生产月", 2024, "2024-06-01..2024-06-30"),
        ("消防宣传月", 2024, "2024-11-01..2024-11-30"),
        ("防灾减灾日", 2024, "2024-05-12"),
        ("安全生产法宣传周", 2024, "2024-12-01..2024-12-07"),
        ("岁末年初", 2024, "2024-12-01..2025-01-31"),
        ("春节", 2024, "2024-02-10..2024-02-17"),
        ("除夕", 2024, "2024-02-09"),
        ("元宵", 2024, "2024-02-24"),
        ("清明", 2024, "2024-04-04..2024-04-06"),
        ("端午", 2024, "2024-06-08..2024-06-10"),
        ("中元节", 2024, "2024-08-18"),
        ("中秋", 2024, "2024-09-15..2024-09-17"),
        ("国庆", 2024, "2024-10-01..2024-10-07"),
        ("劳动节", 2024, "2024-05-01..2024-05-05"),
        ("元旦", 2024, "2023-12-30..2024-01-01"),
    ],
)
def test_named_windows_have_their_days(name: str, year: int, days: str) -> None:
    assert Office().windows_of().days_of(name, year) == run(days)


@sentence(
    (
        "regional (汛期, 汛前, 森林防火期, 迎峰度夏, 迎峰度冬, 岁末年初 12-01..01-31, "
        "寒假, 暑假, 两会)"
    ),
)
@pytest.mark.parametrize(
    "name",
    ["汛期", "汛前", "森林防火期", "迎峰度夏", "迎峰度冬", "寒假", "暑假", "两会"],
)
def test_regional_windows_have_days_that_an_office_replaces_by_its_own(name: str) -> None:
    office = Office()
    assert office.windows_of().days_of(name, 2024) is not None
    office.window(name, **{"from": "05-05", "to": "05-06"})
    assert office.windows_of().days_of(name, 2024) == run("2024-05-05..2024-05-06")


@sentence(
    "小长假 (each of them)",
)
def test_the_short_holidays_are_each_of_them() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"windows": {"each": "小长假"}})
    found = {one.label for one in office.verdicts("2024-12-31", span="2024")}
    assert {"2024/清明", "2024/劳动节", "2024/端午", "2024/中秋"} <= found
    assert not {"2024/国庆", "2024/春节", "2024/小长假"} & found


@sentence(
    (
        "`X前` is the `lead_days` (default 15) before X's first day, unless the calendar "
        "has a line of that name"
    ),
)
def test_before_a_window_are_the_15_days_before_its_first() -> None:
    assert Office().windows_of().days_of("国庆前", 2024) == run("2024-09-16..2024-09-30")


@sentence(
    (
        "`X前` is the `lead_days` (default 15) before X's first day, unless the calendar "
        "has a line of that name"
    ),
)
def test_the_lead_days_of_a_window_may_be_others() -> None:
    office = Office()
    office.window("国庆", holiday="国庆", lead_days=7)
    assert office.windows_of().days_of("国庆前", 2024) == run("2024-09-24..2024-09-30")


@sentence(
    (
        "`X前` is the `lead_days` (default 15) before X's first day, unless the calendar "
        "has a line of that name"
    ),
)
def test_a_line_of_that_name_goes_before_the_lead_days() -> None:
    office = Office()
    office.window("国庆前", **{"from": "09-20", "to": "09-25"})
    assert office.windows_of().days_of("国庆前", 2024) == run("2024-09-20..2024-09-25")


@sentence(
    "`X前后` runs from that many days before its first day to as many after its last",
)
def test_around_a_window_runs_from_that_many_days_before_to_as_many_after() -> None:
    assert Office().windows_of().days_of("国庆前后", 2024) == run("2024-09-16..2024-10-22")


@sentence(
    "A window crossing New Year belongs to the year it starts in",
)
def test_a_window_that_crosses_new_year_belongs_to_the_year_it_starts_in() -> None:
    office = Office(records_from="2024-06-01")
    office.duty({"windows": {"each": "岁末年初"}})
    office.act("2025-01-20")
    verdict = office.verdict("2024/岁末年初", "2025-02-01")
    assert (verdict.state, verdict.due) == ("met", on("2025-01-31"))


@sentence(
    "A window crossing New Year belongs to the year it starts in",
)
@pytest.mark.parametrize(("way", "label"), [("each", "2024/岁末年初"), ("any", "2024/岁末年初")])
def test_a_window_that_crosses_new_year_binds_who_comes_in_january(way: str, label: str) -> None:
    office = Office(records_from="2024-06-01")
    office.appoint("王", "2025-01-01")  # 31 of 62 days: a half rounds up
    office.duty({"windows": {way: ["岁末年初"]}})
    verdict = office.verdict(label, "2025-02-01")
    assert (verdict.state, verdict.required, verdict.person) == ("overdue", 1, "王")


@sentence(
    "A window crossing New Year belongs to the year it starts in",
)
def test_who_comes_after_a_window_owes_nothing_of_it() -> None:
    office = Office(records_from="2024-06-01")
    office.appoint("王", "2025-02-01")
    office.duty({"windows": {"each": ["岁末年初"]}})
    assert office.labels("2025-02-10") == ["2025/岁末年初"]


@sentence(
    "A window without days for that year gives `to_be_ruled`",
)
def test_a_window_without_days_for_that_year_is_to_be_ruled() -> None:
    office = Office(records_from="2024-01-01")
    office.window("展会", years={2024: {"first": "2024-09-10", "last": "2024-09-12"}})
    office.duty({"windows": {"each": "展会"}})
    assert office.verdict("2024/展会", "2025-06-01").state == "overdue"
    verdict = office.verdict("2025/展会", "2025-06-01")
    assert (verdict.state, verdict.due) == ("to_be_ruled", None)


@sentence(
    "A window without days for that year gives `to_be_ruled`",
)
def test_any_of_several_windows_is_to_be_ruled_while_one_has_no_days() -> None:
    office = Office(records_from="2024-01-01")
    office.window("展会", years={2024: {"first": "2024-09-10", "last": "2024-09-12"}})
    office.duty({"windows": {"any": ["安全生产月", "展会"]}})
    assert office.verdict("2024/安全生产月+展会", "2025-08-01").state == "overdue"
    assert office.verdict("2025/安全生产月+展会", "2025-08-01").state == "to_be_ruled"


# working days


def all_off(per: str, holidays: str | None = None) -> Office:
    """June 2024 begins with ten days off by the office's own calendar."""
    office = Office(records_from="2024-06-01")
    office.calendar(workdays={2024: {"off": WEEKDAYS_OFF}})
    office.duty({"per": per} | ({"holidays": holidays} if holidays else {}))
    return office


@sentence(
    (
        "A day, week or ten days, or a stretch of one day, without a working day in force "
        "asks nothing of a post (`exempt`, reason holiday)"
    ),
)
@pytest.mark.parametrize(
    ("per", "label"),
    [("day", "2024-06-05"), ("week", "2024-W23"), ("ten_days", "2024-06-X1")],
)
def test_a_day_week_or_ten_days_without_a_working_day_asks_nothing_of_a_post(
    per: str, label: str
) -> None:
    verdict = all_off(per).verdict(label, "2024-07-01")
    assert (verdict.state, verdict.reason) == ("exempt", "holiday")


@sentence(
    (
        "A day, week or ten days, or a stretch of one day, without a working day in force "
        "asks nothing of a post (`exempt`, reason holiday)"
    ),
)
@pytest.mark.parametrize(("per", "label"), [("half_month", "2024-06-A"), ("month", "2024-06")])
def test_longer_periods_ask_even_without_a_working_day(per: str, label: str) -> None:
    office = Office(records_from="2024-06-01")
    office.calendar(workdays={2024: {"off": [f"2024-06-{day:02}" for day in range(1, 31)]}})
    office.duty({"per": per})
    assert office.verdict(label, "2024-07-01").state == "overdue"


@sentence(
    (
        "A day, week or ten days, or a stretch of one day, without a working day in force "
        "asks nothing of a post (`exempt`, reason holiday)"
    ),
)
@pytest.mark.parametrize(
    ("per", "label"), [("half_month", "2024-06-A"), ("month", "2024-06"), ("week", "2024-W25")]
)
def test_longer_periods_and_those_with_a_working_day_ask_as_ever(per: str, label: str) -> None:
    assert all_off(per).verdict(label, "2024-07-01").state == "overdue"


@sentence(
    "unless the rule says `holidays: count`",
)
@pytest.mark.parametrize("per", ["day", "week", "ten_days"])
def test_holidays_count_where_the_rule_says_so(per: str) -> None:
    label = {"day": "2024-06-05", "week": "2024-W23", "ten_days": "2024-06-X1"}[per]
    assert all_off(per, "count").verdict(label, "2024-07-01").state == "overdue"


@sentence(
    "of a unit (企业每日排查) it asks as ever",
)
def test_of_a_unit_a_day_without_work_is_asked_as_ever() -> None:
    office = Office(records_from="2024-06-01")
    office.duty({"per": "day"}, units={"type": "园区"})
    assert office.verdict("2024-06-09", "2024-07-01").state == "overdue"  # a Sunday


@sentence(
    (
        "A day, week or ten days, or a stretch of one day, without a working day in force "
        "asks nothing of a post (`exempt`, reason holiday)"
    ),
)
def test_only_working_days_in_force_make_a_post_owe_a_week() -> None:
    office = Office(records_from="2024-06-01")
    office.appoint("王", "2024-06-15")  # a Saturday
    office.duty({"at_least": 7, "per": "week"})
    verdict = office.verdict("2024-W24", "2024-07-01")
    assert (verdict.state, verdict.required) == ("exempt", 0)


@sentence(
    (
        "lunar and solar-term (春节, 除夕, 元宵, 清明, 端午, 中元节, 中秋), statutory "
        "holidays with their make-up working days"
    ),
    "Working days come from the published tables",
)
def test_a_working_day_made_up_for_a_holiday_is_one() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"per": "day"})
    found = {one.label: one.state for one in office.verdicts("2024-10-15")}
    assert found["2024-09-29"] == "overdue"  # a Sunday worked for the National Day
    assert found["2024-10-01"] == "exempt"


@sentence(
    ("Past the last published year they fall back to weekends, flag `holiday_table_missing`"),
)
def test_past_the_last_published_year_weekends_decide_and_a_flag_says_so() -> None:
    office = Office(records_from="2040-09-01")
    office.duty({"per": "day"})
    found = {one.label: one for one in office.verdicts("2040-10-15")}
    monday, sunday = found["2040-10-01"], found["2040-09-30"]
    assert (monday.state, sunday.state) == ("overdue", "exempt")
    assert "holiday_table_missing" in monday.flags


@sentence(
    ("Past the last published year they fall back to weekends, flag `holiday_table_missing`"),
)
def test_a_published_year_has_no_such_flag() -> None:
    office = Office(records_from="2024-06-01")
    office.duty({"per": "day"})
    assert "holiday_table_missing" not in office.verdict("2024-06-05", "2024-07-01").flags


@sentence(
    (
        "`X前` and `X前后` of a holiday belong to the holiday's year (2025/元旦前 lies in "
        "December 2024)"
    ),
)
def test_what_lies_before_a_holiday_belongs_to_the_holidays_year() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"windows": {"each": ["元旦前", "元旦前后"]}})
    before = office.verdict("2025/元旦前", "2024-11-10", span="2024")
    around = office.verdict("2025/元旦前后", "2024-11-10", span="2024")
    assert before.window == run("2024-12-17..2024-12-31")
    assert around.window == run("2024-12-17..2025-01-16")
    office.act("2024-12-20", for_period="2025/元旦前")
    assert office.verdict("2025/元旦前", "2025-01-01").state == "met"
    assert "2024/元旦前" not in office.labels("2025-01-01")  # it lay before the records


@sentence(
    (
        "`X前` and `X前后` of a holiday belong to the holiday's year (2025/元旦前 lies in "
        "December 2024)"
    ),
)
def test_a_window_of_the_next_year_is_not_asked_about_before_it_begins() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"windows": {"each": ["元旦前", "国庆"]}})
    assert office.labels("2024-10-10") == ["2024/国庆"]


@sentence(
    (
        "`X前` and `X前后` of a holiday belong to the holiday's year (2025/元旦前 lies in "
        "December 2024)"
    ),
)
def test_days_before_a_holiday_of_the_next_year_may_be_left_out() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"per": "month", "except": "元旦前"})
    working = office.verdict("2024-12", "2025-01-10").working
    assert working is not None and working.whole_days == 16
