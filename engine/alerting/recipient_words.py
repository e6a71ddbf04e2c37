"""To whom a level's papers may go."""

from __future__ import annotations

from enum import StrEnum


class Recipient(StrEnum):
    """To whom a level's papers go. `superior` is whoever the post reports to; of a head that, or
    the head of the unit above.
    """

    HOLDER = "holder"
    UNIT = "unit"
    UNIT_HEAD = "unit_head"
    SUPERIOR = "superior"
    ALL_UNITS = "all_units"
    DISCIPLINE = "discipline"
