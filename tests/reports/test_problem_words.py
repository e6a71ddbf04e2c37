"""Every sentence that a problem can say is found again and said in Chinese."""

from __future__ import annotations

import re
import time

import pytest

from problems import Place, Problem
from reports.catalogue import renewed_problems, untranslated
from reports.i18n import PROBLEM_DOMAIN, entries
from reports.problem_words import FOREIGN, in_words, is_known, problem_text
from tests.helpers.factory_rules import BAD

CJK = re.compile(r"[\u4e00-\u9fff]")
FIELD = re.compile(r"(?<!\{)\{(\w+)\}")
PLACES = {"within", "here", "inner", "tail"}
CHINESE = entries("zh", PROBLEM_DOMAIN)
TEMPLATES = sorted(set(CHINESE) - {"year"})


def plain(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")


def filled(template: str) -> str:
    """The sentence as the program might say it."""
    template = re.sub(r"(?<=[a-z])\{value\}$", "", template)
    at = iter("甲乙丙丁戊己庚辛")
    return plain(FIELD.sub(lambda one: "" if one[1] in PLACES else next(at), template))


def test_every_template_in_the_code_has_chinese() -> None:
    assert not untranslated(renewed_problems())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda text: text[:50])
def test_the_chinese_of_a_template_keeps_its_values(template: str) -> None:
    chinese = CHINESE[template]
    assert CJK.search(chinese) or template == " in {subject}"
    assert sorted(FIELD.findall(template)) == sorted(FIELD.findall(chinese))
    # A rule model's objection is parted into message and hint at the first semicolon.
    if "; " in template and "@ #" not in template:
        assert template.count("; ") == chinese.count("；")


@pytest.mark.parametrize(
    "template", [one for one in TEMPLATES if one[0] not in " ,"], ids=lambda t: t[:50]
)
def test_a_sentence_is_found_again_by_its_template(template: str) -> None:
    text = filled(template)
    assert in_words(text) != text
    assert is_known(text), in_words(text)


def broken_files() -> list[tuple[str, str]]:
    """What the first lines of the broken rule files say that they give, message or hint."""
    told = []
    for path in sorted(BAD.rglob("*.yaml")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()[:2]:
            found = re.fullmatch(r"# (?:\d+:\d+: |hint: )(.+)", line)
            if found:
                told.append((path.stem, found[1]))
    return told


BROKEN = broken_files()


def test_the_broken_rule_files_were_read() -> None:
    assert len(BROKEN) > 200


@pytest.mark.parametrize(("name", "said"), BROKEN, ids=lambda one: one[:40])
def test_every_broken_rule_file_is_told_in_chinese(name: str, said: str) -> None:
    assert is_known(said), f"{name}: {said} -> {in_words(said)}"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("did you mean 'a', 'b' or 'c'?", "是不是“a”、“b”或“c”？"),
        ("unknown post class '安全员' in duty 'check'", "没有“安全员”这个职务类别（职责“check”）"),
        ("an empty author in ruling 1", "“作出人”是空的（第 1 条裁定）"),
        (
            "'x' is not a whole number for 'at_least' in duty 'a'",
            "“x”不是整数（键“at_least”，职责“a”）",
        ),
        (
            "'yes' is not a day or keys with values for 'by' in duty 'a'",
            "“yes”不是日期或键和值（键“by”，职责“a”）",
        ),
        ("unknown key 'x' of 'source'", "不认识的键“x”（在“source”中）"),
        (
            "a weekday on: 2026-01-05 in workdays of '2026'",
            "把工作日列为上班：2026-01-05（工作日表“2026”）",
        ),
        (
            "the reporting line runs in a circle: 甲 → 乙 → 甲",
            "汇报关系绕成了圈：甲 → 乙 → 甲",
        ),
        (
            "'a' and 'b' hold the post 'z' side by side from 2023-01-01 on, neither acting",
            "“a”与“b”自 2023-01-01 起同时担任职务“z”，且都不是代理",
        ),
        (
            "on 2023-01-01 the post 'z' passed between 'p1' and 'p2', and the act names nobody",
            "2023-01-01 职务“z”在“p1”和“p2”之间交接，而这条记录没有写人员",
        ),
        ("'2023-Q7' is not a period: quarters run from 1 to 4", "“2023-Q7”不是周期：季度从 1 到 4"),
        ("cannot be read: Permission denied", "无法读取：没有权限"),
        ("'it's' is not a table", "“it's”不是可导入的表"),
        ("the tables are 'units' or 'people'", "可导入的表：“units”或“people”"),
    ],
)
def test_a_sentence_with_values_reads_like_chinese(english: str, chinese: str) -> None:
    assert in_words(english) == chinese


def test_what_somebody_wrote_is_never_translated() -> None:
    assert in_words("there is no unit 'duty'") == "没有单位“duty”"
    assert in_words("'the disk is full' is not a table") == "“the disk is full”不是可导入的表"


def test_a_problem_has_its_place_first_and_its_hint_below() -> None:
    problem = Problem(Place("rules/a.yaml", 9, 5), "unknown key 'frequncy'", "did you mean 'x'?")
    assert problem_text(problem) == "rules/a.yaml:9:5: 不认识的键“frequncy”\n  提示：是不是“x”？"
    assert problem_text(problem, "en") == str(problem)
    assert problem_text(Problem(Place("a"), "the file is empty")) == "a: 文件是空的"


def test_a_sentence_that_no_template_fits_is_printed_as_it_is() -> None:
    problem = Problem(Place("a", 1), "something nobody has thought of", "mend it somehow")
    assert problem_text(problem) == "a:1: something nobody has thought of\n  提示：mend it somehow"
    assert not is_known("something nobody has thought of")


def test_sentences_of_the_system_are_listed_once() -> None:
    assert len(set(FOREIGN)) == len(FOREIGN)


def test_many_problems_are_told_without_waiting() -> None:
    begun = time.perf_counter()
    for number in range(2000):
        in_words(f"'2022-02-30.{number}' is not a day")
        in_words(f"unknown holder '岗位{number}'")
    assert time.perf_counter() - begun < 10
