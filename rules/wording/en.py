"""A measure in plain English."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable

from rules.frequency import DayOfPeriod, Measure, Shape, Until
from rules.model import Length
from rules.period_kinds import period_kind
from rules.wording.parts import UNITS, number_text, percent_text, population_in_words


def in_english(measure: Measure) -> str:
    """The measure without its variants: `at least once a quarter`."""
    return _ENGLISH[measure.shape](measure) + _en_of_one_act(measure)


def _en_of_one_act(measure: Measure) -> str:
    """What counts but once, and what one act must be to count."""
    words = {"subjects": ", each subject once", "days": ", each day once"}
    said = words[measure.distinct] if measure.distinct else ""
    if measure.least_amount is not None:
        least = measure.least_amount
        said += f", at least {number_text(least.amount)} {least.unit} each time"
    if measure.least_interval is not None:
        said += f", at least {_en_length(measure.least_interval)} after the last"
    return said


def _en_length(length: Length) -> str:
    unit = UNITS[length.unit][1]
    return f"{length.count} {unit}{'' if length.count == 1 else 's'}"


def _en_day(day: DayOfPeriod, period: str) -> str:
    if day.nth:
        named = month_name[day.month or 0] if period == "year" else f"month {day.month}"
        return f"the {day.nth} {str(day.weekday).capitalize()}" + (
            f" of {named}" if day.month else ""
        )
    if day.weekday:
        return str(day.weekday).capitalize()
    last = day.day == "last"
    if day.month is None:
        return "the last day" if last else f"day {day.day}"
    if period == "year":
        name = month_name[day.month]
        return f"the end of {name}" if last else f"{day.day} {name}"
    return f"{'the last day' if last else f'day {day.day}'} of month {day.month}"


def _en_times(measure: Measure) -> str:
    low = number_text(measure.at_least)
    unit = measure.unit or "times"
    if measure.at_most is not None:
        high = number_text(measure.at_most)
        return f"{low} to {high} {unit}"
    if not measure.unit and low in ("1", "2"):
        return f"at least {'once' if low == '1' else 'twice'}"
    return f"at least {low} {unit}"


def _en_cap(measure: Measure) -> str:
    return ", and no more" if measure.cap else ""


def _en_more(measure: Measure) -> str:
    plain = measure.unit is None and measure.at_least in (None, 1)
    return "" if plain else f"{_en_times(measure)} "


def _en_when(measure: Measure) -> str:
    words = period_kind(measure.per).en_each if measure.per else ""
    if measure.every:
        words = f"every {_en_length(measure.every)}"
    if measure.between and measure.per:
        first, last = (_en_day(day, measure.per) for day in measure.between)
        words += f", on {first}" if measure.one_day else f", from {first} to {last}"
    if measure.while_:
        words += f", during {measure.while_}"
    if measure.except_:
        words += f", except {', '.join(measure.except_)}"
    return words


def _en_windows(measure: Measure) -> str:
    if measure.windows is None:
        return ""
    if measure.windows.each:
        several = "each of " if len(measure.windows.each) > 1 else ""
        return f"in {several}{', '.join(measure.windows.each)}"
    several = "any of " if len(measure.windows.any) > 1 else ""
    return f"in {several}{', '.join(measure.windows.any)}"


def _en_frame(measure: Measure) -> str:
    return f"by {measure.by}" if measure.by else _en_windows(measure) or _en_when(measure)


def _en_share(measure: Measure) -> str:
    population = measure.population
    whom = population_in_words(population, "en") if population else "the population"
    return f"at least {percent_text(measure.share)} of {whom} {_en_frame(measure)}"


def _en_share_of_days(measure: Measure) -> str:
    return f"on at least {percent_text(measure.share)} of the working days {_en_frame(measure)}"


def _en_coverage(measure: Measure) -> str:
    whom = population_in_words(measure.each, "en") if measure.each else "the population"
    return f"every one of {whom} {_en_times(measure)} {_en_frame(measure)}{_en_cap(measure)}"


def _en_recurring(measure: Measure) -> str:
    per = measure.per or "year"
    days = " and ".join(_en_day(day, per) for day in measure.due)
    return f"{_en_more(measure)}by {days} of each {period_kind(per).en}"


def _en_after(measure: Measure) -> str:
    about = measure.about or "year"
    noun = f"the {period_kind(about).en}"
    if measure.due:
        day = measure.due[0]
        month = day.month or 1
        if day.weekday:
            return f"{_en_more(measure)}by {_en_day(day, about)} after {noun}"
        plain = _en_day(day.model_copy(update={"month": None}), about)
        if about == "year":
            plain = _en_day(day.model_copy(update={"month": month}), about)
            return f"{_en_more(measure)}by {plain} after {noun}"
        whole = "month" if month == 1 else f"month {month}"
        return f"{_en_more(measure)}by {plain} of the {whole} after {noun}"
    return f"{_en_more(measure)}{_en_until(measure.within)} the end of {noun}"


def _en_until(within: Until | str | None) -> str:
    if not isinstance(within, Until):
        return "within a limit to be ruled after"
    if within.length:
        return f"within {_en_length(within.length)} after"
    name = month_name[within.month or 1]
    day = f"the end of {name}" if within.day == "last" else f"{within.day} {name}"
    year = ("the same year", "the next year")[within.years] if within.years < 2 else ""
    return f"by {day} of {year or f'the {within.years}th year'} after"


def _en_event(measure: Measure) -> str:
    if measure.before:
        ahead = f"{_en_length(measure.ahead)} " if measure.ahead.count else ""
        # An amount must not read as how long before.
        total = ", all told, " if measure.unit else " "
        return f"{_en_times(measure)}{total}{ahead}before {', '.join(measure.before)}"
    return f"{_en_more(measure)}{_en_until(measure.within)} {', '.join(measure.after)}"


def _en_unruled(measure: Measure) -> str:
    if measure.after:
        return f"after {', '.join(measure.after)}, the limit to be ruled"
    if measure.every:
        return f"every {_en_length(measure.every)}, how it runs to be ruled"
    return "to be ruled"


_ENGLISH: dict[Shape, Callable[[Measure], str]] = {
    Shape.COUNT: lambda measure: f"{_en_times(measure)} {_en_when(measure)}",
    Shape.RANGE: lambda measure: f"{_en_times(measure)} {_en_when(measure)}{_en_cap(measure)}",
    Shape.QUOTA: lambda measure: f"{_en_times(measure)} {_en_when(measure)}{_en_cap(measure)}",
    Shape.SHARE: _en_share,
    Shape.SHARE_OF_DAYS: _en_share_of_days,
    Shape.COVERAGE: _en_coverage,
    Shape.RECURRING_DEADLINE: _en_recurring,
    Shape.AFTER_PERIOD: _en_after,
    Shape.DEADLINE: lambda measure: f"{_en_more(measure)}by {measure.by}",
    Shape.WINDOW: lambda measure: f"{_en_times(measure)} {_en_windows(measure)}{_en_cap(measure)}",
    Shape.EVENT: _en_event,
    Shape.ROLLING: lambda measure: f"never more than {_en_gap(measure)} between two",
    Shape.NESTED: lambda measure: "; and ".join(in_english(part) for part in measure.all),
    Shape.TO_BE_RULED: _en_unruled,
}


def _en_gap(measure: Measure) -> str:
    return _en_length(measure.every) if measure.every else ""
