"""Which keys of a frequency go together: the table behind every shape of SEMANTICS, section 2."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from rules.frequency import WEEKDAYS, DayOfPeriod, Frequency, Measure, Shape, Variant
from rules.period_kinds import Given, PeriodKind, period_kind
from rules.places import Path

_COMMON = frozenset({"grace", "warn", "when", "variants"})
_CONDUCT = _COMMON | {"at_least", "tenure"}
_RESULT = _COMMON | {"acts_of"}
_PERIODIC = _CONDUCT | {
    "per",
    "every",
    "reading",
    "since",
    "between",
    "while",
    "except",
    "holidays",
}

ALLOWED: dict[Shape, frozenset[str]] = {
    Shape.COUNT: _PERIODIC,
    Shape.RANGE: _PERIODIC | {"at_most", "cap"},
    Shape.QUOTA: _PERIODIC | {"unit", "at_most", "cap"},
    Shape.SHARE: _RESULT | {"share", "of", "per", "since", "between", "by", "windows", "adjust"},
    Shape.COVERAGE: _RESULT
    | {"each", "at_least", "per", "since", "between", "by", "windows", "holidays", "adjust"},
    Shape.RECURRING_DEADLINE: _RESULT
    | {"due", "per", "since", "at_least", "unit", "holidays", "adjust"},
    Shape.AFTER_PERIOD: _RESULT | {"about", "due", "within", "since", "at_least", "unit", "adjust"},
    Shape.DEADLINE: _RESULT | {"by", "at_least", "unit", "adjust"},
    Shape.WINDOW: _CONDUCT | {"windows", "at_most", "cap", "unit", "per"},
    Shape.EVENT: _RESULT
    | {"before", "after", "ahead", "no_earlier_than", "within", "at_least", "unit", "adjust"},
    Shape.ROLLING: _CONDUCT | {"every", "reading"},
    Shape.NESTED: frozenset({"all", "variants", "when"}),
    Shape.TO_BE_RULED: _PERIODIC
    | _RESULT
    | {"after", "about", "within", "at_most", "cap", "unit", "adjust"},
}
"""The keys that may stand beside those that tell a shape; every other one is a problem."""

TELLING: dict[Shape, tuple[str, ...]] = {
    Shape.SHARE: ("share",),
    Shape.COVERAGE: ("each",),
    Shape.EVENT: ("before", "after"),
    Shape.AFTER_PERIOD: ("about",),
    Shape.RECURRING_DEADLINE: ("due",),
    Shape.DEADLINE: ("by",),
    Shape.WINDOW: ("windows",),
    Shape.ROLLING: ("every",),
    Shape.QUOTA: ("unit",),
    Shape.RANGE: ("per", "every"),
    Shape.COUNT: ("per", "every"),
    Shape.NESTED: ("all",),
    Shape.TO_BE_RULED: ("within", "every"),
}
"""The key that tells the shape: the first of these that is given."""

_INSTEAD = {
    ("each", "due"): "a stretch inside each period is written with 'between', one day with 'by'",
    ("per", "cap"): "it forbids more than 'at_most', which is not there",
    ("unit", "cap"): "it forbids more than 'at_most', which is not there",
    ("windows", "per"): "a stretch of each year in which something recurs is the 'season' of valid",
}


@dataclass(frozen=True)
class Mistake:
    """Keys that don't go together: where (from the measure), what, and what would be right."""

    path: Path
    message: str
    hint: str = ""
    key: bool = True


def given_keys(measure: Measure) -> tuple[str, ...]:
    """The keys that the file gives, as they are written there, in the model's order."""
    fields = type(measure).model_fields
    return tuple(fields[name].alias or name for name in fields if name in measure.model_fields_set)


def frequency_mistakes(frequency: Frequency, campaign: bool) -> Iterator[Mistake]:
    """What doesn't go together in a frequency and its variants.

    `campaign`: whether the duty has a first and a last day of its own.
    """
    yield from _measure(frequency, (), campaign)
    for place, variant in enumerate(frequency.variants):
        yield from _measure(variant, ("variants", place), campaign)
    yield from _variants(frequency.variants)


