"""Options that several commands take, and the type of a day that is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from commands.bilingual import SPOKEN
from problems import Objection, said
from reports.problem_words import in_one_line

F = TypeVar("F", bound=Callable[..., Any])
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days that a command is asked about; what is judged looks some years to both sides of them."""

LARGEST_NUMBER = 2**31 - 1
"""The largest number that an entry or a kept audit can have, in every database."""


class Day(click.ParamType[date]):
    """The type of an option that takes a day, YYYY-MM-DD, of the years 1900 to 2199."""

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
            self.fail(in_one_line(error.said, error.hint, SPOKEN.get()), param, ctx)
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
