"""Random worlds of posts that change hands within periods, with much that is made up afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from data.records import Activity, Appointment
from engine.calendar.cutting import period_around
from rules.duty import HolderRule
from tests.worlds.world_shapes import BEGIN, DAY, Said
from tests.worlds.world_times import measured, with_duties
from tests.worlds.worlds import World, world_of_seed

WHO = ("p1", "p2", "p3")


def handovers(seed: int) -> World:
    """Several acts a period of one post's two or three holders, of which each owes his share."""
    r = Random(f"handovers {seed}")
    world = world_of_seed(r.randint(0, 10**6), "count")
    duty = world.rulebook.duties[0]
    per = r.choice(["month", "month", "quarter", "half_month"])
    plain: Said = {"at_least": r.randint(2, 5), "per": per}
    said: Said = r.choice(
        [
            plain,
            plain,
            {**plain, "tenure": "full"},
            {**plain, "at_most": plain["at_least"]},
            {**plain, "unit": "lift"},
            {"all": [plain, {"at_least": 4, "per": "year"}]},
        ]
    )
    rule = duty.activity
    assert rule is not None
    duty = duty.model_copy(
        update={
            "holder": HolderRule.model_validate({"posts": ["head"]}),
            "activity": rule.model_copy(update={"role": (), "subjects": None, "attributes": {}}),
        }
    )
    change = BEGIN + r.randint(40, 110) * DAY
    records = replace(
        world.records,
        appointments=_held(r, change),
        activities=_done(r, change, per, world.as_of),
        waivers=(),
    )
    return with_duties(replace(world, records=records), "handovers", measured(duty, said))


def _held(r: Random, change: date) -> tuple[Appointment, ...]:
    """One after another in the post, sometimes a third; who came may have left again."""
    first, second, third = r.sample(WHO, 3)
    again = change + r.randint(5, 70) * DAY
    overlap = timedelta(days=r.choice([0, 1, 1]))
    rows = [Appointment(first, "q1", date(2020, 1, 1), change - overlap)]
    if r.random() < 0.5:
        rows += [
            Appointment(second, "q1", change, again - DAY),
            Appointment(third, "q1", again),
        ]
    else:
        rows.append(Appointment(second, "q1", change, r.choice([None, again])))
    return tuple(sorted(rows, key=lambda row: (row.first, row.person, row.post)))


def _done(r: Random, change: date, per: str, as_of: date) -> tuple[Activity, ...]:
    """Acts about the handover, most of them to make up the period in which it lies."""
    rows = []
    for n in range(r.randint(3, 9)):
        day = min(change + r.randint(-30, 100) * DAY, as_of)
        said: Said = {"holder": "q1", "kind": "check", "evidence": (f"v{n}",)}
        if r.random() < 0.15:
            said["person"] = r.choice(WHO)
        if r.random() < 0.65:
            word = r.choice([per, per, per, "month", "half_month", "week"])
            named = period_around(word, change + r.randint(-8, 8) * DAY)
            assert named is not None
            said["makes_up"] = named[0]
        noon = datetime.combine(day, time(12))
        rows.append(Activity(activity=f"a{n:02}", day=day, recorded_at=noon, role="lead", **said))
    return tuple(rows)


def made_up_gaps(seed: int) -> World:
    """Rolling gaps of one post's holders, some of them made up by their own labels."""
    r = Random(f"made_up_gaps {seed}")
    world = world_of_seed(r.randint(0, 10**6), "rolling")
    length = r.choice([10, 15, 20, 30])
    said: Said = {"every": f"{length} days", "reading": "rolling"}
    said |= r.choice([{}, {}, {"grace": 3}, {"least_interval": "5 days"}])
    duty = world.rulebook.duties[0]
    rule = duty.activity
    assert rule is not None
    evidence = r.random() < 0.2
    duty = duty.model_copy(
        update={
            "holder": HolderRule.model_validate({"posts": ["head"]}),
            "activity": rule.model_copy(
                update={"role": (), "subjects": None, "attributes": {}, "evidence": evidence}
            ),
        }
    )
    change = BEGIN + r.randint(40, 110) * DAY
    records = replace(
        world.records,
        appointments=_held(r, change),
        activities=_gaps_made_up(r, change, length, world.as_of),
        waivers=(),
    )
    return with_duties(replace(world, records=records), "made_up_gaps", measured(duty, said))


def _gaps_made_up(r: Random, change: date, length: int, as_of: date) -> tuple[Activity, ...]:
    """Acts about the handover, most of which name the stretch after an earlier act."""
    rows: list[Activity] = []
    opened = [BEGIN, change, change + DAY]
    for n in range(r.randint(3, 8)):
        day = min(change + r.randint(-60, 80) * DAY, as_of)
        said: Said = {"holder": "q1", "kind": "check", "evidence": (f"v{n}",)}
        if r.random() < 0.2:
            said["person"] = r.choice(WHO)
        if r.random() < 0.15:
            said["evidence"] = ()
        earlier = [one for one in opened if one + length * DAY < day]
        if earlier and r.random() < 0.6:
            first = r.choice([*earlier, max(earlier)])
            said["makes_up"] = f"{first}..{first + (length + r.choice([0, 0, 0, 0, 1])) * DAY}"
        noon = datetime.combine(day, time(12))
        rows.append(Activity(activity=f"a{n:02}", day=day, recorded_at=noon, role="lead", **said))
        opened.append(day)
    if rows and r.random() < 0.2:
        twin = r.choice(rows)
        later = twin.recorded_at + timedelta(days=1)
        rows.append(replace(twin, activity=f"a{len(rows):02}", recorded_at=later))
    return tuple(rows)


HANDOVERS: dict[str, Callable[[int], World]] = {
    "handovers": handovers,
    "made_up_gaps": made_up_gaps,
}
"""The kinds of worlds of this module, by name."""
