"""The pages of the documentation name everything that a stranger can write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.columns import TABLES, VERSION_COLUMNS
from engine.examples import DONE_KEYS, WORLD_KEYS
from rules.duty import ActRule, Document, DutyFile, DutyText, HolderRule, Valid
from rules.frequency import PERIOD_WORDS, Frequency, Population
from rules.model import Model

DOCS = Path(__file__).parent.parent / "docs"


def words(page: str) -> set[str]:
    """Every word of a page."""
    return set(re.findall(r"[a-z_]+", (DOCS / page).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "model", [Document, DutyFile, DutyText, HolderRule, ActRule, Valid, Frequency, Population]
)
def test_every_key_of_a_rule_file_stands_on_the_page_of_the_rule_language(
    model: type[Model],
) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"id"}
    assert keys - words("rules.md") == set()


def test_every_period_and_example_key_stands_on_the_page_of_the_rule_language() -> None:
    asked = {*PERIOD_WORDS, *DONE_KEYS, *WORLD_KEYS}
    assert asked - words("rules.md") == set()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_of_a_table_stands_on_the_page_of_the_tables(table: str) -> None:
    columns = {column.name for column in (*TABLES[table].columns, *VERSION_COLUMNS)}
    assert {table, *columns} - words("tables.md") == set()
