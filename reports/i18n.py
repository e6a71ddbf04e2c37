"""Which words the program speaks in: Chinese unless English is asked for.

English stands in the code; `locale/zh/LC_MESSAGES/dutyclock.po` holds the Chinese, and
`python -m reports.catalogue` brings it up to date and compiles it.
"""

from __future__ import annotations

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


@cache
def translator(lang: Lang = "zh") -> Translate:
    """A function from the English text in the code to the text in that language."""
    if lang == "en":
        return _as_written
    with (LOCALE / lang / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as compiled:
        return GNUTranslations(compiled).gettext


def mark(text: str) -> str:
    """The text itself: marked for the catalogue, and translated where it is used."""
    return text


def _as_written(text: str) -> str:
    return text
