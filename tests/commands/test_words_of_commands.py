"""The command line speaks Chinese, English on request, and its page is fresh."""

from __future__ import annotations

import gettext
import os
import re
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from commands.bilingual import Command, Group
from commands.command_line import cli, run
from commands.help.click_words import CLICK_SAYS, click_speaks
from reports.catalogue import (
    CHINESE,
    CLICK,
    PROBLEMS,
    as_po,
    renewed,
    renewed_click,
    renewed_problems,
    untranslated,
)
from reports.i18n import LANGS, Lang, translator

ROOT = Path(__file__).parents[2]
CJK = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"(?<![\w'/.-])[A-Za-z]?[a-z]{2,} [a-z]{2,}(?![\w'/.])")
"""Two plain words in a row: English that nobody translated. Names of options are none."""


def commands(group: Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*above, name)
        if isinstance(command, Group):
            yield from commands(command, (*above, name))


def found(name: tuple[str, ...]) -> Command | Group:
    at: click.Command = cli
    for part in name:
        assert isinstance(at, Group)
        at = at.commands[part]
    assert isinstance(at, (Command, Group)), name
    return at


def english_in(out: str) -> list[str]:
    """The lines that somebody forgot to translate; a command as it is typed is none."""
    typed = ("用法:", "查看帮助：")
    return [x for x in out.splitlines() if not x.startswith(typed) and SENTENCE.search(x)]


NAMES = [(), *commands(cli)]


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_every_command_and_option_has_help_in_both_languages(name: tuple[str, ...]) -> None:
    text, options = found(name).written()
    for said in (text, *(help_text for _, help_text in options)):
        plain = " ".join(said.split())
        assert plain and not CJK.search(plain), (name, plain)
        with click_speaks("zh"):
            chinese = translator("zh")(plain)
            chinese = gettext.gettext(plain) if chinese == plain else chinese
        assert CJK.search(chinese), f"{name}: no Chinese for {plain!r}"


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_help_is_chinese_whatever_the_machine_speaks(
    name: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, language in (("LANG", "de_DE.UTF-8"), ("LANGUAGE", "en"), ("LC_ALL", "C")):
        monkeypatch.setenv(variable, language)
    assert run([*name, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("用法:") and "选项:" in out and "显示本帮助后退出。" in out
    assert not english_in(out)


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
@pytest.mark.parametrize("how", [["--lang", "en"], ["--lang=en"]], ids=" ".join)
def test_help_is_english_on_request(
    name: tuple[str, ...], how: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*name, "--help"]) == 0
    capsys.readouterr()
    # The rules group itself has no options of its own, so the language is asked for before it.
    assert run([*how, *name, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Usage:") and "Show this message and exit." in out
    assert not CJK.search(out)


WRONG = [
    (["audt"], "没有命令“audt”；是不是“audit”？"),
    (["rules", "chek"], "没有命令“chek”；是不是“check”或“schema”？"),
    (["audit"], "“audit”需要 --as-of 日期"),
    (["audit", "--as-of", "2023-02-30"], "“2023-02-30”不是日期；2023 年 2月有 28 天"),
    (["audit", "--as-of"], "选项 '--as-of' 后面要写一个值"),
    (["audit", "--sapn", "2023"], "没有选项 '--sapn'"),
    (["audit", "--again", "one"], "'one' 不是有效的数"),
    (["audit", "--json=3"], "选项 '--json' 后面不带值"),
    (["why"], "缺少参数 '判定…'"),
    (["alerts"], "缺少选项 '--as-of'"),
    (["init", "here"], "多出了参数（here）"),
    (["init", "--lang", "fr"], "'fr' 不在可选之列：'zh', 'en'。"),
    (["record", "--kind", "检查"], "缺少选项 '--day'"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_a_wrong_command_line_is_told_in_chinese_and_ends_with_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    told = capsys.readouterr()
    assert said in told.err and told.err.count("错误：") == 1
    assert not told.out and not english_in(told.err)


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_a_wrong_command_line_is_told_in_english_on_request(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTYCLOCK_LANG", "en")
    assert run(words) == 2
    told = capsys.readouterr().err
    assert "Error: " in told
    assert not CJK.search(told.replace("检查", ""))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_process_is_left_as_it_was(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    before = gettext.textdomain()
    run(["--lang", lang, "--help"])
    assert gettext.textdomain() == before
    assert "LANGUAGE" not in os.environ


def test_click_speaks_where_nobody_compiled_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(CLICK, folder)
    monkeypatch.setattr("reports.i18n.LOCALE", tmp_path)
    monkeypatch.setattr("commands.help.click_words.LOCALE", tmp_path)
    with click_speaks("zh"):
        assert gettext.gettext("Missing command.") == "缺少命令。"


def test_click_still_says_its_words_as_they_are_listed() -> None:
    folder = Path(click.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    plain = re.sub(r"\"\s+\"", "", code.replace("'", '"'))
    forms = [form for said in CLICK_SAYS for form in ([said] if isinstance(said, str) else said)]
    gone = [form for form in forms if repr(form)[1:-1].replace("'", '"') not in plain]
    assert not gone


def test_everything_that_is_said_has_words_and_the_catalogues_are_fresh() -> None:
    for path, catalogue in (
        (CHINESE, renewed()),
        *((PROBLEMS[lang], renewed_problems(lang)) for lang in LANGS),
        (CLICK, renewed_click()),
    ):
        assert not untranslated(catalogue), path
        assert path.read_bytes() == as_po(catalogue), f"{path}: make words writes it anew"


def test_the_pages_made_from_the_program_are_fresh(tmp_path: Path) -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make.py"))
    pages = made["PAGES"]
    assert {"cli.md", "clauses/banan_2024/README.md", "clauses/park_2022.md"} <= set(pages)
    assert made["stale"](ROOT / "docs") == []
    names = ("clauses/banan_2024.md", "clauses/banan_2024/fire.md", "clauses/banan_2024/gone.md")
    for path in [tmp_path / name for name in names]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert set(made["stale"](tmp_path)) == {tmp_path / names[0], tmp_path / names[2]}
    for name, page in pages.items():
        is_fresh = (ROOT / "docs" / name).read_text(encoding="utf-8") == page()
        assert is_fresh, f"docs/{name} is stale: make docs writes it anew"


def test_the_page_of_the_command_line_names_every_command_and_option() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert " ".join(("dutyclock", *name)) in page
        for option, _ in found(name).written()[1]:
            assert option.opts[0] in page, option.opts
