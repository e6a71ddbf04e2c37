"""No text that comes in holds what nobody sees: told with its place, wherever it comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.cell_values import canonical, shown
from data.table_shape import CellKind
from problems import Objection, control_in, visible
from rules.yaml_tree import read_tree
from tests.helpers.factory_cli import (
    PARK,
    cache,
    changed,
    contents,
    db,
    good,
    more,
    refused,
    write,
)
from tests.helpers.printed import printed

__all__ = ["cache", "db"]

BAD = ["\x00", "\x1b", "\x1f", "\x7f", "\x85", "\x9b", "\u202e", "\u2066", "\udcff", "a\rb"]


@pytest.mark.parametrize("text", BAD)
def test_every_such_character_is_found_and_written_out(text: str) -> None:
    assert control_in(f"甲{text}乙") is not None
    assert control_in(visible(f"甲{text}乙")) is None
    assert control_in(shown(f"甲{text}乙")) is None


@pytest.mark.parametrize("text", ["", "甲 乙", "a\tb", "a\nb", "a\r\nb", "é\u200d\u3000"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert control_in(text) is None
    assert visible(text) == text


@pytest.mark.parametrize("kind", ["id", "text", "note", "ref", "items", "pairs", "tags", "file"])
@pytest.mark.parametrize("text", [f"a=b{bad}c" for bad in BAD])
def test_no_cell_holds_one(kind: CellKind, text: str) -> None:
    with pytest.raises(Objection):
        canonical(kind, text)


@pytest.mark.parametrize("kind", ["pairs", "tags", "facts", "refs", "file"])
def test_a_cell_that_is_one_line_has_no_other_in_it(kind: CellKind) -> None:
    with pytest.raises(Objection, match=r"cell_has_control_character .*code=U\+000A"):
        canonical(kind, "a=b\nc")


def test_a_note_may_have_several_lines() -> None:
    assert canonical("note", "one\ntwo\tthree\r\n") == "one\ntwo\tthree"


@pytest.mark.parametrize(
    ("table", "column"),
    [("activities", "note"), ("people", "name"), ("units", "type"), ("settings", "value"),
     ("posts", "class"), ("activities", "role"), ("appointments", "person")],
)  # fmt: skip
def test_an_import_tells_the_place_and_changes_nothing(
    tmp_path: Path, db: Path, table: str, column: str
) -> None:
    before = contents(db, tmp_path / "before")
    tables = changed(table, 1, column, "甲\x1fevidence=x")
    told = refused("import", write(tmp_path / "in", tables), "--db", db)
    at = list(PARK[table][0]).index(column) + 1
    assert f"{table}.csv:2:{at}: '甲\\x1fevidence=x' has the control character U+001F" in told
    assert contents(db, tmp_path / "after") == before


@pytest.mark.parametrize(
    "option", ["--note", "--evidence", "--role", "--by", "--why", "--activity"]
)
def test_what_is_typed_is_told_too(db: Path, option: str) -> None:
    line = ("record", "--kind", "安全检查", "--day", "2022-10-01", "--holder", "主任", "--db", db)
    told = refused(*line, option, "甲\x1bb")
    assert "\x1b" not in told
    assert "甲\\x1bb" in told


@pytest.mark.parametrize(
    "line",
    [
        ("void", "activities", "a1", "--reason", "x\x1by"),
        ("waive", "主任", "--first", "2022-10-01", "--last", "2022-10-02",
         "--document", "1", "--reason", "x\x1by"),
        ("leave", "p2", "主任", "--last", "2022-12-31", "--document", "1", "--reason", "x\x1by"),
        ("appoint", "p4", "副主任", "--first", "2023-01-01", "--reason", "1",
         "--document", "x\x1by"),
        ("delegate", "主任", "副主任", "--first", "2023-01-01", "--reason", "1",
         "--document", "x\x1by"),
        ("init", "--files", "x\x1by"),
    ],
)  # fmt: skip
def test_every_command_that_writes_refuses_it(
    tmp_path: Path, db: Path, line: tuple[str, ...]
) -> None:
    before = contents(db, tmp_path / "before")
    told = refused(*line, "--db", db)
    assert "has the control character U+001B" in told and "\x1b" not in told
    assert contents(db, tmp_path / "after") == before


def test_who_is_told_by_the_environment_is_held_to_it(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTYCLOCK_BY", "某\u202e人")
    told = refused("void", "activities", "a1", "--reason", "误录", "--db", db)
    assert told.startswith("DUTYCLOCK_BY: '某\\u202e人' has the control character U+202E")


def test_a_file_that_is_imported_has_a_name_that_can_be_read(tmp_path: Path, db: Path) -> None:
    folder = write(tmp_path / "in\x1bx", more("people", ["p9", "某人"]))
    told = refused("import", folder, "--db", db)
    assert "its name has the control character U+001B" in told and "\x1b" not in told
    good("import", folder.rename(tmp_path / "in"), "--db", db)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a: "b\\x1fc"\n', "f.yaml:1:4"),
        ('a: 1\n"k\\ey": 1\n', "f.yaml:2:1"),
        ("a: b\u202ec\n", "f.yaml:1:5"),
        ("a: b\u0085c\n", "f.yaml:1:5"),
        ("a: [x, b\u2067c]\n", "f.yaml:1:9"),
    ],
)
def test_a_rule_file_holds_none_not_even_as_an_escape(text: str, place: str) -> None:
    _, problems = read_tree("f.yaml", text.encode())
    assert [one.said.code for one in problems] == ["control_character"]
    assert printed(problems[0]).startswith(f"{place}: control character U+")


@pytest.mark.parametrize("name", ["..", ".", "../恶.jpg", "/etc/passwd"])
def test_a_file_is_called_by_a_name_alone(name: str) -> None:
    with pytest.raises(Objection, match="not_a_file_name"):
        canonical("file", name)
