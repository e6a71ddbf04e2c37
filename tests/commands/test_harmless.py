"""Whatever stands in a store, no command sends it to steer a screen, or puts it into a paper."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest
from rich.console import Console

from commands.command_line import cli
from commands.screen import tell
from data.import_columns import TABLES
from reports.audit.verdict_table import csv_text
from reports.harmless import MARK, harmless, harmless_json
from reports.jsonio import dump_json
from reports.tables import Column, print_line, print_table
from rules.loader import BUILTIN
from tests.helpers.factory_cli import HEARD, PARK, ROOT, Line, cache, call, good, write

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("cache")

HARM = "\x1b]0;taken\x07\u202e\x9b2J\u200f"
"""A new title for the window, a line turned round, a screen wiped."""

TEXTS = frozenset({"text", "note", "items", "facts", "tags", "pairs"})
TABLES_MORE = {
    **PARK,
    "events": [["event", "type", "day", "title"], ["e1", "生产安全事故", "2022-08-03", "起火"]],
    "waivers": [
        ["waiver", "holder", "first", "last", "reason", "document"],
        ["w1", "副主任", "2022-09-01", "2022-09-20", "学习", "园办〔2022〕1号"],
    ],
    "delegations": [
        ["delegation", "holder", "delegate", "first", "last", "reason", "document"],
        ["d1", "主任", "副主任", "2022-08-01", "2022-08-31", "出差", "园办〔2022〕2号"],
    ],
    "subjects": [["subject", "name", "type", "unit"], ["s1", "一厂", "企业", "园区"]],
}


def characters(text: str) -> set[str]:
    """What is in the text that no reader is to get."""
    return {one for one in text if one not in "\n\t" and harmless(one) != one}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of before, with harmful texts in every column that holds a text."""
    path = tmp_path / "old.db"
    good("import", write(tmp_path / "park", TABLES_MORE), "--db", path, "--why", "建库")
    proof = tmp_path / "照片.txt"
    proof.write_text("照片", "utf-8")
    good("attach", "a1", proof, "--db", path)
    call("audit", "--as-of", "2022-10-01", "--keep", "--db", path)
    good("rules", "keep", "--db", path)
    out = tmp_path / "sent"
    good("notices", "--as-of", "2022-12-20", "--out", out, "--db", path)
    with closing(sqlite3.connect(path)) as plain, plain:
        for table in TABLES.values():
            for column in table.columns:
                # What the rules go by is left, or nothing would be owed that could be told.
                is_free = not column.words and column.name not in ("for_period", "makes_up")
                if column.kind in TEXTS and is_free and table.name != "settings":
                    spoil(plain, table.name, column.name)
        spoil(plain, "activities", "recorded_by")
        for column_name in ("who", "why", "source"):
            spoil(plain, "journal", column_name)
        for column_name in ("addressee", "paper", "unit"):
            spoil(plain, "register_notices", column_name)
        for column_name in ("who", "note"):
            spoil(plain, "register_steps", column_name)
        spoil(plain, "rule_files", "label")
    return path


def spoil(plain: sqlite3.Connection, table: str, column: str) -> None:
    """Harm in a column of each row, where something stands there and where nothing does."""
    mark = {"facts": "备注=", "tags": "标=", "pairs": "备注="}.get(column, "")
    said = f"coalesce({column}, '{mark}') || ?"
    plain.execute(f"UPDATE {table} SET {column} = {said}", (HARM,))


