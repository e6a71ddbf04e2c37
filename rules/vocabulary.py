"""The words that rules and records share: activity kinds as a tree, roles, classes, types."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from rules.model import Model, Words

TAKING_OFFICE, LEAVING_OFFICE = "任职", "离任"
MADE_EVENTS = frozenset({TAKING_OFFICE, LEAVING_OFFICE})
"""Types of events that the appointments themselves make."""


class Word(Model):
    """A word of the vocabulary, with its English and, for a reader, what it covers."""

    en: str
    note: str | None = None


class Kind(Word):
    """A kind of activity. `under` is the wider kind; `role` is what doing it implies."""

    under: str | None = None
    role: str | None = None


class Attribute(Word):
    """What an act may say of itself; `values` are known beside those that rules ask for."""

    values: Words = ()


class Vocabulary(Model):
    """All words by their Chinese form, which is their identity in files and tables."""

    kinds: dict[str, Kind] = Field(default_factory=dict)
    roles: dict[str, Word] = Field(default_factory=dict)
    post_classes: dict[str, Word] = Field(default_factory=dict)
    unit_types: dict[str, Word] = Field(default_factory=dict)
    subject_types: dict[str, Word] = Field(default_factory=dict)
    event_types: dict[str, Word] = Field(default_factory=dict)
    industries: dict[str, Word] = Field(default_factory=dict)
    tags: dict[str, Word] = Field(default_factory=dict)
    quantity_units: dict[str, Word] = Field(default_factory=dict)
    attributes: dict[str, Attribute] = Field(default_factory=dict)

    @cached_property
    def wider_kinds(self) -> dict[str, frozenset[str]]:
        """Each kind with itself and all that it stands under."""
        found: dict[str, frozenset[str]] = {}
        for kind in self.kinds:
            chain: list[str] = []
            at: str | None = kind
            while at is not None and at not in chain:
                chain.append(at)
                at = self.kinds[at].under if at in self.kinds else None
            found[kind] = frozenset(chain)
        return found

    def is_kind(self, kind: str, accepted: str) -> bool:
        """Whether `kind` is `accepted` or below it in the tree."""
        return accepted in self.wider_kinds.get(kind, frozenset({kind}))
