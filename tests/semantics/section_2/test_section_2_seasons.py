"""SEMANTICS, section 2: a season of days, of several stretches, or of windows by name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on

WEEKLY = {"at_least": 1, "per": "week", "holidays": "count"}
DAILY = {"at_least": 1, "per": "day", "holidays": "count"}


def in_season(season: Any, frequency: dict[str, Any] | None = None, **said: Any) -> Office:
    office = Office(records_from="2024-01-01")
    office.window("汛期", **{"from": "06-01", "to": "09-30"})
    office.duty(frequency or {"per": "month"}, valid={"season": season}, **said)
    return office


def months(office: Office, as_of: str = "2024-12-31") -> list[str]:
    """The months of 2024 that ask for something."""
    return [
        one.label
        for one in office.verdicts(as_of)
        if one.label < "2025" and one.state not in ("exempt", "to_be_ruled")
    ]


SUMMER = ["2024-06", "2024-07", "2024-08", "2024-09"]


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
def test_a_season_may_be_a_window_of_the_calendar_file() -> None:
    assert months(in_season("汛期")) == SUMMER


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
def test_a_season_may_be_several_stretches_of_a_year() -> None:
    office = in_season((("03-15", "06-15"), ("09-15", "11-15")))
    assert [int(label[-2:]) for label in months(office)] == [3, 4, 5, 6, 9, 10, 11]


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
def test_a_season_may_be_several_windows() -> None:
    office = Office(records_from="2024-01-01")
    office.window("汛期", **{"from": "06-01", "to": "07-31"})
    office.window("森林防火期", **{"from": "11-01", "to": "02-last"})
    office.duty({"per": "month"}, valid={"season": ("汛期", "森林防火期")})
    assert months(office) == ["2024-01", "2024-02", "2024-06", "2024-07", "2024-11", "2024-12"]


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
@pytest.mark.parametrize(
    ("frequency", "first", "last"),
    [
        (DAILY, "2024-06-01", "2024-09-30"),
        # 05-27..06-02 has two days in it, 09-30..10-06 one.
        (WEEKLY, "2024-W23", "2024-W39"),
        ({"per": "ten_days"}, "2024-06-X1", "2024-09-X3"),
        ({"due": 20, "per": "month"}, "2024-06", "2024-09"),
    ],
)
def test_in_a_window_anything_may_recur(frequency: dict[str, Any], first: str, last: str) -> None:
    found = months(in_season("汛期", frequency))
    assert (found[0], found[-1]) == (first, last)


@sentence(
    "the due day must lie in it",
)
def test_the_due_day_must_lie_in_the_season() -> None:
    office = in_season((("06-21", "09-10"),), {"due": 20, "per": "month"})
    assert months(office) == ["2024-07", "2024-08"]


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
def test_a_season_by_name_takes_the_line_of_the_holders_own_unit() -> None:
    office = Office(records_from="2024-01-01")
    office.window("汛期", **{"from": "06-01", "to": "09-30"})
    office.window("汛期", unit="北镇", **{"from": "07-01", "to": "08-31"})
    office.unit("北镇", "镇街")
    office.staff("北镇长", "陈", unit="北镇")
    office.duty({"per": "month"}, valid={"season": "汛期"})
    states = {(one.unit, one.label): one.state for one in office.verdicts("2024-12-31")}
    assert ("园区", "2024-06") in states
    assert ("北镇", "2024-06") not in states
    assert ("北镇", "2024-07") in states


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
def test_what_lies_before_a_holiday_may_be_a_season() -> None:
    office = in_season("元旦前", DAILY)
    found = months(office)
    assert (found[0], found[-1], len(found)) == ("2024-12-17", "2024-12-31", 15)


@sentence(
    "a name without days for that year is to be ruled beside the others",
)
def test_a_window_of_a_season_without_days_is_to_be_ruled_beside_the_others() -> None:
    office = Office(records_from="2024-01-01")
    office.window("汛期", **{"from": "06-01", "to": "09-30"})
    office.window("两会", years={2025: {"first": on("2025-01-10"), "last": on("2025-01-15")}})
    office.duty({"per": "month"}, valid={"season": ("汛期", "两会")})
    assert months(office) == SUMMER
    open_question = office.verdict("2024/两会", "2024-12-31")
    assert (open_question.state, open_question.due, open_question.person) == (
        "to_be_ruled",
        None,
        "王",
    )
    assert "2025/两会" not in office.labels("2025-02-01")


@sentence(
    "a name without days for that year is to be ruled beside the others",
)
def test_a_season_without_any_days_is_to_be_ruled_all_the_same() -> None:
    office = in_season("防汛演练期", WEEKLY)
    office.window("防汛演练期", years={2030: {"first": on("2030-01-10"), "last": on("2030-01-15")}})
    assert office.labels("2024-11-01") == ["2024/防汛演练期"]
    assert office.labels("2025-11-01") == ["2024/防汛演练期", "2025/防汛演练期"]


@sentence(
    "a name without days for that year is to be ruled beside the others",
)
def test_a_season_of_a_unit_without_days_is_the_units_question() -> None:
    office = in_season("防汛演练期", WEEKLY, units={"type": "园区"})
    office.window("防汛演练期", years={2030: {"first": on("2030-01-10"), "last": on("2030-01-15")}})
    [verdict] = office.verdicts("2024-11-01")
    assert (verdict.state, verdict.unit, verdict.post) == ("to_be_ruled", "园区", None)


@sentence(
    (
        "a season (3月至12月每月; 汛期每周) is validity: days, or one or several windows "
        "of the calendar file by name"
    ),
)
def test_a_season_holds_in_every_year_of_a_period_that_began_before_the_records() -> None:
    office = in_season(
        ("03-01", "12-31"),
        {"about": "2 years", "since": 2022, "due": {"month": 3, "day": "last"}},
    )
    # of 2022 and 2023 together more than half lies in the season
    one = office.verdict("2022..2023", "2024-05-01")
    assert (one.state, one.due) == ("overdue", on("2024-03-31"))
