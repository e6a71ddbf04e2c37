"""What `record` says of an act that counts for nothing, or that is odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.factory_cli import cache, db, good

__all__ = ["cache", "db"]


def record(db: Path, *words: str) -> list[str]:
    return good("record", "--holder", "副主任", *words, "--db", db, "--lang", "zh").out.splitlines()


INSPECTED = ("--kind", "安全检查", "--day", "2022-10-20", "--role", "带队")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "安全检查", "--day", "2022-10-20"), "履职角色未填写，应为“带队”"),
        (("--kind", "安全检查", "--day", "2022-10-20", "--role", "参加"), "写的是“参加”"),
        (
            ("--kind", "安全检查", "--day", "2022-02-20", "--role", "带队"),
            "早于台账起算日 2022-07-01",
        ),
        (("--kind", "安全检查", "--day", "2199-10-20", "--role", "带队"), "2199-10-20 还没到"),
        (("--kind", "绩效评估", "--day", "2022-10-20"), "责任主体的职责都不要求“绩效评估”；认的是"),
        (
            ("--kind", "教育培训", "--day", "2022-10-20"),
            "没有要求“教育培训”的应履事项；要求它的职责：",
        ),
        (
            ("--holder", "主任", "--kind", "听取履职汇报", "--day", "2022-10-20", "--role", "主持"),
            "责任主体的职责都不要求履职角色“主持”；认的是“听取”",
        ),
    ],
)
def test_what_a_record_lacks_or_what_is_odd_about_it_is_said(
    db: Path, words: tuple[str, ...], told: str
) -> None:
    said = record(db, *words)
    assert any(told in line for line in said), said


def test_a_record_that_repeats_another_names_it(db: Path) -> None:
    assert record(db, *INSPECTED)[1] == "计入："
    said = record(db, *INSPECTED)
    assert said[1] == "目前不计入任何应履事项"
    assert any(line.endswith("已完成：与A20221020-1重复") for line in said)
