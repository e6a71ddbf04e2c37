"""Rule files, office folders and templates that are not right, and very many duties that are."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from rules.loader import BUILTIN
from tests.helpers.factory_cli import HEARD, Line, cache, call, db, good, refused

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")


@pytest.fixture
def park(tmp_path: Path) -> Path:
    """A copy of the park's rules that a test may spoil."""
    return shutil.copytree(BUILTIN / "park_2022", tmp_path / "park")


def spoil(path: Path, was: str, becomes: str) -> int:
    """Puts one text in the place of another; gives the line at which it stands."""
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), "utf-8")
    return text[: text.index(was)].count("\n") + 1


def test_a_copy_of_the_shipped_rules_is_all_right(park: Path) -> None:
    said = good("rules", "check", park)
    assert said.out.endswith("examples: all right\n")


def test_an_example_that_fails_is_told_with_its_place(park: Path) -> None:
    file = park / "principal.yaml"
    line = spoil(file, "expect: {2022-Q3: met}", "expect: {2022-Q3: overdue}")
    said = refused("rules", "check", park)
    assert said.startswith(f"{file}:{line}:")
    assert "expects 2022-Q3 to be 'overdue', but it is 'met' on 2022-10-01" in said
    assert good("rules", "list", "--rules", park).out  # only the check runs examples


