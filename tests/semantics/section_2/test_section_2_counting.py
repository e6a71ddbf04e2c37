"""SEMANTICS, section 2: days, what counts but once, and what one act must be to count."""

from __future__ import annotations

from typing import Any

import pytest

from rules.combine import frequency_mistakes
from rules.frequency import Frequency
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

STAY = {"at_least": 200, "unit": "天", "per": "year"}
PATROL = {"at_least": 1, "per": "week"}
FIRMS = {"at_least": 3, "unit": "家", "per": "year", "distinct": "subjects"}


def office_with(frequency: Any, **said: Any) -> Office:
    office = Office(records_from="2024-01-01")
    office.duty(frequency, **said)
    return office


def firms(**said: Any) -> Office:
    office = office_with({**FIRMS, **said})
    for name in ("甲", "乙", "丙"):
        office.subject(name, "企业")
    return office


# days


@sentence(
    (
        "with the unit 天 calendar days are counted: an act of several days gives each of "
        "its days to the period in which it lies"
    ),
)
def test_an_act_of_several_days_gives_each_of_its_days_to_the_period_in_which_it_lies() -> None:
    office = office_with(STAY)
    office.act("2024-06-28", first_day="2024-01-08", quantity=150, unit_of_quantity="天")
    office.act("2024-08-20", first_day="2024-07-08")
    office.act("2025-01-10", first_day="2024-12-20", quantity=22, unit_of_quantity="天")
    assert office.verdict("2024", "2025-02-01").done == 173 + 44 + 12
    assert office.verdict("2025", "2025-02-01").done == 10


@sentence(
    (
        "each day is tested as an act of its own (days after D are `future`), none counts "
        "twice, a written quantity and its unit are ignored"
    ),
)
def test_calendar_days_are_counted_whatever_quantity_is_written() -> None:
    office = office_with({"at_least": 3, "unit": "天", "per": "month"})
    office.act("2024-06-04", first_day="2024-06-03", quantity=20, unit_of_quantity="小时")
    office.act("2024-06-12", quantity=5, unit_of_quantity="小时")
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.state, verdict.done, verdict.flags) == ("met", 3, ("no_evidence",))


@sentence(
    "where no first day is given, n 天 stand for the n days that end with its day",
)
def test_without_a_first_day_n_days_are_those_that_end_with_its_day() -> None:
    office = office_with({"at_least": 5, "unit": "天", "per": "month"})
    office.act("2024-07-02", quantity=4, unit_of_quantity="天")
    assert office.verdict("2024-06", "2024-08-01").done == 2
    assert office.verdict("2024-07", "2024-08-01").done == 2


@sentence(
    "where no first day is given, n 天 stand for the n days that end with its day",
)
def test_a_part_of_a_day_is_a_day() -> None:
    office = office_with({"at_least": 5, "unit": "天", "per": "month"})
    office.act("2024-06-12", quantity="1.5", unit_of_quantity="天")
    assert office.verdict("2024-06", "2024-07-01").done == 2


@sentence(
    (
        "each day is tested as an act of its own (days after D are `future`), none counts "
        "twice, a written quantity and its unit are ignored"
    ),
)
def test_no_day_counts_twice() -> None:
    office = office_with(STAY)
    office.act("2024-05-10", first_day="2024-01-01")
    office.act("2024-06-30", first_day="2024-04-01")
    verdict = office.verdict("2024", "2025-02-01")
    assert (verdict.state, verdict.done) == ("overdue", 182)
    assert [(one.activity, one.quantity) for one in verdict.counted] == [("a01", 131), ("a02", 51)]


@sentence(
    (
        "each day is tested as an act of its own (days after D are `future`), none counts "
        "twice, a written quantity and its unit are ignored"
    ),
)
def test_an_act_all_of_whose_days_are_counted_is_a_duplicate() -> None:
    office = office_with(STAY)
    office.act("2024-05-10", first_day="2024-01-01")
    office.act("2024-04-10", first_day="2024-04-01", id="it", at="09:00")
    assert office.why("2024", "2025-02-01") == {"it": "duplicate"}


