"""Papers as PDF: what stands where on a sheet. Source: PAPERS, section 7."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from reports.notice.context import Law, Notice, NoticeRow
from reports.notice.papers import NoticeWriting, Sender
from reports.papers.faces import FaceUse, is_chinese
from reports.papers.printing import PrintedNotice, printed_notices
from tests.helpers.factory_cli import ROOT
from tests.helpers.factory_reports import office
from tests.helpers.printing import (
    MM,
    faces,
    fonts_of,
    letters_of,
    lines_of,
    not_printed,
    press,
    rules_of,
    sheets_in,
)

pytestmark = pytest.mark.skipif(not_printed() is not None, reason=f"no PDF: {not_printed()}")

UNITS = "年月日天次项个条号期家"
SIGNED, DATED = "示例区安全生产委员会办公室", "2024年7月10日"


@cache
def drafted(level: str) -> Notice:
    made = office()
    sender = Sender(SIGNED, "李示例", "000-00000000", code="示例安办")
    writing = NoticeWriting(made.world, made.judged, made.policy, "zh", None, sender)
    found = (writing.notice(one) for one in writing.batches(made.alerts) if one.level == level)
    return next(one for one in found if one is not None)


def issued(level: str, **said) -> Notice:
    return replace(drafted(level), urgency="", number="示例安办〔2024〕12号", dated=DATED, **said)


def row(at: int) -> NoticeRow:
    plain = drafted("remind").rows[0]
    return replace(plain, no=at, person="王示例", duty="分管负责人每季度带队检查", remarks="")


def letter(items: int, **said) -> Notice:
    law = Law("示例区领导干部履职办法", "示例办发〔2025〕8号", "第九条", "每季度至少三次带队检查。")
    laws = tuple(replace(law, clause=f"第{number}条") for number in "六九十"[:items])
    title = ("关于第一季度履职事项的提醒函",)
    rows = tuple(row(at) for at in range(1, items + 1))
    return issued("remind", title_lines=title, rows=rows, laws=laws, **said)


@cache
def printed(notice: Notice) -> tuple[PrintedNotice, bytes]:
    made = printed_notices([notice], None, press())[0]
    return made, made.printed.pdf()


def body(pdf: bytes, page: int) -> list:
    """The lines of the text area."""
    return [one for one in lines_of(pdf, page) if 37 * MM < one.down < 263 * MM]


@pytest.mark.parametrize(
    "text", ["应当按时完成并登记", "应于2024年7月9日前3次办结", "赵堃李喆王昇陈頔按时办结"]
)
def test_a_full_page_has_22_lines_of_28(text: str) -> None:
    lines = body(printed(issued("supervise", opening=text * 120))[1], 1)
    assert len(lines) == 22
    gaps = [after.down - one.down for one, after in pairwise(lines)]
    assert max(abs(gap - 28.98) for gap in gaps) <= 0.1
    assert min(one.left for one in lines) >= 28 * MM - 0.1
    assert max(one.right for one in lines) <= (210 - 25.8) * MM
    if all(map(is_chinese, text)):
        assert {len(one.text) for one in lines} == {28}


def test_no_number_is_parted_from_its_unit() -> None:
    text = "截至2024年7月10日应完成13次，已完成10次，差3次，逾期15天；"
    lines = [
        one.text
        for page in (0, 1)
        for one in body(printed(issued("supervise", opening=text * 30))[1], page)
    ]
    assert len(lines) > 25
    assert not [
        (one, after)
        for one, after in pairwise(lines)
        if one[-1].isdigit() and (after[0] in UNITS or after[0].isdigit())
    ]


@pytest.mark.parametrize("length", range(0, 6, 2))
def test_a_date_never_stands_alone_on_a_sheet(length: int) -> None:
    opening = "应当按时完成履职事项并登记，" * (26 + 2 * length)
    for notice in (issued("supervise", opening=opening), letter(1, opening=opening)):
        made, pdf = printed(notice)
        sheet, _ = made.printed.places["sign"]
        signed = next(at for at, one in enumerate(body(pdf, sheet)) if one.text == DATED)
        assert signed >= 3  # two lines of text, and the name
        last, _ = made.printed.places["record"]
        assert len(body(pdf, last)) > 2


@pytest.mark.parametrize("items", [1, 2, 3])
def test_up_to_three_items_are_a_letter_and_a_receipt(items: int) -> None:
    made, pdf = printed(letter(items, refused=drafted("remind").refused[:2]))
    first = [one.text for one in lines_of(pdf, 0)]
    assert made.layout.in_letter
    assert sheets_in(pdf) == 2
    assert "示例园区管委会：" in first
    assert DATED in first
    assert any(one.startswith("（联系人：李示例") for one in first)
    assert made.printed.places["receipt"][0] == 1


def test_more_items_are_in_an_annex() -> None:
    made, pdf = printed(issued("remind"))
    assert not made.layout.in_letter
    assert "附件1" in [one.text for one in lines_of(pdf, 1)]


def test_the_seal_meets_nothing_but_name_and_date() -> None:
    drafts = [
        replace(letter(1), urgency="拟稿", dated=DATED),
        replace(issued("supervise"), urgency="拟稿"),
    ]
    for notice in drafts:
        made, pdf = printed(notice)
        places = [(at, one.anchors["seal"]) for at, one in enumerate(made.printed.document.pages)
                  if "seal" in one.anchors]  # fmt: skip
        [(sheet, (left, top, *_))] = places
        left, top = left * 0.75, top * 0.75
        met = [
            one.text
            for one in letters_of(pdf, sheet)
            if top < one.down - 5 < top + 119 and left < one.right and one.left < left + 119
        ]
        assert set(met) - set("印章") <= set(SIGNED + DATED)
        assert "".join(met).endswith(DATED)


def test_the_record_ends_on_the_foot_of_the_text_area_and_the_page_number_is_under_it() -> None:
    made, pdf = printed(issued("supervise"))
    sheet, _ = made.printed.places["record"]
    assert abs(max(rules_of(pdf, sheet)) - 262 * MM) < 1
    assert lines_of(pdf, sheet)[-1].text == f"—{sheet + 1}—"
    assert lines_of(pdf, sheet)[-1].down > 265 * MM


def test_the_face_of_rare_characters_is_embedded_only_where_one_is() -> None:
    for opening, is_rare in (("应当按时完成", False), ("赵堃应当按时完成", True)):
        pdf = printed(issued("supervise", opening=opening))[1]
        names = {one.partition("-")[0] for one in fonts_of(pdf)}
        assert names - {"RARE"} == {"FS", "XBS", "HT", "LS"}
        assert ("RARE" in names) == is_rare


def test_a_paper_says_the_numbers_of_the_notice() -> None:
    for level in ("remind", "supervise", "warn"):
        notice = drafted(level)
        pdf = printed(notice)[1]
        said = "".join(one.text for at in range(sheets_in(pdf)) for one in lines_of(pdf, at))
        for one in notice.rows:
            for number in (one.required, one.done, one.short, one.days_overdue):
                assert number in said


def test_characters_that_no_face_has_are_told() -> None:
    made, _ = printed(issued("supervise", opening="王\U0002cb4e"))
    assert made.printed.nowhere <= {"\U0002cb4e"}
    assert FaceUse.RARE in faces().files


def test_nothing_is_fetched_for_a_page(tmp_path) -> None:
    picture = tmp_path / "x.svg"
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text y='9'>SECRET</text></svg>")
    page = (
        f"<p>plain<img src='{picture.as_uri()}'><a rel=attachment href='{picture.as_uri()}'>x</a>"
    )
    pdf = press().set(page).pdf()
    assert "SECRET" not in "".join(one.text for one in lines_of(pdf, 0))
    assert b"EmbeddedFile" not in pdf


def test_the_same_notice_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from tests.reports.test_papers import *\n"
        "print(hashlib.sha256(printed(letter(2))[1]).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.stdout.strip() == hashlib.sha256(printed(letter(2))[1]).hexdigest(), done.stderr
