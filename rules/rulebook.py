"""Everything that the rule files and the office's own files say, checked and together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rules.calendar import CalendarFile
from rules.duty import Document, Duty, RuledOut
from rules.frequency import Frequency
from rules.model import Model
from rules.vocabulary import Vocabulary


class Ruling(Model):
    """The office's dated decision on an unclear clause: the measure from `first` (or `on`) on."""

    duty: str
    on: date
    first: date | None = None
    author: str
    document: str
    frequency: Frequency
    note: str | None = None

    @property
    def since(self) -> date:
        """The first day on which the measure holds."""
        return self.first or self.on


class AdoptionLine(Model):
    """A unit, with all below it, is bound by a document (a line of adoptions.yaml)."""

    document: str
    unit: str
    first: date | None = None
    last: date | None = None


class RulingsFile(Model):
    """What an office's rulings.yaml holds: its dated decisions on unclear clauses."""

    rulings: tuple[Ruling, ...]


class AdoptionsFile(Model):
    """What an office's adoptions.yaml holds: which units a document binds, and when."""

    adoptions: tuple[AdoptionLine, ...]


@dataclass(frozen=True)
class Hashes:
    """SHA-256 of the files that an audit depends on, as hexadecimal text."""

    rules: str = ""
    rulings: str = ""
    calendar: str = ""


@dataclass(frozen=True)
class RuleList:
    """One list of a document: its name and place there, and what of it was read and is no duty."""

    name: str
    place: str | None = None
    ruled_out: tuple[RuledOut, ...] = ()


@dataclass(frozen=True)
class Rulebook:
    """Documents by id, duties in file order, and the words and days that they use.

    `lists` are by the first two parts of their duties' ids (`park_2022.principal`), in the order of
    their documents.
    """

    documents: Mapping[str, Document]
    duties: tuple[Duty, ...]
    vocabulary: Vocabulary
    calendar: CalendarFile
    rulings: tuple[Ruling, ...] = ()
    adoptions: tuple[AdoptionLine, ...] | None = None
    lists: Mapping[str, RuleList] = field(default_factory=dict)
    hashes: Hashes = field(default_factory=Hashes)

    @cached_property
    def attribute_values(self) -> Mapping[str, frozenset[str]]:
        """The values of each attribute that a rule asks for or the vocabulary lists."""
        found = {key: set(word.values) for key, word in self.vocabulary.attributes.items()}
        for duty in self.duties:
            for key, values in duty.activity.attributes.items() if duty.activity else ():
                found.setdefault(key, set()).update(values)
        return {key: frozenset(values) for key, values in found.items()}

    @cached_property
    def ruled_out(self) -> Mapping[str, tuple[tuple[str, RuledOut], ...]]:
        """By document, the passages that are no duty with the list that has them ("": none)."""
        found = {
            name: tuple(("", one) for one in document.ruled_out)
            for name, document in self.documents.items()
        }
        for name, one in self.lists.items():
            document = name.partition(".")[0]
            own = tuple((name, passage) for passage in one.ruled_out)
            found[document] = (*found.get(document, ()), *own)
        return {name: passages for name, passages in found.items() if passages}
