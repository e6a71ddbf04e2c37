"""What two versions of the rules ask differently, and whose verdicts that can change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports.rules.diff_text import DiffWords
from rules.diff import ChangeSort, Effect, difference
from tests.helpers.factory_rules import DOCUMENT, GOOD, WORDS, load, world

MORE = """\
  study:
    title: 专题研究
    source: {clause: 第二条, quote: 每季度至少1次}
    activity: {kind: 检查}
    frequency: {at_least: 1, per: quarter}
"""
BOTH = GOOD + MORE


def lines(folder: Path, old: dict[str, str], new: dict[str, str]) -> list[str]:
    """What is said of two worlds, in English."""
    before, after = load(world(folder / "old", **old)), load(world(folder / "new", **new))
    return list(DiffWords(before, after, difference(before, after), "en").lines())


def listed(text: str) -> dict[str, str]:
    return {"rules__demo__good": text}


def test_the_same_rules_have_no_difference(tmp_path: Path) -> None:
    assert lines(tmp_path, listed(BOTH), listed(BOTH)) == [
        "added 0, removed 0, changed 0, renamed 0",
        "no verdict changes",
    ]


def test_a_new_duty_and_one_that_is_gone_touch_their_holders_while_in_force(tmp_path: Path) -> None:
    added = [
        "added  demo.good.study  专题研究",
        "  principal: at least once a quarter",
        "  touches principal, from 2024-01-01 on; first 2024-Q1",
        "added 1, removed 0, changed 0, renamed 0",
        "verdicts change",
    ]
    assert lines(tmp_path / "a", listed(GOOD), listed(BOTH)) == added
    removed = [line.replace("added  ", "removed  ") for line in added[:3]]
    assert lines(tmp_path / "b", listed(BOTH), listed(GOOD))[:3] == removed


@pytest.mark.parametrize(
    ("was", "becomes", "said", "effect"),
    [
        (
            "per: month",
            "per: week",
            [
                "  measure: at least once a month → at least once a week",
                "  touches principal, from 2024-01-01 on; first 2024-01, 2024-W01",
            ],
            Effect.VERDICTS,
        ),
        (
            "posts: 主要负责人",
            "posts: [主要负责人, 分管负责人]",
            [
                "  owed by: principal → principal, deputy in charge",
                "  touches principal / principal, deputy in charge, from 2024-01-01 on"
                "; first 2024-01",
            ],
            Effect.VERDICTS,
        ),
        (
            "role: 带队",
            "role: 带队, evidence: true",
            [
                "  what counts: inspection (leading) → inspection (leading); with evidence",
                "  touches principal, from 2024-01-01 on; first 2024-01",
            ],
            Effect.VERDICTS,
        ),
        (
            "    activity:",
            "    valid: {first: 2024-03-15}\n    activity:",
            [
                "  first day: 2024-01-01 → 2024-03-15",
                "  touches principal, 2024-01-01 to 2024-03-14; first 2024-01",
            ],
            Effect.VERDICTS,
        ),
        (
            "    activity:",
            "    valid: {last: 2024-06-30}\n    activity:",
            [
                "  last day: — → 2024-06-30",
                "  touches principal, from 2024-07-01 on; first 2024-07",
            ],
            Effect.VERDICTS,
        ),
        (
            "    activity:",
            "    hedged: true\n    activity:",
            ["  as a rule"],
            Effect.ALERTS,
        ),
        ("title: 带队检查", "title: 率队检查", ["  title: 带队检查 → 率队检查"], Effect.TEXT),
        (
            "    activity:",
            "    note: 说明\n    examples: [{as_of: 2024-02-01, expect: {2024-01: overdue}}]\n"
            "    activity:",
            ["  note", "  examples"],
            Effect.TEXT,
        ),
        ("clause: 第一条", "clause: 第一款", ["  clauses and quotes"], Effect.TEXT),
    ],
)
def test_a_change_says_what_it_was_and_whom_it_touches(
    was: str, becomes: str, said: list[str], effect: Effect, tmp_path: Path
) -> None:
    changed = GOOD.replace(was, becomes)
    assert changed != GOOD
    told = lines(tmp_path, listed(GOOD), listed(changed))
    assert told[1:-2] == said
    assert (
        told[-1]
        == {
            Effect.VERDICTS: "verdicts change",
            Effect.ALERTS: "no verdict changes, alerts may",
            Effect.TEXT: "no verdict changes",
        }[effect]
    )


def test_a_duty_under_a_new_key_is_renamed(tmp_path: Path) -> None:
    assert lines(tmp_path, listed(BOTH), listed(BOTH.replace("  study:", "  session:"))) == [
        "renamed  demo.good.session  专题研究",
        "  id: demo.good.study → demo.good.session",
        "added 0, removed 0, changed 0, renamed 1",
        "no verdict changes, but some have another id",
    ]


def test_a_documents_day_and_its_moving_off_holidays_touch_all_its_duties(tmp_path: Path) -> None:
    document = DOCUMENT.replace("2024-01-01", "2024-02-01") + "adjust: next_workday\n"
    told = lines(
        tmp_path,
        listed(BOTH),
        {**listed(BOTH), "rules__demo__document": document},
    )
    assert told[0] == "changed  demo.good.check  带队检查"
    assert told[1:4] == [
        "  first day: 2024-01-01 → 2024-02-01",
        "  moving off holidays: none → next_workday",
        "  touches principal, from 2024-01-01 on; first 2024-01",
    ]
    assert told[-2] == "added 0, removed 0, changed 2, renamed 0"


def test_passages_ruled_out_change_no_verdict(tmp_path: Path) -> None:
    passage = "ruled_out: [{clause: 第二条, quote: 及时整改, reason: 没有期限}]\n"
    assert lines(tmp_path, listed(GOOD), listed(passage + GOOD)) == [
        "added 0, removed 0, changed 0, renamed 0",
        "passages ruled out: 1 more, 0 less",
        "no verdict changes",
    ]


def test_a_new_kind_below_one_that_is_asked_for_counts_for_its_duties(tmp_path: Path) -> None:
    words = {"office__vocabulary": "kinds:\n  夜间检查: {en: night inspection, under: 检查}\n"}
    told = lines(tmp_path, listed(GOOD), {**listed(GOOD), **words})
    assert told[1] == "  kinds that count: — → 夜间检查"
    assert told[-1] == "verdicts change"


def test_a_window_on_other_days_touches_the_duties_that_name_it(tmp_path: Path) -> None:
    flood = GOOD.replace("per: month", "windows: {each: [汛期]}")
    calendar = "windows:\n  汛期: [{from: 04-15, to: 09-30, en: flood season}]\n"
    assert "汛期:" in (WORDS / "calendar.yaml").read_text(encoding="utf-8")
    told = lines(tmp_path / "a", listed(flood), {**listed(flood), "office__calendar": calendar})
    assert told[:2] == ["changed  demo.good.check  带队检查", "  days of its windows"]
    other = lines(tmp_path / "b", listed(GOOD), {**listed(GOOD), "office__calendar": calendar})
    assert other[-1] == "no verdict changes"


def test_documents_that_come_and_go_are_named(tmp_path: Path) -> None:
    second = {"rules__more__document": DOCUMENT, "rules__more__list": GOOD}
    told = lines(tmp_path, listed(GOOD), {**listed(GOOD), **second})
    assert told[0] == "documents added: more"
    assert told[1] == "added  more.list.check  带队检查"


def test_the_plain_values_say_the_same(tmp_path: Path) -> None:
    old = load(world(tmp_path / "old", **listed(GOOD)))
    new = load(world(tmp_path / "new", **listed(BOTH.replace("per: month", "per: week"))))
    found = difference(old, new)
    assert [change.sort for change in found.changes] == [ChangeSort.CHANGED, ChangeSort.ADDED]
    assert found.changes[0].days == (date(2024, 1, 1), None)
    said = DiffWords(old, new, found, "en").json()
    assert said["changes_verdicts"] is True
    assert said["counts"] == {"added": 1, "removed": 0, "changed": 1, "renamed": 0}
    assert said["duties"][0] == {
        "id": "demo.good.check",
        "change": "changed",
        "effect": "verdicts",
        "keys": ["frequency"],
        "first": "2024-01-01",
        "last": None,
        "first_periods": ["2024-01", "2024-W01"],
        "before": {
            "id": "demo.good.check",
            "title": "带队检查",
            "holder": "principal",
            "measure": "at least once a month",
        },
        "after": {
            "id": "demo.good.check",
            "title": "带队检查",
            "holder": "principal",
            "measure": "at least once a week",
        },
    }
    assert said["duties"][1]["before"] is None
