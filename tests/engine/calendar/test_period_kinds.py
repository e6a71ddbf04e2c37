"""The table of period kinds: every row is whole, and every layer works from it alone."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date, timedelta
from itertools import pairwise
from string import Formatter

import pytest

from engine.calendar.cutting import period_around, periods_of, read_period
from engine.calendar.labels import FORMS, LabelDays, parse_label
from engine.calendar.periods import Period
from reports.figures import period_text, span_text
from rules.combine import frequency_mistakes
from rules.frequency import Frequency
from rules.period_kinds import (
    PERIOD_KINDS,
    PERIOD_WORDS,
    MonthParts,
    PeriodKind,
    period_kind,
    period_read_from,
)
from rules.wording import measure_in_words
from tests.helpers.printed import printed

CALENDAR = [kind for kind in PERIOD_KINDS if kind.by_calendar]
UNBROKEN = [kind for kind in CALENDAR if not kind.worked]
MADE = [period_kind(word) for word in ("2 months", "4 months", "12 months", "2 years", "5 years")]


def named(kind: PeriodKind) -> str:
    return kind.word


EACH = pytest.mark.parametrize("kind", PERIOD_KINDS, ids=named)
CUT = pytest.mark.parametrize("kind", [*UNBROKEN, *MADE], ids=named)


@EACH
def test_every_kind_has_every_field_that_its_table_asks_for(kind: PeriodKind) -> None:
    for field in fields(kind):
        if field.default is MISSING:
            assert getattr(kind, field.name), field.name
    asked = {field for _, field, _, _ in Formatter().parse(kind.label + kind.zh_label)}
    assert kind.several or "number" not in asked
    assert bool(kind.zh_names) == ("name" in asked)
    assert not kind.by_calendar or (kind.label and any(one for one in asked))
    if kind.zh_names:
        assert len(kind.zh_names) == 12 // (kind.months or 12)
    if isinstance(kind.cut, MonthParts):
        assert kind.cut.begins[0] == 1
        assert list(kind.cut.begins) == sorted(set(kind.cut.begins))
        assert kind.cut.begins[-1] <= 28


def test_no_word_and_no_length_is_that_of_two_kinds() -> None:
    assert len(set(PERIOD_WORDS)) == len(PERIOD_KINDS)
    lengths = [length for kind in PERIOD_KINDS for length in kind.every]
    assert len(set(lengths)) == len(lengths)
    assert all(period_read_from(length) is kind for kind in PERIOD_KINDS for length in kind.every)


def test_kinds_of_the_calendar_stand_from_the_finest_to_the_longest() -> None:
    lengths = [kind.days for kind in CALENDAR]
    assert lengths == sorted(lengths)


@CUT
def test_periods_of_every_kind_leave_no_gap_and_never_overlap(kind: PeriodKind) -> None:
    first, last = date(2019, 11, 3), date(2041, 2, 9)
    periods = [period for _, period in periods_of(kind.word, first, last, since=2010)]
    assert first in periods[0]
    assert last in periods[-1]
    for earlier, later in pairwise(periods):
        assert later.first - earlier.last == timedelta(days=1)
    # Months differ by some days: no more than a fifth of what the row says.
    assert all(abs(len(period) - kind.days) * 5 <= kind.days for period in periods)


@CUT
def test_every_label_is_read_back_as_the_same_days(kind: PeriodKind) -> None:
    for label, period in periods_of(kind.word, date(1999, 1, 1), date(2025, 12, 31), since=1980):
        assert parse_label(label) == LabelDays(period=period)
        assert period_text(label, period, "en") == label
        own = read_period(label)
        assert own is None or own[1] == period
        said = period_text(label, period, "zh")
        assert said == (own and own[0]) or said == span_text(period)


def test_working_days_are_called_by_their_day() -> None:
    day = date(2024, 2, 4)
    assert period_around("workday", day) == ("2024-02-04", Period(day, day))


@pytest.mark.parametrize("kind", [one for one in CALENDAR if ".." not in one.label], ids=named)
def test_messages_show_a_label_of_every_kind_that_has_its_own(kind: PeriodKind) -> None:
    shown = [one.partition(" ")[0] for one in printed(FORMS).split(", ")]
    periods = [said.period for one in shown if (said := parse_label(one)) and said.period]
    around = [period_around(kind.word, period.first) for period in periods]
    assert any(
        found is not None and found[1] == period and found[0] in shown
        for found, period in zip(around, periods, strict=True)
    )


@EACH
def test_a_rule_with_any_kind_is_checked_and_put_into_words(kind: PeriodKind) -> None:
    measure = Frequency.model_validate({"at_least": 2, "per": kind.word})
    assert measure.period is kind
    assert not list(frequency_mistakes(measure, campaign=True))
    assert measure_in_words(measure, "zh").startswith(kind.zh_each)
    assert measure_in_words(measure, "en").endswith(kind.en_each)
    about = Frequency.model_validate({"about": kind.word, "within": "5 days"})
    assert not list(frequency_mistakes(about, campaign=True))
    assert f"the end of the {kind.en}" in measure_in_words(about, "en")
    ends = Frequency.model_validate({"per": kind.word, "due": "last"})
    told = [printed(mistake.said) for mistake in frequency_mistakes(ends, campaign=True)]
    assert bool(told) == (kind.days == 1 or kind.is_week or not (kind.is_fine or kind.months == 1))
