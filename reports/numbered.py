"""Numbers of the rows that show a verdict: what `dutyclock why 3` is about."""

from __future__ import annotations

from collections.abc import Sequence

from reports.i18n import Lang, mark, translator
from reports.tables import Column

NUMBER = mark("no.")


class RowNumbers:
    """Numbers verdicts from 1, in the order in which their rows are printed; each only once."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}

    def of(self, verdict: str | None) -> str:
        """The number of the row of a verdict; empty for a row that is about none, or several."""
        return str(self._at.setdefault(verdict, len(self._at) + 1)) if verdict else ""

    def rows(self, about: Sequence[str | None], rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """The rows with their numbers before them; `about` are the verdicts that they show."""
        return [[self.of(one), *row] for one, row in zip(about, rows, strict=True)]

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The verdicts in the order of their numbers."""
        return tuple(self._at)


def number_column(lang: Lang) -> Column:
    """The first column of such a table."""
    return Column(translator(lang)(NUMBER), right=True)