@sentence(
    (
        "each day is tested as an act of its own (days after D are `future`), none counts "
        "twice, a written quantity and its unit are ignored"
    ),
)
def test_days_after_the_audit_day_are_future() -> None:
    office = office_with({"at_least": 5, "unit": "天", "per": "month"})
    office.act("2024-06-20", first_day="2024-06-11", id="it")
    assert office.verdict("2024-06", "2024-06-12").done == 2
    assert office.why("2024-06", "2024-06-10") == {"it": "future"}


@sentence(
    (
        "each day is tested as an act of its own (days after D are `future`), none counts "
        "twice, a written quantity and its unit are ignored"
    ),
)
def test_each_day_is_tested_as_an_act_of_its_own() -> None:
    office = office_with({"at_least": 20, "unit": "天", "per": "month"})
    office.appoint("王", "2020-01-01", "2024-06-15")
    office.appoint("李", "2024-06-16")
    office.act("2024-06-20", first_day="2024-06-11")
    found = {one.person: one.done for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"王": 5, "李": 5}


@sentence(
    (
        "with the unit 天 calendar days are counted: an act of several days gives each of "
        "its days to the period in which it lies"
    ),
)
def test_a_stay_is_recorded_late_from_its_last_day_on() -> None:
    office = office_with({"at_least": 20, "unit": "天", "per": "quarter"})
    office.act("2024-06-30", first_day="2024-05-01", recorded="2024-07-07")
    assert "recorded_late" not in office.verdict("2024-Q2", "2024-07-31").flags
    late = office_with({"at_least": 20, "unit": "天", "per": "quarter"})
    late.act("2024-06-30", first_day="2024-05-01", recorded="2024-07-08")
    assert "recorded_late" in late.verdict("2024-Q2", "2024-07-31").flags


@sentence(
    "Under 天 the stretch is the amount of one act, and no least interval may stand",
)
def test_how_long_it_lasted_is_the_amount_of_one_act_of_days() -> None:
    least = {"least_amount": {"amount": 3, "unit": "天"}}
    office = office_with({"at_least": 5, "unit": "天", "per": "month", **least})
    office.act("2024-06-04", first_day="2024-06-03", id="short", quantity=9)
    office.act("2024-06-12", quantity=3, unit_of_quantity="天")
    assert office.verdict("2024-06", "2024-07-01").done == 3
    assert office.why("2024-06", "2024-07-01") == {"short": "too_small"}


@sentence(
    (
        "with the unit 天 calendar days are counted: an act of several days gives each of "
        "its days to the period in which it lies"
    ),
)
def test_variants_may_count_days_and_acts() -> None:
    office = office_with(
        {
            "at_least": 5,
            "unit": "天",
            "per": "month",
            "variants": [{"when": {"tags": ["高危"]}, "at_least": 1, "per": "year"}],
        }
    )
    office.unit("园区", tags="高危@2024-01-01")
    office.act("2024-06-12", first_day="2024-06-03")
    assert office.verdict("2024", "2025-01-01").done == 1


@sentence(
    "Under 天 the stretch is the amount of one act, and no least interval may stand",
)
@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"least_interval": "5 days"}, "least_interval"),
        ({"distinct": "subjects"}, "distinct"),
        ({"least_amount": {"amount": 8, "unit": "小时"}}, "least_amount"),
    ],
)
def test_what_is_said_of_acts_does_not_go_with_days(more: dict[str, Any], key: str) -> None:
    mistakes = list(frequency_mistakes(Frequency.model_validate({**STAY, **more}), False))
    assert [mistake.path[0] for mistake in mistakes] == [key]


# a share of the working days

SITE = {"share": "80%", "of": "workdays", "per": "month"}


@sentence(
    (
        "A share may be of the working days in force (到岗不少于80%的工作日): conduct, "
        "only working days count, r rounded up"
    ),
)
def test_a_share_of_the_working_days_counts_those_in_force_rounded_up() -> None:
    office = office_with(SITE)
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.required, verdict.state) == (16, "overdue")  # 19 working days: 15.2
    office.act("2024-06-23", first_day="2024-06-01")
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.done, verdict.state) == (14, "overdue")


