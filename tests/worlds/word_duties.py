"""Random duties in the newer words: taking office, events, whose acts, doubles, own members."""

from __future__ import annotations

from random import Random

from tests.worlds.word_measures import few
from tests.worlds.world_shapes import BEGIN, DAY, Said


def taking_office(r: Random) -> Said:
    said: Said = {"at_least": r.choice([1, 1, 2]), "after": "任职"}
    said["within"] = r.choice(["30 days", "2 months", "6 months", "10 workdays", "0 days"])
    if r.random() < 0.3:
        said["adjust"] = r.choice(["next_workday", "previous_workday"])
    posts = r.choice([["head"], ["head", "deputy", "other"]])
    return {"frequency": said, "holder": {"posts": posts}}


def leaving_office(r: Random) -> Said:
    said: Said = {"at_least": 1, "after": "离任", "within": r.choice(["10 days", "1 month"])}
    if r.random() < 0.3:
        said = {"at_least": 1, "before": "离任", "ahead": r.choice(["0 days", "3 days"])}
    return {"frequency": said, "holder": {"units": {"type": ["town", "plant"]}}}


def events_of_several(r: Random) -> Said:
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


def plain_shape(r: Random) -> Said:
    shape: Said = r.choice(
        [
            {"at_least": r.randint(1, 2), "per": few(r)},
            {"at_least": 1, "per": "month", "due": 20},
            {"at_least": 1, "about": "month", "due": 15},
            {"at_least": 1, "by": BEGIN + r.randint(60, 200) * DAY},
            {"at_least": 1, "each": {"type": "site"}, "per": "quarter"},
            {"at_least": "4", "unit": "lift", "per": "quarter"},
        ]
    )
    return {"frequency": shape}


def of_unit(r: Random) -> Said:
    found = plain_shape(r)
    found["activity"] = {"of_unit": True}
    found["holder"] = r.choice(
        [{"posts": ["head"]}, {"posts": ["head", "deputy"], "joint": r.choice(["any_of"])}]
    )
    return found


def below(r: Random) -> Said:
    found = plain_shape(r)
    found["activity"] = {"below": True}
    found["holder"] = {"units": {"type": ["town", "plant"]}}
    return found


def unknown_values(r: Random) -> Said:
    found = plain_shape(r)
    found["activity"] = {"attributes": {r.choice(["way", "manner"]): ["surprise"]}}
    return found


def doubles(r: Random) -> Said:
    found = plain_shape(r)
    if r.random() < 0.3:
        found = {"frequency": {"at_least": 2, "after": "race", "within": "10 days"}}
    return found


def beside_new_year(r: Random) -> Said:
    name = r.choice(["new_year前", "new_year前后", "new_year", "flood前", "feast前后"])
    said: Said = {"at_least": r.randint(1, 2)}
    said["windows"] = {"each": [name, "flood"]} if r.random() < 0.6 else {"any": [name, "feast"]}
    if r.random() < 0.3:
        said = {"each": {"type": "site"}, "windows": {"each": [name]}}
    return {"frequency": said}


def narrow_coverage(r: Random) -> Said:
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


def assigned(r: Random) -> Said:
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


def mixed(r: Random) -> Said:
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
