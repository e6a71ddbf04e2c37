"""One person judged from his own posts and acts is judged as among all: on worlds of all shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from bench.office import AS_OF, make_store, rulebook
from data.import_columns import TABLES
from data.intake.imports import import_path
from data.keeping.making import create_store
from data.records import Fact, Records, Tag
from data.store.journal import Doing
from data.store.opening import Store
from data.store.person_subset import StoredSubsets, people_called
from data.words import ANY_WORDS
from engine.alerting.alerts import Alert, conclude
from engine.alerting.policy import DEFAULT_POLICY, load_policy
from engine.judging.audit import Judged, judge_all, world_of
from engine.judging.world import World
from engine.one_person import judge_people, world_of_people
from reports.jsonio import dump_json
from reports.leader.as_json import leader_json
from reports.leader.facts import leader_record
from rules.rulebook import Rulebook
from tests.engine.alerting.test_alerts import plainly
from tests.helpers.factory_store import write
from tests.worlds.world_shapes import SHAPES
from tests.worlds.worlds import world_of_seed

AT_LAST = datetime.fromisoformat("2026-01-01T00:00")
POLICY = load_policy(DEFAULT_POLICY)
NAMING = frozenset(
    {
        *("unit", "parent", "post", "person", "holder", "reports_to", "subject", "subjects"),
        *("event", "on_behalf_of", "activity", "waiver"),
    }
)
"""Columns that name something of a world, which gets the world's number in front."""


def text(value: object, before: str = "") -> str:
    if isinstance(value, tuple):
        return ";".join(text(one, before) for one in value)
    if isinstance(value, Tag):
        return f"{value.name}@{value.first}" if value.first else value.name
    if isinstance(value, Fact):
        return f"{value.key}={value.value}" + (f"@{value.first}" if value.first else "")
    if isinstance(value, Fraction):
        return f"{float(value):.6f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{before}{value}"


def rows(name: str, values: Iterable[object], before: str) -> list[list[str]]:
    """Values as rows of an import table."""
    columns = [one for one in TABLES[name].names if one != "supersedes"]
    found = []
    for value in values:
        assert is_dataclass(value)
        there = {one.name for one in fields(value)}
        row = []
        for column in columns:
            field = {"class": "post_class"}.get(column, column)
            cell = getattr(value, field) if field in there else None
            if column == "attributes":
                cell = tuple(f"{key}={one}" for key, one in cell)
            if column in ("time",) and cell is not None:
                cell = f"{cell:%H:%M}"
            row.append(text(cell, before if column in NAMING else ""))
        found.append(row)
    return found


def tables_of(records: Records, before: str) -> dict[str, list[list[str]]]:
    """A world as import tables; only its acts that stand."""
    live = [act for act in records.activities if act.standing == "live"]
    values: dict[str, Iterable[object]] = {
        "units": records.units.values(),
        "people": records.people.values(),
        "posts": records.posts.values(),
        "appointments": records.appointments,
        "subjects": records.subjects.values(),
        "events": records.events,
        "waivers": records.waivers,
        "activities": live,
    }
    return {name: rows(name, some, before) for name, some in values.items()}


def store_of(folder: Path, seed: int, feature: str, monkeypatch: pytest.MonkeyPatch) -> tuple[
    Store, Rulebook, date
]:  # fmt: skip
    """Some worlds beside each other in one store, under the duties of two of them."""
    for name in ("check_world", "check_acts"):  # worlds need not be such as an office may enter
        monkeypatch.setattr(f"data.intake.prepared.{name}", lambda *_args: None)
    worlds = [world_of_seed(seed * 7 + n, feature if n < 2 else None) for n in range(4)]
    merged: dict[str, list[list[str]]] = {}
    for number, one in enumerate(worlds):
        for name, some in tables_of(one.records, f"{number}-").items():
            head = [column for column in TABLES[name].names if column != "supersedes"]
            merged.setdefault(name, [head]).extend(some)
    first = min(one.records.records_from for one in worlds)
    merged["settings"] = [["key", "value"], ["records_from", first.isoformat()]]
    store = create_store(str(folder / "s.db"), None, Doing(AT_LAST))
    tables = {name: some for name, some in merged.items() if len(some) > 1}
    import_path(store, write(folder / "in", tables), words=ANY_WORDS, doing=Doing(AT_LAST))
    duties = tuple(
        duty.model_copy(update={"id": f"d.l.k{number}"})
        for number, one in enumerate(worlds[:2])
        for duty in one.rulebook.duties
    )
    return store, replace(worlds[0].rulebook, duties=duties), worlds[0].as_of