@sentence(
    (
        "A share may be of the working days in force (到岗不少于80%的工作日): conduct, "
        "only working days count, r rounded up"
    ),
)
def test_a_rest_day_is_no_working_day_even_where_the_act_names_the_period() -> None:
    office = office_with(SITE)
    office.act("2024-06-15", id="saturday", for_period="2024-06")
    office.act("2024-06-16", id="sunday")
    assert office.verdict("2024-06", "2024-07-01").done == 0
    assert office.why("2024-06", "2024-07-01") == {
        "saturday": "outside_period",
        "sunday": "outside_period",
    }


@sentence(
    (
        "A share may be of the working days in force (到岗不少于80%的工作日): conduct, "
        "only working days count, r rounded up"
    ),
)
def test_a_share_of_the_working_days_is_conduct() -> None:
    office = office_with(SITE)
    office.appoint("王", "2020-01-01", "2024-06-14")
    office.appoint("李", "2024-06-15")
    found = {one.person: one.required for one in office.verdicts("2024-07-01", "2024-06")}
    # 9 working days: 7.2; 10: 8, and 16 of all 19.
    assert found == {"王": 8, "李": 8}


@sentence(
    (
        "A share may be of the working days in force (到岗不少于80%的工作日): conduct, "
        "only working days count, r rounded up"
    ),
)
def test_a_post_never_owes_more_than_the_share_of_all_its_working_days() -> None:
    office = office_with({**SITE, "share": "50%"})
    office.appoint("王", "2020-01-01", "2024-06-14")
    office.appoint("李", "2024-06-15")
    found = {one.person: one.required for one in office.verdicts("2024-07-01", "2024-06")}
    assert found == {"王": 5, "李": 5}


@sentence(
    (
        "A share may be of the working days in force (到岗不少于80%的工作日): conduct, "
        "only working days count, r rounded up"
    ),
)
def test_a_stretch_without_a_working_day_asks_nothing() -> None:
    office = office_with({**SITE, "per": "ten_days"})
    office.waive("2024-10-08", "2024-10-10")
    verdict = office.verdict("2024-10-X1", "2024-11-01")
    assert (verdict.required, verdict.state, verdict.reason) == (0, "exempt", "waived")
    day = office_with({**SITE, "per": "day"})
    saturday = day.verdict("2024-06-15", "2024-07-01")
    assert (saturday.state, saturday.reason) == ("exempt", "holiday")


@sentence(
    (
        "A share may be of the working days in force (到岗不少于80%的工作日): conduct, "
        "only working days count, r rounded up"
    ),
)
def test_whoever_is_behind_with_a_share_of_a_quarters_working_days_is_told() -> None:
    office = office_with({**SITE, "per": "quarter"})
    assert office.verdict("2024-Q2", "2024-05-15").state == "behind"
    office.act("2024-05-15", first_day="2024-04-01")
    assert office.verdict("2024-Q2", "2024-05-15").state == "open"


@sentence(
    (
        "with the unit 天 calendar days are counted: an act of several days gives each of "
        "its days to the period in which it lies"
    ),
)
def test_one_long_stay_at_a_periods_end_is_not_bunched() -> None:
    office = office_with({"at_least": 3, "unit": "天", "per": "month"})
    office.act("2024-06-30", first_day="2024-06-28")
    assert "bunched" not in office.verdict("2024-06", "2024-07-01").flags


# distinct


@sentence(
    ("what was counted in the period counts no more (`duplicate`), whatever quantity is written"),
)
def test_a_subject_that_was_counted_in_the_period_counts_no_more() -> None:
    office = firms()
    for day, name in (("2024-03-01", "甲"), ("2024-04-01", "甲"), ("2024-05-01", "乙")):
        office.act(day, subjects=(name,), quantity=1, unit_of_quantity="家")
    verdict = office.verdict("2024", "2025-01-05")
    assert (verdict.state, verdict.done) == ("overdue", 2)
    assert office.why("2024", "2025-01-05") == {"a02": "duplicate"}


@sentence(
    ("what was counted in the period counts no more (`duplicate`), whatever quantity is written"),
)
def test_a_new_subject_beside_one_that_was_counted_counts_alone() -> None:
    office = firms()
    office.act("2024-03-01", subjects=("甲", "乙"), quantity=5, unit_of_quantity="家")
    office.act("2024-04-01", subjects=("乙", "丙"))
    verdict = office.verdict("2024", "2025-01-05")
    assert [one.quantity for one in verdict.counted] == [2, 1]


