"""Which keys of a frequency go together: the table behind every shape of SEMANTICS, section 2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from problems import Said, any_of, bare, names, said
from rules.frequency import DAYS, WEEKDAYS, DayOfPeriod, Frequency, Measure, Shape, Variant
from rules.no_such_days import no_such_day, no_such_day_of_month
from rules.period_kinds import Given, PeriodKind, period_kind
from rules.yaml_tree import Path

_COMMON = frozenset({"grace", "warn", "when", "variants"})
_CONDUCT = _COMMON | {"at_least", "tenure"}
_RESULT = _COMMON | {"acts_of"}
_LEAST = frozenset({"least_amount", "least_interval"})
_ACTS = _LEAST | {"distinct"}
_PERIODIC = (
    _CONDUCT
    | _ACTS
    | {
        "per",
        "every",
        "reading",
        "since",
        "between",
        "while",
        "except",
        "holidays",
        "adjust",
    }
)

ALLOWED: dict[Shape, frozenset[str]] = {
    Shape.COUNT: _PERIODIC,
    Shape.RANGE: _PERIODIC | {"at_most", "cap"},
    Shape.QUOTA: _PERIODIC | {"unit", "at_most", "cap"},
    Shape.SHARE: _RESULT
    | {"share", "of", "least_amount", "per", "since", "between", "by", "windows", "adjust"},
    Shape.SHARE_OF_DAYS: _COMMON
    | {"share", "of", "tenure", "per", "since", "between", "windows", "while", "except"},
    Shape.COVERAGE: _RESULT
    | _LEAST
    | {"each", "at_least", "at_most", "cap", "per", "since", "between", "except", "by", "windows"}
    | {"holidays", "adjust"},
    Shape.RECURRING_DEADLINE: _RESULT
    | _ACTS
    | {"due", "per", "since", "at_least", "unit", "holidays", "adjust"},
    Shape.AFTER_PERIOD: _RESULT
    | _ACTS
    | {"about", "due", "within", "since", "at_least", "unit", "adjust"},
    Shape.DEADLINE: _RESULT | _ACTS | {"by", "at_least", "unit", "adjust"},
    Shape.WINDOW: _CONDUCT | _ACTS | {"windows", "at_most", "cap", "unit", "per"},
    Shape.EVENT: _RESULT
    | _ACTS
    | {"before", "after", "ahead", "no_earlier_than", "within", "at_least", "unit", "adjust"},
    Shape.ROLLING: _CONDUCT | _LEAST | {"every", "reading"},
    Shape.NESTED: frozenset({"all", "variants", "when"}),
    Shape.TO_BE_RULED: _PERIODIC
    | _RESULT
    | {"after", "about", "within", "at_most", "cap", "unit", "adjust"},
}
"""The keys that may stand beside those that tell a shape; every other one is a problem."""

TELLING: dict[Shape, tuple[str, ...]] = {
    Shape.SHARE: ("share",),
    Shape.SHARE_OF_DAYS: ("share",),
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
    ("each", "due"): said("stretch_goes_with_between"),
    ("per", "cap"): said("cap_goes_with_at_most"),
    ("unit", "cap"): said("cap_goes_with_at_most"),
    ("windows", "per"): said("stretch_goes_with_season"),
}


@dataclass(frozen=True)
class Mistake:
    """Keys that don't go together: where (from the measure), what, and what would be right."""

    path: Path
    said: Said
    hint: Said | None = None
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
        yield Mistake(at, said("no_measure"), said("add_a_time"))
        return
    telling = next((key for key in TELLING[shape] if key in keys), "")
    clashing = [key for key in keys if key not in ALLOWED[shape] and key != telling]
    for key in clashing:
        if shape is Shape.NESTED:
            beside_all = said("key_beside_all", key=key)
            yield Mistake((*at, key), beside_all, said("write_it_in_each_measure"))
            continue
        beside = names(sorted(ALLOWED[shape] - _COMMON - {telling}))
        may_stand = said("may_stand_beside", key=telling, keys=beside)
        hint = _INSTEAD.get((telling, key), may_stand)
        yield Mistake((*at, key), said("key_with_key", key=key, other=telling), hint)
    if not clashing:
        for mistake in _needs(measure, shape, keys):
            yield Mistake((*at, *mistake.path), mistake.said, mistake.hint, mistake.key)
        wrong = (*_numbers(measure, shape, keys), *_of_one_act(measure), *_days(measure, shape))
        for mistake in wrong:
            yield Mistake((*at, *mistake.path), mistake.said, mistake.hint, mistake.key)
        if measure.period and measure.period.cut is Given.CAMPAIGN and not campaign:
            key = "per" if measure.per else "about"
            hint = said("give_campaign_days")
            yield Mistake((*at, key), said("campaign_without_days"), hint)
    for place, part in enumerate(measure.all):
        if part.all:
            hint = said("write_measures_in_outer_all")
            yield Mistake((*at, "all", place, "all"), said("all_inside_all"), hint)
        else:
            yield from _measure(part, (*at, "all", place), campaign)


