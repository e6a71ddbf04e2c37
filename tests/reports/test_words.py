"""The words of the program: both languages say everything, and the catalogue is fresh."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

import pytest

from engine.calendar.periods import Period, months_from
from engine.judging.making_up import Remedy
from engine.judging.verdict import LIGHTS, ExemptReason, Reason, State, VerdictFlag
from reports import codes as words
from reports import i18n
from reports.catalogue import CHINESE, renewed, texts_of_code, untranslated
from reports.figures import day_text, number, percent, period_text, span_text
from reports.handover.words import REMEDIES
from reports.i18n import LANGS, translator
from reports.leader.context import LeaderFile
from reports.month.context import Month, StatRow
from reports.notice.context import Index, IndexRow, Law, Notice, NoticeRow, RefusedRow


def test_the_states_are_called_what_the_reference_calls_them() -> None:
    said = [words.state_word(state) for state in State]
    assert said == [
        "待明确",
        "免除",
        "超出上限",
        "已完成",
        "逾期补办",
        "未开始",
        "临期",
        "进度滞后",
        "进行中",
        "逾期未完成",
    ]


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.STATES, State),
        (words.SHORT_STATES, State),
        (words.EXEMPT_REASONS, ExemptReason),
        (words.REASONS, Reason),
        (words.FLAGS, VerdictFlag),
    ],
)
def test_every_code_has_its_word_in_both_languages_and_no_word_is_left_over(table, codes) -> None:
    assert list(table) == list(codes)
    assert all(type(key) is codes for key in table)
    for word in table.values():
        assert word.in_("en").isascii() and word.in_("en")
        assert word.in_("zh") and not word.in_("zh").isascii()


ROOT = Path(__file__).parents[2]
CODES = {*State, *VerdictFlag, *ExemptReason, *Reason, *Remedy}
CODED = {"state", "flags", "reason"}


def texts_asked_of_codes(code: str) -> Iterator[str]:
    """The bare texts with which a state, flags or a reason are compared."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Compare):
            sides = [part for side in (node.left, *node.comparators) for part in ast.walk(side)]
            names = {getattr(part, "attr", getattr(part, "id", None)) for part in sides}
            texts = [part.value for part in sides if isinstance(part, ast.Constant)]
            if names & CODED:
                yield from (text for text in texts if isinstance(text, str) and text in CODES)


