"""SEMANTICS, section 3: on which days a duty binds a holder, and what a changed rule judges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.keeping.making import create_store
from data.store.journal import Doing
from tests.helpers.factory_store import LATER
from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office, on, run

MONTHLY = {"at_least": 1, "per": "month"}
DAYS = {"at_least": 30, "per": "month"}
"""Thirty times in June: what is owed is the number of days in force."""


# each holder, each period


@sentence(
    (
        "each holder it selects and each period or window that meets its validity and the "
        "holder's tenure"
    ),
)
def test_each_period_that_meets_validity_and_tenure_is_an_obligation() -> None:
    office = Office()
    office.appoint("王", "2024-04-20", "2024-08-10")
    office.duty(MONTHLY, valid={"first": "2024-05-31", "last": "2024-07-01"})
    assert office.labels("2024-12-31") == ["2024-05", "2024-06", "2024-07"]


@sentence(
    "(without a day of tenure in it there is no verdict)",
)
def test_without_a_day_of_tenure_there_is_no_verdict() -> None:
    office = Office()
    office.appoint("王", "2024-05-01", "2024-05-31")
    office.appoint("李", "2024-07-01")
    office.duty(MONTHLY)
    assert office.verdicts("2024-08-01", "2024-06") == []
    assert [one.person for one in office.verdicts("2024-08-01", "2024-05")] == ["王"]


@sentence(
    (
        "each holder it selects and each period or window that meets its validity and the "
        "holder's tenure"
    ),
)
def test_what_lies_outside_validity_has_no_verdict() -> None:
    office = Office()
    office.duty(MONTHLY, valid={"first": "2024-06-01", "last": "2024-06-30"})
    assert office.labels("2024-12-31") == ["2024-06"]


# the causes of a day in force


@sentence(
    (
        "a day counts for a holder when tenure (a post only while its unit exists), duty, "
        "document and adoption all cover it"
    ),
)
def test_tenure_takes_out_the_days_without_it() -> None:
    office = Office()
    office.appoint("王", "2024-06-11")
    office.duty(DAYS)
    assert office.required("2024-06", "2024-07-01") == 20


@sentence(
    (
        "a day counts for a holder when tenure (a post only while its unit exists), duty, "
        "document and adoption all cover it"
    ),
)
@pytest.mark.parametrize("on_what", ["unit", "post"])
def test_a_post_counts_only_while_its_unit_and_itself_exist(on_what: str) -> None:
    office = Office()
    if on_what == "unit":
        office.unit("园区", last="2024-06-12")
    else:
        office.post("主任", last="2024-06-12")
    office.duty(DAYS)
    assert office.required("2024-06", "2024-07-01") == 12


@sentence(
    (
        "a day counts for a holder when tenure (a post only while its unit exists), duty, "
        "document and adoption all cover it"
    ),
)
def test_the_dutys_own_days_take_out_the_others() -> None:
    office = Office()
    office.duty(DAYS, valid={"first": "2024-06-16", "last": "2024-06-25"})
    assert office.required("2024-06", "2024-07-01") == 10


@sentence(
    (
        "a day counts for a holder when tenure (a post only while its unit exists), duty, "
        "document and adoption all cover it"
    ),
)
def test_the_documents_days_take_out_the_others() -> None:
    office = Office()
    office.document("doc", signed="2024-06-03", last="2024-06-10")
    office.duty(DAYS)
    assert office.required("2024-06", "2024-07-01") == 8


@sentence(
    (
        "a day counts for a holder when tenure (a post only while its unit exists), duty, "
        "document and adoption all cover it"
    ),
)
def test_the_adoptions_days_take_out_the_others() -> None:
    office = Office()
    office.adopt("doc", "园区", "2024-06-05", "2024-06-09")
    office.duty(DAYS)
    assert office.required("2024-06", "2024-07-01") == 5


@sentence(
    "the office's records had begun, no waiver takes it out",
)
def test_days_before_the_offices_records_began_are_not_in_force() -> None:
    office = Office(records_from="2024-06-21")
    office.duty(DAYS)
    assert office.required("2024-06", "2024-07-01") == 10


@sentence(
    "the office's records had begun, no waiver takes it out",
)
def test_waived_days_are_not_in_force() -> None:
    office = Office()
    office.waive("2024-06-10", "2024-06-19")
    office.duty(DAYS)
    assert office.required("2024-06", "2024-07-01") == 20


@sentence(
    "First and last day in force are s and e of the obligation's window",
)
def test_first_and_last_day_in_force_are_the_window() -> None:
    office = Office()
    office.appoint("王", "2024-06-05")
    office.waive("2024-06-25", "2024-06-30")
    office.duty(DAYS)
    assert office.verdict("2024-06", "2024-07-01").window == run("2024-06-05..2024-06-24")


# acting


def acting_office() -> Office:
    """李 stands in for 王 from 06-11 to 06-20."""
    office = Office()
    office.appoint("王")
    office.appoint("李", "2024-06-11", "2024-06-20", acting=True)
    office.duty(DAYS)
    return office


@sentence(
    "and no acting person stands in",
)
def test_while_an_acting_person_stands_in_the_substantive_holder_owes_nothing() -> None:
    office = acting_office()
    assert office.required("2024-06", "2024-07-01", person="王") == 20
    assert office.required("2024-06", "2024-07-01", person="李") == 10


@sentence(
    (
        "(while one does, the post's unnamed acts are the acting person's; those that name "
        "the substantive holder still count for him)"
    ),
)
def test_the_posts_unnamed_acts_are_then_the_acting_persons() -> None:
    office = acting_office()
    act = office.act("2024-06-15")
    assert office.counted("2024-06", "2024-07-01", person="李") == [act]
    assert office.counted("2024-06", "2024-07-01", person="王") == []


@sentence(
    (
        "(while one does, the post's unnamed acts are the acting person's; those that name "
        "the substantive holder still count for him)"
    ),
)
def test_acts_that_name_the_substantive_holder_still_count_for_him() -> None:
    office = acting_office()
    act = office.act("2024-06-15", person="王")
    assert office.counted("2024-06", "2024-07-01", person="王") == [act]
    assert office.counted("2024-06", "2024-07-01", person="李") == []


@sentence(
    (
        "(while one does, the post's unnamed acts are the acting person's; those that name "
        "the substantive holder still count for him)"
    ),
)
def test_after_the_acting_days_unnamed_acts_are_the_substantive_holders() -> None:
    office = acting_office()
    act = office.act("2024-06-21")
    assert office.counted("2024-06", "2024-07-01", person="王") == [act]


# records_from


@sentence(
    "is a day of the unit, else of the nearest unit above, else of the store",
)
@pytest.mark.parametrize(
    ("own", "above", "first"),
    [
        ("2024-06-21", "2024-06-11", "2024-06-21"),
        (None, "2024-06-11", "2024-06-11"),
        (None, None, "2024-06-06"),
        ("2024-06-01", "2024-06-11", "2024-06-01"),
    ],
)
def test_records_from_is_the_units_own_else_the_nearest_aboves_else_the_stores(
    own: str | None, above: str | None, first: str
) -> None:
    office = Office(records_from="2024-06-06")
    office.unit("镇", "乡镇", records_from=above)
    office.unit("村", "村", parent="镇", records_from=own)
    office.duty(DAYS, units={"type": "村"})
    verdict = office.verdict("2024-06", "2024-07-01")
    assert verdict.window is not None
    assert verdict.window.first == on(first)


@sentence(
    "nobody is judged on days before it, acts before it count, every audit prints it",
)
def test_nobody_is_judged_on_days_before_records_from() -> None:
    office = Office(records_from="2024-06-01")
    office.document("doc", signed="2022-01-01")
    office.duty(MONTHLY)
    assert office.labels("2024-07-01")[0] == "2024-06"
    assert office.audit("2024-07-01").arrears == ()


@sentence(
    "nobody is judged on days before it, acts before it count, every audit prints it",
)
def test_acts_before_records_from_count() -> None:
    office = Office(records_from="2024-06-11")
    office.duty(MONTHLY)
    office.act("2024-06-05")
    assert office.verdict("2024-06", "2024-07-01").state == "met"


@sentence(
    "nobody is judged on days before it, acts before it count, every audit prints it",
)
def test_every_audit_carries_records_from() -> None:
    office = Office(records_from="2024-06-11")
    office.duty(MONTHLY)
    assert office.audit("2024-07-01").records_from == on("2024-06-11")


@sentence(
    (
        "(`init --records-from`; unset: the first day of the month in which the store was "
        "made; export carries it)"
    ),
)
def test_a_new_store_begins_with_the_month_in_which_it_was_made(tmp_path: Path) -> None:
    store = create_store(str(tmp_path / "one.db"), None, Doing(LATER))
    assert store.read_records().records_from == on("2023-07-01")


@sentence(
    (
        "(`init --records-from`; unset: the first day of the month in which the store was "
        "made; export carries it)"
    ),
)
def test_a_store_takes_the_records_from_that_it_is_given(tmp_path: Path) -> None:
    store = create_store(str(tmp_path / "one.db"), on("2023-03-05"), Doing(LATER))
    assert store.read_records().records_from == on("2023-03-05")


# replaces


def changed() -> Office:
    """Monthly until 2024-05-15, from then on three times a quarter."""
    office = Office(records_from="2024-01-01")
    office.duty(MONTHLY, "old")
    office.duty(
        {"at_least": 3, "per": "quarter"},
        "new",
        valid={"first": "2024-05-15"},
        replaces="old",
    )
    return office


@sentence(
    "the old one ends the day before the first day of the new one's first period",
)
def test_the_old_rule_ends_the_day_before_the_new_ones_first_period() -> None:
    assert changed().labels("2024-12-31", duty="old") == ["2024-01", "2024-02", "2024-03"]


@sentence(
    "that period is judged by the new one alone, over the whole of it",
)
def test_the_period_of_the_change_is_judged_by_the_new_rule_over_the_whole_of_it() -> None:
    office = changed()
    office.acts("2024-04-03", "2024-04-10", "2024-04-17")
    verdict = office.verdict("2024-Q2", "2024-07-01", duty="new")
    assert (verdict.required, verdict.state) == (3, "met")
    assert office.labels("2024-07-01", duty="new", span="2024")[0] == "2024-Q2"


@sentence(
    "that period is judged by the new one alone, over the whole of it",
)
def test_a_rule_that_replaces_nothing_is_pro_rated_in_its_first_period() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 3, "per": "quarter"}, valid={"first": "2024-05-15"})
    assert office.required("2024-Q2", "2024-07-01") == 2  # 47 of 91 days: 1.55


@sentence(
    "that period is judged by the new one alone, over the whole of it",
)
def test_the_new_rule_judges_a_first_period_that_began_before_its_document() -> None:
    office = Office(records_from="2024-01-01")
    office.document("newer", signed="2024-05-15")
    office.duty(MONTHLY, "old")
    office.duty({"at_least": 3, "per": "quarter"}, "new", document="newer", replaces="old")
    assert office.labels("2024-06-30", duty="old", span="2024")[-1] == "2024-03"
    assert office.required("2024-Q2", "2024-07-01", duty="new") == 3


@sentence(
    "the old one ends the day before the first day of the new one's first period",
)
def test_an_old_rule_with_longer_periods_keeps_the_part_before_the_change() -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 4, "per": "year"}, "old")
    office.duty(MONTHLY, "new", valid={"first": "2024-07-10"}, replaces="old")
    assert office.required("2024", "2025-01-01", duty="old") == 2  # 182 of 366 days: 1.99
    assert office.labels("2024-09-30", duty="new", span="2024")[0] == "2024-07"


@sentence(
    "that period is judged by the new one alone, over the whole of it",
)
@pytest.mark.parametrize(
    ("frequency", "first", "label", "ends"),
    [
        ({"at_least": 3, "windows": {"each": "安全生产月"}}, "2024-06-15", "2024/安全生产月", 5),
        ({"at_least": 3, "windows": {"any": ["安全生产月"]}}, "2024-06-15", "2024/安全生产月", 5),
        ({"at_least": 3, "per": "school_term"}, "2024-05-15", "2024/春季学期", 2),
        ({"due": 20, "per": "month"}, "2024-06-15", "2024-06", 5),
    ],
)
def test_a_window_a_term_or_a_deadlines_period_is_the_new_rules_whole_too(
    frequency: dict[str, Any], first: str, label: str, ends: int
) -> None:
    office = Office(records_from="2024-01-01")
    office.duty({"at_least": 99, "per": "day", "holidays": "count"}, "old")
    office.duty(frequency, "new", valid={"first": first}, replaces="old")
    old = office.verdicts("2024-07-30", duty="old")
    assert max(one.period.last for one in old).month == ends
    verdict = office.verdict(label, "2024-07-30", duty="new")
    assert (verdict.required, verdict.state) == (frequency.get("at_least", 1), "overdue")
