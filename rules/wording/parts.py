"""What wordings in every language share: units, numbers, and whom a condition means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rules.frequency import Condition, Population, PopulationScope
from rules.model import plain_number

Lang = Literal["zh", "en"]

UNITS = {
    "minutes": ("分钟", "minute"),
    "hours": ("小时", "hour"),
    "days": ("日", "day"),
    "workdays": ("个工作日", "working day"),
    "months": ("个月", "month"),
    "years": ("年", "year"),
}


def condition_in_words(condition: Condition, lang: Lang = "zh") -> str:
    """Whom a condition means: `高危行业` for a tag, `学校（高危）` for a type and a tag."""
    zh = lang == "zh"
    either, both = ("或", "且") if zh else (" or ", " and ")
    parts = [either.join(words) for words in (condition.type, condition.industry) if words]
    parts += list(condition.tags)
    parts += [f"{key}={value}" for key, value in condition.facts.items()]
    parts += [condition_in_words(part, lang) for part in condition.all]
    if condition.any:
        inner = either.join(condition_in_words(part, lang) for part in condition.any)
        # Behind a type Chinese sets brackets anyway, and below where there is more in them.
        is_part = len(condition.any) > 1 and parts and not (zh and condition.type)
        parts.append((f"（{inner}）" if zh else f"({inner})") if is_part else inner)
    if condition.not_:
        parts.append(("非" if zh else "not ") + condition_in_words(condition.not_, lang))
    if zh and condition.type and len(parts) > 1:
        inside = [f"（{one}）" if "或" in one and len(parts) > 2 else one for one in parts[1:]]
        return f"{parts[0]}（{both.join(inside)}）"
    return both.join(parts) or ("全部" if zh else "all")


def population_in_words(population: Population, lang: Lang = "zh") -> str:
    """The members that must be reached."""
    zh = lang == "zh"
    comma = "、" if zh else ", "
    classes = comma.join(population.posts or population.people)
    units = comma.join(population.unit_type)
    plain = Condition(
        **{name: getattr(population, name) for name in Condition.model_fields if name != "not_"},
        not_=population.not_,
    )
    rest = condition_in_words(plain, lang) if plain != Condition() else ""
    parts = [part for part in (units, rest) if part]
    inner = ("且" if zh else " and ").join(parts)
    if classes:
        return (f"{inner}的{classes}" if zh else f"{classes} of {inner}") if inner else classes
    if population.scope == PopulationScope.ASSIGNED:
        return f"所负责的{inner}" if zh else f"{inner} assigned to the holder"
    return inner


def number_text(value: Decimal | Fraction | int | None) -> str:
    return str(plain_number(1 if value is None else value))


def percent_text(share: Fraction | None) -> str:
    hundred = (share or Fraction(0)) * 100
    if hundred.denominator == 1:
        return f"{hundred}%"
    tenths = hundred * 10
    return f"{float(hundred):.1f}%" if tenths.denominator == 1 else str(share)