@sentence(
    ("what was counted in the period counts no more (`duplicate`), whatever quantity is written"),
)
def test_the_next_period_counts_every_subject_anew() -> None:
    office = firms()
    office.acts("2024-03-01", "2025-03-01", subjects=("甲",))
    assert office.verdict("2025", "2025-04-01").done == 1


@sentence(
    ("only subjects that match are counted, and an act that names none counts its quantity"),
)
def test_an_act_that_names_no_subject_counts_its_quantity() -> None:
    office = firms()
    office.act("2024-03-01", quantity=2, unit_of_quantity="家")
    office.act("2024-04-01")
    verdict = office.verdict("2024", "2025-01-05")
    assert (verdict.done, "quantity_missing" in verdict.flags) == (3, True)


@sentence(
    ("only subjects that match are counted, and an act that names none counts its quantity"),
)
def test_only_subjects_that_match_are_counted() -> None:
    office = office_with(FIRMS, activity={"subjects": {"tags": ["高危"]}})
    office.subject("甲", "企业", tags="高危")
    office.subject("乙", "企业")
    office.act("2024-03-01", subjects=("甲", "乙"))
    assert office.verdict("2024", "2025-01-05").done == 1


@sentence(
    ("what was counted in the period counts no more (`duplicate`), whatever quantity is written"),
)
def test_without_the_word_written_quantities_count_as_they_are() -> None:
    plain = {key: value for key, value in FIRMS.items() if key != "distinct"}
    office = office_with(plain)
    office.subject("甲", "企业")
    for day in ("2024-03-01", "2024-04-01", "2024-05-01"):
        office.act(day, subjects=("甲",), quantity=1, unit_of_quantity="家")
    assert office.verdict("2024", "2025-01-05").state == "met"


@sentence(
    ("what was counted in the period counts no more (`duplicate`), whatever quantity is written"),
)
def test_occasions_may_be_counted_by_their_subjects_too() -> None:
    office = office_with({"at_least": 3, "per": "year", "distinct": "subjects"})
    for name in ("甲", "乙"):
        office.subject(name)
    office.act("2024-03-01", subjects=("甲", "乙"))
    office.act("2024-04-01", subjects=("乙",))
    assert office.verdict("2024", "2025-01-05").done == 2


@sentence(
    ("what was counted in the period counts no more (`duplicate`), whatever quantity is written"),
)
def test_a_day_that_was_counted_in_the_period_counts_no_more() -> None:
    office = office_with({"at_least": 2, "per": "week", "distinct": "days"})
    office.act("2024-06-03", at="09:00")
    office.act("2024-06-03", at="15:00", id="again")
    assert office.verdict("2024-W23", "2024-06-11").state == "overdue"
    assert office.why("2024-W23", "2024-06-11") == {"again": "duplicate"}
    office.act("2024-06-04")
    assert office.verdict("2024-W23", "2024-06-11").state == "met"


@sentence(
    ("what was counted in the period counts no more (`duplicate`), whatever quantity is written"),
)
def test_a_period_does_not_lack_what_counts_no_more_in_it() -> None:
    office = office_with(
        {"at_least": 2, "unit": "家", "distinct": "subjects", "about": "month", "within": "20 days"}
    )
    for name in ("甲", "乙"):
        office.subject(name, "企业")
    office.act("2024-06-03", subjects=("甲",))
    office.act("2024-06-20", subjects=("甲",))
    assert office.verdict("2024-05", "2024-07-31").done == 1


# least


LEAST = {"least_amount": {"amount": 30, "unit": "分钟"}}


