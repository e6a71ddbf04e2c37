"""How the acts of an import say that they were done, where a rule may ask for another word.

An import takes every word that the vocabulary has, and any attribute; whether a duty of the act's
holder asks for it is the rules' to say, which this layer does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.import_columns import TABLES
from data.record_makers import MAKERS, pairs
from data.records import Records
from problems import Place

Pairs = tuple[tuple[str, str], ...]
"""Attributes with their values."""

TellsApart = Callable[[str, str | None, Pairs], bool]
"""Whether a duty may refuse an act of that kind for its role or its attributes."""

Values = Sequence[str | None]

_AT = TABLES["activities"].at
_OFFICE = ("units", "posts", "people", "appointments", "adoptions")


@dataclass(frozen=True)
class Manner:
    """What `count` acts of an import say alike, of one kind and under one holder. `role_at` and
    `attributes_at` are the cells of the first of them.
    """

    kind: str
    role: str | None
    attributes: Pairs
    holder: str
    on_behalf_of: str | None
    role_at: Place
    attributes_at: Place
    count: int


@dataclass(frozen=True)
class MannersOfImport:
    """How the acts of an import were done, and who is who after it (None: no act is to be asked
    about).
    """

    manners: tuple[Manner, ...] = ()
    office: Records | None = None


NO_MANNERS = MannersOfImport()
"""Of an import whose acts nobody is asked about."""


class MannersSeen:
    """The manners of the acts that are shown to it, those alone that a duty may refuse."""

    def __init__(self, tells_apart: TellsApart | None) -> None:
        self._tells_apart = tells_apart
        self._known: dict[Values, bool] = {}
        self._counts: dict[Values, int] = {}
        self._places: dict[Values, tuple[Place, Place]] = {}

    def see(self, values: Values, place: Callable[[str], Place]) -> None:
        """One act; `place` gives the place of a cell of its row by the column's name."""
        if self._tells_apart is None:
            return
        kind, role, attributes = values[_KIND], values[_ROLE], values[_ATTRIBUTES]
        word = (kind, role, attributes)
        if word not in self._known:
            self._known[word] = self._tells_apart(kind or "", role, pairs(attributes))
        if not self._known[word]:
            return
        manner = (*word, values[_HOLDER], values[_ON_BEHALF_OF])
        if manner not in self._counts:
            self._counts[manner] = 0
            self._places[manner] = (place("role"), place("attributes"))
        self._counts[manner] += 1

    def among(self, office: Callable[[], Records]) -> MannersOfImport:
        """All of them, in the order in which they came, with `office`, which is asked only then."""
        manners = tuple(
            Manner(
                kind or "",
                role,
                pairs(attributes),
                holder or "",
                on_behalf_of,
                *self._places[kind, role, attributes, holder, on_behalf_of],
                count,
            )
            for (kind, role, attributes, holder, on_behalf_of), count in self._counts.items()
        )
        return MannersOfImport(manners, office()) if manners else NO_MANNERS


_KIND, _ROLE, _ATTRIBUTES, _HOLDER, _ON_BEHALF_OF = (
    _AT[name] for name in ("kind", "role", "attributes", "holder", "on_behalf_of")
)


def who_is_who(standing: Mapping[str, Sequence[Values]]) -> Records:
    """Units, posts, people, appointments and adoptions of rows that stand; nothing else."""
    made = {name: [MAKERS[name](tuple(row)) for row in standing.get(name, ())] for name in _OFFICE}
    return Records(
        units={one.unit: one for one in made["units"]},
        posts={one.post: one for one in made["posts"]},
        people={one.person: one for one in made["people"]},
        appointments=tuple(sorted(made["appointments"], key=lambda one: (one.first, one.person))),
        activities=(),
        records_from=date.min,
        adoptions=tuple(made["adoptions"]) or None,
    )
