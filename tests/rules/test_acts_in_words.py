"""Measures about days, shifts and what one act must be, read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.loader import load_rulebook
from rules.wording import measure_in_words

RULEBOOK = load_rulebook([Path(__file__).parents[1] / "worked_rules" / "acts"])


@pytest.mark.parametrize(
    ("key", "chinese", "english"),
    [
        (
            "patrol",
            "每周至少1次，每次不少于30分钟，与上次间隔不少于96小时",
            "at least once a week, at least 30 分钟 each time, at least 96 hours after the last",
        ),
        ("stay", "每年不少于200天", "at least 200 天 a year"),
        ("on_site", "每月不少于80%的工作日", "on at least 80% of the working days a month"),
        ("days_a_week", "每周至少2次（同一天只计一次）", "at least twice a week, each day once"),
        ("firms", "每年不少于3家（同一对象只计一次）", "at least 3 家 a year, each subject once"),
        (
            "refresher",
            "两次间隔不超过18个月，与上次间隔不少于6个月",
            "never more than 18 months between two, at least 6 months after the last",
        ),
    ],
)
def test_its_measure_is_read_aloud(key: str, chinese: str, english: str) -> None:
    measure = next(duty.frequency for duty in RULEBOOK.duties if duty.id.endswith(f".{key}"))
    assert (measure_in_words(measure), measure_in_words(measure, "en")) == (chinese, english)
