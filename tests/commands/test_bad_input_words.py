"""Mistyped command lines, places that cannot be written, and terminals that cannot show it all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.helpers.factory_cli import (
    HEARD,
    Said,
    cache,
    call,
    changed,
    contents,
    db,
    ended,
    good,
    more,
    process,
    refused,
    write,
)

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

AS_OF = ("--as-of", "2022-10-01")
unix = pytest.mark.skipif(sys.platform == "win32", reason="asks for a Unix shell's devices")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["auditt"], "there is no command 'auditt'; did you mean 'audit' or 'attach'?"),
        (["audit", "--as-off", "2022-10-01"], "No such option '--as-off'"),
        (["audit"], "'audit' needs --as-of DAY"),
        (["notices", "--out", "x"], "Missing option '--as-of'"),
        (["alerts"], "Missing option '--as-of'"),
        (["why"], "Missing argument 'VERDICT…'"),
        (["leader", "张", "三"], "Got unexpected extra argument (三)"),
        (
            ["record", "--kind", "会议"],
            "Error: Missing option '--day'.\nMissing option '--holder'.",
        ),
        (
            ["appoint", "张三", "--first", "x"],
            "Missing argument 'POST'.\nInvalid value for '--first': 'x' is not a day",
        ),
        (["audit", "--as-of", "2022-02-30"], "February 2022 has 28 days; dates are written"),
        (["audit", "--as-of", "3/2/2022"], "it may be '2022-03-02' or '2022-02-03'"),
        (["audit", "--as-of", "9999-12-31"], "lies outside the years 1900 to 2199; is the year"),
        (["why", "x", "--as-of", "0001-01-01"], "lies outside the years 1900 to 2199; is the ye"),
        (["init", "--records-from", "bald"], "'bald' is not a day"),
        (["audit", "--again", "x"], "'x' is not a valid integer"),
        (["rules", "shwo", "x"], "there is no command 'shwo'; did you mean 'show'?"),
    ],
)
def test_a_mistyped_command_line_is_told_with_what_was_meant(words: list[str], told: str) -> None:
    assert told in refused(*words)


def test_a_language_that_there_is_not_is_told_in_the_one_spoken_without_it() -> None:
    assert "'fr' 不在可选之列：'zh', 'en'" in refused("audit", "--lang", "fr")


def test_without_a_command_the_help_is_named() -> None:
    assert "Try 'dutyclock --help' for help." in refused()
    assert good("--help").out.count("\n  ") > 12


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            HEARD.replace("hear_reports", "hear_report"),
            "there is no duty 'park_2022.principal.hear_report'\n"
            "  hint: did you mean 'park_2022.principal.hear_reports'",
        ),
        (HEARD.replace("p1", "p9"), f"there is no obligation '{HEARD.replace('p1', 'p9')}'\n"),
        (HEARD.replace("/p1", ""), f"hint: did you mean '{HEARD}'"),
        (HEARD.replace("Q3", "Q9"), f"'{HEARD}'"),
        ("@@", "there is no obligation '@@'\n  hint: a verdict is named DUTY@HOLDER@LABEL"),
    ],
)
def test_a_verdict_that_there_is_not_is_told_with_the_nearest(
    db: Path, name: str, told: str
) -> None:
    said = refused("why", name, *AS_OF, "--db", db)
    assert said.startswith("VERDICT: there is no ")
    assert told in said


def test_a_label_of_the_same_days_names_the_same_verdict(db: Path) -> None:
    plain = good("why", HEARD, *AS_OF, "--db", db)
    for label in ("2022-07..2022-09", "2022-07-01..2022-09-30"):
        assert good("why", HEARD.replace("2022-Q3", label), *AS_OF, "--db", db) == plain


def test_an_unknown_person_unit_or_document_is_told_with_the_nearest(db: Path) -> None:
    assert refused("leader", "张山", *AS_OF, "--db", db) == (
        "NAME: there is no person '张山'\n  hint: perhaps '张三' (p1); perhaps '张三' (p4)\n"
    )
    said = refused("audit", *AS_OF, "--unit", "园", "--document", "park_22", "--db", db)
    assert said == (
        "--document: there is no document 'park_22'\n  hint: did you mean 'park_2022'?\n"
        "--unit: there is no unit '园'\n  hint: did you mean '园区'?\n"
    )
    said = refused("rules", "show", "park_2022.principal.hear_report")
    assert "did you mean 'park_2022.principal.hear_reports'" in said
    said = refused("audit", "--again", "7", "--db", db)
    assert said.startswith("--again: there is no stored audit 7\n")


@pytest.mark.parametrize(
    ("span", "told"),
    [
        ("2022-Q5", "'2022-Q5' is not a period: quarters run from 1 to 4\n  hint: a span is 2024,"),
        ("2022-10-01..2022-09-01", "'2022-10-01..2022-09-01' ends before it begins"),
        ("last month", "'last month' is not a period; periods look like 2024,"),
        ("2022/汛前期", "'汛前期' is not a window of the calendar\n  hint: did you mean '汛"),
        ("9999", "years run from 0001 to 9998"),
        ("9999-W53", "years run from 0001 to 9998"),
        ("0001/春节前", "the calendar has no days for '0001/春节前'"),
    ],
)
def test_a_span_that_is_none_is_told_with_what_spans_look_like(
    db: Path, span: str, told: str
) -> None:
    said = refused("audit", *AS_OF, "--span", span, "--db", db)
    assert said.startswith("--span: ")
    assert told in said
    assert told in refused("calendar", "--span", span, "--db", db)


def test_what_is_wrong_with_a_typed_record_is_told_all_at_once_and_nothing_is_stored(
    tmp_path: Path, db: Path
) -> None:
    before = contents(db, tmp_path / "before")
    said = refused(
        *("record", "--kind", "专题研讨", "--day", "2022-10-32", "--holder", "主人"),
        *("--quantity", "-3", "--role", "主特", "--for-period", "2022-Q7", "--db", db),
    )
    places = [line.split(":")[0] for line in said.splitlines() if line[:1] != " "]
    assert places == ["day", "for_period", "holder", "kind", "quantity", "role"]
    assert "October 2022 has 31 days" in said
    assert "did you mean '主任'?" in said
    assert contents(db, tmp_path / "after") == before


def test_an_audit_before_the_records_begin_says_so(db: Path) -> None:
    said = good("audit", "--as-of", "2022-01-01", "--db", db)
    assert "Nobody is judged on days before 2022-07-01, when the records begin." in said.out
    assert "dutyclock init --records-from DAY" in said.out


def test_an_empty_store_is_judged_shown_and_exported(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    good("init", "--records-from", "2022-07-01", "--db", path)
    found = good("audit", *AS_OF, "--json", "--db", path).data
    assert (found["verdicts"], found["arrears"], found["vacancies"]) == ([], [], [])
    assert found["summary"]["rate"] is None
    good("audit", *AS_OF, "--html", tmp_path / "m.html", "--csv", tmp_path / "m.csv", "--db", path)
    assert good("alerts", *AS_OF, "--json", "--db", path).data == []
    good("notices", *AS_OF, "--out", tmp_path / "n", "--db", path)
    assert (tmp_path / "n" / "index.html").exists()
    good("calendar", "--span", "2022-10", "--db", path)
    assert refused("leader", "谁", "--db", path).startswith("NAME: there is no person '谁'")
    assert list(contents(path, tmp_path / "out")) == ["settings.csv"]


@pytest.mark.parametrize(
    "words",
    [
        ("audit", *AS_OF, "--csv"),
        ("audit", *AS_OF, "--html"),
        ("leader", "张三", *AS_OF, "--html"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_and_nothing_is_printed(
    tmp_path: Path, db: Path, words: tuple[str, ...]
) -> None:
    lost = tmp_path / "nowhere" / "x"
    assert refused(*words, lost, "--db", db) == (
        f"{lost}: cannot be written: No such file or directory\n"
        f"  hint: there is no folder '{lost.parent}': make it first\n"
    )
    assert "name a file: this is a folder" in refused(*words, tmp_path, "--db", db)


@unix
def test_a_full_disk_under_a_page_is_told_with_its_name(db: Path) -> None:
    said = refused("audit", *AS_OF, "--html", "/dev/full", "--db", db)
    assert said.startswith("/dev/full: cannot be written: No space left on device\n")


def test_an_audit_whose_page_cannot_be_written_is_not_kept(tmp_path: Path, db: Path) -> None:
    refused("audit", *AS_OF, "--keep", "--html", tmp_path, "--db", db)
    assert "there is no stored audit 1" in refused("audit", "--again", "1", "--db", db)


def test_papers_and_exports_are_not_written_into_a_file(tmp_path: Path, db: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("x")
    said = refused("notices", "--as-of", "2022-12-20", "--out", mine, "--db", db)
    assert said.startswith(f"{mine}: cannot be written: ")
    assert "name a folder: this is a file" in said
    assert str(mine) in refused("export", mine, "--db", db)
    assert str(mine) in refused("demo", "--out", mine)
    assert mine.read_text() == "x"


def test_a_demo_never_writes_over_what_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    assert refused("demo", "--out", tmp_path) == (
        f"{tmp_path}: the folder holds something else: 'mine.txt'\n"
        "  hint: name an empty folder with --out\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_paths_with_blanks_and_chinese_work_everywhere(tmp_path: Path) -> None:
    desk = tmp_path / "我的 电脑" / "履职 台账（2022）"
    path = desk / "库 一.db"
    folder = write(desk / "导入 表")
    good("import", folder, "--db", path)
    code = call(
        "audit", *AS_OF, "--db", path, "--csv", desk / "判 定.csv", "--html", desk / "表.html"
    )
    assert (code.code, code.err) == (1, "")
    assert (desk / "判 定.csv").stat().st_size > 100
    good("notices", "--as-of", "2022-12-20", "--db", path, "--out", desk / "通 知")
    good("leader", "张三", *AS_OF, "--db", path, "--html", desk / "档 案.html")
    wrong = write(desk / "错 表", changed("people", 1, "name", ""))
    assert refused("import", wrong, "--db", path).startswith(f"{wrong / 'people.csv'}:2:2: ")


def test_defaults_come_from_the_environment(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTYCLOCK_DB", str(db))
    monkeypatch.setenv("DUTYCLOCK_LANG", "en")
    assert "met (green)" in good("why", HEARD, *AS_OF).out
    assert refused("why", HEARD, *AS_OF, "--db", tmp_path / "no.db").startswith(str(tmp_path))
    monkeypatch.setenv("DUTYCLOCK_DB", str(tmp_path / "gone.db"))
    assert refused("why", HEARD) == (
        f"{tmp_path / 'gone.db'}: there is no store here\n  hint: make one with 'dutyclock init'\n"
    )


# In processes of their own: what only a real console shows.


@unix
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["audit", *AS_OF], 1),
        (["calendar", "--span", "2022"], 0),
        (["rules", "list", "--json"], 0),
        (["--help"], 0),
    ],
)
def test_a_reader_that_goes_gets_no_traceback_and_changes_no_exit_code(
    db: Path, words: list[str], code: int
) -> None:
    read, into = os.pipe()
    os.close(read)
    more_words = [] if words == ["--help"] or words[0] == "rules" else ["--db", str(db)]
    one = process(*words, *more_words, stdout=into)
    os.close(into)
    said = ended(one)
    assert (said.code, said.err) == (code, "")


@unix
def test_nobody_reading_the_mistakes_changes_nothing(db: Path) -> None:
    read, into = os.pipe()
    os.close(read)
    one = process("why", "x", "--db", db, stderr=into)
    os.close(into)
    assert ended(one) == Said(2, "", "")


def test_a_console_of_an_old_chinese_desktop_shows_the_text(db: Path) -> None:
    env = {"PYTHONIOENCODING": "gbk", "TERM": "dumb"}
    shown = ended(process("why", HEARD, *AS_OF, "--db", db, env=env), "gbk")
    assert (shown.code, shown.err) == (0, "")
    assert "听取班子成员安全生产履职专题汇报" in shown.out
    assert "\x1b" not in shown.out


@pytest.mark.parametrize("encoding", ["ascii", "cp437"])
def test_a_console_without_chinese_loses_signs_and_nothing_else(db: Path, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding}
    shown = ended(process("audit", *AS_OF, "--db", db, env=env), encoding)
    assert (shown.code, shown.err) == (1, "")
    assert "2022-Q3" in shown.out or "2022-09" in shown.out


def test_one_import_after_the_other_may_mend_what_the_first_had_wrong(
    tmp_path: Path, db: Path
) -> None:
    mended = more("activities", ["b1", "专题研究", "2022-12-01", "主任", "p2", "主持"])
    good("import", write(tmp_path / "more", mended), "--db", db)
    found = good("why", "park_2022.principal.study_safety@主任/p2@2022-Q4", "--as-of",
                 "2023-01-01", "--json", "--db", db).data  # fmt: skip
    assert [one["activity"] for one in found["counted"]] == ["b1"]
