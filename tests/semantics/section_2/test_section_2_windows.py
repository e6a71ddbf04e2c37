"""SEMANTICS, section 2: windows named together, what they cover, and rulings after rulings."""

from __future__ import annotations

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office


def with_windows() -> Office:
    """An office with a short window in March and another in November, and both under one name."""
    office = Office(records_from="2024-01-01")
    office.window("迎检", **{"from": "03-01", "to": "03-10"})
    office.window("冬查", **{"from": "11-01", "to": "11-10"})
    office.window("两查", each_of=("迎检", "冬查"))
    return office


@sentence(
    "N times within a named stretch of each year: `each` of several windows, or `any` of them",
)
def test_a_window_named_beside_one_that_stands_for_it_is_asked_for_once() -> None:
    office = with_windows()
    office.duty({"windows": {"each": ["两查", "冬查"]}})
    assert office.labels("2024-12-31")[:2] == ["2024/迎检", "2024/冬查"]


@sentence(
    "N times within a named stretch of each year: `each` of several windows, or `any` of them",
    "owed whole by the person in the post on the due day",
)
def test_the_days_between_several_windows_are_no_days_of_theirs() -> None:
    office = with_windows()
    office.subject("甲")
    office.duty({"each": {"type": "项目"}, "windows": {"any": ["迎检", "冬查"]}})
    verdict = office.verdict("2024/迎检+冬查", "2024-11-12")
    assert (verdict.state, verdict.person, verdict.missing) == ("overdue", "王", ("甲",))


@sentence(
    (
        "a member of a population is required when it is in force on at least half of the "
        "window's days and on its last day"
    ),
)
def test_a_member_of_the_days_between_the_windows_alone_is_not_listed() -> None:
    office = with_windows()
    office.subject("甲")
    office.subject("乙", first="2024-05-01", last="2024-06-30")
    office.duty({"share": "50%", "of": {"type": "项目"}, "windows": {"any": ["迎检", "冬查"]}})
    office.act("2024-11-05", subjects=("乙",))
    verdict = office.verdict("2024/迎检+冬查", "2024-11-12")
    assert (verdict.done, verdict.required) == (0, 1)


@sentence(
    "the old one ends the day before the first day of the new one's first period",
    "kept with its clause, judged only after a ruling, never turned into a number by the program",
)
def test_a_ruling_that_takes_the_place_of_another_judges_its_first_period_alone() -> None:
    office = Office(records_from="2024-01-01")
    office.duty("to_be_ruled")
    office.ruling("check", {"per": "quarter"}, "2024-01-01")
    office.ruling("check", {"at_least": 2, "per": "month"}, "2024-06-12")
    assert office.labels("2024-07-01")[:4] == ["2024-Q1", "2024-Q2", "2024-06", "2024-07"]
    assert office.required("2024-06", "2024-07-01") == 2
    quarter = office.verdict("2024-Q2", "2024-07-01")
    assert (quarter.required, str(quarter.window)) == (1, "2024-04-01..2024-05-31")


@sentence(
    "the old one ends the day before the first day of the new one's first period",
    "kept with its clause, judged only after a ruling, never turned into a number by the program",
)
def test_a_ruling_after_another_judges_nothing_before_there_was_a_measure() -> None:
    office = Office(records_from="2024-01-01")
    office.duty("to_be_ruled")
    office.ruling("check", {"at_least": 3, "per": "month"}, "2024-06-11")
    office.ruling("check", {"at_least": 3, "per": "month"}, "2024-06-21")
    june = office.verdict("2024-06", "2024-07-01")
    assert (june.required, str(june.window)) == (2, "2024-06-11..2024-06-30")
