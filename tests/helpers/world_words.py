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
from tests.helpers.word_records import (
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
from tests.helpers.world_shapes import BEGIN, DAY, Said
from tests.helpers.worlds import CALENDAR, VOCABULARY, World, world_of_seed

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


def _few(r: Random) -> str:
    return r.choice(["week", "ten_days", "month", "month", "quarter", "year"])


def _days(r: Random) -> Said:
    per, most = r.choice(
        [("week", 4), ("month", 12), ("month", 6), ("quarter", 25), ("year", 60), ("ten_days", 5)]
    )
    said: Said = {"at_least": r.randint(1, most), "unit": "天", "per": per}
    if r.random() < 0.25:
        said["least_amount"] = {"amount": r.randint(2, 6), "unit": "天"}
    if r.random() < 0.15:
        said["except"] = [r.choice(["休息日", "feast"])]
    if r.random() < 0.15 and per == "month":
        said["between"] = r.choice([[1, 10], [15, "last"]])
    if r.random() < 0.15:
        said["grace"] = r.randint(1, 4)
    if r.random() < 0.2:
        said["tenure"] = r.choice(["full", "excuse"])
    if r.random() < 0.2:
        said["at_most"], said["cap"] = said["at_least"] + r.randint(0, 4), r.random() < 0.5
    if r.random() < 0.1:
        said["distinct"] = "days"
    return {"frequency": said}


def _other_days(r: Random) -> Said:
    """Calendar days under other shapes than a plain quota."""
    n = r.randint(1, 9)
    said: Said = r.choice(
        [
            {"windows": {r.choice(["each", "any"]): ["flood", "feast"]}},
            {"by": BEGIN + r.randint(60, 200) * DAY},
            {"per": "month", "due": r.choice([20, "last"])},
            {"about": "month", "due": 15},
            {"after": "race", "within": r.choice(["10 days", "1 month"])},
            {"before": "race"},
            {"while": "race", "per": r.choice(["month", "week"])},
        ]
    )
    if "while" in said and r.random() < 0.5:
        return {"frequency": {"share": "1/5", "of": "workdays", **said}}
    return {"frequency": {"at_least": n, "unit": "天", **said}}


def _share_of_days(r: Random) -> Said:
    said: Said = {"share": r.choice(["20%", "10%", "1/3"]), "of": "workdays"}
    way = r.random()
    if way < 0.2:
        said["windows"] = {r.choice(["each", "any"]): r.sample(["flood", "feast", "rest"], 2)}
    else:
        said["per"] = r.choice(["week", "month", "month", "quarter"])
        if way < 0.4:
            said["except"] = [r.choice(["feast", "flood"])]
        elif way < 0.55 and said["per"] == "month":
            said["between"] = [1, 12]
    if r.random() < 0.3:
        said["tenure"] = r.choice(["full", "excuse"])
    return {"frequency": said}


def _night(r: Random) -> Said:
    shape = r.choice(
        [
            {"per": _few(r)},
            {"per": "month", "due": 20},
            {"about": "month", "due": 10},
            {"by": BEGIN + r.randint(60, 200) * DAY},
            {"each": {"type": "site"}, "per": "month"},
        ]
    )
    said: Said = {"at_least": r.randint(1, 2), **shape}
    found: Said = {"frequency": said}
    if r.random() < 0.7:
        found["activity"] = {"counts_on": "first"}
    return found


def _distinct(r: Random) -> Said:
    what = r.choice(["subjects", "subjects", "days"])
    per = r.choice(["week", "month", "month", "quarter", "year"])
    said: Said = {"at_least": r.randint(1, 4), "distinct": what}
    way = r.random()
    if way < 0.6:
        said["per"] = per
    elif way < 0.75:
        said |= {"per": "month", "due": r.choice([10, 20, [10, 25]])}
    elif way < 0.85:
        said["windows"] = {r.choice(["each", "any"]): ["flood", "feast"]}
    else:
        said["by"] = BEGIN + r.randint(60, 200) * DAY
    if what == "subjects" and r.random() < 0.5:
        said["unit"] = "lift"
    if "per" in said and "due" not in said and r.random() < 0.2:
        said["at_most"] = said["at_least"] + 1
        said["cap"] = r.random() < 0.5
    found: Said = {"frequency": said}
    if r.random() < 0.4:
        found["activity"] = {"subjects": {"type": ["site"]}}
    return found


def _least_amount(r: Random) -> Said:
    least = {"amount": r.choice(["2", "1", "0.5"]), "unit": r.choice(["hour", "lift"])}
    shape: Said = r.choice(
        [
            {"at_least": r.randint(1, 2), "per": r.choice(["week", "month", "quarter"])},
            {"at_least": r.choice(["2.5", "4"]), "unit": "lift", "per": "month"},
            {"at_least": 1, "per": "month", "due": 20},
            {"at_least": 1, "by": BEGIN + r.randint(60, 200) * DAY},
            {"at_least": 1, "every": "30 days", "reading": "rolling"},
            {"at_least": 1, "each": {"type": "site"}, "per": "quarter"},
            {"share": "50%", "of": {"type": "site"}, "per": "quarter"},
        ]
    )
    return {"frequency": {**shape, "least_amount": least}}


def _least_interval(r: Random) -> Said:
    interval = r.choice(
        ["5 days", "20 days", "1 month", "2 months", "96 hours", "30 hours", "5 workdays"]
    )
    shape: Said = r.choice(
        [
            {"at_least": r.randint(1, 3), "per": r.choice(["week", "month", "quarter"])},
            {"at_least": 1, "per": "month", "due": 20},
            {"at_least": 1, "about": "month", "due": 15},
            {"at_least": 2, "by": BEGIN + r.randint(60, 200) * DAY},
            {"at_least": 1, "windows": {r.choice(["each", "any"]): ["flood", "feast"]}},
            {"at_least": r.randint(1, 2), "each": {"type": "site"}, "per": "quarter"},
            {"at_least": "4", "unit": "lift", "per": "month"},
            {"at_least": 1, "every": "30 days", "reading": "rolling"},
        ]
    )
    said: Said = {**shape, "least_interval": interval}
    if r.random() < 0.2:
        said["least_amount"] = {"amount": "1", "unit": "lift"}
    if r.random() < 0.2 and "each" not in said and "every" not in said:
        said["distinct"] = r.choice(["subjects", "days"])
    return {"frequency": said}


def _season(r: Random) -> Said:
    names = r.sample(["flood", "feast", "turn", "spring", "new_year前"], r.randint(1, 3))
    season = r.choice([names, names, [["02-10", "04-20"], ["06-01", "07-last"]]])
    shape: Said = r.choice(
        [
            {"per": "day"},
            {"per": "week"},
            {"per": "month"},
            {"per": "quarter"},
            {"per": "year"},
            {"per": "month", "due": r.choice([20, 5, "last"])},
            {"about": "month", "due": 15},
            {"each": {"type": "site"}, "per": "month"},
            {"every": "15 days", "reading": "rolling"},
            {"at_least": 10, "unit": "天", "per": "quarter"},
        ]
    )
    return {"frequency": {"at_least": 1, **shape}, "valid": {"season": season}}


def _one_day(r: Random) -> Said:
    per, day = r.choice(
        [
            ("month", 15),
            ("month", "last"),
            ("month", 1),
            ("week", "saturday"),
            ("week", "monday"),
            ("week", "friday"),
            ("month", "first friday"),
            ("month", "third saturday"),
            ("month", "last monday"),
            ("quarter", {"month": 1, "nth": "second", "weekday": "thursday"}),
            ("quarter", {"month": 2, "day": 10}),
            ("half_month", "first sunday"),
            ("year", "06-10"),
            ("year", "05-01"),
        ]
    )
    said: Said = {"at_least": r.choice([1, 1, 2]), "per": per, "between": day}
    if r.random() < 0.15:
        said["each"] = {"type": "site"}
    elif r.random() < 0.1:
        said = {"share": "50%", "of": {"type": "site"}, "per": per, "between": day}
    elif r.random() < 0.15:
        said["except"] = [r.choice(["休息日", "feast"])]
    if r.random() < 0.35:
        said["adjust"] = r.choice(["none", "next_workday", "previous_workday"])
    if r.random() < 0.25 and "share" not in said:
        said["holidays"] = "count"
    if r.random() < 0.15:
        said["grace"] = r.randint(1, 4)
    return {"frequency": said}


def _nth_due(r: Random) -> Said:
    key, word, due = r.choice(
        [
            ("per", "month", "first friday"),
            ("per", "month", ["second monday", "last saturday"]),
            ("per", "quarter", {"month": 2, "nth": "third", "weekday": "sunday"}),
            ("per", "half_month", "last friday"),
            ("per", "week", ["tuesday", "saturday"]),
            ("about", "month", "first monday"),
            ("about", "week", "friday"),
            ("about", "quarter", {"month": 2, "nth": "last", "weekday": "sunday"}),
        ]
    )
    said: Said = {"at_least": 1, key: word, "due": due}
    if r.random() < 0.4:
        said["adjust"] = r.choice(["none", "next_workday", "previous_workday"])
    return {"frequency": said}


def _taking_office(r: Random) -> Said:
    said: Said = {"at_least": r.choice([1, 1, 2]), "after": "任职"}
    said["within"] = r.choice(["30 days", "2 months", "6 months", "10 workdays", "0 days"])
    if r.random() < 0.3:
        said["adjust"] = r.choice(["next_workday", "previous_workday"])
    posts = r.choice([["head"], ["head", "deputy", "other"]])
    return {"frequency": said, "holder": {"posts": posts}}


def _leaving_office(r: Random) -> Said:
    said: Said = {"at_least": 1, "after": "离任", "within": r.choice(["10 days", "1 month"])}
    if r.random() < 0.3:
        said = {"at_least": 1, "before": "离任", "ahead": r.choice(["0 days", "3 days"])}
    return {"frequency": said, "holder": {"units": {"type": ["town", "plant"]}}}


def _events_of_several(r: Random) -> Said:
    said: Said = r.choice(
        [
            {"before": "race", "ahead": r.choice(["2 days", "30 minutes", "90 minutes"])},
            {"after": "race", "within": r.choice(["5 days", "30 minutes", "1500 minutes"])},
            {"while": "race", "per": r.choice(["month", "week"])},
            {"before": "race"},
        ]
    )
    found: Said = {"frequency": {"at_least": 1, **said}}
    found["holder"] = r.choice(
        [
            {"posts": ["head", "deputy", "other"]},
            {"units": {"type": ["town", "plant"]}},
            {"posts": ["head", "deputy"], "joint": "any_of"},
        ]
    )
    return found


def _plain_shape(r: Random) -> Said:
    shape: Said = r.choice(
        [
            {"at_least": r.randint(1, 2), "per": _few(r)},
            {"at_least": 1, "per": "month", "due": 20},
            {"at_least": 1, "about": "month", "due": 15},
            {"at_least": 1, "by": BEGIN + r.randint(60, 200) * DAY},
            {"at_least": 1, "each": {"type": "site"}, "per": "quarter"},
            {"at_least": "4", "unit": "lift", "per": "quarter"},
        ]
    )
    return {"frequency": shape}


def _of_unit(r: Random) -> Said:
    found = _plain_shape(r)
    found["activity"] = {"of_unit": True}
    found["holder"] = r.choice(
        [{"posts": ["head"]}, {"posts": ["head", "deputy"], "joint": r.choice(["any_of"])}]
    )
    return found


def _below(r: Random) -> Said:
    found = _plain_shape(r)
    found["activity"] = {"below": True}
    found["holder"] = {"units": {"type": ["town", "plant"]}}
    return found


def _unknown_values(r: Random) -> Said:
    found = _plain_shape(r)
    found["activity"] = {"attributes": {r.choice(["way", "manner"]): ["surprise"]}}
    return found


def _doubles(r: Random) -> Said:
    found = _plain_shape(r)
    if r.random() < 0.3:
        found = {"frequency": {"at_least": 2, "after": "race", "within": "10 days"}}
    return found


def _beside_new_year(r: Random) -> Said:
    name = r.choice(["new_year前", "new_year前后", "new_year", "flood前", "feast前后"])
    said: Said = {"at_least": r.randint(1, 2)}
    said["windows"] = {"each": [name, "flood"]} if r.random() < 0.6 else {"any": [name, "feast"]}
    if r.random() < 0.3:
        said = {"each": {"type": "site"}, "windows": {"each": [name]}}
    return {"frequency": said}


def _narrow_coverage(r: Random) -> Said:
    said: Said = {"each": {"type": "site"}, "at_least": r.randint(1, 2)}
    said["per"] = r.choice(["week", "month", "month", "quarter"])
    if r.random() < 0.6:
        said["except"] = r.sample(["休息日", "feast", "flood"], r.randint(1, 2))
    if r.random() < 0.6:
        said["at_most"] = said["at_least"] + r.randint(0, 1)
        said["cap"] = r.random() < 0.6
    if r.random() < 0.3:
        said["holidays"] = "count"
    if r.random() < 0.2 and said["per"] == "month":
        said["between"] = [1, 15]
    return {"frequency": said}


def _assigned(r: Random) -> Said:
    population: Said = r.choice(
        [
            {"type": "site"},
            {"unit_type": ["plant", "town"]},
            {"type": "site", "tags": ["big"]},
            {"tags": ["big"]},
        ]
    )
    population = {**population, "scope": "assigned"}
    said: Said = {"each": population, "at_least": r.choice([1, 1, 2])}
    if r.random() < 0.25:
        said = {"share": r.choice(["50%", "2/3"]), "of": population}
    way = r.random()
    if way < 0.2:
        said["by"] = BEGIN + r.randint(60, 230) * DAY
    elif way < 0.35:
        said["windows"] = {"each": ["flood", "feast"]}
    else:
        said["per"] = r.choice(["month", "month", "quarter", "year"])
    return {"frequency": said}


def _mixed(r: Random) -> Said:
    """Several of the words in one duty: parts of a nested measure, or variants."""
    parts: list[Said] = [
        {"at_least": r.randint(2, 8), "unit": "天", "per": "month"},
        {"at_least": 1, "per": "month", "between": r.choice([15, "second friday"])},
        {"at_least": 2, "per": "quarter", "distinct": r.choice(["subjects", "days"])},
        {"at_least": 1, "per": "month", "least_interval": "20 days"},
        {"at_least": 1, "each": {"type": "site"}, "per": "quarter", "except": ["feast"]},
        {"share": "1/5", "of": "workdays", "per": "month"},
        {"at_least": 1, "per": "month", "due": "last friday"},
        {"at_least": 1, "windows": {"each": ["flood", "feast"]}},
    ]
    one, other = r.sample(parts, 2)
    if r.random() < 0.5:
        return {"frequency": {"all": [one, other]}}
    return {"frequency": {**one, "variants": [{**other, "when": {"tags": ["risky"]}}]}}


WORDS: dict[str, tuple[str, Callable[[Random], Said], tuple[Change, ...]]] = {
    "assigned": ("coverage", _assigned, (assigned, named)),
    "days": ("count", _days, (stays, named)),
    "other_days": ("after", _other_days, (stays, named)),
    "share_of_days": ("count", _share_of_days, (stays, named)),
    "night": ("count", _night, (stays, named)),
    "distinct": ("quota", _distinct, (named,)),
    "least_amount": ("quota", _least_amount, (measured, named)),
    "least_interval": ("coverage", _least_interval, (timed, named)),
    "season": ("count", _season, (long_ago, named)),
    "one_day": ("count", _one_day, (named,)),
    "nth_due": ("recurring", _nth_due, (named,)),
    "taking_office": ("after", _taking_office, (of_the_office, named)),
    "leaving_office": ("after", _leaving_office, (of_the_office, named)),
    "events_of_several": ("after", _events_of_several, (several_units, timed, named)),
    "of_unit": ("count", _of_unit, (of_units, named)),
    "below": ("count", _below, (of_units, named)),
    "unknown_values": ("count", _unknown_values, (asked_ways, named)),
    "doubles": ("after", _doubles, (doubled, named)),
    "beside_new_year": ("window", _beside_new_year, (long_ago, named)),
    "narrow_coverage": ("coverage", _narrow_coverage, (named,)),
    "mixed": ("count", _mixed, (timed, stays, named)),
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
