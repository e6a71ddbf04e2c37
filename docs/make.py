"""Makes the pages of this folder that come from the program: `make docs` writes them.

A page is a line of `PAGES`: the name of its file, and the function that gives its text. In
`clauses/` stands a page for each document of the rules and nothing else; a large document has a
folder there, with a page for each of its lists and an index.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from gettext import gettext
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import click  # noqa: E402

from commands.bilingual import Command, Group  # noqa: E402
from commands.command_line import cli  # noqa: E402
from commands.help.click_words import click_speaks  # noqa: E402
from commands.options import shared_options  # noqa: E402
from docs.sentence_page import sentence_page  # noqa: E402
from reports.i18n import translator  # noqa: E402
from reports.rules.rule_page import list_pages, rule_page  # noqa: E402
from reports.rules.vocabulary_page import vocabulary_md  # noqa: E402
from rules.loader import BUILTIN, load_rulebook  # noqa: E402
from rules.rulebook import Rulebook  # noqa: E402

HEAD = """\
# The command line

<!-- Made from the program by `make docs`; change the help in `commands/` instead. -->

`dutyclock COMMAND --help` says the same at the terminal, in Chinese; with `--lang en` (or
`DUTYCLOCK_LANG=en`) in English. `dutyclock --version` says which version it is.
A DAY is written YYYY-MM-DD, or as tables take it: 2024.6.3, or 6月3日 where another day of the
command names the year; a SPAN is a label such as `2024-06`, `2024-Q2`, `2024/汛期`, or
`FIRST..LAST`; a VERDICT is its id `DUTY@HOLDER@LABEL`, the number of a row, or words. Where the id
of something in the store or in the rules is asked for, its name will do.

| exit code | means | 含义 |
|---|---|---|
| 0 | done; for `audit`: nothing in its span is overdue | 完成；`audit`：时段内没有逾期 |
| 1 | `audit`: something in its span is overdue | `audit`：时段内有逾期未完成 |
| 2 | bad input, or could not judge (standard error says why) | 输入有误或无法判定 |
| 130 | interrupted: nothing half done | 被中断：没有只做了一半的事 |
"""


def cli_page() -> str:
    """Every command with its arguments and options, in English with the Chinese beside."""
    shared = {name for option in _shared() for name in option.opts}
    parts = [HEAD, "## Options of every command · 各命令通用的选项\n"]
    parts.append(_table(cli, lambda option: bool(shared & set(option.opts))))
    for name, command in _commands(cli, "dutyclock"):
        usage = " ".join((name, *command.collect_usage_pieces(click.Context(command))))
        text, _ = command.written()
        parts.append(f"## {name}\n\n    {usage}\n\n{_plain(text)}\n\n{_chinese(text)}\n")
        own = _table(command, lambda option: not shared & set(option.opts))
        if own:
            parts.append(own)
    return "\n".join(parts)


def _shared() -> list[click.Option]:
    @click.command("any")
    @shared_options
    def some(**_options: object) -> None:
        """A command with nothing but the options that all have."""

    return [one for one in some.params if isinstance(one, click.Option)]


def _commands(group: Group, above: str) -> Iterator[tuple[str, Command | Group]]:
    """Every command below a group with its full name, in the order of the help."""
    for name, command in group.commands.items():
        assert isinstance(command, (Command, Group)), name
        yield f"{above} {name}", command
        if isinstance(command, Group):
            yield from _commands(command, f"{above} {name}")


def _table(command: Command | Group, shown: Callable[[click.Option], bool]) -> str:
    """The options as a table; empty where there are none."""
    rows = [
        f"| `{_names(option)}` | {_plain(text)}{_extra(option)} | {_chinese(text)} |"
        for option, text in command.written()[1]
        if shown(option)
    ]
    return "\n".join(["| option | | |", "|---|---|---|", *rows, ""]) if rows else ""


def _names(option: click.Option) -> str:
    takes = "" if option.is_flag else f" {option.make_metavar(click.Context(cli))}"
    return ", ".join(option.opts).replace("|", "\\|") + takes.replace("|", "\\|")


def _extra(option: click.Option) -> str:
    if option.required:
        return " *Required.*"
    return f" *Default: `{option.default}`.*" if option.show_default else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _chinese(text: str) -> str:
    plain = " ".join(text.split())
    with click_speaks("zh"):
        said = translator("zh")(plain)
        return (gettext(plain) if said == plain else said).replace("|", "\\|")


@cache
def _rulebook() -> Rulebook:
    return load_rulebook([BUILTIN])


def clauses_page(document: str) -> str:
    """A document's duties by who owes them, and what was ruled out, in Chinese as the rules are."""
    return rule_page(_rulebook(), [document], "md")


def vocabulary_page() -> str:
    """The words of the rules in both languages."""
    return vocabulary_md(_rulebook())


MOST_DUTIES = 100
"""How many duties stand on one page at most: a document with more has one page a list."""


@cache
def _lists(document: str) -> dict[str, str]:
    return list_pages(_rulebook(), document)


def _list_page(document: str, file: str) -> str:
    return _lists(document)[file]


def _clauses() -> Iterator[tuple[str, Callable[[], str]]]:
    """The pages of the documents by their files."""
    for name in _rulebook().documents:
        if sum(duty.document == name for duty in _rulebook().duties) <= MOST_DUTIES:
            yield f"clauses/{name}.md", partial(clauses_page, name)
            continue
        for file in _lists(name):
            yield (
                f"clauses/{name}/{file}",
                partial(_list_page, name, file),
            )


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "vocabulary.md": vocabulary_page,
    "sentences.md": partial(sentence_page, HERE.parent),
    **dict(_clauses()),
}


def main() -> None:
    """Writes every page that reads differently from what is there; removes those of no document."""
    for name, page in PAGES.items():
        path, text = HERE / name, page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"docs/{name}")
    for path in stale(HERE):
        path.unlink()
        print(f"docs/{path.relative_to(HERE).as_posix()} removed")
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def stale(docs: Path) -> list[Path]:
    """The pages of clauses in a folder like this one that nothing makes any more."""
    pages = sorted((docs / "clauses").rglob("*.md"))
    return [path for path in pages if path.relative_to(docs).as_posix() not in PAGES]


if __name__ == "__main__":
    main()
