"""Random frequencies, one function for each feature of the rule language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

DAY = timedelta(days=1)
BEGIN = date(2024, 1, 1)

Said = dict[str, Any]
"""Keys of a duty: `frequency`, and others that differ from the plain ones."""


def _count(r: Random) -> Said:
    per = r.choice(
        ["week", "ten_days", "half_month", "month", "month", "quarter", "2 months", "year"]
    )
    most = {"year": 12, "quarter": 4}.get(per, 3)
    said: Said = {"at_least": r.randint(1, most), "per": per}
    if r.random() < 0.2:
        said["tenure"] = r.choice(["full", "excuse"])
    if r.random() < 0.15:
        said["grace"] = r.randint(1, 5)
    return {"frequency": said}


def _daily(r: Random) -> Said:
    said: Said = {"at_least": 1, "per": r.choice(["day", "workday", "week"])}
    if r.random() < 0.3:
        said["holidays"] = "count"
    if r.random() < 0.3 and said["per"] == "day":
        said["except"] = [r.choice(["休息日", "feast"])]
    return {"frequency": said}


def _excepted(r: Random) -> Said:
    said = {
        "at_least": r.randint(1, 4),
        "per": r.choice(["month", "week"]),
        "except": r.sample(["休息日", "feast", "flood"], r.randint(1, 2)),
    }
    return {"frequency": said}


def _range(r: Random) -> Said:
    low = r.randint(1, 2)
    said = {
        "at_least": low,
        "at_most": low + r.randint(0, 1),
        "per": r.choice(["month", "quarter"]),
    }
    if r.random() < 0.5:
        said["cap"] = True
    return {"frequency": said}


def _quota(r: Random) -> Said:
    n = r.choice(["2.5", "1.25", "4", "7", "10"])
    return {
        "frequency": {"at_least": n, "unit": "lift", "per": r.choice(["month", "quarter", "year"])}
    }


def _window(r: Random) -> Said:
    way = r.choice(["each", "any"])
    names = r.sample(["flood", "feast", "turn"], r.randint(1, 3))
    said: Said = {"at_least": r.randint(1, 2), "windows": {way: names}}
    if r.random() < 0.2:
        said["grace"] = 3
    return {"frequency": said}


def _between(r: Random) -> Said:
    per, days = r.choice(
        [
            ("month", [1, 10]),
            ("quarter", [{"month": 1, "day": 1}, {"month": 1, "day": 10}]),
            ("month", [20, "last"]),
        ]
    )
    return {"frequency": {"at_least": r.randint(1, 2), "per": per, "between": days}}


def _result_keys(r: Random, said: Said) -> Said:
    if r.random() < 0.4:
        said["adjust"] = r.choice(["next_workday", "previous_workday", "none"])
    if r.random() < 0.2:
        said["grace"] = r.randint(1, 4)
    return {"frequency": said}


def _recurring(r: Random) -> Said:
    per, due = r.choice(
        [
            ("month", 20),
            ("month", "last"),
            ("month", [10, 25]),
            ("quarter", {"month": 2, "day": 15}),
            ("year", ["04-30", "07-last"]),
            ("week", "friday"),
            ("month", 15),
        ]
    )
    said: Said = {"at_least": 1, "per": per, "due": due}
    if r.random() < 0.15:
        said["at_least"] = 2
    return _result_keys(r, said)


def _after_period(r: Random) -> Said:
    about, more = r.choice(
        [
            ("month", {"due": 15}),
            ("quarter", {"due": 10}),
            ("quarter", {"within": "15 days"}),
            ("month", {"within": "5 workdays"}),
            ("month", {"within": "1 month"}),
        ]
    )
    return _result_keys(r, {"at_least": 1, "about": about, **more})


def _deadline(r: Random) -> Said:
    by = BEGIN + r.randint(60, 230) * DAY
    said: Said = {"at_least": r.choice([1, 1, 2]), "by": by}
    if r.random() < 0.2:
        said["acts_of"] = "person"
    return _result_keys(r, said)


def _population(r: Random) -> Said:
    return r.choice(
        [
            {"type": "site"},
            {"type": "site", "tags": ["big"]},
            {"unit_type": "plant"},
            {"posts": ["deputy", "other"]},
            {"people": ["deputy", "other"]},
            {"type": "nothing"},
            {"type": "site", "not": {"tags": ["big"]}},
        ]
    )


def _coverage(r: Random) -> Said:
    said: Said = {"each": _population(r), "at_least": r.choice([1, 1, 2])}
    if r.random() < 0.4:
        said["by"] = BEGIN + r.randint(60, 230) * DAY
        return _result_keys(r, said)
    said["per"] = r.choice(["month", "quarter", "year"])
    return {"frequency": said}


def _share(r: Random) -> Said:
    said: Said = {"share": r.choice(["20%", "50%", "2/3"]), "of": _population(r)}
    if r.random() < 0.3:
        said["by"] = BEGIN + r.randint(60, 230) * DAY
        return _result_keys(r, said)
    said["per"] = r.choice(["month", "quarter", "year"])
    return {"frequency": said}


def _before(r: Random) -> Said:
    said: Said = {"at_least": 1, "before": "race"}
    if r.random() < 0.7:
        said["ahead"] = r.choice(
            ["3 days", "10 days", "2 workdays", "24 hours", "1 month", "2 hours"]
        )
    if r.random() < 0.3:
        said["no_earlier_than"] = r.choice(["10 days", "5 days"])
    return _result_keys(r, said)


def _after(r: Random) -> Said:
    within = r.choice(
        [
            "5 days",
            "2 hours",
            "24 hours",
            "3 workdays",
            "1 month",
            "0 days",
            {"years": 0, "month": 6, "day": 30},
        ]
    )
    return _result_keys(r, {"at_least": 1, "after": "race", "within": within})


def _rolling(r: Random) -> Said:
    every = r.choice(["15 days", "30 days", "45 days", "1 month", "2 months"])
    return {"frequency": {"at_least": 1, "every": every, "reading": "rolling"}}


def _nested(r: Random) -> Said:
    first = {"at_least": r.randint(2, 4), "per": "quarter"}
    second = r.choice(
        [
            {"at_least": 1, "per": "month"},
            {"each": {"type": "site"}, "at_least": 1, "per": "quarter"},
        ]
    )
    return {"frequency": {"all": [first, second]}}


def _variants(r: Random) -> Said:
    base = {"at_least": 1, "per": r.choice(["quarter", "year"])}
    variant = {
        "when": {"tags": ["risky"]},
        "at_least": r.randint(1, 2),
        "per": r.choice(["month", "quarter"]),
    }
    return {"frequency": {**base, "variants": [variant]}}


def _while(r: Random) -> Said:
    return {
        "frequency": {
            "at_least": 1,
            "per": r.choice(["week", "month", "2 months"]),
            "while": "race",
        }
    }


SHAPES: dict[str, Callable[[Random], Said]] = {
    "count": _count,
    "daily": _daily,
    "except": _excepted,
    "range": _range,
    "quota": _quota,
    "window": _window,
    "between": _between,
    "recurring": _recurring,
    "after_period": _after_period,
    "deadline": _deadline,
    "coverage": _coverage,
    "share": _share,
    "before": _before,
    "after": _after,
    "rolling": _rolling,
    "nested": _nested,
    "variants": _variants,
    "while": _while,
}
