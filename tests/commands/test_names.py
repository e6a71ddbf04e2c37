"""Where an id is typed a name is enough; of several the ids are listed, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.factory_cli import PARK, Rows, cache, call, contents, good, refused, write

__all__ = ["cache"]

PAPER = ("--document", "园组〔2022〕9号", "--reason", "调整")
OFFICE: dict[str, Rows] = {
    **PARK,
    "posts": [
        ["post", "unit", "class", "title", "reports_to"],
        ["P-1", "园区", "主要负责人", "园区主任", ""],
        ["P-2", "园区", "分管负责人", "副主任", "P-1"],
        ["P-3", "区", "分管负责人", "副主任", ""],
    ],
    "people": [
        ["person", "name"],
        ["p1", "张三"],
        ["p2", "李四"],
        ["p3", "王　五"],
        ["p4", "张三"],
    ],
    "appointments": [
        ["person", "post", "first", "last"],
        ["p1", "园区主任", "2022-01-01", "2022-11-15"],
        ["李 四", "园区主任", "2022-11-16", ""],
        ["王五", "示例园区副主任", "2022-03-01", ""],
    ],
    "subjects": [["subject", "name", "type", "unit"], ["s1", "一号楼", "项目", "示例园区"]],
    "events": [
        ["event", "type", "day", "title", "unit"],
        ["e1", "发现隐患", "2022-10-01", "国庆值守", "示例园区"],
    ],
    "adoptions": [["document", "unit"], ["正阳园区管委发〔2022〕12号", "示例园区"]],
    "waivers": [
        ["waiver", "holder", "duty", "first", "last", "reason"],
        ["w1", "示例园区园区主任", "带队开展安全生产检查", "2022-07-01", "2022-07-31", "病假"],
    ],
    "activities": [
        ["activity", "kind", "day", "holder", "person", "role", "subjects"],
        ["a1", "听取履职汇报", "2022-09-30", "园区主任", "p1", "听取", "一号楼"],
    ],
}
"""The park with titles: people, posts and things are named in its tables."""


@pytest.fixture
def named(tmp_path: Path, cache: None) -> Path:
    """A store that holds them."""
    del cache
    good("import", write(tmp_path / "in", OFFICE), "--db", tmp_path / "o.db")
    return tmp_path / "o.db"


def test_tables_hold_the_ids_of_what_was_named(named: Path, tmp_path: Path) -> None:
    held = {name: text.decode() for name, text in contents(named, tmp_path / "out").items()}
    assert "李" not in held["appointments.csv"]
    assert "p2,P-1,2022-11-16" in held["appointments.csv"]
    assert "p3,P-2,2022-03-01" in held["appointments.csv"]
    assert "s1,一号楼,项目,园区" in held["subjects.csv"]
    assert "park_2022,园区" in held["adoptions.csv"]
    assert "park_2022.principal.lead_inspection," in held["waivers.csv"]
    assert "a1,听取履职汇报,2022-09-30,P-1" in held["activities.csv"]


@pytest.mark.parametrize(
    ("by_name", "by_id"),
    [
        ("audit --as-of 2022-12-01 --unit 示例园区", "audit --as-of 2022-12-01 --unit 园区"),
        (
            "audit --as-of 2022-12-01 --document 正阳园区管委发〔2022〕12号",
            "audit --as-of 2022-12-01 --document park_2022",
        ),
        (
            "audit --as-of 2022-12-01 --document 正阳园区管委发[2022]12号",
            "audit --as-of 2022-12-01 --document park_2022",
        ),
        (
            "calendar --as-of 2022-12-01 --unit 示例　園區",
            "calendar --as-of 2022-12-01 --unit 园区",
        ),
        ("handover 园区主任 --on 2022-11-16", "handover P-1 --on 2022-11-16"),
        ("handover 示例园区园区主任 --on 2022-11-16", "handover P-1 --on 2022-11-16"),
        ("leader 王五 --as-of 2022-12-01", "leader p3 --as-of 2022-12-01"),
        ("leader wangwu --as-of 2022-12-01", "leader p3 --as-of 2022-12-01"),
        ("leader ww --as-of 2022-12-01", "leader p3 --as-of 2022-12-01"),
        ("leader 李　四 --as-of 2022-12-01", "leader p2 --as-of 2022-12-01"),
        ("rules show 带队开展安全生产检查", "rules show park_2022.principal.lead_inspection"),
        ("rules list --document 正阳园区管委发〔2022〕12号", "rules list --document park_2022"),
    ],
)
def test_a_name_gives_what_its_id_gives(named: Path, by_name: str, by_id: str) -> None:
    store = [] if by_id.startswith("rules") else ["--db", named]
    told, same = (call(*line.split(" "), *store, "--lang", "zh") for line in (by_name, by_id))
    assert told == same
    assert told.code in (0, 1)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("handover 王五 --on 2022-11-16", "'王五' is a person, who holds or held 副主任 (P-2)"),
        ("leader 园区主任", "'园区主任' is a post, held now or before by 张三 (p1) or 李四 (p2)"),
        ("leader 园区", "'园区' is a post, held now or before by 张三 (p1) or 李四 (p2)"),
    ],
)
def test_a_person_named_for_a_post_and_a_post_for_a_person_are_told(
    named: Path, asked: str, told: str
) -> None:
    assert told in refused(*asked.split(" "), "--db", named)


def test_a_stored_name_is_printed_tidy(named: Path) -> None:
    assert good("leader", "p3", "--as-of", "2022-12-01", "--db", named).out.startswith("王五 [p3]")


DECISIONS = (
    ("waive", "园区主任", "--first", "2022-09-01", "--last", "2022-09-30", *PAPER,
     "--person", "p1", "--duty", "带队开展安全生产检查", "--as-of", "2022-10-01"),
    ("leave", "王五", "示例园区副主任", "--last", "2022-10-31", *PAPER, "--as-of", "2022-11-01"),
    ("appoint", "李四", "副主任（示例园区）", "--first", "2022-11-01", *PAPER,
     "--as-of", "2022-11-01"),
    ("delegate", "园区主任", "示例区副主任", "--first", "2022-09-01", *PAPER,
     "--as-of", "2022-10-01"),
    ("record", "--kind", "安全检查", "--day", "2022-12-20", "--holder", "园区主任", "--person",
     "李四", "--role", "带队", "--subjects", "一号楼;示例区", "--event", "国庆值守",
     "--on-behalf-of", "示例园区副主任"),
    ("void", "任职", "王 五", "示例园区副主任", "2022-03-01", "--reason", "误", "--as-of",
     "2022-10-01"),
)  # fmt: skip


def test_decisions_and_records_are_stored_under_ids(named: Path, tmp_path: Path) -> None:
    for line in DECISIONS:
        said = call(*line, "--db", named)
        assert said.code == 0, said
    held = {name: text.decode() for name, text in contents(named, tmp_path / "out").items()}
    assert (
        ",P-1,2022-09-01,2022-09-30,调整,p1,park_2022.principal.lead_inspection"
        in (held["waivers.csv"])
    )
    assert "p3,P-2,2022-03-01,2022-10-31" in held["appointments.csv"]
    assert "p2,P-2,2022-11-01" in held["appointments.csv"]
    assert ",P-1,P-3,2022-09-01" in held["delegations.csv"]
    act = next(one for one in held["activities.csv"].splitlines() if "2022-12-20" in one)
    assert {"P-1", "p2", "s1;区", "P-2", "e1"} <= set(act.split(","))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "record --kind 安全检查 --day 2022-09-20 --holder 副主任 --person 张三",
            [
                "holder: several are called '副主任'",
                "'副主任' is the name of several: write the id that is meant, "
                "P-2 (示例园区); P-3 (示例区)",
                "'张三' is the name of several: write the id that is meant, "
                "p1 (示例园区园区主任 2022-01-01..2022-11-15); p4",
            ],
        ),
        (
            "handover 副主任 --on 2022-11-16",
            ["several are called '副主任'", "P-2 (示例园区)"],
        ),
        ("handover 园区主人 --on 2022-11-16", ["no post '园区主人'", "perhaps '园区主任' (P-1)"]),
        ("leader 章三", ["no person '章三'", "perhaps '张三' (p1); perhaps '张三' (p4)"]),
        ("leader zs", ["the names of several sound like 'zs'", "张三 (p1); 张三 (p4)"]),
        ("calendar --unit 示例园", ["there is no unit '示例园'", "'示例园区' (园区)"]),
        (
            "leave 王五 园区主任 --last 2022-10-31 --document 甲 --reason 乙",
            ["王五 (p3) does not hold the post 园区主任 (P-1) on 2022-10-31"],
        ),
    ],
)
def test_what_is_not_one_thing_is_told_with_names_and_ids(
    named: Path, words: str, told: list[str]
) -> None:
    said = refused(*words.split(" "), "--db", named)
    for one in told:
        assert one in said, said
