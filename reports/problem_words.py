"""Problems in the reader's language.

A problem is English in the code, with the values already in it. Here its template is found again
in the catalogue, and the Chinese is filled with the same values. What no template fits is printed
as it is: an English sentence helps more than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from problems import Problem
from reports.i18n import PROBLEM_DOMAIN, Lang, entries

FOREIGN = (
    "No such file or directory",
    "Permission denied",
    "Read-only file system",
    "No space left on device",
    "File too large",
    "Disk quota exceeded",
    "Input/output error",
    "Is a directory",
    "Not a directory",
    "Directory not empty",
    "File exists",
    "File name too long",
    "Operation not permitted",
    "Too many open files",
    "Device or resource busy",
    "Invalid argument",
    "could not find expected ':' (while scanning a simple key)",
    "did not find expected ',' or ']' (while parsing a flow sequence)",
    "did not find expected ',' or '}}' (while parsing a flow mapping)",
    "expected ',' or ']', but got {found} (while parsing a flow sequence)",
    "expected ',' or '}}', but got {found} (while parsing a flow mapping)",
    "did not find expected key (while parsing a block mapping)",
    "expected <block end>, but found {found} (while parsing a block mapping)",
    "did not find expected '-' indicator (while parsing a block collection)",
    "expected <block end>, but found {found} (while parsing a block collection)",
    "found unexpected end of stream (while scanning a quoted scalar)",
    "found character that cannot start any token (while scanning for the next token)",
    "found character {found} that cannot start any token (while scanning for the next token)",
    "did not find expected alphabetic or numeric character (while scanning an alias)",
    "did not find expected alphabetic or numeric character (while scanning an anchor)",
    "mapping values are not allowed in this context",
    "mapping values are not allowed here",
    "block sequence entries are not allowed in this context",
    "unexpected end of data",
    "Cannot detect file format",
    "Invalid Zip archive",
    "newline inside string",
)
"""Sentences of the operating system and of libraries that stand in our problems."""


def problem_text(problem: Problem, lang: Lang = "zh") -> str:
    """The problem as it is printed: place, value, and what would be right."""
    if lang == "en":
        return str(problem)
    line = f"{problem.place}: {in_words(problem.message, lang)}"
    return f"{line}\n  提示：{in_words(problem.hint, lang)}" if problem.hint else line


def in_words(text: str, lang: Lang = "zh") -> str:
    """A message, a hint, or a part of one, in the language; as it is where nothing is known."""
    if lang == "en" or not text:
        return text
    found = _translated(text)
    return text if found is None else found.replace("）（", "，")


def is_known(text: str) -> bool:
    """Whether nothing of a message or hint is left in English but values and names."""
    found = _translated(text)
    return found is not None and not _ENGLISH.search(found)


_ENGLISH = re.compile(r"(?<![\w'\"“/.:-])[a-z]{2,} [a-z]{2,}(?![\w'\"”/.:=-])")
"""Two plain words in a row, outside of quotes: a sentence that nobody translated."""

_PLACES = frozenset({"within", "here", "inner", "where", "tail"})
"""Fields that say where in a file something stands, if they say anything."""

_PLACE = r"(?: (?:for|under|of) '[^']*'| in [a-z ]+ (?:'[^']*'|\d+))*"
_THING = re.compile(r"([a-z ]+) ('[^']*'|\d+)")
_FIELD = re.compile(r"(?<!\{)\{(\w+)\}")
_NAMES = re.compile(r"\w+(?: and \w+)+")
_QUOTED = re.compile(r"'[^']*'")
_QUOTED_LIST = re.compile(r"'[^']*'(?:(?:, | or | and )'[^']*')*")


@dataclass(frozen=True)
class _Template:
    english: str
    chinese: str

    @cached_property
    def names(self) -> list[str]:
        """The names of the fields, in the order of the English."""
        return _FIELD.split(self.english)[1::2]

    @cached_property
    def pieces(self) -> list[str]:
        """The texts between the fields, the first and last perhaps empty."""
        return [_plain(piece) for piece in _FIELD.split(self.english)[::2]]

    @cached_property
    def quoted(self) -> frozenset[str]:
        """The fields that stand in quotes: somebody's own words, which are never translated."""
        around = zip(self.pieces, self.names, self.pieces[1:], strict=False)
        return frozenset(name for before, name, after in around if before[-1:] == after[:1] == "'")

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Two readings: a quote ends at the next quotation mark, or wherever it must."""
        strict = loose = ""
        for piece, name in zip(self.pieces, [*self.names, ""], strict=True):
            strict += re.escape(piece)
            loose += re.escape(piece)
            if name in self.quoted:
                strict += f"(?P<{name}>[^']*)"
                loose += f"(?P<{name}>.*?)"
            elif name:
                some = _PLACE if name in _PLACES else ".+?"
                if piece[-1:].isalpha() and self.english.endswith("{" + name + "}"):
                    some = "(?:, .*)?"
                strict += f"(?P<{name}>{some})"
                loose += f"(?P<{name}>{some})"
        return re.compile(strict, re.DOTALL), re.compile(loose, re.DOTALL)

    @cached_property
    def weight(self) -> int:
        """How much of a sentence it fixes: the more, the more certainly it is the right one."""
        return sum(map(len, self.pieces))

    def filled(self, text: str, *, strict: bool) -> str | None:
        """The Chinese with the values of `text`; None where the template doesn't fit."""
        if not (text.startswith(self.pieces[0]) and text.endswith(self.pieces[-1])):
            return None
        if any(piece not in text for piece in self.pieces):
            return None
        found = self.patterns[0 if strict else 1].fullmatch(text)
        if found is None:
            return None
        values = {
            name: value if name in self.quoted else _value(value)
            for name, value in found.groupdict().items()
        }
        return _plain(_FIELD.sub(lambda field: values[field[1]], self.chinese))


