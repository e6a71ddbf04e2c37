"""A name that nearly matches is offered, whichever way it was mistyped, and never taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.likeness import NamedIds, called_by, near_ids, near_words, sounds_like
from data.words import Words
from tests.helpers.factory_store import OFFICE, Rows, office, told
from tests.helpers.printed import left_in_english, printed

KINDS = ("安全检查", "专题研究", "专题学习", "应急演练")
NAMES = NamedIds({"p1": "张三", "p2": "李四", "p3": "张三", "镇长": "", "光": "澄光电子有限公司"})


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("安全検查", "did you mean '安全检查'?"),  # one character off
        ("安全檢查", "did you mean '安全检查'?"),  # traditional
        ("按全检查", "did you mean '安全检查'?"),  # the same sound
        ("应急演链", "did you mean '应急演练'?"),
        ("安全　检查", "did you mean '安全检查'?"),  # a full-width space
        ("安全检查会", "did you mean '安全检查'?"),
        ("全安检查", "did you mean '安全检查'?"),  # two characters in the wrong order
        ("专题研讨", "did you mean '专题研究'?"),
        ("打扫卫生", ""),
    ],
)
def test_a_word_of_the_vocabulary_that_is_near_is_offered(word: str, hint: str) -> None:
    found = near_words(word, KINDS)
    assert printed(found) == hint
    assert not left_in_english(found)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("李四", "'李四' is a name; its id is 'p2'"),
        ("张三", "'张三' is the name of several: write the id that is meant, 'p1' or 'p3'"),
        ("鎮長", "did you mean '镇长'?"),
        ("ｐ１", "did you mean 'p1'?"),
        ("里四", "perhaps 'p2', which is '李四'"),
        ("澄光电子公司有限", ""),
        ("橙光电子有限公司", "perhaps '光', which is '澄光电子有限公司'"),
        ("澄光電子有限公司", "perhaps '光', which is '澄光电子有限公司'"),
    ],
)
def test_an_id_or_a_name_that_is_near_is_offered_with_its_id(word: str, hint: str) -> None:
    found = near_ids(word, NAMES, called_by(("people",)))
    assert printed(found) == hint
    assert not left_in_english(found)


def test_two_texts_sound_alike_where_any_reading_is_shared() -> None:
    assert sounds_like("重庆", "虫庆") and sounds_like("重庆", "众庆")
    assert not sounds_like("重庆", "大庆")


def test_the_one_meant_is_found_among_ten_thousand_names() -> None:
    surnames, given = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊军洋"
    many = NamedIds(
        {
            f"人{number}": surnames[number % 10]
            + given[number // 10 % 10]
            + given[number // 100 % 10]
            + str(number // 1000)
            for number in range(10_000)
        }
    )
    assert printed(near_ids("赵围伟0", many, called_by(("people",)))).startswith("perhaps '人0'")
    assert printed(near_ids("赵围伟9", many, called_by(("people",)))).startswith("perhaps '人9000'")


def refer(table: str, column: str, value: str) -> dict[str, Rows]:
    """OFFICE with one cell of the first row of a table changed, the table alone."""
    rows = [list(row) for row in OFFICE[table]]
    rows[1][rows[0].index(column)] = value
    return {table: rows}


@pytest.mark.parametrize(
    ("table", "column", "value", "hint"),
    [
        ("units", "parent", "示例鎮", "perhaps '镇', which is '示例镇'"),
        ("posts", "unit", "示例镇", "'示例镇' is a name; its id is '镇'"),
        ("posts", "reports_to", "副镇章", "did you mean '副镇长'?"),
        ("appointments", "person", "章三", "perhaps 'p1', which is '张三'"),
        ("appointments", "post", "镇掌", "did you mean '镇长'?"),
        ("subjects", "unit", "示例厂", "'示例厂' is a name; its id is '厂'"),
        ("waivers", "holder", "镇長", "did you mean '镇长'?"),
        ("activities", "holder", "张三", "'张三' is a person, who holds or held '镇长'"),
        (
            "activities",
            "holder",
            "一号电梯",
            "'一号电梯' is a subject; here stands the id of a post or unit",
        ),
        ("appointments", "person", "镇长", "'镇长' is a post; here stands the id of a person"),
        ("activities", "person", "张 三", "perhaps 'p1', which is '张三'"),
        ("activities", "subjects", "１号电梯", "perhaps '电梯1', which is '一号电梯'"),
    ],
)
def test_every_reference_offers_what_is_near(
    tmp_path: Path, table: str, column: str, value: str, hint: str
) -> None:
    store = office(tmp_path)
    found = told(store, tmp_path / "in", refer(table, column, value))
    (problem,) = [one for one in found if f"unknown {column}" in one]
    assert problem.endswith(f"unknown {column} '{value}'\n  hint: {hint}")


@pytest.mark.parametrize(
    ("table", "column", "value", "hint"),
    [
        ("activities", "kind", "檢查", "did you mean '检查'?"),
        ("posts", "class", "主要付责人", "did you mean '主要负责人'?"),
        ("events", "type", "塞事", "did you mean '赛事'?"),
    ],
)
def test_every_word_of_the_vocabulary_offers_what_is_near(
    tmp_path: Path, table: str, column: str, value: str, hint: str
) -> None:
    words = Words(
        kinds=frozenset({"检查", "会议"}),
        post_classes=frozenset({"主要负责人", "分管负责人"}),
        event_types=frozenset({"赛事"}),
    )
    store = office(tmp_path)
    found = told(store, tmp_path / "in", refer(table, column, value), words=words)
    assert [one.partition("\n  hint: ")[2] for one in found if value in one] == [hint]
