"""Documents as people have them, read as text: plain files, Word files, saved web pages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from data.texts import read_text
from problems import BadInput
from reports.problem_words import in_one_line


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def complaint(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    assert problem.place.file == str(path)
    return in_one_line(problem.said, problem.hint, "en")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_the_encodings_that_people_save_in(
    encoding: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "通知.txt", "每月检查。\r\n每季度研判。\r末".encode(encoding))
    assert read_text(path) == "每月检查。\n每季度研判。\n末"


PAGE = """\
<!DOCTYPE html><html><head>{meta}<title>不要</title><style>p {{}}</style></head>
<body><!-- 不要 --><div>甲<b>乙</b>
丙<p>段一</p>尾<br>新行&nbsp;&amp;
<table><tr><th>项</th><td>一</td></tr><tr><td>二</td><td><p>三</p></td></tr></table>末
<script>不要()</script></div></body></html>
"""


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ("", "utf-8"),
        ("", "gb18030"),
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=utf-8">', "utf-8"),
        ('<meta charset="big5">', "big5"),
        ('<meta charset="no-such-one">', "utf-8"),
    ],
)
def test_a_web_page_gives_its_visible_lines(meta: str, encoding: str, tmp_path: Path) -> None:
    page = PAGE.format(meta=meta)
    if encoding == "big5":
        page = page.replace("项", "項").replace("乙", "已").replace("不要", "非")
    path = put(tmp_path, "page.HTML", page.encode(encoding))
    lines = read_text(path).split("\n")
    assert lines[1:4] == ["段一", "尾", "新行 &"]
    assert lines[5:] == ["二 |", "三", "末"]
    assert lines[4] in ("项 | 一", "項 | 一")
    assert "丙" in lines[0] and "不要" not in "".join(lines) and "非" not in "".join(lines)


def test_a_word_file_gives_paragraphs_and_rows_in_order(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("第一段\t甲\n乙")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "序号"
    table.cell(0, 1).text = "内容"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "合并"
    table.cell(0, 1).add_table(1, 2).cell(0, 1).text = "内层"
    document.add_paragraph("末段")
    document.save(str(tmp_path / "a.docx"))
    assert read_text(tmp_path / "a.docx").split("\n") == [
        "第一段 甲",
        "乙",
        "序号 | 内容  | 内层 ",
        "合并",
        "末段",
    ]


def test_what_was_inserted_in_a_word_file_is_text_and_what_was_deleted_is_none(
    tmp_path: Path,
) -> None:
    document = Document()
    document.add_paragraph("每月检查1次")
    document.save(str(tmp_path / "plain.docx"))
    changed = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "plain.docx") as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.infolist():
            raw = old.read(item)
            if item.filename == "word/document.xml":
                run = "<w:r><w:t>每月检查1次</w:t></w:r>".encode()
                assert run in raw
                marked = (
                    "<w:del><w:r><w:delText>每月</w:delText></w:r></w:del>"
                    "<w:ins><w:r><w:t>每季度</w:t></w:r></w:ins><w:r><w:t>检查1次</w:t></w:r>"
                )
                raw = raw.replace(run, marked.encode())
            new.writestr(item, raw)
    assert read_text(put(tmp_path, "changed.docx", changed.getvalue())) == "每季度检查1次"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "there is no text in this file; a scanned page must be typed first"),
        ("a.txt", b" \n\t", "there is no text in this file; a scanned page must be typed first"),
        (
            "a.txt",
            b"\x89PNG\0\xff",
            "this file is neither UTF-8 nor GB18030 text; "
            "save it as text in UTF-8, as .docx or as .html",
        ),
        (
            "a.docx",
            b"PK no zip",
            "this is not a Word document; open it in Word or WPS and save it anew",
        ),
        (
            "a.pdf",
            b"%PDF",
            "a .pdf file cannot be read; copy its text into a .txt file, or save it as .docx",
        ),
        (
            "a.DOC",
            b"x",
            "a .doc file cannot be read; open it in Word or WPS and save it as .docx",
        ),
        (
            "a.html",
            b"<p> </p>",
            "there is no text in this file; a scanned page must be typed first",
        ),
    ],
)
def test_a_file_that_holds_no_text_is_told(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    assert complaint(put(tmp_path, name, content)) == said


def test_a_zip_that_is_no_word_file_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as packed:
        packed.writestr("x.txt", "x")
    assert complaint(tmp_path / "a.docx").startswith("this is not a Word document")


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert complaint(tmp_path / "no.txt") == "no such file"
    assert complaint(tmp_path / "no.pdf") == "no such file"
    assert complaint(tmp_path) == "this is a folder, not a plain file; name a plain file"


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as out:
        out.truncate((64 << 20) + 1)
    assert complaint(path) == "the file is larger than 64 MB; is it the document?"
