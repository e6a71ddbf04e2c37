"""Policy files: what a good one says, and the message that each bad one gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.alerting.fact_names import facts_of
from engine.alerting.policy import MOST_BRANCHES, load_policy
from problems import BadInput
from tests.helpers.printed import printed

HEAD = """\
hold_working_days: 5
levels:
  tip: {zh: 提示单, en: slip, next: remind, form: slip, to: holder}
  remind: {zh: 提醒函, en: reminder, form: letter, to: unit}
rules:
"""
GOOD = """\
  late:
    scope: obligation
    priority: 10
    when: {state: overdue, days_overdue: {ge: 5}}
    conclude: remind
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    """The problems of a policy file with that text, each on a line, without its folder."""
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_policy(path)
    return [printed(one).replace(tmp_path.as_posix() + "/", "") for one in caught.value.problems]


def test_the_default_policy_is_sound_and_in_both_languages() -> None:
    policy = load_policy()
    assert policy.hold_working_days == 5
    assert list(policy.levels)[:4] == ["tip", "ask_record", "remind", "supervise"]
    assert policy.levels["remind"].title(to_unit=False) == "提醒函"
    assert policy.levels["remind"].title(to_unit=True) == "催办通知"
    assert policy.levels["tip"].title(to_unit=True, lang="en") == "duty reminder slip"
    assert [name for name, level in policy.levels.items() if not level.approval] == [
        "tip",
        "ask_record",
        "remind",
    ], "from supervise up a person approves"
    assert all(rule.zh and rule.en for rule in policy.rules.values())