@pytest.mark.parametrize(
    ("file", "was", "becomes", "told"),
    [
        ("deputy.yaml", "    frequency:", "    frequncy:", "unknown key 'frequncy' in duty"),
        ("deputy.yaml", "per: month", "per: moonth", "'moonth'"),
        ("deputy.yaml", "duties:", "duties: [", "not readable as YAML"),
        ("document.yaml", "2022-06-28", "2022-06-31", "'2022-06-31' is not a day"),
    ],
)
def test_a_mistake_in_a_rule_file_is_told_by_every_command_that_reads_it(
    park: Path, db: Path, file: str, was: str, becomes: str, told: str
) -> None:
    spoil(park / file, was, becomes)
    lines: list[Line] = [
        ("rules", "check", park),
        ("rules", "list", "--rules", park),
        ("audit", "--as-of", "2022-10-01", "--db", db, "--rules", park),
        ("why", HEARD, "--db", db, "--rules", park),
    ]
    for words in lines:
        said = refused(*words)
        assert told in said
        assert said.startswith(f"{park / file}:")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere", "no such folder\n  hint: name a folder of rule files"),
        ("empty", "no rules in this folder\n  hint: a document's folder holds document.yaml"),
        ("file.yaml", "is a file, not a folder"),
    ],
)
def test_a_folder_without_rules_is_told_so(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.yaml").write_text("list: x\n")
    assert told in refused("rules", "check", tmp_path / name)
    assert told in refused("rules", "list", "--rules", tmp_path / name)


def test_five_thousand_duties_in_one_file_are_read_and_judged(tmp_path: Path, db: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "document.yaml").write_text(
        "title: 很长的清单\nsigned: 2022-06-28\nadjust: none\n", "utf-8"
    )
    duties = "".join(
        f"  duty_{n}:\n    title: 第{n}项\n    source: {{clause: 第{n}条, quote: 每年1次}}\n"
        "    activity: {kind: 专题研究}\n    frequency: {at_least: 1, per: year}\n"
        for n in range(5000)
    )
    head = "list: 清单\nholder: {posts: [主要负责人], units: {type: [园区]}}\n\nduties:\n"
    (folder / "all.yaml").write_text(head + duties, "utf-8")
    listed = good("rules", "list", "--rules", folder).out
    assert listed.count("many.all.duty_") == 5000
    why = good("why", "many.all.duty_4999@主任/p1@2022", "--as-of", "2022-10-01", "--json",
               "--rules", folder, "--db", db).data  # fmt: skip
    assert [one["activity"] for one in why["counted"]] == ["a2"]


OFFICE: Mapping[str, tuple[str, str]] = {
    "vocabulary.yaml": ("kind: {}\n", "unknown key 'kind'\n  hint: did you mean 'kinds'"),
    "calendar.yaml": ("window: {}\n", "unknown key 'window'\n  hint: did you mean 'windows'"),
    "rulings.yaml": ("- a\n", "rulings.yaml:1:1: "),
    "adoptions.yaml": ("adoptions: [{unit: x}]\n", "adoptions.yaml:1:"),
    "policy.yaml": ("levels: {}\n", "key 'hold_working_days' is missing"),
}


@pytest.mark.parametrize("name", OFFICE)
@pytest.mark.parametrize("spoiled", ["wrong", "no YAML", "empty"])
def test_a_mistake_in_an_office_file_is_told_with_its_place(
    tmp_path: Path, name: str, spoiled: str
) -> None:
    text, told = {
        "wrong": OFFICE[name],
        "no YAML": ("a: [1\n", "not readable as YAML"),
        "empty": ("", "the file is empty\n  hint: take the file away, or write its keys"),
    }[spoiled]
    (tmp_path / name).write_text(text, "utf-8")
    said = refused("rules", "check", "--office", tmp_path)
    assert said.startswith(f"{tmp_path / name}:")
    assert told in said


def test_an_office_file_that_is_mistyped_is_told(tmp_path: Path) -> None:
    (tmp_path / "polcy.yaml").write_text("x", "utf-8")
    said = refused("rules", "list", "--office", tmp_path)
    assert said.startswith(f"{tmp_path / 'polcy.yaml'}: ")
    assert "did you mean 'policy.yaml'" in said


def test_an_office_folder_that_is_not_there_is_told_by_option_and_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f"{tmp_path / 'no'}: no such folder\n  hint: name the office's folder\n"
    assert refused("rules", "list", "--office", tmp_path / "no") == told
    monkeypatch.setenv("DUTYCLOCK_OFFICE", str(tmp_path / "no"))
    assert refused("rules", "list") == told


TEMPLATES: Mapping[str, tuple[bytes, str]] = {
    "a name that there is not": (b"<p>\n{{ no_such_name }}", ":2: the template fails: 'no_such_na"),
    "a syntax error": (b"<p>\n\n{% if %}", ":3: the template fails: Expected an expression"),
    "an include of nothing": (b"{% include 'none.j2' %}", ":1: the template fails: there is no"),
    "a division by nothing": (b"{{ 1 / 0 }}", ":1: the template fails: division by zero"),
    "no UTF-8": ("台账".encode("gbk"), ": is not UTF-8\n  hint: save the file as UTF-8"),
}


@pytest.mark.parametrize("wrong", TEMPLATES)
@pytest.mark.parametrize("name", ["notice.html.j2", "leader.html.j2", "month.html.j2"])
def test_a_template_of_the_office_that_fails_is_told_with_its_line(
    tmp_path: Path, db: Path, name: str, wrong: str
) -> None:
    content, told = TEMPLATES[wrong]
    templates = tmp_path / "office" / "templates"
    templates.mkdir(parents=True)
    (templates / name).write_bytes(content)
    words = {
        "notice.html.j2": ("notices", "--out", tmp_path / "out", "--as-of", "2022-12-20"),
        "leader.html.j2": (
            "leader",
            "张三",
            "--html",
            tmp_path / "l.html",
            "--as-of",
            "2022-10-01",
        ),
        "month.html.j2": ("audit", "--html", tmp_path / "m.html", "--as-of", "2022-10-01"),
    }[name]
    said = refused(*words, "--db", db, "--office", tmp_path / "office")
    assert said.startswith(f"{templates / name}{told}")
    assert not (tmp_path / "l.html").exists()
    assert not (tmp_path / "m.html").exists()


def test_a_template_from_which_nothing_is_made_is_told(tmp_path: Path, db: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "notce.html.j2").write_text("x", "utf-8")
    said = refused(
        "notices", "--as-of", "2022-12-20", "--out", tmp_path / "out", "--db", db,
        "--office", tmp_path,
    )  # fmt: skip
    assert said.startswith(f"{templates / 'notce.html.j2'}: no paper is made from 'notce.html.j2'")
    assert "did you mean 'notice.html.j2'" in said


def test_a_template_that_another_includes_may_have_any_name(tmp_path: Path, db: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "month.html.j2").write_text("{% include 'foot.j2' %}", "utf-8")
    (templates / "foot.j2").write_text("制表人：", "utf-8")
    page = tmp_path / "m.html"
    said = call("audit", "--as-of", "2022-10-01", "--html", page, "--db", db, "--office", tmp_path)
    assert (said.code, said.err) == (1, "")
    assert page.read_text("utf-8") == "制表人：\n"
