"""Which known names look or sound like the one that was typed. They are offered, never taken.

A name is near when it is the same written in full-width or traditional characters, sounds the same
(pinyin), or differs in one character. Indexes are built only when something is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from unicodedata import normalize

from problems import Said, any_of, clauses, did_you_mean, said

MOST = 3
"""How many near names are offered."""

_MANY = 3_000


@dataclass(frozen=True)
class NamedIds:
    """Ids with what they are called (an empty text: nothing but the id)."""

    called: Mapping[str, str]

    @cached_property
    def spellings(self) -> list[tuple[str, str, str]]:
        """(spelling, the spelling folded, id), an id and its name each on its own."""
        written = list(self.called)
        owners = list(self.called)
        for identifier, name in self.called.items():
            if name and name != identifier:
                written.append(name)
                owners.append(identifier)
        return list(zip(written, folded_words(written), owners, strict=True))

    @cached_property
    def owners(self) -> Mapping[str, list[str]]:
        """The ids of each name."""
        found: dict[str, list[str]] = {}
        for identifier, name in self.called.items():
            if name:
                found.setdefault(name, []).append(identifier)
        return found

    def named(self, word: str) -> list[str]:
        """The ids that are called just that."""
        return self.owners.get(word, [])

    def near(self, word: str) -> list[tuple[str, str]]:
        """(spelling, id) of what is near, the nearest first; at most MOST, each id once."""
        from rapidfuzz.distance import OSA

        (plain,) = folded_words([word])
        ranked: list[tuple[int, str, str]] = []
        for spelling, form, identifier in self.spellings:
            if abs(len(form) - len(plain)) > 1:
                continue
            if form == plain:
                ranked.append((0, spelling, identifier))
            elif len(form) == len(plain) and sounds_like(form, plain):
                ranked.append((1, spelling, identifier))
            elif len(plain) > 1 and OSA.distance(form, plain, score_cutoff=1) == 1:
                ranked.append((2, spelling, identifier))
        found: dict[str, str] = {}
        is_same = any(rank == 0 for rank, _, _ in ranked)
        for rank, spelling, identifier in sorted(ranked, key=lambda one: one[0]):
            if rank == 0 or not is_same:
                found.setdefault(identifier, spelling)
        return [(spelling, identifier) for identifier, spelling in found.items()][:MOST]


def near_words(word: str, known: Iterable[str]) -> Said | None:
    """The words of a vocabulary that are near, as a hint; None when none is."""
    listed = list(known)
    near = [spelling for spelling, _ in NamedIds(dict.fromkeys(sorted(listed), "")).near(word)]
    return _asked(near) if near else did_you_mean(word, listed)


def called_by(tables: tuple[str, ...]) -> Said:
    """What that is called by which the rows of these tables are known besides their ids."""
    if tables == ("posts",):
        return said("title")
    if "people" not in tables:
        return said("name")
    return said("name_of_a_person") if tables == ("people",) else said("name_or_title")


def near_ids(word: str, names: NamedIds, named: Said) -> Said | None:
    """The ids that were probably meant, as a hint; None when none is near.

    `named` says what the names are called: see `called_by`.
    """
    owners = names.named(word)
    if len(owners) > 1:
        return said("name_of_several", word=word, kind=named, ids=any_of(owners))
    if owners:
        return said("is_another_name", word=word, kind=named, id=owners[0])
    near = names.near(word)
    if any(spelling != identifier for spelling, identifier in near):
        offers = clauses(_offered(spelling, identifier) for spelling, identifier in near)
        return said("perhaps_one_of", offers=offers)
    if near:
        return _asked([identifier for _, identifier in near])
    candidates = list(names.called)
    if len(candidates) > _MANY:
        candidates = [one for one in candidates if one[:1] == word[:1]][:_MANY]
    return did_you_mean(word, candidates)


def _asked(words: list[str]) -> Said:
    return said("did_you_mean", words=any_of(words))


def _offered(spelling: str, identifier: str) -> Said:
    if spelling == identifier:
        return said("perhaps", id=identifier)
    return said("perhaps_named", id=identifier, name=spelling)


def folded_words(words: Iterable[str]) -> list[str]:
    """The words without what a keyboard changes: width, case, spaces, traditional characters."""
    plain = ["".join(normalize("NFKC", word).casefold().split()) for word in words]
    if not plain:  # nothing parted by line ends would come back as one empty word
        return []
    simplified: str = _converter().convert("\n".join(plain))
    return simplified.split("\n")


def sounds_like(one: str, other: str) -> bool:
    """Whether two texts of one length have a reading in common, character by character."""
    return all(a == b or _readings(a) & _readings(b) for a, b in zip(one, other, strict=True))


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=50_000)
def _readings(character: str) -> frozenset[str]:
    """How a character is read, without tones; nothing but itself where it has no reading."""
    from pypinyin import Style, pinyin

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
