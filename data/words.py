"""The words that an import may use, handed in by the caller: this layer knows no rule file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from problems import Said


@dataclass(frozen=True)
class Words:
    """Known words of four columns; an empty set means that the column is not checked.

    `label_forms` gives None for a period's label, otherwise how labels are written (left out: any
    text may name a period).
    """

    kinds: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    post_classes: frozenset[str] = field(default_factory=frozenset)
    event_types: frozenset[str] = field(default_factory=frozenset)
    label_forms: Callable[[str], Said | None] | None = None


ANY_WORDS = Words()
"""Checks no word: for callers without a vocabulary at hand."""
