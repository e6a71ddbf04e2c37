"""The pages of the documentation name everything that a stranger can write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.columns import TABLES, VERSION_COLUMNS
from engine.examples import DONE_KEYS, WORLD_KEYS
from rules.duty import ActRule, Document, DutyFile, DutyText, HolderRule, Valid
from rules.frequency import Frequency, Population
from rules.model import Model
from rules.period_kinds import PERIOD_WORDS

DOCS = Path(__file__).parent.parent / "docs"
LANGUAGES = pytest.mark.parametrize("language", ["", ".zh-CN"])


def words(page: str) -> set[str]:
    """Every word of a page."""
    return set(re.findall(r"[a-z_][a-z_0-9]*", (DOCS / page).read_text(encoding="utf-8")))


@LANGUAGES
@pytest.mark.parametrize(
    "model", [Document, DutyFile, DutyText, HolderRule, ActRule, Valid, Frequency, Population]
)
def test_every_key_of_a_rule_file_stands_on_the_page_of_the_rule_language(
    model: type[Model], language: str
) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"id"}
    assert keys - words(f"rules{language}.md") == set()


@LANGUAGES
def test_every_period_and_example_key_stands_on_the_page_of_the_rule_language(
    language: str,
) -> None:
    asked = {*PERIOD_WORDS, *DONE_KEYS, *WORLD_KEYS}
    assert asked - words(f"rules{language}.md") == set()


def test_both_pages_of_the_rule_language_show_the_same_measures_and_examples() -> None:
    english, chinese = (
        (DOCS / page).read_text(encoding="utf-8") for page in ("rules.md", "rules.zh-CN.md")
    )
    rows = re.findall(r"^\| ([^|]+) \| `(\{[^`]+\}|to_be_ruled)`", english, re.MULTILINE)
    assert len(rows) > 20
    shown = re.findall(r"`(\{[^`]+\}|to_be_ruled)`", chinese)
    assert {measure for _, measure in rows} - set(shown) == set()
    assert examples(english)[1:] == examples(chinese)[1:]


def examples(page: str) -> list[str]:
    """The fenced blocks of YAML on a page."""
    return re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


@LANGUAGES
@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_of_a_table_stands_on_the_page_of_the_tables(
    table: str, language: str
) -> None:
    columns = {column.name for column in (*TABLES[table].columns, *VERSION_COLUMNS)}
    assert {table, *columns} - words(f"tables{language}.md") == set()


@pytest.mark.parametrize(
    "page",
    [*sorted(DOCS.parent.glob("*.md")), *sorted(DOCS.rglob("*.md"))],
    ids=lambda path: path.relative_to(DOCS.parent).as_posix(),
)
def test_every_link_between_the_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []
