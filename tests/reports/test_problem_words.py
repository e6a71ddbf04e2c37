"""Everything that can be said of a problem has a sentence in both languages, with its values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from problems import (
    Place,
    Problem,
    Said,
    Several,
    all_of,
    any_of,
    bare,
    clauses,
    did_you_mean,
    names,
    reason_of,
    said,
)
from reports.catalogue import SAYING
from reports.i18n import LANGS, PROBLEM_DOMAIN, Lang, catalogue_entries
from reports.problem_words import in_one_line, in_words, problem_text

ROOT = Path(__file__).parents[2]
CJK = re.compile(r"[\u4e00-\u9fff]")
SENTENCES = {lang: catalogue_entries(lang, PROBLEM_DOMAIN) for lang in LANGS}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `said` in the program, with its file and line."""
    for top in SAYING:
        files = [ROOT / top] if top.endswith(".py") else sorted((ROOT / top).rglob("*.py"))
        for file in files:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said":
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node


CALLS = list(calls())


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def said_fields() -> dict[str, set[frozenset[str]]]:
    """The names of the values that each code is said with."""
    found: dict[str, set[frozenset[str]]] = {}
    for _, call in CALLS:
        code = ast.literal_eval(call.args[0])
        found.setdefault(code, set()).add(frozenset(one.arg or "**" for one in call.keywords))
    return found


SAID = said_fields()


def test_the_code_stands_where_it_is_said() -> None:
    assert len(CALLS) > 800
    loose = [at for at, call in CALLS if not isinstance(call.args[0], ast.Constant)]
    assert loose == []


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_said_and_what_has_a_sentence_is_the_same(lang: Lang) -> None:
    assert SAID.keys() ^ SENTENCES[lang].keys() == set()


