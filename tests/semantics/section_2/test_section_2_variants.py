"""SEMANTICS, section 2, "variants": which measure a holder has, and when that is asked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sentences import sentence
from tests.helpers.small_world import Office

BASE = {"at_least": 1, "per": "year"}


def office_with(*variants: dict[str, Any], tags: str = "", **unit: Any) -> Office:
    """A monthly-judged duty of enterprises with variants; one enterprise 甲厂."""
    office = Office(records_from="2024-01-01")
    office.unit("甲厂", unit.pop("type", "企业"), parent="园区", tags=tags, **unit)
    office.duty(
        {**BASE, "variants": list(variants)},
        units={"type": ["企业", "景区"]},
    )
    return office


def labels(office: Office, as_of: str = "2024-12-31") -> set[str]:
    return {label for label in office.labels(as_of, unit="甲厂") if label.startswith("2024")}


HALF_YEARS = {"2024-H1", "2024-H2"}


@sentence(
    (
        "another measure for holders that match a condition; the first that matches "
        "replaces the base"
    ),
)
def test_a_variant_replaces_the_base_for_holders_that_match_it() -> None:
    twice = {"when": {"tags": "高危"}, "at_least": 1, "per": "half_year"}
    assert labels(office_with(twice, tags="高危")) == HALF_YEARS
    assert labels(office_with(twice)) == {"2024"}


@sentence(
    (
        "another measure for holders that match a condition; the first that matches "
        "replaces the base"
    ),
)
def test_of_several_variants_the_first_that_matches_holds() -> None:
    first = {"when": {"tags": "高危"}, "at_least": 2, "per": "year"}
    second = {"when": {"type": "企业"}, "at_least": 3, "per": "year"}
    assert office_with(first, second, tags="高危").required("2024", "2025-01-01", unit="甲厂") == 2
    assert office_with(first, second).required("2024", "2025-01-01", unit="甲厂") == 3
    assert office_with(second, first, tags="高危").required("2024", "2025-01-01", unit="甲厂") == 3


@sentence(
    "Conditions combine tags, types, industries and dated facts with all/any/not",
)
@pytest.mark.parametrize(
    ("when", "tags", "unit", "matches"),
    [
        ({"type": "景区"}, "", {"type": "景区"}, True),
        ({"type": "景区"}, "", {}, False),
        ({"type": ["景区", "企业"]}, "", {}, True),
        ({"industry": "化工"}, "", {"industry": "化工"}, True),
        ({"industry": "化工"}, "", {"industry": "纺织"}, False),
        ({"tags": ["高危", "涉客"]}, "高危;涉客", {}, True),
        ({"tags": ["高危", "涉客"]}, "高危", {}, False),
        ({"all": [{"tags": "高危"}, {"type": "企业"}]}, "高危", {}, True),
        ({"all": [{"tags": "高危"}, {"type": "景区"}]}, "高危", {}, False),
        ({"any": [{"tags": "高危"}, {"tags": "涉客"}]}, "涉客", {}, True),
        ({"any": [{"tags": "高危"}, {"tags": "涉客"}]}, "", {}, False),
        ({"not": {"tags": "高危"}}, "", {}, True),
        ({"not": {"tags": "高危"}}, "高危", {}, False),
        ({"type": "企业", "not": {"tags": "高危"}}, "高危", {}, False),
    ],
)
def test_conditions_combine_types_industries_and_tags_with_all_any_and_not(
    when: dict[str, Any], tags: str, unit: dict[str, Any], matches: bool
) -> None:
    office = office_with({"when": when, "at_least": 1, "per": "half_year"}, tags=tags, **unit)
    assert labels(office) == (HALF_YEARS if matches else {"2024"})


@sentence(
    "Conditions combine tags, types, industries and dated facts with all/any/not",
)
@pytest.mark.parametrize(("first", "required"), [("2024-01-01", 2), ("2024-01-02", 1)])
def test_a_condition_may_ask_a_dated_fact_of_the_person(first: str, required: int) -> None:
    office = Office()
    office.person("王", 分管=("危化品", first))
    office.duty(
        {
            **BASE,
            "variants": [{"when": {"facts": {"分管": "危化品"}}, "at_least": 2, "per": "year"}],
        }
    )
    assert office.required("2024", "2025-01-01") == required


@sentence(
    "Conditions combine tags, types, industries and dated facts with all/any/not",
)
def test_a_fact_holds_until_its_next_value() -> None:
    office = Office()
    office.person("王", 分管=("危化品", "2023-01-01"))
    before = office.people["王"].facts
    office.person("王", 分管=("消防", "2024-01-01"))
    office.people["王"] = office.people["王"].__class__(
        "王", "王", facts=(*before, *office.people["王"].facts)
    )
    office.duty(
        {
            **BASE,
            "variants": [{"when": {"facts": {"分管": "危化品"}}, "at_least": 2, "per": "year"}],
        }
    )
    assert office.required("2023", "2025-01-01") == 2
    assert office.required("2024", "2025-01-01") == 1


@sentence(
    (
        "they and the selection of holders are asked once for each of the longest periods "
        "among base and variants, on its first day in force"
    ),
)
def test_a_variant_is_asked_once_for_each_of_the_longest_periods_on_its_first_day() -> None:
    monthly = {"when": {"tags": "高危"}, "at_least": 1, "per": "month"}
    office = office_with(monthly, tags="高危@2024-03-01")
    assert labels(office) == {"2024"}  # on 01-01 it was not yet so, and the year stays whole
    assert "2025-02" in office.labels("2025-03-01", unit="甲厂")


@sentence(
    (
        "they and the selection of holders are asked once for each of the longest periods "
        "among base and variants, on its first day in force"
    ),
)
@pytest.mark.parametrize(("tagged", "found"), [("2024-05-10", True), ("2024-05-11", False)])
def test_a_variant_is_asked_on_the_first_day_in_force(tagged: str, found: bool) -> None:
    monthly = {"when": {"tags": "高危"}, "at_least": 1, "per": "month"}
    office = office_with(monthly, tags=f"高危@{tagged}", first="2024-05-10")
    assert ("2024-06" in labels(office)) == found


@sentence(
    "tags (`高危`, `涉客` …)",
    "A tag may carry its first day (`高危@2024-11-01`)",
)
def test_a_tag_holds_from_its_first_day() -> None:
    monthly = {"when": {"tags": "高危"}, "at_least": 1, "per": "month"}
    quarterly_base = Office(records_from="2024-01-01")
    quarterly_base.unit("甲厂", "企业", parent="园区", tags="高危@2024-11-01")
    quarterly_base.duty(
        {"at_least": 1, "per": "quarter", "variants": [monthly]}, units={"type": "企业"}
    )
    assert quarterly_base.labels("2025-01-15", span="2025-01")[:4] == [
        "2024-Q1",
        "2024-Q2",
        "2024-Q3",
        "2024-Q4",
    ]
    assert "2025-01" in quarterly_base.labels("2025-01-15", span="2025-01")


@sentence(
    (
        "they and the selection of holders are asked once for each of the longest periods "
        "among base and variants, on its first day in force"
    ),
)
def test_a_longer_variant_sets_the_day_on_which_all_are_asked() -> None:
    yearly = {"when": {"tags": "低风险"}, "at_least": 1, "per": "year"}
    office = Office(records_from="2024-01-01")
    office.unit("甲厂", "企业", parent="园区", tags="低风险@2024-03-01")
    office.duty({"at_least": 1, "per": "month", "variants": [yearly]}, units={"type": "企业"})
    assert labels(office) == {f"2024-{month:02}" for month in range(1, 13)}


@sentence(
    (
        "they and the selection of holders are asked once for each of the longest periods "
        "among base and variants, on its first day in force"
    ),
)
@pytest.mark.parametrize(("tagged", "selected"), [("2024-01-01", True), ("2024-01-02", False)])
def test_the_selection_of_holders_is_asked_on_that_day_too(tagged: str, selected: bool) -> None:
    office = Office(records_from="2024-01-01")
    office.unit("甲厂", "企业", parent="园区", tags=f"高危@{tagged}")
    office.duty(BASE, units={"type": "企业", "tags": "高危"})
    assert labels(office) == ({"2024"} if selected else set())


@sentence(
    "a member's tag counts day by day, like its being in force",
)
def test_a_members_tag_counts_day_by_day() -> None:
    office = Office()
    office.subject("一号", tags="重大@2024-05-16")  # 46 of 91 days
    office.subject("二号", tags="重大@2024-05-18")  # 44 of 91 days
    office.duty({"each": {"type": "项目", "tags": "重大"}, "per": "quarter"})
    verdict = office.verdict("2024-Q2", "2024-07-01")
    assert (verdict.required, verdict.missing) == (1, ("一号",))


@sentence(
    ("Different measures for members of a population are separate duties over parts of it"),
)
def test_different_measures_for_members_are_separate_duties_over_parts() -> None:
    office = Office()
    office.subject("一号")
    office.subject("二号", tags="重大")
    office.duty({"each": {"type": "项目", "not": {"tags": "重大"}}, "per": "quarter"}, "plain")
    office.duty({"each": {"type": "项目", "tags": "重大"}, "per": "month"}, "major")
    assert office.verdict("2024-Q2", "2024-07-01", duty="plain").missing == ("一号",)
    assert office.verdict("2024-06", "2024-07-01", duty="major").missing == ("二号",)
