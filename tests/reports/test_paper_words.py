"""Papers as Word documents, how a paper is laid out, and which faces are found for one."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from reports.i18n import LANGS
from reports.notice.context import Index, Notice, RefusedRow
from reports.notice.papers import NoticeWriting, Sender, draft_sheet, sheet_names, sheets_filled
from reports.papers.context import Tightness
from reports.papers.faces import NEEDED, WANTED, faces_in
from reports.papers.layout import layout_of, refused_text
from reports.papers.word import FORMS, word_document
from reports.papers.word_forms import form_made
from services.ladder import printing
from services.ladder.printing import PapersAsked, papers_made
from services.office import Office
from tests.helpers.factory_reports import office

REFUSED = (
    RefusedRow("A2", "2024-02-11", "例行检查 张伟", "由他人代为带队", "带队检查"),
    RefusedRow("A3", "2024-03-02", "专题会议 张伟", "活动类型不符", "带队检查"),
    RefusedRow("A4", "2024-03-05", "例行检查 张伟", "由他人代为带队", "带队检查"),
)


def notices(lang="zh", **sender) -> list[Notice]:
    made = office()
    writing = NoticeWriting(made.world, made.judged, made.policy, lang, None, Sender(**sender))
    found = [writing.notice(one) for one in writing.batches(made.alerts)]
    return [one for one in found if one is not None]


def sheets() -> list:
    made = office()
    writing = NoticeWriting(made.world, made.judged, made.policy, "zh", None, Sender())
    return [draft_sheet(one) for one in writing.drafts(made.alerts)]


def cells(document: bytes) -> list[list[str]]:
    from docx import Document

    read = Document(io.BytesIO(document))
    return [[cell.text for cell in row.cells] for table in read.tables for row in table.rows]


@pytest.mark.parametrize("lang", LANGS)
def test_a_word_document_says_what_the_notice_says(lang) -> None:
    from docx import Document

    for notice in notices(lang, name="示<例>&办", contact="李示例"):
        document = word_document(notice)
        assert document == word_document(notice)
        told = cells(document)
        for one in notice.rows:
            row = next(cell for cell in told if cell[:3] == [str(one.no), one.person, one.post])
            assert row[5:8] == [one.required, one.done, one.short]
            assert row[8:] == [one.due, one.days_overdue, one.clause]
        lines = [one.text.strip() for one in Document(io.BytesIO(document)).paragraphs]
        title = [one.strip() for one in notice.title_lines]
        assert title == [one for one in lines if one in title]
        for line in (notice.mark, notice.number, notice.opening, notice.signed, notice.dated):
            assert line.strip() in lines
        assert not [one for one in lines if "{" in one]


def test_nothing_in_a_word_document_tells_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(word_document(notices()[0]))) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("form", FORMS)
def test_the_word_templates_are_those_that_are_made(form: str) -> None:
    from reports.papers import word

    kept = Path(word.__file__).with_name(FORMS[form]).read_bytes()
    with (
        zipfile.ZipFile(io.BytesIO(kept)) as old,
        zipfile.ZipFile(io.BytesIO(form_made(form))) as new,
    ):
        assert old.read("word/document.xml") == new.read("word/document.xml")
        styles = new.read("word/styles.xml").decode()
        page = new.read("word/document.xml").decode()
    assert 'w:eastAsia="仿宋_GB2312"' in styles
    assert 'w:linePitch="579" w:type="linesAndChars" w:charSpace="-849"' in page


def test_records_that_do_not_count_are_told_one_by_one_or_by_reason() -> None:
    assert refused_text(REFUSED, "zh") == (
        "已登记但不计入3条：2024年2月11日例行检查 张伟，由他人代为带队；"
        "2024年3月2日专题会议 张伟，活动类型不符；2024年3月5日例行检查 张伟，由他人代为带队。"
    )
    assert refused_text(REFUSED, "zh", is_short=True) == (
        "已登记但不计入3条：由他人代为带队（2024年2月11日，2024年3月5日）；活动类型不符（2024年3月2日）。"
    )


def test_a_name_ends_a_character_before_the_margin_or_over_the_middle_of_the_date() -> None:
    plain = replace(notices()[0], dated="2026年4月9日")
    long = layout_of(replace(plain, signed="示例区安全生产委员会办公室"), Tightness.LOOSE)
    short = layout_of(replace(plain, signed="示例镇政府"), Tightness.LOOSE)
    assert (long.name_right, long.date_right) == ("31.60", "87.18")
    assert (short.name_right, short.date_right) == ("70.78", "63.20")


def test_a_face_of_the_first_folder_goes_before_others(tmp_path) -> None:
    first, second = tmp_path / "first", tmp_path / "second" / "deep"
    for folder, name in ((first, "SIMFANG.TTF"), (second, "simfang.ttf"), (second, "simhei.ttf")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")
    found = faces_in([tmp_path / "none", first, tmp_path / "second"])
    assert sorted(found.files.values()) == [first / "SIMFANG.TTF", second / "simhei.ttf"]
    assert {WANTED[use].called for use in found.missing} == {"小标宋", "Times New Roman"}


def test_where_no_face_is_the_other_papers_are_made_and_what_to_install_is_told(
    monkeypatch, tmp_path
) -> None:
    monkeypatch.setattr(printing, "SYSTEM_FOLDERS", ())
    made = papers_made(Office(str(tmp_path / "x.db")), sheets(), PapersAsked(pdf=True, word=True))
    assert made.files
    assert {Path(name).suffix for name in made.files} == {".docx"}
    [(told, hint)] = made.lacking
    assert told.code == "no_pdf_without_faces"
    packages = dict(hint.values)["packages"].text
    assert packages == " ".join(WANTED[use].package for use in NEEDED)


def test_a_preview_shows_each_paper_with_its_picture_and_why_it_is_sent() -> None:
    made = office()
    writing = NoticeWriting(made.world, made.judged, made.policy, "zh", None, Sender())
    drafts = sheets()
    names = sheet_names(drafts)
    beside = [f"{names[0]}.pdf", f"{names[0]}.png"]

    def index(rows) -> Index:
        return writing.index(rows, is_preview=True)

    page = sheets_filled(drafts, "zh", None, index, beside)[0].text
    assert page.count("<figure") == len(drafts)
    assert page.count("<img") == 1
    for sheet in drafts:
        assert sheet.notice.addressee in page
        assert all(one in page for one in sheet.notice.triggers)
