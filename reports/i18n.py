"""Which words the program speaks in: Chinese unless English is asked for.

English stands in the code; `locale/zh/LC_MESSAGES/dutyclock.po` holds the Chinese. What problems
say stands in both languages in `problems.po`. `make words` brings the catalogues up to date; they
are compiled by whatever installs the program (`setup.py`), and here in a checkout that was changed
since.
"""

from __future__ import annotations

import os
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
"""The catalogue of what problems say, by their codes: see `reports/problem_words.py`."""


@cache
def translator(lang: Lang = "zh") -> Translate:
    """A function from the English text in the code to the text in that language."""
    if lang == "en":
        return _as_written
    with compiled(lang, DOMAIN).open("rb") as catalogue:
        return GNUTranslations(catalogue).gettext


@cache
def catalogue_entries(lang: Lang, domain: str) -> dict[str, str]:
    """Every text (or code) of a catalogue, with what it says in that language."""
    raw = compiled(lang, domain).read_bytes()
    # The head of a .mo file: a magic number, a version, how many texts, and where their two
    # tables begin, which give the length and the place of each.
    _, _, count, ours, theirs = struct.unpack_from("<5I", raw)

    def text_at(table: int, number: int) -> str:
        length, place = struct.unpack_from("<2I", raw, table + 8 * number)
        return raw[place : place + length].decode("utf-8")

    pairs = ((text_at(ours, one), text_at(theirs, one)) for one in range(count))
    return {text: said for text, said in pairs if text}


def compiled(lang: Lang, domain: str) -> Path:
    """The compiled catalogue; in a checkout it is made where it is missing or older than its text.

    Raises FileNotFoundError, which says what to run, where that cannot be.
    """
    made = LOCALE / lang / "LC_MESSAGES" / f"{domain}.mo"
    text = made.with_suffix(".po")
    is_stale = text.exists() and not (
        made.exists() and made.stat().st_mtime_ns >= text.stat().st_mtime_ns
    )
    if is_stale:
        try:
            _compile(text, made)
        except (ImportError, OSError) as error:
            if not made.exists():
                todo = f"the words are not compiled ({error}): run 'pip install --editable .'"
                raise FileNotFoundError(todo) from error
    return made


def _compile(text: Path, made: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with text.open("rb") as source:
        catalogue = read_po(source, locale=text.parts[-3])
    # Somebody else may read it at this moment, or make it too.
    part = made.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as out:
        write_mo(out, catalogue)
    part.replace(made)


def mark(text: str) -> str:
    """The text itself: marked for the catalogue, and translated where it is used."""
    return text


def _as_written(text: str) -> str:
    return text
