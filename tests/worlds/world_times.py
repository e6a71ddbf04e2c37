"""Random worlds of named windows, clauses without a measure, and rulings on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from data.records import Activity
from rules.calendar import CalendarFile
from rules.combine import frequency_mistakes
from rules.duty import Duty, Valid
from rules.frequency import Frequency
from rules.rulebook import Ruling
from tests.worlds.world_shapes import BEGIN, DAY, Said
from tests.worlds.worlds import World, world_of_seed

WINDOWS: dict[str, list[dict[str, Any]]] = {
    "flood": [
        {"from": "05-10", "to": "06-20"},
        {"from": "05-20", "to": "07-05", "unit": "u2", "lead_days": 10},
    ],
    "feast": [{"from": "06-10", "to": "06-16", "lead_days": 5}],
    "turn": [{"from": "12-20", "to": "01-10", "lead_days": 20}],
    "thaw": [
        {
            "from": "03-01",
            "to": "03-20",
            "years": {2024: {"first": "2024-03-10", "last": "2024-04-02"}},
        }
    ],
    "thaw前": [{"from": "02-01", "to": "02-20"}],
    "rites": [
        {
            "years": {
                2023: {"first": "2023-04-03", "last": "2023-04-08"},
                2024: {"first": "2024-04-04", "last": "2024-04-20"},
            }
        }
    ],
    "gathering": [
        {"years": {2024: {"first": "2024-03-04", "last": "2024-03-11"}}, "unit": "u2"},
        {"years": {2023: {"first": "2023-03-04", "last": "2023-03-11"}}},
    ],
    "new_year": [{"holiday": "元旦"}],
    "breaks": [{"each_of": ["feast", "thaw", "rites"]}],
    "all": [{"each_of": ["breaks", "turn"]}],
}
CALENDAR = CalendarFile.model_validate({"windows": WINDOWS})
PLAIN = ("flood", "feast", "turn", "thaw", "rites", "gathering", "new_year", "breaks", "all")


def a_name(r: Random) -> str:
    """The name of a window, often with 前 or 前后."""
    name = r.choice([*PLAIN, "breaks", "thaw", "feast"])
    return name + r.choice(["", "", "", "前", "前后"])


def measured(duty: Duty, said: Said, **valid: Any) -> Duty:
    """The duty with another frequency, one that the rule language takes, and other days."""
    frequency = Frequency.model_validate(said)
    wrong = list(frequency_mistakes(frequency, campaign="first" in valid and "last" in valid))
    assert not wrong, wrong
    days = {**duty.valid.model_dump(exclude_unset=True), **valid}
    if frequency.by is not None:
        days.pop("season", None)
    return duty.model_copy(update={"frequency": frequency, "valid": Valid.model_validate(days)})


def with_duties(world: World, kind: str, *duties: Duty, **more: Any) -> World:
    """The world with these duties instead of its own; `more` says other parts of its rulebook."""
    return replace(world, feature=kind, rulebook=replace(world.rulebook, duties=duties, **more))


def naming(r: Random, world: World, labels: list[str]) -> World:
    """The world in which some acts name or make up one of these labels."""
    rows: list[Activity] = []
    for act in world.records.activities:
        if r.random() < 0.2:
            key = r.choice(["for_period", "makes_up", "makes_up"])
            act = replace(act, **{"for_period": None, "makes_up": None, key: r.choice(labels)})
        rows.append(act)
    return replace(world, records=replace(world.records, activities=tuple(rows)))


# windows


def windows(seed: int) -> World:
    """Windows of several, before and around others, of a part of the tree, and without days."""
    r = Random(f"windows {seed}")
    world = world_of_seed(r.randint(0, 10**6), "window")
    way = r.choice(["each", "any"])
    names = list(dict.fromkeys(a_name(r) for _ in range(r.choice([1, 1, 2, 3]))))
    said: Said = {"at_least": r.randint(1, 2), "windows": {way: names}}
    if r.random() < 0.15:
        said["at_most"] = said["at_least"] + r.randint(0, 1)
    elif r.random() < 0.2:
        said["tenure"] = r.choice(["full", "excuse"])
    if r.random() < 0.15:
        said["grace"] = r.randint(1, 6)
    labels = [f"{year}/{name}" for year in (2023, 2024) for name in names]
    duty = measured(world.rulebook.duties[0], said)
    return naming(r, with_duties(world, "windows", duty, calendar=CALENDAR), labels)


def covered_windows(seed: int) -> World:
    """Members that must be reached within windows."""
    r = Random(f"covered windows {seed}")
    world = world_of_seed(r.randint(0, 10**6), "coverage")
    old = world.rulebook.duties[0].frequency
    of = (old.each or old.population).model_dump(exclude_unset=True, by_alias=True)  # type: ignore[union-attr]
    names = list(dict.fromkeys(a_name(r) for _ in range(r.choice([1, 2]))))
    said: Said = {"windows": {r.choice(["each", "any"]): names}}
    if r.random() < 0.6:
        said |= {"each": of, "at_least": r.choice([1, 1, 2])}
    else:
        said |= {"share": r.choice(["20%", "2/3"]), "of": of}
    labels = [f"{year}/{name}" for year in (2023, 2024) for name in names]
    duty = measured(world.rulebook.duties[0], said)
    return naming(r, with_duties(world, "covered_windows", duty, calendar=CALENDAR), labels)


def left_out(seed: int) -> World:
    """Windows of every sort that do not count, and rest days beside them."""
    r = Random(f"left out {seed}")
    world = world_of_seed(r.randint(0, 10**6), "except")
    names = list(dict.fromkeys([a_name(r), a_name(r), *r.choice([[], [], ["休息日"]])]))
    per = r.choice(["day", "week", "ten_days", "month", "month", "quarter"])
    said: Said = {"at_least": r.randint(1, 3), "per": per, "except": names}
    if per == "quarter":
        said["at_least"] = r.randint(2, 6)
    if per in ("day", "week") and r.random() < 0.3:
        said["holidays"] = "count"
    duty = measured(world.rulebook.duties[0], said)
    return with_duties(world, "left_out", duty, calendar=CALENDAR)


# clauses without a measure, and rulings


def _unclear(r: Random) -> Said:
    return r.choice(
        [
            {},
            {"at_least": 1, "every": "15 days"},
            {"at_least": 1, "after": "race", "within": "to_be_ruled"},
            {},
        ]
    )


def _clear(r: Random) -> Said:
    return r.choice(
        [
            {"at_least": 1, "per": "month"},
            {"at_least": r.randint(2, 4), "per": "quarter"},
            {"at_least": r.randint(4, 12), "per": "year"},
            {"at_least": 1, "per": "month", "due": 20},
            {"at_least": 1, "about": "month", "due": 10},
            {"at_least": 1, "every": "45 days", "reading": "rolling"},
            {"at_least": 1, "windows": {"each": ["feast", "breaks"]}},
            {"each": {"type": "site"}, "at_least": 1, "per": "quarter"},
        ]
    )


def unclear(seed: int) -> World:
    """A clause that is to be ruled for everybody, or for some of its holders or parts."""
    r = Random(f"unclear {seed}")
    world = world_of_seed(r.randint(0, 10**6), r.choice(["count", "variants", "nested"]))
    way = r.choice(["all", "all", "base", "variant", "part"])
    said = _unclear(r)
    if way == "base":
        said["variants"] = [{"when": {"tags": ["risky"]}, **_clear(r)}]
    elif way == "variant":
        said |= {"at_least": 1, "every": "15 days"} if not said else {}
        said = {**_clear(r), "variants": [{"when": {"tags": ["risky"]}, **said}]}
    elif way == "part":
        said = {"all": [said or {"at_least": 1, "every": "1 month"}, _clear(r)]}
    duty = measured(world.rulebook.duties[0], said)
    return with_duties(world, "unclear", duty, calendar=CALENDAR)


def ruled(seed: int) -> World:
    """An unclear clause with a ruling or two, some of which are made only after the audit's day."""
    r = Random(f"ruled {seed}")
    world = world_of_seed(r.randint(0, 10**6), "count")
    rulings: list[Ruling] = []
    day = date(2023, 12, 1)
    for n in range(r.choice([1, 1, 1, 2])):
        day += r.randint(0, 160) * DAY
        said: Said = {
            "duty": "d.l.k0",
            "on": day,
            "author": "office",
            "document": f"office {n}",
            "frequency": _clear(r),
        }
        if r.random() < 0.5 and n == 0:
            said["first"] = day + r.randint(-60, 0) * DAY
        elif r.random() < 0.5:
            said["first"] = day + r.randint(0, 60) * DAY
        rulings.append(Ruling.model_validate(said))
    duty = measured(world.rulebook.duties[0], _unclear(r))
    more: dict[str, Any] = {"calendar": CALENDAR, "rulings": tuple(rulings)}
    return with_duties(world, "ruled", duty, **more)


def replaced(seed: int) -> World:
    """A rule that another one replaces on some day of its period."""
    r = Random(f"replaced {seed}")
    world = world_of_seed(r.randint(0, 10**6), r.choice(["count", "quota", "recurring", "window"]))
    old = world.rulebook.duties[0]
    old = old.model_copy(update={"valid": Valid.model_validate({})})
    new = measured(old, _replacing(r), first=BEGIN + r.randint(10, 200) * DAY)
    new = new.model_copy(update={"id": "d.l.k1", "replaces": old.id})
    return with_duties(world, "replaced", old, new, calendar=CALENDAR)


def _replacing(r: Random) -> Said:
    said = _clear(r)
    while "every" in said or "windows" in said:
        said = _clear(r)
    if r.random() < 0.15:
        said = {"at_least": 2, "windows": {"each": ["flood", "feast"]}}
    if r.random() < 0.15:
        said = {"at_least": 3, "per": "2 months"}
    return said


TIMES: dict[str, Callable[[int], World]] = {
    "windows": windows,
    "covered_windows": covered_windows,
    "left_out": left_out,
    "unclear": unclear,
    "ruled": ruled,
    "replaced": replaced,
}
"""The kinds of worlds of this module, by name."""
