"""The records of random worlds put in the newer words: stays, entrusted sites, minutes, doubles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from data.records import Activity, Appointment, Assignment, Records
from engine.calendar.cutting import period_around
from rules.duty import Duty
from tests.worlds.world_shapes import BEGIN, DAY
from tests.worlds.worlds import World


def _each_act(records: Records, change: Callable[[Activity], dict[str, Any]]) -> Records:
    rows = tuple(replace(act, **change(act)) for act in records.activities)
    return replace(records, activities=rows)


def stays(r: Random, world: World, duty: Duty) -> Records:
    """Acts of several days, some of them by a number of days alone."""

    def change(act: Activity) -> dict[str, Any]:
        way = r.random()
        if way < 0.5:
            length = r.choice([1, 2, 3, 5, 9, 14, 30])
            said: dict[str, Any] = {"first_day": act.day - (length - 1) * DAY}
            if r.random() < 0.3:
                said |= {"quantity": Fraction(r.randint(1, 9)), "unit_of_quantity": "天"}
            return said
        if way < 0.75:
            amount = r.choice(["1", "2", "4", "2.5", "0.5", "11", "0"])
            return {"quantity": Fraction(amount), "unit_of_quantity": "天"}
        return {}

    return _each_act(world.records, change)


def measured(r: Random, world: World, duty: Duty) -> Records:
    """Acts with amounts, in the unit asked for and in others."""

    def change(act: Activity) -> dict[str, Any]:
        if r.random() < 0.25:
            return {}
        return {
            "quantity": Fraction(r.choice(["0.25", "0.5", "1", "2", "3"])),
            "unit_of_quantity": r.choice(["hour", "lift", "lift", "hour", None]),
            "out_of": None,
        }

    return _each_act(world.records, change)


def timed(r: Random, world: World, duty: Duty) -> Records:
    """Many acts with times, and several on the days of events or one after another."""
    days = [event.day for event in world.records.events] or [
        act.day for act in world.records.activities
    ]

    def change(act: Activity) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if r.random() < 0.6:
            said["time"] = time(r.randint(7, 18), r.choice([0, 15, 30, 45]))
        if r.random() < 0.3 and days:
            said["day"] = min(r.choice(days) + r.choice([-1, 0, 0, 1, 4]) * DAY, world.as_of)
            said["recorded_at"] = datetime.combine(said["day"], time(12))
        return said

    return _each_act(world.records, change)


def named(r: Random, world: World, duty: Duty) -> Records:
    """Acts that name a period, a window or some days, to be counted there or to make it up."""

    def change(act: Activity) -> dict[str, Any]:
        if r.random() < 0.75:
            return {}
        day = act.day - r.randint(-20, 45) * DAY
        said: dict[str, Any] = {"for_period": None, "makes_up": None}
        said[r.choice(["for_period", "makes_up", "makes_up"])] = _label(r, day)
        return said

    return _each_act(world.records, change)


def _label(r: Random, day: date) -> str:
    way = r.random()
    if way < 0.6:
        found = period_around(r.choice(["week", "month", "month", "quarter", "year"]), day)
        assert found is not None
        return found[0]
    if way < 0.8:
        windows = ["flood", "feast", "rest", "spring", "new_year前", "flood+feast", "feast前后"]
        return f"2024/{r.choice(windows)}"
    return f"{day}..{day + r.randint(0, 40) * DAY}"


def assigned(r: Random, world: World, duty: Duty) -> Records:
    """Sites and units entrusted to posts and persons, for ever or for some days."""
    records = world.records
    rows = []
    for member in [*records.subjects, *records.units]:
        for _ in range(r.choice([0, 1, 1, 2])):
            holder = r.choice([*records.posts, *records.posts, "q1", "p1", "p2", "p3"])
            first = r.choice([date(2020, 1, 1), BEGIN + r.randint(0, 200) * DAY])
            last = r.choice([None, None, first + r.randint(5, 150) * DAY])
            rows.append(Assignment(holder, member, first, last))
    rows.sort(key=lambda row: (row.first, row.holder, row.member))
    return replace(records, assignments=tuple(rows))


def long_ago(r: Random, world: World, duty: Duty) -> Records:
    """Records that begin before New Year, and acts about it; an audit may be of its weeks."""
    records = replace(world.records, records_from=date(2023, 9, 15))

    def change(act: Activity) -> dict[str, Any]:
        if r.random() < 0.6:
            return {}
        day = date(2023, 12, 5) + r.randint(0, 45) * DAY
        return {"day": day, "recorded_at": datetime.combine(day, time(12))}

    return _each_act(records, change)


def several_units(r: Random, world: World, duty: Duty) -> Records:
    """Events of one unit, of several, or of all."""
    units = sorted(world.records.units)
    events = tuple(
        replace(event, units=tuple(sorted(r.sample(units, r.randint(0, len(units))))))
        for event in world.records.events
    )
    return replace(world.records, events=events)


def of_the_office(r: Random, world: World, duty: Duty) -> Records:
    """Acts near the first and last days of tenures, some of which fall on one day."""
    rows = list(world.records.appointments)
    fresh = [row for row in rows if row.first >= BEGIN]
    if fresh and r.random() < 0.3:
        row = r.choice(fresh)
        other = r.choice([p for p in ("p1", "p2", "p3", "p4") if p != row.person])
        if not any(one.post == row.post and one.person == other for one in rows):
            last = row.first + r.randint(20, 90) * DAY
            rows.append(Appointment(other, row.post, row.first, last, acting=True))
    lasts = [row.last for row in rows if row.last and row.last >= BEGIN]
    for at, row in enumerate(rows):
        alone = [one.post for one in rows].count(row.post) == 1
        if alone and row.last is None and lasts and r.random() < 0.3:
            rows[at] = replace(row, last=r.choice([d for d in lasts if d >= row.first] or [None]))
    rows.sort(key=lambda row: (row.first, row.person, row.post))
    records = replace(world.records, appointments=tuple(rows))
    edges = [row.first for row in rows if row.first >= BEGIN] + lasts

    def change(act: Activity) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if edges and r.random() < 0.6:
            day = r.choice(edges) + r.randint(-5, 25) * DAY
            said = {"day": day, "recorded_at": datetime.combine(day, time(12))}
        if edges and r.random() < 0.25:
            kind = r.choice(["任职", "离任"])
            said["event"] = f"{kind}-{r.choice(edges)}"
        elif act.event is not None:
            said["event"] = None
        return said

    return _each_act(records, change)


def of_units(r: Random, world: World, duty: Duty) -> Records:
    """Acts of units themselves, and of posts below."""
    holders = [*world.records.units, *world.records.units, *world.records.posts]

    def change(act: Activity) -> dict[str, Any]:
        return {"holder": r.choice(holders)} if r.random() < 0.6 else {}

    return _each_act(world.records, change)


def asked_ways(r: Random, world: World, duty: Duty) -> Records:
    """Acts that say how they were done: as asked, otherwise, and in words that nobody knows."""

    def change(act: Activity) -> dict[str, Any]:
        said = {}
        for key in ("way", "manner"):
            value = r.choice(["surprise", "told", "odd", None])
            if value is not None:
                said[key] = value
        return {"attributes": tuple(sorted(said.items()))}

    return _each_act(world.records, change)


def doubled(r: Random, world: World, duty: Duty) -> Records:
    """The same acts recorded again, some of them with another period or event named."""
    rows = list(world.records.activities)
    for n in range(r.randint(1, 4)):
        if not rows:
            break
        old = r.choice(rows)
        said: dict[str, Any] = {"activity": f"b{n}"}
        said["recorded_at"] = old.recorded_at + r.randint(-2, 3) * timedelta(days=1)
        way = r.random()
        if way < 0.3:
            said[r.choice(["for_period", "makes_up"])] = f"{old.day:%Y-%m}"
        elif way < 0.5 and world.records.events:
            said["event"] = r.choice(world.records.events).event
        rows.append(replace(old, **said))
    return replace(world.records, activities=tuple(sorted(rows, key=lambda a: a.activity)))
