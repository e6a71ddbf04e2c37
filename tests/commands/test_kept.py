"""Rule files and papers in the journal: what an audit ran on stays when the files change."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.keeping.verify import verify_store
from data.store.journal import journal_entries
from data.store.opening import open_store
from rules.loader import BUILTIN
from tests.helpers.factory_cli import cache, call, db, good, refused

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

NIGHT = "kinds:\n  夜查: {under: 安全检查, en: inspection at night}\n"


def acts_of(db: Path) -> list[tuple[str, str | None, str | None]]:
    with open_store(str(db)).reading() as connection:
        return [(one.act, one.who, one.why) for one in journal_entries(connection)]


def rows(db: Path, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(db)) as plain:
        return plain.execute(query).fetchall()


def test_rule_files_are_kept_once_with_all_their_bytes(tmp_path: Path, db: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    (office / "vocabulary.yaml").write_bytes(b"\xef\xbb\xbf" + NIGHT.replace("\n", "\r\n").encode())
    first = good("rules", "keep", "--db", db, "--by", "示例文员", "--why", "年初存档").out
    assert first.startswith("kept as rulebook 1: ")
    assert "already, as rulebook 1" in good("rules", "keep", "--db", db).out
    more = good("rules", "keep", "--db", db, "--office", office).out
    assert more.endswith(" files, 1 of them new\n")
    assert ("rules", "示例文员", "年初存档") in acts_of(db)
    kept = dict(rows(db, "SELECT sha256, content FROM rule_files"))
    for path in [*BUILTIN.glob("park_2022/*.yaml"), office / "vocabulary.yaml"]:
        raw = path.read_bytes()
        assert str(kept[hashlib.sha256(raw).hexdigest()]).encode() == raw
    assert verify_store(open_store(str(db))).broken == ()


def test_a_changed_rule_file_in_the_store_is_found(tmp_path: Path, db: Path) -> None:
    good("rules", "keep", "--db", db)
    with closing(sqlite3.connect(db)) as plain, plain:
        plain.execute("UPDATE rule_files SET content = content || ' '")
    assert "rows of entry" in refused("verify", "--db", db)


AUDIT = ("audit", "--as-of", "2022-10-01", "--span", "2022-Q3")


def test_an_audit_is_judged_again_with_the_rules_that_were_kept(tmp_path: Path, db: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    said = call(*AUDIT, "--keep", "--db", db, "--why", "季度报送")
    assert said.code == 1 and "kept as audit 1" in said.out
    assert acts_of(db)[-1][0] == "audit" and acts_of(db)[-1][2] == "季度报送"
    assert good("audit", "--again", "1", "--db", db).out == "audit 1 comes out the same\n"
    (office / "vocabulary.yaml").write_text(NIGHT, encoding="utf-8")
    same = good("audit", "--again", "1", "--db", db, "--office", office).out.splitlines()
    assert same == [
        "audit 1 comes out the same",
        "  changed since: rules",
        "with the rule files as they were kept it comes out the same",
    ]


def test_an_audit_under_other_rules_differs_and_with_the_kept_ones_does_not(
    tmp_path: Path, db: Path
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    for path in (BUILTIN / "park_2022").glob("*.yaml"):
        (rules / "park_2022").mkdir(exist_ok=True)
        (rules / "park_2022" / path.name).write_bytes(path.read_bytes())
    call(*AUDIT, "--keep", "--db", db, "--rules", rules)
    principal = rules / "park_2022" / "principal.yaml"
    text = principal.read_text(encoding="utf-8")
    principal.write_text(text.replace("at_least: 1", "at_least: 3"), encoding="utf-8")
    said = call("audit", "--again", "1", "--db", db, "--rules", rules)
    lines = said.out.splitlines()
    assert said.code == 1
    assert lines[:2] == ["audit 1 comes out differently", "  changed since: rules"]
    assert lines[-1] == "with the rule files as they were kept it comes out the same"
    assert len(lines) > 3


def test_an_audit_whose_rules_were_not_kept_says_so(tmp_path: Path, db: Path) -> None:
    call(*AUDIT, "--keep", "--db", db)
    with closing(sqlite3.connect(db)) as plain, plain:
        plain.execute("DELETE FROM rulebooks")
    office = tmp_path / "office"
    office.mkdir()
    (office / "vocabulary.yaml").write_text(NIGHT, encoding="utf-8")
    said = good("audit", "--again", "1", "--db", db, "--office", office).out
    assert said.endswith("the rule files of then are not in the store\n")


NOTICES = ("notices", "--as-of", "2022-11-01")


def test_a_kept_audit_that_somebody_else_wrote_is_told(tmp_path: Path, db: Path) -> None:
    (tmp_path / "vocabulary.yaml").write_text(NIGHT, encoding="utf-8")
    assert call(*AUDIT, "--keep", "--db", db).code == 1
    for table, column, value in (
        ("rulebooks", "files", "[[1]]"),
        ("audits", "unmet", "[{}]"),
        ("audits", "hashes", "[]"),
        ("audits", "asked", "{"),
    ):
        with closing(sqlite3.connect(db)) as plain, plain:
            plain.execute(f"UPDATE {table} SET {column} = ?", [value])
        told = refused("audit", "--again", "1", "--db", db, "--office", tmp_path)
        assert told.startswith(f"{table}: row 1 holds what this program did not write there")


def test_an_option_of_before_is_told_to_be_needed_no_more(tmp_path: Path, db: Path) -> None:
    said = call(*NOTICES, "--out", tmp_path / "papers", "--keep", "--why", "月度通知", "--db", db)
    assert said.code == 0
    assert said.err == "--keep is not needed any more: notices are drafted into the register\n"
    assert (acts_of(db)[-1][0], acts_of(db)[-1][2]) == ("register", "月度通知")


def test_papers_leave_what_else_is_in_their_folder(tmp_path: Path, db: Path) -> None:
    out = tmp_path / "papers"
    (out / "sent").mkdir(parents=True)
    (out / "sent" / "list").write_text("mine", encoding="utf-8")
    (out / "index.html").write_text("of before", encoding="utf-8")
    told = refused(*NOTICES, "--out", out, "--db", db)
    assert told.startswith(f"{out / 'index.html'}: there is a file of this name that no earlier")
    assert {path.name for path in out.iterdir()} == {"sent", "index.html"}
    assert (out / "index.html").read_text(encoding="utf-8") == "of before"
    (out / "index.html").unlink()
    for _ in range(2):  # what an earlier run wrote is written over
        good(*NOTICES, "--out", out, "--db", db)
        assert (out / "sent" / "list").read_text(encoding="utf-8") == "mine"
        assert (out / "index.html").is_file()
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_a_folder_that_holds_the_store_takes_no_papers(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in ((*NOTICES, "--out", "."), ("export", ".")):
        told = refused(*words, "--db", db)
        assert "the store 'park.db' lies in this folder" in told
        assert "hint: name a folder in it" in told
