"""What is entrusted to whom, from a sheet to the records: in Chinese, mended, struck out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from data.import_columns import TABLES
from data.records import Assignment
from problems import BadInput
from tests.helpers.factory_store import LATER, NOON, OFFICE, Rows, office, take, told
from tests.helpers.sentences import sentence

OWN: Rows = [
    ["责任人", "包保对象", "首日", "末日"],
    ["镇长", "电梯1", "2023.1.1", ""],
    ["p3", "厂", "2023-03-01", "2023-06-30"],
]
HEAD = TABLES["assignments"].names[:4]
AUGUST = datetime.fromisoformat("2023-08-01T09:00")


@sentence(
    "a subject or unit entrusted to a post or a person from first to last day",
)
def test_a_sheet_in_chinese_is_read_and_its_row_mended_and_struck_out(tmp_path: Path) -> None:
    store = office(tmp_path)
    assert take(store, tmp_path / "1", {"包保责任": OWN}).total("new") == 2
    first = (
        Assignment("镇长", "电梯1", date(2023, 1, 1)),
        Assignment("p3", "厂", date(2023, 3, 1), date(2023, 6, 30)),
    )
    assert store.read_records().assignments == first
    head = [*HEAD, "voided_at", "void_reason"]
    mended: Rows = [head, ["p3", "厂", "2023-03-01", "2023-05-31", "", ""]]
    assert take(store, tmp_path / "2", {"assignments": mended}, LATER).total("changed") == 1
    gone: Rows = [head, ["镇长", "电梯1", "2023-01-01", "", "2023-08-01", "误录"]]
    take(store, tmp_path / "3", {"assignments": gone}, AUGUST)
    left = Assignment("p3", "厂", date(2023, 3, 1), date(2023, 5, 31))
    assert store.read_records(NOON.date()).assignments == first
    assert store.read_records(LATER.date()).assignments == (first[0], left)
    assert store.read_records().assignments == (left,)


@sentence(
    "a subject or unit entrusted to a post or a person from first to last day",
)
def test_what_is_entrusted_is_not_struck_out(tmp_path: Path) -> None:
    store = office(tmp_path)
    take(store, tmp_path / "1", {"assignments": OWN})
    head = [*OFFICE["subjects"][0], "voided_at", "void_reason"]
    row = [*OFFICE["subjects"][1], "2023-07-15", "拆除"]
    with pytest.raises(BadInput, match=r"void_thing_is_named .*key=镇长, 电梯1, 2023-01-01"):
        take(store, tmp_path / "2", {"subjects": [head, row]}, LATER)


@pytest.mark.parametrize(
    ("row", "at", "message", "hint"),
    [
        (
            ("镇", "电梯1", "2023-01-01", ""),
            "2:1",
            "unknown holder '镇'",
            "'镇' is a unit; here stands the id of a post or person",
        ),
        (
            ("镇长", "副镇长", "2023-01-01", ""),
            "2:2",
            "unknown member '副镇长'",
            "'副镇长' is a post; here stands the id of a subject or unit",
        ),
        (
            ("镇长", "电梯1", "2023-02-01", "2023-01-31"),
            "2:4",
            "the assignment ends on 2023-01-31, before it starts on 2023-02-01",
            "'last' is the last day and belongs to the stretch",
        ),
    ],
)
def test_what_cannot_be_entrusted_is_told_by_place(
    tmp_path: Path, row: tuple[str, ...], at: str, message: str, hint: str
) -> None:
    (found,) = told(office(tmp_path), tmp_path / "1", {"assignments": [HEAD, row]})
    assert found.startswith(f"assignments.csv:{at}: {message}\n")
    assert hint in found