def _plain(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")


def _value(text: str) -> str:
    """A value that stands in a sentence: words of ours in Chinese, others as they are."""
    if not text:
        return text
    if _QUOTED_LIST.fullmatch(text):
        return _quoted(text)
    if _NAMES.fullmatch(text):
        return text.replace(" and ", "、")
    found = _translated(text)
    return text if found is None else found


def _quoted(text: str) -> str:
    """`'a', 'b' or 'c'` with the marks of Chinese."""
    text = text.replace("', '", "'、'").replace("' or '", "'或'").replace("' and '", "'和'")
    return _QUOTED.sub(lambda found: f"“{found[0][1:-1]}”", text)


@lru_cache(maxsize=4096)
def _translated(text: str) -> str | None:
    """The Chinese of a sentence or of a part of one; None where no template fits."""
    exact, templates, tails = _templates()
    if text in exact:
        return exact[text]
    first = None
    for found in _readings(text, templates, tails):
        if not _ENGLISH.search(found):
            return found
        first = first or found
    return first


def _readings(text: str, templates: list[_Template], tails: list[_Template]) -> Iterator[str]:
    """What the text may mean, the most certain first."""
    thing = _THING.fullmatch(text)
    if thing and thing[1] in _templates()[0]:
        name = _templates()[0][thing[1]]
        yield f"第 {thing[2]} 条{name}" if thing[2].isdigit() else name + _quoted(thing[2])
    # What is said of a value may be followed by the key and the duty that it stands in.
    for tail in tails:
        at = text.rfind(tail.pieces[0])
        end = tail.filled(text[at:], strict=True) if at > 0 else None
        rest = _translated(text[:at]) if end is not None and _ends_a_place(text[at:]) else None
        if rest is not None:
            yield f"{rest}{end}"
    for template in templates:
        for strict in (True, False):
            found = template.filled(text, strict=strict)
            if found is not None:
                yield found
                break
    for mark, instead in (("; ", "；"), (": ", "：")):
        before, found_mark, after = text.partition(mark)
        if found_mark:
            known, more = _translated(before), _translated(after)
            if known is not None and (more is not None or mark == ": "):
                yield f"{known}{instead}{_value(after)}"
    listed = text.split(" or ")
    if len(listed) > 1 and all(_translated(one) is not None for one in listed):
        yield "或".join(_value(one) for one in listed)


def _ends_a_place(text: str) -> bool:
    """Whether ` in …` names a thing of a file; the other tails have their key in quotes."""
    if not text.startswith(" in "):
        return True
    thing = _THING.fullmatch(text[4:])
    return thing is not None and thing[1] in _templates()[0]


@cache
def _templates() -> tuple[dict[str, str], list[_Template], list[_Template]]:
    """Sentences without fields; templates, the most certain first; and those of tails."""
    exact: dict[str, str] = {}
    templates: list[_Template] = []
    for english, chinese in entries("zh", PROBLEM_DOMAIN).items():
        pairs = [(english, chinese)]
        # A rule model says message and hint in one sentence, which its reader parts at the ";".
        halves, said = english.split("; ", 1), chinese.split("；", 1)
        if len(halves) == len(said) == 2:
            pairs += zip(halves, said, strict=True)
        for source, target in pairs:
            if _FIELD.search(source):
                if len(_FIELD.sub("", source).strip(" '")) > 1:
                    templates.append(_Template(source, target))
            else:
                exact.setdefault(_plain(source), _plain(target))
    templates.sort(key=lambda one: (-one.weight, one.english))
    tails = [one for one in templates if one.english.startswith(" ")]
    return exact, templates, tails
