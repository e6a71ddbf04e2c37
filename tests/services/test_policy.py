"""The ladder from the command line: checked with its examples, shown, tried without effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.factory_cli import ROOT, cache, db, good, refused

__all__ = ["cache", "db"]

pytestmark = pytest.mark.usefixtures("cache")

OTHERS = sorted((ROOT / "examples" / "policies").glob("*.yaml"))


def test_the_shipped_policies_come_out_as_their_examples_say() -> None:
    assert len(OTHERS) == 2
    assert good("policy", "check").out.endswith("examples: no problems\n")
    for path in OTHERS:
        assert "examples: no problems" in good("policy", "check", path).out


HEAD = "hold_working_days: 5\nlevels:\n  remind: {zh: 提醒, en: remind, form: letter, to: unit}\n"
TAIL = """\
rules:
  late: {scope: obligation, priority: 1, when: {state: overdue}, conclude: remind}
examples:
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            HEAD + TAIL + "  - {name: 未到期, facts: {state: open}, expect: remind}\n",
            ":7:5: example '未到期' comes to 'null', not to 'remind'",
        ),
        (
            HEAD + TAIL + "  - {name: x, facts: {periods_runing: 2}, expect: remind}\n",
            ":7:23: unknown fact of scope 'obligation' 'periods_runing'",
        ),
        (
            HEAD + TAIL + "  - {name: x, facts: {held: 2}, expect: remind}\n",
            ":7:29: '2' is not true or false",
        ),
        (
            HEAD + TAIL + "  - {name: x, facts: {held: true}, expect: remnd}\n",
            "remnd",
        ),
        (
            HEAD.replace("to: unit}", "to: unit, next: up, approval: true}")
            + "  up: {zh: 上, en: up, form: letter, to: unit}\n",
            ":4:3: level 'up' needs no approval, and 'remind' before it does",
        ),
        (
            HEAD.replace("to: unit}", "to: discipline}"),
            ":3:3: level 'remind' goes to the discipline inspection without approval",
        ),
    ],
)
def test_what_is_wrong_with_a_policy_is_told_with_its_place(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    assert told in refused("policy", "check", path)


def test_levels_and_rules_are_shown_in_both_languages() -> None:
    english, chinese = good("policy", "show").out, good("policy", "show", "--lang", "zh").out
    for words in ("notice of supervision", "the unit's head", "three periods running", "off"):
        assert words in english
    for words in ("督办通知单", "单位负责人", "同一职责连续三期未完成", "未启用"):
        assert words in chinese


def test_what_would_be_drafted_is_tried_without_effect(tmp_path: Path, db: Path) -> None:
    before = good("journal", "--db", db).out
    rows = good("policy", "try", "--as-of", "2022-12-20", "--json", "--db", db).data
    assert rows and {"key", "level", "addressee", "counted", "rules", "drafted"} <= set(rows[0])
    text = good("policy", "try", "--as-of", "2022-12-20", "--db", db).out
    assert text.startswith("What would be drafted on 2022-12-20")
    assert good("journal", "--db", db).out == before
