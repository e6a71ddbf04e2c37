"""Problems in the reader's language: the one place where what was said is put into words.

A `Said` is a code and values. Its sentence is a template of the catalogue, the same fields in every
language; what stands in a field is put into words by its kind, so that quotation marks and lists
are those of the language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from problems import (
    BadInput,
    Joint,
    Kind,
    Place,
    Problem,
    Said,
    Several,
    Term,
    Value,
    said,
    visible,
)
from reports.i18n import PROBLEM_DOMAIN, Lang, catalogue_entries
from reports.placeholders import PLACEHOLDERS, in_placeholders


@dataclass(frozen=True)
class _Marks:
    """What a language writes around and between values."""

    quote: str
    comma: str
    joints: dict[Joint, str]
    places: tuple[str, str]
    """Around the places within a file, and between two of them."""
    hint: str
    """Before a hint on a line of its own."""
    aside: str
    """Before a hint on the same line."""


_MARKS: dict[Lang, _Marks] = {
    "en": _Marks(
        quote="'{}'",
        comma=", ",
        joints={"or": " or ", "and": " and ", "list": ", ", "also": "; "},
        places=(" {}", " "),
        hint="hint: ",
        aside="; ",
    ),
    "zh": _Marks(
        quote="“{}”",
        comma="、",
        joints={"or": "或", "and": "和", "list": "、", "also": "；"},
        places=("（{}）", "，"),
        hint="提示：",
        aside="；",
    ),
}


def problem_text(problem: Problem, lang: Lang = "zh") -> str:
    """The problem as it is printed: place, what is wrong, and below what would be right."""
    place = str(problem.place)
    if place in PLACEHOLDERS:
        place = in_placeholders(place, lang)
    line = f"{visible(place)}: {in_words(problem.said, lang)}"
    if problem.hint is None:
        return line
    return f"{line}\n  {_MARKS[lang].hint}{in_words(problem.hint, lang)}"


MOST_TOLD = 100
"""How many problems of one code and one column of a file are printed; the rest are counted."""


def problem_texts(error: BadInput, lang: Lang = "zh") -> Iterator[str]:
    """Each problem as it is printed, in their order; of many of one kind in one file the first
    ones, and at the end how many more there are.
    """
    told: Counter[Kind] = Counter()
    rest = Counter(error.more)
    such: dict[Kind, Said] = {}
    for problem in error.problems:
        kind = problem.kind
        such[kind] = problem.said
        if told[kind] < MOST_TOLD:
            told[kind] += 1
            yield problem_text(problem, lang)
        else:
            rest[kind] += 1
    for kind, count in sorted(rest.items()):
        more = said("more_of_this_kind", count=count, example=such[kind])
        yield problem_text(Problem(Place(kind[0]), more), lang)


def in_one_line(said: Said, hint: Said | None, lang: Lang = "zh") -> str:
    """What is wrong and what would be right, for where there is only one line."""
    line = in_words(said, lang)
    return line if hint is None else f"{line}{_MARKS[lang].aside}{in_words(hint, lang)}"


def in_words(value: Value, lang: Lang = "zh") -> str:
    """A sentence, or a value as it stands in one. Raises KeyError for a code without a sentence."""
    marks = _MARKS[lang]
    if isinstance(value, Said):
        template = catalogue_entries(lang, PROBLEM_DOMAIN)[value.code]
        text = template.format_map({name: in_words(one, lang) for name, one in value.values})
        if not value.places:
            return text
        around, between = marks.places
        return text + around.format(between.join(in_words(one, lang) for one in value.places))
    if isinstance(value, Several):
        *first, last = [in_words(one, lang) for one in value.values] or [""]
        apart = marks.joints["also"] if value.joint == "also" else marks.comma
        return f"{apart.join(first)}{marks.joints[value.joint]}{last}" if first else last
    if isinstance(value, Term):
        return {"zh": value.zh, "en": value.en}[lang]
    # Whatever somebody wrote is shown, and does nothing to a screen.
    return marks.quote.format(visible(value)) if isinstance(value, str) else visible(str(value))
