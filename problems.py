"""What is wrong with something a person wrote, and where: the bottom layer.

A `Problem` is a person's input to mend. Readers gather all of them before they speak, so a file is
mended in one go; an exception other than `BadInput` is our own mistake.

A problem has no sentence. It has something `Said`: a code and values, which the edge puts into the
words of a language (`reports/problem_words.py`). Programs and tests compare codes.
"""

from __future__ import annotations

import errno
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Literal, TypeAlias

Joint = Literal["or", "and", "list", "also"]


@dataclass(frozen=True)
class Said:
    """What is said of something: a code, and the values that stand in its sentence.

    `places` say where inside of a file: for which key, in which duty; the innermost comes first.
    """

    code: str
    values: tuple[tuple[str, Value], ...] = ()
    places: tuple[Said, ...] = ()

    def at(self, *places: Said) -> Said:
        """The same code and values, said of something inside of these further places."""
        return replace(self, places=self.places + places)

    def __getitem__(self, name: str) -> Value:
        return dict(self.values)[name]

    def __str__(self) -> str:
        values = "".join(f" {name}={value}" for name, value in self.values)
        return f"{self.code}{values}" + "".join(f" @ {place}" for place in self.places)


@dataclass(frozen=True)
class Bare:
    """A text printed without quotation marks: another program's sentence, or a name of ours."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Term:
    """What each language calls a thing of ours: printed without quotation marks."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True)
class Several:
    """Values that a language joins: by 'or', by 'and', as a list, or as clauses of a sentence."""

    joint: Joint
    values: tuple[Value, ...]

    def __iter__(self) -> Iterator[Value]:
        return iter(self.values)

    def __str__(self) -> str:
        return f" {self.joint} ".join(map(str, self.values))


Value: TypeAlias = Said | Several | Bare | Term | str | int | date | Fraction
"""What stands in a sentence. A `str` is the reader's own word: quoted, and never translated."""


def said(code: str, /, **values: Value) -> Said:
    """What is said under `code`. Its sentences are in the catalogues, which gather these calls."""
    return Said(code, tuple(values.items()))


def bare(text: str) -> Bare:
    """The text as it is, without quotation marks."""
    return Bare(text)


def any_of(words: Iterable[Value]) -> Several:
    """`'a'`, `'a' or 'b'`, `'a', 'b' or 'c'`."""
    return Several("or", tuple(words))


def all_of(words: Iterable[Value]) -> Several:
    """`'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`."""
    return Several("and", tuple(words))


def names(words: Iterable[str]) -> Several:
    """`a, b, c`: names as they are, without quotation marks."""
    return Several("list", tuple(bare(word) for word in words))


def clauses(parts: Iterable[Value]) -> Several:
    """`a; b; c`: what is said one after the other."""
    return Several("also", tuple(parts))


