"""Section 4: where late acts go, and those between a window and its due day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office
from tests.semantics.section_4.test_section_4_periods import (
    AFTER_AN_ACCIDENT,
    MONTHLY,
    accidents,
    office_with,
    states,
)


@sentence(
    "For all other shapes only make-ups and named acts count late",
    "count for that period, and for a longer one that contains it",
)
@pytest.mark.parametrize(
    ("frequency", "label", "day"),
    [
        (MONTHLY, "2024-06", "2024-07-01"),
        ({"at_least": 1, "at_most": 2, "per": "month"}, "2024-06", "2024-07-01"),
        ({"at_least": 1, "unit": "台", "per": "month"}, "2024-06", "2024-07-01"),
        ({"at_least": 1, "windows": {"each": "国庆"}}, "2024/国庆", "2024-10-08"),
    ],
    ids=["count", "range", "quota", "window"],
)
def test_for_all_other_shapes_an_unnamed_act_does_not_count_late(
    frequency: dict[str, Any], label: str, day: str
) -> None:
    office = office_with(frequency)
    office.act(day, id="late")
    assert office.verdict(label, "2024-10-09").state == "overdue"
    named = office_with(frequency)
    named.act(day, for_period=label)
    assert named.verdict(label, "2024-10-09").state == "made_up"
    made_up = office_with(frequency)
    made_up.act(day, makes_up=label)
    assert made_up.verdict(label, "2024-10-09").state == "made_up"


@sentence(
    "After an event that something had to precede, nothing counts",
)
@pytest.mark.parametrize("said", [{}, {"event": "赛1"}, {"makes_up": "赛1"}])
def test_after_an_event_that_something_had_to_precede_nothing_counts(said: dict[str, str]) -> None:
    office = office_with({"at_least": 1, "before": "赛事"})
    office.event("赛1", "2024-05-18")
    office.act("2024-05-19", id="after", **said)
    assert office.verdict("赛1", "2024-05-20").state == "overdue"
    assert office.why("赛1", "2024-05-20") == {"after": "outside_period"}


@sentence(
    "After an event that something had to precede, nothing counts",
)
def test_during_an_event_of_several_days_that_something_had_to_precede_nothing_counts() -> None:
    office = office_with({"at_least": 1, "before": "赛事"})
    office.event("赛1", "2024-05-18", last="2024-05-20")
    office.act("2024-05-19")
    assert office.verdict("赛1", "2024-05-21").state == "overdue"


@sentence(
    "between its due day and the event it counts late",
)
@pytest.mark.parametrize(
    ("day", "state", "late"),
    [("2024-05-08", "met", None), ("2024-05-12", "made_up", 4), ("2024-05-18", "made_up", 10)],
)
def test_between_its_due_day_and_the_event_it_counts_late(
    day: str, state: str, late: int | None
) -> None:
    office = office_with({"at_least": 1, "before": "赛事", "ahead": "10 days"})
    office.event("赛1", "2024-05-18")
    office.act(day)
    verdict = office.verdict("赛1", "2024-05-20")
    assert (verdict.state, verdict.days_late) == (state, late)


@sentence(
    ("Between a due day moved backward and its window's end an act belongs to that window"),
)
@pytest.mark.parametrize(
    ("frequency", "day", "ended", "next_one"),
    [
        # Due days moved backward from Saturdays: 2024-07-20 and 2024-08-31.
        ({"due": 20, "per": "month"}, "2024-07-20", "2024-07", "2024-08"),
        ({"about": "month", "due": "last"}, "2024-08-31", "2024-07", "2024-08"),
        ({"due": "last", "per": "month"}, "2024-08-31", "2024-08", "2024-09"),
    ],
)
@pytest.mark.parametrize("reported", [False, True])
def test_between_a_due_day_moved_backward_and_its_windows_end_an_act_belongs_to_that_window(
    frequency: dict[str, Any], day: str, ended: str, next_one: str, reported: bool
) -> None:
    office = Office(records_from="2024-01-01")
    office.document(signed="2020-01-01", adjust="previous_workday")
    office.duty(frequency)
    if reported:
        office.act(f"{day[:8]}15")
    late = office.act(day)
    assert office.verdict(ended, "2024-09-05").state == ("met" if reported else "made_up")
    assert late in office.counted(ended, "2024-09-05")
    assert late not in office.counted(next_one, "2024-09-05")


@sentence(
    ("Between a due day moved backward and its window's end an act belongs to that window"),
)
@pytest.mark.parametrize("day", ["2024-06-15", "2024-06-16"])
def test_before_an_event_the_days_after_a_due_day_moved_backward_are_late(day: str) -> None:
    office = Office(records_from="2024-01-01")
    office.document(signed="2020-01-01", adjust="previous_workday")
    office.duty({"before": "赛事", "ahead": "4 days"})
    office.event("赛1", "2024-06-20")  # due on Sunday 06-16, moved to Friday 06-14
    late = office.act(day)
    verdict = office.verdict("赛1", "2024-07-01")
    assert (verdict.state, str(verdict.due)) == ("made_up", "2024-06-14")
    assert office.counted("赛1", "2024-07-01") == [late]


@sentence(
    "Unnamed acts match an event by its subject where it has one",
)
def test_an_unnamed_act_matches_an_event_by_its_subject() -> None:
    office = office_with(AFTER_AN_ACCIDENT)
    for name in ("甲", "乙"):
        office.subject(name)
        office.event(f"{name}事", "2024-06-01", type="事故", subject=name)
    office.act("2024-06-03", subjects=("甲",))
    assert states(office, "2024-06-20", "甲事", "乙事") == ["met", "overdue"]


@sentence(
    "Unnamed acts match an event by its subject where it has one",
)
def test_an_unnamed_act_matches_an_event_without_a_subject_by_its_day() -> None:
    office = accidents("2024-06-01")
    office.subject("乙")
    office.act("2024-06-03", subjects=("乙",))
    assert office.verdict("事1", "2024-06-20").state == "met"


@sentence(
    ("so is a label of days under a duty about events, unless the event lies in those days"),
)
def test_a_label_of_days_is_as_if_blank_under_a_duty_about_events() -> None:
    office = accidents("2024-06-01")
    office.act("2024-06-03", for_period="2024-07")
    assert office.verdict("事1", "2024-06-20").state == "met"


@sentence(
    ("so is a label of days under a duty about events, unless the event lies in those days"),
)
def test_a_label_of_days_names_the_events_that_lie_in_them() -> None:
    office = accidents("2024-06-01", "2024-07-01")
    office.act("2024-07-03", for_period="2024-06")
    assert states(office, "2024-07-20", "事1", "事2") == ["made_up", "overdue"]


@sentence(
    ("so is a label of days under a duty about events, unless the event lies in those days"),
)
def test_a_label_of_days_that_hold_only_a_part_of_an_event_is_as_if_blank() -> None:
    office = office_with(AFTER_AN_ACCIDENT)
    office.event("事1", "2024-05-30", type="事故", last="2024-06-02")
    office.event("事2", "2024-06-20", type="事故")
    office.act("2024-06-22", for_period="2024-05")
    assert states(office, "2024-07-20", "事1", "事2") == ["overdue", "met"]


@sentence(
    (
        "An unnamed act that is late, or lies between a window and its due day, and that "
        "nothing lacks counts nowhere; one in its window counts there"
    ),
)
@pytest.mark.parametrize("frequency", [AFTER_AN_ACCIDENT, {"at_least": 1, "by": "2024-06-06"}])
def test_a_late_unnamed_act_that_nothing_lacks_counts_nowhere(frequency: dict[str, Any]) -> None:
    office = office_with(frequency, valid={"first": "2024-01-01"})
    office.event("事1", "2024-06-01", type="事故")
    office.act("2024-06-02", id="one")
    office.act("2024-06-05", id="in its window")
    office.act("2024-06-20", id="late")
    verdict = office.verdicts("2024-07-01")[0]
    assert [one.activity for one in verdict.counted] == ["one", "in its window"]


@sentence(
    (
        "An unnamed act that is late, or lies between a window and its due day, and that "
        "nothing lacks counts nowhere; one in its window counts there"
    ),
)
def test_between_a_window_and_its_due_day_an_act_that_nothing_lacks_counts_nowhere() -> None:
    office = Office(records_from="2024-05-01")
    office.document(signed="2020-01-01", adjust="next_workday")
    office.duty({"at_least": 1, "by": "2024-06-15"}, valid={"first": "2024-05-01"})
    office.act("2024-06-12", id="one")
    office.act("2024-06-17", id="between")
    verdict = office.verdicts("2024-07-01")[0]
    assert (str(verdict.deadline), verdict.done) == ("2024-06-17", 1)


@sentence(
    ("Between a due day moved backward and its window's end an act belongs to that window"),
)
def test_an_act_behind_a_due_day_moved_backward_is_late_for_its_window() -> None:
    office = Office(records_from="2024-06-01")
    office.document(signed="2020-01-01", adjust="previous_workday")
    office.duty({"due": "last", "per": "month"})
    # 2024-06-30 is a Sunday: June is due on Friday the 28th.
    office.act("2024-06-29")
    june, july = (office.verdict(label, "2024-07-15") for label in ("2024-06", "2024-07"))
    assert (june.state, june.days_late, july.done) == ("made_up", 1, 0)
    again = Office(records_from="2024-06-01")
    again.document(signed="2020-01-01", adjust="previous_workday")
    again.duty({"due": "last", "per": "month"})
    again.acts("2024-06-12", "2024-06-29")
    assert [again.verdict(label, "2024-07-15").done for label in ("2024-06", "2024-07")] == [2, 0]


@sentence(
    "Unnamed acts match an event by its subject where it has one",
)
def test_a_named_act_needs_no_subject_of_its_event() -> None:
    office = office_with(AFTER_AN_ACCIDENT)
    office.subject("甲")
    office.event("事1", "2024-06-01", type="事故", subject="甲")
    office.act("2024-06-03", event="事1")
    assert office.verdict("事1", "2024-06-20").state == "met"


@sentence(
    "each to what it is in time for before what it is late for",
)
def test_an_act_that_names_the_days_of_two_events_is_for_the_one_it_is_in_time_for() -> None:
    office = Office()
    office.event("春赛", "2024-04-30")
    office.event("夏赛", "2024-07-08")
    office.duty({"at_least": 1, "after": "赛事", "within": "5 days"})
    office.act("2024-05-02")
    office.act("2024-07-09", for_period="2024")
    found = {one.label: one.state for one in office.verdicts("2024-08-01")}
    assert (found["春赛"], found["夏赛"]) == ("met", "met")
