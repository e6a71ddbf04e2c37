"""What sets an act apart from a plain one that stands, as bits of the column `flags` of the store.

The one place that says which acts are newest, hold and stand: readers take the masks and the SQL
from here. An act holds while its newest version is not void; it stands while it also is superseded
by none that holds.
"""

from __future__ import annotations

from enum import IntFlag

from data.records import Standing


class Flag(IntFlag):
    """The bits as stores keep them. Those between 8 and 512 are free: what the first stores kept
    there was read by nobody.
    """

    VOIDED = 1
    SUPERSEDED = 2
    NAMED = 4  # for_period or event
    MAKES_UP = 8
    TWIN = 512  # another standing act that may be the same one: `data.store.act_numbers`
    OLDER_VERSION = 1024  # the highest, so that all newest versions are below it


DEAD = Flag.VOIDED | Flag.SUPERSEDED | Flag.OLDER_VERSION
"""Flags of acts that count nowhere."""

UNUSUAL = Flag.NAMED | Flag.MAKES_UP | Flag.TWIN
"""Flags of acts that are not simply counted on their day."""

BITS = max(Flag).bit_length()
"""How many bits a reader needs for them."""


def standing_of(flags: int) -> Standing:
    """What the newest version of an act is worth by its flags."""
    if flags & Flag.VOIDED:
        return Standing.VOIDED
    return Standing.SUPERSEDED if flags & Flag.SUPERSEDED else Standing.LIVE


def newest_sql(flags: str = "flags") -> str:
    """SQL: newest versions. The bound stands in the statement, never beside it: only then is it
    sure that an index of newest versions is used.
    """
    return f"{flags} < {Flag.OLDER_VERSION.value}"


def not_void_sql(flags: str = "flags") -> str:
    """SQL: newest versions that are not void."""
    return f"{newest_sql(flags)} AND ({flags} & {Flag.VOIDED.value}) = 0"


def standing_sql(flags: str = "flags") -> str:
    """SQL: newest versions that are neither void nor superseded."""
    return f"{newest_sql(flags)} AND ({flags} & {(DEAD & ~Flag.OLDER_VERSION).value}) = 0"


def unusual_sql(flags: str = "flags") -> str:
    """SQL: newest versions that are not simply counted on their day, standing or not."""
    return f"{newest_sql(flags)} AND ({flags} & {UNUSUAL.value}) <> 0"
