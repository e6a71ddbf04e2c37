"""What is declared of the import tables agrees with itself, the records and the store."""

from __future__ import annotations

from dataclasses import fields

import pytest

from data.dates import understood
from data.import_columns import TABLES, VERSION_COLUMNS
from data.record_makers import FIELD_OF, VALUES
from data.words import Words

STAYS = {"activities": {"supersedes"}}
"""Columns that the value of a row has no field for: the store alone reads them."""

MADE = {
    "activities": {"recorded_at", "standing", "files"},
    "events": {"post", "person"},
}
"""Fields that no column of the table gives: the history does, the attachments, the appointments."""


@pytest.mark.parametrize("table", TABLES)
def test_what_is_declared_of_a_table_agrees_with_itself(table: str) -> None:
    spec = TABLES[table]
    assert spec.key[0] == spec.names[0] and set(spec.key) <= set(spec.names)
    assert all(spec.known[name].required for name in spec.key)
    assert {name for pair in spec.stretches for name in pair} <= set(spec.names)
    assert spec.own_day is None or spec.known[spec.own_day].kind == "day"
    assert len(spec.known) == len(spec.columns) + len(VERSION_COLUMNS) + 1  # none stands twice
    for column in spec.known.values():
        assert set(column.refers) <= set(TABLES)
        assert not column.refers or column.kind in ("ref", "refs")
        if column.kind == "word":
            assert column.words in {one.name for one in fields(Words)}
        understood(column.kind, column.example)
    assert not spec.columns[0].example  # the mark of the example row stands there


@pytest.mark.parametrize("table", VALUES)
def test_every_column_is_a_field_of_the_records_and_every_field_a_column(table: str) -> None:
    stays = STAYS.get(table, {"recorded_by"})
    columns = {
        FIELD_OF.get((table, name), name) for name in TABLES[table].names if name not in stays
    }
    assert columns | MADE.get(table, set()) == {field.name for field in fields(VALUES[table])}
