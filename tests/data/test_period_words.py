"""Periods as people write them."""

from __future__ import annotations

import pytest

from data.period_words import label_meant


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024年4月", "2024-04"),
        ("２０２４年４月份", "2024-04"),
        ("2024.4", "2024-04"),
        ("2024/12", "2024-12"),
        ("4月", "2022-04"),
        ("四月", "2022-04"),
        ("十二月份", "2022-12"),
        ("2024年二季度", "2024-Q2"),
        ("第3季度", "2022-Q3"),
        ("2024q3", "2024-Q3"),
        ("上半年", "2022-H1"),
        ("2024年下半年", "2024-H2"),
        ("2024年度", "2024"),
        # No period that a year would complete; left as it is.
        ("4.5", "4.5"),
        ("带队", "带队"),
        ("2024-06-03..2024-06-20", "2024-06-03..2024-06-20"),
        ("2024/汛期", "2024/汛期"),
    ],
)
def test_a_period_is_understood_as_it_is_read_and_written(text: str, label: str) -> None:
    assert label_meant(text, 2022) == label


def test_a_period_without_a_year_is_none_where_no_year_is_in_sight() -> None:
    assert label_meant("4月") == "4月"