def says_unclear(measure: Measure) -> bool:
    """Whether a measure without a shape is meant to be unclear, rather than lacking its period."""
    return not frozenset(given_keys(measure)) - _COMMON or _open_limit(measure)


def _open_limit(measure: Measure) -> bool:
    """Whether the keys say how a text is unclear: a limit, or a stretch read in two ways."""
    return measure.within == "to_be_ruled" or measure.every is not None


def _exactly_one(keys: tuple[str, ...], wanted: tuple[str, ...], telling: str) -> Iterator[Mistake]:
    found = [key for key in wanted if key in keys]
    if not found:
        without = said("time_word_without_time", key=telling)
        yield Mistake((telling,), without, said("add_one_of", words=any_of(wanted)))
    elif len(found) > 1:
        together = said("keys_together", one=found[0], other=found[1])
        yield Mistake((found[1],), together, said("keep_one_of", words=any_of(wanted)))


def _needs(measure: Measure, shape: Shape, keys: tuple[str, ...]) -> Iterator[Mistake]:
    if shape in (Shape.COUNT, Shape.RANGE, Shape.QUOTA):
        yield from _exactly_one(keys, ("per", "every"), "unit" if "unit" in keys else "at_least")
    elif shape in (Shape.SHARE, Shape.COVERAGE):
        telling = "share" if shape is Shape.SHARE else "each"
        yield from _exactly_one(keys, ("per", "by", "windows"), telling)
        if shape is Shape.SHARE and measure.of is None:
            yield Mistake(("share",), said("share_of_nothing"), said("add_of"))
    elif shape is Shape.SHARE_OF_DAYS:
        yield from _exactly_one(keys, ("per", "windows"), "share")
    elif shape is Shape.RECURRING_DEADLINE and not measure.per:
        yield Mistake(("due",), said("due_without_a_period"), said("add_per_or_by"))
    elif shape is Shape.AFTER_PERIOD:
        yield from _exactly_one(keys, ("due", "within"), "about")
    elif shape is Shape.EVENT:
        yield from _event_needs(measure)
    elif shape is Shape.WINDOW and measure.per not in (None, "year"):
        hint = said("windows_come_yearly", instead=_INSTEAD["windows", "per"])
        yield Mistake(("per",), said("per_with_windows", per=bare(str(measure.per))), hint)
    if shape is Shape.NESTED and len(measure.all) < 2:
        yield Mistake(("all",), said("all_with_one_measure"), said("write_measure_without_all"))
    if measure.adjust and _nothing_moves(measure, shape):
        hint = said("adjust_goes_with_a_day")
        yield Mistake(("adjust",), said("adjust_without_a_day"), hint)
    if measure.between and not measure.per:
        yield Mistake(("between",), said("between_without_a_period"), said("add_per"))
    if measure.except_ and not (measure.per or measure.every):
        yield Mistake(("except",), said("except_without_a_period"), said("add_per"))
    if measure.reading and not measure.every:
        yield Mistake(("reading",), said("reading_without_every"), said("reading_goes_with_every"))
    every = measure.every
    if every and (every.count < 1 or every.by_clock or every.unit == "workdays"):
        clock = said("gaps_run_in_days")
        hint = clock if every.by_clock else said("write_days_months_or_years")
        yield Mistake(("every",), said("every_between_two_acts", every=str(every)), hint, key=False)
    elif every and measure.reading == "calendar" and not (measure.period or measure.while_):
        hint = said("write_calendar_length_or_rolling")
        yield Mistake(("every",), said("no_calendar_period", every=str(every)), hint, key=False)
    yield from _period_needs(measure, measure.period)


