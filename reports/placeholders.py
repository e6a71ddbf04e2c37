"""What stands on a help page or before a problem for something that the reader is to type."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.i18n import Lang, mark, translator

PLACEHOLDERS: Mapping[str, str] = {
    "ACTIVITY": mark("a record"),
    "BOOLEAN": mark("yes or no"),
    "COMMAND": mark("a command"),
    "DAY": mark("a day"),
    "DELEGATE": mark("a delegate"),
    "DOCUMENT": mark("a document"),
    "DUTY": mark("a duty"),
    "FILE": mark("a file"),
    "FOLDER": mark("a folder"),
    "FORM": mark("a form"),
    "HOLDER": mark("a holder"),
    "ID": mark("an id"),
    "INTEGER RANGE": mark("a number"),
    "INTEGER": mark("a number"),
    "KEY": mark("a key"),
    "NAME": mark("a name"),
    "NEW": mark("the new ones"),
    "NO": mark("a number of the register"),
    "OLD": mark("the old ones"),
    "OPTIONS": mark("options"),
    "ARGS": mark("arguments"),
    "PATH": mark("a path"),
    "PERSON": mark("a person"),
    "PLACE": mark("a place"),
    "POST": mark("a post"),
    "SHAPE": mark("a shape"),
    "SPAN": mark("a span"),
    "SUBJECT": mark("a subject"),
    "TABLE": mark("a table"),
    "TEXT": mark("a text"),
    "TYPE": mark("a type"),
    "UNIT": mark("a unit"),
    "VALUE": mark("a value"),
    "VERDICT": mark("a verdict"),
    "WORD": mark("a word"),
}
"""Such words in capitals, as the English pages have them, and what each is called."""

_WORDS = "|".join(sorted(PLACEHOLDERS, key=len, reverse=True))
_ANY = re.compile(rf"(?:(?<=[\u4e00-\u9fff]) )?\b({_WORDS})\b(?: (?=[\u4e00-\u9fff]))?")


def in_placeholders(text: str, lang: Lang) -> str:
    """The text with such words in the reader's language."""
    if lang == "en":
        return text
    say = translator(lang)
    return _ANY.sub(lambda found: say(PLACEHOLDERS[found[1]]), text)
