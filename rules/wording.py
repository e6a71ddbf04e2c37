"""A measure read aloud, in Chinese or English: what notices and reports print as 频次要求."""

from __future__ import annotations

from rules.duty import Duty
from rules.frequency import Frequency, Measure
from rules.vocabulary import Vocabulary
from rules.wording_en import in_english
from rules.wording_parts import Lang, condition_in_words, population_in_words
from rules.wording_zh import in_chinese

__all__ = ["Lang", "condition_in_words", "duty_in_words", "measure_in_words", "population_in_words"]


def measure_in_words(measure: Measure, lang: Lang = "zh") -> str:
    """The measure as its clause might say it: `每季度至少1次`; variants follow after `；`."""
    words = _in_words(measure, lang)
    for variant in measure.variants if isinstance(measure, Frequency) else ():
        whom = condition_in_words(variant.when, lang)
        inner = _in_words(variant, lang)
        words += f"；{whom}：{inner}" if lang == "zh" else f"; {whom}: {inner}"
    return words


def duty_in_words(duty: Duty, lang: Lang = "zh", vocabulary: Vocabulary | None = None) -> str:
    """Who owes what, how often: `主要负责人：带队检查，每月至少1次`."""
    holder, zh = duty.holder, lang == "zh"
    words = vocabulary or Vocabulary()

    def named(kind: str, word: str) -> str:
        line = getattr(words, kind).get(word)
        return word if zh or line is None else str(line.en)

    comma, colon, stop = ("、", "：", "，") if zh else (", ", ": ", ", ")
    who = comma.join(named("post_classes", word) for word in holder.posts)
    if holder.units is not None:
        units = condition_in_words(holder.units, lang)
        who = (f"{units}的{who}" if zh else f"{who} of {units}") if who else units
    if holder.joint != "each_of":
        joint = {"any_of": ("任一人", "any of them"), "together": ("共同", "together")}
        who += f"（{joint[holder.joint][0]}）" if zh else f" ({joint[holder.joint][1]})"
    what = duty.title
    if duty.activity is not None:
        what = ("或" if zh else " or ").join(named("kinds", kind) for kind in duty.activity.kind)
        if duty.activity.role:
            roles = comma.join(named("roles", role) for role in duty.activity.role)
            what += f"（{roles}）" if zh else f" ({roles})"
    often = measure_in_words(duty.frequency, lang)
    if duty.hedged:
        often += "（原则上）" if zh else " (as a rule)"
    return f"{who}{colon}{what}{stop}{often}"


def _in_words(measure: Measure, lang: Lang) -> str:
    return in_chinese(measure) if lang == "zh" else in_english(measure)
