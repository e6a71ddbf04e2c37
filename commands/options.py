"""Options that several commands take, and the type of a day that is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from commands.bilingual import SPOKEN, YEAR_IN_SIGHT
from problems import Objection, said
from reports.problem_words import in_one_line

F = TypeVar("F", bound=Callable[..., Any])

LARGEST_NUMBER = 2**31 - 1
"""The largest number that an entry or a kept audit can have, in every database."""


class Day(click.ParamType[date]):
    """The type of an option that takes a day of the years 1900 to 2199, in all forms that tables
    take: YYYY-MM-DD, 2026.6.12, or 6月3日 where the command line names one year elsewhere.
    """

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; anything else is told with what would be right."""
        if isinstance(value, date):
            return value
        from data.cell_values import in_the_years
        from data.dates import day_of

        year = ctx.meta.get(YEAR_IN_SIGHT) if ctx else None
        try:
            day = date.fromisoformat(in_the_years(day_of(str(value), year)))
        except Objection as error:
            lacks_year = error.hint is not None and error.hint.code == "day_needs_year"
            hint = said("write_the_year_too") if lacks_year else error.hint
            self.fail(in_one_line(error.said, hint, SPOKEN.get()), param, ctx)
        return day


def shared_options(command: F) -> F:
    """The command with the options that every command takes, before or after its name."""
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
    """The command with the options of one that changes the store: who does it, and why."""
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


def papers_asked(command: F) -> F:
    """The command with the options that ask for papers besides pages and texts."""
    for option in (
        click.option(
            "--word", is_flag=True, help="A Word document (.docx) of each sealed paper too."
        ),
        click.option("--pdf", is_flag=True, help="A PDF of each paper too, as it is signed."),
    ):
        command = option(command)
    return command


AS_OF = click.option(
    "--as-of", type=Day(), help="The day that is judged; today where it is left out."
)
DAY_JUDGED = click.option("--as-of", type=Day(), required=True, help="The day that is judged.")
KNOWN_ON = click.option(
    "--known-on", type=Day(), help="With what was recorded by the end of this day."
)
SPAN = click.option(
    "--span", metavar="SPAN", help="A period such as 2024-06, 2024-Q2 or FIRST..LAST."
)
UNIT = click.option("--unit", metavar="UNIT", help="This unit and those below it.")
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
ALL = click.option("--all", "every", is_flag=True, help="Every line, not only the first ones.")
