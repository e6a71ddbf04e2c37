"""A word that no duty asks for is named where it is recorded, with the words that are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from data.intake import long_sheets
from tests.helpers.factory_cli import Rows, cache, call, good, write
from tests.helpers.factory_rules import shipped_rules

__all__ = ["cache"]

pytestmark = pytest.mark.usefixtures("cache")

ACTS = ["activity", "kind", "day", "holder", "role", "attributes", "evidence"]
COMMERCE: Mapping[str, Rows] = {
    "settings": [["key", "value"], ["records_from", "2024-01-01"]],
    "units": [
        ["unit", "name", "type", "parent", "tags"],
        ["巴南区", "巴南区", "区县", "", ""],
        ["商务委", "区商务委", "部门", "巴南区", "区商务委"],
        ["示例园区", "示例园区", "园区", "巴南区", ""],
    ],
    "people": [["person", "name"], ["p1", "王敏"]],
    "posts": [
        ["post", "unit", "class"],
        ["商务委主任", "商务委", "主要负责人"],
        ["园区主任", "示例园区", "主要负责人"],
    ],
    "appointments": [["person", "post", "first"], ["p1", "园区主任", "2023-01-01"]],
    "activities": [
        ACTS,
        ["a1", "教育培训", "2024-09-10", "商务委", "组织", "事项=餐饮燃气", ""],
        ["a2", "教育培训", "2024-09-11", "商务委", "组织", "事项=餐饮", ""],
        ["a3", "教育培训", "2024-09-12", "商务委", "参加", "事项=餐饮", ""],
        ["a4", "听取履职汇报", "2024-09-12", "园区主任", "听取", "", ""],
        ["a5", "听取履职汇报", "2024-09-13", "园区主任", "主持", "", ""],
        ["a6", "教育培训", "2024-09-14", "商务委", "", "", ""],
        ["a7", "教育培训", "2024-09-15", "商务委", "", "主讲人=赵", ""],
    ],
}

MATTERS = tuple(
    dict.fromkeys(
        word
        for duty in shipped_rules().duties
        if duty.id.startswith("banan_2024.commerce.train_") and duty.activity
        for word in duty.activity.attributes["事项"]
    )
)
"""The words that the clauses of training in commerce accept, in their order."""

ZH = [
    "activities.csv:3:6: “教育培训”的事项写的是“餐饮”（共2行），责任主体的职责都不认；认的是"
    f"{'、'.join(f'“{one}”' for one in MATTERS[:-1])}或“{MATTERS[-1]}”；"
    "记录照收，登记有误的请更正",
    "activities.csv:6:5: “听取履职汇报”的履职角色写的是“主持”（共1行），责任主体的职责都不认；"
    "认的是“听取”；记录照收，登记有误的请更正",
]
EN = [
    "activities.csv:3:6: '教育培训' with 事项 '餐饮' (rows: 2): no duty of the holder asks for "
    "that; asked for is " + ", ".join(f"'{one}'" for one in MATTERS[:-1]) + f" or '{MATTERS[-1]}'; "
    "the records are taken as they are: correct what is wrong",
    "activities.csv:6:5: '听取履职汇报' with the role '主持' (rows: 1): no duty of the holder asks "
    "for that; asked for is '听取'; the records are taken as they are: correct what is wrong",
]


def warnings(err: str, folder: Path) -> list[str]:
    """The lines of standard error, without the folder before the file's name."""
    return [line.removeprefix(f"{folder}/") for line in err.splitlines()]


@pytest.mark.parametrize("dry", [True, False])
@pytest.mark.parametrize(("lang", "lines"), [("zh", ZH), ("en", EN)])
def test_an_import_names_words_that_no_duty_of_their_holder_asks_for(
    tmp_path: Path, lang: str, lines: list[str], dry: bool
) -> None:
    folder, db = write(tmp_path / "in", COMMERCE), tmp_path / "store.db"
    said = call("import", folder, *(["--dry-run"] if dry else []), "--db", db, "--lang", lang)
    assert said.code == 0
    assert warnings(said.err, folder) == lines
    assert db.exists() is not dry