@sentence(
    "and the least amount of one act",
    (
        "an act below the least amount of one act (每次不少于30分钟) does not count "
        "(`too_small`; a blank amount, or one in another unit, asks for the record, also "
        "under a quota)"
    ),
)
@pytest.mark.parametrize(
    ("said", "reason", "incomplete"),
    [
        ({"quantity": 25, "unit_of_quantity": "分钟"}, "too_small", False),
        ({"quantity": 30, "unit_of_quantity": "分钟"}, None, False),
        ({}, "too_small", True),
        ({"quantity": 2, "unit_of_quantity": "小时"}, "too_small", True),
        ({"quantity": 20}, "too_small", True),
    ],
)
def test_an_act_below_the_least_amount_does_not_count(
    said: dict[str, Any], reason: str | None, incomplete: bool
) -> None:
    for frequency in ({**PATROL, **LEAST}, {"every": "7 days", "reading": "rolling", **LEAST}):
        office = Office(records_from="2024-06-03")
        office.duty(frequency)
        office.act("2024-06-04", id="it", **said)
        label = "2024-W23" if "per" in frequency else "2024-06-03..2024-06-10"
        verdict = office.verdict(label, "2024-06-12")
        assert verdict.state == ("met" if reason is None else "overdue")
        assert ("records_incomplete" in verdict.flags) is incomplete
        assert office.why(label, "2024-06-12") == ({} if reason is None else {"it": reason})


@sentence(
    (
        "an act below the least amount of one act (每次不少于30分钟) does not count "
        "(`too_small`; a blank amount, or one in another unit, asks for the record, also "
        "under a quota)"
    ),
)
def test_under_a_quota_a_blank_amount_asks_for_the_record_too() -> None:
    office = office_with({"at_least": 120, "unit": "分钟", "per": "month", **LEAST})
    office.act("2024-06-12", id="it")
    verdict = office.verdict("2024-06", "2024-07-01")
    assert (verdict.state, "records_incomplete" in verdict.flags) == ("overdue", True)
    assert office.why("2024-06", "2024-07-01") == {"it": "too_small"}


@sentence(
    (
        "an act below the least amount of one act (每次不少于30分钟) does not count "
        "(`too_small`; a blank amount, or one in another unit, asks for the record, also "
        "under a quota)"
    ),
)
def test_what_the_rule_asks_of_evidence_comes_before_the_least_amount() -> None:
    office = office_with({**PATROL, **LEAST}, activity={"evidence": True})
    office.act("2024-06-04", id="it", quantity=20, unit_of_quantity="分钟")
    assert office.why("2024-W23", "2024-06-12") == {"it": "evidence"}
    assert "records_incomplete" not in office.verdict("2024-W23", "2024-06-12").flags


def patrols(*days: str, **said: Any) -> Office:
    office = Office(records_from="2024-03-01")
    office.duty({**PATROL, "least_interval": "96 hours", **said})
    for day in days:
        day, _, at = day.partition(" ")
        office.act(day, **({"at": at} if at else {}))
    return office


def states(office: Office, as_of: str, *labels: str) -> list[str]:
    return [str(office.verdict(label, as_of).state) for label in labels]


@sentence(
    "not sooner than the least interval after the last counted one",
    (
        "one sooner after the last counted act of any period (of coverage: of that member) "
        "than the least interval (间隔不少于6个月) does not either (`too_soon`)"
    ),
)
def test_an_act_sooner_than_the_least_interval_does_not_count() -> None:
    office = patrols("2024-03-03", "2024-03-05", "2024-03-17", "2024-03-18")
    # The week of 03-03 is exempt (3 of its 7 days), so that act set no clock.
    assert states(office, "2024-04-01", "2024-W09", "2024-W10", "2024-W11", "2024-W12") == [
        "exempt",
        "met",
        "met",
        "overdue",
    ]
    assert office.why("2024-W12", "2024-04-01") == {"a04": "too_soon"}


@sentence(
    (
        "one sooner after the last counted act of any period (of coverage: of that member) "
        "than the least interval (间隔不少于6个月) does not either (`too_soon`)"
    ),
)
@pytest.mark.parametrize(
    ("second", "state", "untold"),
    [
        ("2024-03-16 09:00", "overdue", False),
        ("2024-03-17 08:59", "overdue", False),
        ("2024-03-17 09:00", "met", False),
        ("2024-03-17", "met", True),
        ("2024-03-18", "met", False),
    ],
)
def test_hours_run_by_the_clock_and_a_missing_time_accuses_nobody(
    second: str, state: str, untold: bool
) -> None:
    office = patrols("2024-03-13 09:00", second, per="half_month", at_least=2)
    verdict = office.verdict("2024-03-B", "2024-04-02")
    assert ("time_missing" in verdict.flags) is untold
    assert verdict.done == (1 if state == "met" else 0)


