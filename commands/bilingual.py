"""The language of a command line: which one is asked for, and help that is written in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextvars import ContextVar
from gettext import gettext

import click

from commands.help.pages import HelpContext
from commands.machine import setting
from problems import did_you_mean, said
from reports.i18n import Lang, translator
from reports.placeholders import in_placeholders
from reports.problem_words import in_one_line

SPOKEN: ContextVar[Lang] = ContextVar("SPOKEN", default="zh")
"""The language of the running command line, for texts that are made before options are read."""


def language(arguments: Sequence[str]) -> Lang:
    """The language asked for anywhere on the command line, else in the environment; zh."""
    asked = [setting("LANG")]
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            asked.append(arguments[at + 1])
        elif argument.startswith("--lang="):
            asked.append(argument.removeprefix("--lang="))
    # An unknown language is complained of in the one that would otherwise be spoken.
    known = [one for one in asked if one in ("zh", "en")]
    return "en" if known[-1:] == ["en"] else "zh"


def _in_words(text: str) -> str:
    """The text in the language of the command line: ours, or one that click wrote."""
    plain = " ".join(text.split())
    ours = translator(SPOKEN.get())(plain)
    return gettext(plain) if ours == plain else in_placeholders(ours, SPOKEN.get())


def _placeholder(param: click.Parameter) -> str:
    is_number = isinstance(param.type, click.types.IntParamType)
    is_day = param.type.name == "DAY"
    return param.metavar or (param.type.name.upper() if is_number or is_day else "")


class _Spoken:
    """Puts a command's help, and that of its options, into the language asked for."""

    help: str | None
    params: list[click.Parameter]
    _placeholders: list[tuple[object, str, str]]

    def written(self) -> tuple[str, list[tuple[click.Option, str]]]:
        """The help as the code has it, in English, and that of each option."""
        if not hasattr(self, "_written"):
            # The English is kept: the next command line may ask for another language.
            options = [param for param in self.params if isinstance(param, click.Option)]
            self._written = (self.help or "", [(one, one.help or "") for one in options])
        return self._written

    def _translate(self) -> None:
        text, options = self.written()
        self.help = _in_words(text)
        for option, text in options:
            option.help = _in_words(text)
        self.name_placeholders(SPOKEN.get())

    def name_placeholders(self, lang: Lang) -> None:
        """What stands for what is typed is named in that language, in help and in refusals."""
        if not hasattr(self, "_placeholders"):
            self._placeholders = [(one, "metavar", _placeholder(one)) for one in self.params]
            self._placeholders.append((self, "options_metavar", "[OPTIONS]"))
            if isinstance(self, click.Group):
                self._placeholders.append((self, "subcommand_metavar", "COMMAND [ARGS]..."))
        for one, name, text in self._placeholders:
            setattr(one, name, in_placeholders(text, lang) if text else None)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The words that are left; a refusal names what is lacking in the reader's language."""
        self.name_placeholders(SPOKEN.get())
        return super().parse_args(ctx, args)  # type: ignore[misc, no-any-return]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that prints this help; click words it once, in the first reader's language."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = gettext("Show this message and exit.")
        return option  # type: ignore[no-any-return]

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help, as the group lists it."""
        self._translate()
        return super().get_short_help_str(limit=max(limit, 90))  # type: ignore[misc, no-any-return]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help, in the reader's language."""
        self._translate()
        super().format_help(ctx, formatter)  # type: ignore[misc]


YEAR_IN_SIGHT = "dutyclock.year"
"""Where a command finds the one year that its command line names in days or spans."""

_DAYS = re.compile(r"(?:--[a-z-]+=)?[12][0-9]{3}[-./年][0-9QHW./年月日号-]*")
"""A word that is a day or a span from its beginning to its end: no year of a reason or a title."""

_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})(?=[-./年])")


class Command(_Spoken, click.Command):
    """A command whose help is in the language of the command line, and which tells all options that
    are missing or wrong at once. Days that name no year are of the one that its other days name.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the options, as click does, which would stop at the first that is wrong; the year
        in sight is known before any of them is read.
        """
        words = list(args)
        named = [word for word in words if _DAYS.fullmatch(word)]
        years = {int(year) for word in named for year in _YEAR.findall(word)}
        if len(years) == 1:
            ctx.meta[YEAR_IN_SIGHT] = years.pop()
        try:
            return super().parse_args(ctx, args)
        except click.BadParameter:
            wrong = self._wrong(ctx, words)
            if len(wrong) < 2:
                raise
            ctx.fail("\n".join(wrong))

    def _wrong(self, ctx: click.Context, words: list[str]) -> list[str]:
        found, rest, _ = self.make_parser(ctx).parse_args(args=words)
        wrong = []
        for param in self.get_params(ctx):
            try:
                param.handle_parse_result(ctx, found, rest)
            except click.BadParameter as error:
                wrong.append(error.format_message())
        return wrong


class Group(_Spoken, click.Group):
    """A group of commands with such help; for an unknown one, near names are offered."""

    command_class = Command
    context_class = HelpContext
    group_class = type

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name; an unknown name ends with what was perhaps meant."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            hint = did_you_mean(name, self.list_commands(ctx))
            ctx.fail(in_one_line(said("no_such_command", name=name), hint, SPOKEN.get()))
        return super().resolve_command(ctx, args)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the commands in the order in which a newcomer needs them."""
        return list(self.commands)
