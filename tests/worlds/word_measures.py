"""Random measures in the newer words: days and stays, single acts, seasons, days of one."""

from __future__ import annotations

from random import Random

from tests.worlds.world_shapes import BEGIN, DAY, Said


def few(r: Random) -> str:
    return r.choice(["week", "ten_days", "month", "month", "quarter", "year"])


def days(r: Random) -> Said:
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


def other_days(r: Random) -> Said:
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


def share_of_days(r: Random) -> Said:
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


def night(r: Random) -> Said:
    shape = r.choice(
        [
            {"per": few(r)},
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


def distinct(r: Random) -> Said:
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


def least_amount(r: Random) -> Said:
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


def least_interval(r: Random) -> Said:
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


def spaced_visits(r: Random) -> Said:
    """Visits to each site, with days between two to the same one."""
    said: Said = {"each": {"type": "site"}, "at_least": r.randint(1, 2)}
    said["per"] = r.choice(["month", "quarter", "year"])
    said["least_interval"] = r.choice(["10 days", "30 days", "48 hours", "2 months"])
    return {"frequency": said}


def season(r: Random) -> Said:
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


def one_day(r: Random) -> Said:
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


def nth_due(r: Random) -> Said:
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