def every_command(tmp: Path, db: Path) -> Iterator[Line]:
    """A command line of each kind, on a store whose texts are harmful."""
    papers = (tmp / "papers").mkdir() or tmp / "papers"
    spoilt = write(
        tmp / "spoilt",
        {"activities": [["activity", "kind", "day", "holder", "note"],
                        [f"x{HARM}", f"k{HARM}", f"d{HARM}", f"h{HARM}", HARM]]},
    )  # fmt: skip
    sound = write(tmp / "again", {"people": [["person", "name", "phone"], ["p1", "张三", "1"]]})
    text = tmp / f"文{HARM}.txt"
    text.write_text(f"第一条　每月至少检查1次{HARM}。\n", "utf-8")
    day, span = ("--as-of", "2022-12-20"), ("--span", "2022-Q4")
    act = ("--kind", "专题研究", "--holder", "主任", "--role", "主持")
    paper = ("--document", f"园办{HARM}", "--reason", f"因{HARM}")
    for asked in (
        ("init",),
        ("alerts", *day),
        ("alerts", *day, "--json"),
        ("notices", *day, "--out", papers / "n"),
        ("policy", "check", tmp / f"no{HARM}"),
        ("policy", "show"),
        ("policy", "try", *day),
        ("policy", "try", *day, "--json"),
        ("register", "list"),
        ("register", "list", "--json", "--unit", HARM),
        ("register", "show", "1"),
        ("register", "show", "1", "--json", "--out", papers / "p"),
        *(("register", step, "1", "--note", "n") for step in (
            "approve", "issue", "delivered", "reply", "return", "close", "archive", "withdraw")),
        ("import", sound, "--dry-run"),
        ("import", sound),
        ("import", spoilt),
        ("import", tmp / f"no{HARM}"),
        ("template", "--with-records", tmp / "t.xlsx"),
        ("record", *act, "--day", "2022-10-11", "--note", HARM),
        ("make-up", *act, "--day", "2022-10-12", "--makes-up", "2022-Q3", "--note", HARM),
        ("attach", "a1", text),
        ("evidence", "a1"),
        ("evidence", "a1", "--json"),
        ("evidence", "a1", "--get", HARM, "--out", tmp / "got"),
        ("void", "activities", "a2", "--reason", f"误{HARM}", *day),
        ("waive", "主任", "--first", "2022-10-01", "--last", "2022-10-05", *paper, *day),
        ("appoint", f"p{HARM}", "副主任", "--first", "2022-12-01", *paper, *day),
        ("leave", "p3", "副主任", "--last", "2022-11-30", *paper, *day),
        ("delegate", "主任", "副主任", "--first", "2022-10-01", *paper, *day),
        ("export", tmp / "out"),
        ("backup", tmp / "b.dutyclock"),
        ("restore", tmp / "b.dutyclock"),
        ("verify",),
        ("verify", "--json"),
        ("journal", "--all"),
        ("journal", "--json"),
        ("journal", "--entry", "1", "--all"),
        ("journal", "--entry", "1", "--json"),
        ("audit", *day, *span, "--html", papers / "a.html", "--csv", papers / "a.csv"),
        ("audit", *day, *span, "--json"),
        ("audit", "--again", "1"),
        ("audit", *day, "--unit", HARM),
        ("why", HEARD, *day),
        ("why", HEARD, *day, "--json"),
        ("why", f"{HEARD}{HARM}", *day),
        ("leader", "p1", *day, "--html", papers / "l.html"),
        ("leader", "p1", *day, "--json"),
        ("leader", HARM, *day),
        ("handover", "主任", "--on", "2022-12-20", "--html", papers / "h.html"),
        ("handover", "主任", "--on", "2022-12-20", "--json"),
        ("calendar", *span),
        ("today", *day),
        ("silent", *day),
        ("changes", *day, "--since", "2022-09-01"),
        ("office", "--set", f"contact={HARM}"),
        ("office",),
        ("doctor",),
        ("doctor", "--rules", tmp / HARM),
        ("demo", "--out", tmp / "again" / HARM),
        ("rules", "check", tmp / HARM),
        ("rules", "list", "--document", HARM),
        ("rules", "list", "--json"),
        ("rules", "show", HARM),
        ("rules", "keep"),
        ("rules", "schema"),
        ("rules", "words"),
        ("rules", "coverage", text, "--all", "--html", papers / "c.html"),
        ("rules", "coverage", text, "--json"),
        ("rules", "page", "--out", papers / "r.md"),
        ("rules", "diff", BUILTIN, tmp / HARM),
        ("rules", "diff", "builtin", "builtin", "--json"),
        (f"audit{HARM}",),
        ("audit", f"--as-of={HARM}"),
        ("audit", *day, HARM),
        ("audit", "--help"),
    ):  # fmt: skip
        yield (*asked, "--db", tmp / "b.db" if asked[0] == "restore" else db)


