"""What the program prints of a problem: for tests of the words themselves."""

from __future__ import annotations

import re

from problems import BadInput, Problem, Said
from reports.problem_words import in_words, problem_text

_CJK = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"(?<![\w'\"“/.:-])[a-z]{2,} [a-z]{2,}(?![\w'\"”/.:=-])")
"""Two plain words in a row, outside of quotes: a sentence that nobody translated."""


def printed(one: BadInput | Problem | Said | None) -> str:
    """The English; empty where there is no hint."""
    if isinstance(one, BadInput):
        return "\n".join(map(printed, one.problems))
    if isinstance(one, Problem):
        return problem_text(one, "en")
    return in_words(one, "en") if one else ""


def left_in_english(*told: Said | None) -> list[str]:
    """What is said in Chinese with English left in it, or without any Chinese; none is good."""
    words = [in_words(one) for one in told if one is not None]
    return [text for text in words if _ENGLISH.search(text) or not _CJK.search(text)]
