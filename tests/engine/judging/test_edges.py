"""Edges of judging that random worlds seldom touch: each test falls where one comparison is off."""

from __future__ import annotations

import pytest

from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}


def test_windows_that_do_not_count_are_left_out_of_every_year_of_a_long_period() -> None:
    office = Office(records_from="2022-01-01")
    office.window("寒假", **{"from": "12-22", "to": "01-10"})
    office.duty({"at_least": 3, "per": "3 years", "since": 2022, "except": "寒假"})
    working = office.verdict("2022..2024", "2025-02-01").working
    assert working is not None
    assert working.whole_days == 1096 - 3 * 20


@pytest.mark.parametrize(("late", "state"), [(0, "overdue"), (1, "made_up"), (2, "made_up")])
def test_each_visit_that_a_member_lacks_may_come_late_and_no_more(late: int, state: str) -> None:
    office = Office()
    office.duty({"each": {"type": "项目"}, "at_least": 2, "by": "2024-03-31"})
    office.subject("甲")
    office.act("2024-03-01", subjects=("甲",))
    acts = [f"2024-04-0{n + 1}" for n in range(late)]
    office.acts(*acts, subjects=("甲",))
    [one] = office.verdicts("2024-05-01")
    assert one.state == state
    assert len(one.counted) == 1 + min(late, 1)


@pytest.mark.parametrize("keys", [("plain", "below"), ("below", "plain")])
def test_of_two_duties_of_a_unit_one_alone_counts_acts_of_units_below(
    keys: tuple[str, str],
) -> None:
    office = Office()
    office.unit("村", "村", parent="园区")
    for key in keys:
        office.duty(MONTHLY, key, units={"type": "园区"}, activity={"below": key == "below"})
    office.act("2024-06-12", holder="村")
    found = {key: office.verdict("2024-06", "2024-07-02", duty=key).state for key in keys}
    assert found == {"plain": "overdue", "below": "met"}


@pytest.mark.parametrize(("reached", "state"), [(0, "overdue"), (1, "met")])
def test_a_tally_of_nothing_brings_nothing(reached: int, state: str) -> None:
    office = Office()
    office.duty({"share": "10%", "of": {"type": "项目"}, "per": "quarter"})
    office.act("2024-05-12", quantity=reached, out_of=10)
    one = office.verdict("2024-Q2", "2024-07-02")
    assert (one.state, one.done, one.required) == (state, reached, 1)


def test_an_appointment_to_a_post_that_was_no_more_is_no_tenure() -> None:
    office = Office(holder=None)
    office.post("旧主任", last="2023-12-31")
    office.appoint("李", "2024-02-01", post="旧主任")
    office.appoint("王")
    office.duty(MONTHLY)
    office.duty({"at_least": 1, "after": "任职", "within": "30 days"}, "begin")
    assert {one.person for one in office.verdicts("2024-07-02")} == {"王"}


@pytest.mark.parametrize("day", ["2024-07-01", "2024-07-02"])
def test_a_successor_makes_up_from_his_first_day_on(day: str) -> None:
    office = Office(records_from="2024-06-01")
    office.duty(MONTHLY)
    office.appoint("王", last="2024-06-30")
    office.appoint("李", "2024-07-01")
    office.act(day, makes_up="2024-06")
    one = office.verdict("2024-06", "2024-07-10")
    assert (one.person, one.state, "by_successor" in one.flags) == ("王", "made_up", True)


def test_who_comes_after_the_longest_period_is_not_asked_in_a_week_that_began_in_it() -> None:
    office = Office(records_from="2024-01-01")
    office.unit("园区", tags="高危")
    office.duty(
        {
            "at_least": 1,
            "per": "year",
            "variants": [{"when": {"tags": "高危"}, "at_least": 1, "per": "week"}],
        }
    )
    office.appoint("王", last="2024-12-30")
    office.appoint("李", "2025-01-01")
    assert [one.person for one in office.verdicts("2025-01-20", "2025-W01")] == ["王"]
