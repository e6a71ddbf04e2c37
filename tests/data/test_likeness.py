"""A name is taken for its id however it is set; one that nearly matches is offered, never taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.import_columns import TABLES
from data.likeness import NamedIds, called_by, near_ids, near_words, sounds_like
from data.store.standing import holding_rows
from data.words import Words
from tests.helpers.factory_store import LATER, OFFICE, Rows, office, take, told
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
        ("张三", "'张三' is the name of several: write the id that is meant, p1; p3"),
        ("鎮長", "did you mean '镇长'?"),
        ("ｐ１", "did you mean 'p1'?"),
        ("里四", "perhaps '李四' (p2)"),
        ("澄光电子公司有限", ""),
        ("橙光电子有限公司", "perhaps '澄光电子有限公司' (光)"),
        ("澄光電子有限公司", "perhaps '澄光电子有限公司' (光)"),
    ],
)
def test_an_id_or_a_name_that_is_near_is_offered_with_its_id(word: str, hint: str) -> None:
    found = near_ids(word, NAMES, called_by(("people",)))
    assert printed(found) == hint
    assert not left_in_english(found)


HALL = NamedIds(
    {
        "p1": "张三",
        "p2": "张　三丰",
        "p3": "李乾",
        "p4": "王　五",
        "p5": "王五",
        "镇": "示例镇",
        "长": "镇长",
    },
    {"长": ("示例镇镇长", "镇镇长")},
    {"p4": ("示例镇镇长 2023-01-01..",), "p5": ("示例厂厂长 2023-01-01..",)},
)


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("p1", ["p1"]),
        ("张三", ["p1"]),
        ("张　三", ["p1"]),  # set wide
        (" 张 三 ", ["p1"]),
        ("張三", ["p1"]),  # traditional
        ("ｐ１", ["p1"]),
        ("张三丰", ["p2"]),
        ("李干", []),  # one in traditional script, and not the same name
        ("章三", []),  # only sounds the same
        ("王五", ["p5"]),  # exact comes before set wide
        ("王 五", ["p4", "p5"]),
        ("王 五（p4）", ["p4"]),
        ("王 五（示例镇镇长 2023-01-01..）", ["p4"]),
        ("示例镇镇长", ["长"]),
        ("示例镇 镇长", ["长"]),
        ("镇长（长）", ["长"]),
        ("镇长（镇）", []),
        ("镇", ["镇"]),
    ],
)
def test_a_name_means_the_ids_that_are_called_so(word: str, ids: list[str]) -> None:
    assert HALL.meant(word) == ids


def test_those_of_one_name_are_listed_with_what_tells_them_apart() -> None:
    assert printed(HALL.listed(["p4", "p5"])) == (
        "p4 (示例镇镇长 2023-01-01..); p5 (示例厂厂长 2023-01-01..)"
    )
    assert printed(HALL.listed(["p1"] * 14)).endswith("; p1; and 2 more")
    assert printed(HALL.shown("p2")) == "张三丰 (p2)"


@pytest.mark.parametrize(
    ("table", "column", "value", "stored"),
    [
        ("subjects", "unit", "示例鎮", "镇"),
        ("posts", "unit", "示例镇", "镇"),
        ("appointments", "person", "张　三", "p1"),
        ("waivers", "holder", "示例镇主要负责人", "镇长"),
        ("activities", "holder", "示例镇", "镇"),
        ("activities", "person", "張三", "p1"),
        ("activities", "subjects", "１号电梯;示例厂", None),
        ("activities", "subjects", "一号 电梯;示例厂;厂", "电梯1;厂"),
    ],
)
def test_a_cell_takes_a_name_and_holds_the_id(
    tmp_path: Path, table: str, column: str, value: str, stored: str | None
) -> None:
    store = office(tmp_path)
    rows = refer(table, column, value)
    if stored is None:
        assert any("unknown" in one for one in told(store, tmp_path / "in", rows))
        return
    take(store, tmp_path / "in", rows, LATER)
    with store.reading() as connection:
        kept = [values for values, _ in holding_rows(connection, table)]
    assert stored in {values[TABLES[table].at[column]] for values in kept}
    assert value not in {cell for values in kept for cell in values}
    # The same names once more change nothing: what is compared are the ids.
    assert take(store, tmp_path / "again", rows, LATER).total("changed") == 0


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
    assert "(人0)" in printed(near_ids("赵围伟0", many, called_by(("people",))))
    assert "(人9000)" in printed(near_ids("赵围伟9", many, called_by(("people",))))


def refer(table: str, column: str, value: str) -> dict[str, Rows]:
    """OFFICE with one cell of the first row of a table changed, the table alone."""
    rows = [list(row) for row in OFFICE[table]]
    rows[1][rows[0].index(column)] = value
    return {table: rows}


@pytest.mark.parametrize(
    ("table", "column", "value", "hint"),
    [
        ("activities", "subjects", "一号电题", "perhaps '一号电梯' (电梯1)"),
        ("posts", "reports_to", "副镇章", "did you mean '副镇长'?"),
        ("appointments", "person", "章三", "perhaps '张三' (p1)"),
        ("appointments", "post", "镇掌", "did you mean '镇长'?"),
        ("activities", "holder", "张三", "'张三' is a person, who holds or held 主要负责人 (镇长)"),
        (
            "activities",
            "holder",
            "一号电梯",
            "'一号电梯' is a subject; here stands the id of a post or unit",
        ),
        ("appointments", "person", "镇长", "'镇长' is a post; here stands the id of a person"),
    ],
)
def test_every_reference_offers_what_is_near(
    tmp_path: Path, table: str, column: str, value: str, hint: str
) -> None:
    store = office(tmp_path)
    found = told(store, tmp_path / "in", refer(table, column, value))
    unknown = f"unknown {'subject' if column == 'subjects' else column} '{value}'"
    (problem,) = [one for one in found if unknown in one]
    assert problem.endswith(f"{unknown}\n  hint: {hint}")


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
