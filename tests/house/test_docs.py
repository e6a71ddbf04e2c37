"""The pages of the documentation name everything that a stranger can write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.import_columns import RECORDED_BY, TABLES, VERSION_COLUMNS, VERSION_NUMBER
from engine.examples import DONE_KEYS, WORLD_KEYS
from rules.duty import ActRule, Document, DutyFile, DutyText, HolderRule, Valid
from rules.frequency import Frequency, Population
from rules.model import Model
from rules.period_kinds import PERIOD_WORDS

DOCS = Path(__file__).parents[2] / "docs"
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


def columns_shown(language: str) -> dict[str, dict[str, bool]]:
    """The columns of each table on the page of the tables, and whether they are in bold; those of
    every table under no name.
    """
    shown: dict[str, dict[str, bool]] = {"": {}}
    table = ""
    for line in (DOCS / f"tables{language}.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if line.startswith("#"):
            table = ""
        elif len(cells) in (2, 3) and re.fullmatch(r"(?!column$)[a-z_*, ，0-9]+", cells[-2]):
            table = (cells[0] or table) if len(cells) == 3 else ""
            for name in re.split(r"[,，] *", cells[-2]):
                columns = shown.setdefault(table, {})
                assert name.strip("*") not in columns, f"{table}.{name} stands twice"
                columns[name.strip("*")] = name.startswith("**")
    return shown


@LANGUAGES
def test_the_page_of_the_tables_shows_every_column_and_which_are_required(language: str) -> None:
    every = (RECORDED_BY, *VERSION_COLUMNS, VERSION_NUMBER)
    declared = {
        table.name: {one.name: one.required for one in table.columns if one is not RECORDED_BY}
        for table in TABLES.values()
    }
    assert columns_shown(language) == {**declared, "": {one.name: one.required for one in every}}


@pytest.mark.parametrize(
    "page",
    [
        *sorted(DOCS.parent.glob("*.md")),
        *sorted(DOCS.rglob("*.md")),
        *sorted((DOCS.parent / "examples").rglob("*.md")),
    ],
    ids=lambda path: path.relative_to(DOCS.parent).as_posix(),
)
def test_every_link_between_the_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []
