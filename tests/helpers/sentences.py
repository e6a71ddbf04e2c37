"""Marks of tests: which words of the reference each of them holds the program to."""

from __future__ import annotations

import pytest


def sentence(*quotes: str) -> pytest.MarkDecorator:
    """The mark of a test that fails when the program does otherwise than these words say.

    Each quote stands in `docs/semantics.md`; ` … ` in it leaves some words out. `docs/sentences.md`
    is made from the marks.
    """
    return pytest.mark.sentence(*quotes)
