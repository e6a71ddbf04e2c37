"""Texts that can be shown: what would steer the reader's screen, or turn his line round, is a mark.

Names, notes and file names were typed by others, and an old store may hold what none takes today.
Whatever goes to a terminal or into a paper comes through here; records that are handed on as they
are (an export, a backup) do not.
"""

from __future__ import annotations

import re

MARK = "␛"
"""What stands for a character that is not shown."""

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]"
)
"""Control characters but the tab and the line break, and marks without a width of their own that
say in which direction or line the rest is read.
"""

_HARMFUL_IN_JSON = re.compile(f"{_HARMFUL.pattern}|[\ud800-\udfff]")


def harmless(text: str) -> str:
    """The text with each such character as one mark; what has none is the same text."""
    return _HARMFUL.sub(MARK, text.replace("\r\n", "\n"))


def harmless_json(text: str) -> str:
    """JSON that means the same, with each such character written as its number: `\\u202e`."""
    return _HARMFUL_IN_JSON.sub(lambda one: f"\\u{ord(one[0]):04x}", text)
