"""Duties listed as plain entries, read aloud, and described by the schema."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from reports.rules.rule_words import RuleWords
from rules.duty import Valid
from rules.files import BUILTIN
from rules.frequency import Condition, Frequency
from rules.listing import list_entries
from rules.schema import document_schema, rule_schema
from rules.wording import (
    act_in_words,
    condition_in_words,
    english_names,
    holder_in_words,
    measure_in_words,
)
from rules.yaml_tree import read_tree
from tests.helpers.factory_rules import BAD, GOOD, load, world
from tests.helpers.sentences import sentence

ENTRY = [
    *("id", "document", "number", "clause", "quote", "title", "holder", "activity", "shape"),
    *("at_least", "at_most", "per", "unit", "due", "each", "when", "first", "last", "status"),
    "measure",
]


def test_a_nested_duty_is_listed_once_for_each_measure(tmp_path):
    hours = "{at_least: 10, unit: 小时, per: school_term}"
    nested = f"{{all: [{hours}, {{share: 20%, of: {{type: 学校}}, per: year}}]}}"
    world(tmp_path, rules__demo__good=GOOD.replace("{at_least: 1, per: month}", nested))
    first, second = list_entries(load(tmp_path))
    assert [first["id"], second["id"]] == ["demo.good.check#1", "demo.good.check#2"]
    assert [first["shape"], second["shape"]] == ["quota", "share"]
    assert (first["at_least"], first["unit"], first["per"]) == (10, "小时", "school_term")
    assert second["each"]["type"] == ["学校"]
    assert list(first) == ENTRY
    assert first["number"] == "安委〔2024〕1号"
    assert first["at_most"] is None
    assert first["measure"]["frequency"]["all"][1]["share"] == "1/5"
    assert json.loads(json.dumps([first, second])) == [first, second]


WORDED = [
    ("{per: year}", "每年至少1次", "at least once a year"),
    ("{at_least: 1, per: quarter}", "每季度至少1次", "at least once a quarter"),
    ("{at_least: 1, at_most: 2, per: year}", "每年1至2次", "1 to 2 times a year"),
    (
        "{at_least: 1, at_most: 2, cap: true, per: year}",
        "每年1至2次，不得超过2次",
        "1 to 2 times a year, and no more",
    ),
    ("{at_least: 40, unit: 台, per: year}", "每年不少于40台", "at least 40 台 a year"),
    ("{at_least: 1, per: 2 months}", "每2个月至少1次", "at least once every 2 months"),
    ("{due: 20, per: month}", "每月20日前完成", "by day 20 of each month"),
    (
        "{due: [06-last, 12-last], per: year}",
        "每年6月底、12月底前完成",
        "by the end of June and the end of December of each year",
    ),
    ("{due: friday, per: week}", "每周周五前完成", "by Friday of each week"),
    ("{about: month, due: 15}", "次月15日前完成", "by day 15 of the month after the month"),
    (
        "{about: month, due: {month: 1, day: 15}}",
        "次月15日前完成",
        "by day 15 of the month after the month",
    ),
    (
        "{about: quarter, within: 15 days}",
        "每季度终了后15日内完成",
        "within 15 days after the end of the quarter",
    ),
    ("{about: year, due: 03-last}", "次年3月底前完成", "by the end of March after the year"),
    ("{by: 2024-06-30}", "2024-06-30前完成", "by 2024-06-30"),
    (
        "{windows: {each: [汛期, 国庆]}}",
        "在汛期、国庆各至少1次",
        "at least once in each of 汛期, 国庆",
    ),
    (
        "{windows: {any: [汛期, 国庆]}}",
        "在汛期、国庆任一时段至少1次",
        "at least once in any of 汛期, 国庆",
    ),
    (
        "{after: 生产安全事故, within: 2 hours}",
        "生产安全事故后2小时内完成",
        "within 2 hours after 生产安全事故",
    ),
    (
        "{at_least: 28, unit: 天, before: 体育赛事}",
        "体育赛事前合计不少于28天",
        "at least 28 天, all told, before 体育赛事",
    ),
    ("{before: 体育赛事}", "体育赛事前至少1次", "at least once before 体育赛事"),
    (
        "{before: 体育赛事, ahead: 10 days}",
        "体育赛事10日前至少1次",
        "at least once 10 days before 体育赛事",
    ),
    (
        "{every: 45 days, reading: rolling}",
        "两次间隔不超过45天",
        "never more than 45 days between two",
    ),
    (
        "{share: 20%, of: {type: 学校}, per: year}",
        "每年覆盖不少于20%的学校",
        "at least 20% of 学校 a year",
    ),
    (
        "{each: {type: 学校}, at_least: 1, by: 2026-12-31}",
        "2026-12-31前全覆盖（学校，每个至少1次）",
        "every one of 学校 at least once by 2026-12-31",
    ),
    (
        "{each: {type: 学校}, at_least: 1, at_most: 2, cap: true, per: year}",
        "每年全覆盖（学校，每个1至2次，不得超过2次）",
        "every one of 学校 1 to 2 times a year, and no more",
    ),
    (
        "{each: {type: 学校, scope: assigned}, at_least: 2, per: month, except: [暑假]}",
        "每月（暑假除外）全覆盖（所负责的学校，每个至少2次）",
        "every one of 学校 assigned to the holder at least twice a month, except 暑假",
    ),
    (
        "{at_least: 1, per: quarter, between: [{month: 1, day: 1}, {month: 1, day: 10}]}",
        "每季度首月1日至首月10日至少1次",
        "at least once a quarter, from day 1 of month 1 to day 10 of month 1",
    ),
    ("{per: month, between: 15}", "每月15日至少1次", "at least once a month, on day 15"),
    (
        "{per: month, between: first friday}",
        "每月第一个周五至少1次",
        "at least once a month, on the first Friday",
    ),
    (
        "{per: quarter, between: {month: 2, weekday: friday, nth: last}}",
        "每季度第2个月最后一个周五至少1次",
        "at least once a quarter, on the last Friday of month 2",
    ),
    (
        "{per: year, due: {month: 6, weekday: friday, nth: last}}",
        "每年6月最后一个周五前完成",
        "by the last Friday of June of each year",
    ),
    (
        "{at_least: 1, per: day, except: [暑假, 休息日]}",
        "每日（暑假、休息日除外）至少1次",
        "at least once a day, except 暑假, 休息日",
    ),
    (
        "{at_least: 1, per: month, while: 体育赛事}",
        "体育赛事期间每月至少1次",
        "at least once a month, during 体育赛事",
    ),
    (
        "{all: [{at_least: 10, per: school_term}, {at_least: 2, per: month}]}",
        "每学期至少10次，且每月至少2次",
        "at least 10 times a school term; and at least twice a month",
    ),
    (
        "{at_least: 1, per: quarter, variants: [{when: {tags: 高危}, at_least: 1, per: month}]}",
        "每季度至少1次；高危：每月至少1次",
        "at least once a quarter; 高危: at least once a month",
    ),
    ("to_be_ruled", "待明确", "to be ruled"),
    (
        "{after: 生产安全事故, within: to_be_ruled}",
        "生产安全事故后，时限待明确",
        "after 生产安全事故, the limit to be ruled",
    ),
]


@pytest.mark.parametrize(("measure", "chinese", "english"), WORDED, ids=lambda text: text[:40])
def test_a_measure_is_read_aloud(measure, chinese, english, tmp_path):
    text = GOOD.replace("{at_least: 1, per: month}", measure).replace("每月至少1次", "适时")
    world(tmp_path, rules__demo__good=text)
    (duty,) = load(tmp_path).duties
    assert measure_in_words(duty.frequency) == chinese
    assert measure_in_words(duty.frequency, "en") == english
    assert duty.activity is not None
    assert holder_in_words(duty.holder) == "主要负责人"
    assert act_in_words(duty.activity) == "检查（带队）"


def test_english_takes_its_words_from_the_vocabulary_and_the_calendar(tmp_path):
    text = GOOD.replace("{at_least: 1, per: month}", "{windows: {each: [汛期前, 国庆]}}")
    windows = "windows:\n  汛期: [{from: 04-01, to: 10-31, en: flood season}]\n"
    world(tmp_path, rules__demo__good=text, office__calendar=windows)
    rulebook = load(tmp_path)
    duty, names = rulebook.duties[0], english_names(rulebook)
    assert duty.activity is not None
    assert holder_in_words(duty.holder, "en", names) == "principal"
    assert act_in_words(duty.activity, "en", names) == "inspection (leading)"
    assert measure_in_words(duty.frequency, "en", names) == (
        "at least once in each of before flood season, 国庆"
    )


@sentence(
    "fractions are exact, never floats",
)
def test_a_share_is_exact():
    assert Frequency.model_validate({"share": "12.5%", "per": "year"}).share == Fraction(1, 8)


def test_the_schema_takes_every_rule_file_that_the_loader_takes():
    jsonschema = pytest.importorskip("jsonschema")
    check = jsonschema.Draft202012Validator(rule_schema())
    lists = [path for path in BUILTIN.glob("*/*.yaml") if path.name != "document.yaml"]
    assert lists
    for path in lists:
        tree, _ = read_tree(path.name, path.read_bytes())
        assert tree is not None
        assert not [error.message for error in check.iter_errors(as_json(tree.data))], path


@pytest.mark.parametrize("measure", [row[0] for row in WORDED], ids=lambda text: text[:40])
def test_the_schema_takes_every_shape(measure):
    jsonschema = pytest.importorskip("jsonschema")
    tree, _ = read_tree("f.yaml", GOOD.replace("{at_least: 1, per: month}", measure).encode())
    assert tree is not None
    jsonschema.Draft202012Validator(rule_schema()).validate(as_json(tree.data))


SEASONS = [
    ("[03-01, 12-last]", "，每年 03-01至12-last"),
    ("[[03-15, 06-15], [09-15, 11-15]]", "，每年 03-15至06-15、09-15至11-15"),
    ("汛期", "，每年汛期"),
    ("[汛期, 暑假]", "，每年汛期、暑假"),
]


@pytest.mark.parametrize(("season", "words"), SEASONS)
def test_a_season_is_days_or_windows_for_files_schema_and_readers(tmp_path, season, words):
    jsonschema = pytest.importorskip("jsonschema")
    text = GOOD + f"    valid: {{season: {season}}}\n"
    world(tmp_path, rules__demo__good=text)
    rulebook = load(tmp_path)
    [duty] = rulebook.duties
    assert RuleWords(rulebook).days(duty).endswith(words)
    tree, _ = read_tree("f.yaml", text.encode())
    assert tree is not None
    jsonschema.Draft202012Validator(rule_schema()).validate(as_json(tree.data))
    told = list_entries(rulebook)[0]["measure"]["valid"]
    assert Valid.model_validate(told) == duty.valid


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("frequency", "frequncy"),
        GOOD + "    valid: {season: [[03-15, 06-15], [09-15]]}\n",
        GOOD.replace("per: month", "per: moon"),
        GOOD.replace("title: 带队检查", "title: [x]"),
        GOOD.replace("{at_least: 1, per: month}", "{per: month, due: 20日}"),
        GOOD.replace("{at_least: 1, per: month}", "sometimes"),
    ],
)
def test_the_schema_refuses_what_an_editor_should_mark(text):
    jsonschema = pytest.importorskip("jsonschema")
    tree, _ = read_tree("f.yaml", text.encode())
    assert tree is not None
    assert list(jsonschema.Draft202012Validator(rule_schema()).iter_errors(as_json(tree.data)))


def as_json(value: object) -> object:
    """Plain data as JSON has it: what an editor's YAML reader shows to the schema."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [as_json(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize(
    ("condition", "chinese", "english"),
    [
        ({"type": "企业"}, "企业", "企业"),
        ({"tags": "高危"}, "高危", "高危"),
        ({"type": ["镇街", "园区"], "tags": "高危"}, "镇街或园区（高危）", "镇街 or 园区 and 高危"),
        (
            {"type": "企业", "industry": ["矿山", "化工"]},
            "企业（矿山或化工）",
            "企业 and 矿山 or 化工",
        ),
        (
            {"type": "企业", "industry": ["矿山", "化工"], "tags": "高危"},
            "企业（（矿山或化工）且高危）",
            "企业 and 矿山 or 化工 and 高危",
        ),
        (
            {"type": "部门", "any": [{"tags": "甲"}, {"tags": "乙"}]},
            "部门（甲或乙）",
            "部门 and (甲 or 乙)",
        ),
        (
            {"any": [{"type": "部门", "tags": "甲"}, {"type": "企业"}]},
            "部门（甲）或企业",
            "部门 and 甲 or 企业",
        ),
        ({"type": "企业", "not": {"tags": "高危"}}, "企业（非高危）", "企业 and not 高危"),
        (
            {"tags": "甲", "any": [{"tags": "乙"}, {"tags": "丙"}]},
            "甲且（乙或丙）",
            "甲 and (乙 or 丙)",
        ),
        ({}, "全部", "all"),
    ],
)
def test_whom_a_condition_means_reads_like_this(
    condition: dict[str, object], chinese: str, english: str
) -> None:
    made = Condition.model_validate(condition)
    assert condition_in_words(made) == chinese
    assert condition_in_words(made, "en") == english


def test_the_schema_of_a_document_fits_the_shipped_ones_and_no_broken_one():
    from jsonschema import Draft202012Validator

    checker = Draft202012Validator(document_schema())

    def fits(path):
        tree, _ = read_tree(path.name, path.read_bytes())
        # Days are dates in Python; JSON has them as text.
        return checker.is_valid(json.loads(json.dumps(tree.data, default=str)))

    shipped = sorted(BUILTIN.glob("*/document.yaml"))
    assert len(shipped) > 4 and all(map(fits, shipped))
    for name in ("unknown_key", "own_id", "no_day", "ruled_out_without_reason"):
        assert not fits(BAD / "document" / f"{name}.yaml"), name
    assert {"lists", "ruled_out"} <= set(document_schema()["properties"])
    assert "ruled_out" in rule_schema()["properties"]