@sentence(
    (
        "one sooner after the last counted act of any period (of coverage: of that member) "
        "than the least interval (间隔不少于6个月) does not either (`too_soon`)"
    ),
)
@pytest.mark.parametrize(
    ("interval", "second", "done"),
    [
        ("5 days", "2024-06-07", 1),
        ("5 days", "2024-06-08", 2),
        ("1 month", "2024-07-02", 1),
        ("1 month", "2024-07-03", 2),
        ("3 workdays", "2024-06-05", 1),
        ("3 workdays", "2024-06-06", 2),
    ],
)
def test_days_and_months_run_by_the_calendar(interval: str, second: str, done: int) -> None:
    office = office_with({"at_least": 4, "per": "year", "least_interval": interval})
    office.acts("2024-06-03", second)
    assert office.verdict("2024", "2025-01-01").done == done


@sentence(
    ("only acts that their period lacked set that clock, make-ups neither set it nor are tested"),
)
def test_only_acts_that_their_period_lacked_set_the_clock() -> None:
    office = patrols("2024-03-11", "2024-03-16", "2024-03-19")
    assert office.verdict("2024-W12", "2024-04-01").state == "met"
    assert office.verdict("2024-W11", "2024-04-01").done == 2


@sentence(
    ("only acts that their period lacked set that clock, make-ups neither set it nor are tested"),
)
def test_make_ups_neither_set_the_clock_nor_are_tested() -> None:
    office = patrols("2024-03-19")
    office.act("2024-03-20", makes_up="2024-W11")
    office.act("2024-03-26", makes_up="2024-W10")
    office.act("2024-03-27")
    assert states(office, "2024-04-01", "2024-W10", "2024-W11", "2024-W12", "2024-W13") == [
        "made_up",
        "made_up",
        "met",
        "met",
    ]


@sentence(
    (
        "one sooner after the last counted act of any period (of coverage: of that member) "
        "than the least interval (间隔不少于6个月) does not either (`too_soon`)"
    ),
)
def test_of_a_coverage_the_interval_is_that_of_the_member() -> None:
    office = office_with(
        {"each": {"type": "项目"}, "at_least": 2, "per": "year", "least_interval": "6 months"}
    )
    for name in ("甲", "乙"):
        office.subject(name)
    office.act("2024-01-15", subjects=("甲",))
    office.act("2024-03-01", subjects=("甲", "乙"))
    office.act("2024-04-01", subjects=("甲", "乙"), id="soon")
    office.act("2024-09-01", subjects=("甲", "乙"))
    verdict = office.verdict("2024", "2025-01-01")
    assert (verdict.state, verdict.done) == ("met", 4)
    assert office.why("2024", "2025-01-01") == {"soon": "too_soon"}


@sentence(
    (
        "one sooner after the last counted act of any period (of coverage: of that member) "
        "than the least interval (间隔不少于6个月) does not either (`too_soon`)"
    ),
)
def test_a_rolling_gap_is_not_reached_by_an_act_that_comes_too_soon() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"every": "18 months", "reading": "rolling", "least_interval": "6 months"})
    office.acts("2024-01-01", "2024-03-01", "2025-09-01")
    assert office.verdict("2024-01-01..2025-07-01", "2026-01-01").days_late == 62
    assert office.why("2024-01-01..2025-07-01", "2026-01-01")["a02"] == "too_soon"


@sentence(
    (
        "one sooner after the last counted act of any period (of coverage: of that member) "
        "than the least interval (间隔不少于6个月) does not either (`too_soon`)"
    ),
)
def test_a_double_is_a_double_before_it_comes_too_soon() -> None:
    office = patrols("2024-03-11", "2024-03-11")
    assert office.why("2024-W11", "2024-04-01") == {"a02": "duplicate"}
    other = patrols("2024-03-11 09:00", "2024-03-11 10:00")
    assert other.why("2024-W11", "2024-04-01") == {"a02": "too_soon"}