def _nothing_moves(measure: Measure, shape: Shape) -> bool:
    """Whether the measure asks for whole periods or windows, whose ends never move."""
    whole = (Shape.COUNT, Shape.RANGE, Shape.QUOTA, Shape.SHARE, Shape.COVERAGE)
    return shape in whole and not measure.by and measure.one_day is None


def _period_needs(measure: Measure, kind: PeriodKind | None) -> Iterator[Mistake]:
    key = next((one for one in ("per", "about") if getattr(measure, one)), "every")
    # Within an event a length is counted from its first day, with no year to begin from.
    from_event = bool(measure.every and measure.while_)
    if kind and kind.needs_since and measure.since is None and not from_event:
        yield Mistake((key,), said("years_without_first", years=kind.word), said("add_since"))
    elif measure.since is not None and not (kind and kind.needs_since):
        hint = said("since_goes_with_years")
        yield Mistake(("since",), said("since_without_years"), hint)
    if kind and measure.while_ and not kind.by_calendar:
        hint = said("periods_within_event")
        yield Mistake((key,), said("period_with_while", period=kind.word), hint)


def _event_needs(measure: Measure) -> Iterator[Mistake]:
    if measure.before and measure.after:
        hint = said("two_measures_under_all")
        yield Mistake(("after",), said("before_and_after_together"), hint)
    elif measure.after:
        if measure.within is None:
            hint = said("add_within")
            yield Mistake(("after",), said("after_without_a_limit"), hint)
        for key in ("ahead", "no_earlier_than"):
            if key in measure.model_fields_set:
                yield Mistake((key,), said("key_with_after", key=key), said("goes_with_before"))
    elif measure.within is not None:
        hint = said("limit_before_event_form")
        yield Mistake(("within",), said("within_with_before"), hint)


def _numbers(measure: Measure, shape: Shape, keys: tuple[str, ...]) -> Iterator[Mistake]:
    low, high = measure.at_least, measure.at_most
    if not measure.unit:
        for key, number in (("at_least", low), ("at_most", high)):
            if number is not None and number != int(number):
                hint = said("occasions_are_whole")
                yield Mistake(
                    (key,), said("occasions_not_whole", number=str(number)), hint, key=False
                )
    if shape is Shape.QUOTA and low is None:
        yield Mistake(("unit",), said("unit_without_a_quantity"), said("add_at_least"))
    if high is not None and low is None:
        yield Mistake(("at_most",), said("at_most_without_at_least"), said("range_has_both"))
    elif high is not None and low is not None and high < low:
        message = said("at_most_below_at_least", high=str(high), low=str(low))
        yield Mistake(("at_most",), message, key=False)
    if "cap" in keys and high is None:
        yield Mistake(("cap",), said("cap_without_at_most"), said("cap_forbids_more"))
    if shape is Shape.ROLLING and low not in (None, 1):
        hint = said("gap_closed_by_one_act")
        yield Mistake(("at_least",), said("acts_for_one_gap", count=str(low)), hint, key=False)


