"""SEMANTICS, section 3, "Conduct": counts, ranges, quotas, windows belong to the person."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.factory_store import OFFICE, office, told
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on

MONTHLY = {"at_least": 1, "per": "month"}


def appointed(first: str, frequency: dict[str, Any], last: str | None = None) -> Office:
    office = Office()
    office.appoint("王", first, last)
    office.duty(frequency)
    return office


# r


@sentence(
    "required r = N when every day of the period (or window) is in force",
)
@pytest.mark.parametrize(("at_least", "owed"), [(1, 1), (7, 7)])
def test_all_of_n_is_owed_when_every_day_is_in_force(at_least: int, owed: int) -> None:
    office = appointed("2024-06-01", {"at_least": at_least, "per": "month"})
    assert office.required("2024-06", "2024-07-01") == owed


@sentence(
    ("otherwise N × days in force ÷ days in the whole period, rounded half up (`tenure: prorate`)"),
)
@pytest.mark.parametrize(
    ("first", "at_least", "owed"),
    [
        ("2024-06-17", 1, 0),  # 14 of 30: 0.47
        ("2024-06-16", 1, 1),  # 15 of 30: 0.5 rounds up
        ("2024-06-16", 3, 2),  # 1.5
        ("2024-06-11", 4, 3),  # 2.67
        ("2024-06-13", 4, 2),  # 18 of 30: 2.4
    ],
)
def test_n_is_pro_rated_by_days_in_force_rounded_half_up(
    first: str, at_least: int, owed: int
) -> None:
    office = appointed(first, {"at_least": at_least, "per": "month"})
    assert office.required("2024-06", "2024-07-01") == owed


@sentence(
    "count, range, quota, window, rolling — belongs to the person",
    ("otherwise N × days in force ÷ days in the whole period, rounded half up (`tenure: prorate`)"),
)
@pytest.mark.parametrize(
    ("frequency", "label", "first", "owed"),
    [
        ({"at_least": 12, "per": "year"}, "2024", "2024-07-01", 6),  # 184 of 366: 6.03
        ({"at_least": 4, "at_most": 6, "per": "year"}, "2024", "2024-07-01", 2),
        ({"at_least": 40, "unit": "台", "per": "year"}, "2024", "2024-07-01", 20),  # 20.1
        ({"windows": {"each": "国庆"}}, "2024/国庆", "2024-10-05", 0),  # 3 of 7: 0.43
        ({"windows": {"each": "国庆"}}, "2024/国庆", "2024-10-04", 1),  # 4 of 7: 0.57
        ({"at_least": 4, "windows": {"any": ["防灾减灾日", "国庆"]}}, "", "2024-07-01", 4),  # 3.5
    ],
)
def test_ranges_quotas_and_windows_are_pro_rated_alike(
    frequency: dict[str, Any], label: str, first: str, owed: int
) -> None:
    office = appointed(first, frequency)
    assert office.required(label or "2024/防灾减灾日+国庆", "2025-01-01") == owed


@sentence(
    "A quota rounds to the decimals N has",
)
@pytest.mark.parametrize(
    ("at_least", "unit", "first", "owed"),
    [
        ("2.5", "小时", "2024-06-16", "1.3"),  # 1.25
        ("2.50", "小时", "2024-06-16", "1.25"),
        ("5", "小时", "2024-06-16", "3"),  # 2.5
        ("0.4", "小时", "2024-06-25", "0.1"),  # 6 of 30: 0.08
    ],
)
def test_a_quota_rounds_to_the_decimals_that_n_has(
    at_least: str, unit: str, first: str, owed: str
) -> None:
    office = appointed(first, {"at_least": at_least, "unit": unit, "per": "month"})
    assert office.required("2024-06", "2024-07-01") == Fraction(owed)


@sentence(
    "M of a range is never pro-rated",
)
@pytest.mark.parametrize(("done", "flagged"), [(6, False), (7, True)])
def test_the_upper_end_of_a_range_is_never_pro_rated(done: int, flagged: bool) -> None:
    office = appointed("2024-07-01", {"at_least": 4, "at_most": 6, "per": "year"})
    office.acts(*[f"2024-08-{day:02}" for day in range(1, done + 1)])
    assert ("over_range" in office.verdict("2024", "2025-01-01").flags) == flagged


# full and excuse


@sentence(
    (
        "`full`: N for the holder with the most days in force in it (of two, the smaller "
        "id), 0 for the others"
    ),
)
@pytest.mark.parametrize(
    ("change", "owed"),
    [("2024-06-11", {"王": 0, "李": 2}), ("2024-06-21", {"王": 2, "李": 0})],
)
def test_full_owes_all_by_the_holder_with_the_most_days(change: str, owed: dict[str, int]) -> None:
    office = Office()
    before = f"2024-06-{int(change[-2:]) - 1}"
    office.appoint("王", last=before)
    office.appoint("李", change)
    office.duty({"at_least": 2, "per": "month", "tenure": "full"})
    found = {one.person: one.required for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == owed


@sentence(
    (
        "`full`: N for the holder with the most days in force in it (of two, the smaller "
        "id), 0 for the others"
    ),
)
def test_full_of_two_with_as_many_days_is_owed_by_the_smaller_id() -> None:
    office = Office()
    office.appoint("b", last="2024-06-15")
    office.appoint("a", "2024-06-16")
    office.duty({"at_least": 2, "per": "month", "tenure": "full"})
    found = {one.person: one.required for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"a": 2, "b": 0}


@sentence(
    (
        "`full`: N for the holder with the most days in force in it (of two, the smaller "
        "id), 0 for the others"
    ),
)
def test_full_owes_all_by_a_lone_holder_of_few_days() -> None:
    office = appointed("2024-06-28", {"at_least": 2, "per": "month", "tenure": "full"})
    assert office.required("2024-06", "2024-07-01") == 2


@sentence(
    "`excuse`: 0 unless every day is in force",
)
@pytest.mark.parametrize(("first", "owed"), [("2024-06-01", 2), ("2024-06-02", 0)])
def test_excuse_owes_nothing_unless_every_day_is_in_force(first: str, owed: int) -> None:
    office = appointed(first, {"at_least": 2, "per": "month", "tenure": "excuse"})
    verdict = office.verdict("2024-06", "2024-07-01")
    assert verdict.required == owed
    assert verdict.state == ("overdue" if owed else "exempt")


# a post never owes more than N


@sentence(
    (
        "a post never owes more than N: when it changes hands inside a period, each holder "
        "is pro-rated, and the later one's r is lowered to what the earlier ones leave of "
        "N (not below 0)"
    ),
)
@pytest.mark.parametrize(
    ("at_least", "change", "owed"),
    [
        (1, 16, {"王": 1, "李": 0}),  # 0.5 and 0.5
        (3, 16, {"王": 2, "李": 1}),  # 1.5 and 1.5
        (2, 11, {"王": 1, "李": 1}),  # 0.67 and 1.33
        (4, 21, {"王": 3, "李": 1}),  # 2.67 and 1.33
    ],
)
def test_each_holder_is_pro_rated_and_the_later_owes_what_the_earlier_leaves(
    at_least: int, change: int, owed: dict[str, int]
) -> None:
    office = Office()
    office.appoint("王", last=f"2024-06-{change - 1}")
    office.appoint("李", f"2024-06-{change}")
    office.duty({"at_least": at_least, "per": "month"})
    found = {one.person: one.required for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == owed


@sentence(
    (
        "a post never owes more than N: when it changes hands inside a period, each holder "
        "is pro-rated, and the later one's r is lowered to what the earlier ones leave of "
        "N (not below 0)"
    ),
)
def test_what_is_left_to_the_latest_of_several_holders_is_never_below_nothing() -> None:
    office = Office()
    office.appoint("王", last="2024-06-10")
    office.appoint("李", "2024-06-11", "2024-06-20")
    office.appoint("周", "2024-06-21")
    office.duty({"at_least": 5, "per": "month"})  # 1.67 each: 2, 2 and what is left
    found = {one.person: one.required for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"王": 2, "李": 2, "周": 1}
    office.duties.clear()
    office.duty({"at_least": 2, "per": "month"})  # 0.67 each
    found = {one.person: one.required for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"王": 1, "李": 1, "周": 0}


@sentence(
    (
        "a post never owes more than N: when it changes hands inside a period, each holder "
        "is pro-rated, and the later one's r is lowered to what the earlier ones leave of "
        "N (not below 0)"
    ),
)
def test_days_that_nobody_holds_lower_what_the_post_owes() -> None:
    office = Office()
    office.appoint("王", last="2024-06-10")
    office.appoint("李", "2024-06-21")
    office.duty({"at_least": 3, "per": "month"})
    found = {one.person: one.required for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"王": 1, "李": 1}


@sentence(
    (
        "Two people side by side in one post, neither acting, for more than a day are a "
        "problem at import"
    ),
)
@pytest.mark.parametrize(("last", "problems"), [("2023-06-15", False), ("2023-06-16", True)])
def test_two_people_side_by_side_for_more_than_a_day_are_a_problem_at_import(
    last: str, problems: bool, tmp_path: Path
) -> None:
    store = office(tmp_path)
    rows = [
        OFFICE["appointments"][0],
        ["p1", "镇长", "2023-01-01", last, ""],
    ]
    found = told(store, tmp_path / "changed", {"appointments": rows})
    assert any("side by side" in problem for problem in found) == problems


# the due day


@sentence(
    "the due day is the period's last day even for somebody who left earlier",
    "nobody is overdue before it",
)
def test_the_due_day_is_the_periods_last_even_for_one_who_left_earlier() -> None:
    office = appointed("2024-01-01", MONTHLY, "2024-06-20")
    for day in ("2024-06-21", "2024-06-30"):
        verdict = office.verdict("2024-06", day)
        assert verdict.due == on("2024-06-30")
        assert verdict.state == "due_soon" if day == "2024-06-30" else "open"
    assert office.verdict("2024-06", "2024-07-01").days_overdue == 1


@sentence(
    "nobody is overdue before it",
)
def test_nobody_is_overdue_on_the_due_day() -> None:
    office = appointed("2024-01-01", MONTHLY)
    assert office.verdict("2024-06", "2024-06-30").state == "due_soon"
    assert office.verdict("2024-06", "2024-07-01").state == "overdue"
