"""The documents of other fields in examples/: sound, whole, exact, and what their pages show."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from engine.examples import run_example
from rules.coverage import cover, document_of, passages
from rules.example_places import example_places
from rules.loader import BUILTIN, load_rulebook
from rules.rulebook import Rulebook
from tests.helpers.console_pages import HASH, ROOT, Shell, follow
from tests.helpers.factory_cli import call, good

EXAMPLES = ROOT / "examples"
FIELDS = sorted(path.parent.name for path in EXAMPLES.glob("*/text.txt"))
FIELD = pytest.mark.parametrize("field", FIELDS)


@cache
def rulebook(field: str) -> Rulebook:
    return load_rulebook([EXAMPLES / field])


def text_of(field: str) -> str:
    return (EXAMPLES / field / "text.txt").read_text(encoding="utf-8")


def document_in(field: str) -> str:
    """The id of the one document of a field."""
    (document,) = rulebook(field).documents
    return document


def test_there_are_three_fields() -> None:
    assert FIELDS == ["food_safety", "party_branch", "river_chief"]


@FIELD
def test_rules_check_finds_nothing_wrong_in_either_language(field: str) -> None:
    folder = EXAMPLES / field
    duties = rulebook(field).duties
    examples = sum(len(duty.examples) for duty in duties)
    assert good("rules", "check", folder).out == (
        f"{len(duties)} duties of 1 documents, {examples} examples: all right\n"
    )
    assert good("rules", "check", folder, "--lang", "zh").out == (
        f"1份文件，{len(duties)}项职责，{examples}个示例：全部正确\n"
    )


@pytest.mark.parametrize(
    ("field", "duty", "number"),
    [
        pytest.param(field, duty, number, id=f"{duty.id}:{line}")
        for field in FIELDS
        for places in [example_places([EXAMPLES / field])]
        for duty in rulebook(field).duties
        for number in range(len(duty.examples))
        for line in [places[duty.id, number].line]
    ],
)
def test_each_example_comes_out_as_its_file_says(field: str, duty: object, number: int) -> None:
    (one,) = [one for one in rulebook(field).duties if one is duty]
    assert list(run_example(rulebook(field), one, one.examples[number])) == []


@FIELD
def test_each_duty_has_an_example_that_is_met_and_one_that_is_not(field: str) -> None:
    for duty in rulebook(field).duties:
        states = {state for one in duty.examples for state in one.expect.values()}
        assert states >= ({"to_be_ruled"} if duty.is_to_be_ruled else {"met", "overdue"}), duty.id


@FIELD
def test_no_sentence_of_the_text_is_open_and_no_quote_is_missing(field: str) -> None:
    text, document = text_of(field), document_in(field)
    assert document_of(rulebook(field), text).by == "number"
    covered = cover(text, passages(rulebook(field), document))
    assert covered.sentences
    assert [(one.line, one.text) for one in covered.open] == []
    assert covered.missing == covered.surplus == ()


@FIELD
def test_each_quote_stands_word_for_word_in_the_article_that_is_named(field: str) -> None:
    articles = dict(re.findall(r"^(第\w+条) (.+)$", text_of(field), re.MULTILINE))
    for passage in passages(rulebook(field), document_in(field)):
        assert passage.quote in articles[passage.clause]


@FIELD
def test_the_document_carries_the_heading_of_its_text(field: str) -> None:
    document = rulebook(field).documents[document_in(field)]
    day = f"{document.signed.year}年{document.signed.month}月{document.signed.day}日"
    heading = text_of(field).partition("\n\n")[0].splitlines()
    assert heading == [document.title, document.number, document.issuer, day]


@pytest.fixture
def folder(field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of a field, as it is typed in the repository, where the store with its small year
    was made and imported as its page says.
    """
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DUTYCLOCK_DB", str(tmp_path / "small.db"))
    typed = f"examples/{field}"
    good("init", "--records-from", "2025-01-01", "--rules", typed)
    good("import", f"{typed}/tables", "--recorded-as-dated", "--rules", typed)
    return typed


@FIELD
def test_the_audit_of_the_small_year_reads_as_its_page(
    field: str, folder: str, golden: Callable[[str, str], None]
) -> None:
    asked = ("audit", "--as-of", "2026-01-10", "--span", "2025", "--rules", folder)
    for language in ("zh", "en"):
        audit = call(*asked, "--lang", language)
        assert (audit.code, audit.err) == (1, "")
        golden(f"examples/{field}.{language}.txt", HASH.sub("…", audit.out))


@FIELD
def test_the_question_at_the_end_of_the_audit_can_be_typed_as_it_stands(
    field: str, folder: str
) -> None:
    asked = ("audit", "--as-of", "2026-01-10", "--span", "2025", "--rules", folder)
    _, *question = shlex.split(call(*asked).out.splitlines()[-1])
    assert question[:2] == ["why", "1"]
    explained = good(*question).out.splitlines()[0]
    assert explained in {one["id"] for one in json.loads(call(*asked, "--json").out)["verdicts"]}


@FIELD
def test_a_second_import_of_the_small_year_changes_nothing(field: str, folder: str) -> None:
    said = good("import", f"{folder}/tables", "--recorded-as-dated", "--rules", folder).out
    assert said.endswith("\nnothing changed: the store held all of this already\n")


def test_the_page_of_the_examples_shows_what_the_program_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    renew = bool(request.config.getoption("--golden"))
    assert follow(EXAMPLES / "README.md", Shell(monkeypatch), renew=renew) > 10


@pytest.mark.parametrize("language", ["", ".zh-CN"])
def test_what_the_page_of_the_rule_language_shows_of_them_stands_in_their_files(
    language: str,
) -> None:
    page = (ROOT / f"docs/rules{language}.md").read_text(encoding="utf-8")
    shown = re.findall(
        r"\]\(\.\./examples/(\w+/\w+/\w+\.yaml)\)[^\n]*\n\n```yaml\n(.*?)```", page, re.DOTALL
    )
    assert sorted(name.partition("/")[0] for name, _ in shown) == FIELDS
    for name, block in shown:
        assert block in (EXAMPLES / name).read_text(encoding="utf-8")


def test_they_are_no_law_unless_they_are_named() -> None:
    shipped = load_rulebook([BUILTIN])
    for field in FIELDS:
        assert document_in(field) not in shipped.documents
        both = load_rulebook([BUILTIN, EXAMPLES / field])
        assert document_in(field) in both.documents


def test_they_are_handed_on_with_the_source_and_not_installed() -> None:
    lines = (ROOT / "MANIFEST.in").read_text(encoding="utf-8").splitlines()
    (given,) = [line.split()[2:] for line in lines if line.startswith("recursive-include examples")]
    files = [path for path in EXAMPLES.rglob("*") if path.is_file()]
    assert [path for path in files if not any(fnmatch(path.name, one) for one in given)] == []
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    installed = parser["options.packages.find"]["include"].split()
    assert not any(fnmatch("examples", one) for one in installed)
