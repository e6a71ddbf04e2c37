"""The numbers before rows that show verdicts, kept while they are printed: `why 3` asks by them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from commands.context import Edge
from commands.machine import data_folder, user_name
from commands.screen import tell
from reports.problem_words import in_words

if TYPE_CHECKING:
    from reports.numbered import RowNumbers
    from services.shown import Reader


def reader() -> Reader:
    """Who sits before the screen."""
    from services.shown import Reader

    return Reader(user_name() or "user", data_folder())


@contextmanager
def numbered(edge: Edge, as_of: date, known_on: date | None) -> Iterator[RowNumbers]:
    """Numbers for the rows that are printed within; kept also where the reader leaves early, for
    else a number would be about another table.
    """
    from reports.numbered import RowNumbers
    from services.shown import keep_shown

    numbers = RowNumbers()
    try:
        yield numbers
    finally:
        failed = keep_shown(edge.office(), reader(), as_of, known_on, numbers.verdicts)
        if failed is not None:
            text = edge.say("the numbers of the rows could not be kept: {reason}")
            tell(text.format(reason=in_words(failed, edge.lang)), err=True)
