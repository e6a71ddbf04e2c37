"""Which words of a text may hide a duty, and what becomes of the sentences that they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.coverage import Outcome, Passage, cover, document_of, passages
from rules.duty_marks import MarkSort, Plain, marks_of
from tests.helpers.factory_rules import load, source_pieces, world


def found(text: str) -> list[tuple[str, str]]:
    """The marks of a text, as it has them, with their sort."""
    return [(text[mark.first : mark.last], mark.sort.value) for mark in marks_of(text)]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        (
            "每季度至少1次",
            [("每", "period"), ("季度", "period"), ("至少", "occasions"), ("1次", "occasions")],
        ),
        ("每兩個月", [("每", "period"), ("月", "period")]),
        ("季检查、月通报", [("季", "period"), ("月", "period")]),
        ("季(jì)度(dù)通報", [("季(jì)度", "period")]),
        ("不少於(yú)２次", [("不少於", "occasions"), ("２次", "occasions")]),
        ("2024 年 6 月底前完成", [("2024 年", "deadline"), ("月", "period"), ("底前", "deadline")]),
        ("20日前报送", [("日前", "deadline")]),
        ("三年内完成", [("年内", "deadline")]),
        ("应于2024年6月30日前", [("2024年", "deadline"), ("月", "period"), ("日前", "deadline")]),
        ("到2024年6月30日，全部建成", [("2024年", "deadline"), ("月", "period")]),
        ("2024年12月31日以前", [("2024年", "deadline"), ("月", "period")]),
        ("实现应急预案全覆盖", [("全覆盖", "coverage")]),
        ("合格率达95%", [("率达", "coverage"), ("95%", "coverage")]),
        ("汛期、国庆前后", [("汛期", "window"), ("国庆", "window")]),
        ("定期分析，及时报告", [("定期", "unclear"), ("及时", "unclear")]),
        ("全年抽取，即刻开展", [("全年", "period"), ("即刻", "unclear")]),
    ],
)
def test_a_mark_is_found_however_it_is_written(text: str, marks: list[tuple[str, str]]) -> None:
    assert found(text) == marks


@pytest.mark.parametrize(
    "text",
    [
        "周边地区、周密部署、多层次体系",
        "设备全生命周期管理",
        "三年行动方案(2024—2026年)",
        "2024年5月16日",
        "2024 年 5 月 16 日印发",
        "巴南安办〔2024〕24号",
        "成文日期 2021-12-31",
        "党的十九届五中、六中全会精神，二十届二次全会",
        "各季节、岁月、日常管理",
    ],
)
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    assert found(text) == []


def test_no_mark_runs_over_the_end_of_a_line() -> None:
    assert found("第\n一次会\n议") == [("一次", "occasions")]
    assert {mark.sort for mark in marks_of("全\n覆盖")} == {MarkSort.COVERAGE}


def test_a_quote_is_found_over_cells_blanks_readings_and_traditional_characters() -> None:
    plain = Plain.of("| 每季 度 | 听(tīng)取１次|\n安全生產(chǎn)匯報 |")
    assert len(plain.places("每季度听取1次安全生产汇报")) == 1
    assert plain.places("每季度聽取1次") == ((2, 19),)
    assert plain.places("每年") == plain.places("  ") == ()


TEXT = "一、检查\n每月检查1次。定期报告;及时整改\n二、会议\n每月检查1次。无事。\n"


def outcomes(text: str, *read: Passage) -> list[tuple[int, str, str]]:
    return [(one.line, one.text, one.outcome.value) for one in cover(text, read).sentences]


def test_without_passages_every_sentence_with_a_mark_is_open() -> None:
    assert outcomes(TEXT) == [
        (2, "每月检查1次。", "open"),
        (2, "定期报告;", "open"),
        (2, "及时整改", "open"),
        (4, "每月检查1次。", "open"),
    ]


def test_each_sentence_is_settled_by_what_stands_over_its_marks() -> None:
    read = (
        Passage("一", "每月检查1次。定期报告", ("a.b.c",), part="a.b"),
        Passage("一", "整改", (), "没有次数", part="a.b"),
        Passage("二", "每月检查1次", ("a.b.d",), part="a.b", to_be_ruled=True),
    )
    assert outcomes(TEXT, *read) == [
        (2, "每月检查1次。", "duty"),
        (2, "定期报告;", "duty"),
        (2, "及时整改", "open"),
        (4, "每月检查1次。", "to_be_ruled"),
    ]
    covered = cover(TEXT, read)
    assert [one.text for one in covered.open] == ["及时整改"]
    assert covered.counts == {
        Outcome.OPEN: 1,
        Outcome.DUTY: 2,
        Outcome.TO_BE_RULED: 1,
        Outcome.RULED_OUT: 0,
    }


def test_half_a_mark_under_a_quote_is_open() -> None:
    assert outcomes("每周检查", Passage("一", "周检查", ("a.b.c",))) == [(1, "每周检查", "open")]
    assert outcomes("不定期检查", Passage("一", "期检查", (), "无")) == [(1, "不定期检查", "open")]


def test_a_duty_beside_a_passage_that_is_none_makes_the_sentence_a_duty() -> None:
    read = (Passage("一", "每月检查", ("a.b.c",)), Passage("一", "及时整改", (), "没有次数"))
    assert outcomes("每月检查，及时整改。", *read) == [(1, "每月检查，及时整改。", "duty")]


def test_a_repeated_sentence_needs_a_passage_for_each_place() -> None:
    once = Passage("一", "每月检查1次", ("a.b.c",))
    assert [state for *_, state in outcomes(TEXT, once)] == ["duty", "open", "open", "open"]
    twice = (once, Passage("二", "每月检查1次", (), "重复"))
    assert [state for *_, state in outcomes(TEXT, *twice)][3] == "ruled_out"
    thrice = (*twice, Passage("三", "每月检查1次", (), "没有这一处"))
    covered = cover(TEXT, thrice)
    assert [one.clause for one in covered.surplus] == ["三"] and covered.missing == ()


def test_a_repeated_sentence_is_settled_where_its_list_and_clause_stand() -> None:
    read = (
        Passage("二", "无事", ("a.b.d",), part="a.b"),
        Passage("二", "每月检查1次", ("a.b.c",), part="a.b"),
    )
    assert [state for *_, state in outcomes(TEXT, *read)] == ["open", "open", "open", "duty"]
    assert next(state for *_, state in outcomes(TEXT, read[1])) == "duty"


def test_a_short_quote_that_nothing_places_is_not_spent_on_what_is_settled() -> None:
    read = (
        Passage("标题", "每月检查1次", (), "标题"),
        Passage("正文", "每月检查1次。定期报告", ("a.b.c",)),
    )
    assert [state for *_, state in outcomes(TEXT, *read)] == [
        "duty",
        "duty",
        "open",
        "ruled_out",
    ]


def test_a_quote_that_is_not_in_the_text_is_missing() -> None:
    read = (Passage("一", "每年检查", ("a.b.c",)), Passage("二", "", (), "空的"))
    assert cover(TEXT, read).missing == read
    assert cover("", read).sentences == ()


LISTED = """\
list: 清单
holder: {posts: 主要负责人}
ruled_out: [{clause: 第三条, quote: 及时整改, reason: 没有次数}]
duties:
  check: &check
    title: 带队检查
    source: {clause: 第一条, quote: 每月检查1次}
    activity: {kind: 检查, role: 带队}
    frequency: {at_least: 1, per: month}
  check_again:
    title: 再检查
    source: {clause: 第一条, quote: 每月检查1次}
    activity: {kind: 检查}
    frequency: to_be_ruled
    note: 说的是同一件事。
  report:
    title: 报告
    source: {clause: 第二条, quote: 定期报告}
    activity: {kind: 检查}
    frequency: to_be_ruled