def _of_one_act(measure: Measure) -> Iterator[Mistake]:
    """Keys about one act (`least_…`, `distinct`) that do not go with what is counted."""
    least, interval = measure.least_amount, measure.least_interval
    if interval is not None and not interval.count:
        message = said("least_interval_of_nothing", interval=str(interval))
        yield Mistake(("least_interval",), message, key=False)
    if measure.unit != DAYS:
        return
    if measure.distinct == "subjects":
        hint = said("each_day_counts_once", unit=DAYS)
        yield Mistake(("distinct",), said("different_subjects_of_days", unit=DAYS), hint)
    if interval is not None:
        hint = said("days_are_counted_not_acts")
        yield Mistake(("least_interval",), said("least_interval_of_days", unit=DAYS), hint)
    if least is not None and least.unit != DAYS:
        hint = said("days_are_the_amount", unit=bare(DAYS))
        message = said("amount_of_one_act_of_days", unit=least.unit, days=DAYS)
        yield Mistake(("least_amount", "unit"), message, hint, key=False)


def _days(measure: Measure, shape: Shape) -> Iterator[Mistake]:
    if measure.between and measure.per:
        for place, day in enumerate(measure.between):
            wrong = no_such_day(day, measure.per)
            if wrong:
                yield Mistake(("between", place), *wrong, key=False)
        first, last = (_order(day) for day in measure.between)
        if measure.one_day is None and any(day.nth for day in measure.between):
            yield Mistake(("between",), said("stretch_from_nth"), said("nth_is_one_day"))
        elif first > last:
            message = said("stretch_ends_early")
            yield Mistake(("between",), message, said("between_is_inside_one_period"))
    if shape is Shape.RECURRING_DEADLINE and measure.per:
        for place, day in enumerate(measure.due):
            wrong = no_such_day(day, measure.per)
            if wrong:
                yield Mistake(("due", place), *wrong, key=False)
            elif day in measure.due[:place]:
                yield Mistake(("due", place), said("same_day_twice"), key=False)
    if shape is Shape.AFTER_PERIOD and measure.about:
        yield from _after_days(measure, measure.about)
    if not isinstance(measure.within, str) and measure.within is not None:
        until = measure.within
        if until.month is not None and until.day is not None:
            wrong = no_such_day_of_month(until.month, until.day)
            if wrong:
                yield Mistake(("within",), *wrong, key=False)
        if until.length and until.length.by_clock and shape is Shape.AFTER_PERIOD:
            hours = said("length_after_a_period", length=str(until.length))
            yield Mistake(("within",), hours, said("limit_units_after_period"), key=False)


def _after_days(measure: Measure, about: str) -> Iterator[Mistake]:
    if len(measure.due) > 1:
        hint = said("measure_for_each_under_all")
        yield Mistake(("due",), said("several_days_after"), hint)
    kind = period_kind(about)
    for place, day in enumerate(measure.due):
        if day.weekday and not day.nth and not kind.is_week:
            message = said("weekday_after", weekday=day.weekday, about=bare(about))
            yield Mistake(("due", place), message, said("weekday_needs_about_week"), key=False)
        elif (day.nth or not day.weekday) and kind.is_fine:
            message = said("month_day_after", about=bare(about))
            yield Mistake(("due", place), message, said("write_within_days"), key=False)


def _order(day: DayOfPeriod) -> tuple[int, int]:
    if day.weekday:
        return (1, WEEKDAYS.index(day.weekday))
    return (day.month or 1, 32 if day.day == "last" or day.day is None else day.day)


def _variants(variants: tuple[Variant, ...]) -> Iterator[Mistake]:
    for place, variant in enumerate(variants):
        if not _conditions(variant):
            hint = said("say_whom_or_make_base")
            yield Mistake(("variants", place, "when"), said("variant_matches_everybody"), hint)
            continue
        for earlier in range(place):
            if _conditions(variants[earlier]) and _reaches(variants[earlier], variant):
                message = said("variant_never_reached", number=place + 1)
                hint = said("matched_by_earlier_variant", earlier=earlier + 1)
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