def _measure(measure: Measure, at: Path, campaign: bool) -> Iterator[Mistake]:
    keys = given_keys(measure)
    shape = measure.shape
    own = frozenset(keys) - _COMMON
    if shape is Shape.TO_BE_RULED and (own or at) and not _open_limit(measure):
        yield Mistake(
            at,
            "no period, day, window or event",
            "add 'per', 'due', 'by', 'windows', 'before', 'after' or 'every'; "
            "a clause without a number or day is 'frequency: to_be_ruled'",
        )
        return
    telling = next((key for key in TELLING[shape] if key in keys), "")
    clashing = [key for key in keys if key not in ALLOWED[shape] and key != telling]
    for key in clashing:
        if shape is Shape.NESTED:
            yield Mistake((*at, key), f"'{key}' beside 'all'", "write it in each measure of 'all'")
            continue
        beside = ", ".join(sorted(ALLOWED[shape] - _COMMON - {telling}))
        hint = _INSTEAD.get((telling, key)) or f"beside '{telling}' may stand: {beside}"
        yield Mistake((*at, key), f"'{key}' does not go with '{telling}'", hint)
    if not clashing:
        for mistake in _needs(measure, shape, keys):
            yield Mistake((*at, *mistake.path), mistake.message, mistake.hint, mistake.key)
        for mistake in (*_numbers(measure, shape, keys), *_days(measure, shape)):
            yield Mistake((*at, *mistake.path), mistake.message, mistake.hint, mistake.key)
        if measure.period and measure.period.cut is Given.CAMPAIGN and not campaign:
            key = "per" if measure.per else "about"
            hint = "give the campaign's days: valid: {first: …, last: …}"
            yield Mistake((*at, key), "'campaign' without a first and a last day", hint)
    for place, part in enumerate(measure.all):
        if part.all:
            hint = "write its measures in the outer 'all'"
            yield Mistake((*at, "all", place, "all"), "'all' inside of 'all'", hint)
        else:
            yield from _measure(part, (*at, "all", place), campaign)


def says_unclear(measure: Measure) -> bool:
    """Whether a measure without a shape means to be so, rather than lacks its period."""
    return not frozenset(given_keys(measure)) - _COMMON or _open_limit(measure)


def _open_limit(measure: Measure) -> bool:
    """Whether the keys say how a text is unclear: a limit, or a stretch read in two ways."""
    return measure.within == "to_be_ruled" or measure.every is not None


def _exactly_one(keys: tuple[str, ...], wanted: tuple[str, ...], telling: str) -> Iterator[Mistake]:
    found = [key for key in wanted if key in keys]
    words = ", ".join(f"'{key}'" for key in wanted[:-1]) + f" or '{wanted[-1]}'"
    if not found:
        yield Mistake((telling,), f"'{telling}' without a time", f"add {words}")
    elif len(found) > 1:
        yield Mistake(
            (found[1],), f"'{found[0]}' and '{found[1]}' together", f"keep one of {words}"
        )


def _needs(measure: Measure, shape: Shape, keys: tuple[str, ...]) -> Iterator[Mistake]:
    if shape in (Shape.COUNT, Shape.RANGE, Shape.QUOTA):
        yield from _exactly_one(keys, ("per", "every"), "unit" if "unit" in keys else "at_least")
    elif shape in (Shape.SHARE, Shape.COVERAGE):
        telling = "share" if shape is Shape.SHARE else "each"
        yield from _exactly_one(keys, ("per", "by", "windows"), telling)
        if shape is Shape.SHARE and measure.of is None:
            yield Mistake(("share",), "a share of nothing", "add 'of': the population")
        if measure.adjust and not measure.by:
            hint = "only days that a clause names move: 'adjust' goes with 'by'"
            yield Mistake(("adjust",), "'adjust' without a day", hint)
    elif shape is Shape.RECURRING_DEADLINE and not measure.per:
        yield Mistake(("due",), "'due' without a period", "add 'per'; a single day is 'by: DAY'")
    elif shape is Shape.AFTER_PERIOD:
        yield from _exactly_one(keys, ("due", "within"), "about")
    elif shape is Shape.EVENT:
        yield from _event_needs(measure)
    elif shape is Shape.WINDOW and measure.per not in (None, "year"):
        hint = "named windows come once a year; " + _INSTEAD["windows", "per"]
        yield Mistake(("per",), f"'per: {measure.per}' with windows", hint)
    if shape is Shape.NESTED and len(measure.all) < 2:
        yield Mistake(("all",), "'all' with one measure", "write the measure without 'all'")
    if measure.between and not measure.per:
        yield Mistake(("between",), "'between' without a period", "add 'per'")
    if measure.reading and not measure.every:
        yield Mistake(("reading",), "'reading' without 'every'", "it says how 'every' is read")
    every = measure.every
    if every and (every.count < 1 or every.unit in ("hours", "workdays")):
        hint = "write days, months or years"
        yield Mistake(("every",), f"'{every}' between two acts", hint, key=False)
    elif every and measure.reading == "calendar" and not (measure.period or measure.while_):
        hint = "write days, months or years that make a period, or 'reading: rolling'"
        yield Mistake(("every",), f"the calendar has no periods of '{every}'", hint, key=False)
    yield from _period_needs(measure, measure.period)


