"""Which ids a name means, and which known names look or sound like one that means none.

A name means what is called just that; else what is called so but for the width of its characters,
its script (traditional or simplified) and blanks in it. What only sounds the same (pinyin) or
differs in one character is offered, never taken. Indexes are built only when they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, cached_property, lru_cache
from unicodedata import normalize

from problems import Said, Several, any_of, bare, clauses, did_you_mean, said

MOST = 3
"""How many near names are offered."""

MOST_OF_ONE_NAME = 12
"""How many of one name are listed."""

_BRACKETS = re.compile(r"(.+?)\s*[（(]\s*([^（()）]+)\s*[)）]")

_MANY = 3_000


@dataclass(frozen=True)
class NamedIds:
    """Ids with what they are called (an empty text: nothing but the id), how else they are called
    (`also`, with the unit before a title), and what tells those of one name apart (`apart`).
    """

    called: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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

    @cached_property
    def _exact(self) -> Mapping[str, list[str]]:
        return _by_spelling(self._names())

    @cached_property
    def _plain(self) -> Mapping[str, list[str]]:
        return _by_spelling((plain(name), owner) for name, owner in self._names(ids=True))

    def _names(self, *, ids: bool = False) -> Iterable[tuple[str, str]]:
        for identifier, name in self.called.items():
            if ids:
                yield identifier, identifier
            yield name, identifier
            yield from ((one, identifier) for one in self.also.get(identifier, ()))

    def meant(self, word: str) -> list[str]:
        """The ids that a word means, in their order: an exact id is itself and nothing else, then
        come exact names, then names that differ in width, script or blanks. In brackets behind a
        name may stand the id, or what tells it apart. Empty where it means none.
        """
        word = word.strip()
        if word in self.called:
            return [word]
        found = self._spelled(word)
        if not found and (parts := _BRACKETS.fullmatch(word)):
            inside = plain(parts[2])
            found = [
                one
                for one in self._spelled(parts[1])
                if inside in {plain(text) for text in (one, *self.apart.get(one, ()))}
            ]
        return found

    def _spelled(self, word: str) -> list[str]:
        found = self._exact.get(word) or self._plain.get(plain(word))
        return found or self._plain.get(_other_script(plain(word)), [])

    def sounding(self, typed: str) -> list[str]:
        """The ids whose name is typed in pinyin or by its initials, in their order; where none is
        typed whole, those whose name begins so. Only for searches: nothing is recorded by it.
        """
        word = plain(typed).casefold()
        if not word.isascii() or not word.isalpha():
            return []
        read = [(one, typed_part(word, name)) for one, name in self.called.items() if name]
        whole = [one for one, part in read if part is TypedPart.WHOLE]
        return whole or [one for one, part in read if part is TypedPart.BEGINNING and len(word) > 1]

    def shown(self, identifier: str) -> Said:
        """A name with its id behind it: 镇党委书记（P-001）."""
        name = tidy(self.called.get(identifier, ""))
        if not name or name == identifier:
            return said("only_id", id=bare(identifier))
        return said("name_and_id", name=bare(name), id=bare(identifier))

    def listed(self, identifiers: Iterable[str]) -> Said:
        """All of one name, each with its id and what tells it apart."""
        every = list(identifiers)
        told = [self._told_apart(one) for one in every[:MOST_OF_ONE_NAME]]
        if len(every) > len(told):
            told.append(said("and_so_many_more", count=len(every) - len(told)))
        return said("these_are", things=clauses(told))

    def _told_apart(self, identifier: str) -> Said:
        apart = list(dict.fromkeys(self.apart.get(identifier, ())))
        if not apart:
            return said("only_id", id=bare(identifier))
        joined = Several("list", tuple(bare(one) for one in apart))
        return said("id_told_apart", id=bare(identifier), apart=joined)

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
    owners = names.meant(word)
    if len(owners) > 1:
        return said("name_of_several", word=word, kind=named, ids=names.listed(owners))
    if owners and names.named(word):
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
    return said("perhaps_named", id=bare(identifier), name=tidy(spelling))


class TypedPart(Enum):
    """How much of a name was typed."""

    NONE = 0
    BEGINNING = 1
    WHOLE = 2


def typed_part(word: str, name: str) -> TypedPart:
    """How much of a Chinese name a word of small Latin letters is, as its pinyin without tones or
    its initials, in any mixture: `zhangsan`, `zs`, `zhangs`.
    """
    ends, begun = {0}, False
    for character in plain(name).casefold():
        begun = begun or len(word) in ends
        readings = _readings(character)
        if "\u3400" <= character <= "\u9fff":
            readings |= {one[:1] for one in readings}
        ends = {end + len(one) for end in ends for one in readings if word.startswith(one, end)}
    if len(word) in ends:
        return TypedPart.WHOLE
    return TypedPart.BEGINNING if begun else TypedPart.NONE


def plain(text: str) -> str:
    """The text without full-width forms and blanks, and with one kind of brackets: 张　三 is 张三,
    and 〔2024〕3号 is [2024]3号.
    """
    return "".join(normalize("NFKC", text).translate(_ALIKE).split())


_ALIKE = str.maketrans("〔[【〕]】", "((()))")


_WIDE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def tidy(name: str) -> str:
    """A name as it is printed: no blanks at its ends, nor in a Chinese name that is set wide."""
    text = name.strip()
    if len(text.split()) == 1 or len(plain(text)) > _LONGEST_SET_WIDE:
        return text
    return _WIDE.sub("", text)


_LONGEST_SET_WIDE = 4
"""Names of so many characters are set wide, to stand as broad as longer ones."""


def _by_spelling(names: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, identifier in names:
        owners = found.setdefault(name, []) if name else []
        if identifier not in owners:
            owners.append(identifier)
    return found


def _other_script(word: str) -> str:
    """The word in the other script; empty where it has none, or where the way back is not the same:
    two names may be one in the other script (乾 and 干), and then neither is taken for the other.
    """
    for there, back in (("t2s", "s2t"), ("s2t", "t2s")):
        other: str = _converter(there).convert(word)
        if other != word and _converter(back).convert(other) == word:
            return other
    return ""


def folded_words(words: Iterable[str]) -> list[str]:
    """The words without what a keyboard changes: width, case, spaces, traditional characters."""
    plain = ["".join(normalize("NFKC", word).casefold().split()) for word in words]
    if not plain:  # nothing parted by line ends would come back as one empty word
        return []
    simplified: str = _converter("t2s").convert("\n".join(plain))
    return simplified.split("\n")


def sounds_like(one: str, other: str) -> bool:
    """Whether two texts of one length have a reading in common, character by character."""
    return all(a == b or _readings(a) & _readings(b) for a, b in zip(one, other, strict=True))


@cache
def _converter(way: str):  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC(way)


@lru_cache(maxsize=50_000)
def _readings(character: str) -> frozenset[str]:
    """How a character is read, without tones; nothing but itself where it has no reading."""
    from pypinyin import Style, pinyin

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