"""


def test_a_place_that_two_duties_quote_is_one_passage(tmp_path: Path) -> None:
    rulebook = load(world(tmp_path, rules__demo__good=LISTED))
    assert passages(rulebook, "demo") == (
        Passage(
            "第一条", "每月检查1次", ("demo.good.check", "demo.good.check_again"), "", "demo.good"
        ),
        Passage("第二条", "定期报告", ("demo.good.report",), "", "demo.good", to_be_ruled=True),
        Passage("第三条", "及时整改", (), "没有次数", "demo.good"),
    )
    assert passages(rulebook, "other") == ()


@pytest.mark.parametrize(
    ("text", "document", "by", "quotes"),
    [
        ("安委〔2024〕1号\n每月检查1次", "demo", "number", 1),
        ("安委〔2024〕１號 \n每月檢查1次", "demo", "number", 1),
        ("关于文件的通知\n定期报告", "demo", "title", 1),
        ("每月检查1次，及时整改", "demo", "quotes", 2),
        ("根据安委〔2024〕1号，另行规定：每年检查", None, "nothing", 0),
        ("每年检查", None, "nothing", 0),
        ("", None, "nothing", 0),
    ],
)
def test_a_text_is_told_by_number_title_or_quotes(
    text: str, document: str | None, by: str, quotes: int, tmp_path: Path
) -> None:
    rulebook = load(world(tmp_path, rules__demo__good=LISTED))
    said = document_of(rulebook, text)
    assert (said.document, said.by, said.found) == (document, by, quotes)
    assert document_of(rulebook, text, "demo").by == "asked"


def test_the_pieces_of_a_source_are_its_clauses_with_marks_and_quotes() -> None:
    text = "通知\n无事。张某，每月检查，无事。及时整改;\n无标记，的引文。又无事。\n"
    read = (Passage("一", "标记，的引", (), "无"),)
    assert source_pieces(text, read) == "每月检查，及时整改;\n无标记，的引文。\n"
    assert source_pieces(source_pieces(text, read), read) == source_pieces(text, read)