@pytest.mark.parametrize("code", sorted(SAID))
def test_a_code_has_one_name_and_one_sentence_with_its_values_in_each_language(code: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", code) and len(code) <= 32
    for lang in LANGS:
        assert SAID[code] == {frozenset(fields(SENTENCES[lang][code]))}, lang


def test_no_two_codes_say_the_same() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for code in sorted(SAID):
        told = tuple(SENTENCES[lang][code] for lang in LANGS)
        assert seen.setdefault(told, code) == code


def test_chinese_sentences_are_chinese_and_english_ones_are_not() -> None:
    assert {code for code, text in SENTENCES["en"].items() if CJK.search(text)} == {
        *("code_form", "code_is_given", "lacks_window_name", "period_forms", "setting_form"),
        *("tag_form", "telephone_form", "weekday_differs"),
    }
    bare_values = {code for code, text in SENTENCES["zh"].items() if not CJK.search(text)}
    assert bare_values == {
        *("id_told_apart", "in_thing", "name_and_id", "only_id", "perhaps_one_of"),
        *("post_on_days", "these_are", "value_refused"),
    }


DUTY = said("in_thing", kind=said("duty"), name="a")


@pytest.mark.parametrize(
    ("one", "english", "chinese"),
    [
        (
            did_you_mean("ab", ["abc", "abd", "abe"]),
            "did you mean 'abe', 'abd' or 'abc'?",
            "是不是“abe”、“abd”或“abc”？",
        ),
        (
            said("unknown_word", kind=said("post_class"), word="安全员").at(DUTY),
            "unknown post class '安全员' in duty 'a'",
            "没有“安全员”这个职务类别（职责“a”）",
        ),
        (
            said("empty_thing", thing=said("author")).at(
                said("in_numbered", kind=said("ruling"), number=1)
            ),
            "an empty author in ruling 1",
            "“作出人”是空的（第 1 条裁定）",
        ),
        (
            said("is_not", value="x", wanted=any_of([said("a_whole_number")])).at(
                said("for_key", key="at_least"), DUTY
            ),
            "'x' is not a whole number for 'at_least' in duty 'a'",
            "“x”不是整数（键“at_least”，职责“a”）",
        ),
        (
            said("is_not", value="yes", wanted=any_of([said("a_day"), said("keys_with_values")])),
            "'yes' is not a day or keys with values",
            "“yes”不是日期或键和值",
        ),
        (
            said("unknown_key", key="x").at(said("of_key", key="source")),
            "unknown key 'x' of 'source'",
            "不认识的键“x”（在“source”中）",
        ),
        (
            said("weekday_on", day=date(2026, 1, 5)).at(
                said("in_thing", kind=said("workdays_of"), name="2026")
            ),
            "a weekday on: 2026-01-05 in workdays of '2026'",
            "把工作日列为上班：2026-01-05（工作日表“2026”）",
        ),
        (
            said("reporting_circle", circle=bare("甲 → 乙 → 甲")),
            "the reporting line runs in a circle: 甲 → 乙 → 甲",
            "汇报关系绕成了圈：甲 → 乙 → 甲",
        ),
        (
            said(
                "held_side_by_side",
                person="a",
                other="b",
                post="z",
                first=date(2023, 1, 1),
                until=said("on"),
            ),
            "'a' and 'b' hold the post 'z' side by side from 2023-01-01 on, neither acting",
            "“a”与“b”自 2023-01-01 起同时担任职务“z”，且都不是代理",
        ),
        (
            said(
                "post_passed_that_day",
                day=bare("2023-01-01"),
                post="z",
                named=all_of(["p1", "p2"]),
            ),
            "on 2023-01-01 the post 'z' passed between 'p1' and 'p2', and the act names nobody",
            "2023-01-01 职务“z”在“p1”和“p2”之间交接，而这条记录没有写人员",
        ),
        (
            said(
                "not_a_period_because",
                text="2023-Q7",
                why=said("numbers_run_to", what=said("quarters"), last=4),
            ),
            "'2023-Q7' is not a period: quarters run from 1 to 4",
            "“2023-Q7”不是周期：季度从 1 到 4",
        ),
        (
            said("cannot_be_read", reason=reason_of(PermissionError(13, "Permission denied"))),
            "cannot be read: Permission denied",
            "无法读取：没有权限",
        ),
        (
            said("cannot_be_read", reason=reason_of(OSError(999_999, "the moon is full"))),
            "cannot be read: the moon is full",
            "无法读取：the moon is full",
        ),
        (said("not_a_table", table="it's"), "'it's' is not a table", "“it's”不是可导入的表"),
        (
            said("tables_are", tables=any_of(["units", "people"])),
            "the tables are 'units' or 'people'",
            "可导入的表：“units”或“people”",
        ),
        (
            said("known_words", words=names(["a", "b"])),
            "known: a, b",
            "可用的有：a、b",
        ),
        (
            said("perhaps_one_of", offers=clauses([said("perhaps", id="a"), said("on")])),
            "perhaps 'a'; on",
            "也许是“a”；起",
        ),
    ],
)
def test_a_sentence_with_values_reads_like_its_language(
    one: Said, english: str, chinese: str
) -> None:
    assert in_words(one, "en") == english
    assert in_words(one) == chinese


def test_what_somebody_wrote_is_never_translated_or_taken_for_a_field() -> None:
    assert in_words(said("no_such_unit", unit="duty")) == "没有单位“duty”"
    assert in_words(said("not_a_table", table="the disk is full")) == (
        "“the disk is full”不是可导入的表"
    )
    assert in_words(said("not_a_table", table="{table} {0}"), "en") == (
        "'{table} {0}' is not a table"
    )


def test_a_problem_has_its_place_first_and_its_hint_below() -> None:
    wrong, hint = said("unknown_key", key="frequncy"), said("did_you_mean", words=any_of(["x"]))
    problem = Problem(Place("rules/a.yaml", 9, 5), wrong, hint)
    assert problem_text(problem) == "rules/a.yaml:9:5: 不认识的键“frequncy”\n  提示：是不是“x”？"
    assert problem_text(problem, "en") == (
        "rules/a.yaml:9:5: unknown key 'frequncy'\n  hint: did you mean 'x'?"
    )
    assert problem_text(Problem(Place("a"), said("file_empty"))) == "a: 文件是空的"
    assert in_one_line(wrong, hint, "en") == "unknown key 'frequncy'; did you mean 'x'?"
    assert in_one_line(wrong, hint) == "不认识的键“frequncy”；是不是“x”？"
    assert in_one_line(wrong, None) == "不认识的键“frequncy”"


def test_problems_are_told_apart_by_their_codes_and_values() -> None:
    one = Problem(Place("a", 1), said("unknown_key", key="x"))
    assert one.code == "unknown_key"
    assert one == Problem(Place("a", 1), said("unknown_key", key="x"))
    assert len({one, Problem(Place("a", 1), said("unknown_key", key="y")), one}) == 2
    assert one.said["key"] == "x"


def test_problems_are_in_the_order_of_their_places() -> None:
    told = [
        Problem(Place("b"), said("file_empty")),
        Problem(Place("a", 2), said("number_of_values", given=1, most=2)),
        Problem(Place("a", 2), said("number_of_values", given="x", most=2), said("take_it_away")),
        Problem(Place("a", 1), said("unknown_key", key="x")),
    ]
    assert [str(one.place) for one in sorted(told)] == ["a:1", "a:2", "a:2", "b"]


def test_a_list_of_one_or_none_is_joined_by_nothing() -> None:
    for lang in LANGS:
        assert in_words(Several("or", ()), lang) == ""
    assert in_words(all_of(["a"])) == "“a”"
    assert in_words(all_of(["a"]), "en") == "'a'"


def test_a_code_without_a_sentence_is_our_own_mistake() -> None:
    with pytest.raises(KeyError, match="nobody_thought_of_it"):
        in_words(Said("nobody_thought_of_it"))


def test_a_catalogue_is_read_once_however_many_problems_are_told() -> None:
    in_words(said("not_a_day", text="2022-02-30"))
    read = catalogue_entries.cache_info().misses
    for number in range(20_000):
        assert f"2022-02-30.{number}" in in_words(said("not_a_day", text=f"2022-02-30.{number}"))
    assert catalogue_entries.cache_info().misses == read
