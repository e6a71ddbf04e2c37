"""The commands about rules: coverage of a text, pages, lists, one duty, words, differences."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docx import Document

from rules.loader import BUILTIN
from tests.helpers.factory_cli import cache, call, good, refused

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("cache")

PIECES = Path(__file__).parents[1] / "source_pieces"
TOWN = PIECES / "town_2021.txt"


def test_a_text_is_told_and_without_open_sentences_only_counted() -> None:
    lines = good("rules", "coverage", PIECES / "park_2022.txt").out.splitlines()
    assert lines[0].startswith("park_2022 《园区领导干部安全生产职责清单")
    assert lines[0].endswith(": told by the quotes found in it")
    assert re.fullmatch(r"(\d+) of the \1 quotes of its rules stand in the text", lines[1])
    assert re.search(r"^\d+ sentences with a mark: OPEN 0, duty \d+", lines[3])
    assert lines[-1] == "--all shows every sentence, --html FILE the whole text"


def test_a_mark_that_nothing_settles_is_shown_in_its_sentence_with_its_line(
    tmp_path: Path,
) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TOWN.read_text(encoding="utf-8") + "另须每旬巡查，及时报告。\n", "utf-8")
    number = len(text.read_text(encoding="utf-8").splitlines())
    out = good("rules", "coverage", text).out
    assert f"\n{number}: [OPEN] 另须【每】【旬】巡查，【及时】报告。\n" in out
    assert "OPEN 1, " in out


def test_everything_is_shown_on_request_with_duties_and_reasons() -> None:
    out = good("rules", "coverage", TOWN, "--all").out
    assert "[duty] 每年至少1次專題檢查督查各專委會工作情況。\n" in out
    assert "    duty, 二（四）: town_2021.principal.inspect_committees" in out
    assert "    ruled out, 网页信息栏: 网页的浏览次数\n" in out


def test_another_version_of_a_text_is_said_to_be_one_with_the_quotes_it_lacks(
    tmp_path: Path,
) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TOWN.read_text(encoding="utf-8").replace("每年至少1次", "每年至少2次"), "utf-8")
    out = good("rules", "coverage", text).out
    assert "so the text is another version than the one the rules were written from" in out
    assert "Quotes of the rules that are not in the text:\n  “每年至少1次專題檢查" in out
    assert "【每】【年】" not in out and "【至少】【2次】" in out


def test_a_new_document_has_every_mark_open(tmp_path: Path) -> None:
    text = tmp_path / "new.txt"
    text.write_text("关于某事的通知\n每月至少检查1次。\n", "utf-8")
    out = good("rules", "coverage", text).out
    assert out.startswith("a new document: no rules quote it, so every mark is open\n")
    assert "2: [OPEN] 【每】【月】【至少】检查【1次】。" in out
    asked = good("rules", "coverage", text, "--document", "锡政办发〔2021〕85号").out
    assert asked.startswith("town_2021 ") and "as asked" in asked
    assert "0 of the " in asked


def test_coverage_as_json_says_each_sentence_with_its_marks_and_passages() -> None:
    said = good("rules", "coverage", TOWN, "--json").data
    assert (said["document"], said["told_by"]) == ("town_2021", "quotes")
    assert said["counts"]["open"] == 0 and said["missing"] == said["surplus"] == []
    assert said["counts"]["sentences"] == len(said["sentences"])
    (one,) = [one for one in said["sentences"] if "檢查督查各專委會" in one["text"]]
    assert one["outcome"] == "duty"
    assert one["marks"][0] == {"text": "每", "sort": "period", "open": False}
    assert one["passages"][0]["duties"] == ["town_2021.principal.inspect_committees"]


def test_word_files_and_web_pages_are_read_like_plain_text(tmp_path: Path) -> None:
    text = TOWN.read_text(encoding="utf-8")
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "text.docx"))
    page = "".join(f"<p>{line}</p>" for line in text.splitlines())
    (tmp_path / "text.html").write_text(page, encoding="gb18030")
    said = [
        good("rules", "coverage", path, "--json").data["counts"]
        for path in (TOWN, tmp_path / "text.docx", tmp_path / "text.html")
    ]
    assert said[0] == said[1] == said[2]


class Anchors(HTMLParser):
    """The anchors of a page and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "for") and value:
                self.links.add(value.removeprefix("#"))


