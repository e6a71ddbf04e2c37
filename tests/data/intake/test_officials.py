"""Who is meant by the names on a form, and what is asked where nobody or several may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store.opening import Store
from tests.helpers.factory_forms import CHECKS, acts, book, check_row, complaints, one, store

__all__ = ["store"]


@pytest.mark.parametrize(
    ("name", "day", "post", "person"),
    [
        ("张三", "2024-06-15", "镇长", "p1"),
        ("李四", "2024-06-16", "镇长", "p2"),
        ("p1", "2024-06-03", "镇长", "p1"),
        ("王五（副镇长乙）", "2024-06-03", "副镇长乙", "p4"),
        ("王五(副镇长甲)", "2024-06-03", "副镇长甲", "p3"),
        ("赵六", "2022-12-31", "副镇长甲", "p5"),
        ("赵六（党委书记）", "2024-06-03", "书记", "p5"),
        ("赵六（示例镇人民政府党委书记）", "2024-06-03", "书记", "p5"),
        ("书记", "2024-06-03", "书记", None),
    ],
)
def test_the_official_is_who_held_a_post_on_that_day(
    name: str, day: str, post: str, person: str | None, store: Store, tmp_path: Path
) -> None:
    act = one(store, tmp_path, "检查", [CHECKS, check_row(时间=day, 带队领导=name)])
    assert (act.holder, act.person) == (post, person)


@pytest.mark.parametrize(
    ("name", "day", "told"),
    [
        (
            "王五",
            "2024-06-03",
            "on 2024-06-03 '王五' may mean several\n"
            "  hint: write which one: '王五（副镇长甲）' or '王五（副镇长乙）'",
        ),
        (
            "王五（镇长）",
            "2024-06-03",
            "'王五' was not '镇长' on 2024-06-03\n"
            "  hint: write which one: '王五（副镇长甲）' or '王五（副镇长乙）'",
        ),
        (
            "王五（副镇长）",
            "2024-06-03",
            "on 2024-06-03 '王五（副镇长）' may mean several\n"
            "  hint: write which one: '王五（副镇长甲）' or '王五（副镇长乙）'",
        ),
        (
            "张三",
            "2024-06-16",
            "'张三' held no post on 2024-06-16\n  hint: the posts held: '镇长' "
            "2023-01-01..2024-06-15; mend the day, or enter the appointment first",
        ),
        ("钱七", "2024-06-03", "'钱七' held no post on 2024-06-03\n  hint: enter the appointment"),
        ("章三", "2024-06-03", "nobody is called '章三'\n  hint: perhaps '张三' (p1)"),
        (
            "镇长 张三",
            "2024-06-03",
            "nobody is called '镇长 张三'\n  hint: did you mean '张三'? the post stands",
        ),
        ("孙八", "2024-06-03", "nobody is called '孙八'\n  hint: enter the person first"),
        ("党委书记", "2024-06-03", "nobody is called '党委书记'\n  hint: it is a title: write the"),
        ("张三、赵六", "2024-06-03", "'张三、赵六' names several\n  hint: one record has one"),
    ],
)
def test_an_official_who_cannot_be_told_is_asked_for_with_the_choices(
    name: str, day: str, told: str, store: Store, tmp_path: Path
) -> None:
    rows = [CHECKS, check_row(时间=day, 带队领导=name)]
    (said,) = complaints(store, book(tmp_path / "form.xlsx", {"检查": rows}))
    assert said.startswith(f"检查:2:4: {told}")
    assert not acts(store)


@pytest.mark.parametrize(
    ("cell", "subjects"),
    [
        ("甲", ("甲",)),
        ("甲木业有限公司、丙1", ("甲", "丙1")),
        ("乙化工、涂料有限公司", ("乙",)),
        ("甲木业有限公司；乙", ("甲", "乙")),
    ],
)
def test_inspected_units_are_found_by_name_or_id(
    cell: str, subjects: tuple[str, ...], store: Store, tmp_path: Path
) -> None:
    act = one(store, tmp_path, "检查", [CHECKS, check_row(被检查单位=cell)])
    assert act.subjects == subjects


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (
            "丙工程公司",
            "several are called '丙工程公司'\n  hint: '丙工程公司' is the name of several:",
        ),
        ("甲木业有限公司、丁厂", "no subject is called '丁厂'\n  hint: enter the subject first"),
        ("甲木页有限公司", "no subject is called '甲木页有限公司'\n  hint: perhaps '"),
    ],
)
def test_an_inspected_unit_that_cannot_be_told_is_asked_for(
    cell: str, told: str, store: Store, tmp_path: Path
) -> None:
    rows = [CHECKS, check_row(被检查单位=cell)]
    (said,) = complaints(store, book(tmp_path / "form.xlsx", {"检查": rows}))
    assert said.startswith(f"检查:2:3: {told}")
