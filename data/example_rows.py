"""The example row of each table's sheet: how it is written, and how it is known again.

A row is an example by its first cell. As it was written it is passed over, and an import says how
many were; one that was changed is a problem, for somebody may have meant it as a record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.cells import CellError
from data.columns import TABLES, Table
from data.dates import understood
from data.headings import plain

MARKS = ("示例（导入时略过，可删）", "EXAMPLE (passed over on import)")
"""The first cell of an example row, in Chinese and in English."""

_STARTS = tuple(plain(mark)[: plain(mark).index("(") + 3] for mark in MARKS)

EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "settings": {"value": "2024-01-01"},
    "units": {
        "name": "示例镇人民政府",
        "type": "镇街",
        "parent": "区",
        "tags": "高危@2024-11-01",
        "first": "2024-01-01",
    },
    "adoptions": {"unit": "区", "first": "2024-01-01"},
    "people": {"name": "王示例", "phone": "0510-00000000", "facts": "持证=是@2024-03-01"},
    "posts": {"unit": "镇", "class": "主要负责人", "title": "镇长", "first": "2024-01-01"},
    "appointments": {"post": "镇长", "first": "2024-01-01", "acting": "否"},
    "subjects": {"name": "示例小学", "type": "学校", "unit": "镇"},
    "events": {"type": "生产安全事故", "day": "2024-05-18", "time": "09:30", "unit": "镇"},
    "waivers": {
        "holder": "镇长",
        "first": "2024-02-01",
        "last": "2024-02-10",
        "reason": "病假",
        "document": "示例〔2024〕1号",
    },
    "delegations": {
        "holder": "镇长",
        "delegate": "副镇长",
        "first": "2024-03-01",
        "last": "2024-03-10",
        "document": "示例〔2024〕2号",
    },
    "attachments": {"activity": "A20240603-1", "name": "照片.jpg", "size": "20480"},
    "activities": {
        "kind": "安全检查",
        "day": "2024-06-03",
        "holder": "镇长",
        "time": "09:30",
        "role": "带队",
        "subjects": "甲厂;乙厂",
        "attributes": "四不两直=是",
        "evidence": "照片3张;检查记录12号",
    },
}
"""What the example of each table says, but for its first cell, which marks it."""


def example_cells(table: Table, names: Sequence[str], chinese: bool) -> list[str]:
    """The example row, a cell for each of these columns."""
    cells = {**EXAMPLES[table.name], names[0]: MARKS[0] if chinese else MARKS[1]}
    return [cells.get(name, "") for name in names]


def is_example(first_cell: str) -> bool:
    """Whether a row is marked as an example by its first cell."""
    # Most rows are told by their first character: a table may have millions.
    return first_cell[:1] in "示 ＥEe" and plain(first_cell).startswith(_STARTS)


def changed_column(table: str, cells: Mapping[str, str], first: str) -> str | None:
    """The first column of an example row that no longer says what it said; None where none."""
    said = EXAMPLES[table]
    for name, text in cells.items():
        if name == first or not text.strip():
            continue
        kind = TABLES[table].known[name].kind
        try:
            if understood(kind, text) == understood(kind, said.get(name, "")):
                continue
        except CellError:
            pass
        return name
    return None


__all__ = ["EXAMPLES", "MARKS", "changed_column", "example_cells", "is_example"]
