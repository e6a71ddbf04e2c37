"""SEMANTICS, section 4: make-ups, whom they are for, and what they do not count against."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

MONTHLY = {"at_least": 1, "per": "month"}


def office_with(frequency: Any, **said: Any) -> Office:
    office = Office(records_from="2024-01-01")
    office.duty(frequency, **said)
    return office


def states(office: Office, as_of: str, *labels: str) -> list[str]:
    return [str(office.verdict(label, as_of).state) for label in labels]


@sentence(
    "count for that period, and for a longer one that contains it",
)
def test_a_make_up_counts_for_a_longer_period_that_contains_the_one_it_names() -> None:
    office = office_with({"at_least": 1, "per": "quarter"})
    office.act("2024-07-03", makes_up="2024-06")
    verdict = office.verdict("2024-Q2", "2024-07-05")
    assert (verdict.state, verdict.days_late) == ("made_up", 3)


@sentence(
    "(in the ordinary way when also done inside it)",
)
def test_a_make_up_counts_in_the_ordinary_way_for_a_longer_period_inside_which_it_is_done() -> None:
    office = office_with({"at_least": 1, "per": "year"})
    office.act("2024-07-03", makes_up="2024-06")
    assert office.verdict("2024", "2025-01-01").state == "met"


@sentence(
    "It never counts in the period in which it was done",
)
def test_a_make_up_never_counts_in_the_period_in_which_it_was_done() -> None:
    office = office_with(MONTHLY)
    office.act("2024-07-03", id="it", makes_up="2024-06")
    assert states(office, "2024-08-01", "2024-06", "2024-07") == ["made_up", "overdue"]
    assert office.why("2024-07", "2024-08-01") == {"it": "make_up_elsewhere"}


@sentence(
    "It never counts in the period in which it was done",
)
def test_a_make_up_of_a_longer_period_counts_in_no_shorter_one_after_it() -> None:
    office = office_with({"at_least": 1, "per": "week"})
    office.act("2024-07-03", id="it", makes_up="2024-06")
    assert office.verdict("2024-W27", "2024-07-08").state == "overdue"
    assert office.why("2024-W27", "2024-07-08") == {"it": "make_up_elsewhere"}


@sentence(
    "Dated on or before the due day of the period named, it is an ordinary act",
)
@pytest.mark.parametrize("day", ["2024-06-12", "2024-06-30"])
def test_a_make_up_on_or_before_the_due_day_of_its_period_is_an_ordinary_act(day: str) -> None:
    office = office_with(MONTHLY)
    office.act(day, makes_up="2024-06")
    assert office.verdict("2024-06", "2024-07-01").state == "met"


@sentence(
    "Dated on or before the due day of the period named, it is an ordinary act",
)
def test_a_make_up_dated_in_an_earlier_period_is_an_ordinary_act_of_that_one() -> None:
    office = office_with(MONTHLY)
    office.act("2024-05-20", makes_up="2024-06")
    assert states(office, "2024-07-01", "2024-05", "2024-06") == ["met", "overdue"]


@sentence(
    "Dated on or before the due day of the period named, it is an ordinary act",
)
def test_a_make_up_before_the_moved_due_day_is_an_ordinary_act() -> None:
    office = Office(records_from="2024-06-01")
    office.document(signed="2020-01-01", adjust="next_workday")
    office.duty({"due": "last", "per": "month"})
    office.act("2024-07-01", makes_up="2024-06")
    assert office.verdict("2024-06", "2024-07-02").state == "met"


@sentence(
    "Done by the same person in any post",
)
def test_a_make_up_by_the_same_person_in_any_post_counts() -> None:
    office = office_with(MONTHLY)
    office.appoint("王", "2024-01-01", "2024-06-30")
    office.post("局长", "工作人员")
    office.appoint("王", "2024-07-01", post="局长")
    office.act("2024-07-03", holder="局长", makes_up="2024-06")
    verdict = office.verdict("2024-06", "2024-07-05")
    assert verdict.state == "made_up"
    assert "by_successor" not in verdict.flags


@sentence(
    "or by a later holder of the post, flag `by_successor`",
    (
        "`by_successor`, `over_range`, `hedged`, `no_roster`, `quantity_missing`, "
        "`time_missing`, `holiday_table_missing`"
    ),
)
def test_a_make_up_by_a_later_holder_counts_for_the_earlier_one_with_a_flag() -> None:
    office = office_with(MONTHLY)
    office.appoint("王", "2024-01-01", "2024-06-30")
    office.appoint("李", "2024-07-01")
    office.act("2024-07-03", makes_up="2024-06")
    verdict = office.verdict("2024-06", "2024-07-05", person="王")
    assert (verdict.state, "by_successor" in verdict.flags) == ("made_up", True)


@sentence(
    "or by a later holder of the post, flag `by_successor`",
)
def test_a_make_up_by_an_earlier_holder_does_not_count_for_a_later_one() -> None:
    office = office_with(MONTHLY)
    office.appoint("王", "2024-01-01", "2024-05-31")
    office.appoint("李", "2024-06-01")
    office.act("2024-07-03", person="王", makes_up="2024-06")
    assert office.verdict("2024-06", "2024-07-05").state == "overdue"


@sentence(
    "or by a later holder of the post, flag `by_successor`",
)
def test_an_ordinary_act_of_a_later_holder_does_not_count_for_the_earlier_one() -> None:
    office = office_with(MONTHLY)
    office.appoint("王", "2024-01-01", "2024-06-30")
    office.appoint("李", "2024-07-01")
    office.act("2024-07-03", for_period="2024-06")
    assert office.verdict("2024-06", "2024-07-05", person="王").state == "overdue"


def three_holders(frequency: dict[str, Any]) -> Office:
    """王 to 05-10, 李 to 06-30, 张 after him."""
    office = Office(records_from="2024-04-01")
    office.duty(frequency)
    office.appoint("王", "2024-01-01", "2024-05-10")
    office.appoint("李", "2024-05-11", "2024-06-30")
    office.appoint("张", "2024-07-01")
    return office


@sentence(
    "then for whoever owes exactly that label",
)
def test_a_successors_make_up_is_for_whoever_owes_exactly_that_label() -> None:
    office = three_holders({"at_least": 2, "per": "month"})
    office.act("2024-07-03", makes_up="2024-05")
    assert {
        one.person: (str(one.state), "by_successor" in one.flags)
        for one in office.verdicts("2024-07-05", "2024-05")
    } == {"王": ("made_up", True), "李": ("overdue", False)}
    office.act("2024-07-04", makes_up="2024-05")
    assert {
        one.person: (str(one.state), "by_successor" in one.flags)
        for one in office.verdicts("2024-07-05", "2024-05")
    } == {"王": ("made_up", True), "李": ("made_up", True)}


@sentence(
    (
        "Where two could take one make-up it goes to the one who did it while he lacks it, "
        "else to the earliest who does"
    ),
)
def test_a_make_up_goes_to_who_did_it_while_he_lacks_it_and_then_to_the_earliest_who_does() -> None:
    office = two_in_june()
    office.act("2024-07-03", id="first", makes_up="2024-06")
    assert counted_in_june(office) == {"王": [], "李": ["first"]}
    office.act("2024-07-04", id="second", makes_up="2024-06")
    assert counted_in_june(office) == {"王": ["second"], "李": ["first"]}


@sentence(
    (
        "Where two could take one make-up it goes to the one who did it while he lacks it, "
        "else to the earliest who does"
    ),
)
def test_who_did_it_lacks_nothing_that_he_did_in_time() -> None:
    office = two_in_june()
    office.act("2024-06-20", id="in time")
    office.act("2024-07-03", id="later", makes_up="2024-06")
    assert counted_in_june(office) == {"王": ["later"], "李": ["in time"]}


def two_in_june() -> Office:
    """Two a month, of which 王 (to 06-15) and 李 owe one each in June."""
    office = Office(records_from="2024-06-01")
    office.duty({"at_least": 2, "per": "month"})
    office.appoint("王", "2024-01-01", "2024-06-15")
    office.appoint("李", "2024-06-16")
    return office


def counted_in_june(office: Office) -> dict[str | None, list[str]]:
    return {
        one.person: [act.activity for act in one.counted]
        for one in office.verdicts("2024-07-05", "2024-06")
    }


@sentence(
    "nor for two holders of one post",
)
def test_a_make_up_of_a_stretch_before_his_time_is_not_the_successors_own() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 12, "per": "year"})
    office.appoint("王", "2024-01-01", "2024-06-30")
    office.appoint("李", "2024-07-01")
    office.act("2024-07-03", id="it", makes_up="2024-06")
    found = {one.person: one.done for one in office.verdicts("2025-01-01", "2024")}
    assert found == {"王": 1, "李": 0}
    assert office.why("2024", "2025-01-01", person="李") == {"it": "make_up_elsewhere"}


@sentence(
    "nor for two holders of one post",
)
def test_a_make_up_of_a_stretch_that_nobody_held_the_post_in_is_his_who_did_it() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 12, "per": "year"})
    office.appoint("李", "2024-07-01")
    office.act("2024-07-03", makes_up="2024-06")
    assert office.verdict("2024", "2025-01-01").done == 1


def rolling(*held: tuple[str, str, str | None]) -> Office:
    """Never more than 45 days, since 2024-01-10, by these holders."""
    office = Office(records_from="2024-01-10")
    office.duty({"every": "45 days", "reading": "rolling"})
    for one in held:
        office.appoint(*one)
    office.acts("2024-01-10", "2024-03-01")
    return office


TWO = (("王", "2020-01-01", "2024-04-20"), ("李", "2024-04-21", None))
GAP = "2024-03-01..2024-04-15"


@sentence(
    (
        "a rolling gap is closed only by a make-up of its own label (by a successor: flag "
        "`by_successor`), and one of a label that is no gap's is an ordinary act for it"
    ),
)
def test_a_rolling_gap_is_closed_by_a_successors_make_up_of_its_own_label() -> None:
    office = rolling(*TWO)
    office.act("2024-06-03", id="it", makes_up=GAP)
    verdict = office.verdict(GAP, "2024-07-31")
    assert (verdict.state, "by_successor" in verdict.flags) == ("made_up", True)
    mine = office.verdict("2024-04-21..2024-06-05", "2024-07-31", person="李")
    assert mine.state == "overdue"
    assert office.why(mine.label, "2024-07-31", person="李")["it"] == "make_up_elsewhere"


@sentence(
    (
        "a rolling gap is closed only by a make-up of its own label (by a successor: flag "
        "`by_successor`), and one of a label that is no gap's is an ordinary act for it"
    ),
)
def test_a_make_up_of_a_label_that_is_no_gaps_is_an_ordinary_act_for_it() -> None:
    office = rolling(*TWO)
    office.act("2024-07-03", makes_up="2024-06")
    assert office.verdict(GAP, "2024-07-31").state == "overdue"
    mine = office.verdict("2024-04-21..2024-06-05", "2024-07-31", person="李")
    assert (mine.state, "by_successor" in mine.flags) == ("made_up", False)
    own = rolling(("王", "2020-01-01", None))
    own.act("2024-05-03", makes_up="2024-04")
    assert own.verdict(GAP, "2024-05-04").state == "made_up"


@sentence(
    (
        "a rolling gap is closed only by a make-up of its own label (by a successor: flag "
        "`by_successor`), and one of a label that is no gap's is an ordinary act for it"
    ),
)
def test_a_make_up_of_a_gap_that_was_reached_closes_no_later_one() -> None:
    office = rolling(("王", "2020-01-01", None))
    office.act("2024-04-03", id="it", makes_up="2024-01-10..2024-02-24")
    assert office.verdict(GAP, "2024-07-31").state == "overdue"
    assert office.why(GAP, "2024-07-31")["it"] == "make_up_elsewhere"


@sentence(
    "then for whoever owes exactly that label",
)
def test_a_successors_make_up_of_a_gap_that_nobody_owes_is_his_own_ordinary_act() -> None:
    office = rolling(*TWO)
    office.act("2024-04-10")
    office.act("2024-06-03", makes_up="2024-04-10..2024-05-25")
    assert office.verdict("2024-04-10..2024-05-25", "2024-07-31").state == "exempt"
    mine = office.verdict("2024-04-21..2024-06-05", "2024-07-31", person="李")
    assert mine.state == "met"


@sentence(
    "nor for two holders of one post",
)
def test_a_make_up_of_a_gap_that_an_ordinary_act_opened_counts_for_one_holder() -> None:
    office = rolling(("王", "2020-01-01", "2024-07-31"), ("李", "2024-08-01", None))
    office.act("2024-04-17", makes_up="2024-04")
    office.act("2024-08-10", makes_up="2024-04-17..2024-06-01")
    assert office.verdict("2024-04-17..2024-06-01", "2024-09-20").state == "made_up"
    mine = office.verdict("2024-08-01..2024-09-15", "2024-09-20", person="李")
    assert mine.state == "overdue"


def after_races() -> Office:
    """A check within five days of each race; that of 05-18 is due on 05-23."""
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 1, "after": "赛事", "within": "5 days"})
    office.event("赛1", "2024-05-18")
    return office


@sentence(
    "Naming days under an event duty it counts elsewhere, unless the event lies in them",
)
def test_a_make_up_that_names_days_counts_elsewhere_under_a_duty_about_events() -> None:
    office = after_races()
    office.act("2024-05-20", id="it", makes_up="2024-04")
    assert office.verdict("赛1", "2024-06-10").state == "overdue"
    assert office.why("赛1", "2024-06-10") == {"it": "make_up_elsewhere"}


@sentence(
    "Naming days under an event duty it counts elsewhere, unless the event lies in them",
)
def test_a_make_up_that_names_days_in_which_the_event_lies_is_for_it() -> None:
    office = after_races()
    office.act("2024-06-03", makes_up="2024-05")
    assert office.verdict("赛1", "2024-06-10").state == "made_up"


@sentence(
    "then for whoever owes exactly that label",
)
def test_a_successors_make_up_is_for_nobody_who_owes_nothing_of_that_label() -> None:
    office = three_holders(MONTHLY)
    office.act("2024-07-03", makes_up="2024-05")
    found = {
        one.person: (str(one.state), one.done) for one in office.verdicts("2024-07-05", "2024-05")
    }
    assert found == {"王": ("exempt", 0), "李": ("made_up", 1)}


@sentence(
    (
        "and of a longer period for the holder on the named period's last day, or the last "
        "one before it"
    ),
)
def test_of_a_longer_period_it_is_for_the_holder_on_the_named_periods_last_day() -> None:
    office = three_holders({"at_least": 2, "per": "quarter"})
    office.act("2024-07-03", makes_up="2024-05")
    found = {one.person: one.done for one in office.verdicts("2024-07-05", "2024-Q2")}
    assert found == {"王": 0, "李": 1}
    office.act("2024-07-04", makes_up="2024-04")
    found = {one.person: one.done for one in office.verdicts("2024-07-05", "2024-Q2")}
    assert found == {"王": 1, "李": 1}


@sentence(
    (
        "and of a longer period for the holder on the named period's last day, or the last "
        "one before it"
    ),
)
def test_of_a_longer_period_it_is_for_the_last_holder_before_that_day_if_there_was_none() -> None:
    office = Office(records_from="2024-04-01")
    office.duty({"at_least": 2, "per": "quarter"})
    office.appoint("赵", "2024-01-01", "2024-04-10")
    office.appoint("王", "2024-04-11", "2024-05-25")
    office.appoint("张", "2024-07-01")
    office.act("2024-07-03", makes_up="2024-05")
    found = {one.person: one.done for one in office.verdicts("2024-07-05", "2024-Q2")}
    assert found == {"赵": 0, "王": 1}


@sentence(
    "(in the ordinary way when also done inside it)",
)
def test_a_successors_make_up_inside_the_longer_period_counts_in_the_ordinary_way() -> None:
    office = Office(records_from="2024-04-01")
    office.duty({"at_least": 1, "per": "quarter"})
    office.appoint("王", "2024-01-01", "2024-05-31")
    office.appoint("张", "2024-06-01")
    office.act("2024-06-20", makes_up="2024-05")
    verdict = office.verdict("2024-Q2", "2024-07-05", person="王")
    assert (verdict.state, "by_successor" in verdict.flags) == ("met", True)


@sentence(
    "Make-ups and late acts do not count against M",
)
def test_make_ups_and_late_acts_do_not_count_against_the_most() -> None:
    office = office_with({"at_least": 1, "at_most": 2, "cap": True, "per": "month"})
    office.acts("2024-06-03", "2024-06-12")
    office.act("2024-07-02", makes_up="2024-06")
    office.act("2024-07-03", for_period="2024-06")
    verdict = office.verdict("2024-06", "2024-07-05")
    assert (verdict.state, verdict.done) == ("met", 4)


@sentence(
    "Make-ups and late acts do not count against M",
)
def test_make_ups_and_late_acts_are_not_over_the_range() -> None:
    office = office_with({"at_least": 1, "at_most": 2, "per": "month"})
    office.acts("2024-06-03", "2024-06-12")
    office.act("2024-07-02", makes_up="2024-06")
    assert "over_range" not in office.verdict("2024-06", "2024-07-05").flags