def alerts_of(world: World, judged: list[Judged]) -> tuple[Alert, ...]:
    verdicts = [one.verdict for one in judged]
    return conclude(verdicts, world.records, POLICY, world.as_of, world.workdays, engine=plainly)


def told(world: World, judged: list[Judged], alerts: tuple[Alert, ...], person: str) -> str:
    return dump_json(leader_json([leader_record(world, judged, alerts, person)]))


def told_alone(world: World, judged: list[Judged], person: str) -> str:
    """The record of one who was read alone, with the alerts of what was read."""
    return told(world, judged, alerts_of(world, judged), person)


@pytest.mark.parametrize("feature", sorted(SHAPES))
def test_a_person_alone_is_judged_as_among_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, feature: str
) -> None:
    near = 0
    for seed in range(4):
        folder = tmp_path / str(seed)
        folder.mkdir()
        store, rules, as_of = store_of(folder, seed, feature, monkeypatch)
        world = world_of(rules, store.read_records(), as_of, None)
        judged = judge_all(world)
        alerts = alerts_of(world, judged)
        for person in Random(seed).sample(sorted(world.records.people), 6):
            name = world.records.people[person].name if seed % 2 else person
            people = people_called(store, name)
            found = world_of_people(rules, StoredSubsets(store), people, as_of)
            if found is None:
                continue
            near += 1
            alone, subset = found
            assert told_alone(alone, judge_people(alone, subset), person) == told(
                world, judged, alerts, person
            )
        store.close()
    NEAR[feature] = near


def test_acts_of_the_unit_that_count_for_a_post_are_read_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = 0
    for seed in range(6):
        folder = tmp_path / str(seed)
        folder.mkdir()
        store, rules, as_of = store_of(folder, seed, "recurring", monkeypatch)
        rules = replace(
            rules,
            duties=tuple(
                duty.model_copy(
                    update={"activity": duty.activity.model_copy(update={"of_unit": True})}
                )
                for duty in rules.duties
                if duty.activity and duty.holder.posts and duty.holder.joint == "each_of"
            ),
        )
        world = world_of(rules, store.read_records(), as_of, None)
        judged = judge_all(world)
        alerts = alerts_of(world, judged)
        for person in sorted(world.records.people):
            found = world_of_people(rules, StoredSubsets(store), [person], as_of)
            if found is not None:
                alone, subset = found
                own = judge_people(alone, subset)
                assert told_alone(alone, own, person) == told(world, judged, alerts, person)
                by_id = alone.acts_by_id
                counted += sum(
                    by_id[item.activity].holder == one.verdict.unit
                    for one in own
                    for item in one.verdict.counted
                )
        store.close()
    assert counted


NEAR: dict[str, int] = {}


def test_a_good_part_of_people_can_be_judged_alone() -> None:
    if len(NEAR) < len(SHAPES):
        pytest.skip("only some of the shapes were tried")
    print(NEAR)
    assert sum(NEAR.values()) >= 4 * len(SHAPES)


def test_whoever_shares_a_unit_is_judged_by_its_days_too(tmp_path: Path) -> None:
    """In the bench's office ten posts share a unit, and nobody's duty is shared."""
    store = make_store(tmp_path / "office.db", 2_000)
    world = world_of(rulebook(), store.read_records(), AS_OF, None)
    judged = judge_all(world)
    alerts = alerts_of(world, judged)
    flags = set()
    for person in sorted(world.records.people)[:3]:
        found = world_of_people(rulebook(), StoredSubsets(store), [person], AS_OF)
        assert found is not None
        alone, subset = found
        assert not subset.whole and {act.holder for act in alone.records.activities} == subset.posts
        own = judge_people(alone, subset)
        assert told_alone(alone, own, person) == told(world, judged, alerts, person)
        flags.update(flag for one in own for flag in one.verdict.flags)
    assert "no_evidence" in flags and "no_data" not in flags
