"""What the template of a paper is given. Source: PAPERS, sections 2 to 4."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from reports.context import described
from reports.notice.context import Notice, NoticeRow


class Tightness(IntEnum):
    """How a paper is brought onto its first page, one step after the other."""

    LOOSE = 0
    TABLE = 1
    REFUSED = 2
    LINES = 3
    TITLE = 4
    ANNEX = 5


@dataclass(frozen=True)
class PaperRow:
    """A line of the table with its limit in parts that are not broken."""

    row: NoticeRow = described("the line of the notice")  # noqa: RUF009
    due: tuple[str, ...] = described("its limit in parts, each on a line of its own")


@dataclass(frozen=True)
class PaperLayout:
    """A notice as it stands on paper; lengths are in points."""

    notice: Notice = described("the notice, with all that it says")  # noqa: RUF009
    rows: tuple[PaperRow, ...] = described("its table")
    tightness: Tightness = described("how tightly it is set")  # noqa: RUF009
    is_loose: bool = described("whether it is set as it should be")
    is_table_tight: bool = described("whether the lines of its table stand closer")
    are_lines_tight: bool = described("whether the lines of its text stand closer")
    is_title_tight: bool = described("whether there is less room around its title")
    in_letter: bool = described("whether the table stands in the text")
    is_overdue: bool = described("whether a line of it is overdue")
    asks: str = described("what to do and what follows otherwise, in one paragraph")
    annexes: tuple[str, ...] = described("what is attached")
    has_receipt: bool = described("whether a receipt is on the last sheet")
    laws: str = described("the clauses with their quotes, of one document once")
    refused: str = described("what was recorded and does not count, in one paragraph")
    mark_size: str = described("how large the mark is, so that it stands on one line")
    lines_at: str = described("where a letter's upper double line begins")
    head: str = described("how much room a letter's head takes")
    name_right: str = described("how far from the right the sender's name ends")
    date_right: str = described("how far from the right the date ends")
    seal_right: str = described("how far from the right the room for the seal ends")
    seal_top: str = described("where the room for the seal begins in the sign-off")
    blank: str = described("how much is left empty above the sender's name")
