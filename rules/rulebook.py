"""Everything that the rule files and the office's own files say, checked and together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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


@dataclass(frozen=True)
class Hashes:
    """SHA-256 of the files that an audit depends on, as hexadecimal text."""

    rules: str = ""
    rulings: str = ""
    calendar: str = ""


@dataclass(frozen=True)
class Rulebook:
    """Documents by id, duties in file order, and the words and days that they use.

    `ruled_out` holds, by document, the passages that were read and are no duty.
    """

    documents: Mapping[str, Document]
    duties: tuple[Duty, ...]
    vocabulary: Vocabulary
    calendar: CalendarFile
    rulings: tuple[Ruling, ...] = ()
    adoptions: tuple[AdoptionLine, ...] | None = None
    ruled_out: Mapping[str, tuple[RuledOut, ...]] = field(default_factory=dict)
    hashes: Hashes = field(default_factory=Hashes)
