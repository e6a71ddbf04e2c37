"""What every command shares: its options, the language, the store, the rules, today.

This is the edge: it reads the clock and the environment, and hands plain values inwards.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from commands.papers import quiet_on_broken_pipe
from problems import Objection, Said, readable, said
from reports.i18n import Lang, translator

if TYPE_CHECKING:
    from rich.console import Console

    from data.store.journal import Doing
    from services.look import When
    from services.office import Office

F = TypeVar("F", bound=Callable[..., Any])
BUILTIN = "builtin"
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days that a command is asked about; what is judged looks some years to both sides of them."""

SPOKEN: ContextVar[Lang] = ContextVar("SPOKEN", default="zh")
"""The language of the running command line, for texts that are made before options are read."""


@dataclass(frozen=True)
class Edge:
    """What was asked of any command: where the store, rules and office folder are, and words."""

    db: str | None = None
    rules: tuple[str, ...] = ()
    folder: str | None = None
    lang: Lang = "zh"
    by: str | None = None
    why: str | None = None

    def say(self, text: str) -> str:
        """The text in the chosen language."""
        return translator(self.lang)(text)

    def office(self) -> Office:
        """The office that is asked: as named, from the environment, or in the user's folders."""
        from rules.loader import BUILTIN as SHIPPED
        from services.office import Office

        address = self.db or os.environ.get("DUTYCLOCK_DB")
        folder = self.folder or os.environ.get("DUTYCLOCK_OFFICE")
        return Office(
            store=address or str(data_folder() / "dutyclock.db"),
            rules=tuple(SHIPPED if x == BUILTIN else Path(x) for x in self.rules or (BUILTIN,)),
            folder=Path(folder) if folder else None,
            cache=cache_folder(),
            is_usual=not address,
        )

    def when(self, as_of: date | None, known_on: date | None = None) -> When:
        """The day that is asked about, as it was given."""
        from services.look import When

        return When(now(), as_of, known_on)

    def doing(self) -> Doing:
        """Who changes the store now, and why, for its journal."""
        from data.store.journal import Doing

        return Doing(now(), self.by or os.environ.get("DUTYCLOCK_BY") or _user(), self.why)

    def console(self) -> Console:
        """Standard output for tables; plain where it is no terminal."""
        from rich.console import Console as Plain

        class Console(Plain):
            def on_broken_pipe(self) -> None:
                """A reader that goes is the command's to answer; rich would end with 1."""
                raise BrokenPipeError

        return Console(highlight=False, width=None if sys.stdout.isatty() else 150)


def _user() -> str | None:
    """The name under which the user is logged in; None where the machine knows none."""
    try:
        return readable(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return None


def now() -> datetime:
    """The moment at which the command runs."""
    return datetime.now(UTC)


def data_folder() -> Path:
    """The user's data folder for this program."""
    from platformdirs import user_data_path

    return user_data_path("dutyclock", appauthor=False)


def cache_folder() -> Path | None:
    """A folder for what can be made again; None where none can be made."""
    from platformdirs import user_cache_path

    folder = user_cache_path("dutyclock", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def progress(label: str) -> Callable[[int, int], None] | None:
    """A progress line on standard error; None where nobody is looking."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        click.echo(f"\r{label} {done}/{total}", err=True, nl=False)
        if end:
            click.echo("", err=True)

    return show


def type_in(words: Sequence[str]) -> None:
    """Runs another public command, shown as it would be typed.

    That something is overdue is no failure; whatever else ends the command ends this one too.
    """
    click.secho("$ dutyclock " + " ".join(words), bold=True)
    root = click.get_current_context().find_root()
    try:
        with (
            quiet_on_broken_pipe(0),
            root.command.make_context(root.info_name, list(words)) as context,
        ):
            root.command.invoke(context)
    except (click.exceptions.Exit, SystemExit) as done:
        code = done.exit_code if isinstance(done, click.exceptions.Exit) else done.code
        if code not in (0, 1):
            raise


def language(arguments: Sequence[str]) -> Lang:
    """The language asked for anywhere on the command line, else in the environment; zh."""
    asked = [os.environ.get("DUTYCLOCK_LANG", "")]
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            asked.append(arguments[at + 1])
        elif argument.startswith("--lang="):
            asked.append(argument.removeprefix("--lang="))
    # A language that there is not is told in the one that would otherwise be spoken.
    known = [one for one in asked if one in ("zh", "en")]
    return "en" if known[-1:] == ["en"] else "zh"


class Day(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; anything else is told with what would be right."""
        if isinstance(value, date):
            return value
        from data.cell_values import iso_day

        try:
            day = date.fromisoformat(iso_day(str(value)))
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                first, last = FIRST_YEAR, LAST_YEAR
                message = said("outside_the_years", value=str(value), first=first, last=last)
                raise Objection(message, said("is_the_year_mistyped"))
        except Objection as error:
            self.fail(said_in_one_line(error.said, error.hint, SPOKEN.get()), param, ctx)
        return day


def said_in_one_line(said: Said, hint: Said | None, lang: Lang) -> str:
    """A message and its hint in one line, for where click says what is wrong."""
    from reports.problem_words import in_one_line

    return in_one_line(said, hint, lang)


def shared_options(command: F) -> F:
    """The options that every command takes, before or after its name."""
    for option in (
        click.option(
            "--lang", type=click.Choice(["zh", "en"]), help="Language of what is printed."
        ),
        click.option(
            "--office", metavar="FOLDER", help="The office's own folder (or DUTYCLOCK_OFFICE)."
        ),
        click.option(
            "--rules",
            metavar="FOLDER",
            multiple=True,
            help="Read these documents; the word 'builtin' stands for the shipped ones.",
        ),
        click.option(
            "--db", metavar="URL", help="The store: a file or database URL (or DUTYCLOCK_DB)."
        ),
    ):
        command = option(command)
    return command


def told_in_journal(command: F) -> F:
    """The options of commands that change the store: who does it, and why."""
    for option in (
        click.option("--why", metavar="TEXT", help="Why it is done, for the store's journal."),
        click.option(
            "--by",
            metavar="NAME",
            help="Who does it, for the store's journal (or DUTYCLOCK_BY; else the user's name).",
        ),
    ):
        command = option(command)
    return command


def with_edge(command: F) -> F:
    """Takes the shared options out of a command's arguments and hands it an `Edge` instead."""

    def run(
        *args: Any,
        db: str | None,
        rules: tuple[str, ...],
        office: str | None,
        lang: Lang | None,
        by: str | None = None,
        why: str | None = None,
        **kwargs: Any,
    ) -> Any:
        context = click.get_current_context()
        above = context.find_object(Edge) or Edge(lang=SPOKEN.get())
        edge = replace(
            above,
            db=db or above.db,
            rules=rules or above.rules,
            folder=office or above.folder,
            lang=lang or above.lang,
            by=by or above.by,
            why=why or above.why,
        )
        return command(edge, *args, **kwargs)

    run.__name__ = getattr(command, "__name__", "run")
    run.__doc__ = command.__doc__
    for attribute in ("__click_params__",):
        if hasattr(command, attribute):
            setattr(run, attribute, getattr(command, attribute))
    return shared_options(run)  # type: ignore[return-value]
