"""SEMANTICS, section 2: taking and leaving office are events that the appointments make."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on

TRAINED = {"after": "任职", "within": "6 months"}
HANDED_OVER = {"after": "离任", "within": "10 days"}


def taken(*held: tuple[str, str, str | None], frequency: Any = None, **said: Any) -> Office:
    """A duty after taking office, of whoever held 主任 (person, first, last)."""
    office = Office(records_from="2023-01-01")
    for person, first, last in held:
        office.appoint(person, first, last)
    office.duty(frequency or TRAINED, **said)
    return office


@sentence(
    (
        "**taking and leaving office** (任职后6个月内) are events that the appointments "
        "themselves make: 任职 on the first day of a tenure, 离任 on its last"
    ),
)
def test_taking_office_is_an_event_on_the_first_day_of_a_tenure() -> None:
    office = taken(("甲", "2024-01-31", None))
    office.act("2024-08-20")
    [verdict] = office.verdicts("2024-09-01")
    assert (verdict.label, verdict.event, verdict.person) == (
        "任职-2024-01-31",
        "任职-2024-01-31",
        "甲",
    )
    assert (verdict.state, verdict.days_late, verdict.due) == ("made_up", 20, on("2024-07-31"))


@sentence(
    "a return after a gap makes none",
)
def test_each_tenure_makes_one_and_a_return_after_a_gap_none() -> None:
    office = taken(
        ("甲", "2024-01-10", "2024-02-10"),
        ("乙", "2024-02-11", "2024-03-31"),
        ("甲", "2024-04-01", None),
        ("甲", "2024-04-20", "2024-06-01"),
    )
    assert office.labels("2024-12-31") == ["任职-2024-01-10", "任职-2024-02-11"]


@sentence(
    (
        "**taking and leaving office** (任职后6个月内) are events that the appointments "
        "themselves make: 任职 on the first day of a tenure, 离任 on its last"
    ),
)
def test_one_tenure_before_the_records_asks_nothing() -> None:
    assert taken(("甲", "2020-01-31", None)).verdicts("2024-09-01") == []


@sentence(
    "Of several in one post on one day the later id's label ends in -PERSON",
)
def test_of_several_in_one_post_on_one_day_the_later_ids_label_ends_in_the_person() -> None:
    office = taken(("甲", "2024-01-10", "2024-01-10"), ("乙", "2024-01-10", None))
    office.act("2024-03-01", person="乙")
    found = {one.label: (one.state, one.id) for one in office.verdicts("2024-09-01")}
    one, other = sorted(found)
    assert one == "任职-2024-01-10"
    assert other in ("任职-2024-01-10-乙", "任职-2024-01-10-甲")
    assert other.endswith(max("甲", "乙"))
    assert len({key for _, key in found.values()}) == 2


@sentence(
    (
        "任职 binds only that tenure's person, by his own acts, exempt (tenure) if he "
        "leaves before the due day"
    ),
)
@pytest.mark.parametrize(
    ("last", "state", "reason"),
    [
        ("2024-07-30", "exempt", "tenure"),
        ("2024-07-31", "overdue", None),
        (None, "overdue", None),
    ],
)
def test_who_leaves_before_the_due_day_is_exempt(
    last: str | None, state: str, reason: str | None
) -> None:
    office = taken(("甲", "2024-01-31", last))
    verdict = office.verdict("任职-2024-01-31", "2024-12-31")
    assert (verdict.state, verdict.reason) == (state, reason)


@sentence(
    (
        "任职 binds only that tenure's person, by his own acts, exempt (tenure) if he "
        "leaves before the due day"
    ),
)
def test_it_binds_that_tenures_person_alone_by_his_own_acts() -> None:
    office = taken(("甲", "2024-01-10", "2024-07-31"), ("乙", "2024-08-01", None))
    office.act("2024-08-02")  # the successor's, late for the one, in time for the other
    states = {one.label: (one.person, one.state) for one in office.verdicts("2024-12-31")}
    assert states == {
        "任职-2024-01-10": ("甲", "overdue"),
        "任职-2024-08-01": ("乙", "met"),
    }


@sentence(
    (
        "任职 binds only that tenure's person, by his own acts, exempt (tenure) if he "
        "leaves before the due day"
    ),
)
def test_his_acts_under_another_post_count_too() -> None:
    office = taken(("甲", "2024-01-10", None))
    office.post("书记", "党委书记")
    office.appoint("甲", "2024-01-01", post="书记")
    act = office.act("2024-03-01", holder="书记")
    assert office.counted("任职-2024-01-10", "2024-12-31") == [act]


@sentence(
    (
        "任职 binds only that tenure's person, by his own acts, exempt (tenure) if he "
        "leaves before the due day"
    ),
)
def test_days_waived_for_him_excuse_him() -> None:
    office = taken(("甲", "2024-01-10", None))
    office.waive("2024-02-01", "2024-06-30")
    verdict = office.verdict("任职-2024-01-10", "2024-12-31")
    assert (verdict.state, verdict.reason) == ("exempt", "waived")


@sentence(
    (
        "**taking and leaving office** (任职后6个月内) are events that the appointments "
        "themselves make: 任职 on the first day of a tenure, 离任 on its last"
    ),
)
def test_an_act_may_name_the_event() -> None:
    office = taken(("甲", "2024-01-10", None))
    act = office.act("2024-03-01", event="任职-2024-01-10")
    late = office.act("2024-09-01", for_period="任职-2024-01-10")
    assert office.counted("任职-2024-01-10", "2024-12-31") == [act, late]


def left(frequency: Any = None) -> Office:
    """A duty of units after somebody left: two posts, one of which is held by one after another."""
    office = Office(records_from="2023-01-01")
    office.post("副主任", "分管负责人")
    office.appoint("甲", "2023-01-01", "2024-05-31")
    office.appoint("乙", "2024-06-01")
    office.appoint("丙", "2023-01-01", "2024-05-31", post="副主任")
    office.duty(frequency or HANDED_OVER, units={"type": "园区"})
    return office


@sentence(
    "several who leave one unit on one day are one event",
    "离任 binds duties of units",
)
def test_several_who_leave_one_unit_on_one_day_are_one_event_of_the_unit() -> None:
    [verdict] = left().verdicts("2024-12-31")
    assert (verdict.label, verdict.unit, verdict.post) == ("离任-2024-05-31", "园区", None)
    assert (verdict.due, verdict.state) == (on("2024-06-10"), "overdue")


@sentence(
    (
        "**taking and leaving office** (任职后6个月内) are events that the appointments "
        "themselves make: 任职 on the first day of a tenure, 离任 on its last"
    ),
)
def test_leaving_office_is_the_last_day_of_a_tenure_and_not_of_an_appointment() -> None:
    office = left()
    office.appoint("甲", "2024-07-01", "2024-08-31")
    labels = [one.label for one in office.verdicts("2024-12-31")]
    assert labels == ["离任-2024-05-31", "离任-2024-08-31"]  # 丙 left on the first of them


@sentence(
    (
        "**taking and leaving office** (任职后6个月内) are events that the appointments "
        "themselves make: 任职 on the first day of a tenure, 离任 on its last"
    ),
)
def test_something_may_precede_leaving_office() -> None:
    office = left({"before": "离任", "ahead": "5 days"})
    office.act("2024-05-20", holder="园区")
    assert office.verdict("离任-2024-05-31", "2024-12-31").state == "met"


@sentence(
    "They are never entered by hand",
)
def test_events_of_these_types_that_stand_in_the_records_ask_nothing() -> None:
    office = taken(("甲", "2024-01-31", None))
    office.event("任职一", "2024-03-01", "任职")
    assert office.labels("2024-12-31") == ["任职-2024-01-31"]


@sentence(
    "concerns one unit, several, or all",
)
def test_an_event_concerns_one_unit_several_or_all() -> None:
    office = Office(records_from="2024-01-01")
    for name in ("北镇", "南镇"):
        office.unit(name, "镇街")
        office.staff(f"{name}长", f"{name}人", unit=name)
    office.duty({"after": "事故", "within": "5 days"})
    office.event("一处", "2024-03-01", "事故", unit="北镇")
    office.event("两处", "2024-03-02", "事故", unit=("北镇", "园区"))
    office.event("各处", "2024-03-03", "事故")
    asked = {(one.label, one.unit) for one in office.verdicts("2024-12-31")}
    assert asked == {
        ("一处", "北镇"),
        ("两处", "北镇"),
        ("两处", "园区"),
        *(("各处", unit) for unit in ("北镇", "南镇", "园区")),
    }
