"""One language at a time: a Chinese sentence holds no English word but what its reader types."""

from __future__ import annotations

import pytest

from reports.i18n import DOMAIN, PROBLEM_DOMAIN, catalogue_entries
from reports.placeholders import in_placeholders
from tests.helpers.languages import english_in

OF_RULE_FILES = {"add_source", "add_within", "give_campaign_days"}
OF_INSTALLING = {"create_database_first", "create_schema_first", "engine_missing"}
OF_INSTALLING |= {"make_schema_first"}
OF_HASHES = {"sha256_form"}
WHAT_IS_TYPED = OF_RULE_FILES | OF_INSTALLING | OF_HASHES


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
