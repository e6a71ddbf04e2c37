"""Policy files: what a good one says, and the message that each bad one gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.alerting.fact_names import Scope, facts_of
from engine.alerting.level_words import FIELDS, LevelWords
from engine.alerting.policy import MOST_BRANCHES, Policy, load_policy
from problems import BadInput
from tests.helpers.printed import printed

HEAD = """\
hold_working_days: 5
levels:
  tip: {zh: 提示单, en: slip, next: remind, form: slip, to: holder}
  remind: {zh: 提醒函, en: reminder, form: letter, to: unit}
rules:
"""
VISIT = """\
  visit:
    zh: 走访单
    en: visit slip
    form: letter
    to: unit
    words:
      found: {zh: "{who}请接待走访。", en: "{who}: please expect us."}
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
    assert list(policy.of_scope(Scope.UNIT)) == ["two"]
    assert policy.unit_span == "month"


def test_the_digest_tells_policies_apart_and_not_their_layout(tmp_path: Path) -> None:
    texts = (HEAD + GOOD, "# seen\n" + HEAD + GOOD, HEAD + GOOD.replace("5", "6"))
    digests = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        digests.append(load_policy(path).digest)
    assert digests[0] == digests[1] != digests[2]


def loaded(tmp_path: Path, text: str) -> Policy:
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    return load_policy(path)


def visit(words: str) -> str:
    """A policy with a level of its own, whose first sentence stands from line 11, column 7."""
    return HEAD.replace("rules:\n", VISIT.replace(VISIT.splitlines()[-1].strip(), words)) + (
        "rules:\n" + GOOD
    )


def test_the_shipped_levels_and_what_they_share_say_everything() -> None:
    policy = load_policy()
    assert set(FIELDS) == set(LevelWords.model_fields)
    assert set(policy.words.sentences()) == set(FIELDS) - {"asked_past", "asked_some_past"}
    for name, level in policy.levels.items():
        said = set(level.words.sentences())
        assert level.short is not None
        assert {"title", "found", "found_several"} <= said
        assert ("asked" in said) == (level.reply_working_days is not None or name == "tip")


def test_what_a_level_leaves_unsaid_comes_from_its_namesake_then_from_what_all_share(
    tmp_path: Path,
) -> None:
    shipped, own = load_policy(), loaded(tmp_path, visit("found: {zh: 请接待。, en: Expect us.}"))
    visited, tip, remind = (own.levels[name].words for name in ("visit", "tip", "remind"))
    assert visited.found is not None
    assert (visited.found.zh, visited.found.in_("en")) == ("请接待。", "Expect us.")
    assert visited.title == shipped.words.title
    assert visited.closing_letter == shipped.words.closing_letter
    assert tip.title == shipped.levels["tip"].words.title
    assert own.levels["tip"].gentle
    assert not own.levels["visit"].gentle
    names = [own.levels[name].short_name("zh") for name in ("visit", "tip")]
    assert names == ["走访单", "提示"]
    # It asks for no reply here, and nothing follows: what names a day or a next level is not said.
    assert (remind.asked, remind.asked_past, remind.follows) == (None, None, None)


def test_what_all_levels_of_an_office_say_is_its_own(tmp_path: Path) -> None:
    shared = "words:\n  closing: {zh: 请知悉。, en: Please note.}\n"
    own = loaded(tmp_path, shared + HEAD.replace("form: letter", "form: red_head") + GOOD)
    closing = own.levels["remind"].words.closing
    assert closing is not None
    assert closing.zh == "请知悉。"
    assert own.levels["tip"].words.closing is None, "a slip has no closing phrase"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("titel: {zh: 一, en: a}", "11:7: unknown key 'titel' of 'words'"),
        ("title: {zh: 一}", "11:7: key 'en' is missing under 'title'"),
        ("title: {zh: [一], en: a}", "11:19: a list is not text for 'zh'"),
        ("found: {zh: '{whoo}', en: a}", "11:19: unknown field 'whoo' in 'found'"),
        ("found: {zh: 一, en: '{who!r}'}", "11:26: unknown field 'who!r' in 'found'"),
        ("found: {zh: 一, en: '{due:>9}'}", "11:26: unknown field 'due:>9' in 'found'"),
        ("found: {zh: 一, en: '{}'}", "11:26: unknown field '' in 'found'"),
        ("found: {zh: 一, en: 'a {who'}", "11:26: the braces of 'found' do not match"),
        ("found: {zh: 一, en: 'a } b'}", "11:26: the braces of 'found' do not match"),
        ("closing: {zh: '{who}', en: a}", "11:21: unknown field 'who' in 'closing'"),
        ("asked: {zh: '{until}前', en: a}", "11:19: 'until' has no value here: the level has no"),
        ("follows: {zh: 一, en: '{next}'}", "11:28: 'next' has no value here: the level has no"),
    ],
)
def test_a_bad_sentence_is_told_where_and_what(tmp_path: Path, words: str, told: str) -> None:
    said = problems(tmp_path, visit(words))
    assert [line for line in said if line.startswith(f"policy.yaml:{told}")] == said, said


def test_what_all_levels_say_is_checked_too(tmp_path: Path) -> None:
    shared = "words:\n  closing: {zh: '{who}', en: a}\n  opening: {zh: 一, en: a}\n"
    assert len(problems(tmp_path, shared + HEAD + GOOD)) == 1, "unknown keys come first"
    shared = shared.replace("opening", "title")
    told = problems(tmp_path, shared + HEAD + GOOD)
    assert told[0].startswith("policy.yaml:2:17: unknown field 'who' in 'closing'")


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
    assert "count_shout" in facts_of(Scope.UNIT, ["shout"])
    assert "count_shout" not in facts_of(Scope.OBLIGATION, ["shout"])


def test_the_page_on_the_policy_names_every_fact_level_and_sentence() -> None:
    page = (Path(__file__).parents[3] / "docs" / "policy.md").read_text(encoding="utf-8")
    names = {*facts_of(Scope.OBLIGATION, ()), *facts_of(Scope.UNIT, ()), *load_policy().levels}
    names |= {*FIELDS, *(field for fields in FIELDS.values() for field in fields)}
    unsaid = sorted(name for name in names if f"`{name}`" not in page and f"**{name}**" not in page)
    assert not unsaid
