"""The sentences of a level's papers: which there are, what they may name, what is wrong with them.

They stand in policy.yaml beside their level, in both languages. What a level does not say itself is
taken from the shipped level of its name, then from what all levels share. Source: FORMATS, 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from string import Formatter

from problems import Problem, Said, did_you_mean, names, said
from rules.model import Model
from rules.yaml_tree import Path as TreePath
from rules.yaml_tree import Tree

_UNTIL = ("until", "days", "as_of")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("period", "paper"),
    "found": (
        *("law", "clause", "who", "unit", "period", "duty", "required", "done", "short"),
        *("days_overdue", "due", "as_of", "rules", "paper"),
    ),
    "found_several": ("unit", "period", "count", "as_of", "rules", "paper"),
    "asked": _UNTIL,
    "asked_past": _UNTIL,
    "asked_some_past": _UNTIL,
    "follows": ("next",),
    "closing": (),
    "closing_letter": (),
}
"""What each sentence may name in braces."""

NEEDED: Mapping[str, str] = {
    "until": "reply_working_days",
    "days": "reply_working_days",
    "next": "next",
}
"""The key of the level without which a field has no value."""


class LevelSentence(Model):
    """A text in both languages."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """The text in that language (`zh` or `en`)."""
        return self.en if lang == "en" else self.zh


class LevelWords(Model):
    """What a level's papers say; each sentence may be left out.

    `title` has `|` where a line may end. `found` is said of one obligation, `found_several` of more
    or of a unit. `asked` is what is to be done; `asked_past` instead, where nothing can be made up
    any more, and `asked_some_past` besides, where some cannot. `follows` names the next level.
    `closing_letter` closes a letter to somebody else than who owes the duty.
    """

    title: LevelSentence | None = None
    found: LevelSentence | None = None
    found_several: LevelSentence | None = None
    asked: LevelSentence | None = None
    asked_past: LevelSentence | None = None
    asked_some_past: LevelSentence | None = None
    follows: LevelSentence | None = None
    closing: LevelSentence | None = None
    closing_letter: LevelSentence | None = None

    def sentences(self) -> dict[str, LevelSentence]:
        """The sentences that there are, by key."""
        found = {key: getattr(self, key) for key in type(self).model_fields}
        return {key: sentence for key, sentence in found.items() if sentence is not None}

    def before(self, other: LevelWords) -> LevelWords:
        """These words, and the other ones where these say nothing."""
        return LevelWords(**{**other.sentences(), **self.sentences()})

    def needs(self, key: str) -> set[str]:
        """The keys of a level that a sentence cannot do without."""
        sentence = self.sentences()[key]
        named = {*fields_of(sentence.zh), *fields_of(sentence.en)}
        return {NEEDED[field] for field in named if field in NEEDED}

    def without(self, *keys: str) -> LevelWords:
        """The same but for these sentences."""
        return self.model_copy(update=dict.fromkeys(keys))


def objections(
    tree: Tree, path: TreePath, words: LevelWords, lacking: Collection[str] = ()
) -> Iterator[Problem]:
    """The sentences at `path` whose braces do not match, or that name a field that there is not;
    or one without a value, since the level lacks a key.
    """
    for key, sentence in words.sentences().items():
        for lang in ("zh", "en"):
            place = tree.place((*path, key, lang))
            try:
                named = fields_of(sentence.in_(lang))
            except ValueError:
                yield Problem(place, said("braces_do_not_match", key=key), said("brace_twice"))
                continue
            for name in named:
                needed = NEEDED.get(name, "")
                if name not in FIELDS[key]:
                    unknown = said("unknown_field", field=name, key=key)
                    yield Problem(place, unknown, _hint(name, FIELDS[key]))
                elif needed in lacking:
                    missing = said("field_without_value", field=name, needed=needed)
                    yield Problem(place, missing, said("give_key_or_take_field_out", key=needed))


def _hint(name: str, known: Sequence[str]) -> Said:
    if not known:
        return said("take_it_away")
    return did_you_mean(name, known) or said("known_words", words=names(known))


def fields_of(text: str) -> list[str]:
    """What a sentence names in braces, each once. Raises ValueError for loose braces."""
    found = dict.fromkeys(
        name + (f"!{turned}" if turned else "") + (f":{form}" if form else "")
        for _, name, form, turned in Formatter().parse(text)
        if name is not None
    )
    return list(found)