@dataclass(frozen=True, order=True)
class Place:
    """A spot in an input: `file` as named, `line` and `column` from 1 (0: not known)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        spot = [self.file]
        if self.line:
            spot.append(str(self.line))
            if self.column:
                spot.append(str(self.column))
        return ":".join(spot)


Kind = tuple[str, int, str]
"""A file, a column of it, and the code of a problem in it."""


@dataclass(frozen=True)
class Problem:
    """One mistake: its place, what is wrong there, and what would be right (`hint`).

    Problems are in the order of their places, then of their codes and values.
    """

    place: Place
    said: Said
    hint: Said | None = None

    @property
    def code(self) -> str:
        """Which problem it is, whatever the values."""
        return self.said.code

    @property
    def kind(self) -> Kind:
        """What it has in common with those that are told as one, where there are many."""
        return (self.place.file, self.place.column, self.said.code)

    def __lt__(self, other: Problem) -> bool:
        return (self.place, str(self)) < (other.place, str(other))

    def __str__(self) -> str:
        line = f"{self.place}: {self.said}"
        return f"{line}\n  {self.hint}" if self.hint else line


MOST_OF_A_KIND = 10_000
"""How many problems of one code and one column of a file are kept; the rest are counted."""


class Gathered(list[Problem]):
    """Problems as they are found: of each kind the first ones, and how many `more` there were.

    A file of a million wrong rows is told as one of twenty thousand, in no more memory.
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        super().__init__()
        self.more: Counter[Kind] = Counter()
        self._kept: Counter[Kind] = Counter()
        self.extend(problems)

    def append(self, problem: Problem) -> None:
        """Keeps the problem, or only counts it."""
        kind = problem.kind
        if self._kept[kind] < MOST_OF_A_KIND:
            self._kept[kind] += 1
            super().append(problem)
        else:
            self.more[kind] += 1

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keeps the problems, or only counts them."""
        if isinstance(problems, Gathered):
            self.more.update(problems.more)
        for problem in problems:
            self.append(problem)

    def __iadd__(self, problems: Iterable[Problem]) -> Gathered:  # type: ignore[override,misc]
        self.extend(problems)
        return self


class BadInput(Exception):
    """Raised once, with every problem found; the edge prints them and ends with 2.

    `more` are how many there were beside them, by their kinds, where `Gathered` only counted.
    """

    def __init__(self, problems: Iterable[Problem], more: Mapping[Kind, int] | None = None) -> None:
        super().__init__()
        counted = problems.more if isinstance(problems, Gathered) else {}
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems), key=_by_place))
        self.more: Mapping[Kind, int] = more or counted

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def _by_place(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place
    return (place.file, place.line, place.column, str(problem))


class Objection(ValueError):
    """Raised where one value is not what it should be: what is wrong, and what would be right."""

    def __init__(self, said: Said, hint: Said | None = None) -> None:
        super().__init__(str(said))
        self.said = said
        self.hint = hint


_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)
"""What no text of a person's holds, and what makes one read otherwise than it is: control
characters but the tab and the ends of lines, marks that turn the direction of writing round, and
halves of characters.
"""


def control_in(text: str, *, lines: bool = True) -> str | None:
    """How the first control character in a text is written, such as U+001B; None where there is
    none. `lines`: whether it may have tabs and several lines.
    """
    found = _CONTROL.search(text) or (None if lines else re.search(r"[\t\r\n]", text))
    return f"U+{ord(found[0]):04X}" if found else None


def visible(text: str) -> str:
    """The text with its control characters written out, for a screen or a line of a log."""
    if _CONTROL.search(text) is None:
        return text
    plain = legible(text)
    return _CONTROL.sub(lambda one: one[0].encode("unicode_escape").decode(), plain)


def did_you_mean(word: str, known: Iterable[str]) -> Said | None:
    """The known words closest to `word`, as a hint; None when none is near."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return said("did_you_mean", words=any_of(near)) if near else None


def is_undecoded(text: str) -> bool:
    """Whether there is something in the text that is no character: a byte that is no UTF-8, as a
    system hands over what it cannot read itself. No file and no database takes it.
    """
    return any("\ud800" <= one <= "\udfff" for one in text)


def legible(text: str) -> str:
    """The text with its bytes that are no characters written out: `\\xd5`."""
    return "".join(_written(one) if is_undecoded(one) else one for one in text)


def _written(one: str) -> str:
    number = ord(one) - 0xDC00
    return f"\\x{number:02x}" if 0x80 <= number <= 0xFF else f"\\u{ord(one):04x}"


MONTHS = (
    *(said("january"), said("february"), said("march"), said("april"), said("may"), said("june")),
    *(said("july"), said("august"), said("september")),
    *(said("october"), said("november"), said("december")),
)

SYSTEM = {
    errno.ENOENT: said("system_not_found"),
    errno.EACCES: said("system_not_permitted"),
    errno.EROFS: said("system_read_only"),
    errno.ENOSPC: said("system_disk_full"),
    errno.EFBIG: said("system_file_too_large"),
    errno.EDQUOT: said("system_over_quota"),
    errno.EIO: said("system_io_error"),
    errno.EISDIR: said("system_is_folder"),
    errno.ENOTDIR: said("system_not_folder"),
    errno.ENOTEMPTY: said("system_folder_not_empty"),
    errno.EEXIST: said("system_exists"),
    errno.ENAMETOOLONG: said("system_name_too_long"),
    errno.EPERM: said("system_not_allowed"),
    errno.EMFILE: said("system_too_many_open"),
    errno.EBUSY: said("system_busy"),
    errno.EINVAL: said("system_invalid"),
    errno.ELOOP: said("system_link_loop"),
    errno.ENXIO: said("system_no_device"),
    errno.ENODEV: said("system_no_device"),
}
"""What is said of an error of the operating system, by its number."""


LIBRARIES = {
    "Cannot detect file format": said("library_unknown_format"),
    "Invalid Zip archive": said("library_not_a_zip"),
    "unexpected end of data": said("library_data_cut_off"),
    "newline inside string": said("library_quote_unended"),
    "field larger than field limit (16000000)": said("library_quote_unended"),
}
"""What is said of a library's error, by its own words: these errors have no numbers."""


def reason_of(error: Exception) -> Said | Bare:
    """Why something failed: the system's number in our words, else what a library says itself."""
    if isinstance(error, OSError):
        known = SYSTEM.get(error.errno) if error.errno is not None else None
        return known or bare(error.strerror or str(error))
    return LIBRARIES.get(str(error)) or bare(str(error))
