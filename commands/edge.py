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
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from problems import BadInput, Place, Problem, did_you_mean
from reports.i18n import Lang, translator

if TYPE_CHECKING:
    from rich.console import Console

    from data.journal import Doing
    from data.kept_rules import KeptFile
    from data.store import Store
    from data.words import Words
    from engine.periods import Period
    from engine.policy import Policy
    from engine.world import World
    from rules.rulebook import Rulebook

F = TypeVar("F", bound=Callable[..., Any])
BUILTIN = "builtin"
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days that a command is asked about; what is judged looks some years to both sides of them."""
DEFAULT_TIMEZONE = "Asia/Shanghai"

SPOKEN: ContextVar[Lang] = ContextVar("SPOKEN", default="zh")
"""The language of the running command line, for texts that are made before options are read."""


@dataclass(frozen=True)
class Edge:
    """What was asked of any command: where the store, rules and office folder are, and words."""

    db: str | None = None
    rules: tuple[str, ...] = ()
    office: str | None = None
    lang: Lang = "zh"
    by: str | None = None
    why: str | None = None

    def say(self, text: str) -> str:
        """The text in the chosen language."""
        return translator(self.lang)(text)

    def address(self) -> str:
        """Where the store is: as asked, from the environment, or in the user's data folder."""
        given = self.db or os.environ.get("DUTYCLOCK_DB")
        return given or str(data_folder() / "dutyclock.db")

    def new_address(self) -> str:
        """Where a store is to be made; the user's data folder is there then."""
        if not self.db and not os.environ.get("DUTYCLOCK_DB"):
            _make_folder(data_folder())
        return self.address()

    def doing(self, store: Store | None = None) -> Doing:
        """Who changes the store now, and why, for its journal."""
        from data.journal import Doing

        return Doing(now(store), self.by or os.environ.get("DUTYCLOCK_BY") or _user(), self.why)

    def store(self) -> Store:
        """The store, opened. Raises BadInput where there is none."""
        from data.store import open_store

        address = self.address()
        if address == str(data_folder() / "dutyclock.db") and not data_folder().exists():
            hint = "make one with 'dutyclock init'"
            raise BadInput([Problem(Place(address), "there is no store here", hint)])
        return open_store(address)

    def made_store(self, records_from: date | None = None) -> Store:
        """The store, made when there is none."""
        from data.making import create_store

        doing = self.doing()
        return create_store(self.new_address(), records_from, doing.now, doing.who, doing.why)

    def office_folder(self) -> Path | None:
        """The office's own folder. Raises BadInput where the named one is not there."""
        given = self.office or os.environ.get("DUTYCLOCK_OFFICE")
        if not given:
            return None
        folder = Path(given)
        if not folder.is_dir():
            raise BadInput([Problem(Place(given), "no such folder", "name the office's folder")])
        return folder

    def rule_folders(self) -> list[Path]:
        """The folders whose documents are read."""
        from rules.loader import BUILTIN as SHIPPED

        return [SHIPPED if name == BUILTIN else Path(name) for name in self.rules or (BUILTIN,)]

    def rulebook(self) -> Rulebook:
        """The rules, checked. Raises BadInput with all their problems."""
        from rules.loader import load_rulebook

        return load_rulebook(self.rule_folders(), self.office_folder(), cache_folder())

    def kept_files(self, rulebook: Rulebook) -> list[KeptFile]:
        """The files of the rulebook, to be kept. Raises BadInput where they are others by now."""
        from data.kept_rules import KeptFile
        from rules.files import hashes_of
        from rules.loader import rule_files

        files = rule_files(self.rule_folders(), self.office_folder())
        if hashes_of(files) != rulebook.hashes:
            told = "the rule files were changed while they were read"
            raise BadInput([Problem(Place("--rules"), told, "run the command again")])
        return [KeptFile(file.role, file.label, file.document, file.raw) for file in files]

    def words(self) -> Words:
        """The vocabulary's words, as imports check them."""
        from data.words import Words

        vocabulary = self.rulebook().vocabulary
        return Words(
            kinds=frozenset(vocabulary.kinds),
            roles=frozenset(vocabulary.roles),
            post_classes=frozenset(vocabulary.post_classes),
            event_types=frozenset(vocabulary.event_types),
            label_forms=period_forms,
        )

    def policy(self) -> Policy:
        """The office's alert policy, else the shipped one."""
        from engine.policy import DEFAULT_POLICY, load_policy

        office = self.office_folder()
        own = office / "policy.yaml" if office else None
        return load_policy(own if own is not None and own.exists() else DEFAULT_POLICY)

    def templates(self) -> Path | None:
        """The office's own templates, where it has some."""
        office = self.office_folder()
        own = office / "templates" if office else None
        if own is None or not own.is_dir():
            return None
        from commands.papers import check_templates

        check_templates(own, tuple(self.policy().levels))
        return own

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
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None


def period_forms(text: str) -> str | None:
    """How a period's label is written; None where the text is one."""
    from engine.labels import FORMS, parse_label

    return None if parse_label(text) else f"a period is written {FORMS}"


def now(store: Store | None = None) -> datetime:
    """The moment at which the command runs, local to the store."""
    zone = store.timezone() if store else DEFAULT_TIMEZONE
    return datetime.now(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)


def today(store: Store | None = None) -> date:
    """The day on which the command runs, local to the store."""
    return now(store).date()


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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = Problem(
            Place(str(folder)),
            f"cannot be made: {error.strerror or error}",
            "name another place with --db FILE",
        )
        raise BadInput([problem]) from None


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
        from data.cells import CellError, day_text

        try:
            day = date.fromisoformat(day_text(str(value)))
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                message = f"'{value}' lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
                raise CellError(message, "is the year mistyped?")
        except CellError as error:
            self.fail(told(error.message, error.hint, SPOKEN.get()), param, ctx)
        return day


def told(message: str, hint: str, lang: Lang) -> str:
    """A message and its hint in one line, for where click says what is wrong."""
    from reports.problem_words import in_words

    said, more = in_words(message, lang), in_words(hint, lang)
    return said + ({"zh": "；", "en": "; "}[lang] + more if more else "")


def parsed_span(world: World, text: str, unit: str | None = None) -> Period:
    """The days of a span as it was typed. Raises BadInput with what spans look like."""
    from engine.labels import FORMS, parse_span

    try:
        return parse_span(text, world.windows, world.chain(unit) if unit else ())
    except ValueError as error:
        _, parted, name = text.rpartition("/")
        near = did_you_mean(name, world.rulebook.calendar.windows) if parted else ""
        hint = "" if FORMS in str(error) else f"a span is {FORMS}"
        raise BadInput([Problem(Place("--span"), str(error), near or hint)]) from None


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
            office=office or above.office,
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
