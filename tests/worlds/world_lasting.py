"""Random worlds of long and given periods: school terms, terms of office, campaigns, years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from engine.calendar.periods import Period
from rules.calendar import CalendarFile
from rules.duty import Valid
from tests.worlds.world_shapes import BEGIN, DAY, Said
from tests.worlds.world_times import measured, naming, with_duties
from tests.worlds.worlds import World, world_of_seed

SCHOOL = CalendarFile.model_validate(
    {
        "school_terms": {
            "spring": [
                {"from": "02-20", "to": "07-05"},
                {"from": "03-01", "to": "06-20", "unit": "u2"},
            ],
            "autumn": [{"from": "09-01", "to": "01-20"}],
            "camp": [{"years": {2024: {"first": "2024-07-20", "last": "2024-08-05"}}}],
        },
        "school_year": [{"from": "09-01", "to": "07-05"}],
        "windows": {"feast": [{"from": "06-10", "to": "06-16"}]},
    }
)


def _later(r: Random, world: World) -> World:
    """The world looked at on some later day, over some years."""
    as_of = world.as_of + r.choice([0, 0, 0, 60, 140]) * DAY
    return replace(world, as_of=as_of, span=Period(date(2022, 1, 1), date(2025, 12, 31)))


def school(seed: int) -> World:
    """What is asked in each school term or school year, alone or beside months."""
    r = Random(f"school {seed}")
    world = _later(r, world_of_seed(r.randint(0, 10**6), r.choice(["count", "coverage", "nested"])))
    per = r.choice(["school_term", "school_term", "school_year"])
    plain: Said = {"at_least": r.randint(1, 4), "per": per}
    said: Said = r.choice(
        [
            plain,
            plain,
            {**plain, "tenure": r.choice(["full", "excuse"])},
            {**plain, "except": ["feast"]},
            {"at_least": "2.5", "unit": "lift", "per": per},
            {"each": {"type": "site"}, "at_least": r.choice([1, 2]), "per": per},
            {"share": "50%", "of": {"type": "site"}, "per": per},
            {"all": [plain, {"at_least": 1, "per": "month"}]},
            {"at_least": 1, "per": "month", "variants": [{"when": {"tags": ["risky"]}, **plain}]},
        ]
    )
    duty = measured(world.rulebook.duties[0], said)
    labels = ["2024/spring", "2023/autumn", "2023/学年", "2024-03", "2024/camp"]
    return naming(r, with_duties(world, "school", duty, calendar=SCHOOL), labels)


def term_of_office(seed: int) -> World:
    """Terms of people in posts that end, and of bodies with days of their own."""
    r = Random(f"term of office {seed}")
    world = _later(r, world_of_seed(r.randint(0, 10**6), "count"))
    records = world.records
    units = dict(records.units)
    for name, row in units.items():
        if r.random() < 0.5:
            first = date(2023, 6, 1) + r.randint(0, 300) * DAY
            last = first + r.randint(60, 400) * DAY
            units[name] = replace(row, term_first=first, term_last=last)
    rows = []
    for one in records.appointments:
        if r.random() < 0.6:
            first = max(one.first, date(2023, 1, 1) + r.randint(0, 200) * DAY)
            last = one.last or first + r.randint(100, 600) * DAY
            one = replace(one, first=first, last=max(first, last))
        rows.append(one)
    said: Said = {"at_least": r.randint(1, 4), "per": "term_of_office"}
    if r.random() < 0.2:
        said["tenure"] = r.choice(["full", "excuse"])
    if r.random() < 0.15:
        said = {"all": [said, {"at_least": 1, "per": "quarter"}]}
    duty = measured(world.rulebook.duties[0], said)
    changed = replace(records, units=units, appointments=tuple(rows))
    return with_duties(replace(world, records=changed), "term_of_office", duty)


def campaign(seed: int) -> World:
    """A duty whose own days are its period."""
    r = Random(f"campaign {seed}")
    world = _later(r, world_of_seed(r.randint(0, 10**6), r.choice(["count", "coverage"])))
    first = BEGIN + r.randint(-200, 120) * DAY
    last = first + r.randint(30, 400) * DAY
    plain: Said = {"at_least": r.randint(1, 6), "per": "campaign"}
    said: Said = r.choice(
        [
            plain,
            plain,
            {**plain, "at_most": 6, "cap": r.random() < 0.5},
            {"at_least": "3.5", "unit": "lift", "per": "campaign"},
            {"each": {"type": "site"}, "at_least": r.choice([1, 2]), "per": "campaign"},
            {"share": "50%", "of": {"type": "site"}, "per": "campaign"},
            {"all": [plain, {"at_least": 1, "per": "month"}]},
        ]
    )
    old = world.rulebook.duties[0].model_copy(update={"valid": Valid.model_validate({})})
    labels = [f"{first}..{last}", "2024-03", "2024-Q2"]
    return naming(
        r, with_duties(world, "campaign", measured(old, said, first=first, last=last)), labels
    )


def years(seed: int) -> World:
    """Periods of two and three years, counted from a stated one."""
    r = Random(f"years {seed}")
    world = _later(r, world_of_seed(r.randint(0, 10**6), r.choice(["count", "recurring"])))
    if r.random() < 0.5:
        world = replace(world, as_of=world.as_of + 366 * DAY)
    per = {"per": r.choice(["2 years", "3 years"]), "since": r.choice([2022, 2023, 2024])}
    said: Said = r.choice(
        [
            {"at_least": r.randint(1, 9), **per},
            {"each": {"type": "site"}, "at_least": 1, **per},
            {"at_least": 1, **per, "due": {"month": 18, "day": 30}},
            {"at_least": 1, "about": per["per"], "since": per["since"], "within": "2 months"},
        ]
    )
    duty = measured(world.rulebook.duties[0], said)
    return naming(r, with_duties(world, "years", duty), ["2022..2023", "2024..2025", "2023-12"])


LASTING: dict[str, Callable[[int], World]] = {
    "school": school,
    "term_of_office": term_of_office,
    "campaign": campaign,
    "years": years,
}
"""The kinds of worlds of this module, by name."""
