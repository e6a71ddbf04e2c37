"""Every verdict can say why, in both languages, with the numbers that it was judged by."""

from __future__ import annotations

import pytest
from factory_reports import Office, office

from engine.explain import explain_judged
from reports.figures import number
from reports.i18n import LANGS
from reports.why import verdict_sentence, why_text


def told(made: Office, name: str, lang="zh") -> str:
    one = next(one for one in made.judged if one.verdict.id == name)
    return why_text(made.world, explain_judged(made.world, one), lang)


@pytest.mark.parametrize("lang", LANGS)
def test_every_verdict_says_why(lang, golden) -> None:
    made = office()
    texts = [told(made, one.verdict.id, lang) for one in made.judged]
    golden(f"reports/why.{lang}.txt", "\n".join(texts))


def test_what_is_printed_is_what_was_judged() -> None:
    for one in office().judged:
        verdict, words = one.verdict, verdict_sentence(one.verdict)
        if verdict.required:
            assert number(verdict.required) in words
            assert number(verdict.done) in words
        if verdict.days_overdue:
            assert f"已逾期{verdict.days_overdue}天" in words


def test_the_working_of_a_pro_rated_requirement_can_be_added_up() -> None:
    made = office()
    for one in made.judged:
        working = one.verdict.working
        if working is None or working.pro_rated is None:
            continue
        exact = working.asked * working.days_in_force / working.whole_days
        assert working.pro_rated == exact
        assert one.verdict.required == working.required <= working.rounded


def test_a_waiver_is_named_with_its_document() -> None:
    text = told(office(), "park.list.report@副主任@2024-07")
    assert "豁免 W1" in text
    assert "园组〔2024〕3号" in text


def test_a_blank_role_is_told_apart_from_a_wrong_one() -> None:
    made = office()
    assert "[A3]：履职角色不符" in told(made, "park.list.lead_check@主任/zw2@2024-06")
    assert "[B4]：履职角色未填写" in told(made, "park.list.lead_check@主任/zw2@2024-07")


def test_missing_members_are_named() -> None:
    assert "未覆盖    红星超市" in told(office(), "park.list.visit_firms@副主任@2024-Q2")


def test_what_is_to_be_ruled_has_no_working_and_says_so() -> None:
    made = office()
    text = told(made, "park.list.analyse@主任/zw1@2024")
    assert "待裁定" in text
    one = next(x for x in made.judged if x.verdict.id == "park.list.analyse@主任/zw1@2024")
    assert one.verdict.working is None