def test_no_branch_hangs_on_the_text_of_a_code() -> None:
    asked = 'if "closed" in one.flags or reason == "kind" or x.reason in ("role", y): pass'
    assert list(texts_asked_of_codes(asked)) == ["closed", "kind", "role"]
    found = {
        f"{path.relative_to(ROOT)}: {text}"
        for package in ("engine", "reports", "commands", "data", "rules", "bench")
        for path in sorted((ROOT / package).rglob("*.py"))
        for text in texts_asked_of_codes(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_every_remedy_is_told_in_both_languages() -> None:
    assert list(REMEDIES) == list(Remedy)
    assert all(not translator("zh")(said).isascii() for said in REMEDIES.values())


@pytest.mark.parametrize("lang", LANGS)
def test_codes_are_told_by_their_words(lang) -> None:
    told = [words.state_word(state, lang) for state in State]
    assert told == [word.in_(lang) for word in words.STATES.values()]
    assert all(words.light_word(light, lang) for light in LIGHTS.values())
    assert words.reason_word(Reason.KIND, lang) == words.REASONS[Reason.KIND].in_(lang)
    assert words.exempt_word(ExemptReason.WAIVED, lang) in ("经批准豁免", "waived")
    assert words.exempt_word(None, lang) == ""
    two = (VerdictFlag.NO_DATA, VerdictFlag.CLOSED)
    assert words.flag_words(two, lang) in (
        "本期全单位无履职记录、补办期已过",
        "no record of the unit in the period, past making up",
    )


def test_every_text_of_the_program_has_its_chinese() -> None:
    assert untranslated(renewed()) == []


def test_a_changed_catalogue_is_compiled_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "some.po").write_text('msgid "clause"\nmsgstr "条款"\n', encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    made = i18n.compiled("zh", "some")
    assert i18n.catalogue_entries("zh", "some") == {"clause": "条款"}
    (folder / "some.po").write_text('msgid "clause"\nmsgstr "条文"\n', encoding="utf-8")
    os.utime(made, (0, 0))
    i18n.catalogue_entries.cache_clear()
    assert i18n.catalogue_entries("zh", "some") == {"clause": "条文"}
    assert [one.name for one in sorted(folder.iterdir())] == ["some.mo", "some.po"]
    i18n.catalogue_entries.cache_clear()


def test_words_that_cannot_be_compiled_say_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_text: Path, _made: Path) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "zh" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "zh" / "LC_MESSAGES" / "some.po").write_text("", encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    monkeypatch.setattr(i18n, "_compile", full)
    with pytest.raises(FileNotFoundError, match=r"No space left.*pip install --editable"):
        i18n.compiled("zh", "some")


def test_a_catalogue_keeps_what_is_said_and_drops_what_is_not(tmp_path: Path) -> None:
    (tmp_path / "cli.py").write_text('_("clause"); say("gone soon"); f(help="help me")\n')
    catalogue = renewed(CHINESE, tmp_path)
    assert {one.id for one in catalogue if one.id} == {"clause", "gone soon", "help me"}
    assert catalogue.get("clause").string == "条款"
    assert untranslated(catalogue) == ["gone soon", "help me"]


def test_the_help_of_a_command_is_a_text() -> None:
    code = (
        '@click.command("audit")\ndef audit():\n    "Judge\\n    all."\n\ndef other():\n    "No."'
    )
    assert list(texts_of_code(code)) == ["Judge all."]


def test_english_stands_as_it_is_written() -> None:
    assert translator("en")("clause") == "clause"
    assert translator("zh")("clause") == "条款"


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (None, "—"),
        (Fraction(0), "0.0%"),
        (Fraction(1), "100.0%"),
        (Fraction(17, 20), "85.0%"),
        (Fraction(1, 2000), "0.1%"),  # a half rounds up
        (Fraction(1, 100000), "0.1%"),  # something is done
        (Fraction(99999, 100000), "99.9%"),  # something is open
        (Fraction(2, 3), "66.7%"),
        (Fraction(8885, 10000), "88.9%"),
    ],
)
def test_a_rate_has_one_decimal_and_is_never_rounded_to_all_or_nothing(rate, shown) -> None:
    assert percent(rate) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3, "3"), (Fraction(3, 2), "1.5"), (Fraction(1, 3), "1/3"), (Fraction(100), "100")],
)
def test_a_quantity_is_printed_without_rounding(value, shown) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("2024", "2024年"),
        ("2024-06", "2024年6月"),
        ("2024-Q2", "2024年二季度"),
        ("2024-H1", "2024年上半年"),
        ("2024-W03", "2024年第3周"),
        ("2024/汛期", "2024年汛期"),
        ("E7", "E7"),
    ],
)
def test_a_period_goes_by_what_a_clerk_calls_it(label, shown) -> None:
    assert period_text(label, months_from(2024, 6)) == shown
    assert period_text(label, months_from(2024, 6), "en") == label


def test_days_have_no_leading_zeros_and_the_year_is_said_once() -> None:
    days = months_from(2024, 6)
    assert day_text(days.first) == "2024年6月1日"
    assert span_text(Period(days.first, days.first)) == "2024年6月1日"
    assert span_text(Period(days.first, days.last.replace(year=2025))) == (
        "2024年6月1日至2025年6月30日"
    )


@pytest.mark.parametrize(
    "kind", [Index, IndexRow, Law, LeaderFile, Month, Notice, NoticeRow, RefusedRow, StatRow]
)
def test_every_field_that_a_template_gets_has_its_help(kind) -> None:
    assert all(one.metadata["help"] for one in fields(kind))
