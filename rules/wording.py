"""A measure read aloud, in Chinese or English: what notices and reports print as 频次要求."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rules.duty import Duty
from rules.frequency import Condition, DayOfPeriod, Frequency, Measure, Population, Shape, Until
from rules.model import Length, plain_number
from rules.vocabulary import Vocabulary

Lang = Literal["zh", "en"]

_PERIODS = {
    "day": ("每日", "a day", "日", "day"),
    "workday": ("每个工作日", "a working day", "工作日", "working day"),
    "week": ("每周", "a week", "周", "week"),
    "ten_days": ("每旬", "every ten days of a month", "旬", "ten days"),
    "half_month": ("每半月", "a half month", "半月", "half month"),
    "month": ("每月", "a month", "月", "month"),
    "quarter": ("每季度", "a quarter", "季度", "quarter"),
    "half_year": ("每半年", "a half-year", "半年", "half-year"),
    "year": ("每年", "a year", "年", "year"),
    "school_term": ("每学期", "a school term", "学期", "school term"),
    "school_year": ("每学年", "a school year", "学年", "school year"),
    "term_of_office": ("每届任期", "a term of office", "任期", "term of office"),
    "campaign": ("期间内", "over the campaign", "期间", "campaign"),
}
_WEEKDAYS = {
    "monday": "周一",
    "tuesday": "周二",
    "wednesday": "周三",
    "thursday": "周四",
    "friday": "周五",
    "saturday": "周六",
    "sunday": "周日",
}
_UNITS = {
    "hours": ("小时", "hour"),
    "days": ("日", "day"),
    "workdays": ("个工作日", "working day"),
    "months": ("个月", "month"),
    "years": ("年", "year"),
}
_NEXT = {
    "month": "次月",
    "quarter": "下季度",
    "half_year": "下半年度",
    "year": "次年",
    "week": "下周",
}


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


def condition_in_words(condition: Condition, lang: Lang = "zh") -> str:
    """Whom a condition means: `高危行业` for a tag, `学校且高危` for a type and a tag."""
    zh = lang == "zh"
    either, both = ("或", "且") if zh else (" or ", " and ")
    parts = [either.join(words) for words in (condition.type, condition.industry) if words]
    parts += list(condition.tags)
    parts += [f"{key}={value}" for key, value in condition.facts.items()]
    parts += [condition_in_words(part, lang) for part in condition.all]
    if condition.any:
        parts.append(either.join(condition_in_words(part, lang) for part in condition.any))
    if condition.not_:
        parts.append(("非" if zh else "not ") + condition_in_words(condition.not_, lang))
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
    if not classes:
        return inner
    return (f"{inner}的{classes}" if zh else f"{classes} of {inner}") if inner else classes


def _in_words(measure: Measure, lang: Lang) -> str:
    tell = (_CHINESE if lang == "zh" else _ENGLISH)[measure.shape]
    return tell(measure)


def _number(value: Decimal | Fraction | int | None) -> str:
    return str(plain_number(1 if value is None else value))


def _percent(share: Fraction | None) -> str:
    hundred = (share or Fraction(0)) * 100
    if hundred.denominator == 1:
        return f"{hundred}%"
    tenths = hundred * 10
    return f"{float(hundred):.1f}%" if tenths.denominator == 1 else str(share)


# Chinese


def _zh_period(period: str) -> str:
    if period in _PERIODS:
        return _PERIODS[period][0]
    count, unit = period.split()
    return f"每{count}{'个月' if unit == 'months' else '年'}"


def _zh_length(length: Length) -> str:
    return f"{length.count}{_UNITS[length.unit][0]}"


def _zh_day(day: DayOfPeriod, period: str) -> str:
    if day.weekday:
        return _WEEKDAYS[day.weekday]
    last = day.day == "last"
    if day.month is None:
        return "末" if last else f"{day.day}日"
    if period in ("year", "school_year"):
        return f"{day.month}月底" if last else f"{day.month}月{day.day}日"
    month = "首月" if day.month == 1 else f"第{day.month}个月"
    return f"{month}末" if last else f"{month}{day.day}日"


def _zh_times(measure: Measure, each: str = "") -> str:
    """`至少1次`, `1至2次`, `不少于40台`; with a cap that more is forbidden."""
    low = _number(measure.at_least)
    unit = measure.unit or "次"
    if measure.at_most is not None:
        high = _number(measure.at_most)
        words = f"{low}{unit}" if low == high else f"{low}至{high}{unit}"
        return f"{each}{words}" + (f"，不得超过{high}{unit}" if measure.cap else "")
    return f"{each}{'不少于' if measure.unit else '至少'}{low}{unit}"


def _zh_more(measure: Measure, tail: str = "完成") -> str:
    """What a deadline asks for beyond being met once."""
    plain = measure.unit is None and measure.at_least in (None, 1)
    return tail if plain else _zh_times(measure)


def _zh_when(measure: Measure) -> str:
    """The period with what is taken out of it or made of it."""
    words = f"{measure.while_}期间" if measure.while_ else ""
    if measure.per:
        words += _zh_period(measure.per)
    elif measure.every:
        words += f"每{_zh_length(measure.every)}"
    if measure.between and measure.per:
        first, last = (_zh_day(day, measure.per) for day in measure.between)
        words += f"{first}至{last}"
    if measure.except_:
        words += f"（{'、'.join(measure.except_)}除外）"
    return words


def _zh_windows(measure: Measure) -> str:
    if measure.windows is None:
        return ""
    if measure.windows.each:
        return f"在{'、'.join(measure.windows.each)}{'各' if len(measure.windows.each) > 1 else ''}"
    several = "任一时段" if len(measure.windows.any) > 1 else ""
    return f"在{'、'.join(measure.windows.any)}{several}"


def _zh_frame(measure: Measure) -> str:
    """The time of a coverage or share: a period, a last day, or windows."""
    if measure.by:
        return f"{measure.by}前"
    return _zh_windows(measure) or _zh_when(measure)


def _zh_share(measure: Measure) -> str:
    whom = population_in_words(measure.of) if measure.of else ""
    return f"{_zh_frame(measure)}覆盖不少于{_percent(measure.share)}{f'的{whom}' if whom else ''}"


def _zh_coverage(measure: Measure) -> str:
    whom = population_in_words(measure.each) if measure.each else ""
    return f"{_zh_frame(measure)}全覆盖（{whom}，每个{_zh_times(measure)}）"


def _zh_recurring(measure: Measure) -> str:
    per = measure.per or "year"
    days = "、".join(_zh_day(day, per) for day in measure.due)
    join = "" if per != "campaign" else "的"
    return f"{_zh_period(per)}{join}{days}前{_zh_more(measure)}"


def _zh_after(measure: Measure) -> str:
    about = measure.about or ""
    if measure.due:
        day = measure.due[0]
        follow = _NEXT.get(about, f"{_PERIODS.get(about, ('', '', about, ''))[2]}结束后")
        if day.weekday or about in ("month", "week"):
            return f"{follow}{_zh_day(day, 'month')}前{_zh_more(measure)}"
        counted = "year" if about == "year" else "quarter"
        month = day if day.month else day.model_copy(update={"month": 1})
        return f"{follow}{_zh_day(month, counted)}前{_zh_more(measure)}"
    ended = f"{_zh_period(about)}终了后"
    return f"{ended}{_zh_until(measure.within)}{_zh_more(measure)}"


def _zh_until(within: Until | str | None) -> str:
    if not isinstance(within, Until):
        return "（时限待明确）"
    if within.length:
        return "当日内" if not within.length.count else f"{_zh_length(within.length)}内"
    year = ("当年", "次年")[within.years] if within.years < 2 else f"第{within.years}年后"
    day = "底" if within.day == "last" else f"{within.day}日"
    return f"{year}{within.month}月{day}前"


def _zh_event(measure: Measure) -> str:
    if measure.before:
        ahead = _zh_length(measure.ahead) if measure.ahead.count else ""
        return f"{'、'.join(measure.before)}{ahead}前{_zh_more(measure, '至少1次')}"
    return f"{'、'.join(measure.after)}后{_zh_until(measure.within)}{_zh_more(measure)}"


def _zh_unruled(measure: Measure) -> str:
    if measure.after:
        return f"{'、'.join(measure.after)}后，时限待明确"
    if measure.every:
        return f"每{_zh_length(measure.every)}{_zh_times(measure)}，起算方式待明确"
    if measure.about:
        return f"{_zh_period(measure.about)}终了后，时限待明确"
    return "待明确"


_CHINESE: dict[Shape, Callable[[Measure], str]] = {
    Shape.COUNT: lambda measure: _zh_when(measure) + _zh_times(measure),
    Shape.RANGE: lambda measure: _zh_when(measure) + _zh_times(measure),
    Shape.QUOTA: lambda measure: _zh_when(measure) + _zh_times(measure),
    Shape.SHARE: _zh_share,
    Shape.COVERAGE: _zh_coverage,
    Shape.RECURRING_DEADLINE: _zh_recurring,
    Shape.AFTER_PERIOD: _zh_after,
    Shape.DEADLINE: lambda measure: f"{measure.by}前{_zh_more(measure)}",
    Shape.WINDOW: lambda measure: _zh_windows(measure) + _zh_times(measure),
    Shape.EVENT: _zh_event,
    Shape.ROLLING: lambda measure: f"两次间隔不超过{_gap(measure)}",
    Shape.NESTED: lambda measure: "，且".join(_in_words(part, "zh") for part in measure.all),
    Shape.TO_BE_RULED: _zh_unruled,
}


def _gap(measure: Measure) -> str:
    every = measure.every
    if every is None:
        return ""
    return f"{every.count}天" if every.unit == "days" else _zh_length(every)


# English


def _en_period(period: str) -> str:
    return _PERIODS[period][1] if period in _PERIODS else f"every {period}"


def _en_length(length: Length) -> str:
    unit = _UNITS[length.unit][1]
    return f"{length.count} {unit}{'' if length.count == 1 else 's'}"


def _en_day(day: DayOfPeriod, period: str) -> str:
    if day.weekday:
        return str(day.weekday).capitalize()
    last = day.day == "last"
    if day.month is None:
        return "the last day" if last else f"day {day.day}"
    if period in ("year", "school_year"):
        return f"{day.month:02d}-{'last' if last else f'{day.day:02d}'}"
    return f"{'the last day' if last else f'day {day.day}'} of month {day.month}"


def _en_times(measure: Measure) -> str:
    low = _number(measure.at_least)
    unit = measure.unit or ("time" if low == "1" and measure.at_most is None else "times")
    if measure.at_most is not None:
        high = _number(measure.at_most)
        return f"{low} to {high} {unit}" + (", no more" if measure.cap else "")
    return f"at least {low} {unit}"


def _en_more(measure: Measure) -> str:
    plain = measure.unit is None and measure.at_least in (None, 1)
    return "" if plain else f"{_en_times(measure)} "


def _en_when(measure: Measure) -> str:
    words = _en_period(measure.per) if measure.per else ""
    if measure.every:
        words = f"every {_en_length(measure.every)}"
    if measure.between and measure.per:
        first, last = (_en_day(day, measure.per) for day in measure.between)
        words += f", from {first} to {last}"
    if measure.while_:
        words += f", during {measure.while_}"
    if measure.except_:
        words += f", except {', '.join(measure.except_)}"
    return words


def _en_windows(measure: Measure) -> str:
    if measure.windows is None:
        return ""
    if measure.windows.each:
        return f"in each of {', '.join(measure.windows.each)}"
    return f"in any of {', '.join(measure.windows.any)}"


def _en_frame(measure: Measure) -> str:
    return f"by {measure.by}" if measure.by else _en_windows(measure) or _en_when(measure)


def _en_share(measure: Measure) -> str:
    whom = population_in_words(measure.of, "en") if measure.of else "the population"
    return f"at least {_percent(measure.share)} of {whom} {_en_frame(measure)}"


def _en_coverage(measure: Measure) -> str:
    whom = population_in_words(measure.each, "en") if measure.each else "the population"
    return f"every one of {whom} {_en_times(measure)} {_en_frame(measure)}"


def _en_recurring(measure: Measure) -> str:
    per = measure.per or "year"
    days = " and ".join(_en_day(day, per) for day in measure.due)
    noun = _PERIODS[per][3] if per in _PERIODS else per
    return f"{_en_more(measure)}by {days} of each {noun}"


def _en_after(measure: Measure) -> str:
    about = measure.about or ""
    noun = f"the {_PERIODS[about][3] if about in _PERIODS else about}"
    if measure.due:
        day = measure.due[0]
        month = day.month or 1
        if day.weekday:
            return f"{_en_more(measure)}by {_en_day(day, about)} after {noun}"
        plain = _en_day(day.model_copy(update={"month": None}), about)
        return f"{_en_more(measure)}by {plain} of month {month} after {noun}"
    return f"{_en_more(measure)}{_en_until(measure.within)} the end of {noun}"


def _en_until(within: Until | str | None) -> str:
    if not isinstance(within, Until):
        return "within a limit to be ruled after"
    if within.length:
        return f"within {_en_length(within.length)} after"
    day = "last" if within.day == "last" else f"{within.day:02d}"
    return f"by {within.month:02d}-{day}, {within.years} years after"


def _en_event(measure: Measure) -> str:
    if measure.before:
        ahead = f"{_en_length(measure.ahead)} " if measure.ahead.count else ""
        return f"{_en_times(measure)} {ahead}before {', '.join(measure.before)}"
    return f"{_en_more(measure)}{_en_until(measure.within)} {', '.join(measure.after)}"


def _en_unruled(measure: Measure) -> str:
    if measure.after:
        return f"after {', '.join(measure.after)}, the limit to be ruled"
    if measure.every:
        return f"every {_en_length(measure.every)}, how it runs to be ruled"
    return "to be ruled"


_ENGLISH: dict[Shape, Callable[[Measure], str]] = {
    Shape.COUNT: lambda measure: f"{_en_times(measure)} {_en_when(measure)}",
    Shape.RANGE: lambda measure: f"{_en_times(measure)} {_en_when(measure)}",
    Shape.QUOTA: lambda measure: f"{_en_times(measure)} {_en_when(measure)}",
    Shape.SHARE: _en_share,
    Shape.COVERAGE: _en_coverage,
    Shape.RECURRING_DEADLINE: _en_recurring,
    Shape.AFTER_PERIOD: _en_after,
    Shape.DEADLINE: lambda measure: f"{_en_more(measure)}by {measure.by}",
    Shape.WINDOW: lambda measure: f"{_en_times(measure)} {_en_windows(measure)}",
    Shape.EVENT: _en_event,
    Shape.ROLLING: lambda measure: f"never more than {_en_gap(measure)} between two",
    Shape.NESTED: lambda measure: "; and ".join(_in_words(part, "en") for part in measure.all),
    Shape.TO_BE_RULED: _en_unruled,
}


def _en_gap(measure: Measure) -> str:
    return _en_length(measure.every) if measure.every else ""
