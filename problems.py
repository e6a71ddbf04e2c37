"""What is wrong with something a person wrote, and where: the bottom layer.

A `Problem` is a person's input to mend. Readers gather all of them before they speak, so a file is
mended in one go; an exception other than `BadInput` is our own mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


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


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: its place, the value as it was written, and what would be right (`hint`)."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        line = f"{self.place}: {self.message}"
        return f"{line}\n  hint: {self.hint}" if self.hint else line


class BadInput(Exception):
    """Raised once, with every problem found; the edge prints them and ends with 2."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known words closest to `word`, as a hint; empty when none is near."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"did you mean {one_of(near)}?" if near else ""


def one_of(words: Sequence[str]) -> str:
    """`'a'`, `'a' or 'b'`, `'a', 'b' or 'c'`."""
    quoted = [f"'{word}'" for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"
