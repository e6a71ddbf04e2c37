"""One language at a time: a Chinese sentence holds no English word but what its reader types."""

from __future__ import annotations

import pytest

from problems import Place, Problem, bare, said
from reports.i18n import DOMAIN, PROBLEM_DOMAIN, catalogue_entries
from reports.placeholders import in_placeholders
from tests.helpers.languages import WHAT_IS_TYPED, Heard, english_in


@pytest.mark.parametrize("domain", [DOMAIN, PROBLEM_DOMAIN])
def test_no_english_word_stands_in_a_chinese_sentence(domain: str) -> None:
    found = {
        one: words
        for one, text in catalogue_entries("zh", domain).items()
        if one not in WHAT_IS_TYPED and (words := english_in(in_placeholders(text, "zh")))
    }
    assert found == {}


def test_an_english_word_is_found() -> None:
    assert english_in("每条记录要有 holder") == ["holder"]
    assert english_in("键“holder”、--by 姓名、.xlsx、2 days") == ["days"]


def test_a_problem_half_in_english_is_heard() -> None:
    heard = Heard()
    heard.take([Problem(Place("a.csv"), said("unknown_word", kind=said("unit"), word="甲厂"))])
    assert heard.english() == []
    heard.take([Problem(Place("a.csv"), said("unknown_word", kind=bare("klass"), word="甲厂"))])
    assert heard.english() == ["没有“甲厂”这个klass"]