def _period_needs(measure: Measure, kind: PeriodKind | None) -> Iterator[Mistake]:
    key = next((one for one in ("per", "about") if getattr(measure, one)), "every")
    # Within an event a length is counted from its first day, with no year to begin from.
    from_event = bool(measure.every and measure.while_)
    if kind and kind.needs_since and measure.since is None and not from_event:
        yield Mistake((key,), f"'{kind.word}' without a first year", "add 'since: YEAR'")
    elif measure.since is not None and not (kind and kind.needs_since):
        hint = "it is the first year of 'per: 3 years'"
        yield Mistake(("since",), "'since' without years to count", hint)
    if kind and measure.while_ and not kind.by_calendar:
        hint = "within an event run days, weeks, months and the like"
        yield Mistake((key,), f"'{kind.word}' with 'while'", hint)


def _event_needs(measure: Measure) -> Iterator[Mistake]:
    if measure.before and measure.after:
        hint = "write two measures under 'all'"
        yield Mistake(("after",), "'before' and 'after' together", hint)
    elif measure.after:
        if measure.within is None:
            hint = "add within: 2 hours, 5 days …, or within: to_be_ruled"
            yield Mistake(("after",), "'after' without a limit", hint)
        for key in ("ahead", "no_earlier_than"):
            if key in measure.model_fields_set:
                yield Mistake((key,), f"'{key}' does not go with 'after'", "it goes with 'before'")
    elif measure.within is not None:
        hint = "a limit before an event is 'ahead: 10 days'"
        yield Mistake(("within",), "'within' does not go with 'before'", hint)


def _numbers(measure: Measure, shape: Shape, keys: tuple[str, ...]) -> Iterator[Mistake]:
    low, high = measure.at_least, measure.at_most
    if not measure.unit:
        for key, number in (("at_least", low), ("at_most", high)):
            if number is not None and number != int(number):
                hint = "occasions are whole; a quantity has a 'unit'"
                yield Mistake((key,), f"'{number}' occasions", hint, key=False)
    if shape is Shape.QUOTA and low is None:
        yield Mistake(("unit",), "'unit' without a quantity", "add 'at_least'")
    if high is not None and low is None:
        yield Mistake(("at_most",), "'at_most' without 'at_least'", "a range has both")
    elif high is not None and low is not None and high < low:
        message = f"'{high}' at most is less than '{low}' at least"
        yield Mistake(("at_most",), message, key=False)
    if "cap" in keys and high is None:
        yield Mistake(("cap",), "'cap' without 'at_most'", "it forbids more than 'at_most'")
    if shape is Shape.ROLLING and low not in (None, 1):
        hint = "a gap is closed by one act; 'reading: calendar' counts several"
        yield Mistake(("at_least",), f"'{low}' acts for one gap", hint, key=False)


def _days(measure: Measure, shape: Shape) -> Iterator[Mistake]:
    if measure.between and measure.per:
        for place, day in enumerate(measure.between):
            said = no_such_day(day, measure.per)
            if said:
                yield Mistake(("between", place), said[0], said[1], key=False)
        first, last = (_order(day) for day in measure.between)
        if first > last:
            message = "the stretch ends before it begins"
            yield Mistake(("between",), message, "'between' lies inside of one period")
    if shape is Shape.RECURRING_DEADLINE and measure.per:
        for place, day in enumerate(measure.due):
            said = no_such_day(day, measure.per)
            if said:
                yield Mistake(("due", place), said[0], said[1], key=False)
            elif day in measure.due[:place]:
                yield Mistake(("due", place), "the same day twice", key=False)
    if shape is Shape.AFTER_PERIOD and measure.about:
        yield from _after_days(measure, measure.about)
    if not isinstance(measure.within, str) and measure.within is not None:
        until = measure.within
        if until.month is not None and until.day is not None:
            said = _day_of_month(until.month, until.day)
            if said:
                yield Mistake(("within",), said[0], said[1], key=False)
        if until.length and until.length.unit == "hours" and shape is Shape.AFTER_PERIOD:
            hint = "a limit after a period runs in days, workdays or months"
            yield Mistake(("within",), f"'{until.length}' after a period", hint, key=False)


