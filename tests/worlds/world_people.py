"""Random worlds of people with facts, of populations of posts and people, and of years to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from random import Random
from typing import Any

from pydantic import BaseModel

from data.records import Fact
from rules.duty import HolderRule
from tests.worlds.world_shapes import BEGIN, DAY, Said
from tests.worlds.world_times import measured, with_duties
from tests.worlds.worlds import World, world_of_seed


def _facts(r: Random) -> tuple[Fact, ...]:
    """Some facts, of which one may change on a day."""
    found = []
    if r.random() < 0.6:
        found.append(Fact("member", r.choice(["yes", "no"])))
    if r.random() < 0.5:
        day = BEGIN + r.randint(0, 200) * DAY
        found.append(Fact("member", r.choice(["yes", "no"]), day))
    if r.random() < 0.5:
        found.append(Fact("licence", "A", r.choice([None, BEGIN + r.randint(0, 200) * DAY])))
    return tuple(found)


def _asked(r: Random) -> Said:
    return r.choice(
        [
            {"facts": {"member": "yes"}},
            {"facts": {"member": "yes"}},
            {"not": {"facts": {"member": "yes"}}},
            {"any": [{"facts": {"licence": "A"}}, {"facts": {"member": "yes"}}]},
            {"all": [{"facts": {"licence": "A"}}, {"not": {"facts": {"member": "no"}}}]},
            {"facts": {"member": "yes", "licence": "A"}},
        ]
    )


def _with_facts(r: Random, world: World) -> World:
    people = {
        name: replace(row, facts=_facts(r)) for name, row in sorted(world.records.people.items())
    }
    return replace(world, records=replace(world.records, people=people))


def person_facts(seed: int) -> World:
    """Duties that ask facts of the person, and measures that hang on them."""
    r = Random(f"facts {seed}")
    base = r.choice(["count", "count", "quota", "deadline", "recurring", "coverage", "window"])
    world = _with_facts(r, world_of_seed(r.randint(0, 10**6), base))
    duty = world.rulebook.duties[0]
    holder = {"posts": ["head", "deputy"], "when": _asked(r)}
    if r.random() < 0.2:
        holder["units"] = {"tags": ["risky"]}
    if r.random() < 0.6:
        duty = duty.model_copy(update={"holder": HolderRule.model_validate(holder)})
    if base == "count" and r.random() < 0.6:
        short: Said = {"when": _asked(r), "at_least": r.randint(1, 3), "per": "month"}
        long: Said = {"at_least": 1, "per": r.choice(["quarter", "year"]), "variants": [short]}
        duty = measured(duty, long)
    return with_duties(world, "person_facts", duty)


def populations(seed: int) -> World:
    """Posts and people that must be reached, by their units and by their facts."""
    r = Random(f"populations {seed}")
    world = _with_facts(r, world_of_seed(r.randint(0, 10**6), "coverage"))
    units = dict(world.records.units)
    for name in units:
        if r.random() < 0.5:
            units[name] = replace(units[name], industry=r.choice(["coal", "port"]))
    world = replace(world, records=replace(world.records, units=units))
    of: Said = {r.choice(["posts", "people"]): ["deputy", "other", "head"]}
    of |= r.choice(
        [
            {"tags": ["risky"]},
            {"not": {"tags": ["risky"]}},
            {"industry": ["coal"]},
            {"any": [{"industry": ["port"]}, {"tags": ["risky"]}]},
            {"unit_type": ["plant"]},
            {"unit_type": ["plant"], "not": {"industry": ["coal"]}},
            {"type": ["town"]},
            _asked(r),
            _asked(r),
        ]
    )
    if r.random() < 0.4:
        of["scope"] = r.choice(["all", "parent"])
    per = {"per": r.choice(["month", "quarter", "year"])}
    if r.random() < 0.3:
        per = {"by": BEGIN + r.randint(60, 230) * DAY}
    said: Said = {"each": of, "at_least": r.choice([1, 1, 2]), **per}
    if r.random() < 0.3:
        said = {"share": r.choice(["20%", "50%", "2/3"]), "of": of, **per}
    return with_duties(world, "populations", measured(world.rulebook.duties[0], said))


# years whose working days nobody has published yet

AHEAD = 4
"""Years that a world is moved by: from one leap year to the next."""

BASES = (
    *("daily", "between", "recurring", "after_period", "deadline", "before", "after", "except"),
    *("one_day", "share_of_days", "nth_due", "window", "count"),
)


def _moved(value: Any) -> Any:
    """The same with all its days and labels so many years later."""
    if isinstance(value, datetime | date):
        return value.replace(year=value.year + AHEAD)
    if isinstance(value, str) and not isinstance(value, Enum):
        for year in range(2026, 2019, -1):
            value = value.replace(f"{year}-", f"{year + AHEAD}-").replace(
                f"{year}/", f"{year + AHEAD}/"
            )
        return value
    if isinstance(value, tuple):
        return tuple(_moved(one) for one in value)
    if isinstance(value, dict):
        return {key: _moved(one) for key, one in value.items()}
    if isinstance(value, BaseModel):
        said = {name: _moved(getattr(value, name)) for name in value.model_fields_set}
        return value.model_copy(update=said)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _moved(getattr(value, one.name)) for one in fields(value)}
        )
    return value


def unpublished(seed: int, worlds: dict[str, Callable[[int], World]]) -> World:
    """A world of another kind in a year without published working days, or on its edge."""
    r = Random(f"unpublished {seed}")
    world = worlds[r.choice(BASES)](r.randint(0, 10**6))
    book = replace(
        world.rulebook,
        documents=_moved(world.rulebook.documents),
        duties=_moved(world.rulebook.duties),
    )
    return replace(
        world,
        feature="unpublished",
        rulebook=book,
        records=_moved(world.records),
        as_of=_moved(world.as_of),
        span=_moved(world.span),
    )


PEOPLE: dict[str, Callable[[int], World]] = {
    "person_facts": person_facts,
    "populations": populations,
}
"""The kinds of worlds of this module, by name; `unpublished` is made of others."""
