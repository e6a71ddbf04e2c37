"""Cells that a spreadsheet would take for formulas: guarded where they go out, plain when they come
back.

A guard is one apostrophe more before a text that begins as a formula does, whatever apostrophes it
has already; so every text comes back exactly as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return not text.startswith("'") and _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """The text as a spreadsheet may be handed it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded; any other one as it is."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def guarded_row(cells: Iterable[str]) -> list[str]:
    """The cells of a row as they go out."""
    return [guarded(cell) for cell in cells]


def plain_row(cells: list[str]) -> list[str]:
    """The cells of a row as they came in, without guards."""
    if not any(cell[:1] == "'" for cell in cells):
        return cells
    return [unguarded(cell) for cell in cells]
