"""Which words the program speaks in: Chinese unless English is asked for.

English stands in the code; `locale/zh/LC_MESSAGES/dutyclock.po` holds the Chinese, and
`python -m reports.catalogue` brings it up to date and compiles it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Literal

Lang = Literal["zh", "en"]
Translate = Callable[[str], str]

LANGS: tuple[Lang, ...] = ("zh", "en")
DOMAIN = "dutyclock"
LOCALE = Path(__file__).parent / "locale"
PROBLEM_DOMAIN = "problems"
"""The catalogue of the sentences that stand in problems: see `reports/problem_words.py`."""


@cache
def translator(lang: Lang = "zh") -> Translate:
    """A function from the English text in the code to the text in that language."""
    if lang == "en":
        return _as_written
    with (LOCALE / lang / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as compiled:
        return GNUTranslations(compiled).gettext


@cache
def entries(lang: Lang, domain: str) -> dict[str, str]:
    """Every text of a catalogue, with its translation; empty for English."""
    if lang == "en":
        return {}
    raw = (LOCALE / lang / "LC_MESSAGES" / f"{domain}.mo").read_bytes()
    # The head of a .mo file: a magic number, a version, how many texts, and where their two
    # tables begin, which give the length and the place of each.
    _, _, count, ours, theirs = struct.unpack_from("<5I", raw)

    def text_at(table: int, number: int) -> str:
        length, place = struct.unpack_from("<2I", raw, table + 8 * number)
        return raw[place : place + length].decode("utf-8")

    pairs = ((text_at(ours, one), text_at(theirs, one)) for one in range(count))
    return {text: said for text, said in pairs if text}


def mark(text: str) -> str:
    """The text itself: marked for the catalogue, and translated where it is used."""
    return text


def _as_written(text: str) -> str:
    return text
