"""Random worlds that use the newer words of the rule language: each begins as a plain world, and
its duty and its records are then put in those words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from data.records import Records
from rules.calendar import CalendarFile
from rules.combine import frequency_mistakes
from rules.duty import ActRule, Duty, HolderRule, Valid
from rules.frequency import Frequency
from rules.rulebook import Rulebook
from rules.vocabulary import Vocabulary
from tests.worlds import word_duties as duties
from tests.worlds import word_measures as measures
from tests.worlds.word_records import (
    asked_ways,
    assigned,
    doubled,
    long_ago,
    measured,
    named,
    of_the_office,
    of_units,
    several_units,
    stays,
    timed,
)
from tests.worlds.world_shapes import Said
from tests.worlds.worlds import CALENDAR, VOCABULARY, World, world_of_seed

WINDOWS = {
    "flood": [{"from": "05-10", "to": "06-20"}, {"from": "05-20", "to": "07-05", "unit": "u2"}],
    "new_year": [{"holiday": "元旦", "lead_days": 20}],
    "rest": [{"from": "06-08", "to": "06-10"}],
    "spring": [{"from": "02-20", "to": "04-10"}],
}
WORD_CALENDAR = CalendarFile.model_validate(
    {"windows": {**CALENDAR.model_dump(by_alias=True, exclude_unset=True)["windows"], **WINDOWS}}
)
WORD_VOCABULARY = Vocabulary.model_validate(
    {
        **VOCABULARY.model_dump(exclude_unset=True),
        "attributes": {"way": {"en": "way", "values": ["surprise", "told"]}},
    }
)

Change = Callable[[Random, World, Duty], Records]
"""Puts the records of a world in the words of its duty."""


WORDS: dict[str, tuple[str, Callable[[Random], Said], tuple[Change, ...]]] = {
    "assigned": ("coverage", duties.assigned, (assigned, named)),
    "days": ("count", measures.days, (stays, named)),
    "other_days": ("after", measures.other_days, (stays, named)),
    "share_of_days": ("count", measures.share_of_days, (stays, named)),
    "night": ("count", measures.night, (stays, named)),
    "distinct": ("quota", measures.distinct, (named,)),
    "least_amount": ("quota", measures.least_amount, (measured, named)),
    "least_interval": ("coverage", measures.least_interval, (timed, named)),
    "spaced_visits": ("coverage", measures.spaced_visits, (timed, named)),
    "season": ("count", measures.season, (long_ago, named)),
    "one_day": ("count", measures.one_day, (named,)),
    "nth_due": ("recurring", measures.nth_due, (named,)),
    "taking_office": ("after", duties.taking_office, (of_the_office, named)),
    "leaving_office": ("after", duties.leaving_office, (of_the_office, named)),
    "events_of_several": ("after", duties.events_of_several, (several_units, timed, named)),
    "of_unit": ("count", duties.of_unit, (of_units, named)),
    "below": ("count", duties.below, (of_units, named)),
    "unknown_values": ("count", duties.unknown_values, (asked_ways, named)),
    "doubles": ("after", duties.doubles, (doubled, named)),
    "beside_new_year": ("window", duties.beside_new_year, (long_ago, named)),
    "narrow_coverage": ("coverage", duties.narrow_coverage, (named,)),
    "mixed": ("count", duties.mixed, (timed, stays, named)),
}
"""Each word's plain shape to begin with, what its duty says, and how the records are put in it."""


def world_of_word(seed: int, word: str) -> World:
    """The world of that seed in which the duty uses `word`."""
    base, say, changes = WORDS[word]
    plain = world_of_seed(seed, base)
    r = Random(f"{seed} {word}")
    said = say(r)
    duty = _reworded(plain.rulebook.duties[0], said)
    rulebook = Rulebook(plain.rulebook.documents, (duty,), WORD_VOCABULARY, WORD_CALENDAR)
    world = World(word, rulebook, plain.records, plain.as_of, plain.span)
    for change in changes:
        world = replace(world, records=change(r, world, duty))
    return world


def _reworded(duty: Duty, said: Said) -> Duty:
    frequency = Frequency.model_validate(said["frequency"])
    wrong = list(frequency_mistakes(frequency, campaign=False))
    assert not wrong, wrong
    holder = duty.holder
    if "holder" in said:
        holder = HolderRule.model_validate(said["holder"])
    act = {**duty.activity.model_dump(exclude_unset=True), **said.get("activity", {})}
    valid = {**duty.valid.model_dump(exclude_unset=True), **said.get("valid", {})}
    if frequency.by is not None or frequency.shape == "event":
        valid.pop("season", None)
    return duty.model_copy(
        update={
            "frequency": frequency,
            "holder": holder,
            "activity": ActRule.model_validate(act),
            "valid": Valid.model_validate(valid),
        }
    )