@pytest.mark.parametrize("document", ["park_2022", "banan_2024", "responsibility_2023"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_coverage_has_the_whole_text_and_leads_everywhere(
    document: str, lang: str, tmp_path: Path
) -> None:
    text = PIECES / f"{document}.txt"
    call("rules", "coverage", text, "--html", tmp_path / "page.html", "--lang", lang)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    found = Anchors(page)
    assert len(set(found.ids)) == len(found.ids)
    assert found.links <= set(found.ids)
    assert "<script" not in page and "http" not in page
    soup = BeautifulSoup(page, "html.parser")
    shown = "".join(one.get_text() for one in soup.select("main .s"))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text.read_text(encoding="utf-8"))


def test_a_sentence_on_the_page_is_labelled_in_words_and_notes_its_duty(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TOWN.read_text(encoding="utf-8") + "另须每旬巡查<甲>。\n", "utf-8")
    call("rules", "coverage", text, "--html", tmp_path / "page.html", "--lang", "zh")
    soup = BeautifulSoup((tmp_path / "page.html").read_text(encoding="utf-8"), "html.parser")
    rows = soup.select("main .row")
    (row,) = [row for row in rows if "檢查督查各專委會" in row.get_text()]
    assert row["class"] == ["row", "first", "duty"]
    assert [one.get_text() for one in row.select("p > .tag")] == ["职责"]
    assert "专题检查督查各专委会工作情况，每年" in row.select_one("aside").get_text()
    assert "专题检查督查" in row.select_one(".s")["title"]
    last = rows[-1]
    assert "open" in last["class"] and last.select_one("p > .tag").get_text() == "未定"
    assert [one.get_text() for one in last.select(".bare")] == ["每旬"]
    assert "<甲>" in last.get_text()


def test_a_quote_over_two_sentences_is_noted_once_and_referred_to(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("每月检查，做到不漏。每季度通报。\n末\n", "utf-8")
    rules = shutil.copytree(BUILTIN / "town_2021", tmp_path / "rules")
    document = rules / "document.yaml"
    whole = document.read_text(encoding="utf-8")
    passage = "ruled_out:\n  - {clause: 甲, quote: 检查，做到不漏。每季度, reason: 乙}\n"
    document.write_text(whole.replace("ruled_out:\n", passage), "utf-8")
    page = tmp_path / "page.html"
    asked = ("--document", "rules", "--rules", rules)
    good("rules", "coverage", text, "--html", page, *asked)
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    rows = [
        (row.get("class")[-1], row.select_one(".no").get_text(), row.select_one("aside").get_text())
        for row in soup.select("main .row")
    ]
    assert [row[:2] for row in rows] == [("open", "1"), ("ruled_out", ""), ("plain", "2")]
    assert "甲" in rows[0][2] and "乙" in rows[0][2]
    assert rows[1][2].strip() == "the same passage as above"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["no.txt"], "no.txt: no such file"),
        ([TOWN, "--document", "town_2020"], "--document: there is no document 'town_2020'"),
        ([TOWN, "--html", "no/page.html"], "cannot be written"),
    ],
)
def test_what_coverage_cannot_do_is_told(line: list[str | Path], said: str) -> None:
    assert said in refused("rules", "coverage", *line)


@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_a_page_of_duties_has_each_duty_and_each_passage_once(name: str, tmp_path: Path) -> None:
    good("rules", "page", "park_2022", "--out", tmp_path / name)
    page = (tmp_path / name).read_text(encoding="utf-8")
    for entry in good("rules", "list", "--document", "park_2022", "--json").data:
        duty = entry["id"].partition("#")[0]
        assert len(re.findall(rf"[`>]{re.escape(duty)}[`<]", page)) == 1, duty
    assert "说的是分工；会议、研判的次数另有条款" in page
    assert "always exempt" in page and "to be ruled" in page


def test_a_page_without_a_document_has_all_of_them(tmp_path: Path) -> None:
    good("rules", "page", "--out", tmp_path / "all.html")
    found = Anchors((tmp_path / "all.html").read_text(encoding="utf-8"))
    folders = {path.parent.name for path in BUILTIN.glob("*/document.yaml")}
    assert folders <= set(found.ids) and found.links <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)


def test_a_page_of_another_form_or_document_is_refused(tmp_path: Path) -> None:
    said = refused("rules", "page", "--out", tmp_path / "all.pdf")
    assert "is no page" in said and "name it .html or .md" in said
    said = refused("rules", "page", "park_2021", "--out", tmp_path / "a.md")
    assert "there is no document 'park_2021'\n  hint: did you mean 'park_2022'" in said
    assert list(tmp_path.iterdir()) == []