def test_what_an_import_leaves_unchanged_is_not_said_again(tmp_path: Path) -> None:
    folder, db = write(tmp_path / "in", COMMERCE), tmp_path / "store.db"
    assert call("import", folder, "--db", db).err
    assert "nothing changed" in good("import", folder, "--db", db).out


def test_a_long_import_names_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_sheets, "LONG_BYTES", 0)
    folder = write(tmp_path / "in", COMMERCE)
    said = call("import", folder, "--db", tmp_path / "store.db")
    assert said.code == 0
    assert warnings(said.err, folder) == EN


def test_only_documents_that_bind_the_holder_are_asked(tmp_path: Path) -> None:
    adopted = {**COMMERCE, "adoptions": [["document", "unit"], ["park_2022", "示例园区"]]}
    folder = write(tmp_path / "in", adopted)
    said = call("import", folder, "--db", tmp_path / "store.db")
    assert warnings(said.err, folder) == EN[1:]


@pytest.fixture
def commerce(tmp_path: Path) -> Path:
    """A store with the office of commerce and the park, and one training."""
    rows = [*COMMERCE["activities"][:2]]
    good("import", write(tmp_path / "in", {**COMMERCE, "activities": rows}), "--db",
         tmp_path / "store.db")  # fmt: skip
    return tmp_path / "store.db"


def record(db: Path, lang: str, *words: str) -> list[str]:
    """What `record` says."""
    return good("record", *words, "--db", db, "--lang", lang).out.splitlines()


TRAINED = ("--kind", "教育培训", "--day", "2024-10-10", "--holder", "商务委")


@pytest.mark.parametrize(
    ("lang", "written", "says"),
    [
        ("zh", "事项=住宿", "2025年开展住宿行业安全培训：事项应为“住宿行业”…，写的是“住宿”"),
        ("en", "事项=住宿",
         "2025年开展住宿行业安全培训: 事项 should be '住宿行业'…, and says '住宿'"),
        ("zh", "", "2025年开展住宿行业安全培训：事项未填写，应为“住宿行业”…"),
        ("en", "",
         "2025年开展住宿行业安全培训: 事项 was left blank, and should be '住宿行业'…"),
    ],
)  # fmt: skip
def test_a_record_that_counts_for_nothing_is_told_what_the_nearest_duties_ask_for(
    commerce: Path, lang: str, written: str, says: str
) -> None:
    said = record(commerce, lang, *TRAINED, "--attributes", written)
    title, _, reason = says.replace("：", ": ", 1).partition(": ")
    before, after = reason.split("…")  # other words of the clause stand between
    (line,) = [one for one in said if f"  {title}  " in one and before in one]
    assert line.endswith(after)
    if written:
        # What resembles it comes first.
        assert said[3] == line
    (mending,) = [one for one in said if "A20241010-1" in one and one != said[0]]
    assert {"zh": "登记有误的", "en": "if the record is wrong"}[lang] in mending


def test_a_record_that_counts_is_not_told_of_the_other_matters(commerce: Path) -> None:
    said = record(commerce, "zh", *TRAINED, "--attributes", "事项=住宿行业")
    assert said[0] == "已登记 A20241010-1"
    assert said[1] == "计入："
    assert said[2].startswith("   1  2025年开展住宿行业安全培训  2024-05-16..2025-12-31  ")
    assert said[3:] == ["2024-10-10 已过去一年以上；日期是否写错？"]


def test_a_record_with_a_blank_role_is_told_which_it_should_be(commerce: Path) -> None:
    words = ("--kind", "安全检查", "--day", "2024-10-10", "--holder", "园区主任")
    said = record(commerce, "zh", *words)
    assert any("带队" in line and "履职角色未填写，应为" in line for line in said)
    wrong = record(commerce, "en", *words, "--role", "参加")
    assert any("the role should be '带队', and says '参加'" in line for line in wrong)
