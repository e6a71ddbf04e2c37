"""What a beginner does first: every command and every table, where nothing is entered yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from commands.bilingual import Command
from commands.command_line import cli
from data.import_columns import TABLES, ImportColumn
from tests.helpers.factory_cli import cache, call, good, refused, write

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("cache")

GIVEN = {
    "--as-of": "2022-10-01", "--on": "2022-10-01", "--day": "2022-10-01", "--first": "2022-10-01",
    "--last": "2022-10-02", "--since": "2022-10-01", "--kind": "专题研究", "--holder": "主任",
    "--makes-up": "2022-09",
    "--reason": "r", "--document": "d", "--out": "out", "VERDICT…": "a@b@c", "NO…": "1",
    "FILE": "file", "FILE…": "file", "FOLDER": "out", "ACTIVITY": "a1", "POST": "主任",
    "PERSON": "p1", "NAME": "张三", "HOLDER": "主任", "DELEGATE": "副主任", "TABLE": "activities",
    "KEY…": "a1", "PATH": "none", "TEXT": "text.txt", "OLD": "builtin", "NEW": "builtin",
    "DUTY": "park_2022.principal.hear_reports", "[PATH]": None, "[DOCUMENT]": None,
    "[FILE.xlsx]": None, "[FOLDER]…": None, "[COMMAND]": None,
}  # fmt: skip
"""What is typed for what a command must be told, by its name there."""

NO_STORE = {
    *("init", "restore", "template", "doctor", "demo"),
    *("import",),  # a store is made by the first one
    *("policy check", "policy show"),
}
"""Commands that need no store, besides those about rules."""

NEEDS = {
    "record": "enter the post or unit first",
    "make-up": "enter the post or unit first",
    "waive": "enter the post or unit first",
    "appoint": "enter the post first",
    "leave": "enter the person first",
    "delegate": "enter the post first",
    "attach": "'dutyclock record' records one",
    "evidence": "'dutyclock record' records one",
    "void": "enter the activity first",
    "leader": "enter the person first",
    "handover": "enter the post first",
    "why": "see 'dutyclock rules list'",
}
"""What the commands that need something in the store ask for, where there is nothing in it."""


def commands(
    group: click.Group, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands(one, (*above, name))
        else:
            yield " ".join((*above, name)), one


ALL = dict(commands(cli))


def metavar(command: click.Command, param: click.Parameter) -> str:
    """What stands for it on the English page, whatever language was spoken last."""
    assert isinstance(command, Command)
    command.name_placeholders("en")
    return str(param.metavar or param.human_readable_name)


def line(name: str) -> list[str]:
    """The command with whatever it must be told."""
    words = name.split()
    for param in ALL[name].params:
        is_needed = param.required or param.opts[0] == "--as-of"
        if isinstance(param, click.Option):
            if is_needed:
                words += [param.opts[0], GIVEN[param.opts[0]] or ""]
        else:
            text = GIVEN[metavar(ALL[name], param)]
            words += [text] if text else []
    return words


def test_every_command_has_a_case() -> None:
    assert set(NEEDS) | NO_STORE <= set(ALL)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("proof", encoding="utf-8")
    (tmp_path / "text.txt").write_text("每季度至少研究1次。", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", sorted(set(ALL) - {"demo"}))
def test_without_a_store_every_command_says_how_to_make_one(here: Path, name: str) -> None:
    said = call(*line(name), "--db", "none.db")
    if name in NO_STORE or name.startswith("rules"):
        assert said.code in (0, 2), said
        assert "Traceback" not in said.err
    else:
        assert (said.code, said.out) == (2, ""), said
        assert "none.db: there is no store here\n  hint: make one with 'dutyclock init'" in said.err
        assert not (here / "none.db").exists()


@pytest.mark.parametrize("name", sorted(set(ALL) - {"demo"}))
def test_in_an_empty_store_every_command_answers(here: Path, name: str) -> None:
    good("init", "--records-from", "2022-07-01", "--db", "new.db")
    said = call(*line(name), "--db", "new.db")
    assert said.code in (0, 2), said
    if name in NEEDS:
        assert (said.code, said.out) == (2, "")
        assert f"\n  hint: {NEEDS[name]}\n" in said.err
    elif said.code:
        assert "hint: " in said.err or name in ("rules show", "restore"), said


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("audit", "--as-of", "2022-10-01", "--unit", "x"), "enter the unit first"),
        (("audit", "--again", "3"), "'dutyclock audit --keep' keeps one, and says its number"),
        (("calendar", "--unit", "x"), "enter the unit first"),
        (("journal", "--entry", "9"), "the newest one is 2"),
    ],
)
def test_what_is_asked_for_in_an_empty_store_is_to_be_entered_first(
    words: tuple[str, ...], hint: str
) -> None:
    good("init", "--records-from", "2022-07-01", "--db", "new.db")
    assert f"\n  hint: {hint}\n" in refused(*words, "--db", "new.db")


CELLS = {
    "day": "2022-10-01", "moment": "2022-10-01", "number": "1", "count": "1", "flag": "yes",
    "status": "full", "sha256": "0" * 64,
}  # fmt: skip
WORDS = {"kinds": "专题研究", "post_classes": "主要负责人", "event_types": "生产安全事故"}


def cell(column: ImportColumn) -> str:
    """A cell that is sound by itself, and refers to what is not there."""
    text = CELLS.get(column.kind) or WORDS.get(column.words or "")
    return text or ("无此" if column.refers else "新")


@pytest.mark.parametrize("table", [name for name in TABLES if name != "settings"])
@pytest.mark.parametrize("is_there", [True, False], ids=["empty store", "no store"])
def test_a_table_by_itself_says_what_is_to_be_entered_first(
    here: Path, table: str, is_there: bool
) -> None:
    if is_there:
        good("init", "--db", "new.db")
    needed = [column for column in TABLES[table].columns if column.required]
    refers = [column for column in needed if column.refers]
    rows = [[column.name for column in needed], [cell(column) for column in needed]]
    folder = write(here / "in", {table: rows})
    said = call("import", folder, "--db", "new.db")
    assert said.code == (2 if refers else 0), said
    for column in refers:
        at = needed.index(column) + 1
        start = f"{folder / table}.csv:2:{at}: "
        told = said.err[said.err.index(start) :].splitlines()
        assert told[1].startswith("  hint: enter the "), told
        assert told[1].endswith(" first")


def test_a_first_mistake_is_told_in_chinese_too(here: Path) -> None:
    rows = [["post", "unit", "class"], ["主任", "区", "主要负责人"]]
    said = call("import", write(here / "in", {"posts": rows}), "--db", "new.db", "--lang", "zh")
    assert said.code == 2
    assert "提示：请先录入单位" in said.err