def leaves(group: click.Group, above: str = "") -> Iterator[str]:
    """Each command's name."""
    for name, one in group.commands.items():
        yield from leaves(one, f"{name} ") if isinstance(one, click.Group) else (above + name,)


def test_no_command_sends_what_would_steer_a_screen(tmp_path: Path, old: Path) -> None:
    walked, marked = set(), set()
    for at, words in enumerate(every_command(tmp_path, old)):
        is_group = words[0] in ("rules", "policy", "register")
        name = " ".join(map(str, words[: 2 if is_group else 1]))
        walked.add(name)
        said = call(*words, "--lang", ("en", "zh")[at % 2])
        assert said.code in (0, 1, 2), said
        assert characters(said.out + said.err) == set(), (words, said)
        if "--json" in words and said.out:
            json.loads(said.out)
        if MARK in said.out + said.err:
            marked.add(name)
    assert set(leaves(cli)) <= walked
    # The walk would show nothing where nothing of the store's own was told.
    assert {"audit", "why", "leader", "handover", "journal", "evidence"} <= marked
    papers = [path for path in (tmp_path / "papers").rglob("*") if path.is_file()]
    assert {path.suffix for path in papers} >= {".html", ".csv", ".txt", ".md"}
    for path in papers:
        assert characters(path.read_text("utf-8-sig")) == set(), path
    assert any(MARK in path.read_text("utf-8-sig") for path in papers if path.suffix == ".csv")
    assert any(MARK in path.read_text("utf-8-sig") for path in papers if path.suffix == ".txt")


def test_json_holds_the_very_text_and_no_character_that_harms() -> None:
    shown = dump_json({"name": f"张{HARM}", "half": "\ud800", "lines": "a\nb"})
    assert characters(shown) == set()
    assert json.loads(shown) == {"name": f"张{HARM}", "half": "\ud800", "lines": "a\nb"}
    assert "\\u202e" in shown
    assert harmless_json('"张三"') == '"张三"'


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("张三\t一\n二", "张三\t一\n二"),
        ("\x1b[31m红", "␛[31m红"),
        ("\x9b31m\x7f\x00", "␛31m␛␛"),
        ("a\r\nb\rc", "a\nb␛c"),
        ("\u202a\u202e\u2066\u2069\u200e\u200f\u061c", "␛" * 7),
        ("a\u2028b\u0085c", "a␛b␛c"),
        ("家\u200d人\u3000", "家\u200d人\u3000"),
    ],
)
def test_what_harms_is_one_mark_and_the_rest_is_as_it_was(text: str, seen: str) -> None:
    assert harmless(text) == seen


def test_a_table_on_a_terminal_has_only_our_own_colours(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Console(force_terminal=True, width=80, color_system="standard", legacy_windows=False)
    print_table(screen, HARM, [Column(HARM)], [[HARM], [f"张{HARM}"]], ["red"])
    print_line(screen, HARM, "bold")
    tell(f"$ {HARM}")
    out = capsys.readouterr().out
    assert "张␛]0;taken␛␛␛2J␛" in out
    assert "\x1b[31m" in out
    assert "\x1b]0" not in out
    assert not {"\x07", "\u202e", "\x9b", "\u200f"} & set(out)


def test_a_cell_of_a_csv_harms_nobody() -> None:
    assert csv_text([[f"张{HARM}", "一"]]) == "\ufeff张␛]0;taken␛␛␛2J␛,一\n"


def test_only_the_screen_prints() -> None:
    files = [ROOT / "cli.py", *(ROOT / "commands").glob("*.py"), *(ROOT / "samples").glob("*.py")]
    printing = ("click.echo", "click.secho", "print(", "json.dumps(", "sys.stdout.write")
    for path in files:
        if path.name != "screen.py":
            text = path.read_text("utf-8")
            assert not [one for one in printing if f" {one}" in text or f"({one}" in text], path
