"""Random worlds about edges: the minute at which a limit ends, and days of grace after one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from data.records import Activity, Event
from engine.calendar.periods import Period
from tests.worlds.world_shapes import BEGIN, DAY, Said
from tests.worlds.world_times import measured, with_duties
from tests.worlds.worlds import World, world_of_seed


def by_the_hour(seed: int) -> World:
    """Limits in hours and minutes around events, with acts about the minute at which they end."""
    r = Random(f"by the hour {seed}")
    before = r.random() < 0.5
    world = world_of_seed(r.randint(0, 10**6), "before" if before else "after")
    length = r.choice(["2 hours", "24 hours", "30 minutes", "90 minutes"])
    said: Said = {"after": "race", "within": length}
    if before:
        said = {"before": "race", "ahead": r.choice([length, "0 days"])}
    hours = {"2 hours": 2.0, "24 hours": 24.0, "30 minutes": 0.5, "90 minutes": 1.5}[length]
    step = timedelta(hours=-hours if before else hours)
    events, acts = [], []
    for n in range(r.randint(1, 2)):
        day = BEGIN + r.randint(40, 150) * DAY
        at = r.choice([None, *[time(hour, 30) for hour in (0, 9, 15, 23)]])
        events.append(Event(f"e{n}", "race", day, None, at, "done"))
        start = datetime.combine(day, at or time(12))
        for _ in range(r.randint(1, 4)):
            done = start + r.choice([step, timedelta(0)]) + timedelta(minutes=r.randint(-2, 2))
            acts.append(_act(r, len(acts), done, r.choice([None, None, f"e{n}"])))
    records = replace(world.records, events=tuple(events), activities=tuple(acts), waivers=())
    duty = measured(world.rulebook.duties[0], said)
    return with_duties(replace(world, records=records), "by_the_hour", duty)


def _act(r: Random, n: int, done: datetime, event: str | None) -> Activity:
    return Activity(
        activity=f"a{n:02}",
        kind="check",
        day=done.date(),
        time=done.time() if r.random() < 0.8 else None,
        holder="q1",
        role="lead",
        event=event,
        evidence=(f"v{n}",),
        attributes=(("way", "surprise"),),
        recorded_at=done,
    )


def graced_days(seed: int) -> World:
    """Duties of one day with days of grace, looked at on the day itself and soon after it."""
    r = Random(f"graced days {seed}")
    world = world_of_seed(r.randint(0, 10**6), "daily")
    said: Said = {"at_least": 1, "per": "day", "grace": r.randint(1, 3)}
    if r.random() < 0.5:
        said["holidays"] = "count"
    if r.random() < 0.3:
        said = {"at_least": 1, "per": "month", "between": [10, 10], "grace": r.randint(1, 3)}
    day = BEGIN + r.randint(30, 200) * DAY
    if "between" in said:
        day = day.replace(day=r.randint(8, 14))
    span = Period(day - 5 * DAY, day + 5 * DAY)
    duty = measured(world.rulebook.duties[0], said)
    return replace(with_duties(world, "graced_days", duty), as_of=day, span=span)


EDGES: dict[str, Callable[[int], World]] = {"by_the_hour": by_the_hour, "graced_days": graced_days}
"""The kinds of worlds of this module, by name."""