def test_a_rule_says_what_it_asks_in_several_ways(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    rule = """\
  two:
    scope: unit
    priority: 1
    when:
      any:
        - all: [{overdue: {ge: 1, lt: 9}}, {unit_type: [企业, 园区]}]
        - {count_remind: {in: [1, 2]}, not: {unit: 甲厂}}
    conclude: tip
"""
    path.write_text(HEAD + GOOD + rule, encoding="utf-8")
    policy = load_policy(path)
    assert policy.rules["two"].when.facts() == {"overdue", "unit_type", "count_remind", "unit"}
    assert list(policy.of_scope("unit")) == ["two"]
    assert policy.unit_span == "month"


def test_the_digest_tells_policies_apart_and_not_their_layout(tmp_path: Path) -> None:
    texts = (HEAD + GOOD, "# seen\n" + HEAD + GOOD, HEAD + GOOD.replace("5", "6"))
    digests = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        digests.append(load_policy(path).digest)
    assert digests[0] == digests[1] != digests[2]


def late(when: str) -> str:
    """A policy whose one rule has that condition, which stands from line 9, column 11."""
    return HEAD + GOOD.replace("{state: overdue, days_overdue: {ge: 5}}", when)


@pytest.mark.parametrize(
    ("text", "first_line"),
    [
        (
            late("{state: overdue, days_overdu: {ge: 5}}"),
            "policy.yaml:9:28: unknown fact of scope 'obligation' 'days_overdu'",
        ),
        (
            late("{state: overdu}"),
            "policy.yaml:9:19: 'overdu' is not a value of fact 'state'",
        ),
        (
            late("{all: [{state: [overdue, opne]}]}"),
            "policy.yaml:9:36: 'opne' is not a value of fact 'state'",
        ),
        (
            late("{not: {state: {in: [opne]}}}"),
            "policy.yaml:9:31: 'opne' is not a value of fact 'state'",
        ),
        (
            late("{days_overdue: {ge: true}}"),
            "policy.yaml:9:31: 'true' is not a whole number",
        ),
        (
            late("{days_overdue: '5'}"),
            "policy.yaml:9:26: '5' is not a whole number, as fact 'days_overdue' is",
        ),
        (
            late("{closed: 1}"),
            "policy.yaml:9:20: '1' is not true or false, as fact 'closed' is",
        ),
        (
            late("{days_overdue: true}"),
            "policy.yaml:9:26: 'true' is not a whole number, as fact 'days_overdue' is",
        ),
        (
            late("{closed: {ge: 1}}"),
            "policy.yaml:9:25: 'ge' on fact 'closed', which is a truth",
        ),
        (
            late("{days_overdue: 5000000000}"),
            "policy.yaml:9:26: '5000000000' is too large a number",
        ),
        (
            late("{days_overdue: {gee: 5}}"),
            "policy.yaml:9:27: unknown key 'gee'",
        ),
        (
            late("{}"),
            "policy.yaml:9:11: the condition is empty",
        ),
        (
            late("{days_overdue: {}}"),
            "policy.yaml:9:26: nothing is asked",
        ),
        (
            late("{red_permille: 5}"),
            "policy.yaml:9:12: unknown fact of scope 'obligation' 'red_permille'",
        ),
        (
            HEAD + GOOD.replace("conclude: remind", "conclude: remnd"),
            "policy.yaml:10:15: unknown level 'remnd'",
        ),
        (
            HEAD.replace("next: remind", "next: remnd") + GOOD,
            "policy.yaml:3:34: unknown level 'remnd'",
        ),
        (
            HEAD.replace("next: remind", "next: tip") + GOOD,
            "policy.yaml:3:34: level 'tip' follows itself",
        ),
        (
            HEAD + GOOD + GOOD.replace("late", "tipped").replace("remind", "tip"),
            "policy.yaml:13:15: priority 10 is that of rule 'late', of another level",
        ),
        (
            HEAD + GOOD.replace("late", "Late one"),
            "policy.yaml:6:3: 'Late one' is not a name in 'rules'",
        ),
        (
            HEAD.replace("form: slip", "form: slipp") + GOOD,
            "policy.yaml:3:48: 'slipp' is not 'slip', 'letter' or 'red_head'",
        ),
        (
            HEAD.replace("hold_working_days", "hold_days") + GOOD,
            "policy.yaml:1:1: unknown key 'hold_days'",
        ),
        (
            late(f"{{required: {list(range(MOST_BRANCHES + 1))}}}"),
            "policy.yaml:9:5: over 500 different values are asked of 'required'",
        ),
        (
            late(f"{{required: {list(range(30))}, done: {list(range(30))}}}"),
            "policy.yaml:9:5: rule 'late' spreads into 900 alternatives",
        ),
        (
            HEAD + "".join(GOOD.replace("late", f"late_{at}") for at in range(251)),
            "policy.yaml:1259:5: over 250 rules ask the same of 'state'",
        ),
    ],
)
def test_a_bad_policy_is_told_where_and_what(tmp_path: Path, text: str, first_line: str) -> None:
    said = problems(tmp_path, text)
    assert any(line.startswith(first_line) for line in said), said


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = late("{stat: overdue, closed: 1, not: {hedgd: true}}").replace("e: remind", "e: remnd")
    said = problems(tmp_path, text)
    assert len(said) == 4
    assert "did you mean 'state'" in said[0]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot_be_read"):
        load_policy(tmp_path / "none.yaml")


def test_250_rules_may_ask_the_same(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    rules = "".join(GOOD.replace("late", f"late_{at}") for at in range(250))
    path.write_text(HEAD + rules, encoding="utf-8")
    assert len(load_policy(path).rules) == 250


def test_a_unit_counts_the_levels_of_its_own_policy() -> None:
    assert "count_shout" in facts_of("unit", ["shout"])
    assert "count_shout" not in facts_of("obligation", ["shout"])


def test_the_page_on_the_policy_names_every_fact_and_level() -> None:
    page = (Path(__file__).parents[3] / "docs" / "policy.md").read_text(encoding="utf-8")
    names = {*facts_of("obligation", ()), *facts_of("unit", ()), *load_policy().levels}
    unsaid = sorted(name for name in names if f"`{name}`" not in page and f"**{name}**" not in page)
    assert not unsaid
