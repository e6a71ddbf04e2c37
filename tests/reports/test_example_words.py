"""A rule's worked examples are read in the words of a language, and not in the keys of its file."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from engine.examples import DONE_KEYS, WORLD_KEYS
from reports.i18n import LANGS
from reports.rules.example_words import KEYS, example_text
from rules.duty import Example
from rules.rulebook import Rulebook
from tests.helpers.factory_rules import shipped_rules


@cache
def book() -> Rulebook:
    return shipped_rules()


def told(lang: str, **said: Any) -> str:
    example = {"as_of": date(2024, 7, 1), "expect": {"2024-06": "met"}, **said}
    return example_text(Example.model_validate(example), lang)


def test_every_key_of_an_example_has_its_word() -> None:
    assert {*DONE_KEYS, *WORLD_KEYS} <= set(KEYS)


def test_no_english_word_stands_in_a_shipped_example_in_chinese() -> None:
    texts = [example_text(one) for duty in book().duties for one in duty.examples]
    assert len(texts) > 1500
    assert [text for text in texts if re.search("[A-Za-z_]{2,}|[{}]", text)] == []


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (
            {"done": [date(2024, 6, 3)]},
            "核对日 2024-07-01；记录 2024-06-03 → 2024-06 已完成",
            "on 2024-07-01; done 2024-06-03 → 2024-06 met",
        ),
        (
            {"done": [{"day": date(2024, 6, 3), "evidence": ["文号"], "by_unit": True}]},
            "核对日 2024-07-01；记录 2024-06-03（佐证 文号，登记在单位名下） → 2024-06 已完成",
            "on 2024-07-01; done 2024-06-03 (evidence 文号, under the unit) → 2024-06 met",
        ),
        (
            {
                "name": "接任",
                "done": [],
                "world": {
                    "to": date(2024, 5, 1),
                    "successor_from": date(2024, 5, 2),
                    "waived": [[date(2024, 6, 1), date(2024, 6, 5)]],
                },
            },
            "接任；核对日 2024-07-01；记录 无；至 2024-05-01，接任自 2024-05-02，"
            "豁免 2024-06-01..2024-06-05 → 2024-06 已完成",
            "接任; on 2024-07-01; done nothing; to 2024-05-01, a successor from 2024-05-02, "
            "waived 2024-06-01..2024-06-05 → 2024-06 met",
        ),
        (
            {
                "done": [],
                "world": {
                    "members": [{"id": "甲", "tags": ["高危"]}, {"id": "乙", "assigned": False}],
                    "events": [
                        {"id": "长跑", "type": "赛事", "day": date(2024, 6, 2), "status": "moved"}
                    ],
                },
            },
            "核对日 2024-07-01；记录 无；应覆盖对象 甲（标签 高危）、乙（未包保），"
            "触发事项 长跑（类型 赛事，日期 2024-06-02，状态 改期） → 2024-06 已完成",
            "on 2024-07-01; done nothing; members 甲 (tags 高危), 乙 (not assigned), "
            "events 长跑 (type 赛事, day 2024-06-02, status moved) → 2024-06 met",
        ),
    ],
)
def test_an_example_is_read_aloud(said: dict[str, Any], zh: str, en: str) -> None:
    assert [told(lang, **said) for lang in LANGS] == [zh, en]
