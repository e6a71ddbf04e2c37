"""A measure read aloud, in Chinese or English: what notices and reports print as 频次要求."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from rules.duty import ActRule, HolderRule, Sharing
from rules.frequency import REST_DAYS, Frequency, Measure
from rules.model import Model
from rules.rulebook import Rulebook
from rules.vocabulary import Vocabulary
from rules.wording.en import in_english
from rules.wording.parts import Lang, condition_in_words, population_in_words
from rules.wording.zh import in_chinese

__all__ = [
    "Lang",
    "act_in_words",
    "condition_in_words",
    "english_names",
    "holder_in_words",
    "measure_in_words",
    "population_in_words",
]

T = TypeVar("T")
Names = Mapping[str, str]


def english_names(rulebook: Rulebook) -> dict[str, str]:
    """The English of every word and window that has one, by its Chinese form."""
    names = _names_of(rulebook.vocabulary)
    for name, lines in rulebook.calendar.windows.items():
        english = next((line.en for line in lines if line.en), None)
        if english:
            names[name] = english
            names |= {f"{name}前": f"before {english}", f"{name}后": f"after {english}"}
            names[f"{name}前后"] = f"around {english}"
    return names


def _names_of(vocabulary: Vocabulary) -> dict[str, str]:
    words = {
        word: line.en
        for group in Vocabulary.model_fields
        for word, line in getattr(vocabulary, group).items()
    }
    return {REST_DAYS: "days of rest", **words}


def measure_in_words(
    measure: Measure, lang: Lang = "zh", names: Names | Vocabulary | None = None
) -> str:
    """The measure as its clause might say it: `每季度至少1次`; variants follow after `；`.

    `names` (of `english_names`, or a vocabulary alone) puts its words into English, too.
    """
    measure = _named(measure, lang, names)
    words = _in_words(measure, lang)
    for variant in measure.variants if isinstance(measure, Frequency) else ():
        whom = condition_in_words(variant.when, lang)
        inner = _in_words(variant, lang)
        words += f"；{whom}：{inner}" if lang == "zh" else f"; {whom}: {inner}"
    return words


def holder_in_words(
    holder: HolderRule, lang: Lang = "zh", names: Names | Vocabulary | None = None
) -> str:
    """Who owes a duty: `园区的主要负责人`, `学校`; `（任一人）` where several share it."""
    zh = lang == "zh"
    holder = _named(holder, lang, names)
    who = ("、" if zh else ", ").join(holder.posts)
    if holder.units is not None:
        units = condition_in_words(holder.units, lang)
        who = (f"{units}的{who}" if zh else f"{who} of {units}") if who else units
    if holder.when is not None:
        person = condition_in_words(holder.when, lang)
        who += f"（{person}）" if zh else f" ({person})"
    if holder.joint != Sharing.EACH_OF:
        joint = {"any_of": ("任一人", "any of them"), "together": ("共同", "together")}
        who += f"（{joint[holder.joint][0]}）" if zh else f" ({joint[holder.joint][1]})"
    return who


def act_in_words(
    activity: ActRule, lang: Lang = "zh", names: Names | Vocabulary | None = None
) -> str:
    """The kinds and roles of acts that count, in words: `安全检查或监督检查（带队、组织）`."""
    zh = lang == "zh"
    activity = _named(activity, lang, names)
    what = ("或" if zh else " or ").join(activity.kind)
    if activity.role:
        roles = ("、" if zh else ", ").join(activity.role)
        what += f"（{roles}）" if zh else f" ({roles})"
    return what


def _named(value: T, lang: Lang, names: Names | Vocabulary | None) -> T:
    if lang == "zh" or not names:
        return value
    return _renamed(value, _names_of(names) if isinstance(names, Vocabulary) else names)


def _renamed(value: T, names: Names) -> T:
    """The same value with every Chinese word in it that has a name replaced by that."""
    renamed: Any = value
    if isinstance(value, str):
        renamed = names.get(value, value)
    elif isinstance(value, tuple):
        renamed = tuple(_renamed(part, names) for part in value)
    elif isinstance(value, Model):
        parts = {name: getattr(value, name) for name in value.model_fields_set}
        renamed = value.model_copy(update={name: _renamed(parts[name], names) for name in parts})
    return renamed  # type: ignore[no-any-return]


def _in_words(measure: Measure, lang: Lang) -> str:
    return in_chinese(measure) if lang == "zh" else in_english(measure)
