"""A measure as a Chinese clause would say it."""

from __future__ import annotations

from collections.abc import Callable

from rules.frequency import DayOfPeriod, Measure, Shape, Until
from rules.model import Length
from rules.period_kinds import period_kind
from rules.wording.parts import UNITS, number_text, percent_text, population_in_words

_WEEKDAYS = {
    "monday": "周一",
    "tuesday": "周二",
    "wednesday": "周三",
    "thursday": "周四",
    "friday": "周五",
    "saturday": "周六",
    "sunday": "周日",
}


def in_chinese(measure: Measure) -> str:
    """The measure without its variants: `每季度至少1次`."""
    return _CHINESE[measure.shape](measure) + _zh_of_one_act(measure)


def _zh_of_one_act(measure: Measure) -> str:
    """What counts but once, and what one act must be to count."""
    words = {"subjects": "（同一对象只计一次）", "days": "（同一天只计一次）"}
    said = words[measure.distinct] if measure.distinct else ""
    if measure.least_amount is not None:
        least = measure.least_amount
        said += f"，每次不少于{number_text(least.amount)}{least.unit}"
    if measure.least_interval is not None:
        said += f"，与上次间隔不少于{_zh_length(measure.least_interval)}"
    return said


def _zh_length(length: Length) -> str:
    return f"{length.count}{UNITS[length.unit][0]}"


_NTH = {
    "first": "第一个",
    "second": "第二个",
    "third": "第三个",
    "fourth": "第四个",
    "last": "最后一个",
}


def _zh_day(day: DayOfPeriod, period: str) -> str:
    if day.nth and day.weekday:
        month = "" if day.month is None else _zh_month(day.month, period)
        return f"{month}{_NTH[str(day.nth)]}{_WEEKDAYS[str(day.weekday)]}"
    if day.weekday:
        return _WEEKDAYS[day.weekday]
    last = day.day == "last"
    if day.month is None:
        return "末" if last else f"{day.day}日"
    if period == "year":
        return f"{day.month}月底" if last else f"{day.month}月{day.day}日"
    month = _zh_month(day.month, period)
    return f"{month}末" if last else f"{month}{day.day}日"


def _zh_month(month: int, period: str) -> str:
    if period == "year":
        return f"{month}月"
    return "首月" if month == 1 else f"第{month}个月"


def _zh_times(measure: Measure, each: str = "") -> str:
    """`至少1次`, `1至2次`, `不少于40台`; with a cap that more is forbidden."""
    low = number_text(measure.at_least)
    unit = measure.unit or "次"
    if measure.at_most is not None:
        high = number_text(measure.at_most)
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
        words += period_kind(measure.per).zh_each
    elif measure.every:
        words += f"每{_zh_length(measure.every)}"
    if measure.between and measure.per:
        first, last = (_zh_day(day, measure.per) for day in measure.between)
        words += first if measure.one_day else f"{first}至{last}"
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
    whom = population_in_words(measure.population) if measure.population else ""
    share = percent_text(measure.share)
    return f"{_zh_frame(measure)}覆盖不少于{share}{f'的{whom}' if whom else ''}"


def _zh_share_of_days(measure: Measure) -> str:
    return f"{_zh_frame(measure)}不少于{percent_text(measure.share)}的工作日"


def _zh_coverage(measure: Measure) -> str:
    whom = population_in_words(measure.each) if measure.each else ""
    return f"{_zh_frame(measure)}全覆盖（{whom}，每个{_zh_times(measure)}）"


def _zh_recurring(measure: Measure) -> str:
    per = measure.per or "year"
    days = "、".join(_zh_day(day, per) for day in measure.due)
    join = "" if per != "campaign" else "的"
    return f"{period_kind(per).zh_each}{join}{days}前{_zh_more(measure)}"


def _zh_after(measure: Measure) -> str:
    about = measure.about or "year"
    kind = period_kind(about)
    if measure.due:
        day = measure.due[0]
        follow = kind.zh_next or f"{kind.zh}结束后"
        if about == "month" and day.month == 1:
            day = day.model_copy(update={"month": None})
        if day.weekday or about in ("month", "week"):
            return f"{follow}{_zh_day(day, 'month')}前{_zh_more(measure)}"
        counted = "year" if about == "year" else "quarter"
        month = day if day.month else day.model_copy(update={"month": 1})
        return f"{follow}{_zh_day(month, counted)}前{_zh_more(measure)}"
    return f"{kind.zh_each}终了后{_zh_until(measure.within)}{_zh_more(measure)}"


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
        # An amount must not read as how long before.
        total = "合计" if measure.unit else ""
        return f"{'、'.join(measure.before)}{ahead}前{total}{_zh_more(measure, '至少1次')}"
    return f"{'、'.join(measure.after)}后{_zh_until(measure.within)}{_zh_more(measure)}"


def _zh_unruled(measure: Measure) -> str:
    if measure.after:
        return f"{'、'.join(measure.after)}后，时限待明确"
    if measure.every:
        return f"每{_zh_length(measure.every)}{_zh_times(measure)}，起算方式待明确"
    if measure.about:
        return f"{period_kind(measure.about).zh_each}终了后，时限待明确"
    return "待明确"


_CHINESE: dict[Shape, Callable[[Measure], str]] = {
    Shape.COUNT: lambda measure: _zh_when(measure) + _zh_times(measure),
    Shape.RANGE: lambda measure: _zh_when(measure) + _zh_times(measure),
    Shape.QUOTA: lambda measure: _zh_when(measure) + _zh_times(measure),
    Shape.SHARE: _zh_share,
    Shape.SHARE_OF_DAYS: _zh_share_of_days,
    Shape.COVERAGE: _zh_coverage,
    Shape.RECURRING_DEADLINE: _zh_recurring,
    Shape.AFTER_PERIOD: _zh_after,
    Shape.DEADLINE: lambda measure: f"{measure.by}前{_zh_more(measure)}",
    Shape.WINDOW: lambda measure: _zh_windows(measure) + _zh_times(measure),
    Shape.EVENT: _zh_event,
    Shape.ROLLING: lambda measure: f"两次间隔不超过{_gap(measure)}",
    Shape.NESTED: lambda measure: "，且".join(in_chinese(part) for part in measure.all),
    Shape.TO_BE_RULED: _zh_unruled,
}


def _gap(measure: Measure) -> str:
    every = measure.every
    if every is None:
        return ""
    return f"{every.count}天" if every.unit == "days" else _zh_length(every)