def _after_days(measure: Measure, about: str) -> Iterator[Mistake]:
    if len(measure.due) > 1:
        hint = "write one measure for each under 'all'"
        yield Mistake(("due",), "several days after one period", hint)
    kind = period_kind(about)
    for place, day in enumerate(measure.due):
        if day.weekday and not kind.is_week:
            message = f"'{day.weekday}' after a {about}"
            yield Mistake(("due", place), message, "a weekday goes with 'about: week'", key=False)
        elif not day.weekday and kind.is_fine:
            message = f"a day of the month after a {about}"
            yield Mistake(("due", place), message, "write within: 3 days", key=False)


def _order(day: DayOfPeriod) -> tuple[int, int]:
    if day.weekday:
        return (1, WEEKDAYS.index(day.weekday))
    return (day.month or 1, 32 if day.day == "last" or day.day is None else day.day)


def no_such_day(day: DayOfPeriod, per: str) -> tuple[str, str] | None:
    """Why a period of this sort has no such day, with a hint; None when it has one.

    In a month the 29th to 31st are taken: in a shorter month they are its last day.
    """
    kind = period_kind(per)
    if kind.days == 1:
        return f"a day inside of a {per}", "take it away"
    if kind.is_week:
        return (
            None
            if day.weekday
            else (
                f"'{day.day}' is not a day of a week",
                "write 'friday'",
            )
        )
    if day.weekday:
        return f"'{day.weekday}' is not a day of a {per}", "a weekday goes with 'per: week'"
    if kind.is_fine:
        return (
            None
            if day.day == "last"
            else (
                f"'{day.day}' is not a day of a {per}",
                "write 'last'",
            )
        )
    if day.month is None:
        if kind.months == 1:
            return None
        return (
            f"day '{day.day}' of a {per} without its month",
            "write '06-30' or {month: 1, day: 10}: months count from the period's first",
        )
    if kind.months is not None and day.month > kind.months:
        return f"a {per} has no month {day.month}", f"its months are 1 to {kind.months}"
    if per == "year" and day.day is not None:
        return _day_of_month(day.month, day.day)
    return None


def _day_of_month(month: int, day: int | str) -> tuple[str, str] | None:
    """Why no year or not every year has this day; 2023 is any year that is not a leap year."""
    last = monthrange(2023, month)[1]
    if isinstance(day, int) and day > last:
        return f"not every year has a day {month:02d}-{day:02d}", f"write '{month:02d}-last'"
    return None


def season_mistake(day: DayOfPeriod) -> tuple[str, str] | None:
    """Why a day is no end of a season; None when it is."""
    if day.weekday or day.month is None:
        return "a season has days of the year", "write ['03-01', '12-last']"
    return no_such_day(day, "year")


def _variants(variants: tuple[Variant, ...]) -> Iterator[Mistake]:
    for place, variant in enumerate(variants):
        if not _conditions(variant):
            hint = "say whom it is for, or make it the base"
            yield Mistake(("variants", place, "when"), "a variant that matches everybody", hint)
            continue
        for earlier in range(place):
            if _conditions(variants[earlier]) and _reaches(variants[earlier], variant):
                message = f"variant {place + 1} is never reached"
                hint = f"all that it matches is matched by variant {earlier + 1}: put it before"
                yield Mistake(("variants", place, "when"), message, hint)
                break


def _conditions(variant: Variant) -> bool:
    when = variant.when
    return any((when.type, when.industry, when.tags, when.facts, when.all, when.any, when.not_))


def _reaches(wide: Variant, narrow: Variant) -> bool:
    """Whether `wide` surely matches all that `narrow` does."""
    one, other = wide.when, narrow.when
    if one == other:
        return True
    if one.all or one.any or one.not_:
        return False
    return (
        (not one.type or (bool(other.type) and set(other.type) <= set(one.type)))
        and (
            not one.industry or (bool(other.industry) and set(other.industry) <= set(one.industry))
        )
        and set(one.tags) <= set(other.tags)
        and one.facts.items() <= other.facts.items()
    )
