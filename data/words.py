"""The words that an import may use, handed in by the caller: this layer knows no rule file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from data.likeness import NamedIds
from problems import Said


@dataclass(frozen=True)
class Words:
    """Known words of four columns; an empty set means that the column is not checked.

    `made_events` are types of events that the appointments make, and nobody enters. `label_forms`
    gives None for a period's label, otherwise how labels are written (left out: any text may name
    a period). `tells_apart` says which manners of acts a rule may refuse (left out: nobody asks).
    `documents` and `duties` are those of the rules, with their names.
    """

    kinds: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    post_classes: frozenset[str] = field(default_factory=frozenset)
    event_types: frozenset[str] = field(default_factory=frozenset)
    made_events: frozenset[str] = field(default_factory=frozenset)
    label_forms: Callable[[str], Said | None] | None = None
    tells_apart: Callable[[str, str | None, tuple[tuple[str, str], ...]], bool] | None = None

    documents: NamedIds = field(default_factory=lambda: NamedIds({}))
    duties: NamedIds = field(default_factory=lambda: NamedIds({}))

    def of_rules(self, table: str, column: str) -> NamedIds | None:
        """What a column may name that stands in the rules; None where it is no such column."""
        if column == "duty":
            return self.duties
        return self.documents if (table, column) == ("adoptions", "document") else None

    def is_made_event(self, name: str) -> bool:
        """Whether it is the id of an event that the appointments make: `任职-2024-03-01`."""
        kind, _, day = name.partition("-")
        return kind in self.made_events and bool(_MADE_ON.match(day))


_MADE_ON = re.compile(r"\d{4}-\d\d-\d\d(-|$)")

ANY_WORDS = Words()
"""Checks no word: for callers without a vocabulary at hand."""