def test_duties_are_listed_below_their_document_and_list() -> None:
    lines = good("rules", "list", "--document", "town_2021").out.splitlines()
    title = "《无锡市镇（街道、园区）行政主要负责人分管安全生产工作制度》 锡政办发〔2021〕85号"
    assert lines[0] == f"town_2021  {title}"
    assert lines[1].startswith("town_2021.") and "; duties: " in lines[1]
    assert lines[-1] == "15 duties of 1 documents"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--holder", "分管负责人"], "park_2022.deputy.lead_inspection"),
        (["--holder", "安全生产部"], "park_2022.key_tasks.follow_up_work"),
        (["--kind", "监督抽查"], "park_2022.principal.lead_inspection"),
        (["--shape", "window"], "park_2022.key_tasks.hold_safety_month"),
        (["--kind", "安全检查", "--holder", "主要负责人"], "park_2022.principal.lead_inspection"),
    ],
)
def test_lists_are_narrowed_by_holder_kind_and_shape(asked: list[str], found: str) -> None:
    whole = good("rules", "list", "--document", "park_2022", "--json").data
    said = good("rules", "list", "--document", "park_2022", "--json", *asked).data
    assert found in [entry["id"] for entry in said]
    assert 0 < len(said) < len(whole)
    assert [entry for entry in whole if entry in said] == said


def test_words_that_no_duty_has_are_told_all_at_once() -> None:
    said = refused(
        *("rules", "list", "--document", "xyz", "--holder", "主要责任人"),
        *("--kind", "xyz", "--shape", "cuont"),
        *("--rules", BUILTIN / "town_2021"),
    )
    assert said.splitlines() == [
        "--document: there is no document 'xyz'",
        "  hint: see 'dutyclock rules list'",
        "--holder: there is no holder '主要责任人'",
        "  hint: did you mean '行政主要负责人'?",
        "--kind: there is no kind of activity 'xyz'",
        "  hint: see 'dutyclock rules words'",
        "--shape: there is no shape 'cuont'",
        "  hint: did you mean 'count' or 'quota'?",
    ]


def test_one_duty_is_shown_with_every_place_and_example() -> None:
    out = good("rules", "show", "park_2022.principal.hear_reports").out
    assert "list: 园区主要负责人安全生产职责清单 (附件1)\n" in out
    assert "owed by: principal of park\n" in out
    assert "measure: at least once a quarter (a count)\n" in out
    assert "what counts: hearing how duties were carried out (" in out
    assert out.count("\nclause: ") == 2 and "每季度聽取1次班子成員" in out
    assert "responsible departments: 安全生产部\n" in out
    assert "example 1: on 2022-10-01; done 2022-09-30 → 2022-Q3 met\n" in out
    assert "季度最后一天; on 2022-09-30; done nothing → 2022-Q3 due soon\n" in out


def test_the_end_of_an_id_is_enough_where_it_is_the_only_one() -> None:
    whole = good("rules", "show", "park_2022.principal.study_safety").out
    assert good("rules", "show", "principal.study_safety").out == whole
    said = refused("rules", "show", "hear_reports")
    assert "several are called 'hear_reports'" in said
    assert "park_2022.principal.hear_reports" in said
    assert "there is no duty 'hear_report'" in refused("rules", "show", "hear_report")


def test_kinds_are_shown_as_a_tree_with_their_duties() -> None:
    lines = good("rules", "words").out.splitlines()
    at = lines.index(next(line for line in lines if line.startswith("安全检查")))
    assert re.fullmatch(r"安全检查  safety inspection  duties: \d+", lines[at])
    assert lines[at + 1].startswith("  监督检查  inspection by a supervising body")
    assert lines[at + 2].startswith("    ")


def test_two_folders_are_compared(tmp_path: Path) -> None:
    old = shutil.copytree(BUILTIN / "park_2022", tmp_path / "old" / "park_2022")
    new = shutil.copytree(old, tmp_path / "new" / "park_2022")
    assert good("rules", "diff", "builtin", "builtin").out.endswith("\nno verdict changes\n")
    file = new / "deputy.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("per: month", "per: quarter", 1), "utf-8")
    said = good("rules", "diff", old, new)
    assert "at least once a month → at least once a quarter" in said.out
    assert good("rules", "diff", old, new, "--json").data["changes_verdicts"] is True
    assert "no such folder" in refused("rules", "diff", old, tmp_path / "other")
