"""What is set of an office: shown, set, refused, struck out, and on the papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.factory_cli import PARK, cache, call, contents, db, good, refused, write

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

NOTICES = ("notices", "--as-of", "2022-12-20")


@pytest.fixture
def bare_db(tmp_path: Path) -> Path:
    """The park, whose papers lack all that can be set."""
    path = tmp_path / "bare.db"
    tables = {**PARK, "settings": PARK["settings"][:2]}
    good("import", write(tmp_path / "bare", tables), "--db", path)
    return path


def test_what_is_set_is_kept_with_its_history_and_says_what_is_missing(bare_db: Path) -> None:
    asked = ("office", "--json", "--db", bare_db)
    assert good(*asked).data["missing"] == ["sender", "code", "contact", "phone"]
    words = ("--set", "落款=示例区安委办", "--set", "联系人 ＝ 王工", "--set", "PHONE=0510-1234")
    said = good("office", *words, "--by", "文员", "--db", bare_db).out
    assert said.startswith("set sender: 示例区安委办\nset contact: 王工\nset phone: 0510-1234\n")
    assert said.endswith("empty place for code: dutyclock office --set code=…\n")
    assert "changed contact: 李工" in good("office", "--set", "contact=李工", "--db", bare_db).out
    assert "already: nothing" in good("office", "--set", "联系人=李工", "--db", bare_db).out
    assert good(*asked).data["settings"]["contact"] == "李工"
    good("void", "settings", "联系人", "--reason", "调离", "--db", bare_db)
    assert good(*asked).data["settings"]["contact"] is None
    rows = contents(bare_db, bare_db.parent / "out")["settings.csv"].decode().splitlines()
    assert [row.split(",")[1] for row in rows if row.startswith("contact,")] == ["王工", "李工"]
    by = [one["who"] for one in good("journal", "--json", "--db", bare_db).data]
    assert "文员" in by


def test_what_cannot_be_set_is_told_at_once_and_nothing_is_set(bare_db: Path) -> None:
    before = contents(bare_db, bare_db.parent / "before")
    words = {
        "发文=甲": "发文机关",
        "foo": "has no =",
        "code=示安〔2024〕": "no code of a sender",
        "电话=abc": "no telephone number",
        "contact=": "void settings contact",
        "sender=" + "长" * 101: "101 characters",
        "timezone=北京": "Asia/Shanghai",
        "起算日=2022-02-30": "28 days",
        "seal=甲": "",
        "印章=乙": "given twice",
    }
    given = [part for text in words for part in ("--set", text)]
    told = refused("office", *given, "--db", bare_db)
    assert all(part in told for part in words.values()), told
    assert contents(bare_db, bare_db.parent / "after") == before


def test_a_table_of_settings_takes_the_same_words(tmp_path: Path, bare_db: Path) -> None:
    rows = [
        ["设置项", "值"],
        ["发文机关", "甲办"],
        ["台账起算日", "2022.8.1"],
        ["抄送", "乙办。;丙办"],
    ]
    good("import", write(tmp_path / "more", {"settings": rows}), "--db", bare_db)
    told = good("office", "--json", "--db", bare_db).data["settings"]
    assert (told["sender"], told["records_from"]) == ("甲办", "2022-08-01")
    assert told["copies"] == "乙办；丙办"


def test_papers_bear_what_is_set_and_say_what_they_lack(tmp_path: Path, bare_db: Path) -> None:
    good("office", "--set", "代字=示安委办", "--set", "抄送=示例区督查室", "--db", bare_db)
    once = ("--set", "sender=甲办", "--set", "contact=周工", "--set", "电话=010-1")
    good(*NOTICES, *once, "--out", tmp_path / "full", "--lang", "zh", "--db", bare_db)
    [remind, *_] = sorted((tmp_path / "full").glob("remind-*.txt"))
    text = remind.read_text(encoding="utf-8")
    assert text.startswith("甲办\n示安委办〔　　　　〕　号")
    assert "（联系人：周工，电话：010-1）" in text
    assert "示例区督查室。" in text
    assert "sender" in good("office", "--json", "--db", bare_db).data["missing"]
    said = call(*NOTICES, "--out", tmp_path / "bare", "--db", bare_db)
    assert said.code == 0
    assert said.err.startswith("papers have an empty place for sender, contact, phone: ")
    wrong = refused(*NOTICES, "--set", "时区=x", "--out", tmp_path / "n", "--db", bare_db)
    assert "stands on no paper" in wrong


def test_a_setting_that_was_struck_out_says_nothing_of_what_it_was_before(bare_db: Path) -> None:
    first = good("office", "--json", "--db", bare_db).data["settings"]["records_from"]
    for day in ("2021-01-01", "2022-09-01"):
        good("office", "--set", f"台账起算日={day}", "--db", bare_db)
    good("void", "settings", "records_from", "--reason", "误", "--db", bare_db)
    now = good("office", "--json", "--db", bare_db).data["settings"]["records_from"]
    assert now not in ("2021-01-01", "2022-09-01", first)
    assert now.endswith("-01")
